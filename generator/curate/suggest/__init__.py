"""Proposals of tags, categories, and relations for entries.

In: a `Library` and a paper. Out: proposals with evidence and confidence. Begin with `suggest.py`; `corpus.py` gathers
statistics of the list, `labels.py` and `relations.py` turn them into proposals, and `evaluation.py` measures how good
the proposals are.
"""

"""Proposals of tags, categories and relations for entries.

In: a `Library` and a paper. Out: proposals with evidence and confidence. Begin with `suggest.py`; `corpus.py` collects
what the list says, `labels.py` and `relations.py` weigh it, `evaluation.py` measures how good proposals are.
"""

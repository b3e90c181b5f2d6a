"""Proposals of tags, categories and relations for entries.

In: a `Library` and a paper. Out: proposals with evidence and confidence (`suggest.py`), and how good they are
(`evaluation.py`).
"""

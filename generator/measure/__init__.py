"""How good a list's search and related papers are, by the judgments that the list keeps.

In: judgments and what the generator answers. Out: scores. Begin with `related.py`.
"""

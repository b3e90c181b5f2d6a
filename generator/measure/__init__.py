"""How good a list's search and related papers are, according to the judgments that the list contains.

In: the library with its judgments. Out: scores, and a problem for each one that is too low. Begin with `scores.py`.
"""

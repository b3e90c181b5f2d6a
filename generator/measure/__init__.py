"""How good a list's search and related papers are, by the judgments that the list keeps.

In: the library with its judgments. Out: scores, and problems where one is too low. Begin with `scores.py`.
"""

"""Suggestions of papers to read next.

`relate.py` ranks the related papers of each paper in a `Library` and gives the reasons for each.
"""

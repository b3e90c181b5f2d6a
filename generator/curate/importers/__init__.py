"""Entries imported from other sources.

In: arXiv ids, DOIs, .bib files, listings, issues. Out: papers as YAML entries, and what is missing or doubtful. Begin
with `sources.py`, which queries arXiv and Crossref, and `entries.py`, which compares papers with the list and writes
entries. `identifiers.py` parses the identifiers of papers.
"""

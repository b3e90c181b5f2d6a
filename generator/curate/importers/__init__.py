"""Entries from elsewhere.

In: arXiv ids, DOIs, .bib files, listings, issues. Out: papers as YAML entries, with what is missing or doubtful.
Begin with `sources.py`, which asks `arxiv.py` and `crossref.py`, and `entries.py` (what is new, and how an entry is
written). What names a paper is read in `identifiers.py`.
"""

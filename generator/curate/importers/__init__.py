"""Entries imported from other sources.

In: arXiv ids, DOIs, ISBNs, files of references, listings, issues. Out: papers as YAML entries, and what is missing or
doubtful. Begin with `sources.py`, which queries arXiv, Crossref, DataCite and Open Library, `libraries.py`, which lists
the formats of files of references, and `entries.py`, which compares papers with the list and writes entries. `works.py`
decides for all formats what kind of work something is and which key each value has; `identifiers.py` parses the
identifiers of papers, and `comparison.py` says what differs.
"""

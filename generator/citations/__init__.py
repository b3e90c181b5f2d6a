"""Citations of papers: citation keys, authors' names, and the formats BibTeX, RIS, CSL-JSON and COinS.

Start with `citation.py`; new formats are added to the table in `formats.py`.
"""

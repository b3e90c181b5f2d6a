"""How a paper is cited.

In: a `Library`. Out: citation keys, the parts of authors' names, and each paper as BibTeX, RIS, CSL-JSON and COinS.
Begin with `citation.py`; `formats.py` has the table of formats, which a new one joins.
"""

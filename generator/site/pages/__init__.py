"""The kinds of pages.

Each kind of page is a module with a small dataclass, `…Page`, for what its template shows, and a function, `…_pages`,
that makes its pages from the catalogue and returns them with their file names. Each also has a template and a twin
template, both named after the class, and a row in the table of `kinds.py`. Start there.

Addresses within the site are relative to its root; the templates make them relative to the page, so that the site works
under any path.
"""

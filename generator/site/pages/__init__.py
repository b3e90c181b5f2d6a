"""The kinds of pages.

In: the catalogue. Out: each page as the name of its file and what its template shows. A kind is a module here with one
small dataclass, `…Page`, and a function that makes its pages, `…_pages`; a template and a twin template, both named for
the class; and a row in the table of `kinds.py`. Begin there.

Addresses within the site start at its root; the templates make them relative to the page, so that the site works under
any path.
"""

"""The pages of the site.

In: a `Library` and its related papers. Out: every file of the site, as a map of names to texts. Begin with
`catalogue.py` (the maps that all pages are built from), then `pages.py` (what each page shows) and `render.py` (pages
as Markdown).
"""

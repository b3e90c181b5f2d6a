"""The pages of the site.

In: a `Library` and its related papers. Out: every file of the site, as a map from names to texts. Begin with
`catalogue.py` (the maps and lists that all pages are made from), then `pages/` (what each kind of page shows) and
`render.py` (pages as Markdown). The header's links are in `navigation.py`, the addresses of repository hosts in
`hosts.py`.
"""

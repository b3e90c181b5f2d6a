"""The pages of the site.

This package turns a `Library` and its related papers into a mapping from the name of every file of the site to its
text. Start with `catalogue.py` (the shared data from which all pages are made), then read `pages/` (the content of each
kind of page), `pictures/` (what is drawn on them) and `render.py` (pages as Markdown). The links in the header are in
`navigation.py`, the addresses at repository hosts in `hosts.py`, and the owners of the site's own addresses in
`addresses.py`, which `checks` uses too. `shown.py` says which files an edit can change.
"""

"""What other programs download: citation files, feeds, the API, Markdown twins, the sitemap.

In: the `Catalogue` and its pages. Out: file names, each with a function that returns the text. Begin with `files.py`
(citations and feeds of each list) or `api.py` (JSON and CSV); the page `/data/` explains all of it.
"""

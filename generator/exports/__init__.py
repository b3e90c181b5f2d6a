"""Files for other programs: citations, feeds, the API, Markdown versions of pages, and the sitemap.

Each module maps file names to functions that return the text of the file. Start with `files.py` (citations and feeds of
each list) or `api.py` (JSON and CSV). The page `/data/` documents all these files for readers.
"""

"""Search in the reader's browser.

In: the catalogue. Out: the data files that the scripts in `browser/` load (`data.py`). Of the scripts, those in
`browser/engine/` find and rank papers without touching a page: begin with `engine.js`. Those in `browser/pages/` show
them: begin with `main.js`, which every page loads.
"""

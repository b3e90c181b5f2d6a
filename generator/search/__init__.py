"""Search in the reader's browser.

`data.py` makes the data files that the scripts in `browser/` load. The scripts in `browser/engine/` find and rank
papers without accessing a page; start with `engine.js`. The scripts in `browser/pages/` display the results; start with
`main.js`, which every page loads.
"""

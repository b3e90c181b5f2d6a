"""Search in the reader's browser.

In: the catalogue. Out: the data files that the scripts in `browser/` load (`data.py`).
"""

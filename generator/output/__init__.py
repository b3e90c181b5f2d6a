"""Everything that touches the disk or other processes.

`write.py` makes a folder equal to a map of files, and `workers.py` spreads work over the cores. For `make serve`,
`watch.py` builds after edits, `incremental.py` brings the site up to date, and `preview.py` serves it.
"""

"""Everything that touches the disk or other processes.

`write.py` makes a folder equal to a map of files, `workers.py` spreads work over the cores, `watch.py` rebuilds after
edits.
"""

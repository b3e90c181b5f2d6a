"""Everything that touches the disk or other processes.

`write.py` makes a folder equal to a map of files, `site_builder.py` has the pages built that have changed, `workers.py`
spreads work over the cores, `last_build.py` knows whether there is anything to do, and `records.py` keeps what the next
run needs. For `make serve`, `watch.py` notices edits, `on_demand.py` makes what is asked for, and `preview.py` serves
it.
"""

"""Checks of whether a list is consistent and good enough to publish.

They report problems, which stop the build, and warnings, which do not; `health.py` makes the health report. Start with
`rules.py`, which lists all rules. Each rule is in the module for its subject, such as `papers.py`; the additional
requirements that a list sets for its entries are in `quality.py`.
"""

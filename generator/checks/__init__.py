"""Whether a list is consistent and good enough to publish.

In: a `Library`. Out: problems, which stop the build; warnings, which do not; and the health report (`health.py`). Begin
with `rules.py`, which lists all rules. A rule stands in the module of what it is about, such as `papers.py`; what this
list asks of its entries beyond that is in `quality.py`.
"""

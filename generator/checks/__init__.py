"""Whether a list is consistent and good enough to publish.

In: a `Library`. Out: problems (`rules.py`, `quality.py`), which stop the build, warnings (`quality.py`), which do
not, and the health report (`health.py`). Begin with `rules.py`.
"""

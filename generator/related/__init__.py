"""Which papers to read next.

In: a `Library`. Out: for each paper its related papers, best first, with reasons. All of it is in `relate.py`.
"""

"""Suggestions of papers to read next.

`relate.py` ranks the related papers of each paper in a `Library` and gives the reasons for each. They are compared by
their tags and their words: `words.py` counts words, and `weights.py` weighs both. `on_request.py` does the same for a
list that is being edited, and keeps what an edit has not changed; `again.py` relates the papers of a list that was built
before.
"""

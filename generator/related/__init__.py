"""Suggestions of papers to read next.

`relate.py` ranks the related papers of each paper in a `Library` and gives the reasons for each. They are compared by
their tags and their words: `words.py` counts words, and `weights.py` weighs both. After an edit, `again.py` relates
only those papers anew whose suggestions may differ. For a list that is being served, `on_request.py` finds the
suggestions for one paper at a time, and keeps what an edit has not changed.
"""

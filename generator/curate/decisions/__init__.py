"""Renaming, merging, and retiring terms, categories, and papers.

In: a decision and the content's texts. Out: the changed texts, identical byte for byte outside of the change.
Begin with `decisions.py`; `yaml_edit.py` edits YAML in place, and `losses.py` lists what a decision loses.
"""

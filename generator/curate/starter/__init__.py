"""The first content of a list: empty, or made of a library of references.

In: the list's name, and the works of a library with their keywords and groups. Out: the texts of the content's files.
Begin with `start.py`; `library.py` makes the list of the works, with terms from `keywords.py` and shelves from
`shelves.py`, `content_files.py` writes its texts, and `folder.py` knows what a folder holds already.
"""

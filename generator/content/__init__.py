"""The content files that curators write: their model, the YAML reader, and the loader.

The loader turns the files of `content/` into a `Library` and a list of problems, each with its file, line and column.
Start with `model.py`, whose annotations define the content format.
"""

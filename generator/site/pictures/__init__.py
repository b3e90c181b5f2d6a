"""The pictures of the pages: timelines, graphs of relations, the map of the list, and counts of topics by year.

Each module computes one kind of picture as a frozen value; `templates/pictures.md` draws it as SVG. Lengths across are
percentages and heights are pixels, so that a picture fits any width while its text keeps its size. Begin with
`relation_graph.py`; `layout.py` asks igraph where things belong, and is the only module that knows of it.
"""

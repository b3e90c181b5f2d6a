"""What a reviewer of a change sees.

In: two states of the content, problems, outward links. Out: a summary of the change (`changes.py` finds what changes,
`diff.py` writes it as Markdown), annotations on a pull request (`annotations.py`) and a report on links (`links.py`).
"""

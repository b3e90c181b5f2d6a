"""What a reviewer of a change sees.

In: two states of the content, problems, outward links. Out: a summary of the change (`diff.py`), annotations on a
pull request (`annotations.py`) and a report on links (`links.py`).
"""

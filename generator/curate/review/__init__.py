"""What reviewers of a change see.

In: two states of the content, problems, outward links. Out: a summary of the change (`changes.py` computes it,
`diff.py` writes it as Markdown), annotations on a pull request (`annotations.py`), and a report on links (`links.py`).
Begin with `changes.py`.
"""

"""The generator of a reading-list site: one way through, load, check, relate, render, write (`build.py`)."""

__version__ = "1.0.0"

"""The lists that the tests read: the toy list of eight real papers, and this repository's own."""

from pathlib import Path

import pytest

from generator.load import load
from generator.model import Library

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def toy() -> Library:
    library, problems = load(HERE / "toy", {})
    assert problems == []
    return library


@pytest.fixture(scope="session")
def library() -> Library:
    library, problems = load(HERE.parent / "content", {})
    assert problems == []
    return library

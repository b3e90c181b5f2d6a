"""Fixtures that many tests share: the toy list, its site, and a browser. No test may read the list in `content/`."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import browser
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser
from sites import LISTED, TOY, built, served

from generator.content.loader import load
from generator.content.model import Library

# No deadlines, as a busy machine is slow; and the same examples in every run.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


def refuse_list(event: str, arguments: tuple[object, ...]) -> None:
    """Fail if a data file of the published list is opened; its guide may be read."""
    if event == "open" and isinstance(arguments[0], str) and arguments[0].endswith(".yml"):
        assert LISTED not in Path(arguments[0]).resolve().parents, f"{arguments[0]}: no test reads the list"


sys.addaudithook(refuse_list)


@pytest.fixture(scope="session")
def toy() -> Library:
    library, problems = load(TOY, {})
    assert problems == []
    return library


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the toy list that a test may change."""
    shutil.copytree(TOY, tmp_path / "content")
    return tmp_path / "content"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("list"), TOY)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with served(site) as at:
        yield at

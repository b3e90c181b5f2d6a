"""What many tests need: the toy list, its site, and a browser. No test reads the list in `content/`."""

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

# A busy machine is slow, which is no fault of the code; the same examples come in every run.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


def refuse_list(event: str, arguments: tuple[object, ...]) -> None:
    """Fail whatever opens a file of the published list, of which its guide is no part."""
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
    """A copy of the toy list, to be changed."""
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

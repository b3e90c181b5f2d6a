"""Fixtures that many tests share: the toy list, its site, and a browser. No test may read the list in `content/`."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from browser import browser
from corpus import corpus
from filelock import FileLock
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser
from sites import LISTED, PUBLISHED, TOY, WORKS, built, pages, served, with_look

from generator.content.loader import load
from generator.content.model import Library
from generator.output import progress

MEMORY = Path("/dev/shm")  # where Linux keeps files in memory
ROOM = 4 << 30  # bytes that must be free there


def use_memory() -> None:
    """Keep what tests write in memory, if there is room: some disks take a millisecond for each file.

    Nothing is done if a folder is given, or if programs may not be run from there.
    """
    if "TMPDIR" in os.environ or not MEMORY.is_dir():
        return
    system = os.statvfs(MEMORY)
    if system.f_bavail * system.f_frsize >= ROOM and not system.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


use_memory()

# No deadlines, as a busy machine is slow; and the same examples in every run.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")
progress.SILENT_SECONDS = 3_600  # nor progress, which a busy machine would print among what a command says


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


@pytest.fixture(scope="session")
def works() -> Library:
    """A list with works of every kind."""
    library, problems = load(WORKS, {})
    assert problems == []
    return library


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the toy list that a test may change."""
    shutil.copytree(TOY, tmp_path / "content")
    return tmp_path / "content"


@pytest.fixture(scope="session")
def build_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[..., Path]:
    """Return a function that builds a site, as `built` does, unless another worker of this run has built it."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent

    def build_site(name: str, content: Path, *builder: str, **environment: str) -> Path:
        folder = shared / f"site-{name}"
        with FileLock(f"{folder}.lock"):
            if not folder.is_dir():
                draft = shared / f"draft-{name}"
                built(draft, content, *builder, **environment)
                draft.rename(folder)
        return folder / "build/site"

    return build_site


@pytest.fixture(scope="session")
def site(build_once: Callable[..., Path]) -> Path:
    """The site of the toy list, which has no address."""
    return build_once("toy", TOY)


@pytest.fixture(scope="session")
def published(build_once: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the toy list with the address `PUBLISHED`, as for publishing, and with a look of its own."""
    return build_once("published", with_look(tmp_path_factory.mktemp("look")), SITE_URL=PUBLISHED)


@pytest.fixture(scope="session")
def empty_site(build_once: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a list without papers, terms and shelves, which has its own word for a paper."""
    content = tmp_path_factory.mktemp("empty")
    (content / "site.yml").write_text(
        "name: Empty\ntagline: Nothing yet.\nintroduction: To be filled.\n"
        "entry: {one: zibaldone-item, many: zibaldone-items}\nrepository: https://github.com/example/empty\n"
    )
    for name in ("categories.yml", "vocabulary.yml"):
        (content / name).write_text("[]\n")
    return build_once("empty", content)


@pytest.fixture(scope="session")
def long_site(build_once: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a list of 120 papers, more than a page of results shows at first."""
    return build_once("long", corpus(120, tmp_path_factory.mktemp("long") / "content"))


@pytest.fixture(scope="session")
def found(site: Path) -> Mapping[str, Element]:
    """All pages of the toy list's site, which no test may change."""
    return pages(site)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with served(site) as at:
        yield at

"""A site whose files are made when they are asked for: each is what a build of the whole site has."""

import sys
from pathlib import Path

import pytest
from sites import MKDOCS, PUBLISHED, TOY, run, workshop

from generator.build import load_and_check, site_builder
from generator.output.on_demand import SiteOnDemand
from generator.output.site_builder import LIST_SETTINGS
from generator.output.write import write_files
from generator.related.on_request import RelatedOnRequest
from generator.site.catalogue import build_catalogue
from generator.site.render import site_files

NAMES = [
    "index.html",
    "404.html",
    "papers/tr0n/index.html",
    "tags/index.html",
    "tags/gan/index.html",
    "about/index.html",
    "papers/tr0n.bib",
    "papers/tr0n.md.txt",
    "search/list.json",
    "assets/reading.css",
    "assets/icons/192.png",
    "_headers",
]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SITE_URL", PUBLISHED)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.chdir(workshop(tmp_path / "place"))
    return tmp_path / "place"


def on_demand(place: Path, *command: str) -> SiteOnDemand:
    site = SiteOnDemand(site_builder(command, place / "build/docs", place / "served"))
    library, _ = load_and_check(TOY)
    files = site_files(build_catalogue(library, RelatedOnRequest().relate(library), for_all=False))
    write_files({LIST_SETTINGS: files[LIST_SETTINGS]}, place / "build/docs")
    site.renew(files)
    return site


def test_each_file_is_that_of_the_whole_site(place: Path) -> None:
    site = on_demand(place, *MKDOCS)
    made = {name: site.read(name) for name in NAMES}
    waiting = site.builder.waiting
    site.builder.end()
    assert waiting is not None
    assert waiting.poll() is not None
    assert not (place / "served").exists()
    assert list(site.builder.parts.glob("*")) == []
    done = run(place, "-m", "generator", "build", "--content", TOY, "--", *MKDOCS, SITE_URL=PUBLISHED)
    assert done.returncode == 0, done.stderr
    assert made == {name: (place / "build/site" / name).read_bytes() for name in NAMES}
    whole = {
        str(file.relative_to(place / "build/site")) for file in (place / "build/site").rglob("*") if file.is_file()
    }
    assert {name for name in whole if name not in site} == {".generated", "sw.js", "offline.json"}


def test_a_page_is_built_even_if_the_builder_that_waits_has_ended(place: Path) -> None:
    site = on_demand(place, *MKDOCS)
    first = site.read("papers/tr0n/index.html")
    assert site.builder.waiting is not None
    site.builder.waiting.kill()
    site.renew(site.files)
    assert site.read("papers/tr0n/index.html") == first
    site.builder.end()


@pytest.mark.parametrize(
    "name", ["", "papers", "papers/tr0n", "papers/tr0n.md", ".settings.yml/index.html", "no/index.html"]
)
def test_nothing_else_is_there(place: Path, name: str) -> None:
    assert name not in on_demand(place, *MKDOCS)


def test_a_page_is_made_once_for_each_state_of_the_list(place: Path) -> None:
    count = place / "count"
    script = f"""
import sys
from pathlib import Path
with open({str(count)!r}, "a") as counted:
    counted.write("x")
part = Path(sys.argv[1]).parent
(part / "site/tags/gan").mkdir(parents=True)
(part / "site/tags/gan/index.html").write_text("made")
"""
    site = on_demand(place, sys.executable, "-c", script)
    assert [site.read("tags/gan/index.html") for _ in range(3)] == [b"made"] * 3
    assert count.read_text() == "x"
    site.renew(site.files)
    site.read("tags/gan/index.html")
    assert count.read_text() == "xx"
    with pytest.raises(ChildProcessError, match=r"made nothing of tags/image\.md"):
        site.read("tags/image/index.html")


def test_a_builder_that_fails_is_said(place: Path) -> None:
    with pytest.raises(ChildProcessError, match="failed with status 3"):
        on_demand(place, sys.executable, "-c", "exit(3)").read("index.html")

"""What is written for reading offline: the service worker, which is new where the site is, and the list of pages."""

import json
import os
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sites import zipped

from generator.output import offline
from generator.output.offline import complete_site, content_digest
from generator.output.write import replace_file

REDIRECT = '<meta http-equiv="refresh" content="0; url=../b/">'
FILES = {
    "index.html": "home",
    "browse/index.html": "all papers",
    "papers/a/index.html": "a",
    "papers/a.bib": "@misc{a}",
    "papers.bib": "@misc{all}",
    "papers.atom": "feed",
    "papers/old/index.html": REDIRECT,
    "authors/index.html": "names",
    "authors/x/index.html": "x",
    "404.html": "missing",
    "assets/reading.css": "body {}",
    "assets/scripts/main.js": "1",
    "assets/scripts/citeproc_commonjs.js": "2",
    "assets/fonts/f/files/f-latin-wght-normal.woff2": "f",
    "assets/fonts/f/files/f-cyrillic-wght-normal.woff2": "f",
    "search/list.json": "{}",
    "search/texts-0.json": "[]",
    "search/contexts-0.json": "[]",
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A site of few files."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def listed(site: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / "offline.json").read_text("utf-8"))
    return found


def known(site: Path) -> dict[str, Any]:
    """Return what the worker knows of a site."""
    found = re.match(r"const BUILD=(.*);\n", (site / "sw.js").read_text("utf-8"))
    assert found
    knows: dict[str, Any] = json.loads(found[1])
    return knows


def test_pages_are_listed_with_digest_and_size_except_those_of_people_and_redirects(small: Path) -> None:
    assert complete_site(small) == 3
    digest = {text: sha256(text.encode()).hexdigest()[:12] for text in FILES.values()}
    assert listed(small)["pages"] == [
        ["browse/", digest["all papers"], 10],
        ["", digest["home"], 4],
        ["papers/a/", digest["a"], 1],
    ]
    assert listed(small)["data"] == [
        ["papers.bib", digest["@misc{all}"], 10],
        ["search/contexts-0.json", digest["[]"], 2],
    ]


def test_the_worker_fetches_what_every_page_needs(small: Path) -> None:
    complete_site(small)
    knows = known(small)
    assert knows["version"] == listed(small)["version"]
    assert {*knows["shell"]} == {
        "",
        "browse/",
        "assets/reading.css",
        "assets/scripts/main.js",
        "assets/fonts/f/files/f-latin-wght-normal.woff2",
    }
    assert [name for name, _ in knows["data"]] == ["search/list.json", "search/texts-0.json"]
    assert knows["dataSize"] == 4


def test_the_same_site_gives_the_same_files(small: Path) -> None:
    complete_site(small)
    before = [(small / name).read_bytes() for name in ("sw.js", "offline.json")]
    complete_site(small)
    assert [(small / name).read_bytes() for name in ("sw.js", "offline.json")] == before
    assert {file.relative_to(small).as_posix() for file in small.rglob("*") if file.is_file()} == {
        *FILES, "sw.js", "offline.json"
    }  # fmt: skip


def test_only_what_has_changed_is_read(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in FILES:
        os.utime(small / name, (1, 1))  # long ago, so that their stamps tell changes apart
    complete_site(small)
    read: list[str] = []

    def noted_digest(site: Path, name: str) -> str:
        read.append(name)
        return content_digest(site, name)

    monkeypatch.setattr(offline, "content_digest", noted_digest)
    replace_file(f"{small}/papers/a/index.html", b"b")
    (small / "search/texts-0.json").unlink()
    assert complete_site(small) == 3
    assert read == ["papers/a/index.html"]
    incremental = [(small / name).read_bytes() for name in ("sw.js", "offline.json")]
    complete_site(small)
    assert read == ["papers/a/index.html"] * 2  # as it has just changed, and may do so again within its stamp
    monkeypatch.setattr(offline, "__file__", __file__)  # as if the program had changed
    complete_site(small)
    assert len(read) > 10
    assert [(small / name).read_bytes() for name in ("sw.js", "offline.json")] == incremental
    small.with_name(f".{small.name}.digests.json").unlink()
    complete_site(small)
    assert [(small / name).read_bytes() for name in ("sw.js", "offline.json")] == incremental


@pytest.mark.parametrize(
    ("name", "is_new"),
    [
        ("index.html", True),
        ("authors/x/index.html", True),
        ("papers/b/index.html", True),
        ("assets/scripts/main.js", True),
        ("search/texts-0.json", True),
        ("papers.bib", True),
        ("papers.atom", False),
        ("papers/a.bib", False),
    ],
)
def test_a_version_is_new_where_pages_or_what_they_load_have_changed(small: Path, name: str, is_new: bool) -> None:
    complete_site(small)
    before = known(small)["version"]
    (small / name).parent.mkdir(parents=True, exist_ok=True)
    (small / name).write_text("changed")
    complete_site(small)
    assert (known(small)["version"] != before) == is_new


def test_the_list_of_a_whole_site_is_true(site: Path) -> None:
    pages = listed(site)["pages"]
    assert len(pages) > 100
    for path, digest, size in pages:
        content = (site / path / "index.html").read_bytes()
        assert (sha256(content).hexdigest()[:12], len(content)) == (digest, size)
    for path in known(site)["shell"]:
        assert (site / path / "index.html").is_file() or (site / path).is_file()
    assert zipped(site / "sw.js") < 4_000

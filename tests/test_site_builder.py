"""Building pages in parts, and only those that have changed: the site is the same as from nothing."""

import os
import random
import sys
from pathlib import Path

import pytest
from edits import Curator
from mkdocs.structure.files import File
from sites import MKDOCS, TOY, run, with_look, workshop

from generator.output import site_builder
from generator.output.site_builder import MAX_PART_PAGES, SiteBuilder, output_name, page_parts

COPIER = (
    sys.executable,
    "-c",
    """
import sys, yaml
from pathlib import Path
part = Path(sys.argv[1]).parent
settings = yaml.safe_load((part / "settings.yml").read_text())
shared = Path(settings["INHERIT"]).with_name("shared").joinpath("theme.css").read_text()
for page in sorted((part / settings["docs_dir"]).rglob("*.md")):
    if page.read_text() == "failing":
        sys.exit(3)
    stem = page.relative_to(part / settings["docs_dir"]).with_suffix("")
    made = part / settings["site_dir"] / (stem.parent if stem.name == "index" else stem) / "index.html"
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_text(f"{shared}: {page.read_text()}")
    with Path(settings["INHERIT"]).with_name("built").open("a") as built:
        print(stem, file=built)
(part / settings["site_dir"] / "404.html").write_text(shared)
(part / settings["site_dir"] / "other.css").write_text("not a page")
""",
)


def files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("name", "index.md README.md a.md a/index.md a/b.md a/README.md".split())
def test_a_page_becomes_the_file_that_mkdocs_makes_of_it(name: str) -> None:
    assert output_name(name) == File(name, "docs", "site", use_directory_urls=True).dest_uri


@pytest.fixture
def copied(tmp_path: Path) -> SiteBuilder:
    """A builder that copies pages, and writes the names of those that it built to the file `built`."""
    for folder in ("pages/a", "site", "shared"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("site_name: A list\n")
    (tmp_path / "shared/theme.css").write_text("theme")
    for name in ("index", "a/b", "a/c"):
        (tmp_path / f"pages/{name}.md").write_text("one")
    return SiteBuilder(COPIER, tmp_path / "mkdocs.yml", tmp_path / "pages", [tmp_path / "shared"], tmp_path / "site")


def built(builder: SiteBuilder) -> list[str]:
    """Update a site, and return the names of the pages that were built for it."""
    log = builder.settings.with_name("built")
    log.unlink(missing_ok=True)
    number = builder.update()
    names = sorted(log.read_text().split()) if log.exists() else []
    assert number == len(names)
    return names


def test_pages_are_built_once(copied: SiteBuilder) -> None:
    assert built(copied) == ["a/b", "a/c", "index"]
    site = files(copied.site)
    assert site == {
        "index.html": b"theme: one",
        "a/b/index.html": b"theme: one",
        "a/c/index.html": b"theme: one",
        "404.html": b"theme",
    }
    assert built(copied) == []
    assert files(copied.site) == site
    assert sorted(path.name for path in copied.site.parent.iterdir()) == [
        ".site.json",
        "mkdocs.yml",
        "pages",
        "shared",
        "site",
    ]


@pytest.mark.parametrize("later", [3_600, 0, -3_600], ids=["later", "at the same time", "after the clock was set back"])
def test_a_change_is_found_at_any_time(copied: SiteBuilder, later: int) -> None:
    built(copied)
    page = copied.pages / "a/b.md"
    made = page.stat().st_mtime
    page.write_text("two, longer")
    os.utime(page, (made + later, made + later))
    assert built(copied) == ["a/b"]
    assert files(copied.site)["a/b/index.html"] == b"theme: two, longer"


def test_what_is_written_again_is_not_built_again(copied: SiteBuilder) -> None:
    built(copied)
    for page in copied.pages.rglob("*.md"):
        page.write_text(page.read_text())
        os.utime(page, (1, 1))
    assert built(copied) == []


def test_what_is_deleted_goes_and_the_rest_is_not_touched(copied: SiteBuilder) -> None:
    built(copied)
    (copied.site / "a/b.bib").write_text("a file of the generator")
    before = (copied.site / "index.html").stat().st_mtime_ns
    (copied.pages / "a/b.md").unlink()
    (copied.pages / "a/c.md").unlink()
    assert built(copied) == []
    assert files(copied.site).keys() == {"index.html", "404.html", "a/b.bib"}
    assert (copied.site / "index.html").stat().st_mtime_ns == before


@pytest.mark.parametrize("shared", ["shared/theme.css", "pages/.settings.yml", "mkdocs.yml", "shared/new.html"])
def test_a_change_that_concerns_all_pages_renews_all(copied: SiteBuilder, shared: str) -> None:
    built(copied)
    (copied.site.parent / shared).write_text("# new")
    assert len(built(copied)) == 3


def test_another_command_renews_all(copied: SiteBuilder) -> None:
    built(copied)
    copied.command = [*COPIER[:2], f"{COPIER[2]}\n"]
    assert len(built(copied)) == 3


@pytest.mark.parametrize("name", ["a/b/index.html", "404.html"])
@pytest.mark.parametrize("how", ["deleted", "changed"])
def test_the_site_is_mended(copied: SiteBuilder, name: str, how: str) -> None:
    built(copied)
    site = files(copied.site)
    (copied.site / name).unlink()
    if how == "changed" and name != "404.html":
        (copied.site / name).write_text("made by someone else")
    assert len(built(copied)) == 1
    assert files(copied.site) == site


@pytest.mark.parametrize("record", ["", "[]", '["x", [["a/b.md"]]]', "{", "[1, 2]", '["", null]'])
def test_without_a_record_all_is_built(copied: SiteBuilder, record: str) -> None:
    built(copied)
    site = files(copied.site)
    (copied.site / "old").mkdir()
    (copied.site / "old/index.html").write_text("of a page that is gone")
    copied.record_file.write_text(record)
    assert len(built(copied)) == 3
    assert files(copied.site) == site


def test_a_builder_that_fails_changes_nothing_and_is_run_again(copied: SiteBuilder) -> None:
    built(copied)
    site = files(copied.site)
    (copied.pages / "a/b.md").write_text("failing")
    (copied.pages / "index.md").write_text("two")
    with pytest.raises(ChildProcessError, match="failed with status 3"):
        copied.update()
    assert files(copied.site) == site
    assert not copied.parts.exists()
    (copied.pages / "a/b.md").write_text("three")
    assert built(copied) == ["a/b", "index"]


def test_a_builder_that_leaves_out_a_page_fails(copied: SiteBuilder) -> None:
    copied.command = [*COPIER[:2], COPIER[2].replace('rglob("*.md")', 'rglob("[!b].md")')]
    with pytest.raises(ChildProcessError, match=r"made nothing of a/b\.md"):
        copied.update()


def test_a_run_that_was_killed_is_completed(copied: SiteBuilder, monkeypatch: pytest.MonkeyPatch) -> None:
    built(copied)
    for name in ("index", "a/b", "a/c"):
        (copied.pages / f"{name}.md").write_text("two")
    with monkeypatch.context() as patched:
        patched.setattr(site_builder, "write_record", lambda *_: os._exit(9))
        if not (child := os.fork()):
            copied.update()
            os._exit(0)
        os.waitpid(child, 0)
    copied.parts.mkdir()
    (copied.parts / "left").touch()
    (copied.site / "a/c/index.html").write_text("old")
    assert built(copied) == ["a/b", "a/c", "index"]
    assert {text for name, text in files(copied.site).items() if name != "404.html"} == {b"theme: two"}


@pytest.mark.parametrize("count", [0, 1, 39, 40, 79, 80, 1_000, 1_999, 2_001, 12_345])
@pytest.mark.parametrize("cores", [1, 2, 8])
def test_parts_hold_all_pages_and_none_too_many(count: int, cores: int) -> None:
    names = [f"{number}.md" for number in range(count)]
    parts = [*page_parts(names, cores)]
    assert sorted(name for part in parts for name in part) == sorted(names)
    assert all(0 < len(part) <= MAX_PART_PAGES for part in parts)
    assert len(parts) >= min(cores, count // 40)


def test_parts_make_the_same_site_as_the_whole(tmp_path: Path) -> None:
    place = workshop(tmp_path)
    done = run(place, "-m", "generator", "build", "--content", TOY, "--", *MKDOCS)
    assert done.returncode == 0, done.stderr
    done = run(place, *MKDOCS[1:], "mkdocs.yml", "--site-dir", "whole")
    assert done.returncode == 0, done.stderr
    whole = files(place / "whole")
    assert len(whole) > 100
    assert whole == {name: text for name, text in files(place / "build/site").items() if name.endswith(".html")}


def test_random_edits_end_where_a_build_from_nothing_does(tmp_path: Path) -> None:
    place = workshop(tmp_path / "place")
    curator = Curator(with_look(tmp_path), 14)
    chance = random.Random(14)
    build = ("-m", "generator", "build", "--content", curator.content)
    for count in (0, 9, 9):
        assert len(curator.edit(count)) == count
        logo = curator.content / "images/logo.svg"
        logo.write_text(logo.read_text().replace("#8a3b12", f"#8a3b{chance.randrange(10, 99)}"))
        done = run(place, *build, "--", *MKDOCS)
        assert done.returncode == 0, done.stdout + done.stderr
    nothing = workshop(tmp_path / "nothing")
    assert run(nothing, *build, "--", *MKDOCS).returncode == 0
    assert files(place / "build/site") == files(nothing / "build/site")

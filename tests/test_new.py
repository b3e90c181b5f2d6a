"""The command that starts a list: what it writes, what it refuses, and what of an old list goes."""

import re
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from libraries import bib_library, csl_talks_and_posts, ris_books
from proof import git, repository
from sites import ROOT, TOY, run

from generator.checks.rules import check
from generator.citations.names import display_name
from generator.cli import main
from generator.content.loader import load
from generator.content.model import Site, blocking_problems
from generator.curate.importers import source_files
from generator.curate.starter.folder import readme_of_new_list
from generator.site.catalogue import build_catalogue

LIBRARY = bib_library(40)
README = """\
# Toy list

A few papers, to try the
generator on.

It is a static site.

![The home page](.github/pictures/home.png)

## Build it

![Ours](docs/own.png)
"""


def texts(folder: Path) -> dict[str, bytes]:
    """Return the contents of all files in a folder, by name."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def new(*words: str | Path) -> int:
    """Run the command, and return its exit status."""
    return main(["new", *map(str, words)])


@pytest.fixture
def library(tmp_path: Path) -> Path:
    file = tmp_path / "library.bib"
    file.write_text(LIBRARY, "utf-8")
    return file


def test_an_empty_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(tmp_path / "a/list", "--name", "Mine") == 0
    assert capsys.readouterr().out.splitlines()[-2] == f"{tmp_path}/a/list: 0 papers on 1 shelf, with 0 terms"
    written = texts(tmp_path / "a/list")
    assert list(written) == ["categories.yml", "pages/about.md", "site.yml", "vocabulary.yml"]
    assert b"\nname: Mine\n" in written["site.yml"]
    assert main(["check", "--content", str(tmp_path / "a/list")]) == 0
    assert [file.name for file in (tmp_path / "a").iterdir()] == ["list"]


def test_the_folder_is_that_of_the_content_unless_another_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert new() == new("--content", "other") == new("third") == 0
    assert {folder.name for folder in tmp_path.iterdir()} == {"content", "other", "third"}


def test_the_first_line_of_each_file_names_its_schema(tmp_path: Path, library: Path) -> None:
    new(tmp_path / "list", "--from", library)
    written = texts(tmp_path / "list")
    assert len(written) > 30
    for name, text in written.items():
        assert text.startswith(b"# yaml-language-server: $schema=") or name == "pages/about.md"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.bib", b"", "has no entry that can be read"),
        ("x.bib", b"Once upon a time", 'expected an entry such as "@article{key, …}", found "Once upon a time"'),
        ("x.bib", b"@book{a, title = {Cut off", 'entry "a" is never closed'),
        ("x.bib", b"@book{a, title = {L\xe9on}}", "expected UTF-8, found the byte 0xE9"),
        ("x.bib", b"\x00" * 9, None),
        ("x.txt", b"@book{a, title = {T}}", "expected a file whose name ends in .bib, .ris or .json"),
        ("x.bib", None, "cannot be read: No such file or directory"),
    ],
)
def test_a_bad_library_changes_nothing(
    name: str, content: bytes | None, message: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, place = tmp_path / name, tmp_path / "list"
    if content is not None:
        file.write_bytes(content)
    shutil.copytree(TOY, place)
    before = texts(tmp_path)
    assert new(place, "--from", file, "--replace") == 1
    printed = capsys.readouterr()
    assert printed.err == "1 problem\n"
    assert printed.out.count("\n") == 1
    assert message is None or message in printed.out
    assert texts(tmp_path) == before


def test_a_library_that_is_too_large_changes_nothing(
    tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(source_files, "MAX_SOURCE_BYTES", 1_000)
    assert new(tmp_path / "list", "--from", library) == 1
    size = library.stat().st_size
    assert capsys.readouterr().out == f"{library}: expected at most 1,000 bytes, found {size:,}: import it in parts\n"
    assert not (tmp_path / "list").exists()


@pytest.mark.parametrize(
    ("prepare", "fault"),
    [
        (
            lambda place: shutil.copytree(TOY, place),
            "holds a list: name another folder, or add --replace (make: REPLACE=yes)",
        ),
        (lambda place: place.mkdir() or (place / "letter.txt").write_text("x"), "holds files, but no list"),
        (lambda place: place.write_text("x"), "expected a folder"),
    ],
)
def test_what_is_there_is_not_overwritten(
    prepare: Callable[[Path], object], fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(tmp_path / "list")
    before = texts(tmp_path)
    assert new(tmp_path / "list") == 1
    printed = capsys.readouterr()
    assert f"{tmp_path}/list: {fault}" in printed.out
    assert texts(tmp_path) == before


def test_only_a_list_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x")
    assert new(tmp_path, "--replace") == 1
    assert texts(tmp_path) == {"letter.txt": b"x"}


def test_the_guide_alone_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "list").mkdir()
    (tmp_path / "list/README.md").write_text("The guide")
    assert new(tmp_path / "list") == 0
    assert texts(tmp_path / "list")["README.md"] == b"The guide"


def test_a_name_that_shows_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(tmp_path / "list", "--name", " ") == 1
    assert capsys.readouterr().out == "--name: expected a name on one line, found nothing\n"
    assert not (tmp_path / "list").exists()


def old_repository(place: Path) -> Path:
    """Return a repository with the toy list, judgments, a guide, pictures and a README."""
    content = place.with_name("old")
    shutil.copytree(TOY, content)
    (content / "README.md").write_text("The guide")
    repository(place, content)
    (place / ".github/pictures").mkdir(parents=True)
    (place / ".github/pictures/home.png").write_bytes(b"picture")
    (place / "README.md").write_text(README)
    git(place, "add", ".github", "README.md")
    git(place, "commit", "--quiet", "--message", "Pictures")
    return place


def test_a_list_that_git_keeps_gives_way_to_a_new_one(
    tmp_path: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = old_repository(tmp_path / "fork")
    assert (place / "content/judgments").is_dir()
    assert (place / "content/paths").is_dir()
    assert new(place / "content", "--name", "Mine") == 1
    assert "content: holds a committed list: name another folder, or add --replace" in capsys.readouterr().out
    new(place / "content", "--from", library, "--name", "Mine", "--replace")
    assert {one.name for one in (place / "content").iterdir()} == {
        *("README.md", "categories.yml", "pages", "papers", "site.yml", "vocabulary.yml")
    }
    assert {one.name for one in place.iterdir()} == {".git", "README.md", "content", "generator", "mkdocs.yml"}
    assert (place / "content/README.md").read_text() == "The guide"
    said = (place / "README.md").read_text()
    assert re.match(r"# Mine\n\nA reading list(?: of \w+)?\.\n\nIt is a static site.\n\n## Build it\n\n!\[Ours\]", said)
    assert main(["check", "--content", str(place / "content")]) == 0


def test_a_list_that_git_does_not_keep_stays_beside_the_new_one(tmp_path: Path) -> None:
    place = old_repository(tmp_path / "fork")
    (place / "content/papers/tr0n.yml").write_text("changed")
    before = texts(place / "content")
    assert new(place / "content", "--replace") == new(place / "content", "--replace") == 0
    assert texts(place / "content.old") == before
    assert "tr0n.yml" not in texts(place / "content.old-2")
    assert (place / ".github/pictures/home.png").exists() is False


def test_pictures_that_git_does_not_keep_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = old_repository(tmp_path / "fork")
    (place / ".github/pictures/mine.png").write_bytes(b"new")
    assert new(place / "content", "--replace") == 0
    assert "README.md and .github/pictures are left unchanged" in capsys.readouterr().out
    assert (place / "README.md").read_text() == README
    assert {file.name for file in (place / ".github/pictures").iterdir()} == {"home.png", "mine.png"}


def test_without_git_a_list_is_replaced_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    shutil.copytree(TOY, tmp_path / "list")
    assert new(tmp_path / "list") == 1
    assert new(tmp_path / "list", "--replace") == 0
    assert texts(tmp_path / "list.old") == texts(TOY)


def test_what_is_no_lists_stays(tmp_path: Path) -> None:
    shutil.copytree(TOY, tmp_path / "list")
    (tmp_path / "list/.hidden").mkdir()
    (tmp_path / "list/.hidden/note.txt").write_text("mine")
    (tmp_path / "list/link").symlink_to("nowhere")
    assert new(tmp_path / "list", "--replace") == 0
    assert (tmp_path / "list/.hidden/note.txt").read_text() == "mine"
    assert (tmp_path / "list/link").is_symlink()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Other\n\nA line.\n", "# Other\n\nA line.\n"),
        ("# Old\n\nIt is mine.\n\nMore.\n", "# Old\n\nIt is mine.\n\nMore.\n"),
        ("# Old\n\nOld things.\n\nMore.\n", "# New\n\nNew things.\n\nMore.\n"),
        ("", ""),
    ],
)
def test_the_readme_has_the_new_name_where_it_had_the_old_one(text: str, expected: str) -> None:
    assert readme_of_new_list(text, Site("Old", "Old things.", "x"), Site("New", "New things.", "x")) == expected


KILLED = """
import os, signal, sys
from generator.output import write
from generator.curate.starter import start
from generator.checks.rules import check
from generator.citations.names import display_name
from generator.cli import main
from generator.content.loader import load
inner = start.{step}
def die(*arguments):
    if {after}:
        inner(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
start.{step} = die
main(["new", "list", "--replace"])
"""


@pytest.mark.parametrize(
    ("step", "after"),
    [
        ("create_files", False),
        ("create_files", True),
        ("copy_others", True),
        ("put_in_place", False),
        ("put_in_place", True),
    ],
)
def test_a_killed_run_leaves_the_old_list_or_the_new_one(step: str, after: bool, tmp_path: Path) -> None:
    shutil.copytree(TOY, tmp_path / "list")
    (tmp_path / "generator").symlink_to(ROOT / "generator")
    done = run(tmp_path, "-c", KILLED.format(step=step, after=after))
    assert done.returncode == -signal.SIGKILL
    found = texts(tmp_path / "list")
    assert (found == texts(TOY)) is not (step == "put_in_place" and after)
    assert main(["check", "--content", str(tmp_path / "list")]) == 0
    assert new(tmp_path / "list", "--replace") == 0
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_folders_are_exchanged_where_the_system_cannot_do_it_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.output.write.exchange_at_once", lambda *_: False)
    shutil.copytree(TOY, tmp_path / "list")
    assert new(tmp_path / "list", "--replace") == 0
    assert texts(tmp_path / "list.old") == texts(TOY)
    assert {one.name for one in tmp_path.iterdir()} == {"list", "list.old"}


@pytest.mark.parametrize(
    ("name", "text", "words", "count"),
    [
        ("mixed.bib", bib_library(200), "works", 200),
        ("books.ris", ris_books(60), "books", 60),
        ("talks.json", csl_talks_and_posts(60), "works", 60),
    ],
)
def test_lists_of_all_kinds_of_works(
    name: str, text: str, words: str, count: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All works come in, the list calls them by the right word, and its pages can be made."""
    (tmp_path / name).write_text(text, "utf-8")
    assert new(tmp_path / "list", "--from", tmp_path / name) == 0
    library, problems = load(tmp_path / "list", {})
    assert blocking_problems(problems + check(library)) == []
    assert (library.site.entry.many, len(library.papers)) == (words, count)
    assert 4 <= len(library.shelves) <= 12
    assert len(library.terms) > 5
    assert (
        main(
            [
                "build",
                "--content",
                str(tmp_path / "list"),
                "--out",
                str(tmp_path / "docs"),
                "--site",
                str(tmp_path / "site"),
            ]
        )
        == 0
    )
    assert capsys.readouterr().out.splitlines()[-1].startswith(f"{count} {words}: ")


def test_names_in_other_scripts_have_pages_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "talks.json").write_text(csl_talks_and_posts(60), "utf-8")
    new(tmp_path / "list", "--from", tmp_path / "talks.json")
    library, _ = load(tmp_path / "list", {})
    catalogue = build_catalogue(library, {})
    shown = {display_name(name): one.rpartition("-")[0] for one, name in catalogue.people.items()}
    assert shown == {
        "أحمد زويل": "hmd-zwyl",
        "莫言": "mo-yan",
        "김소월": "gimsoweol",
        "村上春樹": "cun-shang-chun-shu",
        "अमृता प्रीतम": "amrtaa-priitm",
        "Фёдор Достоевский": "fedor-dostoevskii",
        "Οδυσσέας Ελύτης": "odusseas-elutes",
        "עמוס עוז": "mvs-vz",
    }

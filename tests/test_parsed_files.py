"""Entries that are kept between two readings of a folder are those that a first reading would return."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sites import TOY

from generator.content import loader
from generator.content.loader import ParsedFiles, load

LONG_AGO = 1_600_000_000  # seconds


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the toy list whose files changed long ago."""
    folder = shutil.copytree(TOY, tmp_path / "content")
    for file in folder.rglob("*"):
        os.utime(file, (LONG_AGO, LONG_AGO))
    return folder


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the entries that are parsed."""
    names: list[str] = []
    parse: Callable[..., object] = loader.parse_content_file

    def noted(file: Path, *given: object, **named: object) -> object:
        if file.parent.name == "papers":
            names.append(file.stem)
        return parse(file, *given, **named)

    monkeypatch.setattr(loader, "parse_content_file", noted)
    return names


def test_only_changed_entries_are_parsed(content: Path, parsed: list[str]) -> None:
    known = ParsedFiles()
    first, _ = load(content, {}, known)
    parsed.clear()
    again, _ = load(content, {}, known)
    assert (parsed, again) == ([], first)
    assert all(one is other for one, other in zip(first.papers, again.papers, strict=True))
    entry = content / f"papers/{first.papers[0].id}.yml"
    entry.write_text(entry.read_text() + "why: Because it is new.\n")
    edited, _ = load(content, {}, known)
    assert parsed == [entry.stem]
    assert edited == load(content, {})[0]


def test_an_entry_that_has_just_changed_is_parsed_again(content: Path, parsed: list[str]) -> None:
    known = ParsedFiles()
    entry = min((content / "papers").iterdir())
    entry.touch()
    load(content, {}, known)
    parsed.clear()
    load(content, {}, known)
    assert parsed == [entry.stem]


@pytest.mark.parametrize("seed", range(8))
def test_after_any_edits_the_list_is_as_if_read_for_the_first_time(content: Path, seed: int) -> None:
    chance, known = random.Random(seed), ParsedFiles()
    for number in range(1, 7):
        files = sorted((content / "papers").iterdir())
        file = chance.choice(files)
        match chance.choice(("edit", "break", "delete", "rename", "swap", "bytes")):
            case "edit":
                file.write_text(file.read_text(errors="replace").replace("the", "The"))
            case "break":
                file.write_text("title: [")
            case "delete":
                file.unlink()
            case "rename":
                file.rename(file.with_stem(f"{file.stem}-x"))
            case "swap":
                file.write_bytes(chance.choice(files).read_bytes())
            case "bytes":
                file.write_bytes(b"\xff")
        for changed in (content / "papers").iterdir():
            if chance.random() < 0.5 and changed.stat().st_mtime != LONG_AGO:
                os.utime(changed, (LONG_AGO, LONG_AGO + number))
        assert load(content, {}, known) == load(content, {})

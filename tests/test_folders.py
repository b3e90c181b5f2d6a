"""A folder that cannot be read is reported; it is not taken as empty."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sites import TOY

from generator.cli import main
from generator.content.loader import CONTENT_FOLDERS, check_file_names


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(TOY, tmp_path / "content")
    return tmp_path / "content"


REPLACEMENTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file": (lambda folder: folder.write_text("x"), "expected a folder"),
    "a loop": (lambda folder: folder.symlink_to(folder.name), f"the folder cannot be read: {os.strerror(errno.ELOOP)}"),
    "a lost link": (lambda folder: folder.symlink_to("nowhere"), "a link that leads nowhere"),
}


@pytest.mark.parametrize("name", CONTENT_FOLDERS)
@pytest.mark.parametrize(("replace", "fault"), REPLACEMENTS.values(), ids=REPLACEMENTS)
def test_what_stands_in_place_of_a_folder(
    name: str, replace: Callable[[Path], object], fault: str, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = content / name
    shutil.rmtree(folder, ignore_errors=True)
    replace(folder)
    assert main(["check", "--content", str(content)]) == 1
    assert f"{folder}: {fault}" in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("name", CONTENT_FOLDERS)
def test_a_folder_that_may_not_be_read(
    name: str, content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The administrator may read everything, so the refusal of the system is imitated."""
    (content / name).mkdir(exist_ok=True)
    listed = os.listdir

    def refuse(folder: str | Path) -> Iterator[str] | list[str]:
        if Path(folder) == content / name:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
        return listed(folder)

    monkeypatch.setattr(os, "listdir", refuse)
    assert main(["check", "--content", str(content)]) == 1
    assert f"{content / name}: the folder cannot be read: Permission denied" in capsys.readouterr().out.splitlines()


def test_a_missing_folder_is_empty(content: Path) -> None:
    for name in ("judgments", "pages", "paths"):
        shutil.rmtree(content / name, ignore_errors=True)
    assert list(check_file_names(content)) == []


def test_no_entry_is_renamed_while_others_cannot_be_read(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(content / "paths")
    (content / "paths").write_text("x")
    before = {file: file.read_bytes() for file in content.rglob("*.yml")}
    assert main(["rename", "paper", "tr0n", "tron", "--content", str(content)]) == 1
    assert f"{content}/paths: expected a folder" in capsys.readouterr().out
    assert {file: file.read_bytes() for file in content.rglob("*.yml")} == before

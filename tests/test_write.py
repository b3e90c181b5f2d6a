"""The output folder equals the pages, whatever was there and whenever the writer is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.write import create, write


def contents(folder: Path) -> dict[str, str]:
    found = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    return {name: file.read_text() for name, file in found.items() if name != ".generated"}


def test_writes_what_changed_and_deletes_what_is_stray(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert write({"a.md": "1", "b/c.md": "2", "b/d/e.md": "3"}, out) == (4, 0)
    before = (out / "a.md").stat().st_mtime_ns
    assert write({"a.md": "1", "b/c.md": "new"}, out) == (1, 1)
    assert contents(out) == {"a.md": "1", "b/c.md": "new"}
    assert (out / "a.md").stat().st_mtime_ns == before
    assert not (out / "b/d").exists()
    assert write({"a.md": "1", "b/c.md": "new"}, out) == (0, 0)


def test_a_file_becomes_a_folder_and_back(tmp_path: Path) -> None:
    write({"a": "file"}, tmp_path / "out")
    write({"a/b.md": "in a folder"}, tmp_path / "out")
    assert contents(tmp_path / "out") == {"a/b.md": "in a folder"}
    write({"a": "file"}, tmp_path / "out")
    assert contents(tmp_path / "out") == {"a": "file"}


def test_a_folder_that_is_not_the_generators_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(FileExistsError, match="did not write"):
        write({"a.md": "1"}, tmp_path)
    assert contents(tmp_path) == {"thesis.tex": "years of work"}


def test_links_are_replaced_and_never_followed(tmp_path: Path) -> None:
    out, outside = tmp_path / "out", tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.md").write_text("kept")
    write({"a.md": "1"}, out)
    (out / "linked").symlink_to(outside)
    (out / "b.md").symlink_to(outside / "kept.md")
    write({"a.md": "1", "b.md": "2", "linked/kept.md": "3"}, out)
    assert contents(outside) == {"kept.md": "kept"}
    assert contents(out) == {"a.md": "1", "b.md": "2", "linked/kept.md": "3"}


def test_what_a_killed_run_left_is_deleted(tmp_path: Path) -> None:
    write({"a.md": "1"}, tmp_path / "out")
    (tmp_path / "out/.a.md.123.part").write_text("half")
    assert write({"a.md": "1"}, tmp_path / "out") == (0, 1)


def test_create_never_overwrites(tmp_path: Path) -> None:
    create(tmp_path / "papers/x.yml", "first")
    with pytest.raises(FileExistsError):
        create(tmp_path / "papers/x.yml", "second")
    assert contents(tmp_path) == {"papers/x.yml": "first"}


ALTERNATE = """
import sys
from pathlib import Path
from generator.write import write
for letter in "abababababababababab" * 1000:
    write({f"{i}.md": letter * 400_000 for i in range(5)}, Path(sys.argv[1]))
"""


@pytest.mark.parametrize("delay", [0.15, 0.22, 0.31, 0.4, 0.53])
def test_a_kill_leaves_every_file_old_or_new(tmp_path: Path, delay: float) -> None:
    root = Path(__file__).parent.parent
    with subprocess.Popen([sys.executable, "-c", ALTERNATE, tmp_path / "out"], cwd=root) as running:
        deadline = time.monotonic() + 30
        while not (tmp_path / "out/4.md").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(delay)
        os.kill(running.pid, signal.SIGKILL)
    found = {name: text for name, text in contents(tmp_path / "out").items() if name.endswith(".md")}
    assert len(found) == 5
    assert {len(text) for text in found.values()} == {400_000}
    assert all(len(set(text)) == 1 for text in found.values())

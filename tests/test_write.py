"""The output folder matches the pages, whatever it had before and whenever the writer was killed."""

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sites import ROOT, TOY

from generator.cli import main
from generator.content.loader import load
from generator.output.write import create_file, write_files


def contents(folder: Path) -> dict[str, str]:
    found = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    return {name: file.read_text() for name, file in found.items() if name != ".generated"}


def test_writes_what_changed_and_deletes_what_is_stray(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert write_files({"a.md": "1", "b/c.md": "2", "b/d/e.md": "3"}, out) == (4, 0)
    before = (out / "a.md").stat().st_mtime_ns
    assert write_files({"a.md": "1", "b/c.md": "new"}, out) == (1, 1)
    assert contents(out) == {"a.md": "1", "b/c.md": "new"}
    assert (out / "a.md").stat().st_mtime_ns == before
    assert not (out / "b/d").exists()
    assert write_files({"a.md": "1", "b/c.md": "new"}, out) == (0, 0)


def test_a_file_becomes_a_folder_and_back(tmp_path: Path) -> None:
    write_files({"a": "file"}, tmp_path / "out")
    write_files({"a/b.md": "in a folder"}, tmp_path / "out")
    assert contents(tmp_path / "out") == {"a/b.md": "in a folder"}
    write_files({"a": "file"}, tmp_path / "out")
    assert contents(tmp_path / "out") == {"a": "file"}


def test_a_folder_that_is_not_the_generators_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(FileExistsError, match="did not write"):
        write_files({"a.md": "1"}, tmp_path)
    assert contents(tmp_path) == {"thesis.tex": "years of work"}


def test_links_are_replaced_and_never_followed(tmp_path: Path) -> None:
    out, outside = tmp_path / "out", tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.md").write_text("kept")
    write_files({"a.md": "1"}, out)
    (out / "linked").symlink_to(outside)
    (out / "b.md").symlink_to(outside / "kept.md")
    write_files({"a.md": "1", "b.md": "2", "linked/kept.md": "3"}, out)
    assert contents(outside) == {"kept.md": "kept"}
    assert contents(out) == {"a.md": "1", "b.md": "2", "linked/kept.md": "3"}


def test_what_a_killed_run_left_is_deleted(tmp_path: Path) -> None:
    write_files({"a.md": "1"}, tmp_path / "out")
    (tmp_path / "out/.a.md.123.part").write_text("half")
    assert write_files({"a.md": "1"}, tmp_path / "out") == (0, 1)


def test_create_never_overwrites(tmp_path: Path) -> None:
    create_file(tmp_path / "papers/x.yml", "first")
    with pytest.raises(FileExistsError):
        create_file(tmp_path / "papers/x.yml", "second")
    assert contents(tmp_path) == {"papers/x.yml": "first"}


ALTERNATE = """
import sys
from pathlib import Path
from generator.output.write import write_files
for letter in "abababababababababab" * 1000:
    write_files({f"{i}.md": letter * 400_000 for i in range(5)}, Path(sys.argv[1]))
"""


@pytest.mark.parametrize("delay", [0.15, 0.22, 0.31, 0.4, 0.53])
def test_a_kill_leaves_every_file_old_or_new(tmp_path: Path, delay: float) -> None:
    with subprocess.Popen([sys.executable, "-c", ALTERNATE, tmp_path / "out"], cwd=ROOT) as running:
        deadline = time.monotonic() + 30
        while not (tmp_path / "out/4.md").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(delay)
        os.kill(running.pid, signal.SIGKILL)
    found = {name: text for name, text in contents(tmp_path / "out").items() if name.endswith(".md")}
    assert len(found) == 5
    assert {len(text) for text in found.values()} == {400_000}
    assert all(len(set(text)) == 1 for text in found.values())


def test_two_writers_at_once_leave_the_pages_of_one(tmp_path: Path) -> None:
    alternate = ALTERNATE.replace("* 1000", "")
    command: list[str | Path] = [sys.executable, "-c", alternate, tmp_path / "out"]
    running = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    assert {name for name in contents(tmp_path / "out") if name.endswith(".md")} == {f"{i}.md" for i in range(5)}
    assert len({text[0] for text in contents(tmp_path / "out").values()}) == 1
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("command", ["build --out out", "import listing listing.txt", "rename term gan adversarial"])
def test_a_disk_that_refuses_is_one_line_and_leaves_every_file_as_it_was(tmp_path: Path, command: str) -> None:
    content = tmp_path / "content"
    shutil.copytree(TOY, content)
    (tmp_path / "listing.txt").write_text("A title\n" + "An abstract that does not fit on the disk. " * 50)
    before = {file: file.read_bytes() for file in content.rglob("*") if file.is_file()}

    def small_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))

    full = subprocess.run(
        [sys.executable, "-m", "generator", *command.split()],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=small_disk,
        capture_output=True,
        text=True,
        check=False,
    )
    assert full.returncode == 1
    assert re.fullmatch(r"\S+: File too large\n", full.stderr), full.stderr
    assert {file: file.read_bytes() for file in content.rglob("*") if file.is_file()} == before
    assert not list(tmp_path.rglob("*.part"))


KILLED = {
    "rename": """
for old, new in [("gan", "adversarial"), ("adversarial", "gan")] * 10_000:
    main(["rename", "term", old, new])
""",
    "import": """
for number in range(10_000):
    Path("listing.txt").write_text(f"Paper {number} of a long list\\nThe abstract of paper {number}, which is long.\\n")
    main(["import", "listing", "listing.txt"])
""",
}


@pytest.mark.parametrize("delay", [0.0, 0.005, 0.02, 0.3])
@pytest.mark.parametrize("command", KILLED)
def test_a_kill_leaves_every_entry_whole(tmp_path: Path, command: str, delay: float) -> None:
    shutil.copytree(TOY, tmp_path / "content")
    program = f"from pathlib import Path\nfrom generator.cli import main\n{KILLED[command]}"
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    ) as running:
        deadline = time.monotonic() + 30
        while not list(tmp_path.rglob("*.part")) and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(delay)
        os.kill(running.pid, signal.SIGKILL)
    library, problems = load(tmp_path / "content", {})
    unfinished = {"category", "authors"}
    assert [p for p in problems if not any(key in p.message for key in unfinished)] == []
    assert len(library.papers) >= 8
    assert all(paper.title and paper.abstract for paper in library.papers)
    main(["rename", "term", "image", "picture", "--content", str(tmp_path / "content")])
    assert not list(tmp_path.rglob("*.part"))

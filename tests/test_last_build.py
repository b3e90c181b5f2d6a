"""A build of what has not changed does nothing, and whatever has changed is seen."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sites import MKDOCS, run, workshop

from generator.build import build
from generator.output import last_build
from generator.output.last_build import LastBuild
from generator.output.records import read_record

RECORD = "build/.site.last.json"
PAPER = "title: {}\nauthors: [Ann Other]\ncategory: all\nabstract: We propose {}.\n"
LIST = {  # a small one, as its size does not matter
    "site.yml": "name: A list\ntagline: It begins.\nintroduction: To be filled.\n",
    "categories.yml": "- {id: all, name: All papers, summary: All of them., introduction: One shelf to begin with.}\n",
    "vocabulary.yml": "[]\n",
    "papers/tr0n.yml": PAPER.format("TR0N", "it"),
    "papers/wasserstein-gan.yml": PAPER.format("Wasserstein GAN", "another one"),
    "pages/about.md": "# About\n\nText.\n",
}
COPIER = (  # a site builder that is quick
    sys.executable,
    "-c",
    """
import sys
from pathlib import Path
part = Path(sys.argv[1]).parent
for page in (part / "pages").rglob("*.md"):
    stem = page.relative_to(part / "pages").with_suffix("")
    made = part / "site" / (stem.parent if stem.name == "index" else stem) / "index.html"
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_text(page.read_text())
(part / "site/404.html").write_text("")
""",
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a list, built, and some time later."""
    write_list(workshop(tmp_path))
    monkeypatch.chdir(tmp_path)
    settle(tmp_path)
    assert built() == []
    return tmp_path


def write_list(place: Path) -> None:
    for name, text in LIST.items():
        (place / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (place / "content" / name).write_text(text, "utf-8")


def built() -> list[object]:
    return [*build(Path("content"), Path("build/docs"), Path("build/site"), COPIER)]


def settle(place: Path) -> None:
    """Give the content times that are long ago."""
    for file in (place / "content").rglob("*"):
        os.utime(file, (1, 1))


def said(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    built()
    return capsys.readouterr().out.partition("\n")[0]


def test_nothing_is_done_if_nothing_has_changed(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = (place / RECORD).read_bytes()
    stamps = {file: file.stat().st_mtime_ns for file in (place / "build").rglob("*")}
    assert said(capsys) == "2 papers: nothing has changed in build/docs and build/site"
    assert {file: file.stat().st_mtime_ns for file in (place / "build").rglob("*")} == stamps
    assert (place / RECORD).read_bytes() == record


def test_only_what_may_have_changed_is_read(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    digest = last_build.file_digest

    def note(name: str) -> str:
        read.append(name)
        return digest(name)

    monkeypatch.setattr(last_build, "file_digest", note)
    (place / "content/site.yml").touch()
    built()
    assert "content/site.yml" in read
    assert not any(name.startswith("content/papers") for name in read)


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    "change",
    [
        lambda: edit("content/papers/tr0n.yml", "We propose", "We offer it"),
        lambda: edit("content/papers/tr0n.yml", "We propose", "We present"),  # of the same length
        lambda: Path("content/papers/tr0n.yml").rename("content/papers/tron.yml"),
        lambda: Path("content/pages/about.md").unlink(),
        lambda: Path("content/pages/new.md").write_text("# New\n\nText.\n"),
        lambda: edit("mkdocs.yml", "plugins: []", "plugins: []\n"),
        lambda: os.environ.update(SITE_URL="https://example.org/list/"),
        lambda: Path("build/site/papers.bib").unlink(),
        lambda: Path("build/site/papers/tr0n/index.html").write_text("changed"),
        lambda: Path("build/docs/papers/tr0n.md").unlink(),
        lambda: Path("build/site/stray.html").write_text("stray"),
        lambda: Path(RECORD).unlink(),
        lambda: Path(RECORD).write_text('["", 0, [], {}, ""]'),
        lambda: Path(RECORD).write_text('{"a": 1}'),
    ],
)
def test_whatever_has_changed_is_seen(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[], object],
) -> None:
    monkeypatch.setenv("SITE_URL", "")
    change()
    assert "nothing has changed" not in said(capsys)


def test_a_change_within_one_tick_of_the_clock_is_seen(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = place / "content/papers/tr0n.yml"
    edit(str(file), "We propose", "We explain")
    made = file.stat()
    built()
    edit(str(file), "We explain", "We present")
    os.utime(file, ns=(made.st_atime_ns, made.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_ino) == (made.st_size, made.st_ino)
    assert "nothing has changed" not in said(capsys)


@pytest.mark.usefixtures("place")
def test_problems_are_told_each_time() -> None:
    edit("content/papers/tr0n.yml", "category:", "categories:")
    assert built() == built() != []


@pytest.mark.usefixtures("place")
def test_a_builder_that_failed_is_run_again() -> None:
    edit("content/papers/tr0n.yml", "We propose", "We explain")
    for _ in range(2):
        with pytest.raises(ChildProcessError):
            build(Path("content"), Path("build/docs"), Path("build/site"), (sys.executable, "-c", "exit(1)"))


@pytest.mark.usefixtures("place")
def test_a_build_without_a_builder_is_another_one(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    build(Path("content"), Path("build/docs"), Path("build/site"))
    assert "nothing has changed" not in capsys.readouterr().out


def test_a_copy_with_its_record_is_the_same_as_from_nothing(tmp_path: Path) -> None:
    """A record that comes from elsewhere, as from a cache between machines, does not lie."""
    for name in ("one", "two"):
        place = workshop(tmp_path / name)
        write_list(place)
        if name == "two":
            shutil.copytree(tmp_path / "one/build", place / "build")
            edit(str(place / "content/papers/tr0n.yml"), "We propose", "We present")
        done = run(place, "-m", "generator", "build", "--", *MKDOCS)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "We present" in (tmp_path / "two/build/site/papers/tr0n/index.html").read_text("utf-8")
    one, two = (read_record(tmp_path / name / RECORD, LastBuild) for name in ("one", "two"))
    assert one
    assert two
    assert one.said == two.said


def edit(file: str, old: str, new: str) -> None:
    text = Path(file).read_text("utf-8")
    assert old in text
    Path(file).write_text(text.replace(old, new), "utf-8")

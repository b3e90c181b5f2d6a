"""`make serve`: what is served ends at the newest state, and is the same as what a clean build makes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from subprocess import PIPE
from threading import Timer
from urllib.request import urlopen

import pytest
from edits import Curator
from live import LONGEST, MKDOCS_DIRTY, free_address, serving
from mkdocs.structure.files import File
from sites import ROOT, TOY, run, with_look, workshop

from generator.build import build
from generator.output.incremental import SiteBuilder, output_name
from generator.output.preview import Preview, headers_for

COPIER = (
    sys.executable,
    "-c",
    """
import shutil, sys
from pathlib import Path
pages, site = map(Path, sys.argv[1:])
for page in pages.glob("*.txt"):
    copy = site / page.name
    if not copy.exists() or copy.stat().st_mtime < page.stat().st_mtime:
        shutil.copyfile(page, copy)
sys.exit((pages / "failing").exists())
""",
)


def files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


# The site is renewed


@pytest.mark.parametrize("name", "index.md README.md a.md a/index.md a/b.md a/README.md a.md.txt a.bib x/a.csv".split())
def test_a_page_becomes_the_file_that_the_builder_makes_of_it(name: str) -> None:
    assert output_name(name) == File(name, "docs", "site", use_directory_urls=True).dest_uri


@pytest.fixture
def copied(tmp_path: Path) -> SiteBuilder:
    """A builder that copies texts as far as they are newer than their copies."""
    for folder in ("pages", "site", "shared"):
        (tmp_path / folder).mkdir()
    for name in ("a", "b"):
        (tmp_path / f"pages/{name}.txt").write_text("one")
    pages = tmp_path / "pages"
    return SiteBuilder([*COPIER, str(pages)], pages, [tmp_path / "shared"], tmp_path / "site")


@pytest.mark.parametrize("later", [3_600, 0, -3_600], ids=["later", "at the same time", "after the clock was set back"])
def test_a_change_is_found_at_any_time(copied: SiteBuilder, later: int) -> None:
    copied.update()
    page = copied.pages / "a.txt"
    page.write_text("two")
    made = (copied.site / "a.txt").stat().st_mtime
    os.utime(page, (made + later, made + later))
    copied.update()
    assert files(copied.site) == {"a.txt": b"two", "b.txt": b"one"}


def test_what_is_deleted_goes_and_the_rest_is_not_touched(copied: SiteBuilder) -> None:
    copied.update()
    before = (copied.site / "b.txt").stat().st_mtime_ns
    (copied.pages / "a.txt").unlink()
    copied.update()
    assert files(copied.site) == {"b.txt": b"one"}
    assert (copied.site / "b.txt").stat().st_mtime_ns == before


@pytest.mark.parametrize("shared", ["shared/theme.css", "pages/.settings.yml"])
def test_a_change_that_concerns_all_pages_renews_all(copied: SiteBuilder, shared: str) -> None:
    copied.update()
    for page in copied.site.iterdir():
        page.write_text("made with the old theme")
    (copied.site.parent / shared).write_text("new")
    copied.update()
    assert files(copied.site) == {"a.txt": b"one", "b.txt": b"one"}


def test_a_builder_that_fails_is_run_again(copied: SiteBuilder) -> None:
    copied.update()
    (copied.pages / "a.txt").write_text("two")
    (copied.pages / "failing").touch()
    with pytest.raises(ChildProcessError):
        copied.update()
    (copied.pages / "failing").unlink()
    (copied.site / "a.txt").write_text("left unfinished")
    copied.update()
    assert files(copied.site) == {"a.txt": b"two", "b.txt": b"one"}


def test_a_change_while_the_builder_runs_is_followed(copied: SiteBuilder) -> None:
    late = "page = pages / 'a.txt'; page.read_text() == 'two' or page.write_text('two')\nsys.exit"
    copied.command = [*COPIER[:2], COPIER[2].replace("sys.exit", late), str(copied.pages)]
    copied.update()
    assert files(copied.site) == {"a.txt": b"two", "b.txt": b"one"}


def test_a_page_with_links_is_renewed_when_other_pages_come_or_go(copied: SiteBuilder) -> None:
    for name, text in (("links", "[to](new.md)"), ("plain", '<a href="new/">to</a> &#91;a&#93;(b)')):
        (copied.pages / f"{name}.md").write_text(text)
    copied.update()
    for name in ("links", "plain"):
        (copied.site / name).mkdir()
        (copied.site / name / "index.html").touch()
    (copied.pages / "new.md").touch()
    assert copied.outdated_files(*copied.source_stamps()) == {"links/index.html"}


def test_random_edits_end_where_a_clean_build_does(tmp_path: Path) -> None:
    place = workshop(tmp_path / "place")
    curator = Curator(with_look(tmp_path), 14)
    mkdocs = [*MKDOCS_DIRTY[:-1], "--config-file", str(place / "mkdocs.yml"), MKDOCS_DIRTY[-1]]
    (tmp_path / "site").mkdir()
    builder = SiteBuilder(mkdocs, place / "build/docs", [place / "mkdocs.yml"], tmp_path / "site")
    for count in (0, 18):
        assert len(curator.edit(count)) == count
        logo = curator.content / "images/logo.svg"
        logo.write_text(logo.read_text().replace("#8a3b12", f"#8a3b{count}"))
        assert build(curator.content, builder.pages) == []
        builder.update()
    done = run(place, "-m", "mkdocs", "build", "--quiet")
    assert done.returncode == 0, done.stderr
    assert files(builder.site) == files(place / "build/site")


# It is served


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    for name, text in (("index.html", "<body>Home</body>"), ("a/index.html", "A"), ("404.html", "No such page")):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(text)
    (tmp_path / "site/a.bib").write_text("@misc{a}")
    (tmp_path / "site/_headers").write_text("/*\n  X-A: a: b\n/*.bib\n  Content-Type: text/x\n/a/\n  X-B: b\n")
    (tmp_path / "secret").write_text("Secret")
    return Preview(tmp_path / "site")


@pytest.mark.parametrize(
    ("path", "status", "has"),
    [
        ("/", 200, "Home"),
        ("/index.html", 200, "Home"),
        ("/a/", 200, "A"),
        ("/a.bib", 200, "@misc{a}"),
        ("/b/", 404, "No such page"),
        ("/b", 404, "No such page"),
        ("/../secret", 404, "No such page"),
        ("/a/../../secret", 404, "No such page"),
        ("/a\0b", 404, "No such page"),
        ("//", 200, "Home"),
        ("", 404, "No such page"),
    ],
)
def test_an_address_gives_its_file(preview: Preview, path: str, status: int, has: str) -> None:
    answer = preview.answer(path)
    assert int(answer.status[:3]) == status
    assert has in answer.body.decode()


def test_folders_have_a_slash_and_the_site_its_path(preview: Preview) -> None:
    assert preview.answer("/a", "q=b").headers == {"Location": "/a/?q=b"}
    preview.root = "/list/"
    assert preview.answer("/").headers == {"Location": "/list/"}
    assert preview.answer("/list/a").headers == {"Location": "/list/a/"}
    assert b"Home" in preview.answer("/list/").body
    assert preview.answer("/a/").status == "404 Not Found"


def test_the_headers_of_the_host_are_sent(preview: Preview) -> None:
    assert preview.answer("/").headers == {"Content-Type": "text/html", "X-A": "a: b"}
    assert preview.answer("/a/").headers == {"Content-Type": "text/html", "X-A": "a: b", "X-B": "b"}
    assert preview.answer("/a.bib").headers == {"Content-Type": "text/x", "X-A": "a: b"}
    assert headers_for("/a", "# a comment\n/b\n  X: y\n") == {}


def test_a_page_knows_its_version_and_asks_for_the_newest(preview: Preview) -> None:
    with preview.being_written():
        pass
    first = preview.version
    assert f'data-version="{first}"'.encode() in preview.answer("/").body
    with preview.being_written():
        pass
    assert preview.answer("/.version").body.decode() == preview.version != first
    assert b"location.reload()" in preview.answer("/.reload.js").body


# The whole


@contextmanager
def started(folder: Path, *command: str) -> Iterator[subprocess.Popen[str]]:
    """Run Python in a folder, with what it prints as pipes, and kill it where a test would wait for ever."""
    around = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": ""}
    command = (sys.executable, *command)
    with subprocess.Popen(command, cwd=folder, env=around, stdout=PIPE, stderr=PIPE, text=True) as running:
        limit = Timer(LONGEST / 1000, running.kill)
        limit.start()
        try:
            yield running
        finally:
            running.communicate()  # what it still prints, as a closed pipe would make it fail
            limit.cancel()


def serve(folder: Path, *builder: str) -> AbstractContextManager[subprocess.Popen[str]]:
    """Start `make serve` for the list in a folder, with a builder, at a free address."""
    return started(folder, "-m", "generator", "watch", "--address", free_address(), "--", *builder)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_builder_ends_with_the_watch(content: Path, how: signal.Signals) -> None:
    sleeper = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
    with serve(content.parent, sys.executable, "-c", sleeper) as running:
        assert running.stdout
        running.stdout.readline()
        builder = int(running.stdout.readline())
        running.send_signal(how)
        _, errors = running.communicate(timeout=30)
    assert running.returncode == 0
    assert "generator" not in errors
    with pytest.raises(ProcessLookupError):
        os.kill(builder, 0)


def test_an_address_in_use_is_said_in_one_line(content: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        done = run(content.parent, "-m", "generator", "watch", "--address", address, "true", PYTHONPATH=str(ROOT))
    assert (done.returncode, done.stderr) == (1, f"{address}: Address already in use\n")


WATCHED = """
import sys
from pathlib import Path
from generator.output.watch import watch_files

built = []

def build():
    file = Path("content/papers/a.yml")
    built.append(file.read_text() if file.exists() else "")
    print(built, flush=True)
    if len(built) == 1:
        Path("content/papers/a.yml").write_text("during")

sys.exit(watch_files([Path("content"), Path("mkdocs.yml")], build))
"""


def test_an_edit_during_a_build_is_not_lost(tmp_path: Path) -> None:
    file = tmp_path / "content/papers/a.yml"
    file.parent.mkdir(parents=True)
    file.write_text("before")
    (tmp_path / "mkdocs.yml").touch()
    with started(tmp_path, "-c", WATCHED) as running:
        assert running.stdout
        assert next(running.stdout) == "['before']\n"
        assert next(running.stdout) == "['before', 'during']\n"
        (tmp_path / "content/new").mkdir()
        (tmp_path / "content/new/b.yml").write_text("new")
        assert next(running.stdout) == "['before', 'during', 'during']\n"
        (tmp_path / "unwatched.yml").write_text("new")
        file.write_text("last")
        assert any(line.endswith("'last']\n") for line in running.stdout)
        (tmp_path / "unwatched.yml").rename(tmp_path / "mkdocs.yml")
        assert next(running.stdout).endswith("'last']\n")
        running.terminate()
    assert running.returncode == 0


def test_changes_that_are_not_reported_are_found(tmp_path: Path) -> None:
    """Nothing is reported of a folder that takes the place of a watched one."""
    for folder, text in (("content", "before"), ("other", "another")):
        (tmp_path / folder / "papers").mkdir(parents=True)
        (tmp_path / folder / "papers/a.yml").write_text(text)
    with started(tmp_path, "-c", WATCHED) as running:
        assert running.stdout
        assert any("'during'" in line for line in running.stdout)
        (tmp_path / "content").rename(tmp_path / "gone")
        (tmp_path / "other").rename(tmp_path / "content")
        assert any(line.endswith("'another']\n") for line in running.stdout)
        (tmp_path / "content/papers/a.yml").write_text("edited there")
        assert any(line.endswith("'edited there']\n") for line in running.stdout)
        running.terminate()
    assert running.returncode == 0


def test_a_list_with_a_mistake_waits_until_it_is_mended(content: Path) -> None:
    file = content / "papers/tr0n.yml"
    good = file.read_text("utf-8")
    file.write_text("title: [\n", "utf-8")
    with serve(content.parent, sys.executable, "-c", "print('built', flush=True)") as running:
        assert running.stdout
        assert "not readable as YAML" in running.stdout.readline()
        assert "There is nothing to serve yet" in running.stdout.readline()
        file.write_text(good, "utf-8")
        assert "files written" in running.stdout.readline()
        assert running.stdout.readline() == "built\n"
        assert running.stdout.readline().startswith("Serving at http://127.0.0.1:")
        running.terminate()
    assert running.returncode == 0
    assert (content.parent / "build/schema/paper.json").exists()


BEFORE_WRITING = """
import sys
from pathlib import Path
from mkdocs.__main__ import cli
from mkdocs.commands import build

write = build._build_page
late = Path("late.yml")

def edit_late(page, *others, **named):
    if page.file.src_uri == "papers/tr0n.md" and late.exists():
        late.rename("content/papers/tr0n.yml")
    write(page, *others, **named)

build._build_page = edit_late
cli(sys.argv[1:])
"""


def test_an_edit_while_mkdocs_writes_the_page_is_shown(tmp_path: Path) -> None:
    command = [sys.executable, "-c", BEFORE_WRITING, *MKDOCS_DIRTY[3:]]
    with serving(tmp_path / "place", TOY, command) as (content, address):
        file = content / "papers/tr0n.yml"
        text = file.read_text("utf-8")
        (tmp_path / "place/late.yml").write_text(text.replace("We propose", "A late edit: we propose"), "utf-8")
        file.write_text(text.replace("We propose", "An early edit: we propose"), "utf-8")
        assert shown(f"{address}papers/tr0n/", "A late edit")
        assert not (tmp_path / "place/late.yml").exists()


def shown(address: str, text: str) -> bool:
    """Wait until a page has a text, and return whether it ever has."""
    deadline = time.monotonic() + LONGEST / 1000
    while time.monotonic() < deadline:
        with urlopen(address) as page:
            if text in page.read().decode():
                return True
        time.sleep(0.1)
    return False

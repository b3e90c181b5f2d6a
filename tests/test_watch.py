"""`make serve`: what is served ends at the newest state, and is the same as what a clean build makes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from subprocess import PIPE
from threading import Thread, Timer
from urllib.request import urlopen

import pytest
from live import LONGEST, free_address, serving
from sites import MKDOCS, ROOT, TOY, run, workshop

from generator.output.preview import FolderSource, Preview, headers_for

# It is served


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    for name, text in (("index.html", "<body>Home</body>"), ("a/index.html", "A"), ("404.html", "No such page")):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(text)
    (tmp_path / "site/a.bib").write_text("@misc{a}")
    (tmp_path / "site/_headers").write_text("/*\n  X-A: a: b\n/*.bib\n  Content-Type: text/x\n/a/\n  X-B: b\n")
    (tmp_path / "secret").write_text("Secret")
    return Preview(FolderSource(tmp_path / "site"))


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
    preview.renew()
    first = preview.version
    assert f'data-version="{first}"'.encode() in preview.answer("/").body
    preview.renew()
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
    workshop(folder)
    return started(folder, "-m", "generator", "watch", "--address", free_address(), "--", *builder)


def ask(address: str) -> None:
    """Ask for a page, and never mind if there is no answer."""
    with suppress(OSError), urlopen(address):
        pass


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_builder_ends_with_the_watch(content: Path, how: signal.Signals) -> None:
    sleeper = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
    with serve(content.parent, sys.executable, "-c", sleeper) as running:
        assert running.stdout
        address = running.stdout.readline().split()[2]
        Thread(target=ask, args=[address], daemon=True).start()
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
    with serve(content.parent, *MKDOCS) as running:
        assert running.stdout
        assert "not readable as YAML" in running.stdout.readline()
        assert "There is nothing to serve yet" in running.stdout.readline()
        file.write_text(good, "utf-8")
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
    command = [sys.executable, "-c", BEFORE_WRITING, *MKDOCS[3:]]
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

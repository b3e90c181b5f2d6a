"""`make serve`: edits appear in the open page, errors keep the last valid site, and Ctrl-C stops everything."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from live import serving, shown_after
from playwright.sync_api import Browser
from sites import ROOT, TOY


def test_edits_show_and_mistakes_do_not(tmp_path: Path, chromium: Browser) -> None:
    with serving(tmp_path / "place", TOY) as (content, address):
        page = chromium.new_page()
        page.goto(f"{address}papers/tr0n/")
        file = content / "papers/tr0n.yml"
        good = file.read_text("utf-8")
        shown_after(page, file, "We propose TR0N", "The first edit of TR0N")
        file.write_text("title: [\n", "utf-8")
        page.wait_for_timeout(1_500)
        page.reload()
        assert "The first edit of TR0N" in page.locator("article").inner_text()
        file.write_text(good, "utf-8")
        shown_after(page, file, "We propose TR0N", "The second edit of TR0N")


def test_the_builder_ends_with_the_watch(tmp_path: Path) -> None:
    sleeper = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    command = [sys.executable, "-m", "generator", "watch", "--content", str(TOY), "--", sys.executable, "-c", sleeper]
    around = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=around, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        running.stdout.readline()
        builder = int(running.stdout.readline())
        running.terminate()
        running.wait(30)
    with pytest.raises(ProcessLookupError):
        os.kill(builder, 0)


WATCHED = """
import sys
from pathlib import Path
from generator.output.watch import watch_content

built = []

def build():
    built.append(Path("content/papers/a.yml").read_text())
    print(built, flush=True)
    if len(built) == 1:
        Path("content/papers/a.yml").write_text("during")
    return 0

server = [sys.executable, "-c", "import time; time.sleep(600)"]
sys.exit(watch_content(Path("content"), server, build, lambda: True, "http://address/"))
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_edit_during_a_build_is_not_lost(tmp_path: Path, how: signal.Signals) -> None:
    file = tmp_path / "content/papers/a.yml"
    file.parent.mkdir(parents=True)
    file.write_text("before")
    with subprocess.Popen(
        [sys.executable, "-c", WATCHED],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout
        assert running.stdout.readline() == "['before']\n"
        assert running.stdout.readline() == "Serving at http://address/ (press Ctrl-C to stop)\n"
        assert running.stdout.readline() == "['before', 'during']\n"
        (tmp_path / "content/new").mkdir()
        (tmp_path / "content/new/b.yml").write_text("new")
        assert running.stdout.readline() == "['before', 'during', 'during']\n"
        running.send_signal(how)
        _, errors = running.communicate(timeout=30)
    assert running.returncode == 0
    assert "generator" not in errors


def test_a_list_with_a_mistake_waits_until_it_is_mended(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(TOY, content)
    file = content / "papers/tr0n.yml"
    good = file.read_text("utf-8")
    file.write_text("title: [\n", "utf-8")
    command = [sys.executable, "-m", "generator", "watch", "--", sys.executable, "-c", "print('served', flush=True)"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": ""},
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout
        assert "not readable as YAML" in running.stdout.readline()
        file.write_text(good, "utf-8")
        said = running.stdout.read()
    assert "There is nothing to serve yet" in said
    assert said.endswith("served\n")
    assert running.returncode == 0
    assert (tmp_path / "build/schema/paper.json").exists()

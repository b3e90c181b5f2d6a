"""Asks scripts that Node.js runs, each of which keeps running until nobody asks it any more."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE
from typing import Any

from sites import ROOT

NODE = shutil.which("node") or str(ROOT / ".venv/bin/node")


@contextmanager
def running_script(name: str, folder: Path) -> Iterator[Callable[[object], Any]]:
    """Start a script of the tests with the folder of a site's search data, and yield a function that asks it something.

    The script reads lines of JSON, and answers each with one.
    """
    command = [NODE, str(ROOT / "tests" / name), str(folder)]
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, encoding="utf-8") as running:
        assert running.stdin
        assert running.stdout
        asked, answers = running.stdin, running.stdout

        def ask(question: object) -> Any:
            asked.write(f"{json.dumps(question)}\n")
            asked.flush()
            return json.loads(answers.readline())

        yield ask

"""Create the virtual environment `.venv`, even where Python is installed without pip, as on Debian.

Debian ships ensurepip in a separate package (python3-venv). Without it, pip's wheel is downloaded from the package
index and verified against the hash below before it is used.
"""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

VENV = Path(".venv")
WHEEL = "pip-26.3-py3-none-any.whl"
SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"


COMMAND = """#!/bin/sh
# The short form of `python -m generator`, from any folder below the project's.
here=$(dirname "$0")
PYTHONPATH="$here/../.." exec "$here/python" -m generator "$@"
"""


def main() -> int:
    """Create the environment; return 0, or 1 after printing what is missing."""
    if sys.version_info < (3, 11):
        print(f"Python 3.11 or newer is needed; {sys.executable} is {sys.version.split()[0]}", file=sys.stderr)
        return 1
    status = make_environment()
    if status == 0:
        command = VENV / "bin/list"
        command.write_text(COMMAND)
        command.chmod(0o755)
    return status


def make_environment() -> int:
    """Create the virtual environment with pip in it; return 0, or 1 after printing what is missing."""
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, check=False)
    if made.returncode == 0:
        return 0
    if VENV.is_symlink():  # clearing it would empty a folder that others may use
        print(f"{VENV} is a link: remove it, then run make again", file=sys.stderr)
        return 1
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", "--clear", VENV], check=True)
    try:
        wheel = fetched(os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + "/pip/")
    except OSError as error:
        print(f"pip cannot be fetched ({error}): install python3-venv, then run make again", file=sys.stderr)
        return 1
    if hashlib.sha256(wheel).hexdigest() != SHA256:
        print(
            "pip was fetched with another hash than expected: install python3-venv, then run make again",
            file=sys.stderr,
        )
        return 1
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, WHEEL)
        file.write_bytes(wheel)
        install = [VENV / "bin/python", file / "pip", "install", "--quiet", "--no-index", file]
        return subprocess.run(install, check=False).returncode


def fetched(index: str) -> bytes:
    """Return pip's wheel, downloaded from the link on the index page.

    Raises:
        OSError: The index cannot be reached or refuses the request.
    """
    page = urllib.request.urlopen(index, timeout=60).read().decode()
    link = next(link for link in re.findall(r'href="([^"#]+)', page) if link.endswith(f"/{WHEEL}"))
    return bytes(urllib.request.urlopen(urllib.parse.urljoin(index, link), timeout=300).read())


if __name__ == "__main__":
    sys.exit(main())

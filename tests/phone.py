"""Measures pages with Lighthouse as on a phone with a slow connection, in the tests' browser and without a network.

Lighthouse computes how long the page would take on such a phone from what the browser loads and runs. What else the
machine does still counts as the phone's work, so each page has the median of several runs.
"""

import gzip
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any

from browser import QUIET, installed
from sites import ROOT, Silent, served

NODE = shutil.which("node") or str(ROOT / ".venv/bin/node")
LIGHTHOUSE = ROOT / "tests/lighthouse/node_modules/.bin/lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3  # for each page
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".txt", ".xml")


@dataclass(frozen=True, slots=True)
class Report:
    """What Lighthouse found on a page.

    `scores`: 0 to 100, by category; `painted`: seconds to the first contentful paint;
    `shift`: the cumulative layout shift; `transferred`: bytes in all; `faults`: the audits that lower a score.
    """

    scores: tuple[int, ...]
    painted: float
    shift: float
    transferred: int
    faults: tuple[str, ...]


class Compressing(Silent):
    """A file server that keeps connections open and compresses text, as hosts do."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> BytesIO | None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        body, is_text = file.read_bytes(), file.suffix in COMPRESSED
        body = gzip.compress(body, mtime=0) if is_text else body
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(file))
        if is_text:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)


def reports(site: Path, pages: Sequence[str]) -> Iterator[tuple[str, Report]]:
    """Yield each of these pages of a site with its report, the one with the median performance."""
    with served(site, handler=Compressing) as address:
        for page in pages:
            found = sorted((report(address + page) for _ in range(RUNS)), key=lambda one: one.scores)
            yield page, found[RUNS // 2]


def report(address: str) -> Report:
    """Return the report of Lighthouse on a page.

    Raises:
        RuntimeError: Lighthouse or the browser fails.
    """
    flags = " ".join([*QUIET, "--headless"])
    options = ["--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}"]
    command = [NODE, str(LIGHTHOUSE), address, *options, "--no-enable-error-reporting"]
    surroundings = os.environ | {"CHROME_PATH": installed() or ""}
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"Lighthouse failed on {address}: {done.stderr}")
    return read_report(json.loads(done.stdout))


def read_report(found: dict[str, Any]) -> Report:
    audits, categories = found["audits"], [found["categories"][name] for name in CATEGORIES]
    names = [
        reference["id"] for category in categories[1:] for reference in category["auditRefs"] if reference["weight"]
    ]
    return Report(
        scores=tuple(round(100 * category["score"]) for category in categories),
        painted=audits["first-contentful-paint"]["numericValue"] / 1000,
        shift=audits["cumulative-layout-shift"]["numericValue"],
        transferred=int(audits["total-byte-weight"]["numericValue"]),
        faults=tuple(name for name in names if audits[name]["score"] not in (None, 1)),
    )

"""Builds one of the ten lists that a list of 100,000 papers is divided into, and reckons what all ten take.

`python tests/shards.py [PAPERS [CONTENT]]`. Each is a list of its own, with its own address below a common one. It is
built from nothing and with the pictures for shared links. What is said of all ten is reckoned, not measured.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from corpus import MADE, corpus
from resources import Spent, spent_by_all
from sites import LISTED, MKDOCS, workshop

from generator.site.previews import PREVIEWS_FOLDER

SHARDS = 10
ADDRESS = "https://list.example/shard-1/"


@dataclass(frozen=True, slots=True)
class Shard:
    """What builds took, from nothing, with nothing changed, and with one entry changed; the number of files, and their
    size in bytes; how many of them are pictures, and the size of these."""

    papers: int
    first: Spent
    again: Spent
    changed: Spent
    files: int
    size: int
    pictures: int
    pictures_size: int


def main() -> int:
    """Print what a list takes, and what ten take."""
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    listed = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else LISTED
    with tempfile.TemporaryDirectory() as folder:
        content = corpus(papers, Path(folder, "content"), listed)
        for what, figure in shard_figures(shard(Path(folder), content, papers)):
            print(f"{what:<55}{figure:>16}")
    return 0


def shard(folder: Path, content: Path, papers: int) -> Shard:
    """Build a list of so many papers from nothing, and again after an entry has changed; return what that took."""
    place = workshop(folder / "shard")
    command = [sys.executable, "-m", "generator", "build", "--content", str(content), "--", *MKDOCS]
    build = partial(spent_by_all, command, place, SITE_URL=ADDRESS, NO_MKDOCS_2_WARNING="1")
    first, again = build(), build()
    entry = max((content / "papers").glob(f"{MADE}*.yml"))
    entry.write_text(entry.read_text("utf-8").replace("summary: ", "summary: This has changed. ", 1), "utf-8")
    changed = build()
    site = place / "build/site"
    sizes = {file: file.stat().st_size for file in site.rglob("*") if file.is_file()}
    pictures = [size for file, size in sizes.items() if file.is_relative_to(site / PREVIEWS_FOLDER)]
    return Shard(papers, first, again, changed, len(sizes), sum(sizes.values()), len(pictures), sum(pictures))


def shard_figures(one: Shard) -> Iterator[tuple[str, str]]:
    """Yield what was measured of one list and what follows for all, each as a name and a figure."""
    whole, minutes = f"{SHARDS * one.papers:,} papers, reckoned", SHARDS * one.first.seconds / 60
    yield f"one list of {SHARDS}, {one.papers:,} papers, from nothing", f"{one.first.seconds:.0f} s"
    yield "  the same again, nothing changed", f"{one.again.seconds:.1f} s"
    yield "  with one entry changed", f"{one.changed.seconds:.1f} s"
    yield "  memory of all its processes", f"{max(one.first.memory, one.changed.memory):.0f} MB"
    yield "  files", f"{one.files:,}"
    yield "  their size", f"{one.size / 1e6:.0f} MB"
    yield "  pictures for shared links among them", f"{one.pictures:,}, {one.pictures_size / 1e6:.0f} MB"
    yield f"{whole}: one list after the other", f"{minutes:.0f} min"
    yield "  files", f"{SHARDS * one.files:,}"
    yield "  their size", f"{SHARDS * one.size / 1e9:.1f} GB"


if __name__ == "__main__":
    sys.exit(main())

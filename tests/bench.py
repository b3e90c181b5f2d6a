"""Measures the performance for a list and for larger ones generated from it, and prints the figures with their targets.

`make bench`, or `python tests/bench.py CONTENT`.

Some times are medians of several runs. Compare only figures from the same run of the benchmark.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import bibliography, corpus
from live import seconds_to_show
from pace import own_pace, pace
from phone import CATEGORIES, Report, reports
from rivals import OURS, building_times
from search_rivals import compared, longer, search_table
from shards import shard, shard_figures
from sites import MKDOCS, PUBLISHED, ROOT, TOY, broken, built, pages, run, scripts, workshop, zipped

from generator.content.loader import load
from generator.content.model import Library
from generator.site.catalogue import build_catalogue
from generator.site.pages.kinds import site_pages
from generator.site.previews import preview_files

GENERATE = ("-m", "generator", "build")
BUILD_PAGES = """
import sys
from pathlib import Path
from generator.build import site_builder
site_builder(sys.argv[1:], Path("build/docs"), Path("build/site")).update()
"""
SMALL, LARGE = 1_000, 10_000
STARTER = """
import resource, subprocess, sys, time
start = time.perf_counter()
status = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(status)
"""


def main() -> int:
    """Print all figures, and return 0 if every target is met, else 1."""
    listed = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else TOY
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory() as folder:
        kept = [*one_list(Path(folder), listed), *curated(Path(folder), listed), *large_lists(Path(folder), listed)]
        compare_builders(Path(folder) / "rivals", listed)
        compare_searches(Path(folder) / "searches", load(listed, {})[0], longer(large_content(Path(folder))))
        reckon_shards(Path(folder))
    return 0 if all(kept) else 1


def one_list(folder: Path, listed: Path) -> list[bool]:
    """Measure the list itself, and return whether each target is met."""
    place, content = workshop(folder / "real"), ("--content", listed)
    papers = f"{len(load(listed, {})[0].papers)} papers"
    generate = [sys.executable, *GENERATE, *map(str, content)]
    first, _ = spent(generate, place)
    again = statistics.median(spent(generate, place)[0] for _ in range(9))
    (place / "build/.site.last.json").unlink()
    written = run(place, *GENERATE, *content).stdout.split(": ")[1].split()[0]
    whole = statistics.median(spent(["make", "site"], ROOT)[0] for _ in range(5))
    run(place, *GENERATE, *content, "--", *MKDOCS)
    site = place / "build/site"
    found = pages(site)
    largest = max(zipped(site / page / "index.html") for page in found if page.startswith("papers/")) / 1000
    faults = len(broken(site, found))
    every_page, search, others = scripts(site)
    live = statistics.median(seconds_to_show(folder / "live", listed, 5))
    return [
        told(f"generator, {papers}, the first time", f"{first:.2f} s"),
        told(f"generator, {papers}, nothing to write", f"{again:.2f} s", "< 1 s", again < 1),
        told("files that a second run writes", written, "0", written == "0"),
        told("make site with its environment in place", f"{whole:.2f} s", "< 5 s", whole < 5),
        told("from an edit to the open page that make serve shows", f"{live:.2f} s", "< 2 s", live < 2),
        told("builds with other hash seeds are byte-identical", *identical(folder, listed)),
        told("largest paper page, gzipped HTML", f"{largest:.1f} kB", "< 12 kB", largest < 12),
        told(f"broken links and anchors on {len(found)} pages", str(faults), "0", not faults),
        *drawn(listed),
        *sizes(folder, site),
        told("scripts that every page loads, gzipped", kilobytes(every_page), "< 4.7 kB", every_page < 4_727),
        told("with those of search, dialogs and lists", kilobytes(search), "< 45.1 kB", search < 45_100),
        told("other scripts of our own, gzipped", kilobytes(others), "< 41 kB", others < 41_000),
        *phoned(site, listed),
        *searched(site, papers, Promise(key=50, facet=16, before=130_000)),
    ]


def drawn(listed: Path) -> list[bool]:
    """Measure the processor time that previews take and how large they are; return whether the targets are met."""
    library = load(listed, {"SITE_URL": PUBLISHED})[0]
    pages = (page for _, page in site_pages(build_catalogue(library, {})))
    seconds, lengths = [], []
    for _, draw in preview_files(library.site, pages):
        start = time.process_time()
        lengths.append(len(draw()))
        seconds.append(time.process_time() - start)
    median, largest = 1000 * statistics.median(seconds), max(lengths)
    return [
        told(f"time to draw one of {len(seconds)} previews, median", f"{median:.1f} ms", "< 20 ms", median < 20),
        told("size of a preview, median", kilobytes(int(statistics.median(lengths)))),
        told("size of the largest preview", kilobytes(largest), "< 60 kB", largest < 60_000),
    ]


def phoned(site: Path, listed: Path) -> list[bool]:
    """Measure pages that readers come to first as on a phone, and return whether each target is met."""
    library = load(listed, {})[0]
    paper = library.papers[0]
    others = [*(f"tags/{tag}/" for tag in paper.tags[:1]), *(f"paths/{path.id}/" for path in library.paths[:1])]
    found = reports(site, ["", f"papers/{paper.id}/", "browse/", *others])
    return [met for page, report in found for met in on_phone(page, report)]


def on_phone(page: str, found: Report) -> list[bool]:
    """Print what Lighthouse found on a page, and return whether each target is met."""
    performance, *scores = found.scores
    print(f"/{page} on a phone, by Lighthouse{''.join(f', {fault}' for fault in found.faults)}")
    told("  text painted", f"{found.painted:.1f} s")
    told("  transferred", kilobytes(found.transferred))
    return [
        told("  performance", f"{performance}", "≥ 95", performance >= 95),
        told(f"  {', '.join(CATEGORIES[1:])}", " ".join(map(str, scores)), "100", set(scores) == {100}),
        told("  layout shift", f"{found.shift:.3f}", "< 0.05", found.shift < 0.05),
    ]


def sizes(folder: Path, site: Path) -> list[bool]:
    """Measure the size of the site and of a paper's files, and how much a paper with 3,000 authors adds to another;
    return whether all targets are met."""
    papers = len(list((site / "papers").glob("*.bib")))
    files = [file for file in (site / "papers").rglob("*") if file.is_file()]
    average = sum(file.stat().st_size for file in files) / papers / 1000
    whole = site_bytes(site) / 1_000_000
    content = Path(shutil.copytree(TOY, folder / "crowd-list"))
    before = site_bytes(built(folder / "small", content))
    authors = ", ".join(f"Ann N{number}" for number in range(3_000))
    paper = f"title: An Observation\nauthors: [{authors}]\ncategory: generators\nabstract: An abstract.\n"
    (content / "papers/crowd.yml").write_text(paper)
    added = (site_bytes(built(folder / "crowd", content)) - before) / 1_000_000
    return [
        told(f"the whole site of {papers} papers", f"{whole:.1f} MB", "< 24 MB", whole < 24),
        told("files of a paper, on average", f"{average:.1f} kB", "< 40 kB", average < 40),
        told("site added by a paper with 3,000 authors", f"{added:.1f} MB", "< 20 MB", added < 20),
    ]


def site_bytes(site: Path) -> int:
    return sum(file.stat().st_size for file in site.rglob("*") if file.is_file())


def curated(folder: Path, listed: Path) -> list[bool]:
    """Measure the curators' commands other than `build`, and return whether each target is met."""
    print()
    content, papers = ("--content", str(listed)), load(listed, {})[0].papers
    generator = (sys.executable, "-m", "generator")
    place = workshop(folder / "curated")
    bib = bibliography(LARGE, folder / "large.bib", listed)
    imported, memory = spent([*generator, "import", "bibtex", str(bib), "--content", str(folder / "imported")], place)
    entries = len(list((folder / "imported/papers").iterdir()))
    suggested, _ = spent([*generator, "suggest", papers[0].id, *content], place)
    measured, _ = spent([*generator, "suggest", "--measure", *content], place)
    differed, _ = spent([*generator, "diff", str(listed), *content], place)
    return [
        told(f"import bibtex, {entries:,} entries", f"{imported:.1f} s", "< 60 s", imported < 60 and entries == LARGE),
        told(f"its memory, {entries:,} entries", f"{memory:.0f} MB"),
        told(f"suggest, one paper of {len(papers)}", f"{suggested:.1f} s"),
        told(f"suggest --measure, {len(papers)} papers", f"{measured:.1f} s"),
        told(f"diff, {len(papers)} papers", f"{differed:.1f} s"),
    ]


@dataclass(frozen=True, slots=True)
class Promise:
    """The targets for search on a list of a certain size: upper limits of the figures of the same names in `Pace`."""

    key: float
    facet: float
    before: int
    first: float = 1_500
    longest: float = 100


def searched(site: Path, what: str, promise: Promise) -> list[bool]:
    """Measure the search of a site, and return whether each target is met."""
    measured = pace(site)
    key, facet, before = f"< {promise.key} ms", f"< {promise.facet} ms", f"< {promise.before / 1000:.0f} kB"
    first, longest = f"< {promise.first / 1000:.1f} s", f"< {promise.longest:.0f} ms"
    return [
        told(
            f"search data before the first result, {what}",
            kilobytes(measured.before),
            before,
            measured.before < promise.before,
        ),
        told(f"search data in all, {what}", kilobytes(measured.data)),
        told(
            f"from opening the page to results, {what}",
            f"{measured.first / 1000:.1f} s",
            first,
            measured.first < promise.first,
        ),
        told(
            f"the same with a word to search for, {what}",
            f"{measured.found / 1000:.1f} s",
            first,
            measured.found < promise.first,
        ),
        told(
            f"longest task meanwhile, {what}",
            f"{measured.longest:.0f} ms",
            longest,
            measured.longest < promise.longest,
        ),
        told(
            f"from key to results, 95th percentile, {what}", f"{measured.key:.0f} ms", key, measured.key < promise.key
        ),
        told(
            f"from tick to counts and results, {what}",
            f"{measured.facet:.0f} ms",
            facet,
            measured.facet < promise.facet,
        ),
    ]


def kept(site: Path, papers: int, most_drawn: int) -> list[bool]:
    """Measure a list of the reader's own with all papers, and return whether each target is met.

    `most_drawn` is the time in which it is to be drawn, in milliseconds.
    """
    found = own_pace(site)
    what = f"{papers:,} kept papers"
    return [
        told(f"from a mark to the row that shows it, {what}", f"{found.mark:.0f} ms", "< 16 ms", found.mark < 16),
        told(
            f"the list of one's own drawn in another order, {what}",
            f"{found.drawn:.0f} ms",
            f"< {most_drawn} ms",
            found.drawn < most_drawn,
        ),
    ]


def kilobytes(size: int) -> str:
    return f"{size / 1000:.1f} kB"


def identical(folder: Path, listed: Path) -> tuple[str, str, bool]:
    """Build a list twice with different hash seeds, and return the result, the target, and whether it is met."""
    trees = []
    for seed in ("1", "2"):
        place = workshop(folder / f"seed-{seed}")
        run(place, *GENERATE, "--content", listed, PYTHONHASHSEED=seed)
        out = place / "build"
        files = (file for name in ("docs", "site") for file in (out / name).rglob("*") if file.is_file())
        trees.append({file.relative_to(out): file.read_bytes() for file in files})
    same = bool(trees[0]) and trees[0] == trees[1]
    return "yes" if same else "no", "yes", same


def large_content(folder: Path) -> Path:
    """Return the content of the largest generated list."""
    return folder / f"content-{LARGE}"


def large_lists(folder: Path, listed: Path) -> list[bool]:
    """Measure generated lists, and return whether each target is met."""
    print()
    met, each = [], {}
    for papers in (SMALL, LARGE):
        content = corpus(papers, folder / f"content-{papers}", listed)
        place = workshop(folder / f"list-{papers}")
        generator, memory = spent([sys.executable, *GENERATE, "--content", str(content)], place)
        again, _ = spent([sys.executable, *GENERATE, "--content", str(content)], place)
        builder, builder_memory = spent([sys.executable, "-c", BUILD_PAGES, *MKDOCS], place)
        each[papers] = (generator + builder) / papers
        promised = papers == LARGE
        met += [
            told(
                f"generator, {papers:,} papers",
                f"{generator:.1f} s",
                promised * "< 45 s",
                generator < 45 or not promised,
            ),
            told(f"generator's memory, {papers:,} papers", f"{memory:.0f} MB", promised * "< 2000 MB", memory < 2000),
            told(f"generator, {papers:,} papers, nothing to write", f"{again:.1f} s"),
            told(f"MkDocs, {papers:,} papers", f"{builder:.1f} s"),
            told(f"MkDocs's memory, {papers:,} papers", f"{builder_memory:.0f} MB"),
        ]
        live = statistics.median(seconds_to_show(folder / f"live-{papers}", content, 5))
        told(f"from an edit to the open page that is served, {papers:,} papers", f"{live:.1f} s")
        met += kept(place / "build/site", papers, 50 if promised else 100)
        if promised:
            page = zipped(place / "build/site/browse/index.html")
            told(f"the page of all papers, gzipped, {papers:,} papers", kilobytes(page))
            met += searched(place / "build/site", f"{papers:,} papers", Promise(key=50, facet=100, before=1_000_000))
    ratio = each[LARGE] / each[SMALL]
    return [*met, told("time per paper, 10,000 to 1,000", f"{ratio:.2f}", "≤ 1.3", ratio <= 1.3)]


def compare_builders(folder: Path, listed: Path) -> None:
    """Print how long other builders take for the same pages, as ratios to ours."""
    print()
    times = building_times(folder, SMALL, listed)
    for name, seconds in times.items():
        told(f"{name}, {SMALL:,} papers", f"{seconds:.1f} s, {seconds / times[OURS]:.2f}")


def compare_searches(folder: Path, library: Library, large: Library) -> None:
    """Print what other searches take for a list, with and without what its tags mean, and for a large one."""
    for place, papers, meanings in (("list", library, False), ("meanings", library, True), ("large", large, False)):
        found = compared(folder / place, papers, meanings)
        what = f"search of {len(papers.papers):,} papers{', with what their tags mean' if meanings else ''}"
        print(f"\n{what}", *search_table(found), sep="\n", flush=True)


def reckon_shards(folder: Path) -> None:
    """Print what one of the lists takes that a list of 100,000 papers is divided into, and what all of them take."""
    print()
    for what, figure in shard_figures(shard(folder, large_content(folder), LARGE)):
        told(what, figure)


def spent(command: Sequence[str], folder: Path) -> tuple[float, float]:
    """Run a command, and return its wall-clock time in seconds and the peak memory of its largest process in MB.

    A small process starts the command, as a child's peak memory is at least the size of the process that forked it.

    Raises:
        RuntimeError: The command fails.
    """
    surroundings = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    starter = [sys.executable, "-c", STARTER, *command]
    done = subprocess.run(starter, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command} failed: {done.stderr}")
    seconds, kilobytes = done.stdout.split()
    return float(seconds), float(kilobytes) / 1000


def told(what: str, figure: str, promise: str = "", kept: bool = True) -> bool:
    """Print a figure with its target, and return whether the target is met."""
    print(f"{what:<55}{figure:>16}  {promise:<10}{'' if kept else 'NOT KEPT'}".rstrip(), flush=True)
    return kept


if __name__ == "__main__":
    sys.exit(main())

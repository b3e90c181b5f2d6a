"""Compares the site's search with MiniSearch and Pagefind on the same list, in a browser, in the same run.

`python tests/search_rivals.py [PAPERS [CONTENT]]`. All get the same texts of each paper: ours as the data files of the
site, MiniSearch as an array of documents or as an index of them that was made beforehand, and Pagefind as a page for
each paper. Only ours has each tag's definition once for all papers; the others find more if each paper has those of its
tags, but take longer and load more, so they are measured both ways. Files come from a server on this machine,
compressed, so times have no network in them.
"""

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from browser import browser
from corpus import corpus
from phone import NODE, Compressing
from playwright.sync_api import Browser
from sites import LISTED, ROOT, served, zipped

from generator.content.loader import load
from generator.content.model import Judgments, Library, Paper
from generator.measure.judgments import current_judgments, unjudged_papers
from generator.measure.ndcg import condensed_ranking, ndcg
from generator.measure.search import ENGINE_DATA, SEARCH_CUTOFF
from generator.search.data import search_files
from generator.site.catalogue import Catalogue, build_catalogue

RIVALS = ROOT / "tests/search-rivals"
ESBUILD = ROOT / "node_modules/.bin/esbuild"
INDEXER = RIVALS / "node_modules/.bin/pagefind"
QUERIES = 100
OPENINGS = 3  # of each engine, in turn, for medians
OURS, IN_PAGE, BEFOREHAND, PAGEFIND = "ours", "MiniSearch", "MiniSearch index", "Pagefind"
SCRIPTS = {OURS: "ours", IN_PAGE: "in-page", BEFOREHAND: "beforehand", PAGEFIND: "pagefind"}
ANSWERED = -1  # among the sizes that a server sent: what follows was asked for after the first answer
PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Search</title></html>'
ASK = """async ([script, queries]) => {
  const { open } = await import(`./${script}.js`);
  const { ask, first, rest } = await open();
  await ask(queries[0]);
  await fetch("answered");
  const later = (await rest?.()) ?? 0;
  const times = [];
  const answers = [];
  for (const query of queries) {
    const start = performance.now();
    const found = await ask(query);
    times.push(performance.now() - start);
    answers.push(found.slice(0, 100));
  }
  return { first, whole: first + later, times, answers };
}"""


@dataclass(frozen=True, slots=True)
class Data:
    """What a search reads: the seconds in which it was made from the list, and its files."""

    seconds: float
    files: Sequence[Path]


@dataclass(frozen=True, slots=True)
class Rival:
    """What a search takes, and what it finds.

    `built`: seconds in which its data are made from the list; `files`: their number; `size`: their bytes, gzipped;
    `before`: bytes that a browser gets before the first answer, scripts included; `first` and `whole`: milliseconds
    from when the data are in the browser until it answers, and until it answers from all texts; `median` and `slow`:
    milliseconds for an answer, median and 95th percentile; `score`: nDCG@10 on judged queries, if there are any.
    """

    built: float
    files: int
    size: int
    before: int
    first: float
    whole: float
    median: float
    slow: float
    score: float | None


class Counting(Compressing):
    """A server that keeps the size of each answer up to the request that says that a query is answered."""

    disable_nagle_algorithm = True  # many small answers would wait for each other

    def __init__(self, *given: Any, sent: list[int], **named: Any) -> None:
        self.sent = sent
        super().__init__(*given, **named)

    def send_head(self) -> BytesIO | None:
        if self.path.endswith("/answered"):
            self.sent.append(ANSWERED)
        body = super().send_head()
        if body:
            self.sent.append(len(body.getbuffer()))
        return body


def main() -> int:
    """Print what each search takes for a list as it is, or made longer."""
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    listed = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else LISTED
    with tempfile.TemporaryDirectory() as folder:
        library = longer(corpus(papers, Path(folder, "content"), listed)) if papers else load(listed, {})[0]
        for meanings in (False, True):
            print(*search_table(compared(Path(folder, f"searches-{meanings}"), library, meanings)), sep="\n")
    return 0


def longer(content: Path) -> Library:
    """Return a list made from another one, whose papers nobody has judged."""
    return replace(load(content, {})[0], judgments=Judgments())


def search_table(found: Mapping[str, Rival]) -> Iterator[str]:
    """Yield the lines of a table of what each search takes."""
    rows: dict[str, Callable[[Rival], str]] = {
        "data made in": lambda one: f"{one.built:.2f} s",
        "files": lambda one: f"{one.files:,}",
        "data in all, gzipped": lambda one: f"{one.size / 1e6:.2f} MB",
        "sent before the first answer": lambda one: f"{one.before / 1000:.0f} kB",
        "from data to the first answer": lambda one: f"{one.first:.0f} ms",
        "from data to answers from all texts": lambda one: f"{one.whole:.0f} ms",
        "an answer, median": lambda one: f"{one.median:.1f} ms",
        "an answer, 95th percentile": lambda one: f"{one.slow:.1f} ms",
        f"nDCG@{SEARCH_CUTOFF}": lambda one: "" if one.score is None else f"{one.score:.3f}",
    }
    yield f"{'':<36}{''.join(f'{name:>18}' for name in found)}"
    for name, figure in rows.items():
        yield f"{name:<36}{''.join(f'{figure(one):>18}' for one in found.values())}".rstrip()


def compared(folder: Path, library: Library, meanings: bool = False) -> dict[str, Rival]:
    """Return what each search takes for a list; `meanings` adds to each paper what its tags mean."""
    site = folder / "site"
    site.mkdir(parents=True)
    (site / "index.html").write_text(PAGE, "utf-8")
    for script in SCRIPTS.values():
        options = ["--bundle", "--minify", "--format=esm", "--log-level=warning", f"--outdir={site}"]
        succeed(ESBUILD, RIVALS / f"{script}.js", *options)
    data = made_data(site, folder / "plain", build_catalogue(library, {}), meanings)
    words = title_words(library.papers)
    asked = [*words, *(one.query for one in current_judgments(library).search)]
    runs: dict[str, list[Run]] = {name: [] for name in SCRIPTS}
    with browser() as chromium:
        for _ in range(OPENINGS):
            for name, script in SCRIPTS.items():
                runs[name].append(asked_in_browser(chromium, site, script, asked))
    return {name: rival(data[name], runs[name], len(words), library) for name in SCRIPTS}


def made_data(site: Path, plain: Path, catalogue: Catalogue, meanings: bool) -> dict[str, Data]:
    """Write what each search reads, and return it."""
    plain.mkdir()
    documents = [document(catalogue, paper, meanings) for paper in catalogue.papers.values()]
    for one in documents:
        (plain / f"{one['id']}.html").write_text(plain_page(one), "utf-8")
    text, index = site / "documents.json", site / "index.json"
    ours = timed(lambda: write_our_data(site, catalogue))
    in_page = timed(lambda: text.write_text(json.dumps(documents, ensure_ascii=False), "utf-8"))
    beforehand = timed(lambda: succeed(NODE, RIVALS / "index.mjs", text, index))
    pagefind = timed(lambda: succeed(INDEXER, "--quiet", "--site", plain, "--output-path", site / "pagefind"))
    return {
        OURS: Data(ours, sorted((site / "search").iterdir())),
        IN_PAGE: Data(in_page, [text]),
        BEFOREHAND: Data(beforehand, [index]),
        PAGEFIND: Data(
            pagefind, [file for file in (site / "pagefind").rglob("*.*") if file.suffix not in (".js", ".css")]
        ),
    }


def write_our_data(site: Path, catalogue: Catalogue) -> None:
    (site / "search").mkdir()
    for name, text in search_files(catalogue):
        if ENGINE_DATA.fullmatch(name):
            (site / name).write_text(text(), "utf-8")


def document(catalogue: Catalogue, paper: Paper, meanings: bool) -> dict[str, str]:
    """Return the texts by which our search finds a paper, with the names of its shelf and its tags."""
    library = catalogue.library
    terms = {term.id: term for term in library.terms}
    tags = [terms[name] for name in paper.tags]
    shelf = next(category.name for category in library.shelves if category.id == paper.category)
    names = filter(None, (paper.published_title, *paper.aliases, *paper.introduces))
    return {
        "id": paper.id,
        "title": paper.title,
        "names": ", ".join(names),
        "people": ", ".join((*paper.authors, *paper.editors)),
        "tags": ", ".join((shelf, *(name for tag in tags for name in (tag.name, *tag.aliases)))),
        "meanings": " ".join(
            text for tag in tags for text in (tag.definition, *tag.covers, *tag.questions) if meanings
        ),
        "published": catalogue.rows[paper.id].when,
        "summary": paper.summary or "",
        "questions": " ".join(paper.questions),
        "abstract": paper.abstract,
    }


def plain_page(of: Mapping[str, str]) -> str:
    """Return a page with the texts of a paper."""
    texts = "".join(f"<p>{escape(text)}</p>" for name, text in of.items() if name not in ("id", "title") and text)
    title = escape(of["title"])
    head = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
    return f"{head}<body><main><h1>{title}</h1>{texts}</main></body></html>"


def title_words(papers: Sequence[Paper]) -> list[str]:
    """Return queries of one to three words that follow each other in a title."""
    chance = random.Random(len(papers))
    queries = []
    for paper in (chance.choice(papers) for _ in range(QUERIES)):
        words = paper.title.split()
        start = chance.randrange(len(words))
        queries.append(" ".join(words[start : start + chance.randrange(1, 4)]))
    return queries


@dataclass(frozen=True, slots=True)
class Run:
    """What a browser measured of a search: see `Rival`; `answers` are the papers found for each query."""

    before: int
    first: float
    whole: float
    times: Sequence[float]
    answers: Sequence[Sequence[str]]


def asked_in_browser(chromium: Browser, site: Path, script: str, queries: Sequence[str]) -> Run:
    """Ask a search in a new window, whose browser has none of its files."""
    sent: list[int] = []
    with served(site, handler=partial(Counting, sent=sent)) as address:
        context = chromium.new_context()
        page = context.new_page()
        page.goto(address)
        sent.clear()
        found = page.evaluate(ASK, [script, queries])
        context.close()
    return Run(sum(sent[: sent.index(ANSWERED)]), **found)


def rival(data: Data, runs: Sequence[Run], words: int, library: Library) -> Rival:
    """Return what a search takes; its times are for the queries that come first, which are words of titles."""
    times = sorted(time for run in runs for time in run.times[:words])
    return Rival(
        built=data.seconds,
        files=len(data.files),
        size=sum(map(zipped, data.files)),
        before=runs[0].before,
        first=statistics.median(run.first for run in runs),
        whole=statistics.median(run.whole for run in runs),
        median=statistics.median(times),
        slow=times[int(0.95 * len(times))],
        score=score(library, runs[0].answers[words:]),
    )


def score(library: Library, answers: Sequence[Sequence[str]]) -> float | None:
    """Return the mean nDCG of the answers to the judged queries, or None if there are none."""
    judged, unjudged = current_judgments(library).search, unjudged_papers(library)
    pairs = zip(judged, answers, strict=True)
    scores = [ndcg(condensed_ranking(found, unjudged, one.grades), one.grades, SEARCH_CUTOFF) for one, found in pairs]
    return statistics.mean(scores) if scores else None


def succeed(*command: str | Path) -> None:
    """Run a command.

    Raises:
        subprocess.CalledProcessError: It fails.
    """
    subprocess.run(command, check=True)


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())

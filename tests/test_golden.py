"""Generated files of the toy list, one of each kind, compared with copies in `golden/` so that reviewers see changes.

`make golden` rewrites the copies.
"""

import os
import re
from collections import Counter
from collections.abc import Mapping
from html import escape
from pathlib import Path

import pytest

from generator.citations import bibtex, coins, csl, ris
from generator.citations.citation import citations_by_paper
from generator.content.model import Library
from generator.output.json_text import indented_json
from generator.related.relate import relate
from generator.site.catalogue import build_catalogue
from generator.site.citation_tags import citation_meta_tags
from generator.site.render import render_site
from generator.site.work_nodes import work_node

GOLDEN = Path(__file__).parent / "golden"
WHOLE = "api/papers.json"  # only two of its papers are kept
KEPT = (
    *("index.md", "browse.md", "map.md", "about.md", ".settings.yml", WHOLE),
    *("papers/wasserstein-gan.md", "papers/tr0n.md", "papers/uncovering-hidden-geometry-in-transformers.md"),
    *("categories/index.md", "categories/generators.md", "categories/empty.md", "tags/index.md", "tags/evaluation.md"),
    *("tags/adversarial-net.md", "tags/loudness.md", "paths/index.md", "paths/first-steps.md"),
    *("authors/index.md", "authors/david-bau.md", "venues/index.md", "venues/icml.md"),
    *("years/index.md", "years/2017.md"),
    *("papers/wasserstein-gan.bib", "papers/wasserstein-gan.ris", "papers/wasserstein-gan.csl.json"),
    *("papers/wasserstein-gan.md.txt", "tags/index.md.txt", "paths/first-steps.md.txt", "llms.txt", "robots.txt"),
    *("tags/decoding.atom", "authors/david-bau.atom", "api/v1/index.json", "api/v1/relations.json"),
    *("papers/nucleus-sampling.md", "papers/show-and-tell.md", "categories/sounds.md", "papers/gemini.bib"),
    *("papers/neocognitron.ris", "papers/autoprompt.csl.json"),
)
NAMES = "pages.txt"
WORKS_KEPT = (  # of the works of every kind, in `works/`
    *("bibtex.bib", "citations.ris", "csl.json", "coins.txt"),
    *("meta.html", "json-ld.json"),
)


@pytest.fixture(scope="module")
def pages(toy: Library) -> dict[str, str]:
    pages = dict(render_site(toy, relate(toy)))
    return pages | {NAMES: "".join(kinds(pages)), WHOLE: "".join(few_papers(pages[WHOLE]))}


def kinds(pages: Mapping[str, str]) -> list[str]:
    """Return an inventory of the files, as lines: the number for each folder and extension."""
    counts = Counter(re.sub(r"(?<=/)[^./]+(?=\.[^/]*$)", "*", name) for name in pages)
    return [f"{count:4} {name}\n" for name, count in sorted(counts.items())]


def few_papers(records: str) -> list[str]:
    """Return the lines of two papers from a file of the API."""
    lines = [
        line for line in records.splitlines(keepends=True) if re.match(r'\W*"id": ?"(tr0n|wasserstein-gan)"', line)
    ]
    assert len(lines) == 2
    return lines


@pytest.mark.parametrize("name", [NAMES, *KEPT])
def test_page_is_as_reviewed(name: str, pages: dict[str, str]) -> None:
    file = GOLDEN / name
    if os.environ.get("RENEW"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(pages[name].encode())
    assert pages[name] == file.read_bytes().decode()


@pytest.fixture(scope="module")
def citations(works: Library) -> dict[str, str]:
    found = citations_by_paper(works).values()
    catalogue = build_catalogue(works, {})
    nodes = [work_node(catalogue, "", one) for one in found]
    tags = [tag for one in found for tag in citation_meta_tags(catalogue, one)]
    return {
        "json-ld.json": indented_json(nodes),
        "meta.html": "".join(f'<meta name="{name}" content="{escape(content)}">\n' for name, content in tags),
        "bibtex.bib": "\n".join(map(bibtex.bibtex_entry, found)),
        "citations.ris": "\n".join(ris.ris_record(one).replace("\r", "") for one in found),
        "csl.json": "[\n" + ",\n".join(map(csl.csl_item, found)) + "\n]\n",
        "coins.txt": "".join(
            f"{one.key}\n  {coins.context_object(one).replace('&', f'{chr(10)}  ')}\n" for one in found
        ),
    }


@pytest.mark.parametrize("name", WORKS_KEPT)
def test_each_kind_is_cited_as_reviewed(name: str, citations: dict[str, str]) -> None:
    file = GOLDEN / "works" / name
    if os.environ.get("RENEW"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(citations[name], "utf-8")
    assert citations[name] == file.read_text("utf-8")


def test_nothing_else_is_kept() -> None:
    kept = {file.relative_to(GOLDEN).as_posix() for file in GOLDEN.rglob("*") if file.is_file()}
    works = {f"works/{name}" for name in WORKS_KEPT}
    assert kept == {NAMES, *KEPT, *works}

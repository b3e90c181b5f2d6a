"""The data of search: what is loaded before the first result, and the index that the browser makes of it."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from gzip import compress
from itertools import chain
from pathlib import Path

import pytest
from corpus import recombined
from scripts import NODE
from sites import ROOT

from generator.content.model import Library
from generator.search.data import PAPERS_PER_BRIEF_PART, PAPERS_PER_PART, TEXTS, search_files, text_parts
from generator.site.catalogue import build_catalogue

LARGE = 10_000  # papers
MOST_AT_FIRST = 1_000_000  # gzipped bytes of data before the first result of a list of so many papers


def large_list(library: Library, count: int) -> Library:
    return replace(library, papers=(*library.papers, *recombined(library.papers, count - len(library.papers))))


def search_texts(library: Library) -> Mapping[str, str]:
    """Return the text of each file that search needs, by name."""
    files = search_files(build_catalogue(library, {}))
    return {name: text() for name, text in files if name.startswith(("search/list", "search/texts"))}


@pytest.mark.parametrize("count", [0, 1, PAPERS_PER_PART, PAPERS_PER_PART + 1, PAPERS_PER_BRIEF_PART, 5_678])
def test_each_text_of_each_paper_is_in_one_part(count: int) -> None:
    parts = text_parts(count)
    for name in TEXTS:
        assert [*chain(*(part for part, names in parts if name in names))] == [*range(count)]
    assert parts[0] == (range(min(count, PAPERS_PER_PART)), [*TEXTS])


def test_parts_have_the_texts_of_their_papers(toy: Library) -> None:
    library = large_list(toy, PAPERS_PER_PART + 7)
    files = {name: json.loads(text) for name, text in search_texts(library).items()}
    listed = files["search/list.json"]
    papers = {paper.id: paper for paper in library.papers}
    assert [count for _, count in listed["texts"]] == [PAPERS_PER_PART, 7, 7]
    for part, (first, count) in enumerate(listed["texts"]):
        ids = listed["papers"]["ids"][first : first + count]
        for name, texts in files[f"search/texts-{part}.json"].items():
            assert texts == json.loads(json.dumps([TEXTS[name](papers[one]) for one in ids]))


def test_what_comes_before_the_first_result_is_small(toy: Library) -> None:
    count = LARGE // 5
    files = search_texts(large_list(toy, count))
    listed, first = (len(compress(files[f"search/{name}.json"].encode())) for name in ("list", "texts-0"))
    assert listed * LARGE / count + first < MOST_AT_FIRST


@pytest.mark.parametrize("kind", ["toy", "works", "large"])
def test_the_index_is_that_of_the_plain_way(toy: Library, works: Library, tmp_path: Path, kind: str) -> None:
    library = {"toy": toy, "works": works, "large": large_list(toy, PAPERS_PER_PART + 100)}[kind]
    for name, text in search_texts(library).items():
        (tmp_path / Path(name).name).write_text(text, "utf-8")
    done = subprocess.run(
        [NODE, "tests/postings.mjs", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    assert found["stems"] > 100
    assert found["differing"] == {"stems": [], "words": [], "names": [], "onlyNames": [], "titles": []}

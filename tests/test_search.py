"""Search against judged queries, asked in a browser on the page that readers use."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean

import pytest
import yaml
from browser import visit
from playwright.sync_api import Browser

from generator.content.model import Library
from generator.measure.related import judgments_by_current_id, ndcg

JUDGED = Path(__file__).parent / "queries.yml"
CUTOFF = 10
LEAST = {"": 0.86, "known item": 0.98, "misspelt": 0.95, "prefix": 0.9, "topic": 0.86, "need": 0.7, "question": 0.72}
ASK = """async (queries) => {
  const results = document.querySelector("[data-results]");
  const answers = [];
  for (const query of queries) {
    history.pushState(null, "", `?q=${encodeURIComponent(query)}`);
    dispatchEvent(new PopStateEvent("popstate"));
    while (results.dataset.results !== query) await new Promise((done) => setTimeout(done));
    answers.push([...results.querySelectorAll("[data-paper]")].map((row) => row.dataset.paper));
  }
  return answers;
}"""


@dataclass(frozen=True, slots=True)
class Judged:
    query: str
    kind: str
    grades: Mapping[str, float]


@pytest.fixture(scope="module")
def queries(library: Library) -> list[Judged]:
    judged = [Judged(**read) for read in yaml.safe_load(JUDGED.read_text("utf-8"))]
    return [replace(one, grades=judgments_by_current_id({"": one.grades}, library.papers)[""]) for one in judged]


@pytest.fixture(scope="module")
def answers(chromium: Browser, address: str, queries: Sequence[Judged]) -> list[list[str]]:
    with visit(chromium, address, "browse/") as page:
        found: list[list[str]] = page.evaluate(ASK, [judged.query for judged in queries])
    return found


def test_the_judgments_are_of_papers_on_the_list(queries: Sequence[Judged], library: Library) -> None:
    known = {paper.id for paper in library.papers}
    assert len({judged.query for judged in queries}) == len(queries) >= 60
    assert {paper for judged in queries for paper in judged.grades} <= known
    assert all(max(judged.grades.values()) >= 2 for judged in queries)
    assert {judged.kind for judged in queries} | {""} == LEAST.keys()


def test_readers_find_what_they_look_for(queries: Sequence[Judged], answers: Sequence[Sequence[str]]) -> None:
    scores = defaultdict(list)
    for judged, answer in zip(queries, answers, strict=True):
        score = ndcg(answer, judged.grades, CUTOFF)
        scores[judged.kind].append(score)
        scores[""].append(score)
    reached = {kind: round(mean(those), 3) for kind, those in scores.items()}
    assert {kind: score for kind, score in reached.items() if score < LEAST[kind]} == {}, reached


def test_no_query_ends_empty(queries: Sequence[Judged], answers: Sequence[Sequence[str]]) -> None:
    assert [judged.query for judged, answer in zip(queries, answers, strict=True) if not answer] == []

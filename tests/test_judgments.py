"""The related papers against judgments made without sight of them."""

import dataclasses
from pathlib import Path

import pytest

from generator.content.model import Library
from generator.measure.related import judgments_by_current_id, mean_ndcg, ndcg, parse_judgments
from generator.related.relate import relate

JUDGED = Path(__file__).parent / "related.yml"
LEAST = 0.83  # nDCG@5 that the suggestions of the list reach
WORDS_ALONE = 0.60  # what they cannot reach without curated relations, or the judgments ask for too little


def test_the_suggestions_agree_with_the_judgments(library: Library) -> None:
    judged, faults = parse_judgments(JUDGED.read_text(), str(JUDGED))
    known = {paper.id for paper in library.papers}
    assert faults == []
    judged = judgments_by_current_id(judged, library.papers)
    assert len(judged) >= 30
    assert {name for grades in judged.values() for name in grades} | judged.keys() <= known
    assert mean_ndcg(relate(library), judged) >= LEAST


def test_curation_is_what_makes_them_agree(library: Library) -> None:
    judged = judgments_by_current_id(parse_judgments(JUDGED.read_text(), str(JUDGED))[0], library.papers)
    bare = (dataclasses.replace(paper, tags=(), relations=(), summary=None, why=None) for paper in library.papers)
    assert mean_ndcg(relate(dataclasses.replace(library, papers=tuple(bare))), judged) < WORDS_ALONE


@pytest.mark.parametrize(
    ("ranking", "score"),
    [(["a", "b"], 1.0), (["b", "a"], 0.7967), (["x", "a", "b"], 0.6590), ([], 0.0), (list("vwxyzab"), 0.0)],
)
def test_ndcg(ranking: list[str], score: float) -> None:
    assert ndcg(ranking, {"a": 3, "b": 1}) == pytest.approx(score, abs=1e-4)


def test_nothing_to_find_is_no_score() -> None:
    assert ndcg(["a"], {}) == 0
    assert mean_ndcg({}, {}) == 0


@pytest.mark.parametrize("text", ["", "- a", "a: b", "a: {b: good}", "{"])
def test_judgments_that_are_none(text: str) -> None:
    assert parse_judgments(text, "judged.yml")[1]


def test_judgments_follow_a_paper_to_its_new_id(toy: Library) -> None:
    renamed = dataclasses.replace(toy.papers[0], id="new", replaces=("old",))
    assert judgments_by_current_id({"old": {"a": 1.0}, "b": {"old": 2.0}}, [renamed]) == {
        "new": {"a": 1.0},
        "b": {"new": 2.0},
    }

"""Suggestions and judgments of them in; how well they agree out."""

from collections.abc import Iterable, Mapping, Sequence
from math import log2

import yaml

from generator.content.model import Paper, Problem
from generator.related.relate import RelatedPaper

NDCG_CUTOFF = 5  # suggestions that count

RelevanceJudgments = Mapping[str, Mapping[str, float]]


def parse_judgments(text: str, file: str) -> tuple[RelevanceJudgments, list[Problem]]:
    """For each judged paper, the grade of every paper that is worth suggesting with it; others have the grade 0."""
    try:
        read = yaml.load(text, Loader=yaml.CSafeLoader)
        return {str(name): {str(k): float(v) for k, v in grades.items()} for name, grades in read.items()}, []
    except (yaml.YAMLError, AttributeError, TypeError, ValueError):
        return {}, [Problem(file, 1, 1, "expected lines such as `paper-id: {other-id: 3, another-id: 1}`")]


def judgments_by_current_id(judged: RelevanceJudgments, papers: Iterable[Paper]) -> RelevanceJudgments:
    """Judgments by the ids that papers have today."""
    moved = {old: paper.id for paper in papers for old in paper.replaces}
    return {
        moved.get(name, name): {moved.get(other, other): grade for other, grade in grades.items()}
        for name, grades in judged.items()
    }


def mean_ndcg(links: Mapping[str, Sequence[RelatedPaper]], judged: RelevanceJudgments) -> float:
    """The mean nDCG@5 over the judged papers: 1 where nothing better could be suggested, 0 where nothing fits."""
    scores = [ndcg([link.id for link in links.get(name, ())], grades) for name, grades in judged.items()]
    return sum(scores) / len(scores) if scores else 0.0


def ndcg(ranking: Sequence[str], grades: Mapping[str, float], cutoff: int = NDCG_CUTOFF) -> float:
    """The discounted gain of a ranking, as a share of the best possible one.

    The gain of a grade g at rank r is g / log2(r + 1) (Järvelin & Kekäläinen, 2002, "Cumulated gain-based evaluation
    of IR techniques"), summed over the first ranks up to the cutoff.
    """
    best = discounted_gain(sorted(grades.values(), reverse=True), cutoff)
    return discounted_gain([grades.get(name, 0.0) for name in ranking], cutoff) / best if best else 0.0


def discounted_gain(grades: Sequence[float], cutoff: int) -> float:
    """The discounted gain of grades in the order of their ranks."""
    return sum(grade / log2(rank + 1) for rank, grade in enumerate(grades[:cutoff], 1))

"""Normalized discounted cumulative gain (nDCG): how well a ranking agrees with relevance judgments."""

from collections.abc import Mapping, Sequence
from math import log2


def ndcg(ranking: Sequence[str], grades: Mapping[str, float], cutoff: int) -> float:
    """Return the nDCG of a ranking: its discounted cumulative gain divided by that of the ideal ranking, from 0 to 1.

    A grade g at rank r contributes g / log2(r + 1) (Järvelin & Kekäläinen, 2002, "Cumulated gain-based evaluation of IR
    techniques"), summed over the first `cutoff` ranks. Papers without a grade count as 0, and so does a ranking for
    which all grades are 0.
    """
    best = discounted_gain(sorted(grades.values(), reverse=True), cutoff)
    return discounted_gain([grades.get(name, 0.0) for name in ranking], cutoff) / best if best else 0.0


def discounted_gain(grades: Sequence[float], cutoff: int) -> float:
    """Return the discounted cumulative gain of grades given in ranking order."""
    return sum(grade / log2(rank + 1) for rank, grade in enumerate(grades[:cutoff], 1))


def condensed_ranking(ranking: Sequence[str], unjudged: frozenset[str], grades: Mapping[str, float]) -> list[str]:
    """Return a ranking without the papers that could not have been judged (Sakai, 2007, "Alternatives to Bpref")."""
    return [name for name in ranking if name in grades or name not in unjudged]

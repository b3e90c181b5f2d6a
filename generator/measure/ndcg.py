"""A ranking and judgments of it in; how good it is out."""

from collections.abc import Mapping, Sequence
from math import log2


def ndcg(ranking: Sequence[str], grades: Mapping[str, float], cutoff: int) -> float:
    """The discounted gain of a ranking, as a share of the best possible one.

    The gain of a grade g at rank r is g / log2(r + 1) (Järvelin & Kekäläinen, 2002, "Cumulated gain-based evaluation
    of IR techniques"), summed over the first ranks up to the cutoff.
    """
    best = discounted_gain(sorted(grades.values(), reverse=True), cutoff)
    return discounted_gain([grades.get(name, 0.0) for name in ranking], cutoff) / best if best else 0.0


def discounted_gain(grades: Sequence[float], cutoff: int) -> float:
    """The discounted gain of grades in the order of their ranks."""
    return sum(grade / log2(rank + 1) for rank, grade in enumerate(grades[:cutoff], 1))


def condensed_ranking(ranking: Sequence[str], unjudged: frozenset[str], grades: Mapping[str, float]) -> list[str]:
    """A ranking without the papers that nobody could judge (Sakai, 2007, "Alternatives to Bpref")."""
    return [name for name in ranking if name in grades or name not in unjudged]

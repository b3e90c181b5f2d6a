"""Examples with what is true of each in; the weights of a logistic regression, which foretell it, out."""

from collections.abc import Sequence
from math import exp

Row = tuple[float, ...]

LEARNED_FROM = 60  # true examples, some ten papers' tags, from which weights are learned
STEPS = 12  # of Newton's method, at most


def chance(weights: Row, row: Row) -> float:
    """The probability that a logistic regression gives."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, sum([weight * x for weight, x in zip(weights, row, strict=True)])))))


def fitted(examples: Sequence[tuple[Row, bool]], usual: Row) -> Row:
    """The weights of a logistic regression by Newton's method, kept small by a penalty of half their square; the usual
    ones where too few examples are true."""
    if sum(true for _, true in examples) < LEARNED_FROM:
        return usual
    size = range(len(usual))
    weights: Row = (0.0,) * len(usual)
    for _ in range(STEPS):
        slope, curve = [-weight for weight in weights], [[float(i == j) for j in size] for i in size]
        for row, true in examples:
            likely = chance(weights, row)
            error, bend = true - likely, likely * (1 - likely)
            for i, x in enumerate(row):
                if x:
                    slope[i] += error * x
                    line, factor = curve[i], bend * x
                    for j in range(i + 1):
                        line[j] += factor * row[j]
        step = solved([[curve[max(i, j)][min(i, j)] for j in size] for i in size], slope)
        weights = tuple(weight + change for weight, change in zip(weights, step, strict=True))
        if max(map(abs, step)) < 1e-3:
            break
    return tuple(round(weight, 6) for weight in weights)


def solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The solution of linear equations whose matrix is positive definite, by elimination."""
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for i, pivot in enumerate(rows):
        pivot[:] = [value / pivot[i] for value in pivot]
        for other in rows:
            if other is not pivot:
                factor = other[i]
                other[:] = [value - factor * lead for value, lead in zip(other, pivot, strict=True)]
    return [row[-1] for row in rows]

"""A proposal, and the logistic function with fixed weights that says how likely it is that a curator would agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from typing import Literal

from generator.content.model import RelationType

Features = Mapping[str, float]  # what speaks for something, by name
MAX_EVIDENCE_NAMES = 3  # names, papers or labels that one piece of evidence gives


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that an entry may lack; `value` is the id of a category, a term or another paper.

    The confidence of a relation is that there is one; its type is the likeliest.
    """

    what: Literal["category", "tag", "relation"]
    value: str
    type: RelationType | None
    confidence: float
    evidence: tuple[str, ...]


def logistic_probability(features: Features, weights: Features) -> float:
    """Return the probability that a logistic regression gives; the weight "constant" is added in any case."""
    total = weights["constant"] + sum(weights[name] * value for name, value in features.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))

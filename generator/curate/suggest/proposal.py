"""Proposals, and the logistic function that turns features into a confidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from typing import Literal

from generator.content.model import RelationType

Features = Mapping[str, float]  # strength of evidence by name
MAX_EVIDENCE_NAMES = 3  # names, papers, or labels in one piece of evidence


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that an entry may lack; `value` is the id of a category, a term, or another paper.

    The confidence of a relation is the probability that there is one of any type; `type` is the likeliest type.
    """

    what: Literal["category", "tag", "relation"]
    value: str
    type: RelationType | None
    confidence: float
    evidence: tuple[str, ...]


def logistic_probability(features: Features, weights: Features) -> float:
    """Return 1 / (1 + exp(-x)); x is the weighted sum of the features plus the weight "constant", clamped to ±30."""
    total = weights["constant"] + sum(weights[name] * value for name, value in features.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))

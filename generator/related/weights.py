"""The weights of features, such as tags or words, by which papers are compared.

Papers are compared by the cosine similarity of TF-IDF vectors (Salton & Buckley, 1988, "Term-weighting approaches in
automatic text retrieval").
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from math import log, sqrt

FeatureCounts = Mapping[str, Mapping[str, int]]  # how many times each paper has each feature
FeatureVector = Mapping[str, float]
InvertedIndex = Mapping[str, Sequence[tuple[str, float]]]

MAX_VECTOR_FEATURES = 40  # features of a paper that are kept for comparison
MAX_POSTINGS = 30  # candidates that each feature contributes
RARITY_STEP = 0.25


@dataclass(frozen=True, slots=True)
class WeightedFeatures:
    """The features of all papers: a vector for each paper, and the papers in which each feature weighs most."""

    vectors: Mapping[str, FeatureVector]
    index: InvertedIndex


def weigh_features(counts: FeatureCounts) -> WeightedFeatures:
    """Return the features with their weights."""
    return index_vectors(tfidf_vectors(counts))


def index_vectors(vectors: Mapping[str, FeatureVector]) -> WeightedFeatures:
    """Return the features of all papers, given their vectors."""
    return WeightedFeatures(vectors, inverted_index(vectors))


def tfidf_vectors(counts: FeatureCounts) -> dict[str, FeatureVector]:
    """Return the TF-IDF vector of each paper's features."""
    rarity = feature_rarity(counts)
    return {name: tfidf_vector(features, rarity) for name, features in counts.items()}


def feature_rarity(counts: FeatureCounts) -> dict[str, float]:
    """Return ln(1 + N / df) for each feature that more than one paper has, where N is the number of papers, and df the
    number of papers that have it.

    It is rounded to `RARITY_STEP`, so that an edit changes it for few features, and the papers with all the others need
    not be compared again.
    """
    spread = Counter(chain.from_iterable(counts.values()))
    rarity = cache(lambda df: RARITY_STEP * round(log(1 + len(counts) / df) / RARITY_STEP))
    return {feature: rarity(df) for feature, df in spread.items() if df > 1}


def tfidf_vector(features: Mapping[str, int], rarity: Mapping[str, float]) -> FeatureVector:
    """Return the strongest features of a paper, given how often it has each, as a vector of length 1.

    The weight of a feature is its rarity times 1 + ln tf, where tf is its frequency in the paper. Features that have no
    rarity are ignored.
    """
    weights = [(-repetition(tf) * rarity[feature], feature) for feature, tf in features.items() if feature in rarity]
    strongest = sorted(weights)[:MAX_VECTOR_FEATURES]  # these are negative, so the greatest comes first
    length = sqrt(sum([weight * weight for weight, _ in strongest])) or 1.0
    return {feature: -weight / length for weight, feature in strongest}


@cache
def repetition(tf: int) -> float:
    """Return 1 + ln tf."""
    return 1 + log(tf)


def inverted_index(vectors: Mapping[str, FeatureVector]) -> InvertedIndex:
    """Return the papers in which each feature weighs most, at most `MAX_POSTINGS`, with its weight in each."""
    index: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for name, vector in vectors.items():
        for feature, weight in vector.items():
            index[feature].append((-weight, name))
    return {feature: first_postings(papers) for feature, papers in index.items()}


def first_postings(papers: Iterable[tuple[float, str]]) -> list[tuple[str, float]]:
    """Return the papers with a feature in which it weighs most, given its negative weight in each."""
    return [(name, -weight) for weight, name in sorted(papers)[:MAX_POSTINGS]]


def cosine_similarity(one: FeatureVector, other: FeatureVector) -> float:
    """Return the cosine of the angle between two vectors of length 1."""
    total = 0.0
    for feature, weight in one.items():
        if feature in other:
            total += weight * other[feature]
    return total

"""Suggestions of the papers most worth reading after each paper, with the reasons for each.

The score combines three kinds of evidence: relations written by curators; tags and categories that two papers share,
rare ones counting more than common ones; and words that their titles and abstracts share. Scores are rounded before
they are compared, and ties are broken by id, so the order is the same on every machine.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from generator.content.model import Library, Paper, RelationType
from generator.content.tags import broader_terms, tags_with_broader
from generator.output.workers import map_in_parallel
from generator.related.weights import (
    FeatureCounts,
    FeatureVector,
    InvertedIndex,
    WeightedFeatures,
    cosine_similarity,
    weigh_features,
)
from generator.related.words import word_counts

EvidenceKind = Literal["relation", "tags", "words"]

MAX_RELATED_PAPERS = 5  # maximum number of related papers for each paper
EVIDENCE_WEIGHTS: Mapping[EvidenceKind, float] = {"relation": 1.0, "tags": 1.0, "words": 1.5}
MAX_QUERY_FEATURES = 15  # strongest words and strongest tags used to find candidates
MAX_CANDIDATE_PAPERS = 20  # best candidates, which are compared in full
MIN_RELATED_SCORE = 0.05  # minimum score of a suggestion
MAX_REASON_FEATURES = 3  # maximum number of shared tags or words named in a reason
MIN_COMMON_TAG_PAPERS = 8  # papers that may share a tag or category, even if they are most of the list
MIN_REASON_WEIGHT = 0.02  # minimum product of a shared word's two weights for it to be named in a reason
INVERSE_RELATION_LABELS: Mapping[RelationType, str] = {
    "extends": "extended by",
    "uses": "used by",
    "evaluates": "evaluated by",
    "surveys": "surveyed by",
    "contrasts": "contrasts with",
    "competes": "alternative to",
    "agrees": "agrees with",
    "complements": "complements",
}
FORWARD_RELATION_LABELS: Mapping[RelationType, str] = {kind: kind for kind in INVERSE_RELATION_LABELS} | {
    "contrasts": "contrasts with",
    "competes": "alternative to",
    "agrees": "agrees with",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for a suggestion: the kind of evidence, its label, and the details."""

    evidence: EvidenceKind
    label: str
    detail: str


@dataclass(frozen=True, slots=True)
class RelatedPaper:
    """A paper worth reading next.

    The score has no unit; scores are comparable only within the suggestions for one paper.
    """

    id: str
    score: float
    reasons: tuple[Reason, ...]


RelatedPapers = Mapping[str, Sequence[RelatedPaper]]  # of each paper, by its id, best first
RelatedFinder = Callable[[str], tuple[RelatedPaper, ...]]


def relate(library: Library, most: int = MAX_RELATED_PAPERS) -> dict[str, tuple[RelatedPaper, ...]]:
    """Return the related papers of each paper, by its id: at most `most`, best first."""
    papers = [paper.id for paper in library.papers]
    by_tag, by_word = weigh_features(telling_tag_counts(library)), weigh_features(word_counts(library.papers))
    found = map_in_parallel(related_finder(library, most, by_tag, by_word), papers, "relating papers")
    return dict(zip(papers, found, strict=True))


def related_finder(library: Library, most: int, by_tag: WeightedFeatures, by_word: WeightedFeatures) -> RelatedFinder:
    """Return a function that returns the related papers of the paper with an id: at most `most`, best first."""
    names = {term.id: term.name for facet in library.facets for term in facet.terms}
    curated = curated_reasons(library.papers)
    names |= {category.id: category.name for category in library.categories}
    tags, words = by_tag.vectors, by_word.vectors

    def links(mine: str) -> tuple[RelatedPaper, ...]:
        near = {*nearest_papers(words[mine], by_word.index, tags[mine], by_tag.index), *curated.get(mine, ())}
        scores = {
            other: EVIDENCE_WEIGHTS["relation"] * (other in curated.get(mine, ()))
            + EVIDENCE_WEIGHTS["tags"] * cosine_similarity(tags[mine], tags[other])
            + EVIDENCE_WEIGHTS["words"] * cosine_similarity(words[mine], words[other])
            for other in near - {mine}
        }
        best = sorted((-round(score, 6), other) for other, score in scores.items() if score >= MIN_RELATED_SCORE)[:most]
        return tuple(RelatedPaper(other, -score, reasons(mine, other)) for score, other in best)

    def reasons(mine: str, other: str) -> tuple[Reason, ...]:
        written = curated.get(mine, {}).get(other, ())
        words_shared = () if written else shared_feature_reasons("words", "shared words", words[mine], words[other], {})
        return (
            *written,
            *shared_feature_reasons("tags", "shared topics", tags[mine], tags[other], names),
            *words_shared,
        )

    return links


def curated_reasons(papers: Iterable[Paper]) -> Mapping[str, dict[str, tuple[Reason, ...]]]:
    """Return the relations of each paper, in both directions, as reasons by the id of the other paper."""
    reasons: dict[str, dict[str, tuple[Reason, ...]]] = defaultdict(dict)
    for paper in papers:
        for relation in paper.relations:
            forward = Reason("relation", FORWARD_RELATION_LABELS[relation.type], relation.because)
            inverse = Reason("relation", INVERSE_RELATION_LABELS[relation.type], relation.because)
            reasons[paper.id][relation.to] = (*reasons[paper.id].get(relation.to, ()), forward)
            reasons[relation.to][paper.id] = (*reasons[relation.to].get(paper.id, ()), inverse)
    return reasons


def telling_tag_counts(library: Library) -> FeatureCounts:
    """Return the tags and the category of each paper, without those that most papers of a longer list share.

    A shelf on which nearly all papers stand, as in a list that has yet to be sorted, relates none of them.
    Broader terms count as tags.
    """
    papers, broader = library.papers, broader_terms(library.terms)
    counts = {paper.id: Counter([*tags_with_broader(paper.tags, broader), paper.category]) for paper in papers}
    spread = Counter(feature for counter in counts.values() for feature in counter)
    most = max(len(papers) / 2, MIN_COMMON_TAG_PAPERS)
    common = {feature for feature, count in spread.items() if count > most}
    return {name: Counter(counter.keys() - common) for name, counter in counts.items()} if common else counts


def nearest_papers(
    words: FeatureVector, by_word: InvertedIndex, tags: FeatureVector, by_tag: InvertedIndex
) -> list[str]:
    """Return the papers that share the most weight with a paper's strongest words and tags, best first.

    At most `MAX_CANDIDATE_PAPERS` are returned.
    """
    sums: dict[str, float] = defaultdict(float)
    for vector, index, weight in (
        (words, by_word, EVIDENCE_WEIGHTS["words"]),
        (tags, by_tag, EVIDENCE_WEIGHTS["tags"]),
    ):
        for feature, mine in islice(vector.items(), MAX_QUERY_FEATURES):
            factor = weight * mine
            for other, theirs in index[feature]:
                sums[other] += factor * theirs
    telling = [other for other, total in sums.items() if total >= MIN_REASON_WEIGHT]
    return sorted(telling, key=sums.__getitem__, reverse=True)[:MAX_CANDIDATE_PAPERS]


def shared_feature_reasons(
    evidence: EvidenceKind, label: str, one: FeatureVector, other: FeatureVector, names: Mapping[str, str]
) -> Iterator[Reason]:
    """Return the features that weigh most in both vectors, as a reason, or nothing if none weighs enough."""
    least = MIN_REASON_WEIGHT if evidence == "words" else 0
    products = [(round(weight * other[feature], 6), feature) for feature, weight in one.items() if feature in other]
    weights = sorted([(-product, feature) for product, feature in products if product >= least])
    if weights:
        yield Reason(
            evidence, label, ", ".join(names.get(feature, feature) for _, feature in weights[:MAX_REASON_FEATURES])
        )

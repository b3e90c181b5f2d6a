"""Suggestions of the papers most worth reading after each paper, with the reasons for each.

The score combines three kinds of evidence: relations written by curators; tags and categories that two papers share,
rare ones counting more than common ones; and words that their titles and abstracts share. Tags and words are compared
by the cosine similarity of TF-IDF vectors (Salton & Buckley, 1988, "Term-weighting approaches in automatic text
retrieval"). Scores are rounded before they are compared, and ties are broken by id, so the order is the same on every
machine.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from math import log, sqrt
from sys import intern
from typing import Literal

from generator.content.model import Library, Paper, RelationType
from generator.content.tags import broader_terms, tags_with_broader
from generator.output.lazy_mapping import LazyMapping
from generator.output.workers import map_in_parallel

EvidenceKind = Literal["relation", "tags", "words"]
FeatureCounts = Mapping[str, Mapping[str, int]]  # how many times each paper has each feature
FeatureVector = Mapping[str, float]
InvertedIndex = Mapping[str, Sequence[tuple[str, float]]]

MAX_RELATED_PAPERS = 5  # maximum number of related papers for each paper
EVIDENCE_WEIGHTS: Mapping[EvidenceKind, float] = {"relation": 1.0, "tags": 1.0, "words": 1.5}
TITLE_WORD_WEIGHT = 3  # occurrences in the text that one in the title is worth
MAX_VECTOR_FEATURES = 40  # features of a paper that are kept for comparison
MAX_QUERY_FEATURES = 15  # strongest words and strongest tags used to find candidates
MAX_POSTINGS = 30  # candidates that each word or tag contributes
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
STOP_WORDS = frozenset(
    "a about all also an and any are as at be been being between both but by can code could different do does e each "
    "either experiment experimental experiments extensive for from further g has have here how however i if in "
    "including into is it its itself make many method methods model models more most much new no not novel of on one "
    "only or other our out over paper papers present propose proposed recent result results show shows since so some "
    "state such than that the their them then there these they this those through thus to two under up us use used "
    "using very via was we well were what when where which while who whose will with within without work works would "
    "yet you your".split()
)


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


@dataclass(frozen=True, slots=True)
class WeightedFeatures:
    """The features of all papers: a vector for each paper, and the papers in which each feature weighs most."""

    vectors: Mapping[str, FeatureVector]
    index: InvertedIndex


def relate(library: Library, most: int = MAX_RELATED_PAPERS) -> dict[str, tuple[RelatedPaper, ...]]:
    """Return the related papers of each paper, by its id: at most `most`, best first."""
    papers = [paper.id for paper in library.papers]
    by_tag, by_word = weigh_features(telling_tag_counts(library)), weigh_features(word_counts(library.papers))
    found = map_in_parallel(related_finder(library, most, by_tag, by_word), papers, "relating papers")
    return dict(zip(papers, found, strict=True))


def relate_on_request(library: Library) -> Mapping[str, tuple[RelatedPaper, ...]]:
    """Return the same; those of a paper are found when they are first asked for."""

    @cache
    def finder() -> Callable[[str], tuple[RelatedPaper, ...]]:
        by_tag = weigh_on_request(telling_tag_counts(library))
        by_word = weigh_on_request(word_counts(library.papers, known_word_counts))
        return related_finder(library, MAX_RELATED_PAPERS, by_tag, by_word)

    return LazyMapping((paper.id for paper in library.papers), lambda name: finder()(name))


def related_finder(
    library: Library, most: int, by_tag: WeightedFeatures, by_word: WeightedFeatures
) -> Callable[[str], tuple[RelatedPaper, ...]]:
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


def tokenize_words(text: str) -> list[str]:
    """Return the words of a text that have at least two characters, case-folded."""
    return re.findall(r"[^\W\d_][\w-]*\w", text.casefold())


def count_words(title: str, abstract: str, summary: str) -> Counter[str]:
    """Return how often a paper's texts have each word that is no stop word, with the weight of the title's words."""
    text = re.sub(r"https?://\S+", "", f"{abstract} {summary}")
    words = map(intern, tokenize_words(text) + tokenize_words(title) * TITLE_WORD_WEIGHT)
    return Counter(word for word in words if word not in STOP_WORDS and word.removesuffix("s") not in STOP_WORDS)


known_word_counts = cache(count_words)  # for a list that is served, which is related after each edit


def word_counts(papers: Iterable[Paper], count: Callable[[str, str, str], Counter[str]] = count_words) -> FeatureCounts:
    """Return the number of times each word occurs in each paper's text.

    Words in the title are weighted by `TITLE_WORD_WEIGHT`, plurals are counted as their singular, and stop words are
    left out.
    """
    counts = {paper.id: count(paper.title, paper.abstract, paper.summary or "") for paper in papers}
    known = set[str]().union(*counts.values())
    plurals = {word: word[:-1] for word in known if word[-1] == "s" and word[:-1] in known}
    return {name: merge_plurals(counter, plurals) for name, counter in counts.items()}


def merge_plurals(counts: Mapping[str, int], plurals: Mapping[str, str]) -> dict[str, int]:
    """Return counts in which words that are plurals are counted as their singular, which `plurals` names."""
    merged = dict(counts)
    for plural in sorted(counts.keys() & plurals.keys(), reverse=True):
        singular = plurals[plural]
        merged[singular] = merged.get(singular, 0) + merged.pop(plural)
    return merged


def weigh_features(counts: FeatureCounts) -> WeightedFeatures:
    """Return the features with their weights."""
    vectors = tfidf_vectors(counts)
    return WeightedFeatures(vectors, inverted_index(vectors))


def weigh_on_request(counts: FeatureCounts) -> WeightedFeatures:
    """Return the same; vectors and the papers of a feature are found when they are first asked for."""
    vectors = LazyMapping(counts, tfidf_weigher(counts))

    def postings(feature: str) -> list[tuple[str, float]]:
        having = (name for name, counter in counts.items() if feature in counter and feature in vectors[name])
        return first_postings((-vectors[name][feature], name) for name in having)

    return WeightedFeatures(vectors, LazyMapping(chain.from_iterable(counts.values()), postings))


def tfidf_vectors(counts: FeatureCounts) -> Mapping[str, FeatureVector]:
    """Return the TF-IDF vector of each paper's strongest features, normalized to length 1."""
    weigh = tfidf_weigher(counts)
    return {name: weigh(name) for name in counts}


class Repetition(dict[int, float]):
    """The weight of a number of occurrences in a paper, 1 + ln tf, which is computed once for each number."""

    def __missing__(self, tf: int) -> float:
        self[tf] = 1 + log(tf)
        return self[tf]


def tfidf_weigher(counts: FeatureCounts) -> Callable[[str], FeatureVector]:
    """Return a function that returns the TF-IDF vector of a paper.

    The weight of a feature is (1 + ln tf) · ln(1 + N / df), where tf is its frequency in this paper, N the number of
    papers, and df the number of papers that have it. Features of a single paper are ignored.
    """
    spread = Counter(chain.from_iterable(counts.values()))
    rarity = {feature: log(1 + len(counts) / df) for feature, df in spread.items() if df > 1}
    repetition = Repetition()

    def vector(name: str) -> FeatureVector:
        frequencies = counts[name].items()
        weights = [(-repetition[tf] * rarity[feature], feature) for feature, tf in frequencies if feature in rarity]
        strongest = sorted(weights)[:MAX_VECTOR_FEATURES]  # these are negative, so the greatest comes first
        length = sqrt(sum([weight * weight for weight, _ in strongest])) or 1.0
        return {feature: -weight / length for weight, feature in strongest}

    return vector


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


def cosine_similarity(one: FeatureVector, other: FeatureVector) -> float:
    """Return the cosine of the angle between two vectors of length 1."""
    total = 0.0
    for feature, weight in one.items():
        if feature in other:
            total += weight * other[feature]
    return total


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

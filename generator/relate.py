"""The library in; for each paper, the papers most worth reading next out, each with its reasons.

Three kinds of evidence are blended: relations that a curator wrote, tags and shelf that two papers share (a rare one
says more than a common one), and words that their titles and abstracts share (TF-IDF weights and the cosine of Salton &
Buckley, 1988, "Term-weighting approaches in automatic text retrieval"). Scores are rounded before they are compared and
ties go by id, so that the order is the same on every machine.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log, sqrt
from typing import Literal

from generator.model import Library, Paper, RelationType
from generator.spread import spread

Evidence = Literal["relation", "tags", "words"]
Vector = Mapping[str, float]
Index = Mapping[str, Sequence[tuple[str, float]]]

SHOWN = 5  # related papers to a paper
WEIGHTS: Mapping[Evidence, float] = {"relation": 1.0, "tags": 1.0, "words": 1.5}
TITLE_COUNTS = 3  # times that a title's word counts as much as an abstract's
STRONGEST = 40  # words of a paper that are compared
SEARCHED = 15  # of them, and of its tags, the strongest, by which others are found
FOREMOST = 30  # papers in which a word or tag weighs most, which it finds
NEAREST = 20  # papers nearest by them that are compared in full
FAINTEST = 0.05  # score below which a paper is not suggested
NAMED = 3  # shared tags or words named in a reason
TELLING = 0.02  # what a shared word must add to a score to be named as a reason
INVERSE: Mapping[RelationType, str] = {
    "extends": "extended by",
    "uses": "used by",
    "evaluates": "evaluated by",
    "surveys": "surveyed by",
    "contrasts": "contrasts with",
    "competes": "competes with",
}
FORWARD: Mapping[RelationType, str] = {kind: kind for kind in INVERSE} | {
    "contrasts": "contrasts with",
    "competes": "competes with",
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
    """One ground for a suggestion: what kind of evidence it is and, in words, what it is."""

    evidence: Evidence
    label: str
    detail: str


@dataclass(frozen=True, slots=True)
class Related:
    """A paper worth reading next; the score has no unit and compares only within one paper's list."""

    id: str
    score: float
    reasons: tuple[Reason, ...]


def relate(library: Library) -> dict[str, tuple[Related, ...]]:
    """Each paper's related papers by its id, best first."""
    names = {term.id: term.name for facet in library.facets for term in facet.terms}
    curated = curated_reasons(library.papers)
    names |= {category.id: category.name for category in library.categories}
    tags = weighted({paper.id: Counter([*paper.tags, paper.category]) for paper in library.papers})
    words = weighted(counted(library.papers))
    by_tag, by_word = postings(tags), postings(words)

    def links(mine: str) -> tuple[Related, ...]:
        near = {*nearest(words[mine], by_word, tags[mine], by_tag), *curated.get(mine, ())}
        scores = {
            other: WEIGHTS["relation"] * (other in curated.get(mine, ()))
            + WEIGHTS["tags"] * cosine(tags[mine], tags[other])
            + WEIGHTS["words"] * cosine(words[mine], words[other])
            for other in near - {mine}
        }
        best = sorted((-round(score, 6), other) for other, score in scores.items() if score >= FAINTEST)[:SHOWN]
        return tuple(Related(other, -score, reasons(mine, other)) for score, other in best)

    def reasons(mine: str, other: str) -> tuple[Reason, ...]:
        written = curated.get(mine, {}).get(other, ())
        words_shared = () if written else shared("words", "words in common", words[mine], words[other], {})
        return (*written, *shared("tags", "both on", tags[mine], tags[other], names), *words_shared)

    papers = [paper.id for paper in library.papers]
    return dict(zip(papers, spread(links, papers), strict=True))


def curated_reasons(papers: Iterable[Paper]) -> Mapping[str, dict[str, tuple[Reason, ...]]]:
    """The relations of each paper by the other paper's id, read in both directions."""
    reasons: dict[str, dict[str, tuple[Reason, ...]]] = defaultdict(dict)
    for paper in papers:
        for relation in paper.relations:
            forward = Reason("relation", FORWARD[relation.type], relation.because)
            inverse = Reason("relation", INVERSE[relation.type], relation.because)
            reasons[paper.id][relation.to] = (*reasons[paper.id].get(relation.to, ()), forward)
            reasons[relation.to][paper.id] = (*reasons[relation.to].get(paper.id, ()), inverse)
    return reasons


def counted(papers: Iterable[Paper]) -> Mapping[str, Counter[str]]:
    """How often each word stands in each paper's text, the title's words counting more, plurals as their singular."""
    counts = {}
    for paper in papers:
        text = re.sub(r"https?://\S+", "", f"{paper.abstract} {paper.summary or ''}")
        counts[paper.id] = Counter(words_of(text) + words_of(paper.title) * TITLE_COUNTS)
    known = {word for counter in counts.values() for word in counter} | STOP_WORDS
    plurals = {word: word[:-1] for word in known if word[-1] == "s" and word[:-1] in known}
    for counter in counts.values():
        for plural in counter.keys() & plurals:
            counter[plurals[plural]] += counter.pop(plural)
        for word in counter.keys() & STOP_WORDS:
            del counter[word]
    return counts


def words_of(text: str) -> list[str]:
    """The words of a text, of two letters or more, without case."""
    return re.findall(r"[^\W\d_][\w-]*\w", text.casefold())


def weighted(counts: Mapping[str, Counter[str]]) -> Mapping[str, Vector]:
    """For each paper its strongest features with TF-IDF weights, as a vector of length 1.

    The weight is (1 + ln tf) · ln(1 + N / df), with N papers, of which df have the feature, tf times in this one.
    """
    spread = Counter(feature for counter in counts.values() for feature in counter)
    rarity = {feature: log(1 + len(counts) / df) for feature, df in spread.items() if df > 1}
    vectors = {}
    for name, counter in counts.items():
        weights = [((1 + log(tf)) * rarity[feature], feature) for feature, tf in counter.items() if feature in rarity]
        strongest = sorted(weights, key=lambda pair: (-pair[0], pair[1]))[:STRONGEST]
        length = sqrt(sum(weight * weight for weight, _ in strongest)) or 1.0
        vectors[name] = {feature: weight / length for weight, feature in strongest}
    return vectors


def postings(vectors: Mapping[str, Vector]) -> Index:
    """The papers in which each feature weighs most, with its weights there, at most `FOREMOST`."""
    index: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for name, vector in vectors.items():
        for feature, weight in vector.items():
            index[feature].append((-weight, name))
    return {
        feature: [(name, -weight) for weight, name in sorted(papers)[:FOREMOST]] for feature, papers in index.items()
    }


def nearest(words: Vector, by_word: Index, tags: Vector, by_tag: Index) -> list[str]:
    """The papers that share most with the strongest words and tags of one, best first, at most `NEAREST`."""
    sums: dict[str, float] = defaultdict(float)
    for vector, index, weight in ((words, by_word, WEIGHTS["words"]), (tags, by_tag, WEIGHTS["tags"])):
        for feature, mine in islice(vector.items(), SEARCHED):
            factor = weight * mine
            for other, theirs in index[feature]:
                sums[other] += factor * theirs
    telling = [other for other, total in sums.items() if total >= TELLING]
    return sorted(telling, key=sums.__getitem__, reverse=True)[:NEAREST]


def cosine(one: Vector, other: Vector) -> float:
    """The cosine of the angle between two vectors of length 1."""
    total = 0.0
    for feature, weight in one.items():
        if feature in other:
            total += weight * other[feature]
    return total


def shared(evidence: Evidence, label: str, one: Vector, other: Vector, names: Mapping[str, str]) -> Iterator[Reason]:
    """The features that weigh most in both vectors, as a reason; nothing where none tells enough."""
    least = TELLING if evidence == "words" else 0
    products = ((round(weight * other[feature], 6), feature) for feature, weight in one.items() if feature in other)
    weights = sorted((-product, feature) for product, feature in products if product >= least)
    if weights:
        yield Reason(evidence, label, ", ".join(names.get(feature, feature) for _, feature in weights[:NAMED]))

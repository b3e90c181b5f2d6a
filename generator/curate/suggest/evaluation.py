"""The curated list in; how well its own entries would have been proposed, each by all others, out."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.checks.quality import DIRECTED_RELATIONS
from generator.content.model import Library, RelationType
from generator.curate.suggest.suggest import (
    MAX_EXAMPLE_PAPERS,
    MIN_TAG_CONFIDENCE,
    CorpusStatistics,
    LabelProbabilities,
    corpus_statistics,
    fit_weights,
    label_probabilities,
    ranked_labels,
    relation_proposals,
)

FOLD_COUNT = 5
CONFIDENCE_BINS = (0.0, 0.1, 0.25, 0.5, 0.75)  # where ranges of confidence start


@dataclass(frozen=True, slots=True)
class ProposalScores:
    """How well proposals agree with the curated entries, in shares from 0 to 1.

    `tags_top` is the share of curated tags among as many of the likeliest. `brier` is the mean square between a tag's
    confidence and the truth; `reliability` has for each range of confidence where it starts, how many tags fell into
    it, their mean confidence, and the share of them that are curated.
    """

    papers: int
    tag_precision: float
    tag_recall: float
    tag_f1: float
    tags_top: float
    category_first: float
    category_three: float
    relation_precision: float
    relation_recall: float
    relation_type: float
    brier: float
    reliability: tuple[tuple[float, int, float, float], ...]


def score_proposals(library: Library) -> ProposalScores:
    """How well a list foretells its own entries, each from all others, by weights learned without its fold.

    Of a list longer than `MAX_EXAMPLE_PAPERS`, papers at even distances stand for all.
    """
    distance = -(-len(library.papers) // MAX_EXAMPLE_PAPERS) or 1
    papers = sorted(library.papers, key=lambda paper: paper.id)[::distance]
    whole = corpus_statistics(library, papers)
    chances: dict[str, LabelProbabilities] = {}
    proposed: dict[tuple[str, str], RelationType | None] = {}
    for fold in range(FOLD_COUNT):
        kept = [paper for index, paper in enumerate(papers) if index % FOLD_COUNT != fold]
        weights = fit_weights(corpus_statistics(library, kept), [paper.id for paper in kept])
        for name in [paper.id for paper in papers[fold::FOLD_COUNT]]:
            chances[name] = label_probabilities(whole, weights, name)
            proposed |= {(name, one.value): one.type for one in relation_proposals(whole, weights, name, chances[name])}
    return ProposalScores(
        len(papers),
        *tag_scores(whole, chances),
        *category_scores(whole, chances),
        *relation_scores(whole, proposed),
        *calibration_scores(whole, chances),
    )


def tag_scores(
    memory: CorpusStatistics, chances: Mapping[str, LabelProbabilities]
) -> tuple[float, float, float, float]:
    """Precision, recall and F1 of the tags proposed; the share of curated ones among as many of the likeliest."""
    right = proposed = curated = top = 0
    for name, each in chances.items():
        tags, likely = {label for label in memory.carried[name] if label[0] == "tag"}, ranked_labels(each, "tag")
        chosen = {label for label, confidence in likely if confidence >= MIN_TAG_CONFIDENCE}
        right, proposed, curated = right + len(chosen & tags), proposed + len(chosen), curated + len(tags)
        top += sum(label in tags for label, _ in likely[: len(tags)])
    return (
        rounded_ratio(right, proposed),
        rounded_ratio(right, curated),
        rounded_ratio(2 * right, proposed + curated),
        rounded_ratio(top, curated),
    )


def category_scores(memory: CorpusStatistics, chances: Mapping[str, LabelProbabilities]) -> tuple[float, float]:
    """The shares of papers whose category is the likeliest, and among the three likeliest."""
    places = [
        index
        for name, each in chances.items()
        for index, (label, _) in enumerate(ranked_labels(each, "category"))
        if label in memory.carried[name]
    ]
    return rounded_ratio(sum(place < 1 for place in places), len(places)), rounded_ratio(
        sum(place < 3 for place in places), len(places)
    )


def relation_scores(
    memory: CorpusStatistics, proposed: Mapping[tuple[str, str], RelationType | None]
) -> tuple[float, float, float]:
    """Precision and recall of the pairs that are proposed from either end; of the curated relations among them, how
    many have their type and, where it tells one end from the other, their direction."""
    known = [(name, r.to, r.type) for name, paper in memory.papers.items() for r in paper.relations]
    curated = {frozenset((one, other)) for one, other, _ in known if other in memory.papers}
    ends = {frozenset(pair) for pair in proposed}
    found = [(one, other, kind) for one, other, kind in known if frozenset((one, other)) in ends]
    right = sum(
        kind in (proposed.get((one, other)), None if kind in DIRECTED_RELATIONS else proposed.get((other, one)))
        for one, other, kind in found
    )
    return (
        rounded_ratio(len(curated & ends), len(ends)),
        rounded_ratio(len(curated & ends), len(curated)),
        rounded_ratio(right, len(found)),
    )


def calibration_scores(
    memory: CorpusStatistics, chances: Mapping[str, LabelProbabilities]
) -> tuple[float, tuple[tuple[float, int, float, float], ...]]:
    """The Brier score over all papers and terms, and how confidence and truth compare by ranges of confidence."""
    terms = [label for label in memory.meanings if label[0] == "tag"]
    cases = [(each.get(label, 0.0), label in memory.carried[name]) for name, each in chances.items() for label in terms]
    bins = []
    for low, high in zip(CONFIDENCE_BINS, (*CONFIDENCE_BINS[1:], 2.0), strict=True):
        within = [case for case in cases if low <= case[0] < high]
        mean, true = (rounded_ratio(sum(case[i] for case in within), len(within)) for i in (0, 1))
        bins.append((low, len(within), mean, true))
    return rounded_ratio(sum((confidence - true) ** 2 for confidence, true in cases), len(cases)), tuple(bins)


def rounded_ratio(part: float, whole: float) -> float:
    """A share, rounded; of nothing, 0."""
    return round(part / whole, 4) if whole else 0.0


def scores_table(measure: ProposalScores) -> str:
    """A measure as a small table."""
    rows = (
        ("papers", measure.papers),
        ("tags proposed: precision, recall, F1", measure.tag_precision, measure.tag_recall, measure.tag_f1),
        ("curated tags among as many of the likeliest", measure.tags_top),
        ("category: the likeliest, among three", measure.category_first, measure.category_three),
        ("relations proposed: precision, recall", measure.relation_precision, measure.relation_recall),
        ("type of those found", measure.relation_type),
        ("Brier score of tags", measure.brier),
        *((f"tags from {low:.2f}: number, confidence, curated", *rest) for low, *rest in measure.reliability),
    )
    return "".join(
        f"{name:<45}{''.join(f'{x:>8}' if isinstance(x, int) else f'{x:8.3f}' for x in values)}\n"
        for name, *values in rows
    )

"""Measure how well the entries of a list could be proposed from the other entries (leave-one-out evaluation)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.checks.relations import DIRECTED_RELATIONS
from generator.content.model import Library, RelationType
from generator.curate.suggest.corpus import (
    MAX_EXAMPLE_PAPERS,
    CorpusStatistics,
    LabelProbabilities,
    corpus_statistics,
)
from generator.curate.suggest.labels import MIN_TAG_CONFIDENCE, label_probabilities, ranked_labels
from generator.curate.suggest.relations import relation_proposals
from generator.output.progress import with_progress

CONFIDENCE_BINS = (0.0, 0.1, 0.25, 0.5, 0.75)  # lower bounds of the bins of confidence


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """The pairs of a paper and a term whose confidence is within one range.

    `start` is the range's lower bound, `tags` the number of pairs, and `curated_share` the share of pairs for which the
    paper has the tag.
    """

    start: float
    tags: int
    mean_confidence: float
    curated_share: float


@dataclass(frozen=True, slots=True)
class ProposalScores:
    """How well proposals agree with the curated entries; all scores are shares from 0 to 1.

    `tag_r_precision` is the share of curated tags among the n likeliest, for papers with n curated tags. `brier` is the
    Brier score of the tags: the mean squared difference between confidence and truth.
    """

    papers: int
    tag_precision: float
    tag_recall: float
    tag_f1: float
    tag_r_precision: float
    category_top1: float
    category_top3: float
    relation_precision: float
    relation_recall: float
    relation_type: float
    brier: float
    reliability: tuple[ReliabilityBin, ...]


def score_proposals(library: Library) -> ProposalScores:
    """Return the scores of leave-one-out proposals.

    If the list has more than `MAX_EXAMPLE_PAPERS` papers, an evenly spaced sample of them is used.
    """
    distance = -(-len(library.papers) // MAX_EXAMPLE_PAPERS) or 1
    papers = sorted(library.papers, key=lambda paper: paper.id)[::distance]
    statistics = corpus_statistics(library, papers)
    chances: dict[str, LabelProbabilities] = {}
    proposed: dict[tuple[str, str], RelationType | None] = {}
    for paper in with_progress(papers, "measuring proposals"):
        chances[paper.id] = label_probabilities(statistics, paper.id)
        relations = relation_proposals(statistics, paper.id, chances[paper.id])
        proposed |= {(paper.id, one.value): one.type for one in relations}
    return ProposalScores(
        len(papers),
        *tag_scores(statistics, chances),
        *category_scores(statistics, chances),
        *relation_scores(statistics, proposed),
        *calibration_scores(statistics, chances),
    )


def tag_scores(
    statistics: CorpusStatistics, chances: Mapping[str, LabelProbabilities]
) -> tuple[float, float, float, float]:
    """Return the precision, recall, F1, and R-precision of the proposed tags."""
    right = proposed = curated = top = 0
    for name, each in chances.items():
        tags = {label for label in statistics.labels_by_paper[name] if label[0] == "tag"}
        likely = ranked_labels(each, "tag")
        chosen = {label for label, confidence in likely if confidence >= MIN_TAG_CONFIDENCE}
        right, proposed, curated = right + len(chosen & tags), proposed + len(chosen), curated + len(tags)
        top += sum(label in tags for label, _ in likely[: len(tags)])
    return (
        rounded_ratio(right, proposed),
        rounded_ratio(right, curated),
        rounded_ratio(2 * right, proposed + curated),
        rounded_ratio(top, curated),
    )


def category_scores(statistics: CorpusStatistics, chances: Mapping[str, LabelProbabilities]) -> tuple[float, float]:
    """Return the shares of papers whose category is the likeliest, and is among the three likeliest."""
    ranks = [
        rank
        for name, each in chances.items()
        for rank, (label, _) in enumerate(ranked_labels(each, "category"))
        if label in statistics.labels_by_paper[name]
    ]
    first, among_three = (sum(rank < count for rank in ranks) for count in (1, 3))
    return rounded_ratio(first, len(ranks)), rounded_ratio(among_three, len(ranks))


def relation_scores(
    statistics: CorpusStatistics, proposed: Mapping[tuple[str, str], RelationType | None]
) -> tuple[float, float, float]:
    """Return the precision and recall of related pairs, and the share of found relations with the right type.

    A pair counts if it is proposed from either paper; for types with a direction, the direction must be right too.
    """
    known = [(name, r.to, r.type) for name, paper in statistics.papers.items() for r in paper.relations]
    curated = {frozenset((one, other)) for one, other, _ in known if other in statistics.papers}
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
    statistics: CorpusStatistics, chances: Mapping[str, LabelProbabilities]
) -> tuple[float, tuple[ReliabilityBin, ...]]:
    """Return the Brier score over all papers and terms, and the reliability of each bin of confidence."""
    terms = [label for label in statistics.descriptions if label[0] == "tag"]
    cases = [
        (each.get(label, 0.0), label in statistics.labels_by_paper[name])
        for name, each in chances.items()
        for label in terms
    ]
    brier = rounded_ratio(sum((confidence - true) ** 2 for confidence, true in cases), len(cases))
    return brier, tuple(reliability_bins(cases))


def reliability_bins(cases: list[tuple[float, bool]]) -> Iterator[ReliabilityBin]:
    """Yield the mean confidence and the curated share in each bin of confidence."""
    for low, high in zip(CONFIDENCE_BINS, (*CONFIDENCE_BINS[1:], 2.0), strict=True):
        within = [case for case in cases if low <= case[0] < high]
        confidence, true = sum(case[0] for case in within), sum(case[1] for case in within)
        count = len(within)
        yield ReliabilityBin(low, count, rounded_ratio(confidence, count), rounded_ratio(true, count))


def rounded_ratio(part: float, whole: float) -> float:
    """Return a ratio, rounded to 4 digits; 0 if the whole is 0."""
    return round(part / whole, 4) if whole else 0.0


def scores_table(scores: ProposalScores) -> str:
    """Return the scores as a small table."""
    rows = (
        ("papers", scores.papers),
        ("tags proposed: precision, recall, F1", scores.tag_precision, scores.tag_recall, scores.tag_f1),
        ("curated tags among as many of the likeliest", scores.tag_r_precision),
        ("category: the likeliest, among three", scores.category_top1, scores.category_top3),
        ("relations proposed: precision, recall", scores.relation_precision, scores.relation_recall),
        ("type of those found", scores.relation_type),
        ("Brier score of tags", scores.brier),
        *(
            (
                f"tags from {one.start:.2f}: number, confidence, curated",
                one.tags,
                one.mean_confidence,
                one.curated_share,
            )
            for one in scores.reliability
        ),
    )
    return "".join(
        f"{name:<45}{''.join(f'{x:>8}' if isinstance(x, int) else f'{x:8.3f}' for x in values)}\n"
        for name, *values in rows
    )

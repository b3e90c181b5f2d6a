"""Propose categories and tags for a paper, each with a confidence and evidence in words.

A label is likely if the text mentions it, if similar papers have it, if its definition uses the same words, or if it
often occurs together with other likely labels. Categories compete: their confidences add up to 1.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import log

from generator.content.tags import narrowest_tags
from generator.curate.suggest.corpus import (
    CorpusStatistics,
    Label,
    LabelDescription,
    LabelKind,
    LabelProbabilities,
    NameKind,
)
from generator.curate.suggest.proposal import MAX_EVIDENCE_NAMES, Features, Proposal, logistic_probability
from generator.related.weights import cosine_similarity

# The thresholds maximize F1: for tags, anything from 0.24 to 0.33 does, on 119 papers with 794 tags;
# for a second category, 0.1. The first category is always proposed.
MIN_TAG_CONFIDENCE, MIN_CATEGORY_CONFIDENCE = 0.27, 0.1
NEIGHBOR_COUNT, WIDER_NEIGHBOR_COUNT = 8, 25  # number of most similar papers whose labels count
MIN_PARTIAL_MATCH = 0.5  # minimum share of a name's words, weighted by rarity, for a partial match
MAX_COOCCURRING_LABELS = 15  # likeliest labels that support the labels which they often occur with
MIN_COOCCURRENCE_EVIDENCE = 0.2  # minimum contribution of a label to be given as evidence
COOCCURRENCE_PRIOR_PAPERS = 4  # prior: this many papers on which the labels occur independently
# Fitted by logistic regression to the 119 papers. Weights fitted to each list anew are hardly better:
# F1 of tags is 0.692 instead of 0.684.
LABEL_WEIGHTS: Features = {
    "constant": -3.6,
    "mentions": 1.7,
    "only in longer names": 2.0,
    "reliability of its mentions": 0.6,
    "frequency": -0.6,
    "share of near papers": 2.0,
    "share of the wider neighborhood": 1.8,
    "partial name": 1.7,
    "similarity of its definition": 4.2,
    "cooccurrence": 0.2,
}
NAME_KIND_PHRASES: Mapping[NameKind, str] = {
    NameKind.OWN: "",
    NameKind.ALIAS: "its alias ",
    NameKind.COVERED: "what it covers: ",
}


def label_probabilities(statistics: CorpusStatistics, name: str) -> LabelProbabilities:
    """Return the probability of each label for a paper, including the support from other likely labels."""
    features = label_features(statistics, name)
    alone = {label: logistic_probability(found, LABEL_WEIGHTS) for label, found in features.items()}
    likely = likeliest_labels(alone)
    chances = {}
    for label, found in features.items():
        added = sum(adds for adds, _ in cooccurrence_gains(statistics, name, likely, label))
        chances[label] = logistic_probability({**found, "cooccurrence": added}, LABEL_WEIGHTS)
    return competing_categories(chances)


def competing_categories(chances: LabelProbabilities) -> LabelProbabilities:
    """Return the probabilities with those of the categories scaled to add up to 1, since a paper has one category."""
    total = sum(each for (kind, _), each in chances.items() if kind == "category")
    return {label: each / total if label[0] == "category" else each for label, each in chances.items()}


def label_features(statistics: CorpusStatistics, name: str) -> Mapping[Label, Features]:
    """Return the features of each category, and of each tag with any evidence."""
    near = neighbor_label_shares(statistics, name, NEIGHBOR_COUNT)
    wider = neighbor_label_shares(statistics, name, WIDER_NEIGHBOR_COUNT)
    features = {}
    for label, description in statistics.descriptions.items():
        mentioned = label in statistics.mentions[name]
        partial = 0.0 if mentioned else partial_name_match(statistics, name, description)[0]
        if label[0] == "category" or mentioned or partial >= MIN_PARTIAL_MATCH or label in wider:
            features[label] = {
                **mention_features(statistics, name, label),
                "share of near papers": near.get(label, 0.0),
                "share of the wider neighborhood": wider.get(label, 0.0),
                "partial name": partial,
                "similarity of its definition": cosine_similarity(
                    statistics.stems[name], description.explanation_stems
                ),
            }
    return features


def mention_features(statistics: CorpusStatistics, name: str, label: Label) -> Features:
    """Return the features of a label's mentions in a paper's text, and of the label's frequency."""
    counts, mentions = statistics.counts, statistics.mentions[name].get(label, ())
    times = sum(not mention.in_longer_name for mention in mentions)
    papers, others = statistics.other_papers_with(label, name), len(statistics.papers) - 1
    named = counts.mentions[label] - (times > 0)
    confirmed = counts.confirmed_mentions[label] - (times > 0 and label in statistics.labels_by_paper[name])
    frequency = (papers + 0.5) / (others + 1)
    unnamed_rate = (papers - confirmed + frequency) / (others - named + 1)
    return {
        "mentions": log(1 + times),
        "only in longer names": float(bool(mentions) and not times),
        "reliability of its mentions": log_odds((confirmed + 1) / (named + 2) if times else unnamed_rate),
        "frequency": log_odds(frequency),
    }


def log_odds(probability: float) -> float:
    """Return the natural logarithm of the odds."""
    return log(probability / (1 - probability))


def neighbor_label_shares(statistics: CorpusStatistics, name: str, count: int) -> LabelProbabilities:
    """Return the share of each label in the nearest papers, which are weighted by their similarity."""
    near = [(other, similarity) for other, similarity in statistics.neighbors[name][:count] if similarity]
    total = sum(similarity for _, similarity in near)
    sums: dict[Label, float] = defaultdict(float)
    for other, similarity in near:
        for label in statistics.labels_by_paper[other]:
            sums[label] += similarity / total
    return sums


def partial_name_match(statistics: CorpusStatistics, name: str, description: LabelDescription) -> tuple[float, str]:
    """Return the largest share of any name of several words whose stems occur in a paper's text, and that name."""
    stems = statistics.stems[name]
    shares = (
        (round(sum(share for stem, share in parts.items() if stem in stems), 6), label_name)
        for label_name, parts in description.name_parts.items()
    )
    return max(shares, default=(0.0, ""))


def cooccurrence_gains(
    statistics: CorpusStatistics, name: str, likely: Iterable[tuple[Label, float]], label: Label
) -> Iterator[tuple[float, str]]:
    """Yield each likely label's contribution to the feature "cooccurrence" of another label, and its id.

    The contribution is log(r / u) times the probability of the likely label, where r is the other label's rate among
    papers with the likely label, and u its rate among all papers.
    """
    mine = statistics.labels_by_paper[name]
    usual = (statistics.other_papers_with(label, name) + 0.5) / len(statistics.papers)
    for other, probability in likely:
        if other != label and (other[0] == "tag" or label[0] == "tag"):
            together = statistics.counts.pairs[label, other] - (label in mine and other in mine)
            papers = statistics.other_papers_with(other, name) + COOCCURRENCE_PRIOR_PAPERS
            rate = (together + COOCCURRENCE_PRIOR_PAPERS * usual) / papers
            yield probability * log(rate / usual), other[1]


def likeliest_labels(chances: LabelProbabilities) -> list[tuple[Label, float]]:
    """Return the likeliest labels with their probabilities."""
    return sorted(chances.items(), key=lambda pair: (-round(pair[1], 6), pair[0]))[:MAX_COOCCURRING_LABELS]


def ranked_labels(chances: LabelProbabilities, kind: LabelKind) -> list[tuple[Label, float]]:
    """Return the labels of one kind with their confidence, likeliest first."""
    rounded = ((label, round(each, 4)) for label, each in chances.items() if label[0] == kind)
    return sorted(rounded, key=lambda pair: (-pair[1], pair[0]))


def label_proposals(statistics: CorpusStatistics, name: str, chances: LabelProbabilities) -> Iterator[Proposal]:
    """Yield the proposed categories and tags; of the tags, only those that no narrower proposal implies."""
    categories = ranked_labels(chances, "category")
    likely = [pair for pair in categories[1:] if pair[1] >= MIN_CATEGORY_CONFIDENCE]
    tags = [pair for pair in ranked_labels(chances, "tag") if pair[1] >= MIN_TAG_CONFIDENCE]
    narrowest = narrowest_tags((label[1] for label, _ in tags), statistics.broader)
    tags = [pair for pair in tags if pair[0][1] in narrowest]
    for label, confidence in (*categories[:1], *likely, *tags):
        evidence = (
            *name_evidence(statistics, name, label),
            *neighbor_evidence(statistics, name, label),
            *cooccurrence_evidence(statistics, name, chances, label),
        )
        yield Proposal(*label, None, confidence, evidence or ("words of its definition",))


def name_evidence(statistics: CorpusStatistics, name: str, label: Label) -> Iterator[str]:
    """Yield where the text has a name of the label or, without one, the words of a name."""
    names = statistics.descriptions[label].names
    places = {mention.name: mention for mention in reversed(statistics.mentions[name].get(label, ()))}
    for mention in sorted(places.values())[:MAX_EVIDENCE_NAMES]:
        place = "abstract" if mention.in_abstract else "title"
        yield f'{NAME_KIND_PHRASES[mention.kind]}"{mention.name}" in the {place}'
    share, label_name = partial_name_match(statistics, name, statistics.descriptions[label])
    if not places and share >= MIN_PARTIAL_MATCH:
        yield f'words of {NAME_KIND_PHRASES[names[label_name]]}"{label_name}"'


def neighbor_evidence(statistics: CorpusStatistics, name: str, label: Label) -> Iterator[str]:
    """Yield how many of the nearest papers have the label, and which ones."""
    near = [other for other, similarity in statistics.neighbors[name][:NEIGHBOR_COUNT] if similarity]
    if having := [other for other in near if label in statistics.labels_by_paper[other]]:
        on = "that of" if label[0] == "category" else "on"
        shown = ", ".join([*having[:MAX_EVIDENCE_NAMES], *(["…"] if len(having) > MAX_EVIDENCE_NAMES else [])])
        yield f"{on} {len(having)} of the {len(near)} papers nearest to it: {shown}"


def cooccurrence_evidence(
    statistics: CorpusStatistics, name: str, chances: LabelProbabilities, label: Label
) -> Iterator[str]:
    """Yield the likely labels that the label often occurs with."""
    added = cooccurrence_gains(statistics, name, likeliest_labels(chances), label)
    strongest = sorted((-round(adds, 4), other) for adds, other in added)[:MAX_EVIDENCE_NAMES]
    if shown := [other for minus, other in strongest if -minus >= MIN_COOCCURRENCE_EVIDENCE]:
        yield f"often goes with {', '.join(shown)}"

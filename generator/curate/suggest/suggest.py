"""The curated list and a paper's title and abstract in; a category, tags and relations to consider out.

What speaks for a label (a tag or a category) is put into numbers: the text names it, papers near by carry it, its
definition has the same words, it goes with other likely labels. Logistic regression weighs the numbers on the curated
papers, each of them read as if it were new, so that a confidence says how often a curator would agree. Numbers are
rounded before they are compared and ties go by id: the proposals are the same on every machine.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log, sqrt
from typing import Literal

from generator.checks.quality import (
    DIRECTED_RELATIONS,
    is_later_paper,
)
from generator.checks.rules import are_related
from generator.citations.citation import first_year
from generator.content.model import RELATION_TYPES, Library, Paper, RelationType
from generator.content.text import normalized_text, singular_name
from generator.curate.suggest.regression import Row, chance, fitted
from generator.related.relate import (
    STOP_WORDS,
    FeatureVector,
    cosine_similarity,
    shared_feature_reasons,
    tfidf_vectors,
    word_counts,
)

LabelKind = Literal["category", "tag"]
Label = tuple[LabelKind, str]
LabelProbabilities = Mapping[Label, float]
PhraseIndex = Mapping[str, Sequence[tuple[tuple[str, ...], Label, bool, str]]]

# From these confidences on proposals are made: where F1 was highest in the folds, on 119 papers with 794 tags and 196
# relations. For tags it was 0.69, and at least 0.68 from 0.24 to 0.33; for relations 0.46 from 0.23 to 0.29.
MIN_TAG_CONFIDENCE, MIN_RELATION_CONFIDENCE = 0.27, 0.25
MIN_CATEGORY_CONFIDENCE = 0.1  # the same of a second category; the first is proposed whatever its confidence
NEIGHBOR_COUNT, WIDER_NEIGHBOR_COUNT = 8, 25  # papers nearest by words whose labels count
MAX_RELATION_CANDIDATES = 30  # papers nearest by words and likely tags that may be related
MAX_EXAMPLE_PAPERS = 300  # papers of a longer list from which all is learned: those nearest to the one in question
STEM_LENGTH = 6  # letters by which the forms of a word are known as one
CUE_COUNT, MIN_CUE_SIMILARITY = 5, 0.1  # signs of a relation's type; likeness of words from which it is one
MIN_PARTIAL_MATCH = (
    0.5  # share of a name's words, the rare ones counting more, from which the name is in a text in part
)
MAX_COOCCURRING_LABELS = 15  # labels, likeliest at first sight, that speak for others which often go with them
MIN_COOCCURRENCE_EVIDENCE = 0.2  # what one of them must add to be told as evidence
MAX_EVIDENCE_NAMES = 3  # names, papers or labels told in one piece of evidence
SINGULAR_STOP_WORDS = frozenset(map(singular_name, STOP_WORDS))
EVALUATION_PATTERN = re.compile(r"\b(?:evaluat|compar|stud[iy]|analy[sz]|benchmark|investigat|assess)", re.IGNORECASE)
SURVEY_PATTERN = re.compile(r"\b(?:survey|review|overview|primer|tutorial)", re.IGNORECASE)
# Where too little is there to learn from, weights as this list teaches them. Of a label: any, names in the text, names
# as parts of longer ones, how telling its names are, how common it is, papers near, papers around, names in part, words
# of its definition, labels that go with it. Of a pair: any, words shared, likely labels shared, one names the other,
# rank, chance of the same category, years between.
LABEL_WEIGHTS = (-3.8, 1.7, 2.0, 0.6, -0.6, 2.0, 1.8, 1.7, 4.2, 0.2)
PAIR_WEIGHTS = (-1.1, 1.3, 2.5, 1.4, -0.8, 0.3, -0.1)


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


@dataclass(frozen=True, slots=True, order=True)
class LabelMention:
    """A place where a text names a label; those that say most sort first."""

    within: bool  # a longer name
    abstract: bool
    alias: bool
    name: str


@dataclass(frozen=True, slots=True)
class LabelDescription:
    """What a label is called, its own name first; the stems of each longer name with their shares of it; the stems of
    all that explains it."""

    names: tuple[str, ...]
    parts: Mapping[str, FeatureVector]
    explained: FeatureVector


@dataclass(frozen=True, slots=True)
class CorpusStatistics:
    """What is known of papers and labels; whoever judges one of the papers takes its own share out of the counts."""

    papers: Mapping[str, Paper]
    meanings: Mapping[Label, LabelDescription]
    carried: Mapping[str, frozenset[Label]]
    words: Mapping[str, FeatureVector]
    stems: Mapping[str, FeatureVector]
    near: Mapping[str, Sequence[tuple[str, float]]]  # all other papers with their likeness, nearest first
    hits: Mapping[str, Mapping[Label, Sequence[LabelMention]]]
    counts: Counter[Label]
    named: Counter[Label]  # papers whose text names it
    confirmed: Counter[Label]  # those of them that carry it
    together: Counter[tuple[Label, Label]]


@dataclass(frozen=True, slots=True)
class ModelWeights:
    """What was learned: the weights of labels at first sight and in company, those of pairs, and what tells types."""

    sight: Mapping[LabelKind, Row]
    company: Mapping[LabelKind, Row]
    pairs: Row
    types: Counter[RelationType]
    cues: Counter[tuple[RelationType, int]]


def paper_proposals(library: Library, paper: Paper) -> tuple[Proposal, ...]:
    """What the list proposes for a paper, on it or not, by title and abstract alone: categories, tags, relations, each
    with the likeliest first."""
    others = [other for other in library.papers if other.id != paper.id]
    memory = corpus_statistics(library, [*example_papers(others, uncurated_paper(paper)), uncurated_paper(paper)])
    weights = fit_weights(memory, memory.papers.keys() - {paper.id})
    chances = label_probabilities(memory, weights, paper.id)
    return (*label_proposals(memory, paper.id, chances), *relation_proposals(memory, weights, paper.id, chances))


def uncurated_paper(paper: Paper) -> Paper:
    """A paper before a curator wrote of it."""
    return replace(paper, category="", tags=(), aliases=(), relations=(), summary=None, published_title=None)


def example_papers(others: Sequence[Paper], paper: Paper) -> Sequence[Paper]:
    """The papers to learn from: all of a short list, of a longer one those nearest to a paper or named by it."""
    if len(others) <= MAX_EXAMPLE_PAPERS:
        return others
    words = tfidf_vectors(word_counts(replace(other, summary=None) for other in (*others, paper)))
    best = {name for name, _ in papers_by_similarity(words, paper.id)[:MAX_EXAMPLE_PAPERS]}
    return [other for other in others if other.id in best or mentioned_name(paper, other)]


def papers_by_similarity(words: Mapping[str, FeatureVector], name: str) -> list[tuple[str, float]]:
    """All others with the cosine of their words to those of one, nearest first."""
    likeness = [
        (other, round(cosine_similarity(words[name], vector), 9)) for other, vector in words.items() if other != name
    ]
    return sorted(likeness, key=lambda pair: (-pair[1], pair[0]))


def singular_words(text: str) -> list[str]:
    """The words of a text without case, accents, punctuation and plural."""
    return [singular_name(word) for word in normalized_text(re.sub(r"https?://\S+", "", text)).split()]


def word_stems(text: str) -> list[str]:
    """The stems of a text's words that carry a subject, each once."""
    return sorted(
        {word[:STEM_LENGTH] for word in singular_words(text) if len(word) > 1 and word not in SINGULAR_STOP_WORDS}
    )


def corpus_statistics(library: Library, papers: Sequence[Paper]) -> CorpusStatistics:
    """What these papers teach of the library's terms and categories."""
    stems = {paper.id: word_stems(f"{paper.title} {paper.abstract}") for paper in papers}
    spread = Counter(stem for found in stems.values() for stem in found)

    def vector(found: Sequence[str], power: int) -> FeatureVector:
        rarity = {stem: log(1 + len(papers) / (spread[stem] or 0.5)) for stem in found}
        length = sum(weight**power for weight in rarity.values()) ** (1 / power) or 1.0
        return {stem: weight / length for stem, weight in rarity.items()}

    def meaning(names: tuple[str, ...], text: str) -> LabelDescription:
        parts = {name: vector(found, 1) for name in names if len(found := word_stems(name)) > 1}
        return LabelDescription(names, parts, vector(word_stems(" ".join((*names, text))), 2))

    terms = [term for facet in library.facets for term in facet.terms if not term.retired]
    meanings: dict[Label, LabelDescription] = {  # without introductions: they speak of the curated papers one by one
        **{("category", shelf.id): meaning((shelf.name,), shelf.summary) for shelf in library.shelves},
        **{("tag", t.id): meaning((t.name, *t.aliases), f"{t.definition} {t.scope or ''}") for t in terms},
    }
    phrases = phrase_index(meanings)
    hits = {paper.id: label_mentions(paper, phrases) for paper in papers}
    named = {name: {label for label, found in each.items() if not found[0].within} for name, each in hits.items()}
    carried = {paper.id: frozenset(meanings.keys() & curated_labels(paper)) for paper in papers}
    words = tfidf_vectors(word_counts(replace(paper, summary=None) for paper in papers))
    return CorpusStatistics(
        papers={paper.id: paper for paper in papers},
        meanings=meanings,
        carried=carried,
        words=words,
        stems={name: vector(found, 2) for name, found in stems.items()},
        near={name: papers_by_similarity(words, name) for name in words},
        hits=hits,
        counts=Counter(label for mine in carried.values() for label in mine),
        named=Counter(label for found in named.values() for label in found),
        confirmed=Counter(label for name, mine in carried.items() for label in mine & named[name]),
        together=Counter((one, two) for mine in carried.values() for one in mine for two in mine),
    )


def curated_labels(paper: Paper) -> set[Label]:
    """The labels that a curator gave a paper."""
    return {("category", paper.category), *(("tag", tag) for tag in paper.tags)}


def phrase_index(meanings: Mapping[Label, LabelDescription]) -> PhraseIndex:
    """The words of all names by their first word, longest first; of names with the same words, the first."""
    names: dict[tuple[tuple[str, ...], Label], tuple[bool, str]] = {}
    for label, meaning in meanings.items():
        for index, name in enumerate(meaning.names):
            names.setdefault((tuple(singular_words(name)), label), (index > 0, name))
    phrases = defaultdict(list)
    for (words, label), (alias, name) in names.items():
        if words:
            phrases[words[0]].append((words, label, alias, name))
    return {first: sorted(found, key=lambda phrase: (-len(phrase[0]), phrase)) for first, found in phrases.items()}


def label_mentions(paper: Paper, phrases: PhraseIndex) -> Mapping[Label, Sequence[LabelMention]]:
    """Where title and abstract name each label."""
    found: dict[Label, list[LabelMention]] = defaultdict(list)
    for abstract, text in ((False, paper.title), (True, paper.abstract)):
        words, longest = singular_words(text), (0, 0)
        for start, word in enumerate(words):
            for phrase, label, alias, name in phrases.get(word, ()):
                span = (start, start + len(phrase))
                if tuple(words[start : span[1]]) == phrase:
                    within = span != longest and span[1] <= longest[1]
                    longest = longest if within else span
                    found[label].append(LabelMention(within, abstract, alias, name))
    return {label: sorted(hits) for label, hits in found.items()}


def label_features(memory: CorpusStatistics, name: str) -> Mapping[Label, Row]:
    """The numbers that speak for each category, and for each tag for which something does, in the order of
    `LABEL_WEIGHTS` but without those that go with it."""
    near, around = (
        neighbor_label_shares(memory, name, NEIGHBOR_COUNT),
        neighbor_label_shares(memory, name, WIDER_NEIGHBOR_COUNT),
    )
    others = len(memory.papers) - 1
    rows = {}
    for label, meaning in memory.meanings.items():
        hits = memory.hits[name].get(label, ())
        part = 0.0 if hits else partial_name_match(memory, name, meaning)[0]
        if not hits and part < MIN_PARTIAL_MATCH and label not in around and label[0] == "tag":
            continue
        times = sum(not hit.within for hit in hits)
        count, known = label_occurrence(memory, name, label)
        named, confirmed = memory.named[label] - (times > 0), memory.confirmed[label] - (known and times > 0)
        prior = (count + 0.5) / (others + 1)
        telling = (confirmed + 1) / (named + 2) if times else (count - confirmed + prior) / (others - named + 1)
        rows[label] = (
            *(1.0, log(1 + times), float(bool(hits) and not times), log_odds(telling), log_odds(prior)),
            *(
                near.get(label, 0.0),
                around.get(label, 0.0),
                part,
                cosine_similarity(memory.stems[name], meaning.explained),
            ),
        )
    return rows


def label_occurrence(memory: CorpusStatistics, name: str, label: Label) -> tuple[int, bool]:
    """On how many other papers a label is, and whether on this one too."""
    known = label in memory.carried[name]
    return memory.counts[label] - known, known


def log_odds(probability: float) -> float:
    """The logarithm of the odds."""
    return log(probability / (1 - probability))


def neighbor_label_shares(memory: CorpusStatistics, name: str, count: int) -> LabelProbabilities:
    """For the labels of the nearest papers, those papers' share of the likeness of all of them."""
    near = [(other, likeness) for other, likeness in memory.near[name][:count] if likeness]
    total = sum(likeness for _, likeness in near)
    sums: dict[Label, float] = defaultdict(float)
    for other, likeness in near:
        for label in memory.carried[other]:
            sums[label] += likeness / total
    return sums


def partial_name_match(memory: CorpusStatistics, name: str, meaning: LabelDescription) -> tuple[float, str]:
    """The largest share of a longer name whose words a paper's text has somewhere, and that name."""
    stems = memory.stems[name]
    found = ((sum(part for stem, part in parts.items() if stem in stems), say) for say, parts in meaning.parts.items())
    return max(((round(part, 6), say) for part, say in found), default=(0.0, ""))


def cooccurrence_evidence(
    memory: CorpusStatistics, name: str, likely: Iterable[tuple[Label, float]], label: Label
) -> Iterator[tuple[float, str]]:
    """What each likely label adds to the odds of another, by how much more often its papers carry that one; its id."""
    count, known = label_occurrence(memory, name, label)
    prior = (count + 0.5) / len(memory.papers)
    for other, probability in likely:
        if other != label and (other[0] == "tag" or label[0] == "tag"):
            theirs, too = label_occurrence(memory, name, other)
            rate = (memory.together[label, other] - (known and too) + 4 * prior) / (theirs + 4)
            yield probability * log(rate / prior), other[1]


def likeliest_labels(chances: LabelProbabilities) -> list[tuple[Label, float]]:
    """The likeliest labels with their chances."""
    return sorted(chances.items(), key=lambda pair: (-round(pair[1], 6), pair[0]))[:MAX_COOCCURRING_LABELS]


def features_with_cooccurrence(
    memory: CorpusStatistics, name: str, rows: Mapping[Label, Row], sight: Mapping[LabelKind, Row]
) -> Mapping[Label, Row]:
    """The numbers that speak for each label together with what those add that are likely at first sight."""
    likely = likeliest_labels({label: chance(sight[label[0]], row) for label, row in rows.items()})
    return {
        label: (*row, sum(adds for adds, _ in cooccurrence_evidence(memory, name, likely, label)))
        for label, row in rows.items()
    }


def label_probabilities(memory: CorpusStatistics, weights: ModelWeights, name: str) -> LabelProbabilities:
    """How likely each label is for a paper."""
    return predict_labels(
        features_with_cooccurrence(memory, name, label_features(memory, name), weights.sight), weights.company
    )


def predict_labels(rows: Mapping[Label, Row], weights: Mapping[LabelKind, Row]) -> LabelProbabilities:
    """How likely labels are by their numbers. A paper has one category: the chances of all of them add up to 1."""
    chances = {label: chance(weights[label[0]], row) for label, row in rows.items()}
    total = sum(each for (kind, _), each in chances.items() if kind == "category")
    return {label: each / total if label[0] == "category" else each for label, each in chances.items()}


def ranked_labels(chances: LabelProbabilities, kind: LabelKind) -> list[tuple[Label, float]]:
    """The labels of one kind with their confidence, likeliest first."""
    rounded = ((label, round(each, 4)) for label, each in chances.items() if label[0] == kind)
    return sorted(rounded, key=lambda pair: (-pair[1], pair[0]))


def label_proposals(memory: CorpusStatistics, name: str, chances: LabelProbabilities) -> Iterator[Proposal]:
    """The categories and tags that are proposed."""
    shelves = ranked_labels(chances, "category")
    likely = [pair for pair in shelves[1:] if pair[1] >= MIN_CATEGORY_CONFIDENCE]
    tags = [pair for pair in ranked_labels(chances, "tag") if pair[1] >= MIN_TAG_CONFIDENCE]
    for label, confidence in (*shelves[:1], *likely, *tags):
        yield Proposal(*label, None, confidence, tuple(label_evidence(memory, name, chances, label)))


def label_evidence(memory: CorpusStatistics, name: str, chances: LabelProbabilities, label: Label) -> Iterator[str]:
    """What speaks for a label, in words."""
    meaning = memory.meanings[label]
    places = {hit.name: hit for hit in reversed(memory.hits[name].get(label, ()))}
    part, longer = partial_name_match(memory, name, meaning)
    for hit in sorted(places.values())[:MAX_EVIDENCE_NAMES]:
        yield f'{"its alias " if hit.alias else ""}"{hit.name}" in the {"abstract" if hit.abstract else "title"}'
    if not places and part >= MIN_PARTIAL_MATCH:
        yield f'words of {"" if longer == meaning.names[0] else "its alias "}"{longer}"'
    near = [other for other, likeness in memory.near[name][:NEIGHBOR_COUNT] if likeness]
    if carrying := [other for other in near if label in memory.carried[other]]:
        on, rest = "that of" if label[0] == "category" else "on", ", …" if len(carrying) > MAX_EVIDENCE_NAMES else ""
        shown = ", ".join(carrying[:MAX_EVIDENCE_NAMES])
        yield f"{on} {len(carrying)} of the {len(near)} papers nearest to it: {shown}{rest}"
    goes = sorted(
        (-round(adds, 4), other)
        for adds, other in cooccurrence_evidence(memory, name, likeliest_labels(chances), label)
    )
    if telling := [other for minus, other in goes[:MAX_EVIDENCE_NAMES] if -minus >= MIN_COOCCURRENCE_EVIDENCE]:
        yield f"often goes with {', '.join(telling)}"
    if not (places or part >= MIN_PARTIAL_MATCH or carrying or telling):
        yield "words of its definition"


def paper_names(paper: Paper) -> Iterator[str]:
    """The names of a paper, its title first; of a title such as "StyleGAN-T: …", what stands before the colon too."""
    yield paper.title
    before, colon, _ = paper.title.partition(":")
    if colon and len(before.split()) <= MAX_EVIDENCE_NAMES:
        yield before
    yield from (name for name in (paper.published_title, *paper.aliases) if name)


def mentioned_name(paper: Paper, other: Paper) -> str:
    """The first name of another paper that stands in a paper's title or abstract, or nothing.

    A name of one word must have the same capitals: FiD is a reader, FID a score.
    """
    text = f"{paper.title}. {paper.abstract}"
    plain = text.casefold()
    for name in paper_names(other):
        whole, sought = (plain, name.casefold()) if " " in name else (text, name)
        if sought in whole and re.search(rf"(?<!\w){re.escape(sought)}s?(?!\w)", whole):
            return name
    return ""


def relation_features(memory: CorpusStatistics, name: str, chances: LabelProbabilities) -> Mapping[str, Row]:
    """The papers to which one may be related, with the numbers that speak for it in the order of `PAIR_WEIGHTS`."""
    paper, likeness = uncurated_paper(memory.papers[name]), dict(memory.near[name])
    rarity = {
        label: log(1 + len(memory.papers) / (label_occurrence(memory, name, label)[0] or 1))
        for label in memory.meanings
    }
    mine = {label: each * rarity[label] for label, each in chances.items()}
    length = sqrt(sum(weight * weight for weight in mine.values())) or 1.0
    labels = {}
    for other in likeness:
        carried = sorted(memory.carried[other])
        square = sum(rarity[label] ** 2 for label in carried) or 1.0
        labels[other] = sum(mine.get(label, 0.0) * rarity[label] for label in carried) / length / sqrt(square)
    rows = {}
    order = sorted(likeness, key=lambda other: (-round(1.5 * likeness[other] + labels[other], 6), other))
    for rank, other in enumerate(order):
        theirs = memory.papers[other]
        names = mentioned_name(paper, theirs)
        if rank < MAX_RELATION_CANDIDATES or names:
            named = float(bool(names or mentioned_name(theirs, paper)))
            shelf = chances.get(("category", theirs.category), 0.0)
            rows[other] = (1.0, likeness[other], labels[other], named, log(1 + rank), shelf, year_gap(paper, theirs))
    return rows


def year_gap(one: Paper, other: Paper) -> float:
    """The years between two papers; 0 where that is unknown."""
    first, second = first_year(one), first_year(other)
    return float(abs(first - second)) if first and second else 0.0


def relation_type_cues(memory: CorpusStatistics, name: str, other: str, chances: LabelProbabilities) -> Collection[int]:
    """What tells the type of a relation, by number."""
    paper, theirs = uncurated_paper(memory.papers[name]), memory.papers[other]
    shelved = chances.get(("category", theirs.category), 0.0) > 0.5
    close = dict(memory.near[name])[other] > MIN_CUE_SIMILARITY
    signs = (
        EVALUATION_PATTERN.search(paper.title),
        SURVEY_PATTERN.search(paper.title),
        mentioned_name(paper, theirs),
        shelved,
        close,
    )
    return [index for index, sign in enumerate(signs) if sign]


def likeliest_relation_type(
    memory: CorpusStatistics, weights: ModelWeights, name: str, other: str, chances: LabelProbabilities
) -> RelationType:
    """The likeliest type of a relation by naive Bayes: how often curators use it, and with which cues.

    A paper extends, uses, evaluates or surveys none that is later; where little is known, two papers contrast.
    """
    total, found = sum(weights.types.values()), relation_type_cues(memory, name, other, chances)
    late = is_later_paper(memory.papers[other], memory.papers[name])

    def score(kind: RelationType) -> float:
        result = log(weights.types[kind] + (3 if kind == "contrasts" else 0.5))
        for cue in range(CUE_COUNT):
            usual = (sum(weights.cues[each, cue] for each in RELATION_TYPES) + 1) / (total + 2)
            rate = (weights.cues[kind, cue] + 3 * usual) / (weights.types[kind] + 3)
            result += log(rate if cue in found else 1 - rate)
        return round(result, 6)

    possible = [kind for kind in RELATION_TYPES if not (late and kind in DIRECTED_RELATIONS)]
    return max(possible, key=score)


def relation_proposals(
    memory: CorpusStatistics, weights: ModelWeights, name: str, chances: LabelProbabilities
) -> Iterator[Proposal]:
    """The relations from a paper that are proposed."""
    rows = relation_features(memory, name, chances)
    for minus, other in sorted((-round(chance(weights.pairs, row), 4), other) for other, row in rows.items()):
        if -minus >= MIN_RELATION_CONFIDENCE:
            kind = likeliest_relation_type(memory, weights, name, other, chances)
            yield Proposal("relation", other, kind, -minus, tuple(relation_evidence(memory, name, other, chances)))


def relation_evidence(memory: CorpusStatistics, name: str, other: str, chances: LabelProbabilities) -> Iterator[str]:
    """What speaks for a relation, in words."""
    paper, theirs = uncurated_paper(memory.papers[name]), memory.papers[other]
    if said := mentioned_name(paper, theirs):
        yield f'it names "{said}"'
    if said := mentioned_name(theirs, paper):
        yield f'"{said}" is named there'
    both = sorted(
        (memory.counts[one], one[1]) for one in memory.carried[other] if chances.get(one, 0.0) >= MIN_TAG_CONFIDENCE
    )
    if both:
        yield f"both on {', '.join(label for _, label in both[:MAX_EVIDENCE_NAMES])}"
    for reason in shared_feature_reasons("words", "words in common", memory.words[name], memory.words[other], {}):
        yield f"{reason.label}: {reason.detail}"


def fit_weights(memory: CorpusStatistics, names: Collection[str]) -> ModelWeights:
    """The weights by which the papers with these ids would most likely have been given what they have."""

    def by_kind(rows: Mapping[str, Mapping[Label, Row]], usual: Row) -> Mapping[LabelKind, Row]:
        examples: dict[LabelKind, list[tuple[Row, bool]]] = {"category": [], "tag": []}
        for name, each in rows.items():
            for label, row in each.items():
                examples[label[0]].append((row, label in memory.carried[name]))
        return {kind: fitted(found, usual) for kind, found in examples.items()}

    first = {name: label_features(memory, name) for name in sorted(names)}
    sight = by_kind(first, LABEL_WEIGHTS[:-1])
    rows = {name: features_with_cooccurrence(memory, name, first[name], sight) for name in first}
    weights = ModelWeights(sight, by_kind(rows, LABEL_WEIGHTS), PAIR_WEIGHTS, Counter(), Counter())
    chances = {name: predict_labels(rows[name], weights.company) for name in rows}
    examples = [
        (row, are_related(memory.papers[name], memory.papers[other]))
        for name in chances
        for other, row in relation_features(memory, name, chances[name]).items()
        if other in chances
    ]
    known = [
        (name, r.to, r.type)
        for name in chances
        for r in memory.papers[name].relations
        if r.to in chances and r.to != name
    ]
    seen = Counter(
        (kind, cue) for name, to, kind in known for cue in relation_type_cues(memory, name, to, chances[name])
    )
    return replace(
        weights, pairs=fitted(examples, PAIR_WEIGHTS), types=Counter(kind for _, _, kind in known), cues=seen
    )


def proposals_text(paper: Paper, proposals: Iterable[Proposal]) -> str:
    """Proposals as lines: what is proposed, how sure it is, and why; what the entry has already is marked."""
    has = {("category", paper.category), *(("tag", tag) for tag in paper.tags)}
    has |= {("relation", relation.to) for relation in paper.relations}
    lines = [f"{paper.id}"]
    for one in proposals:
        mark = "✓" if (one.what, one.value) in has else " "
        value = f"{one.type} {one.value}" if one.type else one.value
        lines.append(f"  {mark} {one.what:<8}  {one.confidence:.2f}  {value}: {'; '.join(one.evidence)}")
    return "\n".join([*lines, ""])

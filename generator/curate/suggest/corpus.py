"""Statistics of a list's papers and labels (categories and tags), on which proposals are based.

In: the library and some of its papers. Out: `CorpusStatistics`: which texts mention which labels, which papers are
similar, and how often labels occur and co-occur.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from math import log
from typing import Literal

from generator.content.model import Library, Paper, Term
from generator.content.tags import BroaderTerms, broader_terms, tags_with_broader
from generator.content.text import normalized_text, singular_name
from generator.related.weights import FeatureVector, cosine_similarity, tfidf_vectors
from generator.related.words import STOP_WORDS, word_counts

LabelKind = Literal["category", "tag"]
Label = tuple[LabelKind, str]
LabelProbabilities = Mapping[Label, float]

MAX_EXAMPLE_PAPERS = 300  # in a longer list, only the papers nearest to the one in question are used
STEM_LENGTH = 6  # words that agree in this many first letters count as the same
SINGULAR_STOP_WORDS = frozenset(map(singular_name, STOP_WORDS))


class NameKind(IntEnum):
    """How a name belongs to a label; the closest kind is the lowest."""

    OWN = 0
    ALIAS = 1
    COVERED = 2


@dataclass(frozen=True, slots=True, order=True)
class LabelMention:
    """A place where a text mentions a label; the strongest evidence sorts first."""

    in_longer_name: bool
    in_abstract: bool
    kind: NameKind
    name: str


@dataclass(frozen=True, slots=True)
class LabelDescription:
    """What a label is called and means.

    `names` has the kind of each name, its own name first; `name_parts` has, for each name of several words, the weights
    of its stems, which add up to 1; `explanation_stems` has the stems of all names and of the definition.
    """

    names: Mapping[str, NameKind]
    name_parts: Mapping[str, FeatureVector]
    explanation_stems: FeatureVector


@dataclass(frozen=True, slots=True, order=True)
class LabelPhrase:
    """The words of a label's name."""

    words: tuple[str, ...]
    label: Label
    kind: NameKind
    name: str


PhraseIndex = Mapping[str, Sequence[LabelPhrase]]


@dataclass(frozen=True, slots=True)
class StemRarity:
    """Document frequencies: the number of papers, and the number of papers that contain each stem."""

    papers: int
    counts: Mapping[str, int]

    def weight(self, stem: str) -> float:
        """Return log(1 + papers / count), with a count of 0.5 for a stem that no paper contains."""
        return log(1 + self.papers / (self.counts.get(stem) or 0.5))

    def shares(self, stems: Iterable[str]) -> FeatureVector:
        """Return the stems with weights that add up to 1."""
        return scaled_vector({stem: self.weight(stem) for stem in stems}, 1)

    def unit_vector(self, stems: Iterable[str]) -> FeatureVector:
        """Return the stems as a vector of Euclidean length 1."""
        return scaled_vector({stem: self.weight(stem) for stem in stems}, 2)


@dataclass(frozen=True, slots=True)
class LabelCounts:
    """Counts of papers.

    `papers` have a label, `mentions` are papers that mention a label, `confirmed_mentions` also have it, and `pairs`
    have both labels.
    """

    papers: Counter[Label]
    mentions: Counter[Label]
    confirmed_mentions: Counter[Label]
    pairs: Counter[tuple[Label, Label]]


@dataclass(frozen=True, slots=True)
class CorpusStatistics:
    """What is known about papers and labels; to judge a paper in it, subtract that paper from the counts."""

    papers: Mapping[str, Paper]
    broader: BroaderTerms
    descriptions: Mapping[Label, LabelDescription]
    labels_by_paper: Mapping[str, frozenset[Label]]
    words: Mapping[str, FeatureVector]
    stems: Mapping[str, FeatureVector]
    neighbors: Mapping[str, Sequence[tuple[str, float]]]  # all other papers with their similarity, nearest first
    mentions: Mapping[str, Mapping[Label, Sequence[LabelMention]]]
    counts: LabelCounts

    def other_papers_with(self, label: Label, name: str) -> int:
        """Return the number of other papers that have the label."""
        return self.counts.papers[label] - (label in self.labels_by_paper[name])


def corpus_statistics(library: Library, papers: Sequence[Paper]) -> CorpusStatistics:
    """Return the statistics of these papers with the library's terms and categories."""
    stems = {paper.id: word_stems(f"{paper.title} {paper.abstract}") for paper in papers}
    rarity = StemRarity(len(papers), Counter(stem for found in stems.values() for stem in found))
    descriptions = label_descriptions(library, rarity)
    phrases = phrase_index(descriptions)
    mentions = {paper.id: label_mentions(paper, phrases) for paper in papers}
    broader = broader_terms(library.terms)
    labels = {paper.id: frozenset(descriptions.keys() & curated_labels(paper, broader)) for paper in papers}
    words = tfidf_vectors(word_counts(replace(paper, summary=None) for paper in papers))
    return CorpusStatistics(
        papers={paper.id: paper for paper in papers},
        descriptions=descriptions,
        broader=broader,
        labels_by_paper=labels,
        words=words,
        stems={name: rarity.unit_vector(found) for name, found in stems.items()},
        neighbors={name: papers_by_similarity(words, name) for name in words},
        mentions=mentions,
        counts=count_labels(labels, mentions),
    )


def label_descriptions(library: Library, rarity: StemRarity) -> dict[Label, LabelDescription]:
    """Return the description of each category and of each term in use.

    Category introductions are left out, since they describe the papers that are already there.
    """
    terms = [term for facet in library.facets for term in facet.terms if not term.retired]
    return {
        **{
            ("category", one.id): label_description({one.name: NameKind.OWN}, one.summary, rarity)
            for one in library.shelves
        },
        **{("tag", term.id): term_description(term, rarity) for term in terms},
    }


def term_description(term: Term, rarity: StemRarity) -> LabelDescription:
    names = {
        **dict.fromkeys(term.covers, NameKind.COVERED),
        **dict.fromkeys(term.aliases, NameKind.ALIAS),
        term.name: NameKind.OWN,
    }
    closest_first = dict(sorted(names.items(), key=lambda pair: pair[1]))
    return label_description(closest_first, f"{term.definition} {term.scope or ''}", rarity)


def label_description(names: Mapping[str, NameKind], text: str, rarity: StemRarity) -> LabelDescription:
    parts = {name: rarity.shares(found) for name in names if len(found := word_stems(name)) > 1}
    return LabelDescription(names, parts, rarity.unit_vector(word_stems(" ".join((*names, text)))))


def count_labels(
    labels: Mapping[str, Collection[Label]], mentions: Mapping[str, Mapping[Label, Sequence[LabelMention]]]
) -> LabelCounts:
    """Count the papers that have and that mention each label; mentions only within longer names do not count."""
    counts = LabelCounts(Counter(), Counter(), Counter(), Counter())
    for name, mine in labels.items():
        named = {label for label, found in mentions[name].items() if not found[0].in_longer_name}
        counts.papers.update(mine)
        counts.mentions.update(named)
        counts.confirmed_mentions.update(named & {*mine})
        counts.pairs.update((one, other) for one in mine for other in mine)
    return counts


def uncurated_paper(paper: Paper) -> Paper:
    """Return a paper without anything that a curator added."""
    return replace(paper, category="", tags=(), aliases=(), relations=(), summary=None, published_title=None)


def example_papers(others: Sequence[Paper], paper: Paper) -> Sequence[Paper]:
    """Return the papers to learn from: all, or, if they are many, those nearest to the paper or mentioned by it."""
    if len(others) <= MAX_EXAMPLE_PAPERS:
        return others
    words = tfidf_vectors(word_counts(replace(other, summary=None) for other in (*others, paper)))
    best = {name for name, _ in papers_by_similarity(words, paper.id)[:MAX_EXAMPLE_PAPERS]}
    return [other for other in others if other.id in best or mentioned_name(paper, other)]


def papers_by_similarity(words: Mapping[str, FeatureVector], name: str) -> list[tuple[str, float]]:
    """Return all other papers with their cosine similarity to one, nearest first."""
    cosines = [(other, round(cosine_similarity(words[name], vector), 9)) for other, vector in words.items()]
    return sorted((pair for pair in cosines if pair[0] != name), key=lambda pair: (-pair[1], pair[0]))


def singular_words(text: str) -> list[str]:
    """Return the words of a text in singular form, without case, accents, and punctuation."""
    return [singular_name(word) for word in normalized_text(re.sub(r"https?://\S+", "", text)).split()]


def word_stems(text: str) -> list[str]:
    """Return the distinct stems of a text's words, without stop words, sorted."""
    words = (word for word in singular_words(text) if len(word) > 1 and word not in SINGULAR_STOP_WORDS)
    return sorted({word[:STEM_LENGTH] for word in words})


def scaled_vector(weights: FeatureVector, power: int) -> FeatureVector:
    """Return the weights scaled to length 1 in the norm of this power."""
    length = sum(weight**power for weight in weights.values()) ** (1 / power) or 1.0
    return {feature: weight / length for feature, weight in weights.items()}


def curated_labels(paper: Paper, broader: BroaderTerms) -> set[Label]:
    """Return the labels that a curator gave to a paper, with the broader terms that its tags imply."""
    return {("category", paper.category), *(("tag", tag) for tag in tags_with_broader(paper.tags, broader))}


def phrase_index(descriptions: Mapping[Label, LabelDescription]) -> PhraseIndex:
    """Return all names by their first word, longest first; if names of a label have the same words, only the first."""
    phrases: dict[tuple[tuple[str, ...], Label], LabelPhrase] = {}
    for label, description in descriptions.items():
        for name, kind in description.names.items():
            if words := tuple(singular_words(name)):
                phrases.setdefault((words, label), LabelPhrase(words, label, kind, name))
    by_first_word = defaultdict(list)
    for phrase in sorted(phrases.values(), key=lambda phrase: (-len(phrase.words), phrase)):
        by_first_word[phrase.words[0]].append(phrase)
    return by_first_word


def label_mentions(paper: Paper, phrases: PhraseIndex) -> Mapping[Label, Sequence[LabelMention]]:
    """Return the places where the title and the abstract mention each label."""
    found: dict[Label, list[LabelMention]] = defaultdict(list)
    for in_abstract, text in ((False, paper.title), (True, paper.abstract)):
        for phrase, in_longer_name in phrases_in(singular_words(text), phrases):
            mention = LabelMention(in_longer_name, in_abstract, phrase.kind, phrase.name)
            found[phrase.label].append(mention)
    return {label: sorted(mentions) for label, mentions in found.items()}


def phrases_in(words: Sequence[str], phrases: PhraseIndex) -> Iterator[tuple[LabelPhrase, bool]]:
    """Yield the names that occur in a text, and whether each one is part of a longer name."""
    longest = (0, 0)
    for start, word in enumerate(words):
        for phrase in phrases.get(word, ()):
            span = (start, start + len(phrase.words))
            if tuple(words[start : span[1]]) == phrase.words:
                in_longer_name = span != longest and span[1] <= longest[1]
                longest = longest if in_longer_name else span
                yield phrase, in_longer_name


def paper_names(paper: Paper) -> Iterator[str]:
    """Yield the names of a paper: its title, a short part before the colon as in "StyleGAN-T: …", and its aliases."""
    yield paper.title
    before, colon, _ = paper.title.partition(":")
    if colon and len(before.split()) <= 3:
        yield before
    yield from (name for name in (paper.published_title, *paper.aliases) if name)


def mentioned_name(paper: Paper, other: Paper) -> str:
    """Return the first name of another paper that occurs in a paper's title or abstract, or an empty string.

    One-word names are case-sensitive: FiD is a reader, FID a score.
    """
    text = f"{paper.title}. {paper.abstract}"
    plain = text.casefold()
    for name in paper_names(other):
        whole, sought = (plain, name.casefold()) if " " in name else (text, name)
        if sought in whole and re.search(rf"(?<!\w){re.escape(sought)}s?(?!\w)", whole):
            return name
    return ""

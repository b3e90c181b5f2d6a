"""Related papers of a list that is edited, of which few are asked for after each edit."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, partial

from generator.content.model import Library, Paper
from generator.output.lazy_mapping import LazyMapping
from generator.related.relate import (
    MAX_RELATED_PAPERS,
    RelatedFinder,
    RelatedPapers,
    related_finder,
    telling_tag_counts,
)
from generator.related.weights import (
    FeatureCounts,
    FeatureVector,
    WeightedFeatures,
    feature_rarity,
    first_postings,
    tfidf_vector,
)
from generator.related.words import WordCounts, count_text_words, merge_plurals, singulars_of_plurals

WordCounter = Callable[[str, str, str], WordCounts]

known_text_words = cache(count_text_words)


@dataclass(frozen=True, slots=True)
class WeighedWords:
    """The words of a list's papers as they were counted, with plurals merged, and their weights.

    Counts that are the same object are those of the same text. `vectors` are those that were asked for, and `same` are
    the papers whose vectors are those of the earlier state.
    """

    counts: Mapping[str, WordCounts] = field(default_factory=dict)
    singulars: Mapping[str, str] = field(default_factory=dict)
    merged: FeatureCounts = field(default_factory=dict)
    rarity: Mapping[str, float] = field(default_factory=dict)
    vectors: LazyMapping[FeatureVector] = field(default_factory=lambda: vectors_on_request({})[1])
    same: Set[str] = frozenset()

    @property
    def weighed(self) -> WeightedFeatures:
        """The words with their weights."""
        return weighed_on_request(self.merged, self.rarity, self.vectors)


class RelatedOnRequest:
    """Finds the same as `relate`, for one paper at a time.

    What was computed for an earlier state of the list is kept as far as nothing that it is made from has changed.
    """

    def __init__(self) -> None:
        self.words = WeighedWords()

    def relate(self, library: Library) -> RelatedPapers:
        """Return the related papers of each paper; those of a paper are found when they are first asked for."""
        finder = cache(partial(self.finder, library))
        return LazyMapping((paper.id for paper in library.papers), lambda name: finder()(name))

    def finder(self, library: Library) -> RelatedFinder:
        """Return the function that finds related papers."""
        tags, words = telling_tag_counts(library), weigh_words(library.papers, self.words)
        self.words = words  # which another thread may replace from here on
        by_tag = weighed_on_request(tags, *vectors_on_request(tags))
        return related_finder(library, MAX_RELATED_PAPERS, by_tag, words.weighed)


def weigh_words(papers: Sequence[Paper], before: WeighedWords, count: WordCounter = known_text_words) -> WeighedWords:
    """Return the words of papers, with what can be kept of those of an earlier state of the list.

    `count` counts the words of a text, and returns the same object for the same text.
    """
    counts = {paper.id: count(paper.title, paper.abstract, paper.summary or "") for paper in papers}
    singulars = singulars_of_plurals(counts.values())
    same = {name for name, words in counts.items() if before.counts.get(name) is words}
    kept = before.merged if before.singulars == singulars else {}
    merged = {
        name: kept[name] if name in same and name in kept else merge_plurals(words, singulars)
        for name, words in counts.items()
    }
    rarity, vectors = vectors_on_request(merged)
    changed = {feature for feature, _ in rarity.items() ^ before.rarity.items()}
    same = {name for name in same if name in kept and merged[name].keys().isdisjoint(changed)}
    known = before.vectors.known.copy()  # to which another thread may be adding
    vectors.known |= {name: vector for name, vector in known.items() if name in same}
    return WeighedWords(counts, singulars, merged, rarity, vectors, same)


def vectors_on_request(counts: FeatureCounts) -> tuple[Mapping[str, float], LazyMapping[FeatureVector]]:
    """Return the rarity of features, and the TF-IDF vectors of papers, which are computed when they are asked for."""
    rarity = feature_rarity(counts)
    return rarity, LazyMapping(counts, lambda name: tfidf_vector(counts[name], rarity))


def weighed_on_request(
    counts: FeatureCounts, rarity: Mapping[str, float], vectors: Mapping[str, FeatureVector]
) -> WeightedFeatures:
    """Return features with their weights; the papers of a feature are found when they are first asked for."""

    def postings(feature: str) -> Sequence[tuple[str, float]]:
        having = (name for name, features in counts.items() if feature in features and feature in vectors[name])
        return first_postings((-vectors[name][feature], name) for name in having)

    return WeightedFeatures(vectors, LazyMapping(rarity, postings))

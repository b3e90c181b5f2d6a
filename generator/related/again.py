"""Related papers of a list of which some papers were edited since they were last found."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain, islice

from generator.content.model import Library
from generator.output.workers import map_in_parallel
from generator.related.on_request import WeighedWords, weigh_words
from generator.related.relate import (
    MAX_QUERY_FEATURES,
    MAX_RELATED_PAPERS,
    RelatedPapers,
    curated_reasons,
    related_finder,
    telling_tag_counts,
)
from generator.related.weights import FeatureVector, WeightedFeatures, index_vectors, inverted_index, weigh_features
from generator.related.words import count_text_words


def relate_anew(library: Library, before: Library) -> RelatedPapers:
    """Return the related papers of all papers for which `relate` may return others than before some were edited.

    The papers and the vocabulary are the same.
    """
    count = cache(count_text_words)  # of these two states only, so that the memory is free afterwards
    old_words = weigh_words(before.papers, WeighedWords(), count)
    by_old_word, by_old_tag = index_vectors(old_words.vectors), weigh_features(telling_tag_counts(before))
    words, by_tag = weigh_words(library.papers, old_words, count), weigh_features(telling_tag_counts(library))
    changed = {
        *(name for name in words.counts.keys() - words.same if words.vectors[name] != old_words.vectors[name]),
        *(name for name, vector in by_tag.vectors.items() if vector != by_old_tag.vectors[name]),
        *papers_related_anew(before, library),
    }
    by_word, curated = index_again(by_old_word, words.vectors, changed), curated_reasons(library.papers)
    affected = {
        *changed,
        *chain.from_iterable(curated.get(name, ()) for name in changed),
        *papers_meeting(changed, by_old_tag, by_tag),
        *papers_meeting(changed, by_old_word, by_word),
    }
    find = related_finder(library, MAX_RELATED_PAPERS, by_tag, by_word)
    return dict(zip(affected, map_in_parallel(find, [*affected], "relating papers"), strict=True))


def papers_related_anew(before: Library, library: Library) -> Iterator[str]:
    """Yield the papers at both ends of relations that are in one of two states of a list only."""
    old, new = ({(paper.id, one) for paper in each.papers for one in paper.relations} for each in (before, library))
    for name, relation in old ^ new:
        yield from (name, relation.to)


def index_again(
    before: WeightedFeatures, vectors: Mapping[str, FeatureVector], changed: Iterable[str]
) -> WeightedFeatures:
    """Return the features of all papers, given those before the vectors of some papers changed."""
    features = {feature for name in changed for those in (before.vectors, vectors) for feature in those[name]}
    having = {name: {one: vector[one] for one in features & vector.keys()} for name, vector in vectors.items()}
    return WeightedFeatures(vectors, {**before.index, **dict.fromkeys(features, ()), **inverted_index(having)})


def papers_meeting(changed: Iterable[str], old: WeightedFeatures, new: WeightedFeatures) -> Iterator[str]:
    """Return the papers for which changed ones are or were candidates: they share a feature that is among the strongest
    of the paper, and by which the changed one is found."""
    shared = {
        feature
        for name in changed
        for weighed in (old, new)
        for feature in weighed.vectors[name]
        if any(name == other for other, _ in weighed.index[feature])
    }
    for name, vector in new.vectors.items():
        if not shared.isdisjoint(islice(vector, MAX_QUERY_FEATURES)):
            yield name

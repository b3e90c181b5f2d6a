"""The words of papers by which they are compared."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from sys import intern

from generator.content.model import Paper

TITLE_WORD_WEIGHT = 3  # occurrences in the text that one in the title is worth
STOP_WORDS = frozenset(
    "a about all also an and any are as at be been being between both but by can code could different do does e each "
    "either experiment experimental experiments extensive for from further g has have here how however i if in "
    "including into is it its itself make many method methods model models more most much new no not novel of on one "
    "only or other our out over paper papers present propose proposed recent result results show shows since so some "
    "state such than that the their them then there these they this those through thus to two under up us use used "
    "using very via was we well were what when where which while who whose will with within without work works would "
    "yet you your".split()
)
STOP_FORMS = STOP_WORDS | {f"{word}s" for word in STOP_WORDS}
WordCounts = Mapping[str, int]


def word_counts(papers: Iterable[Paper]) -> dict[str, WordCounts]:
    """Return the number of times each word occurs in each paper's text, by the paper's id.

    Words in the title are weighted by `TITLE_WORD_WEIGHT`, plurals are counted as their singular, and stop words are
    left out.
    """
    counts = {paper.id: count_text_words(paper.title, paper.abstract, paper.summary or "") for paper in papers}
    singulars = singulars_of_plurals(counts.values())
    return {name: merge_plurals(words, singulars) for name, words in counts.items()}


def count_text_words(title: str, abstract: str, summary: str) -> WordCounts:
    """Return how often a paper's texts have each word that is no stop word, plurals for themselves."""
    text = re.sub(r"https?://\S+", "", f"{abstract} {summary}")
    counts = Counter(tokenize_words(text) + tokenize_words(title) * TITLE_WORD_WEIGHT)
    return {intern(word): count for word, count in counts.items() if word not in STOP_FORMS}


def tokenize_words(text: str) -> list[str]:
    """Return the words of a text that have at least two characters, case-folded."""
    return re.findall(r"[^\W\d_][\w-]*\w", text.casefold())


def singulars_of_plurals(texts: Iterable[WordCounts]) -> dict[str, str]:
    """Return the singular of each word that seems to be a plural: some text has the word without its last letter."""
    known = set[str]().union(*texts)
    return {word: word[:-1] for word in known if word[-1] == "s" and word[:-1] in known}


def merge_plurals(counts: WordCounts, singulars: Mapping[str, str]) -> WordCounts:
    """Return counts in which words that are plurals are counted as their singular."""
    merged = dict(counts)
    for plural in sorted(counts.keys() & singulars.keys(), reverse=True):
        singular = singulars[plural]
        merged[singular] = merged.get(singular, 0) + merged.pop(plural)
    return merged

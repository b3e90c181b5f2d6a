"""Titles in; those out that are nearly the same: they differ in an article or in the spelling of a word."""

from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from generator.content.model import Paper
from generator.content.text import ARTICLES, normalized_text

MIN_WORD_SIMILARITY = 0.75  # ratio of SequenceMatcher from which two words are taken for spellings or forms of one
OPTIONAL_WORDS = ARTICLES | {""}


class TitleIndex:
    """The papers added so far, by their titles with one word left out: similar titles have one of these in common."""

    def __init__(self) -> None:
        self.seen: dict[str, list[tuple[str, Paper]]] = defaultdict(list)

    def near(self, title: str) -> Iterator[Paper]:
        """The papers that have this title, or one that differs in a word."""
        return (
            paper
            for word, rest in one_word_deletions(title)
            for other, paper in self.seen[rest]
            if is_similar_word(word, other)
        )

    def add(self, paper: Paper) -> None:
        for word, rest in one_word_deletions(paper.title):
            self.seen[rest].append((word, paper))


def one_word_deletions(title: str) -> list[tuple[str, str]]:
    """Each word of a title with the rest of it, and an empty word with the whole title."""
    words = normalized_text(title).split()
    whole = [("", "".join(words))] if words else []
    return whole + [(word, "".join(words[:i] + words[i + 1 :])) for i, word in enumerate(words) if len(words) > 1]


def is_similar_word(word: str, other: str) -> bool:
    """Whether two words are articles, or spellings of one word; words with digits, or other first letters, are not."""
    if word == other or {word, other} <= OPTIONAL_WORDS:
        return True
    if word[:1] != other[:1] or any(c.isdigit() for c in word + other):
        return False
    return SequenceMatcher(None, word, other).ratio() >= MIN_WORD_SIMILARITY

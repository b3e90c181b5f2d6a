"""Titles in; those that are nearly the same out: by one word's spelling, or by an article."""

from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from generator.content.model import Paper
from generator.content.text import normalized_text

MIN_WORD_SIMILARITY = 0.75  # SequenceMatcher's ratio from which two words are one word with a typing error or an ending
ARTICLE_WORDS = {"", "a", "an", "the"}


class TitleIndex:
    """The papers met so far, by what is left of their titles when one word is taken away: there near ones meet."""

    def __init__(self) -> None:
        self.seen: dict[str, list[tuple[str, Paper]]] = defaultdict(list)

    def near(self, title: str) -> Iterator[Paper]:
        """The papers met before that have this title, or one that differs in a word."""
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
    """Each word of a title with the others, and no word with all of them."""
    words = normalized_text(title).split()
    whole = [("", "".join(words))] if words else []
    return whole + [(word, "".join(words[:i] + words[i + 1 :])) for i, word in enumerate(words) if len(words) > 1]


def is_similar_word(word: str, other: str) -> bool:
    """Whether two words differ by no more than an article or a slip of the pen; never numbers, nor first letters."""
    if word == other or {word, other} <= ARTICLE_WORDS:
        return True
    if word[:1] != other[:1] or any(c.isdigit() for c in word + other):
        return False
    return SequenceMatcher(None, word, other).ratio() >= MIN_WORD_SIMILARITY

"""Titles in; those that are nearly the same out: by one word's spelling, or by an article."""

from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from generator.model import Paper
from generator.standards import folded

SAME_WORD = 0.75  # SequenceMatcher's ratio from which two words are one word with a typing error or an ending
ARTICLES = {"", "a", "an", "the"}


class Titles:
    """The papers met so far, by what is left of their titles when one word is taken away: there near ones meet."""

    def __init__(self) -> None:
        self.seen: dict[str, list[tuple[str, Paper]]] = defaultdict(list)

    def near(self, title: str) -> Iterator[Paper]:
        """The papers met before that have this title, or one that differs in a word."""
        return (paper for word, rest in parts(title) for other, paper in self.seen[rest] if same(word, other))

    def add(self, paper: Paper) -> None:
        for word, rest in parts(paper.title):
            self.seen[rest].append((word, paper))


def parts(title: str) -> list[tuple[str, str]]:
    """Each word of a title with the others, and no word with all of them."""
    words = folded(title).split()
    whole = [("", "".join(words))] if words else []
    return whole + [(word, "".join(words[:i] + words[i + 1 :])) for i, word in enumerate(words) if len(words) > 1]


def same(word: str, other: str) -> bool:
    """Whether two words differ by no more than an article or a slip of the pen; never numbers, nor first letters."""
    if word == other or {word, other} <= ARTICLES:
        return True
    if word[:1] != other[:1] or any(c.isdigit() for c in word + other):
        return False
    return SequenceMatcher(None, word, other).ratio() >= SAME_WORD

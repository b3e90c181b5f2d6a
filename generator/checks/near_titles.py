"""Search for nearly identical titles, which differ only in an article or in the spelling of one word."""

from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from generator.content.model import Paper
from generator.content.text import ARTICLES, normalized_text

MIN_WORD_SIMILARITY = 0.75  # minimum SequenceMatcher ratio of two spellings or forms of one word
OPTIONAL_WORDS = ARTICLES | {""}


class TitleIndex:
    """An index of papers by their titles with one word removed; similar titles share at least one such key."""

    def __init__(self) -> None:
        self.seen: dict[str, list[tuple[str, Paper]]] = defaultdict(list)

    def near(self, title: str) -> Iterator[Paper]:
        """Return the papers that have this title, or one that differs in one word."""
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
    """Return each word of a title with the remaining title, and an empty word with the whole title."""
    words = normalized_text(title).split()
    whole = [("", "".join(words))] if words else []
    return whole + [(word, "".join(words[:i] + words[i + 1 :])) for i, word in enumerate(words) if len(words) > 1]


def is_similar_word(word: str, other: str) -> bool:
    """Return whether two words are both articles, or spellings of the same word.

    Words that contain digits or start with different letters are never similar.
    """
    if word == other or {word, other} <= OPTIONAL_WORDS:
        return True
    if word[:1] != other[:1] or any(c.isdigit() for c in word + other):
        return False
    return SequenceMatcher(None, word, other).ratio() >= MIN_WORD_SIMILARITY

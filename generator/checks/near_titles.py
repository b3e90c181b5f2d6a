"""Search for nearly identical titles, which differ only in an article or in the spelling of one word.

The index holds each title once for each of its words, without that word. A title without a word is stored as a hash
that is computed from the hashes of the words before and after it, so that long titles take linear time and memory.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate
from typing import Generic, TypeVar

from generator.content.text import ARTICLES, normalized_text

MIN_WORD_SIMILARITY = 0.75  # minimum SequenceMatcher ratio of two spellings or forms of one word
MAX_COMPARED_WORD_LENGTH = 50  # characters; longer words must be equal
MAX_COMPARED_TITLES = 100  # maximum number of titles with which a title is compared for each of its words
OPTIONAL_WORDS = ARTICLES | {""}
ROMAN_NUMERAL = re.compile("(?=.)x{0,3}(?:ix|iv|v?i{0,3})")  # up to 39, by which the parts of a work are numbered
HASH_MODULUS = 10**18 + 9  # a prime

WorkT = TypeVar("WorkT")
TextHash = tuple[int, int]  # the bytes of a text as a number, and 256 to the power of its length; both modulo a prime
TitleKey = tuple[int, str]  # the hash of a title without one word, and what similar words have in common


class TitleIndex(Generic[WorkT]):
    """An index of works by their titles with one word removed; similar titles share at least one such key."""

    def __init__(self) -> None:
        self.seen: dict[TitleKey, list[tuple[str, WorkT]]] = defaultdict(list)

    def near(self, title: str) -> Iterator[WorkT]:
        """Return the works that have this title, or one that differs in one word."""
        return (
            work
            for word, rest in one_word_deletions(title)
            for other, work in self.seen.get((rest, similar_word_key(word)), [])[:MAX_COMPARED_TITLES]
            if is_similar_word(word, other)
        )

    def add(self, title: str, work: WorkT) -> None:
        for word, rest in one_word_deletions(title):
            self.seen[rest, similar_word_key(word)].append((word, work))


@lru_cache(maxsize=1)  # as the index is asked about a title before that is added
def one_word_deletions(title: str) -> tuple[tuple[str, int], ...]:
    """Return each word of a title with a hash of the remaining title, and an empty word with that of the whole title.

    The hashes ignore how letters are divided into words.
    """
    words = normalized_text(title).split()
    hashes = list(map(text_hash, words))
    before = list(accumulate(hashes, joined_hash, initial=(0, 1)))
    after = list(accumulate(reversed(hashes), lambda end, word: joined_hash(word, end), initial=(0, 1)))[::-1]
    whole = [("", before[-1][0])] if words else []
    rests = (joined_hash(before[i], after[i + 1])[0] for i in range(len(words)))
    return (*whole, *(zip(words, rests, strict=True) if len(words) > 1 else ()))


@lru_cache(maxsize=10_000)
def text_hash(text: str) -> TextHash:
    """Return the hash of a text."""
    data = text.encode(errors="surrogatepass")
    return int.from_bytes(data, "big") % HASH_MODULUS, pow(256, len(data), HASH_MODULUS)


def joined_hash(one: TextHash, other: TextHash) -> TextHash:
    """Return the hash of two texts that are joined."""
    return (one[0] * other[1] + other[0]) % HASH_MODULUS, one[1] * other[1] % HASH_MODULUS


def similar_word_key(word: str) -> str:
    """Return what a word shares with all similar words: nothing if it is an article, itself if it is a number, or else
    its first letter."""
    if word in OPTIONAL_WORDS:
        return ""
    return word if any(map(str.isdigit, word)) or ROMAN_NUMERAL.fullmatch(word) else word[0]


def is_similar_word(word: str, other: str) -> bool:
    """Return whether two words are both articles, or spellings of the same word.

    Words that contain digits, Roman numerals, and words that start with different letters are never similar.
    """
    if word == other or {word, other} <= OPTIONAL_WORDS:
        return True
    if similar_word_key(word) != similar_word_key(other) or max(len(word), len(other)) > MAX_COMPARED_WORD_LENGTH:
        return False
    return SequenceMatcher(None, word, other).ratio() >= MIN_WORD_SIMILARITY

"""Which keywords are one term, and how that term is written.

Keywords that differ only in case, accents, hyphens, a plural or British spelling have one key. A term is written as
sentences write it. How a word is written within a sentence is seen from the abstracts or, where it does not occur
there, from most of the keywords: so names and acronyms keep their capitals.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from generator.content.model import Paper

SYMBOL_WORDS = {"&": " and ", "+": " plus ", "#": " sharp ", "*": " star "}
BRITISH_SPELLINGS = (
    (re.compile(r"is(?=(?:e|ed|es|ing|er|ers|ation|ations|ational)$)"), "iz"),
    (re.compile(r"ys(?=(?:e|ed|ing|er|ers)$)"), "yz"),
    (re.compile(r"(?<=[a-z]{2})our(?=$|s|al|ed|ing|able|ful|ite|hood|less)"), "or"),
    (re.compile(r"(?<=[ea])ll(?=(?:ing|ed|er|ers)$)"), "l"),
    (re.compile(r"(?<=[a-z]{2})tre$"), "ter"),
    (re.compile(r"ogue$"), "og"),
    (re.compile(r"(?<=[a-z]{2})amme$"), "am"),
)
PLURAL_ENDINGS = (
    (re.compile(r"(?<=..)ies$"), "y"),
    (re.compile(r"(?<=..)([ey])ses$"), r"\1sis"),  # hypotheses, analyses
    (re.compile(r"(?<=[sxz])es$|(?<=[cs]h)es$"), ""),
    (re.compile(r"(?<=..[^siu])s$"), ""),
)
SINGULARS = frozenset("lens means news series species".split())
WORD = re.compile(r"[^\W\d_](?:[\w'’]|(?<=\w)-(?=\w))*")
SENTENCE_START = re.compile(r"(?:\A|[.!?:;•\n(\[\"“‘])\s*\Z")
SENTENCE_MARKS = 3  # characters before a word in which the end of a sentence is sought
MIN_SHOUTED_WORDS = 2  # words in capitals alone, from which on a keyword is not taken for an acronym
MAX_ACRONYM_LETTERS = 4  # of an acronym in such a keyword
SIGN_BEFORE_HYPHEN = re.compile(r"\w-")  # as in p-value and k-means, which begin with a small letter everywhere


@lru_cache(1 << 16)
def keyword_key(keyword: str) -> str:
    """Return what all spellings of a keyword have in common."""
    text = without_latin_accents(keyword.casefold())
    for sign, word in SYMBOL_WORDS.items():
        text = text.replace(sign, word)
    kept = "".join(char if is_word_character(char) else " " for char in text)
    return "".join(map(word_stem, kept.split()))


def without_latin_accents(text: str) -> str:
    """Return a text without the accents on Latin letters; elsewhere they make other letters, as in Japanese."""
    if text.isascii():
        return text
    plain = re.sub(r"([a-z])[\u0300-\u036f]+", r"\1", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", plain)


def is_word_character(char: str) -> bool:
    """Return whether a character is part of a word: a letter, a digit, or a mark on either, such as a vowel sign."""
    return unicodedata.category(char)[0] in "LNM"


def word_stem(word: str) -> str:
    """Return what the singular and the plural of a word have in common, in British and in American spelling."""
    if not word.isascii():
        return word
    stem = without_plural_ending(without_plural_ending(word))  # biases, bias
    for spelling, american in BRITISH_SPELLINGS:
        stem = spelling.sub(american, stem)
    return stem


def without_plural_ending(word: str) -> str:
    """Return a word without what seems to be the ending of a plural."""
    ending = next((found for found in PLURAL_ENDINGS if found[0].search(word)), None)
    return ending[0].sub(ending[1], word) if ending and word not in SINGULARS else word


class UsualSpellings:
    """How a library writes each word of its keywords within a sentence."""

    def __init__(self, keywords: Iterable[str], papers: Iterable[Paper]) -> None:
        self.in_keywords: Mapping[str, Counter[str]] = defaultdict(Counter)
        for keyword in keywords:
            for word in WORD.findall(keyword):
                self.in_keywords[word.casefold()][word] += 0 if is_shouted(keyword) else 1
        self.in_sentences: Mapping[str, Counter[str]] = defaultdict(Counter)
        for paper in papers:
            for word in words_within_sentences(paper):
                if word.casefold() in self.in_keywords:
                    self.in_sentences[word.casefold()][word] += 1

    def term_name(self, keyword: str) -> str:
        """Return a keyword as the name of a term: as within a sentence, but for its first letter."""
        shouted = is_shouted(keyword)
        name = WORD.sub(lambda found: self.word(found[0], shouted), keyword)
        first = WORD.match(name)
        small = first and first[0].islower() and not SIGN_BEFORE_HYPHEN.match(name)
        return name[0].upper() + name[1:] if small else name

    def word(self, word: str, shouted: bool) -> str:
        """Return a word as it is written within a sentence."""
        key = word.casefold()
        counts = self.in_sentences.get(key) or self.in_keywords[key]
        usual = max(counts, key=lambda form: (counts[form], form.islower(), form))
        if not counts[usual]:  # only ever in capitals
            return word.lower() if shouted and len(word) > MAX_ACRONYM_LETTERS else word
        return usual


def is_shouted(keyword: str) -> bool:
    """Return whether a keyword is in capitals alone, without being an acronym."""
    return keyword.isupper() and len(WORD.findall(keyword)) >= MIN_SHOUTED_WORDS


def words_within_sentences(paper: Paper) -> Iterator[str]:
    """Yield the words of an abstract that do not begin a sentence, and those of a title that have no capital.

    Many titles have capitals on every word, so a capital there means nothing.
    """
    for found in WORD.finditer(paper.abstract):
        before = paper.abstract[max(0, found.start() - SENTENCE_MARKS) : found.start()]
        if found[0].islower() or not SENTENCE_START.search(before):
            yield found[0]
    yield from filter(str.islower, WORD.findall(paper.title))

"""Helpers that put text on one line or normalize it for comparison."""

import re
import unicodedata

MONTH_NAMES = "January February March April May June July August September October November December".split()
ARTICLES = frozenset("a an the".split())
ASCII_PUNCTUATION = {code: " " for code in range(128) if not chr(code).isalnum()}
CONNECTING_WORDS = ARTICLES | frozenset("and as at by for from in into is of on or to towards via with".split())


def single_line(text: str) -> str:
    """Return the text on one line, with single spaces."""
    return " ".join(text.split())


def pluralize_noun(count: int, one: str) -> str:
    """Return a count with its noun, such as `1 other` or `2 others`."""
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def normalized_text(text: str) -> str:
    """Return the text without case, accents and punctuation."""
    plain = text.casefold()
    if plain.isascii():  # which is twice as fast
        return " ".join(plain.translate(ASCII_PUNCTUATION).split())
    plain = "".join([c for c in unicodedata.normalize("NFKD", plain) if c < "\x80" or not unicodedata.combining(c)])
    return re.sub(r"[\W_]+", " ", plain).strip()


def singular_name(name: str) -> str:
    """Return the form shared by a name and its plural."""
    plain = normalized_text(name).replace(" ", "")
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss") else plain

"""Texts in; the same texts on one line, or in the form in which two spellings of them are equal."""

import re
import unicodedata

MONTH_NAMES = "January February March April May June July August September October November December".split()
ARTICLES = frozenset("a an the".split())
CONNECTING_WORDS = ARTICLES | frozenset("and as at by for from in into is of on or to towards via with".split())


def single_line(text: str) -> str:
    """The text on one line, with single spaces."""
    return " ".join(text.split())


def normalized_text(text: str) -> str:
    """The text without case, accents and punctuation."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", plain).strip()


def singular_name(name: str) -> str:
    """The form that a name and its plural share."""
    plain = normalized_text(name).replace(" ", "")
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss") else plain

"""Ids of pages that are made from names: those of people, however the name is written, and those of venues."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from zlib import crc32

from slugify import slugify

from generator.citations.names import display_name
from generator.content.model import Person
from generator.content.text import single_line
from generator.site.addresses import is_reserved_name

MAX_PAGE_ID_LENGTH = 80  # maximum number of characters of a name that are used in its id


@cache
def author_id(name: str) -> str:
    """Return the id of a name, which is the name in natural order and in ASCII.

    A name in another script gets a unique suffix, because several such names may have the same form in ASCII.
    """
    shown = normalized_name(display_name(name))
    latin = shown.isascii() or all("LATIN" in unicodedata.name(c, "") for c in shown if c.isalpha())
    return ascii_slug(shown, "author", plain=latin)


def person_ids(people: Iterable[Person]) -> dict[str, str]:
    """Return the ids of the people of `people.yml`, by the id of each spelling of their names."""
    return {
        author_id(spelling): author_id(person.name) for person in people for spelling in (person.name, *person.same_as)
    }


@cache
def venue_id(name: str) -> str:
    """Return the id of a venue's page."""
    return ascii_slug(name, "venue", plain=True)


def ascii_slug(name: str, kind: str, plain: bool) -> str:
    """Return a name as an ASCII slug.

    A hash is appended unless the name is plain, short, and not reserved.
    """
    base = slugify(normalized_name(name))
    if plain and base and not is_reserved_name(base) and len(base) <= MAX_PAGE_ID_LENGTH:
        return base
    return f"{base[:MAX_PAGE_ID_LENGTH] or kind}-{crc32(normalized_name(name).encode()):08x}"


def normalized_name(name: str) -> str:
    """Return a name with single spaces and in Unicode NFC, so that different encodings of one name are equal."""
    return unicodedata.normalize("NFC", single_line(name))

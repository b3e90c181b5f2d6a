"""Clean up text from other sources: remove invisible characters, and normalize lines and paragraphs."""

from collections.abc import Iterable

from generator.content.characters import clean_text
from generator.content.reader import one_line_excerpt
from generator.content.text import single_line

MAX_INPUT_CHARS, MAX_FIELD_CHARS = 2_000, 20_000  # limits on the characters that are processed


def quote_found_text(text: str) -> str:
    """Return the start of a text in quotes, for messages."""
    words = one_line_excerpt(printable_line(text[:1000]))
    return f'found "{words}"' if words else "found nothing"


def response_start(body: bytes) -> str:
    """Return the start of a response body as text."""
    return body[:1000].decode("utf-8", "replace")


def printable_line(text: str) -> str:
    """Return a text on one line, without invisible characters."""
    return single_line(clean_text(single_line(text)))


def join_paragraphs(paragraphs: Iterable[str]) -> str:
    """Return paragraphs as one text, each on one line, separated by blank lines."""
    return "\n\n".join(text for text in map(printable_line, paragraphs) if text)

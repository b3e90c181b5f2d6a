"""Short names of papers, and texts cut to the room that a picture has for them."""

from functools import cache
from itertools import accumulate
from unicodedata import east_asian_width

from generator.citations.citation import first_year
from generator.content.model import Paper
from generator.content.text import single_line

MAX_ALIAS_LENGTH = 18  # characters of another name that is used in place of a title
MAX_TITLE_HEAD = 36  # characters of a title up to its colon that are used in place of all of it


@cache  # a paper is in many pictures
def picture_name(paper: Paper) -> str:
    """Return what a picture calls a paper: its title up to a colon, a short name that it is known by, or its title."""
    title = single_line(paper.title)
    head = title.partition(": ")[0]
    known = next((name for name in paper.aliases if len(name) <= MAX_ALIAS_LENGTH), "")
    if len(head) <= MAX_ALIAS_LENGTH or not known:
        return head if len(head) <= MAX_TITLE_HEAD else title
    return known


@cache
def title_and_year(paper: Paper) -> str:
    """Return a paper's title, with the year in which it became public if that is known."""
    return ", ".join(part for part in (single_line(paper.title), str(first_year(paper) or "")) if part)


def text_width(text: str) -> int:
    """Return how many characters of usual width are as wide as a text."""
    return len(text) if text.isascii() else sum(map(character_columns, text))


@cache
def character_columns(character: str) -> int:
    """Return how many characters of usual width are as wide as a character."""
    return 2 if east_asian_width(character) in "WF" else 1


def cut_text(text: str, most: int) -> str:
    """Return a text that is as wide as at most so many characters, cut after a word if one ends late enough."""
    if text_width(text) <= most:
        return text
    ends = accumulate(map(character_columns, text))
    kept = text[: sum(1 for end in ends if end < most)]
    words = kept.rpartition(" ")[0]
    return f"{(words if len(words) * 3 > len(kept) * 2 else kept).rstrip(' ,.;:-–')}…"


def name_lines(text: str, most: int, lines: int) -> tuple[str, ...]:
    """Return a text as at most so many lines, each as wide as at most so many characters; the last one may be cut."""
    found: list[str] = []
    for word in text.split():
        joined = f"{found[-1]} {word}" if found else word
        if found and (len(found) == lines or text_width(joined) <= most):
            found[-1] = joined
        else:
            found.append(word)
    return tuple(cut_text(line, most) for line in found)

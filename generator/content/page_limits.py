"""Limits to hand-written pages, within which Markdown takes time in proportion to a page's length.

The time that Markdown takes grows with the square of some things: the lines between two blank lines, unclosed brackets,
headings with the same words. They are limited to more than a page needs that people read.
"""

import re
from collections.abc import Iterator
from itertools import accumulate
from xml.etree.ElementTree import Element

from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

MAX_BLOCK_LENGTH = 10_000  # characters between two blank lines
MAX_BLOCK_LINES = 300
MAX_CONTAINER_DEPTH = 8  # lists and quotations within each other, which fit on a phone
MAX_CODE_FENCES = 400
MAX_DECLARATIONS = 20
MAX_TABLE_CELLS = 20_000
MAX_HEADINGS = 500
MAX_OPEN_BRACKETS = 20  # within a paragraph
MAX_PARAGRAPH_SIGNS = {"[": 100, "`": 200}
HEADING_TAGS = frozenset("h1 h2 h3 h4 h5 h6".split())
TABLE_OF_CONTENTS = "[TOC]"
INDENTATION_STEP = 4  # columns by which Markdown indents what is within a list
FENCE_LINE = re.compile(r"^(?:```|~~~)(?P<rest>.*+)", re.MULTILINE)
DECLARATION_START = re.compile(r"<[!?]")
BLOCK_TEXT = re.compile(r"(?:^[ \t]*+[^ \t\n].*+\n?)++", re.MULTILINE)
CONTAINER_START = re.compile(r"^(?![ \t]*+$)(?:[ \t]*+(?:>|(?:[-+*]|\d++\.)(?=[ \t])))*+[ \t]*+", re.MULTILINE)
SQUARE_BRACKET = re.compile(r"[\[\]]")
EMPHASIS_SIGN = re.compile(r"[*_]")
CONTAINER_SIGN = re.compile(r">|[-+*]|\d++\.")


class PageLimitError(Exception):
    """A page is beyond a limit that shows only when Markdown takes it apart: a message, and the text it is about."""

    def __init__(self, message: str, text: str) -> None:
        super().__init__(message)
        self.message, self.text = message, text


class ParagraphLimits(Treeprocessor):
    """The limits to what Markdown finds within a line or paragraph, and to headings.

    Raises:
        PageLimitError: The page is beyond one of them.
    """

    def run(self, root: Element) -> None:
        headings = contents = 0
        for element in root.iter():
            for text in (element.text or "", element.tail or ""):
                check_paragraph_limits(text)
            headings += element.tag in HEADING_TAGS
            contents += (element.text or "").strip() == TABLE_OF_CONTENTS
            if headings > MAX_HEADINGS:
                raise PageLimitError(f"expected at most {MAX_HEADINGS} headings on a page", element.text or "")
            if contents > 1:
                raise PageLimitError(f"expected {TABLE_OF_CONTENTS} at most once on a page", TABLE_OF_CONTENTS)


def check_paragraph_limits(text: str) -> None:
    """Raise an error if a paragraph has too many of the signs for which Markdown searches the rest of it."""
    if isinstance(text, AtomicString):
        return
    for sign, most in MAX_PARAGRAPH_SIGNS.items():
        if (found := text.count(sign)) > most:
            raise PageLimitError(f'expected at most {most} "{sign}" in a paragraph, found {found:,}', text)
    if max_open_brackets(text) > MAX_OPEN_BRACKETS:
        raise PageLimitError(f'expected at most {MAX_OPEN_BRACKETS} open "[" in a paragraph', text)


def max_open_brackets(text: str) -> int:
    """Return the largest number of square brackets that are open at once."""
    signs = (1 if sign == "[" else -1 for sign in SQUARE_BRACKET.findall(text))
    return max(accumulate(signs, lambda still_open, change: max(still_open + change, 0), initial=0))


def source_limit_faults(text: str) -> Iterator[tuple[int, str]]:
    """Yield the first limits that a page's text is beyond, each with the position."""
    if too_many := list(count_faults(text, FENCE_LINE, MAX_CODE_FENCES, "code fences")):
        yield from too_many
    else:
        outside = text_without_fenced_code(text)
        yield from count_faults(outside, DECLARATION_START, MAX_DECLARATIONS, "comments")
        yield from block_faults(outside)
        yield from container_faults(outside)


def container_faults(text: str) -> Iterator[tuple[int, str]]:
    """Yield the first line that begins within too many lists and quotations."""
    for line in CONTAINER_START.finditer(text):
        gaps = re.findall(" +", line[0].expandtabs(INDENTATION_STEP))
        signs = len(CONTAINER_SIGN.findall(line[0]))
        if signs and signs + sum(len(gap) // INDENTATION_STEP for gap in gaps) > MAX_CONTAINER_DEPTH:
            yield line.start(), f"expected at most {MAX_CONTAINER_DEPTH} lists and quotations within each other"
            return


def count_faults(text: str, pattern: re.Pattern[str], most: int, name: str) -> Iterator[tuple[int, str]]:
    """Yield the position of the first match of a pattern that is too many."""
    for number, found in enumerate(pattern.finditer(text), 1):
        if number > most:
            yield found.start(), f"expected at most {most} {name} on a page"
            return


def block_faults(text: str) -> Iterator[tuple[int, str]]:
    """Yield blocks that are too long or have too many lines, and the first one that makes tables too large."""
    cells = 0
    for block in BLOCK_TEXT.finditer(text):
        lines = block[0].splitlines()
        cells += len(lines) * max(line.count("|") for line in lines)
        if len(lines) > MAX_BLOCK_LINES:
            yield block.start(), f"expected at most {MAX_BLOCK_LINES} lines without a blank line, found {len(lines):,}"
        elif len(block[0]) > MAX_BLOCK_LENGTH:
            found = f"found {len(block[0]):,}"
            yield block.start(), f"expected at most {MAX_BLOCK_LENGTH:,} characters without a blank line, {found}"
        if cells > MAX_TABLE_CELLS:
            yield block.start(), f"expected at most {MAX_TABLE_CELLS:,} cells in the tables of a page"
            return


def deepest_block_position(text: str) -> int:
    """Return the position of the block with the most signs of emphasis, which are nested deepest there."""
    blocks = BLOCK_TEXT.finditer(text)
    return max(blocks, key=lambda block: len(EMPHASIS_SIGN.findall(block[0]))).start()


def text_without_fenced_code(text: str) -> str:
    """Return the text with spaces in place of fenced code, or all of it if it is not certain where code begins."""
    pattern = FencedBlockPreprocessor.FENCED_BLOCK_RE
    if any(re.search(r"\t|\}.*\}", fence["rest"]) for fence in FENCE_LINE.finditer(text)):
        return text
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)

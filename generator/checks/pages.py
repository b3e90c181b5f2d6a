"""Rules about hand-written pages: what their Markdown and HTML may hold.

Markdown and HTML have too many forms to judge a page by its source. So a page is rendered as the site builder renders
it, and the result is judged. To find a fault's place in the file, the page is rendered once more, with its position
written into each tag, attribute list and address.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from generator.content.model import Library, Page, Problem
from generator.content.page_markup import MAX_ELEMENT_DEPTH, MarkupFault, markup_faults
from generator.content.reader import line_and_column
from generator.site.escaping import escape_line

PAGE_END = '<script type="application/ld+json">{}</script>'  # such an element follows the text of every page
MAX_ALL_PAGES_LENGTH = 200_000  # characters
MAX_PAGE_FAULTS = 100  # that are reported in one run
FIRST_TEXT_LINE = 2  # of a page's file, after its title
TAG_START = r"(?P<tag></?[a-zA-Z][a-zA-Z0-9-]*+(?=[\s/>]))"
ATTRIBUTE_LIST_START = r"(?P<list>\{:?[ ]*+(?=[^}\n]+\}))"
LINK_ADDRESS_START = r"\]\(\s*+<?+"
REFERENCE_ADDRESS_START = r"^ {0,3}\[[^\[\]\n]*+\]:[ \t]*+<?+"
MARKABLE_PLACE = re.compile(
    "|".join([TAG_START, ATTRIBUTE_LIST_START, LINK_ADDRESS_START, REFERENCE_ADDRESS_START]), re.MULTILINE
)
POSITION_MARK = re.compile(r' data-at=(?:"(\d+)"|(\d+))|data-at=(\d+) |data-at-(\d+)-')  # of the three forms


def check_page_markup(library: Library) -> Iterator[Problem]:
    """A hand-written page must keep its place in the site's frame and must not send readers away."""
    length = 0
    for page in library.pages:
        length += len(page.text)
        file = library.marks[f"pages/{page.id}.md"].file
        if length > MAX_ALL_PAGES_LENGTH:
            yield Problem(file, 1, 1, f"expected at most {MAX_ALL_PAGES_LENGTH:,} characters on all pages together")
            return
        for position, message in sorted(page_faults(page)):
            line, column = line_and_column(page.text, position)
            yield Problem(file, line + FIRST_TEXT_LINE - 1, column, message)


def page_faults(page: Page) -> set[tuple[int, str]]:
    """Return what is not allowed on a page, each with its position in the text."""
    from generator.content.page_limits import PageLimitError, deepest_block_position, source_limit_faults

    if beyond := set(source_limit_faults(page.text)):
        return beyond
    try:
        html = whole_page_html(page.title, page.text)
    except PageLimitError as error:
        return {(max(page.text.find(error.text.partition("\n")[0]), 0), error.message)}
    except RecursionError:
        return {(deepest_block_position(page.text), f"expected at most {MAX_ELEMENT_DEPTH} elements within each other")}
    faults = html_faults(html)
    marks = position_marks(page, html) if faults else []
    return {(fault_position(fault, html, page.text, marks), fault.message) for fault in faults}


def whole_page_html(title: str, text: str) -> str:
    """Return the HTML that a page becomes, from its title to the metadata at its end."""
    from generator.content.page_markdown import page_html  # imported here because it takes a tenth of a second

    return page_html(f"# {escape_line(title)}\n\n{text}\n\n{PAGE_END}\n")


def html_faults(html: str) -> list[MarkupFault]:
    """Return what is not allowed in a page's HTML, in which the metadata at its end must be whole."""
    if not html.endswith(PAGE_END):
        return [MarkupFault("a tag or comment is not closed before the page ends", len(html), len(html))]
    return list(islice(markup_faults(html.removesuffix(PAGE_END)), MAX_PAGE_FAULTS))


def position_marks(page: Page, html: str) -> list[tuple[int, int]]:
    """Return positions in a page's HTML, each with the position in its text that it comes from, in ascending order.

    There are none if the marks change anything else, which they do in texts that look like a mark.
    """
    marked = whole_page_html(page.title, MARKABLE_PLACE.sub(mark_position, page.text))
    if POSITION_MARK.sub("", marked) != html:
        return []
    marks, removed = [], 0
    for mark in POSITION_MARK.finditer(marked):
        marks.append((mark.start() - removed, int(mark[mark.lastindex or 0])))
        removed += len(mark[0])
    return marks


def mark_position(place: re.Match[str]) -> str:
    """Return a place in Markdown with its position in a form that Markdown leaves in the HTML."""
    if place["tag"]:
        return f"{place[0]} data-at={place.start()}"
    return f"{place[0]}data-at={place.end()} " if place["list"] else f"{place[0]}data-at-{place.end()}-"


def fault_position(fault: MarkupFault, html: str, text: str, marks: list[tuple[int, int]]) -> int:
    """Return the position in a page's text of what is not allowed in its HTML, or of what stands before it."""
    if fault.start == len(html):
        return max(text.rfind("<"), 0)
    first, after = bisect_left(marks, (fault.start, 0)), bisect_left(marks, (fault.end, 0))
    if first < after:
        return marks[after - 1 if fault.value else first][1]  # an address has its mark in the last attribute
    for wanted in filter(None, (fault.value, html[fault.start : fault.end].partition("\n")[0])):
        if (found := text.find(wanted)) >= 0:
            return found
    return marks[first - 1][1] if first else 0


PAGE_RULES = (check_page_markup,)

"""Links that are written in Markdown: where they lead on the site, and which of them lead nowhere.

They name the file of a page, such as `tags/index.md#families`, or another file of the site, relative to the page that
they are on.
"""

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from generator.checks.pages import FIRST_TEXT_LINE
from generator.content.model import Library, Page, Problem
from generator.content.reader import line_and_column
from generator.site.addresses import page_address, relative_root

MARKDOWN_AMPERSAND = "\x02"  # begins the addresses that Markdown writes in character references


def is_site_link(written: str) -> bool:
    """Return whether an address is that of something on the site."""
    parts = urlsplit(written)
    return not (parts.scheme or parts.netloc or MARKDOWN_AMPERSAND in written)


def link_target(name: str, written: str) -> str:
    """Return the file to which a link leads from the page with this file name."""
    path = unquote(urlsplit(written).path)
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name


def resolve_link(name: str, written: str) -> str:
    """Return the address, relative to that of the page with this file name, to which a link leads."""
    parts = urlsplit(written)
    if not is_site_link(written) or not parts.path or parts.path.startswith("/"):
        return written
    target = link_target(name, written)
    address = page_address(target) if target.endswith(".md") else target
    path = relative_root(page_address(name)) + quote(address)
    return urlunsplit(("", "", path or "./", parts.query, parts.fragment))


def page_link_problems(library: Library, files: Mapping[str, str | bytes]) -> Iterator[Problem]:
    """Yield the links on hand-written pages that lead to no file of the site, or to no place on a page of it."""
    for page in library.pages:
        for written in dict.fromkeys(written_links(page)):
            if fault := link_fault(f"{page.id}.md", written, files):
                file = library.marks[f"pages/{page.id}.md"].file
                line, column = line_and_column(page.text, max(page.text.find(written), 0))
                yield Problem(file, line + FIRST_TEXT_LINE - 1, column, fault)


def written_links(page: Page) -> list[str]:
    """Return the addresses within the site that a page's Markdown has."""
    from generator.content.page_markdown import linked_page  # imported here because it takes a tenth of a second

    found: list[str] = []

    def note(written: str) -> str:
        if is_site_link(written):
            found.append(written)
        return written

    linked_page(page.text, note)
    return found


def link_fault(name: str, written: str, files: Mapping[str, str | bytes]) -> str:
    """Return why a link on the page with this file name leads nowhere, or an empty string."""
    target, fragment = link_target(name, written), unquote(urlsplit(written).fragment)
    if written.startswith("/") or target not in files:
        return f'expected the file of a page, such as tags/index.md, found the link "{written[:60]}"'
    if fragment and f'id="{fragment}"' not in str(files[target]):
        return f'there is no "#{fragment[:60]}" on the page {target}'
    return ""

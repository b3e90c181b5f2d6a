"""The HTML that is made of a page's Markdown.

This module is imported only where there is Markdown to read, since it takes a tenth of a second.
"""

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor

from generator.content.page_limits import ParagraphLimits

INLINE_PRIORITY = 20  # of the processor that takes paragraphs apart
ADDRESS_ATTRIBUTES = {"a": "href", "img": "src"}
LinkResolver = Callable[[str], str]  # takes an address as it is written, and returns that on the site


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page: its id, and its text as HTML."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class PageHtml:
    """A page as HTML, with its first heading, and the headings below that one."""

    html: str
    headings: tuple[Heading, ...]


class LinkChanger(Treeprocessor):
    """Resolves the addresses of the links and pictures that are written in Markdown."""

    def __init__(self, resolve: LinkResolver) -> None:
        super().__init__()
        self.resolve = resolve

    def run(self, root: Element) -> None:
        for element in root.iter():
            if (name := ADDRESS_ATTRIBUTES.get(element.tag)) and (address := element.get(name)) is not None:
                element.set(name, self.resolve(address))


def markdown_extensions() -> list[Extension]:
    """Return the extensions to Markdown that pages may use."""
    return [TocExtension(), TableExtension(use_align_attribute=True), FencedCodeExtension(), AttrListExtension()]


def page_html(text: str) -> str:
    """Return the HTML of a page's text.

    Raises:
        PageLimitError: The page is beyond a limit.
    """
    return markdown_builder().convert(text)


def linked_page(text: str, resolve: LinkResolver) -> PageHtml:
    """Return a page whose links are resolved; its text has to be within the limits."""
    builder = markdown_builder()
    builder.treeprocessors.register(LinkChanger(resolve), "links", 0)  # the last one, so that all links are there
    html = builder.convert(text)
    tokens = getattr(builder, "toc_tokens", [])[:1]
    below = [one for token in tokens for one in (token, *token["children"])]
    return PageHtml(html, tuple(Heading(one["id"], one["name"]) for one in below))


def markdown_builder() -> Markdown:
    builder = Markdown(extensions=markdown_extensions())
    builder.treeprocessors.register(ParagraphLimits(builder), "limits", INLINE_PRIORITY + 1)
    return builder

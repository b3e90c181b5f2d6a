"""The HTML that the site builder makes of a page's Markdown.

The extensions are those of `mkdocs.yml` with those that MkDocs always uses; a test compares them. This module is
imported only where there are hand-written pages, since it takes a tenth of a second.
"""

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension

from generator.content.page_limits import ParagraphLimits

INLINE_PRIORITY = 20  # of the processor that takes paragraphs apart


def markdown_extensions() -> list[Extension]:
    """Return the extensions to Markdown that pages may use."""
    return [TocExtension(), TableExtension(use_align_attribute=True), FencedCodeExtension(), AttrListExtension()]


def page_html(text: str) -> str:
    """Return the HTML of a page's text.

    Raises:
        PageLimitError: The page is beyond a limit.
    """
    builder = Markdown(extensions=markdown_extensions())
    builder.treeprocessors.register(ParagraphLimits(builder), "limits", INLINE_PRIORITY + 1)
    return builder.convert(text)

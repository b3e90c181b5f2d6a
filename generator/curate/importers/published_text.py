"""Texts as publishers and programs give them, with HTML, JATS and formulas in TeX, as plain text."""

import re

from generator.curate.importers.latex import repair_line, repair_tex
from generator.curate.importers.markup import text_without_markup
from generator.curate.importers.plain_text import join_paragraphs, printable_line


def published_line(text: str) -> str:
    """Return a text of a source on one line, without markup."""
    return repair_line(printable_line(text_without_markup(text)))


def published_paragraphs(text: str) -> str:
    """Return a text of a source as paragraphs, which blank lines separate, without markup."""
    return repair_tex(join_paragraphs(re.split(r"\n\s*\n", text_without_markup(text))))

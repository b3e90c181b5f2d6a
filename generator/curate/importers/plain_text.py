"""Clean up text from other sources: remove markup and invisible characters, and normalize lines and paragraphs."""

import re
from collections.abc import Iterable
from html import unescape

from generator.content.characters import clean_text
from generator.content.reader import one_line_excerpt
from generator.content.text import single_line

MAX_INPUT_CHARS, MAX_FIELD_CHARS = 2_000, 20_000  # limits on the characters that are processed
JATS_ALTERNATIVES = re.compile(r"<((?:jats:)?)alternatives>(?P<inner>.*?)</\1alternatives>", re.DOTALL)
JATS_TEX_FORMULA = re.compile(r"<(?:jats:)?tex-math\b[^<>]*>(?P<tex>[^<]*)</")
TEX_DOCUMENT = re.compile(r"\\documentclass.*?\\begin\{document\}(?P<tex>.*?)\\end\{document\}", re.DOTALL)
MARKUP_ATTRIBUTES = r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?"
JATS_BLOCK_MARKUP = re.compile(
    rf"</?(?:jats:)?(?:p|title|sec|abstract|list|list-item|disp-formula|disp-quote|div|ul|ol|li|br){MARKUP_ATTRIBUTES}>",
    re.IGNORECASE,
)
JATS_INLINE_MARKUP = re.compile(  # listed by name, since "a<b" and "List<String>" are not markup
    r"</?(?:(?:jats|mml|m|ali):[\w-]+|b|i|u|em|strong|bold|italic|underline|sub|sup|ovl|sc|scp|tt|font|span|a|"
    r"inline-formula|inline-graphic|alternatives|tex-math|ext-link|xref|monospace|sans-serif|"
    rf"math|mi|mn|mo|ms|mrow|msub|msup|msubsup|mfrac|msqrt|mtext|mover|munder|mspace|mstyle){MARKUP_ATTRIBUTES}>|"
    r"<!--.*?-->|<!\[CDATA\[|\]\]>",
    re.IGNORECASE | re.DOTALL,
)


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


def markup_to_text(markup: str) -> str:
    """Return JATS, MathML, and HTML as paragraphs of text; unescaped twice, since much of it is escaped twice."""
    markup = markup[:MAX_FIELD_CHARS]
    for _ in range(2):
        markup = JATS_ALTERNATIVES.sub(extract_tex_formula, markup)
        markup = unescape(JATS_INLINE_MARKUP.sub("", JATS_BLOCK_MARKUP.sub("\n\n", markup)))
    return join_paragraphs(re.split(r"\n\s*\n", markup))


def extract_tex_formula(match: re.Match[str]) -> str:
    """Return the TeX version of a formula, without the surrounding document; if there is none, all alternatives."""
    if not (source := JATS_TEX_FORMULA.search(match["inner"])):
        return match["inner"]
    shown = TEX_DOCUMENT.sub(lambda document: document["tex"], source["tex"])
    return f"${shown.strip().strip('$').strip()}$"

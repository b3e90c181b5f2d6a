"""Escaping of curators' texts, so that they are safe in Markdown, in HTML and in quoted attributes.

Every character that Markdown or HTML could interpret as markup is replaced by a numeric character reference, which both
leave unchanged. Abstracts are also formatted, while their published characters are kept in the text of the page: TeX
between delimiters becomes MathML annotated with its source, bare subscripts and superscripts become elements, and web
addresses become links.
"""

import math
import re
from html import unescape
from xml.etree.ElementTree import Element

from generator.content.text import single_line

MARKUP_CHARACTERS = re.compile(r"[\\`*_{}\[\]<>&#|~^=\"$@]")
SENTENCE_PUNCTUATION = ".,;:!?'*_~"
BLOCK_START = re.compile(r"^(?:[-+!?:/%]|\d+(?=[.)]))")
# Each alternative starts with distinct characters, so other text is skipped quickly. A formula does not contain its own
# opening delimiter, so each part of a text is searched for the end of one formula only.
ABSTRACT_PIECES = re.compile(
    r"\\(?<!\\\\)\[(?P<display>(?:[^\\]|\\(?!(?<!\\\\)\[)){1,1000}?)\\\]"
    r"|\$\$(?P<dollars>[^$]{1,1000})\$\$"
    r"|\\(?<!\\\\)\((?P<inline>(?:[^\\]|\\(?!(?<!\\\\)\()){1,1000}?)\\\)"
    r"|\$(?<![\\$\w]\$)(?P<dollar>[^\s$](?:[^$]{0,1000}?[^\s\\$])?)\$(?![\w$])"
    r"|(?P<address>https?://[^\s<>\"`{}|\\^]+)"
    r"|(?P<script>[_^](?<=[^\W_].|[)\]].)(?<!_\w.)(?:\{[^{}]{1,24}\}|[+*-](?!\w)|\d+(?![^\W_])|[^\W\d_](?!\w)))",
    re.DOTALL,
)
MATHML_TAGS = frozenset(
    "math semantics mrow mi mn mo ms mtext mspace msub msup msubsup munder mover munderover mfrac msqrt mroot mtable "
    "mtr mtd mstyle mpadded mphantom mmultiscripts menclose".split()
)
MATHML_ATTRIBUTES = frozenset(
    "display mathvariant stretchy fence form separator lspace rspace minsize maxsize accent accentunder linethickness "
    "columnalign rowspacing columnspacing width height depth voffset displaystyle scriptlevel movablelimits".split()
)
MATHML_LENGTH = re.compile(r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?)(em|ex|mu|pt|pc|px|mm|cm|in|)")
UNITS_IN_EM = {
    "em": 1.0,
    "ex": 0.5,
    "mu": 1 / 18,
    "pt": 0.1,
    "pc": 1.2,
    "px": 0.06,
    "mm": 0.28,
    "cm": 2.8,
    "in": 7.2,
    "": 1.0,
}
LENGTH_LIMITS = {  # the least and the greatest that a formula needs, in em; a column of text is 40 wide
    **dict.fromkeys("width lspace rspace columnspacing".split(), (-6.0, 40.0)),
    **dict.fromkeys("height depth rowspacing minsize maxsize linethickness".split(), (-5.0, 5.0)),
    "voffset": (-1.0, 1.0),
}
MAX_MATHML_DEPTH = 60  # nested elements; formulas of textbooks have up to about 20


def escape_markup(text: str) -> str:
    """Return the text with every character that could be markup replaced by a character reference."""
    return MARKUP_CHARACTERS.sub(lambda found: f"&#{ord(found[0])};", text)


def escape_line(value: str) -> str:
    """Return a curator's text on one line, safe anywhere on a Markdown page except in code."""
    return escape_block_start(escape_markup(single_line(value)))


def escape_block_start(line: str) -> str:
    """Return the line, escaped so that it does not start a list, a heading or another Markdown block."""
    return BLOCK_START.sub(lambda found: "".join(f"&#{ord(c)};" for c in found[0]), line)


def split_paragraphs(value: str) -> list[str]:
    """Return the paragraphs of a curator's text, each on one line.

    Paragraphs are separated by blank lines. In a text without blank lines, every line is a paragraph, as in a folded
    YAML scalar (`>-`).
    """
    parts = re.split(r"\n\s*\n", value.strip()) if "\n\n" in value else value.strip().split("\n")
    return [line for line in map(single_line, parts) if line]


def abstract_paragraphs(value: str) -> list[str]:
    """Return the paragraphs of an abstract as Markdown.

    Only blank lines separate paragraphs, because many abstracts are pasted with line breaks.
    """
    return [format_paragraph(single_line(part)) for part in re.split(r"\n\s*\n", value.strip())]


def format_paragraph(line: str) -> str:
    """Return one paragraph as Markdown."""
    parts, end = [], 0
    for piece in ABSTRACT_PIECES.finditer(line):
        parts += [escape_markup(line[end : piece.start()]), format_piece(piece)]
        end = piece.end()
    return escape_block_start("".join(parts) + escape_markup(line[end:]))


def format_piece(piece: re.Match[str]) -> str:
    """Return a formula, a subscript or superscript, or a web address in an abstract as Markdown."""
    if script := piece["script"]:
        return format_script(script)
    if address := piece["address"]:
        return format_address(address)
    tex = piece["display"] or piece["dollars"] or piece["inline"] or piece["dollar"]
    return tex_to_mathml(tex.strip(), bool(piece["display"] or piece["dollars"]), piece[0]) or escape_markup(piece[0])


def format_script(script: str) -> str:
    """Return `_x`, `^2` or `_{c,t}` as a subscript or superscript, with its sign and braces in the text but hidden."""
    tag = "sub" if script[0] == "_" else "sup"
    braced = script[1] == "{"
    before, inner, after = (script[:2], script[2:-1], "}") if braced else (script[0], script[1:], "")
    hidden = [f'<span class="tex">{escape_markup(sign)}</span>' if sign else "" for sign in (before, after)]
    return f"<{tag}>{hidden[0]}{escape_markup(inner)}{hidden[1]}</{tag}>"


def format_address(found: str) -> str:
    """Return a web address as a link that excludes the punctuation of the surrounding sentence."""
    end = address_end(found)
    address = escape_markup(found[:end])
    return f'<a href="{address}">{address}</a>{escape_markup(found[end:])}'


def address_end(found: str) -> int:
    """Return the length of a web address without the punctuation and unmatched closing brackets that follow it."""
    unmatched = found.count(")") - found.count("(")
    for length in range(len(found), 0, -1):
        last = found[length - 1]
        if last == ")" and unmatched > 0:
            unmatched -= 1
        elif last not in SENTENCE_PUNCTUATION:
            return length
    return 0


def tex_to_mathml(tex: str, display: bool, source: str) -> str:
    """Return TeX as MathML on one line, annotated with its source, or an empty string if it cannot be converted.

    A formula that could displace or cover the rest of the page, by absurd lengths or nesting, is not converted either.
    """
    from latex2mathml.converter import convert_to_element  # imported here because only pages with formulas need it

    try:
        formula = convert_to_element(tex, display="block" if display else "inline")
        inner = "".join(mathml_element_html(child, 0) for child in formula)
    except (Exception, RecursionError):  # the converter has no specific exception class for invalid TeX
        return ""
    shown = ' display="block"' if display else ""
    note = f'<annotation encoding="application/x-tex">{escape_markup(source)}</annotation>'
    return f"<math{shown}><semantics><mrow>{inner}</mrow>{note}</semantics></math>"


def mathml_element_html(node: Element, depth: int) -> str:
    """Return a MathML element at some depth of a formula as HTML, with all text escaped and only known attributes.

    Raises:
        ValueError: An element is not among the known ones, is nested too deeply, or has an absurd length.
    """
    if (
        node.tag not in MATHML_TAGS
        or depth > MAX_MATHML_DEPTH
        or any(is_absurd_length(*item) for item in node.attrib.items())
    ):
        raise ValueError(node.tag)
    attributes = "".join(f' {k}="{escape_markup(v)}"' for k, v in node.attrib.items() if k in MATHML_ATTRIBUTES)
    inner = escape_markup(unescape(node.text or "")) + "".join(mathml_element_html(child, depth + 1) for child in node)
    return f"<{node.tag}{attributes}>{inner}</{node.tag}>"


def is_absurd_length(attribute: str, value: str) -> bool:
    """Return whether an attribute has a length that no formula needs, such as a space wider than a page.

    What is no length with a unit of TeX, such as `-1width`, has no effect in browsers.
    """
    least, greatest = LENGTH_LIMITS.get(attribute, (-math.inf, math.inf))
    lengths = [float(number) * UNITS_IN_EM[unit] for number, unit in MATHML_LENGTH.findall(value)]
    return any(not least <= length <= greatest for length in lengths)

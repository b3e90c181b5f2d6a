"""Convert HTML, JATS, and MathML, as found in records of Crossref and in .bib files, to text.

Only elements that are known by name are markup, since "a<b" and "List<String>" are text. The elements are read with a
stack, in linear time, whether or not they are closed.
"""

import re
from collections import Counter
from html import unescape

from generator.curate.importers.formulas import COMBINING_ACCENTS, accented_text, fraction_text, root_text, script_text
from generator.curate.importers.plain_text import MAX_FIELD_CHARS, join_paragraphs

PARAGRAPH_ELEMENTS = frozenset("p title sec abstract list list-item disp-formula disp-quote div ul ol li br".split())
MATHML_ELEMENTS = frozenset(
    "math semantics mrow mi mn mo ms mtext mspace mstyle msub msup msubsup mfrac msqrt mroot mover munder munderover "
    "mpadded mphantom menclose".split()
)
INLINE_ELEMENTS = frozenset(
    "b i u em strong bold italic underline sub sup ovl sc scp tt font span a small big inline-formula inline-graphic "
    "alternatives tex-math ext-link xref monospace sans-serif annotation".split()
)
KNOWN_ELEMENTS = sorted(PARAGRAPH_ELEMENTS | MATHML_ELEMENTS | INLINE_ELEMENTS, key=len, reverse=True)
MARKUP_TAG = re.compile(
    r"<(?P<closing>/?)(?:(?:jats|mml|m|ali):(?P<other>[\w-]+)"
    rf"|(?P<name>{'|'.join(KNOWN_ELEMENTS)}))"
    r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[\w#%.-]+))*\s*(?P<empty>/?)>"
    r"|<!--.{0,300}?-->|<!\[CDATA\[|\]\]>",
    re.IGNORECASE | re.DOTALL,
)
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
GREEK_NAMES = "a b g d e z ee th i k l m n x o p r s t u ph kh ps oh".split()  # in ISO 8879, which SGML used: &agr;
GREEK_ENTITIES = {
    entity: letter
    for name, small in zip(GREEK_NAMES, "αβγδεζηθικλμνξοπρστυφχψω", strict=True)
    for entity, letter in ((f"&{name}gr;", small), (f"&{name.upper()}gr;", small.upper()))
} | {"&sfgr;": "ς"}
TEX_DOCUMENT = re.compile(r"\\documentclass.*?\\begin\{document\}(?P<tex>.*?)\\end\{document\}", re.DOTALL)
MATHML_ACCENTS = {"¯": "bar", "‾": "bar", "―": "bar", "ˉ": "bar", "^": "hat", "ˆ": "hat", "~": "tilde", "˜": "tilde",
                  "→": "vec", "⃗": "vec", "˙": "dot", ".": "dot", "¨": "ddot", "ˇ": "check"}  # fmt: skip
PARAGRAPH_BREAK = "\n\n"
MAX_OPEN_ELEMENTS = 50  # deeper ones have no effect, so that no text is copied too often


def markup_to_text(markup: str) -> str:
    """Return the start of JATS, MathML, or HTML as paragraphs of text."""
    return markup_to_paragraphs(markup[:MAX_FIELD_CHARS])


def markup_to_paragraphs(markup: str) -> str:
    """Return JATS, MathML, and HTML as paragraphs of text."""
    return join_paragraphs(re.split(r"\n\s*\n", text_without_markup(markup)))


def text_without_markup(markup: str) -> str:
    """Return a text without elements and entities; it is read twice, since much is escaped twice."""
    if "<" not in markup and "&" not in markup:
        return markup
    return text_without_elements(text_without_elements(markup))


def text_without_elements(markup: str) -> str:
    """Return a text with its elements as text, and with its entities decoded once."""
    reader, end = MarkupReader(), 0
    for tag in MARKUP_TAG.finditer(markup):
        reader.add(decode_entities(markup[end : tag.start()]))
        end = tag.end()
        if name := (tag["other"] or tag["name"] or "").lower():
            reader.read_tag(name, tag)
    reader.add(decode_entities(markup[end:]))
    reader.close(1)
    return "".join(reader.open_elements[0][1])


class MarkupReader:
    """The elements that are open, each with the texts in it; the first one is the whole text."""

    def __init__(self) -> None:
        self.open_elements: list[tuple[str, list[str]]] = [("", [])]
        self.open_names = Counter[str]()

    def add(self, text: str) -> None:
        self.open_elements[-1][1].append(text)

    def read_tag(self, name: str, tag: re.Match[str]) -> None:
        """Open or close an element; tags of blocks only separate them, as many are not closed."""
        if name in PARAGRAPH_ELEMENTS:
            self.add(PARAGRAPH_BREAK)
        elif not tag["closing"] and not tag["empty"] and len(self.open_elements) <= MAX_OPEN_ELEMENTS:
            self.open_elements.append((name, []))
            self.open_names[name] += 1
        elif tag["closing"] and self.open_names[name]:
            while self.open_elements[-1][0] != name:
                self.close(len(self.open_elements) - 1)
            parts = self.pop()
            self.add(element_text(name, parts, self.open_elements[-1][1]))

    def close(self, count: int) -> None:
        """Close the elements beyond the first ones, which lack a closing tag, as if they had no markup."""
        while len(self.open_elements) > count:
            parts = self.pop()
            self.open_elements[-1][1].extend(parts)

    def pop(self) -> list[str]:
        """Return the texts of the innermost element, which is closed."""
        name, parts = self.open_elements.pop()
        self.open_names[name] -= 1
        return parts


def element_text(name: str, parts: list[str], before: list[str]) -> str:
    """Return an element with these texts and child elements, after other text, as text."""
    text = "".join(parts)
    if name in ("sup", "sub"):
        return script_text("^" if name == "sup" else "_", text, "".join(before[-2:]))
    if name == "tex-math":
        shown = TEX_DOCUMENT.sub(lambda document: document["tex"], text)
        return f"${shown.strip().strip('$').strip()}$"
    if name == "annotation":
        return ""
    children = [part.strip() for part in parts if part.strip()]
    if name == "alternatives":
        return next((child for child in children if re.fullmatch(r"\$.*\$", child, re.DOTALL)), text)
    return mathml_text(name, children) if name in MATHML_ELEMENTS else text


def mathml_text(name: str, children: list[str]) -> str:
    """Return an element of MathML with these children as text."""
    match name, children:
        case "msup", [base, above]:
            return base + script_text("^", above)
        case "msub", [base, below]:
            return base + script_text("_", below)
        case "msubsup" | "munderover", [base, below, above]:
            return base + script_text("_", below) + script_text("^", above)
        case "mfrac", [above, below]:
            return fraction_text(above, below)
        case "msqrt", [_, *_]:
            return root_text("".join(children))
        case "mroot", [base, degree]:
            return root_text(base, degree)
        case "mover", [base, accent] if accent in MATHML_ACCENTS:
            return accented_text(base, COMBINING_ACCENTS[MATHML_ACCENTS[accent]])
    return "".join(children)


def decode_entities(text: str) -> str:
    """Return a text with its entities as characters; what only looks like one stays."""
    if "&" not in text:
        return text
    return ENTITY.sub(lambda found: GREEK_ENTITIES.get(found[0]) or unescape(found[0]), text)

"""TeX in, as .bib files have it; Unicode text out.

It becomes Unicode piece by piece, so that no depth of braces matters and each macro is looked up once. What is not
known vanishes, and the text in the braces after it stays. Only formulas in abstracts stay TeX, as the site sets them.
"""

import logging
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text

from generator.content.reader import UNPRINTABLE_CHARACTERS
from generator.content.text import single_line

logging.getLogger("pylatexenc").addHandler(logging.NullHandler())  # it logs each piece of TeX that it cannot read

TEX_TOKEN = (
    re.compile(  # each alternative starts with a character of its own, or stands before the one that takes the rest
        r"(?P<math>\$\$[^$]{1,1000}\$\$|\$(?:[^\s$](?:[^$]{0,1000}[^\s$\\])?|\s[^$]{1,1000}\s)\$"
        r"|\\\(.{1,1000}?\\\)|\\\[.{1,1000}?\\\])"
        r"|(?P<address>\\url\s*\{[^{}]*\}|https?://[^\s{}\\]+)"
        r"|\\(?:begin|end|cite[a-z]*|color|footnote|href|label|noopsort|ref|textcolor)\s*\{[^{}]*\}"
        r"|(?P<accent>\\(?:[\"'`^~=.]|(?:[uvHcdbkrt]|textcommabelow)(?![A-Za-z]))\s*"
        r"(?:\{[^{}]{0,9}(?:\{[^{}]{0,9}\})?[^{}]{0,9}\}|\\[ij](?![A-Za-z])|[^\W\d_]))"
        r"|(?P<command>\\[A-Za-z]+)\*?\s*"
        r"|(?P<sign>\\.?)|(?P<ligature>---?|``|'')|(?P<tie>~)|[{}]",
        re.DOTALL,
    )
)
TEX_MARKUP = re.compile(r"[\\{}$~]|--|``|''")
LIGATURE_CHARACTERS = {"--": "–", "---": "—", "``": "“", "''": "”"}
SPACE_COMMANDS, EMPTY_COMMANDS = frozenset(" ,;:\\>"), frozenset("-/@!*()[]\"'`^~=.+<|")
COMMAND_TEXTS = {
    r"\LaTeX": "LaTeX", r"\TeX": "TeX", r"\footnote": "", r"\frac": "", r"\sqrt": "√", r"\textasciicircum": "^",
    r"\textbraceleft": "{", r"\textbraceright": "}", r"\textgreater": ">", r"\textless": "<", r"\textbar": "|",
    r"\today": "", r"\newline": " ", r"\par": "\n\n", r"\section": "",
}  # fmt: skip
TEX_SCRIPT = re.compile(r"([_^])(?:\{([^{}]{1,9})\}|([\w+-]))")
SCRIPT_CHARACTERS = {
    "^": str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ"),
    "_": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋"),
}


def latex_to_line(tex: str) -> str:
    """TeX as one line of Unicode text, formulas too."""
    return single_line(latex_to_unicode(tex, formulas=False))


def latex_to_paragraphs(tex: str) -> str:
    """TeX as Unicode text in paragraphs, in which formulas stay TeX."""
    parts = map(single_line, re.split(r"\n\s*\n", latex_to_unicode(tex, formulas=True)))
    return "\n\n".join(part for part in parts if part)


def strip_tex_escapes(tex: str) -> str:
    r"""An address or identifier, without the signs that TeX needs around and inside it: `\url{a\_b}` is `a_b`."""
    return re.sub(r"\\url\b|\\(?=[_%&#~$])|[{}]", "", re.sub(r"\\textasciitilde\s*", "~", tex)).strip()


def replace_unprintable(text: str) -> str:
    """A text without what cannot be seen in it."""
    return UNPRINTABLE_CHARACTERS.sub(lambda found: " " if found[0].isspace() else "", text)


def latex_to_unicode(tex: str, formulas: bool) -> str:
    """TeX as Unicode; whether formulas are kept."""
    if not TEX_MARKUP.search(tex):
        return tex
    return replace_unprintable(TEX_TOKEN.sub(lambda token: decode_token(token, formulas), tex))


def decode_token(token: re.Match[str], formulas: bool) -> str:
    """A piece of TeX as Unicode. What is not known vanishes, and the text in the braces after it stays."""
    text = token[0]
    match token.lastgroup:
        case "math":
            return trim_formula(text) if formulas else flatten_formula(text)
        case "address":
            return strip_tex_escapes(text)
        case "accent":
            return decode_accent(text)
        case "command":
            return (
                COMMAND_TEXTS[token["command"]]
                if token["command"] in COMMAND_TEXTS
                else convert_with_pylatexenc(token["command"])
            )
        case "sign":
            return (
                " "
                if text[1:].isspace() or text[1:] in SPACE_COMMANDS
                else ""
                if text[1:] in EMPTY_COMMANDS
                else text[1:]
            )
        case "ligature":
            return LIGATURE_CHARACTERS[text]
        case "tie":
            return " "
    return ""


@lru_cache(1 << 12)
def convert_with_pylatexenc(tex: str) -> str:
    """What pylatexenc makes of a piece of TeX, or its text where that cannot read it."""
    try:
        text = str(LatexNodes2Text(math_mode="text").latex_to_text(tex))
    except Exception:  # it promises no error class for TeX that it cannot read
        return re.sub(r"\\[A-Za-z]+\s*|[\\{}$]", "", tex)
    return "" if unicodedata.combining(text.strip()[:1] or " ") else text  # an accent on nothing


def decode_accent(tex: str) -> str:
    """A letter with the accent that TeX puts on it."""
    if tex.startswith(r"\textcommabelow"):
        letter = tex.removeprefix(r"\textcommabelow").strip(" {}")
        return unicodedata.normalize("NFC", f"{letter}\N{COMBINING COMMA BELOW}" if letter else "")
    return convert_with_pylatexenc(tex).strip()


def trim_formula(formula: str) -> str:
    """A formula as the site knows one: no space inside its dollar signs."""
    return f"${formula[1:-1].strip()}$" if re.match(r"\$\s", formula) else formula


def flatten_formula(formula: str) -> str:
    """A formula as text: β, ℓ₁, x²; letters in plain type."""
    inner = TEX_SCRIPT.sub(decode_script, re.sub(r"^(?:\$\$?|\\[(\[])|(?:\$\$?|\\[)\]])$", "", formula))
    text = convert_with_pylatexenc(f"${inner}$")
    return "".join(unicodedata.normalize("NFKC", c) if c >= "\U0001d400" else c for c in text)


def decode_script(found: re.Match[str]) -> str:
    """A sub- or superscript of digits as such; another one as it is, without braces."""
    sign, text = found[1], found[2] or found[3]
    return (
        text.translate(SCRIPT_CHARACTERS[sign])
        if all(ord(c) in SCRIPT_CHARACTERS[sign] for c in text)
        else f"{sign}{text}"
    )


TEX_REPAIRS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # TeX accents: Fr\'{e}chet, Fr\'echet, Erd\H{o}s
    (re.compile(r"\\(?:['`^\"~=.]|[uvHckr](?=\{))\{?[A-Za-z]\}?"), lambda found: decode_accent(found[0])),
    # TeX quotes: ``translating'' and `sufficient statistic'
    (re.compile(r"``(.+?)''"), r"“\1”"),
    (re.compile(r"(?<![\w`])`([^`']+)'(?![\w'])"), r"‘\1’"),
)


def repair_tex(abstract: str) -> str:
    """An abstract as it was meant, in Unicode: see `TEX_REPAIRS`."""
    for pattern, better in TEX_REPAIRS:
        abstract = pattern.sub(better, abstract)
    return abstract

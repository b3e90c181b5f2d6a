"""Convert TeX, as found in .bib files, to Unicode text.

The text is converted token by token, so that nested braces need no recursion and each macro is looked up once. Unknown
macros are dropped, but the text in their braces stays. Formulas in abstracts stay in TeX, since the site typesets them.
"""

import logging
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text

from generator.content.characters import clean_text
from generator.content.text import single_line

logging.getLogger("pylatexenc").addHandler(logging.NullHandler())  # it logs all TeX that it cannot parse

TEX_TOKEN = (
    re.compile(  # each alternative begins with a character of its own, or precedes the one that matches the rest
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
    """Return TeX as one line of Unicode text, including formulas."""
    return single_line(clean_text(latex_to_unicode(tex, formulas=False)))


def latex_to_paragraphs(tex: str) -> str:
    """Return TeX as paragraphs of Unicode text; formulas stay in TeX."""
    parts = map(single_line, re.split(r"\n\s*\n", clean_text(latex_to_unicode(tex, formulas=True))))
    return "\n\n".join(part for part in parts if part)


def strip_tex_escapes(tex: str) -> str:
    r"""Return an address or identifier without its TeX escapes: `a_b` for `\url{a\_b}`."""
    return re.sub(r"\\url\b|\\(?=[_%&#~$])|[{}]", "", re.sub(r"\\textasciitilde\s*", "~", tex)).strip()


def latex_to_unicode(tex: str, formulas: bool) -> str:
    """Return TeX as Unicode text; `formulas` says whether formulas stay in TeX."""
    if not TEX_MARKUP.search(tex):
        return tex
    return TEX_TOKEN.sub(lambda token: decode_token(token, formulas), tex)


def decode_token(token: re.Match[str], formulas: bool) -> str:
    """Return a token of TeX as Unicode text. An unknown macro is dropped, but the text in its braces stays."""
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
    """Return pylatexenc's conversion of a piece of TeX, or its bare text if pylatexenc fails."""
    try:
        text = str(LatexNodes2Text(math_mode="text").latex_to_text(tex))
    except Exception:  # pylatexenc documents no exceptions for invalid TeX
        return re.sub(r"\\[A-Za-z]+\s*|[\\{}$]", "", tex)
    return "" if unicodedata.combining(text.strip()[:1] or " ") else text  # an accent without a letter


def decode_accent(tex: str) -> str:
    """Return a letter with its TeX accent as Unicode."""
    if tex.startswith(r"\textcommabelow"):
        letter = tex.removeprefix(r"\textcommabelow").strip(" {}")
        return unicodedata.normalize("NFC", f"{letter}\N{COMBINING COMMA BELOW}" if letter else "")
    return convert_with_pylatexenc(tex).strip()


def trim_formula(formula: str) -> str:
    """Return a formula in the form that the site recognizes, without spaces inside its dollar signs."""
    return f"${formula[1:-1].strip()}$" if re.match(r"\$\s", formula) else formula


def flatten_formula(formula: str) -> str:
    """Return a formula as Unicode text, such as β, ℓ₁, or x²; styled letters become plain ones."""
    inner = TEX_SCRIPT.sub(decode_script, re.sub(r"^(?:\$\$?|\\[(\[])|(?:\$\$?|\\[)\]])$", "", formula))
    text = convert_with_pylatexenc(f"${inner}$")
    return "".join(unicodedata.normalize("NFKC", c) if c >= "\U0001d400" else c for c in text)


def decode_script(found: re.Match[str]) -> str:
    """Return a sub- or superscript in Unicode if it consists of digits and signs, otherwise in TeX without braces."""
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
    """Return an abstract with TeX accents and quotes in Unicode; see `TEX_REPAIRS`."""
    for pattern, better in TEX_REPAIRS:
        abstract = pattern.sub(better, abstract)
    return abstract

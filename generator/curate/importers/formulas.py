"""Write formulas as Unicode text, since titles and names are not typeset: `10⁶`, `H₂O`, `√s`, `1/2`, `O(n^(3/2))`.

In: TeX without its dollar signs, or the parts of a formula from HTML or MathML. Out: text that reads aloud and sorts as
the formula does. What Unicode has no character for is written with `^`, `_`, `/`, and parentheses.
"""

import logging
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import LatexWalker, get_default_latex_context_db
from pylatexenc.macrospec import MacroStandardArgsParser, SpecialsSpec

logging.getLogger("pylatexenc").addHandler(logging.NullHandler())  # it logs all TeX that it cannot parse

SCRIPT_CHARACTERS = {
    "^": str.maketrans(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ∘'*",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ°′*",
    ),
    "_": str.maketrans("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ"),
}
RAISED_CHARACTERS = frozenset("°′″‴*†‡®™℠ºª")  # which are superscripts themselves
ORDINAL_ENDINGS = frozenset("st nd rd th".split())
SPELLED_ORDINAL_ENDINGS = frozenset("a e er ere ère eme ème ième nd nde o os re".split())  # of other languages
LONG_WORD = re.compile(r"[^\W\d_]{3}")
OPERATOR = re.compile(r"[\s+\-−±·*/=,<>]")
LETTER_OR_DIGIT = re.compile(r"[^\W_]")
COMBINING_ACCENTS: Mapping[str, str] = {
    **dict.fromkeys(("hat", "widehat"), "\u0302"),
    **dict.fromkeys(("tilde", "widetilde"), "\u0303"),
    **dict.fromkeys(("bar", "overline"), "\u0304"),
    "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c", "acute": "\u0301", "grave": "\u0300",
    "breve": "\u0306", "mathring": "\u030a",
}  # fmt: skip
MAX_ACCENTED_LETTERS = 3  # of a long bar or hat; over longer ones it is left out
ROOT_SIGNS = {"": "√", "2": "√", "3": "∛", "4": "∜"}
STYLED_LETTERS = frozenset("mathbb mathcal mathfrak mathscr mathds".split())
DELIMITER_SIZE = re.compile(r"\\(?:left|right|middle)(?![A-Za-z])\s*\.?|\\[bB]igg?[lrm]?(?![A-Za-z])\s*")
FORMULA_COMMANDS = {
    "prime": "′", "circ": "∘", "quad": " ", "qquad": " ", "hyphen": "-", "slash": "/", "xrightarrow": "→",
    "xleftarrow": "←", "dots": "…", "ldots": "…", "cdots": "⋯", "lvert": "|", "rvert": "|", "lVert": "‖",
    "rVert": "‖", "degree": "°", "limits": "", "nolimits": "", "displaystyle": "", "textstyle": "", "rm": "", "bf": "",
    "it": "", "cal": "", "sf": "", "tt": "", "protect": "", "operatorname": "", "ensuremath": "", "unboldmath": "",
    "hfill": "",
    **dict.fromkeys(
        "scriptsize tiny small footnotesize normalsize large scriptstyle scriptscriptstyle em sl sc upshape itshape "
        "boldmath mathstrut strut nonumber notag left right middle".split(), ""
    ),
}  # fmt: skip
SPACING_COMMANDS = {**dict.fromkeys(", ; : >".split(), " "), " ": " ", "!": "", "/": "", "-": "", "\\": " "}


def script_text(sign: str, text: str, before: str = "") -> str:
    """Return a superscript (`^`) or subscript (`_`) as it is written after some text.

    Ordinals stay plain: `4th`. So do raised signs: `x*`. A word of several letters is written as `λ_max`.
    """
    text = text.strip()
    if is_plain_script(sign, text, before):
        return text
    table = SCRIPT_CHARACTERS[sign]
    if all(ord(c) in table for c in text) and not LONG_WORD.search(text):
        return text.translate(table)
    mixed = LETTER_OR_DIGIT.search(text) and re.search(r"[^\w]", text)
    return f"{sign}({text})" if mixed else f"{sign}{text}"


def is_plain_script(sign: str, text: str, before: str) -> bool:
    """Return whether a script reads best without a sign: an ordinal's ending, or signs that are raised anyway."""
    if not text or (sign == "^" and RAISED_CHARACTERS.issuperset(text)) or text == "™":
        return True
    return sign == "^" and (text in ORDINAL_ENDINGS or (text in SPELLED_ORDINAL_ENDINGS and before[-1:].isdigit()))


def fraction_text(above: str, below: str) -> str:
    """Return a fraction on one line, such as `1/2` or `(a + b)/c`."""
    return "/".join(f"({part})" if OPERATOR.search(part) else part for part in (above.strip(), below.strip()))


def root_text(text: str, degree: str = "") -> str:
    """Return a root on one line, such as `√s`, `∛2`, or `√(a + b)`."""
    sign = ROOT_SIGNS.get(degree) or f"{script_text('^', degree)}√"
    return f"{sign}{text}" if text.isalnum() and (len(text) == 1 or text.isdigit()) else f"{sign}({text})"


def accented_text(text: str, accent: str) -> str:
    """Return letters with a combining accent on each; without it if there are too many."""
    letters = sum(map(str.isalnum, text))
    if letters > MAX_ACCENTED_LETTERS:
        return text
    return unicodedata.normalize("NFC", "".join(c + accent if c.isalnum() else c for c in text))


@lru_cache(1 << 12)
def formula_text(tex: str) -> str:
    """Return a formula in TeX as Unicode text; styled letters become plain ones."""
    try:
        walker = LatexWalker(
            DELIMITER_SIZE.sub("", tex), latex_context=formula_syntax(), tolerant_parsing=True, debug_nodes=False
        )
        text = nodes_text(walker.get_latex_nodes()[0])
    except Exception:  # pylatexenc documents no exceptions for invalid TeX
        text = re.sub(r"\\[A-Za-z]+\s*|[\\{}$]", "", tex)
    return "".join(unicodedata.normalize("NFKC", c) if c >= "\U0001d400" else c for c in text).strip()


@cache
def formula_syntax() -> Any:
    """Return pylatexenc's grammar, in which `^` and `_` take an argument."""
    syntax = get_default_latex_context_db()
    scripts = [SpecialsSpec(sign, args_parser=MacroStandardArgsParser("{")) for sign in SCRIPT_CHARACTERS]
    syntax.add_context_category("scripts", specials=scripts, prepend=True)
    return syntax


def nodes_text(nodes: Iterable[Any]) -> str:
    """Return pylatexenc's nodes of a formula as text; the space after a macro counts only if one precedes it too."""
    text, function = "", False
    for node, following in pairwise([*(node for node in nodes if node is not None), None]):
        piece = node_text(node, following)
        if function and piece[:1].isalpha() and not text.endswith(" "):
            text += " "
        function = is_function_name(node, piece)
        if function and text[-1:].isalnum():
            text += " "
        spaced = getattr(node, "macro_post_space", "") and text.endswith(" ")
        text += f"{piece} " if spaced else piece
    return text


def is_function_name(node: Any, text: str) -> bool:
    """Return whether a node is a function such as `\\log`, which a space separates from its argument."""
    return bool(getattr(node, "macroname", "") == text and text.isalpha() and len(text) > 1)


def node_text(node: Any, following: Any) -> str:
    """Return one node of a formula as text."""
    kind = type(node).__name__
    if kind == "LatexCharsNode":
        return str(node.chars).replace("''", "″").replace("'", "′")
    if kind in ("LatexGroupNode", "LatexMathNode"):
        return nodes_text(node.nodelist)
    if kind == "LatexSpecialsNode":
        sign, inner = node.specials_chars, arguments_text(node)
        return script_text(sign, "".join(inner)) if sign in SCRIPT_CHARACTERS else {"~": " "}.get(sign, sign)
    if kind == "LatexMacroNode":
        return macro_text(node, following)
    return "" if kind == "LatexCommentNode" else plain_node_text(node)


def arguments_text(node: Any) -> list[str]:
    """Return the arguments of a node as texts; an optional one that is missing is empty."""
    given = node.nodeargd.argnlist if node.nodeargd else []
    return [nodes_text([argument]) if argument is not None else "" for argument in given or []]


def macro_text(node: Any, following: Any) -> str:
    """Return a macro of a formula with its arguments as text; an unknown one is shown by its name or its braces."""
    name, inner = str(node.macroname), arguments_text(node)
    if name in SPACING_COMMANDS:
        return SPACING_COMMANDS[name]
    if name.endswith("frac") and len(inner) == 2:
        return fraction_text(*inner)
    if name == "sqrt":
        return root_text(inner[-1] if inner else "", inner[0] if len(inner) == 2 else "")
    if name in COMBINING_ACCENTS:
        return accented_text("".join(inner), COMBINING_ACCENTS[name])
    if name in FORMULA_COMMANDS:
        return FORMULA_COMMANDS[name] + "".join(inner)
    if inner and (len(name) > 1 and name not in STYLED_LETTERS):
        return "".join(inner)
    text = plain_node_text(node)
    return text if text or type(following).__name__ == "LatexGroupNode" or not name.isalpha() else name


def plain_node_text(node: Any) -> str:
    """Return pylatexenc's own conversion of a node."""
    return str(LatexNodes2Text(math_mode="text").nodelist_to_text([node])).strip()

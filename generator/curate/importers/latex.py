"""Convert TeX, as found in .bib files and in arXiv's records, to Unicode text.

The text is converted token by token, so that nested braces need no recursion and each macro is looked up once. An
unknown macro with an argument is dropped, but the text in its braces stays; one without is shown by its name. Formulas
in abstracts stay in TeX, since the site typesets them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache

from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latex2text import get_default_latex_context_db as text_conversions

from generator.content.characters import clean_text
from generator.content.text import single_line
from generator.curate.importers.formulas import formula_text, script_text

# A formula in dollar signs is TeX beyond doubt, or else has no blank at either end, or at both, and no digit after it.
TEX_FORMULA = (
    r"\$\$[^$]{1,1000}\$\$"
    r"|\$(?=[^$]{0,1000}[\\^_{])(?:[^\s$0-9](?:[^$]{0,1000}[^\\$])?|[\s0-9][^$]{0,1000}[^\s\\$])\$"
    r"|\$(?:[^\s$](?:[^$]{0,1000}[^\s$\\])?|\s[^$]{1,1000}\s)\$(?![0-9])"
    r"|\\\(.{1,1000}?\\\)|\\\[.{1,1000}?\\\]"
    r"|\\ensuremath\s*\{(?:[^{}]|\{[^{}]{0,100}\}){0,300}\}"
)
FORMULA_DELIMITERS = re.compile(r"^(?:\$\$?|\\[(\[]|\\ensuremath\s*\{)|(?:\$\$?|\\[)\]]|\})$")
SCRIPT_ALONE = re.compile(r"(?:\{\})?[\^_]")
TEX_LETTER = r"\\(?:[ij]|[oOlL]|aa|AA|ae|AE|oe|OE|ss|dh|DH|dj|DJ|th|TH|ng|NG)(?![A-Za-z])"
TEX_ACCENT = (
    r"\\(?:[\"'`^~=.]|(?:[uvHcdbkrt]|textcommabelow)(?![A-Za-z]))\s*"
    rf"(?:\{{[^{{}}]{{0,9}}(?:\{{[^{{}}]{{0,9}}\}})?[^{{}}]{{0,9}}\}}|{TEX_LETTER}(?:\s+(?=[a-z]))?|[^\W\d_])"
)
TEX_CONDITIONAL = (
    r"\\ifmmode(?![A-Za-z])(?P<formula>.{0,200}?)\\else(?![A-Za-z])\s?(?P<text>.{0,200}?)\\fi(?![A-Za-z])\s?(?:\{\})?"
)
TEX_TOKEN = re.compile(  # each alternative begins with a character of its own, or precedes what matches the rest
    rf"(?P<math>{TEX_FORMULA})"
    r"|(?P<address>\\url\s*\{[^{}]*\}|https?://[^\s{}\\]+)"
    rf"|(?P<conditional>{TEX_CONDITIONAL})"
    r"|(?P<script>\\text(?P<level>super|sub)script\s*(?:\{(?P<inner>(?:[^{}]|\{[^{}]{0,100}\}){0,300})\}|(?P<one>\w)))"
    r"|(?P<quotation>\\(?:enquote|mkbibquote|textquote)\*?\s*\{(?P<quoted>(?:[^{}]|\{[^{}]{0,300}\}){0,900})\})"
    r"|(?P<choice>\\texorpdfstring\s*\{(?P<set>(?:[^{}]|\{[^{}]{0,100}\}){0,300})\}\s*\{[^{}]{0,300}\})"
    r"|(?P<chemistry>\\ce\s*\{(?P<elements>(?:[^{}]|\{[^{}]{0,20}\}){0,100})\})"
    r"|(?P<quantity>\\(?:SI|qty)\s*(?:\[[^\]]{0,99}\])?\{(?P<number>[^{}]{0,40})\}\s*\{(?P<unit>[^{}]{0,99})\})"
    r"|\\(?:begin|end|cite[a-z]*|color|footnote|foreignlanguage|href|hspace|hypertarget|index|label|noopsort|raisebox"
    r"|ref|selectlanguage|textcolor|textlang|thanks|vspace)\*?\s*\{[^{}]*\}"
    rf"|(?P<accent>{TEX_ACCENT})"
    r"|(?P<command>\\[A-Za-z]+)\*?\s*(?P<braced>(?=\{[^}]))?"
    r"|(?P<sign>\\.?)|(?P<ligature>---?|``|'')|(?P<tie>~)|[{}]",
    re.DOTALL,
)
TEX_MARKUP = re.compile(r"[\\{}$~]|--|``|''")
TEX_BESIDE_FORMULAS = re.compile(  # what abstracts of arXiv and Crossref have of TeX, which are not TeX as a whole
    rf"(?P<math>{TEX_FORMULA})"
    rf"|(?P<conditional>{TEX_CONDITIONAL})"
    r"|(?P<style>\\(?:emph|text(?:bf|it|rm|sc|sf|sl|tt|up)|mbox|[eE]mph)\s*\{(?P<inner>(?:[^{}]|\{[^{}]{0,200}\}){0,1000})\})"
    r"|(?P<address>\\url\s*\{[^{}]*\})"
    r"|(?P<style2>\{\\(?:bf|em|it|rm|sc|sf|sl|tt)\s+(?P<inner2>[^{}\\]{0,1000})\})"
    rf"|(?P<accent>\{{{TEX_ACCENT}\}}|{TEX_ACCENT}|\{{{TEX_LETTER}\}})"
    r"|(?P<script>\\text(?P<level>super|sub)script\s*\{(?P<raised>[^{}]{1,100})\})"
    r"|(?P<sign>\\[%&#_$])|(?P<tie>(?<=[\w.])~(?=[\w\\$(\[]))"
    r"|(?P<double>``(?P<quoted>.{1,500}?)'')|(?P<single>(?<![\w`])`(?P<word>[^`']+)'(?![\w']))",
    re.DOTALL,
)
SIGNS_OF_EMPTY_ACCENTS = {r"\~{}": "~", r"\^{}": "^"}
SINGLE_QUOTATION = re.compile(r"(?<![\w`\\])`([^`]{1,300}?)(?<!\\)'(?![\w'])")
LIGATURE_CHARACTERS = {"--": "–", "---": "—", "``": "“", "''": "”"}
SPACE_COMMANDS, EMPTY_COMMANDS = frozenset(" ,;:\\>"), frozenset("-/@!*()[]\"'`^~=.+<|")
COMMAND_TEXTS = {
    r"\LaTeX": "LaTeX", r"\TeX": "TeX", r"\footnote": "", r"\frac": "", r"\sqrt": "√", r"\textasciicircum": "^",
    r"\textbraceleft": "{", r"\textbraceright": "}", r"\textgreater": ">", r"\textless": "<", r"\textbar": "|",
    r"\today": "", r"\newline": " ", r"\par": "\n\n", r"\section": "", r"\hyphen": "-", r"\slash": "/",
    r"\Dash": "—", r"\emdash": "—", r"\endash": "–", r"\thinspace": " ", r"\enspace": " ", r"\linebreak": " ",
    r"\break": " ", r"\LaTeXe": "LaTeX2e", r"\MF": "METAFONT", r"\MP": "MetaPost", r"\AmS": "AMS",
    r"\AmSTeX": "AMS-TeX", r"\AmSLaTeX": "AMS-LaTeX", r"\PS": "PostScript", r"\textcommabelow": "",
    r"\textquotesingle": "'", r"\textendash": "–", r"\textemdash": "—", r"\mkbibquote": "", r"\reg": "®",
    r"\S": "§", r"\P": "¶", r"\ddag": "‡", r"\copyright": "©", r"\pounds": "£", r"\euro": "€", r"\EUR": "€",
    r"\circledR": "®", r"\degree": "°", r"\celsius": "°C", r"\glqq": "„", r"\grqq": "“", r"\flqq": "«", r"\frqq": "»",
    r"\glq": "‚", r"\grq": "‘", r"\flq": "‹", r"\frq": "›", r"\guillemetleft": "«", r"\guillemetright": "»",
    r"\lq": "‘",
    r"\rq": "’", r"\checkmark": "✓", r"\textminus": "−", r"\nobreakspace": " ", r"\SS": "SS",
    r"\ensuremath": "", r"\TUB": "TUGboat", r"\METAPOST": "MetaPost", r"\POSTSCRIPT": "PostScript",
}  # fmt: skip
CHEMICAL_CHARGE = re.compile(r"\^(?:\{([^{}]*)\}|([0-9]*[+-]?))")
CHEMICAL_COUNT = re.compile(r"(?<=[A-Za-z)\]])[0-9]+")
UNIT_TEXTS = {
    "kilo": "k", "mega": "M", "giga": "G", "tera": "T", "centi": "c", "milli": "m", "micro": "µ", "nano": "n",
    "pico": "p", "femto": "f", "meter": "m", "metre": "m", "second": "s", "gram": "g", "kilogram": "kg", "kelvin": "K",
    "celsius": "°C", "degreeCelsius": "°C", "degree": "°", "percent": "%", "hertz": "Hz", "electronvolt": "eV",
    "volt": "V", "watt": "W", "joule": "J", "newton": "N", "pascal": "Pa", "ampere": "A", "tesla": "T", "ohm": "Ω",
    "liter": "l", "litre": "l", "mole": "mol", "minute": "min", "hour": "h", "day": "d", "angstrom": "Å", "bit": "bit",
    "byte": "B", "per": "/", "squared": "²", "cubed": "³", "square": "²", "um": "µm", "degC": "°C",
}  # fmt: skip
SILENT_COMMANDS = frozenset(  # which change how a text looks or breaks, or open and close what needs no sign
    "allowbreak autocap bf bfseries begingroup boldmath bgroup cal egroup em endgroup expandafter fbox footnotesize "
    "frenchspacing hbox hfil hfill hskip hspace huge ignorespaces indent it itshape kern large leavevmode llap lower "
    "lowercase makebox mathrm mbox mdseries nobreak nocite noexpand nohyphens nolinebreak noindent nonfrenchspacing "
    "normalfont normalsize null penalty phantom protect raise raisebox relax rlap rm rmfamily sc scriptsize scshape "
    "sf sffamily sl slshape small smash smc space ssf strut tiny tt ttfamily underline unskip upshape uppercase url "
    "vspace vphantom hphantom string textnormal textup textmd textbf textit textrm textsc textsf textsl texttt textlf "
    "emph enquote acro pkg path file text textregular mkbibemph natexlab bibinfo bibnamedelima noop urlprefix".split()
)
ADDRESS_ESCAPES = (
    (re.compile(r"\\textasciitilde\s*|\$\\sim\$|\\string~|\\~(?:\{\})?"), "~"),
    (re.compile(r"\\textunderscore\s*"), "_"),
    (re.compile(r"\\textless\s*|\$<\$"), "<"),
    (re.compile(r"\\textgreater\s*|\$>\$"), ">"),
    (re.compile(r"\\slash\s*"), "/"),
    (re.compile(r"\\(?:url|path|nolinkurl|allowbreak|discretionary)\b\s*|\\(?=[-/_%&#~$])[-/]?|[{}]"), ""),
)


def latex_to_line(tex: str) -> str:
    """Return TeX as one line of Unicode text, including formulas."""
    quoted = SINGLE_QUOTATION.sub(r"‘\1’", tex) if "`" in tex else tex
    return single_line(clean_text(latex_to_unicode(quoted, formulas=False)))


def latex_to_paragraphs(tex: str) -> str:
    """Return TeX as paragraphs of Unicode text; formulas stay in TeX."""
    parts = map(single_line, re.split(r"\n\s*\n", clean_text(latex_to_unicode(tex, formulas=True))))
    return "\n\n".join(part for part in parts if part)


def strip_tex_escapes(tex: str) -> str:
    r"""Return an address or identifier without its TeX escapes: `a_b` for `\url{a\_b}`."""
    if "\\" in tex or "{" in tex or "$" in tex:
        for pattern, character in ADDRESS_ESCAPES:
            tex = pattern.sub(character, tex)
    return tex.strip()


def latex_to_unicode(tex: str, formulas: bool) -> str:
    """Return TeX as Unicode text; `formulas` says whether formulas stay in TeX."""
    if not TEX_MARKUP.search(tex):
        return tex
    return TEX_TOKEN.sub(lambda token: decode_token(token, formulas), tex)


def decode_token(token: re.Match[str], formulas: bool) -> str:
    """Return a token of TeX as Unicode text; `formulas` says whether formulas stay in TeX."""
    if token.lastgroup == "math":
        return set_formula(token) if formulas else flatten_formula(token[0])
    decode = TOKEN_DECODERS.get(token.lastgroup or "")
    return decode(token) if decode else ""


def decode_text_script(token: re.Match[str]) -> str:
    r"""Return a `\textsuperscript` or `\textsubscript` in Unicode."""
    inner = latex_to_unicode(token["inner"] or token["one"] or "", formulas=False)
    return script_text("^" if token["level"] == "super" else "_", inner, token.string[: token.start()][-1:])


def chemical_formula(text: str) -> str:
    r"""Return a formula of `\ce`, where numbers after an element are subscripts, and those after `^` superscripts."""
    raised = CHEMICAL_CHARGE.sub(lambda found: script_text("^", found[1] or found[2]), text)
    return CHEMICAL_COUNT.sub(lambda found: script_text("_", found[0]), raised).replace("->", "→")


def unit_text(tex: str) -> str:
    r"""Return a unit of siunitx, such as `µm` for `\micro\meter` and `m/s` for `\meter\per\second`."""
    return re.sub(r"\\([A-Za-z]+)\s*", lambda found: UNIT_TEXTS.get(found[1], found[1]), tex).strip(" {}")


def command_text(command: str, *, braced: bool) -> str:
    """Return what a command without its argument is in Unicode; an unknown one that has no argument is its name."""
    if command in COMMAND_TEXTS:
        return COMMAND_TEXTS[command]
    return command[1:] if not braced and is_unknown_command(command) else convert_with_pylatexenc(command)


def is_logo(command: str) -> bool:
    r"""Return whether a command is an acronym or a logo whose name is its text, such as `\XML` and `\BibTeX`."""
    return bool(re.search("[A-Z].*[A-Z]", command))


@cache
def is_unknown_command(command: str) -> bool:
    """Return whether nothing is known about a command, so that its text would be lost."""
    name = command[1:]
    return name not in SILENT_COMMANDS and command not in COMMAND_TEXTS and name not in known_conversions()


@cache
def known_conversions() -> frozenset[str]:
    """Return the names of the commands that pylatexenc converts."""
    return frozenset(spec.macroname for spec in text_conversions().iter_macro_specs())


def unknown_commands(tex: str) -> Iterator[str]:
    """Yield the commands outside of formulas that have no argument and that nothing is known about."""
    for token in TEX_TOKEN.finditer(tex) if "\\" in tex else ():
        command = token["command"]
        if command and token["braced"] is None and is_unknown_command(command) and not is_logo(command):
            yield command


def decode_sign(sign: str) -> str:
    r"""Return what a backslash before a sign means: `\&` is the sign, `\,` a space, `\-` nothing."""
    if sign.isspace() or sign in SPACE_COMMANDS:
        return " "
    return "" if sign in EMPTY_COMMANDS else sign


@lru_cache(1 << 12)
def convert_with_pylatexenc(tex: str) -> str:
    """Return pylatexenc's conversion of a piece of TeX, or its bare text if pylatexenc fails."""
    try:
        text = str(LatexNodes2Text(math_mode="text").latex_to_text(tex))
    except Exception:  # pylatexenc documents no exceptions for invalid TeX
        return re.sub(r"\\[A-Za-z]+\s*|[\\{}$]", "", tex)
    text = text.replace("%s", "")  # where an argument is missing
    return "" if unicodedata.combining(text.strip()[:1] or " ") else text  # an accent without a letter


def decode_accent(tex: str) -> str:
    """Return a letter with its TeX accent as Unicode."""
    tex = tex.strip("{}") if tex.startswith("{") else tex
    if tex.startswith(r"\textcommabelow"):
        letter = tex.removeprefix(r"\textcommabelow").strip(" {}")
        return unicodedata.normalize("NFC", f"{letter}\N{COMBINING COMMA BELOW}" if letter else "")
    return convert_with_pylatexenc(tex).strip() or SIGNS_OF_EMPTY_ACCENTS.get(tex.replace(" ", ""), "")


TEX_LETTERS = re.compile(
    rf"{TEX_CONDITIONAL}|(?P<accent>{TEX_ACCENT})|(?P<letter>{TEX_LETTER}\s*(?:\{{\}})?)", re.DOTALL
)


def decode_letters(tex: str) -> str:
    """Return TeX with its accented and special letters in Unicode; all else stays, such as the braces around words."""
    if "\\" not in tex:
        return tex
    return TEX_LETTERS.sub(decode_letter, tex)


def decode_letter(found: re.Match[str]) -> str:
    """Return a match of `TEX_LETTERS` in Unicode."""
    if found["text"] is not None:
        return decode_letters(found["text"])
    return decode_accent(found[0]) if found["accent"] else convert_with_pylatexenc(found[0]).strip()


TOKEN_DECODERS: Mapping[str, Callable[[re.Match[str]], str]] = {  # by the group of `TEX_TOKEN` that matched
    "address": lambda token: strip_tex_escapes(token[0]),
    "conditional": lambda token: latex_to_unicode(token["text"], formulas=False),
    "script": decode_text_script,
    "quotation": lambda token: f"“{latex_to_unicode(token['quoted'], formulas=False)}”",
    "choice": lambda token: latex_to_unicode(token["set"], formulas=False),
    "chemistry": lambda token: chemical_formula(token["elements"]),
    "quantity": lambda token: f"{token['number']} {unit_text(token['unit'])}",
    "accent": lambda token: decode_accent(token[0]),
    "command": lambda token: command_text(token["command"], braced=False),
    "braced": lambda token: command_text(token["command"], braced=True),
    "sign": lambda token: decode_sign(token[0][1:]),
    "ligature": lambda token: LIGATURE_CHARACTERS[token[0]],
    "tie": lambda _: " ",
}


def set_formula(token: re.Match[str]) -> str:
    r"""Return a formula of an abstract in a form that the site typesets.

    Its dollar signs enclose no blanks, and become `\(` and `\)` next to a letter, a digit, or another formula. What is
    nothing but a superscript or subscript of the word before it is text, as in `10⁶`.
    """
    formula, text = token[0], token.string
    if formula.startswith(("$$", r"\[")):
        return formula
    inner = re.sub(r"\\ensuremath(?![A-Za-z])\s*", "", FORMULA_DELIMITERS.sub("", formula)).strip()
    before, after = text[: token.start()][-1:], text[token.end() :][:1]
    plain = formula_text(inner) if SCRIPT_ALONE.match(inner) and before.isalnum() else ""
    if inner in ("<", ">") or (plain and not re.search(r"[\^_()]", plain)):
        return plain or inner
    if formula.startswith(r"\("):
        return formula
    return rf"\({inner}\)" if re.match(r"[\w$]", before) or re.match(r"[\w$]", after) else f"${inner}$"


def flatten_formula(formula: str) -> str:
    """Return a formula with its delimiters as Unicode text, such as β, ℓ₁, or x²."""
    inner = FORMULA_DELIMITERS.sub("", formula)
    return formula_text(re.sub(TEX_CONDITIONAL, lambda found: found["formula"], inner))


PLAIN_FORMULA = re.compile(
    r"\$(?=[^$]{0,1000}[\\^_{])([^\s$](?:[^$]{0,1000}[^\s$\\])?)\$(?!\d)|\\\(.{1,1000}?\\\)", re.DOTALL
)


def flatten_formulas(text: str) -> str:
    """Return a text without formulas in TeX, which are left where their signs were escaped, as in `\\$x\\_1\\$`."""
    if "$" not in text and "\\(" not in text:
        return text
    return PLAIN_FORMULA.sub(lambda found: flatten_formula(found[0]), text)


def repair_tex(abstract: str) -> str:
    """Return an abstract with the accents, quotes, styles and escapes of TeX in Unicode; formulas stay in TeX."""
    if "\\" not in abstract and "`" not in abstract and "$" not in abstract and "~" not in abstract:
        return abstract
    return TEX_BESIDE_FORMULAS.sub(repair_token, abstract)


def repair_line(title: str) -> str:
    """Return a title or name with all of its TeX in Unicode."""
    return single_line(clean_text(flatten_formulas(repair_tex(title))))


def repair_token(token: re.Match[str]) -> str:
    """Return a match of `TEX_BESIDE_FORMULAS` in Unicode."""
    match token.lastgroup:
        case "math":
            return set_formula(token)
        case "conditional":
            return repair_tex(token["text"])
        case "style" | "style2":
            return repair_tex(token["inner"] or token["inner2"] or "")
        case "address":
            return strip_tex_escapes(token[0])
        case "accent":
            return decode_accent(token[0])
        case "script":
            sign = "^" if token["level"] == "super" else "_"
            return script_text(sign, repair_line(token["raised"]), token.string[: token.start()][-1:])
        case "sign":
            return token[0][1:]
        case "tie":
            return " "
        case "double":
            return f"“{repair_tex(token['quoted'])}”"
    return f"‘{repair_tex(token['word'])}’"

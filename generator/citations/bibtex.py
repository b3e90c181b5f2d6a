"""BibTeX entries, in Unicode, for both BibTeX and Biber.

The kind of the work decides the entry type; see `content/work_kinds.py`. Where BibTeX has no such type, the field
`entrysubtype`, which only biblatex reads, names the kind. Zotero leaves out entries of types that it does not know, so
those are not used. By `key`, styles sort and label what has neither authors nor editors. Braces protect names and
capitals in titles from styles that lowercase them.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from generator.citations.citation import Citation
from generator.citations.names import AuthorName
from generator.content.text import MONTH_NAMES
from generator.content.work_kinds import (
    CONFERENCE_PAPER,
    DATASET,
    JOURNAL_ARTICLE,
    PREPRINT,
    REPORT,
    SOFTWARE,
    THESIS,
    WORK_KINDS,
)

THESES_BELOW_DOCTORATE = re.compile(r"(?i)master|bachelor|diplom|licen|m\.? ?sc|m\.? ?a\b|honou?rs")
THESIS_GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}  # what a style writes by itself
VENUE_FIELDS = {CONFERENCE_PAPER: "eventtitle", JOURNAL_ARTICLE: "shortjournal"}  # which only biblatex reads
SHARED_ENTRY_TYPES = {  # entry types of several kinds
    name for name, kinds in Counter(kind.bibtex for kind in WORK_KINDS).items() if kinds > 1
}
MONTH_MACROS = [name[:3].lower() for name in MONTH_NAMES]
# People and places after which concepts of the field are named; their capitals must survive in every style.
EPONYMS = (
    "Bayes Bernoulli Boltzmann Bregman Cauchy Chebyshev Dirichlet Euclid Euler Fisher Fourier Fréchet Gauss Gibbs Hebb "
    "Hamilton Hessian Hilbert Hopfield Householder Jacob Jensen Kalman Kolmogorov Kullback Lagrang Langevin Laplac "
    "Leibler Lipschitz Markov Monte Carlo Nash Newton Poisson Rademacher Riemann Shannon Shapley Sinkhorn Sobolev "
    "Taylor Turing Voronoi Wasserstein Wiener English Chinese French German Japanese Arabic Spanish"
).split()
CAPITAL_PATTERN = re.compile(r"\w[A-ZÀ-ÖØ-Þ]|\d|\b[A-Z]-")
EPONYM_PATTERN = re.compile(rf"\W*(?:\w+-)*(?:{'|'.join(EPONYMS)})")
LIGATURE_PATTERN = re.compile(r"-(?=-)|'(?=')|[`?!](?=`)")
# Braces are written as commands, because BibTeX counts literal braces even after a backslash.
TEX_ESCAPES = str.maketrans(
    {c: f"\\{c}" for c in "&%$#_"}
    | {
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        "`": r"\textasciigrave{}",
    }
)


def bibtex_entry(citation: Citation) -> str:
    """Return a paper's BibTeX entry."""
    lines = "".join(f"  {name} = {value},\n" for name, value in bibtex_fields(citation) if value)
    return f"@{bibtex_entry_type(citation)}{{{citation.key},\n{lines}}}\n"


def bibtex_entry_type(citation: Citation) -> str:
    """Return the type of a paper's entry; BibTeX has two for theses."""
    if citation.kind is THESIS and THESES_BELOW_DOCTORATE.search(citation.paper.genre or ""):
        return "mastersthesis"
    return citation.kind.bibtex


def bibtex_fields(citation: Citation) -> Iterator[tuple[str, str]]:
    """Return the names of an entry's fields with their BibTeX values, in the usual reading order."""
    paper, date, kind = citation.paper, citation.date, citation.kind
    yield "title", wrap_in_braces(" ".join(protect_title_word(word) for word in citation.title.split()))
    yield "author", wrap_in_braces(" and ".join(map(bibtex_author, citation.authors)))
    yield "editor", wrap_in_braces(" and ".join(map(bibtex_author, citation.editors)))
    yield "key", "" if citation.authors or citation.editors else escaped_field(citation.issuer or citation.title)
    yield kind.container, escaped_field(citation.container)
    yield VENUE_FIELDS.get(kind, ""), escaped_field(citation.venue if kind in VENUE_FIELDS else "")
    yield from bibtex_details(citation)
    yield "year", wrap_in_braces(str(date[0]).zfill(4 if date[0] < 100 else 0) if date else "")  # 99 may mean 1999
    yield "month", MONTH_MACROS[date[1] - 1] if len(date) > 1 else ""
    yield "eprint", wrap_in_braces(paper.arxiv or "")
    yield "archiveprefix", "{arXiv}" if paper.arxiv else ""
    yield "eprinttype", "{arXiv}" if paper.arxiv else ""  # without which Zotero ignores the id
    yield "primaryclass", wrap_in_braces(paper.arxiv_class or "")
    yield "doi", wrap_in_braces(paper.doi or "")
    yield "url", "" if paper.doi and not paper.acl_anthology else wrap_in_braces(citation.url)
    yield "urldate", wrap_in_braces(paper.accessed or "")
    yield "note", escaped_field(paper.note)


def bibtex_details(citation: Citation) -> Iterator[tuple[str, str]]:
    """Return the fields that say where in a journal, a book or a series a paper is, and who published it."""
    paper, kind = citation.paper, citation.kind
    for name in ("volume", "number"):
        yield name, escaped_field(getattr(paper, name))
    yield "pages", wrap_in_braces(re.sub(r"\s*[-–—]+\s*", "--", escape_tex(paper.pages or "")))
    yield "version" if kind in (SOFTWARE, DATASET) else "edition", escaped_field(paper.edition)
    if kind.issuer == "publisher" or kind not in (THESIS, REPORT):
        yield "publisher", escaped_field(paper.publisher)
    if kind.issuer != "publisher":
        yield kind.issuer, escaped_field(citation.issuer if kind in (THESIS, REPORT) else paper.institution)
    if paper.genre != THESIS_GENRES.get(bibtex_entry_type(citation)):
        yield "type", escaped_field(paper.genre or (kind.name if kind is THESIS else None))
    is_named = kind.bibtex in SHARED_ENTRY_TYPES and kind is not PREPRINT
    yield "entrysubtype", wrap_in_braces(kind.type if is_named else "")
    yield "isbn", wrap_in_braces(paper.isbn or "")
    yield "issn", wrap_in_braces(paper.issn or "")
    yield "language", wrap_in_braces(paper.language or "")


def escaped_field(text: str | None) -> str:
    """Return a field's value with TeX's special characters escaped, or an empty string."""
    return wrap_in_braces(escape_tex(text or ""))


def wrap_in_braces(value: str) -> str:
    return f"{{{value}}}" if value else ""


def bibtex_author(name: AuthorName) -> str:
    """Return a name in BibTeX syntax, such as `van den Oord, Aäron`; braces keep names without parts together."""
    if not name.given:
        return wrap_in_braces(escape_tex(name.family)) if re.search(r"[\s,]", name.family) else escape_tex(name.family)
    family = escape_tex(name.family)
    if any(word[:1].islower() for word in name.family.split()[:-1]):
        family = wrap_in_braces(family)  # otherwise BibTeX treats all words up to the lowercase one as a particle
    parts = (
        f"{name.particle} {protect_name_part(family)}".strip(),
        escape_tex(name.suffix),
        protect_name_part(escape_tex(name.given)),
    )
    return ", ".join(part for part in parts if part)


def protect_name_part(part: str) -> str:
    """Return a part of a name, in braces if it contains the word "and", which separates names in BibTeX."""
    return wrap_in_braces(part) if re.search(r"(?i)(?:^|\s)and(?:\s|$)", part) else part


@cache  # the same words are in many titles
def protect_title_word(word: str) -> str:
    """Return a word of a title, in braces if it is a name or has an inner capital or a digit, such as StyleGAN."""
    return (
        wrap_in_braces(escape_tex(word))
        if CAPITAL_PATTERN.search(word) or EPONYM_PATTERN.match(word)
        else escape_tex(word)
    )


def escape_tex(text: str) -> str:
    """Return a text with TeX's special characters and ligatures escaped."""
    return LIGATURE_PATTERN.sub(r"\g<0>{}", text.translate(TEX_ESCAPES))

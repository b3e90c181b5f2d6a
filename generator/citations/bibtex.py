"""BibTeX entries, in Unicode, for both BibTeX and Biber.

The track of the venue decides the entry type: `@article` for journals, `@inproceedings` for all other tracks, and
`@misc` for papers without a venue. Braces protect names and capitals in titles from styles that lowercase them.
"""

import re
from collections.abc import Iterator

from generator.citations.citation import Citation
from generator.citations.names import AuthorName
from generator.content.text import MONTH_NAMES

BIBTEX_ENTRY_TYPES = {
    "conference": ("inproceedings", "booktitle"),
    "journal": ("article", "journal"),
    "preprint": ("misc", "note"),
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
    }
)


def bibtex_entry(citation: Citation) -> str:
    """Return a paper's BibTeX entry."""
    lines = "".join(f"  {name:<13} = {value},\n" for name, value in bibtex_fields(citation) if value)
    return f"@{BIBTEX_ENTRY_TYPES[citation.kind][0]}{{{citation.key},\n{lines}}}\n"


def bibtex_fields(citation: Citation) -> Iterator[tuple[str, str]]:
    """Return the names of an entry's fields with their BibTeX values, in the usual reading order."""
    paper, date = citation.paper, citation.date
    yield "title", wrap_in_braces(" ".join(protect_title_word(word) for word in citation.title.split()))
    yield "author", wrap_in_braces(" and ".join(map(bibtex_author, citation.authors)))
    yield BIBTEX_ENTRY_TYPES[citation.kind][1], wrap_in_braces(escape_tex(citation.container))
    yield "year", wrap_in_braces(str(date[0]) if date else "")
    yield "month", MONTH_MACROS[date[1] - 1] if len(date) > 1 else ""
    yield "eprint", wrap_in_braces(paper.arxiv or "")
    yield "archiveprefix", "{arXiv}" if paper.arxiv else ""
    yield "primaryclass", wrap_in_braces(paper.arxiv_class or "")
    yield "doi", wrap_in_braces(paper.doi or "")
    yield "url", "" if paper.doi and not paper.acl_anthology else wrap_in_braces(citation.url)


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

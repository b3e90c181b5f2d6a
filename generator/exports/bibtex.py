"""A citation in; a BibTeX entry out, in Unicode, for BibTeX and biber alike.

The entry type follows the venue's track: `@article` for a journal, `@inproceedings` for the other tracks, `@misc` for a
paper that has only its arXiv version. Names and capitals inside a title are protected from the style's lower-casing.
"""

import re
from collections.abc import Iterator

from generator.cite import Citation
from generator.names import Name

KINDS = {"conference": ("inproceedings", "booktitle"), "journal": ("article", "journal"), "preprint": ("misc", "note")}
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
# People and places after whom the field's notions are named keep their capital in every style.
EPONYMS = (
    "Bayes Bernoulli Boltzmann Bregman Cauchy Chebyshev Dirichlet Euclid Euler Fisher Fourier Fréchet Gauss Gibbs Hebb "
    "Hamilton Hessian Hilbert Hopfield Householder Jacob Jensen Kalman Kolmogorov Kullback Lagrang Langevin Laplac "
    "Leibler Lipschitz Markov Monte Carlo Nash Newton Poisson Rademacher Riemann Shannon Shapley Sinkhorn Sobolev "
    "Taylor Turing Voronoi Wasserstein Wiener English Chinese French German Japanese Arabic Spanish"
).split()
CAPITAL = re.compile(r"\w[A-ZÀ-ÖØ-Þ]|\d|\b[A-Z]-")
EPONYM = re.compile(rf"\W*(?:\w+-)*(?:{'|'.join(EPONYMS)})")
LIGATURES = re.compile(r"-(?=-)|'(?=')|[`?!](?=`)")
# Braces by name: BibTeX counts those that are written, with a backslash or without.
SPECIAL = str.maketrans(
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


def entry(citation: Citation) -> str:
    """One BibTeX entry."""
    lines = "".join(f"  {name:<13} = {value},\n" for name, value in fields(citation) if value)
    return f"@{KINDS[citation.kind][0]}{{{citation.key},\n{lines}}}\n"


def fields(citation: Citation) -> Iterator[tuple[str, str]]:
    """The fields of an entry with their values as BibTeX wants them, in the order in which people read them."""
    paper, date = citation.paper, citation.date
    yield "title", braced(" ".join(protected(word) for word in citation.title.split()))
    yield "author", braced(" and ".join(map(author, citation.authors)))
    yield KINDS[citation.kind][1], braced(escaped(citation.container))
    yield "year", braced(str(date[0]) if date else "")
    yield "month", MONTHS[date[1] - 1] if len(date) > 1 else ""
    yield "eprint", braced(paper.arxiv or "")
    yield "archiveprefix", "{arXiv}" if paper.arxiv else ""
    yield "primaryclass", braced(paper.arxiv_class or "")
    yield "doi", braced(paper.doi or "")
    yield "url", "" if paper.doi and not paper.acl_anthology else braced(citation.url)


def braced(value: str) -> str:
    return f"{{{value}}}" if value else ""


def author(name: Name) -> str:
    """A name as BibTeX reads it back: `van den Oord, Aäron`; one without parts is kept whole."""
    if not name.given:
        return braced(escaped(name.family)) if re.search(r"[\s,]", name.family) else escaped(name.family)
    family = escaped(name.family)
    if any(word[:1].islower() for word in name.family.split()[:-1]):
        family = braced(family)  # BibTeX would take all before the small word for a particle
    parts = (f"{name.particle} {kept(family)}".strip(), escaped(name.suffix), kept(escaped(name.given)))
    return ", ".join(part for part in parts if part)


def kept(part: str) -> str:
    """A part of a name; one that holds the word "and" would be read as two names, so it is kept whole."""
    return braced(part) if re.search(r"(?i)(?:^|\s)and(?:\s|$)", part) else part


def protected(word: str) -> str:
    """A title's word, in braces where it is a name or has a capital or digit inside: GAN, StyleGAN, not Generative."""
    return braced(escaped(word)) if CAPITAL.search(word) or EPONYM.match(word) else escaped(word)


def escaped(text: str) -> str:
    """A text with the characters that TeX reads as commands, or draws as others, made literal."""
    return LIGATURES.sub(r"\g<0>{}", text.translate(SPECIAL))

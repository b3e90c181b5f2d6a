"""The library in; a BibTeX entry for each paper out, in Unicode, for BibTeX and biber alike.

The entry type follows the venue's track: `@article` for a journal, `@inproceedings` for the other tracks, `@misc` for a
paper that has only its arXiv version. Capitals inside a title's words are protected from the style's lower-casing.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import count

from slugify import slugify

from generator.model import Library, Paper

SPECIAL = {"&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}"} | {
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}
PARTICLES = frozenset("af al d da dal das de del della den der di dos du el la le ten ter van von zu zum zur".split())
FUNCTION_WORDS = frozenset(
    "a an and are as at by can do does for from how in into is of on or the to towards via what when which why "
    "with".split()
)
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def bibtex(library: Library) -> dict[str, str]:
    """Each paper's BibTeX entry by its id."""
    keys = citation_keys(library)
    return {paper.id: entry(paper, keys[paper.id]) for paper in library.papers}


def citation_keys(library: Library) -> Mapping[str, str]:
    """Each paper's key, such as `arjovsky2017wasserstein`; papers that would share one get a letter, in id order."""
    bases = {paper.id: base_key(paper) for paper in library.papers}
    often = Counter(bases.values())
    letters = {base: count() for base, times in often.items() if times > 1}
    return {name: base + (letter(next(letters[base])) if base in letters else "") for name, base in bases.items()}


def letter(index: int) -> str:
    """a, b, … z, aa, ab, …"""
    return ("" if index < 26 else letter(index // 26 - 1)) + chr(ord("a") + index % 26)


def base_key(paper: Paper) -> str:
    """Family name, year and first word of meaning, in ASCII."""
    words = slugify(title(paper), separator=" ").split()
    word = next((word for word in words if word not in FUNCTION_WORDS), "")
    author = slugify(family_name(paper.authors[0]), separator="") if paper.authors else ""
    return f"{author or 'anonymous'}{year(paper) or ''}{word}"


def family_name(author: str) -> str:
    """The family name with its particles: `van den Oord` of `Aäron van den Oord`, `Xu` of `Xu, Kelvin`."""
    if "," in author:
        return author.split(",")[0]
    words = author.split()
    start = next((i for i, word in enumerate(words) if 0 < i < len(words) - 1 and word in PARTICLES), len(words) - 1)
    return " ".join(words[start:])


def title(paper: Paper) -> str:
    """The title of the version to cite."""
    return paper.published_title or paper.title


def year(paper: Paper) -> int | None:
    """The year of the version to cite."""
    return paper.venue.year if paper.venue else first_year(paper)


def first_year(paper: Paper) -> int | None:
    """The year of a paper's first public version: its date's, its arXiv id's (which says when), or its venue's."""
    if paper.published:
        return int(paper.published[:4])
    if paper.arxiv and (found := re.match(r"(?:[^/]*/)?(\d\d)\d\d", paper.arxiv)):
        return (1900 if int(found[1]) > 90 else 2000) + int(found[1])
    return paper.venue.year if paper.venue else None


def entry(paper: Paper, key: str) -> str:
    """One BibTeX entry."""
    kind = "misc" if not paper.venue else "article" if paper.venue.track == "journal" else "inproceedings"
    lines = "".join(f"  {name:<13} = {value},\n" for name, value in fields(paper, kind))
    return f"@{kind}{{{key},\n{lines}}}\n"


def fields(paper: Paper, kind: str) -> Iterator[tuple[str, str]]:
    """The fields of an entry with their values as BibTeX wants them, in the order in which people read them."""
    values = {
        "title": " ".join(protected(word) for word in title(paper).split()),
        "author": " and ".join(name_of(author) for author in paper.authors),
        "journal" if kind == "article" else "booktitle": escaped(paper.venue.name) if paper.venue else "",
        "year": str(year(paper) or ""),
        "month": month(paper),
        "eprint": paper.arxiv,
        "archiveprefix": "arXiv" if paper.arxiv else "",
        "doi": paper.doi,
        "url": address_of(paper),
    }
    for name, value in values.items():
        if value:
            yield name, value if name == "month" else f"{{{value}}}"


def month(paper: Paper) -> str:
    """The month of the first public version, where that is the version to cite."""
    if paper.venue or not paper.published or len(paper.published) == len("2017"):
        return ""
    return MONTHS[int(paper.published[5:7]) - 1]


def address_of(paper: Paper) -> str | None:
    """The address to cite: the published version's where there is one."""
    if paper.acl_anthology:
        return f"https://aclanthology.org/{paper.acl_anthology}/"
    if paper.doi:
        return None
    return f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv else None


def name_of(author: str) -> str:
    """A name as BibTeX reads it; one that holds a word "and" would be read as two, so it is kept whole."""
    return f"{{{escaped(author)}}}" if " and " in author.casefold() else escaped(author)


def protected(word: str) -> str:
    """A title's word, in braces where a capital stands inside it: GAN, StyleGAN, but not Generative."""
    return f"{{{escaped(word)}}}" if re.search(r"\w[A-Z]|\d", word) else escaped(word)


def escaped(text: str) -> str:
    """A text with the characters that TeX reads as commands made literal."""
    return "".join(SPECIAL.get(c, c) for c in text)

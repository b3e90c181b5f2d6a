"""Parser for authors' names, which bibliographies print and sort by their parts.

Names may be written in natural order or with the family name first: `Aäron van den Oord`, `John Smith Jr.`,
`Xu, Kelvin`, `García Márquez, Gabriel`, `Smith, Jr., John`. A name in braces, such as `{World Health Organization}`, is
that of a group, which has no parts; a last name `others` says that there are more. The parts and these two forms are
those of BibTeX (Patashnik, 1988, "BibTeXing"). Unlike BibTeX, this parser recognizes capitalized particles, as in
`Luc Van Gool`, groups by the words in their names, and the order of East Asian names, as in `村上 春樹`. People of one
name may have a number, as in `Wei Wang 0001` of the dblp computer science bibliography, which is no part of the name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

NAME_PARTICLES = frozenset(
    "af al d da dal das de del della den der di do dos du el la le ten ter van von zu zum zur".split()
)
CAPITALIZED_PARTICLES = frozenset("De Del Della Den Der Di El La Le Ter Van Von".split())
NAME_SUFFIXES = frozenset("Jr Jr. Sr Sr. II III IV".split())
HOMONYM_NUMBER = re.compile(r"(?<=\S)\s+0[0-9]{3}$")
EAST_ASIAN_NAME = re.compile(  # Chinese, Japanese and Korean letters and no others, with the family name first
    "[\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff\\s]+"
)
GROUP_NAME_WORDS = frozenset(
    "AI Collaboration Consortium Foundation Group Inc Inc. Initiative Institute Lab Labs Project Research Team "
    "University Workshop".split()
)


@dataclass(frozen=True, slots=True)
class AuthorName:
    """The parts of a name; the name of a group, or a single word, is stored entirely in `family`."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""

    @property
    def surname(self) -> str:
        """The family name with its particle: `van den Oord`."""
        return f"{self.particle} {self.family}".strip()

    @property
    def inverted(self) -> str:
        """The name with the family name first and any suffix last: `van den Oord, Aäron`, `Smith, John, Jr.`"""
        return ", ".join(part for part in (self.surname, self.given, self.suffix) if part)

    @property
    def spoken(self) -> str:
        """The name in natural order: `Aäron van den Oord`, `John Smith, Jr.`, `村上春樹`"""
        if is_east_asian_name(together := self.family + self.given):
            return together
        whole = f"{self.given} {self.surname}".strip()
        return f"{whole}, {self.suffix}" if self.suffix else whole


OTHER_AUTHORS = AuthorName("others")  # the last name of a shortened list, by which BibTeX and others write "et al."


@cache
def parse_author_name(author: str) -> AuthorName:
    """Return the parts of a name."""
    if is_group_name(author):
        return AuthorName(author.strip("{}").strip() or author)
    author = HOMONYM_NUMBER.sub("", author)
    if "," in author:
        return parse_inverted_name([part.strip() for part in author.split(",")]) or AuthorName(author)
    *words, last = author.split() or [""]
    if not words:
        return AuthorName(author)
    if is_east_asian_name(author):
        return AuthorName(words[0], " ".join((*words[1:], last)))
    if last in NAME_SUFFIXES and len(words) > 1:
        return parse_natural_name(words, last)
    return parse_natural_name([*words, last], "")


def is_group_name(author: str) -> bool:
    """Return whether a name is that of a group: it is in braces, or its words say so, as in `Gemini Team, Google` and
    `Simon & Schuster`."""
    if (author.startswith("{") and author.endswith("}")) or " & " in author:
        return True
    return any(
        part.split()[-1:] and part.split()[-1] in GROUP_NAME_WORDS for part in author.split(",")
    ) or author.startswith("Team ")


def is_east_asian_name(name: str) -> bool:
    """Return whether a name is written in Chinese, Japanese or Korean letters alone."""
    return not name.isascii() and EAST_ASIAN_NAME.fullmatch(name) is not None


def is_others(author: str) -> bool:
    """Return whether an author's name stands for the authors who are not named."""
    return author == OTHER_AUTHORS.family


@cache
def display_name(author: str) -> str:
    """Return a name as readers see it: in natural order, and that of a group without braces.

    A number that tells people of one name apart stays.
    """
    if "," not in author and not author.startswith("{"):
        return author
    number = HOMONYM_NUMBER.search(author)
    return parse_author_name(author).spoken + (f" {number[0].strip()}" if number else "")


def unnumbered_name(author: str) -> str:
    """Return a name as readers see it, without a number that tells people of one name apart."""
    return HOMONYM_NUMBER.sub("", display_name(author))


def parse_inverted_name(parts: list[str]) -> AuthorName | None:
    """Return the name for the parts of `family, given`, with an optional suffix before or after the given name.

    None is returned if the parts do not form such a name.
    """
    family, *rest = parts
    if len(rest) == 1 and rest[0] in NAME_SUFFIXES and " " in family:
        return parse_natural_name(family.split(), rest[0])
    suffixes = [part for part in rest if part in NAME_SUFFIXES]
    given = [part for part in rest if part not in NAME_SUFFIXES]
    if not family or len(suffixes) > 1 or len(given) != 1 or not given[0]:
        return None
    words = family.split()
    particles = list(leading_particles(words))
    return AuthorName(" ".join(words[len(particles) :]), given[0], " ".join(particles), *suffixes)


def parse_natural_name(words: list[str], suffix: str) -> AuthorName:
    """Return the name for its words in natural order."""
    last = len(words) - 1
    start = next((i for i in range(1, last) if words[i] in NAME_PARTICLES | CAPITALIZED_PARTICLES), last)
    particles = list(leading_particles(words[start:]))
    return AuthorName(" ".join(words[start + len(particles) :]), " ".join(words[:start]), " ".join(particles), suffix)


def leading_particles(words: list[str]) -> Iterator[str]:
    """Return the lowercase particles at the start of a family name, never including its last word."""
    for word in words[:-1]:
        if word not in NAME_PARTICLES:
            return
        yield word


def family_name(author: str) -> str:
    """Return the family name with its particle: `van den Oord` of `Aäron van den Oord`, `Xu` of `Xu, Kelvin`."""
    return parse_author_name(author).surname

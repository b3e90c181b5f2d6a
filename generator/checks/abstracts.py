"""Warnings about abstracts whose formulas were damaged where they were copied from."""

import re
from collections.abc import Iterator
from itertools import islice

from generator.checks.places import paper_marks
from generator.content.model import Library, Problem

MAX_WARNINGS = 3  # for each abstract
FORMULA = re.compile(  # what is written as TeX; a part without an end is not long either
    r"\\\[.{0,1000}?\\\]|\\\(.{0,1000}?\\\)|\$\$[^$]{0,1000}\$\$|\$[^$]{0,1000}\$", re.DOTALL
)
OPERATORS = "times|cdot|leq?|geq?|neq|approx|infty|to|pm"
GREEK_LETTERS = "alpha|beta|gamma|delta|epsilon|eta|theta|lambda|mu|nu|xi|rho|sigma|tau|phi|chi|psi|omega"
LOST_OPERATOR = rf"(?<![\w\\'-])[A-Za-z] (?:{OPERATORS}) [A-Za-z0-9](?![\w'-])"  # t le T
DAMAGED = re.compile(
    r"(?<!\w)\w*[_^]\{"  # R^{C times d}
    rf"[^{{}}]{{0,40}}?(?<![\w\\])(?:{OPERATORS}|{GREEK_LETTERS})(?!\w)[^{{}}]{{0,40}}\}}"
    rf"|{LOST_OPERATOR}"
    r"|(?<![\w\\'-])[A-Za-z](?:_\w|_\{\w+\})? in [A-Z][_^](?:\w|\{[^{}]{0,60}\})"  # h in R^d
    r"|(?<![\w\\])(?:math(?:bb|bf|cal|rm|sf)|boldsymbol|operatorname|frac|sqrt|text(?:bf|it|rm))\{[^{}]{0,40}\}"
    r"|(?<!\w)O\([A-Za-z]\d\)"  # O(n2)
)
SIGNS = ("_", "^", "{", "O(")  # one of which every damaged formula has, unless it is a lost operator
OPERATOR_WORD = re.compile(rf" (?<!\w\w )(?:{OPERATORS}) \w(?!\w)")  # which is found sooner than a lost operator
LOST_LETTER = re.compile(rf"(?<![\w\\-])(?:{GREEK_LETTERS}) (?:is|are|denotes?) ")
BARE_SCRIPT = re.compile(r"\w[_^]\{?\w")


def warn_damaged_formulas(library: Library) -> Iterator[Problem]:
    """Formulas in an abstract should not have lost their backslashes, as in `R^{C times d}`, or their exponents."""
    for paper in library.papers:
        for found in islice(damaged_formulas(paper.abstract), MAX_WARNINGS):
            message = f'"{found}" looks like a formula that lost its TeX when it was copied: write it between $ and $'
            yield paper_marks(library, paper).warning(message, "abstract")


def damaged_formulas(abstract: str) -> Iterator[str]:
    """Yield the places outside of TeX where an abstract seems to have lost backslashes or exponents, each once."""
    text = FORMULA.sub(" ", abstract)
    if not OPERATOR_WORD.search(text) and not any(sign in text for sign in SIGNS):
        return
    found = (match[0] for match in DAMAGED.finditer(text))
    letters = (match[0].strip() for match in LOST_LETTER.finditer(text) if BARE_SCRIPT.search(text))
    yield from dict.fromkeys((*found, *letters))


ABSTRACT_WARNINGS = (warn_damaged_formulas,)

"""Names as entries have them, made from what files of references say about people and groups.

The boundary between family and given names is kept: where a name in natural order would be divided elsewhere, the
family name is written first. Groups are in braces where their words do not show what they are. A list that is cut short
ends with `others`.
"""

import re
from collections.abc import Sequence

from generator.citations.names import NAME_SUFFIXES, OTHER_AUTHORS, AuthorName, is_east_asian_name, parse_author_name
from generator.content.text import normalized_text, single_line

OTHERS_PHRASES = frozenset(
    ("others", "and others", "et al", "et alii", "et aliae", "et alia", "et autres", "y otros", "u a", "co workers",
     "and co workers", "and colleagues", "and the others", "more", "")
)  # fmt: skip
FAMILY_AFTER_INITIAL = re.compile(r"[^\W\d_]\.\s?\S")
OTHERS_SUFFIX = re.compile(r"(?i)[\s,;]*(?:\bet\.?\s*al(?:\.|ii|iae)?|\band (?:the )?others|&\s*al\.)\.?\s*$")


def person_name(surname: str, given: str, suffix: str = "") -> str:
    """Return a person's name in natural order or, where that would be divided elsewhere, with the family name first."""
    surname, given, suffix = (part.replace(",", " ").strip() for part in (surname, given, suffix))
    *words, last = surname.split() or [""]
    if last in NAME_SUFFIXES and given and not suffix:  # as in "LaViola Jr., Joseph" and "Jr., Joseph LaViola"
        surname, suffix = " ".join(words), last
    if not given:
        return group_name(surname)
    if not surname:
        return f"{given} {suffix}".strip()
    if is_east_asian_name(surname + given):
        return f"{surname}, {given}"
    natural = " ".join(filter(None, (given, surname, suffix)))
    name = parse_author_name(natural)
    same = (name.surname, name.given, name.suffix) == (surname, given, suffix)
    return natural if same else ", ".join(filter(None, (surname, suffix, given)))


def group_name(text: str) -> str:
    """Return the name of a group: in braces, if it would be taken for a person's name otherwise."""
    text = single_line(re.sub("[{}]", "", text)).strip(" ,;")
    return text if not text or parse_author_name(text) == AuthorName(text) else f"{{{text}}}"


def may_be_several_people(name: str) -> bool:
    """Return whether a person's name is likely to be those of several: of `A. Bee, C. Dee` or `Ann Bee & Cid Dee`."""
    parts, joined = parse_author_name(name), [part.split() for part in name.strip("{}").split(" & ")]
    if len(joined) > 1:
        return all(len(words) > 1 and all(word[0].isupper() for word in words) for words in joined)
    return "," in name and bool(parts.given) and bool(FAMILY_AFTER_INITIAL.match(parts.family))


def stands_for_others(text: str) -> bool:
    """Return whether a name is no name, but says that there are more, such as `et al.` or `…`."""
    return re.sub(r"^(?:and )?[0-9]+ (?=others|more)", "", normalized_text(text)) in OTHERS_PHRASES


def people_list(names: Sequence[str], *, more: bool = False) -> tuple[str, ...]:
    """Return the names of a list without what stands for others, which then comes last once."""
    people = tuple(name for name in names if not stands_for_others(name))
    return (*people, OTHER_AUTHORS.family) if people and (more or len(people) < len(names)) else people

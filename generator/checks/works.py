"""Whether two entries are of one work: one answer for the check and for all imports.

Titles recur ("Calendar", "Working memory"), so a title alone proves nothing. Different identifiers, years, volumes,
pages, or kinds of work, or no author in common, mean different works. An arXiv preprint and what its authors published
under the same title are one work. What remains uncertain is a question for a curator.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from generator.checks.near_titles import TitleIndex
from generator.citations.citation import first_year, people_of
from generator.citations.names import family_name
from generator.content.model import Isbn, Paper
from generator.content.reader import valid_text
from generator.content.standard_numbers import normalized_isbn
from generator.content.text import ARTICLES, normalized_text
from generator.content.work_kinds import work_kind

Likeness = Literal["same", "perhaps", "different"]

WorkPart = tuple[str, ...]  # the numbers in a part such as "3–4", or its words

NUMBERED_KEYS = ("volume", "number", "edition")
SERIAL_KINDS = frozenset("article-journal paper-conference chapter report".split())  # one work may be cited as either
OPEN_KINDS = frozenset("preprint document".split())  # which may be any kind that nobody stated
PAGED_KINDS = SERIAL_KINDS - {"report"} | OPEN_KINDS  # of others, pages are a count on which sources disagree
CITED_KINDS = {"course": "webpage"}  # what cannot be told apart in a citation
WEB_KINDS = frozenset("webpage post software dataset speech video course".split())  # identified by their address
BOOK_KINDS = frozenset(
    "book thesis report".split()
)  # identified by their ISBN and volume; a chapter has the ISBN of its book
ARXIV_ID_DOI_PREFIX = "10.48550/arxiv."
MAX_PREPRINT_YEARS = 3  # between a preprint and what it became
MIN_COMMON_PEOPLE = 0.5  # minimum share of the shorter list of authors that two versions of a work have in common
MIN_COMMON_WORDS = 0.5  # minimum Jaccard index of the words of two abstracts of one work
MAX_COMMON_TITLE_WORDS = 3  # titles of up to this length, such as "Editorial comments", are those of many works
MAX_COMPARED_WORKS = 100  # of one title, year, volume, and page


@dataclass(frozen=True, slots=True)
class WorkDescription:
    """What tells the work of an entry from others, in a form in which it can be compared.

    `titles` are the first one and that of the published version. `parts` are the volume, pages, and the like, and
    `place` is the journal, conference, or book.
    """

    paper: Paper
    titles: frozenset[str]
    identifiers: Mapping[str, str]
    people: frozenset[str]
    years: frozenset[int]
    kind: str
    parts: Mapping[str, WorkPart]
    place: str
    address: str


def work_description(paper: Paper) -> WorkDescription:
    """Return the description of an entry's work."""
    kind = CITED_KINDS.get(work_kind(paper).id, work_kind(paper).id)
    years = {first_year(paper), paper.venue.year if paper.venue else None}
    return WorkDescription(
        paper=paper,
        titles=frozenset(map(plain_title, paper_titles(paper))),
        identifiers=work_identifiers(paper, kind),
        people=frozenset(filter(None, map(person_word, people_of(paper)))),
        years=frozenset(year for year in years if year),
        kind=kind,
        parts=work_parts(paper, kind),
        place=normalized_text(paper.venue.name if paper.venue else paper.container or ""),
        address=plain_address(paper.url or "") if kind in WEB_KINDS else "",
    )


def work_identifiers(paper: Paper, kind: str) -> dict[str, str]:
    """Return the identifiers that only one work has, by their keys."""
    doi, arxiv = (paper.doi or "").lower(), (paper.arxiv or "").lower()
    if doi.startswith(ARXIV_ID_DOI_PREFIX):
        doi, arxiv = "", arxiv or doi.removeprefix(ARXIV_ID_DOI_PREFIX)
    isbn = f"{work_isbn(paper)} {paper.volume or ''}" if work_isbn(paper) and kind in BOOK_KINDS else ""
    found = {"arxiv": arxiv, "doi": doi, "acl_anthology": (paper.acl_anthology or "").lower(), "isbn": isbn}
    return {key: identifier for key, identifier in found.items() if identifier}


def work_isbn(paper: Paper) -> str:
    """Return a paper's ISBN in the form in which ISBNs are compared, or an empty string."""
    return normalized_isbn(isbn) if (isbn := valid_text(Isbn, paper.isbn)) else ""


def work_parts(paper: Paper, kind: str) -> dict[str, WorkPart]:
    """Return what differs between works of one title, by their keys: numbers, or else words, in a comparable form."""
    found = {key: numbers(text := getattr(paper, key) or "") or words(text) for key in NUMBERED_KEYS}
    pages = paper.pages if kind in PAGED_KINDS and paper.pages else ""
    found["pages"] = numbers(pages)[:1] or words(pages)
    found["isbn"] = words(work_isbn(paper))
    found["language"] = words((paper.language or "").partition("-")[0])
    return {key: part for key, part in found.items() if part}


def numbers(text: str) -> WorkPart:
    """Return the numbers in a text, without leading zeros."""
    return tuple(number.lstrip("0") or "0" for number in re.findall("[0-9]+", text))


def words(text: str) -> WorkPart:
    """Return a text as a single part in a comparable form, or no part if it is empty."""
    plain = normalized_text(text)
    return (plain,) if plain else ()


def paper_titles(paper: Paper) -> list[str]:
    """Return the titles of a paper."""
    return [title for title in (paper.title, paper.published_title) if title]


@cache
def person_word(name: str) -> str:
    """Return the last word of a person's family name, which is the same wherever one thinks that it begins."""
    return "".join(normalized_text(family_name(name)).split()[-1:])


def plain_title(title: str) -> str:
    """Return a title without articles, punctuation, and spaces, or as it is if nothing is left."""
    return "".join(word for word in normalized_text(title).split() if word not in ARTICLES) or title


def plain_address(address: str) -> str:
    """Return what two addresses of one page share."""
    return re.sub(r"^https?://(?:www\.)?|/$", "", address)


def likeness(one: WorkDescription, other: WorkDescription) -> Likeness:
    """Return whether two works with equal or nearly equal titles are the same."""
    if shares_value(one.identifiers, other.identifiers):
        return "different" if are_parts_of_one_work(one, other) else "same"
    if has_other_value(one.identifiers, other.identifiers) or is_disjoint(one.people, other.people):
        return "different"
    if not is_preprint_pair(one, other) and (
        is_disjoint(one.years, other.years) or contradicts(one.parts, other.parts) or are_of_other_kinds(one, other)
    ):
        return "different"
    return equal_title_likeness(one, other) if one.titles & other.titles else near_title_likeness(one, other)


def shares_value(mine: Mapping[str, str], theirs: Mapping[str, str]) -> bool:
    """Return whether a key has the same value in both mappings."""
    return any(mine[key] == theirs[key] for key in mine.keys() & theirs.keys())


def has_other_value(mine: Mapping[str, str], theirs: Mapping[str, str]) -> bool:
    """Return whether a key has different values in the two mappings."""
    return any(mine[key] != theirs[key] for key in mine.keys() & theirs.keys())


def are_parts_of_one_work(one: WorkDescription, other: WorkDescription) -> bool:
    """Return whether two works with one identifier have that of the book that they are in: neither title nor author
    is the same, or they are on other pages."""
    if have_one_isbn_alone(one, other) or one.titles & other.titles:
        return have_one_isbn_alone(one, other) and are_volumes_of_one_work(one, other)
    pages = {work.parts.get("pages", ()) for work in (one, other) if work.kind in ("chapter", "paper-conference")}
    return is_disjoint(one.people, other.people) or len(pages - {()}) > 1


def have_one_isbn_alone(one: WorkDescription, other: WorkDescription) -> bool:
    """Return whether two books have an ISBN in common and no other identifier."""
    return {key for key, _ in one.identifiers.items() & other.identifiers.items()} == {"isbn"}


def are_volumes_of_one_work(one: WorkDescription, other: WorkDescription) -> bool:
    """Return whether two books with one ISBN are of two editions, or neither title begins the other."""
    pairs = ((mine, theirs) for mine in one.titles for theirs in other.titles)
    is_titled_alike = any(a.startswith(b) or b.startswith(a) for a, b in pairs)
    return contradicts(one.parts, other.parts) or not is_titled_alike


def contradicts(mine: Mapping[str, WorkPart], theirs: Mapping[str, WorkPart]) -> bool:
    """Return whether a part is another one in the two mappings; issue 3 may be in a volume's issues 3 and 4."""
    return any(is_other_part(mine[key], theirs[key]) for key in mine.keys() & theirs.keys())


def is_other_part(mine: WorkPart, theirs: WorkPart) -> bool:
    """Return whether two parts are both numbers or both words, and neither is among the other."""
    one, other = Counter(mine), Counter(theirs)
    return mine[0].isdigit() == theirs[0].isdigit() and not one <= other and not other <= one


def is_disjoint(mine: frozenset[object], theirs: frozenset[object]) -> bool:
    """Return whether both sets are known and have nothing in common."""
    return bool(mine and theirs and not mine & theirs)


def are_of_other_kinds(one: WorkDescription, other: WorkDescription) -> bool:
    """Return whether two works differ in kind, or in the address or day that identifies such works."""
    if one.address and other.address and one.address != other.address:
        return True
    days = [work.paper.published or "" for work in (one, other) if work.kind in WEB_KINDS]
    if len(days) > 1 and all(len(day) == len("2017-01-26") for day in days) and days[0] != days[1]:
        return True
    if one.address and other.address:
        return False
    kinds = {one.kind, other.kind}
    return len(kinds) > 1 and not kinds & OPEN_KINDS and not kinds <= SERIAL_KINDS


def is_arxiv_preprint(one: WorkDescription) -> bool:
    return one.kind == "preprint" and "arxiv" in one.identifiers


def is_preprint_pair(one: WorkDescription, other: WorkDescription) -> bool:
    """Return whether one work may be the arXiv preprint of the other."""
    kinds = {one.kind, other.kind} <= SERIAL_KINDS | OPEN_KINDS
    return kinds and is_arxiv_preprint(one) != is_arxiv_preprint(other)


def have_common_people(one: WorkDescription, other: WorkDescription) -> bool:
    """Return whether two works may have the same authors: most of them are common, or those of one are unknown."""
    least = min(len(one.people), len(other.people))
    return len(one.people & other.people) >= MIN_COMMON_PEOPLE * least


def equal_title_likeness(one: WorkDescription, other: WorkDescription) -> Likeness:
    """Return whether two works with equal titles, which nothing tells apart, are the same."""
    years = one.years | other.years
    is_late = is_disjoint(one.years, other.years) and max(years) - min(years) > MAX_PREPRINT_YEARS
    is_open = one.kind == other.kind or {one.kind, other.kind} & OPEN_KINDS
    is_certain = is_open and not is_late and have_common_people(one, other) and not is_common_title(one, other)
    return "same" if is_certain else "perhaps"


def is_common_title(one: WorkDescription, other: WorkDescription) -> bool:
    """Return whether a title may be that of two works: it is short, and they are in two places, or have nothing else in
    common."""
    if len(normalized_text(one.paper.title).split()) > MAX_COMMON_TITLE_WORDS:
        return False
    if one.place and other.place and one.place != other.place:
        return True
    parts = [{key: part for key, part in work.parts.items() if key != "isbn"} for work in (one, other)]
    is_alike = (one.people, one.years, parts[0]) == (other.people, other.years, parts[1])
    has_evidence = one.people & other.people or one.years & other.years or one.place == other.place != ""
    return not is_alike and not has_evidence and not {one.kind, other.kind} & OPEN_KINDS


def near_title_likeness(one: WorkDescription, other: WorkDescription) -> Likeness:
    """Return whether two works with nearly equal titles, which nothing else tells apart, are the same."""
    words, others = (set(normalized_text(work.paper.abstract).split()) for work in (one, other))
    if words and others and len(words & others) < MIN_COMMON_WORDS * len(words | others):
        return "different"
    is_known = (
        one.people == other.people and one.years & other.years and "pages" in one.parts.keys() & other.parts.keys()
    )
    return "same" if is_known else "perhaps"


class WorkIndex:
    """The works of the entries seen so far, by what identifies them and by their titles."""

    def __init__(self) -> None:
        self.by_identifier: dict[tuple[str, str], WorkDescription] = {}
        self.by_detail: dict[tuple[str, ...], list[WorkDescription]] = defaultdict(list)
        self.titles: TitleIndex[WorkDescription] = TitleIndex()

    def add(self, work: WorkDescription) -> None:
        for identifier in work.identifiers.items():
            self.by_identifier.setdefault(identifier, work)
        for detail in work_details(work):
            self.by_detail[detail].append(work)
        for title in paper_titles(work.paper):
            self.titles.add(title, work)

    def matches(self, work: WorkDescription) -> Iterator[tuple[Paper, Likeness]]:
        """Yield the entries that are of the same work or perhaps are, each once, the likeliest places first."""
        seen: set[str] = set()
        for other in self.candidates(work):
            if other.paper.id not in seen:
                seen.add(other.paper.id)
                if (answer := likeness(work, other)) != "different":
                    yield other.paper, answer

    def candidates(self, work: WorkDescription) -> Iterator[WorkDescription]:
        """Yield the works that have an identifier, or nearly the title, in common with one."""
        for identifier in work.identifiers.items():
            if other := self.by_identifier.get(identifier):
                yield other
        for detail in work_details(work):
            yield from self.by_detail.get(detail, [])[:MAX_COMPARED_WORKS]
        for title in paper_titles(work.paper):
            yield from self.titles.near(title)


def work_details(work: WorkDescription) -> Iterator[tuple[str, ...]]:
    """Yield what distinguishes works of one title, of which there may be very many: with the year, and without it."""
    parts = [" ".join(work.parts.get(key, ())) for key in ("volume", "number", "pages")]
    years = [*map(str, sorted(work.years))]
    for title in work.titles:
        yield title, *parts, *years
        yield title, *parts

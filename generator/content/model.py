"""The reading list as frozen values: what a curator writes, after reading and before checking.

The annotations are the content format: the reader (`read.py`) takes a file's keys, their types and whether they must
be there from these classes, so that the model and the format cannot disagree. Text is text, whatever it looks like;
`Annotated` says what an accepted text is. An id is a file name or an `id:` key, never both.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, cast, get_args


@dataclass(frozen=True, slots=True)
class TextFormat:
    """What a text must look like: words for the curator, and a pattern that the whole text matches."""

    expected: str
    pattern: str


def text_format(kind: Any) -> TextFormat:
    """What a text of an annotated kind must look like."""
    return cast(TextFormat, get_args(kind)[1])


Line = Annotated[str, TextFormat("one line of text", r"\S(?:[^\n]*\S)?")]
Prose = Annotated[str, TextFormat("text", r"(?s).*\S.*")]
Id = Annotated[
    str,
    TextFormat(
        "an id of at most 100 lower-case letters, digits and hyphens", r"(?=.{1,100}\Z)[a-z0-9]+(?:-[a-z0-9]+)*"
    ),
]
Address = Annotated[
    str,
    TextFormat("an address that starts with http:// or https://", r"https?://[^\s/?#<>\"'`{}|\\^]+[^\s<>\"`{}|\\^]*"),
]
Question = Annotated[str, TextFormat("a question on one line, which ends with a question mark", r"\S[^\n]*\?")]
Date = Annotated[
    str,
    TextFormat(
        "a date such as 2017-01-26, 2017-01 or 2017", r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"
    ),
]
Day = Annotated[
    str,
    TextFormat("a day such as 2026-11-24", r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"),
]
ArxivId = Annotated[
    str,
    TextFormat(
        "an arXiv id without a version, such as 1701.07875", r"[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}"
    ),
]
ArxivClass = Annotated[
    str,
    TextFormat(
        "an arXiv subject class such as cs.LG",
        r"[a-z]+(?:-[a-z]+)*\.(?:[A-Z]{2}|[a-z]+(?:-[a-z]+)*)|[a-z]+(?:-[a-z]+)+",
    ),
]
Doi = Annotated[str, TextFormat("a DOI such as 10.1145/3528223.3530164", r"10\.[0-9]{4,9}/[^\s\"{}\\]+")]
AnthologyId = Annotated[
    str,
    TextFormat(
        "an ACL Anthology id such as 2023.acl-long.522",
        r"[0-9]{4}\.[a-z0-9_]+-[a-z0-9]+\.[0-9]+|[A-Z][0-9]{2}-[0-9]{4}",
    ),
]
Year = Annotated[int, range(1900, 2101)]
Count = Annotated[int, range(1001)]

Track = Literal["conference", "findings", "journal", "workshop"]
RelationType = Literal["extends", "uses", "evaluates", "surveys", "contrasts", "competes"]
RELATION_TYPES: tuple[RelationType, ...] = get_args(RelationType)


@dataclass(frozen=True, slots=True)
class Venue:
    """Where a paper was published: the series' short name, the year of the volume, and the kind of venue."""

    name: Line
    year: Year
    track: Track


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of what comes with a paper."""

    code: Address | None = None
    project: Address | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A curated, directed relation; written in YAML as `{extends: <paper id>, because: <sentence>}`."""

    type: RelationType
    to: Id
    because: Line


@dataclass(frozen=True, slots=True)
class Paper:
    """One entry of the list: a file of `content/papers/`, whose name is the id.

    `aliases` are what else readers call it: the names of its method, model or data, and their acronyms. `questions` are
    those that it answers, as a newcomer would ask them. `arxiv_class` is arXiv's primary subject class of it, which
    citations of preprints name. `added` is the day on which the entry came on the list, and `revised` that of its last
    change worth telling readers; feeds and sitemap go by them. `replaces` are ids that it had or took over, and whose
    addresses lead on to it; the first is that under which it came on the list, by which feeds know it, and may be its
    own. `retired` says why it is no longer on the list: then only its address stays, with that.
    """

    id: Id
    title: Line
    authors: tuple[Line, ...]
    category: Id
    abstract: Prose
    published_title: Line | None = None
    aliases: tuple[Line, ...] = ()
    arxiv: ArxivId | None = None
    arxiv_class: ArxivClass | None = None
    doi: Doi | None = None
    acl_anthology: AnthologyId | None = None
    published: Date | None = None
    added: Day | None = None
    revised: Day | None = None
    venue: Venue | None = None
    links: Links = Links()
    tags: tuple[Id, ...] = ()
    summary: Line | None = None
    why: Prose | None = None
    questions: tuple[Question, ...] = ()
    relations: tuple[Relation, ...] = ()
    replaces: tuple[Id, ...] = ()
    retired: Line | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A controlled tag: its name in the field's words, what it means, and what else readers call it.

    `scope` tells it from terms that are easily confused with it; `replaces` are ids that it had or took over, and whose
    addresses lead on to it; `retired` says why no paper may carry it any more, and what to use instead.
    """

    id: Id
    name: Line
    definition: Line
    scope: Line | None = None
    aliases: tuple[Line, ...] = ()
    parent: Id | None = None
    related: tuple[Id, ...] = ()
    replaces: tuple[Id, ...] = ()
    retired: Line | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A question that tags answer, with the terms that answer it."""

    id: Id
    name: Line
    description: Line
    terms: tuple[Term, ...] = ()


PAPER_LINK = re.compile(r"\[\[([^\[\]|\n]*)(?:\|([^\[\]|]*))?\]\]")  # [[id]] or [[id|words]]


@dataclass(frozen=True, slots=True)
class Category:
    """A shelf. In `introduction`, `[[paper-id]]` or `[[paper-id|words]]` stands for a link to the paper.

    `replaces` and `retired` are as those of a paper.
    """

    id: Id
    name: Line
    summary: Line
    introduction: Prose
    replaces: tuple[Id, ...] = ()
    retired: Line | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One paper of a reading path, with the reason why it comes here."""

    paper: Id
    because: Line


@dataclass(frozen=True, slots=True)
class ReadingPath:
    """Papers in the order in which certain readers should take them: a file of `content/paths/`.

    `readers` says for whom it is, `assumes` what they know already, `outcome` what they can do at the end.
    """

    id: Id
    name: Line
    summary: Line
    readers: Line
    assumes: Line
    outcome: Line
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """What a list asks of each entry; without it, entries may be published as they come."""

    tags_least: Count = 0
    tags_most: Count = 1000
    facets: Count = 0
    texts: tuple[Literal["summary", "why"], ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """The file `site.yml`; `paths` puts the reading paths in order.

    `REPOSITORY_URL`, `REPOSITORY_BRANCH` and `SITE_URL` in the environment overrule what it says of them.
    """

    name: Line
    tagline: Line
    introduction: Prose
    start: tuple[Id, ...] = ()
    paths: tuple[Id, ...] = ()
    standard: Standard = Standard()
    repository: Address | None = None
    branch: Line = "main"
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A hand-written page of `content/pages/`: Markdown that starts with a `# title`."""

    id: Id
    title: str
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something a curator has to mend; lines and columns count from 1."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class SourceMarks:
    """Where each value of one file stands: its path of keys and indices to (line, column)."""

    file: str
    places: Mapping[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)

    def problem(self, message: str, *path: str | int) -> Problem:
        """The problem at the value with this path, or at the nearest one above it that has a place."""
        while path and path not in self.places:
            path = path[:-1]
        return Problem(self.file, *self.places.get(path, (1, 1)), message)


@dataclass(frozen=True, slots=True)
class Library:
    """Everything under `content/`. Papers are in id order; `marks` are by file name, such as `papers/atman.yml`.

    `papers` are those on the list, `retired` those that were. Of terms and categories the retired stand among the
    others, as they do in their files; `shelves` are the categories in use.
    """

    site: Site
    facets: tuple[Facet, ...]
    categories: tuple[Category, ...]
    papers: tuple[Paper, ...]
    paths: tuple[ReadingPath, ...]
    pages: tuple[Page, ...]
    marks: Mapping[str, SourceMarks]
    retired: tuple[Paper, ...] = ()

    @property
    def shelves(self) -> tuple[Category, ...]:
        """The categories in use, in reading order."""
        return tuple(category for category in self.categories if not category.retired)

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms, in the order of their file."""
        return tuple(term for facet in self.facets for term in facet.terms)

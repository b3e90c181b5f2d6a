"""The model of the reading list: frozen dataclasses for what curators write, before it is checked.

The annotations define the content format. The reader (`reader.py`) derives each file's keys, their types, and which
ones are required from these classes; the schemas, the API and the tables in `content/README.md` use the sentence that
describes each key. The model and its descriptions therefore always agree. Text is kept as written and never converted
to another type; a `TextFormat` defines which text is accepted. An id is given either by the file's name or by an `id:`
key, never by both.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal, cast, get_args

MAX_TAGS = 100  # the limits of lists are far above what readers can use; the largest real paper has 5,154 authors
MAX_ALIASES = 100
MAX_REPLACED = 100
MAX_GRADES = 1_000
REGEX_TOKEN_PATTERN = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|\.")  # in a pattern: an escape, a character class, or a dot


@dataclass(frozen=True, slots=True)
class TextFormat:
    """The format of a string: a description for curators, a pattern for the whole string, a short name, and a limit.

    `longest` is in characters. It is checked before the pattern is tried. `hints` are patterns of what curators often
    write instead, each with what to do then.
    """

    expected: str
    pattern: str
    name: str = "text"
    longest: int = 1_000
    hints: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """The largest number of items in a list or of keys in a mapping, and what they are called."""

    most: int
    items: str


def text_format(kind: Any) -> TextFormat:
    """Return the format of an annotated string type."""
    return cast(TextFormat, get_args(kind)[1])


def ecma_pattern(pattern: str, around: str = "") -> str:
    """Return a pattern of the model in the regular-expression syntax of ECMA-262, used by JSON Schema and JavaScript.

    `around` is a pattern for what may precede and follow the text.
    """
    rest = pattern.removeprefix("(?s)")
    replacements = {".": r"[^\n]" if rest == pattern else r"[\s\S]", r"\Z": rf"{around}$", r"\"": '"'}
    body = REGEX_TOKEN_PATTERN.sub(lambda token: replacements.get(token[0], token[0].replace(r"\"", '"')), rest)
    return rf"^{around}(?:{body}){around}$"


MONTH, DAY_OF_MONTH = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
ONE_LINE = r"\S(?:[^\n]*\S)?"
Line = Annotated[str, TextFormat("one line of text", ONE_LINE, "line")]
Name = Annotated[str, TextFormat("a name on one line", ONE_LINE, "name", 400)]
Prose = Annotated[str, TextFormat("text", r"(?s)\S.*", longest=20_000)]
Id = Annotated[
    str,
    TextFormat(
        "an id of at most 100 lower-case letters, digits and hyphens",
        r"(?=.{1,100}\Z)[a-z0-9]+(?:-[a-z0-9]+)*",
        "id",
        100,
    ),
]
DELIMITER_LOOKALIKES = "⁇-⁉℀℁℅℆⩴︓︖﹕﹖﹟﹫＃／：？＠"  # programs read one of "/?#@:" in them, and refuse such a host
Address = Annotated[
    str,
    TextFormat(
        "an address that starts with http:// or https://",
        rf"https?://[^\s/?#<>\"'`{{}}|\\^\[\]{DELIMITER_LOOKALIKES}]+(?:[/?#][^\s<>\"`{{}}|\\^]*)?",
        "address",
        2_000,
    ),
]
Question = Annotated[
    str, TextFormat("a question on one line, which ends with a question mark", r"\S[^\n]*\?", "question", 500)
]
FOUR_DIGIT_YEAR = "(?:0(?!000)[0-9]{3}|1[0-9]{3}|20[0-9]{2})"
DATE_HINTS = (
    (r"(?i)(?:n\.?\s*d\.?|no date|undated|s\.\s*a\.|unknown)\W*", 'leave "published" out if the date is unknown'),
    (r"(?i)\W*(?:c|ca|circa|about)\b.*|.*\?.*", 'write the likely year alone, and say in "note" that it is uncertain'),
    (r"(?i)forthcoming|in press|to appear|submitted", 'leave "published" out until it has appeared'),
    (r"[0-9]{1,3}(?:-.*)?", "write the year with four digits, such as 0476"),
)
Date = Annotated[
    str,
    TextFormat(
        "a date from 0001 to 2099, such as 2017-01-26, 2017-01 or 2017",
        rf"{FOUR_DIGIT_YEAR}(?:-{MONTH}(?:-{DAY_OF_MONTH})?)?",
        "date",
        40,
        DATE_HINTS,
    ),
]
Day = Annotated[
    str,
    TextFormat(
        "a day from 1900 to 2099, such as 2026-11-24", rf"(?:19|20)[0-9]{{2}}-{MONTH}-{DAY_OF_MONTH}", "day", 10
    ),
]


def is_calendar_date(date: str) -> bool:
    """Return whether a date exists in the calendar; a date without a day always does."""
    year, month, day = map(int, f"{date}-01-01".split("-")[:3])
    return day <= monthrange(year, month)[1]


ArxivId = Annotated[
    str,
    TextFormat(
        "an arXiv id without a version, such as 1701.07875",
        r"[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}",
        "arXiv id",
        50,
    ),
]
ArxivClass = Annotated[
    str,
    TextFormat(
        "an arXiv subject class such as cs.LG",
        r"[a-z]+(?:-[a-z]+)*\.(?:[A-Z]{2}|[a-z]+(?:-[a-z]+)*)|[a-z]+(?:-[a-z]+)+",
        "arXiv class",
        50,
    ),
]
Doi = Annotated[str, TextFormat("a DOI such as 10.1145/3528223.3530164", r"10\.[0-9]{4,9}/[^\s\"{}\\]+", "DOI", 300)]
AnthologyId = Annotated[
    str,
    TextFormat(
        "an ACL Anthology id such as 2023.acl-long.522",
        r"[0-9]{4}\.[a-z0-9_]+-[a-z0-9]+\.[0-9]+|[A-Z][0-9]{2}-[0-9]{4}",
        "ACL Anthology id",
        100,
    ),
]
LogoFile = Annotated[
    str,
    TextFormat(
        "an SVG or PNG file in content/images, such as images/logo.svg",
        r"images/[A-Za-z0-9][A-Za-z0-9._-]*\.(?:svg|png)",
        "image",
        100,
    ),
]
IconFile = Annotated[
    str,
    TextFormat(
        "an SVG, PNG or ICO file in content/images, such as images/icon.svg",
        r"images/[A-Za-z0-9][A-Za-z0-9._-]*\.(?:svg|png|ico)",
        "icon",
        100,
    ),
]
HexColor = Annotated[str, TextFormat('a color in quotes such as "#8a3b12"', "#[0-9a-fA-F]{6}", "color", 7)]
Isbn = Annotated[
    str,
    TextFormat(
        "an ISBN of 10 or 13 digits, with hyphens or without them",
        r"(?:97[89][- ]?)?[0-9](?:[- ]?[0-9]){8}[- ]?[0-9Xx]",
        "ISBN",
        30,
    ),
]
Issn = Annotated[str, TextFormat("an ISSN such as 2049-3630", r"[0-9]{4}-[0-9]{3}[0-9X]", "ISSN", 9)]
Orcid = Annotated[
    str,
    TextFormat("an ORCID iD such as 0000-0002-1825-0097", r"(?:[0-9]{4}-){3}[0-9]{3}[0-9X]", "ORCID iD", 100),
]
Language = Annotated[
    str,
    TextFormat("a language tag such as en, de or pt-BR", r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}", "language tag", 40),
]
Year = Annotated[int, range(1, 2100)]
Count = Annotated[int, range(MAX_TAGS + 1)]
Grade = Annotated[int, range(11)]
Share = Annotated[
    str, TextFormat("a number from 0 to 1, such as 0.85", r"0(?:\.[0-9]{1,6})?|1(?:\.0{1,6})?", "share", 10)
]
Noun = Annotated[
    str,
    TextFormat(
        "a noun without punctuation, such as book",
        r"[^\s!-/:-@\[-`{-~]+(?:[ '-][^\s!-/:-@\[-`{-~]+)*",
        "noun",
        40,
    ),
]
WEB_ADDRESS_PATTERN = text_format(Address).pattern

Track = Literal["conference", "findings", "journal", "workshop"]
WorkType = Literal[
    "article",
    "paper-conference",
    "book",
    "chapter",
    "thesis",
    "report",
    "webpage",
    "post",
    "software",
    "dataset",
    "speech",
    "video",
    "course",
    "document",
]
RelationType = Literal["extends", "uses", "evaluates", "surveys", "contrasts", "competes", "agrees", "complements"]
HostProgram = Literal["github", "gitlab", "forgejo", "gitea", "bitbucket"]
RELATION_TYPES: tuple[RelationType, ...] = get_args(RelationType)
ONE_FILE = "write this in only one of the two files"
RELATION_SENTENCES: Mapping[str, str] = {
    "extends": "The earlier paper whose method this one takes further.",
    "uses": "The paper whose model, method or data this one works with.",
    "evaluates": "The paper whose claim or method this one tests.",
    "surveys": "A paper that this one describes among others.",
    "contrasts": "The paper that makes an opposed claim about the same question, or takes the opposite approach.",
    "competes": f"The paper that solves the same problem in another way; {ONE_FILE}.",
    "agrees": f"The paper that comes to the same finding by other means; {ONE_FILE}.",
    "complements": "The paper that asks the same question about something else, or supplies what this one lacks; "
    f"{ONE_FILE}.",
}
REPLACES_SENTENCE = "Ids that it had before or took over; their addresses redirect to it."
RETIRED_SENTENCE = "Why it is no longer in use, and what to use instead."


@dataclass(frozen=True, slots=True)
class Venue:
    """Where a paper was published."""

    name: Annotated[Name, "The short name of the conference or journal, such as ICML."]
    year: Annotated[Year, "The year of the volume, which may be later than that of the first public version."]
    track: Annotated[Track, "What kind of venue it is."]


@dataclass(frozen=True, slots=True)
class Links:
    """Web addresses of what comes with a paper, in the order in which they are shown."""

    pdf: Annotated[Address | None, "The web address of its PDF, unless its identifier leads there."] = None
    code: Annotated[Address | None, "The web address of its code."] = None
    project: Annotated[Address | None, "The web address of its project page."] = None
    slides: Annotated[Address | None, "The web address of its slides."] = None
    video: Annotated[Address | None, "The web address of a recording."] = None
    data: Annotated[Address | None, "The web address of its data."] = None
    demo: Annotated[Address | None, "The web address of a demonstration."] = None
    review: Annotated[Address | None, "The web address of a review of it, or of its open peer review."] = None
    discussion: Annotated[Address | None, "The web address of a discussion of it."] = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A curated, directed relation, written in YAML as `{extends: <paper id>, because: <sentence>}`."""

    type: Annotated[RelationType, "How this paper relates to the other."]
    to: Annotated[Id, "The id of the other paper."]
    because: Annotated[Line, "The reason, in a sentence that names both papers, since it is shown on both pages."]


@dataclass(frozen=True, slots=True)
class Paper:
    """One entry of the list: a file of `content/papers/`, whose name is the paper's id."""

    id: Annotated[Id, "The paper's id."]
    title: Annotated[Line, "The title of the first public version."]
    category: Annotated[Id, "The id of the one category that it belongs to."]
    type: Annotated[
        WorkType,
        "What kind of work it is; `article` is a journal article or a preprint, and `document` is anything else.",
    ] = "article"
    authors: Annotated[
        tuple[Name, ...],
        Limit(10_000, "authors"),
        "The authors in the work's order, each with the full name. `Family, Given` says where the family name begins, "
        '`"{Name}"` is a group, and `others` comes last if there are more.',
    ] = ()
    editors: Annotated[
        tuple[Name, ...], Limit(1_000, "editors"), "The editors, written like authors; those of the book, of a chapter."
    ] = ()
    abstract: Annotated[
        Prose, r"The abstract as published. TeX between \( \), \[ \] or $ $ is shown as mathematics."
    ] = ""
    published_title: Annotated[Line | None, "The title under which the venue published it, if that is different."] = (
        None
    )
    aliases: Annotated[
        tuple[Name, ...],
        Limit(MAX_ALIASES, "names"),
        "What else readers call it: other names of the paper or of its method or model, acronyms and spellings.",
    ] = ()
    introduces: Annotated[
        tuple[Name, ...],
        Limit(MAX_ALIASES, "names"),
        "What comes from it but is not another name of it, such as a dataset, a score, a component or a tool.",
    ] = ()
    arxiv: Annotated[ArxivId | None, "Its arXiv id without a version, such as 1701.07875."] = None
    arxiv_class: Annotated[
        ArxivClass | None, "Its primary subject class on arXiv, such as stat.ML, which citations of a preprint name."
    ] = None
    doi: Annotated[Doi | None, "Its DOI, such as 10.1145/3528223.3530164."] = None
    acl_anthology: Annotated[AnthologyId | None, "Its id in the ACL Anthology, such as 2023.acl-long.522."] = None
    published: Annotated[
        Date | None, "When its first version became public: a day, a month or a year, such as 2017-01-26."
    ] = None
    added: Annotated[
        Day | None, "The day on which the entry was added to the list, by which feeds and the sitemap date it."
    ] = None
    revised: Annotated[
        Day | None, "The day of the entry's last change that is worth announcing to those who follow the feeds."
    ] = None
    venue: Annotated[Venue | None, "The journal or conference where it was published."] = None
    container: Annotated[Line | None, "The title of the book, proceedings, website or series that it is part of."] = (
        None
    )
    volume: Annotated[Name | None, "The volume of the journal, the book or the series."] = None
    number: Annotated[Name | None, "The issue of the journal, or the number of the report or within the series."] = None
    pages: Annotated[Name | None, "The pages within the volume or book, such as 227–232, or the article's number."] = (
        None
    )
    edition: Annotated[Name | None, "The edition of a book, such as 2nd, or the version of software or data."] = None
    publisher: Annotated[Name | None, "Who published it."] = None
    institution: Annotated[
        Name | None, "The university of a thesis, or the organization behind a report, page or talk."
    ] = None
    genre: Annotated[Name | None, "What sort of work it is within its type, such as Master's thesis or keynote."] = None
    isbn: Annotated[Isbn | None, "The ISBN of the book."] = None
    issn: Annotated[Issn | None, "The ISSN of the journal or series."] = None
    language: Annotated[Language | None, "The language that it is written or spoken in, such as en, de or pt-BR."] = (
        None
    )
    url: Annotated[Address | None, "The web address where it was published, if it has no DOI or other identifier."] = (
        None
    )
    accessed: Annotated[Day | None, "The day on which a page that may change was last read, for its citation."] = None
    award: Annotated[Line | None, "An award that it received, with the year."] = None
    note: Annotated[Line | None, "What readers should know about it, such as where its text is uncertain."] = None
    links: Annotated[Links, "Web addresses of what comes with it."] = Links()
    tags: Annotated[tuple[Id, ...], Limit(MAX_TAGS, "tags"), "What it is about: ids of terms of the vocabulary."] = ()
    summary: Annotated[Line | None, "What it does, in one or two plain sentences."] = None
    why: Annotated[Prose | None, "Why it is on the list."] = None
    questions: Annotated[
        tuple[Question, ...],
        Limit(100, "questions"),
        "Questions that it answers, as readers would type them. Search knows them, but no page shows them.",
    ] = ()
    relations: Annotated[
        tuple[Relation, ...],
        Limit(500, "relations"),
        "How it relates to other papers of the list. Each relation is shown on both papers' pages.",
    ] = ()
    distinct_from: Annotated[
        tuple[Id, ...],
        Limit(100, "ids"),
        "Ids of papers with nearly the same title that are other works; write this in only one of the two files.",
    ] = ()
    replaces: Annotated[
        tuple[Id, ...],
        Limit(MAX_REPLACED, "ids"),
        "Ids that it had before or took over; their addresses redirect to it. Feeds identify it by the first one: the "
        "id under which it was added, which may be its own.",
    ] = ()
    retired: Annotated[
        Line | None, "Why it was taken off the list. Only its address remains then, and shows this reason."
    ] = None


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the vocabulary, which papers carry as a tag."""

    id: Annotated[Id, "The term's id, which its address and the papers' tags use."]
    name: Annotated[Name, "Its name in the field's words."]
    definition: Annotated[Line, "What it means, in a sentence."] = ""
    scope: Annotated[
        Line | None, "When to use it, and what distinguishes it from terms that are easily confused with it."
    ] = None
    aliases: Annotated[
        tuple[Name, ...],
        Limit(MAX_ALIASES, "names"),
        "What else readers call it: synonyms, acronyms and spellings. Search knows these names.",
    ] = ()
    covers: Annotated[
        tuple[Name, ...],
        Limit(MAX_ALIASES, "names"),
        "What belongs to it but is not another name of it, such as its members, tools and datasets. Search knows these "
        "names, but they count less.",
    ] = ()
    questions: Annotated[
        tuple[Question, ...],
        Limit(100, "questions"),
        "Questions that its papers answer, as readers would type them. Search knows them, but no page shows them.",
    ] = ()
    parent: Annotated[
        Id | None,
        "The id of the wider term in the same facet. Papers with this term have the wider one as well.",
    ] = None
    related: Annotated[tuple[Id, ...], Limit(100, "ids"), "Ids of terms that are close to it."] = ()
    replaces: Annotated[tuple[Id, ...], Limit(MAX_REPLACED, "ids"), REPLACES_SENTENCE] = ()
    retired: Annotated[Line | None, "Why papers may no longer carry it, and what to use instead."] = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A question that tags answer, with the terms that answer it."""

    id: Annotated[Id, "The facet's id, which addresses use."]
    name: Annotated[Name, "Its name, as readers see it."]
    description: Annotated[Line, "The question that its terms answer about each paper."]
    terms: Annotated[tuple[Term, ...], Limit(5_000, "terms"), "Its terms, in the order in which they are shown."] = ()


Vocabulary = Annotated[tuple[Facet, ...], Limit(100, "facets")]
PAPER_LINK = re.compile(r"\[\[([^\[\]|\n]*)(?:\|([^\[\]|]*))?\]\]")  # [[id]] or [[id|words]]


@dataclass(frozen=True, slots=True)
class Category:
    """A shelf of the list."""

    id: Annotated[Id, "The category's id, which its address and the papers use."]
    name: Annotated[Name, "Its name, as readers see it."]
    summary: Annotated[Line, "What belongs in it, in a sentence."] = ""
    introduction: Annotated[
        Prose,
        "An introduction for readers. [[paper-id]] becomes a link to the paper; the link's words may follow the id "
        "after a bar.",
    ] = ""
    replaces: Annotated[tuple[Id, ...], Limit(MAX_REPLACED, "ids"), REPLACES_SENTENCE] = ()
    retired: Annotated[Line | None, RETIRED_SENTENCE] = None

    @property
    def first_paper(self) -> str:
        """The id of the paper that the introduction names first, or an empty string."""
        link = PAPER_LINK.search(self.introduction)
        return link[1] if link else ""


Categories = Annotated[tuple[Category, ...], Limit(500, "categories")]


@dataclass(frozen=True, slots=True)
class Step:
    """One paper of a reading path."""

    paper: Annotated[Id, "The id of the paper."]
    because: Annotated[Line, "Why it comes at this point."]


@dataclass(frozen=True, slots=True)
class ReadingPath:
    """Papers in the order in which certain readers should read them: a file of `content/paths/`."""

    id: Annotated[Id, "The path's id."]
    name: Annotated[Name, "Its name, as readers see it."]
    summary: Annotated[Line, "What the path is about, in a sentence."]
    readers: Annotated[Line, "Who it is for."]
    assumes: Annotated[Line, "What they already know."]
    outcome: Annotated[Line, "What they can do at the end."]
    steps: Annotated[tuple[Step, ...], Limit(500, "steps"), "Its papers, in the order in which to read them."]


@dataclass(frozen=True, slots=True)
class Person:
    """A person whose name has several spellings or is like another person's, or who has an ORCID iD."""

    name: Annotated[Name, "The name as readers see it; entries may write it in another way."]
    same_as: Annotated[
        tuple[Name, ...],
        Limit(MAX_ALIASES, "names"),
        "Other spellings of the name in entries. The person has one page, and the addresses of these redirect to it.",
    ] = ()
    other_than: Annotated[
        tuple[Name, ...],
        Limit(MAX_ALIASES, "names"),
        "Names of other people who could be mistaken for this one; write this for only one of the two.",
    ] = ()
    orcid: Annotated[Orcid | None, "The person's ORCID iD, such as 0000-0002-1825-0097."] = None

    @property
    def id(self) -> str:
        """The name, by which two states of the file are compared."""
        return self.name


People = Annotated[tuple[Person, ...], Limit(10_000, "people")]


@dataclass(frozen=True, slots=True)
class KnownVenue:
    """A journal, conference or workshop, to which entries refer by its name or one of its other names."""

    name: Annotated[Name, "The short name, which pages show, such as ICML."]
    kind: Annotated[Track, "What kind of venue it is: the track of the papers that it published."]
    full: Annotated[
        Name | None, "The full name, which citations give, such as International Conference on Machine Learning."
    ] = None
    proceedings: Annotated[
        Name | None, 'The title of its proceedings, if that is not "Proceedings of the" and the full name.'
    ] = None
    aliases: Annotated[
        tuple[Name, ...],
        Limit(MAX_ALIASES, "names"),
        "Former names and other spellings, which entries, imports and searches may have.",
    ] = ()
    publisher: Annotated[Name | None, "Who publishes the journal or the proceedings."] = None
    address: Annotated[Address | None, "The web address of the venue."] = None
    issn: Annotated[Issn | None, "The ISSN of the journal or the proceedings."] = None

    @property
    def id(self) -> str:
        """The name, by which two states of the file are compared."""
        return self.name


Venues = Annotated[tuple[KnownVenue, ...], Limit(5_000, "venues")]


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query with the papers that readers who ask it would be glad to find."""

    query: Annotated[Line, "What a reader types."]
    grades: Annotated[
        Mapping[Id, Grade],
        Limit(MAX_GRADES, "papers"),
        "How good a result each paper is, by its id, from 0 to 10; papers not named have the grade 0.",
    ]
    kind: Annotated[Name | None, "What kind of query it is, in a word or two; each kind has a score of its own."] = None


@dataclass(frozen=True, slots=True)
class JudgedPaper:
    """A paper with those that are worth reading next."""

    paper: Annotated[Id, "The id of the paper that has been read."]
    grades: Annotated[
        Mapping[Id, Grade],
        Limit(MAX_GRADES, "papers"),
        "How well each paper follows it, by its id, from 0 to 10; papers not named have the grade 0.",
    ]


JudgedQueries = Annotated[tuple[JudgedQuery, ...], Limit(5_000, "queries")]
JudgedPapers = Annotated[tuple[JudgedPaper, ...], Limit(10_000, "papers")]


@dataclass(frozen=True, slots=True)
class Judgments:
    """What measures a list: the files of `content/judgments/`, of which a list may have both, one or none."""

    search: JudgedQueries = ()
    related: JudgedPapers = ()


@dataclass(frozen=True, slots=True)
class Standard:
    """What the list requires of each entry, and of its scores by the judgments; a list without it takes entries as they
    come, and no score is too low."""

    tags_least: Annotated[Count, "The fewest tags that an entry may have."] = 0
    tags_most: Annotated[Count, "The most tags that an entry may have."] = MAX_TAGS
    facets: Annotated[Count, "The fewest facets that its tags must come from."] = 0
    texts: Annotated[
        tuple[Literal["abstract", "summary", "why"], ...], Limit(10, "texts"), "Texts that each entry must have."
    ] = ()
    judged: Annotated[
        Day | None, "The day of the judgments. Papers added later are not judged, and neither raise nor lower a score."
    ] = None
    search_least: Annotated[Share | None, "The lowest nDCG@10 that search may have over all judged queries."] = None
    search_least_by_kind: Annotated[
        Mapping[Name, Share],
        Limit(100, "kinds"),
        "The lowest nDCG@10 that search may have over the judged queries of each kind.",
    ] = field(default_factory=dict, hash=False)
    related_least: Annotated[Share | None, "The lowest nDCG@5 that related papers may have over all judged papers."] = (
        None
    )


@dataclass(frozen=True, slots=True)
class Accent:
    """The color of links and buttons."""

    light: Annotated[HexColor, "The color on light pages."]
    dark: Annotated[HexColor | None, "The color on dark pages; otherwise a lighter shade of the first."] = None


@dataclass(frozen=True, slots=True)
class EntryWords:
    """What readers call an entry of the list: paper, book, talk."""

    one: Annotated[Noun, "The singular, as it appears within a sentence, such as book."]
    many: Annotated[Noun, "The plural, such as books."]

    @property
    def heading(self) -> str:
        """The plural with a capital, for the start of a heading or sentence."""
        return self.many[:1].upper() + self.many[1:]

    @property
    def label(self) -> str:
        """The singular with a capital."""
        return self.one[:1].upper() + self.one[1:]

    def count(self, number: int) -> str:
        """Return a number of entries with its noun, such as `1 book` or `2 books`."""
        return f"{number:,} {self.one if number == 1 else self.many}"


@dataclass(frozen=True, slots=True)
class License:
    """The terms under which others may use the list's own texts."""

    name: Annotated[Name, "Its SPDX id, such as CC-BY-4.0, or else its name."]
    url: Annotated[Address | None, "The web address of its text, required if the name is not a known id."] = None


@dataclass(frozen=True, slots=True)
class Site:
    """The settings of the list, in `site.yml`.

    `REPOSITORY_URL`, `REPOSITORY_BRANCH`, `REPOSITORY_HOST` and `SITE_URL` in the environment override its keys
    `repository`, `branch`, `host` and `address`.
    """

    name: Annotated[Name, "The name of the list."]
    tagline: Annotated[Line, "What the list is, in one line."]
    introduction: Annotated[Prose, "What the home page says first."]
    start: Annotated[
        tuple[Id, ...], Limit(100, "papers"), "Ids of the papers where a newcomer should begin, in this order."
    ] = ()
    paths: Annotated[
        tuple[Id, ...], Limit(500, "paths"), "Ids of the reading paths, in the order in which they are offered."
    ] = ()
    entry: Annotated[EntryWords, "What the site calls an entry, if not a paper."] = EntryWords("paper", "papers")
    standard: Annotated[Standard, "What each entry must have."] = Standard()
    repository: Annotated[Address | None, "The web address of the repository where entries are edited."] = None
    branch: Annotated[Name, "The branch on which they are edited."] = "main"
    host: Annotated[
        HostProgram | None, "The software that the repository's host runs, if its address does not contain the name."
    ] = None
    address: Annotated[Address | None, "The web address of the site."] = None
    accent: Annotated[
        Accent | None, 'The color of links and buttons, such as "#8a3b12". The quotes are needed: # starts a comment.'
    ] = None
    logo: Annotated[LogoFile | None, "The image beside the name of the list, at the top of each page."] = None
    favicon: Annotated[IconFile | None, "The icon that browsers show for the site's pages."] = None
    license: Annotated[
        License | None,
        "The license of the list's own texts, such as CC-BY-4.0. Titles and abstracts belong to their authors.",
    ] = None
    footer: Annotated[
        Line | None, "A line of text for the foot of each page, in which [words](address) becomes a link."
    ] = None
    analytics: Annotated[Literal["none"], "How readers are counted: not at all, since no request leaves the site."] = (
        "none"
    )


SHORT_FORMS: Mapping[type, str] = {
    Accent: "light",
    License: "name",
}  # a value of this key may be written in place of the keys


@dataclass(frozen=True, slots=True)
class Page:
    """A hand-written page of `content/pages/`: Markdown that starts with a `# title`."""

    id: Id
    title: str
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A problem that a curator has to fix, or a warning about a possible one.

    Lines and columns count from 1; both are 0 if the problem has no line. A warning does not stop the build.
    """

    file: str
    line: int
    column: int
    message: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {'warning: ' if self.warning else ''}{self.message}"

    @property
    def place(self) -> str:
        """The file, followed by the line and column if they are known."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


def general_problem(subject: str, message: str) -> Problem:
    """Return a problem about an argument, an environment variable, or a file as a whole."""
    return Problem(subject, 0, 0, message)


def blocking_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that stop the build: all but the warnings."""
    return [problem for problem in problems if not problem.warning]


@dataclass(frozen=True, slots=True)
class SourceMarks:
    """The source positions in one file: the path of keys and indices to a value is mapped to (line, column)."""

    file: str
    places: Mapping[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)

    def problem(self, message: str, *path: str | int) -> Problem:
        """Return a problem at the value with this path, or at its nearest ancestor whose position is known."""
        while path and path not in self.places:
            path = path[:-1]
        return Problem(self.file, *self.places.get(path, (1, 1)), message)

    def warning(self, message: str, *path: str | int) -> Problem:
        """Return a warning at the value with this path, or at its nearest ancestor whose position is known."""
        return replace(self.problem(message, *path), warning=True)


@dataclass(frozen=True, slots=True)
class Library:
    """The content of a list: everything under `content/`.

    `papers` are the papers on the list and `retired` those that were removed, both in id order. Retired terms and
    categories stay among the others, in file order; `shelves` are the categories in use. `marks` are keyed by file
    name, such as `papers/<id>.yml`; so are the images that the settings name.
    """

    site: Site
    facets: tuple[Facet, ...]
    categories: tuple[Category, ...]
    papers: tuple[Paper, ...]
    paths: tuple[ReadingPath, ...]
    pages: tuple[Page, ...]
    marks: Mapping[str, SourceMarks]
    retired: tuple[Paper, ...] = ()
    judgments: Judgments = Judgments()
    people: tuple[Person, ...] = ()
    venues: tuple[KnownVenue, ...] = ()
    images: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def shelves(self) -> tuple[Category, ...]:
        """The categories in use, in reading order."""
        return tuple(category for category in self.categories if not category.retired)

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms, in file order."""
        return tuple(term for facet in self.facets for term in facet.terms)

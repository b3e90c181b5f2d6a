"""A listing of titles and abstracts, and a file of confirmed facts, in; new entries for `content/papers/` out.

What stands in `content/papers/` is the curators': an entry that is there already is compared, never changed. Abstracts
are kept as published; `REPAIRS` lists everything that is mended.
"""

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import accumulate, chain, count
from typing import Annotated, Any, Literal

import yaml
from slugify import slugify

from generator.model import (
    Address,
    AnthologyId,
    ArxivId,
    Date,
    Doi,
    Line,
    Links,
    Paper,
    Problem,
    Venue,
)
from generator.read import read, suggestion
from generator.standards import folded

CHROME = re.compile(r"Get trending papers in your email inbox\b.*")
GLUED = "Subscribe"  # a button of the page, glued to the first title
LONGEST_ID = 48  # characters
LONGEST_NAME = 6  # words before a colon that are a name, not a sentence
LAST_WORDS = frozenset(
    "a an and as at by for from in into is its of on or over the their through to towards using via with".split()
)
ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
           "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a"}  # fmt: skip

IMPORTED = "title abstract authors published_title arxiv doi acl_anthology published venue links".split()
State = Literal["new", "unchanged", "different"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one paper of a listing; the fields named in `unconfirmed` are left out of the entry."""

    title: Line
    authors: tuple[Line, ...]
    number: Annotated[int, range(1, 1_000_000)] = 0
    published_title: Line | None = None
    arxiv: ArxivId | None = None
    doi: Doi | None = None
    acl_anthology: AnthologyId | None = None
    published: Date | None = None
    venue: Venue | None = None
    code: Address | None = None
    unconfirmed: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper of a listing beside what is on the list already: which keys differ, if it is there."""

    paper: Paper
    state: State
    different: tuple[str, ...] = ()


def accented(found: re.Match[str]) -> str:
    """The letter with the accent that TeX puts on it."""
    return unicodedata.normalize("NFC", found["letter"] + ACCENTS[found["sign"]])


REPAIRS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # TeX accents: Fr\'{e}chet, Fr\'echet, Erd\H{o}s
    (re.compile(r"\\(?P<sign>['`^\"~=.]|[uvHckr](?=\{))\{?(?P<letter>[A-Za-z])\}?"), accented),
    # TeX quotes: ``translating'' and `sufficient statistic'
    (re.compile(r"``(.+?)''"), r"“\1”"),
    (re.compile(r"(?<![\w`])`([^`']+)'(?![\w'])"), r"‘\1’"),
)


def repaired(abstract: str) -> str:
    """An abstract as it was meant, in Unicode: see `REPAIRS`."""
    for pattern, better in REPAIRS:
        abstract = pattern.sub(better, abstract)
    return abstract


def titles_and_abstracts(listing: str, file: str) -> tuple[list[tuple[str, str]], list[Problem]]:
    """The listing's papers in its order: a line with the title, then a line with the abstract."""
    lines = [(number, line.strip()) for number, line in enumerate(listing.splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line and not CHROME.fullmatch(line)]
    if lines:
        lines[0] = lines[0][0], lines[0][1].removeprefix(GLUED)
    problems = []
    if len(lines) % 2:
        problems.append(Problem(file, lines[-1][0], 1, "a title without an abstract"))
    pairs = list(zip(lines[::2], lines[1::2], strict=False))
    for (number, title), (_, abstract) in pairs:
        if len(title) > len(abstract):
            problems.append(
                Problem(file, number, 1, "a title that is longer than its abstract: is a line missing above?")
            )
            break
    return [(title, repaired(abstract)) for (_, title), (_, abstract) in pairs], problems


def facts_of(text: str, file: str) -> tuple[dict[str, Facts], list[Problem]]:
    """The facts by folded title, without what is unconfirmed."""
    facts, marks, problems = read(text, file, tuple[Facts, ...])
    known = {field.name for field in fields(Facts)}
    for index, fact in enumerate(facts):
        for place, name in enumerate(fact.unconfirmed):
            if name not in known:
                problems.append(
                    marks.problem(f'unknown key "{name}"{suggestion(name, known)}', index, "unconfirmed", place)
                )
    if problems:
        return {}, problems
    return {folded(fact.title): confirmed(fact) for fact in facts}, []


def confirmed(fact: Facts) -> Facts:
    """The facts without the unconfirmed ones."""
    values: dict[str, Any] = {f.name: getattr(fact, f.name) for f in fields(fact) if f.name not in fact.unconfirmed}
    return Facts(**{"title": fact.title, "authors": (), **values})


def compared(
    listing: str, file: str, facts: str, facts_file: str, papers: Iterable[Paper]
) -> tuple[list[Entry], list[Problem]]:
    """Each paper of a listing beside the list's papers, or the problems of the two files."""
    pairs, problems = titles_and_abstracts(listing, file)
    known, more = facts_of(facts, facts_file) if facts else ({}, [])
    problems += more
    return ([] if problems else list(entries(pairs, known, papers))), problems


def entries(pairs: Sequence[tuple[str, str]], facts: Mapping[str, Facts], papers: Iterable[Paper]) -> Iterator[Entry]:
    """Each paper of the listing, as it is on the list or with an id of its own."""
    papers = tuple(papers)
    by_arxiv = {paper.arxiv: paper for paper in papers if paper.arxiv}
    by_title = {folded(paper.title): paper for paper in papers}
    taken = {paper.id for paper in papers}
    for title, abstract in pairs:
        fact = facts.get(folded(title)) or Facts(title, ())
        known = (by_arxiv.get(fact.arxiv) if fact.arxiv else None) or by_title.get(folded(title))
        paper = entry(known.id if known else identifier(title, taken), title, abstract, fact)
        taken.add(paper.id)
        if not known:
            by_title[folded(title)] = paper
            yield Entry(paper, "new")
            continue
        different = tuple(key for key in IMPORTED if differs(getattr(paper, key), getattr(known, key)))
        yield Entry(paper, "different" if different else "unchanged", different)


def entry(name: str, title: str, abstract: str, fact: Facts) -> Paper:
    """A paper with what the listing and the facts say, and no category yet."""
    return Paper(
        id=name,
        title=title,
        authors=fact.authors,
        category="",
        abstract=abstract,
        published_title=fact.published_title,
        arxiv=fact.arxiv,
        doi=fact.doi,
        acl_anthology=fact.acl_anthology,
        published=fact.published,
        venue=fact.venue,
        links=Links(code=fact.code),
    )


def differs(mine: object, theirs: object) -> bool:
    """Whether the listing has a value, and another than the entry's."""
    if isinstance(mine, str) and isinstance(theirs, str):
        return mine.split() != theirs.split()
    return bool(mine) and mine != Links() and mine != theirs


def identifier(title: str, taken: Container[str]) -> str:
    """A short id that is not taken: what stands before a title's colon or the like, else the title's first words."""
    name = re.split(r"[:;?!]+(?:\s|$)", title)[0]
    short = slug(name, LONGEST_ID) if len(name.split()) <= LONGEST_NAME else ""
    longer = slug(title, LONGEST_ID)
    numbered = (f"{longer}-{number}" for number in count(2))
    candidates = chain((short, longer, slug(title, 2 * LONGEST_ID)), numbered)
    return next(name for name in candidates if len(name) > 1 and name != "index" and name not in taken)


def slug(text: str, longest: int) -> str:
    """As many of a text's first words as make an id of at most this length, the last one with a meaning."""
    words = [word for word in (slugify(word.replace("'", "").replace("’", "")) for word in text.split()) if word]
    if len(words) > 1 and words[0] in ("a", "an", "the"):
        words = words[1:]
    lengths = accumulate(len(word) + 1 for word in words)
    kept = (
        [word for word, length in zip(words, lengths, strict=True) if length <= longest + 1] or [words[0][:longest]]
        if words
        else []
    )
    while len(words) > len(kept) > 2 and kept[-1] in LAST_WORDS:
        kept.pop()
    return "-".join(kept)


class Flow(dict[str, object]):
    """Keys and values that stand on one line."""


class Plain(str):
    """A text that stands without quotes though YAML alone would take it for a number or a date."""


class Block(str):
    """A text that stands on lines of its own."""


class Dumper(yaml.SafeDumper):
    """The house style of an entry: a line to an author, an abstract as it is."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless and flow)


Dumper.add_representer(
    Flow, lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)
)
Dumper.add_representer(Block, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|"))
Dumper.add_representer(Plain, lambda dumper, value: dumper.represent_scalar(guessed(dumper, value), str(value)))


def guessed(dumper: Any, value: str) -> str:
    """The tag that YAML alone would guess for a text: with it, the text stands without quotes."""
    return str(dumper.resolve(yaml.ScalarNode, value, (True, False)))


def yaml_of(paper: Paper) -> str:
    """An entry's file, as `load` reads it."""
    venue, links = paper.venue, paper.links
    keys = {
        "title": paper.title,
        "published_title": paper.published_title,
        "authors": list(paper.authors),
        "arxiv": paper.arxiv and Plain(paper.arxiv),
        "doi": paper.doi,
        "acl_anthology": paper.acl_anthology,
        "published": paper.published and Plain(paper.published),
        "venue": venue and Flow(name=venue.name, year=venue.year, track=venue.track),
        "links": {key: address for key, address in (("code", links.code), ("project", links.project)) if address},
        "abstract": Block(paper.abstract),
    }
    written = {key: value for key, value in keys.items() if value}
    return yaml.dump(written, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**9, default_flow_style=False)

"""Read papers from a listing of titles and abstracts, and from a file of facts about them.

Abstracts are kept as published, except for what `TEX_REPAIRS` corrects.
"""

import re
from dataclasses import dataclass, fields
from typing import Annotated, Any

from generator.content.characters import clean_text
from generator.content.model import (
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
from generator.content.reader import read_yaml
from generator.content.spelling import SpellingSuggestions
from generator.content.text import normalized_text
from generator.curate.importers.latex import repair_tex

BOILERPLATE_LINE = re.compile(r"Get trending papers in your email inbox\b.*")
SUBSCRIBE_BUTTON = "Subscribe"  # a button of the web page, copied together with the first title


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What is known about one paper of a listing; fields named in `unconfirmed` are not copied to the entry."""

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


def titles_and_abstracts(listing: str, file: str) -> tuple[list[tuple[str, str]], list[Problem]]:
    """Return the title and abstract of each paper in a listing, which alternate line by line, and the problems."""
    lines = [(number, clean_text(line).strip()) for number, line in enumerate(listing.splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line and not BOILERPLATE_LINE.fullmatch(line)]
    if lines:
        lines[0] = lines[0][0], lines[0][1].removeprefix(SUBSCRIBE_BUTTON)
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
    return [(title, repair_tex(abstract)) for (_, title), (_, abstract) in pairs], problems


def parse_facts(text: str, file: str) -> tuple[dict[str, PaperFacts], list[Problem]]:
    """Return the confirmed facts by normalized title, and the problems."""
    facts, marks, problems = read_yaml(text, file, tuple[PaperFacts, ...])
    known, spelling = {field.name for field in fields(PaperFacts)}, SpellingSuggestions()
    for index, fact in enumerate(facts):
        for place, name in enumerate(fact.unconfirmed):
            if name not in known:
                problems.append(
                    marks.problem(
                        f'unknown key "{name}"{spelling.suggestion(name, known)}', index, "unconfirmed", place
                    )
                )
    if problems:
        return {}, problems
    return {normalized_text(fact.title): confirmed_facts(fact) for fact in facts}, []


def confirmed_facts(fact: PaperFacts) -> PaperFacts:
    """Return the facts without the unconfirmed ones."""
    values: dict[str, Any] = {f.name: getattr(fact, f.name) for f in fields(fact) if f.name not in fact.unconfirmed}
    return PaperFacts(**{"title": fact.title, "authors": (), **values})


def read_listing(listing: str, file: str, facts: str, facts_file: str) -> tuple[list[Paper], list[Problem]]:
    """Return the papers of a listing, with the known facts about them, or the problems of the two files."""
    pairs, problems = titles_and_abstracts(listing, file)
    known, more = parse_facts(facts, facts_file) if facts else ({}, [])
    problems += more
    if problems:
        return [], problems
    return [
        paper_from_facts(title, abstract, known.get(normalized_text(title)) or PaperFacts(title, ()))
        for title, abstract in pairs
    ], []


def paper_from_facts(title: str, abstract: str, fact: PaperFacts) -> Paper:
    """Return a paper with the data of the listing and the facts, without an id or a category."""
    return Paper(
        id="",
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

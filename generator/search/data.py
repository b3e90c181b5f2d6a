"""The data files for search and faceted browsing in the reader's browser.

`search/list.json` holds the list in columns, which compress better than rows; frequent values are stored once and
referred to by index. Texts are in separate parts, so that a large list can be shown before they have loaded: first all
those of the newest papers, then the summaries and questions of the others, and then their abstracts. Context objects,
by which reference managers take papers, are in parts, too. The vocabulary for suggesting tags has its own file, which
is loaded only when needed. Papers are numbered from 0, newest first, as in the files of citations of the whole list,
which scripts read as well.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from generator.citations.citation import editors_mark, first_year, people_of, responsible_names
from generator.citations.names import display_name, is_others
from generator.content.model import Library, Paper, Term
from generator.content.text import single_line
from generator.content.venues import venue_names
from generator.content.work_kinds import work_kind
from generator.output.json_text import compact_json
from generator.site.catalogue import (
    Catalogue,
    PaperList,
    kind_mark,
    paper_people,
    short_names,
    venue_description,
)
from generator.site.page_ids import venue_id
from generator.site.publication import separate_editors, source_phrase

PAPERS_PER_PART = 500  # papers in each part of the abstracts, and in the first one, which has all texts
PAPERS_PER_BRIEF_PART = 2_000  # papers in each part of the summaries and questions
PAPERS_PER_CONTEXT_PART = 50  # papers in each part of the context objects, which few rows need at a time

TEXTS: Mapping[str, Callable[[Paper], str | tuple[str, ...]]] = {
    "summaries": lambda paper: paper.summary or "",
    "questions": lambda paper: paper.questions,
    "abstracts": lambda paper: single_line(paper.abstract),
}


def search_files(catalogue: Catalogue) -> Iterator[tuple[str, Callable[[], str]]]:
    """Return the name of each file, with a function that returns its text."""
    papers = list(catalogue.papers.values())
    parts = text_parts(len(papers))
    yield (
        "search/list.json",
        lambda: compact_json(
            list_columns(catalogue, papers)
            | {"texts": [[part.start, len(part)] for part, _ in parts], "contextPart": PAPERS_PER_CONTEXT_PART}
        ),
    )
    for number, (part, names) in enumerate(parts):
        yield f"search/texts-{number}.json", partial(texts_json, papers[part.start : part.stop], names)
    for number, start in enumerate(range(0, len(papers), PAPERS_PER_CONTEXT_PART)):
        yield (
            f"search/contexts-{number}.json",
            partial(contexts_json, catalogue, papers[start : start + PAPERS_PER_CONTEXT_PART]),
        )
    yield "search/terms.json", lambda: compact_json(tagging_vocabulary(catalogue.library))


def text_parts(count: int) -> list[tuple[range, Sequence[str]]]:
    """Return the parts of the texts of so many papers, in the order of loading, by papers and columns."""
    rest = range(min(count, PAPERS_PER_PART), count)
    return [
        (range(rest.start), [*TEXTS]),
        *((part, ["summaries", "questions"]) for part in consecutive_parts(rest, PAPERS_PER_BRIEF_PART)),
        *((part, ["abstracts"]) for part in consecutive_parts(rest, PAPERS_PER_PART)),
    ]


def consecutive_parts(numbers: range, size: int) -> list[range]:
    """Return consecutive numbers in parts of a size; the last one may be smaller."""
    return [numbers[start : start + size] for start in range(0, len(numbers), size)]


def texts_json(papers: Sequence[Paper], names: Sequence[str]) -> str:
    """Return columns of texts of some papers as a JSON object."""
    return compact_json({name: [TEXTS[name](paper) for paper in papers] for name in names})


def contexts_json(catalogue: Catalogue, papers: Sequence[Paper]) -> str:
    """Return the context objects of some papers as a JSON array."""
    return compact_json([catalogue.rows[paper.id].coins for paper in papers])


def list_columns(catalogue: Catalogue, papers: Sequence[Paper]) -> dict[str, Any]:
    """Return the list in columns; references are indices into `terms`, `categories`, `venues` or `people`.

    The people who have pages come first, and `authorPages` is their number.
    """
    library = catalogue.library
    terms = [(facet.id, term) for facet in library.facets for term in facet.terms if not term.retired]
    term_numbers = {term.id: number for number, (_, term) in enumerate(terms)}
    category_numbers = {category.id: number for number, category in enumerate(library.shelves)}
    venue_numbers = {name: number for number, name in enumerate(catalogue.lists["venues"])}
    people = catalogue.people
    people_ids = [*catalogue.lists["authors"], *(one for one in people if one not in catalogue.lists["authors"])]
    people_numbers = {name: number for number, name in enumerate(people_ids)}
    return {
        **guide_columns(catalogue, papers),
        "facets": [{"id": facet.id, "name": facet.name} for facet in library.facets],
        "terms": [
            {
                "facet": facet,
                "parent": term_numbers.get(term.parent or "", -1),
                "questions": term.questions,
                **described_names(term),
            }
            for facet, term in terms
        ],
        "categories": [{"id": category.id, "name": category.name} for category in library.shelves],
        "kinds": [{"id": kind.id, "name": kind.name} for kind in catalogue.kinds],
        "venues": [venue_column(catalogue, venue) for venue in catalogue.lists["venues"].values()],
        "people": [person_column(catalogue, one) for one in people_ids],
        "authorPages": len(catalogue.lists["authors"]),
        "moved": moved_ids(catalogue),
        "retired": {paper.id: paper.retired for paper in library.retired},
        "papers": {
            "ids": [paper.id for paper in papers],
            "titles": [paper.title for paper in papers],
            "otherTitles": [paper.published_title or "" for paper in papers],
            "aliases": [paper.aliases for paper in papers],
            "introduces": [paper.introduces for paper in papers],
            "authors": [[people_numbers[one] for one in paper_people(catalogue, paper)] for paper in papers],
            "years": [first_year(paper) or 0 for paper in papers],
            "categories": [category_numbers[paper.category] for paper in papers],
            "tags": [[term_numbers[tag] for tag in paper.tags] for paper in papers],
            "venues": [venue_numbers[venue_id(paper.venue.name)] if paper.venue else -1 for paper in papers],
            "added": [paper.added or "" for paper in papers],
            **publication_columns(catalogue, papers),
        },
    }


def guide_columns(catalogue: Catalogue, papers: Sequence[Paper]) -> dict[str, Any]:
    """Return what the list calls an entry, its reading paths, and the papers with which it tells newcomers to begin."""
    library, numbers = catalogue.library, {paper.id: number for number, paper in enumerate(papers)}
    return {
        "entry": [library.site.entry.one, library.site.entry.many],
        "paths": [
            {"id": path.id, "name": path.name, "papers": [numbers[paper.id] for paper in path.papers]}
            for path in catalogue.lists["paths"].values()
        ],
        "starts": list(dict.fromkeys(numbers[name] for name in first_papers(library))),
    }


def first_papers(library: Library) -> Iterator[str]:
    """Yield the papers to begin with: those of the home page, then the first of each path, and the first that each
    shelf names."""
    yield from library.site.start
    yield from (path.steps[0].paper for path in library.paths if path.steps)
    yield from filter(None, (category.first_paper for category in library.shelves))


def described_names(term: Term) -> dict[str, Any]:
    """Return the id of a term, the names by which it is found, and its definition."""
    names = {"name": term.name, "aliases": term.aliases, "covers": term.covers}
    return {"id": term.id, **names, "definition": term.definition}


def publication_columns(catalogue: Catalogue, papers: Sequence[Paper]) -> dict[str, list[Any]]:
    """Return the columns of what a work is, where it was published, and where its PDF and code are.

    `kinds` are indices into the kinds of the list, and empty if the works are all of one type; `bylineEnds` are what
    bylines say besides names: `others`, the mark of editors, or the institution of a work without people.
    """
    numbers = {kind: number for number, kind in enumerate(catalogue.kinds)}
    return {
        "when": [catalogue.rows[paper.id].when for paper in papers],
        "first": [catalogue.rows[paper.id].first for paper in papers],
        "pdf": [paper.links.pdf or paper.arxiv or "" for paper in papers],
        "code": [paper.links.code or "" for paper in papers],
        "identifiers": [other_identifiers(paper) for paper in papers],
        "kinds": [numbers[work_kind(paper)] for paper in papers] if numbers else [],
        "marks": [kind_mark(paper, catalogue.kinds) for paper in papers],
        "bylineEnds": [byline_end(paper) for paper in papers],
        "sources": [source_text(paper) for paper in papers],
    }


def other_identifiers(paper: Paper) -> list[str]:
    """Return what identifies a paper besides the address or arXiv id of its PDF."""
    arxiv = paper.arxiv if paper.links.pdf else None
    return [name for name in (arxiv, paper.doi, paper.isbn and f"isbn:{paper.isbn}") if name]


def byline_end(paper: Paper) -> str:
    """Return what the byline of a paper says besides names."""
    last = "".join(responsible_names(paper)[-1:])
    return display_name(last) if is_others(last) or not any(people_of(paper)) else editors_mark(paper)


def source_text(paper: Paper) -> str:
    """Return where a work was published, and who edited it."""
    editors = short_names(map(display_name, separate_editors(paper)))
    return ". ".join(part for part in (f"Edited by {editors}" if editors else "", source_phrase(paper)) if part)


def moved_ids(catalogue: Catalogue) -> dict[str, dict[str, str]]:
    """Return the ids that lead to others, for each key of a query."""
    library, people, venues = catalogue.library, catalogue.person_ids, catalogue.lists["venues"].values()
    papers = (*library.papers, *library.retired)
    return {
        "paper": {old: paper.id for paper in papers for old in paper.replaces if old != paper.id},
        "tag": {old: term.id for term in library.terms if not term.retired for old in term.replaces},
        "category": {old: category.id for category in library.shelves for old in category.replaces},
        "venue": {old: venue.id for venue in venues for old in venue.replaces},
        "author": {old: one for old, one in people.items() if old != one and one in catalogue.people},
    }


def person_column(catalogue: Catalogue, one: str) -> str | list[str]:
    """Return a person's name, with the id if the browser cannot derive it, and with the other spellings."""
    name, person = display_name(catalogue.people[one]), catalogue.persons.get(one)
    others = map(display_name, person.same_as) if person else ()
    return name if default_author_id(name) == one and not person else [name, one, *others]


def venue_column(catalogue: Catalogue, venue: PaperList) -> dict[str, Any]:
    """Return a venue, with all of its names if there is more than the short one."""
    known = venue_description(catalogue, venue)
    names = list(dict.fromkeys(filter(None, (*venue_names(known), known.proceedings))))
    return {"id": venue.id, "name": venue.name} | ({"names": names} if len(names) > 1 else {})


def tagging_vocabulary(library: Library) -> dict[str, Any]:
    """Return the terms that papers may have as tags, in order, and what the list requires of a paper's tags."""
    standard = library.site.standard
    return {
        "standard": {"least": standard.tags_least, "most": standard.tags_most, "facets": standard.facets},
        "terms": [
            {
                "facet": facet.name,
                "parent": term.parent or "",
                "scope": term.scope or "",
                **described_names(term),
            }
            for facet in library.facets
            for term in facet.terms
            if not term.retired
        ],
    }


def default_author_id(name: str) -> str:
    """Return the id that the browser derives from an author's name, so that only other ids need to be stored.

    ASCII letters and digits are kept, in lower case; everything else becomes a hyphen.
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower())

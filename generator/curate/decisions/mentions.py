"""A library and one of its entries in; the places of the list that name the entry, and are lost with it, out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from generator.content.model import PAPER_LINK, Library
from generator.curate.decisions.decisions import EntryKind

MentionKind = Literal["tags", "related terms", "relations", "path steps", "starting points", "sentences", "page links"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names an entry: its file, such as `papers/atman.yml`, where in it, and the words there."""

    kind: MentionKind
    file: str
    place: str = ""
    text: str = ""


def retirement_losses(library: Library, kind: EntryKind, name: str) -> list[Mention]:
    """The places that lose an entry when it is retired: links of pages stay, as they lead to the reason."""
    places = {"paper": paper_mentions, "term": term_mentions}.get(kind)
    return [place for place in (places(library, name) if places else ()) if place.kind != "page links"]


def paper_mentions(library: Library, paper: str) -> Iterator[Mention]:
    """The places that name a paper, its own file apart."""
    yield from relation_mentions(library, paper)
    yield from step_mentions(library, paper)
    if paper in library.site.start:
        yield Mention("starting points", "site.yml", "start")
    yield from introduction_mentions(library, paper)
    yield from page_mentions(library, f"papers/{paper}")


def relation_mentions(library: Library, paper: str) -> Iterator[Mention]:
    """The relations of other papers to a paper."""
    for other in library.papers:
        for relation in other.relations:
            if relation.to == paper != other.id:
                yield Mention("relations", f"papers/{other.id}.yml", relation.type, relation.because)


def step_mentions(library: Library, paper: str) -> Iterator[Mention]:
    """The steps of reading paths that lead to a paper."""
    for path in library.paths:
        for number, step in enumerate(path.steps, 1):
            if step.paper == paper:
                yield Mention("path steps", f"paths/{path.id}.yml", f"step {number}", step.because)


def introduction_mentions(library: Library, paper: str) -> Iterator[Mention]:
    """The sentences of the shelves' introductions that link to a paper, with the words of their links."""
    titles = {paper.id: paper.title for paper in (*library.papers, *library.retired)}
    for category in library.categories:
        for sentence in split_sentences(category.introduction):
            if any(link[1] == paper for link in PAPER_LINK.finditer(sentence)):
                words = PAPER_LINK.sub(lambda link: link[2] or titles.get(link[1], link[1]), sentence)
                yield Mention("sentences", "categories.yml", category.id, words)


def page_mentions(library: Library, address: str) -> Iterator[Mention]:
    """The hand-written pages that link to an entry's address, such as `tags/gan`."""
    link = re.compile(rf"(?<![\w-]){re.escape(address)}(?![\w-])")
    for page in library.pages:
        if link.search(page.text):
            yield Mention("page links", f"pages/{page.id}.md")


def term_mentions(library: Library, term: str) -> Iterator[Mention]:
    """The places that name a term, the terms below it apart."""
    for paper in library.papers:
        if term in paper.tags:
            yield Mention("tags", f"papers/{paper.id}.yml")
    for other in library.terms:
        if term in other.related:
            yield Mention("related terms", "vocabulary.yml", other.id)
    yield from page_mentions(library, f"tags/{term}")


def split_sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return re.split(r"(?<=[.!?])\s+", text.strip())

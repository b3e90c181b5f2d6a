"""Which files an edit of texts can change.

Most edits change what a paper says, such as its summary or a link, and nothing by which papers are sorted, grouped,
linked or keyed. Such an edit changes only files that show the paper.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from itertools import chain

from generator.citations.citation import base_citation_key
from generator.content.model import PAPER_LINK, Paper
from generator.site.catalogue import Catalogue
from generator.site.pages.authors import letter_name, papers_of_others, people_by_letter
from generator.site.pictures.relation_graph import nearest_neighbors, relation_network

TEXT_KEYS = frozenset(
    "title abstract published_title aliases introduces doi acl_anthology revised volume number pages edition isbn "
    "language url accessed award note links summary why questions".split()
)
ARRANGED_BY = tuple(field.name for field in fields(Paper) if field.name not in TEXT_KEYS)


def edited_papers(before: Iterable[Paper], now: Iterable[Paper]) -> set[str] | None:
    """Return the ids of the papers whose texts have changed, or None if anything else has."""
    old, new = ({paper.id: paper for paper in papers} for papers in (before, now))
    if old.keys() != new.keys():
        return None
    edited = {name for name in new if old[name] is not new[name] and old[name] != new[name]}
    return edited if all(arrangement(old[name]) == arrangement(new[name]) for name in edited) else None


def arrangement(paper: Paper) -> tuple[object, ...]:
    """Return all by which a paper is sorted, grouped, linked and keyed: its values that are no texts, and the key of
    its citation."""
    return (base_citation_key(paper), *(getattr(paper, name) for name in ARRANGED_BY))


def shown_papers(catalogue: Catalogue) -> Mapping[str, Collection[str]]:
    """Return the ids of the papers whose texts the files of an address show, by the address without its last slash.

    Files of other addresses, such as the home page and the data of search, may show all papers.
    """
    return dict(chain(papers_by_paper(catalogue), papers_by_list(catalogue), papers_by_letter(catalogue)))


def papers_by_paper(catalogue: Catalogue) -> Iterator[tuple[str, Collection[str]]]:
    """Yield what the files of each paper show: the paper, those related to it, those in the graph of its relations, and
    those on its reading paths."""
    network = relation_network(catalogue.papers)
    on_paths: dict[str, set[str]] = {}
    for path in catalogue.lists["paths"].values():
        names = {paper.id for paper in path.papers}
        for name in names:
            on_paths[name] = on_paths.get(name, set()) | names
    for paper in catalogue.papers.values():
        related = (one.id for one in catalogue.links.get(paper.id, ()))
        near = nearest_neighbors(network, paper.id) if network.neighbors[paper.id] else ()
        yield f"papers/{paper.id}", {paper.id, *related, *near, *on_paths.get(paper.id, ())}
        for old in paper.replaces:
            if old != paper.id:
                yield f"papers/{old}", {paper.id}


def papers_by_list(catalogue: Catalogue) -> Iterator[tuple[str, Collection[str]]]:
    """Yield what the files of each list show: its papers, and those that the introduction of a shelf names."""
    named = {shelf.id: set(PAPER_LINK.findall(shelf.introduction)) for shelf in catalogue.library.categories}
    for kind, lists in catalogue.lists.items():
        for papers in lists.values():
            shown = {paper.id for paper in papers.papers}
            if kind == "categories":
                shown |= {name for name, _ in named[papers.id]}
            for name in papers.files:
                yield name, shown


def papers_by_letter(catalogue: Catalogue) -> Iterator[tuple[str, Collection[str]]]:
    """Yield what the pages of a long index of authors show: the papers to which those without a page are linked."""
    single = papers_of_others(catalogue)
    for letter, people in people_by_letter(catalogue, [*single, *catalogue.lists["authors"]]).items():
        yield f"authors/index/{letter_name(letter)}", {single[one].id for one in people if one in single}

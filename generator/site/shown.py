"""Which files an edit of papers can change.

Most edits change what a paper says, such as its summary or a link. They change only files that show the paper. Others
change how it is arranged, such as its tags, its date or its authors. They change files that show it, before or after
the edit, and those that show other papers in another way because of it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import fields
from itertools import chain

from generator.citations.citation import base_citation_key
from generator.content.model import PAPER_LINK, Paper
from generator.site.catalogue import Catalogue, paper_people
from generator.site.pages.authors import letter_name, papers_of_others, people_alike, people_by_letter
from generator.site.pages.tags import cooccurring_terms
from generator.site.pictures.relation_graph import nearest_neighbors, relation_network

TEXT_KEYS = frozenset(
    "title abstract published_title aliases introduces doi acl_anthology revised volume number pages edition isbn "
    "language url accessed award note links summary why questions".split()
)
FIXED_KEYS = frozenset({"id", "replaces", "retired", "added"})  # of which an edit is more than that of a paper
AUTHOR_INDEX = "authors/index/"
ARRANGED_BY = tuple(field.name for field in fields(Paper) if field.name not in TEXT_KEYS | FIXED_KEYS)


def edited_papers(before: Iterable[Paper], now: Iterable[Paper]) -> set[str] | None:
    """Return the ids of the papers that have been edited, or None if papers came or went, or fixed keys differ."""
    old, new = ({paper.id: paper for paper in papers} for papers in (before, now))
    if old.keys() != new.keys():
        return None
    edited = {name for name in new if old[name] is not new[name] and old[name] != new[name]}
    fixed = (getattr(old[name], key) == getattr(new[name], key) for name in edited for key in FIXED_KEYS)
    return edited if all(fixed) else None


def arrangement(paper: Paper) -> tuple[object, ...]:
    """Return all by which a paper is filed, dated, sorted, named and cited: its values that are no texts, and the key
    of its citation."""
    return (base_citation_key(paper), *(getattr(paper, name) for name in ARRANGED_BY))


def addresses_arranged_anew(before: Catalogue, now: Catalogue, shown: Mapping[str, Collection[str]]) -> set[str]:
    """Return the addresses whose files may differ because papers are arranged in another way than before.

    They have other papers, or papers whose tags come in another order or whose authors are linked in another way, or
    are those of terms that are often combined with others than before. `shown` are the papers that each address shows
    now.
    """
    old, people = shown_papers(before), people_named_anew(before, now)
    changed = {name for name in now.tags if tag_order(before, name) != tag_order(now, name)}
    changed |= papers_of_people(now, people)
    combined, combined_before = cooccurring_terms(now), cooccurring_terms(before)
    are_years_same = now.lists["years"].keys() == before.lists["years"].keys()
    is_index_same = not people and author_counts(now) == author_counts(before)
    return {
        *(address for address, papers in shown.items() if papers != old.get(address) or not changed.isdisjoint(papers)),
        *(f"tags/{term}" for term in now.terms if combined.get(term) != combined_before.get(term)),
        *(f"years/{year}" for year in now.lists["years"] if not are_years_same),  # as each leads to the next
        *(f"authors/{one}" for one in people_alike(now) if people),
        *(address for address in shown if address.startswith(AUTHOR_INDEX) and not is_index_same),
    }


def people_named_anew(before: Catalogue, now: Catalogue) -> set[str]:
    """Return the ids of the people who have a page now or had one before, but not both, or who have another name."""
    listed = now.lists["authors"].keys() ^ before.lists["authors"].keys()
    return listed | {one for one, _ in now.people.items() ^ before.people.items()}


def author_counts(catalogue: Catalogue) -> Mapping[str, int]:
    """Return the number of papers of each author who has a page."""
    return {one: len(papers.papers) for one, papers in catalogue.lists["authors"].items()}


def papers_of_people(catalogue: Catalogue, people: Set[str]) -> set[str]:
    """Return the ids of the papers that some of these people wrote."""
    if not people:
        return set()
    papers = catalogue.papers.values()
    return {paper.id for paper in papers if not people.isdisjoint(paper_people(catalogue, paper))}


def tag_order(catalogue: Catalogue, paper: str) -> list[str]:
    """Return the tags of a paper, those first that the fewest papers have."""
    return sorted(catalogue.papers[paper].tags, key=catalogue.term_ranks.__getitem__)


def shown_papers(catalogue: Catalogue) -> Mapping[str, Collection[str]]:
    """Return the ids of the papers that the files of an address show, by the address without its last slash.

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
        yield f"{AUTHOR_INDEX}{letter_name(letter)}", {single[one].id for one in people if one in single}

"""Compute the changes between two libraries.

First, the references in both libraries are updated: papers, terms, and categories are named by their current ids, and
references to entries that are gone are dropped. Thus an entry counts as changed only if somebody edited it; the
consequences of a decision about another entry are counted there.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from re import Match
from typing import Generic, Protocol, TypeVar

from generator.content.model import (
    PAPER_LINK,
    Category,
    Facet,
    KnownVenue,
    Library,
    Page,
    Paper,
    Person,
    ReadingPath,
    Relation,
    Step,
    Term,
)
from generator.related.relate import relate
from generator.site.catalogue import build_catalogue
from generator.site.pages.kinds import site_pages
from generator.site.pages.moved import MovedPage
from generator.site.pages.retired import RetiredPage

UNSEEN_KEYS = (
    "added",
    "revised",
    "arxiv_class",
    "distinct_from",
    "retired",
)  # of a paper, whose changes readers do not see
UNORDERED_KEYS = ("tags", "relations", "distinct_from")  # of a paper, whose order is irrelevant


class ListEntry(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str: ...


Entry = TypeVar("Entry", bound=ListEntry)


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A key whose value was replaced, with both values as text; a missing value is an empty string."""

    key: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ListChange:
    """A key whose list changed: items that were added, removed, or reworded under the same name."""

    key: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    reordered: bool = False


KeyChange = ValueChange | ListChange


@dataclass(frozen=True, slots=True)
class ChangedEntry(Generic[Entry]):
    """An entry in its new state, and its changed keys."""

    entry: Entry
    changes: tuple[KeyChange, ...]


@dataclass(frozen=True, slots=True)
class EntryChanges(Generic[Entry]):
    """What happened to the entries of one kind.

    Pairs consist of the old entry and, if renamed, its new state or, if merged, the entry that took it over.
    """

    added: tuple[Entry, ...] = ()
    removed: tuple[Entry, ...] = ()
    renamed: tuple[tuple[Entry, Entry], ...] = ()
    merged: tuple[tuple[Entry, Entry], ...] = ()
    retired: tuple[Entry, ...] = ()
    restored: tuple[Entry, ...] = ()
    changed: tuple[ChangedEntry[Entry], ...] = ()


@dataclass(frozen=True, slots=True)
class TagMove:
    """A tag whose number of papers changed."""

    tag: str
    before: int
    now: int


@dataclass(frozen=True, slots=True)
class UnannouncedPapers:
    """New or changed papers that no feed announces, because their date is missing or unchanged."""

    added: tuple[Paper, ...] = ()
    revised: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class AddressChanges:
    """Addresses of pages that appear, become redirects, or disappear."""

    appearing: tuple[str, ...] = ()
    redirecting: tuple[str, ...] = ()
    vanishing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContentChanges:
    """All changes except those of related papers and addresses, which require that both lists have no problems."""

    papers: EntryChanges[Paper]
    terms: EntryChanges[Term]
    facets: EntryChanges[Facet]
    categories: EntryChanges[Category]
    paths: EntryChanges[ReadingPath]
    pages: EntryChanges[Page]
    people: EntryChanges[Person]
    venues: EntryChanges[KnownVenue]
    settings: tuple[KeyChange, ...]
    images: tuple[str, ...]  # that hold something else, under the same names
    tag_moves: tuple[TagMove, ...]
    unannounced: UnannouncedPapers


@dataclass(frozen=True, slots=True)
class CurrentIds:
    """The current id of each entry whose id has changed since an earlier library, and the ids no longer in use."""

    papers: Mapping[str, str]
    terms: Mapping[str, str]
    categories: Mapping[str, str]
    gone_papers: Mapping[str, str]  # titles by id
    gone_terms: frozenset[str]


def content_changes(before: Library, after: Library) -> ContentChanges:
    """Return the changes from one library to another."""
    ids = current_entry_ids(before, after)
    old, new = follow_references(before, ids), follow_references(after, ids)
    papers = entry_changes((*old.papers, *old.retired), (*new.papers, *new.retired))
    terms = entry_changes(old.terms, new.terms)
    return ContentChanges(
        papers=papers,
        terms=terms,
        facets=entry_changes(old.facets, new.facets, ("terms",)),
        categories=entry_changes(old.categories, new.categories),
        paths=entry_changes(old.paths, new.paths),
        pages=entry_changes(old.pages, new.pages),
        people=entry_changes(old.people, new.people),
        venues=entry_changes(old.venues, new.venues),
        settings=key_changes(old.site, new.site),
        images=tuple(name for name, image in new.images.items() if old.images.get(name, image) != image),
        tag_moves=tag_moves(old, new, ids, {term.id for term in (*terms.added, *terms.removed, *terms.retired)}),
        unannounced=unannounced_papers(after, papers),
    )


def current_entry_ids(before: Library, after: Library) -> CurrentIds:
    """Return what happened to the ids of an earlier library."""
    papers = ids_by_replaced_id((*after.papers, *after.retired))
    terms = ids_by_replaced_id(after.terms)
    listed = {paper.id for paper in after.papers}
    every = (*before.papers, *before.retired, *after.retired)
    titles = {papers.get(paper.id, paper.id): paper.title for paper in every}
    in_use = {term.id for term in after.terms if not term.retired}
    known = {terms.get(term.id, term.id) for term in (*before.terms, *after.terms)}
    return CurrentIds(
        papers=papers,
        terms=terms,
        categories=ids_by_replaced_id(after.categories),
        gone_papers={name: title for name, title in titles.items() if name not in listed},
        gone_terms=frozenset(known - in_use),
    )


def ids_by_replaced_id(entries: Sequence[Paper] | Sequence[Term] | Sequence[Category]) -> Mapping[str, str]:
    """Return the current id for each replaced id."""
    return {old: entry.id for entry in entries for old in entry.replaces}


def follow_references(library: Library, ids: CurrentIds) -> Library:
    """Return the library with current ids in references, without references to entries that are no longer in use."""
    return replace(
        library,
        site=replace(library.site, start=update_ids(library.site.start, ids.papers, ids.gone_papers)),
        facets=tuple(replace(facet, terms=update_terms(facet, ids)) for facet in library.facets),
        categories=tuple(update_introduction(category, ids) for category in library.categories),
        papers=tuple(update_paper(paper, ids) for paper in library.papers),
        retired=tuple(update_paper(paper, ids) for paper in library.retired),
        paths=tuple(replace(path, steps=update_steps(path, ids)) for path in library.paths),
    )


def update_ids(names: Iterable[str], now: Mapping[str, str], gone: Iterable[str]) -> tuple[str, ...]:
    """Return the current ids of a list, without duplicates and without those that are gone."""
    known = dict.fromkeys(now.get(name, name) for name in names)
    return tuple(name for name in known if name not in gone)


def update_terms(facet: Facet, ids: CurrentIds) -> tuple[Term, ...]:
    """Return the terms of a facet with updated references to other terms."""
    return tuple(
        replace(
            term,
            parent=next(iter(update_ids([term.parent] if term.parent else [], ids.terms, ids.gone_terms)), None),
            related=tuple(
                name
                for name in update_ids(term.related, ids.terms, ids.gone_terms)
                if name != ids.terms.get(term.id, term.id)
            ),
        )
        for term in facet.terms
    )


def update_introduction(category: Category, ids: CurrentIds) -> Category:
    """Return a category with updated links in its introduction; links to papers that are gone become plain text."""

    def link(found: Match[str]) -> str:
        name = ids.papers.get(found[1], found[1])
        return found[2] or ids.gone_papers[name] if name in ids.gone_papers else found[0].replace(found[1], name, 1)

    return replace(category, introduction=PAPER_LINK.sub(link, category.introduction))


def update_steps(path: ReadingPath, ids: CurrentIds) -> tuple[Step, ...]:
    """Return the steps of a path with current ids.

    If a merge results in two steps for the same paper, the one whose id did not change is kept.
    """
    moved = [replace(step, paper=ids.papers.get(step.paper, step.paper)) for step in path.steps]
    kept = {step.paper: step for step in moved}
    written = set(path.steps)
    kept |= {step.paper: step for step in moved if step in written}
    return tuple(step for step in kept.values() if step.paper not in ids.gone_papers)


def update_paper(paper: Paper, ids: CurrentIds) -> Paper:
    """Return a paper with updated references."""
    return replace(
        paper,
        category=ids.categories.get(paper.category, paper.category),
        tags=update_ids(paper.tags, ids.terms, ids.gone_terms),
        relations=update_relations(paper, ids),
        distinct_from=update_ids(
            paper.distinct_from, ids.papers, {*ids.gone_papers, ids.papers.get(paper.id, paper.id)}
        ),
    )


def update_relations(paper: Paper, ids: CurrentIds) -> tuple[Relation, ...]:
    """Return a paper's relations with current ids.

    If a merge makes two relations equal, the one whose id did not change is kept.
    """
    own = ids.papers.get(paper.id, paper.id)
    moved = [replace(relation, to=ids.papers.get(relation.to, relation.to)) for relation in paper.relations]
    kept = {(relation.type, relation.to): relation for relation in moved}
    written = set(paper.relations)
    kept |= {(relation.type, relation.to): relation for relation in moved if relation in written}
    return tuple(one for one in kept.values() if one.to != own and one.to not in ids.gone_papers)


def entry_changes(old: Sequence[Entry], new: Sequence[Entry], skipped: Sequence[str] = ()) -> EntryChanges[Entry]:
    """Return what happened to the entries of one kind, ignoring changes of the skipped keys."""
    pairs = matched_entries(old, new)
    matched, kept = {one.id for one, _ in pairs}, {other.id for _, other in pairs}
    heirs = {name: entry for entry in new for name in replaced_ids(entry)}
    lost = [entry for entry in old if entry.id not in matched]
    changed = (ChangedEntry(other, key_changes(one, other, ("retired", *skipped))) for one, other in pairs)
    return EntryChanges(
        added=tuple(entry for entry in new if entry.id not in kept),
        removed=tuple(entry for entry in lost if entry.id not in heirs),
        renamed=tuple((one, other) for one, other in pairs if one.id != other.id),
        merged=tuple((entry, heirs[entry.id]) for entry in lost if entry.id in heirs),
        retired=tuple(other for one, other in pairs if retirement(other) and retirement(other) != retirement(one)),
        restored=tuple(other for one, other in pairs if retirement(one) and not retirement(other)),
        changed=tuple(entry for entry in changed if entry.changes),
    )


def matched_entries(old: Sequence[Entry], new: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    """Return pairs of the old and new state of each entry that existed before, even if its id has changed."""
    earlier = {entry.id: entry for entry in old}
    taken = {entry.id for entry in new}
    pairs = []
    for entry in new:
        candidates = (entry.id, *(name for name in replaced_ids(entry) if name not in taken))
        if name := next((name for name in candidates if name in earlier), ""):
            pairs.append((earlier[name], entry))
    return pairs


def replaced_ids(entry: object) -> tuple[str, ...]:
    """Return the ids that an entry had before or took over."""
    return tuple(getattr(entry, "replaces", ()))


def retirement(entry: object) -> str:
    """Return why an entry is retired; an empty string if it is in use."""
    return getattr(entry, "retired", None) or ""


def key_changes(one: object, other: object, skipped: Sequence[str] = (), within: str = "") -> tuple[KeyChange, ...]:
    """Return the changed keys, except ids, between two values of the same class."""
    keys = (key.name for key in (fields(other) if is_dataclass(other) else ()))
    return tuple(
        change
        for key in keys
        if key not in ("id", "replaces", *skipped)
        for change in value_changes(f"{within}{key}", getattr(one, key), getattr(other, key))
    )


def value_changes(key: str, old: object, new: object) -> Iterator[KeyChange]:
    """Yield how the value of a key has changed, if it has."""
    if old == new:
        return
    if isinstance(old, tuple) and isinstance(new, tuple):
        yield list_change(key, old, new)
    elif is_dataclass(old) and is_dataclass(new):
        yield from key_changes(old, new, within=f"{key}.")
    else:
        yield ValueChange(key, value_text(old), value_text(new))


def value_text(value: object) -> str:
    """Return a value as text; an empty string if it is missing."""
    if is_dataclass(value):
        parts = (getattr(value, key.name) for key in fields(value))
        return " ".join(str(part) for part in parts if part)
    return "" if value is None else str(value)


def list_change(key: str, old: Sequence[object], new: Sequence[object]) -> ListChange:
    """Return how a list has changed; items are matched by name, and reworded if anything else differs."""
    before, after = {item_name(item): item for item in old}, {item_name(item): item for item in new}
    kept = [name for name in after if name in before]
    return ListChange(
        key,
        added=surplus(map(item_name, new), map(item_name, old)),
        removed=surplus(map(item_name, old), map(item_name, new)),
        reworded=tuple(name for name in kept if before[name] != after[name]),
        reordered=kept != [name for name in before if name in after],
    )


def item_name(item: object) -> str:
    """Return the name by which an item of a list is matched."""
    match item:
        case Relation(type=kind, to=to):
            return f"{kind} {to}"
        case Step(paper=paper):
            return paper
        case _:
            return str(item)


def surplus(names: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """Return the names that one list has and another lacks, or has less often."""
    left = Counter(others)
    more = []
    for name in names:
        if not left[name]:
            more.append(name)
        left[name] -= bool(left[name])
    return tuple(more)


def tag_moves(old: Library, new: Library, ids: CurrentIds, skipped: Iterable[str]) -> tuple[TagMove, ...]:
    """Return the tags whose number of papers changed, largest changes first; papers that were merged count as one."""
    before, now = papers_per_tag(old, ids), papers_per_tag(new, ids)
    moves = [TagMove(tag, before[tag], now[tag]) for tag in before.keys() | now.keys() if tag not in skipped]
    moving = (move for move in moves if move.before != move.now)
    return tuple(sorted(moving, key=lambda move: (-abs(move.now - move.before), move.tag)))


def papers_per_tag(library: Library, ids: CurrentIds) -> Counter[str]:
    """Return the number of papers with each tag; papers that have been merged since count as one."""
    uses = {(tag, ids.papers.get(paper.id, paper.id)) for paper in library.papers for tag in paper.tags}
    return Counter(tag for tag, _ in uses)


def unannounced_papers(after: Library, papers: EntryChanges[Paper]) -> UnannouncedPapers:
    """Return new papers without `added` and visibly changed ones with an old `revised`, if the list has feeds."""
    if not any(paper.added for paper in after.papers):
        return UnannouncedPapers()
    gone = {paper.id for paper in after.retired}
    return UnannouncedPapers(
        added=tuple(paper for paper in papers.added if not paper.added and paper.id not in gone),
        revised=tuple(
            change.entry
            for change in papers.changed
            if change.entry.added and change.entry.id not in gone and is_unannounced(change.changes)
        ),
    )


def is_unannounced(changes: Sequence[KeyChange]) -> bool:
    """Return whether readers see the changes of a paper, but `revised` is unchanged."""
    return not any(change.key == "revised" for change in changes) and any(map(is_visible, changes))


def is_visible(change: KeyChange) -> bool:
    """Return whether readers see a change of a paper."""
    if isinstance(change, ListChange) and change.key in UNORDERED_KEYS:
        return bool(change.added or change.removed or change.reworded)
    return change.key not in UNSEEN_KEYS


def read_next_changes(before: Library, after: Library) -> tuple[ChangedEntry[Paper], ...]:
    """Return the papers whose related papers change, with the changes."""
    ids, links, new_links = current_entry_ids(before, after), relate(before), relate(after)
    found = []
    for old, new in matched_entries(before.papers, after.papers):
        was = update_ids((link.id for link in links[old.id]), ids.papers, [new.id])
        changes = tuple(value_changes("read next", was, tuple(link.id for link in new_links[new.id])))
        if changes:
            found.append(ChangedEntry(new, changes))
    return tuple(found)


def address_changes(before: Library, after: Library) -> AddressChanges:
    """Return the addresses that appear, become redirects, or disappear."""
    old, new = page_kinds_by_address(before), page_kinds_by_address(after)
    return AddressChanges(
        appearing=tuple(name for name, kind in new.items() if name not in old and kind == "page"),
        redirecting=tuple(n for n, kind in new.items() if kind == "redirect" and old.get(n) != "redirect"),
        vanishing=tuple(name for name in old if name not in new),
    )


def page_kinds_by_address(library: Library) -> Mapping[str, str]:
    """Return what each address leads to: a page, a redirect, or the page of a retired entry."""
    kinds = {MovedPage: "redirect", RetiredPage: "retired"}
    return {
        f"/{name.removesuffix('index.md').removesuffix('.md')}/": kinds.get(type(page), "page")
        for name, page in site_pages(build_catalogue(library, {}))
    }

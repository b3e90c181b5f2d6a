"""A library, its files' texts and a decision in; the files that follow from it out, in the order to be written.

The entry itself comes first: from then on the list says where an old id leads. A run cut short leaves a list with
problems, each of which names the new id, and the same command once more finishes it. References are found by the place
where they stand, never by their spelling alone. What an entry `replaces` first never changes, as feeds know it by that:
on a way back, and where it takes over another, it is its own id.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Literal

import yaml

from generator.check import PAPER_LINK, naming
from generator.curate.edit import at, items, parsed, replaced, scalar, with_items, with_key, without, word
from generator.model import RELATION_TYPES, Category, Id, Library, Paper, Problem, Term, form
from generator.read import UNPRINTABLE, Path

Kind = Literal["term", "category", "paper"]
Act = Literal["rename", "merge", "retire"]
Texts = Mapping[str, str]
Change = tuple[str, str | None]
Place = tuple[
    Path, Path, frozenset[str]
]  # of an id; of the item that falls with it; ids beside which it says nothing new

FOLDERS: Mapping[Kind, str] = {"term": "tags", "category": "categories", "paper": "papers"}
KEYS: Mapping[Kind, tuple[str, ...]] = {  # after which a new key stands, as far as they are there
    "term": ("id", "name", "definition", "scope", "aliases", "parent", "related", "replaces"),
    "category": ("id", "name", "summary", "replaces"),
    "paper": ("title", "category", "tags", "summary", "why", "questions", "relations", "replaces"),
}
AN_ID = form(Id)
LAID_OUT = "this file is laid out in a way that cannot be edited safely: change it by hand"


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an entry."""

    act: Act
    kind: Kind
    old: str
    new: str | None = None  # its new id, or that of the entry which takes it over
    because: str = ""  # why it is retired


def governed(library: Library, texts: Texts, decision: Decision) -> tuple[list[Change], list[Problem]]:
    """The files that change with their new texts, or none where they go; or why the decision cannot be."""
    if faults := [*refused(library, decision), *returned(library, texts, decision)]:
        return [], [Problem(file_of(decision), 1, 1, fault) for fault in faults]
    after: dict[str, str | None] = {}
    name = file_of(decision)
    try:
        after |= declared(library, texts, decision)
        for name, text in texts.items():
            before = after.get(name) or text
            if decision.old in before:
                after[name] = followed(library, name, before, decision)
    except yaml.YAMLError:
        return [], [Problem(name, 1, 1, LAID_OUT)]
    if decision.kind == "paper" and decision.new:
        after.pop(old := f"papers/{decision.old}.yml", None)
        after |= {old: None} if old in texts else {}
    changes = [(name, text) for name, text in after.items() if text != texts.get(name)]
    unreadable = [name for name, text in changes if text and name.endswith(".yml") and not readable(text)]
    return ([], [Problem(name, 1, 1, LAID_OUT) for name in unreadable]) if unreadable else (changes, [])


def readable(text: str) -> bool:
    try:
        return bool(parsed(text))
    except yaml.YAMLError:
        return False


def entries(library: Library, kind: Kind) -> Mapping[str, Term | Category | Paper]:
    """All entries of a kind by id, the retired among them."""
    match kind:
        case "term":
            return {term.id: term for term in library.terms}
        case "category":
            return {category.id: category for category in library.categories}
        case _:
            return {paper.id: paper for paper in (*library.papers, *library.retired)}


def begun(library: Library, decision: Decision) -> bool:
    """Whether the list says already what became of the entry, so that only references are left to follow."""
    known, old, new = entries(library, decision.kind), decision.old, decision.new
    if new:
        return old != new and new in known and old in known[new].replaces
    return decision.old in known and bool(known[decision.old].retired)


def refused(library: Library, decision: Decision) -> Iterator[str]:
    """Why a decision cannot be carried out."""
    kind, old, new = decision.kind, decision.old, decision.new
    known = entries(library, kind)
    fault = naming(known.values(), kind)
    if begun(library, decision):
        return
    if not old or new == "":
        yield "expected an id, found nothing"
    elif old not in known:
        yield fault(old)
    elif decision.act == "retire":
        yield from still_needed(library, decision)
    elif old == new:
        yield f'the {kind} "{old}" cannot take its own place'
    elif decision.act == "merge":
        yield from filter(None, [fault(new or ""), *cut_off(library, decision)])
    elif new in known:
        yield f'the {kind} "{new}" is there already: merge them'
    elif new in {name for entry in known.values() for name in entry.replaces if entry.id != old}:
        yield f'the id "{new}" was that of another {kind}'
    elif not re.fullmatch(AN_ID.pattern, new or "") or new == "index":
        yield f'expected {AN_ID.expected}, found "{new}"'


def still_needed(library: Library, decision: Decision) -> Iterator[str]:
    """Why an entry cannot be retired: it has no reason, or others would be left without what they must have."""
    old = decision.old
    if not re.fullmatch(r"\S(?:[^\n]*\S)?", decision.because) or UNPRINTABLE.search(decision.because):
        yield "expected a reason of one line, in characters that can be seen"
    terms = library.terms if decision.kind == "term" else ()
    narrower = [term.id for term in terms if term.parent == old and not term.retired]
    if narrower:
        yield f'"{old}" has narrower terms, {", ".join(narrower)}: retire or merge them first'
    on_it = [paper.id for paper in library.papers if decision.kind == "category" and paper.category == old]
    if on_it:
        yield f'papers stand on "{old}", {", ".join(on_it)}: merge it into another, or move them first'


def returned(library: Library, texts: Texts, decision: Decision) -> Iterator[str]:
    """Why a renamed paper's old file cannot go: the new one was not made from it, so somebody has changed it."""
    old, new = f"papers/{decision.old}.yml", f"papers/{decision.new}.yml"
    both = decision.kind == "paper" and decision.act == "rename" and begun(library, decision) and old in texts
    if both and dict(declared(library, texts, decision, anew=True)) != {new: texts[new]}:
        yield f"it was renamed already, and differs from {new}: bring the two together by hand"


def cut_off(library: Library, decision: Decision) -> Iterator[str]:
    """Why a term cannot be merged: narrower ones would have their broader one in another facet."""
    for facet in library.facets if decision.kind == "term" else ():
        ids = {term.id for term in facet.terms}
        narrower = [term.id for term in facet.terms if term.parent == decision.old and term.id != decision.new]
        if decision.old in ids and decision.new not in ids and narrower:
            yield f"narrower terms cannot follow into another facet: {', '.join(narrower)}"


def file_of(decision: Decision) -> str:
    """The file where the entry stands, or should."""
    names = {"term": "vocabulary.yml", "category": "categories.yml", "paper": f"papers/{decision.old}.yml"}
    return names[decision.kind]


def declared(library: Library, texts: Texts, decision: Decision, *, anew: bool = False) -> Iterator[tuple[str, str]]:
    """The file of the entry that says what became of it, where it does not say so yet, or anew."""
    kind, old, new = decision.kind, decision.old, decision.new
    if begun(library, decision) and not anew:
        return
    shared = {"term": "vocabulary.yml", "category": "categories.yml"}.get(kind)
    mine, theirs = shared or f"papers/{old}.yml", shared or f"papers/{new}.yml"
    entry, place = entries(library, kind)[old], place_of(library, kind, old)
    if not new:
        yield mine, with_key(texts[mine], (*place, "retired"), scalar(decision.because), KEYS[kind])
    elif decision.act == "rename":
        text = replaced(texts[mine], (*place, "id"), new) if shared else texts[mine]
        if new in entry.replaces[1:]:
            text = without(text, (*place, "replaces", entry.replaces.index(new)))
        known = old in entry.replaces
        yield theirs, text if known else with_items(text, (*place, "replaces"), [old], KEYS[kind])
    else:
        into, other = place_of(library, kind, new), entries(library, kind)[new]
        own = () if other.replaces else (new,)
        more = dict.fromkeys(name for name in (old, *entry.replaces) if name not in (new, *other.replaces))
        text = with_items(texts[theirs], (*into, "replaces"), [*own, *more], KEYS[kind])
        if not isinstance(entry, Category) and not isinstance(other, Category):
            text = called(text, into, entry, other, KEYS[kind])
        if isinstance(entry, Term) and isinstance(other, Term):
            text = lifted(text, into, entry, other)
        yield theirs, without(text, place) if shared else text


def called(text: str, into: Path, entry: Term | Paper, other: Term | Paper, after: Sequence[str]) -> str:
    """The file with an entry's names among the aliases of the one that takes it over: of a term its own too."""
    own = (entry.name,) if isinstance(entry, Term) else ()
    had = {name.casefold() for name in (other.name if isinstance(other, Term) else other.title, *other.aliases)}
    names = [name for name in (*own, *entry.aliases) if name.casefold() not in had]
    return with_items(text, (*into, "aliases"), names, after) if names else text


def lifted(text: str, into: Path, entry: Term, other: Term) -> str:
    """The vocabulary with a term that stands under the one it takes over moved up to its broader term."""
    parent = (*into, "parent")
    if other.parent != entry.id:
        return text
    return replaced(text, parent, entry.parent) if entry.parent else without(text, parent)


def left_behind(library: Library, decision: Decision) -> list[str]:
    """The keys of an entry whose values nothing takes over when another does."""
    known = entries(library, decision.kind)
    entry, other = known.get(decision.old), known.get(decision.new or "")
    if decision.act != "merge" or entry is None or other is None:
        return []
    followed = ("id", "title", "name", "aliases", "replaces", "retired", "parent", "related", "category", "tags")
    keys = [field.name for field in fields(entry) if field.name not in followed]
    return [key for key in keys if getattr(entry, key) and getattr(entry, key) != getattr(other, key)]


def place_of(library: Library, kind: Kind, name: str) -> Path:
    """Where an entry stands in its file."""
    if kind == "category":
        return (next(i for i, category in enumerate(library.categories) if category.id == name),)
    for i, facet in enumerate(library.facets if kind == "term" else ()):
        for j, term in enumerate(facet.terms):
            if term.id == name:
                return i, "terms", j
    return ()


def followed(library: Library, name: str, text: str, decision: Decision) -> str:
    """A file's text with the new id wherever the old one is referred to, or without what referred to it."""
    if name.endswith(".md"):
        return linked(text, decision)
    while reference := next(references(name, parsed(text), decision), None):
        path, item, others = reference
        keep = decision.new and decision.new not in others
        text = replaced(text, path, decision.new or "") if keep else without(text, item)
    return introduced(library, text, decision) if name == "categories.yml" and decision.kind == "paper" else text


def references(name: str, root: yaml.Node, decision: Decision) -> Iterator[Place]:
    """The places of a file that refer to the old id."""
    return (place for place in places(name, root, decision.kind) if word(at(root, place[0])) == decision.old)


def places(name: str, root: yaml.Node, kind: Kind) -> Iterator[Place]:
    """The places of a file where ids of a kind are referred to."""
    match name.rpartition("/")[0] or name, kind:
        case "papers", "term":
            yield from listed(root, ("tags",))
        case "papers", "category":
            yield ("category",), ("category",), frozenset()
        case "papers", "paper":
            for relation in RELATION_TYPES:
                yield from listed(root, ("relations",), relation, own=name[len("papers/") : -len(".yml")])
        case "paths", "paper":
            yield from listed(root, ("steps",), "paper")
        case "site.yml", "paper":
            yield from listed(root, ("start",))
        case "vocabulary.yml", "term":
            for i, facet in enumerate(items(root)):
                for j, term in enumerate(items(at(facet, ("terms",)))):
                    yield (i, "terms", j, "parent"), (i, "terms", j, "parent"), frozenset()
                    yield from listed(root, (i, "terms", j, "related"), own=word(at(term, ("id",))))


def listed(root: yaml.Node, path: Path, key: str = "", own: str = "") -> Iterator[Place]:
    """The ids in a list, or under a key of its items; none may stand there twice, nor the entry's own."""
    tail: Path = (key,) if key else ()
    ids = [word(at(item, tail)) for item in items(at(root, path))]
    for index in range(len(ids)):
        yield (*path, index, *tail), (*path, index), frozenset({*ids[:index], *ids[index + 1 :], own} - {""})


def introduced(library: Library, text: str, decision: Decision) -> str:
    """The shelves' introductions with links to the new id; of a retired paper only the words stay."""
    titles = {paper.id: paper.title for paper in (*library.papers, *library.retired)}

    def link(found: re.Match[str]) -> str:
        if found[1] != decision.old:
            return found[0]
        return found[0].replace(decision.old, decision.new, 1) if decision.new else found[2] or titles[decision.old]

    return PAPER_LINK.sub(link, text)


def linked(text: str, decision: Decision) -> str:
    """A hand-written page with links to the new address; that of a retired entry stays, and says why."""
    folder = FOLDERS[decision.kind]
    # Not within an address elsewhere: before it stands no part of one but steps up.
    address = rf"(?<![\w/.-])((?:\.\.?/)*){folder}/{re.escape(decision.old)}(?=\.md|/|[)#?\"'\s,.;:]|$)"
    return re.sub(address, rf"\g<1>{folder}/{decision.new}", text) if decision.new else text

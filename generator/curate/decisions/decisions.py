"""A library, its files' texts and a decision in; the files that follow from it out, in the order to be written.

The entry itself comes first: from then on the list says where an old id leads. A run cut short leaves a list with
problems, each of which names the new id, and the same command once more finishes it. References are found by the place
where they stand, never by their spelling alone. What an entry `replaces` first never changes, as feeds know it by that:
on a way back, and where it takes over another, it is its own id.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import yaml

from generator.checks.ids import id_validator
from generator.content.model import (
    PAPER_LINK,
    RELATION_TYPES,
    Category,
    Id,
    Library,
    Paper,
    Problem,
    Term,
    general_problem,
    text_format,
)
from generator.content.reader import UNPRINTABLE_CHARACTERS, ValuePath
from generator.curate.decisions.yaml_edit import (
    add_key,
    add_list_items,
    flow_scalar,
    node_at,
    parse_yaml,
    remove_node,
    replace_scalar,
    scalar_value,
    sequence_items,
)

EntryKind = Literal["term", "category", "paper"]
DecisionAction = Literal["rename", "merge", "retire"]
ContentTexts = Mapping[str, str]
FileChange = tuple[str, str | None]
IdReference = tuple[
    ValuePath, ValuePath, frozenset[str]
]  # of an id; of the item that falls with it; ids beside which it says nothing new

PAGE_FOLDERS: Mapping[EntryKind, str] = {"term": "tags", "category": "categories", "paper": "papers"}
KEY_ORDER: Mapping[EntryKind, tuple[str, ...]] = {  # after which a new key stands, as far as they are there
    "term": ("id", "name", "definition", "scope", "aliases", "parent", "related", "replaces"),
    "category": ("id", "name", "summary", "replaces"),
    "paper": ("title", "category", "tags", "summary", "why", "questions", "relations", "replaces"),
}
ID_FORMAT = text_format(Id)
UNEDITABLE_LAYOUT_MESSAGE = "this file is laid out in a way that cannot be edited safely: change it by hand"


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an entry."""

    act: DecisionAction
    kind: EntryKind
    old: str
    new: str | None = None  # its new id, or that of the entry which takes it over
    because: str = ""  # why it is retired


def plan_changes(library: Library, texts: ContentTexts, decision: Decision) -> tuple[list[FileChange], list[Problem]]:
    """The files that change with their new texts, or none where they go; or why the decision cannot be."""
    if faults := [*check_decision(library, decision), *check_renamed_file(library, texts, decision)]:
        return [], [general_problem(entry_file_name(decision), fault) for fault in faults]
    after: dict[str, str | None] = {}
    name = entry_file_name(decision)
    try:
        after |= record_decision(library, texts, decision)
        for name, text in texts.items():
            before = after.get(name) or text
            if decision.old in before and not name.startswith("judgments/"):  # they follow by themselves
                after[name] = update_references(library, name, before, decision)
    except yaml.YAMLError:
        return [], [general_problem(name, UNEDITABLE_LAYOUT_MESSAGE)]
    if decision.kind == "paper" and decision.new:
        after.pop(old := f"papers/{decision.old}.yml", None)
        after |= {old: None} if old in texts else {}
    changes = [(name, text) for name, text in after.items() if text != texts.get(name)]
    unreadable = [name for name, text in changes if text and name.endswith(".yml") and not is_readable_yaml(text)]
    return (
        ([], [general_problem(name, UNEDITABLE_LAYOUT_MESSAGE) for name in unreadable]) if unreadable else (changes, [])
    )


def is_readable_yaml(text: str) -> bool:
    try:
        return bool(parse_yaml(text))
    except yaml.YAMLError:
        return False


def entries_by_id(library: Library, kind: EntryKind) -> Mapping[str, Term | Category | Paper]:
    """All entries of a kind by id, the retired among them."""
    match kind:
        case "term":
            return {term.id: term for term in library.terms}
        case "category":
            return {category.id: category for category in library.categories}
        case _:
            return {paper.id: paper for paper in (*library.papers, *library.retired)}


def is_decision_recorded(library: Library, decision: Decision) -> bool:
    """Whether the list says already what became of the entry, so that only references are left to follow."""
    known, old, new = entries_by_id(library, decision.kind), decision.old, decision.new
    if new:
        return old != new and new in known and old in known[new].replaces
    return decision.old in known and bool(known[decision.old].retired)


def check_decision(library: Library, decision: Decision) -> Iterator[str]:
    """Why a decision cannot be carried out."""
    kind, old, new = decision.kind, decision.old, decision.new
    known = entries_by_id(library, kind)
    fault = id_validator(known.values(), kind)
    if is_decision_recorded(library, decision):
        return
    if not old or new == "":
        yield "expected an id, found nothing"
    elif old not in known:
        yield fault(old)
    elif decision.act == "retire":
        yield from check_retirement(library, decision)
    elif old == new:
        yield f'the {kind} "{old}" cannot take its own place'
    elif decision.act == "merge":
        yield from filter(None, [fault(new or ""), *check_merge_facets(library, decision)])
    elif new in known:
        yield f'the {kind} "{new}" is there already: merge them'
    elif new in {name for entry in known.values() for name in entry.replaces if entry.id != old}:
        yield f'the id "{new}" was that of another {kind}'
    elif not re.fullmatch(ID_FORMAT.pattern, new or "") or new == "index":
        yield f'expected {ID_FORMAT.expected}, found "{new}"'


def check_retirement(library: Library, decision: Decision) -> Iterator[str]:
    """Why an entry cannot be retired: it has no reason, or others would be left without what they must have."""
    old = decision.old
    if not re.fullmatch(r"\S(?:[^\n]*\S)?", decision.because) or UNPRINTABLE_CHARACTERS.search(decision.because):
        yield "expected a reason of one line, in characters that can be seen"
    terms = library.terms if decision.kind == "term" else ()
    narrower = [term.id for term in terms if term.parent == old and not term.retired]
    if narrower:
        yield f'"{old}" has narrower terms, {", ".join(narrower)}: retire or merge them first'
    on_it = [paper.id for paper in library.papers if decision.kind == "category" and paper.category == old]
    if on_it:
        yield f'papers stand on "{old}", {", ".join(on_it)}: merge it into another, or move them first'


def check_renamed_file(library: Library, texts: ContentTexts, decision: Decision) -> Iterator[str]:
    """Why a renamed paper's old file cannot go: the new one was not made from it, so somebody has changed it."""
    old, new = f"papers/{decision.old}.yml", f"papers/{decision.new}.yml"
    both = (
        decision.kind == "paper"
        and decision.act == "rename"
        and is_decision_recorded(library, decision)
        and old in texts
    )
    if both and dict(record_decision(library, texts, decision, anew=True)) != {new: texts[new]}:
        yield f"it was renamed already, and differs from {new}: bring the two together by hand"


def check_merge_facets(library: Library, decision: Decision) -> Iterator[str]:
    """Why a term cannot be merged: narrower ones would have their broader one in another facet."""
    for facet in library.facets if decision.kind == "term" else ():
        ids = {term.id for term in facet.terms}
        narrower = [term.id for term in facet.terms if term.parent == decision.old and term.id != decision.new]
        if decision.old in ids and decision.new not in ids and narrower:
            yield f"narrower terms cannot follow into another facet: {', '.join(narrower)}"


def entry_file_name(decision: Decision) -> str:
    """The file where the entry stands, or should."""
    names = {"term": "vocabulary.yml", "category": "categories.yml", "paper": f"papers/{decision.old}.yml"}
    return names[decision.kind]


def record_decision(
    library: Library, texts: ContentTexts, decision: Decision, *, anew: bool = False
) -> Iterator[tuple[str, str]]:
    """The file of the entry that says what became of it, where it does not say so yet, or anew."""
    kind, old, new = decision.kind, decision.old, decision.new
    if is_decision_recorded(library, decision) and not anew:
        return
    shared = {"term": "vocabulary.yml", "category": "categories.yml"}.get(kind)
    mine, theirs = shared or f"papers/{old}.yml", shared or f"papers/{new}.yml"
    entry, place = entries_by_id(library, kind)[old], entry_node_path(library, kind, old)
    if not new:
        yield mine, add_key(texts[mine], (*place, "retired"), flow_scalar(decision.because), KEY_ORDER[kind])
    elif decision.act == "rename":
        text = replace_scalar(texts[mine], (*place, "id"), new) if shared else texts[mine]
        if new in entry.replaces[1:]:
            text = remove_node(text, (*place, "replaces", entry.replaces.index(new)))
        known = old in entry.replaces
        yield theirs, text if known else add_list_items(text, (*place, "replaces"), [old], KEY_ORDER[kind])
    else:
        into, other = entry_node_path(library, kind, new), entries_by_id(library, kind)[new]
        own = () if other.replaces else (new,)
        more = dict.fromkeys(name for name in (old, *entry.replaces) if name not in (new, *other.replaces))
        text = add_list_items(texts[theirs], (*into, "replaces"), [*own, *more], KEY_ORDER[kind])
        if not isinstance(entry, Category) and not isinstance(other, Category):
            text = add_merged_aliases(text, into, entry, other, KEY_ORDER[kind])
        if isinstance(entry, Term) and isinstance(other, Term):
            text = inherit_broader_term(text, into, entry, other)
        yield theirs, remove_node(text, place) if shared else text


def add_merged_aliases(
    text: str, into: ValuePath, entry: Term | Paper, other: Term | Paper, after: Sequence[str]
) -> str:
    """The file with an entry's names among the aliases of the one that takes it over: of a term its own too."""
    own = (entry.name,) if isinstance(entry, Term) else ()
    had = {name.casefold() for name in (other.name if isinstance(other, Term) else other.title, *other.aliases)}
    names = [name for name in (*own, *entry.aliases) if name.casefold() not in had]
    return add_list_items(text, (*into, "aliases"), names, after) if names else text


def inherit_broader_term(text: str, into: ValuePath, entry: Term, other: Term) -> str:
    """The vocabulary with a term that stands under the one it takes over moved up to its broader term."""
    parent = (*into, "parent")
    if other.parent != entry.id:
        return text
    return replace_scalar(text, parent, entry.parent) if entry.parent else remove_node(text, parent)


def entry_node_path(library: Library, kind: EntryKind, name: str) -> ValuePath:
    """Where an entry stands in its file."""
    if kind == "category":
        return (next(i for i, category in enumerate(library.categories) if category.id == name),)
    for i, facet in enumerate(library.facets if kind == "term" else ()):
        for j, term in enumerate(facet.terms):
            if term.id == name:
                return i, "terms", j
    return ()


def update_references(library: Library, name: str, text: str, decision: Decision) -> str:
    """A file's text with the new id wherever the old one is referred to, or without what referred to it."""
    if name.endswith(".md"):
        return update_page_links(text, decision)
    while reference := next(old_id_references(name, parse_yaml(text), decision), None):
        path, item, others = reference
        keep = decision.new and decision.new not in others
        text = replace_scalar(text, path, decision.new or "") if keep else remove_node(text, item)
    return (
        update_introduction_links(library, text, decision)
        if name == "categories.yml" and decision.kind == "paper"
        else text
    )


def old_id_references(name: str, root: yaml.Node, decision: Decision) -> Iterator[IdReference]:
    """The places of a file that refer to the old id."""
    return (
        place
        for place in id_references(name, root, decision.kind)
        if scalar_value(node_at(root, place[0])) == decision.old
    )


def id_references(name: str, root: yaml.Node, kind: EntryKind) -> Iterator[IdReference]:
    """The places of a file where ids of a kind are referred to."""
    match name.rpartition("/")[0] or name, kind:
        case "papers", "term":
            yield from list_references(root, ("tags",))
        case "papers", "category":
            yield ("category",), ("category",), frozenset()
        case "papers", "paper":
            for relation in RELATION_TYPES:
                yield from list_references(root, ("relations",), relation, own=name[len("papers/") : -len(".yml")])
        case "paths", "paper":
            yield from list_references(root, ("steps",), "paper")
        case "site.yml", "paper":
            yield from list_references(root, ("start",))
        case "vocabulary.yml", "term":
            for i, facet in enumerate(sequence_items(root)):
                for j, term in enumerate(sequence_items(node_at(facet, ("terms",)))):
                    yield (i, "terms", j, "parent"), (i, "terms", j, "parent"), frozenset()
                    yield from list_references(
                        root, (i, "terms", j, "related"), own=scalar_value(node_at(term, ("id",)))
                    )


def list_references(root: yaml.Node, path: ValuePath, key: str = "", own: str = "") -> Iterator[IdReference]:
    """The ids in a list, or under a key of its items; none may stand there twice, nor the entry's own."""
    tail: ValuePath = (key,) if key else ()
    ids = [scalar_value(node_at(item, tail)) for item in sequence_items(node_at(root, path))]
    for index in range(len(ids)):
        yield (*path, index, *tail), (*path, index), frozenset({*ids[:index], *ids[index + 1 :], own} - {""})


def update_introduction_links(library: Library, text: str, decision: Decision) -> str:
    """The shelves' introductions with links to the new id; of a retired paper only the words stay."""
    titles = {paper.id: paper.title for paper in (*library.papers, *library.retired)}

    def link(found: re.Match[str]) -> str:
        if found[1] != decision.old:
            return found[0]
        return found[0].replace(decision.old, decision.new, 1) if decision.new else found[2] or titles[decision.old]

    return PAPER_LINK.sub(link, text)


def update_page_links(text: str, decision: Decision) -> str:
    """A hand-written page with links to the new address; that of a retired entry stays, and says why."""
    folder = PAGE_FOLDERS[decision.kind]
    # Not within an address elsewhere: before it stands no part of one but steps up.
    address = rf"(?<![\w/.-])((?:\.\.?/)*){folder}/{re.escape(decision.old)}(?=\.md|/|[)#?\"'\s,.;:]|$)"
    return re.sub(address, rf"\g<1>{folder}/{decision.new}", text) if decision.new else text

"""Carry out a decision: compute which of a list's files change, in the order in which to write them.

The entry's own file comes first: once it is written, the list records where the old id leads. If a run is interrupted,
each problem that remains names the new id, and running the same command again completes the change. References are
found by their position in a file, never by spelling alone. The first id in an entry's `replaces` never changes, since
feeds identify the entry by it; when an entry gets a former id back, or takes over another entry, that first id is its
own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import yaml

from generator.checks.ids import id_validator
from generator.content.model import (
    PAPER_LINK,
    RELATION_TYPES,
    Category,
    Id,
    Library,
    Line,
    Paper,
    Problem,
    Term,
    general_problem,
    text_format,
)
from generator.content.reader import ValuePath, valid_text
from generator.content.tags import BroaderTerms, broader_terms, narrowest_tags
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
from generator.site.addresses import address_fault

EntryKind = Literal["term", "category", "paper"]
DecisionAction = Literal["rename", "merge", "retire"]
ContentTexts = Mapping[str, str]
FileChange = tuple[str, str | None]

PAGE_FOLDERS: Mapping[EntryKind, str] = {"term": "tags", "category": "categories", "paper": "papers"}
SHARED_FILES: Mapping[EntryKind, str] = {"term": "vocabulary.yml", "category": "categories.yml"}
KEY_ORDER: Mapping[EntryKind, tuple[str, ...]] = {  # a new key is inserted after the last of these that the entry has
    "term": ("id", "name", "definition", "scope", "aliases", "covers", "questions", "parent", "related", "replaces"),
    "category": ("id", "name", "summary", "replaces"),
    "paper": (
        "title",
        "aliases",
        "introduces",
        "category",
        "tags",
        "summary",
        "why",
        "questions",
        "relations",
        "replaces",
    ),
}
ID_FORMAT = text_format(Id)
UNEDITABLE_LAYOUT_MESSAGE = "this file is laid out in a way that cannot be edited safely: change it by hand"


@dataclass(frozen=True, slots=True)
class IdReference:
    """A place where an id is referred to.

    `item_path` leads to what is removed together with the id; `taken` are ids that are not allowed here because the
    list has them already.
    """

    id_path: ValuePath
    item_path: ValuePath
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """A curator's decision about an entry."""

    act: DecisionAction
    kind: EntryKind
    old: str
    new: str | None = None  # the entry's new id, or the id of the entry that takes it over
    because: str = ""  # why the entry is retired


def plan_changes(library: Library, texts: ContentTexts, decision: Decision) -> tuple[list[FileChange], list[Problem]]:
    """Return the files that change, with their new texts or None for deletion; or why the decision is refused."""
    after: dict[str, str] = {}
    name, broader = entry_file_name(decision), broader_terms_after(library, decision)
    try:
        if faults := [*check_decision(library, decision), *check_renamed_file(library, texts, decision)]:
            return [], [general_problem(name, fault) for fault in faults]
        after |= record_decision(library, texts, decision)
        for name, text in texts.items():
            after[name] = update_references(library, name, after.get(name, text), decision)
            if name.startswith("papers/"):
                after[name] = remove_implied_tags(after[name], broader)
    except yaml.YAMLError:
        return [], [general_problem(name, UNEDITABLE_LAYOUT_MESSAGE)]
    changes = file_changes(texts, after, decision)
    unreadable = [name for name, text in changes if text and name.endswith(".yml") and not is_readable_yaml(text)]
    problems = [general_problem(name, UNEDITABLE_LAYOUT_MESSAGE) for name in unreadable]
    return ([], problems) if problems else (changes, [])


def file_changes(texts: ContentTexts, after: ContentTexts, decision: Decision) -> list[FileChange]:
    """Return the files whose texts differ, in writing order; the old file of a renamed or merged paper comes last."""
    old = f"papers/{decision.old}.yml" if decision.kind == "paper" and decision.new else ""
    changes: list[FileChange] = [(name, text) for name, text in after.items() if text != texts.get(name)]
    return [change for change in changes if change[0] != old] + ([(old, None)] if old in texts else [])


def is_readable_yaml(text: str) -> bool:
    try:
        return bool(parse_yaml(text))
    except yaml.YAMLError:
        return False


def entries_by_id(library: Library, kind: EntryKind) -> Mapping[str, Term | Category | Paper]:
    """Return all entries of a kind by id, including retired ones."""
    match kind:
        case "term":
            return {term.id: term for term in library.terms}
        case "category":
            return {category.id: category for category in library.categories}
        case _:
            return {paper.id: paper for paper in (*library.papers, *library.retired)}


def is_decision_recorded(library: Library, decision: Decision) -> bool:
    """Return whether the list already records the decision, so that only references are left to update."""
    known, old, new = entries_by_id(library, decision.kind), decision.old, decision.new
    if new:
        return old != new and new in known and old in known[new].replaces
    return decision.old in known and bool(known[decision.old].retired)


def check_decision(library: Library, decision: Decision) -> Iterator[str]:
    """Yield the reasons why a decision cannot be carried out."""
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
        yield f'expected another id than "{old}", which it is already'
    elif decision.act == "merge":
        yield from filter(None, [fault(new or ""), *check_merge_facets(library, decision)])
    else:
        yield from filter(None, [new_id_fault(known, decision)])


def new_id_fault(known: Mapping[str, Term | Category | Paper], decision: Decision) -> str:
    """Return why an entry cannot have its new id, or an empty string."""
    kind, old, new = decision.kind, decision.old, decision.new or ""
    if new in known:
        return f'the {kind} "{new}" exists already: merge the two'
    if new in {name for entry in known.values() for name in entry.replaces if entry.id != old}:
        return f'the id "{new}" belonged to another {kind}'
    if not re.fullmatch(ID_FORMAT.pattern, new):
        return f'expected {ID_FORMAT.expected}, found "{new}"'
    return address_fault(f"{PAGE_FOLDERS[kind]}/{new}")


def check_retirement(library: Library, decision: Decision) -> Iterator[str]:
    """Yield the reasons why an entry cannot be retired: an invalid reason, or other entries that depend on it."""
    old = decision.old
    if not valid_text(Line, decision.because):
        yield "expected a reason of one line, in characters that can be seen"
    terms = library.terms if decision.kind == "term" else ()
    narrower = [term.id for term in terms if term.parent == old and not term.retired]
    if narrower:
        yield f'"{old}" has narrower terms, {", ".join(narrower)}: retire or merge them first'
    papers = [paper.id for paper in library.papers if decision.kind == "category" and paper.category == old]
    if papers:
        yield f'papers are on "{old}", {", ".join(papers)}: merge it into another shelf, or move them first'


def check_renamed_file(library: Library, texts: ContentTexts, decision: Decision) -> Iterator[str]:
    """Yield why the old file of a renamed paper cannot be deleted: it has been edited since."""
    old, new = f"papers/{decision.old}.yml", f"papers/{decision.new}.yml"
    both = (
        decision.kind == "paper"
        and decision.act == "rename"
        and is_decision_recorded(library, decision)
        and old in texts
    )
    if both and dict(record_decision(library, texts, decision, anew=True)) != {new: texts[new]}:
        yield f"it was renamed already, and differs from {new}: combine the two by hand"


def check_merge_facets(library: Library, decision: Decision) -> Iterator[str]:
    """Yield why a term cannot be merged: its narrower terms would move to another facet."""
    for facet in library.facets if decision.kind == "term" else ():
        ids = {term.id for term in facet.terms}
        narrower = [term.id for term in facet.terms if term.parent == decision.old and term.id != decision.new]
        if decision.old in ids and decision.new not in ids and narrower:
            yield f"narrower terms cannot move to another facet: {', '.join(narrower)}"


def entry_file_name(decision: Decision) -> str:
    """Return the name of the file that contains the entry, or should contain it."""
    return SHARED_FILES.get(decision.kind, f"papers/{decision.old}.yml")


def record_decision(
    library: Library, texts: ContentTexts, decision: Decision, *, anew: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield the file that records the decision, with its new text; nothing if it is recorded, unless `anew` is set."""
    if is_decision_recorded(library, decision) and not anew:
        return
    match decision.act:
        case "retire":
            yield record_retirement(library, texts, decision)
        case "rename":
            yield record_rename(library, texts, decision)
        case "merge":
            yield record_merge(library, texts, decision)


def record_retirement(library: Library, texts: ContentTexts, decision: Decision) -> tuple[str, str]:
    """Return the entry's file with the reason for its retirement."""
    file, key = entry_file_name(decision), (*entry_node_path(library, decision.kind, decision.old), "retired")
    return file, add_key(texts[file], key, flow_scalar(decision.because), KEY_ORDER[decision.kind])


def record_rename(library: Library, texts: ContentTexts, decision: Decision) -> tuple[str, str]:
    """Return the entry's file with its new id, and with the old id in `replaces`."""
    kind, old, new = decision.kind, decision.old, decision.new or ""
    entry, place = entries_by_id(library, kind)[old], entry_node_path(library, kind, old)
    file, replaces = SHARED_FILES.get(kind, f"papers/{new}.yml"), (*place, "replaces")
    text = texts[entry_file_name(decision)]
    text = replace_scalar(text, (*place, "id"), new) if kind in SHARED_FILES else text
    if new in entry.replaces[1:]:
        text = remove_node(text, (*replaces, entry.replaces.index(new)))
    return file, text if old in entry.replaces else add_list_items(text, replaces, [old], KEY_ORDER[kind])


def record_merge(library: Library, texts: ContentTexts, decision: Decision) -> tuple[str, str]:
    """Return the file of the entry that takes over another, with the other's ids and names, and without the other."""
    kind, old, new = decision.kind, decision.old, decision.new or ""
    entry, other = entries_by_id(library, kind)[old], entries_by_id(library, kind)[new]
    file, place = SHARED_FILES.get(kind, f"papers/{new}.yml"), entry_node_path(library, kind, new)
    own = () if other.replaces else (new,)
    more = dict.fromkeys(name for name in (old, *entry.replaces) if name not in (new, *other.replaces))
    text = add_list_items(texts[file], (*place, "replaces"), [*own, *more], KEY_ORDER[kind])
    if not isinstance(entry, Category) and not isinstance(other, Category):
        text = add_merged_names(text, place, entry, other, KEY_ORDER[kind])
    if isinstance(entry, Term) and isinstance(other, Term):
        text = inherit_broader_term(text, place, entry, other)
    return file, remove_node(text, entry_node_path(library, kind, old)) if kind in SHARED_FILES else text


def add_merged_names(text: str, into: ValuePath, entry: Term | Paper, other: Term | Paper, after: Sequence[str]) -> str:
    """Return the text with the names that a merged entry has under each key added to those of the other entry."""
    known, theirs = names_by_key(entry), names_by_key(other)
    had = {name.casefold() for names in theirs.values() for name in names}
    had |= set() if isinstance(other, Term) else {other.title.casefold()}
    for key, names in known.items():
        if new := [name for name in names if name.casefold() not in had]:
            text = add_list_items(text, (*into, key), new, after)
    return text


def names_by_key(entry: Term | Paper) -> Mapping[str, tuple[str, ...]]:
    """Return the names of an entry by the key under which another entry takes them over."""
    if isinstance(entry, Term):
        return {"aliases": (entry.name, *entry.aliases), "covers": entry.covers}
    return {"aliases": entry.aliases, "introduces": entry.introduces}


def inherit_broader_term(text: str, into: ValuePath, entry: Term, other: Term) -> str:
    """Return the vocabulary; a term that takes over its own broader term inherits that term's parent."""
    parent = (*into, "parent")
    if other.parent != entry.id:
        return text
    return replace_scalar(text, parent, entry.parent) if entry.parent else remove_node(text, parent)


def entry_node_path(library: Library, kind: EntryKind, name: str) -> ValuePath:
    """Return the path of an entry in its file."""
    if kind == "category":
        return (next(i for i, category in enumerate(library.categories) if category.id == name),)
    for i, facet in enumerate(library.facets if kind == "term" else ()):
        for j, term in enumerate(facet.terms):
            if term.id == name:
                return i, "terms", j
    return ()


def update_references(library: Library, name: str, text: str, decision: Decision) -> str:
    """Return a file's text with references to the old id changed to the new one, or removed.

    Files of judgments stay as they are, since judgments follow renamed and merged entries when they are loaded.

    Raises:
        yaml.YAMLError: The text is not valid YAML.
    """
    if decision.old not in text or name.startswith("judgments/"):
        return text
    if name.endswith(".md"):
        return update_page_links(text, decision)
    while reference := next(old_id_references(name, parse_yaml(text), decision), None):
        if decision.new and decision.new not in reference.taken:
            text = replace_scalar(text, reference.id_path, decision.new)
        else:
            text = remove_node(text, reference.item_path)
    has_introductions = name == "categories.yml" and decision.kind == "paper"
    return update_introduction_links(library, text, decision) if has_introductions else text


def broader_terms_after(library: Library, decision: Decision) -> BroaderTerms:
    """Return the broader terms of each term after a merger of terms; none if the decision leaves them as they are."""
    if decision.kind != "term" or decision.act != "merge":
        return {}
    parents = {term.id: term.parent for term in library.terms}

    def moved(term: Term) -> Term:
        if term.parent != decision.old:
            return term
        return replace(term, parent=parents.get(decision.old) if term.id == decision.new else decision.new)

    return broader_terms(map(moved, library.terms))


def remove_implied_tags(text: str, broader: BroaderTerms) -> str:
    """Return the text of an entry without the tags that others of it imply."""
    tags = [scalar_value(item) for item in sequence_items(node_at(parse_yaml(text), ("tags",)))] if broader else []
    kept = narrowest_tags(tags, broader)
    for index in reversed([index for index, tag in enumerate(tags) if tag not in kept]):
        text = remove_node(text, ("tags", index))
    return text


def old_id_references(name: str, root: yaml.Node, decision: Decision) -> Iterator[IdReference]:
    """Yield the places in a file that refer to the old id."""
    references = id_references(name, root, decision.kind)
    return (one for one in references if scalar_value(node_at(root, one.id_path)) == decision.old)


def id_references(name: str, root: yaml.Node, kind: EntryKind) -> Iterator[IdReference]:
    """Yield the places in a file that refer to ids of a kind."""
    match name.rpartition("/")[0] or name, kind:
        case "papers", "term":
            yield from list_references(root, ("tags",))
        case "papers", "category":
            yield IdReference(("category",), ("category",))
        case "papers", "paper":
            own = name[len("papers/") : -len(".yml")]
            for relation in RELATION_TYPES:
                yield from list_references(root, ("relations",), relation, own=own)
            yield from list_references(root, ("distinct_from",), own=own)
        case "paths", "paper":
            yield from list_references(root, ("steps",), "paper")
        case "site.yml", "paper":
            yield from list_references(root, ("start",))
        case "vocabulary.yml", "term":
            yield from vocabulary_references(root)


def vocabulary_references(root: yaml.Node) -> Iterator[IdReference]:
    """Yield the places in the vocabulary where terms refer to other terms."""
    for i, facet in enumerate(sequence_items(root)):
        for j, term in enumerate(sequence_items(node_at(facet, ("terms",)))):
            place = (i, "terms", j)
            yield IdReference((*place, "parent"), (*place, "parent"))
            yield from list_references(root, (*place, "related"), own=scalar_value(node_at(term, ("id",))))


def list_references(root: yaml.Node, path: ValuePath, key: str = "", own: str = "") -> Iterator[IdReference]:
    """Yield the ids in a list, or under a key of its items; no id may occur twice, nor may the entry's own id."""
    tail: ValuePath = (key,) if key else ()
    ids = [scalar_value(node_at(item, tail)) for item in sequence_items(node_at(root, path))]
    for index in range(len(ids)):
        taken = frozenset({*ids[:index], *ids[index + 1 :], own} - {""})
        yield IdReference((*path, index, *tail), (*path, index), taken)


def update_introduction_links(library: Library, text: str, decision: Decision) -> str:
    """Return the text of the categories with links to the new id; links to a retired paper become plain text."""
    titles = {paper.id: paper.title for paper in (*library.papers, *library.retired)}

    def link(found: re.Match[str]) -> str:
        if found[1] != decision.old:
            return found[0]
        return found[0].replace(decision.old, decision.new, 1) if decision.new else found[2] or titles[decision.old]

    return PAPER_LINK.sub(link, text)


def update_page_links(text: str, decision: Decision) -> str:
    """Return a page with links to the new address; a retired entry keeps its address, where readers find the reason."""
    folder = PAGE_FOLDERS[decision.kind]
    # Only "../" may come before it; otherwise it is part of another site's address.
    address = rf"(?<![\w/.-])((?:\.\.?/)*){folder}/{re.escape(decision.old)}(?=\.md|/|[)#?\"'\s,.;:]|$)"
    return re.sub(address, rf"\g<1>{folder}/{decision.new}", text) if decision.new else text

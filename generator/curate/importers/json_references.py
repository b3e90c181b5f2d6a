"""Read the works of a JSON file: CSL-JSON from any program, or what Better BibTeX and Zotero's API write.

Which of them it is shows in each item, so that one reader serves all.
"""

from collections.abc import Mapping
from typing import Any

from generator.content.model import Problem
from generator.content.reader import found_text
from generator.curate.importers.csl_json import read_csl_item, texts_in
from generator.curate.importers.json_items import JsonFile
from generator.curate.importers.record import ImportedRecord
from generator.curate.importers.references import entry_name
from generator.curate.importers.zotero import collection_names, groups_of, read_zotero_item
from generator.output.progress import announced_if_slow, with_progress

WORK_KEYS = frozenset(("data", "itemType", "title", "type"))  # of which a work has one or the other
ITEM_KEYS = ("citation-key", "citationKey", "citekey", "id", "itemKey", "key", "title")  # which name an item


def read_json_references(text: str, file: str) -> tuple[list[ImportedRecord], list[Problem]]:
    """Return the works of a JSON file in its order, and the problems of the file and of its items."""
    with announced_if_slow("reading JSON…"):
        source = JsonFile(text, file)
    groups = collection_names(source.members.get("collections"))
    records, problems = [], source.problems
    for item in with_progress(source.items, "reading entries"):
        record, faults = read_item(item.value, Problem(file, *item.place, ""), groups)
        records += [record] if record else []
        problems += faults
    return records, sorted(problems)


def read_item(
    value: Any, here: Problem, groups: Mapping[str, tuple[str, ...]]
) -> tuple[ImportedRecord | None, list[Problem]]:
    """Return the work of an item, and what is wrong with it."""
    if isinstance(value, Mapping) and not WORK_KEYS & value.keys():
        message = 'expected works, each with a type and a title: a list of them, or an object whose "items" lists them'
        return None, [Problem(here.file, here.line, here.column, message)]
    if not isinstance(value, Mapping):
        found = "found a list" if isinstance(value, list) else found_text(value if isinstance(value, str) else "")
        return None, [Problem(here.file, here.line, here.column, f"expected a work in braces, {found}")]
    item = value["data"] if isinstance(value.get("data"), Mapping) else value
    key = next((text for name in ITEM_KEYS for text in texts_in(item.get(name)) if text.strip()), "")
    here = Problem(here.file, here.line, here.column, entry_name(key))
    if isinstance(item.get("itemType"), str):
        return read_zotero_item(item, here, groups_of(item, groups))
    return read_csl_item(item, here)

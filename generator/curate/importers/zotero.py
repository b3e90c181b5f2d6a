"""Read Zotero's own items, as Better BibTeX exports them, with collections, tags and notes, or Zotero's API.

Fields have other names for most types of items, such as `university` and `proceedingsTitle`. They are read as the CSL
variables that Zotero maps them to.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.content.characters import clean_text
from generator.content.model import Problem
from generator.curate.importers.csl_json import read_csl_item, texts_in
from generator.curate.importers.plain_text import printable_line
from generator.curate.importers.published_text import published_line, published_paragraphs
from generator.curate.importers.record import ImportedRecord, unique_names

NO_WORKS = frozenset("annotation attachment note".split())  # types of items that are no works
FIELDS_BY_VARIABLE = {
    "title": "title caseName nameOfAct subject",
    "container-title": (
        "publicationTitle bookTitle proceedingsTitle websiteTitle blogTitle forumTitle encyclopediaTitle "
        "dictionaryTitle programTitle reporter code"
    ),
    "container-title-short": "journalAbbreviation",
    "collection-title": "seriesTitle series",
    "collection-number": "seriesNumber",
    "event-title": "conferenceName meetingName",
    "publisher": "publisher institution university company label studio network distributor repository organization",
    "publisher-place": "place",
    "number": (
        "number reportNumber archiveID identifier billNumber docketNumber documentNumber episodeNumber patentNumber "
        "publicLawNumber"
    ),
    "issue": "issue",
    "volume": "volume codeVolume reporterVolume",
    "page": "pages codePages firstPage",
    "edition": "edition",
    "version": "versionNumber",
    "genre": "type thesisType reportType presentationType websiteType postType genre manuscriptType",
    "ISBN": "ISBN",
    "ISSN": "ISSN",
    "DOI": "DOI",
    "URL": "url",
    "language": "language",
    "abstract": "abstractNote",
    "number-of-pages": "numPages",
    "number-of-volumes": "numberOfVolumes",
    "archive": "archive",
    "archive_location": "archiveLocation",
    "license": "rights",
    "source": "libraryCatalog",
    "call-number": "callNumber",
    "title-short": "shortTitle",
}
VARIABLES_BY_FIELD = {name: variable for variable, names in FIELDS_BY_VARIABLE.items() for name in names.split()}
ZOTERO_DATE_FIELDS = {"date": "issued", "issueDate": "issued", "dateDecided": "issued", "accessDate": "accessed"}
AUTHOR_ROLES = frozenset(
    "artist author cartographer composer director interviewee inventor performer podcaster presenter programmer".split()
)
IGNORED_FIELDS = frozenset(  # of Zotero's own bookkeeping
    "attachments citationKey citekey collections creators dateAdded dateModified extra inPublications itemID itemKey "
    "itemType key libraryID notes parentItem relations select tags uri version".split()
)


def read_zotero_item(
    item: Mapping[str, Any], here: Problem, groups: tuple[str, ...]
) -> tuple[ImportedRecord | None, list[Problem]]:
    """Return what an item says about a work, and what is wrong with it; `here` is its place and name."""
    if item["itemType"] in NO_WORKS:
        message = f"{here.message} is left out: standalone {item['itemType']}"
        return None, [replace(here, message=message, warning=True)]
    record, problems = read_csl_item(csl_variables(item), here)
    if not record:
        return None, problems
    used = {variable: name for name in item if (variable := VARIABLES_BY_FIELD.get(name))}
    left_out = (*(used.get(name, name) for name in record.left_out), *unknown_fields(item))
    record = replace(
        record,
        keywords=unique_names((*record.keywords, *item_tags(item))),
        groups=groups,
        remarks=(*record.remarks, *item_notes(item)),
        left_out=unique_names(left_out),
    )
    return record, problems


def csl_variables(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return the CSL variables of an item; the extra field is CSL's note, whose lines may be variables too."""
    variables: dict[str, Any] = {"type": item["itemType"], "note": "\n".join(texts_in(item.get("extra")))}
    for name, value in item.items():
        if ((variable := VARIABLES_BY_FIELD.get(name)) and value) or (
            (variable := ZOTERO_DATE_FIELDS.get(name)) and value
        ):
            variables.setdefault(variable, value)
    creators = item.get("creators")
    for creator in creators if isinstance(creators, list) else ():
        if isinstance(creator, Mapping):
            variables.setdefault(creator_role(creator), []).append(csl_creator(creator))
    return variables


def creator_role(creator: Mapping[str, Any]) -> str:
    """Return the CSL variable for a creator, or the name that Zotero has for other roles."""
    role = " ".join(texts_in(creator.get("creatorType"))) or "author"
    return "author" if role in AUTHOR_ROLES else role


def csl_creator(creator: Mapping[str, Any]) -> dict[str, Any]:
    """Return a creator as a name of CSL."""
    names = {"family": creator.get("lastName"), "given": creator.get("firstName"), "literal": creator.get("name")}
    return {key: name for key, name in names.items() if name}


def item_tags(item: Mapping[str, Any]) -> Iterator[str]:
    """Yield the tags of an item, whether Zotero added them or its owner."""
    tags = item.get("tags")
    for tag in tags if isinstance(tags, list) else ():
        yield from map(published_line, texts_in(tag.get("tag") if isinstance(tag, Mapping) else tag))


def item_notes(item: Mapping[str, Any]) -> Iterator[str]:
    """Yield the notes of an item, which are HTML, as paragraphs."""
    notes = item.get("notes")
    for note in notes if isinstance(notes, list) else ():
        texts = texts_in(note.get("note") if isinstance(note, Mapping) else note)
        yield from filter(None, map(published_paragraphs, texts))


def unknown_fields(item: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of the fields that have a value and no CSL variable."""
    known = VARIABLES_BY_FIELD.keys() | ZOTERO_DATE_FIELDS.keys() | IGNORED_FIELDS
    return (name for name, value in item.items() if name not in known and value)


def collection_names(collections: Any) -> dict[str, tuple[str, ...]]:
    """Return the names of the collections of each item, by the item's id or key.

    Of collections that share a name, each is named with the one that it is in.
    """
    listed = list(collections.values()) if isinstance(collections, Mapping) else collections
    known = [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
    names = {key: collection_name(one) for one in known for key in texts_in(one.get("key"))}
    repeated = {name for name, count in Counter(map(collection_name, known)).items() if count > 1}
    found: dict[str, tuple[str, ...]] = {}
    for one in known:
        name = collection_name(one)
        parent = next((names.get(key, "") for key in texts_in(one.get("parent"))), "") if name in repeated else ""
        for item in texts_in(one.get("items")):
            found[item] = unique_names((*found.get(item, ()), f"{parent}: {name}" if parent else name))
    return found


def collection_name(collection: Mapping[str, Any]) -> str:
    """Return the name of a collection on one line."""
    return printable_line(clean_text(" ".join(texts_in(collection.get("name")))))


def groups_of(item: Mapping[str, Any], groups: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the names of the collections that an item is in."""
    ids = (text for key in ("itemID", "itemKey", "key") for text in texts_in(item.get(key)))
    return next((groups[each] for each in ids if each in groups), ())

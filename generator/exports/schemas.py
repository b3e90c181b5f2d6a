"""The types of what stands in the API's files; out of them come its JSON Schemas and the tables of the data page.

Each field carries a sentence and, where the model has one, the form of its text, so that records (which mypy holds to
these types), schemas and page cannot disagree. Within a version fields are added, but none is removed or changes its
meaning.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, TypedDict, Union, get_args, get_origin, get_type_hints, is_typeddict

from generator.content.model import (
    Address,
    AnthologyId,
    ArxivClass,
    ArxivId,
    Date,
    Day,
    Doi,
    Id,
    Line,
    Prose,
    Question,
    RelationType,
    TextFormat,
    Track,
    Year,
)

JsonSchema = dict[str, Any]

API_SCHEMA_DRAFT = "https://json-schema.org/draft/2020-12/schema"
JSON_TYPE_NAMES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "object",
}
PLURAL_TYPE_NAMES = {"string": "texts", "object": "objects"}
ECMA_REPLACEMENTS = {r"\Z": "$", r"\"": '"', "(?s).": r"[\s\S]"}  # what only Python writes so

NON_NEGATIVE = ("minimum", 0)
Slug = Annotated[str, TextFormat("an id made from a name", "[a-z0-9-]+")]
Url = Annotated[str, ("format", "iri-reference")]


class AuthorReference(TypedDict):
    id: Annotated[Slug, "The author's id; one id for all spellings of a name."]
    name: Annotated[Line, "The name as the paper has it."]
    url: Annotated[Url, "The author's page."]


class VolumeRecord(TypedDict):
    id: Annotated[Slug, "The venue's id."]
    name: Annotated[Line, "The venue's short name, such as ICML."]
    year: Annotated[Year, "The year of the volume, which may be after that of the first version."]
    track: Annotated[Track, "What kind of venue it is."]
    url: Annotated[Url, "The venue's page."]


class LinksRecord(TypedDict):
    code: Annotated[Address | None, "Where its code is."]
    project: Annotated[Address | None, "Its project page."]


class RelationRecord(TypedDict):
    type: Annotated[RelationType, "How this paper stands to the other; relations.json has the names of the types."]
    to: Annotated[Id, "The id of the other paper."]
    because: Annotated[Line, "The reason, as a curator wrote it."]


class SuggestionRecord(TypedDict):
    id: Annotated[Id, "The id of the suggested paper."]
    score: Annotated[float, NON_NEGATIVE, "How strong the evidence is; compares only within one paper's list."]
    reasons: Annotated[Sequence[str], "The evidence in words, each kind after its name and a colon."]


class PaperRecord(TypedDict):
    id: Annotated[Id, "The paper's id."]
    url: Annotated[Url, "The paper's page."]
    title: Annotated[Line, "The title of the first version."]
    published_title: Annotated[Line | None, "The title under which the venue published it, where that is another."]
    aliases: Annotated[Sequence[Line], "What else it is called: its method, its model or its data."]
    replaces: Annotated[Sequence[Id], "Ids that it had before; their addresses lead on to it."]
    authors: Annotated[Sequence[AuthorReference], "Its authors in the paper's order."]
    abstract: Annotated[Prose, "The abstract as published; it may hold TeX."]
    summary: Annotated[Line | None, "What it does, in plain words."]
    why: Annotated[Prose | None, "Why it is on the list."]
    questions: Annotated[Sequence[Question], "Questions that it answers."]
    published: Annotated[Date | None, "When its first version became public: a day, a month or a year."]
    year: Annotated[int | None, NON_NEGATIVE, "The year of its first public version."]
    added: Annotated[Day | None, "The day on which it came on the list."]
    revised: Annotated[Day | None, "The day of the last change of its entry that is worth telling."]
    venue: Annotated[VolumeRecord | None, "Where it was published; null where it is a preprint as far as known."]
    category: Annotated[Id, "The id of its shelf in categories.json."]
    tags: Annotated[Sequence[Id], "The ids of its terms in terms.json."]
    arxiv: Annotated[ArxivId | None, "Its arXiv id, without a version."]
    arxiv_class: Annotated[ArxivClass | None, "Its primary subject class on arXiv."]
    doi: Annotated[Doi | None, "Its DOI."]
    acl_anthology: Annotated[AnthologyId | None, "Its id in the ACL Anthology."]
    links: Annotated[LinksRecord, "Web addresses of what comes with it."]
    relations: Annotated[
        Sequence[RelationRecord], "How it stands to other papers, as a curator wrote it in this entry."
    ]
    related: Annotated[Sequence[SuggestionRecord], "What to read next, worked out by the site, the best first."]
    key: Annotated[str, TextFormat("a key", "[a-z0-9]+"), "Its key in the list's BibTeX and CSL-JSON."]
    bibtex: Annotated[Url, "Its citation as BibTeX."]
    ris: Annotated[Url, "Its citation as RIS."]
    csl: Annotated[Url, "Its citation as CSL-JSON."]
    markdown: Annotated[Url, "Its page as Markdown."]


PapersFile = Annotated[Sequence[PaperRecord], "The papers of the list, in the order of their ids."]


class FacetRecord(TypedDict):
    id: Annotated[Id, "The facet's id."]
    name: Annotated[Line, "Its name."]
    description: Annotated[Line, "The question about a paper that its terms answer."]
    terms: Annotated[Sequence[Id], "The ids of its terms, in the vocabulary's order."]
    url: Annotated[Url, "Its part of the page of all tags."]


class TermRecord(TypedDict):
    id: Annotated[Id, "The term's id, which papers have among their tags."]
    name: Annotated[Line, "Its name in the field's words."]
    facet: Annotated[Id, "The id of its facet."]
    definition: Annotated[Line, "What it means."]
    scope: Annotated[Line | None, "What tells it from terms that are easily confused with it."]
    aliases: Annotated[Sequence[Line], "What else readers call it."]
    parent: Annotated[Id | None, "The id of the wider term."]
    related: Annotated[Sequence[Id], "The ids of terms that its entry names as near to it."]
    replaces: Annotated[Sequence[Id], "Ids that it had or took over; their addresses lead on to it."]
    retired: Annotated[Line | None, "Why no paper carries it any more, and what is used instead."]
    papers: Annotated[Sequence[Id], "The ids of its papers, the newest first."]
    url: Annotated[Url, "Its page."]


class VocabularyFile(TypedDict):
    """The controlled vocabulary."""

    facets: Annotated[Sequence[FacetRecord], "The facets, in the vocabulary's order."]
    terms: Annotated[Sequence[TermRecord], "The terms of all facets, in the vocabulary's order."]


class CategoryRecord(TypedDict):
    id: Annotated[Id, "The shelf's id."]
    name: Annotated[Line, "Its name."]
    summary: Annotated[Line, "What stands on it."]
    introduction: Annotated[Prose, "An introduction; [[id]] is a link to a paper, and may have words after a bar."]
    replaces: Annotated[Sequence[Id], "Ids that it had or took over; their addresses lead on to it."]
    retired: Annotated[Line | None, "Why no paper stands on it any more, and what is used instead."]
    papers: Annotated[Sequence[Id], "The ids of its papers, the newest first."]
    url: Annotated[Url, "Its page."]


CategoriesFile = Annotated[Sequence[CategoryRecord], "The shelves, in reading order."]


class StepRecord(TypedDict):
    paper: Annotated[Id, "The id of the paper."]
    because: Annotated[Line, "Why it comes here."]


class PathRecord(TypedDict):
    id: Annotated[Id, "The path's id."]
    name: Annotated[Line, "Its name."]
    summary: Annotated[Line, "What it is about."]
    readers: Annotated[Line, "For whom it is."]
    assumes: Annotated[Line, "What they know already."]
    outcome: Annotated[Line, "What they can do at the end."]
    steps: Annotated[Sequence[StepRecord], "Its papers, in the order in which to read them."]
    url: Annotated[Url, "Its page."]


PathsFile = Annotated[Sequence[PathRecord], "The reading paths, in the order in which they are offered."]


class AuthorRecord(TypedDict):
    id: Annotated[Slug, "The author's id."]
    name: Annotated[Line, "The name, as most papers of the list have it."]
    papers: Annotated[Sequence[Id], "The ids of the author's papers on the list, the newest first."]
    url: Annotated[Url, "The author's page."]


AuthorsFile = Annotated[Sequence[AuthorRecord], "Everyone who wrote a paper of the list, in the order of their ids."]


class VenueRecord(TypedDict):
    id: Annotated[Slug, "The venue's id."]
    name: Annotated[Line, "Its short name."]
    papers: Annotated[Sequence[Id], "The ids of its papers on the list, the newest first."]
    url: Annotated[Url, "Its page."]


VenuesFile = Annotated[Sequence[VenueRecord], "Where the papers were published, in the order of the venues' ids."]


class RelationTypeRecord(TypedDict):
    id: Annotated[RelationType, "The type, as edges and papers have it."]
    name: Annotated[str, "What to say from the source to the target."]
    inverse: Annotated[str, "What to say from the target to the source."]
    symmetric: Annotated[bool, "Whether it says the same both ways, so that the direction means nothing."]


class GraphNode(TypedDict):
    id: Annotated[Id, "The paper's id."]
    title: Annotated[Line, "Its title."]
    year: Annotated[int | None, NON_NEGATIVE, "The year of its first public version."]
    category: Annotated[Id, "The id of its shelf."]
    url: Annotated[Url, "Its page."]


class GraphEdge(TypedDict):
    source: Annotated[Id, "The id of the paper whose entry has the relation."]
    target: Annotated[Id, "The id of the other paper."]
    type: Annotated[RelationType, "The type of the relation."]
    because: Annotated[Line, "The reason, as a curator wrote it."]


class RelationsFile(TypedDict):
    """The curated relations as a directed graph."""

    types: Annotated[Sequence[RelationTypeRecord], "The types of relations, with their names in both directions."]
    nodes: Annotated[Sequence[GraphNode], "All papers of the list, in the order of their ids."]
    edges: Annotated[Sequence[GraphEdge], "All relations, in the order of their sources."]


class ApiFileRecord(TypedDict):
    name: Annotated[str, "The file's name."]
    title: Annotated[str, "What it holds."]
    type: Annotated[Literal["application/json", "text/csv"], "Its media type."]
    url: Annotated[Url, "Where it is."]
    schema: Annotated[Url | None, "Where its JSON Schema is; null for what is not JSON."]


class IndexFile(TypedDict):
    """What the list is, and which files there are."""

    name: Annotated[Line, "The name of the list."]
    tagline: Annotated[Line, "What it is, in a line."]
    address: Annotated[
        Address | None, "The address of the site; where it is null, all url in these files begin at the site's root."
    ]
    version: Annotated[Literal["v1"], "The version of the API, which is part of its address."]
    papers: Annotated[int, NON_NEGATIVE, "How many papers there are."]
    updated: Annotated[Day | None, "The last day on which an entry was added or revised, as far as entries say."]
    files: Annotated[Sequence[ApiFileRecord], "The files of this version."]


@dataclass(frozen=True, slots=True)
class FieldDescription:
    """A field as the data page explains it; `authors[].name` is one of the items of another."""

    name: str
    kind: str
    description: str


def schema_document(title: str, shape: Any) -> JsonSchema:
    """The schema of a file."""
    return {"$schema": API_SCHEMA_DRAFT, "title": title, **type_schema(shape)}


def type_schema(shape: Any) -> JsonSchema:
    """The schema of a value of a type."""
    origin, arguments = get_origin(shape), get_args(shape)
    if origin is Annotated:
        made = type_schema(arguments[0])
        for note in arguments[1:]:
            made |= annotation_keywords(note)
        return made
    if origin in (UnionType, Union):  # of a type and None, to which its rules say nothing
        made = type_schema(arguments[0])
        return {**made, "type": [made["type"], "null"]}
    if origin is Sequence:
        return {"type": "array", "items": type_schema(arguments[0])}
    if origin is Literal:
        return {"type": "string", "enum": list(arguments)}
    if is_typeddict(shape):
        return record_schema(shape)
    return {"type": {str: "string", int: "integer", float: "number", bool: "boolean"}[shape]}


def annotation_keywords(note: str | TextFormat | range | tuple[str, object]) -> Mapping[str, object]:
    """What an annotation adds to a schema."""
    match note:
        case str():
            return {"description": note}
        case TextFormat():
            return {"pattern": f"^(?:{api_ecma_pattern(note.pattern)})$"}
        case range():
            return {"minimum": note[0], "maximum": note[-1]}
    return dict([note])


def api_ecma_pattern(pattern: str) -> str:
    """A pattern of the model in the words of ECMA-262."""
    for ours, theirs in ECMA_REPLACEMENTS.items():
        pattern = pattern.replace(ours, theirs)
    return pattern


def record_schema(shape: type) -> JsonSchema:
    """The schema of an object with these fields, all of them, and no others."""
    hints = get_type_hints(shape, include_extras=True)
    return {
        "type": "object",
        **({"description": shape.__doc__} if shape.__doc__ else {}),
        "properties": {name: type_schema(of) for name, of in hints.items()},
        "required": list(hints),
        "additionalProperties": False,
    }


def schema_fields(of: JsonSchema, before: str = "") -> Iterator[FieldDescription]:
    """The fields of a schema's objects, each followed by those within it."""
    for name, inner in of.get("items", of).get("properties", {}).items():
        yield FieldDescription(before + name, type_description(inner), inner["description"])
        yield from schema_fields(inner, f"{before}{name}{'[]' if 'items' in inner else ''}.")


def type_description(of: JsonSchema) -> str:
    """A schema's type in words."""
    one, *null = of["type"] if isinstance(of["type"], list) else [of["type"]]
    if one == "array":
        words = f"list of {PLURAL_TYPE_NAMES[of['items']['type']]}"
    elif "enum" in of:
        words = ("one of " if len(of["enum"]) > 1 else "") + ", ".join(of["enum"])
    else:
        words = JSON_TYPE_NAMES[one]
    return f"{words} or null" if null else words

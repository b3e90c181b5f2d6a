"""The types of the API's files in; their JSON Schemas, records and the tables of the data page out.

A record of something in the model has the model's fields, with their types and sentences, unless it defines its own: so
a new key of the content format is in the API at once. Within a version fields are added, but none is removed or changes
its meaning.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypedDict, TypeVar

import msgspec

from generator.citations.formats import CITATION_FORMATS
from generator.content.json_schema import (
    JsonSchema,
    SchemaDialect,
    explained_properties,
    field_types,
    sentence,
    value_schema,
)
from generator.content.model import (
    Address,
    Category,
    Day,
    EntryWords,
    Facet,
    Id,
    KnownVenue,
    Line,
    Name,
    Orcid,
    Paper,
    ReadingPath,
    Relation,
    RelationType,
    Site,
    Term,
    TextFormat,
    Venue,
    ecma_pattern,
)

ApiRecord = dict[str, Any]
ShapeT = TypeVar("ShapeT")

SENTENCE_KEYS = ("title", "description")
ENTRY_NOUN = re.compile(r"\bpapers?\b(?!-)|\bPapers\b")
API_SCHEMA_DRAFT = "https://json-schema.org/draft/2020-12/schema"
JSON_TYPE_NAMES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "object",
}
PLURAL_TYPE_NAMES = {"string": "texts", "object": "objects"}

NON_NEGATIVE = ("minimum", 0)
Slug = Annotated[str, TextFormat("an id made from a name", "[a-z0-9-]+")]
Url = Annotated[str, ("format", "iri-reference")]


def record_of(
    kind: type, first: str = "", without: Sequence[str] = (), more: Mapping[str, object] | None = None
) -> Callable[[type[ShapeT]], type[ShapeT]]:
    """Return a decorator that gives a class the fields of a class of the model, unless it has its own of that name.

    The fields that `first` names come first, in that order; then the model's others, the class's own, and `more`.
    """

    def with_model_fields(shape: type[ShapeT]) -> type[ShapeT]:
        types = {**field_types(kind), **shape.__annotations__, **(more or {})}
        names = dict.fromkeys([*first.split(), *types])
        shape.__annotations__ = {name: types[name] for name in names if name not in without}
        return shape

    return with_model_fields


def api_record(shape: type, source: object, **own: object) -> ApiRecord:
    """Return the record of a value of the model; what it does not have itself is given."""
    return {
        name: own[name] if name in own else msgspec.to_builtins(getattr(source, name)) for name in field_types(shape)
    }


def model_sentence(kind: type, field: str) -> str:
    """Return the sentence by which the model explains a field."""
    return sentence(field_types(kind)[field])


AUTHOR_PAGE_SENTENCE = (
    "The author's page or, for an author without one, the page of all papers, filtered by this author."
)


class AuthorReference(TypedDict):
    id: Annotated[Slug, "The author's id; one id for all spellings of a name."]
    name: Annotated[Name, "The name as the paper has it, in natural order."]
    url: Annotated[Url, AUTHOR_PAGE_SENTENCE]


@record_of(Venue, first="id")
class VolumeRecord:
    id: Annotated[Slug, "The venue's id."]
    url: Annotated[Url, "The venue's page."]
    full: Annotated[Name | None, "The venue's full name, if the list has it."]


class SuggestionRecord(TypedDict):
    id: Annotated[Id, "The id of the suggested paper."]
    score: Annotated[float, NON_NEGATIVE, "How strong the evidence is; comparable only within one paper's list."]
    reasons: Annotated[Sequence[str], "The evidence in words: for each kind, its name, a colon and the details."]


@record_of(
    Paper,
    first="id url title published_title aliases replaces authors abstract summary why questions published year added "
    "revised venue category tags arxiv arxiv_class doi acl_anthology links relations related key "
    + " ".join(of.id for of in CITATION_FORMATS),
    without=["retired"],  # of papers, only those on the list are in the API
    more={of.id: Annotated[Url, f"Its citation as {of.name}."] for of in CITATION_FORMATS},
)
class PaperRecord:
    url: Annotated[Url, "The paper's page."]
    authors: Annotated[Sequence[AuthorReference], "Its authors in the paper's order."]
    authors_complete: Annotated[bool, "Whether these are all authors; the entry may name only the first ones."]
    editors: Annotated[Sequence[Name], "The names of its editors; those of the book, of a chapter."]
    published_url: Annotated[Url | None, "The web address where it was published, if the entry has one."]
    year: Annotated[int | None, NON_NEGATIVE, "The year of its first public version."]
    venue: Annotated[
        VolumeRecord | None,
        "The journal or conference where it was published; null if there is none, as far as is known.",
    ]
    related: Annotated[Sequence[SuggestionRecord], "What to read next, computed by the site, best first."]
    key: Annotated[str, TextFormat("a key", "[a-z0-9]+"), "Its key in the list's BibTeX and CSL-JSON."]
    markdown: Annotated[Url, "Its page as Markdown."]


PapersFile = Annotated[Sequence[PaperRecord], "The papers of the list, in the order of their ids."]


@record_of(Facet)
class FacetRecord:
    terms: Annotated[Sequence[Id], "The ids of its terms, in the vocabulary's order."]
    url: Annotated[Url, "Its part of the page of all tags."]


@record_of(Term, first="id name facet")
class TermRecord:
    facet: Annotated[Id, "The id of its facet."]
    papers: Annotated[Sequence[Id], "The ids of its papers, newest first."]
    url: Annotated[Url, "Its page."]


class VocabularyRecord(TypedDict):
    facets: Annotated[Sequence[FacetRecord], "The facets, in the vocabulary's order."]
    terms: Annotated[Sequence[TermRecord], "The terms of all facets, in the vocabulary's order."]


VocabularyFile = Annotated[VocabularyRecord, "The controlled vocabulary."]


@record_of(Category)
class CategoryRecord:
    papers: Annotated[Sequence[Id], "The ids of its papers, newest first."]
    url: Annotated[Url, "Its page."]


CategoriesFile = Annotated[Sequence[CategoryRecord], "The shelves, in reading order."]


@record_of(ReadingPath)
class PathRecord:
    url: Annotated[Url, "Its page."]


PathsFile = Annotated[Sequence[PathRecord], "The reading paths, in the order in which they are offered."]


class AuthorRecord(TypedDict):
    id: Annotated[Slug, "The author's id."]
    name: Annotated[Name, "The name, as spelled in most papers of the list."]
    papers: Annotated[Sequence[Id], "The ids of the author's papers on the list, newest first."]
    url: Annotated[Url, AUTHOR_PAGE_SENTENCE]
    same_as: Annotated[Sequence[Name], "Other spellings of the name in papers of the list."]
    orcid: Annotated[Orcid | None, "The person's ORCID iD."]


AuthorsFile = Annotated[Sequence[AuthorRecord], "The authors of the papers on the list, in the order of their ids."]


@record_of(KnownVenue, first="id name papers url")
class VenueRecord:
    id: Annotated[Slug, "The venue's id."]
    name: Annotated[Name, "Its short name."]
    papers: Annotated[Sequence[Id], "The ids of its papers on the list, newest first."]
    url: Annotated[Url, "Its page."]


VenuesFile = Annotated[Sequence[VenueRecord], "Where the papers were published, in the order of the venues' ids."]


class RelationTypeRecord(TypedDict):
    id: Annotated[RelationType, "The type, as edges and papers have it."]
    name: Annotated[str, "The name of the relation, from the source to the target."]
    inverse: Annotated[str, "The name of the relation, from the target to the source."]
    symmetric: Annotated[bool, "Whether it holds both ways, so that its direction has no meaning."]


class GraphNode(TypedDict):
    id: Annotated[Id, "The paper's id."]
    title: Annotated[Line, "Its title."]
    year: Annotated[int | None, NON_NEGATIVE, "The year of its first public version."]
    category: Annotated[Id, model_sentence(Paper, "category")]
    url: Annotated[Url, "Its page."]


class GraphEdge(TypedDict):
    source: Annotated[Id, "The id of the paper whose entry has the relation."]
    target: Annotated[Id, "The id of the other paper."]
    type: Annotated[RelationType, "The type of the relation."]
    because: Annotated[Line, model_sentence(Relation, "because")]


class GraphRecord(TypedDict):
    types: Annotated[Sequence[RelationTypeRecord], "The types of relations, with their names in both directions."]
    nodes: Annotated[Sequence[GraphNode], "All papers of the list, in the order of their ids."]
    edges: Annotated[Sequence[GraphEdge], "All relations, in the order of their sources."]


RelationsFile = Annotated[GraphRecord, "The curated relations as a directed graph."]


class ApiFileRecord(TypedDict):
    name: Annotated[str, "The file's name."]
    title: Annotated[str, "What it contains."]
    type: Annotated[Literal["application/json", "text/csv"], "Its media type."]
    url: Annotated[Url, "Its web address."]
    schema: Annotated[Url | None, "The address of its JSON Schema; null for files that are not JSON."]


class LicenseRecord(TypedDict):
    name: Annotated[str, "Its name."]
    url: Annotated[Url, "The web address of its text."]


class IndexRecord(TypedDict):
    name: Annotated[Name, model_sentence(Site, "name")]
    tagline: Annotated[Line, model_sentence(Site, "tagline")]
    address: Annotated[
        Address | None,
        "The address of the site; if it is null, all addresses in these files are relative to the site's root.",
    ]
    license: Annotated[
        LicenseRecord | None, "The license of the list's own texts; it does not apply to titles and abstracts."
    ]
    version: Annotated[Literal["v1"], "The version of the API, which is part of its address."]
    papers: Annotated[int, NON_NEGATIVE, "The number of papers."]
    updated: Annotated[Day | None, "The last day on which an entry was added or revised, as far as entries say."]
    files: Annotated[Sequence[ApiFileRecord], "The files of this version."]


IndexFile = Annotated[IndexRecord, "A description of the list and its files."]


@dataclass(frozen=True, slots=True)
class FieldDescription:
    """A field as the data page explains it; `authors[].name` is one of the items of another."""

    name: str
    kind: str
    description: str


def schema_document(title: str, shape: Any, words: EntryWords) -> JsonSchema:
    """Return the schema of a file, in the list's own words."""
    return own_schema({"$schema": API_SCHEMA_DRAFT, "title": title, **type_schema(shape)}, words)


def own_words(text: str, words: EntryWords) -> str:
    """Return one of this module's or the model's sentences with the list's word for a paper.

    The article would depend on the word, so these sentences have none before it.
    """
    names = {"paper": words.one, "papers": words.many, "Papers": words.heading}
    return ENTRY_NOUN.sub(lambda found: names[found[0]], text)


def own_schema(schema: JsonSchema, words: EntryWords) -> JsonSchema:
    """Return a schema whose titles and descriptions are in the list's own words."""
    own: JsonSchema = {}
    for key, value in schema.items():
        if isinstance(value, dict):
            own[key] = own_schema(value, words)
        else:
            own[key] = own_words(value, words) if key in SENTENCE_KEYS else value
    return own


def type_schema(shape: Any) -> JsonSchema:
    """Return the schema of a value of a type, with the sentence that explains it."""
    words = sentence(shape)
    return {**value_schema(shape, API_DIALECT), **({"description": words} if words else {})}


def nullable_schema(schema: JsonSchema) -> JsonSchema:
    """Return the schema of what another describes, or null; other rules say nothing about null."""
    choices = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, **choices, "type": [schema["type"], "null"]}


def api_object_schema(shape: type) -> JsonSchema:
    """Return the schema of an object with these fields, all of them, and no others."""
    types = field_types(shape)
    schemas = {name: value_schema(of, API_DIALECT) for name, of in types.items()}
    return {
        "type": "object",
        "properties": explained_properties(schemas, types),
        "required": list(types),
        "additionalProperties": False,
    }


API_DIALECT = SchemaDialect(
    text=lambda form: {"type": "string", "pattern": ecma_pattern(form.pattern), "maxLength": form.longest},
    number=lambda bounds: {"type": "integer", "minimum": bounds[0], "maximum": bounds[-1]},
    choice=lambda words: {"type": "string", "enum": list(words)},
    optional=nullable_schema,
    record=api_object_schema,
)


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
        allowed = [word for word in of["enum"] if word]
        words = ("one of " if len(allowed) > 1 else "") + ", ".join(allowed)
    else:
        words = JSON_TYPE_NAMES[one]
    return f"{words} or null" if null else words

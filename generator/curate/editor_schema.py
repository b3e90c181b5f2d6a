"""JSON Schemas of a list's content, with which an editor completes, explains, and validates what a curator writes.

Keys, types, and descriptions come from the model's annotations, so that model, reader, and schemas cannot disagree;
`KEY_RULES` adds what `checks/` requires within one file. A schema never rejects what the checker accepts, with two
exceptions: the strings `null` and `~` need quotes, and an id from the list must not have spaces around it within
quotes. The schemas use draft 7, the one that editors have supported longest. They are written so that the YAML language
server completes them well: a type for every key, but no `boolean` among the types and no `examples`, since the server
would offer those as values.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from generator.checks.papers import KEY_DEPENDENCIES
from generator.content.json_schema import JsonSchema, SchemaDialect, explained_properties, value_schema
from generator.content.model import (
    RELATION_SENTENCES,
    SHORT_FORMS,
    Accent,
    Categories,
    Category,
    EntryWords,
    Facet,
    Id,
    JudgedPaper,
    JudgedPapers,
    JudgedQueries,
    JudgedQuery,
    KnownVenue,
    Library,
    License,
    Links,
    Name,
    Paper,
    People,
    Person,
    ReadingPath,
    Relation,
    Site,
    Standard,
    Step,
    Term,
    TextFormat,
    Venue,
    Venues,
    Vocabulary,
    ecma_pattern,
    text_format,
)
from generator.content.reader import keys_of, valid_text
from generator.output.json_text import indented_json
from generator.site.addresses import RESERVED_NAMES


@dataclass(frozen=True, slots=True)
class KeyRule:
    """Rules for the value of a key: which of the list's ids it may contain, and how many values it may have."""

    ids: str = ""
    bounds: JsonSchema = field(default_factory=dict)


KeyRules = Mapping[tuple[type, str], KeyRule]

CONTENT_SCHEMA_DRAFT = "http://json-schema.org/draft-07/schema#"
NO_KEY_RULE = KeyRule()
SPACES_AROUND = r"\s*"  # removed by the reader
NON_BOOLEAN_TYPES = ("string", "number", "array", "object", "null")  # all JSON types except boolean
MAX_ENUM_IDS = 2000  # with more ids than this, an editor validates only their form
NUMBER_LIKE_TEXTS = ("7", "0.5", "2017", "1701.07875", "9783161484100")  # strings that YAML reads as numbers
BOOLEAN_LIKE_TEXTS = ("true", "false", "True", "False", "TRUE", "FALSE")
NON_STRING_ID_PATTERN = re.compile(
    r"\d+|\d+e-?\d+|0x[0-9a-f]+|0o[0-7]+|true|false|null"
)  # ids that YAML does not read as strings
RECORD_SENTENCES: Mapping[type, str] = {
    Paper: "One entry of the list: a file of `content/papers/`, whose name is the paper's id.",
    Venue: "Where a paper was published.",
    Links: "Web addresses of what comes with a paper.",
    Facet: "A question that tags answer, with the terms that answer it.",
    Term: "A term of the vocabulary, which papers carry as a tag.",
    Category: "A shelf of the list.",
    Person: "A person whose name has several spellings or is like another person's, or who has an ORCID iD.",
    KnownVenue: "A journal, conference or workshop, to which entries refer by its name or one of its other names.",
    ReadingPath: "Papers in the order in which certain readers should read them: a file of `content/paths/`.",
    Step: "One paper of a reading path.",
    Accent: "The color of links and buttons.",
    License: "The terms under which others may use the list's own texts.",
    Site: "The settings of the list, in `site.yml`.",
    EntryWords: "What readers call an entry of the list.",
    Standard: "What the list requires of each entry, and of its scores by the judgments.",
    JudgedQuery: "A query with the papers that readers who ask it would be glad to find.",
    JudgedPaper: "A paper with those that are worth reading next.",
}
KEY_RULES: KeyRules = {
    **{(kind, "replaces"): KeyRule("own", {"uniqueItems": True}) for kind in (Paper, Term, Category)},
    **{(kind, "id"): KeyRule("own") for kind in (Term, Category)},
    **{(Paper, key): KeyRule(bounds={"minItems": 1}) for key in ("authors", "editors")},
    **{(Person, key): KeyRule(bounds={"uniqueItems": True}) for key in ("same_as", "other_than")},
    (Paper, "category"): KeyRule("category"),
    (Venue, "name"): KeyRule("venue"),
    (Paper, "relations"): KeyRule(bounds={"uniqueItems": True}),
    (Paper, "distinct_from"): KeyRule("paper", {"uniqueItems": True}),
    (Relation, "to"): KeyRule("paper"),
    (Term, "parent"): KeyRule("term"),
    (Term, "related"): KeyRule("term"),
    (ReadingPath, "steps"): KeyRule(bounds={"minItems": 2, "uniqueItems": True}),
    (Step, "paper"): KeyRule("paper"),
    (JudgedQuery, "grades"): KeyRule("judged", {"minProperties": 1}),
    (JudgedPaper, "paper"): KeyRule("judged"),
    (JudgedPaper, "grades"): KeyRule("judged", {"minProperties": 1}),
    (Site, "start"): KeyRule("paper"),
    (Site, "paths"): KeyRule("path"),
}


def content_schemas(library: Library) -> dict[str, str]:
    """Return the JSON Schema of each kind of file, keyed by file name, such as `paper.json`."""
    papers = id_schema({paper.id: paper.title for paper in library.papers}, "a paper on the list")
    paths = id_schema({path.id: path.name for path in library.paths}, "a reading path")
    shelves = id_schema(
        explained_names((one.id, one.name, one.summary) for one in library.shelves), "a category in use"
    )
    terms = id_schema(term_descriptions(library.terms), "a term")
    tags = id_schema(term_descriptions(term for term in library.terms if not term.retired), "a term in use")
    own, venues = unreserved_id_schema(), venue_name_schema(library.venues)
    judged = {"anyOf": [papers, text_schema(text_format(Id))]}  # judgments of removed papers are ignored
    return {
        "paper.json": schema_text(
            paper_schema(library.site.standard), paper=papers, category=shelves, tag=tags, own=own, venue=venues
        ),
        "path.json": schema_text(record_schema(ReadingPath, KEY_RULES, "id"), paper=papers),
        "vocabulary.json": schema_text(editor_schema(Vocabulary, KEY_RULES), term=terms, own=own),
        "categories.json": schema_text(editor_schema(Categories, KEY_RULES), own=own),
        "people.json": schema_text(editor_schema(People, KEY_RULES)),
        "venues.json": schema_text(editor_schema(Venues, KEY_RULES)),
        "search.json": schema_text(editor_schema(JudgedQueries, KEY_RULES), judged=judged),
        "related.json": schema_text(editor_schema(JudgedPapers, KEY_RULES), judged=judged),
        "site.json": schema_text(record_schema(Site, KEY_RULES), paper=papers, path=paths),
    }


def schema_comment(name: str) -> str:
    """Return the comment that points editors to the schema of a file of `content/`, such as `papers/<id>.yml`."""
    folder, _, file = name.rpartition("/")
    kind = {"papers": "paper", "paths": "path"}.get(folder, file.removesuffix(".yml"))
    return f"# yaml-language-server: $schema={'../' * (name.count('/') + 1)}build/schema/{kind}.json"


def schema_text(whole: JsonSchema, **definitions: JsonSchema) -> str:
    """Return the text of a schema with the definitions that it refers to."""
    return indented_json({"$schema": CONTENT_SCHEMA_DRAFT, **whole, "definitions": definitions})


def paper_schema(standard: Standard) -> JsonSchema:
    """Return the schema of a paper's entry; a retired entry needs only the keys that the reader requires."""
    least = max(standard.tags_least, standard.facets)
    counted = {"minItems": least, "maxItems": standard.tags_most, "uniqueItems": True}
    listed = record_schema(Paper, {**KEY_RULES, (Paper, "tags"): KeyRule("tag", counted)}, "id")
    owed = dict.fromkeys([*listed["required"], *filter(None, standard.texts), *(["tags"] if least else [])])
    return {
        "type": "object",
        "if": {"required": ["retired"]},
        "then": record_schema(Paper, {}, "id"),
        "else": {
            **listed,
            "required": list(owed),
            "dependencies": {key: dependency_schema(others) for key, others in KEY_DEPENDENCIES.items()},
        },
    }


def dependency_schema(others: Sequence[str]) -> JsonSchema:
    """Return the schema of an entry that has at least one of these keys."""
    return {"anyOf": [{"required": [other]} for other in others]}


def term_descriptions(terms: Iterable[Term]) -> dict[str, str]:
    """Return what each term means, by id."""
    return explained_names((term.id, term.name, term.definition) for term in terms)


def explained_names(entries: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Return the names of entries by id, each followed by its explanation, if there is one."""
    return {one: f"{name}: {words}" if words else name for one, name, words in entries}


def id_schema(entries: Mapping[str, str], what: str) -> JsonSchema:
    """Return the schema of one of these ids, with descriptions; with no ids or more than `MAX_ENUM_IDS`, of any id."""
    entries = {name: words for name, words in entries.items() if valid_text(Id, name)}
    if not 0 < len(entries) <= MAX_ENUM_IDS:
        return text_schema(text_format(Id))
    listed = {
        "type": "string",
        "enum": list(entries),
        "enumDescriptions": list(entries.values()),
        "errorMessage": f"Expected the id of {what}",
    }
    if any(NON_STRING_ID_PATTERN.fullmatch(name) for name in entries):
        return {"anyOf": [listed, {"type": ["number", "boolean", "null"]}]}
    return listed


def venue_name_schema(venues: Sequence[KnownVenue]) -> JsonSchema:
    """Return the schema of the name of a venue, which may be one that `venues.yml` does not have."""
    any_name = text_schema(text_format(Name))
    if not 0 < len(venues) <= MAX_ENUM_IDS:
        return any_name
    names = explained_names((one.name, one.name, one.full or "") for one in venues)
    listed = {"type": "string", "enum": list(names), "enumDescriptions": list(names.values())}
    return {"anyOf": [listed, any_name]}


def unreserved_id_schema() -> JsonSchema:
    """Return the schema of an id that an entry may have."""
    message = f"Expected an id other than {', '.join(RESERVED_NAMES[:3])} and the like"
    return {**text_schema(text_format(Id)), "not": {"enum": [*RESERVED_NAMES]}, "errorMessage": message}


def editor_schema(kind: Any, rules: KeyRules, rule: KeyRule = NO_KEY_RULE) -> JsonSchema:
    """Return the schema of a value of this type in YAML."""
    dialect = SchemaDialect(
        text=(lambda _: {"$ref": f"#/definitions/{rule.ids}"}) if rule.ids else text_schema,
        number=integer_schema,
        choice=choice_schema,
        optional=lambda schema: schema,  # an optional key is left out, never null
        record=partial(record_schema, rules=rules),
    )
    return value_schema(kind, dialect) | rule.bounds


def record_schema(kind: type, rules: KeyRules, *given: str) -> JsonSchema:
    """Return the schema of a dataclass, without the fields in `given`, which are not read from the file."""
    wanted = {key: rest for key, rest in keys_of(kind).items() if key not in given}
    values = {key: editor_schema(of, rules, rules.get((kind, key), NO_KEY_RULE)) for key, (of, _) in wanted.items()}
    properties = explained_properties(values, {key: of for key, (of, _) in wanted.items()})
    if kind is Relation:
        return relation_schema(properties)
    record = {
        "description": RECORD_SENTENCES[kind],
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "required": [key for key, (_, needed) in wanted.items() if needed],
    }
    return {"anyOf": [values[SHORT_FORMS[kind]], record]} if kind in SHORT_FORMS else record


def relation_schema(properties: Mapping[str, JsonSchema]) -> JsonSchema:
    """Return the schema of `{<type>: <paper id>, because: <sentence>}`: exactly two keys, of which one is the type."""
    types = {key: {**properties["to"], "description": words} for key, words in RELATION_SENTENCES.items()}
    return {
        "type": "object",
        "properties": {**types, "because": properties["because"]},
        "additionalProperties": False,
        "required": ["because"],
        "minProperties": 2,
        "maxProperties": 2,
    }


def choice_schema(words: Sequence[str]) -> JsonSchema:
    """Return the schema of one string out of a closed set."""
    return {"type": "string", "enum": list(words), "errorMessage": f"Expected one of {', '.join(words)}"}


def integer_schema(bounds: range) -> JsonSchema:
    """Return the schema of a whole number, with or without quotes."""
    return {
        "type": ["integer", "string"],
        "minimum": bounds[0],
        "maximum": bounds[-1],
        "pattern": ecma_pattern("[0-9]{1,9}", SPACES_AROUND),
        "errorMessage": f"Expected a whole number from {bounds[0]} to {bounds[-1]}",
    }


def text_schema(form: TextFormat) -> JsonSchema:
    """Return the schema of a string; without quotes, YAML may read it as a number or a boolean."""
    numeric, boolean = (
        any(re.fullmatch(form.pattern, word) for word in words) for words in (NUMBER_LIKE_TEXTS, BOOLEAN_LIKE_TEXTS)
    )
    plain = {
        "type": ["string", "number"] if numeric else "string",
        "pattern": ecma_pattern(form.pattern, SPACES_AROUND),
        "maxLength": form.longest,
        "errorMessage": f"Expected {form.expected}, of at most {form.longest:,} characters",
    }
    return {"anyOf": [plain, {"not": {"type": [*NON_BOOLEAN_TYPES]}}]} if boolean else plain

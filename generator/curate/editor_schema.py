"""The library in; JSON Schemas out, by which an editor completes, explains and checks what a curator writes.

Keys and types come from the model's annotations, by the reader's own two functions, so that model, reader and schema
cannot disagree; `KEY_RULES` add what `checks/` asks of one file. A schema never refuses what the checker
takes, but for two spellings: a text that is `null` or `~` needs quotes, and an id of the list has no spaces around it
within quotes. Draft 7 is what editors know longest. The schemas' shape is what YAML's language server completes best:
a type wherever there is a key, but no `boolean` among types and no `examples`, since it offers those as values.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, is_dataclass
from typing import Any, Literal, cast

from generator.checks.rules import KEY_DEPENDENCIES
from generator.content.model import (
    RELATION_TYPES,
    Category,
    Facet,
    Id,
    Library,
    Links,
    Paper,
    ReadingPath,
    Relation,
    Site,
    Standard,
    Step,
    Term,
    TextFormat,
    Venue,
    text_format,
)
from generator.content.reader import keys_of, origin_and_arguments
from generator.output.json_text import indented_json

ContentSchema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class KeyRule:
    """What the list asks of a key: ids out of one of its own lists, and bounds on how many values there are."""

    ids: str = ""
    bounds: ContentSchema = field(default_factory=dict)


KeyRules = Mapping[tuple[type, str], KeyRule]

CONTENT_SCHEMA_DRAFT = "http://json-schema.org/draft-07/schema#"
NO_KEY_RULE = KeyRule()
NON_BOOLEAN_TYPES = ("string", "number", "array", "object", "null")  # all types of JSON but the boolean
MAX_ENUM_IDS = 2000  # ids that an editor can list; beyond them it checks only their form
NUMBER_LIKE_TEXTS = ("7", "2017", "1701.07875")  # texts that YAML takes for numbers
BOOLEAN_LIKE_TEXTS = ("true", "false", "True", "False", "TRUE", "FALSE")
NON_STRING_ID_PATTERN = re.compile(
    r"\d+|\d+e-?\d+|0x[0-9a-f]+|0o[0-7]+|true|false|null"
)  # ids that YAML takes for something else
REGEX_TOKEN_PATTERN = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|\.")  # of a pattern: an escape, a class, or any character
LIFECYCLE_DESCRIPTIONS = {
    "replaces": "Ids that it had or took over; their addresses lead on to it, and feeds know it by the first.",
    "retired": "Why it was taken off the list, and what to use instead.",
}
KEY_DESCRIPTIONS: Mapping[type, Mapping[str, str]] = {
    Paper: {
        "title": "The paper's title.",
        "published_title": "The title under which the venue published it, where that is another.",
        "authors": "Its authors in the paper's order, each with the full name.",
        "category": "The one shelf on which it stands: an id from categories.yml.",
        "abstract": r"The abstract as published. TeX between \( \), \[ \] or $ $ is set as mathematics.",
        "aliases": "What else readers call it, its method, its model or its data.",
        "arxiv": "Its arXiv id without a version, such as 1701.07875.",
        "arxiv_class": "Its primary subject class on arXiv, such as stat.ML. Citations of preprints name it.",
        "doi": "Its DOI, such as 10.1145/3528223.3530164.",
        "acl_anthology": "Its ACL Anthology id, such as 2023.acl-long.522.",
        "published": "When its first version became public: a day, a month or a year, such as 2017-01-26.",
        "added": "The day on which the entry came on the list, such as 2026-11-24. Feeds and the sitemap go by it.",
        "revised": "The day of its last change that is worth telling those who follow the feeds.",
        "venue": "Where it was published.",
        "links": "Web addresses of what comes with it.",
        "tags": "What it is about: ids of terms from vocabulary.yml.",
        "summary": "What it does, in one or two plain sentences of your own.",
        "why": "Why it is on the list.",
        "questions": "Questions that it answers, as a newcomer would ask them.",
        "relations": "How it stands to other papers of the list. Each relation shows on both papers' pages.",
        **LIFECYCLE_DESCRIPTIONS,
    },
    Venue: {
        "name": "The short name of the conference or journal, such as ICML.",
        "year": "The year of the volume, such as 2017.",
        "track": "What kind of venue it is.",
    },
    Links: {
        "code": "The web address of its code.",
        "project": "The web address of its project page.",
    },
    Relation: {
        "extends": "The earlier paper whose method this one takes further.",
        "uses": "The paper whose model, method or data this one works with.",
        "evaluates": "The paper whose claim or method this one tests.",
        "surveys": "The paper that this one describes among others.",
        "contrasts": "The paper that sees the matter from another side.",
        "competes": "The paper that solves the same problem in another way. Write it in one of the two files.",
        "because": "The reason, in a sentence that names both sides, since it shows on both pages.",
    },
    Facet: {
        "id": "Its id in addresses: lower-case letters, digits and hyphens.",
        "name": "Its name, as readers see it.",
        "description": "The question about a paper that its terms answer.",
        "terms": "Its terms, in the order in which they are shown.",
    },
    Term: {
        "id": "Its id in addresses and in the papers' tags.",
        "name": "Its name in the field's words.",
        "definition": "What it means, in a sentence.",
        "scope": "When to use it, and what tells it from terms that are easily confused with it.",
        "aliases": "What else readers may call it. Search knows these names.",
        "parent": "The id of the wider term in the same facet.",
        "related": "Ids of terms that are near to it.",
        **LIFECYCLE_DESCRIPTIONS,
        "retired": "Why no paper may carry it anymore, and what to use instead.",
    },
    Category: {
        "id": "Its id in addresses, and in the papers' category.",
        "name": "Its name, as readers see it.",
        "summary": "What stands on this shelf, in a sentence.",
        "introduction": "An introduction to the shelf. [[paper-id]] or [[paper-id|words]] becomes a link to a paper.",
        **LIFECYCLE_DESCRIPTIONS,
    },
    ReadingPath: {
        "name": "Its name, as readers see it.",
        "summary": "What the path is about, in a sentence.",
        "readers": "For whom it is.",
        "assumes": "What they know already.",
        "outcome": "What they can do at the end.",
        "steps": "Its papers, in the order in which to read them.",
    },
    Step: {
        "paper": "The id of the paper.",
        "because": "Why it comes here.",
    },
    Site: {
        "name": "The name of the list.",
        "tagline": "What the list is, in a line.",
        "introduction": "What the home page says first.",
        "start": "Ids of the papers where a newcomer should begin, in this order.",
        "paths": "Ids of the reading paths, in the order in which they are offered.",
        "standard": "What each entry must have.",
        "repository": "The web address of the repository where entries are edited.",
        "branch": "The branch on which they are edited.",
        "address": "The web address of the site.",
    },
    Standard: {
        "tags_least": "The fewest tags that an entry may have.",
        "tags_most": "The most tags that an entry may have.",
        "facets": "From how many facets its tags must come, at the least.",
        "texts": "Texts that each entry must have.",
    },
}


KEY_RULES: KeyRules = {
    **{(kind, "replaces"): KeyRule(bounds={"uniqueItems": True}) for kind in (Paper, Term, Category)},
    (Paper, "authors"): KeyRule(bounds={"minItems": 1, "uniqueItems": True}),
    (Paper, "category"): KeyRule("category"),
    (Paper, "relations"): KeyRule(bounds={"uniqueItems": True}),
    (Relation, "to"): KeyRule("paper"),
    (Term, "parent"): KeyRule("term"),
    (Term, "related"): KeyRule("term"),
    (ReadingPath, "steps"): KeyRule(bounds={"minItems": 2, "uniqueItems": True}),
    (Step, "paper"): KeyRule("paper"),
    (Site, "start"): KeyRule("paper"),
    (Site, "paths"): KeyRule("path"),
}


def content_schemas(library: Library) -> dict[str, str]:
    """The schema of each kind of file as JSON, by its name such as `paper.json`."""
    papers = id_schema({paper.id: paper.title for paper in library.papers}, "a paper on the list")
    paths = id_schema({path.id: path.name for path in library.paths}, "a reading path")
    shelves = id_schema({shelf.id: f"{shelf.name}: {shelf.summary}" for shelf in library.shelves}, "a category in use")
    terms = id_schema(term_descriptions(library.terms), "a term")
    tags = id_schema(term_descriptions(term for term in library.terms if not term.retired), "a term in use")
    return {
        "paper.json": schema_text(paper_schema(library.site.standard), paper=papers, category=shelves, tag=tags),
        "path.json": schema_text(dataclass_schema(ReadingPath, KEY_RULES, "id"), paper=papers),
        "vocabulary.json": schema_text(value_schema(tuple[Facet, ...], KEY_RULES), term=terms),
        "categories.json": schema_text(value_schema(tuple[Category, ...], KEY_RULES)),
        "site.json": schema_text(dataclass_schema(Site, KEY_RULES), paper=papers, path=paths),
    }


def schema_comment(name: str) -> str:
    """The comment that tells an editor the schema of a file of `content/`, such as `papers/atman.yml`."""
    folder, _, file = name.rpartition("/")
    kind = {"papers": "paper", "paths": "path"}.get(folder, file.removesuffix(".yml"))
    return f"# yaml-language-server: $schema={'../' * (name.count('/') + 1)}build/schema/{kind}.json"


def schema_text(whole: ContentSchema, **definitions: ContentSchema) -> str:
    """A schema's text, with the lists of ids that it refers to."""
    return indented_json({"$schema": CONTENT_SCHEMA_DRAFT, **whole, "definitions": definitions})


def paper_schema(standard: Standard) -> ContentSchema:
    """An entry's schema, by which one that is no longer on the list owes nothing beyond what the reader asks."""
    least = max(standard.tags_least, standard.facets)
    counted = {"minItems": least, "maxItems": standard.tags_most, "uniqueItems": True}
    listed = dataclass_schema(Paper, {**KEY_RULES, (Paper, "tags"): KeyRule("tag", counted)}, "id")
    owed = dict.fromkeys([*listed["required"], *filter(None, standard.texts), *(["tags"] if least else [])])
    return {
        "type": "object",
        "if": {"required": ["retired"]},
        "then": dataclass_schema(Paper, {}, "id"),
        "else": {
            **listed,
            "required": list(owed),
            "dependencies": {key: [other] for key, other in KEY_DEPENDENCIES.items()},
        },
    }


def term_descriptions(terms: Iterable[Term]) -> dict[str, str]:
    """What each term means, by its id."""
    return {term.id: f"{term.name}: {term.definition}" for term in terms}


def id_schema(entries: Mapping[str, str], what: str) -> ContentSchema:
    """One of these ids, each explained; any id where none could be read or there are more than `MAX_ENUM_IDS`."""
    entries = {name: words for name, words in entries.items() if name}
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


def value_schema(kind: Any, rules: KeyRules, rule: KeyRule = NO_KEY_RULE) -> ContentSchema:
    """What may stand in YAML for a value of this type."""
    origin, arguments = origin_and_arguments(kind)
    if origin is tuple:
        return {"type": "array", "items": value_schema(arguments[0], rules, rule), **rule.bounds}
    if origin is Relation:
        return relation_schema(rules)
    if origin is TextFormat:
        return {"$ref": f"#/definitions/{rule.ids}"} if rule.ids else text_schema(arguments[0])
    if is_dataclass(origin):
        return dataclass_schema(cast(type, origin), rules)
    if origin is Literal:
        return {"type": "string", "enum": list(arguments), "errorMessage": f"Expected one of {', '.join(arguments)}"}
    return integer_schema(arguments[0])


def dataclass_schema(kind: type, rules: KeyRules, *given: str) -> ContentSchema:
    """Keys and values of a dataclass, without the fields that do not come from the file."""
    wanted = {key: rest for key, rest in keys_of(kind).items() if key not in given}
    return {
        "description": " ".join((kind.__doc__ or "").split("\n\n")[0].split()),
        **object_schema(
            kind, {key: value_schema(of, rules, rules.get((kind, key), NO_KEY_RULE)) for key, (of, _) in wanted.items()}
        ),
        "required": [key for key, (_, needed) in wanted.items() if needed],
    }


def relation_schema(rules: KeyRules) -> ContentSchema:
    """`{<type>: <paper id>, because: <sentence>}`: of two keys that are no others, one is the type."""
    of = {
        key: value_schema(of, rules, rules.get((Relation, key), NO_KEY_RULE))
        for key, (of, _) in keys_of(Relation).items()
    }
    keys: dict[str, ContentSchema] = {**dict.fromkeys(RELATION_TYPES, of["to"]), "because": of["because"]}
    return {**object_schema(Relation, keys), "required": ["because"], "minProperties": 2, "maxProperties": 2}


def object_schema(kind: type, keys: Mapping[str, ContentSchema]) -> ContentSchema:
    """These keys and no others, each with the sentence that explains it."""
    sentences = KEY_DESCRIPTIONS.get(kind, {})
    explained = {key: {**of, "description": sentences[key]} if key in sentences else of for key, of in keys.items()}
    return {"type": "object", "properties": explained, "additionalProperties": False}


def integer_schema(bounds: range) -> ContentSchema:
    """A whole number, in quotes or not."""
    return {
        "type": ["integer", "string"],
        "minimum": bounds[0],
        "maximum": bounds[-1],
        "pattern": ecma_pattern("[0-9]{1,9}"),
        "errorMessage": f"Expected a whole number from {bounds[0]} to {bounds[-1]}",
    }


def text_schema(form: TextFormat) -> ContentSchema:
    """A text, which without quotes may look like a number or, to YAML, be a truth value."""
    numeric, boolean = (
        any(re.fullmatch(form.pattern, word) for word in words) for words in (NUMBER_LIKE_TEXTS, BOOLEAN_LIKE_TEXTS)
    )
    plain = {
        "type": ["string", "number"] if numeric else "string",
        "pattern": ecma_pattern(form.pattern),
        "errorMessage": f"Expected {form.expected}",
    }
    return {"anyOf": [plain, {"not": {"type": [*NON_BOOLEAN_TYPES]}}]} if boolean else plain


def ecma_pattern(pattern: str) -> str:
    """A pattern of the model in the words of ECMA-262, spaces around the text being let through as the reader does."""
    rest = pattern.removeprefix("(?s)")
    words = {".": r"[^\n]" if rest == pattern else r"[\s\S]", r"\Z": r"\s*$"}
    body = REGEX_TOKEN_PATTERN.sub(lambda token: words.get(token[0], token[0].replace(r"\"", '"')), rest)
    return rf"^\s*(?:{body})\s*$"

"""The library in; JSON Schemas out, by which an editor completes, explains and checks what a curator writes.

Keys and types come from the model's annotations, by the reader's own two functions, so that model, reader and schema
cannot disagree; `RULES` add what `check.py` asks, as far as one file shows it. A schema never refuses what the checker
takes, but for two spellings: a text that is `null` or `~` needs quotes, and an id of the list has no spaces around it
within quotes. Draft 7 is what editors know longest. The schemas' shape is what YAML's language server completes best:
a type wherever there is a key, but no `boolean` among types and no `examples`, since it offers those as values.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, is_dataclass
from typing import Any, Literal, cast

from generator.check import NEEDS
from generator.model import (
    RELATION_TYPES,
    Category,
    Facet,
    Format,
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
    Venue,
    form,
)
from generator.read import schema, shape

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """What the list asks of a key: ids out of one of its own lists, and bounds on how many values there are."""

    ids: str = ""
    bounds: Schema = field(default_factory=dict)


Rules = Mapping[tuple[type, str], Rule]

DRAFT = "http://json-schema.org/draft-07/schema#"
NO_RULE = Rule()
OTHERS = ("string", "number", "array", "object", "null")  # all types of JSON but the boolean
MOST = 2000  # ids that an editor can list; beyond them it checks only their form
NUMBERS = ("7", "2017", "1701.07875")  # texts that YAML takes for numbers
BOOLEANS = ("true", "false", "True", "False", "TRUE", "FALSE")
NO_STRING = re.compile(r"\d+|\d+e-?\d+|0x[0-9a-f]+|0o[0-7]+|true|false|null")  # ids that YAML takes for something else
TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|\.")  # of a pattern: an escape, a class, or any character
GONE = {
    "replaces": "Ids that it had or took over; their addresses lead on to it, and feeds know it by the first.",
    "retired": "Why it was taken off the list, and what to use instead.",
}
SENTENCES: Mapping[type, Mapping[str, str]] = {
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
        **GONE,
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
        **GONE,
        "retired": "Why no paper may carry it anymore, and what to use instead.",
    },
    Category: {
        "id": "Its id in addresses, and in the papers' category.",
        "name": "Its name, as readers see it.",
        "summary": "What stands on this shelf, in a sentence.",
        "introduction": "An introduction to the shelf. [[paper-id]] or [[paper-id|words]] becomes a link to a paper.",
        **GONE,
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


RULES: Rules = {
    **{(kind, "replaces"): Rule(bounds={"uniqueItems": True}) for kind in (Paper, Term, Category)},
    (Paper, "authors"): Rule(bounds={"minItems": 1, "uniqueItems": True}),
    (Paper, "category"): Rule("category"),
    (Paper, "relations"): Rule(bounds={"uniqueItems": True}),
    (Relation, "to"): Rule("paper"),
    (Term, "parent"): Rule("term"),
    (Term, "related"): Rule("term"),
    (ReadingPath, "steps"): Rule(bounds={"minItems": 2, "uniqueItems": True}),
    (Step, "paper"): Rule("paper"),
    (Site, "start"): Rule("paper"),
    (Site, "paths"): Rule("path"),
}


def schemas(library: Library) -> dict[str, str]:
    """The schema of each kind of file as JSON, by its name such as `paper.json`."""
    papers = known({paper.id: paper.title for paper in library.papers}, "a paper on the list")
    paths = known({path.id: path.name for path in library.paths}, "a reading path")
    shelves = known({shelf.id: f"{shelf.name}: {shelf.summary}" for shelf in library.shelves}, "a category in use")
    terms = known(described(library.terms), "a term")
    tags = known(described(term for term in library.terms if not term.retired), "a term in use")
    return {
        "paper.json": written(entry(library.site.standard), paper=papers, category=shelves, tag=tags),
        "path.json": written(record(ReadingPath, RULES, "id"), paper=papers),
        "vocabulary.json": written(value(tuple[Facet, ...], RULES), term=terms),
        "categories.json": written(value(tuple[Category, ...], RULES)),
        "site.json": written(record(Site, RULES), paper=papers, path=paths),
    }


def first_line(name: str) -> str:
    """The comment that tells an editor the schema of a file of `content/`, such as `papers/atman.yml`."""
    folder, _, file = name.rpartition("/")
    kind = {"papers": "paper", "paths": "path"}.get(folder, file.removesuffix(".yml"))
    return f"# yaml-language-server: $schema={'../' * (name.count('/') + 1)}build/schema/{kind}.json"


def written(whole: Schema, **definitions: Schema) -> str:
    """A schema's text, with the lists of ids that it refers to."""
    return json.dumps({"$schema": DRAFT, **whole, "definitions": definitions}, ensure_ascii=False, indent=1) + "\n"


def entry(standard: Standard) -> Schema:
    """An entry's schema, by which one that is no longer on the list owes nothing beyond what the reader asks."""
    least = max(standard.tags_least, standard.facets)
    counted = {"minItems": least, "maxItems": standard.tags_most, "uniqueItems": True}
    listed = record(Paper, {**RULES, (Paper, "tags"): Rule("tag", counted)}, "id")
    owed = dict.fromkeys([*listed["required"], *filter(None, standard.texts), *(["tags"] if least else [])])
    return {
        "type": "object",
        "if": {"required": ["retired"]},
        "then": record(Paper, {}, "id"),
        "else": {**listed, "required": list(owed), "dependencies": {key: [other] for key, other in NEEDS.items()}},
    }


def described(terms: Iterable[Term]) -> dict[str, str]:
    """What each term means, by its id."""
    return {term.id: f"{term.name}: {term.definition}" for term in terms}


def known(entries: Mapping[str, str], what: str) -> Schema:
    """One of these ids, each explained; any id where none could be read or there are more than `MOST`."""
    entries = {name: words for name, words in entries.items() if name}
    if not 0 < len(entries) <= MOST:
        return text(form(Id))
    listed = {
        "type": "string",
        "enum": list(entries),
        "enumDescriptions": list(entries.values()),
        "errorMessage": f"Expected the id of {what}",
    }
    if any(NO_STRING.fullmatch(name) for name in entries):
        return {"anyOf": [listed, {"type": ["number", "boolean", "null"]}]}
    return listed


def value(kind: Any, rules: Rules, rule: Rule = NO_RULE) -> Schema:
    """What may stand in YAML for a value of this type."""
    origin, arguments = shape(kind)
    if origin is tuple:
        return {"type": "array", "items": value(arguments[0], rules, rule), **rule.bounds}
    if origin is Relation:
        return relation(rules)
    if origin is Format:
        return {"$ref": f"#/definitions/{rule.ids}"} if rule.ids else text(arguments[0])
    if is_dataclass(origin):
        return record(cast(type, origin), rules)
    if origin is Literal:
        return {"type": "string", "enum": list(arguments), "errorMessage": f"Expected one of {', '.join(arguments)}"}
    return number(arguments[0])


def record(kind: type, rules: Rules, *given: str) -> Schema:
    """Keys and values of a dataclass, without the fields that do not come from the file."""
    wanted = {key: rest for key, rest in schema(kind).items() if key not in given}
    return {
        "description": " ".join((kind.__doc__ or "").split("\n\n")[0].split()),
        **keyed(kind, {key: value(of, rules, rules.get((kind, key), NO_RULE)) for key, (of, _) in wanted.items()}),
        "required": [key for key, (_, needed) in wanted.items() if needed],
    }


def relation(rules: Rules) -> Schema:
    """`{<type>: <paper id>, because: <sentence>}`: of two keys that are no others, one is the type."""
    of = {key: value(of, rules, rules.get((Relation, key), NO_RULE)) for key, (of, _) in schema(Relation).items()}
    keys: dict[str, Schema] = {**dict.fromkeys(RELATION_TYPES, of["to"]), "because": of["because"]}
    return {**keyed(Relation, keys), "required": ["because"], "minProperties": 2, "maxProperties": 2}


def keyed(kind: type, keys: Mapping[str, Schema]) -> Schema:
    """These keys and no others, each with the sentence that explains it."""
    sentences = SENTENCES.get(kind, {})
    explained = {key: {**of, "description": sentences[key]} if key in sentences else of for key, of in keys.items()}
    return {"type": "object", "properties": explained, "additionalProperties": False}


def number(bounds: range) -> Schema:
    """A whole number, in quotes or not."""
    return {
        "type": ["integer", "string"],
        "minimum": bounds[0],
        "maximum": bounds[-1],
        "pattern": ecma("[0-9]{1,9}"),
        "errorMessage": f"Expected a whole number from {bounds[0]} to {bounds[-1]}",
    }


def text(form: Format) -> Schema:
    """A text, which without quotes may look like a number or, to YAML, be a truth value."""
    numeric, boolean = (any(re.fullmatch(form.pattern, word) for word in words) for words in (NUMBERS, BOOLEANS))
    plain = {
        "type": ["string", "number"] if numeric else "string",
        "pattern": ecma(form.pattern),
        "errorMessage": f"Expected {form.expected}",
    }
    return {"anyOf": [plain, {"not": {"type": [*OTHERS]}}]} if boolean else plain


def ecma(pattern: str) -> str:
    """A pattern of the model in the words of ECMA-262, spaces around the text being let through as the reader does."""
    rest = pattern.removeprefix("(?s)")
    words = {".": r"[^\n]" if rest == pattern else r"[\s\S]", r"\Z": r"\s*$"}
    body = TOKEN.sub(lambda token: words.get(token[0], token[0].replace(r"\"", '"')), rest)
    return rf"^\s*(?:{body})\s*$"

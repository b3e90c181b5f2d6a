"""JSON Schema generated from the model's annotations, for the API's files and for editors.

`value_schema` walks a type. A `SchemaDialect` covers the points on which the two kinds of schema differ: strings,
numbers, enumerations, optional values, and objects.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from generator.content.model import Limit, TextFormat

JsonSchema = dict[str, Any]
JSON_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}


@dataclass(frozen=True, slots=True)
class SchemaDialect:
    """How one kind of schema describes each kind of value; `optional` gets the schema of the value without None."""

    text: Callable[[TextFormat], JsonSchema]
    number: Callable[[range], JsonSchema]
    choice: Callable[[Sequence[str]], JsonSchema]
    optional: Callable[[JsonSchema], JsonSchema]
    record: Callable[[Any], JsonSchema]


def value_schema(kind: Any, dialect: SchemaDialect) -> JsonSchema:
    """Return the schema of a value of an annotated type; annotations such as `("minimum", 0)` are copied into it."""
    inner, notes = inner_type(kind)
    return bare_schema(inner, notes, dialect) | dict(note for note in notes if isinstance(note, tuple))


def bare_schema(inner: Any, notes: Sequence[object], dialect: SchemaDialect) -> JsonSchema:
    """Return the schema of a value of a type without annotations, using the formats among `notes`."""
    members = get_args(inner)
    form = next((note for note in notes if isinstance(note, TextFormat | range)), None)
    if NoneType in members:
        return dialect.optional(value_schema(members[0], dialect))
    if isinstance(form, TextFormat):
        return dialect.text(form)
    if isinstance(form, range):
        return dialect.number(form)
    if get_origin(inner) in (tuple, Sequence):
        return {"type": "array", "items": value_schema(members[0], dialect)} | limit_schema("maxItems", notes)
    if get_origin(inner) is Mapping:
        keys, values = (value_schema(member, dialect) for member in members)
        limit = limit_schema("maxProperties", notes)
        return {"type": "object", "propertyNames": keys, "additionalProperties": values, **limit}
    if get_origin(inner) is Literal:
        return dialect.choice(members)
    return {"type": JSON_TYPES[inner]} if inner in JSON_TYPES else dialect.record(inner)


def limit_schema(key: str, notes: Sequence[object]) -> JsonSchema:
    """Return the schema of a list's or mapping's limit, if there is one among `notes`."""
    return next(({key: note.most} for note in notes if isinstance(note, Limit)), {})


def inner_type(kind: Any) -> tuple[Any, tuple[object, ...]]:
    """Return a type without its annotations, and the annotations."""
    notes = getattr(kind, "__metadata__", ())
    return (kind.__origin__, notes) if notes else (kind, ())


def sentence(kind: Any) -> str:
    """Return the sentence that describes an annotated type, or an empty string."""
    return next((note for note in reversed(inner_type(kind)[1]) if isinstance(note, str)), "")


@cache
def field_types(kind: type) -> Mapping[str, Any]:
    """Return the annotated type of each field of a class, by name."""
    return get_type_hints(kind, include_extras=True)


def explained_properties(schemas: Mapping[str, JsonSchema], types: Mapping[str, Any]) -> JsonSchema:
    """Return the schemas of an object's fields, each with the description from the field's type."""
    return {
        name: {**schema, **({"description": words} if (words := sentence(types[name])) else {})}
        for name, schema in schemas.items()
    }

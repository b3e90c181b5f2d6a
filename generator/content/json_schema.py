"""The model's annotations in; JSON Schema out, for the API's files and for editors.

`value_schema` walks a type. A `SchemaDialect` says what the two kinds of schema put differently: a text, a number, a
word of a closed set, a value that may be missing, and an object.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from generator.content.model import TextFormat

JsonSchema = dict[str, Any]
JSON_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}


@dataclass(frozen=True, slots=True)
class SchemaDialect:
    """How a kind of schema describes each kind of value; `optional` takes the schema of a value that may be missing."""

    text: Callable[[TextFormat], JsonSchema]
    number: Callable[[range], JsonSchema]
    choice: Callable[[Sequence[str]], JsonSchema]
    optional: Callable[[JsonSchema], JsonSchema]
    record: Callable[[Any], JsonSchema]


def value_schema(kind: Any, dialect: SchemaDialect) -> JsonSchema:
    """Return the schema of a value of a type; an annotation such as `("minimum", 0)` is part of it as it stands."""
    inner, notes = inner_type(kind)
    return bare_schema(inner, notes, dialect) | dict(note for note in notes if isinstance(note, tuple))


def bare_schema(inner: Any, notes: Sequence[object], dialect: SchemaDialect) -> JsonSchema:
    """Return the schema of a value of a type without annotations, given the formats among these notes."""
    members = get_args(inner)
    form = next((note for note in notes if isinstance(note, TextFormat | range)), None)
    if NoneType in members:
        return dialect.optional(value_schema(members[0], dialect))
    if isinstance(form, TextFormat):
        return dialect.text(form)
    if isinstance(form, range):
        return dialect.number(form)
    if get_origin(inner) in (tuple, Sequence):
        return {"type": "array", "items": value_schema(members[0], dialect)}
    if get_origin(inner) is Mapping:
        keys, values = (value_schema(member, dialect) for member in members)
        return {"type": "object", "propertyNames": keys, "additionalProperties": values}
    if get_origin(inner) is Literal:
        return dialect.choice(members)
    return {"type": JSON_TYPES[inner]} if inner in JSON_TYPES else dialect.record(inner)


def inner_type(kind: Any) -> tuple[Any, tuple[object, ...]]:
    """Return a type without its annotations, and the annotations."""
    notes = getattr(kind, "__metadata__", ())
    return (kind.__origin__, notes) if notes else (kind, ())


def sentence(kind: Any) -> str:
    """Return the sentence that explains an annotated type, or an empty text."""
    return next((note for note in reversed(inner_type(kind)[1]) if isinstance(note, str)), "")


@cache
def field_types(kind: type) -> Mapping[str, Any]:
    """Return the annotated type of each field of a class."""
    return get_type_hints(kind, include_extras=True)


def explained_properties(schemas: Mapping[str, JsonSchema], types: Mapping[str, Any]) -> JsonSchema:
    """Return the schemas of an object's fields, each with the sentence that explains the field's type."""
    return {
        name: {**schema, **({"description": words} if (words := sentence(types[name])) else {})}
        for name, schema in schemas.items()
    }

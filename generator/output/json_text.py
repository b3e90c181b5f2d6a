"""JSON in the four layouts that the site's files use."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

JSON_LINE_ENCODER = json.JSONEncoder(ensure_ascii=False)
COMPACT_JSON_ENCODER = msgspec.json.Encoder()


def encode_json(value: object) -> str:
    """Return a value as JSON on one line, with a space after commas and colons so that YAML can read it."""
    return JSON_LINE_ENCODER.encode(value)


def compact_json(value: object) -> str:
    """Return a value as JSON without whitespace, for files that programs read."""
    return COMPACT_JSON_ENCODER.encode(value).decode()


def indented_json(value: object) -> str:
    """Return a value as indented JSON, for small files that people read too."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def json_array(items: Iterable[str]) -> str:
    """Return JSON texts as an array with one item per line, so that large files can be read and diffed line by line."""
    return f"[\n{lines}\n]\n" if (lines := ",\n".join(items)) else "[]\n"


def drop_empty_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the items whose value is truthy; this drops None and empty values, but also False and 0."""
    return {key: value for key, value in values.items() if value}

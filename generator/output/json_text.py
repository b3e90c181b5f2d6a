"""Values in; JSON out, in the four layouts that the site's files have."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

JSON_LINE_ENCODER = json.JSONEncoder(ensure_ascii=False)
COMPACT_JSON_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def encode_json(value: object) -> str:
    """A value on one line, with a space after each comma and colon; YAML reads it too."""
    return JSON_LINE_ENCODER.encode(value)


def compact_json(value: object) -> str:
    """A value without any space, for files that only browsers read."""
    return COMPACT_JSON_ENCODER.encode(value)


def indented_json(value: object) -> str:
    """A small file that people read too."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def json_array(items: Iterable[str]) -> str:
    """JSON texts as an array, one to a line, so that large files can be read and compared line by line."""
    return f"[\n{lines}\n]\n" if (lines := ",\n".join(items)) else "[]\n"


def drop_empty_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that say something: without None, empty text and empty collections, but also without false and 0."""
    return {key: value for key, value in values.items() if value}

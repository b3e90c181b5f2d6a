"""Records that services answer with, as JSON whose form is not trusted: a value of another type is as good as none."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from generator.curate.http import HttpFailure, ServiceConnection, status_text
from generator.curate.importers.latex import repair_line
from generator.curate.importers.markup import markup_to_text
from generator.curate.importers.plain_text import printable_line, quote_found_text, response_start

JsonRecord = Mapping[str, Any]
ReadT = TypeVar("ReadT")


def read_json_answer(
    connection: ServiceConnection, path: str, expected: str, read: Callable[[Any], ReadT]
) -> ReadT | str | None:
    """Return what a function makes of a service's answer, None if it has none, or why there is none.

    `expected` names what the answer should be. The function may raise whatever a value of the wrong type raises.
    """
    answer = connection.answer(path)
    if isinstance(answer, HttpFailure):
        return answer.words
    name = connection.service.name
    if answer.status == 404:
        return None
    if answer.status != 200:
        return f"{name} answered {status_text(answer.status)}"
    try:
        return read(json.loads(answer.body))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        start = quote_found_text(response_start(answer.body))
        return f"{name}'s answer cannot be read: expected {expected} as JSON, {start}"


def mapping_at(record: JsonRecord, key: str) -> JsonRecord:
    """Return the mapping under a key, or an empty one."""
    value = record.get(key)
    return value if isinstance(value, dict) else {}


def mappings_at(record: JsonRecord, key: str) -> list[JsonRecord]:
    """Return the mappings in the list under a key."""
    value = record.get(key)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def texts_at(record: JsonRecord, key: str) -> list[str]:
    """Return the string or strings under a key, each on one line without markup."""
    value = record.get(key)
    lines = (
        repair_line(printable_line(markup_to_text(text)))
        for text in (value if isinstance(value, list) else [value])
        if isinstance(text, str)
    )
    return [text for text in lines if text]

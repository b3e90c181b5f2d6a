"""Tables of all keys of the content files, generated from the model for `content/README.md`.

Each table is written between two comments, such as `<!-- table of papers -->` and `<!-- end of table -->`;
`with_current_tables` replaces the text between them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from typing import Any, Literal, cast

from generator.content.json_schema import sentence
from generator.content.model import (
    RELATION_SENTENCES,
    SHORT_FORMS,
    Category,
    Facet,
    JudgedPaper,
    JudgedQuery,
    KnownVenue,
    Paper,
    Person,
    ReadingPath,
    Relation,
    Site,
    TextFormat,
)
from generator.content.page_markup import (
    BLOCK_ELEMENTS,
    ELEMENT_ATTRIBUTES,
    GLOBAL_ATTRIBUTES,
    PART_PLACES,
    PHRASE_ELEMENTS,
)
from generator.content.reader import keys_of, length_limit, origin_and_arguments

TABLE_KINDS: Mapping[str, type] = {
    "papers": Paper,
    "categories": Category,
    "vocabulary": Facet,
    "paths": ReadingPath,
    "people": Person,
    "venues": KnownVenue,
    "site": Site,
    "search": JudgedQuery,
    "related": JudgedPaper,
}
FILE_NAME_KEYS = ((Paper, "id"), (ReadingPath, "id"))  # taken from the file's name, not from a key in the file
TABLE_PATTERN = re.compile(r"(<!-- table of (\w+) -->\n).*?(<!-- end of table -->)", re.DOTALL)
MARKUP_PATTERN = re.compile(r"`[^`|\n]+`|[\\`*_\[\]<|$]")  # a code span as a whole, or a sign of markup


def with_current_tables(text: str) -> str:
    """Return a Markdown text with each table between its comments regenerated from the model."""
    tables = {name: key_table(kind) for name, kind in TABLE_KINDS.items()} | {
        "values": format_table(),
        "markup": markup_table(),
    }
    return TABLE_PATTERN.sub(lambda found: f"{found[1]}\n{tables[found[2]]}\n{found[3]}", text)


def key_table(kind: type) -> str:
    """Return the Markdown table of a file's keys."""
    return "".join(["| Key | Value | Meaning |\n|---|---|---|\n", *key_rows(kind)])


def format_table() -> str:
    """Return the Markdown table of the formats that strings and numbers in the content files must have."""
    forms = dict.fromkeys(form for kind in TABLE_KINDS.values() for form in text_formats(kind))
    rows = (f"| {form.name} | {escape_markup_signs(form.expected)} | {form.longest:,} characters |\n" for form in forms)
    return "".join(["| Value | What it looks like | At most |\n|---|---|---|\n", *rows])


def markup_table() -> str:
    """Return the Markdown table of the HTML elements and attributes that hand-written pages may use."""
    kinds = {
        "elements within a line": PHRASE_ELEMENTS,
        "blocks": BLOCK_ELEMENTS,
        "parts of blocks": PART_PLACES,
        "attributes of every element": GLOBAL_ATTRIBUTES,
    } | {f"attributes of `{name}`": attributes for name, attributes in ELEMENT_ATTRIBUTES.items()}
    rows = (f"| {kind} | {', '.join(f'`{name}`' for name in sorted(names))} |\n" for kind, names in kinds.items())
    return "".join(["| What | Allowed |\n|---|---|\n", *rows])


def text_formats(kind: Any) -> Iterator[TextFormat]:
    """Return the formats of all strings within a value of this type."""
    origin, arguments = origin_and_arguments(kind)
    if origin is TextFormat:
        yield arguments[0]
    elif origin in (tuple, Mapping):
        for inner in arguments:
            yield from text_formats(inner)
    elif is_dataclass(origin):
        for of, _ in keys_of(cast(type, origin)).values():
            yield from text_formats(of)


def key_rows(kind: type, before: str = "") -> Iterator[str]:
    """Return a row for each key of a class, each followed by the rows of its nested keys."""
    for key, (of, needed) in keys_of(kind).items():
        if (kind, key) in FILE_NAME_KEYS:
            continue
        origin, arguments = origin_and_arguments(of)
        inner, after = (arguments[0], "[].") if origin is tuple else (of, ".")
        yield key_row(f"{before}{key}", of, sentence(of), needed)
        yield from rows_within(inner, f"{before}{key}{after}")


def key_row(name: str, of: Any, words: str, required: bool) -> str:
    """Return the table row for a key."""
    return f"| `{name}`{' (required)' if required else ''} | {value_words(of)} | {escape_markup_signs(words)} |\n"


def rows_within(kind: Any, before: str) -> Iterator[str]:
    """Return the rows of the keys nested in a value of this type."""
    origin, _ = origin_and_arguments(kind)
    if origin is Relation:
        to, because = (keys_of(Relation)[key][0] for key in ("to", "because"))
        for key, words in RELATION_SENTENCES.items():
            yield key_row(f"{before}{key}", to, words, required=False)
        yield key_row(f"{before}because", because, sentence(because), required=True)
    elif is_dataclass(origin) and origin is not TextFormat:
        yield from key_rows(cast(type, origin), before)


def value_words(kind: Any) -> str:
    """Return a description of the values of this type."""
    origin, arguments = origin_and_arguments(kind)
    if origin is TextFormat:
        return str(arguments[0].name)
    if origin is range:
        return f"number from {arguments[0][0]} to {arguments[0][-1]}"
    if origin is Literal:
        return ", ".join(f"`{word}`" for word in arguments)
    if origin in SHORT_FORMS:
        return f"{value_words(keys_of(origin)[SHORT_FORMS[origin]][0])}, or keys as below"
    if origin not in (tuple, Mapping):
        return "keys as below"
    most = f"at most {length_limit(kind).most:,}"
    if origin is Mapping:
        return f"{value_words(arguments[1])} by {value_words(arguments[0])}, {most}"
    inner, of = origin_and_arguments(arguments[0])
    words = value_words(arguments[0])
    items = f"{words}s" if inner is TextFormat else f"of {words}" if of else "items with keys as below"
    return f"list of {most} {items}"


def escape_markup_signs(text: str) -> str:
    """Return a sentence with its Markdown syntax escaped, except for code spans."""
    return MARKUP_PATTERN.sub(lambda found: found[0] if len(found[0]) > 1 else f"\\{found[0]}", text)

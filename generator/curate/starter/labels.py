"""What the keywords and groups of a library are called on the list: their names, and the ids made of them."""

import re
from collections.abc import Container, Iterable
from itertools import chain, count

from generator.content.model import Name
from generator.content.reader import valid_text
from generator.curate.importers.entries import MAX_ID_LENGTH, truncated_slug
from generator.curate.importers.plain_text import printable_line
from generator.site.addresses import address_fault

MAX_LABEL_LENGTH = 100  # characters
MAX_LEVELS = 10
LEVEL_SEPARATOR = re.compile(r"\s*(?:(?<![-=<>])>(?![=>])|::|(?<![<-])--(?![->])| — )\s*")
SURROUNDINGS = "\"'“”„«»*#,;:_ "  # no part of a label: quotes, the marks of MeSH and of hashtags
LabelLevels = tuple[str, ...]  # the parts of `a > b`, the widest first


def label_levels(text: str) -> LabelLevels:
    """Return the levels of a keyword or of a group's name, cleaned and without those that show nothing."""
    line = printable_line(text)
    parts = [part for part in LEVEL_SEPARATOR.split(line) if part]
    named = all(any(map(str.isalpha, part)) for part in parts)  # unlike p > 0.05
    return clean_labels(parts if named else [line])[:MAX_LEVELS]


def clean_labels(parts: Iterable[str]) -> LabelLevels:
    """Return labels as readers see them, each once, without those that show nothing."""
    return tuple(dict.fromkeys(filter(None, map(clean_label, parts))))


def clean_label(text: str) -> str:
    """Return a label as readers see it, or an empty string if they would see nothing."""
    label = text.strip(SURROUNDINGS)
    label = label.removesuffix(".") if label.count(".") == 1 else label
    return valid_text(Name, shortened_label(label if " " in label else label.replace("_", " "))) or ""


def shortened_label(label: str) -> str:
    """Return a label of at most `MAX_LABEL_LENGTH` characters, cut between two words if that leaves most of it."""
    if len(label) <= MAX_LABEL_LENGTH:
        return label
    start = label[: MAX_LABEL_LENGTH - 1]
    words = start.rpartition(" ")[0]
    return f"{words if len(words) > MAX_LABEL_LENGTH // 2 else start}…"


def unused_id(name: str, folder: str, taken: Container[str]) -> str:
    """Return an id made of a name that no entry has yet, and whose address in a folder such as `tags/` is free."""
    stem = truncated_slug(name, MAX_ID_LENGTH) or "x"
    ids = chain((stem,), (f"{stem}-{number}" for number in count(2)))
    return next(one for one in ids if one not in taken and not address_fault(f"{folder}{one}"))

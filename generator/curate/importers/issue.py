"""Read an issue that was created with one of the issue forms.

Each field of a form is a heading with the field's label, followed by its text. Only the labels in `KEYS_BY_LABEL` count
as headings; a label that appears twice, or belongs to the other form, is a problem, since somebody typed it into a
field.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml

from generator.checks.ids import id_validator
from generator.content.characters import clean_text
from generator.content.model import Library, Links, Paper, Problem, Venue
from generator.content.reader import YamlReader, keys_of
from generator.content.text import single_line

KEYS_BY_LABEL: Mapping[str, str] = {  # labels as in .github/ISSUE_TEMPLATE, with their keys
    "arXiv id, DOI, ISBN or address": "identifier",
    "arXiv id, DOI or address": "identifier",  # in issues of an older form
    "Title": "title",
    "Authors": "authors",
    "Abstract": "abstract",
    "Venue": "venue",
    "Code": "code",
    "Shelf": "category",
    "Tags": "tags",
    "Summary": "summary",
    "Why": "why",
    "Entry": "paper",
    "Paper": "paper",  # likewise
}
NO_RESPONSE = "_No response_"
LIST_KEYS = ("authors", "tags")
MULTILINE_KEYS = ("abstract", "why")
FORM_HEADING = re.compile(rf"^###\s+({'|'.join(map(re.escape, KEYS_BY_LABEL))})[ \t]*$", re.MULTILINE)
CODE_FENCE = re.compile(r"^```\w*\n(.*?)\n?```$", re.DOTALL)
VENUE_AND_YEAR = re.compile(r"([^\s,](?:.*[^ ,])?)[ ,]+((?:19|20)[0-9]{2})")
NULL_MARK = yaml.Mark("", 0, 0, 0, None, 0)


@dataclass(frozen=True, slots=True)
class Issue:
    """The content of an issue; `paper` is set if the issue is about a paper that is on the list."""

    paper: str = ""
    identifier: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    abstract: str = ""
    venue: str = ""
    code: str | None = None
    category: str = ""
    tags: tuple[str, ...] = ()
    summary: str | None = None
    why: str | None = None

    @property
    def complete(self) -> bool:
        """Whether the issue has everything that would be fetched otherwise."""
        return bool(self.title and self.authors and self.abstract)


def read_issue(text: str, file: str) -> tuple[Issue, list[Problem]]:
    """Return the content of an issue, and problems for whatever does not fit the model."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value, line in form_fields(clean_text(text.replace("\r\n", "\n"))):
        if key in values:
            problems.append(Problem(file, line, 1, f"{key}: this heading appears twice, so its meaning is not clear"))
        if key == "paper" and values:
            problems.append(Problem(file, line, 1, "paper: this heading belongs to the form for tags"))
        values[key], faults = parse_form_value(key, value)
        problems += [Problem(file, line, 1, f"{key}: {fault}") for fault in faults]
    said = Issue(**values)
    if not (problems or (said.tags if said.paper else said.identifier or said.title)):
        problems.append(
            Problem(file, 1, 1, "expected the text of a form, with an identifier, a title, or a paper and tags")
        )
    return said, problems


def with_known_ids(said: Issue, library: Library, file: str) -> tuple[Issue, list[Problem]]:
    """Return an issue without the category and tags that the list does not have, and a warning about each of them."""
    category_fault, tag_fault = id_validator(library.categories, "category"), id_validator(library.terms, "tag")
    faults = [category_fault(said.category), *map(tag_fault, said.tags)]
    known = replace(
        said,
        category="" if faults[0] else said.category,
        tags=tuple(tag for tag, fault in zip(said.tags, faults[1:], strict=True) if not fault),
    )
    return known, [Problem(file, 1, 1, f"left out: {fault}", warning=True) for fault in faults if fault]


def form_fields(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield the key, text, and starting line of each field that was filled in."""
    found = list(FORM_HEADING.finditer(text))
    ends = [heading.start() for heading in found[1:]] + [len(text)]
    for heading, end in zip(found, ends[: len(found)], strict=True):
        value = text[heading.end() : end]
        line = text.count("\n", 0, heading.end() + len(value) - len(value.lstrip())) + 1
        value = CODE_FENCE.sub(r"\1", value.strip()).strip()
        if value and value != NO_RESPONSE:
            yield KEYS_BY_LABEL[heading[1]], value, line


def parse_form_value(key: str, value: str) -> tuple[object, list[str]]:
    """Return a field's value in the type that the model requires, and what is wrong with it."""
    line = single_line(value)
    if key in ("identifier", "venue"):
        return line, []
    kind = keys_of(Links if key == "code" else Paper)["id" if key == "paper" else key][0]
    reader = YamlReader("")
    if key in LIST_KEYS:
        items = [string_node(item) for item in split_list(value)]
        node: yaml.Node = yaml.SequenceNode("tag:yaml.org,2002:seq", items, NULL_MARK, NULL_MARK)
    else:
        node = string_node(value if key in MULTILINE_KEYS else line)
    return reader.value(node, kind, ()), [problem.message for problem in reader.problems]


def string_node(value: str) -> yaml.Node:
    return yaml.ScalarNode("tag:yaml.org,2002:str", value, NULL_MARK, NULL_MARK)


def split_list(value: str) -> list[str]:
    """Return the items of a list: one line of YAML, one item per line, or items separated by semicolons or commas."""
    value = re.sub(r"^(?:tags|authors):\s*", "", value)
    inner = value[1:-1] if value.startswith("[") and value.endswith("]") else value
    between = next((each for each in ("\n", ";") if each in inner), r",|\band\b")
    return [
        item for item in (part.strip().removeprefix("- ").strip(" ,\"'") for part in re.split(between, inner)) if item
    ]


def paper_from_issue(said: Issue, base: Paper) -> Paper:
    """Return a paper with the values from the issue; values that the issue lacks are taken from `base`."""
    return replace(
        base,
        title=said.title or base.title,
        authors=said.authors or base.authors,
        abstract=said.abstract or base.abstract,
        venue=parse_venue(said.venue) or base.venue,
        links=replace(base.links, code=said.code or base.links.code),
        category=said.category,
        tags=said.tags,
        summary=said.summary,
        why=said.why,
    )


def parse_venue(text: str) -> Venue | None:
    """Return a text such as `ICML 2017` as a venue; the curator has to confirm its track."""
    found = VENUE_AND_YEAR.fullmatch(text)
    return Venue(found[1], int(found[2]), "conference") if found else None

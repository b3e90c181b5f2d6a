"""No key of the content format is forgotten: each affects its page, the page's twin, the API, and the CSV files, is
written by `add`, and is in the schemas for editors.

The list here is generated from the types of the model, so it has new keys automatically. If a key has no effect in one
of these places, a test fails, unless the exception is listed here with its reason.
"""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass, replace
from functools import cache
from typing import Any, Literal, cast

import pytest

from generator.content.model import (
    Address,
    AnthologyId,
    ArxivClass,
    ArxivId,
    Category,
    Date,
    Day,
    Doi,
    Facet,
    HexColor,
    IconFile,
    Isbn,
    Issn,
    Language,
    Library,
    Links,
    LogoFile,
    Paper,
    Question,
    ReadingPath,
    Share,
    Site,
    SourceMarks,
    Term,
    TextFormat,
    text_format,
)
from generator.content.reader import keys_of, origin_and_arguments, read_yaml
from generator.curate.editor_schema import content_schemas
from generator.curate.importers.entries import entry_yaml
from generator.related.relate import relate
from generator.site.render import render_site

EXAMPLES = {  # two values for each text format with a restricted form
    text_format(Address): ("https://example.org/one", "https://example.org/two"),
    text_format(Question): ("What is one?", "What is two?"),
    text_format(Date): ("2011-01-11", "2012-02-12"),
    text_format(Day): ("2021-01-11", "2022-02-12"),
    text_format(ArxivId): ("1101.00011", "1202.00012"),
    text_format(ArxivClass): ("stat.ML", "cs.LG"),
    text_format(Doi): ("10.1000/one", "10.1000/two"),
    text_format(Isbn): ("0-262-03384-4", "978-0-13-468599-1"),
    text_format(Issn): ("2049-3630", "1550-2376"),
    text_format(Language): ("en", "pt-BR"),
    text_format(Share): ("0.1", "0.2"),
    text_format(AnthologyId): ("P11-1111", "P12-1212"),
    text_format(HexColor): ("#113311", "#112211"),
    text_format(LogoFile): ("images/one.svg", "images/two.svg"),
    text_format(IconFile): ("images/one.svg", "images/two.svg"),
}
KeyPath = tuple[str, ...]


def keys(value: object) -> Mapping[str, tuple[Any, bool]]:
    """Return the keys of a value of the model."""
    return keys_of(cast(Any, type(value)))


def sample(kind: Any, second: bool = False) -> Any:
    """Return a first or second sample value of a type; ids are those of the list below."""
    origin, arguments = origin_and_arguments(kind)
    if origin is tuple:
        return (sample(arguments[0], second),)
    if origin is Mapping:
        return {sample(arguments[0], second): sample(arguments[1], second)}
    if origin is TextFormat:
        return EXAMPLES.get(arguments[0], ("sample", "second"))[second]
    if origin in (range, Literal):
        choices = arguments[0] if origin is range else arguments
        return choices[len(choices) // 2 * second]
    return cast(type, origin)(**{key: sample(of, second) for key, (of, _) in keys_of(cast(type, origin)).items()})


def changed(value: Any, path: KeyPath) -> Any:
    """Return a copy of a value with a different value of the same type at one path."""
    key, *within = path
    of, _ = keys(value)[key]
    old = getattr(value, key)
    if not within:
        return replace(value, **{key: sample(of, second=True)})
    inner = changed(old[0] if isinstance(old, tuple) else old, tuple(within))
    return replace(value, **{key: (inner, *old[1:]) if isinstance(old, tuple) else inner})


def paths_of(kind: Any, before: KeyPath = ()) -> list[KeyPath]:
    """Return the paths of all keys of a class, including nested ones."""
    found = []
    for key, (of, _) in keys_of(kind).items():
        origin, arguments = origin_and_arguments(of)
        inner, _ = origin_and_arguments(arguments[0]) if origin is tuple else (origin, ())
        nested = is_dataclass(inner) and inner is not TextFormat
        found += paths_of(inner, (*before, key)) if nested else [(*before, key)]
    return found


WITHOUT: Mapping[str, Any] = {"replaces": (), "retired": None}


@dataclass(frozen=True)
class Entries:
    """A list with one entry of each kind, with all keys except those of retired entries."""

    paper: Paper
    term: Term
    category: Category
    path: ReadingPath

    @property
    def library(self) -> Library:
        """Return the list, including everything that the samples refer to."""
        papers, terms, categories = (
            [replace(sample(kind), id=name, **WITHOUT, **bare) for name in ("sample", "second")]
            for kind, bare in ((Paper, {"relations": ()}), (Term, {"parent": None, "related": ()}), (Category, {}))
        )
        site = replace(sample(Site), paths=("path",), start=("sample",))
        return Library(
            site,
            (Facet("facet", "Facet", "What is it?", (self.term, *terms)),),
            (self.category, *categories),
            (self.paper, *papers),
            (self.path,),
            (),
            {"site.yml": SourceMarks("site.yml")},
        )


ENTRIES = Entries(
    replace(sample(Paper), id="paper", **WITHOUT),
    replace(sample(Term), id="term", **WITHOUT),
    replace(sample(Category), id="category", **WITHOUT),
    replace(sample(ReadingPath), id="path"),
)
PLACES = {  # the files in which each key must make a difference
    "paper": ("papers/paper.md", "papers/paper.md.txt", "api/v1/papers.json", "api/v1/papers.csv"),
    "term": ("tags/term.md", "tags/term.md.txt", "api/v1/terms.json"),
    "category": ("categories/category.md", "categories/category.md.txt", "api/v1/categories.json"),
    "path": ("paths/path.md", "paths/path.md.txt", "api/v1/paths.json"),
}
ELSEWHERE = {
    "id": "the address of the page",
    "replaces": "pages of their own, which redirect",
    "retired": "a page of its own, with nothing else",
}
EXCEPTIONS = {
    **dict.fromkeys(
        [("papers/paper.md", "distinct_from"), ("papers/paper.md.txt", "distinct_from")], "an answer to the check"
    ),
    **dict.fromkeys([("papers/paper.md", "questions"), ("papers/paper.md.txt", "questions")], "words for search"),
    **dict.fromkeys([("tags/term.md", "questions"), ("tags/term.md.txt", "questions")], "words for search"),
    ("papers/paper.md.txt", "revised"): "a day for feeds, the sitemap and JSON-LD",
    ("papers/paper.md.txt", "added"): "a day for feeds, the sitemap and citations",
    ("papers/paper.md.txt", "arxiv_class"): "in the files of citations, to which the twin links",
    ("categories/category.md", "summary"): "on the page of all categories, and in the description for programs",
    ("categories/category.md.txt", "summary"): "on the twin of the page of all categories",
    ("api/v1/papers.csv", "relations.because"): "a cell has only the type and the other paper's id",
}


@cache
def rendered(entries: Entries) -> Mapping[str, str]:
    return render_site(entries.library, relate(entries.library))


def body(text: str) -> str:
    """Return a file without its front matter, which has metadata for programs."""
    return text.split("\n---\n", 1)[-1]


def words(part: str | KeyPath) -> str:
    return part if isinstance(part, str) else ".".join(part)


def cases() -> list[tuple[str, str, KeyPath]]:
    return [
        (name, file, path)
        for name, files in PLACES.items()
        for file in files
        for path in paths_of(type(getattr(ENTRIES, name)))
        if path[0] not in ELSEWHERE and (file, ".".join(path)) not in EXCEPTIONS
    ]


@pytest.mark.parametrize(("name", "file", "path"), cases(), ids=words)
def test_a_key_makes_a_difference(name: str, file: str, path: KeyPath) -> None:
    other = replace(ENTRIES, **{name: changed(getattr(ENTRIES, name), path)})
    assert body(rendered(ENTRIES)[file]) != body(rendered(other)[file])


def test_no_exception_is_listed_in_vain() -> None:
    for name, files in PLACES.items():
        for file, key in EXCEPTIONS:
            if file in files:
                other = replace(ENTRIES, **{name: changed(getattr(ENTRIES, name), tuple(key.split(".")))})
                assert body(rendered(ENTRIES)[file]) == body(rendered(other)[file])


def test_records_have_the_keys_by_their_names() -> None:
    files = {file.partition("/v1/")[2]: name for name, files in PLACES.items() for file in files if "api" in file}
    for file, name in files.items():
        if file.endswith(".json"):
            read = json.loads(rendered(ENTRIES)[f"api/v1/{file}"])
            record = (read["terms"] if name == "term" else read)[0]
            missing = keys(getattr(ENTRIES, name)).keys() - record.keys()
            assert missing <= ({"retired"} if name == "paper" else set())  # a retired paper is not in the API


def test_columns_have_the_names_of_the_keys() -> None:
    columns = next(csv.reader(io.StringIO(rendered(ENTRIES)["api/v1/papers.csv"])))
    assert keys_of(Paper).keys() - set(columns) == {"links", "retired"}
    assert keys_of(Links).keys() <= set(columns)


@pytest.mark.parametrize("path", [path for path in paths_of(Paper) if path != ("id",)], ids=".".join)
def test_a_key_of_an_entry_is_written(path: KeyPath) -> None:
    paper = replace(ENTRIES.paper, replaces=("earlier",), retired="It was a draft.")
    for entry in (paper, changed(paper, path)):
        assert read_yaml(entry_yaml(entry), "paper.yml", Paper, id="paper")[0] == entry
    assert entry_yaml(paper) != entry_yaml(changed(paper, path))


def test_editors_know_every_key() -> None:
    schemas = content_schemas(ENTRIES.library)
    for name, kind in (("paper", Paper), ("path", ReadingPath), ("categories", Category), ("site", Site)):
        schema = json.loads(schemas[f"{name}.json"])
        known = schema.get("else", schema.get("items", schema))["properties"]
        assert keys_of(kind).keys() - {"id"} <= known.keys()
        assert all(key in known[path[0]].get("properties", path) for path in paths_of(kind) for key in path[1:2])

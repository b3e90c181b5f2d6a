"""The API: the files under `api/v1/` and their schemas.

The records come from `api_records.py`, their types and schemas from `schemas.py`, and the CSV table from
`papers_csv.py`. Arrays have one record per line. `api/papers.json` predates the versioned API and does not change.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from generator.content.model import EntryWords
from generator.exports import schemas
from generator.exports.api_records import (
    author_records,
    base_address,
    category_records,
    facet_records,
    graph_edges,
    graph_nodes,
    legacy_paper_record,
    paper_records,
    path_records,
    relation_type_records,
    term_records,
    venue_records,
)
from generator.exports.papers_csv import papers_csv
from generator.output.json_text import compact_json, indented_json, json_array
from generator.site.catalogue import Catalogue
from generator.site.licenses import site_license

API_FOLDER = "api/v1/"


@dataclass(frozen=True, slots=True)
class ApiJsonFile:
    """A JSON file of the API: its name without the extension, a title, and the type of its content."""

    name: str
    title: str
    shape: Any


API_JSON_FILES = (
    ApiJsonFile("index", "The list, and the files of the API", schemas.IndexFile),
    ApiJsonFile("papers", "The papers", schemas.PapersFile),
    ApiJsonFile("terms", "The vocabulary", schemas.VocabularyFile),
    ApiJsonFile("categories", "The shelves", schemas.CategoriesFile),
    ApiJsonFile("paths", "The reading paths", schemas.PathsFile),
    ApiJsonFile("authors", "The authors", schemas.AuthorsFile),
    ApiJsonFile("venues", "The venues", schemas.VenuesFile),
    ApiJsonFile("relations", "The curated relations as a graph", schemas.RelationsFile),
)


def api_files(catalogue: Catalogue) -> Iterator[tuple[str, Callable[[], str]]]:
    """Return the name of each file, with a function that returns its text.

    A process builds the papers' records at most once, so the files that have them come together.
    """
    papers = cache(lambda: list(paper_records(catalogue)))
    texts: dict[str, Callable[[], str]] = {
        "index": lambda: indented_json(api_index(catalogue)),
        "papers": lambda: record_array(papers()),
        "terms": lambda: named_record_arrays(facets=facet_records(catalogue), terms=term_records(catalogue)),
        "categories": lambda: record_array(category_records(catalogue)),
        "paths": lambda: record_array(path_records(catalogue)),
        "authors": lambda: record_array(author_records(catalogue)),
        "venues": lambda: record_array(venue_records(catalogue)),
        "relations": lambda: named_record_arrays(
            types=relation_type_records(), nodes=graph_nodes(catalogue), edges=graph_edges(catalogue)
        ),
    }
    yield "api/papers.json", lambda: record_array(map(legacy_paper_record, papers()))
    yield f"{API_FOLDER}papers.csv", lambda: papers_csv(papers())
    for file in sorted(API_JSON_FILES, key=lambda file: file.name != "papers"):
        yield f"{API_FOLDER}{file.name}.json", texts[file.name]
        yield f"{API_FOLDER}{file.name}.schema.json", partial(api_schema_json, file, catalogue.library.site.entry)


def api_schema_json(file: ApiJsonFile, words: EntryWords) -> str:
    """Return the JSON Schema of a file."""
    return indented_json(schemas.schema_document(file.title, file.shape, words))


def record_array(records: Iterable[Mapping[str, Any]]) -> str:
    """Return records as a JSON array, one record per line."""
    return json_array(map(compact_json, records))


def named_record_arrays(**named: Iterable[Mapping[str, Any]]) -> str:
    """Return a JSON object whose values are arrays with one record per line."""
    arrays = (f'"{name}": {record_array(records).rstrip()}' for name, records in named.items())
    return "{\n" + ",\n".join(arrays) + "\n}\n"


def api_index(catalogue: Catalogue) -> schemas.IndexRecord:
    """Return the index of the API, which describes the list and its files."""
    site = catalogue.library.site
    granted = site_license(site)
    days = (day for paper in catalogue.papers.values() for day in (paper.added, paper.revised) if day)
    return {
        "name": site.name,
        "tagline": site.tagline,
        "address": site.address,
        "license": {"name": granted.name, "url": granted.url} if granted else None,
        "version": "v1",
        "papers": len(catalogue.papers),
        "updated": max(days, default=None),
        "files": list(api_file_records(base_address(catalogue) + API_FOLDER, site.entry)),
    }


def api_file_records(base: str, words: EntryWords) -> Iterator[schemas.ApiFileRecord]:
    """Return the records of all files other than the index."""
    for file in API_JSON_FILES[1:]:
        yield {
            "name": f"{file.name}.json",
            "title": schemas.own_words(file.title, words),
            "type": "application/json",
            "url": f"{base}{file.name}.json",
            "schema": f"{base}{file.name}.schema.json",
        }
    yield {
        "name": "papers.csv",
        "title": f"The {words.many} as a table",
        "type": "text/csv",
        "url": f"{base}papers.csv",
        "schema": None,
    }

"""The page that explains what can be downloaded, and how; its tables come from the API's schemas."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.content.json_schema import JsonSchema
from generator.exports import schemas
from generator.exports.api import API_JSON_FILES, ApiJsonFile
from generator.exports.papers_csv import CSV_COLUMNS
from generator.site.catalogue import WHOLE_LIST_KIND, Catalogue
from generator.site.pages.elements import PageFiles, PageMetadata

LOCAL_SITE_ADDRESS = "http://127.0.0.1:8000/"  # where `make serve` shows the site


@dataclass(frozen=True, slots=True)
class FieldTable:
    """A file of the API and its fields, as its schema describes them."""

    file: ApiJsonFile
    description: str
    fields: Sequence[schemas.FieldDescription]


@dataclass(frozen=True, slots=True)
class DataPage:
    """What can be downloaded, and how.

    `address` is the site's, or the one under which `make serve` shows it if the site `has_address` none. `paper` and
    `tag` are ids for examples. `citation_files` are kinds of citation files, each with an example without extension.
    """

    address: str
    has_address: bool
    has_feeds: bool
    paper: str | None
    tag: str | None
    citation_files: Sequence[tuple[str, str]]
    tables: Sequence[FieldTable]
    columns: Sequence[str]

    @property
    def about(self) -> PageMetadata:
        return PageMetadata("Data", "How to take the list away: citations, feeds, JSON, CSV and Markdown.")


def data_pages(catalogue: Catalogue) -> PageFiles:
    yield "data.md", data_page(catalogue)


def data_page(catalogue: Catalogue) -> DataPage:
    """The page; its examples use the tag with the most papers, and the paper with the shortest id."""
    address = catalogue.library.site.address
    counts = {tag: len(those.papers) for tag, those in catalogue.lists["tags"].items() if those.papers}
    paper = min(catalogue.papers, key=lambda paper: (len(paper), paper), default=None)
    tag = min(counts, key=lambda tag: (-counts[tag], tag), default=None)
    return DataPage(
        address=escape_address_quotes(address or LOCAL_SITE_ADDRESS),
        has_address=bool(address),
        has_feeds=any(paper.added for paper in catalogue.papers.values()),
        paper=paper,
        tag=tag,
        citation_files=tuple(citation_file_examples(paper, tag)),
        tables=tuple(field_table(file, schemas.type_schema(file.shape)) for file in API_JSON_FILES),
        columns=CSV_COLUMNS,
    )


def citation_file_examples(paper: str | None, tag: str | None) -> Iterator[tuple[str, str]]:
    """Kinds of citation files, each with the name of one."""
    yield "All papers", WHOLE_LIST_KIND
    if tag:
        yield "The papers of a tag", f"tags/{tag}"
    if paper:
        yield "One paper", f"papers/{paper}"


def field_table(file: ApiJsonFile, schema: JsonSchema) -> FieldTable:
    """The table of a file's fields."""
    kind = schemas.type_description(schema)
    description = f"{'An' if kind == 'object' else 'A'} {kind}. {schema['description']}"
    return FieldTable(file, description, tuple(schemas.schema_fields(schema)))


def escape_address_quotes(address: str) -> str:
    """An address that may stand in single or double quotes in a shell, in Python and in JavaScript."""
    return address.replace("'", "%27").replace("$", "%24")

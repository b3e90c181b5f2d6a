"""The page that explains what can be downloaded, and how; its tables come from the API's schemas."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.content.json_schema import JsonSchema
from generator.exports import schemas
from generator.exports.api import API_JSON_FILES, ApiJsonFile
from generator.exports.papers_csv import CSV_COLUMNS
from generator.site.catalogue import Catalogue
from generator.site.pages import PageMetadata

LOCAL_SITE_ADDRESS = "http://127.0.0.1:8000/"  # where `make serve` shows the site


@dataclass(frozen=True, slots=True)
class FieldTable:
    """A file of the API as its schema describes it."""

    file: ApiJsonFile
    description: str
    fields: Sequence[schemas.FieldDescription]


@dataclass(frozen=True, slots=True)
class DataPage:
    """What can be taken away, and how.

    `address` is the site's, or the one at which it is served for trying, and `known` says which; `fed` says whether
    there are feeds. `paper` and `tag` are ids that make good examples.
    """

    address: str
    known: bool
    fed: bool
    paper: str | None
    tag: str | None
    tables: Sequence[FieldTable]
    columns: Sequence[str]

    @property
    def about(self) -> PageMetadata:
        return PageMetadata("Data", "How to take the list away: citations, feeds, JSON, CSV and Markdown.")


def data_page(catalogue: Catalogue) -> DataPage:
    """The page about all that can be taken away; in its examples stand the tag with most papers and a short id."""
    address, tags = catalogue.library.site.address, catalogue.papers_by_tag
    return DataPage(
        address=escape_address_quotes(address or LOCAL_SITE_ADDRESS),
        known=bool(address),
        fed=any(paper.added for paper in catalogue.papers.values()),
        paper=min(catalogue.papers, key=lambda paper: (len(paper), paper), default=None),
        tag=min(tags, key=lambda tag: (-len(tags[tag]), tag), default=None),
        tables=tuple(field_table(file, schemas.type_schema(file.shape)) for file in API_JSON_FILES),
        columns=CSV_COLUMNS,
    )


def field_table(file: ApiJsonFile, schema: JsonSchema) -> FieldTable:
    """A file's table."""
    kind = schemas.type_description(schema)
    described = f"{'An' if kind == 'object' else 'A'} {kind}. {schema['description']}"
    return FieldTable(file, described, tuple(schemas.schema_fields(schema)))


def escape_address_quotes(address: str) -> str:
    """An address as it may stand between quotes in a shell and in programs."""
    return address.replace("'", "%27").replace("$", "%24")

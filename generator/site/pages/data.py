"""The page that documents the downloads; its tables are generated from the API's schemas."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.citations.citation import MAX_NAMED_AUTHORS
from generator.content.model import EntryWords
from generator.exports import schemas
from generator.exports.api import API_JSON_FILES, ApiJsonFile
from generator.exports.feeds import MAX_FEED_ENTRIES, MAX_PART_ENTRIES
from generator.exports.papers_csv import CSV_COLUMNS
from generator.site.catalogue import WHOLE_LIST_KIND, Catalogue
from generator.site.licenses import LicenseLink, site_license
from generator.site.pages.elements import PageFiles, PageMetadata

LOCAL_SITE_ADDRESS = "http://127.0.0.1:8000/"  # the address used by `make serve`


@dataclass(frozen=True, slots=True)
class FieldTable:
    """A file of the API and its fields, as described by its schema."""

    name: str
    title: str
    description: str
    fields: Sequence[schemas.FieldDescription]


@dataclass(frozen=True, slots=True)
class DataPage:
    """The documentation of the downloads.

    `address` is the site's address or, if `has_address` is false, the address used by `make serve`. `paper` and `tag`
    are ids for examples. `citation_files` are the kinds of citation files, each with an example name without its
    extension. `named_authors` is the number of authors of a paper whom lists name, and `feed_entries` and
    `part_entries` are those of the papers in the feed of the whole list and in that of another.
    """

    address: str
    has_address: bool
    has_feeds: bool
    feed_entries: int
    part_entries: int
    paper: str | None
    tag: str | None
    citation_files: Sequence[tuple[str, str]]
    tables: Sequence[FieldTable]
    columns: Sequence[str]
    named_authors: int
    license: LicenseLink | None

    @property
    def about(self) -> PageMetadata:
        return PageMetadata("Data", "Downloads of the list: citations, feeds, JSON, CSV and Markdown.", contents=True)


def data_pages(catalogue: Catalogue) -> PageFiles:
    yield "data.md", data_page(catalogue)


def data_page(catalogue: Catalogue) -> DataPage:
    """Return the page; its examples use the tag with the most papers and the paper with the shortest id."""
    address = catalogue.library.site.address
    words = catalogue.library.site.entry
    counts = {tag: len(those.papers) for tag, those in catalogue.lists["tags"].items() if those.papers}
    paper = min(catalogue.papers, key=lambda paper: (len(paper), paper), default=None)
    tag = min(counts, key=lambda tag: (-counts[tag], tag), default=None)
    return DataPage(
        address=escape_address_quotes(address or LOCAL_SITE_ADDRESS),
        has_address=bool(address),
        feed_entries=MAX_FEED_ENTRIES,
        part_entries=MAX_PART_ENTRIES,
        has_feeds=any(paper.added for paper in catalogue.papers.values()),
        paper=paper,
        tag=tag,
        citation_files=tuple(citation_file_examples(words, paper, tag)),
        tables=tuple(field_table(file, words, names_arxiv(catalogue)) for file in API_JSON_FILES),
        columns=CSV_COLUMNS,
        named_authors=MAX_NAMED_AUTHORS,
        license=site_license(catalogue.library.site),
    )


def citation_file_examples(words: EntryWords, paper: str | None, tag: str | None) -> Iterator[tuple[str, str]]:
    """Return the kinds of citation files, each with an example name without its extension."""
    yield f"All {words.many}", WHOLE_LIST_KIND
    if tag:
        yield f"The {words.many} of a tag", f"tags/{tag}"
    if paper:
        yield f"One {words.one}", f"papers/{paper}"


def names_arxiv(catalogue: Catalogue) -> bool:
    """Return whether the page names arXiv: elsewhere than on lists with ids there, readers need not know of it."""
    return any(paper.arxiv for paper in catalogue.papers.values())


def field_table(file: ApiJsonFile, words: EntryWords, with_arxiv: bool) -> FieldTable:
    """Return the table of a file's fields, with or without those that are about arXiv."""
    schema = schemas.schema_document(file.title, file.shape, words)
    kind = schemas.type_description(schema)
    description = f"{'An' if kind == 'object' else 'A'} {kind}. {schema['description']}"
    shown = (field for field in schemas.schema_fields(schema) if with_arxiv or not field.name.startswith("arxiv"))
    return FieldTable(file.name, schema["title"], description, tuple(shown))


def escape_address_quotes(address: str) -> str:
    """Return an address that is safe in single or double quotes in a shell, in Python and in JavaScript."""
    return address.replace("'", "%27").replace("$", "%24")

"""The catalogue in; the files that programs read out: the API under `api/v1/`, its schemas, and the page about them.

What stands in the files is told in `shapes.py`. Arrays have a record to a line, and addresses are whole where the
site's is known, else from its root. `api/papers.json` is older than the versions and stays as it is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from generator.citations.citation import first_year
from generator.content.model import RELATION_TYPES, Paper
from generator.exports import schemas
from generator.output.json_text import encode_json, indented_json, json_array
from generator.related.relate import FORWARD_RELATION_LABELS, INVERSE_RELATION_LABELS
from generator.site.catalogue import Catalogue, author_id, venue_id
from generator.site.pages import PageMetadata, paper_address

API_FOLDER = "api/v1/"
LOCAL_SITE_ADDRESS = "http://127.0.0.1:8000/"  # where `make serve` shows a site
CSV_LIST_SEPARATOR = "; "  # between the items of a list in a cell
FORMULA_PREFIXES = tuple("=+-@＝＋－＠'")  # how a cell begins that gets an apostrophe before it
CSV_COLUMNS = tuple(
    "id title published_title aliases authors published year venue venue_year venue_track category tags summary why "
    "questions abstract arxiv arxiv_class doi acl_anthology code project relations related replaces added revised key "
    "url bibtex ris csl markdown".split()
)


@dataclass(frozen=True, slots=True)
class ApiJsonFile:
    """A JSON file of the API: its name without the ending, and what it holds, in words and as a type."""

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
    """Each file's name, and what makes its text. The records of the papers are made once for all files that a process
    makes of them."""
    records = cache(lambda: list(paper_records(catalogue)))
    yield "api/papers.json", lambda: legacy_papers_json(records())
    yield f"{API_FOLDER}papers.csv", lambda: papers_csv(records())
    made: dict[str, Callable[[], str]] = {
        "index": lambda: indented_json(api_index(catalogue)),
        "papers": lambda: record_array(records()),
        "terms": lambda: json_named_arrays(facets=facet_records(catalogue), terms=term_records(catalogue)),
        "categories": lambda: record_array(category_records(catalogue)),
        "paths": lambda: record_array(path_records(catalogue)),
        "authors": lambda: record_array(author_records(catalogue)),
        "venues": lambda: record_array(venue_records(catalogue)),
        "relations": lambda: json_named_arrays(
            types=relation_type_records(), nodes=graph_nodes(catalogue), edges=graph_edges(catalogue)
        ),
    }
    for file in API_JSON_FILES:
        yield f"{API_FOLDER}{file.name}.json", made[file.name]
        yield f"{API_FOLDER}{file.name}.schema.json", partial(api_schema_json, file)


def api_schema_json(file: ApiJsonFile) -> str:
    """The schema of a file."""
    return indented_json(schemas.schema_document(file.title, file.shape))


def record_array(records: Iterable[Mapping[str, Any]]) -> str:
    """Records as an array, one to a line."""
    return json_array(map(encode_json, records))


def json_named_arrays(**named: Iterable[Mapping[str, Any]]) -> str:
    """An object of arrays."""
    members = (f'"{name}": {record_array(records).rstrip()}' for name, records in named.items())
    return "{\n" + ",\n".join(members) + "\n}\n"


def base_address(catalogue: Catalogue) -> str:
    """What stands before an address within the site."""
    return catalogue.library.site.address or ""


def papers_in_id_order(catalogue: Catalogue) -> list[Paper]:
    """The papers in the order of their ids."""
    return sorted(catalogue.papers.values(), key=lambda paper: paper.id)


def paper_ids(papers: Iterable[Paper]) -> list[str]:
    return [paper.id for paper in papers]


# The file without a version


def legacy_papers_json(records: Iterable[schemas.PaperRecord]) -> str:
    """All papers as JSON, a line to each, in id order."""
    return record_array(map(legacy_paper_record, records))


def legacy_paper_record(paper: schemas.PaperRecord) -> dict[str, Any]:
    """A paper as programs got it before there were versions."""
    venue = paper["venue"]
    return {
        "id": paper["id"],
        "title": paper["title"],
        "authors": [author["name"] for author in paper["authors"]],
        "published": paper["published"],
        "venue": venue and {"name": venue["name"], "year": venue["year"], "track": venue["track"]},
        "arxiv": paper["arxiv"],
        "category": paper["category"],
        "tags": paper["tags"],
        "summary": paper["summary"],
        "url": paper["url"],
        "relations": paper["relations"],
        "related": paper["related"],
    }


# Papers


def paper_records(catalogue: Catalogue) -> Iterator[schemas.PaperRecord]:
    """The papers in the order of their ids, each with all that its page shows."""
    base = base_address(catalogue)
    for paper in papers_in_id_order(catalogue):
        here = f"{base}papers/{paper.id}"
        yield {
            "id": paper.id,
            "url": f"{here}/",
            "title": paper.title,
            "published_title": paper.published_title,
            "aliases": paper.aliases,
            "replaces": paper.replaces,
            "authors": [author_reference(base, name) for name in paper.authors],
            "abstract": paper.abstract,
            "summary": paper.summary,
            "why": paper.why,
            "questions": paper.questions,
            "published": paper.published,
            "year": first_year(paper),
            "added": paper.added,
            "revised": paper.revised,
            "venue": volume_record(base, paper),
            "category": paper.category,
            "tags": paper.tags,
            "arxiv": paper.arxiv,
            "arxiv_class": paper.arxiv_class,
            "doi": paper.doi,
            "acl_anthology": paper.acl_anthology,
            "links": {"code": paper.links.code, "project": paper.links.project},
            "relations": [{"type": r.type, "to": r.to, "because": r.because} for r in paper.relations],
            "related": list(suggestion_records(catalogue, paper)),
            "key": catalogue.citations[paper.id].key,
            "bibtex": f"{here}.bib",
            "ris": f"{here}.ris",
            "csl": f"{here}.csl.json",
            "markdown": f"{here}.md.txt",
        }


def author_reference(base: str, name: str) -> schemas.AuthorReference:
    one = author_id(name)
    return {"id": one, "name": name, "url": f"{base}authors/{one}/"}


def volume_record(base: str, paper: Paper) -> schemas.VolumeRecord | None:
    """Where a paper was published."""
    venue = paper.venue
    if not venue:
        return None
    one = venue_id(venue.name)
    return {"id": one, "name": venue.name, "year": venue.year, "track": venue.track, "url": f"{base}venues/{one}/"}


def suggestion_records(catalogue: Catalogue, paper: Paper) -> Iterator[schemas.SuggestionRecord]:
    """What to read after a paper."""
    for link in catalogue.links.get(paper.id, ()):
        reasons = [f"{reason.label}: {reason.detail}" for reason in link.reasons]
        yield {"id": link.id, "score": link.score, "reasons": reasons}


def papers_csv(records: Iterable[schemas.PaperRecord]) -> str:
    """The papers as a table (RFC 4180), byte for byte as the module `csv` writes it, which takes four times as long."""
    rows = (map(csv_cells(paper).__getitem__, CSV_COLUMNS) for paper in records)
    return "".join(['"' + '","'.join(map(escape_csv_cell, row)) + '"\r\n' for row in (CSV_COLUMNS, *rows)])


def escape_csv_cell(cell: object) -> str:
    """What stands between the quotes of a cell.

    Who opens a list in a spreadsheet has not written its texts, so one that could run as a formula gets an apostrophe
    before it. So does one that begins with an apostrophe, so that taking one away leads back and nothing is lost.
    """
    text = "" if cell is None else str(cell).replace('"', '""')
    return f"'{text}" if text.startswith(FORMULA_PREFIXES) else text


def csv_cells(paper: schemas.PaperRecord) -> Mapping[str, object]:
    """A paper's fields as cells: lists joined, and what has parts in a column to each."""
    venue = paper["venue"]
    return {
        **paper,
        "aliases": CSV_LIST_SEPARATOR.join(paper["aliases"]),
        "authors": CSV_LIST_SEPARATOR.join([author["name"] for author in paper["authors"]]),
        "venue": venue and venue["name"],
        "venue_year": venue and venue["year"],
        "venue_track": venue and venue["track"],
        "tags": CSV_LIST_SEPARATOR.join(paper["tags"]),
        "questions": CSV_LIST_SEPARATOR.join(paper["questions"]),
        "code": paper["links"]["code"],
        "project": paper["links"]["project"],
        "relations": CSV_LIST_SEPARATOR.join(
            [f"{relation['type']} {relation['to']}" for relation in paper["relations"]]
        ),
        "related": CSV_LIST_SEPARATOR.join([suggestion["id"] for suggestion in paper["related"]]),
        "replaces": CSV_LIST_SEPARATOR.join(paper["replaces"]),
    }


# What papers lead to


def facet_records(catalogue: Catalogue) -> Iterator[schemas.FacetRecord]:
    for facet in catalogue.library.facets:
        yield {
            "id": facet.id,
            "name": facet.name,
            "description": facet.description,
            "terms": [term.id for term in facet.terms],
            "url": f"{base_address(catalogue)}tags/#{facet.id}",
        }


def term_records(catalogue: Catalogue) -> Iterator[schemas.TermRecord]:
    for facet in catalogue.library.facets:
        for term in facet.terms:
            yield {
                "id": term.id,
                "name": term.name,
                "facet": facet.id,
                "definition": term.definition,
                "scope": term.scope,
                "aliases": term.aliases,
                "parent": term.parent,
                "related": term.related,
                "replaces": term.replaces,
                "retired": term.retired,
                "papers": paper_ids(catalogue.papers_by_tag.get(term.id, ())),
                "url": f"{base_address(catalogue)}tags/{term.id}/",
            }


def category_records(catalogue: Catalogue) -> Iterator[schemas.CategoryRecord]:
    for category in catalogue.library.categories:
        yield {
            "id": category.id,
            "name": category.name,
            "summary": category.summary,
            "introduction": category.introduction,
            "replaces": category.replaces,
            "retired": category.retired,
            "papers": paper_ids(catalogue.papers_by_category.get(category.id, ())),
            "url": f"{base_address(catalogue)}categories/{category.id}/",
        }


def path_records(catalogue: Catalogue) -> Iterator[schemas.PathRecord]:
    for path in catalogue.library.paths:
        yield {
            "id": path.id,
            "name": path.name,
            "summary": path.summary,
            "readers": path.readers,
            "assumes": path.assumes,
            "outcome": path.outcome,
            "steps": [{"paper": step.paper, "because": step.because} for step in path.steps],
            "url": f"{base_address(catalogue)}paths/{path.id}/",
        }


def author_records(catalogue: Catalogue) -> Iterator[schemas.AuthorRecord]:
    base = base_address(catalogue)
    for one, name in sorted(catalogue.authors.items()):
        yield {**author_reference(base, name), "papers": paper_ids(catalogue.papers_by_author[one])}


def venue_records(catalogue: Catalogue) -> Iterator[schemas.VenueRecord]:
    base = base_address(catalogue)
    for one, name in sorted(catalogue.venues.items()):
        yield {
            "id": one,
            "name": name,
            "papers": paper_ids(catalogue.papers_by_venue[one]),
            "url": f"{base}venues/{one}/",
        }


def relation_type_records() -> Iterator[schemas.RelationTypeRecord]:
    """The types of relations."""
    for kind in RELATION_TYPES:
        name, inverse = FORWARD_RELATION_LABELS[kind], INVERSE_RELATION_LABELS[kind]
        yield {"id": kind, "name": name, "inverse": inverse, "symmetric": name == inverse}


def graph_nodes(catalogue: Catalogue) -> Iterator[schemas.GraphNode]:
    base = base_address(catalogue)
    for paper in papers_in_id_order(catalogue):
        yield {
            "id": paper.id,
            "title": paper.title,
            "year": first_year(paper),
            "category": paper.category,
            "url": base + paper_address(paper),
        }


def graph_edges(catalogue: Catalogue) -> Iterator[schemas.GraphEdge]:
    for paper in papers_in_id_order(catalogue):
        for r in paper.relations:
            yield {"source": paper.id, "target": r.to, "type": r.type, "because": r.because}


def api_index(catalogue: Catalogue) -> schemas.IndexFile:
    """What the list is, and what there is of it."""
    site = catalogue.library.site
    days = (day for paper in catalogue.papers.values() for day in (paper.added, paper.revised) if day)
    return {
        "name": site.name,
        "tagline": site.tagline,
        "address": site.address,
        "version": "v1",
        "papers": len(catalogue.papers),
        "updated": max(days, default=None),
        "files": list(api_file_records(base_address(catalogue) + API_FOLDER)),
    }


def api_file_records(base: str) -> Iterator[schemas.ApiFileRecord]:
    """The files beside the index."""
    for file in API_JSON_FILES[1:]:
        yield {
            "name": f"{file.name}.json",
            "title": file.title,
            "type": "application/json",
            "url": f"{base}{file.name}.json",
            "schema": f"{base}{file.name}.schema.json",
        }
    url = f"{base}papers.csv"
    yield {"name": "papers.csv", "title": "The papers as a table", "type": "text/csv", "url": url, "schema": None}


# The page


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


def field_table(file: ApiJsonFile, schema: schemas.JsonSchema) -> FieldTable:
    """A file's table."""
    kind = schemas.type_description(schema)
    described = f"{'An' if kind == 'object' else 'A'} {kind}. {schema['description']}"
    return FieldTable(file, described, tuple(schemas.schema_fields(schema)))


def escape_address_quotes(address: str) -> str:
    """An address as it may stand between quotes in a shell and in programs."""
    return address.replace("'", "%27").replace("$", "%24")

"""The catalogue in; the files that programs read out: the API under `api/v1/`, its schemas, and the page about them.

What stands in the files is told in `shapes.py`. Arrays have a record to a line, and addresses are whole where the
site's is known, else from its root. `api/papers.json` is older than the versions and stays as it is.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from generator.catalogue import Catalogue, author_id, venue_id
from generator.cite import first_year
from generator.exports import shapes
from generator.model import RELATION_TYPES, Paper
from generator.pages import About, paper_address
from generator.relate import FORWARD, INVERSE

FOLDER = "api/v1/"
SERVED = "http://127.0.0.1:8000/"  # where `make serve` shows a site
JOINT = "; "  # between the items of a list in a cell
FORMULA = tuple("=+-@＝＋－＠'")  # how a cell begins that gets an apostrophe before it
COLUMNS = tuple(
    "id title published_title aliases authors published year venue venue_year venue_track category tags summary why "
    "questions abstract arxiv arxiv_class doi acl_anthology code project relations related replaces added revised key "
    "url bibtex ris csl markdown".split()
)
encoded = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


@dataclass(frozen=True, slots=True)
class File:
    """A JSON file of the API: its name without the ending, and what it holds, in words and as a type."""

    name: str
    title: str
    shape: Any


FILES = (
    File("index", "The list, and the files of the API", shapes.Index),
    File("papers", "The papers", shapes.Papers),
    File("terms", "The vocabulary", shapes.Vocabulary),
    File("categories", "The shelves", shapes.Categories),
    File("paths", "The reading paths", shapes.Paths),
    File("authors", "The authors", shapes.People),
    File("venues", "The venues", shapes.Venues),
    File("relations", "The curated relations as a graph", shapes.Graph),
)


def api_files(catalogue: Catalogue) -> Iterator[tuple[str, Callable[[], str]]]:
    """Each file's name, and what makes its text. The records of the papers are made once for all files that a process
    makes of them."""
    records = cache(lambda: list(papers(catalogue)))
    yield "api/papers.json", lambda: papers_json(records())
    yield f"{FOLDER}papers.csv", lambda: papers_csv(records())
    made: dict[str, Callable[[], str]] = {
        "index": lambda: indented(index(catalogue)),
        "papers": lambda: array(records()),
        "terms": lambda: arrays(facets=facets(catalogue), terms=terms(catalogue)),
        "categories": lambda: array(categories(catalogue)),
        "paths": lambda: array(paths(catalogue)),
        "authors": lambda: array(people(catalogue)),
        "venues": lambda: array(venues(catalogue)),
        "relations": lambda: arrays(types=kinds(), nodes=nodes(catalogue), edges=edges(catalogue)),
    }
    for file in FILES:
        yield f"{FOLDER}{file.name}.json", made[file.name]
        yield f"{FOLDER}{file.name}.schema.json", partial(schema_json, file)


def schema_json(file: File) -> str:
    """The schema of a file."""
    return indented(shapes.document(file.title, file.shape))


def indented(value: Mapping[str, Any]) -> str:
    """A small file, for people too."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def array(records: Iterable[Mapping[str, Any]]) -> str:
    """Records as an array, a line to each; put together in one step, as that of the papers is large."""
    texts = [encoded(record) for record in records]
    return "".join(("[\n", *(f"{text},\n" for text in texts[:-1]), *texts[-1:], "\n]\n"))


def arrays(**named: Iterable[Mapping[str, Any]]) -> str:
    """An object of arrays."""
    return "{\n" + ",\n".join(f'"{name}": {array(records).rstrip()}' for name, records in named.items()) + "\n}\n"


def root(catalogue: Catalogue) -> str:
    """What stands before an address within the site."""
    return catalogue.library.site.address or ""


def by_id(catalogue: Catalogue) -> list[Paper]:
    """The papers in the order of their ids."""
    return sorted(catalogue.papers.values(), key=lambda paper: paper.id)


def ids(papers: Iterable[Paper]) -> list[str]:
    return [paper.id for paper in papers]


# The file without a version


def papers_json(records: Iterable[shapes.Paper]) -> str:
    """All papers as JSON, a line to each, in id order."""
    return array(map(record, records))


def record(paper: shapes.Paper) -> dict[str, Any]:
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


def papers(catalogue: Catalogue) -> Iterator[shapes.Paper]:
    """The papers in the order of their ids, each with all that its page shows."""
    base = root(catalogue)
    for paper in by_id(catalogue):
        here = f"{base}papers/{paper.id}"
        yield {
            "id": paper.id,
            "url": f"{here}/",
            "title": paper.title,
            "published_title": paper.published_title,
            "aliases": paper.aliases,
            "replaces": paper.replaces,
            "authors": [author(base, name) for name in paper.authors],
            "abstract": paper.abstract,
            "summary": paper.summary,
            "why": paper.why,
            "questions": paper.questions,
            "published": paper.published,
            "year": first_year(paper),
            "added": paper.added,
            "revised": paper.revised,
            "venue": volume(base, paper),
            "category": paper.category,
            "tags": paper.tags,
            "arxiv": paper.arxiv,
            "arxiv_class": paper.arxiv_class,
            "doi": paper.doi,
            "acl_anthology": paper.acl_anthology,
            "links": {"code": paper.links.code, "project": paper.links.project},
            "relations": [{"type": r.type, "to": r.to, "because": r.because} for r in paper.relations],
            "related": list(suggestions(catalogue, paper)),
            "key": catalogue.citations[paper.id].key,
            "bibtex": f"{here}.bib",
            "ris": f"{here}.ris",
            "csl": f"{here}.csl.json",
            "markdown": f"{here}.md.txt",
        }


def author(base: str, name: str) -> shapes.Author:
    one = author_id(name)
    return {"id": one, "name": name, "url": f"{base}authors/{one}/"}


def volume(base: str, paper: Paper) -> shapes.Volume | None:
    """Where a paper was published."""
    venue = paper.venue
    if not venue:
        return None
    one = venue_id(venue.name)
    return {"id": one, "name": venue.name, "year": venue.year, "track": venue.track, "url": f"{base}venues/{one}/"}


def suggestions(catalogue: Catalogue, paper: Paper) -> Iterator[shapes.Suggestion]:
    """What to read after a paper."""
    for link in catalogue.links.get(paper.id, ()):
        reasons = [f"{reason.label}: {reason.detail}" for reason in link.reasons]
        yield {"id": link.id, "score": link.score, "reasons": reasons}


def papers_csv(records: Iterable[shapes.Paper]) -> str:
    """The papers as a table (RFC 4180), byte for byte as the module `csv` writes it, which takes four times as long."""
    rows = (map(cells(paper).__getitem__, COLUMNS) for paper in records)
    return "".join(['"' + '","'.join(map(quoted, row)) + '"\r\n' for row in (COLUMNS, *rows)])


def quoted(cell: object) -> str:
    """What stands between the quotes of a cell.

    Who opens a list in a spreadsheet has not written its texts, so one that could run as a formula gets an apostrophe
    before it. So does one that begins with an apostrophe, so that taking one away leads back and nothing is lost.
    """
    text = "" if cell is None else str(cell).replace('"', '""')
    return f"'{text}" if text.startswith(FORMULA) else text


def cells(paper: shapes.Paper) -> Mapping[str, object]:
    """A paper's fields as cells: lists joined, and what has parts in a column to each."""
    venue = paper["venue"]
    return {
        **paper,
        "aliases": JOINT.join(paper["aliases"]),
        "authors": JOINT.join([author["name"] for author in paper["authors"]]),
        "venue": venue and venue["name"],
        "venue_year": venue and venue["year"],
        "venue_track": venue and venue["track"],
        "tags": JOINT.join(paper["tags"]),
        "questions": JOINT.join(paper["questions"]),
        "code": paper["links"]["code"],
        "project": paper["links"]["project"],
        "relations": JOINT.join([f"{relation['type']} {relation['to']}" for relation in paper["relations"]]),
        "related": JOINT.join([suggestion["id"] for suggestion in paper["related"]]),
        "replaces": JOINT.join(paper["replaces"]),
    }


# What papers lead to


def facets(catalogue: Catalogue) -> Iterator[shapes.Facet]:
    for facet in catalogue.library.facets:
        yield {
            "id": facet.id,
            "name": facet.name,
            "description": facet.description,
            "terms": [term.id for term in facet.terms],
            "url": f"{root(catalogue)}tags/#{facet.id}",
        }


def terms(catalogue: Catalogue) -> Iterator[shapes.Term]:
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
                "papers": ids(catalogue.papers_by_tag.get(term.id, ())),
                "url": f"{root(catalogue)}tags/{term.id}/",
            }


def categories(catalogue: Catalogue) -> Iterator[shapes.Category]:
    for category in catalogue.library.categories:
        yield {
            "id": category.id,
            "name": category.name,
            "summary": category.summary,
            "introduction": category.introduction,
            "replaces": category.replaces,
            "retired": category.retired,
            "papers": ids(catalogue.papers_by_category.get(category.id, ())),
            "url": f"{root(catalogue)}categories/{category.id}/",
        }


def paths(catalogue: Catalogue) -> Iterator[shapes.Path]:
    for path in catalogue.library.paths:
        yield {
            "id": path.id,
            "name": path.name,
            "summary": path.summary,
            "readers": path.readers,
            "assumes": path.assumes,
            "outcome": path.outcome,
            "steps": [{"paper": step.paper, "because": step.because} for step in path.steps],
            "url": f"{root(catalogue)}paths/{path.id}/",
        }


def people(catalogue: Catalogue) -> Iterator[shapes.Person]:
    base = root(catalogue)
    for one, name in sorted(catalogue.authors.items()):
        yield {**author(base, name), "papers": ids(catalogue.papers_by_author[one])}


def venues(catalogue: Catalogue) -> Iterator[shapes.Venue]:
    base = root(catalogue)
    for one, name in sorted(catalogue.venues.items()):
        yield {"id": one, "name": name, "papers": ids(catalogue.papers_by_venue[one]), "url": f"{base}venues/{one}/"}


def kinds() -> Iterator[shapes.Kind]:
    """The types of relations."""
    for kind in RELATION_TYPES:
        name, inverse = FORWARD[kind], INVERSE[kind]
        yield {"id": kind, "name": name, "inverse": inverse, "symmetric": name == inverse}


def nodes(catalogue: Catalogue) -> Iterator[shapes.Node]:
    base = root(catalogue)
    for paper in by_id(catalogue):
        yield {
            "id": paper.id,
            "title": paper.title,
            "year": first_year(paper),
            "category": paper.category,
            "url": base + paper_address(paper),
        }


def edges(catalogue: Catalogue) -> Iterator[shapes.Edge]:
    for paper in by_id(catalogue):
        for r in paper.relations:
            yield {"source": paper.id, "target": r.to, "type": r.type, "because": r.because}


def index(catalogue: Catalogue) -> shapes.Index:
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
        "files": list(offers(root(catalogue) + FOLDER)),
    }


def offers(base: str) -> Iterator[shapes.Offer]:
    """The files beside the index."""
    for file in FILES[1:]:
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
class Table:
    """A file of the API as its schema describes it."""

    file: File
    description: str
    fields: Sequence[shapes.Field]


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
    tables: Sequence[Table]
    columns: Sequence[str]

    @property
    def about(self) -> About:
        return About("Data", "How to take the list away: citations, feeds, JSON, CSV and Markdown.")


def data_page(catalogue: Catalogue) -> DataPage:
    """The page about all that can be taken away; in its examples stand the tag with most papers and a short id."""
    address, tags = catalogue.library.site.address, catalogue.papers_by_tag
    return DataPage(
        address=literal(address or SERVED),
        known=bool(address),
        fed=any(paper.added for paper in catalogue.papers.values()),
        paper=min(catalogue.papers, key=lambda paper: (len(paper), paper), default=None),
        tag=min(tags, key=lambda tag: (-len(tags[tag]), tag), default=None),
        tables=tuple(table(file, shapes.schema(file.shape)) for file in FILES),
        columns=COLUMNS,
    )


def table(file: File, schema: shapes.Schema) -> Table:
    """A file's table."""
    kind = shapes.kind(schema)
    described = f"{'An' if kind == 'object' else 'A'} {kind}. {schema['description']}"
    return Table(file, described, tuple(shapes.fields(schema)))


def literal(address: str) -> str:
    """An address as it may stand between quotes in a shell and in programs."""
    return address.replace("'", "%27").replace("$", "%24")

"""The API: each file is checked against its schema and the other files, and the examples on its page are run."""

import csv
import dataclasses
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from corpus import recombined
from hostile import NAMES, TITLES
from jsonschema import Draft202012Validator
from sites import PUBLISHED, ROOT, TOY, broken, hostile, neighborhood, served

from generator.citations.names import display_name
from generator.content.loader import load
from generator.content.model import Category, Library, Paper, Site, Venue
from generator.content.tags import tags_with_broader
from generator.exports import schemas
from generator.exports.api import API_JSON_FILES, api_files
from generator.exports.papers_csv import CSV_COLUMNS, CSV_LIST_SEPARATOR
from generator.related.relate import relate
from generator.site.catalogue import Catalogue, build_catalogue
from generator.site.pages.data import data_page, escape_address_quotes
from generator.site.render import render_site

NODE = shutil.which("node") or str(ROOT / ".venv/bin/node")
WORDS = Site("Any", "Any.", "Any.").entry
FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n]")
EMPTY = Library(Site("Empty", "Nothing yet.", "To be filled."), (), (), (), (), (), {})
LISTS = ["toy", "toy with an address", "many papers", "empty", "hostile texts", "hostile titles"]


@dataclass(frozen=True)
class Api:
    """The files of a list, as text and as parsed JSON."""

    catalogue: Catalogue
    texts: Mapping[str, str]

    def __getitem__(self, name: str) -> Any:
        return json.loads(self.texts[f"api/v1/{name}.json"])

    @property
    def base(self) -> str:
        return self.catalogue.library.site.address or ""


def at(library: Library, address: str) -> Library:
    """Return a library whose site has this address."""
    return dataclasses.replace(library, site=dataclasses.replace(library.site, address=address))


def poisoned(folder: Path) -> Library:
    """Return the toy list with hostile text in all free-text fields."""
    shutil.copytree(TOY, folder)
    for file in folder.rglob("*.yml"):
        file.write_text(yaml.safe_dump(hostile(yaml.safe_load(file.read_text("utf-8"))), allow_unicode=True), "utf-8")
    library, problems = load(folder, {})
    assert problems == []
    return library


def titled() -> Library:
    """Return a list of papers with titles, names, and venues that are hard for every format."""
    formulas = [f"{sign}1+1" for sign in "=+-@＝＋－＠"] + ["'", "'=1", '"', "a\u2003b"]
    papers = tuple(
        Paper(
            f"paper-{number}",
            title,
            authors=(NAMES[number % len(NAMES)], "@SUM(A1)"),
            category="shelf",
            abstract=f"{title}\n\n=second paragraph, {title}",
            aliases=(title, "=x"),
            summary=title,
            why=title,
            venue=Venue(title, 2020, "journal") if number % 2 else None,
        )
        for number, title in enumerate([*map(str.strip, TITLES), *formulas])
    )
    return dataclasses.replace(EMPTY, categories=(Category("shelf", "Shelf", "A shelf.", "Papers."),), papers=papers)


@pytest.fixture(scope="module", params=LISTS)
def api(request: pytest.FixtureRequest, toy: Library, tmp_path_factory: pytest.TempPathFactory) -> Api:
    made = {
        "toy": lambda: toy,
        "toy with an address": lambda: at(toy, PUBLISHED),
        "many papers": lambda: dataclasses.replace(toy, papers=(*toy.papers, *recombined(toy.papers, 60))),
        "empty": lambda: EMPTY,
        "hostile texts": lambda: poisoned(tmp_path_factory.mktemp("hostile") / "content"),
        "hostile titles": titled,
    }[request.param]()
    catalogue = build_catalogue(made, relate(made))
    return Api(catalogue, {name: text() for name, text in api_files(catalogue)})


def ids(records: list[dict[str, Any]]) -> list[str]:
    return [record["id"] for record in records]


# Schemas


def objects(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield all object schemas within a schema."""
    if "properties" in schema:
        yield schema
    for inner in (*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])):
        yield from objects(inner)


def test_every_file_is_as_its_schema_says(api: Api) -> None:
    names = {name.removeprefix("api/v1/").removesuffix(".json") for name in api.texts} - {"api/papers", "papers.csv"}
    files = {name for name in names if not name.endswith(".schema")}
    assert names == files | {f"{name}.schema" for name in files}
    assert files == {file.name for file in API_JSON_FILES}
    for name in files:
        schema = api[f"{name}.schema"]
        Draft202012Validator.check_schema(schema)
        assert "$id" not in schema
        assert list(Draft202012Validator(schema).iter_errors(api[name])) == []


def test_schemas_describe_every_field_and_allow_no_other() -> None:
    for file in API_JSON_FILES:
        for found in objects(schemas.schema_document(file.title, file.shape, WORDS)):
            assert found["additionalProperties"] is False
            assert found["required"] == list(found["properties"])
            for name, field in found["properties"].items():
                assert re.fullmatch(r"[A-Z].*\.", field["description"]), (file.name, name)


def samples(schema: dict[str, Any], value: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield all objects within a value, each with its schema."""
    if isinstance(value, list):
        for item in value:
            yield from samples(schema["items"], item)
    elif isinstance(value, dict):
        yield schema, value
        for name, inner in value.items():
            yield from samples(schema["properties"][name], inner)


RICHEST = 4  # records of a list, the longest, that are tried


def richest(records: list[Any]) -> list[Any]:
    return sorted(records, key=lambda record: len(json.dumps(record)))[-RICHEST:]


def small_files(value: Any) -> Iterator[Any]:
    """Yield files with a few records of a file each: of a list, one record; of several lists, some of each."""
    if isinstance(value, list):
        yield from ([record] for record in richest(value))
    else:
        yield {name: richest(inner) if isinstance(inner, list) else inner for name, inner in value.items()}


@pytest.mark.parametrize("file", API_JSON_FILES, ids=lambda file: file.name)
def test_a_schema_refuses_what_lacks_a_field_or_has_another(file: Any, toy: Library) -> None:
    made = dict(api_files(build_catalogue(toy, relate(toy))))
    schema = schemas.schema_document(file.title, file.shape, WORDS)
    validator = Draft202012Validator(schema)
    for value in small_files(json.loads(made[f"api/v1/{file.name}.json"]())):
        for of, found in samples(schema, value):
            for name in of["properties"]:
                kept = found.pop(name)
                assert not validator.is_valid(value), name
                found[name] = [[]] if not isinstance(kept, list) else 7
                assert not validator.is_valid(value), name
                found[name] = kept
            found["other"] = 1
            assert not validator.is_valid(value)
            del found["other"]
        assert validator.is_valid(value)


def test_patterns_are_those_of_the_model() -> None:
    paper = schemas.type_schema(schemas.PaperRecord)["properties"]
    for name, good, bad in [
        ("id", "wasserstein-gan", "Wasserstein"),
        ("id", "x" * 100, "x" * 101),
        ("title", "A title", "two\nlines"),
        ("abstract", "two\n\nparagraphs", " \n "),
        ("abstract", "a line and\n ", "\n"),
        ("published", "2017-01", "January 2017"),
        ("added", "2026-11-24", "2026-11"),
        ("arxiv", "cs/0112017", "1701.07875v1"),
        ("doi", "10.1145/3528223.3530164", "https://doi.org/10.1145/3528223"),
    ]:
        assert re.search(paper[name]["pattern"], good), name
        assert not re.search(paper[name]["pattern"], bad), name


def test_patterns_are_read_by_javascript() -> None:
    """JSON Schema recommends the `u` flag, with which unnecessary escapes are errors."""
    found = {
        field["pattern"]
        for file in API_JSON_FILES
        for of in objects(schemas.type_schema(file.shape))
        for field in (f.get("items", f) for f in of["properties"].values())
        if "pattern" in field
    }
    assert len(found) > 8
    script = f"for (const pattern of {json.dumps(sorted(found))}) new RegExp(pattern, 'u');"
    done = subprocess.run([NODE, "-e", script], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 0


# Files against each other


def test_every_id_is_in_its_file(api: Api) -> None:
    papers, terms, graph = api["papers"], api["terms"], api["relations"]
    known = {name: ids(api[name]) for name in ("papers", "categories", "paths", "authors", "venues")} | {
        "terms": ids(terms["terms"]),
        "facets": ids(terms["facets"]),
        "nodes": ids(graph["nodes"]),
    }
    assert all(len(set(found)) == len(found) for found in known.values())
    assert known["papers"] == sorted(known["papers"]) == known["nodes"]
    for paper in papers:
        assert paper["category"] in known["categories"]
        assert set(paper["tags"]) <= set(known["terms"])
        assert {author["id"] for author in paper["authors"]} <= set(known["authors"])
        assert not paper["venue"] or paper["venue"]["id"] in known["venues"]
        assert {other["to"] for other in paper["relations"]} <= set(known["papers"])
        assert {other["id"] for other in paper["related"]} <= set(known["papers"]) - {paper["id"]}
    for term in terms["terms"]:
        assert {term["parent"] or term["id"], *term["related"]} <= set(known["terms"])
        assert term["id"] in next(facet for facet in terms["facets"] if facet["id"] == term["facet"])["terms"]
    assert sum(len(facet["terms"]) for facet in terms["facets"]) == len(terms["terms"])
    for path in api["paths"]:
        assert {step["paper"] for step in path["steps"]} <= set(known["papers"])
    assert {edge["type"] for edge in graph["edges"]} <= {kind["id"] for kind in graph["types"]}


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("terms", lambda paper: paper["tags"]),
        ("categories", lambda paper: [paper["category"]]),
        ("authors", lambda paper: [author["id"] for author in paper["authors"]]),
        ("venues", lambda paper: [paper["venue"]["id"]] if paper["venue"] else []),
    ],
)
def test_lists_of_papers_agree_with_the_papers(api: Api, name: str, of: Any) -> None:
    order, broader = list(api.catalogue.papers), api.catalogue.broader
    found = api[name]["terms"] if name == "terms" else api[name]
    for one in found:
        named = {paper["id"] for paper in api["papers"] if one["id"] in tags_with_broader(of(paper), broader)}
        assert one["papers"] == sorted(named, key=order.index)


def test_venues_have_their_facts(toy: Library) -> None:
    catalogue = build_catalogue(toy, {})
    texts = {name: text() for name, text in api_files(catalogue)}
    venues = {venue["id"]: venue for venue in json.loads(texts["api/v1/venues.json"])}
    known = next(venue for venue in toy.venues if venue.name == "NeurIPS")
    assert venues["neurips"] == dataclasses.asdict(known) | {
        "id": "neurips",
        "aliases": list(known.aliases),
        "papers": [paper.id for paper in catalogue.lists["venues"]["neurips"].papers],
        "url": "venues/neurips/",
    }
    papers = {paper["id"]: paper for paper in json.loads(texts["api/v1/papers.json"])}
    assert papers["improved-techniques-for-training-gans"]["venue"] == {
        "id": "neurips",
        "url": "venues/neurips/",
        "name": "NeurIPS",
        "full": known.full,
        "year": 2016,
        "track": "conference",
    }
    bare = build_catalogue(dataclasses.replace(toy, venues=()), {})
    venues = {venue["id"]: venue for venue in json.loads(dict(api_files(bare))["api/v1/venues.json"]())}
    assert (venues["nips"]["kind"], venues["nips"]["full"], venues["pnas"]["kind"]) == ("conference", None, "journal")


def test_the_old_file_agrees_with_the_new_one(api: Api) -> None:
    old = json.loads(api.texts["api/papers.json"])
    assert ids(old) == ids(api["papers"])
    for before, now in zip(old, api["papers"], strict=True):
        volume = now["venue"] and {key: now["venue"][key] for key in ("name", "year", "track")}
        assert before == {key: now[key] for key in before} | {
            "authors": [author["name"] for author in now["authors"]],
            "venue": volume,
        }


def test_records_say_what_the_library_says(api: Api) -> None:
    given = {paper.id: paper for paper in api.catalogue.library.papers}
    same = "title published_title abstract summary why published added revised category arxiv arxiv_class doi".split()
    for paper in api["papers"]:
        one = given[paper["id"]]
        assert [paper[name] for name in same] == [getattr(one, name) for name in same]
        assert paper["acl_anthology"] == one.acl_anthology
        assert paper["links"] == dataclasses.asdict(one.links)
        for name in ("aliases", "introduces", "questions", "tags", "replaces"):
            assert paper[name] == list(getattr(one, name))
        assert paper["relations"] == [dataclasses.asdict(relation) for relation in one.relations]
        assert [author["name"] for author in paper["authors"]] == list(map(display_name, one.authors))
        assert f"{{{paper['key']},\n" in api.catalogue.formatted_citations[one.id].texts["bibtex"]


def test_edges_are_the_relations_of_the_papers(api: Api) -> None:
    graph = api["relations"]
    assert graph["edges"] == [
        {"source": paper["id"], "target": other["to"], "type": other["type"], "because": other["because"]}
        for paper in api["papers"]
        for other in paper["relations"]
    ]
    assert graph["nodes"] == [
        {key: paper[key] for key in ("id", "title", "year", "category", "url")} for paper in api["papers"]
    ]
    names = {kind["id"]: (kind["name"], kind["inverse"], kind["symmetric"]) for kind in graph["types"]}
    assert names["extends"] == ("extends", "extended by", False)
    assert names["competes"] == ("alternative to", "alternative to", True)


def test_the_index_tells_of_every_file(api: Api) -> None:
    index = api["index"]
    told = {offer["url"] for offer in index["files"]} | {offer["schema"] for offer in index["files"]} - {None}
    assert told | {f"{api.base}api/v1/index.json", f"{api.base}api/v1/index.schema.json"} == {
        api.base + name for name in api.texts if name != "api/papers.json"
    }
    assert all(offer["url"].endswith(f"api/v1/{offer['name']}") for offer in index["files"])
    assert index["papers"] == len(api["papers"])
    days = [paper[key] for paper in api["papers"] for key in ("added", "revised") if paper[key]]
    assert index["updated"] == (max(days) if days else None)


def test_big_arrays_have_a_record_to_a_line(api: Api) -> None:
    for name in ("papers", "categories", "paths", "authors", "venues"):
        text = api.texts[f"api/v1/{name}.json"]
        assert text == "[]\n" or (text.startswith("[\n") and text.endswith("\n]\n"))
        assert [json.loads(line.removesuffix(",")) for line in text.splitlines()[1:-1]] == api[name]
    lines = api.texts["api/v1/relations.json"].split("\n")
    for edge in api["relations"]["edges"]:
        assert json.dumps(edge, ensure_ascii=False, separators=(",", ":")) in {line.removesuffix(",") for line in lines}


# CSV


def test_cells_agree_with_the_records(api: Api) -> None:
    rows = list(csv.DictReader(io.StringIO(api.texts["api/v1/papers.csv"], newline=""), strict=True))
    assert len(rows) == len(api["papers"])
    for row, paper in zip(rows, api["papers"], strict=True):
        venue = paper["venue"] or dict.fromkeys(("name", "year", "track", "full"))
        joined = {
            name: CSV_LIST_SEPARATOR.join(paper[name])
            for name in ("aliases", "introduces", "editors", "tags", "questions", "distinct_from", "replaces")
        }
        expected = (
            paper
            | joined
            | paper["links"]
            | {
                "authors": CSV_LIST_SEPARATOR.join(author["name"] for author in paper["authors"]),
                "venue": venue["name"],
                "venue_year": venue["year"],
                "venue_track": venue["track"],
                "venue_full": venue["full"],
                "relations": CSV_LIST_SEPARATOR.join(f"{other['type']} {other['to']}" for other in paper["relations"]),
                "related": CSV_LIST_SEPARATOR.join(other["id"] for other in paper["related"]),
            }
        )
        del expected["links"]
        assert row.keys() == expected.keys() == set(CSV_COLUMNS)
        for name, cell in row.items():
            text = str("" if expected[name] is None else expected[name])
            assert cell in (text, f"'{text}"), name


def test_cells_are_harmless_and_nothing_is_lost(api: Api) -> None:
    rows = csv.DictReader(io.StringIO(api.texts["api/v1/papers.csv"], newline=""), strict=True)
    for row, paper in zip(rows, api["papers"], strict=True):
        assert not [cell for cell in row.values() if FORMULA.match(cell)]
        for name in ("title", "abstract", "summary", "why"):
            cell, text = row[name], paper[name] or ""
            assert (cell[1:] if cell.startswith("'") else cell) == text
            assert cell.startswith("'") == bool(text.startswith("'") or FORMULA.match(text))


def test_the_table_is_as_the_csv_module_writes_it(api: Api) -> None:
    text = api.texts["api/v1/papers.csv"]
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert rows[0] == list(CSV_COLUMNS)
    again = io.StringIO(newline="")
    csv.writer(again, quoting=csv.QUOTE_ALL).writerows(rows)
    assert again.getvalue() == text


# The site


@pytest.fixture(scope="module", params=["", PUBLISHED], ids=["without an address", "with one"])
def built_toy(request: pytest.FixtureRequest) -> tuple[Path, str]:
    """Return the folder of the toy list's site, and the beginning of its URLs."""
    return request.getfixturevalue("published" if request.param else "site"), request.param


def addresses(value: Any) -> Iterator[str]:
    """Yield the internal addresses in a file of the API: all but that of the license."""
    if isinstance(value, dict):
        own = (value[key] for key in ("url", "schema", "bibtex", "ris", "csl", "markdown") if value.get(key))
        yield from (each for each in own if isinstance(each, str))
    for inner in (
        (value | {"license": None}).values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from addresses(inner)


def test_every_address_leads_to_a_page_or_a_file(built_toy: tuple[Path, str]) -> None:
    site, base = built_toy
    files = [file for file in (site / "api").rglob("*.json") if not file.name.endswith(".schema.json")]
    found = {to for file in files for to in addresses(json.loads(file.read_text("utf-8")))}
    assert len(found) > 80
    for to in found:
        assert to.startswith(base)
        page, _, anchor = to.removeprefix(base).partition("#")
        page = re.sub(r"\?author=[a-z0-9-]+$", "", page)  # the papers of who has no page
        file = site / page / "index.html" if page.endswith("/") else site / page
        assert file.is_file(), to
        assert not anchor or f'id="{anchor}"' in file.read_text("utf-8"), to


def test_every_link_of_the_page_leads_somewhere(built_toy: tuple[Path, str]) -> None:
    site, base = built_toy
    assert [fault for fault in broken(site, neighborhood(site, "data/")) if fault.startswith("data/")] == []
    page = (site / "data/index.html").read_text("utf-8")
    assert ('href="../sitemap.xml"' in page) == bool(base)
    assert (base or "http://127.0.0.1:8000/") + "api/v1/" in page


def test_the_page_of_an_empty_list(empty_site: Path) -> None:
    site = empty_site
    assert [fault for fault in broken(site, neighborhood(site, "data/")) if fault.startswith("data/")] == []
    assert json.loads((site / "api/v1/papers.json").read_text()) == []
    assert "There are no feeds yet" in (site / "data/index.html").read_text()


# The page


def test_the_page_tells_of_every_field(toy: Library) -> None:
    files = render_site(toy, relate(toy))
    text, page = files["data.md.txt"], files["data.md"]
    for file in API_JSON_FILES:
        part = text.partition(f"\n### {file.name}.json\n")[2].partition("\n### ")[0]
        rows = re.findall(r"^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$", part, re.MULTILINE)
        told = [(name, unescape(kind), unescape(words)) for name, kind, words in rows]
        expected = schemas.schema_fields(json.loads(files[f"api/v1/{file.name}.schema.json"]))
        assert told == [(field.name, field.kind, field.description) for field in expected]
        assert all(f"<td><code>{name}</code></td>" in page for name, _, _ in told)
    assert all(f"`{column}`" in text and f"<code>{column}</code>" in page for column in CSV_COLUMNS)


@dataclass(frozen=True)
class Tried:
    """The examples on the page, verbatim, and the list that is served to them."""

    catalogue: Catalogue
    files: Mapping[str, str]
    blocks: Mapping[tuple[str, str], str]
    folder: Path

    def said(self, heading: str, language: str) -> list[str]:
        """Run an example, and return the lines that it prints."""
        program = self.folder / {"sh": "try.sh", "python": "try.py", "js": "try.mjs"}[language]
        program.write_text(self.blocks[heading, language], "utf-8")
        command = {"sh": "sh", "python": sys.executable, "js": NODE}[language]
        here = {**os.environ, "no_proxy": "127.0.0.1", "PYTHONUTF8": "1"}
        done = subprocess.run([command, program], env=here, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.splitlines()


@pytest.fixture(scope="module")
def tried(toy: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tried]:
    folder = tmp_path_factory.mktemp("served")
    with served(folder) as address:
        given = at(toy, address)
        links = relate(given)
        files = render_site(given, links)
        for name in files:
            if name.startswith(("api/", "tags/")):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(files[name].encode())
        blocks: dict[tuple[str, str], str] = {}
        for heading, part in re.findall(r"^### ([^\n]*)\n(.*?)(?=^##)", files["data.md.txt"], re.DOTALL | re.MULTILINE):
            blocks |= {(heading, kind): code for kind, code in re.findall(r"```(\w+)\n(.*?)```", part, re.DOTALL)}
        yield Tried(build_catalogue(given, links), files, blocks, tmp_path_factory.mktemp("programs"))


def test_every_program_of_the_page_is_run(tried: Tried) -> None:
    assert set(tried.blocks) == {
        *(("The ten newest papers with a tag", language) for language in ("sh", "python", "js")),
        ("All BibTeX entries of a tag", "sh"),
        *(("The relations as a graph", language) for language in ("python", "js")),
    }
    assert tried.files["data.md.txt"].count("```") == 2 * len(tried.blocks)
    assert tried.files["data.md"].count("<pre>") == len(tried.blocks)


def newest(tried: Tried) -> list[Paper]:
    tag = data_page(tried.catalogue).tag
    assert tag
    papers = tried.catalogue.lists["tags"][tag].papers
    assert len(papers) > 10
    return list(papers[:10])


@pytest.mark.parametrize("language", ["python", "js"])
def test_the_newest_papers_are_printed(tried: Tried, language: str) -> None:
    years = {paper["id"]: paper["year"] for paper in json.loads(tried.files["api/v1/papers.json"])}
    expected = [f"{years[paper.id]} {paper.title}" for paper in newest(tried)]
    assert tried.said("The ten newest papers with a tag", language) == expected


def test_the_newest_papers_are_fetched(tried: Tried) -> None:
    lines = tried.said("The ten newest papers with a tag", "sh")
    assert [re.findall(r"\(\.\./papers/([^)]+)\.md\.txt\)", line) for line in lines] == [[p.id] for p in newest(tried)]


def test_the_bibtex_is_fetched(tried: Tried) -> None:
    said = tried.said("All BibTeX entries of a tag", "sh")
    assert said == tried.files[f"tags/{data_page(tried.catalogue).tag}.bib"].splitlines()
    assert sum(line.startswith("@") for line in said) > 10


@pytest.mark.parametrize("language", ["python", "js"])
def test_the_graph_is_drawn(tried: Tried, language: str) -> None:
    first, *lines, last = tried.said("The relations as a graph", language)
    assert (first, last) == ("digraph relations {", "}")
    text = r'"(?:[^"\\]|\\.)*"'
    edges = [re.fullmatch(rf"  ({text}) -> ({text}) \[label=(\w+)\];", line) for line in lines]
    found = [(json.loads(edge[1]), json.loads(edge[2]), edge[3]) for edge in edges if edge]
    papers = tried.catalogue.papers
    assert found == [
        (paper.title, papers[relation.to].title, relation.type)
        for paper in sorted(papers.values(), key=lambda paper: paper.id)
        for relation in paper.relations
    ]
    assert len(found) > 20


@pytest.mark.parametrize("address", ["https://a.example/it's/$HOME/$(id)/", PUBLISHED])
def test_an_address_keeps_to_its_quotes(address: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f"printf %s '{escape_address_quotes(address)}'"], capture_output=True, text=True, check=False
    )
    assert done.stdout == address.replace("'", "%27").replace("$", "%24")
    script = f'process.stdout.write("{escape_address_quotes(address)}" + `{escape_address_quotes(address)}`)'
    said = subprocess.run([NODE, "-e", script], capture_output=True, text=True, check=False).stdout
    assert said == escape_address_quotes(address) * 2

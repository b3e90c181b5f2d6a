"""A citation format needs only a row in the table of formats to be offered everywhere."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string as parse_bibtex
from sites import ROOT

from generator import citations
from generator.citations.citation import citations_by_paper
from generator.citations.formats import CITATION_FORMATS, CitationFormat
from generator.content.model import Library
from generator.output.json_text import compact_json, json_array
from generator.output.offline import CITATION_FILES
from generator.related.relate import relate
from generator.site.render import render_site

OTHER_MODULES = {"__init__", "citation", "coins", "formats", "names"}
# For each format, a function that returns the keys of the citations in a file. A new format needs one here.
KEY_READERS: Mapping[str, Callable[[str], list[str]]] = {
    "bibtex": lambda text: [entry.key for entry in parse_bibtex(text, parse_stack=[]).entries],
    "ris": lambda text: [record["id"] for record in rispy.loads(text)],
    "csl": lambda text: [item["id"] for item in json.loads(text)],
}
every_format = pytest.mark.parametrize("of", CITATION_FORMATS, ids=lambda of: of.id)


@pytest.fixture(scope="module")
def files(toy: Library) -> Mapping[str, str]:
    return dict(render_site(toy, relate(toy)))


def test_every_module_of_a_format_has_a_row() -> None:
    modules = {file.stem for file in Path(str(citations.__file__)).parent.glob("*.py")} - OTHER_MODULES
    assert {of.write.__module__.rpartition(".")[2] for of in CITATION_FORMATS} == modules


def test_no_two_formats_share_an_id_a_name_or_an_extension() -> None:
    for field in ("id", "name", "extension"):
        values = [getattr(of, field) for of in CITATION_FORMATS]
        assert len(set(values)) == len(values)


def test_every_format_is_read_back() -> None:
    assert KEY_READERS.keys() == {of.id for of in CITATION_FORMATS}


@every_format
def test_a_file_has_the_papers_of_its_page_in_their_order(
    of: CitationFormat, files: Mapping[str, str], toy: Library
) -> None:
    keys = {paper: citation.key for paper, citation in citations_by_paper(toy).items()}
    pages = {name.removesuffix(".md"): text for name, text in files.items() if name.endswith(".md")}
    for name in (name for name in files if name.endswith(f".{of.extension}")):
        page = pages.get("browse" if name == f"papers.{of.extension}" else name.removesuffix(f".{of.extension}"), "")
        if listed := re.findall(r'<li data-paper="([^"]*)"><span class="Z3988"', page):
            assert KEY_READERS[of.id](files[name]) == [keys[paper] for paper in listed]
    for paper, key in keys.items():
        assert KEY_READERS[of.id](files[f"papers/{paper}.{of.extension}"]) == [key]


@every_format
def test_pages_offer_the_format(of: CitationFormat, files: Mapping[str, str]) -> None:
    pages = {name: text for name, text in files.items() if name.endswith(".md") and 'class="cite"' in text}
    assert {name.partition("/")[0].removesuffix(".md") for name in pages} == {
        *("browse", "papers", "categories", "tags", "authors", "venues", "years", "paths")
    }
    for name, text in pages.items():
        has_own = not name.startswith(("browse", "authors/", "venues/", "years/"))
        file = f"{name.removesuffix('.md') if has_own else 'papers'}.{of.extension}"
        assert file in files
        assert f'{file}" data-format="{of.id}" download>{of.name}</a>' in text
        head = json.loads(re.findall(r"(?m)^head: (.*)$", text)[0])
        link = rf'<link rel="alternate" type="{re.escape(of.media_type)}" href="(?:\.\./)+{re.escape(file)}"'
        assert bool(re.search(link, head)) == (has_own or name == "browse.md")


@every_format
def test_the_page_about_data_names_the_format(of: CitationFormat, files: Mapping[str, str]) -> None:
    assert f"<code>.{of.extension}</code> ({of.name})" in files["data.md"]
    assert f"[papers.{of.extension}](papers.{of.extension})" in files["data.md.txt"]
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f".{of.extension}`" in readme
    assert of.name in readme


@every_format
def test_programs_find_the_format(of: CitationFormat, files: Mapping[str, str]) -> None:
    records = json.loads(files["api/v1/papers.json"])
    rows = list(csv.DictReader(io.StringIO(files["api/v1/papers.csv"], newline="")))
    for record, row in zip(records, rows, strict=True):
        assert record[of.id] == row[of.id] == f"papers/{record['id']}.{of.extension}"
    schema = json.loads(files["api/v1/papers.schema.json"])
    assert of.name in schema["items"]["properties"][of.id]["description"]


def separate(of: CitationFormat, text: str) -> list[str]:
    """Return the citations in a file as files of their own, taken apart as scripts do."""
    if of.is_json:
        return [json_array([compact_json(item)]) for item in json.loads(text)]
    end = "\r\n" if "\r\n" in text else "\n"
    return [entry.removesuffix(end) + end for entry in text.split(end + end)]


@every_format
@pytest.mark.parametrize("kind", ["toy", "works"])
def test_scripts_take_the_file_of_the_whole_list_apart(of: CitationFormat, kind: str, request: Any) -> None:
    library: Library = request.getfixturevalue(kind)
    files = render_site(library, relate(library))
    ids = json.loads(files["search/list.json"])["papers"]["ids"]
    assert len(ids) == len(library.papers)
    assert separate(of, files[f"papers.{of.extension}"]) == [files[f"papers/{paper}.{of.extension}"] for paper in ids]


@every_format
def test_the_format_can_be_had_without_a_network(of: CitationFormat) -> None:
    assert f"papers.{of.extension}" in CITATION_FILES

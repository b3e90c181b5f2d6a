"""BibTeX, RIS, CSL-JSON, and COinS, parsed by widely used programs."""

import dataclasses
import io
import json
import re
from importlib.metadata import distribution
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
import rispy
from bibtexparser.entrypoint import parse_string as parse_bibtex
from bibtexparser.middlewares import NormalizeFieldKeys, SeparateCoAuthors, SplitNameParts
from hostile import FRAGMENTS, NAMES, TITLES, VENUES, hostile_citation, lines, parts, same
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pybtex.database import Person, parse_string
from pybtex.plugin import find_plugin
from typeset import bibliography

from generator.citations import bibtex, coins, csl, ris
from generator.citations.citation import Citation, citations_by_paper, paper_citation
from generator.content.model import Library, Paper, Venue, WorkType
from generator.content.text import single_line
from generator.content.work_kinds import CONFERENCE_PAPER, WORK_KINDS
from generator.curate.importers.latex import latex_to_line
from generator.exports.files import export_files
from generator.site.catalogue import build_catalogue

many = settings(max_examples=60)
titles = st.sampled_from(TITLES) | lines
venues = st.sampled_from(VENUES)
CSL_DATA = Path(str(distribution("commonmeta-py").locate_file("commonmeta/resources/csl-data.json")))


def each(library: Library) -> list[Citation]:
    return list(citations_by_paper(library).values())


# BibTeX


def test_an_entry_as_people_write_it(toy: Library) -> None:
    assert bibtex.bibtex_entry(citations_by_paper(toy)["wasserstein-gan"]) == (
        "@inproceedings{arjovsky2017wasserstein,\n"
        "  title = {{Wasserstein} Generative Adversarial Networks},\n"
        "  author = {Arjovsky, Martin and Chintala, Soumith and Bottou, Léon},\n"
        "  booktitle = {Proceedings of the International Conference on Machine Learning},\n"
        "  eventtitle = {ICML},\n"
        "  publisher = {PMLR},\n"
        "  issn = {2640-3498},\n"
        "  year = {2017},\n"
        "  eprint = {1701.07875},\n"
        "  archiveprefix = {arXiv},\n"
        "  eprinttype = {arXiv},\n"
        "  url = {https://arxiv.org/abs/1701.07875},\n"
        "}\n"
    )


def test_a_preprint_says_where_it_stands() -> None:
    text = bibtex.bibtex_entry(hostile_citation("On GANs", ["A. B. Smith"]))
    assert text.startswith("@misc{")
    assert "  month = jan,\n" in text
    assert "  eprint = {2101.00010},\n  archiveprefix = {arXiv},\n" in text


@pytest.mark.parametrize(
    ("word", "title"),
    [
        *(("GAN", "{GAN}"), ("StyleGAN", "{StyleGAN}"), ("GANs:", "{GANs:}"), ("0-Shot", "{0-Shot}")),
        *(("Wasserstein", "{Wasserstein}"), ("Gaussian", "{Gaussian}"), ("Generative", "Generative"), ("A", "A")),
    ],
)
def test_capitals_are_protected(word: str, title: str) -> None:
    assert bibtex.protect_title_word(word) == title


def test_styles_keep_protected_capitals(toy: Library) -> None:
    text = "\n".join(map(bibtex.bibtex_entry, each(toy)))
    style = find_plugin("pybtex.style.formatting", "plain")()
    written = style.format_bibliography(parse_string(text, "bibtex"))
    plain = find_plugin("pybtex.backends", "plaintext")()
    printed = [entry.text.render(plain) for entry in written]
    assert any("Wasserstein generative adversarial networks" in one for one in printed)
    assert len(printed) == len(toy.papers)


def test_two_parsers_read_the_whole_list(toy: Library) -> None:
    citations = each(toy)
    text = "\n".join(map(bibtex.bibtex_entry, citations))
    parsed = parse_bibtex(text)
    assert not parsed.failed_blocks
    other = parse_string(text, "bibtex").entries
    assert [entry.key for entry in parsed.entries] == list(other) == [one.key for one in citations]
    for one, entry in zip(citations, parsed.entries, strict=True):
        assert same(latex_to_line(entry["title"]), one.title)
        assert same(latex_to_line(other[one.key].fields["title"]), one.title)
        assert [spoken(person) for person in other[one.key].persons["author"]] == [parts(name) for name in one.authors]


def spoken(person: Person) -> list[str]:
    """Return the parts of a name as pybtex parses it: particle, family name, suffix, given names."""
    found = (person.prelast_names, person.last_names, person.lineage_names, person.first_names + person.middle_names)
    return [latex_to_line(" ".join(part)) for part in found if part]


@many
@given(
    st.sampled_from(TITLES) | lines, st.lists(st.sampled_from(NAMES), min_size=1, max_size=4), st.sampled_from(VENUES)
)
def test_bibtex_comes_back_from_two_parsers(title: str, authors: list[str], venue: Venue | None) -> None:
    citation = hostile_citation(title, authors, venue)
    text = bibtex.bibtex_entry(citation)
    [one] = parse_bibtex(text).entries
    [other] = parse_string(text, "bibtex").entries.values()
    for found in (one["title"], other.fields["title"]):
        assert same(latex_to_line(found), title)
    container = citation.kind.container
    assert latex_to_line(other.fields.get(container, "")) == citation.container
    assert [spoken(person) for person in other.persons["author"]] == [parts(name) for name in citation.authors]


@many
@given(st.lists(st.sampled_from([name for name in NAMES if not re.search(r"[&{\\]", name)]), min_size=1, max_size=4))
def test_names_come_apart_again(authors: list[str]) -> None:
    citation = hostile_citation("A title", authors)
    steps = [NormalizeFieldKeys(), SeparateCoAuthors(), SplitNameParts()]
    apart = parse_bibtex(bibtex.bibtex_entry(citation), append_middleware=steps)
    assert not apart.failed_blocks
    for name, found in zip(citation.authors, apart.entries[0]["author"], strict=True):
        read = [latex_to_line(" ".join(part)) for part in (found.von, found.last, found.jr, found.first) if part]
        assert read == parts(name)


def test_latex_sets_every_entry(toy: Library, tmp_path: Path) -> None:
    titles = [title for title in TITLES if typewritten(title)]
    wild = [
        hostile_citation(title, [name, "Ann Bee"], VENUES[number % len(VENUES)], f"wild{number}")
        for number, (title, name) in enumerate(product(titles, filter(typewritten, NAMES)))
    ]
    entries = [*filter(typewritten, map(bibtex.bibtex_entry, each(toy))), *map(bibtex.bibtex_entry, wild)]
    written = bibliography("\n".join(entries), tmp_path)
    assert written.count("\\bibitem") == len(entries) > len(toy.papers) - 3 + len(wild)
    assert "{Wasserstein} generative adversarial networks" in " ".join(written.split())


def typewritten(text: str) -> bool:
    """Return whether LaTeX's default typeface has all characters of a text."""
    return all(ord(character) < 0x180 or character in "‘’“”" for character in text)


# RIS


def test_a_record_ends_its_lines_as_the_specification_wants(toy: Library) -> None:
    text = "\r\n".join(map(ris.ris_record, each(toy)))
    assert "\n" not in text.replace("\r\n", "")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in text.split("\r\n") if line)


def test_a_parser_reads_all_records(toy: Library) -> None:
    citations = each(toy)
    records = rispy.load(io.StringIO("\r\n".join(map(ris.ris_record, citations))))
    assert [record["id"] for record in records] == [one.key for one in citations]
    for one, record in zip(citations, records, strict=True):
        agrees(one, record)


def agrees(one: Citation, record: dict[str, Any]) -> None:
    """Assert that a RIS record agrees with the citation."""
    assert record["type_of_reference"] == one.kind.ris
    assert same(record["title"], one.title)
    assert record["authors"] == [name.inverted for name in one.authors]
    assert record["abstract"] == " ".join(one.paper.abstract.split())
    assert record.get("year") == (str(one.date[0]) if one.date else None)
    assert record.get("secondary_title", "") == (one.event if one.kind is CONFERENCE_PAPER else one.container)
    assert record.get("doi") == one.paper.doi
    assert record.get("urls", [""]) == [one.url]


@many
@given(
    st.sampled_from(TITLES) | lines,
    st.lists(st.sampled_from(NAMES) | lines, min_size=1, max_size=4),
    st.sampled_from(VENUES),
)
def test_ris_comes_back(title: str, authors: list[str], venue: Venue | None) -> None:
    citation = hostile_citation(title, authors, venue)
    [record] = rispy.loads(ris.ris_record(citation))
    agrees(citation, record)


# CSL-JSON


@pytest.fixture(scope="module")
def schema() -> Draft7Validator:
    """The schema of the Citation Style Language project."""
    return Draft7Validator(json.loads(CSL_DATA.read_text("utf-8")))


def test_items_are_as_the_schema_wants(toy: Library, schema: Draft7Validator) -> None:
    items = [json.loads(csl.csl_item(one)) for one in each(toy)]
    schema.validate(items)
    assert not schema.is_valid([items[0] | {"issued": "2017"}])


@many
@given(
    st.sampled_from(TITLES) | lines,
    st.lists(st.sampled_from(NAMES) | lines, min_size=1, max_size=4),
    st.sampled_from(VENUES),
)
def test_csl_json_comes_back(title: str, authors: list[str], venue: Venue | None) -> None:
    citation = hostile_citation(title, authors, venue)
    item = json.loads(csl.csl_item(citation))
    assert item["title"] == title
    assert item.get("container-title", "") == citation.container
    for name, author in zip(citation.authors, item["author"], strict=True):
        found = (author.get(key) for key in ("non-dropping-particle", "family", "literal", "suffix", "given"))
        assert [part for part in found if part] == parts(name)


# COinS


@many
@given(
    st.sampled_from(TITLES) | lines,
    st.lists(st.sampled_from(NAMES) | lines, min_size=1, max_size=4),
    st.sampled_from(VENUES),
)
@example("x", ["Madonna"], None)
def test_coins_come_back(title: str, authors: list[str], venue: Venue | None) -> None:
    citation = hostile_citation(title, authors, venue)
    found = parse_qs(coins.context_object(citation), strict_parsing=True)
    assert found["ctx_ver"] == ["Z39.88-2004"]
    kind = "rft.title" if citation.kind.id == "preprint" else "rft.atitle"
    assert found[kind] == [title]
    first, *others = citation.authors
    groups = [name.family for name in others if not name.given]
    assert found["rft.aulast"] == [first.surname, *groups]
    assert found.get("rft.aufirst", [""]) == [first.given]
    assert found.get("rft.au", []) == [
        f"{name.surname}, {name.given} {name.suffix}".strip() for name in others if name.given
    ]


# The files


def exported(library: Library) -> dict[str, str]:
    return {name: made() for name, made in export_files(build_catalogue(library, {}))}


@pytest.fixture(scope="module")
def files(toy: Library) -> dict[str, str]:
    return exported(toy)


def test_each_paper_each_list_and_the_whole_can_be_taken_away(files: dict[str, str], toy: Library) -> None:
    ends = (".bib", ".ris", ".csl.json")
    names = [
        "papers",
        *(f"papers/{paper.id}" for paper in toy.papers),
        *(f"categories/{shelf}" for shelf in {paper.category for paper in toy.papers}),
        *(f"tags/{tag}" for tag in {tag for paper in toy.papers for tag in paper.tags}),
        *(f"paths/{path.id}" for path in toy.paths),
    ]
    assert {f"{name}{end}" for name in names for end in ends} <= files.keys()
    folders = {name.split("/")[0] for name in files if "/" in name and name.endswith(ends)}
    assert folders == {"papers", "categories", "tags", "paths"}


def test_the_three_formats_of_a_list_hold_the_same_papers_in_the_order_of_its_page(
    files: dict[str, str], toy: Library
) -> None:
    for name in {name.removesuffix(".bib") for name in files if name.endswith(".bib")}:
        keys = [entry.key for entry in parse_bibtex(files[f"{name}.bib"], parse_stack=[]).entries]
        assert [item["id"] for item in json.loads(files[f"{name}.csl.json"])] == keys
        assert re.findall(r"(?m)^ID  - (.*?)\r$", files[f"{name}.ris"]) == keys
    path, all_keys = toy.paths[0], citations_by_paper(toy)
    steps = [all_keys[step.paper].key for step in path.steps]
    assert [item["id"] for item in json.loads(files[f"paths/{path.id}.csl.json"])] == steps


def test_an_empty_list_has_empty_files(toy: Library) -> None:
    files = exported(dataclasses.replace(toy, papers=(), paths=()))
    assert files == {"papers.bib": "", "papers.ris": "", "papers.csl.json": "[]\n"}


def test_who_knows_a_file_by_an_old_name_goes_on_to_get_it(toy: Library) -> None:
    first = dataclasses.replace(toy.papers[0], replaces=("old-name",))
    files = exported(dataclasses.replace(toy, papers=(first, *toy.papers[1:])))
    assert files["papers/old-name.bib"] == files[f"papers/{first.id}.bib"]


# All of them


FREE_KEYS = "container volume number edition publisher institution genre note".split()
KINDS = st.sampled_from([kind.type for kind in WORK_KINDS])


def citation_of(kind: WorkType, text: str) -> Citation:
    """Return a work of a kind with the same text in all keys that may have any."""
    texts: Any = dict.fromkeys(FREE_KEYS, text)
    paper = Paper(id="x", title="On maps", category="c", type=kind, authors=("Ada Lee",), published="2001", **texts)
    return paper_citation(paper, "key", {})


@given(KINDS, st.sampled_from([*TITLES, *FRAGMENTS]) | lines)
def test_no_text_breaks_out_of_its_field(kind: WorkType, text: str) -> None:
    plain, hostile = citation_of(kind, "Qx"), citation_of(kind, text)
    for entry, of in ((bibtex.bibtex_entry(plain), "Qx"), (bibtex.bibtex_entry(hostile), text)):
        [found] = parse_bibtex(entry).entries
        values = {field.key: latex_to_line(field.value) for field in found.fields}
        assert list(values) == [line.split()[0] for line in bibtex.bibtex_entry(plain).splitlines()[1:-1]]
        free = [value for key, value in values.items() if key not in ("title", "author", "year", "entrysubtype")]
        assert set(map(single_line, free)) == {single_line(of)}
    tags, plain_tags = ([line[:6] for line in ris.ris_record(one).split("\r\n")] for one in (hostile, plain))
    assert tags == plain_tags
    assert json.loads(csl.csl_item(hostile)) == json.loads(csl.csl_item(plain).replace('"Qx"', json.dumps(text)))

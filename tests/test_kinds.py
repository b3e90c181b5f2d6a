"""A list with works of every kind: what each is cited by, in every format and on every page."""

import csv
import dataclasses
import io
import json
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string as parse_bibtex
from jsonschema import Draft7Validator
from pybtex.database import parse_string
from rdflib import URIRef
from rdflib.namespace import RDF
from sites import ROOT
from test_bibliography import CSL_DATA
from test_metadata import TERMS, graph
from typeset import bibliography

from generator.checks.citing import warn_unsigned_works
from generator.checks.rules import check
from generator.citations import bibtex, csl, ris
from generator.citations.citation import citations_by_paper
from generator.content.loader import load
from generator.content.model import Library, Paper, SourceMarks
from generator.content.standard_numbers import has_valid_isbn_digit, has_valid_issn_digit, normalized_isbn
from generator.content.web_addresses import labeled_addresses
from generator.content.work_kinds import KINDS_BY_TYPE, WORK_KINDS, work_kind
from generator.curate.importers.latex import latex_to_line
from generator.search.data import search_files
from generator.site.catalogue import build_catalogue
from generator.site.citation_tags import citation_meta_tags
from generator.site.publication import kind_label, language_name, publication_details, source_phrase
from generator.site.render import render_site
from generator.site.work_nodes import work_node


def test_the_list_has_works_of_every_kind(works: Library) -> None:
    assert check(works) == []
    assert {work_kind(paper) for paper in works.papers} == set(WORK_KINDS)
    assert {paper.type for paper in works.papers} == set(KINDS_BY_TYPE)


# Citations


def test_two_parsers_of_bibtex_read_each_kind(works: Library) -> None:
    found = citations_by_paper(works)
    text = "\n".join(map(bibtex.bibtex_entry, found.values()))
    entries = parse_string(text, "bibtex").entries
    blocks = {entry.key: entry for entry in parse_bibtex(text).entries}
    assert list(entries) == list(blocks) == [one.key for one in found.values()]
    for one in found.values():
        entry, kind = entries[one.key], one.kind
        persons = {role: [str(person) for person in people] for role, people in entry.persons.items()}
        assert blocks[one.key].entry_type == entry.original_type == bibtex.bibtex_entry_type(one)
        assert latex_to_line(entry.fields.get(kind.container, "")) == one.container
        assert entry.fields.get("isbn") == one.paper.isbn
        assert entry.fields.get("language") == one.paper.language
        assert len(persons.get("author", ())) == len(one.authors)
        assert len(persons.get("editor", ())) == len(one.editors)
        assert not one.paper.institution or one.paper.institution in entry.fields[kind.issuer]


def test_bibtex_entries_have_the_types_that_programs_know(works: Library) -> None:
    types = {one.kind.id: bibtex.bibtex_entry_type(one) for one in citations_by_paper(works).values()}
    standard = "article book incollection inproceedings mastersthesis misc phdthesis techreport"
    known_by_zotero = "online software video"  # it leaves out entries of other types; to BibTeX these three are `misc`
    assert set(types.values()) <= {*standard.split(), *known_by_zotero.split()}
    assert types["thesis"] in ("mastersthesis", "phdthesis")


def test_latex_sets_each_kind(works: Library, tmp_path: Path) -> None:
    text = "\n".join(map(bibtex.bibtex_entry, citations_by_paper(works).values()))
    styled = re.sub(r"@(?:online|software|video)", "@misc", text)  # which BibTeX does too, with a warning
    written = bibliography(styled, tmp_path, ["Warning--empty author in worldhealthorganization2021ethics"])
    printed = " ".join(written.replace("~", " ").split())
    assert printed.count("\\bibitem") == len(works.papers)
    for passage in (
        "Gabriel García Márquez. ",
        "and {PDP Research Group}, editors",
        "Jan van Leeuwen, editor",
        "Number 1000 in Lecture Notes in Computer Science",
        "Master's thesis, Massachusetts Institute of Technology",
        "Technical report 1999-66, Stanford InfoLab",
        "colah's blog, August 2015",
        "Sam McCandlish, et al",
        "February 380",
    ):
        assert passage in printed


# What Zotero, bibutils and EndNote read, by tag of RIS
RIS_TAGS: dict[str, dict[str, str | None]] = {
    "scaling-laws": {"TY": "MANSCPT", "AN": "arXiv:2001.08361", "PB": "arXiv"},
    "entropy": {"TY": "JOUR", "T2": "Bell System Technical Journal", "VL": "27", "IS": "3", "SP": "379", "EP": "423"},
    "attention": {"TY": "CONF", "T2": "NeurIPS", "C3": "Advances in Neural Information Processing Systems"},
    "solitude": {"TY": "BOOK", "AU": "García Márquez, Gabriel", "ET": "Primera edición", "LA": "es"},
    "computer-science-today": {"TY": "BOOK", "ED": "van Leeuwen, Jan", "M1": "1000", "SN": "3-540-60105-8"},
    "propagation": {"TY": "CHAP", "T2": "Parallel Distributed Processing", "BT": "Parallel Distributed Processing"},
    "relay-circuits": {"TY": "THES", "PB": "Massachusetts Institute of Technology", "M3": "Master's thesis"},
    "page-rank": {"TY": "RPRT", "PB": "Stanford InfoLab", "SN": "1999-66"},
    "health-guidance": {"TY": "RPRT", "PB": "World Health Organization", "SN": None, "N1": "ISBN 978-92-4-002920-0"},
    "about-the-archive": {"TY": "ELEC", "T2": "The Archive", "Y2": "2026/03/01"},
    "lstm-networks": {"TY": "BLOG", "T2": "colah's blog"},
    "parser": {"TY": "COMP", "AU": "Parser Team", "ET": "3.0"},
    "iris": {"TY": "DATA", "PB": "UCI Machine Learning Repository", "ET": "1"},
    "your-research": {"TY": "SLIDE", "T2": "Bell Communications Research Colloquium", "M3": "Colloquium talk"},
    "neural-network-video": {"TY": "VIDEO", "PB": "YouTube"},
    "vision-course": {"TY": "ELEC", "M3": "Course", "M1": None},
    "cunctos-populos": {"TY": "GEN", "PY": "0380", "DA": "0380/02/27", "AU": None},
}


@pytest.mark.parametrize("name", RIS_TAGS)
def test_ris_has_each_fact_where_programs_look(works: Library, name: str) -> None:
    lines = ris.ris_record(citations_by_paper(works)[name]).split("\r\n")
    values = dict(reversed([(line[:2], line[6:]) for line in lines if line]))  # the first of each tag
    assert {tag: values.get(tag) for tag in RIS_TAGS[name]} == RIS_TAGS[name]


def test_csl_items_of_all_kinds_are_as_the_schema_wants(works: Library) -> None:
    items = [json.loads(csl.csl_item(one)) for one in citations_by_paper(works).values()]
    Draft7Validator(json.loads(CSL_DATA.read_text("utf-8"))).validate(items)


# Metadata of pages


def test_zotero_is_told_the_kind_of_each_work(works: Library) -> None:
    catalogue = build_catalogue(works, {})
    for one in catalogue.citations.values():
        tags = list(citation_meta_tags(catalogue, one))
        names = [name for name, _ in tags]
        assert dict(tags)["z:itemType"] == one.kind.zotero
        assert names.count("citation_author") == len([name for name in one.paper.authors if name != "others"])
        assert names.count("citation_editor") == len(one.paper.editors)
        assert all(content for _, content in tags)


META_TAGS: dict[str, dict[str, str | None]] = {
    "scaling-laws": {"citation_arxiv_id": "2001.08361", "z:archiveID": "arXiv:2001.08361"},
    "entropy": {
        "citation_journal_title": "Bell System Technical Journal",
        "citation_volume": "27",
        "citation_issue": "3",
        "citation_firstpage": "379",
        "citation_lastpage": "423",
        "citation_issn": "0005-8580",
        "citation_publication_date": "1948/07",
    },
    "attention": {
        "citation_inbook_title": "Advances in Neural Information Processing Systems",
        "citation_conference_title": "NeurIPS",
    },
    "computer-science-today": {"citation_series_title": "Lecture Notes in Computer Science", "citation_author": None},
    "propagation": {"citation_inbook_title": "Parallel Distributed Processing", "citation_isbn": "978-0-262-68053-0"},
    "ordinal-logics": {"citation_dissertation_institution": "Princeton University", "citation_publisher": None},
    "page-rank": {
        "citation_technical_report_institution": "Stanford InfoLab",
        "citation_technical_report_number": "1999-66",
        "DC.type": "Technical report",
    },
    "parser": {"citation_author": "Parser Team,", "citation_publisher": "Zenodo"},  # the comma keeps a group whole
    "lstm-networks": {"DC.source": "colah's blog"},
    "vision-course": {"DC.source": "Stanford University"},
    "cunctos-populos": {"citation_publication_date": "0380/02/27", "citation_language": "la"},
    "statistical-learning": {"citation_pdf_url": "https://books.example/esl.pdf"},
}


@pytest.mark.parametrize("name", META_TAGS)
def test_pages_have_the_tags_that_scholar_and_zotero_read(works: Library, name: str) -> None:
    catalogue = build_catalogue(works, {})
    tags = list(citation_meta_tags(catalogue, catalogue.citations[name]))
    first = dict(reversed(tags))
    assert {key: first.get(key) for key in META_TAGS[name]} == META_TAGS[name]


def test_conference_papers_are_not_taken_for_chapters(works: Library) -> None:
    catalogue = build_catalogue(works, {})
    names = [name for name, _ in citation_meta_tags(catalogue, catalogue.citations["attention"])]
    assert names.index("citation_inbook_title") < names.index("citation_conference_title")  # the last one decides


def test_json_ld_of_each_kind_is_in_the_terms_of_schema_org(works: Library) -> None:
    catalogue = build_catalogue(works, {})
    root = "https://list.example/kinds/"
    for one in catalogue.citations.values():
        here = f"{root}papers/{one.paper.id}/#paper"
        triples = graph({"@context": "https://schema.org", "@id": here} | work_node(catalogue, root, one))
        assert (URIRef(here), RDF.type, TERMS[one.kind.schema_org]) in triples
        for _, predicate, thing in triples:
            assert (thing if predicate == RDF.type else predicate) in TERMS


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        (
            "entropy",
            {
                "isPartOf": {
                    "@type": "PublicationIssue",
                    "issueNumber": "3",
                    "isPartOf": {
                        "@type": "PublicationVolume",
                        "volumeNumber": "27",
                        "isPartOf": {
                            "@type": "Periodical",
                            "name": "Bell System Technical Journal",
                            "issn": "0005-8580",
                        },
                    },
                },
                "pageStart": "379",
                "pageEnd": "423",
                "inLanguage": "en",
            },
        ),
        (
            "computer-science-today",
            {
                "@type": "Book",
                "isbn": "3-540-60105-8",
                "isPartOf": {"@type": "BookSeries", "name": "Lecture Notes in Computer Science"},
                "editor": [{"@type": "Person", "name": "Jan van Leeuwen"}],
            },
        ),
        ("solitude", {"award": "Rómulo Gallegos Prize, 1972", "bookEdition": "Primera edición"}),
        ("relay-circuits", {"@type": "Thesis", "inSupportOf": "Master's thesis"}),
        ("page-rank", {"@type": "Report", "reportNumber": "1999-66"}),
        ("parser", {"@type": "SoftwareSourceCode", "codeRepository": "https://github.com/example/parser"}),
        (
            "iris",
            {
                "@type": "Dataset",
                "description": "A hundred and fifty flowers, measured.",
                "distribution": {"@type": "DataDownload", "contentUrl": "https://data.example/iris.csv"},
            },
        ),
        ("neural-network-video", {"@type": "VideoObject", "uploadDate": "2017-10-05"}),
        (
            "vision-course",
            {
                "@type": "Course",
                "courseCode": "CS231n",
                "provider": {"@type": "Organization", "name": "Stanford University"},
            },
        ),
        ("lstm-networks", {"@type": "BlogPosting", "isPartOf": {"@type": "Blog", "name": "colah's blog"}}),
        ("cunctos-populos", {"@type": "CreativeWork", "datePublished": "0380-02-27"}),
    ],
)
def test_search_engines_learn_what_a_work_is(works: Library, name: str, facts: dict[str, object]) -> None:
    catalogue = build_catalogue(works, {})
    node = work_node(catalogue, "https://list.example/", catalogue.citations[name])
    assert {key: node.get(key) for key in facts} == facts


def test_the_isbn_of_a_chapter_is_that_of_its_book(works: Library) -> None:
    catalogue = build_catalogue(works, {})
    node = work_node(catalogue, "", catalogue.citations["propagation"])
    assert (node["@type"], node["isPartOf"]["@type"]) == ("Chapter", "Book")
    assert "isbn" not in node
    assert node["isPartOf"]["isbn"] == "978-0-262-68053-0"
    assert [one["@type"] for one in node["isPartOf"]["editor"]] == ["Person", "Person", "Organization"]


# Pages


@pytest.mark.parametrize(
    ("name", "label", "phrase", "details"),
    [
        ("scaling-laws", "", "", []),
        (
            "entropy",
            "",
            "Bell System Technical Journal, vol. 27, no. 3, pp. 379–423, American Telephone and Telegraph",
            ["ISSN 0005-8580"],
        ),
        (
            "attention",
            "",
            "In Advances in Neural Information Processing Systems, vol. 30, edited by Isabelle Guyon, "
            "Ulrike von Luxburg, Samy Bengio and 4 others, Curran Associates, pp. 5998–6008",
            ["ISBN 978-1-5108-6096-4"],
        ),
        ("solitude", "Book", "Primera edición, Editorial Sudamericana", ["In Spanish"]),
        (
            "statistical-learning",
            "Book",
            "2nd edition, Springer (Springer Series in Statistics)",
            ["ISBN 978-0-387-84857-0"],
        ),
        ("computer-science-today", "Book", "Springer (Lecture Notes in Computer Science 1000)", ["ISBN 3-540-60105-8"]),
        (
            "propagation",
            "Chapter",
            "In Parallel Distributed Processing, vol. 1, edited by David E. Rumelhart, James L. McClelland and "
            "PDP Research Group, MIT Press, pp. 318–362",
            ["ISBN 978-0-262-68053-0"],
        ),
        ("relay-circuits", "Master's thesis", "Massachusetts Institute of Technology", []),
        ("page-rank", "Technical report", "Stanford InfoLab, no. 1999-66", []),
        ("health-guidance", "Report", "", ["ISBN 978-92-4-002920-0"]),  # its institution stands in for authors
        ("about-the-archive", "Web page", "The Archive", ["Accessed 1 March 2026"]),
        ("lstm-networks", "Post", "colah's blog", []),
        ("parser", "Software", "Version 3.0, Example University, Zenodo", []),
        ("iris", "Data set", "Version 1, UCI Machine Learning Repository", []),
        (
            "your-research",
            "Colloquium talk",
            "Bell Communications Research Colloquium, Bell Communications Research",
            [],
        ),
        ("neural-network-video", "Video", "3Blue1Brown, YouTube", []),
        ("vision-course", "Course", "CS231n, Stanford University", []),
        ("cunctos-populos", "Edict", "In Codex Theodosianus, 16.1.2", ["In Latin"]),
    ],
)
def test_pages_say_in_words_what_a_work_is(
    works: Library, name: str, label: str, phrase: str, details: list[str]
) -> None:
    [paper] = [paper for paper in works.papers if paper.id == name]
    assert (kind_label(paper), source_phrase(paper), list(publication_details(paper))) == (label, phrase, details)


@pytest.mark.parametrize(
    ("key", "value", "phrase"),
    [
        *(("edition", "3", "3rd edition"), ("edition", "12", "12th edition"), ("edition", "Second", "Second edition")),
        *(("edition", "2nd, revised", "2nd, revised"), ("pages", "7", "P. 7"), ("pages", "7--9", "Pp. 7–9")),
        *(("pages", "3, 5-7", "Pp. 3, 5–7"), ("pages", "e12345", "e12345"), ("volume", "2", "Vol. 2")),
    ],
)
def test_words_for_a_place_in_a_book(key: str, value: str, phrase: str) -> None:
    given: Any = {key: value}
    assert source_phrase(Paper("x", "T", "shelf", type="book", authors=("Ada",), **given)) == phrase


@pytest.mark.parametrize(
    ("tag", "name"),
    [("es", "Spanish"), ("pt-BR", "Brazilian Portuguese"), ("de-x-dialect", "German"), ("qaa", "qaa")],
)
def test_languages_have_english_names(tag: str, name: str) -> None:
    assert language_name(tag) == name


@pytest.fixture(scope="module")
def pages(works: Library) -> Mapping[str, str]:
    return render_site(works, {})


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("computer-science-today", "Jan van Leeuwen (ed.)</p>"),
        ("scaling-laws", "Sam McCandlish and others</p>"),
        ("health-guidance", '<p class="authors">World Health Organization</p>'),
        ("solitude", '<p class="award">Rómulo Gallegos Prize, 1972</p>'),
        ("solitude", '<p class="note">The first print run had a galleon on its cover.</p>'),
        ("solitude", '<span class="kind">Book</span>\u00a0· <a href="../../years/1967/">1967</a>'),
        ("cunctos-populos", '<a href="../../years/380/">27 February 380</a>'),
        ("about-the-archive", '<span class="kind">Web page</span></p>'),
    ],
)
def test_pages_of_works(pages: Mapping[str, str], name: str, line: str) -> None:
    assert line in unescape(pages[f"papers/{name}.md"])


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("attention", ["arXiv", "PDF", "Code", "Review"]),
        ("vision-course", ["Web", "Code", "Slides", "Video"]),
        ("statistical-learning", ["PDF", "DOI", "Review", "Discussion"]),
        ("parser", ["Code", "Demo", "DOI"]),
        ("iris", ["Data", "DOI"]),
    ],
)
def test_buttons_have_a_fixed_order(works: Library, name: str, labels: list[str]) -> None:
    [paper] = [paper for paper in works.papers if paper.id == name]
    assert [label for label, _ in labeled_addresses(paper)] == labels


def test_what_has_no_abstract_leads_with_its_summary(pages: Mapping[str, str]) -> None:
    assert "## Abstract" not in pages["papers/solitude.md"]
    assert '<p class="summary">Seven generations' in pages["papers/solitude.md"]


def test_arxiv_is_named_only_where_an_entry_has_an_id(pages: Mapping[str, str]) -> None:
    for name, text in pages.items():
        if name.startswith("papers/") and name.endswith((".md", ".md.txt")):
            assert ("arXiv" in text) == (name.split("/")[1].split(".")[0] in ("scaling-laws", "attention")), name


def test_lists_name_the_kinds_only_where_there_are_several(works: Library) -> None:
    rows = build_catalogue(works, {}).rows
    assert rows["solitude"].when == "Book, 1967"
    assert rows["about-the-archive"].when == "Web page"
    assert rows["attention"].when == "NeurIPS 2017"
    assert rows["entropy"].when == "Bell System Technical Journal 1948"
    books = dataclasses.replace(works, papers=tuple(paper for paper in works.papers if paper.type == "book"))
    alone = build_catalogue(books, {})
    assert (alone.rows["solitude"].when, alone.kinds) == ("1967", ())


def test_search_knows_what_works_are_and_where_they_were_published(works: Library) -> None:
    columns = json.loads(dict(search_files(build_catalogue(works, {})))["search/list.json"]())
    papers = {name: number for number, name in enumerate(columns["papers"]["ids"])}
    kinds, found = columns["kinds"], columns["papers"]
    assert [kind["id"] for kind in kinds] == [kind.id for kind in WORK_KINDS]
    assert kinds[found["kinds"][papers["solitude"]]] == {"id": "book", "name": "Book"}
    assert found["marks"][papers["solitude"]] == "Book"
    assert found["bylineEnds"][papers["health-guidance"]] == "World Health Organization"
    assert found["bylineEnds"][papers["scaling-laws"]] == "others"
    assert found["bylineEnds"][papers["computer-science-today"]] == " (ed.)"
    assert found["bylineEnds"][papers["solitude"]] == ""
    assert found["sources"][papers["computer-science-today"]] == "Springer (Lecture Notes in Computer Science 1000)"


def test_years_are_in_order(pages: Mapping[str, str]) -> None:
    years = [int(year) for year in re.findall(r'href="\.\./years/(\d+)/"', pages["years/index.md"])]
    assert years == sorted(years, reverse=True)
    assert years[-2:] == [1687, 380]
    assert '<span class="previous"><a href="../../years/1687/">1687</a></span>' in pages["years/380.md"]


def test_programs_learn_who_and_what(pages: Mapping[str, str]) -> None:
    records = {record["id"]: record for record in json.loads(pages["api/v1/papers.json"])}
    assert [name for name, record in records.items() if not record["authors_complete"]] == ["scaling-laws"]
    assert [author["name"] for author in records["scaling-laws"]["authors"]] == ["Jared Kaplan", "Sam McCandlish"]
    assert records["propagation"]["editors"][1:] == ["James L. McClelland", "PDP Research Group"]
    assert records["cunctos-populos"]["year"] == 380
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(pages["api/v1/papers.csv"], newline=""))}
    book = rows["computer-science-today"]
    assert (book["type"], book["editors"], book["isbn"]) == ("book", "Jan van Leeuwen", "3-540-60105-8")


# The guide


def test_the_guide_has_a_valid_example_of_every_type(content: Path) -> None:
    guide = (ROOT / "content/README.md").read_text("utf-8").partition("### Works of other kinds")[2]
    block = guide.partition("```yaml\n")[2].partition("\n```")[0]
    for number, example in enumerate(block.split("\n\n")):
        (content / f"papers/example-{number}.yml").write_text(f"{example}\ncategory: generators\n", "utf-8")
    library, problems = load(content, {})
    assert problems + [problem for problem in check(library) if "example-" in problem.file] == []
    assert {paper.type for paper in library.papers if paper.id.startswith("example-")} == set(KINDS_BY_TYPE)


# Checks


def test_works_that_are_always_someones_should_name_someone(works: Library) -> None:
    unnamed = tuple(dataclasses.replace(paper, authors=(), editors=(), institution=None) for paper in works.papers)
    marks = {f"papers/{paper.id}.yml": SourceMarks(paper.id, {("title",): (1, 1)}) for paper in unnamed}
    warnings = list(warn_unsigned_works(dataclasses.replace(works, papers=unnamed, marks=marks)))
    assert {warning.file for warning in warnings} == {
        *("attention", "entropy", "ordinal-logics", "propagation", "relay-circuits", "scaling-laws")
    }
    assert all(warning.warning for warning in warnings)
    assert list(warn_unsigned_works(works)) == []


@pytest.mark.parametrize(
    ("isbn", "is_valid"),
    [
        *(
            ("978-3-16-148410-0", True),
            ("9783161484100", True),
            ("978 3 16 148410 0", True),
            ("978-3-16-148410-1", False),
        ),
        *(("3-16-148410-X", True), ("316148410x", True), ("3-16-148410-0", False), ("0-306-40615-2", True)),
        *(("979-10-90636-07-1", True), ("0306406151", False)),
    ],
)
def test_the_last_digit_of_an_isbn(isbn: str, is_valid: bool) -> None:
    assert has_valid_isbn_digit(isbn) == is_valid


def test_spellings_of_an_isbn_are_equal() -> None:
    assert {normalized_isbn(isbn) for isbn in ("3-16-148410-X", "316148410x", "978-3-16-148410-0")} == {"9783161484100"}


@pytest.mark.parametrize(("issn", "is_valid"), [("2049-3630", True), ("2434-561X", True), ("2049-3631", False)])
def test_the_last_digit_of_an_issn(issn: str, is_valid: bool) -> None:
    assert has_valid_issn_digit(issn) == is_valid

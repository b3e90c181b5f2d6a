"""People: who is known by which names, on pages, in search, in the API, and in what the check asks."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from sites import TOY
from steps import assert_linear

from generator.checks.health import health_sections
from generator.checks.people import warn_repeated_names, warn_similar_names
from generator.citations.names import display_name, parse_author_name
from generator.content.loader import load
from generator.content.model import Library, Paper, Person, Site, SourceMarks
from generator.content.standard_numbers import has_valid_orcid_digit
from generator.curate.importers.entries import candidate_entries
from generator.measure.search import search_answers
from generator.related.relate import relate
from generator.site.page_ids import author_id
from generator.site.render import render_site

ORCID = "0000-0002-1825-0097"


def signed(*authors: str, **values: Any) -> Library:
    """Return a list of one paper by these authors."""
    site = Site("A list", "What it is.", "What it says first.")
    paper = replace(Paper("paper", "A paper", "shelf", authors=authors), **values)
    return Library(site, (), (), (paper,), (), (), {"people.yml": SourceMarks("people.yml")})


@pytest.mark.parametrize(
    ("short", "other", "asked"),
    [
        ("W. Wang", "Wei Wang", True),
        ("Wang, W.", "Wei Wang", True),
        ("W Wang", "Wang, Wei", True),
        ("J.-P. Serre", "Jean-Pierre Serre", True),
        ("Serre, JP", "Jean-Pierre Serre", True),
        ("J. R. R. Tolkien", "John Ronald Reuel Tolkien", True),
        ("J. Tolkien", "John Ronald Reuel Tolkien", True),
        ("Geoffrey Hinton", "Geoffrey E. Hinton", True),
        ("G. E. Hinton", "Geoffrey Hinton", True),
        ("A. van den Oord", "Aäron van den Oord", True),
        ("É. Cartan", "Elie Cartan", True),
        ("W. Wang", "W. X. Wang", False),
        ("W. Wang", "Jun Wang", False),
        ("W. Wang", "Wei Li", False),
        ("W. J. Wang", "Wei Xing Wang", False),
        ("John Smith", "John Ronald Smith", False),
        ("Wei Wang 0001", "Wei Wang 0002", False),
        ("Plato", "Plato Smith", False),
        ("{W. Wang}", "Wei Wang", False),
        ("王伟", "王 伟", False),
        ("Martin Arjovsky", "Arjovsky, Martin", False),
    ],
)
def test_where_initials_and_full_names_meet(short: str, other: str, asked: bool) -> None:
    for authors in ((short, other), (other, short)):
        found = list(warn_similar_names(signed(*authors)))
        assert len(found) == asked
        assert all(warning.warning and warning.message.startswith(f'"{short}" may be') for warning in found)


def test_the_question_says_how_to_answer_it() -> None:
    names = ("Wang, W.", "Wei Wang", "Wen Wang")
    answers = [
        (Person("Wei Wang", same_as=("Wang, W.",), other_than=("Wen Wang",)),),
        (Person("Wang, W.", other_than=("Wei Wang", "Wen Wang")),),
        (
            Person("Wen Wang", other_than=("W. Wang",)),
            Person("Wei Wang", orcid=ORCID),
            Person("W. Wang", orcid="other"),
        ),
    ]
    assert [warning.message for warning in warn_similar_names(signed(*names))] == [
        '"Wang, W." may be "Wei Wang" or "Wen Wang": write {name: "Wei Wang", same_as: ["Wang, W."]} in people.yml if '
        'so, or {name: "Wang, W.", other_than: ["Wei Wang", "Wen Wang"]} if not'
    ]
    for people in answers:
        assert list(warn_similar_names(replace(signed(*names), people=people))) == []
    half = replace(signed(*names), people=(Person("Wei Wang", same_as=("Wang, W.",)),))
    assert [warning.message[:31] for warning in warn_similar_names(half)] == ['"Wang, W." may be "Wen Wang": w']


def test_a_name_twice_may_be_that_of_two_people() -> None:
    (warning,) = warn_repeated_names(signed("Wang, W.", "Li, J.", "Wang, W."))
    assert str(warning) == (
        'papers/paper.yml:1:1: warning: "Wang, W." appears twice: if they are two people, write "Wang, W. 0001" and '
        '"Wang, W. 0002"'
    )
    assert list(warn_repeated_names(signed("Wei Wang 0001", "Jun Li", "Wei Wang 0002"))) == []


@pytest.mark.parametrize(
    ("name", "shown", "inverted"),
    [
        ("Wei Wang 0001", "Wei Wang 0001", "Wang, Wei"),
        ("Wang, Wei 0002", "Wei Wang 0002", "Wang, Wei"),
        ("Wang, W. 0001", "W. Wang 0001", "Wang, W."),
        ("{Group 0001}", "Group 0001", "Group 0001"),
        ("Studio 2001", "Studio 2001", "2001, Studio"),
    ],
)
def test_numbers_tell_people_apart_and_are_no_part_of_the_name(name: str, shown: str, inverted: str) -> None:
    assert (display_name(name), parse_author_name(name).inverted) == (shown, inverted)


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("García Márquez, Gabriel", "Gabriel García Márquez"),
        ("{World Health Organization}", "World Health Organization"),
        ("Wang, Wei 0001", "Wei Wang 0001"),
        ("Smith, Jr., John", "Smith, John, Jr."),
    ],
)
def test_one_person_in_any_order(name: str, same: str) -> None:
    assert author_id(name) == author_id(same)


@pytest.mark.parametrize(
    ("orcid", "valid"),
    [(ORCID, True), ("0000-0002-1694-233X", True), ("0000-0002-1825-0098", False), ("0000-0002-1694-2331", False)],
)
def test_check_digits(orcid: str, valid: bool) -> None:
    assert has_valid_orcid_digit(orcid) == valid


@pytest.mark.parametrize(
    ("names", "kept", "notes"),
    [
        (("Ann Bee", "others"), ("Ann Bee", "others"), ()),
        (("Ann Bee", "et al.", "Cy Dee"), ("Ann Bee", "Cy Dee", "others"), ()),
        (("et al.",), (), ()),
        (("Ann Bee", "???"), ("Ann Bee",), ('without "???", which is nobody\'s name',)),
        (("A.", "B. B."), ("A.", "B. B."), ()),
        (("Ann Bee", "Cy Dee", "Ann Bee"), ("Ann Bee", "Cy Dee", "Ann Bee"), ()),
    ],
)
def test_names_come_in_as_the_check_takes_them(
    names: tuple[str, ...], kept: tuple[str, ...], notes: tuple[str, ...]
) -> None:
    (entry,) = candidate_entries([Paper("", "A paper", "", authors=names)], replace(signed(), papers=()), "2026-01-01")
    assert (entry.paper.authors, entry.notes) == (kept, notes)
    assert [
        entry.state
        for entry in candidate_entries(
            [Paper("", "A paper", "", authors=names)], replace(signed(), papers=(entry.paper,)), "2026-01-01"
        )
    ] == ["unchanged"]


def test_people_take_linear_time() -> None:
    def work(count: int) -> Any:
        library = signed(
            *(f"{letter}. Wang{'x' * (n % 7)}" for n in range(count // 20) for letter in "ABCDEFGHIJKLMNOPQRST"),
            *(f"W{n}a W. Wang" for n in range(count)),
        )
        return lambda: list(warn_similar_names(library))

    assert_linear(work, 250)


def people_files(*people: Person) -> Mapping[str, str]:
    """Return the site of the toy list with people who are written in several ways."""
    library, _ = load(TOY, {})
    authors = {
        "tr0n": ("Bau, D.", "Wei Wang 0001", "{World Health Organization}", "others"),
        "wasserstein-gan": ("Dave Bau", "Wei Wang 0002"),
    }
    papers = (replace(paper, authors=authors.get(paper.id, paper.authors)) for paper in library.papers)
    library = replace(library, papers=tuple(papers), people=people)
    return render_site(library, relate(library))


@pytest.fixture(scope="module")
def files() -> Mapping[str, str]:
    return people_files(
        Person("David Bau", ("D. Bau", "Dave Bau"), orcid=ORCID),
        Person("Wei Wang 0001", other_than=("Wei Wang 0002",)),
    )


def test_one_person_has_one_page(files: Mapping[str, str]) -> None:
    page = files["authors/david-bau.md"]
    assert {"tr0n", "wasserstein-gan", "gan-dissection"} <= set(re.findall(r'data-paper="([\w-]+)"', page))
    assert "Also published as D. Bau and Dave Bau." in page
    assert f'href="https://orcid.org/{ORCID}"' in page
    for old in ("d-bau", "dave-bau"):
        assert 'redirect: "../../authors/david-bau/"' in files[f"authors/{old}.md"]
        assert files[f"authors/{old}.atom"] == files["authors/david-bau.atom"]
    assert '<a href="../../authors/david-bau/">D. Bau</a>' in files["papers/tr0n.md"].replace("&#46;", ".")
    assert "authors/others.md" not in files
    assert "authors/world-health-organization.md" not in files  # of one paper, and not in people.yml


def test_people_of_one_name_are_told_apart(files: Mapping[str, str]) -> None:
    page = files["authors/wei-wang-0001.md"]
    assert '<h1 id="Content">Wei Wang 0001</h1>' in page
    assert "Not to be confused with" in page
    assert 'href="../../browse/?author=wei-wang-0002"' in unescape(page)  # who has one paper, and no entry
    assert "authors/wei-wang-0002.md" not in files
    both = people_files(Person("Wei Wang 0001", other_than=("Wei Wang 0002",)), Person("Wei Wang 0002"))
    for one, other in (("0001", "0002"), ("0002", "0001")):
        assert f'href="../../authors/wei-wang-{other}/"' in both[f"authors/wei-wang-{one}.md"]


def test_numbers_of_people_are_no_part_of_citations(files: Mapping[str, str]) -> None:
    assert "Wang, Wei" in files["papers/tr0n.bib"]
    assert "000" not in files["papers/tr0n.bib"] + files["papers/tr0n.csl.json"]


def test_programs_know_who_is_who(files: Mapping[str, str]) -> None:
    authors = {author["id"]: author for author in json.loads(files["api/v1/authors.json"])}
    assert {"d-bau", "others"}.isdisjoint(authors)
    bau = authors["david-bau"]
    assert (bau["name"], bau["same_as"], bau["orcid"]) == ("David Bau", ["D. Bau", "Dave Bau"], ORCID)
    assert {"tr0n", "gan-dissection"} <= set(bau["papers"])
    paper = next(paper for paper in json.loads(files["api/v1/papers.json"]) if paper["id"] == "tr0n")
    assert [(author["id"], author["name"]) for author in paper["authors"]] == [
        ("david-bau", "D. Bau"),
        ("wei-wang-0001", "Wei Wang 0001"),
        ("world-health-organization", "World Health Organization"),
    ]
    columns = json.loads(files["search/list.json"])
    assert ["David Bau", "david-bau", "D. Bau", "Dave Bau"] in columns["people"]
    assert columns["moved"]["author"] == {"d-bau": "david-bau", "dave-bau": "david-bau"}


def test_feeds_and_the_health_report_name_people(files: Mapping[str, str], toy: Library) -> None:
    assert "<name>Wei Wang</name>" in files["papers.atom"]
    marks = {**toy.marks, "people.yml": SourceMarks("people.yml")}
    unknown = replace(toy, people=(Person("Nobody At All"),), marks=marks)
    (warnings,) = (section for section in health_sections(unknown, {}) if section.id == "warnings")
    assert [(one.name, one.address, one.detail) for one in warnings.findings] == [
        ("people.yml", "authors/", 'no author or editor has the name "Nobody At All"')
    ]


def test_search_knows_all_spellings(toy: Library) -> None:
    papers = tuple(replace(paper, authors=("Jane Roe",)) if paper.id == "tr0n" else paper for paper in toy.papers)
    known = replace(toy, papers=papers, people=(Person("Jane Doe", ("Jane Roe",)),))
    assert search_answers(known, ["author:doe", "author:roe", "roe"]) == [["tr0n"]] * 3


def nodes(page: str) -> list[dict[str, Any]]:
    found = re.search(r'<script type="application/ld\+json">(.*)</script>', page)
    assert found
    return list(json.loads(found[1])["@graph"])


def test_json_ld_names_people(files: Mapping[str, str]) -> None:
    (article,) = (node for node in nodes(files["papers/tr0n.md"]) if node["@type"] == "ScholarlyArticle")
    assert [(author["@type"], author["name"], author.get("sameAs")) for author in article["author"]] == [
        ("Person", "D. Bau", f"https://orcid.org/{ORCID}"),
        ("Person", "Wei Wang", None),
        ("Organization", "World Health Organization", None),
    ]
    (person,) = (node for node in nodes(files["authors/david-bau.md"]) if node["@type"] == "Person")
    assert (person["name"], person["sameAs"]) == ("David Bau", f"https://orcid.org/{ORCID}")
    assert person["alternateName"] == ["D. Bau", "Dave Bau"]

"""Limits on texts, lists and mappings: each type of the model has one, and what exceeds it is one problem."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from test_schema import inside

from generator.content.loader import MAX_PAGE_LENGTH, parse_page
from generator.content.model import (
    Categories,
    JudgedPaper,
    JudgedPapers,
    JudgedQueries,
    Limit,
    Paper,
    ReadingPath,
    Site,
    TextFormat,
    Venues,
    Vocabulary,
)
from generator.content.reader import length_limit, read_yaml

ENTRY = "title: {title}\nauthors: [{authors}]\ncategory: generators\nabstract: {abstract}\n"
A_DATE = "expected a date from 0001 to 2099, such as 2017-01-26, 2017-01 or 2017, found"
A_DAY = "expected a day from 1900 to 2099, such as 2026-11-24, found"
A_YEAR = "expected a whole number from 1 to 2099, found"
FILES = (Paper, ReadingPath, Site, Vocabulary, Categories, Venues, JudgedQueries, JudgedPapers)


def messages(text: str, kind: Any = Paper) -> list[str]:
    """Return the problems of a file's text, without the file's name."""
    given = {"id": "x"} if kind is Paper else {}
    return [str(problem).removeprefix("x.yml:") for problem in read_yaml(text, "x.yml", kind, **given)[2]]


def entry(title: str = "A title", authors: str = "Ann Other", abstract: str = "x", more: str = "") -> str:
    return ENTRY.format(title=title, authors=authors, abstract=abstract) + more


def ids(count: int) -> str:
    return f"[{', '.join(f'r{number}' for number in range(count))}]"


@pytest.mark.parametrize("file", FILES, ids=str)
def test_every_type_of_the_model_has_a_limit(file: Any) -> None:
    for kind in inside(file):
        notes = getattr(kind, "__metadata__", ())
        if get_origin(kind) in (tuple, Mapping):
            continue  # the annotated type around it is looked at instead
        inner = get_origin(getattr(kind, "__origin__", None))
        assert inner not in (tuple, Mapping) or any(isinstance(note, Limit) for note in notes)
        assert all(note.longest > 0 for note in notes if isinstance(note, TextFormat))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (entry(title="x" * 1_001), "1:8: expected at most 1,000 characters, found 1,001"),
        (entry(authors="x" * 401), "2:11: expected at most 400 characters, found 401"),
        (entry(abstract="x" * 20_001), "4:11: expected at most 20,000 characters, found 20,001"),
        (entry(authors="A, " * 10_000 + "A"), "2:10: expected at most 10,000 authors, found 10,001"),
        (entry(more=f"tags: {ids(101)}\n"), "5:7: expected at most 100 tags, found 101"),
        (entry(more=f"aliases: {ids(101)}\n"), "5:10: expected at most 100 names, found 101"),
        (entry(more=f"replaces: {ids(80_000)}\n"), "5:11: expected at most 100 ids, found 80,000"),
        (entry(more=f"doi: 10.1000/{'x' * 300}\n"), "5:6: expected at most 300 characters, found 308"),
        (
            entry(more=f"links: {{code: 'https://{'a' * 100_000}<'}}\n"),
            "5:15: expected at most 2,000 characters, found 100,009",
        ),
        (entry(more="".join(f"{key}: x\n" for key in range(97))), "1:1: expected at most 100 keys, found 101"),
    ],
)
def test_what_is_too_long_is_one_problem(text: str, expected: str) -> None:
    assert messages(text) == [expected]


def test_what_has_just_the_limit_is_taken() -> None:
    assert messages(entry("x" * 1_000, ", ".join(["A" * 400] * 5_154), "x" * 20_000, f"replaces: {ids(100)}\n")) == []


def test_a_mapping_has_a_limit() -> None:
    grades = ", ".join(f"p{number}: 1" for number in range(1_001))
    found = messages(f"{{paper: x, grades: {{{grades}}}}}", JudgedPaper)
    assert found == ["1:20: expected at most 1,000 papers, found 1,001"]


def test_the_longest_lists_leave_no_items() -> None:
    paper, marks, _ = read_yaml(entry(more=f"tags: {ids(101)}\n"), "x.yml", Paper, id="x")
    assert paper.tags == ()
    assert ("tags",) not in marks.places


def test_a_page_has_a_limit() -> None:
    page, problems = parse_page(Path("x.md"), "# T\n" + "x" * MAX_PAGE_LENGTH)
    assert [str(problem) for problem in problems] == ["x.md: expected at most 100,000 characters, found 100,004"]
    assert page.text == ""


def test_a_type_outside_the_model_has_a_limit_too() -> None:
    assert length_limit(tuple[str, ...]).most == 10_000
    assert get_args(Vocabulary)[1].items == "facets"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("published: 0000\n", f'5:12: {A_DATE} "0000"'),
        ("published: 999-12-31\n", f'5:12: {A_DATE} "999-12-31": write the year with four digits, such as 0476'),
        ("published: 2100\n", f'5:12: {A_DATE} "2100"'),
        ("published: ٢٠١٧\n", f'5:12: {A_DATE} "٢٠١٧"'),
        ("added: 9999-12-31\n", f'5:8: {A_DAY} "9999-12-31"'),
        ("added: 1899-12-31\n", f'5:8: {A_DAY} "1899-12-31"'),
        ("venue: {name: X, year: ٢٠١٧, track: journal}\n", f'5:24: {A_YEAR} "٢٠١٧"'),
        ("venue: {name: X, year: ２０１７, track: journal}\n", f'5:24: {A_YEAR} "２０１７"'),
        ("venue: {name: X, year: 0, track: journal}\n", f'5:24: {A_YEAR} "0"'),
        ("venue: {name: X, year: 2100, track: journal}\n", f'5:24: {A_YEAR} "2100"'),
    ],
)
def test_dates_and_years_have_a_range(more: str, expected: str) -> None:
    assert messages(entry(more=more)) == [expected]


@pytest.mark.parametrize("date", ["1000", "1854", "1687-07-05", "2099-12-31", "2000-02"])
def test_old_works_have_dates(date: str) -> None:
    assert messages(entry(more=f"published: {date}\nvenue: {{name: X, year: {date[:4]}, track: journal}}\n")) == []

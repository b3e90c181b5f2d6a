"""A list with works of every kind: what each is cited by, in every format and on every page."""

import dataclasses

import pytest
from sites import WORKS

from generator.checks.citing import warn_unsigned_works
from generator.checks.rules import check
from generator.content.loader import load
from generator.content.model import WORK_TYPES, Library, SourceMarks
from generator.content.standard_numbers import has_valid_isbn_digit, has_valid_issn_digit, normalized_isbn
from generator.content.work_kinds import WORK_KINDS, work_kind


@pytest.fixture(scope="module")
def works() -> Library:
    library, problems = load(WORKS, {})
    assert problems == check(library) == []
    return library


def test_the_list_has_works_of_every_kind(works: Library) -> None:
    assert {work_kind(paper) for paper in works.papers} == set(WORK_KINDS)
    assert {paper.type for paper in works.papers} == set(WORK_TYPES)


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

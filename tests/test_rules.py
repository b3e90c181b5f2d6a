"""Every rule is in the list of rules."""

import importlib
import inspect
import pkgutil
from dataclasses import fields, replace
from typing import Any

import pytest

from generator import checks
from generator.checks.rules import ALL_ADVICE, ALL_RULES, ALL_WARNINGS, UNWARNED_KEYS
from generator.content.model import KnownVenue, Library, Paper, Person, SourceMarks, Venue


@pytest.mark.parametrize(("prefix", "rules"), [("check_", ALL_RULES), ("warn_", ALL_WARNINGS), ("advise_", ALL_ADVICE)])
def test_each_rule_is_in_the_list(prefix: str, rules: tuple[object, ...]) -> None:
    modules = [
        importlib.import_module(f"{checks.__name__}.{one.name}") for one in pkgutil.iter_modules(checks.__path__)
    ]
    found = {value for one in modules for value in vars(one).values() if is_rule(value, prefix)}
    assert found == set(rules)
    assert len(rules) == len(set(rules))


def is_rule(value: object, prefix: str) -> bool:
    return inspect.isfunction(value) and value.__name__.startswith(prefix)


def test_each_rule_says_what_it_is() -> None:
    assert [rule.__name__ for rule in (*ALL_RULES, *ALL_WARNINGS, *ALL_ADVICE) if not rule.__doc__] == []


KEYS = {field.name for field in fields(Paper)}


@pytest.mark.parametrize("name", ["toy", "works"])
def test_no_warning_depends_on_an_unwarned_key(name: str, request: pytest.FixtureRequest) -> None:
    library: Library = request.getfixturevalue(name)
    read: set[str] = set()

    class NotedPaper(Paper):
        def __getattribute__(self, key: str) -> Any:
            read.update({key} & KEYS)
            return super().__getattribute__(key)

    def noted(paper: Paper) -> Paper:
        return NotedPaper(**{key: getattr(paper, key) for key in KEYS})

    alike = [replace(paper, id=f"{paper.id}-again", arxiv=None, doi=None, isbn=None) for paper in library.papers]
    near = [replace(paper, id=f"{paper.id}-near", title=f"The {paper.title}") for paper in alike]
    damaged = replace(near[0], id="damaged", abstract="in R^{C times d}", authors=("A. Smith", "A. Smith", "Ann Smith"))
    unsigned = Paper("unsigned", "A letter", library.categories[0].id)
    misplaced = (replace(near[0], id=one, venue=Venue(one, 2020, "conference")) for one in ("A Journal", "Elsewhere"))
    papers = (*library.papers, *alike, *near, damaged, unsigned, *misplaced)
    marks = {**library.marks, "people.yml": SourceMarks("people.yml")}
    venues = (KnownVenue("A Journal", "journal"),)
    described = replace(library, people=(Person("Nobody at All"),), venues=venues, marks=marks)
    given = replace(described, papers=tuple(map(noted, papers)))
    assert [rule.__name__ for rule in ALL_WARNINGS if not [*rule(given)]] == []
    assert read & UNWARNED_KEYS == set()

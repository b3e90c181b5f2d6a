"""Ids of people and venues: spellings of the same name share an address, and different people never do."""

import re
from collections.abc import Callable

import pytest

from generator.site.addresses import RESERVED_NAMES
from generator.site.catalogue import author_sort_key, join_names, newest_first_key
from generator.site.page_ids import author_id, venue_id


@pytest.mark.parametrize(
    ("name", "same"),
    [("Léon Bottou", "Leon Bottou"), ("Le\u0301on Bottou", "Léon Bottou"), ("José  Caro", "Jose Caro")],
)
def test_one_person_however_spelt(name: str, same: str) -> None:
    assert author_id(name) == author_id(same)


@pytest.mark.parametrize(
    ("name", "other"), [("王伟", "汪薇"), ("Index", "Author"), ("!!!", "???"), ("王伟", "Wang Wei"), ("-", "")]
)
def test_two_people(name: str, other: str) -> None:
    assert author_id(name) != author_id(other)


@pytest.mark.parametrize("name", RESERVED_NAMES)
@pytest.mark.parametrize("id_of", [author_id, venue_id])
def test_no_name_leads_to_a_reserved_id(id_of: Callable[[str], str], name: str) -> None:
    for spelling in (name, name.upper(), f" {name.title()}.", f"({name})"):
        assert re.fullmatch(rf"{name}-[0-9a-f]{{8}}", id_of(spelling))


def test_venues() -> None:
    assert venue_id("Findings of ACL") == "findings-of-acl"
    assert venue_id("CON 2017") == "con-2017"
    assert venue_id("???") != venue_id("!!!")


@pytest.mark.parametrize(
    ("names", "text"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_names_are_listed(names: list[str], text: str) -> None:
    assert join_names(names) == text


def test_people_stand_by_family_name() -> None:
    names = ["Aäron van den Oord", "Sercan Ö. Arik", "Xu, Kelvin", "Jimmy Ba"]
    assert sorted(names, key=author_sort_key) == ["Sercan Ö. Arik", "Jimmy Ba", "Aäron van den Oord", "Xu, Kelvin"]


def test_newest_first_and_undated_last() -> None:
    dates = ["2017", "2017-12-01", "", "2018-01", "2017-12"]
    assert sorted(dates, key=newest_first_key) == ["2018-01", "2017-12-01", "2017-12", "2017", ""]

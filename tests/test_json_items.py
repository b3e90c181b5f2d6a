"""Items of JSON files: whole, broken, and hostile ones."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.curate.importers.json_items import MAX_SYNTAX_ERRORS, JsonFile

DEEP = 100_000


def values(text: str) -> list[Any]:
    return [item.value for item in JsonFile(text, "x.json").items]


def messages(text: str) -> list[str]:
    return [str(problem) for problem in JsonFile(text, "x.json").problems]


def test_items_have_their_places() -> None:
    file = JsonFile('\n[ {"a": 1},\n\n  {"b": [2.50, "é"]}, 3 ]\n', "x.json")
    assert [(item.value, item.place) for item in file.items] == [
        ({"a": "1"}, (2, 3)),
        ({"b": ["2.50", "é"]}, (4, 3)),
        ("3", (4, 23)),
    ]
    assert file.problems == []


def test_an_object_has_items_and_other_members() -> None:
    file = JsonFile('{"version": {"a": 1}, "items": [{"b": 2}], "collections": {}}', "x.json")
    assert [item.value for item in file.items] == [{"b": "2"}]
    assert file.members == {"version": {"a": "1"}, "collections": {}}
    assert values('{"title": "One"}') == [{"title": "One"}]


@pytest.mark.parametrize("text", ["[]", '{"items": []}', "[ ]\n"])
def test_no_items_are_no_problem(text: str) -> None:
    assert values(text) == messages(text) == []


def test_numbers_of_any_size_are_text() -> None:
    digits = "9" * 5000
    assert values(f"[{digits}, -1e999999, NaN, -Infinity, true]") == [digits, "-1e999999", None, None, True]


@pytest.mark.parametrize(
    ("text", "items", "expected"),
    [
        ("", [], ["1:1: expected JSON: a list in brackets, or an object in braces, found the end of the file"]),
        ("@book{a,", [], ['1:1: expected JSON: a list in brackets, or an object in braces, found "@book{a,"']),
        ("[1, 2", ["1", "2"], ["1:6: expected a comma or a closing bracket, found the end of the file"]),
        ("[1, 2,]", ["1", "2"], []),
        ("[1] 2", ["1"], ['1:5: expected nothing after the last bracket, found "2"']),
        ('[\n {"a": 1}\n {"b": 2}\n]', [{"a": "1"}, {"b": "2"}],
         ['3:2: expected a comma or a closing bracket, found "{"b": 2} ]"']),
        ('[\n {"a": 1},\n {"b": "\\_"},\n {"c": 3}]', [{"a": "1"}, {"c": "3"}],
         ['3:9: expected a character that may follow a backslash, found "\\_"}, {"c": 3}]"']),
        ('[{"a": 1},\n{"b": "2},\n{"c": 3},\n{"d": 4}]', [{"a": "1"}, {"c": "3"}, {"d": "4"}],
         ['3:3: expected a comma or a closing bracket, found "c": 3}, {"d": 4}]"']),
        ('[{"a": 1}, {b: 2}, {"c": 3}]', [{"a": "1"}],
         ['1:13: expected a key in "quotes", found "b: 2}, {"c": 3}]"']),
        ('{"items": [1], "b" 2}', ["1"], ['1:20: expected a colon after the key, found "2}"']),
        ('{"items": [1], "b":', ["1"], ["1:20: expected a value, found the end of the file"]),
        ('{"items": [1', ["1"], ["1:13: expected a comma or a closing bracket, found the end of the file"]),
        ('["a', [], ['1:2: a quote is opened and never closed, found ""a"']),
    ],
)  # fmt: skip
def test_what_is_broken_hides_nothing_else(text: str, items: list[Any], expected: list[str]) -> None:
    assert values(text) == items
    assert messages(text) == [f"x.json:{message}" for message in expected]


@pytest.mark.parametrize("piece", ["[", '{"a":', '[{"a":[', '{"items":['])
def test_depth_is_one_problem(piece: str) -> None:
    [message] = messages(piece * DEEP)
    assert "too many brackets within each other" in message
    assert values('[\n{"a": 1},\n{"b": ' + "[" * DEEP + '},\n{"c": 3}\n]') == [{"a": "1"}, {"c": "3"}]


def test_reading_ends_after_many_errors() -> None:
    assert len(messages("[\n" + '{"a": "\\_"},\n' * 5 * MAX_SYNTAX_ERRORS + "]")) == MAX_SYNTAX_ERRORS


PARTS = st.sampled_from([*'{}[]",:\n \\1', '{"a": 1}', '"items": ', "NaN", "true", "\ud800", "é"])


@given(st.text() | st.lists(PARTS, max_size=40).map("".join))
def test_any_text_is_read(text: str) -> None:
    file = JsonFile(text, "x.json")
    lines = text.count("\n") + 1
    assert all(1 <= problem.line <= lines and problem.column >= 1 for problem in file.problems)
    assert all(1 <= item.place[0] <= lines for item in file.items)

"""The reader's own records without pages: merging, storage, files, notes, and the order by hand."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from browser import page_with_scripts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

Ask = Callable[..., Any]
MODULES = "records store backup order visits columns reading-list note-markup caches written"
CALL = """async ([[script, name], given]) => {
  try { return { value: await scripts[script][name](...given) } } catch (fault) { return { fault: fault.message } }
}"""
READ = """(text) => {
  const blocks = scripts.marked.lexer(text).filter(({ type }) => type !== "space");
  const items = blocks.flatMap((block) => block.items ?? []);
  const one = ({ type, text, raw }) => (type === "escape" ? text : raw);
  const plain = (token) => (token.tokens ? token.tokens.map(plain).join("") : one(token));
  return {
    blocks: blocks.map(({ type }) => type),
    titles: items.map(({ tokens }) => [tokens[0].tokens[0].href, plain(tokens[0].tokens[0])]),
    inner: items.map(({ tokens }) => tokens.map(({ type }) => type).filter((type) => type !== "space")),
  };
}"""
NOW = 1_800_000_000_000
TIMED = dict.fromkeys(("kept", "mark", "star", "note", "tags", "place"), 0)
LIST = {"name": "A list", "address": "https://list.example/"}
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def own(chromium: Browser, address: str) -> Iterator[Page]:
    """A page with the scripts, and with the parser of Markdown."""
    with page_with_scripts(chromium, address, "own", MODULES.split(), 'export * as marked from "marked";') as page:
        yield page


@pytest.fixture(scope="module")
def ask(own: Page) -> Ask:
    """Return a function that calls a named function of a script, and returns its value or the message of its error."""

    def call(name: str, *given: Any) -> Any:
        found = own.evaluate(CALL, [name.split("."), list(given)])
        return found.get("value", found.get("fault"))

    return call


times = st.integers(min_value=0, max_value=NOW)
tags = (
    st.text(st.sampled_from("aß生 🦆<&#'\"̈-"), min_size=1, max_size=8)
    .map(lambda tag: " ".join(tag.split()))
    .filter(bool)
)
typed = st.text(st.sampled_from("ab, \n\r\t\0\x0b\x1b\u2028\u202e\u2066\ufeff\ud800\udc00🦆生<"), max_size=30)
records = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["gan", "wgan-2", "a"]),
        "title": st.just("A title"),
        "kept": st.booleans(),
        "mark": st.sampled_from(["", "to-read", "reading", "read"]),
        "star": st.booleans(),
        "note": st.sampled_from(["", "one\ntwo", "**bold** <script>", "ß 🦆"]),
        "tags": st.lists(tags, max_size=3, unique=True),
        "place": st.integers(min_value=-9, max_value=9),
        "times": st.fixed_dictionaries(dict.fromkeys(TIMED, times)),
    }
)


def record(name: str, **fields: Any) -> dict[str, Any]:
    """Return a record with these fields, each changed at the time given as `at`."""
    at = fields.pop("at", NOW)
    empty = {"kept": True, "mark": "", "star": False, "note": "", "tags": [], "place": 0}
    return {"id": name, "title": name, **empty, **fields, "times": TIMED | dict.fromkeys(("kept", *fields), at)}


# Records


@FEW
@given(one=records, other=records, third=records)
def test_merging_does_not_depend_on_the_order(ask: Ask, one: Any, other: Any, third: Any) -> None:
    def merged(first: Any, second: Any) -> Any:
        return ask("records.mergedRecord", {**first, "id": "gan"}, {**second, "id": "gan"})

    assert merged(one, other) == merged(other, one)
    assert merged(merged(one, other), third) == merged(one, merged(other, third))
    assert merged(one, one) == {**one, "id": "gan"}


def test_the_newest_value_of_each_field_wins(ask: Ask) -> None:
    mine, theirs = record("gan", note="mine", at=NOW), record("gan", note="theirs", mark="read", at=NOW - 5)
    merged = ask("records.mergedRecord", mine, theirs)
    assert (merged["note"], merged["mark"]) == ("mine", "read")


def test_a_change_is_newer_than_what_a_wrong_clock_left(ask: Ask) -> None:
    before = record("gan", note="from the future", at=NOW + 10**9)
    after = ask("records.changedRecord", before, {"note": "now"}, NOW)
    assert after["times"]["note"] == NOW + 10**9 + 1
    assert ask("records.mergedRecord", before, after)["note"] == "now"


def test_a_mark_keeps_the_paper_and_is_taken_back_with_it(ask: Ask) -> None:
    empty = ask("records.emptyRecord", "gan", "GAN")
    read = ask("records.changedRecord", empty, ask("records.readChange", empty, True), NOW)
    assert (read["kept"], read["mark"]) == (True, "read")
    assert ask("records.readChange", read, False) == {"mark": "", "kept": False}
    noted = ask("records.changedRecord", read, {"note": "good"}, NOW + 1)
    assert ask("records.readChange", noted, False) == {"mark": ""}
    kept_before = ask("records.changedRecord", record("gan", at=NOW - 9), {"mark": "read"}, NOW)
    assert ask("records.readChange", kept_before, False) == {"mark": ""}


# The store


STORE_SCRIPT = """async ([name, steps]) => {
  const own = await new scripts.store.OwnPapers(name).open();
  const said = [];
  for (const [method, ...given] of steps) said.push(await own[method](...given) ?? null);
  await own.setNote("after", 1); // all that came before is stored then
  own.database.close();
  return { said, kept: own.kept().sort((one, other) => one.place - other.place), all: [...own.records.keys()].sort() };
}"""


def used(own: Page, name: str, *steps: list[Any]) -> Any:
    """Return what the methods of a store return, what it keeps then, and the ids of all its records."""
    return own.evaluate(STORE_SCRIPT, [name, list(steps)])


def test_the_store_remembers(own: Page) -> None:
    papers = [{"id": "gan", "title": "GAN"}, {"id": "vae", "title": "VAE"}]
    used(own, "remembers", ["change", papers, {"kept": True}], ["change", papers[:1], {"note": "good"}])
    found = used(own, "remembers")["kept"]
    assert [(one["id"], one["note"]) for one in found] == [("vae", ""), ("gan", "good")]


def test_what_was_removed_stays_removed_after_an_older_file(own: Page) -> None:
    old = record("gan", note="old", at=NOW - 10**6)
    used(own, "removed", ["merge", [old]], ["remove", ["gan"]])
    after = used(own, "removed", ["merge", [old]])
    assert (after["kept"], after["all"], after["said"]) == ([], ["gan"], [0])


def test_restored_records_have_all_they_had(own: Page) -> None:
    before = used(own, "restored", ["merge", [record("gan", note="n", tags=["t"], star=True, place=-3)]])["kept"]
    found = used(own, "restored", ["remove", ["gan"]], ["restore", before])["kept"]
    assert {**found[0], "times": None} == {**before[0], "times": None}


def test_records_of_one_paper_are_merged_within_a_file(own: Page) -> None:
    twice = [record("gan", note="early", at=NOW - 9), record("gan", mark="read", at=NOW - 5)]
    found = used(own, "twice", ["merge", twice])
    assert (found["said"], found["kept"][0]["note"], found["kept"][0]["mark"]) == ([1], "early", "read")


def test_renamed_and_merged_papers_are_followed(own: Page) -> None:
    steps = ["merge", [record("old", note="early", at=NOW - 9), record("new", mark="read", at=NOW - 5)]]
    used(own, "followed", steps)
    script = STORE_SCRIPT.replace("[method, ...given] of steps", "method of ['follow']").replace(
        "...given", "new Map([['old', 'new'], ['other', 'new']])"
    )
    own.evaluate(script, ["followed", []])
    found = used(own, "followed")
    assert found["all"] == ["new"]
    assert (found["kept"][0]["note"], found["kept"][0]["mark"]) == ("early", "read")


# Files


def backup(papers: Any, **changed: Any) -> str:
    return json.dumps({"format": "reading-list/mine", "version": 1, "papers": papers, **changed})


@FEW
@given(kept=st.lists(records, max_size=4, unique_by=lambda one: one["id"]))
def test_a_saved_file_is_read_as_it_was(ask: Ask, own: Page, kept: list[dict[str, Any]]) -> None:
    text = own.evaluate("([kept, list]) => scripts.backup.backupText(kept, list, new Date(0))", [kept, LIST])
    assert json.loads(text)["address"] == LIST["address"]
    assert ask("backup.readBackup", text, NOW) == kept


BROKEN = {
    "nothing": "",
    "no JSON": "\x00\x01\x02",
    "a page": "<!doctype html><title>Not found</title>",
    "another JSON": '{"format": "other"}',
    "null": "null",
    "a list": "[]",
    "no version": backup([], version=None),
    "no papers": backup({"gan": 1}),
    "a paper that is none": backup([1]),
    "no id": backup([{"title": "x"}]),
    "an id with a path": backup([record("../../x")]),
    "an id of an object": backup([{**record("gan"), "id": "__proto__"}]),
    "a title of lines": backup([{**record("gan"), "title": "a\nb"}]),
    "a mark that is none": backup([record("gan", mark="constructor")]),
    "a note that is a number": backup([record("gan", note=7)]),
    "a long note": backup([record("gan", note="x" * 10_001)]),
    "a note with a control character": backup([record("gan", note="a\x00b")]),
    "a lone surrogate": backup([record("gan", note="SURROGATE")]).replace("SURROGATE", "\\ud800"),
    "many tags": backup([record("gan", tags=[str(at) for at in range(21)])]),
    "a tag with a comma": backup([record("gan", tags=["a,b"])]),
    "a time that is a text": backup([{**record("gan"), "times": {"kept": "now"}}]),
    "a negative time": backup([{**record("gan"), "times": {"kept": -1}}]),
    "a tag twice": backup([record("gan", tags=["a", "a"])]),
    "tags that are lists": backup([record("gan", tags=[["a"]])]),
    "a place too far": backup([record("gan", place=-1e300)]),
    "an endless place": backup([record("gan", place=1)]).replace('"place": 1', '"place": 1e999'),
    "very deep": '{"format": "reading-list/mine", "version": 1, "papers": ' + "[" * 1_000_000 + "]" * 1_000_000 + "}",
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_or_hostile_file_is_refused_with_one_line(ask: Ask, what: str) -> None:
    check_refusal(ask("backup.readBackup", BROKEN[what], NOW))


def test_a_file_that_is_too_large_is_refused_with_one_line(own: Page) -> None:
    script = CALL.replace(
        "...given", "' '.repeat(given[0]), given[1]"
    )  # as a text of this size takes long to get there
    check_refusal(own.evaluate(script, [["backup", "readBackup"], [32 * 1024 * 1024 + 1, NOW]])["fault"])


def check_refusal(said: object) -> None:
    assert isinstance(said, str)
    assert said.startswith(("This file", "Paper 1 of this file"))
    assert "\n" not in said


@FEW
@given(note=typed, names=st.lists(typed, max_size=25), title=typed)
def test_whatever_is_typed_can_be_saved_and_read(ask: Ask, own: Page, note: str, names: list[str], title: str) -> None:
    empty = ask("records.emptyRecord", "gan", ask("written.cleanTitle", title))
    kept = ask("records.changedRecord", empty, {"kept": True, "note": note, "tags": names}, NOW)
    text = own.evaluate("([kept, list]) => scripts.backup.backupText([kept], list, new Date(0))", [kept, LIST])
    assert ask("backup.readBackup", text, NOW) == [kept]


def test_what_is_too_long_is_cut_between_characters(ask: Ask) -> None:
    empty = ask("records.emptyRecord", "gan", "GAN")
    long = {"note": "x" * 9_999 + "🦆", "tags": ["y" * 49 + "🦆", *(str(at) for at in range(30))]}
    kept = ask("records.changedRecord", empty, long, NOW)
    assert kept["note"] == "x" * 9_999
    assert (kept["tags"][0], len(kept["tags"])) == ("y" * 49, 20)


def test_a_file_of_a_newer_version_is_refused(ask: Ask) -> None:
    assert "newer version" in ask("backup.readBackup", backup([], version=2), NOW)


def test_strange_keys_of_a_file_are_left_out(ask: Ask, own: Page) -> None:
    text = backup([record("gan")]).replace('"kept": true', '"kept": true, "__proto__": {"kept": 1}, "script": "x"', 1)
    assert ask("backup.readBackup", text, NOW) == [record("gan")]
    assert own.evaluate("({}).kept === undefined")


def test_times_in_the_future_become_now(ask: Ask) -> None:
    (found,) = ask("backup.readBackup", backup([record("gan", at=9 * 10**15)]), NOW)
    assert found["times"]["kept"] == NOW


def test_a_paper_that_a_file_has_twice_is_merged(ask: Ask) -> None:
    text = backup([record("gan", note="new", at=NOW), record("gan", note="old", mark="read", at=NOW - 1)])
    (found,) = ask("backup.readBackup", text, NOW)
    assert (found["note"], found["mark"]) == ("new", "read")


# Markdown


def test_nothing_in_a_note_ends_the_list(ask: Ask) -> None:
    item = {
        "record": record("gan", note="# Heading\n\n- item\n</li>", tags=["to cite"], mark="read"),
        "title": "A [b] *c*",
        "byline": "Ada <b>",
        "address": "https://list.example/papers/gan/",
    }
    assert ask("reading_list.markdownList", "My list", [item]).splitlines() == [
        "# My list",
        "",
        "- [A \\[b\\] \\*c\\*](<https://list.example/papers/gan/>)  ",
        "  Ada \\<b\\> · Read · \\#to-cite",
        "",
        "  > # Heading",
        "  >",
        "  > - item",
        "  > </li>",
    ]


MARKS_OF_MARKDOWN = "a *_`[]()<>!#|~\\$&;-+=1.)\n\t>:/"


@FEW
@given(titles=st.lists(st.text(st.sampled_from(MARKS_OF_MARKDOWN), min_size=1, max_size=12), min_size=1, max_size=3),
       byline=st.text(st.sampled_from(MARKS_OF_MARKDOWN), max_size=12),
       note=st.text(st.sampled_from(MARKS_OF_MARKDOWN), max_size=30))  # fmt: skip
def test_a_list_in_markdown_is_read_as_it_was(ask: Ask, own: Page, titles: list[str], byline: str, note: str) -> None:
    address = "https://list.example/papers/gan/"
    items = [
        {"record": record("gan", note=note), "title": f"T{title}", "byline": byline, "address": address}
        for title in titles
    ]
    text = ask("reading_list.markdownList", "My list", items)
    shown = own.evaluate(READ, text)
    words = [" ".join(f"T{title}".split()) for title in titles]
    assert shown["blocks"] == ["heading", "list"]
    assert shown["titles"] == [[address, title] for title in words]
    assert {tuple(inner) for inner in shown["inner"]} <= {("text",), ("paragraph",), ("text", "blockquote"),
                                                          ("paragraph", "blockquote")}  # fmt: skip


# Notes


def flat(nodes: Any) -> str:
    """Return nodes as markup, in which text is quoted."""
    return "".join(
        json.dumps(node, ensure_ascii=False)
        if isinstance(node, str)
        else f"<{node['tag']}{' ' + node['href'] if node.get('href') else ''}>{flat(node['children'])}</>"
        for node in nodes
    )


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("a **b** *c* `d`", '<p>"a "<strong>"b"</>" "<em>"c"</>" "<code>"d"</></>'),
        ("# A\n\n- [x] b", '<p><strong>"A"</></><ul><li>"☑ ""b"</></>'),
        ("[a](https://b.c)", '<p><a https://b.c>"a"</></>'),
        ("[a](javascript:alert)", '<p>"[a](javascript:alert)"</>'),
        ("[a](data:text/html,x)", '<p>"[a](data:text/html,x)"</>'),
        ("[a](/mine/)", '<p>"[a](/mine/)"</>'),
        ("![a](https://b.c/d.png)", '<p><a https://b.c/d.png>"a"</></>'),
        ("<b>x</b>", '<p>"<b>""x""</b>"</>'),
        ("a < b & c &lt;", '<p>"a < b & c &lt;"</>'),
    ],
)
def test_notes_are_shown_as_text_and_few_elements(ask: Ask, note: str, shown: str) -> None:
    assert flat(ask("note_markup.noteNodes", note)) == shown


@pytest.mark.parametrize(
    "note",
    ["[" * 10_000, ">" * 10_000, "- " * 5_000, "*" * 10_000, "`" * 9_999, "<img src=x onerror=alert(1)>" * 300],
    ids=["brackets", "quotes", "lists", "stars", "backticks", "markup"],
)
def test_hostile_notes_are_only_text(ask: Ask, note: str) -> None:
    found = ask("note_markup.noteNodes", note)
    assert isinstance(found, list), found
    known = {"p", "strong", "em", "s", "code", "pre", "ul", "ol", "li", "blockquote", "br", "hr", "a"}
    assert elements(found) <= known


def elements(nodes: Any) -> set[str]:
    return {tag for node in nodes if not isinstance(node, str) for tag in ({node["tag"]} | elements(node["children"]))}


# Order and visits


@FEW
@given(st.lists(st.integers(min_value=-5, max_value=5), min_size=2, max_size=6, unique=True).map(sorted), st.data())
def test_a_moved_paper_stands_where_it_was_put(own: Page, places: list[int], data: st.DataObject) -> None:
    numbers = st.integers(min_value=0, max_value=len(places) - 1)
    start, end = data.draw(numbers), data.draw(numbers)
    moved = dict(
        own.evaluate("([places, from, to]) => [...scripts.order.movedPlaces(places, from, to)]", [places, start, end])
    )
    order = sorted(range(len(places)), key=lambda at: moved.get(at, places[at]))
    wanted = [at for at in range(len(places)) if at != start]
    wanted.insert(end, start)
    assert order == wanted


def test_places_are_numbered_anew_when_there_is_no_room(own: Page) -> None:
    places = [0, 1e-12, 2e-12]
    moved = dict(own.evaluate("(places) => [...scripts.order.movedPlaces(places, 2, 1)]", places))
    assert moved == {0: 0, 2: 1, 1: 2}


def test_what_is_new_stays_new_for_one_visit(ask: Ask) -> None:
    minute = 60_000
    first = ask("visits.visited", None, ["a"], NOW)
    assert (first["fresh"], first["since"]) == ([], 0)
    second = ask("visits.visited", first, ["a", "b"], NOW + 60 * minute)
    assert (second["fresh"], second["since"]) == (["b"], NOW)
    again = ask("visits.visited", second, ["a", "b"], NOW + 70 * minute)
    assert (again["fresh"], again["since"]) == (["b"], NOW)
    third = ask("visits.visited", again, ["a", "b"], NOW + 300 * minute)
    assert (third["fresh"], third["since"]) == ([], NOW + 70 * minute)


@pytest.mark.parametrize("stored", [None, 7, {}, {"ids": 1}, {"ids": [], "fresh": [], "at": "x", "since": 0}])
def test_visits_of_another_form_are_forgotten(ask: Ask, stored: Any) -> None:
    assert not ask("visits.isVisits", stored)

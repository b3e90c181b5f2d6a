"""A new list made of a library: its terms, its shelves, and the texts of its files."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise, zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hostile import FRAGMENTS, TITLES
from hypothesis import given, settings
from hypothesis import strategies as st
from steps import assert_linear

from generator.checks.rules import check
from generator.content.loader import load
from generator.content.model import Paper, WorkType, blocking_problems
from generator.content.tags import MAX_BROADER_TERMS
from generator.content.work_kinds import KINDS_BY_TYPE
from generator.curate.importers.record import ImportedRecord
from generator.curate.starter.keywords import MAX_STARTER_TERMS, starter_vocabulary
from generator.curate.starter.labels import MAX_LABEL_LENGTH, label_levels, unused_id
from generator.curate.starter.library import entry_words, started_list
from generator.curate.starter.shelves import MAX_SHELVES, UNSORTED, shelf_of_each_work
from generator.curate.starter.spellings import keyword_key
from generator.curate.starter.start import write_valid_list

DAY = "2026-11-28"


def record(number: int, keywords: Sequence[str] = (), groups: Sequence[str] = (), abstract: str = "") -> ImportedRecord:
    """Return a work of a library; its title is its own."""
    paper = Paper(id="", title=f"The work number {number}", category="", authors=("Ada Lovelace",), abstract=abstract)
    return ImportedRecord(paper, f"x.bib:{number}:1", tuple(keywords), tuple(groups))


def term_names(*works: Sequence[str], abstract: str = "") -> list[str]:
    """Return the names of the terms of works with these keywords."""
    records = [record(number, keywords, abstract=abstract) for number, keywords in enumerate(works)]
    return [term.name for term in starter_vocabulary(records).terms]


@pytest.mark.parametrize(
    ("spellings", "alike"),
    [
        (("Neural network", "neural networks", "NEURAL-NETWORKS", "neural_networks"), True),
        (("behaviour", "Behavior", "behaviours"), True),
        (("tokenisation", "tokenization", "Tokenizations"), True),
        (("modelling", "modeling"), True),
        (("analysis", "analyses"), True),
        (("bias", "biases"), True),
        (("theory", "theories"), True),
        (("search & rescue", "search and rescue"), True),
        (("Poincaré maps", "poincare map"), True),
        (("multi-agent", "multiagent", "multi agent"), True),
        (("C", "C++", "C#"), False),
        (("gas", "gases", "glass"), False),
        (("news", "new"), False),
        (("カラス", "ガラス"), False),
        (("हिन्दी", "हिन्दु"), False),
        (("йод", "иод"), False),
        (("GAN", "GANS", "gans"), True),
    ],
)
def test_spellings_of_one_keyword(spellings: Sequence[str], alike: bool) -> None:
    keys = {keyword_key(spelling) for spelling in spellings}
    assert (len(keys) == 1) is alike, keys


@pytest.mark.parametrize(
    ("works", "abstract", "names"),
    [
        ([["machine learning"], ["Machine Learning"], ["machine learning"]], "", ["Machine learning"]),
        ([["Machine Learning"]] * 2, "", ["Machine Learning"]),  # there is no telling
        ([["Machine Learning"]] * 2, "All about machine learning.", ["Machine learning"]),
        ([["bayesian inference"]] * 2, "We use Bayesian inference here.", ["Bayesian inference"]),
        ([["naive bayes"]] * 2, "It is Bayes who said so.", ["Naive Bayes"]),
        ([["dna repair"], ["DNA repair"], ["DNA Repair"]], "Of DNA and its repair.", ["DNA repair"]),
        ([["DNA REPLICATION"]] * 2, "", ["DNA replication"]),
        ([["NASA"]] * 2, "", ["NASA"]),
        ([["k-means"]] * 2, "", ["k-means"]),
        ([["mRNA"]] * 2, "", ["mRNA"]),
        ([["iPhone use"]] * 2, "", ["iPhone use"]),
        ([["neural networks"], ["neural networks"], ["Neural network"]], "", ["Neural networks"]),
        ([["生成模型"]] * 2, "", ["生成模型"]),
        ([["#hashtag", "*Mice", "“quoted”", "in_one_word"]] * 2, "", ["Hashtag", "In one word", "Mice", "Quoted"]),
        ([["unread", "Read", "to read", "!!!", "", "\u200b", "2nd"]] * 2, "", ["2nd"]),
        ([["alone"], ["other"]], "", []),
    ],
)
def test_names_of_terms(works: Sequence[Sequence[str]], abstract: str, names: Sequence[str]) -> None:
    assert term_names(*works, abstract=abstract) == names


def test_other_spellings_are_aliases() -> None:
    works = [["behaviour"], ["behavior"], ["behaviors"], ["behavior"]]
    (term,) = starter_vocabulary([record(number, words) for number, words in enumerate(works)]).terms
    assert (term.id, term.name, term.aliases, term.definition) == ("behavior", "Behavior", ("Behaviour",), "")


@pytest.mark.parametrize(
    ("works", "terms"),
    [
        ([["Ecosystems > Forests"], ["ecosystems>forest"]], {"Ecosystems": None, "Forest": "ecosystems"}),
        ([["history::Rome"], ["history::Rome"]], {"History": None, "Rome": "history"}),
        (
            [["methods/formal", "TCP/IP"], ["methods/formal", "TCP/IP"], ["methods/empirical"]],
            {"Formal": "methods", "Methods": None, "TCP/IP": None},
        ),
        ([["a1 > b1"], ["b1 > a1"]] * 2, {"A1": "b1", "B1": None}),
        ([["x > x"]] * 2, {"X": None}),
        ([["Printing — History"], ["Printing--History."]], {"Printing": None, "History": "printing"}),
        (
            [["Printing--History", "Type--History"], ["Printing--History", "Type--History"]],
            {"Printing": None, "Type": None, "History": None},  # below neither more than below the other
        ),
        ([["p > 0.05"]] * 2, {"P > 0.05": None}),
        ([["a->b"]] * 2, {"a->b": None}),
    ],
)
def test_keywords_of_several_levels(works: Sequence[Sequence[str]], terms: dict[str, str | None]) -> None:
    found = starter_vocabulary([record(number, words) for number, words in enumerate(works)])
    assert {term.name: term.parent for term in found.terms} == terms


def test_terms_are_not_nested_too_deeply() -> None:
    chain = [f"level {number}" for number in range(40)]
    words = [" > ".join(pair) for pair in pairwise(chain)]
    terms = {term.id: term.parent for term in starter_vocabulary([record(1, words), record(2, words)]).terms}
    assert len(terms) == len(chain)
    assert max(depth(terms, name) for name in terms) == MAX_BROADER_TERMS


def depth(parents: Mapping[str, str | None], name: str) -> int:
    """Return the number of terms above a term."""
    above = parents[name]
    return 1 + depth(parents, above) if above else 0


def test_what_a_keyword_becomes() -> None:
    records = [record(1, ["Maps", "alone", "Europe > Alps"]), record(2, ["map", "Europe > Pyrenees", "unread"])]
    found = starter_vocabulary(records)
    assert [term.id for term in found.terms] == ["europe", "map"]
    assert found.tags == (("map", "europe"), ("map", "europe"))
    assert found.unused == (("alone", "Europe > Alps"), ("Europe > Pyrenees", "unread"))


def test_a_line_names_some_of_many_keywords() -> None:
    [line] = started_list("L", [record(0, [f"{word}y" for word in words(22)])], DAY).left_out
    assert line.endswith("w18xy, w19xy and 2 more")


def test_there_are_not_more_terms_than_anyone_can_define() -> None:
    words = [f"subject {number}" for number in range(MAX_STARTER_TERMS + 10)]
    found = starter_vocabulary([record(1, words), record(2, words)])
    assert len(found.terms) == MAX_STARTER_TERMS
    assert len(found.tags[0]) == 100
    assert len(found.unused[0]) == len(words) - 100


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Plain", ("Plain",)),
        (" > Plain >", ("Plain",)),
        ("one\ntwo", ("one two",)),
        ("\u202ehidden\u202c", ("hidden",)),
        ("x" * 300, ("x" * (MAX_LABEL_LENGTH - 1) + "…",)),
        ("word " * 40, ("word " * 18 + "word…",)),
    ],
)
def test_labels_are_names_of_the_model(text: str, levels: tuple[str, ...]) -> None:
    assert label_levels(text) == levels


def test_ids_are_free() -> None:
    assert unused_id("Index", "tags/", ()) == "index-2"
    assert unused_id("CON", "categories/", ()) == "con-2"
    assert unused_id("🔥", "tags/", {"x"}) == "x-2"
    assert unused_id("Der Prozeß", "tags/", ()) == "der-prozess"
    assert unused_id("生成模型", "tags/", ()) == "sheng-cheng-mo-xing"


def shelves(*labels: str) -> list[str]:
    """Return the shelf of each work; each letter is a label of the work."""
    chosen = shelf_of_each_work([[(letter,) for letter in own] for own in labels])
    return [label[0] if label else "" for label in chosen]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([], []),
        ([""], [""]),
        (["a", "a", "b"], ["a", "a", ""]),  # one work is not a shelf
        (["ab", "ab", "a", "a"], ["b", "b", "a", "a"]),  # the most specific wins
        (["abc", "ab", "a", "a"], ["b", "b", "a", "a"]),  # and its neighbor, if that is too small
        (["ab", "a", "b"], ["a", "a", ""]),
    ],
)
def test_each_work_stands_on_its_most_specific_shelf(labels: Sequence[str], expected: Sequence[str]) -> None:
    assert shelves(*labels) == expected


def test_small_shelves_give_way_until_few_remain() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    labels = [letter for number, letter in enumerate(letters) for _ in range(number + 2)]
    found = shelves(*labels)
    assert set(found) == {"", *letters[-MAX_SHELVES:]}


def test_groups_make_the_shelves_if_most_works_have_one() -> None:
    grouped = [record(number, ["maps"], ["Atlases > Old ones" if number % 2 else "Atlases"]) for number in range(8)]
    started = started_list("L", [*grouped, *(record(number, ["maps"]) for number in range(8, 12))], DAY)
    assert [(shelf.id, shelf.name) for shelf in started.new.shelves] == [
        *(("atlases", "Atlases"), ("old-ones", "Old ones"), (UNSORTED.id, UNSORTED.name))
    ]
    few = started_list("L", [grouped[0], *(record(number, ["maps"]) for number in range(8, 12))], DAY)
    assert [shelf.name for shelf in few.new.shelves] == ["Maps"]


def test_groups_without_a_shelf_are_named() -> None:
    records = [*(record(number, groups=["Maps"]) for number in range(8)), record(8, groups=["Globes", "Maps"])]
    lines = started_list("L", records, DAY).left_out
    assert lines == ("x.bib:8:1: left out: group Globes",)


def works_with(keywords: Sequence[Sequence[str]], groups: Sequence[Sequence[str]] = ()) -> list[ImportedRecord]:
    """Return works with these keywords and groups."""
    pairs = zip_longest(keywords, groups, fillvalue=())
    return [record(number, own, together) for number, (own, together) in enumerate(pairs)]


def words(count: int) -> list[str]:
    return [f"w{number}x" for number in range(count)]


LIBRARIES: dict[str, Callable[[int], list[ImportedRecord]]] = {
    "works without keywords": lambda size: works_with([()] * size),
    "a keyword to each work": lambda size: works_with([[word] for word in words(size)]),
    "works that move from each keyword to the next": lambda size: works_with(
        [words(size), words(size), *([word] for word in words(size))]
    ),
    "works that move from each group to the next": lambda size: works_with(
        [], [words(size), words(size), *([word] for word in words(size))]
    ),
    "a chain of keywords": lambda size: works_with(2 * [[f"{a} > {b}" for a, b in pairwise(words(size))]]),
    "slashes": lambda size: works_with(2 * [[f"a/{word}" for word in words(size)]]),
    "spellings": lambda size: works_with([[f"{'a-' * (number % 40)}b"] for number in range(size)]),
}


@pytest.mark.parametrize("library", LIBRARIES.values(), ids=LIBRARIES)
def test_time_is_linear_in_the_library(library: Callable[[int], list[ImportedRecord]]) -> None:
    def work(size: int) -> Callable[[], object]:
        records = library(size)
        return lambda: started_list("L", records, DAY)

    assert_linear(work, 50)


@pytest.mark.parametrize(
    ("types", "words"),
    [
        ((), "paper"),
        (("article", "paper-conference"), "paper"),
        (("book", "book"), "book"),
        (("speech",), "talk"),
        (("thesis",), "thesis"),
        (("document",), "work"),
        (("article", "book"), "work"),
    ],
)
def test_what_a_list_calls_its_entries(types: Sequence[WorkType], words: str) -> None:
    papers = [Paper(id="", title="T", category="", type=each) for each in types]
    assert entry_words(papers).one == words


ODD_LABELS = ("a > b", "a/b", "a/c", "index", "con", "⭐", "\x00", "x" * 500)
LABEL = st.sampled_from([*FRAGMENTS, *TITLES, *ODD_LABELS]) | st.text(max_size=12)
LABELS = st.lists(LABEL, max_size=5).map(tuple)


@st.composite
def records_of_anything(draw: st.DrawFn) -> ImportedRecord:
    """Return a work with a title, names, keywords and groups of any kind, as a careless importer might pass it on."""
    paper = Paper(
        id="",
        title=draw(LABEL),
        category="",
        type=draw(st.sampled_from(sorted(KINDS_BY_TYPE))),
        authors=draw(st.lists(LABEL, max_size=3).map(tuple)),
        abstract=draw(st.sampled_from(["", "Some words.", *FRAGMENTS])),
        doi=draw(st.sampled_from([None, "10.5555/a", "10.5555/b", "10.5555/"])),
        published=draw(st.sampled_from([None, "2017", "2017-02-30", "n.d."])),
        isbn=draw(st.sampled_from([None, "978-0-00-000000-2", "978-0-00-000000-3"])),
    )
    return ImportedRecord(paper, "", draw(LABELS), draw(LABELS), draw(LABELS), draw(LABELS))


@settings(max_examples=60, deadline=None)
@given(st.lists(records_of_anything(), max_size=12))
def test_the_check_takes_what_is_written(records: list[ImportedRecord]) -> None:
    """And each work is on the list or reported."""
    started = started_list("A list: of #anything", records, DAY)
    with TemporaryDirectory() as folder:
        new, refused = write_valid_list(started.new, Path(folder))
        assert new
        library, problems = load(Path(folder), {})
        assert blocking_problems(problems + check(library)) == []
    assert len(library.papers) == len(new.papers)
    same = [line for line in started.left_out if "is the same work as" in line]
    assert len(records) == len(new.papers) + len(refused) + len(started.problems) + len(same)

"""The warnings about the quality of entries, and the rules that take more than one invalid file to test."""

import dataclasses
from collections.abc import Sequence
from itertools import pairwise

import pytest

from generator.checks.quality import copied_passage
from generator.checks.relations import check_extends_order, graph_cycles, is_later_paper
from generator.checks.rules import advise
from generator.content.model import Category, Facet, Library, Paper, Relation, SourceMarks, Term
from generator.content.text import singular_name

PLAIN = Paper("x", "Title", authors=("A",), category="shelf", abstract="Text.")


def listed(toy: Library, papers: Sequence[Paper], terms: Sequence[Term]) -> Library:
    """Return a library of these papers and terms, with all values on line 1."""
    marks = {f"papers/{paper.id}.yml": SourceMarks(f"{paper.id}.yml") for paper in papers}
    marks |= {name: SourceMarks(name) for name in ("vocabulary.yml", "categories.yml")}
    facet = Facet("all", "All", "All of them.", tuple(terms))
    shelves = (Category("shelf", "Shelf", "A shelf.", "Papers."),)
    site = dataclasses.replace(toy.site, start=())
    return dataclasses.replace(
        toy, site=site, papers=tuple(papers), facets=(facet,), categories=shelves, paths=(), venues=(), marks=marks
    )


def papers(count: int, **tags: int) -> list[Paper]:
    """Return papers; each tag is on as many of the first ones as its number says."""
    return [
        dataclasses.replace(PLAIN, id=f"p{index:03}", tags=tuple(tag for tag, last in tags.items() if index < last))
        for index in range(count)
    ]


def test_terms_on_too_few_or_too_many_papers_are_named(toy: Library) -> None:
    terms = [Term(name, name, "Means.") for name in ("rare", "fit", "full")]
    said = [warning.message for warning in advise(listed(toy, papers(12, rare=1, fit=4, full=7), terms))]
    assert said == ['term "rare" is on 1 of 12 papers', 'term "full" is on 7 of 12 papers']


def test_a_retired_term_needs_no_papers(toy: Library) -> None:
    assert advise(listed(toy, papers(12), [Term("old", "Old", "Means.", retired='use "new"')])) == []


@pytest.mark.parametrize(("other", "count"), [("Saliency maps", 1), ("saliency-map", 1), ("Saliency", 0)])
def test_terms_that_share_a_name_are_named(toy: Library, other: str, count: int) -> None:
    terms = [Term("one", "Saliency map", "Means."), Term("two", "Heat map", "Means.", aliases=(other,))]
    said = [warning.message for warning in advise(listed(toy, papers(12, one=2, two=5), terms))]
    assert said == [f'"{other}" is a name of the term "one" too'] * count


@pytest.mark.parametrize(("parent", "both", "count"), [(None, 4, 1), (None, 3, 0), ("one", 4, 0)])
def test_terms_on_nearly_the_same_papers_are_named(toy: Library, parent: str | None, both: int, count: int) -> None:
    terms = [Term("one", "One", "Means."), Term("two", "Two", "Means.", parent=parent)]
    said = [warning.message for warning in advise(listed(toy, papers(12, one=5, two=both), terms))]
    assert said == ['terms "one" and "two" are on nearly the same papers: 4 of 5'] * count


def test_papers_without_relations_are_named_where_others_have_them(toy: Library) -> None:
    some = papers(11)
    some[0] = dataclasses.replace(some[0], relations=(Relation("uses", "p001", "It does."),))
    said = advise(listed(toy, some, []))
    assert [warning.file for warning in said] == [f"p{index:03}.yml" for index in range(2, 11)]


def test_thin_and_crowded_shelves_are_named(toy: Library) -> None:
    said = [warning.message for warning in advise(listed(toy, papers(60), []))]
    assert said == ['category "shelf" has 60 papers: 5 to 20 read best']


@pytest.mark.parametrize(("first", "count"), [("p001", 0), ("p002", 1)])
def test_home_begins_where_a_shelf_begins(toy: Library, first: str, count: int) -> None:
    library = listed(toy, papers(12), [])
    shelves = (Category("shelf", "Shelf", "A shelf.", f"Begin with [[{first}]], then [[p001|the next]]."),)
    marks = {**library.marks, "site.yml": SourceMarks("site.yml")}
    site = dataclasses.replace(library.site, start=("p001",))
    said = advise(dataclasses.replace(library, site=site, categories=shelves, marks=marks))
    assert [warning.message.split(",")[0] for warning in said] == ['"p001" is where to begin'] * count


@pytest.mark.parametrize(
    ("dated", "said"),
    [
        (0, []),
        (12, []),
        (11, ['no "added" in 1 of 12 papers: feeds and the sitemap\'s dates leave out p011']),
        (
            1,
            ['no "added" in 11 of 12 papers: feeds and the sitemap\'s dates leave out p001, p002, p003, p004, p005, …'],
        ),
    ],
)
def test_papers_without_a_day_are_named_once_where_others_have_one(toy: Library, dated: int, said: list[str]) -> None:
    some = [
        dataclasses.replace(paper, added="2026-01-05") if index < dated else paper
        for index, paper in enumerate(papers(12))
    ]
    warnings = advise(listed(toy, some, []))
    assert [warning.message for warning in warnings] == said
    assert [warning.file for warning in warnings] == [f"p{dated:03}.yml"] * len(said)


def test_a_short_list_is_left_in_peace(toy: Library) -> None:
    assert advise(toy) == []


def test_the_list_itself_gives_no_warning(toy: Library) -> None:
    assert [str(warning) for warning in advise(toy)] == []


@pytest.mark.parametrize(
    ("one", "other", "is_later"),
    [
        ("2018", "2017-12-31", True),
        ("2017", "2017-01-26", False),
        ("2017-11", "2017-11-27", False),
        ("2017-11-28", "2017-11-27", True),
        ("2017-12", "2017-11-27", True),
        (None, "2017", False),
        ("2017", None, False),
    ],
)
def test_dates_count_as_far_as_both_are_known(one: str | None, other: str | None, is_later: bool) -> None:
    first, second = (dataclasses.replace(PLAIN, published=date) for date in (one, other))
    assert is_later_paper(first, second) is is_later


@pytest.mark.parametrize(
    ("edges", "found"),
    [
        ({"a": ["b"], "b": []}, []),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, []),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, [["b", "c"]]),
        ({"a": ["a"]}, [["a"]]),
        ({"a": ["gone"]}, []),
    ],
)
def test_rings(edges: dict[str, list[str]], found: list[list[str]]) -> None:
    assert list(graph_cycles(edges)) == found


def test_a_long_line_of_papers_is_walked(toy: Library) -> None:
    line = papers(5000)
    line = [
        dataclasses.replace(paper, relations=(Relation("extends", after.id, "On and on."),))
        for paper, after in pairwise(line)
    ]
    assert list(check_extends_order(listed(toy, line, []))) == []


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("We SHOW that one, two, three four five six!", "we show that one two three four five"),
        ("show that one two three four five", ""),
        ("", ""),
    ],
)
def test_copied_words(text: str, run: str) -> None:
    assert copied_passage(text, "Here we show that one-two three four five six seven.") == run


@pytest.mark.parametrize(
    ("name", "one"), [("GANs", "gan"), ("Loss", "loss"), ("t-SNE", "tsne"), ("Bias", "bia"), ("as", "as")]
)
def test_singular(name: str, one: str) -> None:
    assert singular_name(name) == one

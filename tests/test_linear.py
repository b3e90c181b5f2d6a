"""What grows with a curator's texts and lists takes linear time: steps are counted, and no time is measured."""

import pickle
from collections.abc import Callable
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from steps import assert_linear

from generator.checks.near_titles import TitleIndex, one_word_deletions
from generator.checks.quality import MIN_COPIED_WORDS, copied_passage
from generator.checks.relations import MAX_REPORTED_RINGS, check_extends_order, graph_cycles
from generator.checks.rules import advise, check
from generator.checks.vocabulary import terms_in_cycles
from generator.citations.citation import citation_keys
from generator.content.model import Facet, KnownVenue, Library, Paper, Person, Relation, SourceMarks, Term, Venue
from generator.content.reader import MAX_YAML_VALUES, read_yaml, yaml_size_fault
from generator.content.spelling import MAX_COMPARED_WORDS, SpellingSuggestions
from generator.curate.review.changes import content_changes
from generator.site.catalogue import build_catalogue
from generator.site.escaping import abstract_paragraphs, format_address
from generator.site.pages.kinds import site_pages

PLAIN = Paper("x", "A new one", authors=("Ann Other",), category="generators", abstract="Text.")
Work = Callable[[], object]


class CountedText(str):
    """A text that takes a step whenever it is compared with another one."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return str.__eq__(self, other)


def names(count: int) -> list[str]:
    return [CountedText(f"t{index}") for index in range(count)]


def with_terms(toy: Library, terms: list[Term]) -> Library:
    """Return the toy list with another facet of these terms."""
    return replace(toy, facets=(*toy.facets, Facet("big", "Big", "All of them.", tuple(terms))))


def with_papers(toy: Library, papers: list[Paper]) -> Library:
    """Return a list of these papers only."""
    marks = {name: marks for name, marks in toy.marks.items() if not name.startswith("papers/")}
    marks |= {f"papers/{paper.id}.yml": SourceMarks(f"{paper.id}.yml", {(): (1, 1)}) for paper in papers}
    return replace(toy, papers=tuple(papers), retired=(), marks=marks)


def chain(count: int) -> list[Term]:
    """Return terms, each the parent of the next."""
    return [
        Term(name, name, "d", parent=parent) for parent, name in zip([None, *names(count)], names(count), strict=False)
    ]


TERM_LISTS: dict[str, Callable[[int], list[Term]]] = {
    "chain": chain,
    "chain that ends in a ring": lambda count: [replace(chain(count)[0], parent="t9"), *chain(count)[1:]],
    "star": lambda count: [Term(name, name, "d", parent=None if name == "t0" else "t0") for name in names(count)],
    "unknown parents": lambda count: [Term(name, name, "d", parent=f"{name}x") for name in names(count)],
    "related": lambda count: [Term(name, name, "d", related=("t0", name)) for name in names(count)],
    "unknown related": lambda count: [Term(name, name, "d", related=(f"{name}x",)) for name in names(count)],
    "replaced": lambda count: [Term("t", "t", "d", replaces=tuple(names(count)))],
    "the same name": lambda count: [Term(name, "n", "d", aliases=("m",)) for name in names(count)],
    "the same id": lambda count: [Term("t", name, "d") for name in names(count)],
}


@pytest.mark.parametrize("terms", TERM_LISTS.values(), ids=TERM_LISTS)
def test_vocabulary(terms: Callable[[int], list[Term]], toy: Library) -> None:
    def work(count: int) -> Work:
        library = with_terms(toy, terms(count))
        return lambda: [*check(library), *advise(library)]

    assert_linear(work, 500)


PAPERS: dict[str, Callable[[int], Paper]] = {
    "unknown tags": lambda count: replace(PLAIN, tags=tuple(f"t{index}" for index in range(count))),
    "replaced ids": lambda count: replace(PLAIN, replaces=tuple(names(count))),
    "authors": lambda count: replace(PLAIN, authors=tuple(names(count))),
    "relations": lambda count: replace(PLAIN, relations=tuple(Relation("uses", name, "so") for name in names(count))),
    "title": lambda count: replace(PLAIN, title=" ".join(names(count))),
    "summary": lambda count: replace(PLAIN, summary=" ".join(names(count)), abstract=" ".join(names(count)[::-1])),
}


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_paper(paper: Callable[[int], Paper], toy: Library) -> None:
    def work(count: int) -> Work:
        library = with_papers(toy, [*toy.papers, paper(count)])
        return lambda: check(library)

    assert_linear(work, 1000)


def test_papers(toy: Library) -> None:
    def work(count: int) -> Work:
        papers = [
            replace(PLAIN, id=name, title=f"Paper on {name}", relations=(Relation("extends", f"t{index - 1}", "so"),))
            for index, name in enumerate(names(count))
        ]
        library = with_papers(toy, papers)
        return lambda: [*check(library), *advise(library), *citation_keys(library)]

    assert_linear(work, 200)


def test_venues(toy: Library) -> None:
    def work(count: int) -> Work:
        known = tuple(
            KnownVenue(name, "journal", f"Journal {name}", aliases=(f"{name}x", "V")) for name in names(count)
        )
        papers = [replace(PLAIN, id=name, venue=Venue(f"{name}y", 2020, "journal")) for name in names(count)]
        library = replace(with_papers(toy, papers), venues=known)
        return lambda: [*check(library), *advise(library)]

    assert_linear(work, 200)


def test_pages(toy: Library) -> None:
    def work(count: int) -> Work:
        known = tuple(Person(f"Ann {name}", other_than=(f"Bo {name}",)) for name in names(count))
        papers = [
            replace(PLAIN, id=name, title=f"Paper on {name}", authors=(f"Ann {name}", f"Bo {name}"))
            for name in names(count)
        ]
        shelves = tuple(replace(category, introduction="") for category in toy.categories)
        site = replace(toy.site, start=())
        library = replace(with_papers(toy, papers), people=known, categories=shelves, paths=(), site=site)
        catalogue = build_catalogue(library, {})
        return lambda: [*site_pages(catalogue)]

    assert_linear(work, 300)


def test_changed_relations(toy: Library) -> None:
    def work(count: int) -> Work:
        relations = tuple(Relation("uses", name, "so") for name in names(count))
        before = with_papers(toy, [PLAIN])
        after = with_papers(toy, [replace(PLAIN, relations=relations)])
        return lambda: content_changes(before, after)

    assert_linear(work, 300)


@pytest.mark.parametrize(
    "line",
    ["k{}: 1\n", "title: {}\n", '? "{}"\n: 1\n', "k{}: {{a: b}}\n"],
    ids=["unknown", "twice", "quoted", "nested"],
)
def test_keys_of_an_entry(line: str) -> None:
    def work(count: int) -> Work:
        text = "".join(line.format(index) for index in range(count))
        return lambda: read_yaml(text, "x.yml", Paper, id="x")

    assert_linear(work, 1000)


@pytest.mark.parametrize("address", ["(", ")", ").", "().", "(.)"])
def test_brackets_in_an_address(address: str) -> None:
    assert_linear(lambda count: lambda: format_address(f"https://x.example/{address * count}"), 300)


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        ("https://a.b/c_(d)", "https://a.b/c_(d)"),
        ("https://a.b/c_(d).", "https://a.b/c_(d)"),
        ("https://a.b/c).)", "https://a.b/c"),
        ("https://a.b/(c).))", "https://a.b/(c)"),
        ("https://a.b/(c", "https://a.b/(c"),
    ],
)
def test_the_sentence_around_an_address_is_no_part_of_it(address: str, inside: str) -> None:
    assert f'href="{inside}"' in format_address(address).replace("&#95;", "_")


def test_keys_of_titles_take_linear_memory() -> None:
    small, large = (len(pickle.dumps(one_word_deletions("word " * count))) for count in (200, 800))
    assert large < 6 * small


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("The model of a text", "Model of text", False),
        ("The model of text", "Model of text", True),
        ("Models the of text", "The models of text", True),
        ("Data base of texts", "Database of texts", True),
        ("Modeling text", "Modelling text", True),
        ("Modeling text", "Modeling texts", True),
        ("Part 1 of a text", "Part 2 of a text", False),
        ("Part II of a text", "Part III of a text", False),
        ("Generating text", "Judging text", False),
        (f"{'a' * 60}b text", f"{'a' * 60}c text", False),
    ],
)
def test_near_titles(one: str, other: str, near: bool) -> None:
    titles: TitleIndex[str] = TitleIndex()
    titles.add(one, "one")
    assert bool(list(titles.near(other))) == near


@given(st.lists(st.sampled_from("ab"), max_size=30), st.lists(st.sampled_from("ab"), max_size=30))
def test_copied_passages_are_those_of_a_slow_search(words: list[str], source: list[str]) -> None:
    runs = (" ".join(words[start : start + MIN_COPIED_WORDS]) for start in range(len(words) - MIN_COPIED_WORDS + 1))
    expected = next((run for run in runs if f" {run} " in f" {' '.join(source)} "), "")
    assert copied_passage(" ".join(words), " ".join(source)) == expected


def test_a_formula_does_not_contain_its_opening_delimiter() -> None:
    """The search for its end would otherwise go over the same text again from each of the delimiters."""
    for text in (r"\(a \(b\)", r"\[a \[b\]"):
        assert "".join(abstract_paragraphs(text)).count("<mi>a</mi>") == 0
        assert "".join(abstract_paragraphs(text)).count("<mi>b</mi>") == 1
    assert "<mtable" in abstract_paragraphs(r"\(\begin{matrix}a\\(b)\end{matrix}\)")[0]


def test_rings_of_terms_are_those_of_a_slow_search() -> None:
    parents = {"a": "b", "b": "c", "c": "b", "d": "d", "e": None, "f": "x", "g": "f"}
    assert terms_in_cycles(parents) == {"b", "c", "d"}


def test_long_rings_of_papers_are_shortened(toy: Library) -> None:
    count = 3 * MAX_REPORTED_RINGS
    papers = [
        replace(PLAIN, id=f"p{index}", relations=tuple(Relation("extends", f"p{to}", "so") for to in (index + 1, 0)))
        for index in range(count)
    ]
    problems = list(check_extends_order(with_papers(toy, papers)))
    assert len(problems) == MAX_REPORTED_RINGS
    assert max(len(problem.message) for problem in problems) < 300
    assert list(islice(graph_cycles({"a": ["b"], "b": ["c"], "c": ["b"]}), 9)) == [["b", "c"]]


def test_close_words_are_sought_for_the_first_unknown_ones() -> None:
    known = {f"term-{index}" for index in range(MAX_COMPARED_WORDS // 2)}
    spelling = SpellingSuggestions()
    found = [bool(spelling.suggestion(f"term-{index}x", known)) for index in range(4)]
    assert found == [True, True, False, False]
    assert SpellingSuggestions().suggestion("x" * 100_000, known) == ""


@pytest.mark.parametrize("line", ["?\n", "- a\n", "- \n", "- {}\n", "a: b\n"])
def test_values_of_a_file_are_limited(line: str) -> None:
    most = MAX_YAML_VALUES // 2
    assert yaml_size_fault(line * (most // 2)) == ""
    assert yaml_size_fault(line * (2 * most + 2)) == "expected at most 200,000 keys and values"
    assert yaml_size_fault("title: |-\n" + "  a - b, c: d?\n" * most) == ""


def compare(names: list[str], others: int) -> int:
    same = 0
    for name in names:
        for other in names[:others]:
            same += name == other
    return same


def test_growth_is_seen_behind_what_any_input_takes() -> None:
    any_input = names(100)
    assert_linear(lambda count: lambda: compare(any_input, 100) + compare(names(count), 5), 50)
    with pytest.raises(AssertionError, match="steps for 1"):
        assert_linear(lambda count: lambda: compare(any_input, 100) + compare(names(count), count), 50)

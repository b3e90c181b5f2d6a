"""The ranking of search, on an invented list: which papers a query finds, in which order, and as what."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from scripts import running_script

from generator.content.model import Category, Facet, Library, Paper, Site, SourceMarks, Term
from generator.search.data import search_files
from generator.site.catalogue import build_catalogue

TERMS = (
    Term("boat", "Boats", aliases=("vessel", "floating craft")),
    Term("ferry", "Ferries", parent="boat", aliases=("boat that carries cars",)),
    Term("sail", "Sailing", definition="Moving a hull by the wind.", covers=("Zephyr", "the Mistral")),
    Term("image", "Image", aliases=("picture",)),
)
WORDS = "harbor lantern anchor compass signal weather cargo engine rudder current timber canvas".split()
MOST_FOUND = 10  # papers, if fewer have every word


@dataclass(frozen=True, slots=True)
class Answer:
    """What search answers to a query."""

    papers: list[str]
    near: list[str]
    corrections: list[list[str]]
    reasons: list[list[list[str]]]

    @property
    def complete(self) -> list[str]:
        """The papers that have every word."""
        return [name for name in self.papers if name not in self.near]


Search = Callable[..., Answer]


def paper(name: str, title: str, *tags: str, summary: str = "", authors: tuple[str, ...] = ("Ann Other",)) -> Paper:
    """Return a paper whose abstract says the same as its summary."""
    return Paper(name, title, "generators", authors=authors, tags=tags, summary=summary or None, abstract=summary)


PAPERS = (
    paper("ferries-in-fog", "Ferries in Fog", "ferry"),
    paper("crossing", "A Crossing at Night", "ferry", summary="How the crew saw the far shore."),
    paper("fares", "Ferries and Fares", summary="Ferries are compared with ferries of old by fare."),
    paper("zephyr", "The Zephyr and Its Crew", "sail"),
    Paper("log", "A Log", "generators", authors=("Ann Other",), tags=("sail",), abstract="We saw the Zephyr."),
    *(paper(f"regatta-{n}", f"Regatta {word}", "sail", summary=f"A race by {word}.") for n, word in enumerate(WORDS)),
    *(paper(f"image-{n}", f"An Image of the {word}") for n, word in enumerate(WORDS[:3])),
    paper("painted", "What Was Painted", "image"),
    *(
        paper(f"port-{n}", f"Ports and the {word}", summary=f"Dredging seen from the {word}.")
        for n, word in enumerate(WORDS)
    ),
    paper("gulls", "Gulls over Ports", summary="They follow the dredging."),
    paper("pilots", "Pilots of the Estuary", authors=("Tero Karras", "Samuli Laine", "Ann Tuller")),
    paper("charts", "Topic Charts of 2019", summary="Model chart2 and the attention to contours."),
)


@pytest.fixture(scope="module")
def search(toy: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    """Yield a function that answers a query over the invented list, without a browser."""
    marks = {f"papers/{one.id}.yml": SourceMarks(f"{one.id}.yml", {(): (1, 1)}) for one in PAPERS}
    facets = (Facet("subject", "Subject", "What it is about.", TERMS),)
    shelf = Category("generators", "Generators")
    library = replace(
        toy,
        site=Site("Harbor list", "", ""),
        categories=(shelf,),
        facets=facets,
        papers=PAPERS,
        retired=(),
        paths=(),
        marks={**toy.marks, **marks},
    )
    folder = tmp_path_factory.mktemp("invented")
    for name, text in search_files(build_catalogue(library, {})):
        if name.startswith(("search/list", "search/texts")):
            (folder / Path(name).name).write_text(text(), "utf-8")

    with running_script("answers.mjs", folder) as ask:
        yield lambda query: Answer(**ask([query])[0])


def test_a_tag_adds_to_what_the_texts_say_and_does_not_outweigh_it(search: Search) -> None:
    assert search("ferries ").papers == ["ferries-in-fog", "fares", "crossing"]


def test_papers_with_a_narrower_term_have_the_words_of_the_broader_one(search: Search) -> None:
    assert search("night craft ").complete == ["crossing"]


def test_a_word_for_a_term_finds_the_term_by_its_name_too(search: Search) -> None:
    assert search("picture ").complete == ["painted"]
    assert set(search("picture ").near) == {"image-0", "image-1", "image-2"}


def test_papers_that_lack_the_rarest_word_are_few_and_come_near(search: Search) -> None:
    answer = search("dredging gulls ")
    assert answer.complete == ["gulls"]
    assert len(answer.papers) == MOST_FOUND
    assert answer.papers[1:] == answer.near
    assert answer.reasons[1][-1] == ["Without", "“gulls”"]
    assert "Without" not in [label for label, _ in answer.reasons[0]]


def test_where_no_paper_has_a_word_the_others_are_few(search: Search) -> None:
    answer = search("dredging quokkas ")
    assert len(answer.near) == len(answer.papers) == MOST_FOUND
    assert len(search("dredging ").complete) > MOST_FOUND


def test_definitions_of_terms_are_searched(search: Search) -> None:
    answer = search("winds race ")
    assert answer.complete == answer.papers
    assert {name.partition("-")[0] for name in answer.papers} == {"regatta"}
    assert answer.reasons[0] == [["Tag", "Sailing: Moving a hull by the wind."]]


def test_what_a_term_covers_comes_after_the_word_itself_and_is_few(search: Search) -> None:
    answer = search("zephyr ")
    assert answer.complete == ["zephyr", "log"]
    assert len(answer.papers) == MOST_FOUND
    assert answer.reasons[1] == [["Abstract", "We saw the Zephyr."]]
    assert answer.reasons[2] == [["Tag", "Sailing, covers Zephyr"]]


@pytest.mark.parametrize(
    "question",
    [
        *("is there a way to ", "how can I ", "what is the best ", "what happens if ", "does anyone know whether "),
        *("I'd like to ", "why doesn't it ", "why isn’t it ", "can someone tell me ", "please help me find "),
    ],
)
def test_words_that_only_make_a_question_are_not_missed(search: Search, question: str) -> None:
    assert search(f"{question}dredging ").complete == search("dredging ").complete


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("dreging ", ["dredging"]),  # a letter is missing
        ("reggatta ", ["regatta"]),  # one is doubled
        ("atention contuors ", ["attention", "contours"]),  # two are swapped
        ("prots ", ["ports"]),
        ("contoors ", ["contours"]),  # the wrong letter in a long word, and the wrong vowel in a shorter one
        ("regotta ", ["regatta"]),
        ("karas ", ["karras"]),
        ("samuli lane ", ["laine"]),  # beside a name, a name is meant
        ("lanter ", ["lantern"]),
    ],
)
def test_typing_errors_are_repaired(search: Search, typed: str, read: list[str]) -> None:
    assert [word for _, word in search(typed).corrections] == read


@pytest.mark.parametrize(
    "typed",
    [
        "yann ",  # a name that the list does not have, though it has Ann
        "samuli lanter ",  # beside a name, words that are no names are not meant
        "toxic ",  # not topic
        "sorts ",  # not ports
        "2018 ",  # years and numbers are no others
        "chart3 ",
        "crgo ",  # acronyms have no vowels
        "cargos ",  # other forms of a word
        "ported porting ",
        "fer ",  # no words of three letters
        "whicj ",  # stop words
    ],
)
def test_words_that_are_only_similar_are_left_alone(search: Search, typed: str) -> None:
    assert search(typed).corrections == []

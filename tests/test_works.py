"""Which entries are of one work: the check and all imports give the same answer."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from steps import assert_linear

from generator.checks.citing import check_isbns
from generator.checks.papers import check_identifiers, warn_similar_papers
from generator.checks.works import likeness, work_description
from generator.content.model import Library, Paper, Relation, Site, Venue
from generator.curate.importers.entries import candidate_entries

DAY = "2026-11-25"
FLOWS = "Learning trivializing flows"
DOI_ONE, DOI_OTHER = "10.22323/1.430.0001", "10.1140/epjc/s10052-023-11838-8"


def work(title: str, *authors: str, year: int = 0, venue: str = "", track: Any = "journal", **values: Any) -> Paper:
    """Return an entry; with a venue, the year is that of the volume."""
    place = Venue(venue, year, track) if venue else None
    date = f"{year:04}" if year and not venue else None
    return replace(Paper("", title, "shelf", authors=authors, venue=place, published=date), **values)


def calendar(year: int, volume: int, **values: Any) -> Paper:
    return work("Calendar", year=year, venue="TUGboat", volume=str(volume), **values)


PREPRINT = work(FLOWS, "David Albandea", "Luigi Del Debbio", arxiv="2211.12806")


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        (PREPRINT, replace(PREPRINT, arxiv="2302.08408"), "different"),
        (PREPRINT, replace(PREPRINT, arxiv=None, doi="10.48550/arXiv.2211.12806"), "same"),
        (work(FLOWS, "A. Bee", doi=DOI_ONE), work(FLOWS, "A. Bee", doi=DOI_OTHER), "different"),
        (work(FLOWS, "A. Bee", doi=DOI_ONE), work(FLOWS, "A. Bee", doi=DOI_ONE.upper(), year=1999), "same"),
        # A preprint and what became of it.
        (PREPRINT, work(FLOWS, "Albandea, David", "Del Debbio, Luigi", doi=DOI_ONE, venue="PoS", year=2023), "same"),
        (PREPRINT, work(FLOWS, "Albandea, D.", "Del Debbio, L.", venue="PoS", year=2023, track="conference"), "same"),
        (PREPRINT, work(FLOWS, "D. Albandea", "L. Del Debbio", venue="PoS", year=2030), "perhaps"),
        (PREPRINT, work(FLOWS, "D. Albandea", venue="PoS", year=2023, arxiv="2302.08408"), "different"),
        (PREPRINT, work(FLOWS, "D. Albandea", "L. Del Debbio", year=2023, type="book"), "different"),
        (PREPRINT, work(FLOWS, "Ann Bee", venue="PoS", year=2023), "different"),
        (PREPRINT, work("Learning trivialising flows", "D. Albandea", venue="PoS", year=2023), "perhaps"),
        # Other years, other kinds, other people.
        (work("Working memory", "A. D. Baddeley", year=1986, type="book"),
         work("Working memory", "A. D. Baddeley", year=1992, venue="Science"), "different"),
        (work("Working memory", "A. D. Baddeley", year=1986, type="book"),
         work("Working memory", "A. D. Baddeley", year=1986, venue="Science"), "different"),
        (work("Counterfactuals", "Ed Eff", year=1973, type="book"),
         work("Counterfactuals", "Gus Gee", year=1973, type="book"), "different"),
        (work("Editorial comments", "B. Bee", year=1989, venue="TUGboat"),
         work("Editorial comments", "B. Bee", year=1999, venue="TUGboat"), "different"),
        (work("Reply", "M. van S.", year=1991, venue="PRL", volume="66"),
         work("Reply", "M. van S.", year=1991, venue="PRL", volume="67"), "different"),
        (work("Reply", "M. van S.", year=1991, venue="PRL", volume="66", pages="100–104"),
         work("Reply", "M. van S.", year=1991, venue="PRL", volume="66", pages="100"), "same"),
        (calendar(1989, 10, number="1"), calendar(1989, 10, number="2"), "different"),
        (calendar(1989, 10, number="1–2"), calendar(1989, 10, number="3"), "different"),
        (calendar(1989, 10, number="3–4"), calendar(1989, 10, number="1"), "different"),
        (calendar(1989, 10, number="3/4"), calendar(1989, 10, number="3"), "same"),
        (calendar(1989, 10, pages="c3–c3"), calendar(1989, 10, pages="Cover 3"), "same"),
        (work("On parsing", "A. Bee", type="report", number="95-12"),
         work("On parsing", "A. Bee", type="report", number="95-13"), "different"),
        (work("A parser", "A. Bee", type="software", edition="1.0"),
         work("A parser", "A. Bee", type="software", edition="1.1"), "different"),
        (work("Links of the week", "A. Bee", type="post", published="2017-01-26"),
         work("Links of the week", "A. Bee", type="post", published="2017-02-02"), "different"),
        (work("LaTeX lernen, Teil A: Arbeitsheft", "A. Bee", type="book", isbn="0-201-13447-0"),
         work("LaTeX lernen, Teil B: Manual", "A. Bee", type="book", isbn="0-201-13447-0"), "different"),
        (calendar(1989, 10), calendar(1989, 10), "same"),
        (work("A textbook", "A. Bee", type="book", edition="2nd"),
         work("A textbook", "A. Bee", type="book", edition="3"), "different"),
        (work("A textbook", "A. Bee", type="book", edition="2nd"),
         work("A textbook", "A. Bee", type="book", edition="Second"), "same"),
        (work("Faust", "J. W. Goethe", type="book", language="de"),
         work("Faust", "J. W. Goethe", type="book", language="en-GB"), "different"),
        (work("A textbook: with answers", "A. Bee", type="book", isbn="0-201-13447-0"),
         work("A Textbook", "A. Bee", type="book", isbn="9780201134476", year=1984), "same"),
        (work("A textbook", "A. Bee", type="book", isbn="0-201-13447-0"),
         work("A textbook", "A. Bee", type="book", isbn="978-0-387-98708-8"), "different"),
        (work("A handbook", "A. Bee", type="book", isbn="0-201-13447-0", volume="1"),
         work("A handbook", "A. Bee", type="book", isbn="0-201-13447-0", volume="2"), "different"),
        (work("A textbook", "A. Bee", type="book", isbn="0-201-13447-0", year=1984, pages="400"),
         work("A textbook", "A. Bee", type="book", isbn="0-201-13447-0", year=1986, pages="xii + 412"), "same"),
        (work("A textbook", "A. Bee", type="book", isbn="0-201-13447-0", edition="2nd"),
         work("A textbook", "A. Bee", type="book", isbn="0-201-13447-0", edition="3rd"), "different"),
        (work("Electra", "Euripides", type="book"), work("Electra", type="book"), "perhaps"),
        (work("Electra", type="book"), work("Electra", type="book"), "same"),
        (work("The Electra", "Euripides", type="book", year=1900), work("Electra", type="book", year=1900), "same"),
        (work("Home", url="https://a.example/", type="webpage"),
         work("Home", url="http://www.a.example", type="webpage"), "same"),
        (work("Home", url="https://a.example/", type="webpage"),
         work("Home", url="https://b.example/", type="webpage"), "different"),
        # What nothing tells apart.
        (work(FLOWS, "A. Bee", year=2023), work("Learning Trivializing Flows!", "Bee, A.", year=2023), "same"),
        (work(FLOWS), work(FLOWS, "A. Bee", year=2023), "same"),
        (work(FLOWS, "A. Bee", "C. Dee", "E. Eff"), work(FLOWS, "A. Bee", "G. Gee", "H. Hay"), "perhaps"),
        (work(FLOWS, "A. Bee", "C. Dee"), work(FLOWS, "A. Bee", "others"), "same"),
        (work(FLOWS, "Gabriel García Márquez"), work(FLOWS, "García Márquez, G."), "same"),
        (work("Computing the bandwidth", "A. Bee", year=1990),
         work("Computing the branchwidth", "A. Bee", year=1990), "perhaps"),
        (work("Computing the bandwidth", "A. Bee", year=1990, abstract="On graphs and their bands."),
         work("Computing the branchwidth", "A. Bee", year=1990, abstract="What trees have in common."), "different"),
        (work("Modeling text", "A. Bee", year=1990, venue="TCS", pages="1–20"),
         work("Modelling text", "A. Bee", year=1990, venue="Theor. Comput. Sci.", pages="1-20"), "same"),
        (work(FLOWS, "A. Bee", year=2023, venue="NIPS", track="conference"),
         work(FLOWS, "A. Bee", year=2023, venue="Advances in Neural Information Processing"), "perhaps"),
        (work("Preface", "A. Bee", year=2023, type="chapter", container="One book"),
         work("Preface", "A. Bee", year=2023, type="chapter", container="Another book"), "perhaps"),
        (work("A title of the preprint", "A. Bee", year=2023, published_title=FLOWS),
         work(FLOWS, "A. Bee", year=2023), "same"),
        # Chapters of a book that have the book's DOI.
        (work("The first chapter", "A. Bee", type="chapter", doi=DOI_ONE),
         work("On other matters", "C. Dee", type="chapter", doi=DOI_ONE), "different"),
        (work("The first chapter", "A. Bee", type="chapter", doi=DOI_ONE, pages="1-20"),
         work("On other matters", "A. Bee", type="chapter", doi=DOI_ONE, pages="21-40"), "different"),
        (work("An introduction", "A. Bee", type="chapter", doi=DOI_ONE, pages="ix–xix"),
         work("On other matters", "A. Bee", type="chapter", doi=DOI_ONE, pages="21-40"), "different"),
        (work("A first title", "A. Bee", "C. Dee", arxiv="2211.12806"),
         work("What it was called in the end", "Bee, A.", "Dee, C.", arxiv="2211.12806"), "same"),
    ],
)  # fmt: skip
def test_likeness(one: Paper, other: Paper, answer: str) -> None:
    assert likeness(work_description(one), work_description(other)) == answer
    assert likeness(work_description(other), work_description(one)) == answer
    assert likeness(work_description(one), work_description(one)) == "same"


def listed(papers: list[Paper]) -> Library:
    """Return a list of these papers only."""
    site = Site("A list", "What it is.", "What it says first.")
    return Library(site, (), (), tuple(sorted(papers, key=lambda paper: paper.id)), (), (), {})


def imported(candidates: list[Paper]) -> list[Paper]:
    """Return the entries that an import of these papers writes into an empty list."""
    found = candidate_entries(candidates, listed([]), DAY)
    return [entry.paper for entry in found if entry.state == "new"]


def candidate(authors: tuple[str, ...], title: str, year: int, venue: str, values: dict[str, Any]) -> Paper:
    return work(title, *authors, year=year, venue=venue if year else "", **values)


PARTS = st.none() | st.sampled_from(["1", "2"])
CANDIDATES = st.builds(
    candidate,
    st.sampled_from([(), ("Ann Bee",), ("Cy Dee",), ("Ann Bee", "Cy Dee")]),
    st.sampled_from(["Calendar", "The Calendar", "Calendars", "On the first texts", "On the first text", "…", "…!"]),
    st.sampled_from([0, 1999, 2000]),
    st.sampled_from(["", "TUGboat", "ICML"]),
    st.fixed_dictionaries(
        {
            "arxiv": st.none() | st.sampled_from(["2211.12806", "2302.08408"]),
            "doi": st.none() | st.sampled_from([DOI_ONE, DOI_OTHER]),
            "isbn": st.none() | st.sampled_from(["0-201-13447-0", "978-0-387-98708-8"]),
            "volume": PARTS,
            "pages": PARTS,
            "type": st.sampled_from(["article", "book", "chapter"]),
        }
    ),
)


@settings(max_examples=200)
@given(candidates=st.lists(CANDIDATES, max_size=8))
def test_what_an_import_writes_the_check_takes_and_the_next_import_knows(candidates: list[Paper]) -> None:
    known = imported(candidates)
    library = listed(known)
    assert [*check_identifiers(library), *check_isbns(library)] == []
    assert len({paper.id for paper in known}) == len(known)
    again = list(candidate_entries(candidates, library, DAY))
    assert [entry.paper.title for entry in again if entry.state == "new"] == []


def test_works_of_one_title_all_come_in() -> None:
    issues = [calendar(1980 + number // 4, 1 + number // 4, number=str(number % 4)) for number in range(250)]
    known = imported(issues)
    assert len(known) == len(issues)
    assert [paper.id for paper in known[:6]] == [
        "calendar",
        "calendar-1980",
        *(f"calendar-1980-{n}" for n in (2, 3)),
        "calendar-1981",
        "calendar-1981-2",
    ]
    library = listed(known)
    assert list(warn_similar_papers(library)) == []
    assert {entry.state for entry in candidate_entries(issues, library, DAY)} == {"unchanged"}


def test_a_question_names_the_entries() -> None:
    one, other = work(FLOWS, "A. Bee", "C. Dee", "E. Eff"), work(FLOWS, "A. Bee", "G. Gee", "H. Hay")
    entries = list(candidate_entries([one, other, other], listed([]), DAY))
    assert [(entry.state, entry.notes) for entry in entries] == [
        ("new", ()),
        ("new", ("perhaps the same as papers/learning-trivializing-flows.yml",)),
        ("unchanged", ("appears more than once",)),
    ]
    papers = [entry.paper for entry in entries[:2]]
    first, second = (paper.id for paper in papers)
    assert [warning.message for warning in warn_similar_papers(listed(papers))] == [
        f'perhaps the same work as {first}.yml: if not, write "distinct_from: [{first}]"; '
        f'if so, run "list merge paper {second} {first}"'
    ]
    settled = replace(papers[0], distinct_from=(second,))
    assert list(warn_similar_papers(listed([settled, papers[1]]))) == []
    related = replace(papers[1], relations=(Relation("extends", first, "It does."),))
    assert list(warn_similar_papers(listed([papers[0], related]))) == []


def test_chapters_with_the_identifier_of_their_book_come_in_without_it() -> None:
    chapters = [
        work(f"On the {word}", name, type="chapter", doi=DOI_ONE)
        for word, name in (("sea", "Ann Bee"), ("moon", "Cy Dee"))
    ]
    entries = list(candidate_entries(chapters, listed([]), DAY))
    assert [(entry.paper.id, entry.paper.doi, entry.notes) for entry in entries] == [
        ("on-the-sea", DOI_ONE, ()),
        ("on-the-moon", None, ("without its DOI, which is that of papers/on-the-sea.yml",)),
    ]


@pytest.mark.parametrize("same", [False, True])
def test_works_of_one_title_take_linear_time(*, same: bool) -> None:
    def check(count: int) -> Any:
        papers = [
            work("Calendar", "A. Bee", f"C. D{'x' * (not same)}{number}", year=2000, id=f"p{number}")
            for number in range(count)
        ]
        library = listed(papers)
        return lambda: list(warn_similar_papers(library))

    assert_linear(check, 150)

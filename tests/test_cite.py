"""The fields and the key of a paper's citation."""

import dataclasses

import pytest

from generator.citations.citation import citation_keys, citations_by_paper, first_year, paper_citation
from generator.content.model import Library, Paper, Venue

PAPER = Paper(
    "x", "On StyleGAN & Co.", authors=("Ann van der Berg", "B. and C. Group"), category="shelf", abstract="text"
)


def test_the_published_version_is_cited(toy: Library) -> None:
    found = citations_by_paper(toy)["wasserstein-gan"]
    assert found.title == "Wasserstein Generative Adversarial Networks"
    assert (found.kind.id, found.venue, found.date) == ("paper-conference", "ICML", (2017,))
    assert found.container == "Proceedings of the International Conference on Machine Learning"


@pytest.mark.parametrize(
    ("published", "arxiv", "date"),
    [
        ("2018-01-26", "1801.01973", (2018, 1, 26)),
        ("2018-01", None, (2018, 1)),
        (None, "1801.01973", (2018,)),
        (None, None, ()),
    ],
)
def test_a_preprint_has_the_date_of_its_first_version(
    published: str | None, arxiv: str | None, date: tuple[int, ...]
) -> None:
    found = paper_citation(dataclasses.replace(PAPER, published=published, arxiv=arxiv), "key", {})
    assert (found.kind.id, found.date) == ("preprint", date)


@pytest.mark.parametrize(
    ("arxiv", "doi", "acl_anthology", "url"),
    [
        ("1701.07875", None, None, "https://arxiv.org/abs/1701.07875"),
        ("1701.07875", "10.1109/x", None, "https://doi.org/10.1109/x"),
        (None, "10.1/x", "2023.acl-long.522", "https://aclanthology.org/2023.acl-long.522/"),
        (None, None, None, ""),
    ],
)
def test_the_address_is_that_of_the_version_cited(
    arxiv: str | None, doi: str | None, acl_anthology: str | None, url: str
) -> None:
    paper = dataclasses.replace(PAPER, arxiv=arxiv, doi=doi, acl_anthology=acl_anthology)
    assert paper_citation(paper, "key", {}).url == url


def test_keys_are_unique_and_as_people_write_them(toy: Library) -> None:
    keys = citation_keys(toy)
    assert keys["wasserstein-gan"] == "arjovsky2017wasserstein"
    assert len(set(keys.values())) == len(keys)


def test_of_papers_that_would_share_a_key_the_first_on_the_list_keeps_it(toy: Library) -> None:
    days = ["2026-01-03", "2026-01-02", *["2026-01-04"] * 26]
    twins = tuple(dataclasses.replace(PAPER, id=f"p{i:02}", added=day) for i, day in enumerate(days))
    keys = citation_keys(dataclasses.replace(toy, papers=twins))
    base = "vanderbergstylegan"
    assert [keys[name] for name in ("p01", "p00", "p02", "p26", "p27")] == [
        *(base, f"{base}b", f"{base}c", f"{base}aa", f"{base}ab")
    ]


def test_a_key_stays_when_papers_come_and_go(toy: Library) -> None:
    first = dataclasses.replace(PAPER, id="z", added="2026-01-01")
    later = dataclasses.replace(PAPER, id="a", added="2026-02-01")
    before = citation_keys(dataclasses.replace(toy, papers=(first,)))
    both = citation_keys(dataclasses.replace(toy, papers=(later, first)))
    after = citation_keys(dataclasses.replace(toy, papers=(later,), retired=(first,)))
    assert before["z"] == both["z"]
    assert both["a"] == after["a"]


@pytest.mark.parametrize(
    ("paper", "year"),
    [
        (dataclasses.replace(PAPER, published="2017-01"), 2017),
        (dataclasses.replace(PAPER, arxiv="1411.1784"), 2014),
        (dataclasses.replace(PAPER, arxiv="cs/9901001"), 1999),
        (dataclasses.replace(PAPER, venue=Venue("ICML", 2020, "conference")), 2020),
        (PAPER, None),
    ],
)
def test_first_year(paper: Paper, year: int | None) -> None:
    assert first_year(paper) == year

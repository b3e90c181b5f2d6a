"""What stands on pages, in which order, and what beside it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape

import pytest

from generator.content.model import Library, Links
from generator.related.relate import Reason, RelatedPaper, relate
from generator.site.catalogue import Catalogue, build_catalogue
from generator.site.pages.elements import MAX_UNDIVIDED_ROWS, Link
from generator.site.pages.lists import (
    MAX_STARTING_POINTS,
    MIN_TOPIC_PAPERS,
    common_topics,
    starting_points,
    year_contents,
)
from generator.site.pages.papers import PaperPage
from generator.site.pictures.relation_graph import relation_network
from generator.site.render import render_site

SHARED = Reason("tags", "shared topics", "GAN")
NAMED = Reason("relation", "extends", "It adds a term.")


@pytest.fixture(scope="module")
def catalogue(toy: Library) -> Catalogue:
    return build_catalogue(toy, relate(toy))


@pytest.fixture(scope="module")
def files(toy: Library) -> Mapping[str, str]:
    return render_site(toy, relate(toy))


def page_of(catalogue: Catalogue, name: str) -> PaperPage:
    return PaperPage(catalogue, catalogue.papers[name], (), relation_network(catalogue.papers))


def test_a_paper_page_is_in_the_order_of_need(files: Mapping[str, str]) -> None:
    parts = ("<h1 ", 'class="authors"', 'class="published"', 'class="buttons"', 'class="summary"', 'id="why-read-it"',
             'class="places"', 'class="margin"', 'id="abstract"', 'id="relations"', 'id="how-to-cite"')  # fmt: skip
    text = files["papers/wasserstein-gan.md"]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert text.count('class="cite"') == text.count("data-papers=") == 1


def test_the_actions_are_what_most_readers_want(catalogue: Catalogue) -> None:
    page = page_of(catalogue, "tr0n")
    assert [link.text for link in page.actions] == ["PDF", "Code", "arXiv"]
    assert page.further == ()
    doi = Link("DOI", "https://doi.org/10.1/x")
    more = replace(page, paper=replace(page.paper, doi="10.1/x"))
    assert (more.actions, more.further) == (page.actions, (doi,))
    only = replace(page, paper=replace(more.paper, arxiv=None, links=Links()))
    assert (only.actions, only.further) == ((doi,), ())


def test_relations_of_curators_stand_apart_from_what_was_computed(catalogue: Catalogue) -> None:
    one, other = [name for name in catalogue.papers if name != "tr0n"][:2]
    links = {"tr0n": (RelatedPaper(one, 2.0, (SHARED,)), RelatedPaper(other, 1.0, (NAMED, SHARED)))}
    page = page_of(replace(catalogue, links=links), "tr0n")
    assert [(suggestion.row.id, suggestion.main_reasons) for suggestion in page.suggestions] == [(one, (SHARED,))]
    assert [(suggestion.row.id, suggestion.main_reasons) for suggestion in page.relations] == [(other, (NAMED,))]


def test_the_contents_of_a_list_are_its_headings(catalogue: Catalogue) -> None:
    row = next(iter(catalogue.rows.values()))
    assert year_contents([row, row]) == ()
    found = year_contents([replace(row, heading="2030"), row, replace(row, heading="Undated")])
    assert [(entry.link, entry.count) for entry in found] == [
        (Link("2030", "#year-2030"), 2),
        (Link("Undated", "#year-undated"), 1),
    ]


def test_the_years_of_a_list_lead_to_their_first_papers(toy: Library) -> None:
    one = toy.papers[0]
    papers = tuple(replace(one, id=f"p{at}", arxiv=None, published=f"{2000 + at // 2}-01-01", relations=(), replaces=())
                   for at in range(MAX_UNDIVIDED_ROWS + 1))  # fmt: skip
    site = replace(toy.site, start=())
    shelves = tuple(replace(shelf, introduction="") for shelf in toy.categories)
    files = render_site(replace(toy, papers=papers, categories=shelves, paths=(), retired=(), site=site), {})
    text = unescape(files[f"categories/{one.category}.md"])
    targets = re.findall('href="#(year-[^"]*)"', text)
    assert targets[:2] == ["year-2010", "year-2009"]
    assert re.findall('id="(year-[^"]*)"', text) == targets


def test_a_list_begins_with_what_curators_put_first(catalogue: Catalogue, toy: Library) -> None:
    papers = tuple(catalogue.papers.values())
    names = [link.to for link in starting_points(catalogue, papers)]
    assert len(names) == MAX_STARTING_POINTS
    assert names[: len(toy.site.start)] == [f"papers/{name}/" for name in toy.site.start][:MAX_STARTING_POINTS]
    assert starting_points(catalogue, papers[: 2 * MAX_STARTING_POINTS]) == ()
    without = replace(catalogue, library=replace(toy, site=replace(toy.site, start=())))
    firsts = {f"papers/{path.steps[0].paper}/" for path in toy.paths}
    assert {link.to for link in starting_points(without, papers)[: len(firsts)]} <= firsts


def test_an_empty_list_has_nothing_beside_it(files: Mapping[str, str]) -> None:
    assert 'class="margin"' not in files["categories/empty.md"]
    assert 'class="margin"' in files["categories/generators.md"]


def test_the_topics_of_a_list_lead_to_its_papers_with_them(catalogue: Catalogue) -> None:
    papers = catalogue.lists["tags"]["gan"].papers
    found = common_topics(catalogue, papers, "tag=gan")
    shared = len(papers)
    assert found[0] in {
        Link(f"{term.name} ({shared})", f"browse/?tag=gan&tag={term.id}") for term in catalogue.terms.values()
    }
    numbers = [int(link.text.rpartition("(")[2].rstrip(")")) for link in found]
    assert numbers == sorted(numbers, reverse=True)
    assert min(numbers) > 1
    assert common_topics(catalogue, papers[: MIN_TOPIC_PAPERS - 1], "") == ()

"""What stands on pages, in which order, and what beside it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape

import pytest

from generator.content.model import Library, Paper
from generator.related.relate import Reason, relate
from generator.site.catalogue import Catalogue, build_catalogue
from generator.site.pages.elements import Link
from generator.site.pages.lists import MAX_STARTING_POINTS, MIN_DIVIDED_PAPERS, starting_points, year_contents
from generator.site.pages.papers import PaperPage, ReadingSuggestion, paper_page
from generator.site.render import render_site

SHARED = Reason("tags", "both on", "GAN")
NAMED = Reason("relation", "extends", "It adds a term.")


@pytest.fixture(scope="module")
def catalogue(toy: Library) -> Catalogue:
    return build_catalogue(toy, relate(toy))


@pytest.fixture(scope="module")
def files(toy: Library) -> Mapping[str, str]:
    return render_site(toy, relate(toy))


def page_of(catalogue: Catalogue, name: str) -> PaperPage:
    return paper_page(catalogue, catalogue.papers[name], ())


def test_a_paper_page_is_in_the_order_of_need(files: Mapping[str, str]) -> None:
    parts = ("<h1>", 'class="authors"', 'class="published"', 'class="buttons"', 'class="summary"', 'id="why-read-it"',
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
    more = replace(page, buttons=(*page.buttons, doi))
    assert (more.actions, more.further) == (page.actions, (doi,))
    only = replace(page, buttons=(doi,))
    assert (only.actions, only.further) == ((doi,), ())


def test_relations_of_curators_stand_apart_from_what_was_computed(catalogue: Catalogue) -> None:
    row = next(row for row in catalogue.rows.values() if row.summary)
    related = (ReadingSuggestion(row, (SHARED,)), ReadingSuggestion(row, (NAMED, SHARED)))
    page = replace(page_of(catalogue, "tr0n"), related=related)
    brief = replace(row, summary="")
    assert page.relations == (ReadingSuggestion(brief, (NAMED,)),)
    assert page.suggestions == (ReadingSuggestion(brief, (SHARED,)),)


def test_only_a_long_list_has_its_years(toy: Library) -> None:
    def paper(name: str, published: str | None) -> Paper:
        return replace(toy.papers[0], id=name, published=published, arxiv=None, venue=None)

    papers = [paper(f"p{at}", f"20{30 - at}-01-01") for at in range(MIN_DIVIDED_PAPERS - 2)]
    more = (*papers, paper("q", "2002"), paper("undated", None))
    assert year_contents(more[:-1]) == {}
    found = year_contents(more)
    assert next((entry.link.text, entry.count) for entry in found.values()) == ("2030", 1)
    assert (found["undated"].link, found["undated"].count) == (Link("Undated", "#year-undated"), 1)
    assert sum(entry.count for entry in found.values()) == len(more)


def test_the_years_of_a_list_lead_to_their_first_papers(toy: Library) -> None:
    one = toy.papers[0]
    papers = tuple(replace(one, id=f"p{at}", arxiv=None, published=f"{2000 + at // 2}-01-01", relations=(), replaces=())
                   for at in range(MIN_DIVIDED_PAPERS))  # fmt: skip
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

"""Rows of lists: who wrote a paper, when and where it was published, its files and tags; and the order of lists."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from generator.content.model import Category, Facet, Library, Links, Paper, Person, ReadingPath, Site, Step, Term, Venue
from generator.related.relate import relate
from generator.search.data import PAPERS_PER_CONTEXT_PART, search_files
from generator.site.catalogue import PaperRow, build_catalogue
from generator.site.pages.browse import MAX_PLAIN_ROWS
from generator.site.pages.elements import MAX_ROWS_WITH_TAGS, MAX_UNDIVIDED_ROWS, Link
from generator.site.render import linked_text, render_site

SHELF = Category("shelf", "Shelf", "What belongs here.", "An introduction.")
CROWD = tuple(f"Member N{number:03}" for number in range(31))  # a paper with as many authors has none with a page


def written(name: str, **values: Any) -> Paper:
    return replace(Paper(name, f"Title of {name}", "shelf", authors=("Ann Other",), abstract="An abstract."), **values)


def listed(*papers: Paper, **values: Any) -> Library:
    site = Site("A list", "What it is.", "What it says first.")
    return replace(Library(site, (), (SHELF,), papers, (), (), {}), **values)


def rows(*papers: Paper) -> Mapping[str, PaperRow]:
    return build_catalogue(listed(*papers), {}).rows


def pages(library: Library) -> Mapping[str, str]:
    return render_site(library, relate(library))


def row_html(page: str, name: str) -> str:
    """Return the row of a paper on a page, without its context object."""
    found = re.search(rf'<li data-paper="{name}">(?:<span class="Z3988"[^>]*></span>)?(.*?)</li>', page, re.DOTALL)
    assert found
    return found[1]


# When and where


@pytest.mark.parametrize(
    ("values", "dates"),
    [
        ({"published": "2016-06-10", "venue": Venue("NeurIPS", 2016, "conference")}, ("NeurIPS 2016",)),
        ({"published": "2017-01-26", "venue": Venue("ICLR", 2019, "conference")}, ("Jan 2017", "ICLR 2019")),
        ({"published": "2020-09", "venue": Venue("ICLR", 2019, "conference")}, ("Sep 2020", "ICLR 2019")),
        ({"published": "2017", "venue": Venue("ICLR", 2019, "conference")}, ("2017", "ICLR 2019")),
        ({"arxiv": "1701.07875", "venue": Venue("ICLR", 2019, "conference")}, ("2017", "ICLR 2019")),
        ({"arxiv": "1701.07875", "published": "2017-01-26"}, ("arXiv 2017",)),
        ({"venue": Venue("ICLR", 2019, "conference")}, ("ICLR 2019",)),
        ({"published": "0476-09"}, ("476",)),
        ({}, ()),
    ],
)
def test_both_dates_are_given_where_their_years_differ(values: Mapping[str, Any], dates: tuple[str, ...]) -> None:
    row = rows(written("p", **values))["p"]
    assert row.byline[1:] == tuple(f"\u00a0· {date}" for date in dates)
    assert row.when == "".join(dates[-1:])  # in Markdown and search, which have the first date elsewhere


def test_the_kind_of_a_work_comes_before_both_dates() -> None:
    talk = written("talk", type="speech", published="2017-03", venue=Venue("ICLR", 2019, "conference"))
    assert rows(talk, written("p"))["talk"].byline[1:] == ("\u00a0· Talk, Mar 2017", "\u00a0· ICLR 2019")


def test_a_dot_never_begins_a_line() -> None:
    paper = written("p", published="2017-01-26", venue=Venue("ICLR", 2019, "conference"))
    page = pages(listed(paper, written("nobody", authors=(), published="2017")))["categories/shelf.md"]
    assert "Ann Other\u00a0· Jan 2017\u00a0· ICLR 2019</p>" in row_html(page, "p")
    assert '<p class="byline">2017</p>' in row_html(page, "nobody")


# Who


@pytest.mark.parametrize(
    ("values", "byline"),
    [
        ({"authors": ("Ann Other",)}, "[Ann Other](authors/ann-other/)"),
        ({"authors": ("Other, Ann", "Ben Bee")}, "[Ann Other](authors/ann-other/) and [Ben Bee](authors/ben-bee/)"),
        (
            {"authors": ("A. B", "C. D", "E. F", "G. H")},
            "[A. B](authors/a-b/), [C. D](authors/c-d/), [E. F](authors/e-f/) and [G. H](authors/g-h/)",
        ),
        (
            {"authors": ("A. B", "C. D", "E. F", "G. H", "I. J")},
            "[A. B](authors/a-b/), [C. D](authors/c-d/), [E. F](authors/e-f/) and [2 others](papers/p/)",
        ),
        ({"authors": ("A. B", "others")}, "[A. B](authors/a-b/) and others"),
        ({"authors": (), "editors": ("A. B",)}, "[A. B](authors/a-b/) (ed.)"),
        ({"authors": (), "editors": ("A. B", "C. D")}, "[A. B](authors/a-b/) and [C. D](authors/c-d/) (eds.)"),
        ({"authors": (), "institution": "An Institute"}, "An Institute"),
        ({"authors": ()}, ""),
        (
            {"authors": CROWD},
            "Member N000, Member N001, Member N002 and [28 others](papers/p/)",
        ),
    ],
)
def test_names_lead_to_people_and_the_rest_to_the_paper(values: Mapping[str, Any], byline: str) -> None:
    row = rows(written("p", **values), written("q", **values))["p"]
    assert "".join(part if isinstance(part, str) else f"[{part.text}]({part.to})" for part in row.byline) == byline
    assert row.authors == "".join(part if isinstance(part, str) else part.text for part in row.byline)


def test_only_who_has_a_page_is_a_link() -> None:
    papers = (written("p", authors=("Ann Other", "Ben Bee", "Cy Dee")), written("q", authors=("Ben Bee",)))
    made = build_catalogue(listed(*papers, people=(Person("Cy Dee"),)), {}).rows
    links = (Link("Ben Bee", "authors/ben-bee/"), Link("Cy Dee", "authors/cy-dee/"))
    assert made["p"].byline == ("Ann Other", ", ", links[0], " and ", links[1])
    assert (made["p"].authors, made["q"].byline) == ("Ann Other, Ben Bee and Cy Dee", links[:1])


def test_all_spellings_lead_to_one_person_and_none_to_the_page_where_it_stands() -> None:
    people = (Person("Ann Other", same_as=("A. Other",)),)
    papers = (written("p", authors=("A. Other", "Ben Bee")), written("q"))
    files = pages(listed(*papers, people=people))
    assert '<a href="../../authors/ann-other/">A. Other</a>' in row_html(files["categories/shelf.md"], "p")
    own = row_html(files["authors/ann-other.md"], "p")
    assert "A. Other and Ben Bee" in own
    assert "ann-other" not in own


def test_text_around_links_is_escaped_too() -> None:
    assert linked_text(("<i> & ", Link("<b>", "x/?a&b"), " and *"), "../") == (
        '&#60;i&#62; &#38; <a href="../x/?a&amp;b">&#60;b&#62;</a> and &#42;'
    )


# Files and tags


def test_files_are_marked() -> None:
    code = "https://github.com/example/code"
    pdf = "https://example.org/p.pdf"
    found = rows(
        written("arxiv", arxiv="1701.07875", links=Links(code=code)),
        written("own", arxiv="1701.07876", links=Links(pdf=pdf, slides="https://example.org/slides")),
        written("none", doi="10.1000/1"),
    )
    assert found["arxiv"].files == (Link("PDF", "https://arxiv.org/pdf/1701.07875"), Link("Code", code))
    assert found["own"].files == (Link("PDF", pdf),)
    assert found["none"].files == ()


def tagged() -> Library:
    """Return papers with tags of several frequencies: all have `top`, and `own` is narrower than `rare`."""
    names = {"a": "top often rare", "b": "top often", "c": "top often few", "d": "top few", "e": "own", "f": "top"}
    terms = (*(Term(name, name, "") for name in "top often few rare".split()), Term("own", "own", "", parent="rare"))
    papers = (written(name, tags=tuple(tags.split())) for name, tags in names.items())
    return listed(*papers, facets=(Facet("facet", "Facet", "", terms),))


def shown_tags(page: str, name: str) -> list[str]:
    return re.findall(r"tags/([^/]+)/", row_html(page, name))


def test_the_tags_that_tell_most_are_those_that_fewest_others_have() -> None:
    files = pages(tagged())
    shelf = files["categories/shelf.md"]
    found = {name: shown_tags(shelf, name) for name in "abcdef"}
    assert found == {
        "a": ["rare", "often"],
        "b": ["often", "top"],
        "c": ["few", "often"],
        "d": ["few", "top"],
        "e": ["own"],
        "f": ["top"],
    }


def test_a_tag_is_not_named_on_its_own_page_nor_are_broader_ones() -> None:
    files = pages(tagged())
    assert shown_tags(files["tags/often.md"], "c") == ["few", "top"]
    assert shown_tags(files["tags/rare.md"], "a") == ["often", "top"]
    assert shown_tags(files["tags/rare.md"], "e") == ["own"]
    assert shown_tags(files["tags/own.md"], "e") == []


def test_rarity_is_that_within_the_list() -> None:
    few, common = (f"x{n}" for n in range(2)), (f"y{n}" for n in range(4))
    papers = (
        *(written(name, tags=("one", "two"), authors=("Ben Bee",)) for name in few),
        *(written(name, tags=("two",)) for name in common),
        written("z", tags=("one", "two", "three")),
        *(written(f"w{n}", tags=("three",)) for n in range(5)),
        written("v", tags=("three",), authors=("Ben Bee",)),
        written("u", tags=("two", "three"), authors=("Ben Bee",)),
    )
    terms = tuple(Term(name, name, "") for name in ("one", "two", "three"))
    files = pages(listed(*papers, facets=(Facet("facet", "Facet", "", terms),)))
    assert shown_tags(files["categories/shelf.md"], "u") == ["two", "three"]  # of 8 papers each, in the terms' order
    assert shown_tags(files["authors/ben-bee.md"], "u") == ["three", "two"]  # of 2 papers of this author, and of 3


def test_long_lists_name_one_tag_for_each_paper() -> None:
    library = tagged()
    others = tuple(written(f"p{number:03}") for number in range(MAX_ROWS_WITH_TAGS))
    shelf = pages(replace(library, papers=(*library.papers, *others)))["categories/shelf.md"]
    found = {name: " ".join(shown_tags(shelf, name)) for name in "abcdef"}
    assert found == {"a": "rare", "b": "often", "c": "few", "d": "few", "e": "own", "f": "top"}


# Context objects


def test_context_objects_have_nothing_to_escape(works: Library, toy: Library) -> None:
    for library in (works, toy):
        for row in build_catalogue(library, {}).rows.values():
            assert re.fullmatch(r"[\w.~%+,:/&=-]+", row.coins, re.ASCII)


def test_context_objects_come_in_parts() -> None:
    papers = [written(f"p{number:03}") for number in range(PAPERS_PER_CONTEXT_PART + 1)]
    catalogue = build_catalogue(listed(*papers), {})
    files = dict(search_files(catalogue))
    parts = [json.loads(files[f"search/contexts-{part}.json"]()) for part in range(2)]
    assert [text for part in parts for text in part] == [catalogue.rows[name].coins for name in catalogue.papers]
    assert "search/contexts-2.json" not in files
    assert json.loads(files["search/list.json"]())["contextPart"] == PAPERS_PER_CONTEXT_PART


# The order


def headings(page: str) -> list[tuple[str, str]]:
    """Return the headings among the rows of a page, each with the paper that it precedes."""
    found = re.findall(r'data-paper="([^"]+)"(?:(?!<li).)*?<h2 class="year" id="year-(\w+)">', page, re.DOTALL)
    return [(year, paper) for paper, year in found]


def dated(count: int) -> tuple[Paper, ...]:
    """Return papers of three years and two without a date."""
    days = ("2017-01", "2019-05-02", "2019-05-01", "2018")
    published = (*(days[number % 4] for number in range(count - 2)), None, None)
    return tuple(written(f"p{number:02}", published=day) for number, day in enumerate(published))


def test_long_lists_have_their_years_as_headings() -> None:
    files = pages(listed(*dated(MAX_UNDIVIDED_ROWS + 1)))
    expected = [("2019", "p01"), ("2018", "p03"), ("2017", "p00"), ("undated", "p19")]
    assert headings(files["categories/shelf.md"]) == headings(files["browse.md"]) == expected
    assert headings(pages(listed(*dated(MAX_UNDIVIDED_ROWS)))["categories/shelf.md"]) == []
    same = (written(f"p{number}", published="2017") for number in range(MAX_UNDIVIDED_ROWS + 1))
    assert headings(pages(listed(*same))["years/2017.md"]) == []


def test_without_script_the_page_of_all_papers_lists_the_newest_and_leads_to_the_others() -> None:
    papers = dated(MAX_PLAIN_ROWS + 2)
    ids = [paper.id for paper in papers]
    files = pages(listed(*papers))
    page, twin = files["browse.md"], files["browse.md.txt"]
    newest = re.findall('data-paper="([^"]+)"', page)
    assert len(newest) == MAX_PLAIN_ROWS
    assert {*ids} - {*newest} == {*ids[-2:]}  # those without a date
    assert f"{len(ids)} papers" in page
    assert f'"numberOfItems":{len(ids)}' in page
    assert '<a href="#by-topic">The other 2</a>' in page
    assert '<a href="../categories/shelf/">Shelf</a>&nbsp;<span class="count">102' in page
    assert re.findall(r'<a href="\.\./years/(\d+)/">\1</a>', page) == ["2019", "2018", "2017"]
    assert twin.count("](papers/") == MAX_PLAIN_ROWS
    assert "- [2019](years/2019.md.txt) (50)" in twin
    every = pages(listed(*papers[:MAX_PLAIN_ROWS]))["browse.md"]
    assert every.count("data-paper=") == MAX_PLAIN_ROWS
    assert "by-topic" not in every


def test_steps_are_in_their_own_order() -> None:
    papers = dated(MAX_UNDIVIDED_ROWS + 4)
    steps = tuple(Step(paper.id, "Because.") for paper in papers)
    files = pages(listed(*papers, paths=(ReadingPath("path", "Path", "S.", "R.", "A.", "O.", steps),)))
    assert headings(files["paths/path.md"]) == []
    assert "newest first" not in files["paths/path.md"]


def test_lists_say_how_they_are_ordered() -> None:
    files = pages(listed(*dated(4), written("alone", authors=("Ben Bee",)), people=(Person("Ben Bee"),)))
    assert "5 papers<span data-order>, by date of first version, newest first</span>" in files["categories/shelf.md"]
    assert "by date of first version, newest first" in files["browse.md"]
    assert "1 paper</p>" in files["authors/ben-bee.md"]


def test_a_year_is_that_of_the_first_version() -> None:
    venue = Venue("ICLR", 2019, "conference")
    files = pages(listed(written("early", published="2017-01-26", venue=venue), written("late", published="2019-01")))
    year = files["years/2017.md"]
    assert "Papers first made public in 2017. If the venue’s year differs, both dates are given." in year
    assert "Jan 2017\u00a0· ICLR 2019" in row_html(year, "early")
    assert "<p>Papers first made public in 2019.</p>" in files["years/2019.md"]
    assert re.findall('data-paper="([^"]+)"', files["years/2019.md"]) == ["late"]

"""The size of the site is linear in that of the list: nothing long is repeated on many pages."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from generator.citations.citation import MAX_NAMED_AUTHORS
from generator.citations.formats import CITATION_FORMATS
from generator.content.model import (
    Category,
    Facet,
    KnownVenue,
    Library,
    Page,
    Paper,
    Person,
    ReadingPath,
    Relation,
    Step,
    Term,
    Venue,
)
from generator.related.relate import relate
from generator.site.catalogue import MAX_FORMER_NAMES
from generator.site.navigation import MAX_NAV_PAGES, navigation_files
from generator.site.page_ids import author_id
from generator.site.pages.authors import MAX_INDEX_AUTHORS
from generator.site.pages.elements import MAX_FULL_ROWS
from generator.site.pages.tags import MAX_SIBLING_TERMS
from generator.site.render import render_site
from generator.site.work_nodes import MAX_JSON_LD_AUTHORS

MOST_GROWTH = 2.2  # of the site's size, when what it grows with is doubled
SHELF = Category("shelf", "Shelf", "What belongs here.", "An introduction.")


def written(number: int, authors: tuple[str, ...] = ("Ann Other",), **more: Any) -> Paper:
    paper = Paper(
        f"p{number}", f"Paper {number}", authors=authors, category=SHELF.id, abstract="An abstract.", added="2026-01-01"
    )
    return replace(paper, **more)


def people(count: int, kind: str = "Member") -> tuple[str, ...]:
    return tuple(f"{kind} N{number:05}" for number in range(count))


def ids(kind: str, count: int) -> tuple[str, ...]:
    return tuple(f"{kind}{number}" for number in range(count))


def term(name: str, **more: Any) -> Term:
    return replace(Term(name, f"Term {name}", "What it means."), **more)


def facet(*terms: Term) -> Facet:
    return Facet("facet", "Facet", "What it is about.", terms)


def path(name: str, papers: tuple[str, ...]) -> ReadingPath:
    return ReadingPath(name, name, "S.", "R.", "A.", "O.", tuple(Step(paper, "Because.") for paper in papers))


@pytest.fixture(scope="module")
def bare(toy: Library) -> Library:
    """A list with one shelf and nothing else."""
    site = replace(toy.site, start=(), paths=())
    return replace(toy, site=site, facets=(), categories=(SHELF,), papers=(), paths=(), pages=(), retired=())


def rendered(library: Library) -> Mapping[str, str]:
    return render_site(library, relate(library))


def site_size(library: Library) -> int:
    files = rendered(library)
    return sum(len(files[name]) for name in files)


GROWTHS: Mapping[str, Callable[[Library, int], Library]] = {
    "authors of a paper": lambda bare, n: replace(bare, papers=(written(0, people(n)),)),
    "papers by a collaboration": lambda bare, n: replace(
        bare, papers=tuple(written(number, people(100)) for number in range(n))
    ),
    "a collaboration and papers by each of its members": lambda bare, n: replace(
        bare,
        papers=(
            *(written(number, people(n)) for number in range(2)),
            *(written(10 + number, (name,)) for number, name in enumerate(people(n))),
        ),
    ),
    "papers by one author": lambda bare, n: replace(bare, papers=tuple(map(written, range(n)))),
    "tags of a paper": lambda bare, n: replace(
        bare, facets=(facet(*map(term, ids("t", n))),), papers=(written(0, tags=ids("t", n)),)
    ),
    "tags and authors of a paper": lambda bare, n: replace(
        bare, facets=(facet(*map(term, ids("t", n))),), papers=(written(0, people(20 * n), tags=ids("t", n)),)
    ),
    "tags and words of a paper": lambda bare, n: replace(
        bare,
        facets=(facet(*map(term, ids("t", n))),),
        papers=(written(0, tags=ids("t", n), abstract="word " * 100 * n),),
    ),
    "terms under one parent": lambda bare, n: replace(
        bare, facets=(facet(term("top"), *(term(name, parent="top") for name in ids("t", n))),)
    ),
    "terms related to one": lambda bare, n: replace(
        bare, facets=(facet(term("top"), *(term(name, related=("top",)) for name in ids("t", n))),)
    ),
    "former names and authors of a paper": lambda bare, n: replace(
        bare, papers=(written(0, people(20 * n), replaces=ids("old", n)),)
    ),
    "former names and papers of a term": lambda bare, n: replace(
        bare,
        facets=(facet(term("t", replaces=ids("old", n))),),
        papers=tuple(written(number, tags=("t",)) for number in range(n)),
    ),
    "papers with a relation to one": lambda bare, n: replace(
        bare,
        papers=tuple(written(number, relations=(Relation("uses", "p0", "B."),) * (number > 0)) for number in range(n)),
    ),
    "papers of one shelf, venue, year and path": lambda bare, n: replace(
        bare,
        papers=tuple(written(number, venue=Venue("V", 2020, "journal")) for number in range(n)),
        paths=(path("way", ids("p", n)),),
    ),
    "shelves, venues and paths": lambda bare, n: replace(
        bare,
        categories=(SHELF, *(replace(SHELF, id=name) for name in ids("s", n))),
        papers=tuple(written(number, venue=Venue(f"V{number}", 2020, "journal")) for number in range(n)),
        paths=tuple(path(name, ("p0",)) for name in ids("way", n)),
    ),
    "names and papers of a venue": lambda bare, n: replace(
        bare,
        papers=tuple(written(number, venue=Venue("V", 2020, "journal")) for number in range(n)),
        venues=(KnownVenue("V", "journal", "Venue", aliases=ids("former", n)),),
    ),
    "hand-written pages": lambda bare, n: replace(bare, pages=tuple(Page(name, name, "Text.") for name in ids("x", n))),
}


@pytest.mark.parametrize("grown", GROWTHS.values(), ids=GROWTHS)
def test_the_site_grows_no_faster_than_the_list(bare: Library, grown: Callable[[Library, int], Library]) -> None:
    nothing, some, double = (site_size(grown(bare, n)) for n in (0, 40, 80))
    assert 0 < double - nothing <= MOST_GROWTH * (some - nothing)


def test_a_paper_or_an_author_takes_some_kilobytes(toy: Library) -> None:
    names = {name for paper in toy.papers for name in paper.authors}
    assert site_size(toy) / (len(toy.papers) + len(names)) < 21_500  # to which HTML adds a frame of 4 kB to each page


def test_the_files_of_a_paper_and_an_entry_of_a_feed_are_small(toy: Library) -> None:
    files = rendered(toy)
    for paper in toy.papers:
        sizes = [len(files[f"papers/{paper.id}.{end}"].encode()) for end in ("md", "md.txt", "bib", "ris", "csl.json")]
        assert sum(sizes) < 30_000
    feeds = [files[name] for name in files if name.endswith(".atom")]
    assert sum(map(len, feeds)) / sum(feed.count("<entry>") for feed in feeds) < 1_450


def test_an_abstract_is_in_the_page_of_its_paper_and_in_the_twin_and_nowhere_else_there(toy: Library) -> None:
    files = rendered(toy)
    for paper in toy.papers:
        for text in filter(None, (paper.abstract, paper.why)):
            words = max(re.findall("[A-Za-z ,]+", text), key=len)  # as they are in every format
            page, twin = files[f"papers/{paper.id}.md"], files[f"papers/{paper.id}.md.txt"]
            assert (page.count(words), twin.count(words)) == (1, 1)


def test_an_entry_of_a_feed_says_each_thing_once(toy: Library) -> None:
    files = rendered(toy)
    for name in files:
        if name.endswith(".atom"):
            for entry in files[name].split("<entry>")[1:]:
                sentences = re.findall(r"[A-Z][^<>.]{40,}\.", entry)
                assert len({*sentences}) == len(sentences), name


def test_a_long_list_is_brief_after_its_first_papers(bare: Library) -> None:
    papers = tuple(written(number, tags=("t", "u"), summary="A summary.") for number in range(MAX_FULL_ROWS + 20))
    page = rendered(replace(bare, facets=(facet(term("t"), term("u")),), papers=papers))["tags/t.md"]
    assert page.count("<li data-paper=") == len(papers)
    for part in ('<p class="summary">', "Z3988", '<p class="marks">'):
        assert page.count(part) == MAX_FULL_ROWS
    rest = page.split("<li data-paper=")[MAX_FULL_ROWS + 1 :]
    assert all(row.count("<a ") == 1 and '<p class="byline">Ann Other' in row for row in rest[:-1])


def test_a_paper_takes_five_files_whoever_wrote_it(bare: Library) -> None:
    def files(count: int) -> int:
        return len(rendered(replace(bare, papers=tuple(written(n, people(5, f"Group{n}")) for n in range(count)))))

    assert files(40) - files(10) == 5 * 30  # the page, which has a preview besides, its twin, and three of citations


def test_lists_take_few_files(toy: Library) -> None:
    assert len(rendered(toy)) < 20 * len(toy.papers)  # a small list has more tags than papers


@pytest.mark.parametrize("papers", [1, 3])
def test_papers_by_thousands_make_a_site_of_their_own_size(bare: Library, papers: int) -> None:
    names = people(3_000)
    large = replace(bare, papers=tuple(written(number, names) for number in range(papers)))
    small = replace(bare, papers=tuple(written(number, names[:1]) for number in range(papers)))
    held = sum(map(len, names)) * papers
    assert site_size(large) - site_size(small) < 60 * held
    assert len(rendered(large)) <= len(rendered(small))  # as nobody has a page of their own


# What a paper by very many authors shows


@pytest.fixture(scope="module")
def crowd() -> tuple[str, ...]:
    return people(MAX_NAMED_AUTHORS + 1_000)


@pytest.fixture(scope="module")
def files(bare: Library, crowd: tuple[str, ...]) -> Mapping[str, str]:
    """A paper by a collaboration, and a paper by one of its last members and someone else."""
    papers = (
        written(0, crowd, tags=("t",)),
        written(1, (crowd[-1], "Ben Bee")),
    )
    return rendered(replace(bare, facets=(facet(term("t")),), papers=papers))


def test_the_page_of_a_paper_names_all_authors_and_links_those_who_have_pages(
    files: Mapping[str, str], crowd: tuple[str, ...]
) -> None:
    page = files["papers/p0.md"]
    shown = page.partition('<p class="authors">')[2].partition("</p>")[0]
    folded = page.partition('<details class="authors">')[2].partition("</details>")[0]
    assert shown.split(", ") == [*crowd[:MAX_NAMED_AUTHORS]]
    assert "<summary>and 1,000 others</summary>" in folded
    assert f'<a href="../../authors/{"member-n01029"}/">{crowd[-1]}</a></p>' in folded
    assert len(re.findall("Member N", folded)) == 1_000
    assert page.count("citation_author") == len(crowd)
    above = page.partition('id="abstract"')[0]
    assert re.findall(r"authors/([^/\"]+)/", above) == ["member-n01029"]
    assert page.count('{"@type":"Person"') == MAX_JSON_LD_AUTHORS


def author_page_files(files: Mapping[str, str]) -> set[str]:
    return {name for name in files if name.startswith("authors/") and name.endswith(".md")}


def test_who_wrote_several_papers_one_of_them_with_few_authors_has_a_page_with_all(files: Mapping[str, str]) -> None:
    assert author_page_files(files) == {"authors/index.md", "authors/member-n01029.md"}
    page = files["authors/member-n01029.md"]
    assert re.findall('data-paper="([^"]*)"', page) == ["p0", "p1"]
    assert "<dt>Co-authors</dt>\n<dd>Ben Bee</dd>" in page
    assert f"with at most {MAX_NAMED_AUTHORS} authors. Names lead" in files["authors/index.md"]
    assert "Larger groups are named" in files["authors/index.md"]


def test_lists_name_the_first_authors_and_the_own_files_of_a_paper_name_all(
    files: Mapping[str, str], crowd: tuple[str, ...]
) -> None:
    for of in CITATION_FORMATS:
        for name, count in (("papers/p0", len(crowd)), ("papers", len(crowd)), ("tags/t", MAX_NAMED_AUTHORS)):
            text = files[f"{name}.{of.extension}"]
            assert len(re.findall("N0[0-9]{4}", text)) >= count, (name, of.id)
            assert ("others" in text) == (count < len(crowd)), (name, of.id)
    assert files["tags/t.bib"].count(" and ") == MAX_NAMED_AUTHORS
    assert "N00029, Member and others}" in files["tags/t.bib"]
    assert "AU  - N00029, Member\r\nAU  - others\r\n" in files["tags/t.ris"]
    assert json.loads(files["tags/t.csl.json"])[0]["author"][MAX_NAMED_AUTHORS:] == [{"literal": "others"}]
    assert files["papers.atom"].count("<name>Member") == MAX_NAMED_AUTHORS + 1  # one of them has another paper
    assert "<name>1,000 others</name>" in files["papers.atom"]
    assert re.findall("<name>(.*)</name>", files["tags/t.atom"])[-2:] == ["Member N00002", "1,027 others"]
    assert files["tags/t.md"].count("rft.au=") == MAX_NAMED_AUTHORS - 1
    byline = files["tags/t.md"].partition('<p class="byline">')[2].partition("</p>")[0]
    assert re.sub("<[^>]*>", "", byline) == "Member N00000, Member N00001, Member N00002 and 1,027 others"


def test_search_and_the_api_know_everyone(files: Mapping[str, str], crowd: tuple[str, ...]) -> None:
    columns = json.loads(files["search/list.json"])
    assert sorted(columns["people"]) == sorted([*crowd, "Ben Bee"])
    assert columns["people"][: columns["authorPages"]] == [crowd[-1]]
    assert {tuple(columns["people"][at] for at in those) for those in columns["papers"]["authors"]} == {
        crowd,
        (crowd[-1], "Ben Bee"),
    }
    authors = {author["id"]: author for author in json.loads(files["api/v1/authors.json"])}
    assert authors["member-n00000"]["url"].endswith("browse/?author=member-n00000")
    assert authors["member-n01029"]["url"].endswith("authors/member-n01029/")
    assert authors["member-n01029"]["papers"] == ["p0", "p1"]


def test_as_many_authors_as_lists_name_are_all_named_and_all_have_pages(bare: Library) -> None:
    files = rendered(replace(bare, papers=tuple(written(number, people(MAX_NAMED_AUTHORS)) for number in range(2))))
    assert "<details" not in files["papers/p0.md"]
    assert len([name for name in files if re.fullmatch(r"authors/member-n\d+\.md", name)]) == MAX_NAMED_AUTHORS
    assert "others" not in files["categories/shelf.bib"]
    assert "Larger groups" not in files["authors/index.md"]


@pytest.mark.parametrize(("more", "parts"), [(0, False), (1, True)])
def test_a_long_index_of_authors_has_a_page_for_each_letter(bare: Library, *, more: int, parts: bool) -> None:
    names = ("Zoë Ahn", "Émile Éluard", "5 Monkeys", *people(MAX_INDEX_AUTHORS - 3 + more, "Group"))
    papers = (*(written(at, (name,)) for at, name in enumerate(names)), written(len(names), ("Zoë Ahn",)))
    files = rendered(replace(bare, papers=papers))
    letters = re.findall(r'<a href="\.\./(authors/index/[^"]*)/">', files["authors/index.md"])
    assert letters == [f"authors/index/{letter}" for letter in ("a", "e", "m", "n")[: 4 * parts]]
    texts = "".join(files[f"{name}.md"] for name in letters or ["authors/index"])
    listed = re.findall(r'<li><a href="[./]*((?:authors|papers)/[^/"]+)/"', texts)
    assert sorted(listed) == sorted([f"authors/{author_id('Zoë Ahn')}", *ids("papers/p", len(names))[1:]])
    assert all(f"{name}.md.txt)" in files["authors/index.md.txt"] for name in letters)
    assert ("data-narrow" in files["authors/index.md"]) == (not parts)


# Who has a page


def test_who_has_one_paper_has_a_page_only_if_the_list_says_something_about_them(bare: Library) -> None:
    papers = (written(0, ("Ann Other", "Ben Bee", "Cy Dee")), written(1, ("Ben Bee",)))
    library = replace(bare, papers=papers, people=(Person("Cy Dee"),))
    files = rendered(library)
    assert author_page_files(files) == {"authors/index.md", "authors/ben-bee.md", "authors/cy-dee.md"}
    assert not [name for name in files if name.startswith("authors/ann-other")]
    index = files["authors/index.md"]
    assert '<li><a href="../papers/p0/" title="Paper 0">Ann Other</a></li>' in index
    assert '<li><a href="../authors/cy-dee/">Cy Dee</a></li>' in index
    assert "[Ann Other](../papers/p0.md.txt)" in files["authors/index.md.txt"]
    assert "authors/ann-other" not in "".join(files[name] for name in files)
    shown = files["papers/p0.md"].partition('<p class="authors">')[2].partition("</p>")[0]
    assert re.sub("<a [^>]*>", "<a>", shown) == "Ann Other, <a>Ben Bee</a>, <a>Cy Dee</a>"
    for name in ("search/list.json", "api/v1/authors.json", "papers/p0.bib"):
        assert "Ann" in files[name]
    authors = {author["id"]: author["url"] for author in json.loads(files["api/v1/authors.json"])}
    assert authors["ann-other"].endswith("browse/?author=ann-other")


# Other lists on many pages


def test_the_header_links_to_the_first_pages_and_the_home_page_to_the_others(bare: Library) -> None:
    names = ids("x", MAX_NAV_PAGES + 3)
    several = replace(bare, pages=tuple(Page(name, name.upper(), "Text.") for name in names))
    assert [*navigation_files(several)][-MAX_NAV_PAGES:] == [f"{name}.md" for name in names[:MAX_NAV_PAGES]]
    files = rendered(several)
    assert re.findall(r'<a href="(x\d)/">', files["index.md"]) == [*names[MAX_NAV_PAGES:]]
    assert re.findall(r"\((x\d)\.md\.txt\)", files["index.md.txt"]) == [*names[MAX_NAV_PAGES:]]


@pytest.mark.parametrize("count", [3, MAX_SIBLING_TERMS + 1, 40])
def test_a_term_links_to_its_nearest_siblings(bare: Library, count: int) -> None:
    names = ids("t", count)
    terms = (term("top"), *(term(name, parent="top") for name in names))
    files = rendered(replace(bare, facets=(facet(*terms),)))
    for at, name in enumerate(names):
        facts = files[f"tags/{name}.md"].partition("<dt>Related</dt>")[2].partition("</dl>")[0]
        found = re.findall(r"tags/(t\d+)/", facts)
        assert len(found) == min(count - 1, MAX_SIBLING_TERMS)
        assert found == [other for other in names if other in found and other != name]
        assert {names[max(at - 1, 0)], names[min(at + 1, count - 1)]} - {name} <= {*found}


def test_files_stay_under_the_first_former_names_and_pages_redirect_from_all(bare: Library) -> None:
    old = ids("old", MAX_FORMER_NAMES + 2)
    files = rendered(replace(bare, papers=(written(0, replaces=old),)))
    assert {name for name in old if f"papers/{name}.bib" in files} == {*old[:MAX_FORMER_NAMES]}
    assert {name for name in old if f"papers/{name}.md" in files} == {*old}
    assert files["papers/old0.md.txt"] == "# Paper 0\n\nThis page has moved to [Paper 0](../papers/p0.md.txt).\n"

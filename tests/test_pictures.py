"""The pictures: what they show, where their links lead, and that they are the same on every machine."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from random import Random
from xml.etree.ElementTree import Element, fromstring

import pytest
from corpus import recombined
from hypothesis import given
from hypothesis import strategies as st

from generator.citations.citation import first_year
from generator.content.model import Library, Paper, Relation, RelationType
from generator.related.relate import relate
from generator.site.addresses import page_address
from generator.site.catalogue import Catalogue, build_catalogue
from generator.site.pictures.labels import cut_text, name_lines, picture_name, text_width
from generator.site.pictures.layout import Place, even_lengths, settle_places
from generator.site.pictures.list_map import (
    MAX_MAP_PAPERS,
    MAX_SHELF_GROUPS,
    ListMap,
    MapItem,
    empty_grid,
    list_map,
    map_places,
)
from generator.site.pictures.relation_graph import MAX_GRAPH_PAPERS, RelationGraph, relation_graph, relation_network
from generator.site.pictures.timeline import MAX_BRICKS, list_timeline
from generator.site.pictures.topic_grid import topic_grid
from generator.site.pictures.year_spans import MAX_SPANS, year_spans
from generator.site.render import render_site

PICTURED = ("index.md", "map.md", "papers/tr0n.md", "tags/gan.md", "categories/generators.md", "paths/first-steps.md")
ADDRESS = re.compile(r"(?:\.\./)*(?:(browse/)\?(tag|category|author)=([^&]+)(?:&\w+=[^&]+)*|([^?]+))")
BLANK = Paper("", "A title", category="shelf")


def papers_of(*years: str) -> tuple[Paper, ...]:
    """Return papers, newest first, as lists have them."""
    return tuple(
        replace(BLANK, id=f"p{number}", title=f"Title {number}", published=year or None)
        for number, year in enumerate(sorted(years, reverse=True))
    )


def related_papers(*relations: tuple[RelationType, str, str]) -> Mapping[str, Paper]:
    """Return papers by id, given the types of relations with the papers that they join."""
    ids = dict.fromkeys(one for relation in relations for one in relation[1:])
    return {
        one: replace(
            BLANK,
            id=one,
            title=f"Title {one}",
            published=f"{2000 + number}",
            relations=tuple(Relation(kind, to, f"Why {one}.") for kind, start, to in relations if start == one),
        )
        for number, one in enumerate(ids)
    }


def graph_of(papers: Mapping[str, Paper], paper: str) -> RelationGraph:
    drawn = relation_graph(relation_network(papers), paper)
    assert drawn
    return drawn


def map_of(catalogue: Catalogue) -> ListMap:
    drawn = list_map(catalogue)
    assert drawn
    return drawn


@pytest.fixture(scope="module")
def small(toy: Library) -> Catalogue:
    return build_catalogue(toy, relate(toy))


@pytest.fixture(scope="module")
def large(toy: Library) -> Catalogue:
    made = replace(toy, papers=(*toy.papers, *recombined(toy.papers, 1_000)))
    return build_catalogue(made, relate(made))


@pytest.fixture(scope="module")
def large_files(large: Catalogue) -> Mapping[str, str]:
    return render_site(large.library, large.links)


# As they stand on the pages


@pytest.fixture(scope="module")
def files(toy: Library) -> Mapping[str, str]:
    return render_site(toy, relate(toy))


@pytest.fixture(scope="module", params=PICTURED)
def page(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def figures(text: str) -> Iterator[Element]:
    for figure in re.findall(r"<figure.*?</figure>", text, re.DOTALL):
        yield fromstring(figure)


def test_a_picture_is_well_formed_and_within_the_policy(files: Mapping[str, str], page: str) -> None:
    drawn = [*figures(files[page])]
    assert drawn
    for node in (node for figure in drawn for node in figure.iter()):
        assert node.tag != "style"
        assert not [name for name in node.attrib if name == "style" or name.startswith("on")]


def test_a_picture_and_its_links_have_names(files: Mapping[str, str], page: str) -> None:
    for figure in figures(files[page]):
        for picture in figure.findall("svg"):
            assert picture.get("role") in ("group", "img")
            assert picture.get("aria-label")
        for link in figure.iter("a"):
            assert link.get("aria-label") or "".join(link.itertext()).strip()


def test_a_reader_can_skip_a_picture_of_many_links(files: Mapping[str, str], page: str) -> None:
    for figure in figures(files[page]):
        links = [*figure.iter("a")]
        if len(links) > 1:
            assert links[0].get("class") == "skip"
            assert f'id="{str(links[0].get("href"))[1:]}"' in files[page]


def test_links_of_pictures_lead_to_pages(files: Mapping[str, str], page: str) -> None:
    known = {page_address(name) for name in files if name.endswith(".md")}
    folders = {"tag": "tags/", "category": "categories/", "author": "authors/"}
    links = [str(link.get("href")) for figure in figures(files[page]) for link in figure.iter("a")]
    for link in (link for link in links if not link.startswith("#")):
        found = ADDRESS.fullmatch(link)
        assert found, link
        browse, key, value, plain = found.groups()
        assert (f"{folders[key]}{value}/" if browse else plain) in known


# Names and years


@pytest.mark.parametrize(
    ("title", "aliases", "name"),
    [
        ("Wasserstein GAN", ("WGAN",), "Wasserstein GAN"),
        ("Analyzing and Improving the Image Quality of StyleGAN", ("StyleGAN2",), "StyleGAN2"),
        ("AttnGAN: Fine-Grained Text to Image Generation", ("Attentional GAN",), "AttnGAN"),
        ("Compositional Generative Modeling: A Single Model", (), "Compositional Generative Modeling"),
        ("A Comprehensive Survey on Self-Interpretable Neural Networks: Part One", (), None),
        ("Adversarial Feature Learning", ("Bidirectional Generative Adversarial Networks", "BiGAN"), "BiGAN"),
    ],
)
def test_pictures_call_papers_by_short_names(title: str, aliases: tuple[str, ...], name: str | None) -> None:
    assert picture_name(replace(BLANK, title=title, aliases=aliases)) == (name or title)


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        ("Short", 5, "Short"),
        ("Explaining Explanations", 14, "Explaining…"),
        ("Explaining Explanations", 20, "Explaining Explanat…"),
        ("Explaining, Explanations", 12, "Explaining…"),
        ("Incomprehensibilities", 6, "Incom…"),
        ("生成对抗网络", 12, "生成对抗网络"),
        ("生成对抗网络", 8, "生成对…"),
    ],
)
def test_a_long_name_is_cut(text: str, most: int, cut: str) -> None:
    assert cut_text(text, most) == cut


@given(st.text(min_size=1, max_size=60), st.integers(2, 40))
def test_a_cut_name_fits(text: str, most: int) -> None:
    assert text_width(cut_text(text, most)) <= most
    assert all(text_width(line) <= most for line in name_lines(text, most, 3))
    assert len(name_lines(text, most, 3)) <= 3


@pytest.mark.parametrize(
    ("years", "names"),
    [
        ([2017], "2017"),
        ([2017, 2019], "2017 2018 2019"),
        (
            [2003, 2026],
            "2002–03 2004–05 2006–07 2008–09 2010–11 2012–13 2014–15 2016–17 2018–19 2020–21 2022–23 2024–25 2026–27",
        ),
        (
            [1980, 2003],
            "1980–81 1982–83 1984–85 1986–87 1988–89 1990–91 1992–93 1994–95 1996–97 1998–99 2000–01 2002–03",
        ),
        ([300, 1950], "200–399 400–599 600–799 800–999 1000–1199 1200–1399 1400–1599 1600–1799 1800–1999"),
        ([], ""),
    ],
)
def test_many_years_are_grouped(years: Sequence[int], names: str) -> None:
    spans = year_spans(years)
    assert " ".join(span.name for span in spans) == names
    assert all(later.first == span.last + 1 for span, later in pairwise(spans))


def test_years_are_named_below_as_many_columns_as_there_is_room_for() -> None:
    assert [span.first for span in year_spans(range(2014, 2026)) if span.has_label] == [*range(2015, 2026, 2)]


@given(st.sets(st.integers(1, 2099), min_size=1))
def test_each_year_has_its_span(years: set[int]) -> None:
    spans = year_spans(years)
    assert len(spans) <= MAX_SPANS
    assert all(any(span.first <= year <= span.last for span in spans) for year in years)


# Timelines


@pytest.mark.parametrize("years", [(), ("2019", "2020"), ("2019", "2019", "2019"), ("2019", "2020", "")])
def test_a_list_that_is_seen_at_a_glance_has_no_timeline(years: tuple[str, ...]) -> None:
    assert list_timeline(papers_of(*years)) is None


def test_a_timeline_has_a_brick_for_each_paper_the_oldest_at_the_bottom() -> None:
    drawn = list_timeline(papers_of("2017-01", "2017-05", "2019", ""), "tag=x")
    assert drawn
    assert [(column.span.first, column.count) for column in drawn.columns] == [(2017, 2), (2018, 0), (2019, 1)]
    assert [[brick.title for brick in column.bricks] for column in drawn.columns] == [
        ["Title 2, 2017", "Title 1, 2017"],
        [],
        ["Title 0, 2019"],
    ]
    bottom, above = drawn.columns[0].bricks
    assert bottom.top > above.top >= 0
    assert bottom.wide == "Title 2"


def test_the_bricks_of_a_path_have_the_numbers_of_its_steps() -> None:
    drawn = list_timeline(papers_of("2017", "2019", "2019"), steps=True)
    assert drawn
    assert [brick.narrow for column in drawn.columns for brick in column.bricks] == ["3", "1", "2"]


def test_a_long_list_has_a_bar_for_each_year() -> None:
    many = papers_of(*["2017"] * (MAX_BRICKS + 1), "2018", "2020")
    drawn = list_timeline(many, "tag=x")
    assert drawn
    assert not any(column.bricks for column in drawn.columns)
    first, second, third, _ = drawn.columns
    assert first.bar > second.bar > 0
    assert third.bar == 0


def test_a_bar_leads_to_the_papers_of_its_years(large: Catalogue, large_files: Mapping[str, str]) -> None:
    most = max(large.lists["tags"].values(), key=lambda tag: len(tag.papers))
    bars = next(figures(large_files[f"tags/{most.id}.md"])).findall("svg/a")
    assert len(bars) > 1
    for bar in bars:
        found = re.fullmatch(rf"\.\./\.\./browse/\?tag={most.id}&year=(\d+)-(\d+)", str(bar.get("href")))
        assert found
        first, last = map(int, found.groups())
        count = sum(first <= (first_year(paper) or 0) <= last for paper in most.papers)
        assert bar.findtext("title") == f"{large.library.site.entry.count(count)} of {first}–{last % 100:02}"
        assert bar.findtext("text") == str(count)


# Graphs of relations


def test_a_paper_without_relations_has_no_graph() -> None:
    papers = {**related_papers(("extends", "a", "b")), "c": replace(BLANK, id="c")}
    assert relation_graph(relation_network(papers), "c") is None


def test_a_graph_has_the_relations_of_a_paper_and_of_its_neighbors() -> None:
    papers = related_papers(("extends", "b", "a"), ("contrasts", "b", "c"), ("uses", "d", "c"), ("uses", "e", "d"))
    drawn = graph_of(papers, "b")
    assert [node.id for node in drawn.nodes] == ["b", "a", "c", "d"]  # by year
    assert [(line.sentence, line.because, line.is_own) for line in drawn.edges] == [
        ("Title b extends Title a", "Why b.", True),
        ("Title b contrasts with Title c", "Why b.", True),
        ("Title d uses Title c", "Why d.", False),
    ]
    assert [kind for kind, _ in drawn.types] == ["extends", "uses", "contrasts"]
    assert [node.down for node in drawn.nodes] == sorted({node.down for node in drawn.nodes})


def test_a_graph_has_the_nearest_papers_and_counts_the_others() -> None:
    spokes: list[tuple[RelationType, str, str]] = [("uses", f"n{number:02}", "hub") for number in range(20)]
    papers = related_papers(*spokes, ("extends", "far", "n00"))
    drawn = graph_of(papers, "hub")
    assert len(drawn.nodes) == MAX_GRAPH_PAPERS
    assert drawn.left_out == 20 - (MAX_GRAPH_PAPERS - 1)
    assert "far" not in [node.id for node in drawn.nodes]
    assert {"n03", "hub"} <= {node.id for node in graph_of(papers, "n03").nodes}


def test_two_relations_of_the_same_papers_are_drawn_beside_each_other() -> None:
    first, second = graph_of(related_papers(("extends", "a", "b"), ("contrasts", "b", "a")), "a").edges
    assert first.shift != second.shift


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1]), min_size=1))
def test_papers_in_a_graph_stand_within_it(pairs: set[tuple[int, int]]) -> None:
    papers = related_papers(*(("uses", f"p{one}", f"p{other}") for one, other in sorted(pairs)))
    for one in papers:
        assert all(16 <= node.across <= 92 for node in graph_of(papers, one).nodes)


# Layouts


def random_graph(seed: int, nodes: int) -> tuple[list[tuple[int, int]], list[Place]]:
    chance = Random(seed)
    pairs = [*combinations(range(nodes), 2)]
    return chance.sample(pairs, 2 * nodes), [(chance.random() * 9, chance.random() * 9) for _ in range(nodes)]


@pytest.mark.parametrize("seed", range(20))
def test_what_machines_add_up_differently_does_not_change_a_layout(seed: int) -> None:
    edges, start = random_graph(seed, 60)
    noise = Random(seed)
    moved = [tuple(length * (1 + noise.uniform(-1, 1) * 1e-14) for length in place) for place in start]
    assert settle_places(edges, [], start) == settle_places(edges, [], [(one, two) for one, two in moved])


def test_a_layout_is_not_turned_by_an_angle_that_depends_on_the_machine() -> None:
    assert settle_places([], [], [(5.0, 3.0)]) == [(5.0, 3.0)]


def test_nodes_that_begin_in_one_place_are_parted() -> None:
    places = settle_places([(0, 1), (2, 3)], [], [(0.0, 0.0)] * 4)
    assert len(set(places)) == 4
    assert places == settle_places([(0, 1), (2, 3)], [], [(0.0, 0.0)] * 4)


@given(st.lists(st.floats(-1e3, 1e3), min_size=1))
def test_lengths_are_spread_in_their_order(lengths: list[float]) -> None:
    spread = even_lengths(lengths)
    assert all(0 <= length <= 1 for length in spread)
    assert all((one < other) <= (spread[a] < spread[b]) for (a, one), (b, other) in combinations(enumerate(lengths), 2))


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.integers(1, 6), st.integers(1, 3)), max_size=60))
def test_nothing_on_the_map_covers_anything_else(blocks: list[tuple[float, float, int, int]]) -> None:
    grid = empty_grid(sum(width * height for _, _, width, height in blocks))
    for across, down, width, height in sorted(blocks, key=lambda block: -block[3]):
        before = len(grid.taken)
        grid.take((across, down), width, height)
        assert len(grid.taken) == before + width * height


# The map and the counts of topics


def test_each_paper_is_on_the_map_with_the_number_of_its_shelf(small: Catalogue) -> None:
    drawn = map_of(small)
    shelves = {shelf.id: str(number) for number, shelf in enumerate(small.library.shelves, 1)}
    assert {mark.to: mark.text for mark in drawn.marks} == {
        f"papers/{paper.id}/": shelves[paper.category] for paper in small.papers.values()
    }
    assert {name.name for name in drawn.names} == {
        shelf.name for shelf in small.library.shelves if small.lists["categories"][shelf.id].papers
    }
    assert len({(mark.across, mark.down) for mark in drawn.marks}) == len(drawn.marks)


def test_what_has_nearly_nothing_in_common_has_a_place_on_the_map() -> None:
    items = [MapItem(number, "", "", "", "", 1, 8) for number in range(3)]
    places = map_places(items, {(0, 1): 5_000.0, (1, 2): 0.05}, 1)
    assert len(set(places)) == 4


def test_related_papers_are_nearer_than_others(small: Catalogue) -> None:
    places = {mark.to.split("/")[1]: (mark.across, mark.down) for mark in map_of(small).marks}

    def mean_distance(pairs: Sequence[tuple[str, str]]) -> float:
        both = [(places[one], places[other]) for one, other in pairs]
        return sum(abs(a - c) + abs(b - d) for (a, b), (c, d) in both) / len(both)

    related = [(one, link.id) for one, links in small.links.items() for link in links]
    assert mean_distance(related) < 0.8 * mean_distance([*combinations(places, 2)])


def test_a_long_list_is_grouped_on_the_map(large: Catalogue) -> None:
    assert len(large.papers) > MAX_MAP_PAPERS
    drawn = map_of(large)
    assert drawn.is_grouped
    assert 0 < len(drawn.marks) <= MAX_SHELF_GROUPS * len(large.library.shelves)
    for mark in drawn.marks:
        shelf, tag = re.findall(r"=([^&]+)", mark.to)
        papers = {paper.id for paper in large.lists["tags"][tag].papers if paper.category == shelf}
        assert mark.text == str(len(papers))


def test_pictures_of_a_long_list_are_small(large: Catalogue, large_files: Mapping[str, str]) -> None:
    assert len(large_files["map.md"]) < 100_000
    most = max(large.lists["tags"].values(), key=lambda tag: len(tag.papers))
    assert sum(map(len, re.findall(r"<figure.*?</figure>", large_files[f"tags/{most.id}.md"], re.DOTALL))) < 6_000


def test_the_map_is_the_same_again(small: Catalogue, large: Catalogue) -> None:
    assert map_of(small) == map_of(small)
    assert map_of(large) == map_of(large)


def test_a_list_without_papers_has_no_map(toy: Library) -> None:
    empty = build_catalogue(replace(toy, papers=(), paths=(), site=replace(toy.site, start=())), {})
    assert list_map(empty) is None
    assert topic_grid(empty) is None


def test_topics_are_counted_by_year(small: Catalogue) -> None:
    grid = topic_grid(small)
    assert grid
    lists = {those.address: those for kind in ("categories", "tags") for those in small.lists[kind].values()}
    for row in (row for _, rows in grid.groups for row in rows):
        dated = [paper for paper in lists[row.topic.to].papers if paper.published or paper.arxiv or paper.venue]
        assert sum(cell.count for cell in row.cells if cell) == len(dated)
        assert all(cell.words.startswith(f"{cell.count} paper") for cell in row.cells if cell)

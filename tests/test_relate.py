"""Related papers: what counts as evidence, how it is worded, and that the order is the same everywhere."""

import dataclasses

import pytest
from corpus import recombined
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import TOY

from generator.content.loader import load
from generator.content.model import Library, Paper, Relation
from generator.related.again import relate_anew
from generator.related.on_request import RelatedOnRequest
from generator.related.relate import MAX_RELATED_PAPERS, Reason, relate
from generator.related.words import TITLE_WORD_WEIGHT, word_counts


def test_a_curated_relation_comes_first_and_is_read_in_both_directions(toy: Library) -> None:
    links = relate(toy)
    scrutiny = "The score under scrutiny was proposed there."
    scrutinising, scrutinised = "note-on-the-inception-score", "improved-techniques-for-training-gans"
    forward = next(link for link in links[scrutinising] if link.id == scrutinised)
    inverse = next(link for link in links[scrutinised] if link.id == scrutinising)
    assert links[scrutinising][0] is forward
    assert forward.reasons[0] == Reason("relation", "evaluates", scrutiny)
    assert inverse.reasons[0] == Reason("relation", "evaluated by", scrutiny)


def test_every_suggestion_is_another_paper_with_a_reason(toy: Library) -> None:
    known = {paper.id for paper in toy.papers}
    for name, links in relate(toy).items():
        assert 0 < len(links) <= MAX_RELATED_PAPERS
        assert {link.id for link in links} <= known - {name}
        assert all(link.reasons and all(reason.detail for reason in link.reasons) for link in links)
        assert [link.score for link in links] == sorted((link.score for link in links), reverse=True)


def test_the_order_of_the_papers_does_not_matter(toy: Library) -> None:
    backwards = dataclasses.replace(toy, papers=toy.papers[::-1])
    assert relate(backwards) == relate(toy)


def test_equal_scores_go_by_id(toy: Library) -> None:
    one = Paper("b", "Same words", authors=("A",), category="generators", abstract="The very same words and letters.")
    triplets = tuple(dataclasses.replace(one, id=name) for name in ("b", "c", "a", "d"))
    links = relate(dataclasses.replace(toy, papers=triplets))
    assert [link.id for link in links["b"]] == ["a", "c", "d"]


@pytest.mark.parametrize("count", [0, 1])
def test_hardly_any_paper(toy: Library, count: int) -> None:
    papers = tuple(paper for paper in toy.papers if not paper.relations)[:count]
    assert relate(dataclasses.replace(toy, papers=papers)) == {paper.id: () for paper in papers}


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("GANs beat a GAN", {"gan": 2, "beat": 1}),
        ("loss bias corpus lens", {"loss": 1, "bias": 1, "corpus": 1, "lens": 1}),
        ("StyleGAN2 is state-of-the-art", {"stylegan2": 1, "state-of-the-art": 1}),
        ("x of y, 10 models at https://example.org/word", {}),
        ("Fréchet", {"fréchet": 1}),
        ("methods do this, thi and works", {"thi": 1}),
        ("a lens, lenss, lensss", {"lens": 3}),
    ],
)
def test_words_are_counted(text: str, counts: dict[str, int]) -> None:
    paper = Paper("x", "The Title", authors=("A",), category="shelf", abstract=text)
    assert word_counts([paper]) == {"x": {"title": TITLE_WORD_WEIGHT} | counts}


def test_a_shelf_that_holds_most_papers_relates_none(toy: Library) -> None:
    papers = tuple(
        Paper(f"p{number}", f"{word} alone", authors=("A",), category="generators", abstract=f"Of {word} and nothing.")
        for number, word in enumerate("apples pears plums figs dates limes quinces melons cherries".split())
    )
    found = relate(dataclasses.replace(toy, papers=papers))
    assert all(reason.label != "shared topics" for links in found.values() for link in links for reason in link.reasons)
    few = relate(dataclasses.replace(toy, papers=papers[:8]))
    assert all(
        reason.label == "shared topics" for link in few["p0"] for reason in link.reasons if reason.evidence == "tags"
    )
    assert any(reason.evidence == "tags" for link in few["p0"] for reason in link.reasons)


def test_related_papers_are_the_same_when_they_are_found_on_request(toy: Library) -> None:
    found = RelatedOnRequest().relate(toy)
    assert [*found] == [paper.id for paper in toy.papers]
    assert {name: found[name] for name in reversed([*found])} == relate(toy)
    assert found.get("no-such-paper") is None


TEXTS = st.sampled_from(["a gan", "two gans and a lens", "lens lenss", "images of a lens", "speech and images", ""])
EDITS = st.tuples(st.sampled_from(["texts", "title", "tags", "delete", "add"]), st.integers(0, 30), TEXTS)


@given(st.lists(EDITS, max_size=12))
@settings(max_examples=15, deadline=None)
def test_related_papers_are_those_of_the_list_after_each_edit(edits: list[tuple[str, int, str]]) -> None:
    library, _ = load(TOY, {})
    on_request = RelatedOnRequest()
    for number, (what, at, text) in enumerate(edits):
        papers = list(library.papers)
        paper = papers[at % len(papers)]
        place = papers.index(paper)
        match what:
            case "delete":
                papers = [without_relations(other, paper.id) for other in papers if other is not paper]
            case "add":
                papers.append(dataclasses.replace(paper, id=f"p{number}", abstract=text, relations=()))
            case "tags":
                papers[place] = dataclasses.replace(paper, tags=papers[number % len(papers)].tags)
            case "title":
                papers[place] = dataclasses.replace(paper, title=f"{text} {paper.title}")
            case _:
                papers[place] = dataclasses.replace(paper, abstract=f"{text} {paper.abstract}", summary=text)
        library = dataclasses.replace(library, papers=tuple(papers))
        found = on_request.relate(library)
        if number % 2 == 0:
            assert {name: found[name] for name in found} == relate(library)
        else:
            assert found[papers[0].id] == relate(library)[papers[0].id]


def without_relations(paper: Paper, to: str) -> Paper:
    return dataclasses.replace(paper, relations=tuple(one for one in paper.relations if one.to != to))


SOME_EDITS = st.tuples(st.sampled_from(["texts", "tags", "shelf", "relations"]), st.integers(0, 30), TEXTS)


@given(st.lists(SOME_EDITS, min_size=1, max_size=4))
@settings(max_examples=60)
def test_after_edits_only_those_are_related_again_that_may_differ(edits: list[tuple[str, int, str]]) -> None:
    library, _ = load(TOY, {})
    papers = list(library.papers)
    for what, at, text in edits:
        place = at % len(papers)
        paper, other = papers[place], papers[place - 1 - len(text) % 7]
        match what:
            case "tags":
                papers[place] = dataclasses.replace(paper, tags=other.tags)
            case "shelf":
                papers[place] = dataclasses.replace(paper, category=other.category)
            case "relations":
                relations = () if paper.relations else (Relation("uses", other.id, "It does."),)
                papers[place] = dataclasses.replace(paper, relations=relations)
            case _:
                papers[place] = dataclasses.replace(paper, abstract=f"{text} {paper.abstract}", summary=text)
    edited = dataclasses.replace(library, papers=tuple(papers))
    assert {**relate(library), **relate_anew(edited, library)} == relate(edited)


def test_after_most_edits_most_papers_are_not_related_again(toy: Library) -> None:
    papers = (*toy.papers, *recombined(toy.papers, 400))
    library = dataclasses.replace(toy, papers=papers)
    links = relate(library)
    kept = []
    for at in range(0, 400, 40):
        paper = dataclasses.replace(papers[at], summary=f"{papers[at].summary} It is new.")
        edited = dataclasses.replace(library, papers=(*papers[:at], paper, *papers[at + 1 :]))
        anew = relate_anew(edited, library)
        assert {**links, **anew} == relate(edited)
        kept.append(len(papers) - len(anew))
    assert sorted(kept)[len(kept) // 2] > len(papers) / 3

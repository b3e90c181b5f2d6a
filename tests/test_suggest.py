"""Suggestions: what they rest on, that they are as good as measured, and that nothing in a text upsets them."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from sites import HOSTILE, ROOT

from generator.checks.quality import DIRECTED_RELATIONS, is_later_paper
from generator.content.model import RELATION_TYPES, Library, Paper, Relation
from generator.curate.suggest.evaluation import ProposalScores, score_proposals, scores_table
from generator.curate.suggest.regression import fitted, solved
from generator.curate.suggest.suggest import (
    MIN_CATEGORY_CONFIDENCE,
    MIN_RELATION_CONFIDENCE,
    MIN_TAG_CONFIDENCE,
    LabelDescription,
    LabelMention,
    label_mentions,
    mentioned_name,
    paper_proposals,
    phrase_index,
)

DRAFT = Paper(
    "draft",
    "GNN-Surgeon: A Survey of Graph Neural Networks",
    ("A",),
    "",
    "We review GNNExplainer and other explanations of graph neural networks.",
    published="2026-01",
)


def paper_of(library: Library, name: str) -> Paper:
    return next(paper for paper in library.papers if paper.id == name)


def test_evidence_is_told_in_words(library: Library) -> None:
    found = {proposal.value: proposal for proposal in paper_proposals(library, paper_of(library, "exaranker"))}
    assert found["retrieval-and-qa"].evidence == (
        'words of "Retrieval and question answering"',
        "that of 4 of the 8 papers nearest to it: beyond-cls-through-ranking-by-generation, "
        "modern-perspective-on-query-likelihood-with-deep, joint-learning-of-sentence-embeddings, …",
        "often goes with reranking, encoder-decoder-language-model, reasoning",
    )
    assert found["synthetic-data"].evidence[:2] == (
        'words of its alias "synthetic examples"',
        "on 1 of the 8 papers nearest to it: distillation-and-refinement-of-reasoning",
    )
    assert found["reranking"].evidence[:2] == ('its alias "ranker" in the title', '"Ranking" in the abstract')
    assert found["beyond-cls-through-ranking-by-generation"].evidence == (
        "both on generative-retrieval, reranking, encoder-decoder-language-model",
        "words in common: ranking, ranker, retrieval",
    )


def test_a_new_paper_gets_a_category_tags_and_relations(library: Library) -> None:
    proposals = paper_proposals(library, DRAFT)
    values = {what: [one.value for one in proposals if one.what == what] for what in ("category", "tag", "relation")}
    assert values["category"] == ["explaining-graphs"]
    assert {"graph-neural-network", "subgraph-explanation", "survey", "graph"} <= {*values["tag"]}
    assert values["relation"][0] == "gnnexplainer"
    assert next(one for one in proposals if one.value == "gnnexplainer").evidence[0] == 'it names "GNNExplainer"'


def test_every_proposal_is_in_order(library: Library) -> None:
    terms = {term.id for facet in library.facets for term in facet.terms}
    shelves, papers = {shelf.id for shelf in library.categories}, {paper.id for paper in library.papers}
    for paper in library.papers[::40]:
        proposals = paper_proposals(library, paper)
        assert [one.what for one in proposals] == sorted(
            (one.what for one in proposals), key="category tag relation".find
        )
        for what, values, least in (
            ("category", shelves, MIN_CATEGORY_CONFIDENCE),
            ("tag", terms, MIN_TAG_CONFIDENCE),
            ("relation", papers - {paper.id}, MIN_RELATION_CONFIDENCE),
        ):
            mine = [one for one in proposals if one.what == what]
            assert {one.value for one in mine} <= values
            assert len({one.value for one in mine}) == len(mine)
            assert all(one.evidence and least <= one.confidence <= 1 for one in mine)
            assert mine == sorted(mine, key=lambda one: (-one.confidence, one.value))
            assert all((one.type in RELATION_TYPES) == (what == "relation") for one in mine)
        for one in proposals:
            assert one.type not in DIRECTED_RELATIONS or not is_later_paper(paper_of(library, one.value), paper)


def test_what_a_curator_wrote_of_the_paper_counts_for_nothing(library: Library) -> None:
    paper = paper_of(library, "goat")
    other = replace(
        paper,
        category="latent-spaces",
        tags=("fashion-image",),
        summary="Clothes.",
        aliases=("GAN",),
        relations=(Relation("extends", "wasserstein-gan", "Both."),),
    )
    papers = tuple(other if one is paper else one for one in library.papers)
    without = tuple(one for one in library.papers if one is not paper)
    expected = paper_proposals(library, paper)
    assert paper_proposals(replace(library, papers=papers), other) == expected
    assert paper_proposals(replace(library, papers=without), replace(paper, category="", tags=())) == expected


def test_the_list_foretells_itself(library: Library) -> None:
    measure = score_proposals(library)
    assert measure.papers == len(library.papers)
    assert measure.tag_f1 >= 0.67
    assert measure.tags_top >= 0.67
    assert measure.category_first >= 0.6
    assert measure.category_three >= 0.85
    assert 2 / (1 / measure.relation_precision + 1 / measure.relation_recall) >= 0.43
    assert measure.relation_type >= 0.55
    assert measure.brier <= 0.03
    for _, count, confidence, curated in measure.reliability:
        assert count > 100
        assert abs(confidence - curated) < 0.1


def test_a_small_list_goes_by_the_usual_weights(toy: Library) -> None:
    title, abstract = "Pruning attention heads of a GAN", "A generative adversarial network (GAN) makes images."
    first, *rest = paper_proposals(toy, Paper("draft", title, ("A",), "", abstract))
    assert (first.what, first.value) == ("category", "generators")
    assert ("tag", "gan") in {(one.what, one.value) for one in rest}


@pytest.mark.parametrize("papers", [0, 1, 2])
@pytest.mark.parametrize("vocabulary", [True, False])
def test_hardly_anything(toy: Library, papers: int, vocabulary: bool) -> None:
    library = replace(toy, papers=toy.papers[:papers])
    library = library if vocabulary else replace(library, facets=(), categories=())
    proposals = paper_proposals(library, DRAFT)
    assert vocabulary or not {one for one in proposals if one.what != "relation"}
    assert score_proposals(library).papers == papers
    assert scores_table(score_proposals(library))


def test_a_text_may_hold_anything(toy: Library) -> None:
    hostile = ("(", "[a-z", "C++", r"\d+*", "?", "", "生成", HOSTILE)
    facet = toy.facets[0]
    terms = tuple(replace(term, name=hostile[0], aliases=hostile, definition=HOSTILE) for term in facet.terms)
    papers = [replace(paper, aliases=hostile, abstract=HOSTILE) for paper in toy.papers]
    library = replace(toy, facets=(replace(facet, terms=terms),), papers=tuple(papers))
    for abstract in ("", "C++ [a-z (", HOSTILE, "word " * 5000):
        for title in ("", "(", "C++: [a-z", HOSTILE):
            paper_proposals(library, replace(DRAFT, title=title, abstract=abstract))


def test_the_hash_seed_does_not_matter() -> None:
    program = (
        "from pathlib import Path; from generator.content.loader import load;"
        "from generator.curate.suggest.suggest import paper_proposals;"
        "library, _ = load(Path('content'), {});"
        "print([paper_proposals(library, paper) for paper in library.papers[:2]])"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1]
    assert "Proposal" in outputs[0]


def test_the_order_of_the_papers_does_not_matter(toy: Library) -> None:
    backwards = replace(toy, papers=toy.papers[::-1])
    assert paper_proposals(backwards, DRAFT) == paper_proposals(toy, DRAFT)
    assert score_proposals(backwards) == score_proposals(toy)


def test_the_longest_name_is_the_one_that_a_text_means() -> None:
    names = {"gan": ("GAN", "adversarial nets"), "conditional-gan": ("Conditional GAN",)}
    phrases = phrase_index({("tag", label): LabelDescription(names[label], {}, {}) for label in names})
    paper = replace(DRAFT, title="Conditional-GANs", abstract="An Adversarial Net; an adversarial problem.")
    assert label_mentions(paper, phrases) == {
        ("tag", "conditional-gan"): [LabelMention(False, False, False, "Conditional GAN")],
        ("tag", "gan"): [LabelMention(False, True, True, "adversarial nets"), LabelMention(True, False, False, "GAN")],
    }


@pytest.mark.parametrize(
    ("title", "aliases", "text", "name"),
    [
        ("StyleGAN-T: Fast Synthesis", (), "We speed up StyleGAN-T.", "StyleGAN-T"),
        ("Fusion in Decoder", ("FiD",), "The FID is low.", ""),
        ("Fusion in Decoder", ("FiD",), "FiDs read passages.", "FiD"),
        ("Fusion in Decoder", (), "As fusion in decoder does.", "Fusion in Decoder"),
        ("Fusion in Decoder", ("FiD",), "FiDelity, unFiD", ""),
        ("One may say what one will: it is so", (), "One may say what one will", ""),
    ],
)
def test_a_paper_is_named(title: str, aliases: tuple[str, ...], text: str, name: str) -> None:
    other = Paper("other", title, ("A",), "shelf", "", aliases=aliases)
    assert mentioned_name(Paper("one", "Title", ("A",), "shelf", text), other) == name


def test_equations_are_solved() -> None:
    assert solved([[4, 1], [1, 3]], [1, 2]) == pytest.approx([1 / 11, 7 / 11])


def test_weights_are_learned_from_enough_examples() -> None:
    examples = [((1.0, float(i % 2)), i % 2 == 1 and i % 8 != 1) for i in range(400)]
    constant, weight = fitted(examples, (0.0, 0.0))
    assert constant < 0 < weight
    assert fitted(examples[:40], (7.0, 8.0)) == (7.0, 8.0)


def test_a_measure_is_a_table() -> None:
    assert scores_table(
        ProposalScores(9, 0.5, 0.25, 0.3333, 0.4, 0.6, 0.9, 0.4, 0.5, 0.6, 0.03, ((0.5, 12, 0.6, 0.7),))
    ) == (
        "papers                                              9\n"
        "tags proposed: precision, recall, F1            0.500   0.250   0.333\n"
        "curated tags among as many of the likeliest     0.400\n"
        "category: the likeliest, among three            0.600   0.900\n"
        "relations proposed: precision, recall           0.400   0.500\n"
        "type of those found                             0.600\n"
        "Brier score of tags                             0.030\n"
        "tags from 0.50: number, confidence, curated        12   0.600   0.700\n"
    )

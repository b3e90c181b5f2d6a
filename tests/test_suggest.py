"""Suggestions of tags: their reasons, their measured quality, and their robustness to any text."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from sites import HOSTILE, ROOT

from generator.checks.relations import DIRECTED_RELATIONS, is_later_paper
from generator.content.model import RELATION_TYPES, Category, Facet, Library, Paper, Relation, Term
from generator.curate.suggest.corpus import (
    LabelDescription,
    LabelMention,
    NameKind,
    corpus_statistics,
    label_mentions,
    mentioned_name,
    phrase_index,
)
from generator.curate.suggest.evaluation import ProposalScores, ReliabilityBin, score_proposals, scores_table
from generator.curate.suggest.labels import (
    LABEL_WEIGHTS,
    MIN_CATEGORY_CONFIDENCE,
    MIN_TAG_CONFIDENCE,
    label_features,
    label_probabilities,
    name_evidence,
)
from generator.curate.suggest.relations import (
    MIN_RELATION_CONFIDENCE,
    RELATION_WEIGHTS,
    likeliest_relation_type,
    relation_features,
)
from generator.curate.suggest.suggest import paper_proposals

DRAFT = Paper(
    "draft",
    "GNN-Surgeon: A Survey of Graph Neural Networks",
    authors=("A",),
    category="",
    abstract="We review GNNExplainer and other explanations of graph neural networks.",
    published="2026-01",
)


CATEGORIES = (
    Category("graphs", "Explaining graphs", "How to explain the predictions of graph neural networks.", ""),
    Category("images", "Generating images", "How to generate images with adversarial networks.", ""),
)
TERMS = (
    Term("gnn", "Graph neural network", "A network whose input is a graph.", aliases=("GNN",)),
    Term("explanation", "Explanation", "What makes a prediction plain to a person."),
    Term("gan", "Generative adversarial network", "Two networks that learn from each other.", aliases=("GAN",)),
    Term("survey", "Survey", "An overview of other work.", aliases=("review",)),
    Term("low-light", "Low light photography", "Pictures that were taken at night."),
)
GRAPH_TEXT = "We explain the predictions of a graph neural network by a subgraph, {}."
IMAGE_TEXT = "We train a generative adversarial network that generates photographs, {}."


@pytest.fixture(scope="module")
def graphs_and_images(toy: Library) -> Library:
    """Return a list of two categories with six papers each."""
    ways = "edges nodes motifs walks counterfactuals prototypes".split()
    papers = [
        *(draft(f"graph-{way}", "graphs", ("gnn", "explanation"), GRAPH_TEXT.format(way)) for way in ways),
        *(draft(f"image-{way}", "images", ("gan",), IMAGE_TEXT.format(way)) for way in ways),
    ]
    papers[0] = replace(papers[0], title="GNNExplainer: Edges of Graphs", published="2019")
    return replace(
        toy,
        papers=tuple(papers),
        retired=(),
        categories=CATEGORIES,
        facets=(Facet("topic", "Topic", "What is it about?", TERMS),),
    )


def draft(name: str, category: str, tags: tuple[str, ...], abstract: str) -> Paper:
    return Paper(
        name, name.replace("-", " "), authors=("A",), category=category, abstract=abstract, tags=tags, published="2020"
    )


def paper_of(library: Library, name: str) -> Paper:
    return next(paper for paper in library.papers if paper.id == name)


def test_evidence_is_given_in_words(graphs_and_images: Library) -> None:
    text = "A review of GNNs, beside GNNExplainer, by graph neural networks."
    found = {one.value: one for one in paper_proposals(graphs_and_images, replace(DRAFT, abstract=text))}
    near = "of the 8 papers nearest to it: graph-edges, graph-counterfactuals, graph-motifs, …"
    assert found["graphs"].evidence == (f"that of 6 {near}", "often goes with gnn, explanation")
    assert found["gnn"].evidence[:3] == (
        '"Graph neural network" in the title',
        'its alias "GNN" in the title',
        f"on 6 {near}",
    )
    assert found["survey"].evidence == ('"Survey" in the title', 'its alias "review" in the abstract')
    assert found["graph-edges"].evidence == (
        'it names "GNNExplainer"',
        "both on explanation, gnn, graphs",
        "words in common: gnnexplainer, graph, neural",
    )


def test_a_name_in_part_is_evidence(graphs_and_images: Library) -> None:
    paper = replace(DRAFT, title="Photography in light that is low")
    statistics = corpus_statistics(graphs_and_images, [*graphs_and_images.papers, paper])
    assert [*name_evidence(statistics, "draft", ("tag", "low-light"))] == ['words of "Low light photography"']


def test_a_new_paper_gets_a_category_tags_and_relations(graphs_and_images: Library) -> None:
    proposals = paper_proposals(graphs_and_images, DRAFT)
    values = {what: [one.value for one in proposals if one.what == what] for what in ("category", "tag", "relation")}
    assert values["category"] == ["graphs"]
    assert {*values["tag"]} == {"gnn", "explanation", "survey"}
    assert values["relation"][0] == "graph-edges"
    assert next(one for one in proposals if one.value == "graph-edges").evidence[0] == 'it names "GNNExplainer"'


@pytest.mark.parametrize(
    ("title", "abstract", "published", "kind"),
    [
        ("A Survey of Graphs", "We describe GNNExplainer.", "2022", "surveys"),
        ("Evaluating Explanations", "We test GNNExplainer.", "2022", "evaluates"),
        ("Deeper Explanations", "We take GNNExplainer further.", "2022", "extends"),
        ("Deeper Explanations", "We take it further.", "2022", "contrasts"),
        ("A Survey of Graphs", "We describe GNNExplainer.", "2010", "contrasts"),
    ],
)
def test_the_type_of_a_relation(
    graphs_and_images: Library, title: str, abstract: str, published: str, kind: str
) -> None:
    paper = replace(DRAFT, title=title, abstract=abstract, published=published)
    assert likeliest_relation_type(paper, paper_of(graphs_and_images, "graph-edges")) == kind


def test_every_proposal_is_in_order(toy: Library) -> None:
    terms = {term.id for facet in toy.facets for term in facet.terms}
    shelves, papers = {shelf.id for shelf in toy.categories}, {paper.id for paper in toy.papers}
    for paper in toy.papers[::3]:
        proposals = paper_proposals(toy, paper)
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
            assert one.type not in DIRECTED_RELATIONS or not is_later_paper(paper_of(toy, one.value), paper)


def test_what_a_curator_wrote_of_the_paper_counts_for_nothing(graphs_and_images: Library) -> None:
    paper = paper_of(graphs_and_images, "graph-walks")
    other = replace(
        paper,
        category="images",
        tags=("low-light",),
        summary="Photography.",
        aliases=("GAN",),
        relations=(Relation("extends", "image-walks", "Both."),),
    )
    papers = tuple(other if one is paper else one for one in graphs_and_images.papers)
    without = tuple(one for one in graphs_and_images.papers if one is not paper)
    expected = paper_proposals(graphs_and_images, paper)
    assert paper_proposals(replace(graphs_and_images, papers=papers), other) == expected
    new = replace(paper, category="", tags=())
    assert paper_proposals(replace(graphs_and_images, papers=without), new) == expected


def test_a_clear_list_foretells_itself(graphs_and_images: Library) -> None:
    scores = score_proposals(graphs_and_images)
    assert scores.papers == len(graphs_and_images.papers)
    assert (scores.tag_f1, scores.tag_r_precision, scores.category_top1, scores.category_top3) == (1, 1, 1, 1)
    assert sum(one.tags for one in scores.reliability) == len(graphs_and_images.papers) * len(TERMS)


def test_a_small_list_goes_by_the_usual_weights(toy: Library) -> None:
    title, abstract = "Pruning attention heads of a GAN", "A generative adversarial network (GAN) makes images."
    first, *rest = paper_proposals(toy, Paper("draft", title, authors=("A",), category="", abstract=abstract))
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
        "library, _ = load(Path('tests/toy'), {});"
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
    names = {
        "gan": {"GAN": NameKind.OWN, "adversarial nets": NameKind.ALIAS},
        "conditional-gan": {"Conditional GAN": NameKind.OWN},
    }
    phrases = phrase_index({("tag", label): LabelDescription(names[label], {}, {}) for label in names})
    paper = replace(DRAFT, title="Conditional-GANs", abstract="An Adversarial Net; an adversarial problem.")
    assert label_mentions(paper, phrases) == {
        ("tag", "conditional-gan"): [LabelMention(False, False, NameKind.OWN, "Conditional GAN")],
        ("tag", "gan"): [
            LabelMention(False, True, NameKind.ALIAS, "adversarial nets"),
            LabelMention(True, False, NameKind.OWN, "GAN"),
        ],
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
    other = Paper("other", title, authors=("A",), category="shelf", abstract="", aliases=aliases)
    assert mentioned_name(Paper("one", "Title", authors=("A",), category="shelf", abstract=text), other) == name


def test_each_weight_has_its_feature(toy: Library) -> None:
    statistics = corpus_statistics(toy, toy.papers)
    name = toy.papers[0].id
    labels = label_features(statistics, name)
    relations = relation_features(statistics, name, label_probabilities(statistics, name))
    assert labels
    assert relations
    assert all({*found, "constant", "cooccurrence"} == {*LABEL_WEIGHTS} for found in labels.values())
    assert all({*found, "constant"} == {*RELATION_WEIGHTS} for found in relations.values())


def test_a_measure_is_a_table() -> None:
    assert scores_table(
        ProposalScores(9, 0.5, 0.25, 0.3333, 0.4, 0.6, 0.9, 0.4, 0.5, 0.6, 0.03, (ReliabilityBin(0.5, 12, 0.6, 0.7),))
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

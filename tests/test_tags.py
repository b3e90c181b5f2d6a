"""The broader terms that tags imply."""

from dataclasses import replace

from generator.checks.papers import check_implied_tags
from generator.content.model import Facet, Library, Term
from generator.content.tags import broader_terms, narrowest_tags, tags_with_broader
from generator.related.relate import relate
from generator.site.catalogue import build_catalogue
from generator.site.render import render_site

TERMS = (Term("gan", "GAN"), Term("stylegan", "StyleGAN", parent="gan"), Term("stylegan3", "3", parent="stylegan"))
BROADER = {"gan": (), "stylegan": ("gan",), "stylegan3": ("stylegan", "gan")}


def tagged(toy: Library, *tags: str) -> Library:
    papers = (replace(toy.papers[0], tags=tags), *(replace(paper, tags=()) for paper in toy.papers[1:]))
    return replace(toy, papers=papers, facets=(Facet("model", "Model", "Which?", TERMS),))


def test_broader_terms_are_the_nearest_first() -> None:
    assert broader_terms(TERMS) == BROADER


def test_circles_and_unknown_parents_end() -> None:
    terms = [Term("a", "A", parent="b"), Term("b", "B", parent="a"), Term("c", "C", parent="gone")]
    assert broader_terms(terms) == {"a": ("b",), "b": ("a",), "c": ()}


def test_the_narrowest_tags_imply_all_others() -> None:
    assert tags_with_broader(["stylegan3", "new", "gan"], BROADER) == ("stylegan3", "stylegan", "gan", "new")
    assert narrowest_tags(["gan", "new", "stylegan3", "stylegan"], BROADER) == ("new", "stylegan3")


def test_an_implied_tag_is_a_problem(toy: Library) -> None:
    (problem,) = check_implied_tags(tagged(toy, "gan", "stylegan3"))
    assert problem.message == 'tag "gan" is implied by "stylegan3": leave it out'
    assert list(check_implied_tags(tagged(toy, "stylegan3"))) == []


def test_the_site_counts_and_shows_the_broader_terms(toy: Library) -> None:
    library = tagged(toy, "stylegan3")
    catalogue = build_catalogue(library, relate(library))
    assert [len(catalogue.lists["tags"][term.id].papers) for term in TERMS] == [1, 1, 1]
    pages = render_site(library, relate(library))
    page = pages[f"papers/{library.papers[0].id}.md"]
    assert [f"tags/{term.id}" in page for term in TERMS] == [True, True, True]
    assert library.papers[0].title in pages["tags/gan.md"]

"""Each kind of page has a template, a template for its twin, and a row in the table of kinds."""

import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from generator.checks.health import health_sections
from generator.content.model import EntryWords, Library, Paper
from generator.curate.editor_schema import content_schemas
from generator.exports.twins import twin_environment
from generator.related.relate import relate
from generator.site import pages
from generator.site.catalogue import Catalogue, build_catalogue
from generator.site.pages.browse import SearchExamples, search_examples
from generator.site.pages.kinds import PAGE_KINDS
from generator.site.pages.moved import moved_pages
from generator.site.pages.plain import PlainPage
from generator.site.render import page_environment, render_site

NAMES = [module.name for module in pkgutil.iter_modules(pages.__path__)]
MODULES = [importlib.import_module(f"{pages.__name__}.{name}") for name in NAMES]
PAGE_CLASSES = [
    value
    for module in MODULES
    for name, value in vars(module).items()
    if inspect.isclass(value) and name.endswith("Page") and value.__module__ == module.__name__ and name != "SitePage"
]
OWN_TWINS = {PlainPage}  # uses its own Markdown text
WORDS = EntryWords("book", "books")
PARTS = {"macros.md", "layout.md", "pictures.md", "llms.md"}  # templates that are not pages


@pytest.fixture(scope="module")
def catalogue(toy: Library) -> Catalogue:
    retired = replace(toy.papers[0], id="gone", retired="Out of scope.", replaces=())
    return build_catalogue(replace(toy, retired=(*toy.retired, retired)), relate(toy))


def page_functions() -> Iterator[object]:
    """Yield the functions that make pages, except `moved_pages`, which several of them share."""
    for module in MODULES:
        for name, value in vars(module).items():
            mine = inspect.isfunction(value) and value.__module__ == module.__name__
            if mine and name.endswith("_pages") and name != "site_pages" and value is not moved_pages:
                yield value


def template_name(kind: type) -> str:
    return f"{kind.__name__.removesuffix('Page').lower()}.md"


@pytest.mark.parametrize("kind", PAGE_CLASSES)
def test_each_kind_has_a_template_and_a_twin_template(kind: type) -> None:
    assert template_name(kind) in page_environment(WORDS).list_templates()
    assert kind in OWN_TWINS or template_name(kind) in twin_environment(WORDS).list_templates()


def test_each_template_belongs_to_a_kind() -> None:
    templates = {*page_environment(WORDS).list_templates(), *twin_environment(WORDS).list_templates()}
    assert templates - PARTS == {template_name(kind) for kind in PAGE_CLASSES}


def test_each_function_that_makes_pages_is_in_the_table() -> None:
    assert [kind.pages for kind in PAGE_KINDS if kind.pages not in [*page_functions()]] == []
    assert [one for one in page_functions() if one not in [kind.pages for kind in PAGE_KINDS]] == []


def test_a_list_has_pages_of_each_kind(catalogue: Catalogue) -> None:
    made = {type(page) for kind in PAGE_KINDS for _, page in kind.pages(catalogue)}
    assert made == set(PAGE_CLASSES)


def test_pages_stand_under_the_address_of_their_kind_and_none_in_the_place_of_another(catalogue: Catalogue) -> None:
    names = [(kind.address, name) for kind in PAGE_KINDS for name, _ in kind.pages(catalogue)]
    assert [name for address, name in names if address and not name.startswith((f"{address}/", f"{address}."))] == []
    assert len({name for _, name in names}) == len(names)


def test_examples_of_searches_come_from_the_list(catalogue: Catalogue, toy: Library) -> None:
    examples = search_examples(catalogue)
    names = {term.name.casefold() for term in toy.terms}
    assert {examples.phrase, examples.tag} <= names
    assert " " in examples.phrase
    assert " " not in examples.tag
    assert any(examples.author in author.name.casefold() for author in catalogue.lists["authors"].values())
    assert examples.year in catalogue.lists["years"]


def test_an_empty_list_has_no_examples_of_searches(toy: Library) -> None:
    empty = replace(toy, papers=(), paths=(), site=replace(toy.site, start=()))
    assert search_examples(build_catalogue(empty, {})) == SearchExamples("", "", "", "", "")


@pytest.fixture(scope="module")
def unfinished(toy: Library) -> Library:
    """The toy list without what its terms mean, and without texts about its shelves."""
    facets = tuple(replace(f, terms=tuple(replace(term, definition="") for term in f.terms)) for f in toy.facets)
    shelves = tuple(replace(shelf, summary="", introduction="") for shelf in toy.categories)
    return replace(toy, facets=facets, categories=shelves)


def test_no_page_shows_an_empty_text(unfinished: Library) -> None:
    files = render_site(unfinished, relate(unfinished))
    shown = {name: files[name] for name in files if name.endswith((".md", ".md.txt", "llms.txt"))}
    assert [name for name, text in shown.items() if re.search(r"<p[^>]*></p>|^ *- .*: *$", text, re.MULTILINE)] == []
    assert 'description: "Papers about “Diffusion model”."' in files["tags/diffusion-model.md"]
    assert 'description: "Papers on the shelf “Generators”."' in files["categories/generators.md"]


def test_the_schema_of_editors_names_terms_without_a_definition(unfinished: Library) -> None:
    named = json.loads(content_schemas(unfinished)["paper.json"])["definitions"]
    assert "Diffusion model" in named["tag"]["enumDescriptions"]
    assert "Generators" in named["category"]["enumDescriptions"]


def test_the_health_report_names_what_is_unfinished(unfinished: Library, toy: Library) -> None:
    found = {section.id: section.findings for section in health_sections(unfinished, {})}
    assert len(found["definitions"]) == len([term for term in toy.terms if not term.retired])
    assert [finding.detail for finding in found["introductions"]] == ["no summary and no introduction"] * len(
        toy.shelves
    )
    assert not any(s.findings for s in health_sections(toy, {}) if s.id in ("definitions", "introductions"))


def test_years_are_in_the_order_of_numbers(toy: Library) -> None:
    dates = ("0476", "1687-05", "2017")
    shelf = replace(toy.categories[0], introduction="")
    blank = Paper(id="", title="A title", category=shelf.id)
    papers = tuple(replace(blank, id=f"of-{day}", published=day) for day in dates)
    list_of_three = replace(toy, papers=papers, paths=(), categories=(shelf,), site=replace(toy.site, start=()))
    files = render_site(list_of_three, {})
    assert "476–2017" in files["index.md"]
    assert re.findall(r'<a href="\.\./years/(\d+)/">', files["years/index.md"]) == ["2017", "1687", "476"]

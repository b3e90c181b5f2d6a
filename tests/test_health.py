"""The report on the health of a list: its findings, as text, as JSON, and as a page."""

import json
from dataclasses import replace

import pytest
from sites import TOY

from generator.checks.health import health_report_text, health_sections
from generator.cli import main
from generator.content.model import Library, Paper, Relation
from generator.related.relate import relate
from generator.site.pages.health import MAX_HEALTH_FINDINGS
from generator.site.render import render_site


def found(library: Library) -> dict[str, list[str]]:
    sections = health_sections(library, relate(library))
    return {section.id: [f"{f.address} {f.detail}" for f in section.findings] for section in sections}


def test_a_small_list(toy: Library) -> None:
    few = tuple(paper for paper in toy.papers if paper.category == "generators" and len(paper.tags) < 4)
    papers = (*(replace(paper, relations=()) for paper in few), replace(few[0], id="other", tags=("gan",)))
    sections = found(replace(toy, papers=papers))
    assert [paper.id for paper in few] == [
        *("elucidating-the-design-space-of-diffusion-based", "gan-dissection", "improved-techniques-for-training-gans"),
        *("neural-discrete-representation-learning", "note-on-the-inception-score", "tr0n", "wasserstein-gan"),
    ]
    assert "tags/neuron/ on 1 paper" in sections["thin-terms"]
    assert sections["crowded-terms"] == ["tags/gan/ on 6 of 8 papers", "tags/image/ on 7 of 8 papers"]
    assert sections["together"] == []
    assert "papers/tr0n/ no relation leads to it or from it" in sections["few-relations"]
    assert "papers/tr0n/ 2 of at least 4" in sections["few-tags"]
    assert sections["abstracts"] == []


def test_near_duplicates_and_what_is_missing(toy: Library) -> None:
    one = toy.papers[0]
    other = replace(one, id="twin", title="Quite another", relations=(Relation("uses", one.id, "It does."),))
    bare = Paper(id="bare", title="Bare", authors=(), category=one.category, abstract=" ")
    sections = found(replace(toy, papers=(*toy.papers, other, bare)))
    assert len(sections["near-duplicates"]) == 1
    assert sections["near-duplicates"][0].startswith(f"papers/{one.id}/ and Quite another:")
    assert sections["abstracts"] == ["papers/bare/ no abstract"]
    ids = "no DOI or other identifier"
    assert f"papers/bare/ no authors, no date, no venue, {ids}" in sections["facts"]
    assert f"papers/bare/ {', '.join(facet.name for facet in toy.facets)}" in sections["facets"]


def test_a_book_needs_no_venue(toy: Library) -> None:
    book = Paper(id="book", title="Book", type="book", editors=("Ann Other",), published="1980", category="x", isbn="x")
    assert found(replace(toy, papers=(book,), paths=()))["facts"] == []


def test_an_empty_list_is_healthy(toy: Library) -> None:
    empty = replace(toy, papers=(), facets=(), categories=(), paths=(), site=replace(toy.site, start=()))
    assert not any(found(empty).values())
    assert health_report_text(empty, health_sections(empty, {})).startswith(
        "0 papers, 0 terms, 0 shelves\n\nWarnings: none\n\nTerms without a definition: none\n"
    )


def test_warnings_of_the_check(toy: Library) -> None:
    one = toy.papers[0]
    twin = replace(one, id="twin", arxiv=None, doi=None, acl_anthology=None, relations=())
    assert [words.split(":")[0] for words in found(replace(toy, papers=(*toy.papers, twin)))["warnings"]] == [
        f"papers/twin/ perhaps the same work as {one.id}.yml"
    ]
    assert found(toy)["warnings"] == []


def test_text_json_and_page_say_the_same(toy: Library, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--content", str(TOY)]) == 0
    text = capsys.readouterr().out
    assert main(["report", "--json", "--content", str(TOY)]) == 0
    read = json.loads(capsys.readouterr().out)
    page = render_site(toy, relate(toy))["health.md"]
    assert (read["papers"], read["terms"], read["categories"]) == (len(toy.papers), len(toy.terms), len(toy.shelves))
    for findings in read["sections"].values():
        for finding in findings:
            assert f"  {finding['address'].strip('/')}  {finding['detail']}\n" in text
            assert f'href="../{finding["address"]}"' in page


def test_a_long_section_is_cut_on_the_page(toy: Library) -> None:
    papers = tuple(replace(toy.papers[0], id=f"p{n}", title=f"Paper {n}", tags=()) for n in range(MAX_HEALTH_FINDINGS))
    few = sum(len(paper.tags) < 4 for paper in toy.papers)
    page = render_site(replace(toy, papers=(*toy.papers, *papers)), {})["health.md"]
    assert f"And {few} more: <code>.venv/bin/list report</code> prints all of them" in page

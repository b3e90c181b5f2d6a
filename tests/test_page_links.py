"""Links in the Markdown of hand-written pages: where they lead, and which lead nowhere."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sites import TOY

from generator.build import build
from generator.content.model import Library, Page
from generator.related.relate import relate
from generator.site.page_links import page_link_problems, resolve_link
from generator.site.render import render_site


@pytest.mark.parametrize(
    ("page", "written", "resolved"),
    [
        ("about.md", "papers/tr0n.md", "../papers/tr0n/"),
        ("about.md", "tags/index.md?order=name#families", "../tags/?order=name#families"),
        ("about.md", "index.md", "../"),
        ("about.md", "papers.bib", "../papers.bib"),
        ("about.md", "./data.md", "../data/"),
        ("about.md", "pap%65rs/tr0n.md", "../papers/tr0n/"),
        ("tags/gan.md", "../papers/tr0n.md", "../../papers/tr0n/"),
        ("index.md", "index.md", "./"),
        ("index.md", "about.md", "about/"),
        ("about.md", "#place", "#place"),
        ("about.md", "?q=x", "?q=x"),
        ("about.md", "/about/", "/about/"),
        ("about.md", "https://example.org/x.md", "https://example.org/x.md"),
        ("about.md", "mailto:someone@example.org", "mailto:someone@example.org"),
        ("about.md", "//example.org/x.md", "//example.org/x.md"),
    ],
)
def test_a_link_is_resolved(page: str, written: str, resolved: str) -> None:
    assert resolve_link(page, written) == resolved


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("One [paper](papers/tr0n.md), <https://example.org/x.md>, <someone@example.org>.", ""),
        ("[Place](data.md#follow-the-list), [own](#here).\n\n## Here", ""),
        ("![The logo](assets/favicon.svg)", ""),
        ("`[x](nowhere.md)`", ""),
        (
            "One\n\n[page](papers/nowhere.md)",
            "4:8: expected the file of a page, such as tags/index.md",
        ),
        ("[page][x]\n\n[x]: nowhere.md", "4:6: expected the file of a page"),
        ("[folder](categories/)", "2:10: expected the file of a page"),
        ("[absolute](/about.md)", "2:12: expected the file of a page"),
        ("[above](../about.md)", "2:9: expected the file of a page"),
        ("![Picture](nowhere.png)", "2:12: expected the file of a page"),
        ("[Place](data.md#nowhere)", '2:9: there is no "#nowhere" on the page data.md'),
        ("[Own](#nowhere)", '2:7: there is no "#nowhere" on the page about.md'),
    ],
)
def test_a_link_that_leads_nowhere_is_a_problem(toy: Library, text: str, fault: str) -> None:
    library = replace(toy, pages=(Page("about", "About", text),))
    files = {**render_site(library, relate(library)), "assets/favicon.svg": "<svg></svg>"}
    found = [str(problem) for problem in page_link_problems(library, files)]
    assert len(found) == bool(fault)
    assert all(f"pages/about.md:{fault}" in problem for problem in found)


def test_nothing_is_written_while_a_link_leads_nowhere(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(TOY, content)
    (content / "pages/about.md").write_text("# About\n\n[x](nowhere.md)\n", "utf-8")
    problems = build(content, tmp_path / "out", tmp_path / "site")
    assert [problem.message.partition(",")[0] for problem in problems] == ["expected the file of a page"]
    assert not (tmp_path / "out").exists()

"""Measures of a list: reading judgments, resolving or skipping their papers, and computing scores."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from browser import visit
from playwright.sync_api import Browser

from generator.cli import main
from generator.content.loader import load
from generator.content.model import JudgedPaper, JudgedQuery, Judgments, Library, Standard
from generator.measure.judgments import current_judgments, judgment_warnings
from generator.measure.ndcg import condensed_ranking, ndcg
from generator.measure.related import related_scores
from generator.measure.scores import list_scores
from generator.measure.search import search_answers, search_scores
from generator.related.relate import relate

NOTE, TECHNIQUES = "note-on-the-inception-score", "improved-techniques-for-training-gans"
TOP_RESULTS = "rows => rows.slice(0, 10).map(row => row.dataset.paper)"


def judged(
    library: Library, queries: Mapping[str, int] | None = None, papers: Mapping[str, int] | None = None
) -> Library:
    """Return the list with one judged query, or with judgments of papers related to the note on the Inception Score."""
    search = (JudgedQuery("inception score", queries, "topic"),) if queries else ()
    related = (JudgedPaper(NOTE, papers),) if papers else ()
    return replace(library, judgments=Judgments(search, related))


def without(library: Library, name: str) -> Library:
    """Return the list without a paper, as if its file had been deleted."""
    return replace(library, papers=tuple(paper for paper in library.papers if paper.id != name))


def renamed(library: Library, old: str, new: str) -> Library:
    """Return the list with a paper renamed, or merged into the paper that already has the new id."""
    papers = {paper.id: paper for paper in library.papers}
    papers[new] = replace(papers.get(new, papers[old]), id=new, replaces=(old,))
    return replace(library, papers=tuple(paper for name, paper in papers.items() if name != old))


def asked(toy: Library, **least: Any) -> Library:
    """Return the toy list with these minimum scores."""
    return replace(toy, site=replace(toy.site, standard=Standard(**least)))


@pytest.fixture
def small(content: Path) -> Path:
    """Return a copy of the toy list with judgments for a few papers."""
    (content / "judgments/search.yml").write_text(
        "# What readers type.\n"
        "- query: wasserstein gan\n  kind: known item\n  grades: {wasserstein-gan: 3}\n"
        f"- query: inception scor\n  kind: misspelt\n  grades: {{{NOTE}: 3, {TECHNIQUES}: 1}}\n"
    )
    (content / "judgments/related.yml").write_text(
        f"- paper: {NOTE}\n  grades: {{{TECHNIQUES}: 3, wasserstein-gan: 1}}\n"
        f"- paper: {TECHNIQUES}\n  grades: {{{NOTE}: 3, wasserstein-gan: 2}}\n"
    )
    return content


def test_judgments_are_read(small: Path) -> None:
    library, problems = load(small, {})
    assert problems == []
    assert library.judgments.search[0] == JudgedQuery("wasserstein gan", {"wasserstein-gan": 3}, "known item")
    assert library.judgments.related[0] == JudgedPaper(NOTE, {TECHNIQUES: 3, "wasserstein-gan": 1})
    assert current_judgments(library) == library.judgments
    assert list(judgment_warnings(library)) == []


def test_judgments_follow_a_paper_to_its_new_id(toy: Library) -> None:
    changed = renamed(renamed(judged(toy, {NOTE: 3, TECHNIQUES: 1}, {TECHNIQUES: 2}), NOTE, "note"), TECHNIQUES, "ways")
    assert current_judgments(changed) == Judgments(
        (JudgedQuery("inception score", {"note": 3, "ways": 1}, "topic"),), (JudgedPaper("note", {"ways": 2}),)
    )
    assert list(judgment_warnings(changed)) == []


def test_of_merged_papers_the_best_grade_counts(toy: Library) -> None:
    both = Judgments(
        search=(JudgedQuery("q", {NOTE: 1, TECHNIQUES: 3}),),
        related=(JudgedPaper(NOTE, {TECHNIQUES: 3, "tr0n": 1}), JudgedPaper(TECHNIQUES, {NOTE: 3, "tr0n": 2})),
    )
    assert current_judgments(renamed(replace(toy, judgments=both), NOTE, TECHNIQUES)) == Judgments(
        (JudgedQuery("q", {TECHNIQUES: 3}),), (JudgedPaper(TECHNIQUES, {"tr0n": 2}),)
    )


def test_what_is_gone_is_left_out_and_warned_of_once(small: Path) -> None:
    gone = without(load(small, {})[0], TECHNIQUES)
    left = current_judgments(gone)
    assert [dict(one.grades) for one in left.search] == [{"wasserstein-gan": 3}, {NOTE: 3}]
    assert left.related == (JudgedPaper(NOTE, {"wasserstein-gan": 1}),)
    assert [(one.place.removeprefix(f"{small}/"), one.message) for one in sorted(judgment_warnings(gone))] == [
        (
            "judgments/related.yml:3:10",
            f'paper "{TECHNIQUES}" is not on the list; 2 judgments that name it are left out',
        ),
        (
            "judgments/search.yml:7:44",
            f'paper "{TECHNIQUES}" is not on the list; the judgment that names it is left out',
        ),
    ]
    assert all(one.warning for one in judgment_warnings(gone))


def test_a_score_says_how_many_judgments_are_left_out(small: Path) -> None:
    library, _ = load(small, {})
    library = replace(library, papers=tuple(replace(paper, relations=()) for paper in library.papers), paths=())
    gone, merged = without(library, TECHNIQUES), renamed(library, NOTE, TECHNIQUES)
    for changed, notes in ((library, ""), (gone, " (1 left out)"), (merged, "")):
        assert str(list_scores(changed)[0][0]).partition(" judged ")[2] == f"paper{'s' * (changed is library)}{notes}"


def test_a_judgment_with_nothing_left_does_not_count(toy: Library) -> None:
    gone = without(judged(toy, {NOTE: 3}, {NOTE: 2}), NOTE)
    assert current_judgments(gone) == Judgments()
    assert list_scores(gone) == ([], [])


def test_retired_papers_say_why_their_judgments_are_left_out(toy: Library) -> None:
    paper = next(paper for paper in toy.papers if paper.id == TECHNIQUES)
    retired = (*toy.retired, replace(paper, retired="It was a draft.", replaces=("old-name",)))
    gone = replace(judged(without(toy, TECHNIQUES), {"old-name": 1}), retired=retired)
    assert [warning.message for warning in judgment_warnings(gone)] == [
        'paper "old-name" is retired: It was a draft.; the judgment that names it is left out'
    ]


def test_what_is_left_out_is_a_warning_of_check(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (small / "judgments/search.yml").open("a") as file:
        file.write("- {query: nothing, grades: {nowhere: 3}}\n")
    assert main(["check", "--content", str(small)]) == 0
    assert 'search.yml:8:29: warning: paper "nowhere" is not on the list; the judg' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("ranking", "score"),
    [(["a", "b"], 1.0), (["b", "a"], 0.7967), (["x", "a", "b"], 0.6590), ([], 0.0), (list("vwxyzab"), 0.0)],
)
def test_ndcg(ranking: list[str], score: float) -> None:
    assert ndcg(ranking, {"a": 3, "b": 1}, 5) == pytest.approx(score, abs=1e-4)


def test_nothing_to_find_is_no_score() -> None:
    assert ndcg(["a"], {}, 5) == 0


def test_papers_that_nobody_judged_do_not_count() -> None:
    assert condensed_ranking(["new", "a", "newer", "b"], frozenset({"new", "newer"}), {"newer": 1}) == [
        "a",
        "newer",
        "b",
    ]


def test_papers_added_after_the_judgments_change_no_score(toy: Library) -> None:
    """A copy of the best paper would rank in its place, but is ignored as long as it is not judged."""
    listed = judged(asked(toy, judged="2026-11-24"), {NOTE: 3}, {TECHNIQUES: 3})
    copies = tuple(
        replace(paper, id=f"aaa-{number}", title=f"{paper.title} {number}", added="2026-11-25")
        for paper in toy.papers
        if paper.id in (NOTE, TECHNIQUES)
        for number in range(2)
    )
    more = replace(listed, papers=(*copies, *toy.papers))
    now, then = current_judgments(more), current_judgments(listed)
    assert related_scores(more, now.related) == pytest.approx(related_scores(listed, then.related))
    assert search_scores(more, now.search) == pytest.approx(search_scores(listed, then.search))
    old = replace(more, papers=tuple(replace(paper, added="2026-11-24") for paper in more.papers))
    assert related_scores(old, current_judgments(old).related) < related_scores(more, current_judgments(more).related)


def test_the_related_papers_are_those_of_the_pages(toy: Library) -> None:
    links = [link.id for link in relate(toy)[NOTE]]
    assert related_scores(judged(toy, papers={links[0]: 3}), (JudgedPaper(NOTE, {links[0]: 3}),)) == [1.0]
    assert related_scores(toy, (JudgedPaper(NOTE, {"nowhere": 3}),)) == [0.0]


def test_search_is_that_of_the_pages(toy: Library, chromium: Browser, address: str) -> None:
    queries = ["gan", "inception scor", "how do you judge a picture", "transformr geometry"]
    answers = search_answers(toy, queries)
    assert all(answers)
    for query, answer in zip(queries, answers, strict=True):
        with visit(chromium, address, f"browse/?q={query}") as page:
            page.wait_for_function(f"() => document.querySelector('[data-results]').dataset.results === {query!r}")
            found = page.locator("[data-results] [data-paper]").evaluate_all(TOP_RESULTS)
        assert found == answer[:10]


def test_readers_find_what_they_look_for(toy: Library) -> None:
    """The scores of the engine on the toy list, which reveal changes of its ranking."""
    assert mean(search_scores(toy, toy.judgments.search)) >= 0.96
    assert mean(related_scores(toy, toy.judgments.related)) >= 0.74
    assert all(search_answers(toy, [one.query for one in toy.judgments.search]))


def test_curation_is_what_makes_related_papers_fit(toy: Library) -> None:
    papers = (replace(paper, tags=(), relations=(), summary=None, why=None) for paper in toy.papers)
    assert mean(related_scores(replace(toy, papers=tuple(papers)), toy.judgments.related)) < 0.6


def test_scores_are_printed_and_too_low_ones_are_problems(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (content / "site.yml").open("a") as site:
        site.write("standard:\n  search_least: 0.01\n  search_least_by_kind: {misspelt: 1}\n  related_least: 1.0\n")
    (content / "judgments/search.yml").write_text(
        "- {query: wasserstein gan, kind: known item, grades: {wasserstein-gan: 3}}\n"
        f"- {{query: wasserstein gann, kind: misspelt, grades: {{wasserstein-gan: 1, {NOTE}: 3}}}}\n"
    )
    (content / "judgments/related.yml").write_text(f"- {{paper: {NOTE}, grades: {{tr0n: 3, {TECHNIQUES}: 1}}}}\n")
    assert main(["measure", "--content", str(content)]) == 1
    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    assert lines[0].startswith("related papers: nDCG@5 0.")
    assert lines[0].endswith(" on 1 judged paper (at least 1.0)")
    assert lines[1].endswith(" on 2 judged queries (at least 0.01)")
    assert lines[2] == "search, known item: nDCG@10 1.000 on 1 judged query"
    assert lines[3].endswith(" on 1 judged query (at least 1)")
    place, message = lines[4].split(": ", 1)
    assert Path(place.split(":")[0]).name == "site.yml"
    assert place.endswith(
        f":{(content / 'site.yml').read_text().split('  search_least_by_kind')[0].count(chr(10)) + 1}:26"
    )
    assert message.endswith("and this list asks for at least 1")
    assert printed.err == "2 problems\n"


def test_a_list_without_judgments_has_no_scores(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file in (content / "judgments").iterdir():
        file.unlink()
    with (content / "site.yml").open("a") as site:
        site.write("standard: {search_least: 1, search_least_by_kind: {topic: 1}, related_least: 1}\n")
    assert main(["measure", "--content", str(content)]) == 0
    (content / "judgments").rmdir()
    assert main(["measure", "--content", str(content)]) == 0
    assert capsys.readouterr().out == ""


def test_a_search_that_cannot_be_measured_is_a_problem(
    toy: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    scores, problems = list_scores(toy)
    assert [score.name for score in scores] == ["related papers"]
    assert [problem.message for problem in problems] == [
        "search cannot be measured: there is no Node.js here: run make check, which installs it"
    ]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("node:internal\nError [ERR_MODULE_NOT_FOUND]: Cannot find package 'stemmer'\n", "its engine is not complete"),
        ("file:///engine.js:3\n\nTypeError: list is not iterable\n    at here\n", "its engine failed: TypeError: list"),
        ("killed", "its engine failed: killed"),
    ],
)
def test_why_an_engine_fails_is_one_line(
    said: str, reason: str, toy: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = tmp_path / "node"
    node.write_text(f"#!/bin/sh\n/bin/cat >/dev/null\n/bin/echo '{said}' >&2\nexit 1\n".replace("'stemmer'", "stemmer"))
    node.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ChildProcessError, match=reason):
        search_answers(toy, ["gan"])


def test_the_content_is_measured_before_its_scores(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / "judgments/search.yml").write_text("- {query: gan, grades: {tr0n: good}}\n")
    assert main(["measure", "--content", str(content)]) == 1
    assert "judgments/search.yml:1:31: expected a whole number from 0 to 10" in capsys.readouterr().out


def test_judgments_are_no_part_of_decisions(small: Path) -> None:
    before = (small / "judgments/related.yml").read_bytes()
    assert main(["rename", "paper", NOTE, "note", "--content", str(small)]) == 0
    assert (small / "judgments/related.yml").read_bytes() == before
    library, problems = load(small, {})
    assert problems == []
    assert [one.paper for one in current_judgments(library).related] == ["note", TECHNIQUES]

"""Renaming, merging and retiring: all files follow, nothing else in them changes, and old addresses lead on."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from sites import ROOT

from generator.__main__ import main
from generator.check import check
from generator.curate.edit import parsed, replaced, with_items, with_key, with_value, without
from generator.curate.govern import Decision, governed
from generator.load import load
from generator.model import Library
from generator.relate import relate
from generator.render import render
from generator.write import change

TOY = Path(__file__).parent / "toy"
AN_ID = "expected an id of at most 100 lower-case letters, digits and hyphens, found"
Decide = Callable[..., list[str]]
DECISIONS = [
    Decision("rename", "term", "gan", "adversarial-network"),
    Decision("merge", "term", "image", "neuron"),
    Decision("merge", "term", "evaluation", "neuron"),
    Decision("retire", "term", "image", because="too wide: name the task"),
    Decision("rename", "category", "generators", "adversarial-training"),
    Decision("merge", "category", "generators", "explanations"),
    Decision("rename", "paper", "wasserstein-gan", "wgan"),
    Decision("merge", "paper", "wasserstein-gan", "improved-techniques-for-training-gans"),
    Decision("retire", "paper", "wasserstein-gan", because="superseded by a later version"),
]


def texts_of(content: Path) -> dict[str, str]:
    files = (file for file in sorted(content.rglob("*")) if file.is_file())
    return {file.relative_to(content).as_posix(): file.read_bytes().decode() for file in files}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(TOY, tmp_path / "content")
    return tmp_path / "content"


@pytest.fixture
def decide(content: Path, capsys: pytest.CaptureFixture[str]) -> Decide:
    def decided(*words: str) -> list[str]:
        main([*words, "--content", str(content)])
        return capsys.readouterr().out.splitlines()

    return decided


def kept(before: Mapping[str, str], after: Mapping[str, str], word: str) -> None:
    """Every line without the word is there in both, in the same order."""
    for name, text in before.items():
        if name in after:
            lines = [line for line in text.splitlines(keepends=True) if word not in line and "replaces" not in line]
            rest = iter(after[name].splitlines(keepends=True))
            assert all(line in rest for line in lines), name


def applied(decision: Decision, content: Path, steps: int | None = None) -> None:
    """Carries out a decision, or the first steps of it, as a run that is killed does."""
    library, problems = load(content, {})
    assert problems == []
    changes, problems = governed(library, texts_of(content), decision)
    assert problems == []
    change(changes[:steps], content)


def named(value: object) -> str | None:
    return f"{value.act}-{value.kind}" if isinstance(value, Decision) else None


@pytest.mark.parametrize("decision", DECISIONS, ids=named)
def test_all_files_follow_and_the_rest_of_them_stays(decision: Decision, content: Path) -> None:
    before = texts_of(content)
    applied(decision, content)
    library, problems = load(content, {})
    told = [problem.message for problem in problems + check(library)]
    assert told == (["expected at least two steps"] if named(decision) == "retire-paper" else [])
    if decision.act == "rename":
        kept(before, texts_of(content), decision.old)
        assert render(library, relate(library))


@pytest.mark.parametrize("decision", DECISIONS, ids=named)
def test_a_run_cut_short_says_so_and_is_finished_by_the_same_command(decision: Decision, content: Path) -> None:
    library, _ = load(content, {})
    changes, _ = governed(library, texts_of(content), decision)
    applied(decision, content)
    whole = texts_of(content)
    for steps in range(1, len(changes)):
        shutil.rmtree(content)
        shutil.copytree(TOY, content)
        applied(decision, content, steps)
        library, problems = load(content, {})
        assert problems + check(library), f"nobody would notice that {steps} of {len(changes)} files follow"
        applied(decision, content)
        assert texts_of(content) == whole
    applied(decision, content)
    assert texts_of(content) == whole


def pages_after(decision: Decision, content: Path) -> Mapping[str, str]:
    applied(decision, content)
    library, _ = load(content, {})
    return render(library, relate(library))


@pytest.mark.parametrize(
    ("decision", "old", "new"),
    [
        (DECISIONS[0], "tags/gan.md", "../../tags/adversarial-network/"),
        (DECISIONS[1], "tags/image.md", "../../tags/neuron/"),
        (DECISIONS[4], "categories/generators.md", "../../categories/adversarial-training/"),
        (DECISIONS[5], "categories/generators.md", "../../categories/explanations/"),
        (DECISIONS[6], "papers/wasserstein-gan.md", "../../papers/wgan/"),
        (DECISIONS[7], "papers/wasserstein-gan.md", "../../papers/improved-techniques-for-training-gans/"),
    ],
    ids=named,
)
def test_old_addresses_lead_on(decision: Decision, old: str, new: str, content: Path) -> None:
    assert f'redirect: "{new}"' in pages_after(decision, content)[old]


def test_older_addresses_lead_on_too(content: Path) -> None:
    applied(Decision("rename", "paper", "wasserstein-gan", "wgan"), content)
    pages = pages_after(Decision("rename", "paper", "wgan", "w-gan"), content)
    assert all('redirect: "../../papers/w-gan/"' in pages[f"papers/{old}.md"] for old in ("wgan", "wasserstein-gan"))
    assert (
        'redirect: "../../tags/adversarial-network/"' in pages_after(DECISIONS[0], content)["tags/adversarial-net.md"]
    )


def test_a_retired_paper_keeps_its_address_and_says_why(content: Path) -> None:
    pages = pages_after(DECISIONS[-1], content)
    assert "superseded by a later version" in pages["papers/wasserstein-gan.md"]
    assert "wasserstein-gan" not in pages["browse.md"] + pages["index.md"] + pages["categories/generators.md"]
    assert "Start with Wasserstein GAN; then" in (content / "categories.yml").read_text()


def test_a_retired_paper_cannot_come_back_unseen(content: Path) -> None:
    applied(DECISIONS[-1], content)
    shutil.copy(TOY / "papers/wasserstein-gan.yml", content / "papers/new.yml")
    library, _ = load(content, {})
    told = [str(problem) for problem in check(library)]
    reason = "which is retired: superseded by a later version"
    assert f'{content}/papers/new.yml:7:8: arXiv id "1701.07875" is that of wasserstein-gan.yml, {reason}' in told


def test_what_the_command_says(decide: Decide, content: Path) -> None:
    assert decide("rename", "paper", "tr0n", "translator-networks") == [
        f"new  {content}/papers/translator-networks.yml",
        f"changed  {content}/pages/about.md",
        f"deleted  {content}/papers/tr0n.yml",
    ]
    assert decide("retire", "paper", "note-on-the-inception-score", "withdrawn")[-1] == (
        f"{content}/paths/another-way.yml:7:3: expected at least two steps"
    )


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("rename term gam x", 'vocabulary.yml:1:1: unknown term "gam", did you mean "gan"?'),
        ("rename term gan image", 'vocabulary.yml:1:1: the term "image" is there already: merge them'),
        ("rename term image adversarial-net", 'vocabulary.yml:1:1: the id "adversarial-net" was that of another term'),
        ("rename term gan Gan", f'vocabulary.yml:1:1: {AN_ID} "Gan"'),
        ("rename paper tr0n index", f'papers/tr0n.yml:1:1: {AN_ID} "index"'),
        ("rename paper tr0n ../tr0n", f'papers/tr0n.yml:1:1: {AN_ID} "../tr0n"'),
        ("rename term gan gan", 'vocabulary.yml:1:1: the term "gan" cannot take its own place'),
        ("merge term gan gna", 'vocabulary.yml:1:1: unknown term "gna", did you mean "gan"?'),
        (
            "merge term gan loudness",
            'vocabulary.yml:1:1: term "loudness" is retired: no paper here makes a sound; use "evaluation".',
        ),
        ("merge term evaluation gan", "vocabulary.yml:1:1: narrower terms cannot follow into another facet: neuron"),
        (
            "retire term evaluation because",
            'vocabulary.yml:1:1: "evaluation" has narrower terms, neuron: retire or merge them first',
        ),
        (
            "retire paper ../../tr0n because",
            'papers/../../tr0n.yml:1:1: unknown paper "../../tr0n"',
        ),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(words: str, fault: str, decide: Decide, content: Path) -> None:
    before = texts_of(content)
    assert [line.removeprefix(f"{content}/") for line in decide(*words.split())] == [fault]
    assert texts_of(content) == before


def test_a_shelf_with_papers_cannot_be_retired(decide: Decide) -> None:
    told = decide("retire", "category", "explanations", "too few")[0]
    assert "view-based-explanations-for-graph-neural: merge it into another, or move them first" in told


def test_an_empty_reason_is_refused(decide: Decide, content: Path) -> None:
    for reason in ("", " ", "two\nlines"):
        assert decide("retire", "term", "image", reason)[0].endswith("expected a reason of one line")
    assert decide("retire", "category", "empty", 'nobody: "needs" it # now') == [f"changed  {content}/categories.yml"]
    assert 'retired: "nobody: \\"needs\\" it # now"' in (content / "categories.yml").read_text()


def test_the_real_list_follows(library: Library, tmp_path: Path) -> None:
    shutil.copytree(TOY.parent.parent / "content", tmp_path / "content")
    before = texts_of(tmp_path / "content")
    applied(Decision("rename", "term", "gan", "adversarial-net"), tmp_path / "content")
    renamed, problems = load(tmp_path / "content", {})
    assert problems + check(renamed) == []
    assert sum("adversarial-net" in paper.tags for paper in renamed.papers) == sum(
        "gan" in p.tags for p in library.papers
    )
    kept(before, texts_of(tmp_path / "content"), "gan")


def test_two_at_once_both_take_place(content: Path) -> None:
    decisions = (["rename", "term", "gan", "adversarial-network"], ["rename", "paper", "wasserstein-gan", "wgan"],
                 ["merge", "term", "image", "neuron"], ["rename", "category", "generators", "makers"])  # fmt: skip
    command: list[str | Path] = [sys.executable, "-m", "generator"]
    running = [subprocess.Popen([*command, *words, "--content", content], cwd=ROOT) for words in decisions]
    assert [process.wait() for process in running] == [0] * len(decisions)
    library, problems = load(content, {})
    assert problems + check(library) == []
    paper = next(paper for paper in library.papers if paper.id == "wgan")
    assert (paper.category, paper.tags) == ("makers", ("adversarial-network", "neuron"))
    assert not list(content.rglob("*.part"))


LAID_OUT = """\
# first
tags: [a, "b",  c] # flow
list:   # a block

  - one   # mine
  # about two
  - two

  - - nested
    - deep
keys: {x: 1, y: 2}
text: |-
  kept  as it is

last: 'q'"""


@pytest.mark.parametrize(
    ("edited", "old", "new"),
    [
        (lambda text: replaced(text, ("tags", 1), "z"), '"b"', '"z"'),
        (lambda text: replaced(text, ("last",), "z"), "'q'", "'z'"),
        (lambda text: without(text, ("tags", 0)), '[a, "b",  c]', '["b",  c]'),
        (lambda text: without(text, ("tags", 2)), '[a, "b",  c]', '[a, "b"]'),
        (lambda text: without(text, ("list", 0)), "  - one   # mine\n", ""),
        (lambda text: without(text, ("list", 1)), "  - two\n", ""),
        (lambda text: without(text, ("list", 2, 0)), "  - - nested\n    - deep", "  - - nested\n    - deep"),
        (lambda text: without(text, ("keys", "y")), "{x: 1, y: 2}", "{x: 1}"),
        (lambda text: without(text, ("text",)), "text: |-\n  kept  as it is\n\n", ""),
        (lambda text: with_items(text, ("tags",), ["d", "e: f"], ()), "  c]", '  c, d, "e: f"]'),
        (lambda text: with_items(text, ("list",), ["three"], ()), "    - deep\n", "    - deep\n  - three\n"),
        (lambda text: with_items(text, ("more",), ["no"], ("keys",)), "y: 2}\n", 'y: 2}\nmore: ["no"]\n'),
        (lambda text: with_key(text, ("more",), "1", ()), "last: 'q'", "last: 'q'\nmore: 1\n"),
        (lambda text: with_value(text, ("tags",), ["z"], ()), '[a, "b",  c]', "[z]"),
    ],
)  # fmt: skip
def test_an_edit_touches_nothing_else(edited: Callable[[str], str], old: str, new: str) -> None:
    if "nested" in old:
        assert "nested" not in edited(LAID_OUT)
        return
    assert LAID_OUT.count(old) == 1
    expected = LAID_OUT.replace(old, new)
    assert edited(LAID_OUT) == expected
    assert parsed(expected)
    windows = LAID_OUT.replace("\n", "\r\n")
    assert edited(windows) == expected.replace("\n", "\r\n")
    assert edited(f"\ufeff{LAID_OUT}") == f"\ufeff{expected}"

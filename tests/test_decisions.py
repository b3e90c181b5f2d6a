"""Renaming, merging, and retiring: all references are updated, nothing else changes, and old addresses redirect."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from sites import ROOT, TOY

from generator.checks.rules import check
from generator.cli import main
from generator.content.loader import load
from generator.content.model import Library
from generator.curate.decisions.decisions import PAGE_FOLDERS, Decision, EntryKind, entries_by_id, plan_changes
from generator.curate.decisions.losses import split_sentences
from generator.curate.decisions.yaml_edit import (
    add_key,
    add_list_items,
    parse_yaml,
    remove_node,
    replace_scalar,
    set_flow_list,
)
from generator.output.write import change_files
from generator.related.relate import relate
from generator.search.data import list_columns
from generator.site.catalogue import build_catalogue
from generator.site.render import render_site

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
def decide(content: Path, capsys: pytest.CaptureFixture[str]) -> Decide:
    def run(*words: str) -> list[str]:
        main([*words, "--content", str(content)])
        return capsys.readouterr().out.splitlines()

    return run


def assert_other_lines_stay(before: Mapping[str, str], after: Mapping[str, str], word: str) -> None:
    """Assert that every line without the word is kept, in the same order."""
    for name, text in before.items():
        if name in after:
            lines = [line for line in text.splitlines(keepends=True) if word not in line and "replaces" not in line]
            rest = iter(after[name].splitlines(keepends=True))
            assert all(line in rest for line in lines), name


def apply_decision(decision: Decision, content: Path, steps: int | None = None) -> None:
    """Carry out a decision, or only its first steps, as if the run had been killed."""
    library, problems = load(content, {})
    assert problems == []
    changes, problems = plan_changes(library, texts_of(content), decision)
    assert problems == []
    change_files(changes[:steps], content)


def decision_name(value: object) -> str | None:
    return f"{value.act}-{value.kind}" if isinstance(value, Decision) else None


@pytest.mark.parametrize("decision", DECISIONS, ids=decision_name)
def test_all_files_follow_and_the_rest_of_them_stays(decision: Decision, content: Path) -> None:
    before = texts_of(content)
    apply_decision(decision, content)
    library, problems = load(content, {})
    messages = [problem.message for problem in problems + check(library)]
    assert messages == (["expected at least two steps"] if decision_name(decision) == "retire-paper" else [])
    if decision.act == "rename":
        assert_other_lines_stay(before, texts_of(content), decision.old)
        assert render_site(library, relate(library))


@pytest.mark.parametrize("decision", DECISIONS, ids=decision_name)
def test_a_run_cut_short_says_so_and_is_finished_by_the_same_command(decision: Decision, content: Path) -> None:
    library, _ = load(content, {})
    changes, _ = plan_changes(library, texts_of(content), decision)
    apply_decision(decision, content)
    whole = texts_of(content)
    for steps in range(1, len(changes)):
        shutil.rmtree(content)
        shutil.copytree(TOY, content)
        apply_decision(decision, content, steps)
        library, problems = load(content, {})
        assert problems + check(library), f"nobody would notice that {steps} of {len(changes)} files follow"
        apply_decision(decision, content)
        assert texts_of(content) == whole
    apply_decision(decision, content)
    assert texts_of(content) == whole


def pages_after(decision: Decision, content: Path) -> Mapping[str, str]:
    apply_decision(decision, content)
    library, _ = load(content, {})
    return render_site(library, relate(library))


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
    ids=decision_name,
)
def test_old_addresses_lead_on(decision: Decision, old: str, new: str, content: Path) -> None:
    assert f'redirect: "{new}"' in pages_after(decision, content)[old]


def test_older_addresses_lead_on_too(content: Path) -> None:
    apply_decision(Decision("rename", "paper", "wasserstein-gan", "wgan"), content)
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


def moved_and_retired(content: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Return what search is told of papers: the ids that lead to others, and why papers are retired."""
    library, _ = load(content, {})
    catalogue = build_catalogue(library, {})
    columns = list_columns(catalogue, catalogue.library.papers)
    return columns["moved"]["paper"], columns["retired"]


def test_search_is_told_where_papers_went(content: Path) -> None:
    before, retired = moved_and_retired(content)
    assert before == {"nucleus-sampling": "curious-case-of-neural-text-degeneration"}
    assert retired == {"show-and-tell": 'nobody here asks for captions any more; read "Gemini".'}
    apply_decision(Decision("rename", "paper", "wasserstein-gan", "wgan"), content)
    apply_decision(Decision("rename", "paper", "wgan", "w-gan"), content)
    apply_decision(Decision("merge", "paper", "tr0n", "gan-dissection"), content)
    apply_decision(Decision("rename", "paper", "gan-dissection", "dissection"), content)
    moved, _ = moved_and_retired(content)
    assert moved == before | dict.fromkeys(("wasserstein-gan", "wgan"), "w-gan") | dict.fromkeys(
        ("tr0n", "gan-dissection"), "dissection"
    )
    apply_decision(Decision("retire", "paper", "w-gan", because="superseded"), content)
    moved, after = moved_and_retired(content)
    assert moved["wasserstein-gan"] == "w-gan"  # whose page says why
    assert after == retired | {"w-gan": "superseded"}


def test_a_retired_paper_cannot_come_back_unseen(content: Path) -> None:
    apply_decision(DECISIONS[-1], content)
    shutil.copy(TOY / "papers/wasserstein-gan.yml", content / "papers/new.yml")
    library, _ = load(content, {})
    messages = [str(problem) for problem in check(library)]
    reason = "which is retired: superseded by a later version"
    assert f'{content}/papers/new.yml:7:8: arXiv id "1701.07875" is that of wasserstein-gan.yml, {reason}' in messages


def test_what_the_command_says(decide: Decide, content: Path) -> None:
    assert decide("rename", "paper", "tr0n", "translator-networks") == [
        f"new  {content}/papers/translator-networks.yml",
        f"changed  {content}/papers/stylegan-nada.yml",
        f"changed  {content}/pages/about.md",
        f"deleted  {content}/papers/tr0n.yml",
    ]
    assert decide("retire", "paper", "note-on-the-inception-score", "withdrawn")[-1] == (
        f"{content}/paths/another-way.yml:7:3: expected at least two steps"
    )


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("rename term gam x", 'vocabulary.yml: unknown term "gam", did you mean "gan"?'),
        ("rename term gan image", 'vocabulary.yml: the term "image" exists already: merge the two'),
        ("rename term image adversarial-net", 'vocabulary.yml: the id "adversarial-net" belonged to another term'),
        ("rename term gan Gan", f'vocabulary.yml: {AN_ID} "Gan"'),
        (
            "rename paper tr0n index",
            'papers/tr0n.yml: the address "papers/index" is taken by the page of all papers: choose another id',
        ),
        ("rename term gan aux", 'vocabulary.yml: Windows cannot store a file named "aux": choose another id'),
        ("rename paper tr0n ../tr0n", f'papers/tr0n.yml: {AN_ID} "../tr0n"'),
        ("rename term gan gan", 'vocabulary.yml: expected another id than "gan", which it is already'),
        ("merge term gan gna", 'vocabulary.yml: unknown term "gna", did you mean "gan"?'),
        (
            "merge term gan loudness",
            'vocabulary.yml: term "loudness" is retired: no paper here makes a sound; use "evaluation".',
        ),
        ("merge term evaluation gan", "vocabulary.yml: narrower terms cannot move to another facet: neuron"),
        (
            "retire term evaluation because",
            'vocabulary.yml: "evaluation" has narrower terms, neuron: retire or merge them first',
        ),
        (
            "retire paper ../../tr0n because",
            'papers/../../tr0n.yml: unknown paper "../../tr0n"',
        ),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(words: str, fault: str, decide: Decide, content: Path) -> None:
    before = texts_of(content)
    assert [line.removeprefix(f"{content}/") for line in decide(*words.split())] == [fault]
    assert texts_of(content) == before


def test_a_shelf_with_papers_cannot_be_retired(decide: Decide) -> None:
    lines = decide("retire", "category", "explanations", "too few")[0]
    assert "view-based-explanations-for-graph-neural: merge it into another shelf, or move them first" in lines


def test_an_empty_reason_is_refused(decide: Decide, content: Path) -> None:
    for reason in ("", " ", "two\nlines", "a\x07b", "a\u202eb", "a\ud800b"):
        assert "expected a reason of one line" in decide("retire", "term", "image", reason)[0]
    assert decide("retire", "category", "empty", 'nobody: "needs" it # now') == [f"changed  {content}/categories.yml"]
    assert 'retired: "nobody: \\"needs\\" it # now"' in (content / "categories.yml").read_text()


def test_every_tag_follows(toy: Library, content: Path) -> None:
    before = texts_of(content)
    apply_decision(Decision("rename", "term", "gan", "adversarial-net"), content)
    renamed, problems = load(content, {})
    assert problems + check(renamed) == []
    assert sum("adversarial-net" in paper.tags for paper in renamed.papers) == sum("gan" in p.tags for p in toy.papers)
    assert_other_lines_stay(before, texts_of(content), "gan")


@pytest.mark.parametrize("kind", ["term", "category", "paper"])
@pytest.mark.parametrize(
    "words", [("rename", "", "new"), ("merge", "", "x"), ("merge", "gan", ""), ("retire", "", "x")]
)
def test_no_id_is_no_id(kind: str, words: tuple[str, str, str], decide: Decide, content: Path) -> None:
    before = texts_of(content)
    assert decide(words[0], kind, *words[1:])[0].split(".yml: ")[1] in (
        "expected an id, found nothing",
        f'unknown {kind} "gan"',
    )
    assert texts_of(content) == before


def test_an_id_can_come_back(decide: Decide, content: Path) -> None:
    before = texts_of(content)
    for kind, old in (("term", "gan"), ("category", "generators"), ("paper", "wasserstein-gan")):
        for _ in range(2):
            decide("rename", kind, old, "new")
            decide("rename", kind, "new", old)
    assert main(["check", "--content", str(content)]) == 0
    after = texts_of(content)
    assert "replaces: [adversarial-net, new]" in after["vocabulary.yml"]
    line = "replaces: [wasserstein-gan, new]\n"
    assert after["papers/wasserstein-gan.yml"].replace(line, "") == before["papers/wasserstein-gan.yml"]
    assert line in after["papers/wasserstein-gan.yml"]


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("rename paper wasserstein-gan wgan", "[wgan, tr0n]"),
        ("merge paper wasserstein-gan gan-inversion", "[gan-inversion, tr0n]"),
        ("merge paper wasserstein-gan tr0n", "[tr0n]"),
        ("merge paper wasserstein-gan gan-dissection", "[tr0n]"),
        ("retire paper tr0n withdrawn", "[wasserstein-gan]"),
    ],
)
def test_papers_that_are_named_as_others_follow(words: str, left: str, decide: Decide, content: Path) -> None:
    file = content / "papers/gan-dissection.yml"
    before = file.read_text()
    file.write_text(before.replace("\ncategory:", "\ndistinct_from: [wasserstein-gan, tr0n]\ncategory:"))
    decide(*words.split())
    assert f"\ndistinct_from: {left}\n" in file.read_text()


def test_chains_of_merges_name_each_id_once(decide: Decide, content: Path) -> None:
    decide("rename", "paper", "tr0n", "tron")
    decide("merge", "paper", "tron", "wasserstein-gan")
    decide("merge", "paper", "wasserstein-gan", "gan-dissection")
    line = "replaces: [gan-dissection, wasserstein-gan, tron, tr0n]"
    assert line in (content / "papers/gan-dissection.yml").read_text()


@pytest.mark.parametrize("kind", ["paper", "category", "term"])
def test_the_first_id_stays_first(kind: EntryKind, decide: Decide, content: Path) -> None:
    ids_by_kind: Mapping[EntryKind, tuple[str, str]] = {
        "paper": ("gan-dissection", "tr0n"),
        "category": ("generators", "explanations"),
        "term": ("image", "neuron"),
    }
    one, other = ids_by_kind[kind]

    def replaces(name: str) -> tuple[str, ...]:
        library, problems = load(content, {})
        assert problems + check(library) == []
        return entries_by_id(library, kind)[name].replaces

    for words, name, ids in (
        (("rename", one, "b"), "b", (one,)),
        (("rename", "b", "c"), "c", (one, "b")),
        (("rename", "c", "b"), "b", (one, "c")),
        (("rename", "b", one), one, (one, "c", "b")),
        (("rename", one, "c"), "c", (one, "b")),
        (("merge", "c", other), other, (other, "c", one, "b")),
        (("rename", other, "d"), "d", (other, "c", one, "b")),
        (("rename", "d", other), other, (other, "c", one, "b", "d")),
        (("rename", other, other), other, (other, "c", one, "b", "d")),
    ):
        decide(words[0], kind, *words[1:])
        assert replaces(name) == ids, words
    library, _ = load(content, {})
    folder = PAGE_FOLDERS[kind]
    pages = render_site(library, relate(library))
    assert [name for name in ids if "redirect:" not in pages[f"{folder}/{name}.md"]] == [other]


def test_what_a_merge_leaves_behind_is_listed(decide: Decide) -> None:
    lines = decide("merge", "paper", "wasserstein-gan", "gan-dissection")[-1]
    assert lines.startswith("left behind, as gan-dissection has its own or none: authors, abstract, ")
    assert "arxiv" in lines
    assert "introduction" in decide("merge", "category", "generators", "explanations")[-1]
    assert decide("merge", "category", "generators", "explanations") == ["Nothing is to be changed."]


def test_a_merge_takes_over_names_and_what_they_cover(decide: Decide, content: Path) -> None:
    decide("merge", "term", "vision-language-model", "gan")
    decide("merge", "paper", "analyzing-and-improving-the-image-quality", "wasserstein-gan")
    library, _ = load(content, {})
    term = next(term for term in library.terms if term.id == "gan")
    assert term.aliases == ("GAN", "GANs", "Vision–language model", "VLM")
    assert term.covers == ("CLIP", "FLAVA")
    paper = next(paper for paper in library.papers if paper.id == "wasserstein-gan")
    assert paper.aliases == ("StyleGAN2", "StyleGAN v2")
    assert paper.introduces == ("path length regularization",)


def test_a_merge_leaves_out_tags_that_are_implied(decide: Decide, content: Path) -> None:
    decide("merge", "term", "transformer", "large-language-model")
    library, problems = load(content, {})
    tags = {paper.id: paper.tags for paper in library.papers}
    assert "language-model" not in tags["primer-on-the-inner-workings"]
    assert "large-language-model" in tags["primer-on-the-inner-workings"]
    assert [*problems, *check(library)] == []


def test_retiring_a_paper_lists_what_it_takes_away(decide: Decide, content: Path) -> None:
    step = "  - {paper: improved-techniques-for-training-gans, because: It is old.}\n"
    file = content / "paths/another-way.yml"
    file.write_text(file.read_text("utf-8") + step, "utf-8")
    lines = decide("retire", "paper", "wasserstein-gan", "superseded by a later version")
    start = lines.index("removed with wasserstein-gan (still in git's history):")
    for line in (
        '  path steps (2): paths/first-steps.yml step 1 "The loss comes first."; '
        'paths/another-way.yml step 2 "Then see what deserved the score."',
        "  starting points (1): site.yml start",
        '  sentences with a link (1): categories.yml generators "Start with Wasserstein GAN; then A Note on the '
        'Inception Score asks how to judge the result."',
    ):
        assert line in lines[start:], line
    assert any(re.match(r'  judgments \(\d+\): judgments/search.yml "', line) for line in lines[start:])
    lines = decide("retire", "paper", "wasserstein-gan", "superseded by a later version")
    assert lines == ["Nothing is to be changed."]


def test_retiring_lists_relations_and_tags(decide: Decide) -> None:
    lines = decide("retire", "paper", "improved-techniques-for-training-gans", "old")
    (relations,) = (line for line in lines if line.startswith("  relations ("))
    assert 'papers/wasserstein-gan.yml competes "Both make adversarial training steadier' in relations
    lines = decide("retire", "term", "image", "too wide")
    assert any(re.match(r"  tags \(\d+\): papers/[\w-]+\.yml; ", line) for line in lines)
    assert any(line.startswith("  related terms (1): vocabulary.yml evaluation") for line in lines)
    assert not any(line.startswith("removed with") for line in decide("retire", "category", "empty", "not needed"))


REFUSED = {
    "id on lines of its own": ("papers/tr0n.yml", "tags: [gan, image]", "tags:\n  - gan\n  - >-\n    image"),
    "dash alone on its line": ("papers/tr0n.yml", "tags: [gan, image]", "tags:\n  - gan\n  - # ours\n    image"),
    "tab after a key": ("papers/tr0n.yml", "tags: [gan, image]", "tags:\t[gan, image]"),
    "entries in brackets": ("papers/tr0n.yml", "category: generators", "category:\n  generators"),
}


@pytest.mark.parametrize("layout", REFUSED)
@pytest.mark.parametrize(
    "decision",
    [
        "merge term image neuron",
        "rename term image new",
        "rename category generators new",
        "retire paper tr0n withdrawn",
    ],
)
def test_no_layout_is_spoilt(layout: str, decision: str, content: Path, decide: Decide) -> None:
    name, old, new = REFUSED[layout]
    text = (content / name).read_text()
    assert text.count(old) == 1
    (content / name).write_text(text.replace(old, new))
    before, sound = texts_of(content), main(["check", "--content", str(content)])
    lines = decide(*decision.split())
    refused = any("cannot be edited safely" in line or "Nothing is changed" in line for line in lines)
    assert main(["check", "--content", str(content)]) == sound == 0
    assert (texts_of(content) == before) == refused


def test_a_file_that_came_back_is_not_deleted(decide: Decide, content: Path) -> None:
    text = (content / "papers/tr0n.yml").read_text()
    decide("rename", "paper", "tr0n", "tron")
    (content / "papers/tr0n.yml").write_text(f"{text}why: Somebody wrote this meanwhile.\n")
    assert "combine the two by hand" in decide("rename", "paper", "tr0n", "tron")[0]
    assert (content / "papers/tr0n.yml").exists()


def test_only_files_of_the_list_are_touched(decide: Decide, content: Path) -> None:
    for name in (".git/x", "papers/.tr0n.notes.part", "pages/.draft.md"):
        (content / name).parent.mkdir(exist_ok=True)
        (content / name).write_bytes(b"gan tags/gan/ \xff")
    before = {name: text for name, text in texts_of_bytes(content).items() if "/." in name or name.startswith(".")}
    assert decide("rename", "term", "gan", "adversarial-network")[-1].startswith("changed")
    assert {name: texts_of_bytes(content).get(name) for name in before} == before


def texts_of_bytes(content: Path) -> dict[str, bytes]:
    return {file.relative_to(content).as_posix(): file.read_bytes() for file in content.rglob("*") if file.is_file()}


def test_links_of_pages_follow_and_those_to_elsewhere_do_not(decide: Decide, content: Path) -> None:
    page = content / "pages/links.md"
    page.write_text(
        "# Links\n\n[a](papers/tr0n.md), [b](papers/tr0n.md#x), <a href='papers/tr0n/'>c</a>, "
        "https://example.org/papers/tr0n/, [d](https://example.org/papers/tr0n.md), papers/tr0n-two.\n"
    )
    decide("rename", "paper", "tr0n", "tron")
    assert page.read_text() == (
        "# Links\n\n[a](papers/tron.md), [b](papers/tron.md#x), <a href='papers/tron/'>c</a>, "
        "https://example.org/papers/tr0n/, [d](https://example.org/papers/tr0n.md), papers/tr0n-two.\n"
    )


def test_a_retired_narrower_term_holds_nobody_back(decide: Decide) -> None:
    decide("retire", "term", "neuron", "too narrow")
    assert not any("has narrower terms" in line for line in decide("retire", "term", "evaluation", "too wide"))


def test_a_decision_that_would_leave_problems_changes_nothing(decide: Decide, content: Path) -> None:
    before = texts_of(content)
    lines = decide("retire", "paper", "note-on-the-inception-score", "withdrawn")
    assert lines[0] == "Nothing is changed, since these problems would be left:"
    assert lines[1].endswith("paths/another-way.yml:7:3: expected at least two steps")
    assert texts_of(content) == before


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
        (lambda text: replace_scalar(text, ("tags", 1), "z"), '"b"', '"z"'),
        (lambda text: replace_scalar(text, ("last",), "z"), "'q'", "'z'"),
        (lambda text: remove_node(text, ("tags", 0)), '[a, "b",  c]', '["b",  c]'),
        (lambda text: remove_node(text, ("tags", 2)), '[a, "b",  c]', '[a, "b"]'),
        (lambda text: remove_node(text, ("list", 0)), "  - one   # mine\n", ""),
        (lambda text: remove_node(text, ("list", 1)), "  - two\n", ""),
        (lambda text: remove_node(text, ("list", 2, 0)), "  - - nested\n    - deep", "  - - nested\n    - deep"),
        (lambda text: remove_node(text, ("keys", "y")), "{x: 1, y: 2}", "{x: 1}"),
        (lambda text: remove_node(text, ("text",)), "text: |-\n  kept  as it is\n\n", ""),
        (lambda text: add_list_items(text, ("tags",), ["d", "e: f"], ()), "  c]", '  c, d, "e: f"]'),
        (lambda text: add_list_items(text, ("list",), ["three"], ()), "    - deep\n", "    - deep\n  - three\n"),
        (lambda text: add_list_items(text, ("more",), ["no"], ("keys",)), "y: 2}\n", 'y: 2}\nmore: ["no"]\n'),
        (lambda text: add_key(text, ("more",), "1", ()), "last: 'q'", "last: 'q'\nmore: 1\n"),
        (lambda text: set_flow_list(text, "tags", ["z"], ()), '[a, "b",  c]', "[z]"),
    ],
)  # fmt: skip
def test_an_edit_touches_nothing_else(edited: Callable[[str], str], old: str, new: str) -> None:
    if "nested" in old:
        assert "nested" not in edited(LAID_OUT)
        return
    assert LAID_OUT.count(old) == 1
    expected = LAID_OUT.replace(old, new)
    assert edited(LAID_OUT) == expected
    assert parse_yaml(expected)
    windows = LAID_OUT.replace("\n", "\r\n")
    assert edited(windows) == expected.replace("\n", "\r\n")
    assert edited(f"\ufeff{LAID_OUT}") == f"\ufeff{expected}"


def test_a_period_in_the_words_of_a_link_ends_no_sentence() -> None:
    linked = "See [[a|This v.s. That]], which is old."
    assert split_sentences(f"First. {linked} Last.") == ["First.", linked, "Last."]

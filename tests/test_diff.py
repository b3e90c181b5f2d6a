"""The summary of a change for reviewers: papers, fields, tags, related papers, and pages; and annotated problems."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown import markdown
from sites import HOSTILE, TOY

from generator.cli import main
from generator.content.loader import load
from generator.content.model import Library, Problem, general_problem
from generator.curate.review.annotations import code_quality_report, github_annotations

GIT = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
Diff = Callable[[], str]
Decide = Callable[..., None]
REMOVED = "⚠️ Papers removed"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(TOY, tmp_path / "list/content")
    subprocess.run([*GIT, "init", "--quiet"], cwd=tmp_path / "list", check=True)
    commit(tmp_path / "list/content")
    return tmp_path / "list/content"


def commit(content: Path) -> None:
    for command in (["add", "."], ["commit", "--quiet", "--message", "one"]):
        subprocess.run([*GIT, *command], cwd=content.parent, check=True)


@pytest.fixture
def diff(content: Path, capsys: pytest.CaptureFixture[str]) -> Diff:
    def run() -> str:
        capsys.readouterr()
        assert main(["diff", "HEAD", "--content", str(content)]) == 0
        return capsys.readouterr().out

    return run


@pytest.fixture
def decide(content: Path) -> Decide:
    def run(*words: str) -> None:
        assert main([*words, "--content", str(content)]) == 0

    return run


def section(summary: str, name: str) -> list[str]:
    """Return the lines of one section of a summary; none if it is missing."""
    found = re.search(rf"^(?:### |<summary>){re.escape(name)} \(\d+\).*\n\n((?:.+\n)*)", summary, flags=re.M)
    return found[1].splitlines() if found else []


def edit(content: Path, name: str, old: str, new: str) -> None:
    file = content / name
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def test_no_change(diff: Diff, toy: Library) -> None:
    numbers = f"✅ {len(toy.papers)} papers, no problems."
    assert diff() == f"## The list after this change\n\n{numbers}\n\nNothing that readers see changes.\n"


def test_each_kind_of_change_is_listed(diff: Diff, content: Path, decide: Decide, toy: Library) -> None:
    shutil.copy(content / "papers/tr0n.yml", content / "papers/new.yml")
    edit(content, "papers/new.yml", "title: 'TR0N: Translator", "title: 'NEW: Other")
    for key in ("arxiv", "doi", "acl_anthology"):
        text = (content / "papers/new.yml").read_text()
        (content / "papers/new.yml").write_text(re.sub(rf"^{key}: .*\n", "", text, flags=re.M))
    edit(content, "papers/tr0n.yml", "tags: [gan, image]", "tags: [neuron]")
    edit(content, "papers/wasserstein-gan.yml", "published: 2017-01-26", "published: 2017-01")
    edit(content, "site.yml", "start: [wasserstein-gan", "start: [tr0n, wasserstein-gan")
    edit(content, "vocabulary.yml", "name: Images", "name: Pictures")
    decide("rename", "paper", "gan-dissection", "dissection")
    summary = diff()
    assert f"✅ {len(toy.papers) + 1} papers, no problems." in summary
    assert [line.split("(`new`)")[1] for line in section(summary, "Papers added")] == [
        ": on Generators, `gan`, `image`"
    ]
    assert section(summary, "Papers renamed")[0].startswith("- `gan-dissection` → GAN Dissection")
    changed = section(summary, "Papers changed")
    assert "  - **tags**: ＋“neuron”, −“gan”, −“image”" in changed
    assert "  - **published**: “2017-01-26” → “2017-01”" in changed
    assert not any("dissection" in line for line in changed)
    assert section(summary, "Terms") == ["- `image`", "  - **name**: “Images” → “Pictures”"]
    assert section(summary, "Settings of the site") == ["- **start**: ＋“tr0n”"]
    assert [line.split(":")[0] for line in section(summary, "Tags with changed counts")] == ["- `neuron`"]
    assert section(summary, "Read-next lists that change")
    assert not section(summary, "⚠️ Pages that vanish")


def test_nothing_is_listed_twice(diff: Diff, content: Path, decide: Decide) -> None:
    (content / "papers/view-based-explanations-for-graph-neural.yml").unlink()
    decide("rename", "paper", "gan-dissection", "dissection")
    decide("merge", "term", "image", "gan")
    summary = diff()
    for address in ("/papers/view-based-explanations-for-graph-neural/", "/papers/gan-dissection/", "/tags/image/"):
        assert summary.count(address) <= 1, address
    assert section(summary, "Papers changed") == []
    assert section(summary, "Pages that redirect now") == []
    vanishing = section(summary, "⚠️ Pages that vanish")
    assert all(re.match(r"- `/(authors|venues|years)/", line) for line in vanishing)


def test_counts_fold(diff: Diff, content: Path) -> None:
    edit(content, "papers/tr0n.yml", "tags: [gan, image]", "tags: [neuron]")
    assert re.search(r"<details>\n<summary>Tags with changed counts \(3\)</summary>\n\n- .*[^<]*</details>", diff())


def test_a_removed_paper_stands_first_with_what_it_costs(diff: Diff, content: Path, decide: Decide) -> None:
    decide("rename", "paper", "improved-techniques-for-training-gans", "techniques")
    commit(content)
    (content / "papers/techniques.yml").unlink()
    summary = diff()
    first = summary.split("### ")[1]
    assert first.startswith(f"{REMOVED} (1)\n\n- Improved Techniques for Training GANs (`techniques`): ")
    assert '`.venv/bin/list retire paper techniques "the reason"`' in first
    for line in (
        "  - addresses that go dead: `/papers/techniques/`, `/papers/improved-techniques-for-training-gans/`",
        "`papers/wasserstein-gan.yml` competes “Both make adversarial training steadier; this one by the loss.”",
        "`paths/first-steps.yml` step 2 “Then the habits that go with it.”",
    ):
        assert line in first, line
    assert "unknown paper &#34;techniques&#34;" in "\n".join(section(summary, "❌ Problems to fix"))


def test_sentences_and_starting_points_are_lost_with_a_paper(diff: Diff, content: Path) -> None:
    (content / "papers/wasserstein-gan.yml").unlink()
    losses = "\n".join(section(diff(), REMOVED))
    assert "`site.yml` start" in losses
    assert "`categories.yml` generators “Start with Wasserstein GAN; then A Note on the Inception Score asks" in losses


def test_judgments_by_old_ids_are_lost_with_a_paper(diff: Diff, content: Path, decide: Decide) -> None:
    decide("rename", "paper", "wasserstein-gan", "wgan")
    commit(content)
    (content / "papers/wgan.yml").unlink()
    losses = "\n".join(section(diff(), REMOVED))
    assert re.search(r"judgments \(\d+\): `judgments/search.yml` “", losses)


def test_what_was_cut_out_with_a_removed_paper_is_its_cost_alone(diff: Diff, content: Path) -> None:
    (content / "papers/improved-techniques-for-training-gans.yml").unlink()
    text = (content / "papers/wasserstein-gan.yml").read_text()
    text = re.sub(r"^  - \{competes: improved-techniques.*\n", "", text, flags=re.M)
    (content / "papers/wasserstein-gan.yml").write_text(text)
    summary = diff()
    assert "`papers/wasserstein-gan.yml` competes" in "\n".join(section(summary, REMOVED))
    assert section(summary, "Papers changed") == []


def test_other_entries_that_were_removed_stand_first_too(diff: Diff, content: Path) -> None:
    text = (content / "vocabulary.yml").read_text()
    block = re.search(r"^    - id: graph-neural-network\n(?:      .*\n)*", text, flags=re.M)
    assert block
    (content / "vocabulary.yml").write_text(text.replace(block[0], ""))
    (content / "paths/another-way.yml").unlink()
    (content / "pages/about.md").unlink()
    summary = diff()
    term = "\n".join(section(summary, "⚠️ Terms removed"))
    assert '`.venv/bin/list retire term graph-neural-network "the reason"`' in term
    assert "addresses that go dead: `/tags/graph-neural-network/`" in term
    assert "`papers/view-based-explanations-for-graph-neural.yml`" in term
    assert section(summary, "⚠️ Reading paths removed") == ["- `/paths/another-way/` goes dead"]
    assert section(summary, "⚠️ Pages removed") == ["- `/about/` goes dead"]


def test_a_shelf_with_papers_is_kept_by_a_merge(diff: Diff, content: Path) -> None:
    text = (content / "categories.yml").read_text()
    (content / "categories.yml").write_text(re.sub(r"- id: (explanations|empty)\n(  .*\n|\n)*", "", text))
    shelves = "\n".join(section(diff(), "⚠️ Shelves removed"))
    assert "`.venv/bin/list merge category explanations INTO`" in shelves
    assert '`.venv/bin/list retire category empty "the reason"`' in shelves


@pytest.mark.parametrize(("one", "other"), [("image", "gan"), ("gan", "image")])
def test_a_merged_term_counts_each_paper_once(one: str, other: str, diff: Diff, decide: Decide, content: Path) -> None:
    decide("merge", "term", one, other)
    library, _ = load(content, {})
    papers = sum(other in paper.tags for paper in library.papers)
    summary = diff()
    assert section(summary, "Terms")[0] == f"- `{one}` merged into `{other}`, which is now on {papers} papers"
    assert section(summary, "Tags with changed counts") == []
    assert section(summary, "Papers changed") == []


def test_merged_papers_count_once(diff: Diff, decide: Decide) -> None:
    decide("merge", "paper", "improved-techniques-for-training-gans", "tr0n")
    summary = diff()
    item, keys = section(summary, "Papers merged")
    assert item.startswith("- Improved Techniques for Training GANs (`improved-")
    assert keys.startswith("  - left behind: authors, abstract, arxiv, ")
    assert section(summary, "Tags with changed counts") == []
    assert section(summary, "Papers changed") == []


def test_a_path_that_had_both_merged_papers_is_not_changed(diff: Diff, decide: Decide) -> None:
    decide("merge", "paper", "improved-techniques-for-training-gans", "wasserstein-gan")
    assert section(diff(), "Reading paths") == []


def test_a_merge_and_a_rename_at_once_are_told_apart(diff: Diff, decide: Decide) -> None:
    decide("merge", "paper", "improved-techniques-for-training-gans", "tr0n")
    decide("rename", "paper", "tr0n", "tron")
    summary = diff()
    assert section(summary, "Papers renamed")[0].startswith("- `tr0n` → ")
    assert section(summary, "Papers merged")[0].endswith("(`tron`)")


def test_retired_entries_say_why_and_what_goes(diff: Diff, decide: Decide, content: Path) -> None:
    edit(content, "paths/first-steps.yml", "steps:\n", "steps:\n  - {paper: tr0n, because: It is small.}\n")
    commit(content)
    decide("retire", "paper", "tr0n", "withdrawn")
    decide("retire", "term", "neuron", "too narrow")
    summary = diff()
    assert section(summary, "Papers retired")[0].endswith("(`tr0n`): withdrawn")
    losses = section(summary, "Papers retired")[1:]
    assert "  - path steps (1): `paths/first-steps.yml` step 1 “It is small.”" in losses
    assert any(line.startswith("  - relations (1): `papers/stylegan-nada.yml` contrasts “") for line in losses)
    assert re.fullmatch(r"- `neuron` retired: too narrow \(it was on \d+ papers?\)", section(summary, "Terms")[0])
    assert section(summary, "Papers changed") + section(summary, "Reading paths") == []
    commit(content)
    edit(content, "papers/tr0n.yml", "retired: withdrawn\n", "")
    assert section(diff(), "Papers back on the list")[0].endswith("(`tr0n`)")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Both make", "They make", "**relations**: “competes improved-techniques-for-training-gans” reworded"),
        ("tags: [gan, image]", "tags: [image, gan]", "**tags**: another order"),
        ("tags: [gan, image]", "tags: [image, neuron]", "**tags**: ＋“neuron”, −“gan”"),
        ("  - Martin Arjovsky\n  - Soumith Chintala\n", "  - Soumith Chintala\n  - Martin Arjovsky\n", "another order"),
        ("year: 2017, track: conference", "year: 2017, track: workshop", "**venue.track**: “conference” → “workshop”"),
        ("category: generators", "category: explanations", "**category**: “generators” → “explanations”"),
        ("summary: Trains", "summary: It trains", "**summary** rewritten"),
    ],
)
def test_a_change_says_what_it_is(old: str, new: str, words: str, diff: Diff, content: Path) -> None:
    edit(content, "papers/wasserstein-gan.yml", old, new)
    changed = section(diff(), "Papers changed")
    assert len(changed) == 2
    assert words in changed[1]


def test_problems_are_listed_with_the_changes(diff: Diff, content: Path) -> None:
    edit(content, "papers/tr0n.yml", "tags: [gan, image]", "tags: [gna]")
    summary = diff()
    assert ", 1 problem." in summary
    problems = section(summary, "❌ Problems to fix")
    assert problems[0].endswith("unknown tag &#34;gna&#34;, did you mean &#34;gan&#34;?")
    assert any("**tags**" in line for line in section(summary, "Papers changed"))


def test_what_is_said_about_people_is_listed(diff: Diff, content: Path) -> None:
    (content / "people.yml").write_text("- {name: David Bau, same_as: [D. Bau]}\n- {name: Adam Roberts}\n")
    commit(content)
    (content / "people.yml").write_text("- {name: David Bau, orcid: 0000-0002-1825-0097}\n")
    summary = diff()
    assert section(summary, "People removed") == ["- Adam Roberts"]
    assert section(summary, "People") == [
        "- David Bau",
        "  - **same_as**: −“D. Bau”",
        "  - **orcid**: nothing → “0000-0002-1825-0097”",
    ]


def test_what_is_said_about_venues_is_listed(diff: Diff, content: Path) -> None:
    edit(content, "venues.yml", "aliases: [TPAMI]", "address: https://example.org/")
    edit(content, "venues.yml", "- name: DSAA\n  kind: conference\n", "- name: UAI\n  kind: conference\n")
    summary = diff()
    assert section(summary, "Venues removed") == ["- `DSAA`"]
    assert section(summary, "Venues") == [
        "- `UAI` added",
        "- IEEE TPAMI",
        "  - **aliases**: −“TPAMI”",
        "  - **address**: nothing → “https://example.org/”",
    ]


def test_new_warnings_are_listed_and_stop_nothing(diff: Diff, content: Path) -> None:
    write_near_note(content)
    summary = diff()
    assert re.search(r"✅ \d+ papers, no problems, 1 warning\.", summary)
    assert len(section(summary, "⚠️ New warnings")) == 1
    commit(content)
    edit(content, "papers/tr0n.yml", "tags: [gan, image]", "tags: [image, gan]\nwhy: It is small.")
    later = diff()
    assert "no problems, 1 warning." in later
    assert "New warnings" not in later


def write_near_note(content: Path) -> None:
    """Write an entry whose title is nearly that of another one."""
    note = (
        (content / "papers/note-on-the-inception-score.yml")
        .read_text()
        .replace("Inception Score\n", "Inceptoin Score\n")
    )
    (content / "papers/near.yml").write_text(
        note.replace("arxiv: 1801.01973", "published: 2018-02").replace("summary: ", "summary: Again, ")
    )


SILENT = "### Not announced in the feeds"


def test_what_no_feed_announces_is_listed(diff: Diff, content: Path) -> None:
    edit(content, "papers/note-on-the-inception-score.yml", "added: 2026-01-12\n", "")
    commit(content)
    edit(content, "papers/gan-dissection.yml", "tags: [gan, image, neuron]", "tags: [gan, neuron]")
    edit(
        content, "papers/tr0n.yml", "added: 2026-01-14\n", "added: 2026-01-14\nrevised: 2026-01-15\nwhy: It is small.\n"
    )
    edit(content, "papers/wasserstein-gan.yml", "arxiv: 1701.07875\n", "arxiv: 1701.07875\narxiv_class: stat.ML\n")
    edit(content, "papers/note-on-the-inception-score.yml", "arxiv: 1801.01973\n", "published: 2018-01\n")
    text = (content / "papers/note-on-the-inception-score.yml").read_text()
    (content / "papers/new.yml").write_text(text.replace("A Note on the Inception Score", "Another @note"))
    summary = diff()
    _, rest = summary.split(f"{SILENT} (2)\n\n")
    assert rest.split("\n\n")[0] == (
        "- Another &#64;\u2060note (`new`): set `added` to the day on which it comes on the list\n"
        "- GAN Dissection: Visualizing and Understanding Generative Adversarial Networks (`gan-dissection`): "
        "set `revised` to today if followers should hear of the change"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Both make", "They make"),
        ("competes:", "contrasts:"),
        ("category: generators", "category: explanations"),
        ("venue: {name: ICML", "venue: {name: ICML Workshop"),
        ("summary: Trains", "summary: It trains"),
        ("published: 2017-01-26", "questions: [Does it?]"),
    ],
)
def test_whatever_readers_see_is_worth_a_day(old: str, new: str, diff: Diff, content: Path) -> None:
    edit(content, "papers/wasserstein-gan.yml", old, new)
    assert f"{SILENT} (1)" in diff()
    edit(content, "papers/wasserstein-gan.yml", "added: 2026-01-26\n", "added: 2026-01-26\nrevised: 2026-01-27\n")
    assert SILENT not in diff()


@pytest.mark.parametrize(
    "decision",
    [
        "rename term gan adversarial-network",
        "merge term gan image",
        "merge term image gan",
        "retire term neuron because",
        "rename category generators makers",
        "merge category generators explanations",
        "rename paper improved-techniques-for-training-gans techniques",
        "retire paper improved-techniques-for-training-gans because",
        "merge paper improved-techniques-for-training-gans tr0n",
    ],
)
def test_who_only_follows_a_decision_has_nothing_to_announce(decision: str, diff: Diff, content: Path) -> None:
    edit(content, "paths/another-way.yml", "steps:\n", "steps:\n  - {paper: tr0n, because: It is small.}\n")
    edit(content, "papers/gan-dissection.yml", "[gan, image, neuron]", "[gan, neuron, image]")
    assert main([*decision.split(), "--content", str(content)]) == 0
    assert SILENT not in diff()


def test_a_list_without_days_has_no_feeds(diff: Diff, content: Path) -> None:
    for file in (content / "papers").iterdir():
        file.write_text(re.sub(r"^(added|revised): .*\n", "", file.read_text(), flags=re.M))
    edit(content, "papers/tr0n.yml", "tags: [gan, image]", "tags: [neuron]")
    assert SILENT not in diff()


@pytest.mark.parametrize("base", ["nonsense", "--output=/tmp/x", "HEAD:content", "HEAD^7", ""])
def test_an_unknown_base_is_reported(base: str, content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not base.startswith("-"):
        assert main(["diff", base, "--content", str(content)]) == 1
        assert f'git knows no commit "{base}"' in capsys.readouterr().out
    else:
        with pytest.raises(SystemExit):
            main(["diff", base, "--content", str(content)])


def test_a_folder_can_be_the_base(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(content, "papers/tr0n.yml", "tags: [gan, image]", "tags: [neuron]")
    assert main(["diff", str(TOY), "--content", str(content)]) == 0
    assert "**tags**: ＋“neuron”" in capsys.readouterr().out


class Elements(HTMLParser):
    """The elements of a page, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(name for name, _ in attrs)}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_nothing_that_a_stranger_wrote_becomes_markup(diff: Diff, content: Path) -> None:
    nasty = f"{HOSTILE} @octocat #1 `code` ![x](https://example.org/x.png)".replace("'", "''")
    for name in ("papers/tr0n.yml", "papers/gan-dissection.yml"):
        text = (content / name).read_text("utf-8")
        title = f"title: '{name[7]}{nasty}'"
        text = "\n".join(title if line.startswith("title: ") else line for line in text.split("\n"))
        (content / name).write_text(re.sub(r"^tags: .*$", "tags: ['@octocat', '`x`<b>']", text, flags=re.M), "utf-8")
    page = Elements()
    summary = diff()
    page.feed(markdown(summary))
    assert page.names <= {"h2", "h3", "ul", "li", "p", "strong", "code", "details", "summary"}
    assert not re.search(r"[@#]\w", page.text)
    assert "octocat" in page.text


def test_the_annotation_of_a_whole_file_has_no_line() -> None:
    problem = general_problem("content/papers/a.yml", "the file is empty")
    assert github_annotations([problem]) == ["::error file=content/papers/a.yml::the file is empty"]
    assert str(problem) == "content/papers/a.yml: the file is empty"


def test_annotations_are_one_command_each() -> None:
    problem = Problem("content/papers/a,b:c.yml", 3, 7, 'expected a "tag"\r\n::error::100 %')
    warning = Problem("content/vocabulary.yml", 1, 1, "thin", warning=True)
    assert github_annotations([warning, problem, problem]) == [
        '::error file=content/papers/a%2Cb%3Ac.yml,line=3,col=7::expected a "tag"\\r\\n::error::100 %25',
        "::warning file=content/vocabulary.yml,line=1,col=1::thin",
    ]


def test_a_report_for_gitlab_has_each_problem_once() -> None:
    problem = Problem("content/papers/a.yml", 3, 7, 'expected a "tag"')
    warning = Problem("content/vocabulary.yml", 1, 1, "thin", warning=True)
    whole = general_problem("content/papers/b.yml", "the file is empty")
    found = json.loads(code_quality_report([warning, problem, problem, whole]))
    assert [(one["description"], one["severity"], one["location"]) for one in found] == [
        ('expected a "tag"', "blocker", {"path": "content/papers/a.yml", "lines": {"begin": 3}}),
        ("the file is empty", "blocker", {"path": "content/papers/b.yml", "lines": {"begin": 1}}),
        ("thin", "minor", {"path": "content/vocabulary.yml", "lines": {"begin": 1}}),
    ]
    assert len({one["fingerprint"] for one in found}) == 3
    assert json.loads(code_quality_report([])) == []


def test_the_check_writes_a_report(content: Path, tmp_path: Path) -> None:
    edit(content, "papers/tr0n.yml", "tags: [gan, image]", "tags: [gna]")
    assert main(["check", "--report", str(tmp_path / "new/report.json"), "--content", str(content)]) == 1
    (problem,) = json.loads((tmp_path / "new/report.json").read_text())
    assert problem["description"] == 'unknown tag "gna", did you mean "gan"?'
    assert problem["location"]["path"] == f"{content}/papers/tr0n.yml"


def test_the_check_annotates(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(content, "papers/tr0n.yml", "tags: [gan, image]", "tags: [gna]")
    assert main(["check", "--annotate", "--content", str(content)]) == 1
    line = f'::error file={content}/papers/tr0n.yml,line=17,col=8::unknown tag "gna", did you mean "gan"?'
    assert re.sub(r"line=\d+", "line=17", capsys.readouterr().out.splitlines()[0]) == line


def test_the_check_annotates_warnings(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_near_note(content)
    assert main(["check", "--annotate", "--content", str(content)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"::warning file={content}/papers/note-on-the-inception-score.yml,line=1,col=8::")
    assert any(line.startswith(f"{content}/papers/note-on-the-inception-score.yml:1:8: warning: ") for line in lines)

"""What a reviewer reads of a change: papers, fields, tags, related lists and pages; and problems beside the lines."""

import re
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown import markdown
from sites import HOSTILE

from generator.cli import main
from generator.content.model import Problem
from generator.curate.review.annotations import github_annotations

TOY = Path(__file__).parent / "toy"
GIT = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
Diff = Callable[[], str]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(TOY, tmp_path / "list/content")
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "first"]):
        subprocess.run([*GIT, *command], cwd=tmp_path / "list", check=True)
    return tmp_path / "list/content"


@pytest.fixture
def diff(content: Path, capsys: pytest.CaptureFixture[str]) -> Diff:
    def told() -> str:
        capsys.readouterr()
        assert main(["diff", "HEAD", "--content", str(content)]) == 0
        return capsys.readouterr().out

    return told


def edit(content: Path, name: str, old: str, new: str) -> None:
    file = content / name
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def test_no_change(diff: Diff) -> None:
    said = "Nothing that readers see changes."
    assert diff() == f"## The list after this change\n\n✅ 8 papers, no problems.\n\n{said}\n"


def test_a_change_is_told_whole(diff: Diff, content: Path) -> None:
    shutil.copy(content / "papers/tr0n.yml", content / "papers/new.yml")
    edit(content, "papers/new.yml", "title: 'TR0N: Translator", "title: 'NEW: Other")
    for key in ("arxiv", "doi", "acl_anthology"):
        text = (content / "papers/new.yml").read_text()
        (content / "papers/new.yml").write_text(re.sub(rf"^{key}: .*\n", "", text, flags=re.M))
    edit(content, "papers/tr0n.yml", "tags: [gan, image]", "tags: [neuron]")
    edit(content, "papers/wasserstein-gan.yml", "published: 2017-01-26", "published: 2017-01")
    edit(content, "site.yml", "start: [wasserstein-gan]", "start: [tr0n]")
    edit(content, "vocabulary.yml", "name: Images", "name: Pictures")
    main(["rename", "paper", "gan-dissection", "dissection", "--content", str(content)])
    told = diff()
    for line in (
        "✅ 9 papers, no problems.",
        "### Papers added (1)",
        "(`new`): on Generators, `gan`, `image`",
        "### Papers renamed or merged (1)\n\n- `gan-dissection` → GAN Dissection",
        "  - **tags**: ＋“neuron”, −“gan”, −“image”",
        "  - **published**: “2017-01-26” → “2017-01”",
        "### Tags whose counts move (1)\n\n- `neuron`: 2 → 3",
        "### Terms (1)\n\n- `image` changed",
        "### Settings of the site (1)\n\n- `start` changed",
        "### Read-next lists that change",
        "- `/papers/new/`",
        "### Pages that redirect now (1)\n\n- `/papers/gan-dissection/`",
    ):
        assert line in told, line
    assert "vanish" not in told


def test_lost_addresses_are_warned_of(diff: Diff, content: Path) -> None:
    (content / "papers/tr0n.yml").unlink()
    told = diff()
    assert "### ⚠️ Papers removed, whose addresses are lost (1)" in told
    assert "### ⚠️ Pages that vanish" in told
    assert "- `/papers/tr0n/`" in told


def test_problems_stand_first_and_the_rest_is_told_all_the_same(diff: Diff, content: Path) -> None:
    edit(content, "papers/tr0n.yml", "tags: [gan, image]", "tags: [gna]")
    told = diff()
    assert "❌ 1 problem to mend:" in told
    assert "unknown tag &#34;gna&#34;, did you mean &#34;gan&#34;?" in told
    assert "**tags**" in told


SILENT = "### Not told in the feeds"


def test_what_no_feed_tells_is_named(diff: Diff, content: Path) -> None:
    edit(content, "papers/gan-dissection.yml", "tags: [gan, image, neuron]", "tags: [gan, neuron]")
    edit(
        content, "papers/tr0n.yml", "added: 2026-01-14\n", "added: 2026-01-14\nrevised: 2026-01-15\nwhy: It is small.\n"
    )
    edit(content, "papers/wasserstein-gan.yml", "arxiv: 1701.07875\n", "arxiv: 1701.07875\narxiv_class: stat.ML\n")
    edit(content, "papers/note-on-the-inception-score.yml", "arxiv: 1801.01973\n", "published: 2018-01\n")
    text = (content / "papers/note-on-the-inception-score.yml").read_text()
    (content / "papers/new.yml").write_text(text.replace("A Note on the Inception Score", "Another @note"))
    told = diff()
    _, rest = told.split(f"{SILENT} (2)\n\n")
    assert rest.split("\n\n")[0] == (
        "- Another &#64;\u2060note (`new`): set `added` to the day on which it comes on the list\n"
        "- GAN Dissection: Visualizing and Understanding Generative Adversarial Networks (`gan-dissection`): "
        "set `revised` to the day, if they should hear of the change"
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
def test_who_only_follows_a_decision_has_nothing_to_tell(decision: str, diff: Diff, content: Path) -> None:
    edit(content, "paths/another-way.yml", "steps:\n", "steps:\n  - {paper: tr0n, because: It is small.}\n")
    edit(content, "papers/gan-dissection.yml", "[gan, image, neuron]", "[gan, neuron, image]")
    assert main([*decision.split(), "--content", str(content)]) == 0
    assert SILENT not in diff()


def test_a_list_without_days_has_no_feeds_to_tell(diff: Diff, content: Path) -> None:
    for file in (content / "papers").iterdir():
        file.write_text(re.sub(r"^(added|revised): .*\n", "", file.read_text(), flags=re.M))
    edit(content, "papers/tr0n.yml", "tags: [gan, image]", "tags: [neuron]")
    assert SILENT not in diff()


@pytest.mark.parametrize("base", ["nonsense", "--output=/tmp/x", "HEAD:content", "HEAD^7", ""])
def test_an_unknown_base_is_said(base: str, content: Path, capsys: pytest.CaptureFixture[str]) -> None:
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
    told = diff()
    page.feed(markdown(told))
    assert page.names <= {"h2", "h3", "ul", "li", "p", "strong", "code"}
    assert not re.search(r"[@#]\w", page.text)
    assert "octocat" in page.text


def test_annotations_are_one_command_each() -> None:
    problem = Problem("content/papers/a,b:c.yml", 3, 7, 'expected a "tag"\r\n::error::100 %')
    warning = Problem("content/vocabulary.yml", 1, 1, "thin")
    assert github_annotations([problem, problem], [warning]) == (
        "::error file=content/papers/a%2Cb%3Ac.yml,line=3,col=7::"
        'expected a "tag"%0D%0A::error::100 %25\n'
        "::warning file=content/vocabulary.yml,line=1,col=1::thin\n"
    )


def test_the_check_annotates(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(content, "papers/tr0n.yml", "tags: [gan, image]", "tags: [gna]")
    assert main(["check", "--annotate", "--content", str(content)]) == 1
    line = f'::error file={content}/papers/tr0n.yml,line=17,col=8::unknown tag "gna", did you mean "gan"?'
    assert re.sub(r"line=\d+", "line=17", capsys.readouterr().out.splitlines()[0]) == line

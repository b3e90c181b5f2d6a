"""What is printed is text: no content, file name or argument can start another line, or be taken for a command."""

import os
import re
import shutil
import sys
from contextlib import suppress
from dataclasses import replace
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import ROOT, TOY, run

from generator.cli import main, report_problems
from generator.content.loader import load
from generator.content.model import Problem, general_problem
from generator.curate.review.annotations import MAX_ANNOTATIONS, github_annotations
from generator.curate.review.diff import diff_markdown
from generator.output.printing import MAX_PRINTED_ITEMS, escape_output_line, print_items, print_text

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
COMMAND = re.compile(r"^\s*::(?!error file=|warning file=)|##\[", re.MULTILINE)
HOSTILE_KEY = r'"a\n::error::INJECTED \x1b[31m \u2028 ##[add-mask]b \u202e": c'
HOSTILE_NAMES = ("a\n::add-mask::b.yml", "\x1b[31mred\u202e.yml", b"caf\xe9.yml", "b\r##[error]c.yml", "x\u2028y.yml")
COMMANDS = {
    "check": ["check"],
    "check --annotate": ["check", "--annotate"],
    "build": ["build", "--out", "build"],
    "measure": ["measure"],
    "report": ["report"],
    "report --json": ["report", "--json"],
    "diff": ["diff", str(TOY)],
    "diff of git": ["diff", "a\n::error::b"],
    "schema": ["schema", "--out", "schema"],
    "links": ["links"],
    "suggest": ["suggest", "a\n::error::b", "\x1b[31m"],
    "suggest for all": ["suggest"],
    "import bibtex": ["import", "bibtex", "a\n::error::b.bib"],
    "import listing": ["import", "listing", "a\n::error::b.bib"],
    "import issue": ["import", "issue", "a\n::error::b.bib"],
    "add": ["add", "a\n::error::b"],
    "rename": ["rename", "paper", "tr0n", "a\n::error::b"],
    "merge": ["merge", "paper", "a\n::error::b", "tr0n"],
    "retire": ["retire", "term", "a\n::error::b", "so"],
    "unknown": ["a\n::error::b"],
}


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a list with hostile keys, values and file names."""
    content = tmp_path / "content"
    shutil.copytree(TOY, content)
    for name in HOSTILE_NAMES:
        (content / "papers" / os.fsdecode(name)).write_text("title: x\n")
    entry = (TOY / "papers/tr0n.yml").read_text()
    (content / "papers/tr0n.yml").write_text(f"{entry}\n{HOSTILE_KEY}\n")
    (content / "papers/gantastic.yml").write_text(
        (TOY / "papers/gantastic.yml").read_text() + 'replaces: ["a\\n::error::b"]\n'
    )
    (tmp_path / "a\n::error::b.bib").write_text("@article{x,\n title = {::error::INJECTED}\n")
    monkeypatch.chdir(tmp_path)
    return content


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_every_command_prints_text(words: list[str], hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = [] if words == COMMANDS["unknown"] else ["--content", str(hostile)]
    with suppress(SystemExit):
        main([*words, *more])
    printed = "".join(capsys.readouterr())
    assert CONTROL.findall(printed) == []
    assert COMMAND.findall(printed) == []


def test_control_characters_are_visible(hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--content", str(hostile)])
    printed = capsys.readouterr().out
    assert r'unknown key "a\n::error::INJECTED \x1b[31m \u2028 #\u0023[add-mask]b \u202e"'[:40] in printed
    assert r"papers/a\n::add-mask::b.yml: the file's name is its id" in printed
    assert r"papers/caf\xe9.yml: the file's name is its id" in printed


@given(st.text())
def test_a_printed_line_is_one_line_and_no_command(text: str) -> None:
    line = escape_output_line(text)
    assert len(f"{line}.".splitlines()) == 1
    assert not CONTROL.search(line)
    assert not COMMAND.search(line)
    assert not line.lstrip().startswith("::")


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("::error::a", r"\u003a:error::a"),
        ("  ::error::a", r"  \u003a:error::a"),
        ("a ::error::b", "a ::error::b"),
        ("a ##[error]b", r"a \u0023#[error]b"),
        ("a\tb\nc\x9bd", r"a\tb\nc\x9bd"),
        ("caf\udce9", r"caf\xe9"),
        ("é “生” 🙂 a\u200db", "é “生” 🙂 a\u200db"),
    ],
)
def test_what_is_escaped(line: str, printed: str) -> None:
    assert escape_output_line(line) == printed


def test_lines_of_a_text(capsys: pytest.CaptureFixture[str]) -> None:
    print_text("a\n\n::b\n")
    print_text("")
    assert capsys.readouterr().out == "a\n\n\\u003a:b\n"


@pytest.mark.parametrize(
    ("count", "last"), [(MAX_PRINTED_ITEMS, "199"), (201, "and 1 more problem"), (50_000, "and 49,800 more problems")]
)
def test_many_problems_are_counted(count: int, last: str, capsys: pytest.CaptureFixture[str]) -> None:
    print_items(range(count), "problem")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= MAX_PRINTED_ITEMS + 1
    assert lines[-1] == last


def test_long_lines_are_cut(capsys: pytest.CaptureFixture[str]) -> None:
    print_items(["x" * 1_000_000], "problem")
    assert len(capsys.readouterr().out) < 3_000


def test_the_number_of_problems_is_that_of_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(TOY, tmp_path / "content")
    for index in range(300):
        (tmp_path / f"content/papers/x{index:03}.txt").touch()
    assert main(["check", "--annotate", "--content", str(tmp_path / "content")]) == 1
    printed = capsys.readouterr()
    assert printed.err == "300 problems\n"
    lines = printed.out.splitlines()
    assert sum(line.startswith("::error ") for line in lines) == MAX_ANNOTATIONS
    assert lines[-1] == "and 100 more problems"
    assert len(lines) == MAX_ANNOTATIONS + MAX_PRINTED_ITEMS + 1


def test_warnings_are_printed_in_place_and_counted_apart(capsys: pytest.CaptureFixture[str]) -> None:
    warnings = [Problem("b.yml", line, 1, "perhaps", warning=True) for line in range(1, MAX_PRINTED_ITEMS + 4)]
    problems = [Problem("a.yml", 1, 1, "wrong"), Problem("b.yml", 2, 1, "wrong"), Problem("c.yml", 1, 1, "wrong")]
    assert report_problems([*warnings, *problems]) == 1
    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    assert lines[:4] == [
        "a.yml:1:1: wrong",
        "b.yml:1:1: warning: perhaps",
        "b.yml:2:1: warning: perhaps",
        "b.yml:2:1: wrong",
    ]
    assert lines[-2:] == ["c.yml:1:1: wrong", "and 3 more warnings"]
    assert printed.err == f"3 problems, {MAX_PRINTED_ITEMS + 3} warnings\n"


def test_warnings_alone_are_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert report_problems([Problem("b.yml", 0, 0, "perhaps", warning=True)]) == 0
    assert capsys.readouterr() == ("b.yml: warning: perhaps\n", "1 warning\n")


def test_annotations_of_hostile_problems() -> None:
    problem = Problem("a\n::error::b,c:d%.yml", 1, 1, "x\n::error::y\x1b 5%\u2028")
    assert github_annotations([problem]) == [
        r"::error file=a\n%3A%3Aerror%3A%3Ab%2Cc%3Ad%25.yml,line=1,col=1::x\n::error::y\x1b 5%25\u2028"
    ]


def test_a_summary_has_no_lines_of_content() -> None:
    library, _ = load(TOY, {})
    problem = general_problem("papers/a\n# b.yml", "x\n\n<img src=x>\n- [y](z) \u202e\x1b")
    summary = diff_markdown(library, library, [problem], [])
    assert [line for line in summary.splitlines() if "img" in line or "b.yml" in line] == [
        "- papers/a&#92;n&#35;\u2060 b.yml: x&#92;n&#92;n&#60;img src&#61;x&#62;&#92;n- "
        "&#91;y&#93;(z) &#92;u202e&#92;x1b"
    ]


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_characters_that_the_terminal_lacks(encoding: str, hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They end no command, even if the terminal is strict."""
    (hostile / "papers/é生.yml").touch()
    out, err = BytesIO(), BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(out, encoding=encoding, errors="strict"))
    monkeypatch.setattr(sys, "stderr", TextIOWrapper(err, encoding=encoding, errors="strict"))
    assert main(["check", "--content", str(hostile)]) == 1
    sys.stdout.flush()
    printed = out.getvalue().decode(encoding)
    assert (r"papers/\xe9\u751f.yml: " if encoding == "ascii" else "papers/é生.yml: ") in printed
    assert r"papers/caf\xe9.yml: " in printed


ONE_RUN = """
import sys
from generator.cli import main, report_problems
out, toy = sys.argv[1:]
commands = (["check"], ["report"], ["suggest"], ["diff", toy], ["schema", "--out", f"{out}/schema"])
sys.exit(max(main([*words, "--content", toy]) for words in (*commands, ["build", "--out", f"{out}/docs"])))
"""


def test_without_docstrings_and_assertions(tmp_path: Path) -> None:
    """`python -OO` removes them, so nothing may depend on them. The terminal is as strict as can be."""
    strict = {"PYTHONIOENCODING": "ascii:strict", "LC_ALL": "C", "PYTHONUTF8": "0"}
    texts = [files_of_a_run(tmp_path / option, option, **strict) for option in ("-OO", "-B")]
    assert len(texts[0]) > 100
    assert texts[0] == texts[1]


def files_of_a_run(folder: Path, option: str, **environment: str) -> dict[str, bytes]:
    """Return the files that several commands write if Python is started with an option."""
    folder.mkdir()
    done = run(ROOT, option, "-c", ONE_RUN, folder, TOY, **environment)
    assert done.returncode == 0, done.stderr
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_a_summary_of_a_long_list_is_short() -> None:
    library, _ = load(TOY, {})
    paper = replace(library.papers[0], authors=tuple(f"Author {index}" for index in range(10_000)))
    summary = diff_markdown(library, replace(library, papers=(paper, *library.papers[1:])), [], [])
    assert "＋“Author 0”, " in summary
    assert "more" in summary
    assert len(summary) < 50_000

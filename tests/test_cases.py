"""Messages about invalid input: each file of `cases/` changes the toy list and lists the expected problems.

A case may add `files`, `change` a text in one, `delete` files, set `links`, or make a `large` or `deep` file.
`RENEW=1 pytest tests/test_cases.py` rewrites the expected problems, for review.
"""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from sites import TOY

from generator.cli import main
from generator.content.model import Library, Paper
from generator.content.reader import keys_of

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.yml"))
EXPECTED = "expected:"
ENTRY_KEYS = ", ".join(key for key in keys_of(Paper) if key != "id")


def prepare(case: dict[str, Any], content: Path) -> None:
    """Apply the changes of a case to a copy of the toy list."""
    shutil.copytree(TOY, content)
    (content.parent.parent / "outside.yml").write_text("title: a secret")
    contents = {
        name: text if isinstance(text, bytes) else text.encode() for name, text in case.get("files", {}).items()
    }
    contents |= {name: b"#" * size for name, size in case.get("large", {}).items()}
    contents |= {name: b"[" * depth + b"]" * depth for name, depth in case.get("deep", {}).items()}
    for name, text in contents.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_bytes(text)
    for name, change in case.get("change", {}).items():
        before = (content / name).read_text()
        assert before.count(change["old"]) == 1, f"{change['old']!r} does not stand once in {name}"
        (content / name).write_text(before.replace(change["old"], change["new"]))
    for name, target in case.get("links", {}).items():
        (content / name).symlink_to(target)
    for name in case.get("delete", ()):
        (content / name).unlink()


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_bad_input_is_one_line_with_its_place(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = file.read_text()
    case = yaml.safe_load(text)
    prepare(case, tmp_path / "list/content")
    monkeypatch.chdir(tmp_path / "list")
    status = main(["check"])
    printed = [line for line in capsys.readouterr().out.splitlines() if not line.endswith(" papers, no problems")]
    problems = [problem.replace(ENTRY_KEYS, "the keys of an entry") for problem in printed]
    if os.environ.get("RENEW"):
        shown = yaml.safe_dump({"expected": problems}, allow_unicode=True, width=10**6, sort_keys=False)
        file.write_text(text[: text.index(EXPECTED)] + shown)
    assert problems == yaml.safe_load(file.read_text())["expected"]
    assert problems
    assert status == any(": warning: " not in problem for problem in problems)


def test_the_toy_list_has_no_problems(toy: Library, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--content", str(TOY)]) == 0
    assert capsys.readouterr().out == f"{len(toy.papers)} papers, no problems\n"

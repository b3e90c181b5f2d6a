"""The guides are complete and correct: they describe every command, option, and target, and none that do not exist."""

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sites import ROOT

from generator.arguments import argument_parser

README = (ROOT / "README.md").read_text("utf-8")
GUIDE = (ROOT / ".github/CONTRIBUTING.md").read_text("utf-8")
HOSTS = (ROOT / ".github/PUBLISHING.md").read_text("utf-8")
OTHERS = (ROOT / folder / "README.md" for folder in ("generator", "tests", "content"))
BOTH = "".join([README, GUIDE, HOSTS, *(file.read_text("utf-8") for file in OTHERS if file.exists())])
LONGEST = 120  # lines of the README, short enough to be read to the end


def commands() -> dict[str, argparse.ArgumentParser]:
    action = next(a for a in argument_parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(action.choices)


def options() -> Iterator[tuple[str, str]]:
    for name, command in commands().items():
        for action in command._actions:
            yield from ((name, option) for option in action.option_strings if option.startswith("--"))


@pytest.mark.parametrize("command", commands())
def test_every_command_is_told(command: str) -> None:
    assert re.search(rf"^\| `{command}[ `]", GUIDE, re.MULTILINE)
    assert commands()[command].description


@pytest.mark.parametrize(("command", "option"), list(options()))
def test_every_option_is_told(command: str, option: str) -> None:
    row = " ".join(line for line in GUIDE.splitlines() if re.match(rf"\| `{command}[ `]", line))
    assert option in row or option in ("--help", "--content")
    assert option in GUIDE


def test_no_command_is_told_that_is_not_there() -> None:
    rows = set(re.findall(r"^\| `([a-z]+)[ `]", GUIDE, re.MULTILINE)) - {"list"}
    told = rows | set(re.findall(r"(?:python -m generator|`list) ([a-z]+)", BOTH))
    assert told <= commands().keys()
    ours = re.sub(r"`gh [^`]*`", "", GUIDE)
    assert set(re.findall(r"--[a-z]+", ours)) <= {option for _, option in options()}


def test_targets_of_make_are_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"make ([a-z]+)", " ".join(re.findall(r"`[^`\n]+`|^make .*", BOTH, re.M)))) <= targets


def test_files_that_are_named_are_there() -> None:
    for name in re.findall(r"`((?:generator|tests|\.github)/[\w./-]+)`", BOTH):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"\]\((\.\./|\.github/)?([\w./-]+)\)", README):
        assert name[1].startswith("content/") or (ROOT / "".join(name)).exists(), name


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= LONGEST


def packages() -> list[Path]:
    return sorted(file.parent for file in (ROOT / "generator").rglob("__init__.py"))


@pytest.mark.parametrize("folder", packages(), ids=lambda folder: folder.name)
def test_a_folder_says_what_it_is_and_where_to_begin(folder: Path) -> None:
    """The docstring of each package has at least one sentence, and the modules that it names exist."""
    words = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8")))
    assert words
    assert [name for name in re.findall(r"`(\w+\.py)`", words) if not (folder / name).is_file()] == []

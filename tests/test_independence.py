"""The software knows nothing of the list in `content/`: no test reads it, and nothing names what stands on it.

`conftest.py` has every reading of it by this process fail; here are the two ways round that. Neither test knows what
the list holds, so that they pass for any list, and each is shown to find what it looks for.
"""

import ast
import re
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
from sites import LISTED, ROOT, TOY

SOFTWARE = [ROOT / folder for folder in ("generator", "tests", ".github")]
BUILT = ("assets", "__pycache__")  # folders of what is no source of ours
NO_READERS = {"sites.py", "test_schema.py", "test_key_tables.py"}  # of its files, but for the guide
PROOF = "proof.py"  # no test: applies edits to a copy of the list
DISTINCT = re.compile(r"\w+(?:-\w+){2,}")  # ids that no code has by chance: three words or more


def software_files() -> Iterator[Path]:
    """All sources but the toy list."""
    for folder in SOFTWARE:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not {*file.parts} & {*BUILT} and TOY not in file.parents:
                yield file


def distinct_ids(content: Path) -> set[str]:
    """The ids of a list's papers and paths that are no everyday words."""
    files = (file for folder in ("papers", "paths") for file in (content / folder).glob("*.yml"))
    return {file.stem for file in files if DISTINCT.fullmatch(file.stem)}


def files_that_name(ids: Collection[str]) -> set[str]:
    """The sources that name one of these ids, but in addresses, which have a slash before it."""
    words = re.compile(r"(?<![\w/-])[\w-]+")
    return {
        file.relative_to(ROOT).as_posix()
        for file in software_files()
        if not {*ids}.isdisjoint(words.findall(file.read_text("utf-8", "replace")))
    }


def files_that_read_the_list() -> set[str]:
    """The tests that put `content` after the root's path, but for a guide that stands there."""
    return {file.name for file in software_files() if file.suffix == ".py" and any(paths_to_the_list(file.read_text()))}


def paths_to_the_list(source: str) -> Iterator[ast.BinOp]:
    """Each path of a program that begins with the root and goes on with the list's folder."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and isinstance(node.right, ast.Constant):
            below_root = isinstance(node.left, ast.Name) and node.left.id == "ROOT"
            if below_root and re.fullmatch(r"content(?:/(?!README\.md).*)?", str(node.right.value)):
                yield node


def test_nothing_names_a_paper_or_path_of_the_list() -> None:
    assert files_that_name(distinct_ids(ROOT / "content") - distinct_ids(TOY)) == set()


def test_names_would_be_found() -> None:
    toys = distinct_ids(TOY)
    assert len(toys) > 10
    assert {"tests/test_decisions.py", "tests/cases/path-wrong.yml"} <= files_that_name(toys)
    assert files_that_name({"no-such-paper" + "-anywhere"}) == set()


def test_no_program_forms_the_path_of_the_list() -> None:
    assert files_that_read_the_list() <= {Path(__file__).name, PROOF, *NO_READERS}
    assert [*paths_to_the_list('ROOT / "content"')]
    assert [*paths_to_the_list('x(ROOT / "content/papers/a.yml")')]
    assert not [*paths_to_the_list('place / "content", ROOT / "content/README.md", ROOT / "contents"')]


def test_reading_the_list_fails_a_test(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="no test reads the list"):
        (LISTED / "site.yml").read_text("utf-8")
    with pytest.raises(AssertionError, match="no test reads the list"):
        (ROOT / "tests/../content/papers/new.yml").read_bytes()
    (tmp_path / "site.yml").write_text("name: another")
    assert (tmp_path / "site.yml").read_text() == "name: another"

"""No test may read the list in `content/`: curators may change it at any time, and a fork has a different one.

`conftest.py` makes this process fail if it reads the list. These tests check that it does, and that no file of the
tests constructs the list's path, which it could pass to another process.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sites import LISTED, ROOT, TOY

NO_READERS = {"sites.py", "test_schema.py", "test_key_tables.py"}  # they name its path, but read at most the guide
PROOF = "proof.py"  # not a test: edits a copy of the list


def files_that_read_the_list() -> set[str]:
    """Return the names of the test files that construct a path to the list, other than to its guide."""
    files = (file for file in (ROOT / "tests").rglob("*.py") if TOY not in file.parents)
    return {file.name for file in files if any(paths_to_the_list(file.read_text("utf-8")))}


def paths_to_the_list(source: str) -> Iterator[ast.BinOp]:
    """Yield each expression in a source file that appends the list's folder to the root path."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and isinstance(node.right, ast.Constant):
            below_root = isinstance(node.left, ast.Name) and node.left.id == "ROOT"
            if below_root and re.fullmatch(r"content(?:/(?!README\.md).*)?", str(node.right.value)):
                yield node


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

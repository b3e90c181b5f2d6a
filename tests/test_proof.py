"""Valid edits of a list pass the check of a pull request: a few here, and many more with `make proof`."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from edits import EDITS, Curator
from proof import edited, empty_list, fork_with_two_entries, list_of_a_library
from sites import TOY


@pytest.mark.parametrize("seed", [1, 2])
def test_a_pull_request_with_valid_edits_passes(seed: int, tmp_path: Path) -> None:
    edits, lines = edited(tmp_path / "list", TOY, seed, len(EDITS), site=False)
    assert len(edits) == len(EDITS)
    assert not any(line.startswith("FAILED") for line in lines), "\n".join([*edits, *lines])


@pytest.mark.parametrize("begin", [fork_with_two_entries, empty_list])
def test_a_list_of_its_own_passes_from_the_first_day(begin: Callable[..., list[str]], tmp_path: Path) -> None:
    assert begin(tmp_path / "first", TOY, site=False) == []
    edits, lines = edited(tmp_path / "later", tmp_path / "first/content", 1, len(EDITS), site=False)
    assert edits
    assert lines == []


def test_a_clone_becomes_the_list_of_a_library(tmp_path: Path) -> None:
    """500 works of all kinds: what is written passes the check, is built, and fails no test of the project."""
    assert list_of_a_library(tmp_path / "clone") == []


def test_the_same_seed_makes_the_same_edits(tmp_path: Path) -> None:
    for name in ("one", "other"):
        shutil.copytree(TOY, tmp_path / name)
    assert Curator(tmp_path / "one", 3).edit(4) == Curator(tmp_path / "other", 3).edit(4)

"""Addresses at the host of the repository, for each program that hosts run."""

from typing import get_args

import pytest
import yaml
from sites import ROOT

from generator.content.model import HostProgram, Site
from generator.curate.importers.issue import KEYS_BY_LABEL
from generator.site.hosts import (
    HOST_PROGRAMS,
    NAMED_BODY,
    SUGGESTION_BODY,
    edit_address,
    issue_address,
    suggestion_address,
)

FILE = "content/papers/a.yml"
FORM = ".github/ISSUE_TEMPLATE/paper.yml"


def site(repository: str, host: HostProgram | None = None, branch: str = "main") -> Site:
    return Site("A", "B", "C", repository=repository, branch=branch, host=host)


@pytest.mark.parametrize(
    ("repository", "edit", "suggestion"),
    [
        ("https://github.com/o/r", f"edit/main/{FILE}", "issues/new?template=paper.yml"),
        ("https://github.example.edu/o/r", f"edit/main/{FILE}", "issues/new?template=paper.yml"),
        ("https://gitlab.com/o/sub/r", f"-/edit/main/{FILE}", "-/issues/new?issue%5Btitle%5D=Entry%3A%20&issue%5Bdesc"),
        ("https://codeberg.org/o/r", f"_edit/main/{FILE}", f"issues/new?template={FORM}"),
        ("https://gitea.example.org/o/r", f"_edit/main/{FILE}", f"issues/new?template={FORM}"),
        ("https://bitbucket.org/o/r", f"src/main/{FILE}?mode=edit&at=main", None),
    ],
)
def test_a_host_is_known_by_its_name(repository: str, edit: str, suggestion: str | None) -> None:
    assert edit_address(site(repository), FILE) == f"{repository}/{edit}"
    found = suggestion_address(site(repository))
    assert found is None if suggestion is None else found and found.startswith(f"{repository}/{suggestion}")


@pytest.mark.parametrize(
    ("host", "edit"),
    [("gitlab", "-/edit"), ("forgejo", "_edit"), ("gitea", "_edit"), ("github", "edit"), (None, "edit")],
)
def test_a_host_of_another_name_is_known_by_the_settings(host: HostProgram | None, edit: str) -> None:
    found = edit_address(site("https://git.example.org/o/r", host), FILE)
    assert found == f"https://git.example.org/o/r/{edit}/main/{FILE}"


def test_branches_may_have_slashes() -> None:
    found = edit_address(site("https://gitlab.com/o/r", branch="the list/2026"), "content/papers/{branch}.yml")
    assert found == "https://gitlab.com/o/r/-/edit/the%20list/2026/content/papers/%7Bbranch%7D.yml"


def test_every_program_has_addresses() -> None:
    assert HOST_PROGRAMS.keys() == set(get_args(HostProgram))
    assert issue_address(site("")) is suggestion_address(site("")) is edit_address(site(""), FILE) is None


def test_a_suggestion_has_the_same_headings_on_every_host() -> None:
    """`import issue` reads them, whether a form of the host or an address has written them."""
    headings = [line.removeprefix("### ") for line in f"{SUGGESTION_BODY}{NAMED_BODY}".splitlines() if line[:1] == "#"]
    fields = yaml.safe_load((ROOT / FORM).read_text("utf-8"))["body"]
    assert set(headings) <= {field["attributes"]["label"] for field in fields} & KEYS_BY_LABEL.keys()

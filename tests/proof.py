"""Shows that a pull request which only edits a list, and is valid, passes its check: `make proof SEEDS=20`.

Random edits of this list, of a fork with two entries and of an empty list, the worked example of the guide, done
literally, and a fork whose list is replaced by one made from a library; after each, what a pull request's check runs.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from edits import Curator
from libraries import bib_library
from sites import MKDOCS, ROOT, TOY, run, workshop
from test_sources import all_services, served

CHECK = (("diff", "HEAD"), ("check", "--annotate"), ("schema",), ("check",), ("measure",), ("build",))
GUIDE = ROOT / "content/README.md"
OWN_LIST_TESTS = (
    "tests/test_docs.py",
    "tests/test_independence.py",
    "tests/test_key_tables.py",
)  # that see the project
NOT_CLONED = shutil.ignore_patterns(
    ".git", ".venv", "node_modules", "build", "content.old*", "__pycache__", ".*_cache", ".hypothesis"
)
SITE = "name: A list\ntagline: It begins.\nintroduction: To be filled.\n"
SHELF = "- {id: all, name: All papers, summary: All of them., introduction: One shelf to begin with.}\n"
FACET = '- {id: topic, name: Topic, description: "What is it about?", terms: []}\n'


def repository(folder: Path, content: Path) -> Path:
    """Create a folder like this repository with another list, commit the list, and return the folder."""
    place = workshop(folder)
    shutil.copytree(content, place / "content")
    for words in (("init", "--quiet"), ("add", "content"), ("commit", "--quiet", "--message", "The list before")):
        git(place, *words)
    return place


def git(place: Path, *words: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], cwd=place, check=True)


def pull_request(place: Path, *, site: bool = True) -> Iterator[str]:
    """Run the commands of a pull request's check, and yield the lines with scores, and failures with their output."""
    for command in CHECK:
        done = run(place, "-m", "generator", *command)
        if command == ("measure",):
            yield from (line for line in done.stdout.splitlines() if re.match("(?:related papers|search): ", line))
        if done.returncode:
            yield f"FAILED {' '.join(command)}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
    if site:
        done = run(place, "-m", "generator", "build", "--", *MKDOCS)
        if done.returncode:
            yield f"FAILED build\n{done.stdout[-3000:]}{done.stderr[-3000:]}"


def edited(folder: Path, content: Path, seed: int, edits: int, *, site: bool = True) -> tuple[list[str], list[str]]:
    """Edit a copy of a list, and return descriptions of the edits and the lines of the check."""
    place = repository(folder, content)
    done = Curator(place / "content", seed).edit(edits)
    return done, list(pull_request(place, site=site))


def worked_example(folder: Path, content: Path, *, site: bool = True) -> list[str]:
    """Follow the worked example of the guide, with a mock of arXiv, and return the lines of the check."""
    place, guide = repository(folder, content), GUIDE.read_text("utf-8")
    example = guide[guide.index("## A worked example") :]
    added = re.findall(r"^\$ list (add .*)", example, re.MULTILINE)[0]
    proposed = re.findall(r"^\$ list (suggest .*)", example, re.MULTILINE)[0]
    entry = place / "content" / re.findall(r"content/(papers/\S+\.yml)", example)[0]
    keys = re.findall(r"```yaml\n(.*?)```", example, re.DOTALL)[0]
    misspelt = re.findall(r"unknown tag \"(\w+)\", did you mean \"([\w-]+)\"", example)[0]
    with served(all_services) as arxiv:
        done = [run(place, "-m", "generator", *added.split(), **arxiv.environment)]
    done.append(run(place, "-m", "generator", *proposed.split()))
    faults = [f"FAILED {one.args}\n{one.stdout}{one.stderr}" for one in done if one.returncode]
    if faults:
        return faults
    before = entry.read_text("utf-8")
    entry.write_text(before.replace("abstract:", f"{keys.replace(misspelt[1], misspelt[0])}abstract:"), "utf-8")
    told = run(place, "-m", "generator", "check").stdout
    if f'unknown tag "{misspelt[0]}"' not in told:
        faults.append(f"FAILED to tell of the tag {misspelt[0]}\n{told}")
    entry.write_text(before.replace("abstract:", f"{keys}abstract:"), "utf-8")
    return [*faults, *pull_request(place, site=site)]


def has_example_terms(content: Path) -> bool:
    """Return whether the guide's worked example fits a list: the list has the shelf and the tags that it uses."""
    guide, files = GUIDE.read_text("utf-8"), ("categories.yml", "vocabulary.yml")
    found = re.findall(r"^category: (\S+)\ntags: \[(.*)\]$", guide[guide.index("## A worked example") :], re.MULTILINE)
    ids = {
        one for name in files for one in re.findall(r"\bid: (\S+)$", (content / name).read_text("utf-8"), re.MULTILINE)
    }
    return {found[0][0], *found[0][1].split(", ")} <= ids


def fork_with_two_entries(folder: Path, content: Path, *, site: bool = True) -> list[str]:
    """Follow the README's instructions for a new list, with two papers, and return the lines of the check."""
    place = repository(folder, content)
    start_anew(place / "content", SHELF, FACET)
    with served(all_services) as arxiv:
        added = run(place, "-m", "generator", "add", "1701.07875", "2005.14165", **arxiv.environment)
    for entry in (place / "content/papers").iterdir():
        entry.write_text(entry.read_text("utf-8").replace("abstract:", "category: all\nabstract:"), "utf-8")
    return [*([f"FAILED add\n{added.stderr}"] * bool(added.returncode)), *pull_request(place, site=site)]


def empty_list(folder: Path, content: Path, *, site: bool = True) -> list[str]:
    """Empty the list, and return the lines of the check."""
    place = repository(folder, content)
    start_anew(place / "content", "[]\n", "[]\n")
    return list(pull_request(place, site=site))


def list_in(folder: str) -> set[str]:
    """Return the name of the list's folder, if this is the folder that it is in."""
    return {"content"} if Path(folder) == ROOT else set()


def fresh_clone(place: Path) -> Path:
    """Return a new folder with what a clone of this repository has, and the toy list and the guide as its content."""
    shutil.copytree(ROOT, place, ignore=lambda folder, names: {*NOT_CLONED(folder, names), *list_in(folder)})
    shutil.copytree(TOY, place / "content")
    (place / "content/README.md").write_bytes(GUIDE.read_bytes())
    for words in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "--message", "The list before")):
        git(place, *words)
    return place


def list_of_a_library(place: Path, *, entries: int = 500, site: bool = True) -> list[str]:
    """Put the list of a library of works of all kinds in the place of that of a clone; return the lines of the check,
    and what of the tests fails that see the whole project."""
    fresh_clone(place)
    library = place.with_suffix(".bib")
    library.write_text(bib_library(entries), "utf-8")
    done = [run(place, "-m", "generator", "new", "--from", library, "--name", "My list", "--replace")]
    lines = list(pull_request(place, site=site))
    done.append(run(place, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *OWN_LIST_TESTS))
    return [*lines, *(f"FAILED {one.args}\n{one.stdout}{one.stderr}" for one in done if one.returncode)]


def start_anew(content: Path, categories: str, vocabulary: str) -> None:
    """Replace the files of a content folder with a minimal list."""
    shutil.rmtree(content)
    (content / "papers").mkdir(parents=True)
    for name, text in (("site", SITE), ("categories", categories), ("vocabulary", vocabulary)):
        (content / f"{name}.yml").write_text(text, "utf-8")


def report(what: str, lines: list[str], edits: list[str]) -> bool:
    """Print the result of a check, and the edits before it if it failed. Return whether it passed."""
    passed = not any(line.startswith("FAILED") for line in lines)
    scores = "; ".join(line.partition(" (")[0] for line in lines) if passed else ""
    print(f"{what}: {'passed' if passed else 'FAILED'}{f' ({scores})' if scores else ''}", flush=True)
    if not passed:
        print("\n".join([*edits, *lines]), flush=True)
    return passed


def main() -> int:
    """Run all scenarios, and return 0 if every check passed, else 1."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, default=20, help="runs with random edits; default: 20")
    options.add_argument("--first", type=int, default=1, help="the first seed; default: 1")
    options.add_argument("--edits", type=int, default=30, help="edits of each; default: 30")
    options.add_argument("--every", type=int, default=5, help="seeds from one site that MkDocs builds to the next; 5")
    options.add_argument("--content", type=Path, default=ROOT / "content", help="default: this list")
    chosen = options.parse_args()
    passed = []
    with tempfile.TemporaryDirectory() as top:
        folder, content = Path(top), chosen.content.resolve()
        passed.append(report("list of a library", list_of_a_library(folder / "clone"), []))
        scenarios = (worked_example, fork_with_two_entries, empty_list)
        for scenario in scenarios if has_example_terms(content) else scenarios[1:]:
            name = scenario.__name__
            passed.append(report(name.replace("_", " "), scenario(folder / name, content), []))
        small = [(name, folder / name / "content") for name in ("fork_with_two_entries", "empty_list")]
        for seed in range(chosen.first, chosen.first + chosen.seeds):
            for name, start in [("list", content), *small]:
                place = folder / f"{name}-{seed}"
                done, lines = edited(place, start, seed, chosen.edits, site=seed % chosen.every == 0)
                passed.append(report(f"{name.replace('_', ' ')}, seed {seed}, {len(done)} edits", lines, done))
                shutil.rmtree(place)
    print(f"{sum(passed)} of {len(passed)} checks passed")
    return 0 if all(passed) else 1


if __name__ == "__main__":
    os.environ.pop("SITE_URL", None)
    sys.exit(main())

"""Builds that use what the last one knew make what a build from nothing makes."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from edits import Curator, one_arranged_anew
from sites import TOY, workshop

from generator import build as building
from generator.build import build, load_and_check
from generator.checks.rules import warn
from generator.content import loader
from generator.content.loader import load
from generator.content.model import Links, Paper, Problem
from generator.known_list import KnownList
from generator.output import workers
from generator.output.records import read_record
from generator.output.write import content_bytes
from generator.related.relate import relate
from generator.site import render
from generator.site.catalogue import build_catalogue
from generator.site.previews import PREVIEWS_FOLDER
from generator.site.render import site_files

KNOWN, RECORD = Path("build/.site.known.json"), Path("build/.site.last.json")
TEXT_EDITS: tuple[Callable[[Paper, str], Paper], ...] = (
    lambda paper, word: replace(paper, summary=f"The paper {paper.id} is about {word}."),
    lambda paper, word: replace(paper, title=f"{paper.title} and {word}"),
    lambda paper, word: replace(paper, title=f"{word.title()} and {paper.title}"),  # its citation has another key
    lambda paper, word: replace(paper, abstract=f"{paper.abstract} We find {word} in {paper.id}."),
    lambda paper, word: replace(paper, award=f"For {word}, 2019", questions=(f"Are {word} in {paper.id}?",)),
    lambda paper, word: replace(paper, aliases=(*paper.aliases, word.title())),
    lambda paper, word: replace(paper, links=Links(code=f"https://example.org/{word}")),
    lambda paper, word: replace(
        paper, doi=f"10.1234/{paper.id}-{word}", note=f"See {word}.", why=f"For {word} and {paper.id}."
    ),
)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The working folder has the toy list."""
    copytree(TOY, workshop(tmp_path) / "content")
    monkeypatch.chdir(tmp_path)


def built() -> list[object]:
    return [*build(Path("content"), Path("build/docs"), Path("build/site"))]


def assert_as_from_nothing() -> None:
    library, _ = load(Path("content"), {})
    files = site_files(build_catalogue(library, relate(library)))
    made = {
        file.relative_to(folder).as_posix(): file
        for folder in (Path("build/docs"), Path("build/site"))
        for file in folder.rglob("*")
        if file.is_file() and file.name != ".generated"
    }
    assert made.keys() == {*files}
    assert [
        name
        for name in files
        if not name.startswith(PREVIEWS_FOLDER)  # which are named by what is drawn
        and made[name].read_bytes() != content_bytes(files[name])
    ] == []


def edit_texts(chance: random.Random) -> None:
    """Edit the texts of a few papers."""
    curator = Curator(Path("content"), chance.randrange(1_000))
    for paper in chance.sample(curator.library.papers, chance.randrange(1, 4)):
        curator.write(chance.choice(TEXT_EDITS)(paper, chance.choice("lenses light color waves".split())))


def edit_arrangement(chance: random.Random) -> None:
    """Edit how a few papers are filed, dated, named and cited, as far as the check permits."""
    curator = Curator(Path("content"), chance.randrange(1_000))
    for paper in chance.sample(curator.library.papers, 3):
        curator.write(one_arranged_anew(curator.library, paper, chance.choice(curator.library.papers), chance))
        if load_and_check(Path("content"))[1]:
            curator.write(paper)


def edit_anything(chance: random.Random) -> None:
    """Make an edit of another kind."""
    Curator(Path("content"), chance.randrange(1_000)).edit(1)


def change_what_is_built(chance: random.Random) -> None:
    """Change or delete a file that was built, or what is known."""
    files = [*Path("build").rglob("*.md"), *Path("build").rglob("*.bib"), KNOWN, RECORD, KNOWN]
    file = chance.choice([file for file in files if file.exists()])
    chance.choice((Path.unlink, lambda it: it.write_text("{}"), lambda it: it.write_text(it.read_text()[:-9])))(file)


def write_nonsense(chance: random.Random) -> None:
    """Write an entry that is refused, and take it back."""
    file = chance.choice(sorted(Path("content/papers").iterdir()))
    text = file.read_text()
    file.write_text(chance.choice(("title: [", f"{text}colour: red\n", text.replace("category: ", "category: x"))))
    assert built() != []
    file.write_text(text)


@pytest.mark.parametrize("seed", range(6))
def test_after_any_edits_the_site_is_as_from_nothing(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(6):
        assert built() == []
        assert_as_from_nothing()
        edits = edit_texts, edit_arrangement, edit_texts, edit_arrangement, edit_anything, change_what_is_built
        chance.choice((*edits, write_nonsense))(chance)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of the files that are made after a first build, and of the entries that are read."""
    assert built() == []
    names: set[str] = set()
    make, parse = render.SiteFiles.__getitem__, loader.parse_content_file

    def noted_make(files: render.SiteFiles[str], name: str) -> str:
        names.add(name)
        return make(files, name)

    def noted_parse(file: Path, *given: Any, **named: Any) -> Any:
        if file.parent.name == "papers":
            names.add(str(file))
        return parse(file, *given, **named)

    monkeypatch.setattr(workers, "has_free_cores", lambda: False)
    monkeypatch.setattr(render.SiteFiles, "__getitem__", noted_make)
    monkeypatch.setattr(loader, "parse_content_file", noted_parse)
    return names


def own_files(made: set[str], *folders: str) -> set[str]:
    """Return the addresses in folders of which files were made."""
    return {name.partition(".")[0] for name in made if name.partition("/")[0] in folders}


def test_only_what_shows_an_edited_paper_is_made_again(made: set[str]) -> None:
    curator = Curator(Path("content"), 0)
    library = curator.library
    tr0n = next(paper for paper in library.papers if paper.id == "tr0n")
    curator.write(replace(tr0n, links=Links(code="https://example.org/tr0n")))  # which relates it to no other papers
    made.clear()
    assert built() == []
    retired = {f"content/papers/{paper.id}.yml" for paper in library.retired}
    assert {name for name in made if name.startswith("content/")} == {"content/papers/tr0n.yml", *retired}
    assert {"search/list.json", "papers.bib", "index.md", "papers/tr0n.md", "papers/tr0n.md.txt"} <= made
    assert f"categories/{tr0n.category}.md" in made
    assert own_files(made, "categories") == {"categories/index", f"categories/{tr0n.category}"}
    assert len(own_files(made, "papers")) < len(library.papers) / 2
    assert {f"tags/{tag}" for tag in tr0n.tags} <= own_files(made, "tags")
    assert {f"tags/{term.id}" for term in library.terms} - own_files(made, "tags") != set()


def test_another_program_makes_everything_again(made: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "PROGRAM_FOLDER", Path("content/pages"))  # as if a template had changed
    assert built() == []
    library, _ = load(Path("content"), {})
    files = {*site_files(build_catalogue(library, relate(library)))}
    assert {name for name in files - made if not name.startswith(PREVIEWS_FOLDER)} == set()


def rewrite(name: str, old: str, new: str) -> None:
    """Replace a text in the file of a paper, where it is once."""
    file = Path(f"content/papers/{name}.yml")
    text = file.read_text()
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))


def known_warnings() -> list[Problem]:
    """Build the site, and return the warnings that are known then."""
    assert built() == []
    known = read_record(KNOWN, KnownList)
    assert known
    return [*known.warnings]


def found_warnings() -> list[Problem]:
    return warn(load(Path("content"), {})[0])


def test_warnings_are_found_again_where_they_may_be_others(monkeypatch: pytest.MonkeyPatch) -> None:
    assert known_warnings() == []
    rewrite("tr0n", "We propose TR0N,", "In R^{C times d}, we propose TR0N,")
    (damaged,) = known_warnings()
    assert [damaged] == found_warnings()
    rewrite("tr0n", "\ncategory: ", "\naward: A prize\ncategory: ")  # which moves the abstract
    assert known_warnings() == found_warnings() != [damaged]
    rewrite("tr0n", "title: ", "# A comment\ntitle: ")
    assert known_warnings() == found_warnings() != [damaged]
    rewrite("autoprompt", "authors:\n", "authors:\n  - J.-Y. Zhu\n")
    assert len(known_warnings()) == 2
    assert known_warnings() == found_warnings()
    with monkeypatch.context() as patched:
        patched.setattr(building, "warn", lambda _: pytest.fail("warnings are found again"))
        rewrite("wasserstein-gan", "\ncategory: ", "\nnote: As others.\ncategory: ")
        assert known_warnings() == found_warnings()
    rewrite("autoprompt", "  - J.-Y. Zhu\n", "")
    assert len(known_warnings()) == 1

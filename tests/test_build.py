"""The whole program, run as by a curator."""

import json
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from sites import ROOT, TOY, run, workshop

from generator.cli import main, run_with_exit_status
from generator.content.loader import apply_environment, repository_page
from generator.content.model import Library, Site, SourceMarks
from generator.related.relate import relate
from generator.site.render import render_site

RECORDS = (".site.last.json", ".site.known.json")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Create a folder with the toy list as its content, and make it the working directory."""
    shutil.copytree(TOY, tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tree(folder: Path) -> dict[str, bytes]:
    """Return what was made, without the records of what it was made from."""
    files = (file for file in folder.rglob("*") if file.is_file() and file.name not in RECORDS)
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def test_a_second_build_writes_nothing(place: Path, toy: Library, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build"]) == 0
    before = {file: file.stat().st_mtime_ns for file in (place / "build").rglob("*")}
    capsys.readouterr()
    assert main(["build"]) == 0
    where = "build/docs and build/site"
    assert capsys.readouterr().out == f"{len(toy.papers)} papers: nothing has changed in {where}\n"
    assert {file: file.stat().st_mtime_ns for file in (place / "build").rglob("*")} == before
    records = {place / "build" / name for name in RECORDS}
    (place / "build/.site.last.json").unlink()
    assert main(["build"]) == 0
    assert capsys.readouterr().out == f"{len(toy.papers)} papers: 0 files written, 0 deleted in {where}\n"
    after = {file: file.stat().st_mtime_ns for file in (place / "build").rglob("*")}
    assert {file for file in after if after[file] != before[file]} == records


def test_a_change_writes_only_what_it_changes(place: Path, toy: Library, capsys: pytest.CaptureFixture[str]) -> None:
    main(["build"])
    file = place / "content/papers/tr0n.yml"
    before = tree(place / "build")
    file.write_text(file.read_text().replace("We propose TR0N", "We present TR0N"))
    capsys.readouterr()
    main(["build"])
    after = tree(place / "build")
    changed = {name for name in after if after[name] != before.get(name)}
    assert (
        capsys.readouterr().out
        == f"{len(toy.papers)} papers: {len(changed)} files written, 0 deleted in build/docs and build/site\n"
    )
    assert {name for name in changed if name.endswith(".md")} == {"docs/papers/tr0n.md"}
    assert all(b"We present TR0N" in after[name] for name in changed)


def test_the_folder_of_the_site_is_taken_over_from_the_builder(place: Path) -> None:
    (place / "build/site/old").mkdir(parents=True)
    (place / "build/site/old/index.html").write_text("a page")
    (place / "build/site/old.css").write_text("a style sheet")
    with pytest.raises(FileExistsError):
        main(["build"])
    (place / "mkdocs.yml").write_text("site_dir: build/site\n")
    assert main(["build"]) == 0
    assert not (place / "build/site/old.css").exists()
    for faulty in ("[", "- a", "site_dir: 3"):
        (place / "mkdocs.yml").write_text(faulty)
        assert main(["build"]) == 0


def test_problems_leave_the_last_build_as_it_was(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["build"])
    before = tree(place / "build")
    (place / "content/papers/tr0n.yml").write_text("title: TR0N\n")
    (place / "content/papers/wasserstein-gan.yml").unlink()
    capsys.readouterr()
    assert main(["build"]) == 1
    said = capsys.readouterr()
    assert "content/papers/tr0n.yml:1:1: missing key" in said.out
    assert 'content/site.yml:4:9: unknown paper "wasserstein-gan"' in said.out
    assert said.err == f"{len(said.out.splitlines())} problems\n"
    assert tree(place / "build") == before


def test_builds_are_byte_identical_on_any_machine(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        folder = workshop(tmp_path / seed)
        done = run(folder, "-m", "generator", "build", "--content", TOY, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "1/build") == tree(tmp_path / "2/build")


def test_warnings_are_told_and_stop_nothing(place: Path, toy: Library, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(5):
        entry = f"title: Words {'abcde'[number] * 9}\nauthors: [A]\ncategory: empty\nabstract: Text.\n"
        (place / f"content/papers/more-{number}.yml").write_text(entry)
    assert main(["check"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "content/papers/more-0.yml:1:1: warning: no relation leads to this paper or from it" in said
    assert said[-1] == f"{len(toy.papers) + 5} papers, no problems"


def test_a_build_counts_the_warnings(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = (place / "content/papers/note-on-the-inception-score.yml").read_text()
    (place / "content/papers/other-note.yml").write_text(
        note.replace("arxiv:", "published: 2018-01 #").replace("\nsummary: ", "\nsummary: Again, ")
    )
    assert main(["build"]) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines()[-1] == "1 warning: see `make check`"
    assert printed.err == ""
    assert (place / "build/docs/papers/other-note.md").exists()


def test_an_empty_list(place: Path) -> None:
    shutil.rmtree(place / "content/papers")
    shutil.rmtree(place / "content/pages")
    shutil.rmtree(place / "content/paths")
    (place / "content/site.yml").write_text("name: Empty\ntagline: Nothing yet.\nintroduction: To be filled.\n")
    (place / "content/categories.yml").write_text("[]\n")
    (place / "content/vocabulary.yml").write_text("[]\n")
    assert main(["build"]) == 0
    assert "empty so far" in (place / "build/docs/index.md").read_text()
    assert json.loads((place / "build/site/api/papers.json").read_text()) == []


def test_line_ends_and_byte_order_marks_of_other_systems(place: Path) -> None:
    assert main(["build"]) == 0
    before = tree(place / "build")
    for file in (place / "content").rglob("*.*"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert main(["build"]) == 0
    assert tree(place / "build") == before


def test_a_disk_that_refuses_is_one_line(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "taken").write_text("mine")
    assert run_with_exit_status(lambda: main(["build", "--out", str(place / "taken")])) == 1
    assert capsys.readouterr().err == f"{place}/taken: File exists\n"
    (place / "full").mkdir()
    (place / "full/thesis.tex").write_text("mine")
    assert run_with_exit_status(lambda: main(["build", "--out", str(place / "full")])) == 1
    assert "holds files that the generator did not write" in capsys.readouterr().err
    assert tree(place / "full") == {"thesis.tex": b"mine"}


def test_no_content_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["build"]) == 1
    assert "content/site.yml: cannot be read" in capsys.readouterr().out
    assert not (tmp_path / "build").exists()


def test_addresses_come_from_the_environment(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPOSITORY_URL", "https://gitlab.com/someone/a-list/")
    monkeypatch.setenv("REPOSITORY_BRANCH", "trunk")
    monkeypatch.setenv("SITE_URL", "https://someone.gitlab.io/a-list/")
    assert main(["build"]) == 0
    docs = place / "build/docs"
    edit = "https://gitlab.com/someone/a-list/-/edit/trunk/content/papers/tr0n.yml"
    assert f'href="{edit}"' in (docs / "papers/tr0n.md").read_text().replace("&#95;", "_")
    assert 'site_url: "https://someone.gitlab.io/a-list/"\n' in (docs / ".settings.yml").read_text()
    papers = json.loads((place / "build/site/api/papers.json").read_text())
    assert papers[0]["url"] == f"https://someone.gitlab.io/a-list/papers/{papers[0]['id']}/"


@pytest.mark.parametrize(
    ("given", "page"),
    [
        ("https://github.com/a/b", "https://github.com/a/b"),
        ("https://github.com/a/b.git/", "https://github.com/a/b"),
        ("https://x-access-token:v1.5c3b@github.com/a/b", "https://github.com/a/b"),
        ("http://oauth2:t@k@gitlab.com/a/b.git", "http://gitlab.com/a/b"),
        ("git@github.com:a/b.git", "https://github.com/a/b"),
        ("ssh://git@git.example.org:2222/a/b/c.git", "https://git.example.org/a/b/c"),
        ("ssh://git@codeberg.org/a/b", "https://codeberg.org/a/b"),
        ("https://example.org/@a/b", "https://example.org/@a/b"),
        ("", ""),
    ],
)
def test_no_password_of_a_build_machine_is_published(given: str, page: str) -> None:
    """Hosts hand the address from which they clone to the build, some with the token that lets them."""
    assert repository_page(given) == page
    site, problems = apply_environment(Site("A", "B", "C"), SourceMarks("site.yml"), {"REPOSITORY_URL": given})
    assert (site.repository or "", problems) == (page, [])


def test_an_address_of_the_environment_is_checked(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SITE_URL", "example.org")
    monkeypatch.setenv("REPOSITORY_HOST", "sourcehut")
    assert main(["check", "--content", str(place / "content")]) == 1
    assert capsys.readouterr().out == (
        'REPOSITORY_HOST: expected one of github, gitlab, forgejo, gitea, bitbucket, found "sourcehut"\n'
        'SITE_URL: expected an address that starts with http:// or https://, found "example.org"\n'
    )


def test_without_a_repository_there_is_nothing_to_improve(place: Path) -> None:
    site = place / "content/site.yml"
    site.write_text(re.sub(r"repository: .*\n", "", site.read_text()))
    assert main(["build"]) == 0
    assert "Improve this entry" not in (place / "build/docs/papers/tr0n.md").read_text()


def test_papers_json_keeps_its_contract(toy: Library) -> None:
    papers: list[dict[str, Any]] = json.loads(render_site(toy, relate(toy))["api/papers.json"])
    keys = "id title authors published venue arxiv category tags summary url relations related".split()
    assert [paper["id"] for paper in papers] == sorted(paper["id"] for paper in papers)
    assert len(papers) == len(toy.papers)
    for paper in papers:
        assert list(paper) == keys
        assert paper["url"].endswith(f"papers/{paper['id']}/")
        assert all(relation.keys() == {"type", "to", "because"} for relation in paper["relations"])
        assert all(related.keys() == {"id", "score", "reasons"} for related in paper["related"])
        assert all(isinstance(reason, str) for related in paper["related"] for reason in related["reasons"])


def test_every_list_has_its_rows(toy: Library) -> None:
    pages = render_site(toy, relate(toy))
    rows = {name: re.findall('data-paper="([^"]*)"', page) for name, page in pages.items()}
    assert sorted(rows["browse.md"]) == sorted(paper.id for paper in toy.papers)
    for category in toy.shelves:
        held = sorted(paper.id for paper in toy.papers if paper.category == category.id)
        assert sorted(rows[f"categories/{category.id}.md"]) == held
    for path in toy.paths:
        assert rows[f"paths/{path.id}.md"] == [step.paper for step in path.steps]
    for tag in {tag for paper in toy.papers for tag in paper.tags}:
        assert {paper.id for paper in toy.papers if tag in paper.tags} <= {*rows[f"tags/{tag}.md"]}
    for kind in ("authors", "venues", "years"):
        lists = [name for name in pages if re.fullmatch(rf"{kind}/(?!index\.)[^.]+\.md", name)]
        assert lists
        assert all(rows[name] or "\nredirect: " in pages[name] for name in lists)


def test_the_version_is_that_of_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert (ended.value.code, capsys.readouterr().out) == (0, f"list {project['version']}\n")


def test_an_unknown_command_names_the_nearest_and_all(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["chekc"])
    assert ended.value.code == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first == 'unknown command "chekc", did you mean "check"?'
    assert second.startswith("commands: build, check, ")

"""The import of a real listing, and of unusual ones."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from generator.cli import main
from generator.content.loader import load
from generator.content.model import Paper
from generator.curate.importers.entries import KnownPapers
from generator.curate.importers.latex import repair_tex

DATA = Path(__file__).parent / "data"
Run = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def imported(
        listing: Path = DATA / "listing.txt", facts: Path | None = DATA / "bibliography.yml"
    ) -> tuple[int, list[str]]:
        named = ["--facts", str(facts)] if facts else []
        status = main(["import", "listing", str(listing), *named, "--content", str(tmp_path)])
        return status, capsys.readouterr().out.splitlines()

    return imported


FACTS = yaml.load((DATA / "bibliography.yml").read_text("utf-8"), yaml.BaseLoader)


def test_the_whole_listing_twice(run: Run, tmp_path: Path) -> None:
    status, lines = run()
    assert (status, lines[-1], len(lines)) == (0, f"{len(FACTS)} new, 0 unchanged, 0 different", len(FACTS) + 1)
    files = {file.stem: file.read_bytes() for file in (tmp_path / "papers").iterdir()}
    assert {"tr0n", "wasserstein-gan", "note-on-the-inception-score", "gnnexplainer"} < files.keys()
    assert max(map(len, files)) <= 48
    assert run() == (0, [f"0 new, {len(FACTS)} unchanged, 0 different"])
    assert {file.stem: file.read_bytes() for file in (tmp_path / "papers").iterdir()} == files


def test_facts_are_those_of_the_bibliography(run: Run, tmp_path: Path) -> None:
    run()
    imported = {paper.title: paper for paper in load(tmp_path, {})[0].papers}
    for fact in FACTS:
        paper, doubted = imported[fact["title"]], fact.get("unconfirmed", [])
        for key in ("arxiv", "published", "doi", "acl_anthology", "published_title"):
            assert getattr(paper, key) == (None if key in doubted else fact.get(key)), (paper.id, key)
        assert list(paper.authors) == ([] if "authors" in doubted else fact["authors"])
        assert paper.links.code == (None if "code" in doubted else fact.get("code"))
        venue = paper.venue and {"name": paper.venue.name, "year": str(paper.venue.year), "track": paper.venue.track}
        assert venue == (None if "venue" in doubted else fact.get("venue"))


def test_abstracts_are_kept_as_published(run: Run, tmp_path: Path) -> None:
    lines = [line.strip() for line in (DATA / "listing.txt").read_text().splitlines()]
    run()
    papers = load(tmp_path, {})[0].papers
    mended = [paper.id for paper in papers if paper.abstract not in lines]
    assert len(mended) < 10
    assert all(paper.abstract in map(repair_tex, lines) for paper in papers)
    assert all(repair_tex(paper.abstract) == paper.abstract for paper in papers)


def test_what_a_curator_wrote_stays(run: Run, tmp_path: Path) -> None:
    run()
    file = tmp_path / "papers/wasserstein-gan.yml"
    file.write_text(
        "# mine\n" + file.read_text().replace("2017-01-26", "2017-01-27").replace("Martin Arjovsky", "M. A.")
    )
    (tmp_path / "papers/tr0n.yml").unlink()
    written = file.read_text()
    status, lines = run()
    assert status == 0
    assert lines == [
        f"different  {file}: authors, published",
        f"new  {tmp_path}/papers/tr0n.yml: left to curate: category",
        f"1 new, {len(FACTS) - 2} unchanged, 1 different",
    ]
    assert file.read_text() == written


def test_without_facts(run: Run, tmp_path: Path) -> None:
    listing = tmp_path / "listing.txt"
    listing.write_text("A Title\nIts abstract, which is longer.\n\nA Title\nAn abstract once more, and another one.\n")
    assert run(listing, None) == (
        0,
        [
            f"new  {tmp_path}/papers/title.yml: left to curate: category, authors, published, venue (if it has one)",
            f"different  {tmp_path}/papers/title.yml: abstract",
            "1 new, 0 unchanged, 1 different",
        ],
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"A Title\nIts abstract, long enough.\nAnother title\n", "3:1: a title without an abstract"),
        (
            b"Its abstract comes first, which is odd.\nA Title\n",
            "1:1: a title that is longer than its abstract: is a line missing above?",
        ),
        (b"Fr\xe9chet\nabstract abstract\n", "1:3: expected UTF-8, found the byte 0xE9"),
    ],
)
def test_a_broken_listing_writes_nothing(run: Run, tmp_path: Path, text: bytes, problem: str) -> None:
    listing = tmp_path / "listing.txt"
    listing.write_bytes(text)
    assert run(listing, None) == (1, [f"{listing}:{problem}"])
    assert not (tmp_path / "papers").exists()


def test_broken_facts_write_nothing(run: Run, tmp_path: Path) -> None:
    facts = tmp_path / "facts.yml"
    facts.write_text("- title: Wasserstein GAN\n  authors: [A]\n  arxiv: 1701\n  unconfirmed: [arxib]\n")
    status, lines = run(facts=facts)
    assert status == 1
    assert [line.removeprefix(f"{facts}:") for line in lines] == [
        '3:10: expected an arXiv id without a version, such as 1701.07875, found "1701"',
        '4:17: unknown key "arxib", did you mean "arxiv"?',
    ]
    assert not (tmp_path / "papers").exists()


def test_a_missing_file_is_said(run: Run, tmp_path: Path) -> None:
    assert run(tmp_path / "no.txt") == (1, [f"{tmp_path}/no.txt: cannot be read: No such file or directory"])


@pytest.mark.parametrize(
    ("published", "meant"),
    [
        (r"the Fr\'{e}chet distance", "the Fréchet distance"),
        (r"the Fr\'echet distance", "the Fréchet distance"),
        (r"Erd\H{o}s, Ho\v{r}ava, Fran\c{c}ois and Nu\~nez", "Erdős, Hořava, François and Nuñez"),
        ("so-called ``translating'' nets", "so-called “translating” nets"),
        ("a `sufficient statistic' of it", "a ‘sufficient statistic’ of it"),
        ("don't touch the model's 'own' words", "don't touch the model's 'own' words"),
        (r"\[ h_{c,t} = \mu \] and \( \hat{x} \)", r"\[ h_{c,t} = \mu \] and \( \hat{x} \)"),
    ],
)
def test_repairs(published: str, meant: str) -> None:
    assert repair_tex(published) == meant
    assert repair_tex(meant) == meant


@pytest.mark.parametrize(
    ("title", "published", "taken", "name"),
    [
        ("TR0N: Translator Networks for 0-Shot Generation", None, (), "tr0n"),
        (
            "TR0N: Translator Networks for 0-Shot Generation",
            "2023",
            ("tr0n",),
            "tr0n-translator-networks-for-0-shot-generation",
        ),
        ("A Note on the Inception Score", "2018", (), "note-on-the-inception-score"),
        ("Wasserstein GAN", None, ("wasserstein-gan",), "wasserstein-gan-2"),
        ("Wasserstein GAN", None, ("wasserstein-gan", "wasserstein-gan-2"), "wasserstein-gan-3"),
        ("Calendar", "1989-03", ("calendar",), "calendar-1989"),
        ("Calendar", "1989-06", ("calendar", "calendar-1989"), "calendar-1989-2"),
        ("Calendar", "0476", ("calendar",), "calendar-0476"),
        ("What's in a Name?", None, (), "whats-in-a-name"),
        ("生成模型", None, (), "sheng-cheng-mo-xing"),
        ("Index", None, (), "index-2"),
        ("Con", None, (), "con-2"),
        ("AUX: An Auxiliary Loss", None, (), "aux-an-auxiliary-loss"),
        ("Lpt1?", None, ("lpt1-2",), "lpt1-3"),
        ("Ü" * 300, None, (), "u" * 48),
    ],
)
def test_ids_are_short_and_do_not_collide(title: str, published: str | None, taken: tuple[str, ...], name: str) -> None:
    known = KnownPapers([Paper(one, one, "shelf") for one in taken], {})
    assert known.new_id(Paper("", title, "shelf", published=published)) == name

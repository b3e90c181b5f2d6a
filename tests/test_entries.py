"""Imported papers: recognized if they are on the list already, otherwise written as complete entries."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import ROOT

from generator.cli import main
from generator.content.characters import is_blank
from generator.content.loader import load
from generator.content.model import Library, Links, Paper, Relation, Standard, Venue
from generator.content.reader import read_yaml
from generator.curate.commands import import_papers, today
from generator.curate.importers.entries import CandidateEntry, candidate_entries, entry_yaml, missing_keys
from generator.curate.importers.issue import read_issue, split_list

DAY = "2026-11-25"
AN_ID = "expected an id of at most 100 lower-case letters, digits and hyphens, found"
AN_ADDRESS = "expected an address that starts with http:// or https://, found"
Run = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def run(content: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def ran(*words: str | Path) -> tuple[int, list[str]]:
        status = main([*map(str, words), "--content", str(content)])
        return status, capsys.readouterr().out.replace(f"{content}/", "").splitlines()

    return ran


def paper(**values: Any) -> Paper:
    return replace(Paper(id="", title="A Paper", authors=(), category="", abstract=""), **values)


@pytest.mark.parametrize(
    ("candidate", "same"),
    [
        (paper(title="Another title", arxiv="1701.07875"), "wasserstein-gan"),
        (paper(title="Another title", doi="10.1145/X"), ""),
        (paper(title="WASSERSTEIN GAN"), "wasserstein-gan"),
        (paper(title="The Wasserstein-GAN"), "wasserstein-gan"),
        (paper(title="Wasserstein GANs"), ""),
        (paper(title="Wasserstein GAN", arxiv="1701.99999"), ""),
        (paper(title="Wasserstein Generative Adversarial Networks", doi="10.1145/x"), "wasserstein-gan"),
        (paper(title="Waserstein GAN", arxiv="1701.99999"), ""),
        (paper(title="Wasserstein GAN", authors=("Rosalind Franklin",)), ""),
        (paper(title="Wasserstein GAN", authors=("Bottou, Léon",)), "wasserstein-gan"),
        (paper(title="Waserstein GAN", abstract="On the migration of birds."), ""),
        (paper(title="Wasserstein GAN 2"), ""),
    ],
)
def test_papers_are_recognised(candidate: Paper, same: str, toy: Library) -> None:
    entry = next(candidate_entries([candidate], toy, DAY))
    assert (entry.paper.id if entry.state != "new" else "") == same


def test_one_that_comes_twice_is_written_once(toy: Library) -> None:
    found = candidate_entries([paper(), paper(arxiv="2001.00001"), paper()], toy, DAY)
    states = [(entry.paper.id, entry.state) for entry in found]
    assert states == [("paper", "new"), ("paper", "different"), ("paper", "unchanged")]


def test_what_comes_twice_in_a_file_is_a_line(run: Run, tmp_path: Path) -> None:
    entry = "@book{%s, title={Letters}, publisher={A Press}}\n"
    (tmp_path / "x.bib").write_text(entry % "one" + entry % "two")
    _, printed = run("import", "bibtex", tmp_path / "x.bib")
    assert "unchanged  papers/letters.yml: appears more than once" in printed
    assert printed[-1] == "1 new, 1 unchanged, 0 different"


def test_one_that_was_retired_says_so(toy: Library) -> None:
    retired = replace(toy.papers[0], retired="withdrawn")
    library = replace(toy, papers=toy.papers[1:], retired=(retired,))
    assert next(candidate_entries([paper(title=retired.title)], library, DAY)).state == "retired"


@pytest.mark.parametrize(
    ("mine", "theirs", "different"),
    [
        ({"published": "2017"}, {"published": "2017-01-26"}, ()),
        ({"published": "2017-01-26"}, {"published": "2017"}, ("published",)),
        ({"published": "2017"}, {"venue": Venue("ICML", 2017, "conference")}, ()),
        ({"published": "2018"}, {"venue": Venue("ICML", 2017, "conference")}, ("published",)),
        ({"title": "Another Title"}, {"published_title": "Another Title"}, ()),
        ({"authors": ("Planck Team", "Shannon, Claude")}, {"authors": ("{Planck Team}", "Claude Shannon")}, ()),
        ({"authors": ("Ann Lee",)}, {"authors": ("Ann Lee", "Bob Ray")}, ("authors",)),
        ({"venue": Venue("Nature", 2017, "journal")}, {"container": "Nature"}, ()),
        ({"venue": Venue("Nature", 2017, "journal")}, {"container": "Science"}, ("venue",)),
        ({"pages": "1–9"}, {"pages": "1-9"}, ()),
        ({"pages": "1–9"}, {"pages": "1-8"}, ("pages",)),
        ({}, {"pages": "1-8", "url": "https://example.org"}, ()),
    ],
)  # fmt: skip
def test_what_differs_is_what_contradicts(
    mine: dict[str, Any], theirs: dict[str, Any], different: tuple[str, ...], toy: Library
) -> None:
    known = paper(id="known", doi="10.1000/x", **theirs)
    entry = next(candidate_entries([paper(doi="10.1000/x", **mine)], replace(toy, papers=(known,)), DAY))
    assert (entry.paper.id, entry.different_keys) == ("known", different)


def test_ids_that_lead_on_are_taken(toy: Library) -> None:
    library = replace(toy, papers=(replace(toy.papers[0], replaces=("paper",)), *toy.papers[1:]))
    assert next(candidate_entries([paper()], library, DAY)) == CandidateEntry(paper(id="paper-2", added=DAY), "new")


def test_only_what_is_new_is_added_today(toy: Library) -> None:
    known = next(paper for paper in toy.papers if paper.added)
    candidates = [paper(added="1999-01-01"), paper(title=known.title, arxiv=known.arxiv, arxiv_class="cs.LG")]
    new, there = candidate_entries(candidates, toy, DAY)
    assert (new.paper.added, new.state) == (DAY, "new")
    assert (there.paper.id, there.state) == (known.id, "unchanged")


def test_today_is_that_of_utc() -> None:
    before, said, after = datetime.now(UTC), today(), datetime.now(UTC)
    assert said in (before.date().isoformat(), after.date().isoformat())


@pytest.mark.parametrize("kind", ["listing", "bibtex", "issue"])
def test_an_import_writes_the_day(kind: str, content: Path, tmp_path: Path) -> None:
    texts = {
        "listing": "A Title of Its Own\nAn abstract that is longer than its title.\n",
        "bibtex": "@misc{x, title = {A Title of Its Own}, author = {Ada Lovelace}}",
        "issue": ISSUE.replace("Attention: It Is All You Need", "A Title of Its Own"),
    }
    (tmp_path / "file").write_text(texts[kind])
    before = {file.name: file.read_bytes() for file in (content / "papers").iterdir()}
    assert import_papers(kind, tmp_path / "file", None, content, DAY) == []
    assert f"\nadded: {DAY}\n" in (content / "papers/title-of-its-own.yml").read_text()
    assert all((content / "papers" / name).read_bytes() == text for name, text in before.items())


def test_what_is_left_to_curate(toy: Library) -> None:
    assert missing_keys(paper(), toy) == [
        "category",
        "tags",
        "abstract",
        "authors",
        "published",
        "venue (if it has one)",
    ]
    standard = Standard(tags_least=4, tags_most=8, facets=3, texts=("summary", "why"))
    demanding = replace(toy, site=replace(toy.site, standard=standard))
    assert missing_keys(paper(), demanding)[:4] == ["category", "tags (4 to 8, from 3 facets)", "summary", "why"]
    whole = next(known for known in toy.papers if known.id == "gan-inversion")
    assert missing_keys(whole, demanding) == []
    assert missing_keys(replace(whole, summary=None), demanding) == ["summary"]


CHARACTERS = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"])
LINE = st.text(CHARACTERS, min_size=1, max_size=60).map(str.strip).filter(str.isprintable)
LINE = LINE.filter(lambda text: not is_blank(text))


@given(title=LINE, names=st.lists(LINE, max_size=3), abstract=LINE, why=LINE, alias=LINE, because=LINE)
def test_every_entry_is_read_back_as_it_was(
    title: str, names: list[str], abstract: str, why: str, alias: str, because: str
) -> None:
    written = Paper(
        id="x",
        title=title,
        authors=tuple(names),
        category="no",
        abstract=f"{abstract}\n\n{why}",
        aliases=(alias,),
        arxiv="2101.00010",
        arxiv_class="cond-mat.str-el",
        published="2021-01",
        added="2026-11-24",
        revised="2026-11-25",
        venue=Venue(alias, 2021, "journal"),
        links=Links(code="https://example.org/a"),
        tags=("null", "2020"),
        summary=why,
        why=f"{why}\n\n{why}",
        questions=("Is it?",),
        relations=(Relation("extends", "y", because),),
        distinct_from=("y", "2021"),
        replaces=("1e5", "x"),
        retired=because,
    )
    value, _, problems = read_yaml(entry_yaml(written), "x.yml", Paper, id="x")
    assert problems == ([] if names else problems)
    assert value == written


ISSUE = """### arXiv id, DOI or address

_No response_

### Why

Because it settled the question.

### Not a heading of the form: this is text.

### Summary

It shows
what happens.

### Shelf

generators

### Tags

gan, image

### Title

Attention: It Is All You Need

### Authors

- Ada Lovelace
- Carl Friedrich Gauß

### Abstract

First paragraph.

Second paragraph.

### Venue

ICML 2017

### Code

https://example.org/code
"""


def test_an_issue_becomes_an_entry(run: Run, content: Path, tmp_path: Path) -> None:
    (tmp_path / "issue.md").write_text(ISSUE.replace("\n", "\r\n"))
    assert run("import", "issue", tmp_path / "issue.md") == (
        0,
        ["new  papers/attention.yml: left to curate: published", "1 new, 0 unchanged, 0 different"],
    )
    library, problems = load(content, {})
    entry = next(paper for paper in library.papers if paper.id == "attention")
    assert problems == []
    assert entry.authors == ("Ada Lovelace", "Carl Friedrich Gauß")
    assert (entry.category, entry.tags, entry.summary) == ("generators", ("gan", "image"), "It shows what happens.")
    assert entry.why == "Because it settled the question.\n\n### Not a heading of the form: this is text."
    assert (entry.venue, entry.links.code) == (Venue("ICML", 2017, "conference"), "https://example.org/code")
    assert run("check")[0] == 0
    assert run("import", "issue", tmp_path / "issue.md")[1] == ["0 new, 1 unchanged, 0 different"]


def test_what_an_issue_names_and_the_list_has_not_is_told_at_once(run: Run, content: Path, tmp_path: Path) -> None:
    text = ISSUE.replace("gan, image", "gna, image").replace("generators", "genrators")
    (tmp_path / "issue.md").write_text(text)
    assert run("import", "issue", tmp_path / "issue.md") == (
        0,
        [
            "new  papers/attention.yml: left to curate: category, published",
            "1 new, 0 unchanged, 0 different",
            f'{tmp_path}/issue.md:1:1: warning: left out: unknown category "genrators", did you mean "generators"?',
            f'{tmp_path}/issue.md:1:1: warning: left out: unknown tag "gna", did you mean "gan"?',
        ],
    )
    entry = next(paper for paper in load(content, {})[0].papers if paper.id == "attention")
    assert (entry.category, entry.tags) == ("", ("image",))


def test_tags_of_an_issue_keep_what_was_noted_beside_them(run: Run, content: Path, tmp_path: Path) -> None:
    file = content / "papers/tr0n.yml"
    before = file.read_text()
    (tmp_path / "issue.md").write_text(TAGS)
    file.write_text(before.replace("tags: [gan, image]", "tags:  # why these\n  - gan\n  - image # yes"))
    assert run("import", "issue", tmp_path / "issue.md") == (0, ["changed  papers/tr0n.yml"])
    assert file.read_text() == before.replace("tags: [gan, image]", "tags: [image, neuron]  # why these")
    (tmp_path / "issue.md").write_text(TAGS.replace("neuron", "neurone"))
    status, said = run("import", "issue", tmp_path / "issue.md")
    assert (status, said[0]) == (1, "Nothing is changed, since these problems would be left:")
    assert 'unknown tag "neurone", did you mean "neuron"?' in said[1]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Ada Lovelace and Carl Friedrich Gauß", ["Ada Lovelace", "Carl Friedrich Gauß"]),
        (
            "Ada Lovelace, Carl Friedrich Gauß, and Emmy Noether",
            ["Ada Lovelace", "Carl Friedrich Gauß", "Emmy Noether"],
        ),
        ("Lovelace, Ada; Gauß, Carl Friedrich", ["Lovelace, Ada", "Gauß, Carl Friedrich"]),
        ("- Ada Lovelace\n- Alexander Band", ["Ada Lovelace", "Alexander Band"]),
        ("tags: [gan, image]", ["gan", "image"]),
    ],
)
def test_lists_are_read_as_people_write_them(text: str, items: list[str]) -> None:
    assert split_list(text) == items


def test_a_title_without_letters_gets_an_id(toy: Library) -> None:
    found = [entry.paper.id for entry in candidate_entries([paper(title="🎉🎉"), paper(title="…")], toy, DAY)]
    assert found == ["paper", "paper-2"]


def test_a_title_without_blanks_gets_an_id_that_ends_in_a_letter(toy: Library) -> None:
    [entry] = candidate_entries([paper(title="数字化转型是否促进了企业创新基于中国上市公司的经验证据")], toy, DAY)
    assert entry.paper.id == "shu-zi-hua-zhuan-xing-shi-fou-cu-jin-liao-qi-ye"


def test_an_identifier_beside_all_the_rest_is_kept(run: Run, content: Path, tmp_path: Path) -> None:
    (tmp_path / "issue.md").write_text(ISSUE.replace("_No response_", "https://arxiv.org/abs/1706.03762v5"))
    assert run("import", "issue", tmp_path / "issue.md")[1][0] == "new  papers/attention.yml"
    assert "arxiv: 1706.03762\n" in (content / "papers/attention.yml").read_text()


def test_an_issue_whose_paper_cannot_be_had_writes_nothing(run: Run, content: Path, tmp_path: Path) -> None:
    before = sorted(content.rglob("*"))
    (tmp_path / "issue.md").write_text("### arXiv id, DOI, ISBN or address\n\nnonsense\n\n### Why\n\nBecause.\n")
    said = ['nonsense: expected an arXiv id, a DOI, an ISBN, or an address that contains one, found "nonsense"']
    assert run("import", "issue", tmp_path / "issue.md") == (1, said)
    assert sorted(content.rglob("*")) == before


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://blog.example/posts/attention", "webpage"),
        ("https://youtu.be/abc", "video"),
        ("https://github.com/one/two", "software"),
    ],
)
@pytest.mark.parametrize("label", ["arXiv id, DOI, ISBN or address", "arXiv id, DOI or address"])
def test_an_address_and_a_title_are_enough(
    run: Run, content: Path, tmp_path: Path, address: str, kind: str, label: str
) -> None:
    issue = f"### {label}\n\n{address}\n\n### Title\n\nSeen Elsewhere\n\n### Why\n\nBecause.\n"
    (tmp_path / "issue.md").write_text(issue)
    assert run("import", "issue", tmp_path / "issue.md")[1][0].startswith("new  papers/seen-elsewhere.yml")
    text = (content / "papers/seen-elsewhere.yml").read_text()
    assert f"type: {kind}\n" in text
    assert f"url: {address}\n" in text
    (tmp_path / "issue.md").write_text(issue.replace("### Title\n\nSeen Elsewhere\n\n", ""))
    said = f"{address}: no arXiv id, DOI or ISBN in this address: write the title of the page into the form as well"
    assert run("import", "issue", tmp_path / "issue.md") == (1, [said])


TAGS = """### Entry

tr0n

### Tags

```yaml
tags: [image, neuron]
```

### Why

_No response_
"""


@pytest.mark.parametrize("label", ["### Entry", "### Paper"])
def test_an_issue_changes_tags(run: Run, content: Path, tmp_path: Path, label: str) -> None:
    before = (content / "papers/tr0n.yml").read_text()
    (tmp_path / "issue.md").write_text(TAGS.replace("### Entry", label))
    assert run("import", "issue", tmp_path / "issue.md") == (0, ["changed  papers/tr0n.yml"])
    assert (content / "papers/tr0n.yml").read_text() == before.replace("tags: [gan, image]", "tags: [image, neuron]")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Hello!", "1:1: expected the text of a form, with an identifier, a title, or a paper and tags"),
        (TAGS.replace("tr0n", "../../tr0n"), f'3:1: paper: {AN_ID} "../../tr0n"'),
        (
            ISSUE.replace("https://example.org", "javascript:alert(1)"),
            f'45:1: code: {AN_ADDRESS} "javascript:alert(1)/code"',
        ),
        (
            TAGS.replace("tags: [image, neuron]", ""),
            "1:1: expected the text of a form, with an identifier, a title, or a paper and tags",
        ),
        (
            ISSUE.replace("First paragraph", "### Title\n\nAnother"),
            "37:1: title: this heading appears twice, so its meaning is not clear",
        ),
    ],
)
def test_an_issue_that_does_not_fit_writes_nothing(
    text: str, problem: str, run: Run, content: Path, tmp_path: Path
) -> None:
    before = sorted(content.rglob("*"))
    (tmp_path / "issue.md").write_text(text)
    assert run("import", "issue", tmp_path / "issue.md") == (1, [f"{tmp_path}/issue.md:{problem}"])
    assert sorted(content.rglob("*")) == before


def test_what_cannot_be_seen_is_left_out_of_an_issue() -> None:
    said, problems = read_issue(ISSUE.replace("Attention", "Atten\u202e\xad\u200btion\U000e0041"), "issue.md")
    assert (said, problems) == read_issue(ISSUE, "issue.md")


def test_a_paper_beyond_the_limits_is_left_out_with_its_reason(run: Run, content: Path, tmp_path: Path) -> None:
    before = sorted(content.rglob("*.yml"))
    long = "x" * 1_001
    entries = {
        "title": f"title = {{{long}}}, author = {{Ann Lee}}",
        "names": f"title = {{A}}, author = {{{' and '.join(['Ann Lee'] * 10_001)}}}",
        "name": f"title = {{A}}, author = {{{long} Lee}}",
    }
    (tmp_path / "x.bib").write_text("".join(f"@misc{{{key}, {fields}}}\n" for key, fields in entries.items()))
    (tmp_path / "x.txt").write_text(f"{long}\n{long} told at length\n")
    status, lines = run("import", "bibtex", tmp_path / "x.bib")
    places = (f'{tmp_path}/x.bib:{line}:1: entry "{key}" is left out: ' for line, key in enumerate(entries, 1))
    assert (status, lines[1:]) == (
        1,
        [
            f'{next(places)}"title": expected at most 1,000 characters, found 1,001',
            f'{next(places)}"authors": expected at most 10,000 authors, found 10,001',
            f'{next(places)}"authors": expected at most 400 characters, found 1,005',
        ],
    )
    status, lines = run("import", "listing", tmp_path / "x.txt")
    assert status == 1
    assert f'{"x" * 59}…: is left out: "title": expected at most 1,000 characters, found 1,001' in lines
    assert sorted(content.rglob("*.yml")) == before


def test_an_abstract_beyond_the_limit_costs_no_entry(run: Run, content: Path, tmp_path: Path) -> None:
    fields = f"title = {{On maps}}, author = {{Ann Lee}}, abstract = {{{'x' * 20_001}}}"
    (tmp_path / "x.bib").write_text(f"@misc{{key, {fields}}}\n")
    status, lines = run("import", "bibtex", tmp_path / "x.bib")
    assert status == 0
    assert f'{tmp_path}/x.bib:1:1: entry "key": left out: abstract' in lines
    assert "abstract" not in (content / "papers/on-maps.yml").read_text().split("\n", 1)[1]


def test_an_unknown_paper_of_an_issue_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "issue.md").write_text(TAGS.replace("tr0n", "tr1n"))
    said = ['papers/tr1n.yml: unknown paper "tr1n", did you mean "tr0n"?']
    assert run("import", "issue", tmp_path / "issue.md") == (1, said)


@given(
    st.text(max_size=300)
    | st.builds(ISSUE.replace, st.sampled_from(["Title", "\n", "gan", "###"]), st.text(max_size=9))
)
def test_no_issue_is_a_crash(text: str) -> None:
    read_issue(text, "issue.md")


def test_two_imports_at_once_write_each_paper_once(content: Path, tmp_path: Path) -> None:
    titles = [f"Paper number {number} of a listing" for number in range(60)]
    (tmp_path / "listing.txt").write_text("".join(f"{title}\n{title}, told at length.\n" for title in titles))
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "generator",
        "import",
        "listing",
        tmp_path / "listing.txt",
        "--content",
        content,
    ]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = sorted((process.communicate()[0].splitlines()[-1], process.returncode) for process in running)
    assert {status for _, status in said} == {0}
    assert {line for line, _ in said} == {"60 new, 0 unchanged, 0 different", "0 new, 60 unchanged, 0 different"}
    assert len(list((content / "papers").glob("paper-number-*.yml"))) == 60
    assert not list(content.rglob("*.part"))

"""Files of references in any encoding, and what of their works finds a place on a list."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.cli import main
from generator.content.loader import load
from generator.content.model import Facet, Library, Paper, Term
from generator.curate.importers import source_files
from generator.curate.importers.entries import entry_fault
from generator.curate.importers.placing import left_out_lines, placed_paper, placing_summary, term_ids_by_name
from generator.curate.importers.record import ImportedRecord
from generator.curate.importers.source_files import decode_source, known_encoding

Run = Callable[..., tuple[int, list[str]]]
PAPER = Paper(id="", title="T", category="")


@pytest.fixture
def run(content: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def ran(*words: str | Path) -> tuple[int, list[str]]:
        status = main(["import", "bibtex", *map(str, words), "--content", str(content)])
        return status, capsys.readouterr().out.replace(f"{content}/", "").splitlines()

    return ran


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        ("% Größe".encode(), None, "% Größe"),
        ("\ufeff% Größe\r\n".encode(), None, "% Größe\n"),
        ("% Größe".encode("utf-16"), None, "% Größe"),
        ("% Encoding: ISO8859_1\n% Größe".encode("latin-1"), None, "% Encoding: ISO8859_1\n% Größe"),
        ("%% Saved with string encoding Western (Mac OS Roman) \nGröße".encode("mac-roman"), None,
         "%% Saved with string encoding Western (Mac OS Roman) \nGröße"),
        ("%Encoding: x-MacRoman\n% Größe".encode("mac-roman"), None, "%Encoding: x-MacRoman\n% Größe"),
        ("% -*- coding: cp1252 -*-\n%…".encode("cp1252"), None, "% -*- coding: cp1252 -*-\n%…"),
        ("% Encoding: ISO8859_1\n% Größe".encode(), None, "% Encoding: ISO8859_1\n% Größe"),
        ("% Größe".encode("latin-1"), "latin-1", "% Größe"),
        (b"", None, ""),
    ],
)  # fmt: skip
def test_encodings(data: bytes, encoding: str | None, text: str) -> None:
    assert decode_source(data, "x.bib", encoding) == (text, [])


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"@misc{k,\n title={M\xfcller}}", None, "x.bib:2:10: expected UTF-8, found the byte 0xFC"),
        (b"% Encoding: klingon\n\xfc", None, "x.bib:2:1: expected UTF-8, found the byte 0xFC"),
        (b"% Encoding: Cp1252\n\x81", None, "x.bib:2:1: expected cp1252, found the byte 0x81"),
        (b"\xfc", "ascii", "x.bib:1:1: expected ascii, found the byte 0xFC"),
    ],
)
def test_bytes_that_do_not_fit(data: bytes, encoding: str | None, message: str) -> None:
    text, problems = decode_source(data, "x.bib", encoding)
    assert (text, list(map(str, problems))) == (
        "",
        [f"{message}: name the encoding of the file, such as --encoding latin-1"],
    )


def test_the_encoding_is_an_option(run: Run, content: Path, tmp_path: Path) -> None:
    (tmp_path / "x.bib").write_bytes(b"@misc{k, title={Etwas}, author={M\xfcller, J\xf6rg}}")
    assert run(tmp_path / "x.bib")[0] == 1
    assert run(tmp_path / "x.bib", "--encoding", "latin-1")[1][-1] == "1 new, 0 unchanged, 0 different"
    assert "- Jörg Müller" in (content / "papers/etwas.yml").read_text()


@pytest.mark.parametrize("name", ["idna", "punycode", "unicode_escape", "rot13", "klingon"])
def test_what_is_no_encoding_of_files(name: str) -> None:
    assert known_encoding(name) is None


def test_an_unknown_encoding_is_refused(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(tmp_path / "x.bib", "--encoding", "klingon")
    assert 'unknown encoding "klingon"' in capsys.readouterr().err


def test_keywords_become_tags_where_a_term_is_called_so(toy: Library) -> None:
    ids = term_ids_by_name(toy)
    term = next(term for term in toy.terms if term.aliases and not term.retired)
    record = ImportedRecord(PAPER, keywords=(f"{term.name}s", term.aliases[0].upper(), "birdsong"), remarks=("Good.",))
    assert placed_paper(record, ids, {}, notes=False) == replace(PAPER, tags=(term.id,))
    assert placed_paper(record, ids, {}, notes=True) == replace(PAPER, tags=(term.id,), why="Good.")


def test_a_draft_fits_an_entry_however_long_the_notes_are() -> None:
    paper = placed_paper(ImportedRecord(PAPER, remarks=("A long note. " * 2000,)), {}, {}, notes=True)
    assert paper.why
    assert paper.why.endswith("…")
    assert entry_fault(paper) == ""


def test_what_has_no_place_is_said(toy: Library) -> None:
    records = [
        ImportedRecord(PAPER, 'x.bib:1:1: entry "a"', keywords=("Owls", "birdsong"), left_out=("address", "series")),
        ImportedRecord(PAPER, 'x.bib:2:1: entry "b"', keywords=("owl",), remarks=("Good.",)),
    ]
    ids = term_ids_by_name(toy)
    assert left_out_lines(records) == ['x.bib:1:1: entry "a": left out: address, series']
    assert [*placing_summary(records, toy, ids, notes=True)] == ["keywords that match no term: Owls (2), birdsong"]
    assert [*placing_summary(records, toy, ids, notes=False)][1:] == [
        '1 paper has notes: --notes uses them as drafts of "why"'
    ]


def test_what_is_left_out_often_is_summed_up(toy: Library) -> None:
    record = ImportedRecord(PAPER, 'x.bib:1:1: entry "a"', left_out=("address", "series"))
    records = [record] * 30 + [replace(record, left_out=("address",))]
    assert [*placing_summary(records, toy, {}, notes=False)] == ["left out in total: address (31), series (30)"]


def test_a_second_import_adds_what_is_new_and_says_what_differs(run: Run, content: Path, tmp_path: Path) -> None:
    entries = [
        "@book{a, title={On Owls}, author={Doe, Jane}, publisher={P}, year=2001, annote={Read it.}, address={Ulm}}",
        "@article{b, title={On Larks}, author={Roe, Rita}, journal={Birds}, year=2002, doi={10.1000/larks}}",
    ]
    (tmp_path / "x.bib").write_text("\n".join(entries))
    lines = run(tmp_path / "x.bib", "--notes")[1]
    assert lines[0] == f'{tmp_path}/x.bib:1:1: entry "a": left out: address'
    assert [line.partition(":")[0] for line in lines[1:3]] == ["new  papers/on-owls.yml", "new  papers/on-larks.yml"]
    assert lines[3] == "2 new, 0 unchanged, 0 different"
    before = (content / "papers/on-owls.yml").read_text()
    assert "\nwhy: Read it.\n" in before
    grown = [entries[0].replace("{P}", "{Q}"), entries[1], "@misc{c, title={On Wrens}}"]
    (tmp_path / "x.bib").write_text("\n".join(grown))
    lines = run(tmp_path / "x.bib")[1]
    assert lines[2] == "different  papers/on-owls.yml: publisher"
    assert lines[3].startswith("new  papers/on-wrens.yml")
    assert lines[4] == "1 new, 1 unchanged, 1 different"
    assert (content / "papers/on-owls.yml").read_text() == before
    assert [paper.type for paper in load(content, {})[0].papers if paper.id.startswith("on-")] == [
        "article", "book", "document"
    ]  # fmt: skip


def test_several_files_and_one_that_is_missing(run: Run, content: Path, tmp_path: Path) -> None:
    (tmp_path / "s.bib").write_text('@string{birds = "Birds of the North"}')
    (tmp_path / "x.bib").write_text("@article{b, title={On Larks}, journal=birds, year=2002}")
    assert run(tmp_path / "s.bib", tmp_path / "x.bib")[1][-1] == "1 new, 0 unchanged, 0 different"
    assert "name: Birds of the North" in (content / "papers/on-larks.yml").read_text()
    status, lines = run(tmp_path / "s.bib", tmp_path / "no.bib")
    assert (status, lines[0]) == (1, f"{tmp_path}/no.bib: cannot be read: No such file or directory")


@pytest.mark.parametrize(
    ("data", "status", "line"),
    [
        (b"", 0, "0 new, 0 unchanged, 0 different"),
        (b"\n% nothing\n", 0, "0 new, 0 unchanged, 0 different"),
        (b"\x00\x01\x02{{{", 1, '1:1: expected an entry such as "@article{key, …}", found "{{{"'),
        (b"@book{k, title={T}}" * 9, 1, "expected at most 100 bytes, found 171: import it in parts"),
    ],
)
def test_bad_libraries_get_a_line_and_change_nothing(
    data: bytes, status: int, line: str, run: Run, content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_files, "MAX_SOURCE_BYTES", 100)
    before = sorted(content.rglob("*"))
    (tmp_path / "x.bib").write_bytes(data)
    found, lines = run(tmp_path / "x.bib")
    assert (found, sorted(content.rglob("*"))) == (status, before)
    assert any(one.endswith(line) for one in lines)


def test_a_keyword_may_name_what_a_term_covers(toy: Library) -> None:
    facet = Facet("model", "Model", "Which?", (Term("gan", "GAN", covers=("BigGAN", "Flow")), Term("flow", "Flow")))
    ids = term_ids_by_name(replace(toy, facets=(facet,)))
    assert (ids["biggan"], ids["flow"]) == ("gan", "flow")

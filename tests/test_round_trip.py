"""Each of our exports, imported again, gives the works of the list."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string
from hostile import FRAGMENTS, NAMES, TITLES, lines
from hypothesis import given
from hypothesis import strategies as st

from generator.citations.bibtex import bibtex_entry
from generator.citations.citation import Citation, citations_by_paper, cited_title, cited_year, paper_citation
from generator.citations.csl import csl_item
from generator.citations.names import AuthorName, parse_author_name
from generator.citations.ris import ris_record
from generator.content.model import Library, Paper, WorkType
from generator.content.text import single_line
from generator.content.work_kinds import WORK_KINDS, work_kind
from generator.curate.importers.latex import latex_to_line
from generator.curate.importers.libraries import read_library_files

EXPORTS: Mapping[str, Callable[[Sequence[Citation]], str]] = {
    "bibtex": lambda citations: "\n".join(map(bibtex_entry, citations)),
    "ris": lambda citations: "\n".join(map(ris_record, citations)),
    "csl": lambda citations: f"[{','.join(map(csl_item, citations))}]",
}
FACTS = "arxiv doi isbn issn volume number edition language accessed note".split()


def people(names: Sequence[str]) -> list[AuthorName]:
    """Return the parts of names, however they are written."""
    return list(map(parse_author_name, names))


def facts(paper: Paper) -> dict[str, object]:
    """Return what a work is found and cited by; RIS and CSL have one name for who publishes or stands behind it."""
    return {
        **{name: getattr(paper, name) for name in FACTS},
        "title": cited_title(paper),
        "kind": work_kind(paper).type,
        "people": (people(paper.authors), people(paper.editors)),
        "year": cited_year(paper),
        "place": paper.venue.name if paper.venue else paper.container,
        "pages": paper.pages and paper.pages.replace("-", "–"),
    }


def returned(citations: Iterable[Citation], form: str) -> list[Paper]:
    """Return works after an export and an import, which leaves nothing out."""
    records, _ = read_library_files(form, [(EXPORTS[form](list(citations)), "list")])
    assert [record.left_out for record in records] == [()] * len(records)
    return [record.paper for record in records]


@pytest.mark.parametrize("form", EXPORTS)
def test_lists_come_back(form: str, works: Library, toy: Library) -> None:
    for library in (works, toy):
        back = returned(citations_by_paper(library).values(), form)
        assert [facts(paper) for paper in back] == [facts(paper) for paper in library.papers]


@pytest.mark.parametrize("form", EXPORTS)
@given(
    st.lists(st.sampled_from([name for name in NAMES if name.count(",") < 3]), max_size=3),
    st.sampled_from(["book", "thesis", "report", "webpage", "software", "dataset", "speech", "course", "document"]),
    st.sampled_from(["0001", "0099", "0380", "1450", "2099"]),
)
def test_works_come_back(form: str, authors: list[str], kind: WorkType, year: str) -> None:
    paper = Paper(id="x", title="On maps", category="c", type=kind, authors=tuple(authors), published=year)
    [back] = returned([paper_citation(paper, "key")], form)
    assert facts(back) == facts(paper)


FREE_KEYS = "container volume number edition publisher institution genre note".split()
KINDS = st.sampled_from([kind.type for kind in WORK_KINDS])


def citation_of(kind: WorkType, text: str) -> Citation:
    """Return a work of a kind with the same text in all keys that may have any."""
    texts: Any = dict.fromkeys(FREE_KEYS, text)
    paper = Paper(id="x", title="On maps", category="c", type=kind, authors=("Ada Lee",), published="2001", **texts)
    return paper_citation(paper, "key")


@given(KINDS, st.sampled_from([*TITLES, *FRAGMENTS]) | lines)
def test_no_text_breaks_out_of_its_field(kind: WorkType, text: str) -> None:
    plain, hostile = citation_of(kind, "Qx"), citation_of(kind, text)
    for entry, of in ((bibtex_entry(plain), "Qx"), (bibtex_entry(hostile), text)):
        [found] = parse_string(entry).entries
        values = {field.key: latex_to_line(field.value) for field in found.fields}
        assert list(values) == [line.split()[0] for line in bibtex_entry(plain).splitlines()[1:-1]]
        free = [value for key, value in values.items() if key not in ("title", "author", "year", "entrysubtype")]
        assert set(map(single_line, free)) == {single_line(of)}
    tags, plain_tags = ([line[:6] for line in ris_record(one).split("\r\n")] for one in (hostile, plain))
    assert tags == plain_tags
    assert json.loads(csl_item(hostile)) == json.loads(csl_item(plain).replace('"Qx"', json.dumps(text)))

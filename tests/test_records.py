"""Records are read as they were written, and whatever is no record counts as none."""

from pathlib import Path

import pytest

from generator.citations.formats import FormattedCitation
from generator.content.model import Library, Problem
from generator.known_list import KnownList, KnownPaper
from generator.output.last_build import LastBuild
from generator.output.records import read_record, write_record
from generator.related.relate import relate


@pytest.mark.parametrize("name", ["toy", "works"])
def test_papers_are_read_as_they_were_written(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    library: Library = request.getfixturevalue(name)
    links, citation = relate(library), FormattedCitation({"bibtex": "@misc{x}"}, {}, "ctx_ver=Z39.88-2004")
    papers = {paper.id: KnownPaper(paper, ["title"], [*links[paper.id]], citation) for paper in library.papers}
    known = KnownList(1, "digest", papers, [Problem("papers/x.yml", 2, 3, "no authors", warning=True)])
    write_record(tmp_path / "known.json", known)
    assert read_record(tmp_path / "known.json", KnownList) == known


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"\xff",
        b'{"at": "now"}',
        b'{"papers": {"x": 1}, "outputs": 1}',
        b'{"outputs": {"x": [1, 2]}, "shared": 1}',
        b'{"x": ' + b"[" * 100_000,
    ],
)
def test_what_is_no_record_counts_as_none(text: bytes, tmp_path: Path) -> None:
    (tmp_path / "record.json").write_bytes(text)
    assert read_record(tmp_path / "record.json", KnownList) is None
    assert read_record(tmp_path / "record.json", LastBuild) is None
    assert read_record(tmp_path / "no-such-record.json", LastBuild) is None

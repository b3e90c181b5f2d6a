"""Works from RIS files: as written by libraries, publishers and programs, and with errors."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content.characters import character_fault
from generator.content.model import Links, Paper, Venue, blocking_problems
from generator.content.work_kinds import work_kind
from generator.curate.importers.record import ImportedRecord
from generator.curate.importers.ris import read_ris

ARTICLE = """\
Provider: a publisher
Content: text/plain; charset="UTF-8"

TY  - JOUR
AU  - García Márquez, Gabriel
AU  - van den Oord, Aäron
A1  - King, Martin Luther, Jr.
AU  - World Health Organization
TI  - H<sub>2</sub>O &amp; its <i>uses</i>: a title that
  goes on
JO  - J. Foo
T2  - Journal of Foo
PY  - 2003///
DA  - 2003/05/12/online
VL  - 3
IS  - 4
SP  - 10
EP  - 20
SN  - 2049-3630
LA  - eng
DO  - https://doi.org/10.1234/ABC
UR  - https://example.org/a
UR  - https://example.org/b
KW  - water; oxides
KW  - uses
N1  - Read the second part.
AB  - First line,
wrapped.

Second paragraph.
CY  - Berlin
DB  - A database
ER  -
"""


def read(text: str) -> list[ImportedRecord]:
    """Return the records of a text, which may have warnings but no problems."""
    records, problems = read_ris(text, "x.ris")
    assert blocking_problems(problems) == []
    return records


def one(lines: str, kind: str = "JOUR") -> Paper:
    """Return the paper of a record with these lines, which are separated by bars."""
    tags = "\n".join(line.strip() for line in lines.split("|"))
    [record] = read(f"TY  - {kind}\nTI  - T\n{tags}\nER  - \n")
    return record.paper


def messages(text: str) -> list[str]:
    return [str(problem) for problem in read_ris(text, "x.ris")[1]]


def test_an_article() -> None:
    [record] = read(ARTICLE)
    assert record == ImportedRecord(
        paper=Paper(
            id="",
            title="H₂O & its uses: a title that goes on",
            category="",
            authors=(
                "García Márquez, Gabriel",
                "Aäron van den Oord",
                "{World Health Organization}",
                "Martin Luther King Jr.",
            ),
            abstract="First line, wrapped.\n\nSecond paragraph.",
            doi="10.1234/ABC",
            published="2003-05-12",
            venue=Venue("Journal of Foo", 2003, "journal"),
            volume="3",
            number="4",
            pages="10–20",
            issn="2049-3630",
            language="en",
            url="https://example.org/a",
            note="Read the second part.",
        ),
        place='x.ris:4:1: entry "H₂O & its uses: a title that goes on"',
        keywords=("water", "oxides", "uses"),
        left_out=("CY", "UR"),
    )


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_lines_may_end_as_anywhere(end: str) -> None:
    assert read(ARTICLE.replace("\n", end)) == read(ARTICLE)


def test_a_record_needs_no_end_and_a_tag_one_space() -> None:
    text = "TY - BOOK\nTI - One\nAU - Lee, Ann\n\nTY - JOUR\nTI -Two\nAU - Lee, Ann\nJO -\n"
    assert [(record.paper.title, record.paper.authors) for record in read(text)] == [
        ("One", ("Ann Lee",)),
        ("Two", ("Ann Lee",)),
    ]


CODES = {
    "article": "ABST EJOUR INPR JFULL JOUR MANSCPT MGZN NEWS UNPB UNPD",
    "paper-conference": "CONF CPAPER",
    "book": "BOOK CLSWK EBOOK EDBOOK PAMP SER",
    "chapter": "CHAP DICT ECHAP ENCYC",
    "thesis": "THES",
    "report": "BILL GOVDOC PAT RPRT STAND STAT STD",
    "webpage": "ELEC ICOMM WEB",
    "post": "BLOG",
    "software": "COMP",
    "dataset": "AGGR DATA DBASE",
    "speech": "HEAR SLIDE",
    "video": "ADVS MPCT SOUND VIDEO",
    "course": "MULTI",
    "document": "ANCIENT ART CASE CHART CTLG EQUA FIGURE GEN GRANT GRNT LEGAL MAP MUSIC PCOMM UNBILL",
}


@pytest.mark.parametrize(("kind", "code"), [(kind, code) for kind, codes in CODES.items() for code in codes.split()])
def test_all_types_in_use_have_a_kind(kind: str, code: str) -> None:
    assert one("AU  - Lee, Ann", code).type == kind


def test_an_unknown_type_is_a_document_with_a_warning() -> None:
    text = "TY  - XYZ\nID  - key\nTI  - T\nER  -\n"
    assert messages(text) == ['x.ris:1:1: warning: entry "key": unknown type "XYZ", read as a document']
    assert read_ris(text, "x.ris")[0][0].paper.type == "document"


@pytest.mark.parametrize(
    ("kind", "lines", "expected"),
    [
        ("BOOK", "A3  - Lee, Ann | A2  - Series, Ed | T2  - Series", {"editors": ("Ann Lee",), "container": "Series"}),
        ("BOOK", "ED  - Lee, Ann", {"editors": ("Ann Lee",)}),
        ("BOOK", "A2  - Lee, Ann", {"editors": ("Ann Lee",)}),
        ("BOOK", "SN  - 978-0-262-03561-3 (hardcover) | SP  - 350", {"isbn": "978-0-262-03561-3", "pages": None}),
        ("BOOK", "SN  - 9797 1 47905190", {"isbn": "9797 1 47905190", "issn": None}),  # no ISSN
        ("CHAP", "A2  - Lee, Ann | T2  - The Book | SP  - 1-9", {"editors": ("Ann Lee",), "container": "The Book"}),
        ("CHAP", "BT  - The Book | SP  - 1 | EP  - 9", {"container": "The Book", "pages": "1–9"}),
        ("CONF", "T2  - ICML 2017 | C3  - Proceedings of ICML 2017", {"container": "Proceedings of ICML 2017"}),
        ("RPRT", "SN  - TR-12 | PB  - A University | M3  - Technical report",
         {"number": "TR-12", "institution": "A University", "publisher": None, "genre": "Technical report"}),
        ("RPRT", "SN  - 1 | SN  - 2049-3630", {"number": "1", "issn": "2049-3630"}),
        ("THES", "PB  - A University | M3  - PhD", {"institution": "A University", "genre": "PhD"}),
        ("SLIDE", "T2  - A Conference", {"container": "A Conference"}),
        ("ELEC", "T2  - A Site | Y2  - 2020/01/02/ | UR  - www.example.org/x",
         {"container": "A Site", "accessed": "2020-01-02", "url": "http://www.example.org/x"}),
        ("COMP", "ET  - 2.1 | PB  - A Company", {"edition": "2.1", "publisher": "A Company"}),
        ("JOUR", "M3  - 10.1234/ABC", {"doi": "10.1234/ABC", "genre": None}),
        ("JOUR", "M3  - Article | M1  - 7", {"genre": None, "number": "7"}),
        ("JOUR", "SP  - 123-130", {"pages": "123–130"}),
        ("JOUR", "SP  - 123 | EP  - 123-130", {"pages": "123–130"}),
        ("JOUR", "C7  - e1234", {"pages": "e1234"}),
        ("JOUR", "AN  - arXiv:1701.07875 | L1  - https://arxiv.org/pdf/1701.07875", {"arxiv": "1701.07875"}),
        ("JOUR", "UR  - http://arxiv.org/abs/1701.07875v2 | PY  - 2017", {"arxiv": "1701.07875", "url": None}),
        ("JOUR", "UR  - https://aclanthology.org/P19-1355/", {"acl_anthology": "P19-1355", "url": None}),
        ("JOUR", "L1  - https://example.org/get?id=1", {"links": Links(pdf="https://example.org/get?id=1")}),
        ("JOUR", "L1  - file:///home/x.pdf | L1  - internal-pdf://x.pdf", {"links": Links()}),
        ("JOUR", "AU  - Lee, Ann | AU  - et al.", {"authors": ("Ann Lee", "others")}),
        ("JOUR", "AU  - Plato | AU  - Lee,A.B.", {"authors": ("Plato", "A.B. Lee")}),
    ],
)  # fmt: skip
def test_what_tags_mean(kind: str, lines: str, expected: dict[str, Any]) -> None:
    paper = one(lines, kind)
    assert {key: getattr(paper, key) for key in expected} == expected


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        ("PY  - 2003", "2003"),
        ("Y1  - 2003/05/12/", "2003-05-12"),
        ("PY  - 2003//// | DA  - 2003/05//Spring", "2003-05"),
        ("PY  - 2004 | DA  - 2003/05/12", "2004"),
        ("DA  - May 2003", "2003-05"),
        ("PY  - 1543", "1543"),
        ("PY  - 2003/02/31", "2003-02"),
        ("PY  - in press", None),
    ],
)
def test_dates(lines: str, published: str | None) -> None:
    assert one(lines).published == published


def test_a_doubtful_date_is_named() -> None:
    [record] = read("TY  - BOOK\nTI  - T\nPY  - ca. 1850\nER  - \n")
    assert (record.paper.published, record.left_out) == ("1850", ('PY "ca. 1850"',))


def test_doubtful_names_are_warnings() -> None:
    text = (
        "TY  - BOOK\nID  - key\nTI  - T\nAU  - Lee, Ann\nAU  - Lee, Ann\nAU  - A. Bee, C. Dee\nAU  - et al.\nER  - \n"
    )
    assert read(text)[0].paper.authors == ("Ann Lee", "Ann Lee", "A. Bee, C. Dee", "others")
    assert messages(text) == [
        'x.ris:1:1: warning: entry "key": "others" stands for authors who are not named',
        'x.ris:1:1: warning: entry "key": the author "A. Bee, C. Dee" may be several people or a group',
        'x.ris:1:1: warning: entry "key": the author "Ann Lee" appears twice: are they two people?',
    ]


def test_fields_that_have_something_else_or_more_are_named() -> None:
    [record] = read(
        "TY  - ELEC\nTI  - T\nDO  - none\nAB  - A.\nN2  - B.\nUR  - https://a.example/\nY2  - 2020/13\nER  - \n"
    )
    assert record.left_out == ("DO", "N2", "Y2")
    [record] = read("TY  - JOUR\nTI  - T\nDO  - 10.1000/x\nAB  - A.\nN2  - A.\nY2  - 2020\nER  - \n")
    assert record.left_out == ()


def test_numbers_whose_last_digit_is_wrong_are_left_out() -> None:
    [record] = read("TY  - BOOK\nTI  - T\nSN  - 978-0-262-03561-4\nER  - \n")
    assert (record.paper.isbn, record.left_out) == (None, ("SN",))


def test_notes_of_several_lines_or_of_the_owner_are_remarks() -> None:
    [record] = read("TY  - BOOK\nTI  - T\nN1  - One.\nN1  - Two.\nRN  - Three.\nER  - \n")
    assert record.paper.note is None
    assert record.remarks == ("One.", "Two.", "Three.")


def test_what_is_broken_does_not_hide_the_rest() -> None:
    text = "TY  - BOOK\nER  - \nstray\nand more\n\nTY  - BOOK\nTI  - Last\nER  - \nAU  - Lee, Ann\n"
    records, _ = read_ris(text, "x.ris")
    assert [record.paper.title for record in records] == ["Last"]
    assert messages(text) == [
        "x.ris:1:1: an entry without a key has no title",
        'x.ris:3:1: expected a record that begins with TY, found "stray"',
        'x.ris:9:1: expected a record that begins with TY, found "AU - Lee, Ann"',
    ]


@pytest.mark.parametrize("text", ["@book{a, title = {T}}", '[{"type": "book"}]', "AU  - Lee, Ann"])
def test_no_ris_at_all(text: str) -> None:
    [message] = messages(text)
    assert message.startswith('x.ris:1:1: expected a record that begins with "TY  - ", found ')


def test_an_empty_file_is_no_problem() -> None:
    assert read_ris("\n", "x.ris") == ([], [])


def test_a_value_that_is_too_long_leaves_out_the_record() -> None:
    text = f"TY  - BOOK\nID  - key\nTI  - {'T' * 2000}\nER  - \n"
    assert messages(text) == [
        'x.ris:1:1: entry "key" is left out: "title": expected at most 1,000 characters, found 2,000'
    ]


def test_an_abstract_that_is_too_long_is_left_out_alone() -> None:
    [record] = read(f"TY  - BOOK\nTI  - T\nAB  - {'x' * 30_000}\nER  -\n")
    assert (record.paper.abstract, record.left_out) == ("", ("AB",))


PARTS = st.sampled_from(
    ["TY  - JOUR\n", "TY  - BOOK\n", "ER  - \n", "TI  - ", "AU  - ", "PY  - ", "DA  - ", "SN  - ", "SP  - ", "M3  - ",
     "KW  - ", "N1  - ", "UR  - ", "DO  - ", "A2  - ", "\n", "\r", "Lee, Ann", ",", ";", "2003", "/", "<i>", "&amp;",
     "$x^2$", "\\emph{", "10.1234/a", "http://example.org", "1701.07875", "\u202e", "\x00", "978-0-262-03561-3"]
)  # fmt: skip


@given(st.text() | st.lists(PARTS, max_size=60).map("".join))
def test_any_text_is_read(text: str) -> None:
    records, problems = read_ris(text, "x.ris")
    for record in records:
        assert not character_fault(record.paper.title + "".join(record.paper.authors) + record.paper.abstract)
        assert work_kind(record.paper)
    assert all(1 <= problem.line <= len(text) + 1 for problem in problems)

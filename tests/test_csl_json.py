"""Works from CSL-JSON and from Zotero's own items: as programs export them, and with values of wrong types."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content.characters import character_fault
from generator.content.model import Paper, Venue, blocking_problems
from generator.curate.importers.json_references import read_json_references
from generator.curate.importers.record import ImportedRecord

ITEM = {
    "id": "http://zotero.org/users/1/items/ABCD",
    "citation-key": "marquez2003",
    "type": "article-journal",
    "title": "Uses of <i>H</i><sub>2</sub>O",
    "container-title": "Journal of Foo",
    "journalAbbreviation": "J. Foo",
    "author": [
        {"family": "García Márquez", "given": "Gabriel"},
        {"family": "Oord", "given": "Aäron", "non-dropping-particle": "van den"},
        {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
        {"literal": "World Health Organization"},
        {"family": "Plato"},
    ],
    "translator": [{"family": "Lee", "given": "Ann"}],
    "issued": {"date-parts": [["2003", 5, "12"]]},
    "accessed": {"date-parts": [[2020, 1, 2]]},
    "volume": 3,
    "issue": "4",
    "page": "10-20",
    "ISSN": "2049-3630, 1234-5679",
    "language": "en-US",
    "DOI": "10.1234/ABC",
    "URL": "https://example.org/a",
    "note": "PMID: 123\nRead the second part.",
    "keyword": "water, oxides",
    "abstract": "One.\n\nTwo.",
    "publisher-place": "Berlin",
    "source": "A catalog",
}


def read(items: Any) -> list[ImportedRecord]:
    """Return the records of these items, which may have warnings but no problems."""
    records, problems = read_json_references(json.dumps(items), "x.json")
    assert blocking_problems(problems) == []
    return records


def one(kind: str, **values: Any) -> Paper:
    """Return the paper of an item of CSL with these values, whose keys have `_` in place of `-`."""
    variables = {key.replace("_", "-"): value for key, value in values.items()}
    return read([{"id": "key", "type": kind, "title": "T", **variables}])[0].paper


def messages(text: str) -> list[str]:
    return [str(problem) for problem in read_json_references(text, "x.json")[1]]


def test_an_article() -> None:
    [record] = read([ITEM])
    assert record == ImportedRecord(
        paper=Paper(
            id="",
            title="Uses of H₂O",
            category="",
            authors=(
                "García Márquez, Gabriel",
                "Aäron van den Oord",
                "Martin Luther King Jr.",
                "{World Health Organization}",
                "Plato",
            ),
            abstract="One.\n\nTwo.",
            doi="10.1234/ABC",
            published="2003-05-12",
            venue=Venue("Journal of Foo", 2003, "journal"),
            volume="3",
            number="4",
            pages="10–20",
            issn="2049-3630",
            language="en-US",
            url="https://example.org/a",
            note="Read the second part.",
        ),
        place='x.json:1:2: entry "marquez2003"',
        keywords=("water", "oxides"),
        left_out=("publisher-place", "PMID", "translator"),
    )


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("book", {"collection_title": "Series", "collection_number": 7, "edition": 2},
         {"type": "book", "container": "Series", "number": "7", "edition": "2nd"}),
        ("chapter", {"container_title": "The Book", "editor": [{"family": "Lee", "given": "Ann"}]},
         {"type": "chapter", "container": "The Book", "editors": ("Ann Lee",)}),
        ("paper-conference", {"container_title": "Proceedings of X", "issued": {"date-parts": [[2017]]}},
         {"type": "article", "venue": Venue("X", 2017, "conference")}),
        ("thesis", {"publisher": "A University", "genre": "PhD thesis"},
         {"type": "thesis", "institution": "A University", "publisher": None, "genre": "PhD thesis"}),
        ("report", {"publisher": "An Institute", "number": "TR-1", "genre": "Report"},
         {"type": "report", "institution": "An Institute", "number": "TR-1", "genre": None}),
        ("webpage", {"container_title": "A Site", "URL": "https://example.org/x", "accessed": "2020-01-02"},
         {"type": "webpage", "container": "A Site", "url": "https://example.org/x", "accessed": "2020-01-02"}),
        ("webpage", {"genre": "Course", "URL": "https://example.org/x"}, {"type": "course", "genre": None}),
        ("post-weblog", {"URL": "https://example.org/x"}, {"type": "post"}),
        ("software", {"version": "1.0", "URL": "https://github.com/a/b"}, {"type": "software", "edition": "1.0"}),
        ("dataset", {"version": 3, "publisher": "Zenodo"}, {"type": "dataset", "edition": "3", "publisher": "Zenodo"}),
        ("speech", {"event_title": "A Conference"}, {"type": "speech", "container": "A Conference"}),
        ("motion_picture", {"director": [{"family": "Lee", "given": "Ann"}]},
         {"type": "video", "authors": ("Ann Lee",)}),
        ("article", {"genre": "Preprint", "number": "arXiv:1701.07875", "publisher": "arXiv"},
         {"type": "article", "genre": None, "number": None, "publisher": None, "arxiv": "1701.07875"}),
        ("entry-encyclopedia", {"container_title": "The Encyclopedia"}, {"type": "chapter"}),
        ("article-journal", {"note": "arXiv: 1701.07875 [stat.ML]"}, {"arxiv": "1701.07875", "arxiv_class": "stat.ML"}),
        ("article-journal", {"note": "DOI: 10.1234/ABC\n{:volume: 3}"}, {"doi": "10.1234/ABC", "volume": "3"}),
        ("article-journal", {"DOI": "10.1234/ABC", "note": "DOI: 10.1234/DEF"},
         {"doi": "10.1234/ABC", "note": "DOI: 10.1234/DEF"}),
        ("article-journal", {"author": [{"family": "Lee", "given": "Ann"}, {"literal": "others"}]},
         {"authors": ("Ann Lee", "others")}),
        ("article-journal", {"author": "Lee, Ann; Plato"}, {"authors": ("Ann Lee", "Plato")}),
    ],
)  # fmt: skip
def test_what_variables_mean(kind: str, values: dict[str, Any], expected: dict[str, Any]) -> None:
    paper = one(kind, **values)
    assert {key: getattr(paper, key) for key in expected} == expected


@pytest.mark.parametrize(
    ("issued", "published"),
    [
        ({"date-parts": [[2003]]}, "2003"),
        ({"date-parts": [["2003", "5"], ["2004"]]}, "2003-05"),
        ({"date-parts": [[2003, 2, 31]]}, "2003-02"),
        ({"date-parts": [[476]]}, "0476"),
        ({"raw": "12 May 2003"}, "2003-05-12"),
        ({"literal": "Spring 2003"}, "2003"),
        ("2003-05", "2003-05"),
        ({"date-parts": [[-44]]}, None),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": []}, None),
        ({"date-parts": 2003}, None),
        ({"season": 2}, None),
        ([], None),
    ],
)
def test_dates(issued: Any, published: str | None) -> None:
    [record] = read([{"type": "book", "title": "T", "issued": issued}])
    assert record.paper.published == published
    assert ("issued" in record.left_out) == (bool(issued) and not published)


def test_a_doubtful_date_is_named() -> None:
    [record] = read([{"type": "book", "title": "T", "issued": {"raw": "ca. 1850"}}])
    assert (record.paper.published, record.left_out) == ("1850", ('issued "ca. 1850"',))
    [record] = read([{"type": "book", "title": "T", "issued": {"date-parts": [[1850]], "circa": True}}])
    assert (record.paper.published, record.left_out) == ("1850", ('issued "ca. 1850"',))
    [record] = read([{"type": "book", "title": "T", "issued": {"date-parts": [[1850, 5], [1851]]}, "DOI": "none"}])
    assert (record.paper.published, record.left_out) == ("1850-05", ("DOI", 'issued "1850/1851"'))


def test_notes_of_several_lines_and_annotations_are_remarks() -> None:
    [record] = read([{"type": "book", "title": "T", "note": "One.\n\nTwo.\n", "annote": "Three."}])
    assert (record.paper.note, record.remarks) == (None, ("One.\n\nTwo.", "Three."))


BETTER_BIBTEX = {
    "config": {"label": "BetterBibTeX JSON"},
    "collections": {
        "C1": {"key": "C1", "name": "Physics", "collections": ["C2"], "items": []},
        "C2": {"key": "C2", "name": "History", "parent": "C1", "items": [7, 8]},
        "C3": {"key": "C3", "name": "History", "items": [7]},
        "C4": {"key": "C4", "name": "To read", "items": [7]},
    },
    "items": [
        {
            "itemID": 7,
            "itemType": "conferencePaper",
            "citationKey": "lee2017",
            "title": "A talk",
            "proceedingsTitle": "Proceedings of X",
            "conferenceName": "X 2017",
            "series": "Lectures",
            "creators": [
                {"creatorType": "author", "firstName": "Ann", "lastName": "Lee"},
                {"creatorType": "editor", "name": "World Health Organization"},
                {"creatorType": "translator", "firstName": "Bo", "lastName": "Lee"},
            ],
            "date": "2017-05",
            "pages": "1-2",
            "place": "Berlin",
            "url": "https://example.org/a",
            "accessDate": "2020-01-02T03:04:05Z",
            "tags": [{"tag": "Water"}, {"tag": "oxides", "type": 1}, "uses"],
            "notes": [{"note": "<p>Read <b>it</b>.</p><p>Twice.</p>"}],
            "attachments": [{"path": "/home/x.pdf"}],
            "extra": "DOI: 10.1234/ABC",
            "relations": {},
            "dateAdded": "2020-01-01",
        },
        {"itemID": 8, "itemType": "thesis", "title": "Of water", "university": "A University", "thesisType": "PhD",
         "numPages": 200},
        {"itemID": 9, "itemType": "note", "note": "<p>Alone.</p>"},
        {"itemID": 10, "itemType": "computerProgram", "title": "A program", "versionNumber": "2", "version": 55,
         "company": "A Company", "creators": [{"creatorType": "programmer", "lastName": "Lee", "firstName": "Ann"}]},
    ],
}  # fmt: skip


ZOTERO_FIELDS = "itemType itemID creators tags notes extra date accessDate publicationTitle university url".split()


def test_items_of_zotero_with_collections_tags_and_notes() -> None:
    records, problems = read_json_references(json.dumps(BETTER_BIBTEX, indent=1), "x.json")
    talk, thesis, program = records
    assert talk.paper == Paper(
        id="",
        title="A talk",
        category="",
        authors=("Ann Lee",),
        editors=("{World Health Organization}",),
        doi="10.1234/ABC",
        published="2017-05",
        venue=Venue("X", 2017, "conference"),
        container="Proceedings of X",
        pages="1–2",
        url="https://example.org/a",
    )
    assert talk.groups == ("Physics: History", "History", "To read")
    assert talk.keywords == ("Water", "oxides", "uses")
    assert talk.remarks == ("Read it.\n\nTwice.",)
    assert set(talk.left_out) == {"series", "place", "translator"}
    assert (thesis.paper.type, thesis.paper.institution, thesis.paper.genre) == ("thesis", "A University", "PhD")
    assert (thesis.groups, thesis.left_out) == (("Physics: History",), ("numPages",))
    assert (program.paper.type, program.paper.edition, program.paper.authors) == ("software", "2", ("Ann Lee",))
    assert [problem.message for problem in problems] == ["an entry without a key is left out: standalone note"]


def test_items_of_the_api_of_zotero() -> None:
    item = {
        "key": "ABCD",
        "version": 9,
        "data": {"key": "ABCD", "itemType": "book", "title": "T", "tags": [{"tag": "x"}]},
    }
    [record] = read([item])
    assert (record.paper.type, record.keywords, record.left_out) == ("book", ("x",), ())


def test_collections_within_themselves() -> None:
    looped = {"A": {"key": "A", "name": "One", "parent": "B", "items": [1]},
              "B": {"key": "B", "name": "One", "parent": "A", "items": [1]}}  # fmt: skip
    [record] = read({"collections": looped, "items": [{"itemID": 1, "itemType": "book", "title": "T"}]})
    assert record.groups == ("One: One",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"id": "a", "type": "book"}]', ['x.json:1:2: entry "a" has no title']),
        ('["a", 1, [], null]', [
            'x.json:1:2: expected a work in braces, found "a"',
            'x.json:1:7: expected a work in braces, found "1"',
            "x.json:1:10: expected a work in braces, found a list",
            "x.json:1:14: expected a work in braces, found nothing",
        ]),
        ('[{"type": "zebra", "title": "T"}]',
         ['x.json:1:2: warning: entry "T": unknown type "zebra", read as a document']),
        ('[{"title": "T"}]', ['x.json:1:2: warning: entry "T": no type, read as a document']),
        ('{"id": null, "result": ""}',
         ["x.json:1:1: expected works, each with a type and a title: a list of them, or an object whose "
          '"items" lists them']),
    ],
)  # fmt: skip
def test_what_is_no_work(text: str, expected: list[str]) -> None:
    assert messages(text) == expected


PARTS = "family given literal date-parts raw name lastName creatorType tag note key items".split()
SINGLE = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.sampled_from(["2003", "<i>"])
)
VALUES = st.recursive(
    SINGLE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(PARTS), inner, max_size=3),
    max_leaves=9,
)
KEYS = [*ITEM, *ZOTERO_FIELDS, "data", "items", "collections", "event", "x"]
ITEMS = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=12)


@given(st.lists(ITEMS | VALUES, max_size=3), st.dictionaries(st.sampled_from(PARTS), VALUES))
def test_values_of_any_type_are_read(items: list[Any], collections: dict[str, Any]) -> None:
    text = json.dumps({"items": items, "collections": {"c": collections}})
    for record in read_json_references(text, "x.json")[0]:
        assert not character_fault(record.paper.title + "".join(record.paper.authors) + record.paper.abstract)


def test_large_files_take_linear_time_and_all_their_items() -> None:
    text = "[" + ",\n".join(json.dumps(ITEM) for _ in range(2000)) + "]"
    records, problems = read_json_references(text, "x.json")
    assert (len(records), problems) == (2000, [])
    assert records[-1].place.startswith("x.json:2000:1: ")

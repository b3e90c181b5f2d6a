"""The papers as a table for spreadsheets: records of the API in, CSV out."""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any

from generator.citations.formats import CITATION_FORMATS
from generator.content.json_schema import field_types
from generator.content.model import Links, Venue
from generator.exports import schemas

CSV_LIST_SEPARATOR = "; "  # between the items of a list in a cell
FORMULA_PREFIXES = tuple("=+-@＝＋－＠'")  # a cell that starts with one of these gets an apostrophe before it
CSV_PARTS = {  # fields of a paper whose parts have a column each
    "venue": {part: "venue" if part == "name" else f"venue_{part}" for part in field_types(Venue)},
    "links": {part: part for part in field_types(Links)},
}
CSV_ITEMS: Mapping[str, Callable[[Any], str]] = {  # how the items of a list are written if they are not texts
    "authors": lambda author: str(author["name"]),
    "relations": lambda relation: f"{relation['type']} {relation['to']}",
    "related": lambda suggestion: str(suggestion["id"]),
}
CSV_FIRST_COLUMNS = (
    "id title published_title aliases authors published year venue venue_year venue_track category tags summary why "
    "questions abstract arxiv arxiv_class doi acl_anthology code project relations related replaces added revised key "
    "url"
)
CSV_COLUMNS = tuple(  # of fields that are not named above, the columns follow
    dict.fromkeys(
        [
            *CSV_FIRST_COLUMNS.split(),
            *(of.id for of in CITATION_FORMATS),
            "markdown",
            *chain.from_iterable(CSV_PARTS.get(name, {"": name}).values() for name in field_types(schemas.PaperRecord)),
        ]
    )
)


def papers_csv(records: Iterable[schemas.ApiRecord]) -> str:
    """The papers as a table (RFC 4180), exactly as the module `csv` would write it, in a quarter of the time."""
    rows = (map(csv_cells(paper).__getitem__, CSV_COLUMNS) for paper in records)
    return "".join(['"' + '","'.join(map(escape_csv_cell, row)) + '"\r\n' for row in (CSV_COLUMNS, *rows)])


def escape_csv_cell(cell: object) -> str:
    """The text between the quotes of a cell.

    People open the list in a spreadsheet without knowing its texts, so a text that could run as a formula gets an
    apostrophe in front. So does one that starts with an apostrophe: whoever removes one has the text as it was.
    """
    text = "" if cell is None else str(cell).replace('"', '""')
    return f"'{text}" if text.startswith(FORMULA_PREFIXES) else text


def csv_cells(paper: schemas.ApiRecord) -> Mapping[str, object]:
    """Return a paper's fields as cells: lists joined, and values with parts in a column for each part."""
    cells: dict[str, object] = {}
    for name, value in paper.items():
        if name in CSV_PARTS:
            cells |= {column: value and value[part] for part, column in CSV_PARTS[name].items()}
        elif isinstance(value, list):
            cells[name] = CSV_LIST_SEPARATOR.join(map(CSV_ITEMS.get(name, str), value))
        else:
            cells[name] = value
    return cells

"""The CSV table of papers for spreadsheets, made from the API's records."""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any

from generator.citations.formats import CITATION_FORMATS
from generator.content.json_schema import field_types
from generator.content.model import Links, Venue
from generator.exports import schemas

CSV_LIST_SEPARATOR = "; "  # between the items of a list in one cell
FORMULA_PREFIXES = tuple("=+-@＝＋－＠'")  # cells that start with one of these are prefixed with an apostrophe
CSV_PARTS = {  # fields whose parts have separate columns
    "venue": {part: "venue" if part == "name" else f"venue_{part}" for part in (*field_types(Venue), "full")},
    "links": {part: part for part in field_types(Links)},
}
CSV_ITEMS: Mapping[str, Callable[[Any], str]] = {  # how list items other than strings are written
    "authors": lambda author: str(author["name"]),
    "relations": lambda relation: f"{relation['type']} {relation['to']}",
    "related": lambda suggestion: str(suggestion["id"]),
}
CSV_FIRST_COLUMNS = (
    "id title published_title aliases authors published year venue venue_year venue_track category tags summary why "
    "questions abstract arxiv arxiv_class doi acl_anthology code project relations related replaces added revised key "
    "url"
)
CSV_COLUMNS = tuple(  # the columns of all other fields come last
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
    """Return the papers as CSV (RFC 4180), identical to the output of the `csv` module but four times as fast."""
    rows = (map(csv_cells(paper).__getitem__, CSV_COLUMNS) for paper in records)
    return "".join(['"' + '","'.join(map(escape_csv_cell, row)) + '"\r\n' for row in (CSV_COLUMNS, *rows)])


def escape_csv_cell(cell: object) -> str:
    """Return the text between the quotes of a cell.

    Readers open the list in spreadsheets, which would run text that looks like a formula, so such text is prefixed with
    an apostrophe. So is text that starts with an apostrophe, so that removing one apostrophe always restores the
    original.
    """
    text = "" if cell is None else str(cell).replace('"', '""')
    return f"'{text}" if text.startswith(FORMULA_PREFIXES) else text


def csv_cells(paper: schemas.ApiRecord) -> Mapping[str, object]:
    """Return a paper's fields as cells, with lists joined, and with one column for each part of a composite value."""
    cells: dict[str, object] = {}
    for name, value in paper.items():
        if name in CSV_PARTS:
            cells |= {column: value and value[part] for part, column in CSV_PARTS[name].items()}
        elif isinstance(value, list | tuple):
            cells[name] = CSV_LIST_SEPARATOR.join(map(CSV_ITEMS.get(name, str), value))
        else:
            cells[name] = value
    return cells

"""Fetch books from Open Library's Books API by their ISBNs.

One request is about several books; the answer has those that are known, under the keys that were asked for. It is not
trusted to have the documented form: a value that does not fit the model is dropped.
"""

from collections.abc import Sequence
from typing import Any

from generator.content.model import Paper
from generator.content.work_kinds import BOOK
from generator.curate.http import Service, ServiceConnection
from generator.curate.importers.dates import date_in
from generator.curate.importers.entries import full_title
from generator.curate.importers.json_records import JsonRecord, mapping_at, mappings_at, read_json_answer, texts_at
from generator.curate.importers.record import FetchedRecord, FetchOutcome, fetch_in_batches, given_names
from generator.curate.importers.works import GivenWork, read_work

OPEN_LIBRARY_SERVICE = Service("Open Library", "OPENLIBRARY_API", "https://openlibrary.org", pause=1)
BOOKS_BATCH_SIZE = 50  # ISBNs per request


def fetch_from_open_library(isbns: Sequence[str], connection: ServiceConnection) -> dict[str, FetchOutcome]:
    """Return a record for each ISBN, or why there is none."""
    return fetch_in_batches(isbns, BOOKS_BATCH_SIZE, lambda batch: fetch_books_batch(batch, connection))


def fetch_books_batch(isbns: Sequence[str], connection: ServiceConnection) -> dict[str, FetchOutcome]:
    """Return the records of one request."""
    keys = ",".join(f"ISBN:{isbn}" for isbn in isbns)

    def read_books(answer: Any) -> dict[str, FetchOutcome]:
        return {isbn: book_outcome(mapping_at(answer, f"ISBN:{isbn}"), isbn) for isbn in isbns}

    found = read_json_answer(connection, f"/api/books?bibkeys={keys}&format=json&jscmd=data", "books", read_books)
    if isinstance(found, dict):
        return found
    return dict.fromkeys(isbns, found or "Open Library answered 404 Not Found")


def book_outcome(book: JsonRecord, isbn: str) -> FetchOutcome:
    """Return the record of a book, or why there is none."""
    title, subtitle = (next(iter(texts_at(book, key)), "") for key in ("title", "subtitle"))
    if not title:
        return f"Open Library knows no book with the ISBN {isbn}"
    return FetchedRecord(open_library_paper(book, isbn, full_title(title, subtitle)), ())


def open_library_paper(book: JsonRecord, isbn: str, title: str) -> Paper:
    """Return a paper with Open Library's metadata; it has names in natural order, and one date."""
    given = GivenWork(
        kind=BOOK,
        title=title,
        authors=given_names(name for part in mappings_at(book, "authors") for name in texts_at(part, "name")),
        date=date_in(next(iter(texts_at(book, "publish_date")), "")),
        publisher=next((name for part in mappings_at(book, "publishers") for name in texts_at(part, "name")), ""),
        isbn=isbn,
    )
    return read_work(given)[0]

"""Fetch works by what a curator pastes: an arXiv id, a DOI, an ISBN, or an address that contains one.

arXiv has the records of its ids, Crossref and DataCite those of DOIs, and Open Library those of ISBNs. If one work
cannot be fetched, the others still are.
"""

from collections.abc import Mapping, Sequence

from generator.content.model import Problem, general_problem
from generator.curate.http import RetryPolicy, ServiceConnection
from generator.curate.importers.arxiv import ARXIV_SERVICE, fetch_from_arxiv
from generator.curate.importers.crossref import CROSSREF_SERVICE, fetch_from_crossref
from generator.curate.importers.datacite import DATACITE_SERVICE, fetch_from_datacite
from generator.curate.importers.identifiers import Identifier, parse_work_identifier
from generator.curate.importers.open_library import OPEN_LIBRARY_SERVICE, fetch_from_open_library
from generator.curate.importers.plain_text import quote_found_text
from generator.curate.importers.record import FetchedRecord, FetchOutcome
from generator.curate.importers.works import kind_of_address

DEFAULT_RETRY_POLICY = RetryPolicy()


def fetch_records(
    given: Sequence[str], environment: Mapping[str, str], policy: RetryPolicy = DEFAULT_RETRY_POLICY
) -> tuple[list[FetchedRecord], list[Problem]]:
    """Return the records of all works given, in order and without duplicates, and a problem for each failure.

    A problem's `file` is the text as given. The environment variables `ARXIV_API`, `CROSSREF_API`, `DATACITE_API` and
    `OPENLIBRARY_API` override the addresses of the APIs.
    """
    problems: list[Problem] = []
    wanted: dict[Identifier, str] = {}
    for text in given:
        if identifier := parse_work_identifier(text):
            wanted.setdefault(identifier, text)
        else:
            problems.append(general_problem(text, unidentified_message(text)))
    arxiv_ids, dois, isbns = ([one.value for one in wanted if one.kind == kind] for kind in ("arxiv", "doi", "isbn"))
    outcomes = {
        "arxiv": fetch_from_arxiv(arxiv_ids, ServiceConnection(ARXIV_SERVICE, environment, policy)),
        "doi": fetch_by_doi(dois, environment, policy),
        "isbn": fetch_from_open_library(isbns, ServiceConnection(OPEN_LIBRARY_SERVICE, environment, policy)),
    }
    known: list[FetchedRecord] = []
    for one, text in wanted.items():
        outcome = outcomes[one.kind][one.value]
        if isinstance(outcome, FetchedRecord):
            known.append(outcome)
        else:
            problems.append(general_problem(text, outcome))
    return known, problems


def unidentified_message(text: str) -> str:
    """Return what to do about a text without an identifier; pages of the web have no records to be fetched."""
    if kind := kind_of_address(text):
        return (
            f'no arXiv id, DOI or ISBN in this address: write an entry with "type: {kind.type}", its title, and this '
            'address as "url"'
        )
    return f"expected an arXiv id, a DOI, an ISBN, or an address that contains one, {quote_found_text(text)}"


def fetch_by_doi(dois: Sequence[str], environment: Mapping[str, str], policy: RetryPolicy) -> dict[str, FetchOutcome]:
    """Return the record of each DOI, or why there is none; DataCite is asked for those that Crossref does not know."""
    found = fetch_from_crossref(dois, ServiceConnection(CROSSREF_SERVICE, environment, policy))
    unknown = [name for name, outcome in found.items() if outcome is None]
    elsewhere = fetch_from_datacite(unknown, ServiceConnection(DATACITE_SERVICE, environment, policy))
    return {
        name: outcome or elsewhere.get(name) or f"neither Crossref nor DataCite knows the DOI {name}"
        for name, outcome in found.items()
    }

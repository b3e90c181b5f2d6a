"""What a curator pastes in, an arXiv id, a DOI or an address that holds one; what arXiv and Crossref know of it out.

Nothing that a service sends is trusted to have its documented form: a value that does not fit the model is left out,
and what has no key there becomes a note for the curator. One paper that cannot be had never hides the others.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import unescape
from typing import Any, Literal, get_args
from urllib.parse import quote, unquote
from xml.etree import ElementTree

from generator.content.model import (
    Address,
    AnthologyId,
    ArxivClass,
    ArxivId,
    Date,
    Doi,
    Links,
    Paper,
    Problem,
    Track,
    Venue,
    Year,
)
from generator.content.reader import UNPRINTABLE_CHARACTERS, one_line_excerpt, valid_text
from generator.content.text import single_line
from generator.curate.http import RetryPolicy, Service, ServiceConnection, ServiceFailure, status_text
from generator.curate.importers.entries import full_title
from generator.curate.importers.listing import repair_tex
from generator.curate.importers.venues import series_and_track

ARXIV_SERVICE = Service("arXiv", "ARXIV_API", "https://export.arxiv.org/api", pause=3)  # as its terms of use ask
CROSSREF_SERVICE = Service("Crossref", "CROSSREF_API", "https://api.crossref.org", pause=0.2)  # well within its limits
ARXIV_BATCH_SIZE = 50  # ids in one request to arXiv
MAX_INPUT_CHARS, MAX_FIELD_CHARS = 2_000, 20_000  # characters of a text that are looked at
ARXIV_NAMESPACES = {"atom": "http://www.w3.org/2005/Atom", "arxiv": "http://arxiv.org/schemas/atom"}

# The Anthology forms the DOIs of its papers so, from their ids; only those that MIT Press publishes have others.
ANTHOLOGY_DOI_PREFIX = "10.18653/v1/"
ARXIV_MONTH = r"\d{2}(?:0[1-9]|1[0-2])"
ARXIV_ID_PATTERN = rf"(?P<id>{ARXIV_MONTH}\.\d{{4,5}}|[a-z-]+(?:\.[a-z]{{2}})?/{ARXIV_MONTH}\d{{3}})(?:v\d+)?"
ANTHOLOGY_ID_PATTERN = r"(?P<id>\d{4}\.[a-z0-9_]+-[a-z0-9]+\.\d+|[a-z]\d{2}-\d{4})(?:v\d+)?"
DOI_PATTERN = r"(?P<id>10\.\d{4,9}/.+)"
ADDRESS_PARTS = re.compile(
    r"(?:https?:)?(?://)?(?P<place>[a-z0-9.-]{1,250}\.[a-z]{2,20}(?::\d+)?/[^?#]*)(?:\?(?P<query>[^#]*))?(?:#.*)?"
)
ARXIV_TEXT = re.compile(rf"(?:arxiv\s*:?\s*)?{ARXIV_ID_PATTERN}(?:\s*\[[^\]]*\].*)?", re.ASCII)  # [stat.ML] 6 Dec 2017
ARXIV_WEB_ADDRESS = re.compile(
    r"(?:(?:[\w-]+\.)*(?:arxiv|alphaxiv|ar5iv)\.org(?:/[a-z-]+)?|(?:www\.)?(?:huggingface|hf)\.co/papers)/"
    rf"{ARXIV_ID_PATTERN}(?:\.pdf|\.html?)?(?:/.*)?",
    re.ASCII,
)
ANTHOLOGY_TEXT = re.compile(ANTHOLOGY_ID_PATTERN, re.ASCII)
ANTHOLOGY_WEB_ADDRESS = re.compile(
    rf"(?:www\.)?(?:aclanthology\.org|aclanthology\.info/papers|aclweb\.org/anthology)/{ANTHOLOGY_ID_PATTERN}(?:\.\w+)*/?",
    re.ASCII,
)
DOI_TEXT = re.compile(rf"(?:(?:info:|urn:)?doi\s*[:/]?\s*)?{DOI_PATTERN}", re.ASCII)
DOI_WEB_ADDRESS = re.compile(rf"(?:[\w-]+\.)*doi\.org/{DOI_PATTERN}", re.ASCII)
EMBEDDED_DOI = re.compile(r"(?<![\d.])(?P<id>10\.\d{4,9}/[^&]+)", re.ASCII)
PUBLISHER_SUFFIX = re.compile(  # what a publisher's address has after the DOI
    r"(?:(?<=\d)v\d+)?(?:\.full)?(?:\.(?:pdf|epdf|html?))?(?:/(?:full|pdf|epdf|html|abstract|fulltext|meta))?/*$"
)
ARXIV_DOI = re.compile(rf"10\.48550/arxiv\.{ARXIV_ID_PATTERN}", re.ASCII)

INVISIBLE_CHARACTERS = re.compile(rf"{UNPRINTABLE_CHARACTERS.pattern}|[\ud800-\udfff\u00ad\u200b\u2060]")
SURROUNDING_PUNCTUATION = " \"'“”‘’«»<>.,;:!?…"
OPENING_BRACKETS = {")": "(", "]": "[", "}": "{"}
REPOSITORY_MENTION = re.compile(
    r"(?<![\w.-])(?:https?://)?(?:www\.)?((?:github|gitlab)\.com/[\w.-]+/[\w.-]+(?:/[\w./-]+)?)", re.ASCII
)
WITHDRAWAL_NOTICE = re.compile(
    r"(?:paper|article|submission|manuscript|preprint|version|work) (?:has been|have been|is|was) (?:\w+ )?withdrawn|"
    r"^withdrawn\b",
    re.IGNORECASE,
)

JATS_ALTERNATIVES = re.compile(r"<((?:jats:)?)alternatives>(?P<inner>.*?)</\1alternatives>", re.DOTALL)
JATS_TEX_FORMULA = re.compile(r"<(?:jats:)?tex-math\b[^<>]*>(?P<tex>[^<]*)</")
TEX_DOCUMENT = re.compile(r"\\documentclass.*?\\begin\{document\}(?P<tex>.*?)\\end\{document\}", re.DOTALL)
MARKUP_ATTRIBUTES = r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?"
JATS_BLOCK_MARKUP = re.compile(
    rf"</?(?:jats:)?(?:p|title|sec|abstract|list|list-item|disp-formula|disp-quote|div|ul|ol|li|br){MARKUP_ATTRIBUTES}>",
    re.IGNORECASE,
)
JATS_INLINE_MARKUP = re.compile(  # by name, as "a<b" and "List<String>" are no markup
    r"</?(?:(?:jats|mml|m|ali):[\w-]+|b|i|u|em|strong|bold|italic|underline|sub|sup|ovl|sc|scp|tt|font|span|a|"
    r"inline-formula|inline-graphic|alternatives|tex-math|ext-link|xref|monospace|sans-serif|"
    rf"math|mi|mn|mo|ms|mrow|msub|msup|msubsup|mfrac|msqrt|mtext|mover|munder|mspace|mstyle){MARKUP_ATTRIBUTES}>|"
    r"<!--.*?-->|<!\[CDATA\[|\]\]>",
    re.IGNORECASE | re.DOTALL,
)

TRACKS_BY_WORK_TYPE: Mapping[str, Track] = {"journal-article": "journal", "proceedings-article": "conference"}
CONFERENCE_NAME = re.compile(r"\bConference\b")  # some, such as AAAI, deposit their proceedings as a journal
TRAILING_YEAR = re.compile(r"[\s-]*(?:['’]\d{2}|(?:19|20)\d{2})$")
CROSSREF_DATE_KEYS = ("published-print", "published-online", "published", "issued", "posted")
SAME_PAPER_RELATIONS = (
    "has-preprint",
    "is-preprint-of",
    "has-version",
    "is-version-of",
    "is-same-as",
    "is-identical-to",
)

CrossrefWork = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Identifier:
    """An arXiv id without its version, or a DOI in lower case, as upper and lower mean the same there."""

    kind: Literal["arxiv", "doi"]
    value: str


@dataclass(frozen=True, slots=True)
class FetchedRecord:
    """What a source says of a paper; id and category are empty, and `notes` are what has no key in the model."""

    paper: Paper
    notes: tuple[str, ...]


FetchOutcome = FetchedRecord | str  # a record, or why there is none
DEFAULT_RETRY_POLICY = RetryPolicy()


def fetch_records(
    given: Sequence[str], environment: Mapping[str, str], patience: RetryPolicy = DEFAULT_RETRY_POLICY
) -> tuple[list[FetchedRecord], list[Problem]]:
    """The records of all papers that are given, each once and in that order; a problem for each that cannot be had.

    A problem's file is the text as given. `ARXIV_API` and `CROSSREF_API` in the environment name other servers.
    """
    problems: list[Problem] = []
    wanted: dict[Identifier, str] = {}
    for text in given:
        if identifier := parse_identifier(text):
            wanted.setdefault(identifier, text)
        else:
            problems.append(
                Problem(text, 1, 1, f"expected an arXiv id, a DOI or an address of either, {quote_found_text(text)}")
            )
    arxiv_ids, dois = ([one.value for one in wanted if one.kind == kind] for kind in ("arxiv", "doi"))
    outcomes = {
        "arxiv": fetch_from_arxiv(arxiv_ids, ServiceConnection(ARXIV_SERVICE, environment, patience)),
        "doi": fetch_from_crossref(dois, ServiceConnection(CROSSREF_SERVICE, environment, patience)),
    }
    known: list[FetchedRecord] = []
    for one, text in wanted.items():
        outcome = outcomes[one.kind][one.value]
        if isinstance(outcome, FetchedRecord):
            known.append(outcome)
        else:
            problems.append(Problem(text, 1, 1, outcome))
    return known, problems


def paper_from_identifier(given: str) -> Paper:
    """A paper of which nothing is known but how it is identified; of other words, nothing at all."""
    blank = Paper(id="", title="", authors=(), category="", abstract="")
    match parse_identifier(given):
        case Identifier("arxiv", value):
            return replace(blank, arxiv=value)
        case Identifier("doi", value):
            return replace(blank, doi=value, acl_anthology=anthology_id(value))
    return blank


def parse_identifier(given: str) -> Identifier | None:
    """What a text names, however it was copied, or nothing."""
    if len(given) > MAX_INPUT_CHARS:
        return None
    text = normalize_identifier(given)
    address = ADDRESS_PARTS.fullmatch(text)
    place, query = (unquote(address[part] or "") for part in ("place", "query")) if address else ("", "")
    if match := ARXIV_TEXT.fullmatch(text) or ARXIV_WEB_ADDRESS.fullmatch(place):
        return arxiv_identifier(match)
    if match := ANTHOLOGY_TEXT.fullmatch(text) or ANTHOLOGY_WEB_ADDRESS.fullmatch(place):
        return Identifier("doi", ANTHOLOGY_DOI_PREFIX + match["id"])
    if match := DOI_TEXT.fullmatch(unquote(text)) or DOI_WEB_ADDRESS.fullmatch(place):
        return doi_identifier(match["id"])
    if match := EMBEDDED_DOI.search(place) or EMBEDDED_DOI.search(query):
        return doi_identifier(PUBLISHER_SUFFIX.sub("", match["id"]))
    return None


def normalize_identifier(given: str) -> str:
    """A text in lower case, without the quotes, brackets and full stop of the sentence that it was copied from."""
    text = printable_line(given).lstrip("([{" + SURROUNDING_PUNCTUATION).rstrip("/" + SURROUNDING_PUNCTUATION).lower()
    while text and text.count(text[-1]) > text.count(OPENING_BRACKETS.get(text[-1], text[-1])):
        text = text[:-1].rstrip("/" + SURROUNDING_PUNCTUATION)
    return text


def arxiv_identifier(match: re.Match[str]) -> Identifier:
    """The arXiv id that was found; an old one without its subject class, `math/0309136`, as arXiv itself writes it."""
    return Identifier("arxiv", re.sub(r"\.[a-z]{2}/", "/", match["id"]))


def doi_identifier(text: str) -> Identifier | None:
    """The DOI, or the arXiv id that it holds."""
    value = normalize_identifier(text)
    if match := ARXIV_DOI.fullmatch(value):
        return arxiv_identifier(match)
    return Identifier("doi", value) if valid_text(Doi, value) and unquote(value) == value else None


def quote_found_text(text: str) -> str:
    """The start of what was found, in quotes."""
    words = one_line_excerpt(printable_line(text[:1000]))
    return f'found "{words}"' if words else "found nothing"


def response_start(body: bytes) -> str:
    """The first characters of an answer."""
    return body[:1000].decode("utf-8", "replace")


def printable_line(text: str) -> str:
    """A text on one line, without characters that cannot be seen."""
    return single_line(INVISIBLE_CHARACTERS.sub("", single_line(text)))


def join_paragraphs(paragraphs: Iterable[str]) -> str:
    """Paragraphs as one text, each on one line, with a blank line between them."""
    return "\n\n".join(text for text in map(printable_line, paragraphs) if text)


def fetch_from_arxiv(ids: Sequence[str], connection: ServiceConnection) -> dict[str, FetchOutcome]:
    """What arXiv knows, by id."""
    outcomes: dict[str, FetchOutcome] = {}
    for first in range(0, len(ids), ARXIV_BATCH_SIZE):
        outcomes |= fetch_arxiv_batch(ids[first : first + ARXIV_BATCH_SIZE], connection)
    return outcomes


def fetch_arxiv_batch(ids: Sequence[str], connection: ServiceConnection) -> dict[str, FetchOutcome]:
    """What arXiv knows of the papers of one request; where it refuses them for the sake of one, of their halves."""
    answer = connection.answer(f"/query?id_list={','.join(ids)}&max_results={len(ids)}")
    if isinstance(answer, ServiceFailure):
        return dict.fromkeys(ids, answer.words)
    entries = parse_arxiv_feed(answer.body)
    refusal = f"arXiv answered {status_text(answer.status)}" if answer.status != 200 else ""
    if isinstance(entries, str):
        return dict.fromkeys(ids, refusal or entries)
    for entry in entries:
        if "/api/errors" in entry.findtext("atom:id", "", ARXIV_NAMESPACES):
            refusal = f'arXiv answered "{printable_line(entry.findtext("atom:summary", "", ARXIV_NAMESPACES))}"'
    if refusal and len(ids) > 1:
        middle = len(ids) // 2
        return fetch_arxiv_batch(ids[:middle], connection) | fetch_arxiv_batch(ids[middle:], connection)
    known = {} if refusal else dict(map(parse_arxiv_entry, entries))
    return {name: known.get(name) or refusal or f"arXiv knows no paper {name}" for name in ids}


def parse_arxiv_feed(body: bytes) -> list[ElementTree.Element] | str:
    """The entries of an Atom feed, or why it cannot be read."""
    fault = f"expected an Atom feed, {quote_found_text(response_start(body))}"
    # Atom has no use for a document type, which could define text that grows without bound.
    if b"<feed" in body and b"<!DOCTYPE" not in body:
        try:
            root = ElementTree.fromstring(body)
        except (ElementTree.ParseError, LookupError, ValueError) as error:
            fault = str(error)
        else:
            return root.findall("atom:entry", ARXIV_NAMESPACES)
    return f"arXiv's answer cannot be read: {fault}"


def parse_arxiv_entry(entry: ElementTree.Element) -> tuple[str, FetchedRecord | None]:
    """An entry's arXiv id and record; an entry without a title is of no paper."""

    def said(tag: str) -> str:
        return entry.findtext(tag, "", ARXIV_NAMESPACES)[:MAX_FIELD_CHARS]

    identifier, title = (
        parse_identifier(printable_line(said("atom:id"))),
        repair_tex(printable_line(said("atom:title"))),
    )
    if not identifier or not title:
        return "", None
    abstract = repair_tex(unwrap_abstract(said("atom:summary")))
    comment, reference = printable_line(said("arxiv:comment")), printable_line(said("arxiv:journal_ref"))
    registered = printable_line(said("arxiv:doi")).partition(" ")[0].rstrip(",;")  # the first of several
    elsewhere = parse_identifier(registered)
    primary = entry.find("arxiv:primary_category", ARXIV_NAMESPACES)
    code = REPOSITORY_MENTION.search(comment)
    notes = (
        "withdrawn" if WITHDRAWAL_NOTICE.search(comment) or WITHDRAWAL_NOTICE.search(abstract[:100]) else "",
        f'comment: "{comment}"' if comment else "",
        f'journal reference: "{reference}"' if reference else "",
    )
    paper = Paper(
        id="",
        title=title,
        authors=unique_names(
            repair_tex(printable_line(name.text or ""))
            for name in entry.iterfind("atom:author/atom:name", ARXIV_NAMESPACES)
        ),
        category="",
        abstract=abstract,
        arxiv=valid_text(ArxivId, identifier.value),
        arxiv_class=valid_text(ArxivClass, primary.get("term") if primary is not None else None),
        doi=(valid_text(Doi, registered) or elsewhere.value) if elsewhere and elsewhere.kind == "doi" else None,
        acl_anthology=anthology_id(registered),
        published=valid_text(Date, printable_line(said("atom:published"))[:10]),
        links=Links(code=valid_text(Address, f"https://{code[1].rstrip('./').removesuffix('.git')}") if code else None),
    )
    return identifier.value, FetchedRecord(paper, tuple(filter(None, notes)))


def unwrap_abstract(summary: str) -> str:
    """arXiv's abstract with a line to a paragraph: one starts after a blank line or with indentation, though that means
    nothing where all lines have it."""
    lines = summary.strip().splitlines()
    marked = any(text and not text[0].isspace() for text in lines[1:])
    starts = [f"\n{text}" if marked and text[:1].isspace() else text for text in lines]
    return join_paragraphs(re.split(r"\n\s*\n", "\n".join(starts)))


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """The names that are there, each once."""
    return tuple(dict.fromkeys(filter(None, names)))


def anthology_id(registered: str) -> str | None:
    """The Anthology's id of a paper with a DOI of the Anthology: new ones have small letters, old ones a capital."""
    prefix, name = registered[: len(ANTHOLOGY_DOI_PREFIX)], registered[len(ANTHOLOGY_DOI_PREFIX) :].lower()
    return (
        (valid_text(AnthologyId, name) or valid_text(AnthologyId, name.upper()))
        if prefix == ANTHOLOGY_DOI_PREFIX
        else None
    )


def fetch_from_crossref(dois: Sequence[str], connection: ServiceConnection) -> dict[str, FetchOutcome]:
    """What Crossref knows, by DOI."""
    return {name: fetch_crossref_work(name, connection) for name in dois}


def fetch_crossref_work(name: str, connection: ServiceConnection) -> FetchOutcome:
    """What Crossref knows of a DOI."""
    answer = connection.answer(f"/works/{quote(name, safe='')}")
    if isinstance(answer, ServiceFailure):
        return answer.words
    if answer.status == 404:
        return f"Crossref knows no DOI {name}: if it exists, another agency such as DataCite registered it"
    if answer.status != 200:
        return f"Crossref answered {status_text(answer.status)}"
    try:
        work = json.loads(answer.body)["message"]
        title = work_title(work)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        start = quote_found_text(response_start(answer.body))
        return f"Crossref's answer cannot be read: expected a work as JSON, {start}"
    return (
        FetchedRecord(crossref_paper(work, name, title), tuple(work_notes(work)))
        if title
        else f"Crossref has no title for {name}"
    )


def work_title(work: CrossrefWork) -> str:
    """A work's title with its subtitle, unless the title holds it already."""
    title, subtitle = (next(iter(texts_at(work, key)), "").rstrip(": ") for key in ("title", "subtitle"))
    return title if subtitle.lower() in title.lower() else full_title(title, subtitle)


def crossref_paper(work: CrossrefWork, name: str, title: str) -> Paper:
    """A paper as Crossref describes it."""
    registered = next(iter(texts_at(work, "DOI")), name)
    related = (part for key in SAME_PAPER_RELATIONS for part in mappings_at(mapping_at(work, "relation"), key))
    preprints = (parse_identifier(next(iter(texts_at(part, "id")), "")) for part in related)
    return Paper(
        id="",
        title=title,
        authors=unique_names(map(crossref_author_name, mappings_at(work, "author"))),
        category="",
        abstract=repair_tex(work_abstract(work)),
        arxiv=next((valid_text(ArxivId, one.value) for one in preprints if one and one.kind == "arxiv"), None),
        doi=valid_text(Doi, registered),
        acl_anthology=anthology_id(registered),
        published=earliest_date(work_date(work, key) for key in CROSSREF_DATE_KEYS),
        venue=work_venue(work),
    )


def crossref_author_name(part: CrossrefWork) -> str:
    """A person's full name, or that of an organization."""
    return " ".join(text for key in ("given", "family", "suffix") for text in texts_at(part, key)[:1]) or " ".join(
        texts_at(part, "name")[:1]
    )


def work_abstract(work: CrossrefWork) -> str:
    """The abstract, a line to a paragraph, without the heading that says so."""
    markup = work.get("abstract")
    first, *rest = markup_to_text(markup if isinstance(markup, str) else "").split("\n\n")
    return "\n\n".join(rest if first.lower().strip(".: ") == "abstract" else [first, *rest])


def work_venue(work: CrossrefWork) -> Venue | None:
    """Where a work appeared, under its short name where there is one; nothing for books, preprints and the like."""
    track = work_track(work)
    series = journal_series(work) if track == "journal" else proceedings_series(work) if track else None
    days = (
        work_date(mapping_at(work, "event"), "start") if track != "journal" else "",
        *(work_date(work, key) for key in CROSSREF_DATE_KEYS),
    )
    year = next((int(day[:4]) for day in days if day and int(day[:4]) in get_args(Year)[1]), 0)
    return Venue(series[0], year, series[1]) if series and year else None


def work_track(work: CrossrefWork) -> Track | None:
    """Whether a work appeared in a journal or in proceedings of any kind, by its type and the names of those."""
    track = TRACKS_BY_WORK_TYPE.get(work_type(work))
    names = " ".join((*texts_at(work, "container-title"), *texts_at(mapping_at(work, "event"), "name")))
    return "conference" if track == "journal" and CONFERENCE_NAME.search(names) else track


def journal_series(work: CrossrefWork) -> tuple[str, Track] | None:
    """A journal's name, as short as Crossref has it."""
    names = (*texts_at(work, "short-container-title"), *texts_at(work, "container-title"))
    return (names[0], "journal") if names else None


def proceedings_series(work: CrossrefWork) -> tuple[str, Track] | None:
    """The name and kind of a series of proceedings: the shortest, though a workshop's before that of the conference
    which it belongs to, as that is often given as the event."""
    event = mapping_at(work, "event")
    acronyms, events = texts_at(event, "acronym"), texts_at(event, "name")
    if acronyms:
        events = [f"{name} ({acronyms[0]})" for name in events]
    short_name = next(iter((*acronyms, *texts_at(work, "short-container-title"))), "")[:MAX_INPUT_CHARS]
    names = filter(None, (*texts_at(work, "container-title"), *events, TRAILING_YEAR.sub("", short_name)))
    series = filter(None, (series_and_track(name[:MAX_INPUT_CHARS].strip(), short_name, book=True) for name in names))
    name, track = min(series, key=lambda one: (one[1] == "conference", len(one[0])), default=("", "conference"))
    return (TRAILING_YEAR.sub("", name) or name, track) if name else None


def work_date(work: CrossrefWork, key: str) -> str:
    """A date as precisely as Crossref knows it, such as 2017-01, or nothing: `[[null]]` is a date there too."""
    value = mapping_at(work, key).get("date-parts")
    numbers = value[0][:3] if isinstance(value, list) and value and isinstance(value[0], list) else []
    day = ""
    for count in range(1, len(numbers) + 1):
        try:
            year, month, day_ = (*map(int, numbers[:count]), *(1,) * (3 - count))
            day = date(year, month, day_).isoformat()[: 1 + 3 * count]
        except (TypeError, ValueError, OverflowError):
            break
    return day


def earliest_date(days: Iterable[str]) -> str | None:
    """The first of the days; of 2017 and 2017-01 the more precise one."""
    return min(filter(None, days), key=lambda day: f"{day}~", default=None)


def work_notes(work: CrossrefWork) -> Iterator[str]:
    """What Crossref says of a work that has no key in the model."""
    for part in mappings_at(work, "updated-by"):
        yield f"{work_type(part)}: see {' '.join(texts_at(part, 'DOI'))}"
    for part in mappings_at(work, "update-to"):
        yield f"not a paper but the {work_type(part)} of {' '.join(texts_at(part, 'DOI'))}"
    if work_type(work) not in TRACKS_BY_WORK_TYPE:
        yield f'type: "{work_type(work)}"'
    for text in texts_at(work, "container-title"):
        yield f'published in: "{text}"'
    for text in texts_at(mapping_at(work, "event"), "name"):
        yield f'event: "{text}"'


def work_type(work: CrossrefWork) -> str:
    """What a work or an update is, such as a journal article or a retraction."""
    return " ".join(texts_at(work, "type")[:1]).replace("_", " ")


def mapping_at(work: CrossrefWork, key: str) -> CrossrefWork:
    """The keys and values under a key, if it has any."""
    value = work.get(key)
    return value if isinstance(value, dict) else {}


def mappings_at(work: CrossrefWork, key: str) -> list[CrossrefWork]:
    """The keys and values of each item under a key."""
    value = work.get(key)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def texts_at(work: CrossrefWork, key: str) -> list[str]:
    """The texts under a key, one or a list, each on one line without markup."""
    value = work.get(key)
    lines = (
        repair_tex(printable_line(markup_to_text(text)))
        for text in (value if isinstance(value, list) else [value])
        if isinstance(text, str)
    )
    return [text for text in lines if text]


def markup_to_text(markup: str) -> str:
    """JATS, MathML and HTML as paragraphs of text; twice, as much of it is escaped twice."""
    markup = markup[:MAX_FIELD_CHARS]
    for _ in range(2):
        markup = JATS_ALTERNATIVES.sub(extract_tex_formula, markup)
        markup = unescape(JATS_INLINE_MARKUP.sub("", JATS_BLOCK_MARKUP.sub("\n\n", markup)))
    return join_paragraphs(re.split(r"\n\s*\n", markup))


def extract_tex_formula(match: re.Match[str]) -> str:
    """Of a formula that is there as TeX and as MathML, the TeX, out of the document or display it is wrapped in."""
    if not (source := JATS_TEX_FORMULA.search(match["inner"])):
        return match["inner"]
    shown = TEX_DOCUMENT.sub(lambda document: document["tex"], source["tex"])
    return f"${shown.strip().strip('$').strip()}$"

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

from generator.curate.entries import whole_title
from generator.curate.fetch import Connection, Failure, Patience, Service, named
from generator.curate.listing import repaired
from generator.curate.venues import series_of
from generator.model import (
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
from generator.read import UNPRINTABLE, fitting, short

ARXIV = Service("arXiv", "ARXIV_API", "https://export.arxiv.org/api", pause=3)  # as its terms of use ask
CROSSREF = Service("Crossref", "CROSSREF_API", "https://api.crossref.org", pause=0.2)  # well within its limits
BATCH = 50  # ids in one request to arXiv
LONGEST_GIVEN, LONGEST_SAID = 2_000, 20_000  # characters of a text that are looked at
ATOM = {"atom": "http://www.w3.org/2005/Atom", "arxiv": "http://arxiv.org/schemas/atom"}

# The Anthology forms the DOIs of its papers so, from their ids; only those that MIT Press publishes have others.
ANTHOLOGY = "10.18653/v1/"
MONTH = r"\d{2}(?:0[1-9]|1[0-2])"
ARXIV_ID = rf"(?P<id>{MONTH}\.\d{{4,5}}|[a-z-]+(?:\.[a-z]{{2}})?/{MONTH}\d{{3}})(?:v\d+)?"
ANTHOLOGY_ID = r"(?P<id>\d{4}\.[a-z0-9_]+-[a-z0-9]+\.\d+|[a-z]\d{2}-\d{4})(?:v\d+)?"
DOI = r"(?P<id>10\.\d{4,9}/.+)"
ADDRESS = re.compile(
    r"(?:https?:)?(?://)?(?P<place>[a-z0-9.-]{1,250}\.[a-z]{2,20}(?::\d+)?/[^?#]*)(?:\?(?P<query>[^#]*))?(?:#.*)?"
)
ARXIV_TEXT = re.compile(rf"(?:arxiv\s*:?\s*)?{ARXIV_ID}(?:\s*\[[^\]]*\].*)?", re.ASCII)  # [stat.ML] 6 Dec 2017
ARXIV_PLACE = re.compile(
    r"(?:(?:[\w-]+\.)*(?:arxiv|alphaxiv|ar5iv)\.org(?:/[a-z-]+)?|(?:www\.)?(?:huggingface|hf)\.co/papers)/"
    rf"{ARXIV_ID}(?:\.pdf|\.html?)?(?:/.*)?",
    re.ASCII,
)
ANTHOLOGY_TEXT = re.compile(ANTHOLOGY_ID, re.ASCII)
ANTHOLOGY_PLACE = re.compile(
    rf"(?:www\.)?(?:aclanthology\.org|aclanthology\.info/papers|aclweb\.org/anthology)/{ANTHOLOGY_ID}(?:\.\w+)*/?",
    re.ASCII,
)
DOI_TEXT = re.compile(rf"(?:(?:info:|urn:)?doi\s*[:/]?\s*)?{DOI}", re.ASCII)
DOI_PLACE = re.compile(rf"(?:[\w-]+\.)*doi\.org/{DOI}", re.ASCII)
DOI_WITHIN = re.compile(r"(?<![\d.])(?P<id>10\.\d{4,9}/[^&]+)", re.ASCII)
PUBLISHERS_OWN = re.compile(  # what a publisher's address has after the DOI
    r"(?:(?<=\d)v\d+)?(?:\.full)?(?:\.(?:pdf|epdf|html?))?(?:/(?:full|pdf|epdf|html|abstract|fulltext|meta))?/*$"
)
ARXIV_DOI = re.compile(rf"10\.48550/arxiv\.{ARXIV_ID}", re.ASCII)

HIDDEN = re.compile(rf"{UNPRINTABLE.pattern}|[\ud800-\udfff\u00ad\u200b\u2060]")
AROUND = " \"'“”‘’«»<>.,;:!?…"
BRACKETS = {")": "(", "]": "[", "}": "{"}
CODE = re.compile(
    r"(?<![\w.-])(?:https?://)?(?:www\.)?((?:github|gitlab)\.com/[\w.-]+/[\w.-]+(?:/[\w./-]+)?)", re.ASCII
)
WITHDRAWN = re.compile(
    r"(?:paper|article|submission|manuscript|preprint|version|work) (?:has been|have been|is|was) (?:\w+ )?withdrawn|"
    r"^withdrawn\b",
    re.IGNORECASE,
)

ALTERNATIVES = re.compile(r"<((?:jats:)?)alternatives>(?P<inner>.*?)</\1alternatives>", re.DOTALL)
TEX = re.compile(r"<(?:jats:)?tex-math\b[^<>]*>(?P<tex>[^<]*)</")
TEX_DOCUMENT = re.compile(r"\\documentclass.*?\\begin\{document\}(?P<tex>.*?)\\end\{document\}", re.DOTALL)
ATTRIBUTES = r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?"
BLOCK = re.compile(
    rf"</?(?:jats:)?(?:p|title|sec|abstract|list|list-item|disp-formula|disp-quote|div|ul|ol|li|br){ATTRIBUTES}>",
    re.IGNORECASE,
)
INLINE = re.compile(  # by name, as "a<b" and "List<String>" are no markup
    r"</?(?:(?:jats|mml|m|ali):[\w-]+|b|i|u|em|strong|bold|italic|underline|sub|sup|ovl|sc|scp|tt|font|span|a|"
    r"inline-formula|inline-graphic|alternatives|tex-math|ext-link|xref|monospace|sans-serif|"
    rf"math|mi|mn|mo|ms|mrow|msub|msup|msubsup|mfrac|msqrt|mtext|mover|munder|mspace|mstyle){ATTRIBUTES}>|"
    r"<!--.*?-->|<!\[CDATA\[|\]\]>",
    re.IGNORECASE | re.DOTALL,
)

TRACKS: Mapping[str, Track] = {"journal-article": "journal", "proceedings-article": "conference"}
CONFERENCE = re.compile(r"\bConference\b")  # some, such as AAAI, deposit their proceedings as a journal
OF_A_YEAR = re.compile(r"[\s-]*(?:['’]\d{2}|(?:19|20)\d{2})$")
DATES = ("published-print", "published-online", "published", "issued", "posted")
SAME_PAPER = ("has-preprint", "is-preprint-of", "has-version", "is-version-of", "is-same-as", "is-identical-to")

Work = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Identifier:
    """An arXiv id without its version, or a DOI in lower case, as upper and lower mean the same there."""

    kind: Literal["arxiv", "doi"]
    value: str


@dataclass(frozen=True, slots=True)
class Record:
    """What a source says of a paper; id and category are empty, and `notes` are what has no key in the model."""

    paper: Paper
    notes: tuple[str, ...]


Outcome = Record | str  # a record, or why there is none
PATIENT = Patience()


def records(
    given: Sequence[str], environment: Mapping[str, str], patience: Patience = PATIENT
) -> tuple[list[Record], list[Problem]]:
    """The records of all papers that are given, each once and in that order; a problem for each that cannot be had.

    A problem's file is the text as given. `ARXIV_API` and `CROSSREF_API` in the environment name other servers.
    """
    problems: list[Problem] = []
    wanted: dict[Identifier, str] = {}
    for text in given:
        if identifier := identified(text):
            wanted.setdefault(identifier, text)
        else:
            problems.append(Problem(text, 1, 1, f"expected an arXiv id, a DOI or an address of either, {found(text)}"))
    arxiv_ids, dois = ([one.value for one in wanted if one.kind == kind] for kind in ("arxiv", "doi"))
    outcomes = {
        "arxiv": from_arxiv(arxiv_ids, Connection(ARXIV, environment, patience)),
        "doi": from_crossref(dois, Connection(CROSSREF, environment, patience)),
    }
    known: list[Record] = []
    for one, text in wanted.items():
        outcome = outcomes[one.kind][one.value]
        if isinstance(outcome, Record):
            known.append(outcome)
        else:
            problems.append(Problem(text, 1, 1, outcome))
    return known, problems


def known_by(given: str) -> Paper:
    """A paper of which nothing is known but how it is identified; of other words, nothing at all."""
    blank = Paper(id="", title="", authors=(), category="", abstract="")
    match identified(given):
        case Identifier("arxiv", value):
            return replace(blank, arxiv=value)
        case Identifier("doi", value):
            return replace(blank, doi=value, acl_anthology=anthology_id(value))
    return blank


def identified(given: str) -> Identifier | None:
    """What a text names, however it was copied, or nothing."""
    if len(given) > LONGEST_GIVEN:
        return None
    text = trimmed(given)
    address = ADDRESS.fullmatch(text)
    place, query = (unquote(address[part] or "") for part in ("place", "query")) if address else ("", "")
    if match := ARXIV_TEXT.fullmatch(text) or ARXIV_PLACE.fullmatch(place):
        return arxiv(match)
    if match := ANTHOLOGY_TEXT.fullmatch(text) or ANTHOLOGY_PLACE.fullmatch(place):
        return Identifier("doi", ANTHOLOGY + match["id"])
    if match := DOI_TEXT.fullmatch(unquote(text)) or DOI_PLACE.fullmatch(place):
        return doi(match["id"])
    if match := DOI_WITHIN.search(place) or DOI_WITHIN.search(query):
        return doi(PUBLISHERS_OWN.sub("", match["id"]))
    return None


def trimmed(given: str) -> str:
    """A text in lower case, without the quotes, brackets and full stop of the sentence that it was copied from."""
    text = line(given).lstrip("([{" + AROUND).rstrip("/" + AROUND).lower()
    while text and text.count(text[-1]) > text.count(BRACKETS.get(text[-1], text[-1])):
        text = text[:-1].rstrip("/" + AROUND)
    return text


def arxiv(match: re.Match[str]) -> Identifier:
    """The arXiv id that was found; an old one without its subject class, `math/0309136`, as arXiv itself writes it."""
    return Identifier("arxiv", re.sub(r"\.[a-z]{2}/", "/", match["id"]))


def doi(text: str) -> Identifier | None:
    """The DOI, or the arXiv id that it holds."""
    value = trimmed(text)
    if match := ARXIV_DOI.fullmatch(value):
        return arxiv(match)
    return Identifier("doi", value) if fitting(Doi, value) and unquote(value) == value else None


def found(text: str) -> str:
    """The start of what was found, in quotes."""
    words = short(line(text[:1000]))
    return f'found "{words}"' if words else "found nothing"


def start(body: bytes) -> str:
    """The first characters of an answer."""
    return body[:1000].decode("utf-8", "replace")


def line(text: str) -> str:
    """A text on one line, without characters that cannot be seen."""
    return " ".join(HIDDEN.sub("", " ".join(text.split())).split())


def joined(paragraphs: Iterable[str]) -> str:
    """Paragraphs as one text, each on one line, with a blank line between them."""
    return "\n\n".join(text for text in map(line, paragraphs) if text)


def from_arxiv(ids: Sequence[str], connection: Connection) -> dict[str, Outcome]:
    """What arXiv knows, by id."""
    outcomes: dict[str, Outcome] = {}
    for first in range(0, len(ids), BATCH):
        outcomes |= batch(ids[first : first + BATCH], connection)
    return outcomes


def batch(ids: Sequence[str], connection: Connection) -> dict[str, Outcome]:
    """What arXiv knows of the papers of one request; where it refuses them for the sake of one, of their halves."""
    answer = connection.answer(f"/query?id_list={','.join(ids)}&max_results={len(ids)}")
    if isinstance(answer, Failure):
        return dict.fromkeys(ids, answer.words)
    entries = feed(answer.body)
    refusal = f"arXiv answered {named(answer.status)}" if answer.status != 200 else ""
    if isinstance(entries, str):
        return dict.fromkeys(ids, refusal or entries)
    for entry in entries:
        if "/api/errors" in entry.findtext("atom:id", "", ATOM):
            refusal = f'arXiv answered "{line(entry.findtext("atom:summary", "", ATOM))}"'
    if refusal and len(ids) > 1:
        middle = len(ids) // 2
        return batch(ids[:middle], connection) | batch(ids[middle:], connection)
    known = {} if refusal else dict(map(paper_of, entries))
    return {name: known.get(name) or refusal or f"arXiv knows no paper {name}" for name in ids}


def feed(body: bytes) -> list[ElementTree.Element] | str:
    """The entries of an Atom feed, or why it cannot be read."""
    fault = f"expected an Atom feed, {found(start(body))}"
    # Atom has no use for a document type, which could define text that grows without bound.
    if b"<feed" in body and b"<!DOCTYPE" not in body:
        try:
            root = ElementTree.fromstring(body)
        except (ElementTree.ParseError, LookupError, ValueError) as error:
            fault = str(error)
        else:
            return root.findall("atom:entry", ATOM)
    return f"arXiv's answer cannot be read: {fault}"


def paper_of(entry: ElementTree.Element) -> tuple[str, Record | None]:
    """An entry's arXiv id and record; an entry without a title is of no paper."""

    def said(tag: str) -> str:
        return entry.findtext(tag, "", ATOM)[:LONGEST_SAID]

    identifier, title = identified(line(said("atom:id"))), repaired(line(said("atom:title")))
    if not identifier or not title:
        return "", None
    abstract = repaired(unwrapped(said("atom:summary")))
    comment, reference = line(said("arxiv:comment")), line(said("arxiv:journal_ref"))
    registered = line(said("arxiv:doi")).partition(" ")[0].rstrip(",;")  # the first of several
    elsewhere = identified(registered)
    primary = entry.find("arxiv:primary_category", ATOM)
    code = CODE.search(comment)
    notes = (
        "withdrawn" if WITHDRAWN.search(comment) or WITHDRAWN.search(abstract[:100]) else "",
        f'comment: "{comment}"' if comment else "",
        f'journal reference: "{reference}"' if reference else "",
    )
    paper = Paper(
        id="",
        title=title,
        authors=unique(repaired(line(name.text or "")) for name in entry.iterfind("atom:author/atom:name", ATOM)),
        category="",
        abstract=abstract,
        arxiv=fitting(ArxivId, identifier.value),
        arxiv_class=fitting(ArxivClass, primary.get("term") if primary is not None else None),
        doi=(fitting(Doi, registered) or elsewhere.value) if elsewhere and elsewhere.kind == "doi" else None,
        acl_anthology=anthology_id(registered),
        published=fitting(Date, line(said("atom:published"))[:10]),
        links=Links(code=fitting(Address, f"https://{code[1].rstrip('./').removesuffix('.git')}") if code else None),
    )
    return identifier.value, Record(paper, tuple(filter(None, notes)))


def unwrapped(summary: str) -> str:
    """arXiv's abstract with a line to a paragraph: one starts after a blank line or with indentation, though that means
    nothing where all lines have it."""
    lines = summary.strip().splitlines()
    marked = any(text and not text[0].isspace() for text in lines[1:])
    starts = [f"\n{text}" if marked and text[:1].isspace() else text for text in lines]
    return joined(re.split(r"\n\s*\n", "\n".join(starts)))


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """The names that are there, each once."""
    return tuple(dict.fromkeys(filter(None, names)))


def anthology_id(registered: str) -> str | None:
    """The Anthology's id of a paper with a DOI of the Anthology: new ones have small letters, old ones a capital."""
    prefix, name = registered[: len(ANTHOLOGY)], registered[len(ANTHOLOGY) :].lower()
    return (fitting(AnthologyId, name) or fitting(AnthologyId, name.upper())) if prefix == ANTHOLOGY else None


def from_crossref(dois: Sequence[str], connection: Connection) -> dict[str, Outcome]:
    """What Crossref knows, by DOI."""
    return {name: work_of(name, connection) for name in dois}


def work_of(name: str, connection: Connection) -> Outcome:
    """What Crossref knows of a DOI."""
    answer = connection.answer(f"/works/{quote(name, safe='')}")
    if isinstance(answer, Failure):
        return answer.words
    if answer.status == 404:
        return f"Crossref knows no DOI {name}: if it exists, another agency such as DataCite registered it"
    if answer.status != 200:
        return f"Crossref answered {named(answer.status)}"
    try:
        work = json.loads(answer.body)["message"]
        title = titled(work)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return f"Crossref's answer cannot be read: expected a work as JSON, {found(start(answer.body))}"
    return Record(described(work, name, title), tuple(notes_on(work))) if title else f"Crossref has no title for {name}"


def titled(work: Work) -> str:
    """A work's title with its subtitle, unless the title holds it already."""
    title, subtitle = (next(iter(texts(work, key)), "").rstrip(": ") for key in ("title", "subtitle"))
    return title if subtitle.lower() in title.lower() else whole_title(title, subtitle)


def described(work: Work, name: str, title: str) -> Paper:
    """A paper as Crossref describes it."""
    registered = next(iter(texts(work, "DOI")), name)
    related = (part for key in SAME_PAPER for part in parts(mapping(work, "relation"), key))
    preprints = (identified(next(iter(texts(part, "id")), "")) for part in related)
    return Paper(
        id="",
        title=title,
        authors=unique(map(author, parts(work, "author"))),
        category="",
        abstract=repaired(abstract_of(work)),
        arxiv=next((fitting(ArxivId, one.value) for one in preprints if one and one.kind == "arxiv"), None),
        doi=fitting(Doi, registered),
        acl_anthology=anthology_id(registered),
        published=earliest(dated(work, key) for key in DATES),
        venue=venue_of(work),
    )


def author(part: Work) -> str:
    """A person's full name, or that of an organization."""
    return " ".join(text for key in ("given", "family", "suffix") for text in texts(part, key)[:1]) or " ".join(
        texts(part, "name")[:1]
    )


def abstract_of(work: Work) -> str:
    """The abstract, a line to a paragraph, without the heading that says so."""
    markup = work.get("abstract")
    first, *rest = plain(markup if isinstance(markup, str) else "").split("\n\n")
    return "\n\n".join(rest if first.lower().strip(".: ") == "abstract" else [first, *rest])


def venue_of(work: Work) -> Venue | None:
    """Where a work appeared, under its short name where there is one; nothing for books, preprints and the like."""
    track = track_of(work)
    series = journal(work) if track == "journal" else proceedings(work) if track else None
    days = (dated(mapping(work, "event"), "start") if track != "journal" else "", *(dated(work, key) for key in DATES))
    year = next((int(day[:4]) for day in days if day and int(day[:4]) in get_args(Year)[1]), 0)
    return Venue(series[0], year, series[1]) if series and year else None


def track_of(work: Work) -> Track | None:
    """Whether a work appeared in a journal or in proceedings of any kind, by its type and the names of those."""
    track = TRACKS.get(type_of(work))
    names = " ".join((*texts(work, "container-title"), *texts(mapping(work, "event"), "name")))
    return "conference" if track == "journal" and CONFERENCE.search(names) else track


def journal(work: Work) -> tuple[str, Track] | None:
    """A journal's name, as short as Crossref has it."""
    names = (*texts(work, "short-container-title"), *texts(work, "container-title"))
    return (names[0], "journal") if names else None


def proceedings(work: Work) -> tuple[str, Track] | None:
    """The name and kind of a series of proceedings: the shortest, though a workshop's before that of the conference
    which it belongs to, as that is often given as the event."""
    event = mapping(work, "event")
    acronyms, events = texts(event, "acronym"), texts(event, "name")
    if acronyms:
        events = [f"{name} ({acronyms[0]})" for name in events]
    short_name = next(iter((*acronyms, *texts(work, "short-container-title"))), "")[:LONGEST_GIVEN]
    names = filter(None, (*texts(work, "container-title"), *events, OF_A_YEAR.sub("", short_name)))
    series = filter(None, (series_of(name[:LONGEST_GIVEN].strip(), short_name, book=True) for name in names))
    name, track = min(series, key=lambda one: (one[1] == "conference", len(one[0])), default=("", "conference"))
    return (OF_A_YEAR.sub("", name) or name, track) if name else None


def dated(work: Work, key: str) -> str:
    """A date as precisely as Crossref knows it, such as 2017-01, or nothing: `[[null]]` is a date there too."""
    value = mapping(work, key).get("date-parts")
    numbers = value[0][:3] if isinstance(value, list) and value and isinstance(value[0], list) else []
    day = ""
    for count in range(1, len(numbers) + 1):
        try:
            year, month, day_ = (*map(int, numbers[:count]), *(1,) * (3 - count))
            day = date(year, month, day_).isoformat()[: 1 + 3 * count]
        except (TypeError, ValueError, OverflowError):
            break
    return day


def earliest(days: Iterable[str]) -> str | None:
    """The first of the days; of 2017 and 2017-01 the more precise one."""
    return min(filter(None, days), key=lambda day: f"{day}~", default=None)


def notes_on(work: Work) -> Iterator[str]:
    """What Crossref says of a work that has no key in the model."""
    for part in parts(work, "updated-by"):
        yield f"{type_of(part)}: see {' '.join(texts(part, 'DOI'))}"
    for part in parts(work, "update-to"):
        yield f"not a paper but the {type_of(part)} of {' '.join(texts(part, 'DOI'))}"
    if type_of(work) not in TRACKS:
        yield f'type: "{type_of(work)}"'
    for text in texts(work, "container-title"):
        yield f'published in: "{text}"'
    for text in texts(mapping(work, "event"), "name"):
        yield f'event: "{text}"'


def type_of(work: Work) -> str:
    """What a work or an update is, such as a journal article or a retraction."""
    return " ".join(texts(work, "type")[:1]).replace("_", " ")


def mapping(work: Work, key: str) -> Work:
    """The keys and values under a key, if it has any."""
    value = work.get(key)
    return value if isinstance(value, dict) else {}


def parts(work: Work, key: str) -> list[Work]:
    """The keys and values of each item under a key."""
    value = work.get(key)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def texts(work: Work, key: str) -> list[str]:
    """The texts under a key, one or a list, each on one line without markup."""
    value = work.get(key)
    lines = (
        repaired(line(plain(text))) for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)
    )
    return [text for text in lines if text]


def plain(markup: str) -> str:
    """JATS, MathML and HTML as paragraphs of text; twice, as much of it is escaped twice."""
    markup = markup[:LONGEST_SAID]
    for _ in range(2):
        markup = ALTERNATIVES.sub(formula, markup)
        markup = unescape(INLINE.sub("", BLOCK.sub("\n\n", markup)))
    return joined(re.split(r"\n\s*\n", markup))


def formula(match: re.Match[str]) -> str:
    """Of a formula that is there as TeX and as MathML, the TeX, out of the document or display it is wrapped in."""
    if not (source := TEX.search(match["inner"])):
        return match["inner"]
    shown = TEX_DOCUMENT.sub(lambda document: document["tex"], source["tex"])
    return f"${shown.strip().strip('$').strip()}$"

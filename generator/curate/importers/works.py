"""Turn what a file says about a work, in whatever format, into an entry of the list.

In: a `GivenWork`, whose texts a reader of BibTeX, RIS or CSL has decoded. Out: a paper in the form of the model, and
the names of the values that have no place in it. Which kind of work it is, where it appeared and which address means
what is decided here, so that all formats agree.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any
from urllib.parse import quote

from generator.content.model import (
    Address,
    Date,
    Day,
    Isbn,
    Issn,
    Language,
    Line,
    Links,
    Name,
    Paper,
    Prose,
    Track,
    Venue,
    WorkType,
    is_calendar_date,
)
from generator.content.reader import valid_text
from generator.content.standard_numbers import has_valid_isbn_digit, has_valid_issn_digit
from generator.content.text import MONTH_NAMES, normalized_text
from generator.content.work_kinds import (
    BOOK,
    CHAPTER,
    CONFERENCE_PAPER,
    COURSE,
    DATASET,
    DOCUMENT,
    JOURNAL_ARTICLE,
    KINDS_BY_TYPE,
    POST,
    PREPRINT,
    REPORT,
    SOFTWARE,
    SPEECH,
    THESIS,
    VIDEO,
    WEBPAGE,
    WorkKind,
)
from generator.curate.importers.identifiers import (
    ANTHOLOGY_PAPER_ADDRESS,
    find_arxiv_id,
    find_code_address,
    find_doi,
    parse_work_identifier,
)
from generator.curate.importers.venues import TRAILING_YEAR, is_meeting_title, is_preprint_server, series_and_track

MAX_VENUE_CHARS = 1_000
ARTICLE_KINDS = (JOURNAL_ARTICLE, CONFERENCE_PAPER, PREPRINT)
INSTITUTION_KINDS = (REPORT, THESIS)  # which an institution issues, rather than a publisher
CONTAINER_SOURCES: Mapping[str, tuple[str, ...]] = {  # where the title of what a work is part of may stand, by kind
    BOOK.id: ("series", "book", "journal", "event"),
    CHAPTER.id: ("book", "series", "journal", "event"),
    SPEECH.id: ("event", "medium", "book", "series", "journal"),
    REPORT.id: ("series", "book", "journal", "event"),
    THESIS.id: ("series", "book", "journal", "event"),
}
DEFAULT_CONTAINER_SOURCES = ("medium", "book", "journal", "series", "event")
SINGLE_VALUES = (
    "abstract volume number pages edition publisher institution genre isbn issn language note".split()
)  # whose key in an entry has the same name
MONTH_PREFIXES = [name[:3].lower() for name in MONTH_NAMES]
ACCESS_MENTION = re.compile(  # such as "[Online; accessed 5-May-2020]"
    r"(?i)[\[(]?\s*(?:online\b[\s;:,]*)?(?:last\s+)?(?:accessed|visited|retrieved|checked)(?:\s+(?:on|at))?\b[\s:]*"
    r"(?P<day>[A-Za-z]{0,9}\.?[\s-]*[0-9]{1,4}(?:st|nd|rd|th)?[\s,./-]+(?:[A-Za-z]{3,9}|[0-9]{1,2})\.?[\s,./-]*[0-9]{0,4})\s*[\])]?\.?"
)
ORDINAL_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}
UNSAFE_CHARACTER = re.compile(r"[<>\"'`{}|\\^\[\]\s]")
KIND_WORDS = {
    POST: r"\bblog|\bpost\b|newsletter",
    SPEECH: r"\btalk\b|\blecture\b(?! notes)|presentation|keynote|\bslides?\b|\bspeech\b|\bposter\b",
    VIDEO: r"\bvideo|youtube|podcast|\bfilm\b",
    COURSE: r"\bcourse\b|lecture notes",
    DATASET: r"\bdata ?sets?\b",
    SOFTWARE: r"\bsoftware\b|computer program|source code",
    THESIS: r"\bthesis\b|dissertation",
    REPORT: r"\breport\b|white ?paper",
}
PUBLISHER_NAME = re.compile(
    r"(?i)(?:pmlr|ieee|acm|springer|elsevier|aaai|usenix|ceur|isca|siam|iet|wiley|citeseer|mit press|curran|"
    r"association for comput\w+)\b"
)
EDITOR_MARK = re.compile(r"(?i)\s*\((?:eds?|editors?|hrsg|hg|éds?|comps?)\.?\)")
VIDEO_HOST = re.compile(
    r"https?://(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|vimeo\.com|videolectures\.net)/", re.IGNORECASE
)
PDF_ADDRESS = re.compile(r"(?i)\.pdf(?:[?#].*)?$")
ISBN_MENTION = re.compile(r"(?<![\w-])(?:97[89][-‐–  ]?)?[0-9](?:[-‐–  ]?[0-9]){8}[-‐–  ]?[0-9Xx](?![\w-])")
ISSN_MENTION = re.compile(r"(?<![\w-])([0-9]{4})[-‐–]?([0-9]{3}[0-9Xx])(?![\w-])")
ACRONYM = re.compile(r"[^\s.]*[A-Z][^\s.]*[A-Z][^\s.]*")  # of a journal; what has periods is an abbreviation
PAGES_PREFIX = re.compile(r"(?i)^(?:pp?\.?|pages?|s\.)\s*(?=\d)")
PAGE_DASH = re.compile(r"\s*(?:--+|[–—])\s*|(?<=\d)\s*-\s*(?=\d)")
LANGUAGE_NAMES = {  # of Babel and of ISO 639-2, for those whose tag is another
    name: tag
    for tag, names in {
        "af": "afrikaans afr", "ar": "arabic ara", "bg": "bulgarian bul", "ca": "catalan cat", "cs": "czech ces cze",
        "cy": "welsh cym wel", "da": "danish dan", "de": "german ngerman deutsch allemand austrian naustrian deu ger",
        "de-CH": "swissgerman nswissgerman", "el": "greek polutonikogreek ell gre",
        "en": "english anglais englisch inglés inglese eng", "en-AU": "australian", "en-CA": "canadian",
        "en-GB": "british ukenglish", "en-US": "american usenglish", "eo": "esperanto epo",
        "es": "spanish español espagnol spanisch castilian spa", "et": "estonian est", "eu": "basque eus baq",
        "fa": "persian farsi fas per", "fi": "finnish fin",
        "fr": "french francais français frenchb französisch fra fre", "ga": "irish gle", "gl": "galician glg",
        "he": "hebrew heb", "hi": "hindi hin", "hr": "croatian hrv", "hu": "hungarian magyar hun", "hy": "armenian",
        "id": "indonesian ind", "is": "icelandic isl ice", "it": "italian italiano italien italienisch ita",
        "ja": "japanese jpn", "ko": "korean kor", "la": "latin latina lat", "lt": "lithuanian lit",
        "lv": "latvian lav", "nb": "norsk norwegian nor nob", "nl": "dutch nld dut", "nn": "nynorsk nno",
        "pl": "polish pol", "pt": "portuguese português portuges por", "pt-BR": "brazilian brazil",
        "ro": "romanian ron rum", "ru": "russian rus", "sk": "slovak slovene slk slo", "sl": "slovenian slv",
        "sr": "serbian srp", "sv": "swedish swe", "th": "thai tha", "tr": "turkish tur", "uk": "ukrainian ukr",
        "vi": "vietnamese vie", "zh": "chinese zho chi",
    }.items()
    for name in names.split()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GivenWork:
    """What a file says about a work, as plain text; what is not known is empty.

    `journal` is the title of a periodical, `short` its short title, `book` that of a book, of proceedings, or of a
    website, and `event` the name of a conference. `medium` says in words how it was published. `date` has the form of
    the model. `addresses` come in order of preference. `type` is the key of an entry, in files that have it; `kind` is
    what their program says.
    """

    kind: WorkKind
    title: str
    type: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    journal: str = ""
    short: str = ""
    book: str = ""
    series: str = ""
    event: str = ""
    medium: str = ""
    date: str = ""
    abstract: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    edition: str = ""
    publisher: str = ""
    institution: str = ""
    genre: str = ""
    isbn: str = ""
    issn: str = ""
    language: str = ""
    accessed: str = ""
    note: str = ""
    arxiv: str | None = None
    arxiv_class: str | None = None
    doi: str | None = None
    acl_anthology: str | None = None
    addresses: tuple[str, ...] = ()


def read_work(given: GivenWork) -> tuple[Paper, tuple[str, ...]]:
    """Return a work as a paper without id and category, and the names of the values that found no place."""
    given = with_editors(with_publisher(without_preprint_server(replace(given, kind=refined_kind(given)))))
    venue = given_venue(given)
    paper = Paper(
        id="",
        title=given.title,
        category="",
        type=entry_type(given.kind, venue),
        authors=given.authors,
        editors=given.editors,
        abstract=valid_text(Prose, given.abstract) or "",
        arxiv=given.arxiv,
        arxiv_class=given.arxiv_class if given.arxiv else None,
        doi=given.doi,
        acl_anthology=given.acl_anthology,
        published=first_publication(given, venue),
        venue=venue,
        container=valid_text(Line, given_container(given, venue)),
        volume=valid_text(Name, given.volume),
        number=valid_text(Name, given.number),
        pages=valid_text(Name, PAGE_DASH.sub("–", PAGES_PREFIX.sub("", given.pages))),
        edition=valid_text(Name, given_edition(given)),
        publisher=valid_text(Name, given.publisher),
        institution=valid_text(Name, given.institution),
        genre=valid_text(Name, given.genre),
        isbn=mentioned_isbn(given.isbn),
        issn=mentioned_issn(given.issn) or mentioned_issn(ISBN_MENTION.sub("", given.isbn)),  # PubMed has it there
        language=language_tag(given.language),
        note=valid_text(Line, given.note),
    )
    paper, unused = with_addresses(paper, given)
    return paper, tuple(chain(values_without_place(given, paper), ("url" for _ in unused[:1])))


def refined_kind(given: GivenWork) -> WorkKind:
    """Return the kind of a work, which is not always what the file calls it: many files know few kinds."""
    kind, address = given.kind, next(iter(given.addresses), "")
    if named := next((one for one in KINDS_BY_TYPE.values() if one.type == given.type), None):
        return named
    if kind in (DOCUMENT, WEBPAGE, POST) and VIDEO_HOST.match(address):
        return VIDEO
    if kind is CHAPTER and is_meeting_title(given.book):
        return CONFERENCE_PAPER
    if kind is PREPRINT and given.event and not given.arxiv:
        return SPEECH
    if kind is WEBPAGE and given.arxiv:
        return PREPRINT
    return document_kind(given, address) if kind is DOCUMENT else kind


def document_kind(given: GivenWork, address: str) -> WorkKind:
    """Return the kind of a work that the file gives no kind, as BibTeX's `@misc` does."""
    if given.arxiv:
        return PREPRINT
    if given.journal or given.book:
        return CONFERENCE_PAPER if given.book else JOURNAL_ARTICLE
    if kind := kind_in_words(f"{given.genre} {given.medium}"):
        return kind
    if is_identified(given) or given.genre or given.publisher or given.series or not address or find_doi(address):
        return DOCUMENT
    return SOFTWARE if find_code_address(address) else WEBPAGE


def kind_of_address(text: str) -> WorkKind | None:
    """Return what kind of work a web address without an identifier is likely to lead to; None if it is no address."""
    address = text.strip()
    if not valid_text(Address, address):
        return None
    return VIDEO if VIDEO_HOST.match(address) else SOFTWARE if find_code_address(address) else WEBPAGE


def paper_at_address(given: str) -> Paper | None:
    """Return a work of the web with nothing but its kind and address; None if an identifier says more about it."""
    kind, address = kind_of_address(given), given.strip()
    if not kind or parse_work_identifier(address):
        return None
    return Paper(
        id="", title="", category="", type=kind.type, url=address, links=Links(code=find_code_address(address))
    )


def kind_in_words(text: str) -> WorkKind | None:
    """Return the kind of work that words such as `Blog post` or `Invited talk` name, or None."""
    return next((kind for kind, pattern in KIND_WORDS.items() if re.search(pattern, text, re.IGNORECASE)), None)


def entry_type(kind: WorkKind, venue: Venue | None) -> WorkType:
    """Return the `type` of an entry; a conference paper is an article whose venue says that it is one."""
    return "article" if kind is CONFERENCE_PAPER and venue else kind.type


def without_preprint_server(given: GivenWork) -> GivenWork:
    """Return a work without the values that only repeat its arXiv id, such as the volume `abs/1701.07875` of CoRR."""
    if not given.arxiv:
        return given
    names = ("journal", "series", "medium", "volume", "number", "pages", "publisher", "institution", "note", "genre")
    repeated: dict[str, Any] = {
        name: "" for name in names if is_preprint_server(text := getattr(given, name)) or find_arxiv_id(text)
    }
    return replace(given, **repeated)


def with_publisher(given: GivenWork) -> GivenWork:
    """Return a conference paper with its publisher, which Google Scholar gives as the organization."""
    named = given.kind is CONFERENCE_PAPER and not given.publisher and PUBLISHER_NAME.match(given.institution)
    return replace(given, publisher=given.institution, institution="") if named else given


def with_editors(given: GivenWork) -> GivenWork:
    """Return a work without `(ed.)` in its names; authors of whom the last one has it are the editors."""
    authors, editors = (tuple(EDITOR_MARK.sub("", name) for name in names) for names in (given.authors, given.editors))
    if editors or not given.authors or not EDITOR_MARK.search(given.authors[-1]):
        return replace(given, authors=authors, editors=editors)
    return replace(given, authors=(), editors=authors)


def given_venue(given: GivenWork) -> Venue | None:
    """Return the journal or conference of an article, if its year is known."""
    if given.kind not in ARTICLE_KINDS or not given.date:
        return None
    found = found_series(given)
    return Venue(found[0], int(given.date[:4]), found[1]) if found and valid_text(Name, found[0]) else None


def found_series(given: GivenWork) -> tuple[str, Track] | None:
    """Return the short name and track of the journal or conference that an article names.

    Proceedings of a conference have the name of their event; a workshop's event may be its host.
    """
    text = given.book or given.journal or given.event
    series = given.series[:MAX_VENUE_CHARS]
    found = series_and_track(text[:MAX_VENUE_CHARS], series, book=text != given.journal)
    if not found or not has_short_name(given):
        return found
    if not given.book:
        return given.short, "journal"
    event = TRAILING_YEAR.sub("", given.event[:MAX_VENUE_CHARS])
    return found if found[1] != "conference" else series_and_track(event, series, book=True) or found


def has_short_name(given: GivenWork) -> bool:
    """Return whether an article gives both the title of what it is in and a short name: an event's, or an acronym."""
    return bool(given.book and given.event) or bool(given.journal and ACRONYM.fullmatch(given.short))


def given_container(given: GivenWork, venue: Venue | None) -> str:
    """Return the title of what a work is part of, unless its venue says enough."""
    if venue:
        full = given.book or given.journal
        return full if has_short_name(given) and not is_same_title(full, venue.name) else ""
    if given.kind in ARTICLE_KINDS:
        return (given.book or given.journal or given.event) if found_series(given) else given.medium
    sources = CONTAINER_SOURCES.get(given.kind.id, DEFAULT_CONTAINER_SOURCES)
    titles = (getattr(given, name) for name in sources)
    return next((title for title in titles if title and not is_same_title(title, given.title)), "")


def is_same_title(one: str, other: str) -> bool:
    return normalized_text(one) == normalized_text(other)


def is_identified(given: GivenWork) -> bool:
    """Return whether a work has an identifier, behind which nothing changes."""
    return bool(given.doi or given.arxiv or given.acl_anthology)


def first_publication(given: GivenWork, venue: Venue | None) -> str | None:
    """Return when a work became public; of a preprint, the date of a later version says nothing about it."""
    preprint = given.arxiv and given.kind in ARTICLE_KINDS
    later = preprint and (venue or not is_near_arxiv_month(given.date, given.arxiv or ""))
    return None if later else given.date or None


def is_near_arxiv_month(day: str, arxiv: str) -> bool:
    """Return whether a date may be that of the first version: within a month of that in the arXiv id."""
    found = re.match(r"(?:[^/]*/)?(\d\d)(\d\d)", arxiv)
    if not day or not found:
        return False
    year, month = (1900 if int(found[1]) > 90 else 2000) + int(found[1]), int(found[2])
    if len(day) == len("2017"):
        return int(day) == year
    return abs(int(day[:4]) * 12 + int(day[5:7]) - year * 12 - month) <= 1


def existing_date(year: str, month: str = "", day: str = "") -> str:
    """Return a date as far as it exists: `2017-02` for the 30th of February; an empty string for an impossible year."""
    parts = [f"{int(part):0{width}}" for part, width in ((year, 4), (month, 2), (day, 2)) if part]
    dates = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((date for date in dates if valid_text(Date, date) and is_calendar_date(date)), "")


def written_day(text: str) -> str:
    """Return a day written with its month's name, such as `May 5, 2020`, or as in the model; or an empty text."""
    words = re.findall(r"[A-Za-z]+|[0-9]+", re.sub(r"(?<=[0-9])(?:st|nd|rd|th)\b", "", text))
    if len(words) != 3:
        return ""
    if all(word.isdigit() for word in words):
        return existing_day(*words) if len(words[0]) == 4 else ""
    months = [MONTH_PREFIXES.index(word[:3].lower()) + 1 for word in words if word[:3].lower() in MONTH_PREFIXES]
    numbers = [word for word in words if word.isdigit()]
    years, days = [n for n in numbers if len(n) == 4], [n for n in numbers if len(n) <= 2]
    return existing_day(years[0], str(months[0]), days[0]) if months and len(years) == len(days) == 1 else ""


def existing_day(year: str, month: str, day: str) -> str:
    """Return a day that exists, or an empty string."""
    date = existing_date(year, month, day)
    return valid_text(Day, date) or ""


def given_edition(given: GivenWork) -> str:
    """Return the edition in words or as `2nd`; a version of software stays a number."""
    text = given.edition
    if not re.fullmatch("[0-9]{1,3}", text) or given.kind in (SOFTWARE, DATASET):
        return text
    number = int(text)
    return f"{number}{'th' if 10 < number % 100 < 20 else ORDINAL_SUFFIXES.get(number % 10, 'th')}"


def mentioned_isbn(text: str) -> str | None:
    """Return the first ISBN in a text whose last digit is right, with plain hyphens."""
    isbns = (valid_text(Isbn, re.sub("[‐–]", "-", found)) for found in ISBN_MENTION.findall(text))
    return next((isbn for isbn in isbns if isbn and has_valid_isbn_digit(isbn)), None)


def mentioned_issn(text: str) -> str | None:
    """Return the first ISSN in a text whose last digit is right."""
    issns = (valid_text(Issn, f"{start}-{end.upper()}") for start, end in ISSN_MENTION.findall(text))
    return next((issn for issn in issns if issn and has_valid_issn_digit(issn)), None)


def language_tag(text: str) -> str | None:
    """Return the tag of a language that is given by its name in English or Babel, by a code, or by a tag."""
    name = text.strip().lower()
    found = re.fullmatch("([a-z]{2,3})[-_]([a-z]{2})", name)
    tag = LANGUAGE_NAMES.get(name) or (f"{found[1]}-{found[2].upper()}" if found else text.strip())
    return valid_text(Language, tag) or valid_text(Language, name)


def with_addresses(paper: Paper, given: GivenWork) -> tuple[Paper, list[str]]:
    """Return a paper with its web addresses, and those that found no place."""
    known = is_identified(given)
    addresses = [one for one in usable_addresses(given.addresses) if not is_address_of_identifier(one, paper)]
    code = next(filter(None, map(find_code_address, (*addresses, given.note))), None)
    others = [one for one in addresses if find_code_address(one) != code or not code]
    pdf = next((one for one in others if known and PDF_ADDRESS.search(one)), None)
    others = [one for one in others if one != pdf]
    if given.kind is SOFTWARE and not known and not others and code:
        others = [code]
    url, links = next(iter(others), None), replace(paper.links, code=code, pdf=pdf)
    accessed = valid_text(Day, given.accessed) if url and not known else None  # pages may change, but no paper does
    unused = [*others[1:], *(text for text in given.addresses if not is_understood_address(text))]
    return replace(paper, url=url, accessed=accessed, links=links), unused


def is_understood_address(text: str) -> bool:
    """Return whether a text has a web address or an identifier in it."""
    return any(usable_addresses([text])) or bool(find_doi(text) or find_arxiv_id(text) or find_code_address(text))


def usable_addresses(texts: Iterable[str]) -> Iterator[str]:
    """Yield the web addresses in texts that consist of some, once each, in the form that the model requires."""
    parts = (part.strip("<>;,") for text in texts for part in re.split(r"\s+|[;,]\s*(?=https?://)", text))
    for part in dict.fromkeys(f"http://{part}" if part.startswith("www.") else part for part in parts):
        encoded = part if valid_text(Address, part) else UNSAFE_CHARACTER.sub(lambda found: quote(found[0]), part)
        if valid_text(Address, encoded):
            yield encoded


def is_address_of_identifier(address: str, paper: Paper) -> bool:
    """Return whether an address only leads to what a paper's DOI, arXiv id or ACL Anthology id lead to."""
    doi, anthology = find_doi(address), ANTHOLOGY_PAPER_ADDRESS.fullmatch(address)
    return (
        bool(doi and paper.doi and doi.lower() == paper.doi.lower() and not PDF_ADDRESS.search(address))
        or bool(paper.arxiv and find_arxiv_id(address) == paper.arxiv)
        or bool(anthology and anthology["id"] == paper.acl_anthology)
    )


def values_without_place(given: GivenWork, paper: Paper) -> Iterator[str]:
    """Yield the names of the given values that the paper has no key for, or that do not fit the key."""
    if given.date and not paper.published and not paper.venue:
        yield "date"
    places = [paper.title, paper.container or "", paper.venue.name if paper.venue else ""]
    used = {given.book or given.journal or given.event} if paper.venue else set()
    used |= {given.event} if paper.venue and has_short_name(given) else set()
    for name in ("book", "journal", "series", "event", "medium"):
        text = getattr(given, name)
        if text and text not in used and not any(is_same_title(text, place) for place in places):
            yield name
    if given.accessed and not paper.accessed and not is_identified(given):
        yield "accessed"
    for name in SINGLE_VALUES:
        if getattr(given, name) and not getattr(paper, name) and not (name == "isbn" and paper.issn and not given.issn):
            yield name

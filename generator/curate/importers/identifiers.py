"""Parse identifiers of papers (arXiv ids, DOIs, ACL Anthology ids) in all forms in which they are copied.

In: a text that is an identifier, a web address that contains one, or a text that mentions one. Out: the identifier in
the form that the model requires. All patterns of identifiers are defined here.
"""

import re
from dataclasses import dataclass, replace
from html import unescape
from typing import Literal
from urllib.parse import unquote

from generator.content.model import Address, AnthologyId, Doi, Paper
from generator.content.reader import valid_text
from generator.content.standard_numbers import has_valid_isbn_digit, normalized_isbn
from generator.curate.importers.plain_text import MAX_INPUT_CHARS, printable_line

# The Anthology derives its DOIs from its ids, except for papers published by MIT Press.
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
ANTHOLOGY_PLACE = r"(?:www\.)?(?:aclanthology\.org|aclanthology\.info/papers|aclweb\.org/anthology)/"
ANTHOLOGY_WEB_ADDRESS = re.compile(rf"{ANTHOLOGY_PLACE}{ANTHOLOGY_ID_PATTERN}(?:\.\w+)*/?", re.ASCII)
ANTHOLOGY_PAPER_ADDRESS = re.compile(rf"https?://{ANTHOLOGY_PLACE}(?P<id>[\w.-]+?)(?:\.pdf|\.bib)?/?")
DOI_TEXT = re.compile(rf"(?:(?:info:|urn:)?doi\s*[:/]?\s*)?{DOI_PATTERN}", re.ASCII)
DOI_WEB_ADDRESS = re.compile(rf"(?:[\w-]+\.)*doi(?:\.acm)?\.org/{DOI_PATTERN}", re.ASCII)
EMBEDDED_DOI = re.compile(r"(?<![\d.])(?P<id>10\.\d{4,9}/[^&]+)", re.ASCII)
PUBLISHER_SUFFIX = re.compile(  # what publishers append to the DOI in an address
    r"(?:(?<=\d)v\d+)?(?:\.full)?(?:\.(?:pdf|epdf|html?))?(?:/(?:full|pdf|epdf|html|abstract|fulltext|meta))?/*$"
)
ARXIV_DOI_PREFIX = "10.48550/"
ARXIV_DOI = re.compile(rf"{re.escape(ARXIV_DOI_PREFIX)}arxiv\.{ARXIV_ID_PATTERN}", re.ASCII)
ARXIV_MENTION = re.compile(  # such as "arXiv preprint arXiv:1701.07875" and "CoRR abs/1701.07875"
    rf"(?:arxiv(?:\.org/(?:abs|pdf|html|ps)/|\s*[:.]\s*|\s+)|\babs/){ARXIV_ID_PATTERN}(?!\d)", re.ASCII
)
HTML_ENTITY = re.compile(r"&(?:amp|gt|lt|quot|#[0-9]{2,4});")
ISBN_PATTERN = r"(?P<isbn>(?:97[89][-‐–\s]?)?[0-9](?:[-‐–\s]?[0-9]){8}[-‐–\s]?[0-9x])"
ISBN_TEXT = re.compile(rf"(?:(?:urn:)?isbn(?:[-\s]?1[03])?\s*:?\s*)?{ISBN_PATTERN}", re.ASCII)
ISBN_IN_ADDRESS = re.compile(  # of a bookshop, library or publisher; ten digits alone may be any number
    r"(?:(?<![0-9a-z])(?=97[89])|/dp/|/gp/product/|isbn[/=:]?)"
    r"(?P<isbn>(?:97[89]-?)?[0-9](?:-?[0-9]){8}-?[0-9x])(?![0-9a-z])",
    re.ASCII,
)
ZENODO_PLACE = re.compile(r"(?:www\.)?zenodo\.org/records?/(?P<id>\d{1,12})(?:/.*)?", re.ASCII)
FIGSHARE_PLACE = re.compile(r"(?:[\w-]+\.)?figshare\.com/articles/(?:[^/]+/){1,2}?(?P<id>\d{1,12})(?:/.*)?", re.ASCII)
SURROUNDING_PUNCTUATION = " \"'“”‘’«»<>.,;:!?…"
OPENING_BRACKETS = {")": "(", "]": "[", "}": "{"}
REPOSITORY_MENTION = re.compile(
    r"(?<![\w.-])(?:https?://)?(?:www\.)?((?:github|gitlab)\.com/[\w.-]+/[\w.-]+(?:/[\w./-]+)?)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Identifier:
    """An arXiv id without a version, a DOI in lower case, since DOIs are case-insensitive, or an ISBN of 13 digits."""

    kind: Literal["arxiv", "doi", "isbn"]
    value: str


def paper_from_identifier(given: str) -> Paper:
    """Return a paper with nothing but its identifier, or an empty paper if the text is not an identifier."""
    blank = Paper(id="", title="", authors=(), category="", abstract="")
    match parse_work_identifier(given):
        case Identifier("arxiv", value):
            return replace(blank, arxiv=value)
        case Identifier("doi", value):
            return replace(blank, doi=value, acl_anthology=anthology_id(value))
        case Identifier("isbn", value):
            return replace(blank, type="book", isbn=value)
    return blank


def parse_identifier(given: str) -> Identifier | None:
    """Return the identifier that a text or address contains, in any common form, or None."""
    if len(given) > MAX_INPUT_CHARS:
        return None
    text = normalize_identifier(without_escapes(given))
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
    if match := ZENODO_PLACE.fullmatch(place):
        return Identifier("doi", f"10.5281/zenodo.{match['id']}")
    if match := FIGSHARE_PLACE.fullmatch(place):
        return Identifier("doi", f"10.6084/m9.figshare.{match['id']}")
    return None


def parse_work_identifier(given: str) -> Identifier | None:
    """Return the identifier of a paper or, if there is none, the ISBN of a book that a text or address contains."""
    if (identifier := parse_identifier(given)) or len(given) > MAX_INPUT_CHARS:
        return identifier
    text = normalize_identifier(given)
    address = ADDRESS_PARTS.fullmatch(text)
    found = ISBN_IN_ADDRESS.search(text) if address else ISBN_TEXT.fullmatch(text)
    isbn = re.sub("[^0-9x]", "", found["isbn"]) if found else ""
    return Identifier("isbn", normalized_isbn(isbn)) if isbn and has_valid_isbn_digit(isbn) else None


def find_arxiv_id(text: str) -> str | None:
    """Return the first arXiv id that a text mentions as such, or None."""
    match = ARXIV_MENTION.search(text.lower())
    return arxiv_identifier(match).value if match else None


def find_doi(given: str) -> str | None:
    """Return the DOI that a text or address contains, decoded, in its own case; None if it is that of arXiv."""
    text = without_escapes(unquote(unquote(given))).split('"')[0]  # some addresses are encoded twice
    identifier = parse_identifier(text)
    start = text.lower().find(identifier.value) if identifier and identifier.kind == "doi" else -1
    return valid_text(Doi, text[start : start + len(identifier.value)]) if identifier and start >= 0 else None


def without_escapes(text: str) -> str:
    r"""Return an identifier without what HTML and TeX escape in it: `&lt;` and `\_`."""
    return HTML_ENTITY.sub(lambda found: unescape(found[0]), text).replace("\\", "")


def find_code_address(text: str) -> str | None:
    """Return the address of the first code repository that a text mentions, or None."""
    match = REPOSITORY_MENTION.search(text)
    return valid_text(Address, f"https://{match[1].rstrip('./').removesuffix('.git')}") if match else None


def normalize_identifier(given: str) -> str:
    """Return a text in lower case, without surrounding quotes and brackets and without final punctuation."""
    text = printable_line(given).lstrip("([{" + SURROUNDING_PUNCTUATION).rstrip("/" + SURROUNDING_PUNCTUATION).lower()
    while text and text.count(text[-1]) > text.count(OPENING_BRACKETS.get(text[-1], text[-1])):
        text = text[:-1].rstrip("/" + SURROUNDING_PUNCTUATION)
    return text


def arxiv_identifier(match: re.Match[str]) -> Identifier:
    """Return the arXiv id that matched; an old id loses its subject class, as in arXiv's own form `math/0309136`."""
    return Identifier("arxiv", re.sub(r"\.[a-z]{2}/", "/", match["id"]))


def doi_identifier(text: str) -> Identifier | None:
    """Return the DOI, or the arXiv id that it contains."""
    value = normalize_identifier(without_escapes(text))
    if match := ARXIV_DOI.fullmatch(value):
        return arxiv_identifier(match)
    return Identifier("doi", value) if valid_text(Doi, value) and unquote(value) == value else None


def anthology_id(registered: str) -> str | None:
    """Return the ACL Anthology id of an Anthology DOI; new ids are in lower case, old ones begin with a capital."""
    prefix, name = registered[: len(ANTHOLOGY_DOI_PREFIX)], registered[len(ANTHOLOGY_DOI_PREFIX) :].lower()
    return (
        (valid_text(AnthologyId, name) or valid_text(AnthologyId, name.upper()))
        if prefix == ANTHOLOGY_DOI_PREFIX
        else None
    )

"""Atom feeds (RFC 4287) of the entries of a list that were added or revised last.

In: a list's papers. Out: XML. Dates come from the entries. Ids are made from the repository's address and the first id
that an entry had, so that they survive when the site moves or an entry is renamed; a paper has the same id in every
feed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from uuid import NAMESPACE_URL, UUID, uuid5

from generator.citations.citation import Citation, original_id
from generator.content.model import Paper, Site
from generator.content.text import single_line
from generator.site.addresses import relative_root

MAX_FEED_ENTRIES = 50
ATOM_MEDIA_TYPE = "application/atom+xml"


@dataclass(frozen=True, slots=True)
class Feed:
    """A list as a feed: the file's name without the extension, the name that its id is made from, its title, the
    address of the list's page within the site, and the papers, which all have the day on which they were added."""

    name: str
    id_name: str
    title: str
    page: str
    papers: Sequence[Paper]


def atom_feed(site: Site, feed: Feed, entry: Callable[[Paper], str]) -> str:
    """The XML of a feed; `entry` returns that of a paper.

    Addresses are absolute if the site's is known; otherwise they start at the site's root, which `xml:base` gives.
    """
    papers = latest_papers(feed.papers)
    base = site.address or ""
    root = "" if base else f' xml:base="{relative_root(feed.name) or "./"}"'
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"{root}>',
        f"<id>{atom_id(site, f'{feed.id_name}.atom')}</id>",
        f"<title>{escape(feed.title)}</title>",
        f"<subtitle>{escape(site.tagline)}</subtitle>",
        f"<updated>{rfc3339_timestamp(paper_updated_day(papers[0]))}</updated>",
        f"<author><name>{escape(site.name)}</name></author>",
        f'<link rel="self" type="{ATOM_MEDIA_TYPE}" href="{escape(base)}{feed.name}.atom"/>',
        f'<link rel="alternate" type="text/html" href="{escape(base)}{feed.page or ("" if base else "./")}"/>',
        *map(entry, papers),
        "</feed>\n",
    ]
    return "\n".join(lines)


def latest_papers(papers: Iterable[Paper]) -> list[Paper]:
    """The papers that a feed shows, the last updated first."""
    by_id = sorted(papers, key=lambda paper: paper.id)
    by_day = sorted(by_id, key=lambda paper: (paper_updated_day(paper), paper.published or ""), reverse=True)
    return by_day[:MAX_FEED_ENTRIES]


def atom_entry(site: Site, tags: Mapping[str, str], citation: Citation) -> str:
    """A paper's entry."""
    return "\n".join(atom_entry_lines(site, tags, citation))


def atom_entry_lines(site: Site, tags: Mapping[str, str], citation: Citation) -> Iterator[str]:
    """The lines of a paper's entry."""
    paper, base = citation.paper, escape(site.address or "")
    yield f"<entry>\n<id>{atom_id(site, f'papers/{original_id(paper)}')}</id>\n<title>{escape(paper.title)}</title>"
    yield f"<published>{rfc3339_timestamp(paper.added or '')}</published>"
    yield f"<updated>{rfc3339_timestamp(paper_updated_day(paper))}</updated>"
    yield f'<link rel="alternate" type="text/html" href="{base}papers/{paper.id}/"/>'
    if citation.url:
        yield f'<link rel="related" href="{escape(citation.url)}"/>'
    for author in paper.authors:
        yield f"<author><name>{escape(author)}</name></author>"
    for tag in paper.tags:
        yield f'<category term="{tag}" label="{escape(tags[tag])}"/>'
    summary = paper.summary or paper.abstract
    yield f"<summary>{escape(single_line(summary))}</summary>"
    if paper.why:
        paragraphs = "".join(f"<p>{escape(single_line(text))}</p>" for text in (summary, paper.why))
        yield f'<content type="html">{escape(paragraphs)}</content>'
    yield "</entry>"


def paper_updated_day(paper: Paper) -> str:
    """The day on which a paper's entry was last added or revised, or an empty text if that is not known."""
    return paper.revised or paper.added or ""


def rfc3339_timestamp(date: str) -> str:
    """The start of a day in the notation of RFC 3339."""
    return f"{date}T00:00:00Z"


@cache
def site_uuid_namespace(site: Site) -> UUID:
    """The namespace of this list's ids, which distinguishes them from those of other lists."""
    return uuid5(NAMESPACE_URL, site.repository or site.address or site.name)


def atom_id(site: Site, name: str) -> str:
    """A permanent id for a feed or an entry."""
    return f"urn:uuid:{uuid5(site_uuid_namespace(site), name)}"

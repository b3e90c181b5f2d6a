"""Atom feeds (RFC 4287) of the entries that were added to a list or revised most recently, and of additions only.

All dates come from the entries. Ids are derived from the repository's address and the entry's original id, so they stay
the same when the site moves or an entry is renamed; a paper has the same id in every feed. As a paper is in the feeds
of all its authors and tags, its entry there is brief: it names only the first authors, and has no tags, no address
elsewhere, and no text but the summary. A style sheet makes feeds readable in browsers.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from html import escape
from textwrap import shorten
from uuid import NAMESPACE_URL, UUID, uuid5

from generator.citations.citation import (
    MAX_NAMED_AUTHORS,
    Citation,
    is_collaboration,
    original_id,
    responsible_names,
)
from generator.citations.names import unnumbered_name
from generator.content.model import Paper, Site
from generator.content.text import pluralize_noun, single_line
from generator.site.addresses import relative_root
from generator.site.catalogue import WHOLE_LIST_KIND, Catalogue, PaperList, first_names, paper_updated_day
from generator.site.licenses import site_license
from generator.site.look import image_address, site_icon

MAX_FEED_ENTRIES = 50  # of the whole list
MAX_PART_ENTRIES = 30  # of any other list
MAX_ENTRY_TAGS = 20  # of an entry; a paper is in as many feeds as it has tags, so that each must not name too many
MAX_SUMMARY_LENGTH = 600  # maximum number of characters of an abstract that stands in for a missing summary
ATOM_MEDIA_TYPE = "application/atom+xml"
XHTML_NAMESPACE = "http://www.w3.org/1999/xhtml"
FEED_KINDS = (WHOLE_LIST_KIND, "categories", "tags", "authors", "paths")  # kinds of lists that have feeds
ADDITIONS = f"{WHOLE_LIST_KIND}.new"  # the name of the feed of papers added to the whole list, without its extension
FEED_STYLES = "assets/feed.css"

PaperEntry = Callable[[Paper, str, bool], str]  # returns the XML of a paper, updated on a day, and whether it is brief


def has_feed(papers: PaperList) -> bool:
    """Return whether a list has a feed: its kind has feeds, and a paper on it has the date when it was added."""
    return papers.kind in FEED_KINDS and any(paper.added for paper in papers.papers)


def list_feed(site: Site, papers: PaperList, entry: PaperEntry) -> str:
    """Return the feed of what was added to a list or revised; its id comes from the first name of the list's files."""
    title = f"{papers.name} · {site.name}" if papers.name else site.name
    names = (papers.files[0], papers.files[-1])
    return atom_feed(site, papers, names, title, entry, paper_updated_day)


def additions_feed(site: Site, papers: PaperList, entry: PaperEntry) -> str:
    """Return the feed of what was added to the whole list, each paper once and for all."""
    title = f"New {site.entry.many} · {site.name}"
    return atom_feed(site, papers, (ADDITIONS, ADDITIONS), title, entry, lambda paper: paper.added or "")


def atom_feed(
    site: Site,
    papers: PaperList,
    names: tuple[str, str],
    title: str,
    entry: PaperEntry,
    day: Callable[[Paper], str],
) -> str:
    """Return a feed, given its first and its current name, and the day of the news about a paper.

    Addresses are absolute if the site's address is known; otherwise they are relative to the site's root, given in
    `xml:base`.
    """
    first_name, name = names
    latest = latest_papers((paper for paper in papers.papers if paper.added), day)
    is_part = papers.kind != WHOLE_LIST_KIND
    latest = latest[: MAX_PART_ENTRIES if is_part else MAX_FEED_ENTRIES]
    base = site.address or ""
    root = "" if base else f' xml:base="{relative_root(name) or "./"}"'
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<?xml-stylesheet type="text/css" href="{relative_root(name)}{FEED_STYLES}"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"{root}>',
        f"<id>{atom_id(site, f'{first_name}.atom')}</id>",
        f"<title>{escape(title)}</title>",
        f"<subtitle>{escape(site.tagline)}</subtitle>",
        f"<updated>{rfc3339_timestamp(day(latest[0]))}</updated>",
        f"<author><name>{escape(site.name)}</name></author>",
        *look_lines(site, base),
        f'<link rel="self" type="{ATOM_MEDIA_TYPE}" href="{escape(base)}{name}.atom"/>',
        f'<link rel="alternate" type="text/html" href="{escape(base)}{papers.address or ("" if base else "./")}"/>',
        *(entry(paper, day(paper), is_part) for paper in latest),
        "</feed>\n",
    ]
    return "\n".join(lines)


def look_lines(site: Site, base: str) -> Iterator[str]:
    """Return the lines of a feed that say what the list looks like and what others may do with its texts."""
    if site.favicon or site.accent:
        yield f"<icon>{escape(base)}{site_icon(site)}</icon>"
    if site.logo:
        yield f"<logo>{escape(base)}{image_address('logo', site.logo)}</logo>"
    if granted := site_license(site):
        yield f"<rights>The list's own texts: {escape(granted.name)}, {escape(granted.url)}</rights>"
        yield f'<link rel="license" href="{escape(granted.url)}"/>'


def latest_papers(papers: Iterable[Paper], day: Callable[[Paper], str]) -> list[Paper]:
    """Return papers, those with the latest day first."""
    by_id = sorted(papers, key=lambda paper: paper.id)
    return sorted(by_id, key=lambda paper: (day(paper), paper.published or ""), reverse=True)


def cached_atom_entries(catalogue: Catalogue) -> PaperEntry:
    """Return a function that returns a paper's entry for a day, computed once per process for all feeds."""

    @cache
    def entry(paper: str, day: str, is_brief: bool) -> str:
        lines = brief_entry_lines if is_brief else atom_entry_lines
        return "\n".join(lines(catalogue, catalogue.citations[paper], day))

    return lambda paper, day, is_brief: entry(paper.id, day, is_brief)


def atom_entry_lines(catalogue: Catalogue, citation: Citation, day: str) -> Iterator[str]:
    """Return the lines of a paper's entry, updated on a day."""
    paper, site = citation.paper, catalogue.library.site
    base = escape(site.address or "")
    yield from titled_lines(site, paper)
    yield f"<published>{rfc3339_timestamp(paper.added or '')}</published>"
    yield f"<updated>{rfc3339_timestamp(day)}</updated>"
    yield f'<link rel="alternate" type="text/html" href="{base}papers/{paper.id}/"/>'
    if citation.url:
        yield f'<link rel="related" href="{escape(citation.url)}"/>'
    yield from author_lines(*named_authors(paper))
    for tag in paper.tags[:MAX_ENTRY_TAGS]:
        yield f'<category term="{tag}" label="{escape(catalogue.terms[tag].name)}"/>'
    yield summary_or_content(site, paper, summary_text(paper))
    yield "</entry>"


def brief_entry_lines(catalogue: Catalogue, citation: Citation, day: str) -> Iterator[str]:
    """Return the lines of a paper's entry for the feed of a part of the list, updated on a day."""
    paper, site = citation.paper, catalogue.library.site
    yield from titled_lines(site, paper)
    if paper.added != day:
        yield f"<published>{rfc3339_timestamp(paper.added or '')}</published>"
    yield f"<updated>{rfc3339_timestamp(day)}</updated>"
    yield f'<link rel="alternate" href="{escape(site.address or "")}papers/{paper.id}/"/>'
    yield from author_lines(*first_names(responsible_names(paper)))
    yield f"<summary>{escape(summary_text(paper))}</summary>"
    yield "</entry>"


def titled_lines(site: Site, paper: Paper) -> Iterator[str]:
    """Return the first lines of an entry."""
    yield "<entry>"
    yield f"<id>{atom_id(site, f'papers/{original_id(paper)}')}</id>"
    yield f"<title>{escape(paper.title)}</title>"


def author_lines(names: Iterable[str], others: int) -> Iterator[str]:
    """Return the lines of an entry that say who wrote the work, and how many others, if there are more."""
    for name in (*map(unnumbered_name, names), *([pluralize_noun(others, "other")] if others else [])):
        yield f"<author><name>{escape(name)}</name></author>"


def summary_text(paper: Paper) -> str:
    """Return the summary of a paper, or the beginning of its abstract."""
    return single_line(paper.summary or shorten(paper.abstract, MAX_SUMMARY_LENGTH, placeholder=" …"))


def summary_or_content(site: Site, paper: Paper, summary: str) -> str:
    """Return an entry's summary, or its content if there is more than that.

    Content is XHTML, which browsers show as well; links in it have to be absolute for them.
    """
    paragraphs = [escape(text) for text in (summary, single_line(paper.why or "")) if text]
    if site.address:
        address = f"{escape(site.address)}papers/{paper.id}/"
        paragraphs.append(f'<a href="{address}">Read more on {escape(site.name)}</a>')
    if len(paragraphs) < 2:
        return f"<summary>{escape(summary)}</summary>"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f'<content type="xhtml"><div xmlns="{XHTML_NAMESPACE}">{text}</div></content>'


def named_authors(paper: Paper) -> tuple[Sequence[str], int]:
    """Return the authors that a paper's entry names, and the number of the others, if there are many."""
    if not is_collaboration(paper):
        return responsible_names(paper), 0
    return paper.authors[:MAX_NAMED_AUTHORS], len(paper.authors) - MAX_NAMED_AUTHORS


def rfc3339_timestamp(date: str) -> str:
    """Return the start of a day as an RFC 3339 timestamp."""
    return f"{date}T00:00:00Z"


@cache
def site_uuid_namespace(site: Site) -> UUID:
    """Return the UUID namespace of this list's ids, which keeps them distinct from those of other lists."""
    return uuid5(NAMESPACE_URL, site.repository or site.address or site.name)


def atom_id(site: Site, name: str) -> str:
    """Return a permanent id for a feed or an entry."""
    return f"urn:uuid:{uuid5(site_uuid_namespace(site), name)}"

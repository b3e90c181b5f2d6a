"""The papers of a list in; an Atom feed (RFC 4287) out, of the entries that were added or revised last.

Dates are those that the entries say. Ids are made from the repository's address and the first id that an entry had, so
that they outlast a move of the site and a new name of the entry; a paper has the same id in every feed.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape
from uuid import NAMESPACE_URL, UUID, uuid5

from generator.citations.citation import Citation, original_id
from generator.content.model import Paper, Site
from generator.content.text import single_line

MAX_FEED_ENTRIES = 50  # entries of a feed
ATOM_MEDIA_TYPE = "application/atom+xml"


def atom_feed(site: Site, name: str, id_name: str, title: str, page: str, papers: Sequence[tuple[Paper, str]]) -> str:
    """The feed `<name>.atom` of papers with their entries, for the list that stands at `page`.

    Addresses are whole where the site's is known, else from its root, to which `xml:base` leads.
    """
    latest = sorted(papers, key=lambda pair: pair[0].id)
    latest = sorted(latest, key=lambda pair: (paper_updated_day(pair[0]), pair[0].published or ""), reverse=True)[
        :MAX_FEED_ENTRIES
    ]
    base = site.address or ""
    root = "" if base else f' xml:base="{"../" * name.count("/") or "./"}"'
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"{root}>',
        f"<id>{atom_id(site, f'{id_name}.atom')}</id>",
        f"<title>{escape(title)}</title>",
        f"<subtitle>{escape(site.tagline)}</subtitle>",
        f"<updated>{rfc3339_timestamp(paper_updated_day(latest[0][0]))}</updated>",
        f"<author><name>{escape(site.name)}</name></author>",
        f'<link rel="self" type="{ATOM_MEDIA_TYPE}" href="{escape(base)}{name}.atom"/>',
        f'<link rel="alternate" type="text/html" href="{escape(base)}{page or ("" if base else "./")}"/>',
        *(entry for _, entry in latest),
        "</feed>\n",
    ]
    return "\n".join(lines)


def atom_entry(site: Site, tags: Mapping[str, str], citation: Citation) -> str:
    """A paper's entry; nothing where it is not known since when the paper is on the list."""
    return "\n".join(atom_entry_lines(site, tags, citation)) if citation.paper.added else ""


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
        told = "".join(f"<p>{escape(single_line(text))}</p>" for text in (summary, paper.why))
        yield f'<content type="html">{escape(told)}</content>'
    yield "</entry>"


def paper_updated_day(paper: Paper) -> str:
    """The day on which a paper's entry was last worth a look; empty where that is not known."""
    return paper.revised or paper.added or ""


def rfc3339_timestamp(date: str) -> str:
    """The beginning of a day as RFC 3339 writes it."""
    return f"{date}T00:00:00Z"


@cache
def site_uuid_namespace(site: Site) -> UUID:
    """What tells the ids of this list from those of others."""
    return uuid5(NAMESPACE_URL, site.repository or site.address or site.name)


def atom_id(site: Site, name: str) -> str:
    """An id that stays what it is."""
    return f"urn:uuid:{uuid5(site_uuid_namespace(site), name)}"

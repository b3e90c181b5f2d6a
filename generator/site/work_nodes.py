"""The description of a work in the vocabulary of schema.org, as a node of a page's JSON-LD.

The type comes from the table of kinds. The work's address is where it was published, not its page on this site.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from generator.citations.citation import Citation, cited_version_date
from generator.citations.names import is_group_name, is_others, unnumbered_name
from generator.citations.ris import page_range
from generator.content.model import KnownVenue, Paper
from generator.content.venues import known_venue
from generator.content.web_addresses import anthology_address, arxiv_address, doi_address, orcid_address
from generator.content.work_kinds import (
    BOOK,
    CHAPTER,
    CONFERENCE_PAPER,
    COURSE,
    DATASET,
    JOURNAL_ARTICLE,
    PAPER_KINDS,
    POST,
    REPORT,
    SOFTWARE,
    SPEECH,
    THESIS,
    VIDEO,
    WEBPAGE,
    WorkKind,
)
from generator.output.json_text import drop_empty_values
from generator.site.catalogue import Catalogue, author_address, person_id
from generator.site.page_ids import venue_id

JsonLdNode = dict[str, Any]

MAX_JSON_LD_AUTHORS = 100  # in the JSON-LD of a paper
MAX_LISTED_ITEMS = 10  # papers in the JSON-LD of a list, which also says how many it has
CONTAINER_TYPES = {WEBPAGE: "WebSite", POST: "Blog", VIDEO: "CreativeWorkSeries", BOOK: "BookSeries"}


def work_node(catalogue: Catalogue, root: str, citation: Citation) -> JsonLdNode:
    """Return the node of a work."""
    paper, kind = citation.paper, citation.kind
    same = (of(paper) for of in (arxiv_address, doi_address, anthology_address))
    return drop_empty_values(
        {
            "@type": kind.schema_org,
            "name": paper.title,
            "headline": citation.title if citation.title != paper.title else None,
            "alternateName": paper.aliases,
            "author": person_nodes(catalogue, root, paper.authors),
            "editor": [] if kind is CHAPTER else person_nodes(catalogue, root, paper.editors),
            "datePublished": paper.published or cited_version_date(citation),
            **container_properties(catalogue, root, citation),
            **kind_properties(citation),
            "publisher": organization_node(paper.publisher),
            "sourceOrganization": organization_node(paper.institution) if kind is not COURSE else None,
            "genre": paper.genre if kind is not THESIS else None,
            "inLanguage": paper.language,
            "award": paper.award,
            "description": paper.summary if kind not in PAPER_KINDS else None,
            "url": citation.url,
            "sameAs": [link for link in same if link and link != citation.url],
            "discussionUrl": paper.links.discussion,
            "identifier": [
                {"@type": "PropertyValue", "propertyID": name, "value": value}
                for name, value in (("arXiv", paper.arxiv), ("DOI", paper.doi))
                if value
            ],
            "keywords": [{"@id": f"{root}tags/{tag}/#term"} for tag in paper.tags],
        }
    )


def person_nodes(catalogue: Catalogue, root: str, names: Iterable[str]) -> list[JsonLdNode]:
    """Return the nodes of people and groups, with the addresses of their pages."""
    known = [name for name in names if not is_others(name)]
    return [person_node(catalogue, root, name) for name in known[:MAX_JSON_LD_AUTHORS]]


def person_node(catalogue: Catalogue, root: str, name: str) -> JsonLdNode:
    """Return the node of a person or group, with an address on this site and, if it is known, an ORCID iD."""
    address = author_address(catalogue, name)
    person = catalogue.persons.get(person_id(catalogue.person_ids, name))
    return named_node(
        "Organization" if is_group_name(name) else "Person",
        unnumbered_name(name),
        url=root + address if address else "",
        sameAs=orcid_address(person.orcid) if person and person.orcid else "",
    )


def organization_node(name: str | None) -> JsonLdNode | None:
    """Return the node of an organization, or None without a name."""
    return {"@type": "Organization", "name": name} if name else None


def container_properties(catalogue: Catalogue, root: str, citation: Citation) -> JsonLdNode:
    """Return the properties for what a work is part of, and for its place there."""
    paper, kind, container = citation.paper, citation.kind, citation.container
    first, last = page_range(paper)
    pages: JsonLdNode = {"pageStart": first, "pageEnd": last} if last else {"pagination": first}
    if kind is SPEECH:
        return {"recordedAt": {"@type": "Event", "name": container} if container else None}
    known = known_venue(catalogue.venues, paper)
    series = {"@id": venue_node_id(root, known)} if known else {}
    if kind is JOURNAL_ARTICLE:
        return {"isPartOf": journal_node(citation, series), **pages}
    if kind is CHAPTER:
        return {"isPartOf": book_node(catalogue, root, citation), **pages}
    if not container:
        return {}
    if kind is CONFERENCE_PAPER:
        name = container if paper.container or not paper.venue else f"{container} {paper.venue.year}"
        return {"isPartOf": named_node("PublicationVolume", name, volumeNumber=paper.volume, isPartOf=series), **pages}
    return {"isPartOf": named_node(CONTAINER_TYPES.get(kind, "CreativeWork"), container, issn=paper.issn)}


def venue_node_id(root: str, venue: KnownVenue) -> str:
    """Return the id of the node of a venue, which is on the venue's page."""
    return f"{root}venues/{venue_id(venue.name)}/#venue"


def venue_node(root: str, venue: KnownVenue) -> JsonLdNode:
    """Return the node of a venue, as a journal or as the series of its proceedings, with its short name."""
    return named_node(
        "Periodical" if venue.kind == "journal" else "CreativeWorkSeries",
        venue.full or venue.name,
        **{"@id": venue_node_id(root, venue)},
        alternateName=venue.name if venue.full else None,
        issn=venue.issn,
        publisher=organization_node(venue.publisher),
        url=venue.address,
    )


def journal_node(citation: Citation, known: JsonLdNode) -> JsonLdNode:
    """Return the node of a journal, about which more may be known, within those of its volume and issue."""
    paper = citation.paper
    node = known | named_node("Periodical", citation.container, issn=paper.issn)
    if paper.volume:
        node = {"@type": "PublicationVolume", "volumeNumber": paper.volume, "isPartOf": node}
    if paper.number:
        node = {"@type": "PublicationIssue", "issueNumber": paper.number, "isPartOf": node}
    return node


def book_node(catalogue: Catalogue, root: str, citation: Citation) -> JsonLdNode:
    """Return the node of the book that a chapter is part of."""
    paper = citation.paper
    return named_node(
        "Book",
        citation.container,
        editor=person_nodes(catalogue, root, paper.editors),
        isbn=paper.isbn,
        bookEdition=paper.edition,
        publisher=organization_node(paper.publisher),
    )


def named_node(schema_type: str, name: str, **more: Any) -> JsonLdNode:
    """Return a node of a type with a name, without the properties that have no value."""
    return drop_empty_values({"@type": schema_type, "name": name, **more})


def kind_properties(citation: Citation) -> JsonLdNode:
    """Return the properties that only works of the citation's kind have."""
    of = KIND_PROPERTIES.get(citation.kind)
    return of(citation.paper) if of else {}


KIND_PROPERTIES: Mapping[WorkKind, Callable[[Paper], JsonLdNode]] = {
    BOOK: lambda paper: {"isbn": paper.isbn, "bookEdition": paper.edition},
    THESIS: lambda paper: {"inSupportOf": paper.genre},
    REPORT: lambda paper: {"reportNumber": paper.number},
    SOFTWARE: lambda paper: {"version": paper.edition, "codeRepository": paper.links.code},
    DATASET: lambda paper: {
        "version": paper.edition,
        "distribution": {"@type": "DataDownload", "contentUrl": paper.links.data} if paper.links.data else None,
    },
    VIDEO: lambda paper: {"uploadDate": paper.published, "contentUrl": paper.links.video},
    COURSE: lambda paper: {"courseCode": paper.number, "provider": organization_node(paper.institution)},
}

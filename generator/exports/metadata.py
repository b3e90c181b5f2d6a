"""A page in; out comes what it says of itself to machines: its front matter, links and tags for its head, and JSON-LD.

The head has the other forms of the page (RFC 8288), and for a paper the tags that Google Scholar and Zotero read
(`citation_*`, as HighWire Press named them). JSON-LD is in terms of schema.org. What a page describes is told from the
page: a paper is its publisher's, the page is ours. Addresses are whole where the site's is known, else relative.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from generator.catalogue import Catalogue, Row, author_id
from generator.cite import Citation, doi_address
from generator.exports.atom import ATOM, day
from generator.exports.lists import WHOLE
from generator.model import Term
from generator.names import is_group
from generator.pages import (
    BrowsePage,
    HomePage,
    Link,
    ListPage,
    PaperPage,
    PathPage,
    SitePage,
    TagPage,
    VocabularyPage,
)

LISTED = 100  # papers of a list that its JSON-LD names
TYPES = {
    "bib": ("application/x-bibtex", "BibTeX"),
    "ris": ("application/x-research-info-systems", "RIS"),
    "csl.json": ("application/vnd.citationstyles.csl+json", "CSL-JSON"),
}
encoded = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
COLLECTIONS = (ListPage, TagPage, PathPage, BrowsePage, HomePage)
Node = dict[str, Any]


def address(name: str) -> str:
    """The address within the site of a page by its file's name: `tags/gan/` of `tags/gan.md`."""
    stem = name.removesuffix(".md")
    return stem.removesuffix("index") if f"/{stem}".endswith("/index") else f"{stem}/"


# The head


def head(catalogue: Catalogue, exports: Mapping[str, object], name: str, page: SitePage) -> str:
    """The lines of a page's head: its other forms, and the citation of a paper."""
    root, stem = root_of(name), WHOLE if isinstance(page, BrowsePage) else name.removesuffix(".md")
    lines = [alternate("text/markdown", f"{root}{name}.txt", "Markdown")]
    lines += [
        alternate(kind, f"{root}{stem}.{end}", text)
        for end, (kind, text) in TYPES.items()
        if f"{stem}.{end}" in exports
    ]
    site = catalogue.library.site.name
    if f"{stem}.atom" in exports and stem != WHOLE:
        lines.append(alternate(ATOM, f"{root}{stem}.atom", f"{page.about.title} · {site}"))
    if f"{WHOLE}.atom" in exports:
        lines.append(alternate(ATOM, f"{root}{WHOLE}.atom", site))
    if isinstance(page, PaperPage):
        lines += [
            f'<meta name="citation_{key}" content="{escape(value)}">'
            for key, value in citation_tags(catalogue, catalogue.citations[page.paper.id])
        ]
    return "\n".join(lines)


def root_of(name: str) -> str:
    """The way from a page to the site's root."""
    return "../" * (name.count("/") + (not name.endswith("index.md")))


def alternate(kind: str, to: str, title: str) -> str:
    """A link to another form of a page."""
    return f'<link rel="alternate" type="{kind}" href="{to}" title="{escape(title)}">'


def citation_tags(catalogue: Catalogue, citation: Citation) -> Iterator[tuple[str, str]]:
    """The names, without `citation_`, and the contents of a paper's tags."""
    paper, date = citation.paper, citation.date
    yield "title", citation.title
    for name in citation.authors:
        yield "author", ", ".join(part for part in (name.surname, name.given, name.suffix) if part)
    if date:
        yield "publication_date", "/".join([f"{date[0]:04}", *(f"{part:02}" for part in date[1:])])
    if citation.kind != "preprint":
        yield ("journal_title" if citation.kind == "journal" else "conference_title"), citation.container
        if paper.published:
            yield "online_date", paper.published.replace("-", "/")
    if paper.doi:
        yield "doi", paper.doi
    if paper.arxiv:
        yield "arxiv_id", paper.arxiv
        yield "pdf_url", f"https://arxiv.org/pdf/{paper.arxiv}"
    if citation.url:
        yield "public_url", citation.url
    for tag in paper.tags:
        yield "keywords", catalogue.terms[tag].name
    yield "abstract", " ".join(paper.abstract.split())


# JSON-LD


def json_ld(catalogue: Catalogue, name: str, page: SitePage) -> str:
    """What a page is and what it describes, safe inside a `script` element."""
    site, told = catalogue.library.site, page.about
    root = site.address or root_of(name) or "./"
    here = root + address(name)
    home: Node = {"@type": "WebSite", "@id": f"{root}#site", "name": site.name, "url": root}
    itself: Node = {
        "@type": "CollectionPage" if isinstance(page, COLLECTIONS) else "WebPage",
        "@id": here,
        "url": here,
        "name": told.title,
        "description": told.description,
        "inLanguage": "en",
        "isPartOf": {"@id": home["@id"]},
    }
    if isinstance(page, HomePage):
        home |= {"description": site.tagline, "potentialAction": search_action(root)}
    more, others = subject(catalogue, root, here, page)
    graph = [itself | more, home, *others]
    if here != root:
        crumbs = (Link(site.name, ""), *told.above, Link(told.title, address(name)))
        graph[0]["breadcrumb"] = {"@id": f"{here}#breadcrumb"}
        graph.append({"@type": "BreadcrumbList", "@id": f"{here}#breadcrumb", "itemListElement": trail(root, crumbs)})
    text = encoded({"@context": "https://schema.org", "@graph": list(map(filled, graph))})
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def subject(catalogue: Catalogue, root: str, here: str, page: SitePage) -> tuple[Node, list[Node]]:
    """What a page says of its subject, and the nodes that describe that."""
    match page:
        case PaperPage(paper=paper):
            told = {"@id": f"{here}#paper"} | article(catalogue, root, catalogue.citations[paper.id])
            return {"mainEntity": {"@id": f"{here}#paper"}, "dateModified": day(paper)}, [told]
        case ListPage(rows=rows) | BrowsePage(rows=rows):
            return {"mainEntity": item_list(root, rows)}, []
        case PathPage(steps=steps):
            ordered = {"itemListOrder": "https://schema.org/ItemListOrderAscending"}
            return {"mainEntity": item_list(root, [row for row, _ in steps]) | ordered}, []
        case TagPage(term=term, rows=rows):
            return {"about": {"@id": f"{here}#term"}, "mainEntity": item_list(root, rows)}, [defined_term(root, term)]
        case VocabularyPage():
            terms = [{"@id": f"{root}tags/{term.id}/#term"} for term in catalogue.library.terms if not term.retired]
            told = {"@type": "DefinedTermSet", "@id": f"{here}#terms", "name": page.about.title}
            return {"mainEntity": {"@id": f"{here}#terms"}}, [told | {"hasDefinedTerm": terms}]
    return {}, []


def defined_term(root: str, term: Term) -> Node:
    """A term of the vocabulary."""
    here = f"{root}tags/{term.id}/"
    return {
        "@type": "DefinedTerm",
        "@id": f"{here}#term",
        "name": term.name,
        "alternateName": term.aliases,
        "description": term.definition,
        "termCode": term.id,
        "url": here,
        "inDefinedTermSet": {"@id": f"{root}tags/#terms"},
    }


def filled(node: Node) -> Node:
    """A node without what is not known."""
    return {key: value for key, value in node.items() if value}


def article(catalogue: Catalogue, root: str, citation: Citation) -> Node:
    """A paper; it is not ours, so its address is where it was published."""
    paper = citation.paper
    elsewhere = [
        f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv else "",
        doi_address(paper.doi) if paper.doi else "",
        f"https://aclanthology.org/{paper.acl_anthology}/" if paper.acl_anthology else "",
    ]
    venue, volume = paper.venue, "Periodical" if citation.kind == "journal" else "PublicationVolume"
    return filled(
        {
            "@type": "ScholarlyArticle",
            "name": paper.title,
            "headline": citation.title,
            "alternateName": paper.aliases,
            "author": [
                {"@type": "Organization" if is_group(name) else "Person", "name": name}
                | {"url": f"{root}authors/{author_id(name)}/"}
                for name in paper.authors
            ],
            "datePublished": paper.published or (str(citation.date[0]) if citation.date else ""),
            "isPartOf": venue
            and {"@type": volume, "name": venue.name if volume == "Periodical" else f"{venue.name} {venue.year}"},
            "abstract": " ".join(paper.abstract.split()),
            "url": citation.url,
            "sameAs": [other for other in elsewhere if other],
            "identifier": [
                {"@type": "PropertyValue", "propertyID": kind, "value": value}
                for kind, value in (("arXiv", paper.arxiv), ("DOI", paper.doi))
                if value
            ],
            "keywords": [
                {"@type": "DefinedTerm", "@id": f"{root}tags/{tag}/#term", "name": catalogue.terms[tag].name}
                for tag in paper.tags
            ],
        }
    )


def item_list(root: str, rows: Sequence[Row]) -> Node:
    """The papers of a page, in its order."""
    items = [
        {"@type": "ListItem", "position": number, "url": f"{root}papers/{row.id}/", "name": row.title}
        for number, row in enumerate(rows[:LISTED], 1)
    ]
    return {"@type": "ItemList", "numberOfItems": len(rows), "itemListElement": items}


def trail(root: str, crumbs: Sequence[Link]) -> list[Node]:
    """The way from home to a page."""
    return [
        {"@type": "ListItem", "position": number, "name": crumb.text, "item": root + crumb.to}
        for number, crumb in enumerate(crumbs, 1)
    ]


def search_action(root: str) -> Node:
    """How the site is searched."""
    target = {"@type": "EntryPoint", "urlTemplate": f"{root}browse/?q={{search_term_string}}"}
    return {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}

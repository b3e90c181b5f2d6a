"""Machine-readable metadata of pages: links and meta tags for the head, and JSON-LD.

The head links to the other formats of the page (RFC 8288). The head of a paper's page also has the `citation_*` tags of
HighWire Press, which Google Scholar and Zotero read. JSON-LD uses the vocabulary of schema.org and distinguishes a page
from its subject: the paper belongs to its publisher, and the page to this site. Addresses are absolute if the site's
address is known, and relative otherwise. What a page says at length, such as an abstract, is not repeated for programs,
and the site, its terms, venues and papers are described on their own pages, to which the others refer.
"""

from collections.abc import Mapping, Sequence
from html import escape

from generator.citations.formats import CITATION_FORMATS
from generator.citations.names import display_name
from generator.content.model import KnownVenue, Person, Site, Term
from generator.exports.feeds import ADDITIONS, ATOM_MEDIA_TYPE
from generator.output.json_text import compact_json, drop_empty_values
from generator.site.addresses import page_address, relative_root
from generator.site.catalogue import WHOLE_LIST_KIND, Catalogue, PaperRow, paper_updated_day
from generator.site.citation_tags import citation_meta_tags
from generator.site.licenses import site_license
from generator.site.pages.browse import BrowsePage
from generator.site.pages.elements import Link, SitePage
from generator.site.pages.home import HomePage
from generator.site.pages.lists import ListPage
from generator.site.pages.papers import PaperPage
from generator.site.pages.paths import PathPage
from generator.site.pages.tags import TagPage, VocabularyPage
from generator.site.previews import sharing_tags
from generator.site.work_nodes import MAX_LISTED_ITEMS, JsonLdNode, person_node, venue_node, work_node

COLLECTION_PAGES = (ListPage, TagPage, PathPage, BrowsePage, HomePage)


# The head


def page_head(catalogue: Catalogue, exports: Mapping[str, object], name: str, page: SitePage) -> str:
    """Return the elements for a page's head: links to its other formats, the citation tags of a paper, and how a link
    to the page looks where people share it."""
    root = relative_root(page_address(name))
    stem = export_stem(name, page)
    lines = [alternate_link("text/markdown", f"{root}{name}.txt", "Markdown")]
    lines += [
        alternate_link(of.media_type, f"{root}{stem}.{of.extension}", of.name)
        for of in CITATION_FORMATS
        if f"{stem}.{of.extension}" in exports
    ]
    site = catalogue.library.site.name
    if f"{stem}.atom" in exports and stem != WHOLE_LIST_KIND:
        lines.append(alternate_link(ATOM_MEDIA_TYPE, f"{root}{stem}.atom", f"{page.about.title} · {site}"))
    if f"{WHOLE_LIST_KIND}.atom" in exports:
        lines.append(alternate_link(ATOM_MEDIA_TYPE, f"{root}{WHOLE_LIST_KIND}.atom", site))
        if isinstance(page, HomePage):
            new = f"New {catalogue.library.site.entry.many} · {site}"
            lines.append(alternate_link(ATOM_MEDIA_TYPE, f"{root}{ADDITIONS}.atom", new))
    if isinstance(page, PaperPage):
        lines += [
            f'<meta name="{key}" content="{escape(value)}">'
            for key, value in citation_meta_tags(catalogue, catalogue.citations[page.paper.id])
        ]
    return "\n".join((*lines, *sharing_tags(catalogue.library.site, name, page)))


def export_stem(name: str, page: SitePage) -> str:
    """Return the name, without the extension, of the files that can be downloaded from a page."""
    return WHOLE_LIST_KIND if isinstance(page, BrowsePage) else name.removesuffix(".md")


def alternate_link(media_type: str, address: str, title: str) -> str:
    """Return an element that links to another format of the page."""
    return f'<link rel="alternate" type="{media_type}" href="{address}" title="{escape(title)}">'


# JSON-LD


def json_ld(catalogue: Catalogue, name: str, page: SitePage) -> str:
    """Return the description of a page and its subject as JSON that is safe inside a `script` element."""
    site, about = catalogue.library.site, page.about
    root = site.address or relative_root(page_address(name)) or "./"
    here = root + page_address(name)
    itself: JsonLdNode = {
        "@type": "CollectionPage" if isinstance(page, COLLECTION_PAGES) else "WebPage",
        "@id": here,
        "name": about.title if not isinstance(page, PaperPage) else None,
        "inLanguage": "en",
        "isPartOf": {"@id": f"{root}#site"},
    }
    references, subjects = describe_subject(catalogue, root, here, page)
    graph = [itself | references, *subjects]
    if here != root:
        crumbs = breadcrumb_items(root, (Link(site.name, ""), *about.above))
        graph[0]["breadcrumb"] = {"@type": "BreadcrumbList", "itemListElement": crumbs}
    text = compact_json({"@context": "https://schema.org", "@graph": list(map(drop_empty_values, graph))})
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def describe_subject(catalogue: Catalogue, root: str, here: str, page: SitePage) -> tuple[JsonLdNode, list[JsonLdNode]]:
    """Return the properties that link a page to its subject, and the nodes that describe the subject."""
    match page:
        case PaperPage(paper=paper):
            work = {"@id": f"{here}#paper"} | work_node(catalogue, root, catalogue.citations[paper.id])
            return {"mainEntity": {"@id": f"{here}#paper"}, "dateModified": paper_updated_day(paper)}, [work]
        case ListPage(rows=rows, person=Person() as person):
            node = {"@id": f"{here}#person"} | person_node(catalogue, root, person.name)
            return {"about": {"@id": f"{here}#person"}, "mainEntity": item_list_node(root, rows)}, [
                node | {"alternateName": list(map(display_name, person.same_as))}
            ]
        case ListPage(rows=rows, venue=KnownVenue() as venue):
            names = [*([venue.name] if venue.full else []), *venue.aliases]
            node = venue_node(root, venue) | {"alternateName": names}
            return {"about": {"@id": node["@id"]}, "mainEntity": item_list_node(root, rows)}, [node]
        case ListPage(rows=rows):
            return {"mainEntity": item_list_node(root, rows)}, []
        case BrowsePage(rows=rows, papers=papers):
            return {"mainEntity": item_list_node(root, rows) | {"numberOfItems": len(papers)}}, []
        case PathPage(steps=steps):
            ordered = {"itemListOrder": "https://schema.org/ItemListOrderAscending"}
            return {"mainEntity": item_list_node(root, [row for row, _ in steps]) | ordered}, []
        case TagPage(term=term, rows=rows):
            return {"about": {"@id": f"{here}#term"}, "mainEntity": item_list_node(root, rows)}, [
                defined_term_node(root, term)
            ]
        case HomePage():
            return {}, [site_node(root, catalogue.library.site)]
        case VocabularyPage():
            terms = [{"@id": f"{root}tags/{term.id}/#term"} for term in catalogue.library.terms if not term.retired]
            term_set = {"@type": "DefinedTermSet", "@id": f"{here}#terms", "name": page.about.title}
            return {"mainEntity": {"@id": f"{here}#terms"}}, [term_set | {"hasDefinedTerm": terms}]
    return {}, []


def defined_term_node(root: str, term: Term) -> JsonLdNode:
    """Return the node of a term of the vocabulary."""
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


def item_list_node(root: str, rows: Sequence[PaperRow]) -> JsonLdNode:
    """Return the node that lists the addresses of a page's papers, in their order on the page."""
    items = [{"@id": f"{root}papers/{row.id}/#paper"} for row in rows[:MAX_LISTED_ITEMS]]
    return {"@type": "ItemList", "numberOfItems": len(rows), "itemListElement": items}


def breadcrumb_items(root: str, crumbs: Sequence[Link]) -> list[JsonLdNode]:
    """Return the breadcrumbs that lead from the home page to the one above a page, which need not name itself."""
    return [
        {"@type": "ListItem", "position": number, "name": crumb.text, "item": root + crumb.to}
        for number, crumb in enumerate(crumbs, 1)
    ]


def site_node(root: str, site: Site) -> JsonLdNode:
    """Return the node of the site, to which all pages refer."""
    granted = site_license(site)
    return {
        "@type": "WebSite",
        "@id": f"{root}#site",
        "name": site.name,
        "url": root,
        "license": granted.url if granted else None,
        "description": site.tagline,
        "potentialAction": search_action_node(root),
    }


def search_action_node(root: str) -> JsonLdNode:
    """Return the node that describes how to search the site."""
    target = {"@type": "EntryPoint", "urlTemplate": f"{root}browse/?q={{search_term_string}}"}
    return {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}

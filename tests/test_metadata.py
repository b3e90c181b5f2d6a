"""The machine-readable metadata of pages, parsed by widely used libraries."""

import dataclasses
import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import extruct
import pytest
from browser import KINDS
from hostile import TITLES
from pyld import jsonld
from rdflib import SDO, Graph, URIRef
from rdflib.namespace import RDF
from sites import HOSTILE, PUBLISHED, pages

from generator.citations.citation import citations_by_paper
from generator.citations.formats import CITATION_FORMATS
from generator.content.model import Library
from generator.related.relate import relate
from generator.site.catalogue import build_catalogue
from generator.site.metadata import json_ld
from generator.site.pages.kinds import site_pages

TERMS: Any = SDO  # has all terms, by a metaclass
# As in schema.org's own context, the values of these terms are addresses.
CONTEXT = {
    "@context": {"@vocab": str(SDO)}
    | {term: {"@type": "@id"} for term in "url sameAs itemListOrder contentUrl license".split()}
}
UNLISTED = ("mine/", "compare/", "offline/")  # which readers fill, so that search engines have no use for them
PAGES = [kind for kind in KINDS if kind != "404.html"]


def local(address: str, _: Mapping[str, Any]) -> dict[str, Any]:
    """Return the local copy of the context, in place of loading a document."""
    assert address.rstrip("/") == "https://schema.org"
    return {"contextUrl": None, "documentUrl": address, "document": CONTEXT}


def html(site: Path, kind: str) -> str:
    return (site / kind / "index.html").read_text("utf-8")


class Tags(HTMLParser):
    """The `meta` and `link` elements and the COinS of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.meta: list[tuple[str, str]] = []
        self.links: list[dict[str, str | None]] = []
        self.coins: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "meta":
            names = [name for key in ("name", "property") if (name := found.get(key))]
            self.meta += [(name, found.get("content") or "") for name in names]
        if tag == "link":
            self.links.append(found)
        if found.get("class") == "Z3988":
            self.coins.append(found.get("title") or "")

    def content(self, name: str) -> list[str]:
        return [content for key, content in self.meta if key == name]


# The tags of a paper


def test_a_paper_tells_reference_managers_what_it_is(published: Path, toy: Library) -> None:
    for paper in toy.papers:
        tags, citation = Tags(html(published, f"papers/{paper.id}")), citations_by_paper(toy)[paper.id]
        assert tags.content("citation_title") == [citation.title]
        assert len(tags.content("citation_author")) == len(paper.authors)
        assert tags.content("citation_arxiv_id") == ([paper.arxiv] if paper.arxiv else [])
        assert tags.content("citation_doi") == ([paper.doi] if paper.doi else [])
        venues = tags.content("citation_conference_title") + tags.content("citation_journal_title")
        assert venues == ([citation.event] if paper.venue else [])
        for date in tags.content("citation_publication_date") + tags.content("citation_online_date"):
            assert re.fullmatch(r"\d{4}(/\d\d(/\d\d)?)?", date)


def test_other_pages_cite_nothing(published: Path) -> None:
    for kind in PAGES:
        if not kind.startswith("papers/"):
            assert not [name for name, _ in Tags(html(published, kind)).meta if name.startswith("citation_")]


# The forms of a page


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_leads_to_its_other_forms(published: Path, kind: str) -> None:
    page = Tags(html(published, kind))
    others = [link for link in page.links if link["rel"] == "alternate"]
    kinds = [str(link["type"]) for link in others]
    for link in others:
        assert (published / kind / str(link["href"])).resolve().is_file(), link
        assert link["title"]
    assert kinds.count("text/markdown") == 1
    assert "application/atom+xml" in kinds
    assert len({link["href"] for link in others}) == len(others)
    canonical = [] if kind in UNLISTED else [f"{PUBLISHED}{kind}"]
    assert [link["href"] for link in page.links if link["rel"] == "canonical"] == canonical


def test_lists_have_citations_and_feeds(published: Path, toy: Library) -> None:
    shelf = f"categories/{toy.shelves[0].id}/"
    for kind, formats, feeds in (
        ("papers/tr0n/", CITATION_FORMATS, 1),
        ("tags/gan/", CITATION_FORMATS, 2),
        (shelf, CITATION_FORMATS, 2),
        ("venues/icml/", (), 1),
    ):
        found = [link["type"] for link in Tags(html(published, kind)).links if link["rel"] == "alternate"]
        assert found == [
            "text/markdown",
            *(of.media_type for of in formats),
            *["application/atom+xml"] * feeds,
        ]


@pytest.mark.parametrize("kind", PAGES)
def test_a_link_to_a_page_has_a_preview(published: Path, kind: str) -> None:
    page = Tags(html(published, kind))
    [title], [address], [picture] = map(page.content, ("og:title", "og:url", "og:image"))
    assert title
    assert address == f"{PUBLISHED}{kind}"
    assert picture.startswith(f"{PUBLISHED}assets/previews/")
    assert (published / picture.removeprefix(PUBLISHED)).is_file()
    assert all(page.content(name) for name in ("og:description", "og:type", "og:site_name", "og:image:alt"))
    assert page.content("twitter:card") == ["summary_large_image"]


# COinS


def test_a_list_can_be_taken_into_a_reference_manager(published: Path, toy: Library) -> None:
    shelf = toy.shelves[0].id
    objects = [parse_qs(one) for one in Tags(html(published, f"categories/{shelf}")).coins]
    titles = {title for one in objects for title in one.get("rft.atitle", []) + one.get("rft.title", [])}
    assert titles == {citations_by_paper(toy)[paper.id].title for paper in toy.papers if paper.category == shelf}
    whole = Tags(html(published, "browse")).coins
    assert len(whole) == len(toy.papers)
    assert not Tags(html(published, "papers/tr0n")).coins  # its meta tags would be ignored


# JSON-LD


def data(page: str) -> dict[str, Any]:
    """Return the only JSON-LD document of a page."""
    [document] = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    return dict(document)


def graph(document: dict[str, Any]) -> Graph:
    """Return the triples of a document, parsed by pyld and rdflib."""
    quads = jsonld.to_rdf(document, {"documentLoader": local, "format": "application/n-quads"})
    return Graph().parse(data=quads, format="nt")


@pytest.mark.parametrize("kind", PAGES)
def test_json_ld_is_in_the_terms_of_schema_org(published: Path, kind: str) -> None:
    triples = graph(data(html(published, kind)))
    assert len(triples) > 5
    for _, predicate, thing in triples:
        if predicate == RDF.type:
            assert thing in TERMS, thing
        else:
            assert predicate in TERMS or str(predicate).endswith("-input"), predicate  # annotated input
    assert (URIRef(f"{PUBLISHED}{kind}"), SDO.isPartOf, URIRef(f"{PUBLISHED}#site")) in triples


@pytest.mark.parametrize("kind", PAGES)
def test_the_way_home_is_told(published: Path, kind: str) -> None:
    itself = data(html(published, kind))["@graph"][0]
    if not kind:
        assert "breadcrumb" not in itself
        return
    items = itself["breadcrumb"]["itemListElement"]
    assert [item["position"] for item in items] == list(range(1, len(items) + 1))
    assert items[0]["item"] == PUBLISHED
    assert f"{PUBLISHED}{kind}" not in [item["item"] for item in items]
    for item in items:
        assert (published / item["item"].removeprefix(PUBLISHED).partition("#")[0] / "index.html").is_file()


def test_a_paper_is_its_publishers_and_the_page_is_ours(published: Path, toy: Library) -> None:
    for paper in toy.papers:
        nodes = {node["@type"]: node for node in data(html(published, f"papers/{paper.id}"))["@graph"]}
        article, page = nodes["ScholarlyArticle"], nodes["WebPage"]
        assert article.get("publisher", {}).get("name", "") == citations_by_paper(toy)[paper.id].issuer
        assert page["mainEntity"]["@id"] == article["@id"]
        assert article["name"] == paper.title
        assert article.get("isPartOf", {}).get("isPartOf", {}).keys() <= {"@id"}
        assert [author["name"] for author in article["author"]] == list(paper.authors)
        assert not article["url"].startswith(PUBLISHED)
        assert page["dateModified"] == (paper.revised or paper.added)


def test_a_term_is_defined_once_for_all_pages(published: Path) -> None:
    tag = graph(data(html(published, "tags/gan")))
    term = URIRef(f"{PUBLISHED}tags/gan/#term")
    assert (term, RDF.type, SDO.DefinedTerm) in tag
    assert (term, SDO.inDefinedTermSet, URIRef(f"{PUBLISHED}tags/#terms")) in tag
    assert (URIRef(f"{PUBLISHED}tags/#terms"), SDO.hasDefinedTerm, term) in graph(data(html(published, "tags")))
    paper = graph(data(html(published, "papers/wasserstein-gan")))
    assert (URIRef(f"{PUBLISHED}papers/wasserstein-gan/#paper"), SDO.keywords, term) in paper


def test_without_an_address_all_is_relative(site: Path) -> None:
    page = html(site, "tags/gan")
    document = data(page)
    [itself] = [node for node in document["@graph"] if node["@type"] == "CollectionPage"]
    assert itself["@id"] == "../../tags/gan/"
    assert not Tags(page).content("og:image")
    assert not [link for link in Tags(page).links if link["rel"] in ("canonical", "search")]


@pytest.mark.parametrize("title", [*TITLES, HOSTILE, "</script><script>alert(1)</script>"])
def test_hostile_titles_come_back(toy: Library, title: str) -> None:
    papers = tuple(dataclasses.replace(paper, title=title, published_title=None) for paper in toy.papers)
    library = dataclasses.replace(toy, papers=papers)
    catalogue = build_catalogue(library, relate(library))
    name, page = next((name, page) for name, page in site_pages(catalogue) if name == "papers/tr0n.md")
    text = json_ld(catalogue, name, page)
    assert "<" not in text
    document = data(f'<script type="application/ld+json">{text}</script>')
    names = {node["name"] for node in document["@graph"] if "name" in node}
    assert title in names
    assert json.loads(text) == document


def test_every_page_has_what_it_says(published: Path) -> None:
    for page, tree in pages(published).items():
        scripts = [node for node in tree.iter("script") if node.get("type") == "application/ld+json"]
        leads_on = any(node.get("http-equiv") == "refresh" for node in tree.iter("meta"))
        assert len(scripts) == (0 if leads_on or page == "404.html" else 1), page

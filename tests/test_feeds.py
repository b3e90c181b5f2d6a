"""Feeds, sitemap, search description, Markdown twins, and llms.txt, parsed by programs that use them."""

import dataclasses
import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from hostile import NAMES, TITLES
from sites import ROOT, TOY, built
from xmlschema import XMLSchema

from generator.citations.formats import CITATION_FORMATS
from generator.citations.names import display_name
from generator.content.model import Library, License, Site
from generator.exports import feeds, sitemap
from generator.exports.files import export_files
from generator.related.relate import relate
from generator.site.catalogue import MAX_LISTED_AUTHORS, build_catalogue
from generator.site.render import render_site

SITE = "https://list.example/reading/"
ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
URN = r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
XSD = ROOT / "node_modules/sitemap/schema/sitemap.xsd"


def at(library: Library, address: str | None) -> Library:
    """Return a library whose site has this address."""
    return dataclasses.replace(library, site=dataclasses.replace(library.site, address=address))


def rendered(library: Library) -> Mapping[str, str]:
    return render_site(library, relate(library))


@pytest.fixture(scope="module", params=[SITE, None], ids=["with an address", "without"])
def files(request: pytest.FixtureRequest, toy: Library) -> Mapping[str, str]:
    return rendered(at(toy, request.param))


def feed_files(files: Mapping[str, str]) -> dict[str, str]:
    return {name: files[name] for name in files if name.endswith(".atom")}


# Atom


def test_the_whole_each_tag_each_shelf_each_author_and_each_path_has_a_feed(
    files: Mapping[str, str], toy: Library
) -> None:
    assert {
        "papers.atom",
        "papers.new.atom",
        *(f"paths/{path.id}.atom" for path in toy.paths),
        *(f"categories/{paper.category}.atom" for paper in toy.papers),
        *(f"tags/{tag}.atom" for paper in toy.papers for tag in paper.tags),
    } <= files.keys()
    people = build_catalogue(toy, {}).lists["authors"]
    assert {f"authors/{name}.atom" for name in people} <= files.keys()
    assert not [name for name in feed_files(files) if name.startswith(("venues/", "years/"))]


def test_a_reader_reads_every_feed(files: Mapping[str, str], toy: Library) -> None:
    titles = {paper.title for paper in toy.papers}
    for name, text in feed_files(files).items():
        told = {"content-location": f"{SITE}{name}", "content-type": "application/atom+xml; charset=utf-8"}
        found = feedparser.parse(text.encode(), response_headers=told)
        assert not found.bozo, name
        assert found.version == "atom10"
        most = feeds.MAX_FEED_ENTRIES if name.startswith("papers.") else feeds.MAX_PART_ENTRIES
        assert 0 < len(found.entries) <= most
        assert {entry.title for entry in found.entries} <= titles
        assert all(entry.link.startswith(f"{SITE}papers/") for entry in found.entries), name


def test_feeds_keep_the_rules_of_the_rfc(files: Mapping[str, str]) -> None:
    for name, text in feed_files(files).items():
        root = ElementTree.fromstring(text)
        assert root.tag == f"{ATOM}feed"
        assert follows(root) == [], name
        entries = root.findall(f"{ATOM}entry")
        assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
        for entry in entries:
            assert follows(entry) == [], name
            assert entry.find(f"{ATOM}author") is not None
            assert (entry.find(f"{ATOM}summary") is None) != (entry.find(f"{ATOM}content") is None)
        moments = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
        assert moments == sorted(moments, reverse=True)
        assert root.findtext(f"{ATOM}updated") == moments[0]
        selves = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert len(selves) == 1


def follows(node: ElementTree.Element) -> list[str]:
    """Return the violations of RFC 4287, section 4, in a feed or an entry."""
    kinds = [(link.get("rel"), link.get("type")) for link in node.findall(f"{ATOM}link")]
    moments = [child.text or "" for child in node.findall(f"{ATOM}updated") + node.findall(f"{ATOM}published")]
    rules = {
        f"one {child} with text": len(node.findall(ATOM + child)) == 1 and bool(node.findtext(ATOM + child))
        for child in ("id", "title", "updated")
    } | {
        "an absolute IRI as its id": re.fullmatch(URN, node.findtext(f"{ATOM}id") or ""),
        "moments as RFC 3339 writes them": all(map(MOMENT.fullmatch, moments)),
        "one alternate link": [rel for rel, _ in kinds].count("alternate") == 1,
        "no two links of a kind": len(set(kinds)) == len(kinds),
        "a name to each author": all(author.findtext(f"{ATOM}name") for author in node.findall(f"{ATOM}author")),
    }
    return [rule for rule, kept in rules.items() if not kept]


def test_new_and_revised_entries_come_first(toy: Library) -> None:
    first, second, third = toy.papers[:3]
    dated = (
        dataclasses.replace(first, added="2026-01-01", revised="2026-03-01"),
        dataclasses.replace(second, added="2026-02-01", revised=None),
        dataclasses.replace(third, added="2026-01-15", revised=None),
        *(dataclasses.replace(paper, added=None, revised=None) for paper in toy.papers[3:]),
    )
    found = feedparser.parse(rendered(dataclasses.replace(toy, papers=dated))["papers.atom"])
    assert [entry.title for entry in found.entries] == [first.title, second.title, third.title]
    assert [entry.updated[:10] for entry in found.entries] == ["2026-03-01", "2026-02-01", "2026-01-15"]
    assert found.entries[0].published[:10] == "2026-01-01"
    assert found.feed.updated[:10] == "2026-03-01"


def test_the_feed_of_additions_leaves_revisions_out(toy: Library) -> None:
    first, second = toy.papers[:2]
    dated = (
        dataclasses.replace(first, added="2026-01-01", revised="2026-03-01"),
        dataclasses.replace(second, added="2026-02-01", revised=None),
        *(dataclasses.replace(paper, added=None, revised=None) for paper in toy.papers[2:]),
    )
    files = rendered(dataclasses.replace(toy, papers=dated))
    found = feedparser.parse(files["papers.new.atom"])
    assert [entry.title for entry in found.entries] == [second.title, first.title]
    assert [entry.updated[:10] for entry in found.entries] == ["2026-02-01", "2026-01-01"]
    assert found.feed.title == "New papers · Toy list"
    assert found.feed.id != feedparser.parse(files["papers.atom"]).feed.id
    assert "../papers.new.atom" not in files["browse.md"].partition("---\n")[2].partition("---\n")[0]
    assert 'href=\\"papers.new.atom\\"' in files["index.md"]
    assert 'href="papers.new.atom"' in files["index.md"]


def test_every_feed_has_the_styles_by_which_browsers_show_it(files: Mapping[str, str]) -> None:
    for name, text in feed_files(files).items():
        declaration = text.splitlines()[1]
        assert declaration == f'<?xml-stylesheet type="text/css" href="{"../" * name.count("/")}assets/feed.css"?>'
    assert (ROOT / "generator/site/theme/assets/feed.css").is_file()


def test_feeds_and_pages_say_how_to_follow(files: Mapping[str, str]) -> None:
    for name in ("index.md", "browse.md", "tags/gan.md", "paths/first-steps.md", "papers/wasserstein-gan.md"):
        assert "data/#follow-the-list" in files[name], name
    assert "no account here and no email address" in files["data.md"]


def test_contents_are_xhtml_whose_links_are_absolute(toy: Library) -> None:
    whole = {site: rendered(at(toy, site))["papers.atom"] for site in (SITE, None)}
    entry = feedparser.parse(whole[SITE]).entries[0]
    assert entry.content[0].type == "application/xhtml+xml"
    assert f'<p><a href="{entry.link}">Read more on Toy list</a></p>' in entry.content[0].value
    assert "Read more" not in (whole[None] or "")


def test_the_feeds_of_parts_have_no_text_but_the_summary_and_no_tags(toy: Library) -> None:
    files = rendered(at(toy, SITE))
    whole = {entry.id: entry for entry in feedparser.parse(files["papers.atom"]).entries}
    assert any("tags" in entry for entry in whole.values())
    for name, text in feed_files(files).items():
        if name.startswith("papers."):
            continue
        for entry in feedparser.parse(text).entries:
            known = whole[entry.id]
            assert not {"tags", "content"} & entry.keys()
            assert entry.summary in html.unescape(known.summary)
            assert (entry.title, entry.link) == (known.title, known.link)
            assert "related" not in {link.rel for link in entry.links}
            assert [author.name for author in entry.authors[:3]] == [author.name for author in known.authors[:3]]
            assert len(entry.authors) == min(len(known.authors), MAX_LISTED_AUTHORS)
            assert (entry.updated, entry.get("published", entry.updated)) == (known.updated, known.published)


def test_a_list_without_dates_has_no_feed(toy: Library) -> None:
    papers = tuple(dataclasses.replace(paper, added=None, revised=None) for paper in toy.papers)
    files = rendered(dataclasses.replace(toy, papers=papers))
    assert feed_files(files) == {}
    assert "atom+xml" not in files["index.md"]


def ids(library: Library, name: str = "papers.atom") -> dict[str, str]:
    """Return the ids of a feed's entries, by title."""
    return {entry.title: entry.id for entry in feedparser.parse(rendered(library)[name]).entries}


def test_ids_outlast_a_move_of_the_site_and_new_names(toy: Library) -> None:
    before = ids(at(toy, "https://old.example/"))
    assert ids(at(toy, "https://new.example/list/")) == before
    linked = {relation.to for paper in toy.papers for relation in paper.relations}
    named = next(paper for paper in toy.papers if paper.added and not paper.replaces and paper.id not in linked)
    renamed = dataclasses.replace(named, id="another-name", replaces=(named.id,))
    papers = (*(paper for paper in toy.papers if paper is not named), renamed)
    shelves = tuple(dataclasses.replace(shelf, introduction="No links.") for shelf in toy.categories)
    site = dataclasses.replace(toy.site, start=())
    after = ids(dataclasses.replace(toy, papers=papers, categories=shelves, paths=(), site=site))
    assert after[named.title] == before[named.title]


def test_an_entry_has_one_id_in_all_feeds_and_another_in_other_lists(toy: Library) -> None:
    whole, shelf = ids(toy), ids(toy, f"categories/{next(p for p in toy.papers if p.added).category}.atom")
    assert shelf.items() <= whole.items()
    site = dataclasses.replace(toy.site, repository="https://github.com/someone/else")
    assert not set(ids(dataclasses.replace(toy, site=site)).values()) & set(whole.values())


def test_the_feed_of_a_renamed_tag_goes_on(toy: Library) -> None:
    facet = toy.facets[0]
    term = next(term for term in facet.terms if any(term.id in paper.tags and paper.added for paper in toy.papers))
    renamed = dataclasses.replace(term, replaces=(*term.replaces, "old-tag"))
    facets = (
        dataclasses.replace(facet, terms=tuple(renamed if t is term else t for t in facet.terms)),
        *toy.facets[1:],
    )
    files = rendered(dataclasses.replace(toy, facets=facets))
    assert files["tags/old-tag.atom"] == files[f"tags/{term.id}.atom"]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("name", NAMES[:3] + NAMES[4:5] + NAMES[7:11])
def test_hostile_texts_come_back(toy: Library, title: str, name: str) -> None:
    paper = dataclasses.replace(toy.papers[0], title=title, authors=(name,), added="2026-01-01", summary=title)
    library = dataclasses.replace(toy, papers=(paper, *toy.papers[1:]))
    files = dict(export_files(build_catalogue(library, {})))
    root = ElementTree.fromstring(files["papers.atom"]())
    entry = next(one for one in root.findall(f"{ATOM}entry") if one.findtext(f"{ATOM}title") == title)
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == display_name(name)
    paragraphs = entry.findall(f"{ATOM}content/{XHTML}div/{XHTML}p")
    assert "".join(paragraphs[0].itertext()) == " ".join(title.split())


# For crawlers and browsers


def test_the_sitemap_is_as_its_schema_wants_and_names_every_page(toy: Library) -> None:
    files = rendered(at(toy, SITE))
    XMLSchema(str(XSD)).validate(files["sitemap.xml"])
    root = ElementTree.fromstring(files["sitemap.xml"])
    space = f"{{{sitemap.SITEMAP_NAMESPACE}}}"
    days = {url.findtext(f"{space}loc"): url.findtext(f"{space}lastmod") for url in root}
    assert {f"{SITE}papers/{paper.id}/" for paper in toy.papers} <= days.keys()
    assert {SITE, f"{SITE}browse/", f"{SITE}tags/", f"{SITE}tags/gan/", f"{SITE}about/", f"{SITE}data/"} <= days.keys()
    replaced = [old for term in toy.terms for old in term.replaces]
    assert not {f"{SITE}tags/{old}/" for old in replaced} & days.keys()
    for paper in toy.papers:
        assert days[f"{SITE}papers/{paper.id}/"] == (paper.revised or paper.added)
    assert days[f"{SITE}about/"] is None  # its date is unknown


def test_a_sitemap_is_split_where_the_protocol_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MAX_SITEMAP_ADDRESSES", 2)
    site = Site("A & B", "What it is", "An introduction", address=SITE)
    files = dict(sitemap.crawler_files(site, {"": "2026-01-01", "a/": "", "b/": "2026-01-02"}))
    parts = [name for name in files if name.startswith("sitemap-")]
    assert parts == ["sitemap-0.xml", "sitemap-1.xml"]
    for name in parts:
        XMLSchema(str(XSD)).validate(files[name]())
    index = ElementTree.fromstring(files["sitemap.xml"]())
    assert index.tag == f"{{{sitemap.SITEMAP_NAMESPACE}}}sitemapindex"
    assert [node[0].text for node in index] == [f"{SITE}{name}" for name in parts]


def test_the_builder_leaves_the_sitemap_alone(tmp_path: Path, toy: Library) -> None:
    site = built(tmp_path / "place", TOY, SITE_URL=SITE)
    assert (site / "sitemap.xml").read_text("utf-8") == rendered(at(toy, SITE))["sitemap.xml"]
    assert not (site / "sitemap.xml.gz").exists()


def test_robots_are_led_to_the_sitemap(toy: Library) -> None:
    assert rendered(at(toy, SITE))["robots.txt"].endswith(f"\nSitemap: {SITE}sitemap.xml\n")
    without = rendered(at(toy, None))
    assert "Sitemap" not in without["robots.txt"]
    assert not {"sitemap.xml", "opensearch.xml"} & without.keys()


@pytest.mark.parametrize("name", ["A List", "A list with a name that is longer than sixteen characters & <more>"])
def test_a_browser_can_add_the_search(toy: Library, name: str) -> None:
    named = dataclasses.replace(toy, site=dataclasses.replace(toy.site, name=name, address=SITE))
    root = ElementTree.fromstring(rendered(named)["opensearch.xml"])
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    short, long, what = (root.findtext(space + key) or "" for key in ("ShortName", "LongName", "Description"))
    assert 0 < len(short) <= 16
    assert 0 < len(long) <= 48
    assert 0 < len(what) <= 1024
    [template] = [url.get("template") for url in root.findall(f"{space}Url") if url.get("type") == "text/html"]
    assert template == f"{SITE}browse/?q={{searchTerms}}"


# For readers without a browser


def test_every_page_has_a_twin_and_every_link_of_a_twin_leads_to_one(files: Mapping[str, str]) -> None:
    twins = {name for name in files if name.endswith(".md.txt")}
    assert {f"{name}.txt" for name in files if name.endswith(".md")} == twins
    for name in [*twins, "llms.txt"]:
        folder = name.rpartition("/")[0]
        for link in re.findall(r"\]\((?!#|https?://(?!list\.example))([^()\s]+)\)", files[name]):
            target = link.removeprefix(SITE) if link.startswith(SITE) else f"{folder}/{link}"
            parts: list[str] = []
            for part in target.partition("#")[0].split("/"):
                if part == "..":
                    parts.pop()
                elif part:
                    parts.append(part)
            assert "/".join(parts) in files, (name, link)


def test_a_twin_has_no_markup_of_its_works(toy: Library) -> None:
    text = "<script>alert(1)</script> *em* [x](https://a.example/) `c`"
    keys = "note award publisher container genre institution edition number volume".split()
    texts: Any = dict.fromkeys(keys, text)
    first = dataclasses.replace(toy.papers[0], type="book", venue=None, **texts, editors=(f"{{{text}}}",))
    library = dataclasses.replace(
        toy,
        papers=(first, *toy.papers[1:]),
        site=dataclasses.replace(toy.site, license=License(text, "https://a.example/")),
    )
    files = rendered(library)
    for name in (f"papers/{first.id}.md.txt", "llms.txt"):
        words = re.sub(r"```.*?```", "", files[name], flags=re.DOTALL)
        assert "script" in words
        assert not re.search(r"(?<!\\)<script|(?<!\\)\*em|(?<!\\)\[x|(?<!\\)`c", words)


def test_a_twin_says_what_its_page_says(files: Mapping[str, str], toy: Library) -> None:
    for paper in toy.papers:
        twin = files[f"papers/{paper.id}.md.txt"]
        assert " ".join(paper.abstract.split()) in twin.replace("\\<", "<").replace("\\$", "$")
        for of in CITATION_FORMATS:
            assert f"[{of.name}](../papers/{paper.id}.{of.extension})" in twin
        assert all(author.split()[-1] in twin for author in paper.authors)
        assert "&#" not in twin
        assert not re.search(r"<(?!Ref)[a-z]+[ >]", twin.replace(paper.abstract, "…"))
        assert "\n\n\n" not in twin.replace(paper.abstract, "…")


def test_a_summary_is_in_the_twins_of_its_paper_and_its_shelf(files: Mapping[str, str], toy: Library) -> None:
    lists = [
        name for name in files if re.fullmatch(r"(?:papers|categories|tags|authors|venues|years)/.*\.md\.txt", name)
    ]
    for paper in (paper for paper in toy.papers if paper.summary):
        words = max(re.findall("[A-Za-z ,]+", paper.summary or ""), key=len)
        assert {name for name in lists if words in files[name]} == {
            f"papers/{paper.id}.md.txt",
            f"categories/{paper.category}.md.txt",
        }


def test_llms_txt_has_the_form_that_was_proposed(files: Mapping[str, str], toy: Library) -> None:
    lines = files["llms.txt"].splitlines()
    assert lines[0] == f"# {toy.site.name}"
    assert lines[2] == f"> {toy.site.tagline}"
    text = files["llms.txt"]
    assert text.index(f"## {toy.shelves[0].name}") < text.index(f"## {toy.shelves[-1].name}")
    assert all(f"/{paper.id}.md.txt" in text for paper in toy.papers)

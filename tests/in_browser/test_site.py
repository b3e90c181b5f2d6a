"""The built site in a browser."""

import json
import re
import shutil
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import yaml
from browser import KINDS, visit
from playwright.sync_api import Browser, Page, expect
from sites import HOSTILE, TOY, WIDE, broken, built, hostile, pages, served, zipped

from generator.content.model import Library
from generator.output.preview import headers_for
from generator.site.policy import host_headers

WIDTHS = (800, 320)  # px; WCAG 1.4.10 asks for 320
OUTSIDE = """selector => {
  const frame = document.querySelector(selector);
  const wide = [...frame.querySelectorAll("*")].filter((node) => node.getBoundingClientRect().right > innerWidth);
  return frame.scrollWidth > frame.clientWidth ? wide.map((node) => `${node.localName}.${node.className}`) : [];
}"""  # what makes a page or a dialog scroll sideways
WIDE_ABSTRACT = rf"""
https://a.example/{WIDE * 3} and $\hspace{{39em}} x$ and $\phantom{{{WIDE}}} y$ and ${"+".join(WIDE)}$ and
$\rule{{1e9em}}{{1em}}$ and $\rule{{9999em}}{{9999em}}$ and $\raise 9999em z$ and x_{{{WIDE[:24]}}}

\[ {"+".join(WIDE)} \]
"""
WIDE_PAGE = f"""# About

`{WIDE}` <{f"https://a.example/{WIDE}"}> [{WIDE}](papers/tr0n.md) <kbd>{WIDE}</kbd>

## {WIDE}

    code {"as wide as it is " * 9}{WIDE}

- {WIDE}

    ```
    {WIDE}
    ```

> {WIDE}

|{f" {WIDE} |" * 9}
|{" --- |" * 9}
|{f" {WIDE} |" * 9}
"""
WIDE_SHAPES = {
    *(("sub", ()), ("sup", ()), ("math", ()), ("mspace", ("width",)), ("mspace", ("height", "width"))),
    *(("mphantom", ()), ("blockquote", ()), ("span", ())),  # the last for each fact about a publication
}
LARGEST_PAPER = 12_000  # bytes of a paper page's HTML, gzipped


# What was built


def test_every_page_is_there(found: Mapping[str, Element], toy: Library) -> None:
    assert {f"papers/{paper.id}/" for paper in toy.papers} <= found.keys()
    assert {f"categories/{category.id}/" for category in toy.categories} <= found.keys()
    assert {f"tags/{term.id}/" for facet in toy.facets for term in facet.terms} <= found.keys()
    assert {f"years/{paper.published[:4]}/" for paper in toy.papers if paper.published} <= found.keys()
    assert set(KINDS) <= found.keys()


def test_no_link_or_anchor_within_the_site_is_broken(site: Path, found: Mapping[str, Element]) -> None:
    assert broken(site, found) == []


def test_a_paper_page_is_light(site: Path, toy: Library) -> None:
    sizes = {paper.id: zipped(site / f"papers/{paper.id}/index.html") for paper in toy.papers}
    assert max(sizes.values()) < LARGEST_PAPER, max(sizes, key=lambda name: sizes[name])


def test_every_page_has_a_title_of_its_own_and_one_heading(found: Mapping[str, Element]) -> None:
    titles = ["".join(tree.findall(".//title")[0].itertext()) for tree in found.values()]
    shown = [title for title in titles if not title.startswith("Moved: ")]  # a page may have several old addresses
    assert len(set(shown)) == len(shown) < len(titles)
    assert all(len(tree.findall(".//h1")) == 1 for tree in found.values())


def test_no_id_stands_twice_on_a_page(found: Mapping[str, Element]) -> None:
    for page, tree in found.items():
        ids = [name for node in tree.iter() if (name := node.get("id"))]
        assert len(ids) == len(set(ids)), page


def test_abstracts_say_what_was_published(found: Mapping[str, Element], toy: Library) -> None:
    for paper in toy.papers:
        body = deepcopy(found[f"papers/{paper.id}/"].find(".//article"))
        assert body is not None
        for semantics in list(body.iter("semantics")):
            for drawn in semantics.findall("mrow"):
                semantics.remove(drawn)
        said = " ".join("".join(body.itertext()).split())
        assert " ".join(paper.abstract.split()) in said, paper.id


def test_hostile_text_comes_out_as_text(tmp_path: Path, chromium: Browser, found: Mapping[str, Element]) -> None:
    content = tmp_path / "content"
    shutil.copytree(TOY, content)
    write_hostile(content)
    site = built(tmp_path / "hostile", content)
    shown = pages(site)
    assert broken(site, shown) == []
    assert shapes(shown) - shapes(found) <= WIDE_SHAPES
    heading = shown["papers/tr0n/"].find(".//h1")
    assert heading is not None
    assert " ".join("".join(heading.itertext()).split()).startswith(HOSTILE)
    people_and_venues = [min(page for page in shown if re.match(f"{kind}/.", page)) for kind in ("authors", "venues")]
    with served(site) as address, visit(chromium, address) as page:
        for kind in (*filter(shown.__contains__, KINDS), *people_and_venues):
            page.goto(address + kind)
            page.wait_for_load_state("networkidle")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate(OUTSIDE, "html") == [], (kind, width)
        use_search_and_dialogs(page, address)


def write_hostile(content: Path) -> None:
    """Change the texts of a list to hostile and wide ones."""
    for file in (*content.glob("*.yml"), *content.glob("p*/*.yml")):
        value = yaml.safe_load(file.read_text())
        text = hostile(value)
        if isinstance(text, dict) and "abstract" in text:
            text["abstract"] = value["abstract"]  # which no summary may repeat
        if isinstance(text, dict) and file.stem == "tr0n":
            text |= {"abstract": f"{HOSTILE} {value['abstract']}{WIDE_ABSTRACT}", "summary": WIDE}
            text |= {"type": "book", "editors": [f"Ann {WIDE}"], "isbn": "978-3-16-148410-0", "language": "es"}
            text |= dict.fromkeys(("container", "publisher", "genre", "award", "note"), f"{WIDE} {HOSTILE}")
        file.write_text(yaml.safe_dump(text, allow_unicode=True))
    (content / "pages/about.md").write_text(WIDE_PAGE)


def use_search_and_dialogs(page: Page, address: str) -> None:
    """Check that hostile text is shown as text, and within the width of the page, wherever scripts show it."""
    page.goto(f"{address}papers/tr0n/")
    assert page.evaluate("document.documentElement.scrollHeight") < 60_000  # px
    for name, selector in (("Suggest tags", ".picker"), ("Cite", ".citing")):
        opener = page.get_by_role("button", name=name, exact=True).first
        opener.click()
        expect(page.locator(f"{selector} :is([role=option], .text p)").first).to_contain_text(WIDE)
        assert page.evaluate(OUTSIDE, selector) == []
        page.keyboard.press("Escape")
        expect(opener).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("translator")
    expect(page.locator("[data-suggestions] [data-paper=tr0n]")).to_contain_text(HOSTILE[:20])
    assert page.locator(".suggestions :is(img, script)").count() == 0
    assert page.evaluate(OUTSIDE, "html") == []
    page.goto(f"{address}browse/?q=translator&tag=gan,-image&year=2000-&all=model")
    page.locator("button.filters").click()  # which says, once it can be used, how many filters there are
    expect(page.locator(".chip").first).to_contain_text(WIDE)
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    assert page.evaluate(OUTSIDE, "html") == []
    page.goto(f"{address}browse/?q=translator&tag=gan")
    expect(page.locator("[data-results] [data-paper=tr0n]")).to_contain_text(HOSTILE[:20])
    assert page.locator("article :is(img, script:not([type='application/ld+json']), b:not(.reason b))").count() == 0

    compare_hostile_papers(page, address)


def compare_hostile_papers(page: Page, address: str) -> None:
    """Check the same where papers are compared."""
    page.goto(f"{address}compare/?papers=tr0n,stylegan-nada,gantastic")
    expect(page.locator(".comparison thead th").first).to_contain_text(HOSTILE[:20])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(OUTSIDE, "html") == [], width
    assert page.locator(".compare :is(img, script, b:not(li > b))").count() == 0
    page.get_by_role("button", name="Add another").click()
    expect(page.locator(".choosing [role=option]").first).to_contain_text(WIDE)
    assert page.evaluate(OUTSIDE, ".choosing") == []


def shapes(found: Mapping[str, Element]) -> set[tuple[str, tuple[str, ...]]]:
    """Return the shapes of all elements on all pages: the name and the attribute names."""
    nodes = (node for tree in found.values() for node in tree.iter() if isinstance(node.tag, str))
    return {(node.tag, tuple(sorted(node.attrib))) for node in nodes}


# What a reader sees and does


def test_typefaces_are_the_sites_own(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "papers/uncovering-hidden-geometry-in-transformers/") as page:
        faces = "document.fonts.ready.then(all => [...all].filter(f => f.status == 'loaded').map(f => f.family))"
        loaded = {family.strip('"') for family in page.evaluate(faces)}
        assert loaded >= {"Source Serif 4 Variable", "Source Sans 3 Variable", "STIX Two Math"}


def test_without_script_the_page_is_whole(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "papers/wasserstein-gan/", script=False) as page:
        expect(page.get_by_role("heading", name="Wasserstein GAN", level=1)).to_be_visible()
        expect(page.locator("#BibTeX")).to_contain_text("@inproceedings{arjovsky2017wasserstein")
        expect(page.get_by_role("link", name="arXiv")).to_be_visible()


def test_mathematics_is_drawn(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "papers/uncovering-hidden-geometry-in-transformers/") as page:
        formula = page.locator("math[display=block]")
        expect(formula).to_be_visible()
        box = formula.locator("msub").first.bounding_box()
        assert box
        assert box["height"] > 10
        assert page.locator("annotation").first.is_hidden()


def test_the_paper_page_leads_on(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "papers/tr0n/") as page:
        links = {link.inner_text(): link.get_attribute("href") for link in page.locator(".buttons a").all()}
        assert links == {
            "arXiv": "https://arxiv.org/abs/2304.13742",
            "PDF": "https://arxiv.org/pdf/2304.13742",
            "Code": "https://github.com/layer6ai-labs/tr0n",
        }
        improve = page.get_by_role("link", name="Improve this entry").get_attribute("href")
        assert improve
        assert improve.endswith("/edit/main/content/papers/tr0n.yml")
        rows = page.locator("[data-paper]")
        assert rows.count() == 5
        assert all(row.locator(".reason").count() for row in rows.all())
        rows.first.locator(".work").click()
        expect(page.locator("h1")).not_to_contain_text("TR0N")


@pytest.mark.parametrize("kind", ["", "papers/tr0n/", "tags/gan/", "paths/first-steps/", "browse/"])
def test_keyboard_leads_past_the_header_and_to_the_search(kind: str, chromium: Browser, address: str) -> None:
    with visit(chromium, address, kind) as page:
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to content")
        expect(skip).to_be_focused()
        assert page.locator((skip.get_attribute("href") or "").replace("#", "h1#")).count() == 1
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("!!document.activeElement.closest('article')")
        page.keyboard.press("/")
        expect(
            page.get_by_role("searchbox" if kind == "browse/" else "combobox", name="Search the papers")
        ).to_be_focused()


def test_colours_are_the_readers_choice(chromium: Browser, address: str) -> None:
    with visit(chromium, address) as page:
        page.get_by_role("button", name="Dark colors").click()
        assert page.evaluate("document.documentElement.dataset.colors") == "dark"
        page.goto(f"{address}browse/")
        assert page.evaluate("document.documentElement.dataset.colors") == "dark"


def test_under_a_path(chromium: Browser, site: Path) -> None:
    with served(site, under="/lists/reading/") as address, visit(chromium, address, "papers/tr0n/") as page:
        page.get_by_role("link", name="Topics", exact=True).first.click()
        expect(page.locator("h1")).to_have_text("Topics")
        page.locator(".entries a").first.click()
        expect(page.locator("[data-paper]").first).to_be_visible()


def test_data_is_served_with_the_site(site: Path, toy: Library) -> None:
    assert len(json.loads((site / "api/papers.json").read_text())) == len(toy.papers)


# Reading paths and the vocabulary


def test_a_feed_can_be_read_in_a_browser(chromium: Browser, address: str) -> None:
    """With the headers that hosts are asked to send; axe knows no documents other than HTML."""
    headers = headers_for("/tags/gan.atom", host_headers())
    for dark, color in ((False, "rgb(251, 249, 244)"), (True, "rgb(25, 24, 22)")):
        with visit(chromium, address, "tags/gan/", dark=dark, width=390) as page:
            page.route("**/*.atom", lambda route: route.fulfill(response=route.fetch(), headers=headers))
            page.get_by_role("link", name="Feed", exact=True).click()
            page.wait_for_url("**/tags/gan.atom")
            expect(page.locator("entry > title").first).to_have_css("display", "block")
            expect(page.locator("entry:has(> content) > summary").first).to_be_hidden()
            expect(page.locator("feed")).to_have_css("background-color", color)
            assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_names_of_files_are_not_broken_into_lines(chromium: Browser, address: str, width: int) -> None:
    with visit(chromium, address, "data/", width=width) as page:
        lines = page.evaluate("""() => [...document.querySelectorAll("main p a, main td a")]
          .filter(({ textContent, pathname }) => /\\.\\w+$/.test(textContent) && pathname.endsWith(textContent))
          .map((link) => [link.textContent, link.getClientRects().length])""")
        assert len(lines) > 15
        assert [name for name, count in lines if count > 1] == []
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("script", [True, False])
def test_a_path_is_walked_from_step_to_step_by_keyboard(
    chromium: Browser, address: str, toy: Library, *, script: bool
) -> None:
    path = toy.paths[0]
    steps = [step.paper for step in path.steps]
    with visit(chromium, address, f"paths/{path.id}/", script=script) as page:
        page.locator("[data-paper] a.work").first.press("Enter")
        for number, paper in enumerate(steps, 1):
            page.wait_for_url(f"**/papers/{paper}/")
            place = page.get_by_role("navigation", name=path.name)
            expect(place).to_contain_text(f"Step {number} of {len(steps)}")
            assert place.locator(".previous").count() == (number > 1)
            if number < len(steps):
                place.locator(".next a").press("Enter")
        place.get_by_role("link", name=path.name).press("Enter")
        page.wait_for_url(f"**/paths/{path.id}/")


def test_the_address_of_a_replaced_term_leads_on(chromium: Browser, address: str, toy: Library) -> None:
    replaced = {old: term.id for facet in toy.facets for term in facet.terms for old in term.replaces}
    assert replaced
    for old, new in replaced.items():
        with visit(chromium, address, f"tags/{old}/", script=False) as page:
            page.wait_for_url(f"**/tags/{new}/")


def test_a_tag_page_tells_what_the_term_is_and_what_stands_near_it(found: Mapping[str, Element], toy: Library) -> None:
    facet = toy.facets[0]
    term = next(term for term in facet.terms if any(other.parent == term.id for other in facet.terms))
    page = found[f"tags/{term.id}/"].find(".//article")
    assert page is not None
    said = " ".join("".join(page.itertext()).split())
    assert all(
        text in said for text in (term.definition, term.scope or "", *term.aliases, "Narrower", "Often combined")
    )
    links = [node.get("href") for node in page.iter("a")]
    assert all(f"../../tags/{other.id}/" in links for other in facet.terms if other.parent == term.id)


def test_the_vocabulary_holds_every_term_once_under_its_facet(found: Mapping[str, Element], toy: Library) -> None:
    links = [
        node.get("href") for node in found["tags/"].findall(".//article//li/a") if ".." in (node.get("href") or "")
    ]
    terms = [f"../tags/{term.id}/" for facet in toy.facets for term in facet.terms if not term.retired]
    assert [links.count(term) for term in terms] == [1] * len(terms)

"""Rows of papers in the browser: the same with and without script, for touch, and for programs such as Zotero."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from browser import violations, visit
from playwright.sync_api import Browser, Page, Route, expect
from sites import served

from generator.content.model import Library
from generator.search.data import search_files
from generator.site.catalogue import build_catalogue
from generator.site.pages.elements import MAX_ROW_TAGS

ROWS = """selector => [...document.querySelectorAll(`${selector} > li`)].map((row) => ({
  paper: row.dataset.paper,
  lines: [...row.querySelectorAll(":scope > :not(.keep)")].map((line) => [
    line.localName, line.className, line.textContent, line.title,
  ]),
  links: [...row.querySelectorAll("a")].map((link) => [link.href, link.textContent, link.ariaLabel]),
}))"""
DOTS = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const places = [];
  for (let text; (text = texts.nextNode()); ) {
    for (const { index } of text.data.matchAll(/·/g)) {
      const dot = document.createRange();
      dot.setStart(text, index);
      dot.setEnd(text, index + 1);
      const box = text.parentElement.closest("p, h1, h2, li, td, figcaption, [role=option]");
      const before = document.createRange();
      before.setStart(box, 0);
      before.setEnd(text, index);
      const lines = [...before.getClientRects()].filter(({ width }) => width);
      const { top, width } = dot.getBoundingClientRect();
      if (width) places.push([box.textContent, lines.at(-1)?.bottom, top]);
    }
  }
  return places;
}"""
SPANS = """() => {
  const visible = [...document.querySelectorAll("[data-paper]")].filter((row) => row.checkVisibility());
  const spans = [...document.querySelectorAll(".Z3988")];
  return {
    rows: visible.map((row) => row.dataset.paper),
    spans: spans.map((span) => span.parentElement.dataset.paper),
    titles: spans.map((span) => span.title),
  };
}"""
WATCH = f"""addEventListener("ZoteroItemUpdated", () => {{ globalThis.said = ({SPANS})(); }});"""


def said(page: Page, query: str, rows: int | None = None) -> Mapping[str, list[str]]:
    """Wait until the page has announced the rows of a query, and return what it held at that moment."""
    page.wait_for_function(
        """([query, rows]) => {
          const results = document.querySelector("[data-results]");
          const shown = results.querySelectorAll("[data-paper]").length;
          const told = globalThis.said?.rows.length === shown && (rows === null || shown === rows);
          return results.ariaBusy === "false" && results.dataset.results === query && told;
        }""",
        arg=[query, rows],
    )
    found: Mapping[str, list[str]] = page.evaluate(SPANS)
    assert page.evaluate("globalThis.said") == found
    return found


def test_rows_are_the_same_with_and_without_script(chromium: Browser, address: str, toy: Library) -> None:
    with visit(chromium, address, "browse/", script=False) as page:
        plain: list[Any] = page.evaluate(ROWS, "[data-plain] .papers")
    with visit(chromium, address, "browse/") as page:
        page.add_init_script(WATCH)
        page.reload()
        said(page, "", len(toy.papers))
        drawn = page.evaluate(ROWS, "[data-results]")
    names = [label for row in drawn for _, text, label in row["links"] if text in ("PDF", "Code")]
    titles = {paper.id: paper.title for paper in toy.papers}
    assert names[0] == f"PDF of {titles[drawn[0]['paper']]}"
    assert len({*names}) == len(names)
    for row in drawn:
        row["links"] = [
            [*link[:2], None] for link in row["links"]
        ]  # only scripts give them other names than their text
    assert drawn == plain
    assert any(line[:2] == ["h2", "year"] for row in drawn for line in row["lines"])


@pytest.mark.parametrize("width", [320, 390])
def test_no_line_begins_with_a_dot(chromium: Browser, address: str, toy: Library, width: int) -> None:
    kinds = ("", "tags/gan/", "browse/?q=gan", *(f"papers/{paper.id}/" for paper in toy.papers if paper.venue))
    with visit(chromium, address, "about/", width=width) as page:
        seen = 0
        for kind in kinds:
            page.goto(f"{address}{kind}")
            if "?" in kind:
                page.locator("[data-results] > li").first.wait_for()
            places = page.evaluate(DOTS)
            assert [text for text, above, top in places if above is None or above <= top] == [], kind
            seen += len(places)
        assert seen > len(kinds)
        page.goto(address)
        page.keyboard.press("/")
        page.keyboard.type("gan")
        page.get_by_role("option").first.wait_for()
        assert [text for text, above, top in page.evaluate(DOTS) if above is None or above <= top] == []


def test_links_of_rows_say_whose_they_are(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "tags/gan/") as page:
        pdf = page.get_by_role("link", name="PDF of Wasserstein GAN", exact=True)
        expect(pdf).to_have_attribute("href", "https://arxiv.org/pdf/1701.07875")
        page.get_by_role("link", name="David Bau").click()
        page.wait_for_url("**/authors/david-bau/")
        page.go_back()
        page.locator("[data-paper=gan-dissection]").get_by_role("link", name="4 others").click()
        page.wait_for_url("**/papers/gan-dissection/")


def test_results_name_tags_other_than_the_chosen_ones_and_mark_matches(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/?tag=gan") as page:
        page.locator("[data-results] .marks").first.wait_for()
        filtered = page.evaluate(ROWS, "[data-results]")
        page.goto(f"{address}tags/gan/")
        assert [row["links"] for row in page.evaluate(ROWS, ".papers")] == [row["links"] for row in filtered]
        tags = [[link for link in row["links"] if "/tags/" in link[0]] for row in filtered]
        assert {len(those) for those in tags} <= {*range(MAX_ROW_TAGS + 1)}
        assert not any(link[0].endswith(("/tags/gan/", "/tags/generative-model/")) for those in tags for link in those)
        page.goto(f"{address}browse/?q=bau+saliency")
        expect(page.locator("[data-results] .byline a mark").first).to_have_text("Bau")
        expect(page.locator("[data-results] .marks a mark").first).to_have_text("Saliency")


@pytest.mark.parametrize(
    ("query", "search"),
    [
        ("gan", "?q=gan"),
        ("", "?tag=gan"),
        ("gan", "?q=gan&sort=title&tag=-stylegan"),
        ("gan", "?q=gan&view=compact"),
        ("", ""),
        ("qqqqqq", "?q=qqqqqq"),
    ],
)
def test_programs_are_told_of_the_papers_that_are_seen(
    chromium: Browser, address: str, toy: Library, query: str, search: str
) -> None:
    objects = {name: row.coins for name, row in build_catalogue(toy, {}).rows.items()}
    with visit(chromium, address, "about/") as page:
        page.add_init_script(WATCH)
        page.goto(f"{address}browse/{search}")
        found = said(page, query)
        assert found["spans"] == found["rows"]
        assert found["titles"] == [objects[paper] for paper in found["rows"]]
        assert len(found["rows"]) == page.locator("[data-results] > li").count()
        page.get_by_role("searchbox").fill("wasserstein gan")
        found = said(page, "wasserstein gan")
        assert found["spans"] == found["rows"]
        assert "wasserstein-gan" in found["spans"]


def test_what_the_plain_list_lacks_is_fetched(chromium: Browser, address: str, works: Library) -> None:
    catalogue = build_catalogue(works, {})
    files: Mapping[str, Callable[[], str]] = dict(search_files(catalogue))

    def with_works(route: Route) -> None:
        route.fulfill(body=files[f"search/{route.request.url.rpartition('/')[2]}"]())

    with visit(chromium, address, "about/") as page:
        page.add_init_script(WATCH)
        page.route("**/search/*.json", with_works)
        page.goto(f"{address}browse/?sort=title")
        found = said(page, "")
        assert found["spans"] == found["rows"]
        assert found["titles"] == [catalogue.rows[paper].coins for paper in found["rows"]]
        bylines = {row["paper"]: line[2] for row in page.evaluate(ROWS, "[data-results]") for line in row["lines"]
                   if line[1] == "byline"}  # fmt: skip
        assert bylines == {
            paper: "".join(part if isinstance(part, str) else part.text for part in row.byline)
            for paper, row in catalogue.rows.items()
            if paper in found["rows"] and row.byline
        }


def test_without_search_programs_are_told_of_the_plain_list(chromium: Browser, address: str, toy: Library) -> None:
    with visit(chromium, address, "browse/?q=gan", without="**/search/contexts-*.json") as page:
        page.locator("[data-results] > li").first.wait_for()
        page.route("**/search/list.json", lambda route: route.abort())
        page.reload()
        expect(page.locator("[data-browse] .total [role=status]")).to_contain_text("Search is not available")
        found = page.evaluate(SPANS)
        assert found["spans"] == found["rows"]
        assert len(found["spans"]) == len(toy.papers)


@pytest.mark.parametrize("kind", ["tags/gan/", "browse/?q=gan", "browse/?q=gan&view=compact", "paths/first-steps/"])
def test_links_of_rows_can_be_touched(chromium: Browser, address: str, kind: str) -> None:
    with visit(chromium, address, kind, width=390, touch=True) as page:
        rows = page.locator(f"{'[data-results]' if 'browse' in kind else 'article'} [data-paper]")
        rows.first.wait_for()
        links = rows.locator("a:visible")
        assert links.count() > rows.count()
        for link in links.all()[:40]:
            tall, hit = link.evaluate(
                """link => {
                  link.scrollIntoView({ block: "center" });
                  const { left, top, width, height } = link.getClientRects()[0];
                  const range = document.createRange();
                  range.selectNodeContents(link);
                  const text = range.getClientRects()[0];
                  const at = document.elementFromPoint(text.left + text.width / 2, text.top + text.height / 2);
                  return [height, link.contains(at)];
                }"""
            )
            assert tall >= 43.5, link.text_content()
            assert hit, link.text_content()
        page.evaluate("scrollTo(0, 0)")  # as what stays in view may cover a part of a row
        assert violations(page) == []


def test_years_follow_the_order_of_a_list(chromium: Browser, long_site: Path) -> None:
    with served(long_site) as address, visit(chromium, address, "tags/gan/") as page:
        headings, stated = page.locator(".papers h2.year"), page.locator(".total")
        years = headings.all_text_contents()
        assert years == sorted({*years}, reverse=True)
        expect(stated).to_contain_text("by date of first version, newest first")
        page.get_by_label("Order").select_option("oldest")
        expect(headings).to_have_text(years[::-1])
        expect(stated.get_by_text("newest first")).to_be_hidden()
        assert page.locator(".papers > li").first.locator("h2.year").count() == 1
        page.get_by_label("Order").select_option("title")
        expect(headings).to_have_count(0)
        found = page.evaluate(SPANS)
        assert found["spans"] == found["rows"]


def test_years_begin_parts_of_results_in_order_of_date(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/") as page:
        headings = page.locator("[data-results] h2.year")
        headings.first.wait_for()
        years = headings.all_text_contents()
        assert years == sorted({*years}, reverse=True)
        assert page.locator("[data-results] > :not([data-paper])").count() == 0
        page.get_by_label("Order").select_option("oldest")
        expect(headings.first).to_have_text(years[-1])
        page.get_by_label("Order").select_option("title")
        expect(headings).to_have_count(0)
        assert re.search("sort=title", page.url)

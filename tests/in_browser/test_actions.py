"""What readers do on the page of a paper, and how its text is set."""

from browser import visit
from playwright.sync_api import Browser, expect

MAX_LINE = 75  # characters
WHERE = "papers/wasserstein-gan/"
LONGEST = """() => {
  const range = document.createRange();
  const texts = [...document.querySelectorAll(".layout p:not(.take)")].filter((one) => one.checkVisibility());
  const lines = texts.flatMap((one) => {
    const counts = new Map();
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) for (let at = 0; at < walker.currentNode.length; at += 1) {
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + 1);
      const line = Math.round(range.getBoundingClientRect().bottom / 12);
      counts.set(line, (counts.get(line) ?? 0) + 1);
    }
    return [...counts.values()];
  });
  return lines.sort((one, other) => one - other)[Math.floor(lines.length / 2)];
}"""  # the median line


def test_citing_is_offered_once(chromium: Browser, address: str) -> None:
    with visit(chromium, address, WHERE) as page:
        expect(page.get_by_role("heading", name="How to cite")).to_be_hidden()
        page.get_by_role("button", name="Cite", exact=True).click()
        expect(page.get_by_role("dialog", name="Cite this paper")).to_be_visible()
    with visit(chromium, address, WHERE, script=False) as page:
        expect(page.get_by_role("heading", name="How to cite")).to_be_visible()
        expect(page.get_by_role("link", name="RIS", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name="Cite", exact=True)).to_be_hidden()
        expect(page.get_by_role("button", name="Share")).to_be_hidden()


def test_sharing_copies_the_address_where_the_system_cannot_share(chromium: Browser, address: str) -> None:
    with visit(chromium, address, f"{WHERE}#abstract") as page:
        page.get_by_role("button", name="Share").click()
        expect(page.get_by_role("button", name="Link copied")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == address + WHERE


def test_a_refused_clipboard_is_said(chromium: Browser, address: str) -> None:
    with visit(chromium, address, WHERE) as page:
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')) }")
        page.get_by_role("button", name="Share").click()
        expect(page.get_by_role("button", name="Copying failed")).to_be_visible()


def test_the_column_beside_the_text_begins_beside_the_title(chromium: Browser, address: str) -> None:
    with visit(chromium, address, WHERE) as page:
        title, beside = page.locator("h1").bounding_box(), page.locator(".margin").bounding_box()
        assert title
        assert beside
        assert beside["x"] > title["x"] + title["width"]
        assert abs(beside["y"] - title["y"]) < title["height"]
    with visit(chromium, address, WHERE, width=390) as page:
        summary, beside = page.locator(".head .summary").bounding_box(), page.locator(".margin").bounding_box()
        abstract = page.locator("#abstract").bounding_box()
        assert summary
        assert beside
        assert abstract
        assert summary["y"] < beside["y"] < abstract["y"]


def test_lines_are_short_enough_to_read(chromium: Browser, address: str) -> None:
    for kind in (WHERE, "tags/gan/", "paths/first-steps/"):
        with visit(chromium, address, kind) as page:
            assert page.evaluate(LONGEST) <= MAX_LINE, kind

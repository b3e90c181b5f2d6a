"""Pictures in use: by keyboard, on the map by search and by size, and without scripts."""

from browser import violations, visit
from playwright.sync_api import Browser, Page, expect

FOCUSED = "document.activeElement.getAttribute('class') || document.activeElement.localName"


def next_stop(page: Page) -> str:
    """Move the focus on by one, and return the class of what has it then."""
    page.keyboard.press("Tab")
    return str(page.evaluate(FOCUSED))


def test_the_keyboard_reads_why_papers_are_related_or_skips_the_graph(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "papers/tr0n/", width=390) as page:
        graph = page.locator(".graph")
        skip = graph.get_by_role("link", name="Skip the picture")
        skip.focus()
        assert (skip.bounding_box() or {"width": 0})["width"] > 40
        reason = graph.get_by_text("TR0N leaves the generator untouched")
        expect(reason).to_be_hidden()
        assert next_stop(page) == "edge contrasts own"
        expect(reason).to_be_visible()
        expect(graph.get_by_role("img", name="StyleGAN-NADA contrasts with TR0N Both lean on CLIP")).to_be_focused()
        assert violations(page) == []
        assert next_stop(page).startswith("node")  # the relations of other papers are on their pages
        expect(reason).to_be_hidden()
        skip.focus()
        page.keyboard.press("Enter")
        assert next_stop(page) not in ("node", "skip")
        assert not page.evaluate("document.activeElement.closest('svg')")


def test_the_mouse_reads_why_papers_are_related(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "papers/tr0n/") as page:
        page.locator(".edge use").first.hover(force=True)
        expect(page.locator(".graph foreignObject").first).to_be_visible()


def test_papers_are_found_on_the_map(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "map/") as page:
        page.get_by_label("Find on the map").fill("wasserstein")
        expect(page.locator(".mark.found")).to_have_count(1)
        expect(page.locator(".atlas [role=status]")).to_have_text("1 paper")
        assert violations(page) == []
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "../papers/wasserstein-gan/"
        page.get_by_label("Find on the map").fill("")
        expect(page.locator(".mark.found")).to_have_count(0)
        page.goto(f"{address}map/?q=saliency")
        expect(page.locator(".mark.found").first).to_be_attached()
        page.get_by_label("Find on the map").fill("qqqqqq")
        expect(page.locator(".atlas [role=status]")).to_have_text("0 papers")
        expect(page.locator(".searching")).to_have_count(0)


def test_the_map_is_enlarged_within_its_frame(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "map/", width=390) as page:
        frame = page.locator("figure.map").first
        before = frame.bounding_box()
        assert before
        for _ in range(3):
            page.get_by_role("button", name="Larger").click()
        assert frame.evaluate("(frame) => Math.round(frame.scrollWidth / frame.clientWidth)") == 4
        expect(page.locator(".map .zoom-1").first).to_be_visible()
        after = frame.bounding_box()
        assert after
        assert abs(after["height"] - before["height"]) < 4
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert violations(page) == []
        page.get_by_role("button", name="Whole map").click()
        assert frame.evaluate("(frame) => frame.scrollWidth <= frame.clientWidth")


def test_without_scripts_the_map_has_no_controls_and_all_papers(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "map/", script=False) as page:
        expect(page.locator(".atlas form")).to_be_hidden()
        marks = page.locator("a.mark").count()
        assert marks == page.locator(".map-list [data-paper]").count() > 20
        page.locator(".map .skip").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.map-list') !== null")

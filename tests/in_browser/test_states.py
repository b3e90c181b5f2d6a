"""States that readers bring pages into, audited with axe-core: wide, narrow and dark, and in forced colors."""

import re
from collections.abc import Callable

import pytest
from browser import violations, visit
from own_list import keep, own_paper, see_papers
from playwright.sync_api import Browser, Page, expect

NARROW = 390  # px
COLORS = "colors => document.documentElement.dataset.colors === colors"
FOLDED = ".facet:not([open]) > summary", ".facet .fold button:first-child:not([hidden])"


def open_menu(page: Page) -> None:
    page.locator(".menu summary").click()
    expect(page.locator(".menu ul")).to_be_visible()


def type_query(page: Page) -> None:
    page.locator("header .search input").press_sequentially("gan")
    expect(page.get_by_role("option").first).to_be_visible()


def narrow_to_nothing(page: Page) -> None:
    page.locator(".narrow input").fill("zzz")
    expect(page.locator(".index li:visible")).to_have_count(0)


def view_compact(page: Page) -> None:
    page.get_by_role("button", name="Compact").click()
    expect(page.locator(".papers .summary:visible")).to_have_count(0)


def see_results(page: Page) -> None:
    expect(page.locator("[data-results][aria-busy=false] li").first).to_be_visible()


def open_filters(page: Page) -> None:
    """Open the sheet on a narrow screen, and then all facets with all their values."""
    see_results(page)
    opener = page.get_by_role("button", name=re.compile("^Filters"))
    if opener.is_visible():
        opener.click()
        expect(page.get_by_role("dialog", name="Filters")).to_be_visible()
    for buttons in FOLDED:
        page.locator(buttons).evaluate_all("all => all.forEach((one) => one.click())")
    expect(page.locator(".facet li.dead").first).to_be_visible()


def search_map(page: Page) -> None:
    page.get_by_label("Find on the map").fill("gan")
    expect(page.locator(".mark.found").first).to_be_attached()


def search_map_in_vain(page: Page) -> None:
    page.get_by_label("Find on the map").fill("qqqqqq")
    expect(page.locator(".atlas [role=status]")).to_have_text("0 papers")


def enlarge_map(page: Page) -> None:
    for _ in range(3):
        page.get_by_role("button", name="Larger").click()
    expect(page.locator(".map .zoom-1").first).to_be_visible()


def focus_edge(page: Page) -> None:
    page.locator(".graph .edge").first.focus()
    expect(page.locator(".graph foreignObject").first).to_be_visible()


def see_comparison(page: Page) -> None:
    expect(page.locator(".comparison")).to_be_visible()


def choose_another(page: Page) -> None:
    see_comparison(page)
    page.get_by_role("button", name="Add another").click()
    expect(page.get_by_role("dialog").get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")


def begin_comparison(page: Page) -> None:
    expect(page.locator(".compare").get_by_role("option").first).to_be_visible()


def fill_list(page: Page) -> None:
    """Keep papers in all states, one of them no longer on the list."""
    note = "# Why\n\n- **first** point, see [the code](https://example.org/)\n\n> quoted, with `code`"
    keep(
        page,
        own_paper("wasserstein-gan", mark="read", star=True, note=note, tags=["to cite", "thesis"]),
        own_paper("tr0n", mark="to-read", place=1),
        own_paper("gan-dissection", mark="reading", star=True, place=2),
        own_paper("gantastic", place=3),
        own_paper("show-and-tell", note="Still good", place=4),
    )
    see_papers(page, "wasserstein-gan", "tr0n", "gan-dissection", "gantastic")
    expect(page.locator("[data-results] .own-note li")).to_be_visible()


def choose_own(page: Page) -> None:
    fill_list(page)
    for box in page.locator(".own-choose").all()[:2]:
        box.check()
    page.locator("[data-choice]").get_by_role("button", name="Compare").focus()


def see_own_states(page: Page) -> None:
    """See marks in the rows of another list."""
    fill_list(page)
    page.goto(page.url.replace("mine/", "tags/gan/"))
    expect(page.locator(".papers .was-read")).to_be_visible()


def see_own_paper(page: Page) -> None:
    fill_list(page)
    page.goto(page.url.replace("mine/", "papers/wasserstein-gan/"))
    expect(page.locator(".own-paper .own-note li")).to_be_attached()


def see_notes(page: Page) -> None:
    see_own_paper(page)
    page.get_by_role("button", name="Notes", exact=True).click()
    expect(page.get_by_role("dialog").locator(".own-note li")).to_be_visible()


def see_notice(page: Page) -> None:
    page.keyboard.press("k")
    expect(page.locator(".notice")).to_be_visible()
    page.locator("[data-own-paper] button.keep").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def see_keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "menu": ("about/", open_menu),
    "suggestions": ("tags/", type_query),
    "index without matches": ("authors/", narrow_to_nothing),
    "compact list": ("tags/gan/", view_compact),
    "compact results": ("browse/?q=gan&view=compact", see_results),
    "filters": ("browse/?q=wasserstein&tag=gan,-stylegan", open_filters),
    "no results": ("browse/?q=qqqqqq", lambda page: expect(page.locator("[data-results]")).to_be_empty()),
    "searched map": ("map/", search_map),
    "map searched in vain": ("map/", search_map_in_vain),
    "enlarged map": ("map/", enlarge_map),
    "graph": ("papers/tr0n/", focus_edge),
    "comparison": ("compare/?papers=tr0n,stylegan-nada,gantastic,show-and-tell", see_comparison),
    "comparison with a choice": ("compare/?papers=tr0n,uncovering-hidden-geometry-in-transformers", choose_another),
    "comparison of one": ("compare/?papers=tr0n", begin_comparison),
    "empty list of one's own": ("mine/", lambda page: expect(page.locator("[data-empty]")).to_be_visible()),
    "list of one's own": ("mine/", fill_list),
    "choice on it": ("mine/", choose_own),
    "marks in rows": ("mine/", see_own_states),
    "kept paper": ("mine/", see_own_paper),
    "notes": ("mine/", see_notes),
    "notice": ("papers/tr0n/", see_notice),
    "keys": ("papers/tr0n/", see_keys),
}


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("state", STATES)
def test_states_are_accessible(chromium: Browser, address: str, state: str, narrow: bool) -> None:
    path, reach = STATES[state]
    with visit(chromium, address, path, width=NARROW if narrow else 1440, dark=narrow) as page:
        page.wait_for_function(COLORS, arg="dark" if narrow else "light")
        reach(page)
        assert violations(page) == []
        if narrow:
            page.emulate_media(forced_colors="active")
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= NARROW

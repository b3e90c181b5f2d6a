"""The page of the reader's own list: search and filters, the order by hand, what is done with several papers at once,
links that share a choice, papers that have left the list, and what is new in it."""

from collections.abc import Iterator
from typing import Any

import pytest
from browser import visit
from own_list import keep, own_paper, see_papers
from playwright.sync_api import Browser, Locator, Page, expect

FIRST, SECOND, THIRD = "wasserstein-gan", "tr0n", "gan-dissection"
KEPT = (
    own_paper(FIRST, mark="read", note="**Weights** are clipped", tags=["to cite"], place=0, times={"kept": 10**12}),
    own_paper(SECOND, mark="to-read", star=True, place=1),
    own_paper(THIRD, mark="reading", tags=["thesis", "to cite"], place=2, times={"kept": 1_600_000_000_000}),
)
RETIRED = "show-and-tell"
REASON = 'nobody here asks for captions any more; read "Gemini".'
RENAMED, NEW_NAME = "nucleus-sampling", "curious-case-of-neural-text-degeneration"
UNKNOWN = "nobody-knows-this"
NOTE_OF_VISITS = """(visits) => new Promise((done) => {
  const opening = indexedDB.open(`reading-list ${new URL('./', document.querySelector('.brand').href).pathname}`);
  opening.onsuccess = () => {
    const writing = opening.result.transaction('notes', 'readwrite');
    writing.objectStore('notes').put(visits, 'visits');
    writing.oncomplete = () => { opening.result.close(); done(); };
  };
})"""


@pytest.fixture
def mine(chromium: Browser, address: str) -> Iterator[Page]:
    """The page of the reader's own list, with three papers in it."""
    with visit(chromium, address, "mine/") as page:
        keep(page, *KEPT)
        see_papers(page, FIRST, SECOND, THIRD)
        yield page


def row(page: Page, paper: str) -> Locator:
    return page.locator(f"[data-results] > [data-paper={paper}]")


def choose(page: Page, *papers: str) -> None:
    for paper in papers:
        row(page, paper).locator(".own-choose").check()


def facet(page: Page, facet: str, value: str) -> Locator:
    """Return the box of a value in the filters."""
    group = page.get_by_role("group", name=facet, exact=True)
    return group.locator("li").filter(has=page.get_by_text(value, exact=True)).get_by_role("checkbox")


def see_count(page: Page, facet: str, value: str, count: int) -> None:
    group = page.get_by_role("group", name=facet, exact=True)
    wanted = group.locator("li").filter(has=page.get_by_text(value, exact=True)).locator(".count")
    expect(wanted).to_have_text(f"{count} paper{'' if count == 1 else 's'}")


# Search and filters


def test_an_empty_list_says_how_to_begin(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "mine/") as page:
        expect(page.locator("[data-empty]")).to_contain_text("Keep papers with the bookmark")
        expect(page.locator("[data-own]")).to_be_hidden()
        page.locator("[data-empty]").get_by_role("link", name="All papers").click()
        page.get_by_role("button", name="Keep Wasserstein GAN", exact=True).click()
        expect(page.locator("header [data-kept]")).to_have_text("1")
        page.get_by_role("link", name="My list").click()
        see_papers(page, FIRST)
        expect(page.locator("[data-empty]")).to_be_hidden()
        row(page, FIRST).get_by_role("button", name="Keep Wasserstein GAN", exact=True).click()
        expect(page.locator("[data-empty]")).to_be_visible()


def test_search_finds_only_what_is_kept(mine: Page) -> None:
    mine.locator("#q").fill("gan")
    expect(mine.locator(".total [role=status]")).to_have_text("3 papers")
    mine.locator("#q").fill("dissection neurons")
    expect(row(mine, THIRD)).to_be_visible()
    expect(row(mine, SECOND)).to_have_count(0)
    mine.locator("#q").fill("inception score")
    expect(mine.locator("[data-results] > [data-paper=note-on-the-inception-score]")).to_have_count(0)
    mine.locator("#q").fill("")
    see_papers(mine, FIRST, SECOND, THIRD)


def test_filters_follow_marks_and_tags(mine: Page) -> None:
    facet(mine, "My tags", "to cite").check()
    see_papers(mine, FIRST, THIRD)
    see_count(mine, "My list", "Read", 1)
    see_count(mine, "My list", "Reading", 1)
    facet(mine, "My list", "Read").check()
    see_papers(mine, FIRST)
    assert mine.evaluate("new URLSearchParams(location.search).get('mine')") == "read"
    row(mine, FIRST).get_by_label("Mark of Wasserstein GAN").select_option("reading")
    see_papers(mine)
    expect(mine.locator(".nothing")).to_be_visible()
    mine.get_by_role("button", name="My whole list").click()
    see_papers(mine, FIRST, SECOND, THIRD)
    see_count(mine, "My list", "Reading", 2)
    mine.go_back()
    see_papers(mine)


def test_a_new_tag_becomes_a_filter(mine: Page) -> None:
    row(mine, SECOND).get_by_role("button", name="Note and tags").click()
    dialog = mine.get_by_role("dialog")
    dialog.get_by_label("My tags, separated by commas").fill("later")
    dialog.get_by_label("Note", exact=True).fill("See *fig. 3*")
    mine.keyboard.press("Escape")
    expect(row(mine, SECOND).locator(".own-facts span")).to_have_text(["later"])
    expect(row(mine, SECOND).locator(".own-note em")).to_have_text("fig. 3")
    facet(mine, "My tags", "later").check()
    see_papers(mine, SECOND)


def test_orders_of_ones_own(mine: Page) -> None:
    order = mine.get_by_label("Order")
    expect(order).to_have_value("mine")
    order.select_option("kept")
    see_papers(mine, SECOND, THIRD, FIRST)
    expect(row(mine, FIRST).get_by_role("button", name="Up")).to_be_hidden()
    order.select_option("title")
    see_papers(mine, THIRD, SECOND, FIRST)
    mine.reload()
    see_papers(mine, THIRD, SECOND, FIRST)


@pytest.mark.parametrize(
    ("query", "papers"),
    [
        ("mine:kept", {FIRST, SECOND, THIRD}),
        ("mine:read", {FIRST}),
        ("mine:starred", {SECOND}),
        ("mine:note", {FIRST}),
        ('mine:"to cite"', {FIRST, THIRD}),
        ("mine:kept -mine:read", {SECOND, THIRD}),
        ("gan mine:reading", {THIRD}),
    ],
)
def test_search_among_all_papers_knows_what_is_kept(mine: Page, address: str, query: str, papers: set[str]) -> None:
    mine.goto(f"{address}browse/")
    mine.locator("#q").fill(query)
    expect(mine.locator(".total [role=status]")).to_have_text(f"{len(papers)} paper{'' if len(papers) == 1 else 's'}")
    rows = mine.locator("[data-results] > [data-paper]")
    expect(rows).to_have_count(len(papers))
    assert {*rows.evaluate_all("(all) => all.map((row) => row.dataset.paper)")} == papers


def test_counts_follow_another_tab(mine: Page, address: str) -> None:
    other = mine.context.new_page()
    other.goto(f"{address}browse/?mine=kept")
    see_count(other, "My list", "On my list", 3)
    row(mine, SECOND).get_by_label("Mark of").select_option("read")
    see_count(other, "My list", "Read", 2)
    other.get_by_role("button", name="Keep Wasserstein GAN", exact=True).click()
    see_count(other, "My list", "On my list", 2)
    see_papers(mine, SECOND, THIRD)
    expect(mine.locator("header [data-kept]")).to_have_text("2")


# The order by hand


def test_papers_are_moved_with_buttons(mine: Page) -> None:
    third, second = row(mine, THIRD), row(mine, SECOND)
    third.get_by_role("button", name="Up").click()
    see_papers(mine, FIRST, THIRD, SECOND)
    expect(third.get_by_role("button", name="Up")).to_be_focused()
    expect(mine.get_by_role("status").filter(has_text="place 2 of 3")).to_have_count(1)
    second.get_by_role("button", name="Top").click()
    see_papers(mine, SECOND, FIRST, THIRD)
    row(mine, FIRST).get_by_role("button", name="Down").click()
    see_papers(mine, SECOND, THIRD, FIRST)
    mine.reload()
    see_papers(mine, SECOND, THIRD, FIRST)


def test_papers_are_dragged(mine: Page) -> None:
    mine.set_viewport_size({"width": 1440, "height": 1800})  # nothing scrolls on the way
    row(mine, THIRD).locator(".own-handle").drag_to(row(mine, FIRST).locator(".work"))
    see_papers(mine, THIRD, FIRST, SECOND)
    row(mine, THIRD).locator(".own-handle").drag_to(row(mine, SECOND).locator(".work"))
    see_papers(mine, FIRST, SECOND, THIRD)
    row(mine, FIRST).locator(".own-handle").drag_to(row(mine, SECOND).locator(".work"))
    see_papers(mine, SECOND, FIRST, THIRD)
    expect(mine.locator(".dragged-over")).to_have_count(0)
    mine.reload()
    see_papers(mine, SECOND, FIRST, THIRD)


def test_a_paper_moves_among_those_that_are_shown(mine: Page) -> None:
    facet(mine, "My tags", "to cite").check()
    see_papers(mine, FIRST, THIRD)
    row(mine, THIRD).get_by_role("button", name="Up").click()
    see_papers(mine, THIRD, FIRST)
    mine.get_by_role("button", name="Remove to cite", exact=True).click()
    see_papers(mine, THIRD, FIRST, SECOND)


def test_what_is_kept_next_stands_first(mine: Page, address: str) -> None:
    mine.goto(f"{address}papers/gantastic/")
    mine.locator("[data-own-paper] button.keep").click()
    expect(mine.locator("header [data-kept]")).to_have_text("4")
    mine.goto(f"{address}mine/")
    see_papers(mine, "gantastic", FIRST, SECOND, THIRD)


# Several papers at once


def test_chosen_papers_are_marked_and_tagged(mine: Page) -> None:
    choose(mine, FIRST, SECOND)
    bar = mine.locator("[data-choice]")
    expect(bar).to_contain_text("2 papers chosen")
    bar.get_by_label("Mark as").select_option("Reading")
    bar.get_by_label("Add tags").fill("later, to cite")
    bar.get_by_label("Add tags").press("Enter")
    for paper, tags in ((FIRST, ["to cite", "later"]), (SECOND, ["later", "to cite"]), (THIRD, ["thesis", "to cite"])):
        expect(row(mine, paper).locator(".own-facts span")).to_have_text(tags)
        expect(row(mine, paper).get_by_label("Mark of")).to_have_value("reading")
    mine.reload()
    see_papers(mine, FIRST, SECOND, THIRD)
    expect(row(mine, FIRST).get_by_label("Mark of")).to_have_value("reading")


def test_chosen_papers_are_removed_and_come_back(mine: Page) -> None:
    every = mine.locator("[data-choice]").get_by_role("checkbox")
    choose(mine, FIRST, THIRD)
    assert every.evaluate("(box) => box.indeterminate")
    mine.locator("[data-choice]").get_by_role("button", name="Remove").click()
    see_papers(mine, SECOND)
    expect(mine.locator(".notice [role=status]")).to_have_text("Removed from your list: 2 papers")
    mine.get_by_role("button", name="Undo").click()
    see_papers(mine, FIRST, SECOND, THIRD)
    expect(row(mine, FIRST).locator(".own-note strong")).to_have_text("Weights")
    every.check()
    expect(mine.locator(".own-choose:checked")).to_have_count(3)
    mine.locator("[data-choice]").get_by_role("button", name="Remove").click()
    expect(mine.locator("[data-empty]")).to_be_visible()
    mine.get_by_role("button", name="Undo").click()
    see_papers(mine, FIRST, SECOND, THIRD)


def test_a_choice_ends_with_what_is_shown(mine: Page) -> None:
    choose(mine, FIRST, SECOND)
    facet(mine, "My list", "Starred").check()
    see_papers(mine, SECOND)
    expect(mine.locator("[data-choice]")).to_contain_text("1 paper chosen")
    mine.locator("[data-choice]").get_by_role("button", name="Remove").click()
    mine.get_by_role("button", name="My whole list").click()
    see_papers(mine, FIRST, THIRD)


def copied_link(page: Page) -> str:
    page.locator("[data-choice]").get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    copied: str = page.evaluate("navigator.clipboard.readText()")
    return copied


def test_a_link_shares_a_choice_and_nothing_else(chromium: Browser, address: str, mine: Page) -> None:
    choose(mine, FIRST, THIRD)
    link = copied_link(mine)
    assert link == f"{address}browse/?papers={FIRST},{THIRD}"
    with visit(chromium, address, link.removeprefix(address)) as other:
        expect(other.locator(".total [role=status]")).to_have_text("2 papers")
        see_papers(other, THIRD, FIRST)  # newest first
        expect(other.locator("header [data-kept]")).to_have_text("")
        other.get_by_role("button", name="Remove 2 papers chosen").click()
        expect(other.locator(".total [role=status]")).not_to_have_text("2 papers")
        assert other.evaluate("location.search") == ""


def test_a_link_follows_papers_and_says_which_it_lacks(chromium: Browser, address: str) -> None:
    asked = f"browse/?papers={RENAMED},{RETIRED},{UNKNOWN},{FIRST},__proto__,<b>x"
    with visit(chromium, address, asked) as page:
        see_papers(page, NEW_NAME, FIRST)
        said = page.locator(".remarks")
        expect(said).to_contain_text(f"“{RETIRED}” is no longer on the list: {REASON}")
        for paper in (UNKNOWN, "__proto__", "<b>x"):
            expect(said).to_contain_text(f"“{paper}” is not on the list.")
        assert page.locator(".remarks b").count() == 0
        page.goto(f"{address}browse/?papers={UNKNOWN}")
        expect(page.locator(".total [role=status]")).to_have_text("No papers found")
        expect(page.locator(".remarks")).to_contain_text(f"“{UNKNOWN}” is not on the list.")
        page.locator(".nothing").get_by_role("button", name="All papers").click()
        expect(page.locator("[data-results] > [data-paper]").first).to_be_visible()


# What changes in the list


def test_kept_papers_follow_the_list(chromium: Browser, address: str) -> None:
    before = own_paper(RENAMED, note="Read twice", title="Nucleus Sampling")
    retired = own_paper(RETIRED, note="Still good", title="Show and Tell", place=1)
    gone = (own_paper(UNKNOWN, title="Nobody's", place=2), retired)
    with visit(chromium, address, "mine/") as page:
        keep(page, before, *gone)
        see_papers(page, NEW_NAME)
        expect(row(page, NEW_NAME).locator(".own-note")).to_have_text("Read twice")
        left, unknown = page.locator("[data-gone] li").all()
        expect(left).to_contain_text("Show and Tell")
        expect(left.locator(".reason")).to_have_text(REASON)
        expect(left.locator(".own-note")).to_have_text("Still good")
        expect(unknown).to_contain_text("Nobody's")
        expect(unknown.locator(".reason")).to_contain_text("gives no reason")
        expect(unknown.get_by_role("link")).to_have_count(0)
        unknown.get_by_role("button", name="Remove").click()
        expect(page.locator("[data-gone] li")).to_have_count(1)
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("[data-gone] li")).to_have_count(2)
        page.reload()
        see_papers(page, NEW_NAME)
        left.get_by_role("link", name="Show and Tell").click()
        expect(page.locator("article")).to_contain_text(REASON)


def test_only_papers_that_left_the_list(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "mine/") as page:
        keep(page, own_paper(UNKNOWN, title="Nobody's"))
        expect(page.locator(".nothing")).to_contain_text("Nothing that you keep is on the list any more.")
        expect(page.locator("[data-gone]")).to_contain_text("Nobody's")


def test_what_was_added_since_the_last_visit_is_named(mine: Page, address: str) -> None:
    expect(mine.locator("[data-new]")).to_be_hidden()  # in the first visit, everything would be new
    ids: Any = mine.evaluate("(list) => fetch(list).then((read) => read.json())", f"{address}search/list.json")
    known = [paper for paper in ids["papers"]["ids"] if paper not in ("gantastic", THIRD)]
    mine.evaluate(NOTE_OF_VISITS, {"ids": known, "at": 1_700_000_000_000, "fresh": [], "since": 0})
    for _ in range(2):  # also after the page is read again soon
        mine.reload()
        expect(mine.locator("[data-new] > p")).to_have_text("Added since your last visit, November 14, 2023:")
        expect(mine.locator("[data-new] li")).to_have_count(2)
    mine.locator("[data-new] [data-paper=gantastic] button.keep").click()
    expect(mine.locator("header [data-kept]")).to_have_text("4")
    see_papers(mine, "gantastic", FIRST, SECOND, THIRD)


def test_without_script_the_page_leads_to_all_papers(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "mine/", script=False) as page:
        expect(page.locator("article")).to_contain_text("Your list needs JavaScript.")
        assert page.locator(":is([data-empty], .own-head, [data-choice], .ask):visible").count() == 0
        page.locator("article").get_by_role("link", name="one page").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("All papers")

"""What readers do most, in Firefox and in WebKit; the tests beside this one try everything in Chromium."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from drivers import BROWSERS, Driver, until

from generator.content.model import Library

WIDE, PHONE = 1440, 390
ENTER, ESCAPE, DOWN = "\ue007", "\ue00c", "\ue015"  # as WebDriver writes these keys
SEEN = "[...document.querySelectorAll({css!r})].filter((one) => one.checkVisibility({{ visibilityProperty: true }}))"

PLACE = """(one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  const middle = [x + width / 2, y + height / 2].map(Math.round);
  return one.contains(document.elementFromPoint(...middle)) ? middle : null;
}"""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads a site in a browser."""

    driver: Driver
    site: str

    def open(self, path: str = "", width: int = WIDE) -> None:
        self.driver.resize(width)
        self.driver.visit(self.site + path)
        self.await_that("document.hasFocus()")

    def answer(self, expression: str) -> Any:
        return self.driver.answer(expression)

    def await_that(self, expression: str) -> None:
        until(lambda: self.answer(expression), expression)

    def texts(self, css: str) -> list[str]:
        """Return the texts of all visible elements."""
        words = "(one) => one.innerText.replace(/\\s+/g, ' ').trim()"
        return list(self.answer(f"{SEEN.format(css=css)}.map({words})"))

    def see(self, css: str, *texts: str) -> None:
        """Wait until the visible elements have these texts."""
        until(lambda: self.texts(css) == [*texts], f"{css}: {texts}")

    def count(self, css: str) -> int:
        return int(self.answer(f"{SEEN.format(css=css)}.length"))

    def see_some(self, css: str, number: int | None = None) -> None:
        """Wait until this number of elements is visible, or any."""
        until(lambda: self.count(css) == number if number is not None else self.count(css), f"{number} {css}")

    def see_address(self, path: str) -> None:
        self.await_that(f"location.href === {self.site + path!r}")

    def click(self, css: str) -> None:
        """Click the first visible element in the middle, once nothing covers it."""
        self.see_some(css)
        self.answer(f"{SEEN.format(css=css)}[0].scrollIntoView({{ block: 'center', behavior: 'instant' }})")
        x, y = until(lambda: self.place(css), f"{css} can be clicked")
        point = {"type": "pointerMove", "x": x, "y": y, "duration": 0, "origin": "viewport"}
        buttons = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
        self.driver.act([mouse | {"actions": [point, *buttons]}])

    def place(self, css: str) -> list[int] | None:
        """Return the middle of the first visible element if nothing covers it."""
        middle: list[int] | None = self.answer(f"({PLACE})({SEEN.format(css=css)}[0])")
        return middle

    def type(self, text: str) -> None:
        strokes = [{"type": stroke, "value": key} for key in text for stroke in ("keyDown", "keyUp")]
        self.driver.act([{"type": "key", "id": "keys", "actions": strokes}])

    def choose(self, css: str, value: str) -> None:
        """Choose a value of a list that opens in a window of the system's own."""
        self.see_some(css)
        change = "one.dispatchEvent(new Event('change', { bubbles: true }))"
        self.answer(f"((one) => {{ one.value = {value!r}; {change}; return true; }})({SEEN.format(css=css)}[0])")


@pytest.fixture(scope="module", params=BROWSERS)
def driver(request: pytest.FixtureRequest) -> Iterator[Driver]:
    with BROWSERS[request.param]() as running:
        yield running


@pytest.fixture
def reader(driver: Driver, address: str) -> Iterator[Reader]:
    yield Reader(driver, address)
    assert driver.faults == []


def test_the_search_box_suggests_and_leads(reader: Reader) -> None:
    reader.open("papers/tr0n/")
    reader.click(".search input")
    reader.see_some(".search [role=combobox]")
    reader.type("wasserstien")
    reader.await_that("document.querySelector('[data-suggestions] [data-paper]')?.dataset.paper === 'wasserstein-gan'")
    reader.type(DOWN)
    reader.await_that("document.querySelector('[aria-selected=true]')?.dataset.paper === 'wasserstein-gan'")
    reader.type(ENTER)
    reader.see_address("papers/wasserstein-gan/")


def test_queries_facets_chips_and_orders_narrow_the_papers(reader: Reader) -> None:
    reader.open("browse/")
    reader.click(".ask input")
    reader.type("gan")
    reader.await_that("document.querySelector('[data-results]').dataset.results === 'gan'")
    every = reader.count("[data-results] > li")
    reader.click("[data-facet=code] li input")
    reader.see_address("browse/?q=gan&code=yes")
    until(lambda: 0 < reader.count("[data-results] > li") < every, "fewer papers")
    reader.click("[data-view=compact]")
    reader.see_address("browse/?q=gan&code=yes&view=compact")
    reader.see_some("[data-results] .summary", 0)
    reader.choose(".bar [data-sort]", "oldest")
    reader.see_address("browse/?q=gan&code=yes&sort=oldest&view=compact")
    reader.click(".chips .chip")
    reader.see_address("browse/?q=gan&sort=oldest&view=compact")
    reader.see_some("[data-results] > li", every)
    reader.answer("history.back() ?? true")
    reader.see_address("browse/?q=gan&code=yes&sort=oldest&view=compact")
    until(lambda: reader.count("[data-results] > li") < every, "fewer papers")


def test_filters_open_in_a_sheet_on_a_phone(reader: Reader, toy: Library) -> None:
    reader.open("browse/", PHONE)
    reader.see("button.filters", "Filters")
    reader.see_some("#facets", 0)
    reader.click("button.filters:enabled")
    reader.see("dialog.sheet .show", f"Show {len(toy.papers)} papers")
    reader.click("dialog.sheet [data-facet=code] li input")
    public = sum(bool(paper.links.code) for paper in toy.papers)
    reader.see("dialog.sheet .show", f"Show {public} papers")
    reader.click("dialog.sheet .show")
    reader.see("button.filters", "Filters (1)")
    reader.see_some("dialog", 0)
    reader.see_some("[data-results] > li", public)
    assert reader.answer("document.documentElement.scrollWidth <= innerWidth")


def test_a_citation_is_made(reader: Reader) -> None:
    reader.open("papers/wasserstein-gan/")
    reader.click("button.cite")
    reader.await_that("document.querySelector('dialog.citing [name]:checked') !== null")
    reader.await_that("document.querySelector('dialog.citing').innerText.includes('Arjovsky')")
    reader.type(ESCAPE)
    reader.see_some("dialog", 0)
    reader.await_that("document.activeElement.matches('button.cite')")


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_names_of_choices_keep_clear_of_them(reader: Reader, width: int) -> None:
    reader.open("papers/wasserstein-gan/", width)
    reader.click("button.cite")
    reader.await_that("document.querySelector('dialog.citing [name]:checked') !== null")
    gap = """(group) => {
      const [name, choice] = ["span", "label"].map((css) => group.querySelector(css).getBoundingClientRect());
      return Math.max(choice.left - name.right, choice.top - name.bottom);
    }"""
    assert min(reader.answer(f"[...document.querySelectorAll('.citing [role=group]')].map({gap})")) >= 4


def test_the_list_of_a_tag_is_put_in_order(reader: Reader) -> None:
    reader.open("tags/gan/")
    rows = "[...document.querySelectorAll('ol.papers > li')].map((row) => row.dataset.paper)"
    newest = reader.answer(rows)
    reader.choose("[data-sort]", "oldest")
    reader.see_address("tags/gan/?sort=oldest")
    until(lambda: reader.answer(rows) == newest[::-1], "oldest first")
    reader.click("[data-view=compact]")
    reader.see_some("ol.papers .summary", 0)


def test_an_index_is_filtered(reader: Reader) -> None:
    reader.open("authors/")
    every = reader.count(".index li")
    reader.click(".narrow input")
    reader.type("martin arj")
    reader.see(".index li a", "Martin Arjovsky")
    reader.see(".narrow [role=status]", "1 author")
    reader.type(ESCAPE)
    reader.see_some(".index li", every)


def test_the_map_is_searched_and_enlarged(reader: Reader) -> None:
    reader.open("map/")
    reader.click(".atlas [type=search]")
    reader.type("wasserstein")
    reader.see(".atlas [role=status]", "1 paper")
    reader.see_some(".mark.found", 1)
    wider = "((frame) => Math.round(frame.scrollWidth / frame.clientWidth))(document.querySelector('.map'))"
    assert reader.answer(wider) == 1
    reader.click("[data-zoom='2']")
    reader.await_that(f"{wider} === 2")
    reader.click("[data-zoom='0']")
    reader.await_that(f"{wider} === 1")


def test_the_menu_opens_and_leads(reader: Reader) -> None:
    reader.open("", PHONE)
    reader.click(".menu summary")
    reader.click(".menu a[href='venues/']")
    reader.see_address("venues/")
    reader.see("h1", "Venues")


def test_papers_are_compared(reader: Reader) -> None:
    reader.open("compare/?papers=uncovering-hidden-geometry-in-transformers,tr0n")
    reader.see_some(".comparison math[display=block]", 1)
    assert [text for text in reader.texts(".comparison q") if "zero-shot FID of 10.9" in text]
    reader.click(".comparison .to-back")
    reader.see_address("compare/?papers=tr0n,uncovering-hidden-geometry-in-transformers")
    reader.see_some(".comparison thead th:nth-child(2)[data-own-paper=tr0n]", 1)
    reader.answer("history.back() ?? true")
    reader.see_some(".comparison thead th:nth-child(3)[data-own-paper=tr0n]", 1)

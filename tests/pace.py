"""Measures the speed of search, and of a list of the reader's own, in a real browser on a built site."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from browser import browser, visit
from own_list import keep, own_paper
from playwright.sync_api import Page
from sites import served, zipped

QUERIES = (
    *(
        "wasserstein gan",
        "explain graph neural networks",
        "how do i spot a fake photo",
        "difusion model editting",
        "LLM",
    ),
    *("does the network copy its training images", "author:bau gan", "text to image generation", "saliency maps"),
)
KEY = """async () => {
  const field = document.querySelector("[data-browse] [type=search]");
  const results = document.querySelector("[data-results]");
  const times = [];
  field.focus();
  for (const query of QUERIES) {
    for (let end = 1; end <= query.length; end++) {
      const typed = query.slice(0, end);
      const start = performance.now();
      field.value = typed;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      while (results.dataset.results !== typed) await null;
      results.getBoundingClientRect();
      times.push(performance.now() - start);
      await new Promise((done) => setTimeout(done, 20));
    }
  }
  return times;
}"""
FACET = """async () => {
  const box = document.querySelector(".facet[data-facet=model] input:not(:disabled)");
  const results = document.querySelector("[data-results]");
  const times = [];
  for (let time = 0; time < 20; time++) {
    const drawn = new Promise((done) => new MutationObserver(done).observe(results, { childList: true }));
    const start = performance.now();
    box.click();
    await drawn;
    results.getBoundingClientRect();
    times.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 20));
  }
  return times;
}"""
MARK = """async () => {
  const times = [];
  for (let time = 0; time < 20; time++) {
    const mark = document.querySelectorAll("[data-results] .own-mark")[time];
    const value = mark.value === "read" ? "reading" : "read";
    const start = performance.now();
    mark.value = value;
    mark.dispatchEvent(new Event("change", { bubbles: true }));
    const row = mark.closest("[data-paper]");
    if (row.querySelector(".keep").dataset.mark !== value) throw new Error("The mark is not shown");
    row.getBoundingClientRect();
    times.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 200));
  }
  return times;
}"""
DRAW = """async () => {
  const order = document.querySelector("[data-sort]");
  const results = document.querySelector("[data-results]");
  const times = [];
  for (let time = 0; time < 12; time++) {
    const drawn = new Promise((done) => new MutationObserver(done).observe(results, { childList: true }));
    const start = performance.now();
    order.value = time % 2 ? "mine" : "title";
    order.dispatchEvent(new Event("change", { bubbles: true }));
    await drawn;
    results.getBoundingClientRect();
    times.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 50));
  }
  return times;
}"""

DRAWN = "() => document.querySelector('[data-results]')?.ariaBusy === 'false'"
EVERYTHING = "() => document.querySelector('[data-results]').dataset.results === ''"
WHOLE = "() => !document.querySelector('.remarks').textContent.includes('still loading')"
WATCHED = """
window.longest = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
}).observe({ type: "longtask", buffered: true });
document.addEventListener("DOMContentLoaded", () => {
  const results = document.querySelector("[data-results]");
  const watch = () => {
    if (results.children.length) window.first ??= performance.now();
  };
  if (results) new MutationObserver(watch).observe(results, { childList: true });
});
"""
OPENINGS = 5  # of a page, for medians


@dataclass(frozen=True, slots=True)
class Pace:
    """The speed of search on a site.

    `key`: milliseconds from a keystroke to the updated results (95th percentile); `facet`: from a click on a facet's
    value to the updated counts and results (median); `first` and `found`: from opening the page to the first results,
    without words and with one (medians); `longest`: the longest task in which the page cannot react, from opening it
    to the results in all texts (median). `before` and `data`: gzipped bytes of data that are loaded before the first
    results, and in total.
    """

    key: float
    facet: float
    first: float
    found: float
    longest: float
    before: int
    data: int


def pace(site: Path) -> Pace:
    """Return the speed of search on a site."""
    with served(site) as address, browser() as chromium, visit(chromium, address, "about/") as page:
        page.add_init_script(WATCHED)
        plain = [opened(page, f"{address}browse/") for _ in range(OPENINGS)]
        asked = [opened(page, f"{address}browse/?q=gan") for _ in range(OPENINGS)]
        keys = sorted(page.evaluate(KEY.replace("QUERIES", str(list(QUERIES)))))
        page.goto(f"{address}browse/")
        page.wait_for_function(DRAWN, timeout=60_000)
        page.wait_for_function(WHOLE, timeout=120_000)
        facets: Sequence[float] = page.evaluate(FACET)
    texts = sorted((site / "search").glob("texts-*.json"))
    before = zipped(site / "search/list.json") + zipped(site / "search/texts-0.json")
    return Pace(
        key=keys[int(0.95 * len(keys))],
        facet=statistics.median(facets),
        first=statistics.median(first for first, _ in plain),
        found=statistics.median(first for first, _ in asked),
        longest=statistics.median(longest for _, longest in asked),
        before=before,
        data=zipped(site / "search/list.json") + sum(map(zipped, texts)),
    )


def opened(page: Page, address: str) -> tuple[float, float]:
    """Open a page of results, and return the milliseconds to the first ones, and those of the longest task."""
    page.goto(address, wait_until="commit")
    page.wait_for_function("() => window.first", timeout=60_000)
    page.wait_for_function(WHOLE, timeout=120_000)
    first, longest = page.evaluate("[window.first, window.longest]")
    return float(first), float(longest)


@dataclass(frozen=True, slots=True)
class OwnPace:
    """The speed of a list of the reader's own with all papers of a site.

    `mark`: milliseconds from a choice of a mark to the row that shows it; `drawn`: from a choice of an order to the
    rows in it. Both are medians.
    """

    mark: float
    drawn: float


def own_pace(site: Path) -> OwnPace:
    """Return the speed of a list of the reader's own."""
    names = json.loads((site / "search/list.json").read_text("utf-8"))["papers"]["ids"]
    with served(site) as address, browser() as chromium, visit(chromium, address, "mine/") as page:
        keep(page, *(own_paper(name, place=at) for at, name in enumerate(names)))
        page.goto(f"{address}mine/?q=gan")
        page.wait_for_function(DRAWN, timeout=60_000)
        page.wait_for_function(WHOLE, timeout=120_000)
        page.fill("#q", "")
        page.wait_for_function(EVERYTHING)
        return OwnPace(statistics.median(page.evaluate(MARK)), statistics.median(page.evaluate(DRAW)))

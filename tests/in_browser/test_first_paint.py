"""What readers see first stays where it is: scripts, data and typefaces that come late, in this order, do not move the
text of a page that was painted without them.

Each system has other typefaces that stand in at first. Those of phones and of desktops may not be here, so free ones
with the same widths take their place.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from browser import KINDS, PATIENCE
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sites import ROOT, target, zipped

MOST_SHIFT = 0.05  # in all; browsers count only the worst five seconds
STAGES = {
    "scripts": re.compile(r"/assets/scripts/(?!colors)"),
    "data": re.compile(r"/search/.*\.json"),
    "typefaces": re.compile(r"/assets/.*\.woff2$"),
}
DESKTOP = {"Serif as Georgia": "gelasio", "Sans as Arial": "arimo"}
ANDROID = {"Serif as Noto": "noto-serif", "Sans as Roboto": "roboto"}
SCREENS = {390: ANDROID, 1440: DESKTOP}  # the free typefaces that stand in, by the width in px
RULE = re.compile(r'font-family: "(S\w+ as \w+)";\s*font-weight: (\d+) \d+;\s*font-style: (\w+);\s*src: (.*);')
RECORD = """
window.shifts = [];
new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true });
"""
SHIFTS = """() => shifts.splice(0).map(({ value, sources }) => [value, sources.map(({ node }) => {
  const at = node instanceof Element ? node : node?.parentElement;
  return at ? `${at.localName}.${at.className}: ${at.textContent.trim().slice(0, 30)}` : "something";
})])"""
REST = """async () => {
  for (let frame = 0; frame < 3; frame++) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  await new Promise((done) => requestIdleCallback(done));
}"""
LOAD = """families => Promise.all(families.flatMap((family) => ["400", "600", "italic 400"].map(
  (style) => document.fonts.load(`${style} 16px "${family}"`))))"""
HEIGHT = "document.documentElement.scrollHeight"
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length"


@dataclass(slots=True)
class Held:
    """Requests of a page that wait until their stage begins, and those that were let go and have no answer yet."""

    waiting: dict[str, list[Route]] = field(default_factory=lambda: {stage: [] for stage in STAGES})
    begun: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)

    def take(self, route: Route) -> None:
        stage = next(name for name, pattern in STAGES.items() if pattern.search(route.request.url))
        if stage in self.begun:
            self.let_go(route)
        else:
            self.waiting[stage].append(route)

    def let_go(self, route: Route) -> None:
        self.open.add(route.request.url)
        route.continue_()

    def begin(self, stage: str, page: Page) -> None:
        """Let the requests of a stage go, and wait until the page has nothing more to do."""
        self.begun.add(stage)
        for route in self.waiting[stage]:
            self.let_go(route)
        page.evaluate(REST)
        while self.open:
            page.wait_for_event("requestfinished")
            page.evaluate(REST)


def stand_in(rule: re.Match[str], stand_ins: Mapping[str, str]) -> str:
    """Return the rule of a face, with the file of a free typeface in place of the system's own."""
    family, weight, style, names = rule.groups()
    kind = "400-italic" if style == "italic" else "400-normal" if weight == "1" else "700-normal"
    name = stand_ins.get(family)
    return rule[0].replace(names, f'url("/stand-in/{name}/files/{name}-latin-{kind}.woff2")' if name else 'local("")')


@pytest.fixture(scope="module", params=SCREENS)
def screen(request: pytest.FixtureRequest, chromium: Browser, site: Path) -> Iterator[tuple[BrowserContext, list[str]]]:
    """A phone or a desktop, and the families of the faces that stand in there."""
    with screen_of(request.param, chromium, site) as context:
        yield context, [*SCREENS[request.param]]


@contextmanager
def screen_of(width: int, chromium: Browser, site: Path) -> Iterator[BrowserContext]:
    """Open a phone or a desktop, and yield it."""
    faces = (site / "assets/fonts/faces.css").read_text("utf-8")
    rules, count = RULE.subn(lambda rule: stand_in(rule, SCREENS[width]), faces)
    assert count
    context = chromium.new_context(
        viewport={"width": width, "height": 844}, is_mobile=width < 600, service_workers="block"
    )
    context.set_default_timeout(PATIENCE)
    context.add_init_script(RECORD)
    context.route("**/faces.css", lambda route: route.fulfill(body=rules, content_type="text/css"))
    context.route("**/stand-in/**", give_stand_in)
    yield context
    context.close()


def give_stand_in(route: Route) -> None:
    route.fulfill(path=ROOT / "node_modules/@fontsource" / route.request.url.partition("/stand-in/")[2])


@contextmanager
def first_painted(context: BrowserContext, address: str, families: Sequence[str]) -> Iterator[tuple[Page, Held]]:
    """Open a page, and yield it when it was painted with nothing but its HTML, its styles and faces that stand in."""
    page, held = context.new_page(), Held()
    page.on("requestfinished", lambda done: held.open.discard(done.url))
    for pattern in STAGES.values():
        page.route(pattern, lambda route: held.take(route))
    page.goto(address, wait_until="commit")
    page.wait_for_function(PAINTED)
    page.evaluate(LOAD, families)
    page.evaluate(REST)
    page.evaluate(SHIFTS)
    yield page, held
    page.close()


@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_late_moves_nothing(screen: tuple[BrowserContext, list[str]], address: str, kind: str) -> None:
    context, families = screen
    found = {}
    with first_painted(context, address + kind, families) as (page, held):
        for stage in STAGES:
            held.begin(stage, page)
            found[stage] = page.evaluate(SHIFTS)
    assert held.waiting["typefaces"], "no typeface came late"
    assert sum(value for shifts in found.values() for value, _ in shifts) < MOST_SHIFT, found


@pytest.mark.parametrize("width", SCREENS)
def test_progress_on_paths_moves_nothing(chromium: Browser, site: Path, address: str, width: int) -> None:
    with screen_of(width, chromium, site) as context:
        begin = context.new_page()
        begin.goto(f"{address}paths/looking-inside/")
        begin.locator("#step-1 .tick input").check()
        expect(begin.locator(".steps-read")).to_have_text("1 of 4 read")
        begin.goto(f"{address}paths/")
        expect(begin.locator(".steps-read")).to_have_text(["0 of 3 read", "0 of 2 read", "1 of 4 read"])
        begin.goto(f"{address}paths/first-steps/")
        expect(begin.locator("[data-kept]").first).to_have_text("1")
        for kind in ("", "paths/", "paths/looking-inside/", "paths/first-steps/"):
            with first_painted(context, address + kind, [*SCREENS[width]]) as (page, held):
                before = page.evaluate(HEIGHT)
                held.begin("scripts", page)
                shown = page.locator(".steps-read progress")
                expect(shown).to_have_count({"": 3, "paths/": 3, "paths/looking-inside/": 1}.get(kind, 0))
                expect(page.locator(".continue a")).to_have_count(1 if kind in ("", "paths/looking-inside/") else 0)
                assert page.evaluate(HEIGHT) == before
                assert sum(value for value, _ in page.evaluate(SHIFTS)) < MOST_SHIFT


def test_faces_that_stand_in_take_as_much_room(
    screen: tuple[BrowserContext, list[str]], address: str, site: Path
) -> None:
    context, families = screen
    with first_painted(context, address + "papers/tr0n/", families) as (page, held):
        for stage in ("scripts", "data"):
            held.begin(stage, page)
        with_stand_ins = page.evaluate(HEIGHT)
    own, faces = context.new_page(), (site / "assets/fonts/faces.css").read_text("utf-8")
    own.route(
        "**/faces.css", lambda route: route.fulfill(body=faces.replace("optional", "block"), content_type="text/css")
    )
    own.goto(f"{address}papers/tr0n/")
    own.evaluate("() => document.fonts.ready.then(() => true)")
    assert with_stand_ins == pytest.approx(own.evaluate(HEIGHT), rel=0.03)
    own.close()


def test_typefaces_of_text_never_take_the_place_of_others(site: Path) -> None:
    rules = re.findall(r"@font-face \{(.*?)\}", (site / "assets/fonts/faces.css").read_text("utf-8"), re.DOTALL)
    own = [rule for rule in rules if "url(" in rule and "Math" not in rule and "Code" not in rule]
    assert own
    assert all("font-display: optional" in rule for rule in own)


def test_pages_preload_the_typefaces_of_their_first_text(site: Path, found: Mapping[str, Element]) -> None:
    sheet = (site / "assets/fonts/faces.css").read_text("utf-8")
    for name, tree in found.items():
        links = [link for link in tree.iter("link") if link.get("rel") == "preload"]
        assert [(link.get("as"), link.get("crossorigin")) for link in links] == [("font", "")] * 2, name
        files = [target(name, link.get("href", "")) for link in links if name != "404.html"]
        assert all(f"url({file.removeprefix('assets/fonts/')})" in sheet for file in files), name
        assert all((site / file).is_file() for file in files), name


def test_pages_load_only_style_sheets_of_their_own(site: Path, found: Mapping[str, Element]) -> None:
    names = [target("", link.get("href", "")) for link in found[""].iter("link") if link.get("rel") == "stylesheet"]
    assert names == ["assets/fonts/faces.css", "assets/reading.css"]
    assert sum(zipped(site / name) for name in names) < 20_000

"""Only the site's own scripts run on its pages, and whatever a curator writes is shown as text.

The first half tests the Content Security Policy of the pages. The second fills all free-text fields with text that
tries to inject markup, builds the site, and checks the result.
"""

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import is_dataclass, replace
from html import unescape
from itertools import count, cycle
from pathlib import Path
from typing import Any, TypeVar, cast, get_args
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest
import yaml
from both import ZENSICAL
from browser import visit
from hostile import FRAGMENTS
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from lists import save
from live import free_address
from playwright.sync_api import Browser, Page, expect
from sites import TOY, broken, built, pages, served

from generator.checks.rules import check
from generator.citations.names import display_name
from generator.content.characters import REFUSED_EVERYWHERE, character_fault
from generator.content.loader import MAX_PAGE_TITLE_LENGTH, load
from generator.content.model import (
    Address,
    Category,
    KnownVenue,
    Library,
    License,
    Line,
    Name,
    Paper,
    Person,
    Prose,
    Question,
    TextFormat,
)
from generator.content.model import Page as Handwritten
from generator.content.reader import keys_of, origin_and_arguments
from generator.output.preview import FolderSource, Preview, reserve_address, start_serving
from generator.site import escaping
from generator.site.navigation import MAIN_PAGE

T = TypeVar("T")
Pages = Mapping[str, Element]
DATA = "application/ld+json"  # which browsers do not run
COLORS = "document.documentElement.dataset.colors"


# The policy


@pytest.fixture(scope="module", params=["MkDocs", "Zensical"])
def either(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Return all pages of the toy list's site, from each builder."""
    if request.param == "MkDocs":
        return cast(Pages, request.getfixturevalue("found"))
    return pages(built(tmp_path_factory.mktemp("built"), TOY, *ZENSICAL))


def test_the_policy_stands_before_all_that_it_governs(either: Pages) -> None:
    for page, tree in either.items():
        first = tree.findall("./head/*")[0]
        assert first.get("http-equiv") == "Content-Security-Policy", page
        policy = first.get("content") or ""
        assert "default-src 'none'; script-src 'self'; style-src 'self';" in policy
        assert "unsafe" not in policy


def test_nothing_in_a_page_is_a_script_or_a_style(either: Pages) -> None:
    ours = re.compile(r"(?:/|(?:\.\.?/)*)assets/scripts/(?:colors|main|missing)\.js")
    for page, tree in either.items():
        for node in tree.iter():
            assert node.tag not in {"style", "iframe", "object", "embed", "base"}, page
            assert not [name for name in node.attrib if name == "style" or name.startswith("on")], page
            if node.tag == "script" and node.get("type") == DATA:
                assert node.attrib == {"type": DATA}, page
                assert not set("<>&") & set(node.text or ""), page
            elif node.tag == "script":
                assert not node.text, page
                assert ours.fullmatch(node.get("src", "")), page
        scripts = [node for node in tree.iter("script") if node.get("type") != DATA]
        assert len(scripts) == (3 if page.startswith("404") else 2), page


@contextmanager
def watched(chromium: Browser, address: str) -> Iterator[Page]:
    """Open a page that records violations of its policy in `broken`, and console errors in `said`."""
    page = chromium.new_page()
    page.add_init_script("""
        window.broken = [], window.said = [], window.ran = [];
        console.error = (...words) => said.push(words.join(" "));
        addEventListener("error", (event) => said.push(event.message));
        addEventListener("securitypolicyviolation", (event) => broken.push(event.effectiveDirective));
    """)
    page.goto(address)
    yield page
    page.close()


BAIT = """
<script>ran.push("script")</script>
<script type="module">ran.push("module")</script>
<script src="data:text/javascript,ran.push('data')"></script>
<img src="nowhere.png" onerror="ran.push('onerror')">
<svg onload="ran.push('onload')"></svg>
<details open ontoggle="ran.push('ontoggle')"></details>
<a id="bait" href="javascript:ran.push('address')">bait</a>
<iframe srcdoc="<script>parent.ran.push('frame')</script>"></iframe>
<style>article { display: none }</style>
<p style="display: none" id="hidden">shown</p>
"""


def baited(site: Path, folder: Path, *, policy: bool) -> Path:
    """Create a folder with one page of a site that has injected scripts, with or without the policy, and return it."""
    page = (site / "papers/tr0n/index.html").read_text("utf-8")
    page, times = re.subn("</article>", lambda end: BAIT + end[0], page)
    assert times == 1
    if not policy:
        page, times = re.subn("<meta http-equiv[^>]*>", "", page)
        assert times == 1
    (folder / "papers/tr0n").mkdir(parents=True)
    (folder / "papers/tr0n/index.html").write_text(page, "utf-8")
    (folder / "assets").symlink_to(site / "assets")
    return folder


@pytest.mark.parametrize("policy", [True, False], ids=["with the policy", "without it"])
def test_a_script_that_got_into_a_page_does_not_run(
    chromium: Browser, site: Path, tmp_path: Path, *, policy: bool
) -> None:
    with (
        served(baited(site, tmp_path, policy=policy)) as address,
        watched(chromium, f"{address}papers/tr0n/") as page,
    ):
        page.wait_for_load_state("networkidle")
        page.evaluate("document.getElementById('bait').click()")
        page.wait_for_timeout(200)
        ran = set(page.evaluate("ran"))
        if policy:
            assert ran == set()
            assert set(page.evaluate("broken")) >= {"script-src-elem", "script-src-attr", "style-src-elem"}
            expect(page.locator("article")).to_be_visible()
            expect(page.locator("#hidden")).to_be_visible()
            assert refused(page) == ["connect-src", "require-trusted-types-for", "style-src-elem"]
        else:
            assert ran == {"script", "module", "data", "onerror", "onload", "ontoggle", "address", "frame"}


def refused(page: Page) -> list[str]:
    """Try what even running scripts may not do: send data elsewhere, load style sheets from there, set HTML from text.

    Return the directives of the policy that stop them, sorted.
    """
    page.evaluate("""() => {
        broken.length = 0;
        fetch("http://127.0.0.1:9/").catch(() => {});
        const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "http://127.0.0.1:9/" });
        document.head.append(link);
        try { document.body.innerHTML = "<b>x</b>" } catch {}
    }""")
    page.wait_for_function("() => broken.length >= 3")
    return sorted(page.evaluate("broken"))


@pytest.mark.parametrize("root", ["/", "/list/"])
def test_where_the_host_sends_the_headers_no_page_frames_the_site(
    chromium: Browser, site: Path, tmp_path: Path, root: str
) -> None:
    preview = Preview(FolderSource(site))
    preview.root = root
    with served(site) as plain, served(tmp_path) as other, reserve_address(free_address(), preview) as server:
        start_serving(server)
        address = server.address.rstrip("/") + root
        with watched(chromium, f"{address}browse/?q=gan") as page:
            expect(page.locator("[data-results] [data-paper]").first).to_be_visible()
            assert page.evaluate("[broken, said]") == [[], []]
        for framed, shows in ((plain, True), (address, False)):
            (tmp_path / "index.html").write_text(f'<iframe src="{framed}"></iframe>')
            page = chromium.new_page()
            page.goto(other)
            assert (page.frames[1].url == framed) == shows
            page.close()


# The colors


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
def test_colors_are_chosen_and_remembered(chromium: Browser, address: str, way: str) -> None:
    with visit(chromium, address) as page:
        button = page.get_by_role("button", name="Dark colors")
        if way == "mouse":
            button.click()
        else:
            button.focus()
            page.keyboard.press("Space")
        assert drawn(page) == "dark"
        expect(page.get_by_role("button", name="Light colors")).to_be_visible()
        expect(page.get_by_role("button", name="Dark colors")).to_have_count(0)
        page.reload()
        assert drawn(page) == "dark"
        page.goto(f"{address}papers/tr0n/")
        assert drawn(page) == "dark"
        page.emulate_media(color_scheme="dark")
        page.emulate_media(color_scheme="light")
        assert drawn(page) == "dark"
        page.get_by_role("button", name="Light colors").press("Enter")
        assert drawn(page) == "light"
        page.reload()
        assert drawn(page) == "light"


def test_colors_follow_the_system_until_they_are_chosen_and_after_they_were_chosen_back(
    chromium: Browser, address: str
) -> None:
    with visit(chromium, address, dark=True) as page:
        assert drawn(page) == "dark"
        page.emulate_media(color_scheme="light")
        page.wait_for_function(f"() => {COLORS} === 'light'")
        assert drawn(page) == "light"
        page.get_by_role("button", name="Dark colors").click()
        page.get_by_role("button", name="Light colors").click()
        page.emulate_media(color_scheme="dark")
        page.wait_for_function(f"() => {COLORS} === 'dark'")
        assert drawn(page) == "dark"


def test_colors_are_chosen_for_all_windows(chromium: Browser, address: str) -> None:
    with visit(chromium, address) as page:
        other = page.context.new_page()
        other.goto(f"{address}browse/")
        page.get_by_role("button", name="Dark colors").click()
        other.wait_for_function(f"() => {COLORS} === 'dark'")


def test_colors_are_chosen_where_nothing_can_be_kept(chromium: Browser, address: str) -> None:
    with visit(chromium, address) as page:
        page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied') } })")
        page.goto(f"{address}browse/")
        assert drawn(page) == "light"
        page.get_by_role("button", name="Dark colors").click()
        assert drawn(page) == "dark"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_colors_are_the_systems_without_script(chromium: Browser, address: str, *, dark: bool) -> None:
    with visit(chromium, address, script=False, dark=dark) as page:
        assert drawn(page) == ("dark" if dark else "light")
        expect(page.locator("button.colors")).to_be_hidden()


def test_colors_are_right_before_anything_is_drawn(chromium: Browser, address: str) -> None:
    with visit(chromium, address) as page:
        page.get_by_role("button", name="Dark colors").click()
        page.add_init_script(f"""new MutationObserver((_, observer) => {{
            if (document.body) {{ window.first = {COLORS}; observer.disconnect() }}
        }}).observe(document, {{ childList: true, subtree: true }})""")
        page.reload()
        assert page.evaluate("first") == "dark"


def drawn(page: Page) -> str:
    """Return whether a page is drawn dark or light."""
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return "dark" if sum(int(part) for part in re.findall(r"\d+", background)[:3]) < 3 * 128 else "light"


# The texts

FREE = {get_args(kind)[1] for kind in (Line, Name, Prose, Question)}
GIVEN = "https://given.example/"
WILD_ADDRESS = f"{GIVEN}*_x_*/(y)/$z$;[a](b)?a=1&lt=2&copy;=3#'onclick=alert(1)"
WILD_DOI = "'&lt;](javascript:x):.x*_$|`<b>"
UNSEEN = [
    "\u06a9\u200c\u06cc",
    "e\u0301\u0323" * 9,
    "\u00a0\u3000\u1680x",
    "\U0001f469\u200d\U0001f52c",
    "a" + "\u0300" * 8,
]
BLOCKS = ["- item", "1. item", "> quotation", ": definition", "+ item", "1) item", "*** rule"]
LONG = ["x" * 2_000, "<" * 300, "(" * 200 + "[" * 200, "生" * 500, "$" * 99, "\\(" * 50, "*_" * 100, "a_" * 100]
PRINTABLE = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="[]").filter(
    lambda character: not character_fault(character)
)
TEXTS = st.sampled_from(FRAGMENTS + UNSEEN + LONG) | st.text(PRINTABLE, min_size=1, max_size=9)
FIRST = 100  # number of a text


def numbered(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts without end, each of three given texts around a number.

    The number makes each unique, and not a part of another. Given texts occur at both ends and next to each other.
    """
    wild = cycle(texts)
    for number in count(FIRST):
        middle = f" {number} " if number % 2 else f"{number}"
        yield f"{next(wild)}{middle}{next(wild)}{middle}{next(wild)}".strip()


def written(kind: Any, value: Any, texts: Iterator[str]) -> Any:
    """Return a value of the model with the next text in every free-text field, even in empty ones."""
    origin, arguments = origin_and_arguments(kind)
    if origin is TextFormat:
        return free(arguments[0], value, texts)
    if origin is tuple:
        items = value or ((None,) if origin_and_arguments(arguments[0])[1][:1] in {(form,) for form in FREE} else ())
        return tuple(written(arguments[0], item, texts) for item in items)
    if not is_dataclass(origin) or value is None:
        return value
    if isinstance(value, Handwritten):
        return replace(value, title=fitting(MAX_PAGE_TITLE_LENGTH, texts), text="By hand.\n")
    kept = {name for name in ("retired", "address") if getattr(value, name, "") is None}
    kinds = {name: of for name, (of, _) in keys_of(cast(type, origin)).items() if name not in kept}
    return replace(value, **{name: written(of, getattr(value, name), texts) for name, of in kinds.items()})


def free(form: TextFormat, value: str | None, texts: Iterator[str]) -> str | None:
    """Return the new text of one field: two paragraphs for prose, a hostile address, the next text, or the old one."""
    if form == get_args(Prose)[1]:
        return f"{next(texts)}\n\n{next(texts)}"
    if form == get_args(Address)[1]:
        return WILD_ADDRESS
    if form not in FREE:
        return value
    return fitting(form.longest - 1, texts) + ("?" if form == get_args(Question)[1] else "")


def fitting(longest: int, texts: Iterator[str]) -> str:
    """Return the next text that has at most so many characters."""
    return next(text for text in texts if len(text) <= longest)


WHOLE_VENUE = KnownVenue("V", "journal", "F", "P", ("A", "B"), "Press", "https://example.org/", "2049-3630")


def wild(texts: Iterable[str]) -> Library:
    """Return the toy list with the texts in all fields, and a link with its own text in a shelf's introduction.

    Each paper has two authors at most, since each author has a page.
    """
    toy, _ = load(TOY, {})
    short = tuple(replace(paper, authors=paper.authors[:2]) for paper in toy.papers)
    each = numbered(texts)
    library: Library = written(Library, replace(toy, papers=short), each)
    site = replace(library.site, license=License("<b>Terms</b> & *more*", WILD_ADDRESS))
    words = re.sub(r"[\[\]|]", "", library.site.name)
    first, *others = library.categories
    linked = replace(first, introduction=f"{first.introduction} [[wasserstein-gan|{words}]] [[tr0n]]")
    papers = tuple(replace(paper, doi=f"10.1234/{paper.id}{WILD_DOI}") for paper in library.papers)
    one, same, other = (paper.authors[0] for paper in papers[:3])
    people = (Person(one, (same,), (other,), "0000-0002-1825-0097"),)
    venues = tuple(
        replace(written(KnownVenue, WHOLE_VENUE, each), name=paper.venue.name, kind=paper.venue.track)
        for paper in papers
        if paper.venue
    )
    return replace(library, site=site, categories=(linked, *others), papers=papers, people=people, venues=venues)


Shape = tuple[str, tuple[str, ...], str]


def shapes(found: Pages) -> set[Shape]:
    """Return the shapes of all elements on all pages: the name, the attribute names, and the class."""
    return {
        (node.tag, tuple(sorted(node.attrib)), node.get("class", "")) for tree in found.values() for node in tree.iter()
    }


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> set[Shape]:
    """Return the shapes of elements if all fields have harmless words, and those for formulas and links."""
    folder = tmp_path_factory.mktemp("usual")
    site = built(folder / "place", save(wild(["Harmless words"]), folder / "content"))
    return shapes(pages(site)) | {("a", ("href",), ""), ("sub", (), ""), ("sup", (), ""), ("span", ("class",), "tex")}


@settings(max_examples=1, phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck))
@given(st.lists(TEXTS, min_size=200, max_size=400))
@example(FRAGMENTS + UNSEEN + LONG + BLOCKS)
def test_whatever_is_written_comes_out_as_text(usual: set[Shape], texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        content = save(wild(texts), Path(folder, "content"))
        library, problems = load(content, {})
        assert problems + check(library) == []
        site = built(Path(folder, "place"), content)
        found = pages(site)
        assert elements(found) <= usual | {("text", (), "")}  # the name of a paper in a graph, if it is short
        assert strange(found, library) == []
        assert broken(site, found) == []
        assert doubled(found) == []
        titled(found, library)
        everything = " ".join(map(said, found.values()))
        assert [text for text in texts_of(Library, library) if text not in everything] == []
        exact(site.parent, library)


def elements(found: Pages) -> set[Shape]:
    """Return the shapes of all elements outside formulas, after checking that formulas have only MathML."""
    for tree in found.values():
        for parent in list(tree.iter()):
            for formula in [child for child in parent if child.tag == "math"]:
                assert {node.tag for node in formula.iter()} <= escaping.MATHML_TAGS | {"annotation"}
                names = {name for node in formula.iter() for name in node.attrib}
                assert names <= escaping.MATHML_ATTRIBUTES | {"encoding"}
                source = formula.find("semantics/annotation")
                assert source is not None
                parent_text(parent, formula, source.text or "")
    return shapes(found)


def parent_text(parent: Element, formula: Element, source: str) -> None:
    """Replace a formula with its source."""
    place = list(parent).index(formula)
    text = source + (formula.tail or "")
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(formula)


def strange(found: Pages, library: Library) -> list[str]:
    """Return external addresses that come neither from curators nor from identifiers."""
    registries = ("https://arxiv.org/", "https://aclanthology.org/", "https://doi.org/10.", "https://orcid.org/0")
    readers = (
        "https://netnewswire.com/",
        "https://www.thunderbird.net/",
        "https://feeder.co/",
        "https://www.inoreader.com/",
    )
    ours = (*registries, *readers, "https://json-schema.org/", GIVEN)
    abstracts = " ".join(paper.abstract for paper in library.papers)
    outside = []
    for tree in found.values():
        for node in tree.iter():
            for name in ("href", "src", "action", "formaction", "data-issue", "data-named"):
                address = node.get(name, "").strip()
                parts = urlsplit(address)
                if (parts.scheme or parts.netloc) and not address.startswith(ours) and address not in abstracts:
                    outside.append(address)
    return outside


def doubled(found: Pages) -> list[str]:
    """Return ids that occur more than once on a page."""
    ids = [[name for node in tree.iter() if (name := node.get("id"))] for tree in found.values()]
    return [name for names in ids for name in set(names) if names.count(name) > 1]


def titled(found: Pages, library: Library) -> None:
    """Assert that headings and titles of pages are the names of what they show."""
    names = {f"papers/{paper.id}/": paper.title for paper in library.papers}
    names |= {f"categories/{category.id}/": category.name for category in library.categories}
    names |= {f"tags/{term.id}/": term.name for term in library.terms}
    names |= {f"paths/{path.id}/": path.name for path in library.paths}
    names |= {f"{page.id}/": page.title for page in library.pages}
    for page, name in names.items():
        heading, title = (found[page].find(f".//{tag}") for tag in ("h1", "title"))
        assert heading is not None
        assert title is not None
        assert spaced("".join(heading.itertext())) == spaced(name)
        assert spaced(title.text or "") == spaced(f"{name} · {library.site.name}")


def texts_of(kind: Any, value: Any) -> Iterator[str]:
    """Yield all texts of a value that the pages show, without the markup of links in introductions."""
    origin, arguments = origin_and_arguments(kind)
    if origin is TextFormat and value and arguments[0] in FREE - {get_args(Question)[1]}:  # which only search reads
        yield from (spaced(part) for part in re.split(r"\[\[[^\[\]]*\]\]", value) if part.strip())
    elif origin is tuple:
        for item in value:
            yield from texts_of(arguments[0], item)
    elif is_dataclass(origin) and origin is not TextFormat and value is not None:
        gone = isinstance(value, (Category, Paper)) and value.retired
        for name, (of, _) in keys_of(cast(type, origin)).items():
            if name in ("title", "name", "retired") if gone else name not in ("branch", "judgments"):
                found = getattr(value, name)
                yield from texts_of(of, as_shown(name, found) if isinstance(value, Paper | Person) else found)


def as_shown(key: str, value: Any) -> Any:
    """Return the value of a key of a paper or a person as pages show it."""
    if key == "name":
        return display_name(value)
    if key in ("authors", "editors", "same_as", "other_than"):
        return tuple(map(display_name, value))
    if key == "genre" and value:
        return value[0].upper() + value[1:]
    return re.sub("-+", "–", value) if key == "pages" and value else value


def said(tree: Element) -> str:
    """Return the text of a page."""
    body = tree.find("body")
    assert body is not None
    data = {text for script in body.iter("script") for text in script.itertext()}
    return spaced("".join(text for text in body.itertext() if text not in data))


def spaced(text: str) -> str:
    """Return a text as a page shows it, with single spaces."""
    return " ".join(text.split())


def exact(build: Path, library: Library) -> None:
    """Assert that the files for programs have the texts exactly as written."""
    papers = {paper["id"]: paper for paper in json.loads((build / "site/api/papers.json").read_text("utf-8"))}
    listed = json.loads((build / "site/search/list.json").read_text("utf-8"))
    texts = json.loads((build / "site/search/texts-0.json").read_text("utf-8"))
    assert (build / "site/papers.bib").read_text("utf-8").count("\n\n@") == len(library.papers) - 1
    for paper in library.papers:
        place = listed["papers"]["ids"].index(paper.id)
        assert papers[paper.id]["title"] == listed["papers"]["titles"][place] == paper.title
        assert papers[paper.id]["authors"] == list(map(display_name, paper.authors))
        assert papers[paper.id]["summary"] == texts["summaries"][place] == paper.summary
        assert texts["questions"][place] == list(paper.questions)
        assert texts["abstracts"][place] == spaced(paper.abstract)
        front = (build / f"docs/papers/{paper.id}.md").read_text("utf-8").split("\n---\n")[0].removeprefix("---\n")
        meta = yaml.safe_load(front)
        assert (unescape(meta["title"]), meta["description"]) == (paper.title, paper.summary)
    known = yaml.safe_load((build / "docs/.settings.yml").read_text("utf-8"))
    assert (known["site_name"], known["site_description"]) == (library.site.name, library.site.tagline)
    links = [link for entry in known["extra"]["entries"] for link in entry.get("children", [entry])]
    titles = {page.id: "About" if page.id == MAIN_PAGE else page.title for page in library.pages}
    assert {(title, f"{name}/") for name, title in titles.items()} <= {(link["title"], link["url"]) for link in links}


def test_a_name_is_never_taken_for_a_part_of_the_page(chromium: Browser, tmp_path: Path) -> None:
    toy, _ = load(TOY, {})
    names = ("Begin", "Suggestions", "Facets", "Q")
    named = tuple(replace(category, name=name) for category, name in zip(toy.categories, names, strict=False))
    papers = tuple(replace(paper, title="BibTeX") if paper.id == "tr0n" else paper for paper in toy.papers)
    site_named, page = replace(toy.site, name="Begin"), Handwritten("about", "Suggestions", "## Facets\n\n## Begin\n")
    library = replace(toy, site=site_named, categories=named, papers=papers, pages=(page,))
    site = built(tmp_path / "place", save(library, tmp_path / "content"))
    assert set(doubled(pages(site))) <= {"bibtex"}
    with served(site) as address, visit(chromium, address, "papers/tr0n/") as shown:
        shown.get_by_role("button", name="Cite", exact=True).click()
        shown.get_by_role("radio", name="BibTeX").check()
        expect(shown.locator("dialog .text")).to_contain_text("@inproceedings{")
        shown.get_by_role("button", name="Copy", exact=True).click()
        expect(shown.get_by_role("button", name="Copied")).to_be_visible()
        assert shown.evaluate("navigator.clipboard.readText()").startswith("@inproceedings{")


BAD = [
    chr(code)
    for code in range(0x10000)
    if REFUSED_EVERYWHERE.match(chr(code)) or (0xD800 <= code < 0xE000 and code % 97 == 0)
]


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(BAD), st.integers(0, 10_000), TEXTS)
def test_what_cannot_be_seen_is_refused_wherever_it_stands(bad: str, place: int, around: str) -> None:
    toy, places = load(TOY, {})[0], count()
    toy = replace(toy, papers=toy.papers[:3])
    written(Library, toy, map(str, places))
    chosen = place % next(places)
    texts = (f"{around[:9]}{bad}{around[:9]}" if number == chosen else f"Harmless {number}" for number in count())
    with tempfile.TemporaryDirectory() as folder:
        _, problems = load(save(written(Library, toy, texts), Path(folder)), {})
    assert problems
    for problem in problems:
        faults = r"the character U\+\w{4,6} \(.*\) is not allowed|not readable as YAML|expected UTF-8"
        assert re.search(faults, problem.message)

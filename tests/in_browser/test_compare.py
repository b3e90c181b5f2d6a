"""The page that compares papers: what it shows, what readers change, and what its address says."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import await_requests, visit
from playwright.sync_api import Browser, Locator, Page, Route, expect

WHERE = "compare/"
TWO = f"{WHERE}?papers=tr0n,stylegan-nada"
THREE = f"{TWO},gantastic"
OPTION = "[role=option]"
MOST_SHIFT = 0.02  # in all
SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true });
"""
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
BAIT = """<script>ran.push(1)</script><img src="x" onerror="ran.push(2)"><em onclick="ran.push(3)" id="h" style="top: 0"
class="c">shown</em> <b hidden>bold</b> <iframe srcdoc="x"></iframe><a href="javascript:ran.push(4)">bait</a>
<math onclick="ran.push(5)" href="javascript:ran.push(6)"><mi id="m" style="top: 0">x</mi></math>
<custom-thing>plain</custom-thing>"""


def row(page: Page, name: str) -> Locator:
    """Return the cells of the row with a name."""
    head = page.get_by_role("rowheader", name=name, exact=True)
    return page.get_by_role("row").filter(has=head).get_by_role("cell")


def expect_papers(page: Page, *ids: str) -> None:
    """Wait until these papers are compared, in this order, and named by the address."""
    expect(page.locator(".comparison thead th")).to_have_count(len(ids))
    for at, name in enumerate(ids):
        expect(page.locator(".comparison thead th").nth(at)).to_have_attribute("data-own-paper", name)
    assert urlsplit(page.url).query == f"papers={','.join(ids)}"


def test_authors_lead_to_their_pages(chromium: Browser, address: str) -> None:
    with visit(chromium, address, f"{WHERE}?papers=gan-dissection,tr0n") as page:
        expect_papers(page, "gan-dissection", "tr0n")
        links = row(page, "Authors").get_by_role("link")
        expect(links).to_have_text(["David Bau", "Bolei Zhou"])
        expect(links.first).to_have_attribute("href", f"{address}authors/david-bau/")


def test_papers_are_shown_side_by_side(chromium: Browser, address: str) -> None:
    with visit(chromium, address, TWO) as page:
        expect_papers(page, "tr0n", "stylegan-nada")
        expect(page).to_have_title("Compare TR0N and StyleGAN-NADA · Toy list")
        titles = page.get_by_role("columnheader").get_by_role("link")
        expect(titles.first).to_have_attribute("href", f"{address}papers/tr0n/")
        expect(row(page, "Authors").first).to_contain_text("Zhaoyan Liu, Noël Vouitsis")
        expect(row(page, "Authors").get_by_role("link")).to_have_count(0)  # nobody has a page
        expect(row(page, "Published").nth(1)).to_contain_text("ACM TOG 2022")
        expect(row(page, "Summary").first).to_contain_text("None")
        expect(row(page, "Summary").nth(1)).to_contain_text("A trained generator is moved to a new domain")
        expect(row(page, "Why read it").nth(1)).to_contain_text("collecting one")
        expect(row(page, "Abstract").first).to_contain_text("We propose TR0N")
        expect(row(page, "Links").nth(1).get_by_role("link", name="DOI")).to_have_attribute(
            "href", re.compile("^https://doi.org/")
        )


def test_what_papers_share_is_told_from_what_they_do_not(chromium: Browser, address: str) -> None:
    with visit(chromium, address, TWO) as page:
        expect(row(page, "In common")).to_have_text("SubjectImages")
        expect(row(page, "Only here").first).to_contain_text("Generative adversarial network")
        expect(row(page, "Only here").first).not_to_contain_text("Images")
        expect(row(page, "Only here").nth(1)).to_contain_text("Vision–language model")
    with visit(chromium, address, THREE) as page:
        expect(row(page, "In common")).to_have_text("No tags")
        expect(row(page, "Not in common").first).to_contain_text("Images (also StyleGAN-NADA)")


def test_relations_are_named_with_their_reasons(chromium: Browser, address: str) -> None:
    with visit(chromium, address, f"{WHERE}?papers=tr0n,gantastic,stylegan-nada") as page:
        relations = row(page, "Related to each other").get_by_role("listitem")
        expect(relations).to_have_text(
            [
                re.compile("^TR0N contrasts with StyleGAN-NADA: Both lean on CLIP"),
                re.compile("^GANTASTIC contrasts with StyleGAN-NADA: Both move what a GAN knows"),
            ]
        )
    with visit(chromium, address, f"{WHERE}?papers=tr0n,gantastic") as page:
        expect(row(page, "Related to several of them").get_by_role("listitem")).to_contain_text(
            "TR0N contrasts with it; GANTASTIC contrasts with it"
        )


def test_figures_are_quoted_with_their_source(chromium: Browser, address: str) -> None:
    with visit(chromium, address, TWO) as page:
        figures = row(page, "Figures")
        expect(figures.first.locator("q")).to_contain_text("zero-shot FID of 10.9 on MS-COCO")
        expect(figures.first.locator("cite")).to_have_text("Abstract")
        expect(figures.nth(1)).to_contain_text("None")


def test_only_texts_links_and_formulas_are_taken_from_pages(chromium: Browser, site: Path, address: str) -> None:
    page_file = (site / "papers/tr0n/index.html").read_text("utf-8")
    baited, times = re.subn(r'(?<=<h2 id="abstract">Abstract</h2>\n)<p>', f"<p>{BAIT}", page_file)
    assert times == 1
    with visit(chromium, address, "about/", without="**/none") as page:  # as the console says what the policy refused
        page.route("**/papers/tr0n/", lambda route: route.fulfill(body=baited, content_type="text/html"))
        page.add_init_script("window.ran = []")
        page.goto(address + TWO)
        abstract = row(page, "Abstract").first
        expect(abstract).to_contain_text("shown bold")
        kinds = "one => [...new Set([...one.querySelectorAll('p *')].map((node) => node.localName))].sort()"
        assert abstract.evaluate(kinds) == ["a", "b", "em", "math", "mi"]
        names = (
            "one => [...new Set([...one.querySelectorAll('p *')].flatMap((node) => node.getAttributeNames()))].sort()"
        )
        assert abstract.evaluate(names) == ["class", "href"]
        assert abstract.locator("a[href]").count() == 1
        abstract.get_by_text("bait").click()
        assert page.evaluate("ran") == []


def test_formulas_are_set_as_on_the_pages(chromium: Browser, address: str) -> None:
    with visit(chromium, address, f"{WHERE}?papers=uncovering-hidden-geometry-in-transformers,gemini") as page:
        formula = row(page, "Abstract").first.locator("math[display=block]")
        expect(formula).to_be_visible()
        assert (
            formula.evaluate("one => one.namespaceURI.endsWith('MathML') && one.querySelectorAll('msub, mi').length")
            > 3
        )


def test_each_change_is_an_address(chromium: Browser, address: str) -> None:
    with visit(chromium, address, TWO) as page:
        expect_papers(page, "tr0n", "stylegan-nada")
        status = page.locator(".compare > [role=status].unseen")
        page.get_by_role("button", name="Move back: TR0N").click()
        expect_papers(page, "stylegan-nada", "tr0n")
        expect(status).to_have_text("Now comparing StyleGAN-NADA and TR0N")
        expect(page.get_by_role("button", name="Move forward: TR0N")).to_be_focused()
        page.get_by_role("button", name="Add another").click()
        dialog = page.get_by_role("dialog", name="Add another")
        expect(dialog.locator(OPTION, has_text="GANTASTIC")).to_contain_text("Related to StyleGAN-NADA")
        dialog.locator(OPTION, has_text="GANTASTIC").click()
        expect_papers(page, "stylegan-nada", "tr0n", "gantastic")
        expect(page.get_by_role("columnheader", name="GANTASTIC").get_by_role("link")).to_be_focused()
        page.get_by_role("button", name="Remove: StyleGAN-NADA").click()
        expect_papers(page, "tr0n", "gantastic")
        expect(page.get_by_role("button", name="Remove: TR0N")).to_be_focused()
        page.go_back()
        expect_papers(page, "stylegan-nada", "tr0n", "gantastic")
        page.reload()
        expect_papers(page, "stylegan-nada", "tr0n", "gantastic")


def test_keys_wait_for_what_the_text_finds(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "about/") as page:
        held: list[Route] = []
        page.route("**/search/list.json", lambda route: held.append(route))
        page.goto(f"{address}{TWO}")
        page.get_by_role("button", name="Replace: TR0N").press("Enter")
        field = page.get_by_role("dialog", name="Replace TR0N with").get_by_role("combobox")
        expect(page.locator(OPTION).first).to_be_visible()  # a paper that is offered before the reader types
        field.press_sequentially("wasserstein gan")
        for key in ("ArrowDown", "ArrowUp", "Enter"):
            field.press(key)
        await_requests(page, held)
        held[0].continue_()
        expect_papers(page, "wasserstein-gan", "stylegan-nada")


def test_a_paper_is_replaced_by_keyboard(chromium: Browser, address: str) -> None:
    with visit(chromium, address, TWO) as page:
        page.get_by_role("button", name="Replace: TR0N").press("Enter")
        field = page.get_by_role("dialog", name="Replace TR0N with").get_by_role("combobox")
        expect(field).to_be_focused()
        field.press_sequentially("wasserstein gan")
        expect(page.locator(f"{OPTION}.active")).to_contain_text("Wasserstein GAN")
        field.press("ArrowDown")
        field.press("ArrowUp")
        field.press("Enter")
        expect_papers(page, "wasserstein-gan", "stylegan-nada")
        expect(page.get_by_role("columnheader").first.get_by_role("link")).to_be_focused()


def test_papers_that_are_compared_are_not_offered(chromium: Browser, address: str) -> None:
    with visit(chromium, address, TWO) as page:
        page.get_by_role("button", name="Add another").click()
        expect(page.locator(OPTION).first).to_be_visible()
        page.get_by_role("combobox").press_sequentially("tr0n")
        expect(page.locator("dialog [role=status]")).to_have_text(re.compile("found|paper"))
        expect(page.locator(f"{OPTION}[data-paper=tr0n]")).to_have_count(0)
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Add another")).to_be_focused()


def test_four_papers_are_the_most(chromium: Browser, address: str) -> None:
    with visit(chromium, address, f"{THREE},gemini,autoprompt") as page:
        expect(page.locator(".comparison thead th")).to_have_count(4)
        expect(page.get_by_role("button", name="Add another")).to_be_hidden()


def test_a_comparison_begins_with_a_choice(chromium: Browser, address: str) -> None:
    with visit(chromium, address, WHERE) as page:
        expect(page.get_by_text("Choose two to four papers")).to_be_visible()
        field = page.get_by_label("Find papers")
        field.press_sequentially("tr0n")
        page.locator(OPTION).first.click()
        expect(page.locator(".compare").get_by_role("link", name="TR0N")).to_be_visible()
        expect(page.get_by_label("Find papers")).to_be_focused()
        page.locator(OPTION, has_text="StyleGAN-NADA").click()
        expect_papers(page, "tr0n", "stylegan-nada")
        page.get_by_role("button", name="Remove: TR0N").click()
        expect(page.get_by_label("Find papers")).to_be_focused()
        page.get_by_role("button", name="Choose another").click()
        expect(page.get_by_text("Choose two to four papers")).to_be_visible()


def test_moved_retired_and_unknown_papers_are_named(chromium: Browser, address: str) -> None:
    asked = f"{WHERE}?papers=nucleus-sampling,show-and-tell,tr0n,nowhere"
    with visit(chromium, address, asked, without="**/none") as page:
        expect(page.get_by_text("“nowhere” is not on this list.")).to_be_visible()
        expect(page.locator(".compare-remarks")).to_contain_text(
            "no longer on this list: nobody here asks for captions"
        )
        expect(page.locator(".comparison thead th").first).to_have_attribute(
            "data-own-paper", "curious-case-of-neural-text-degeneration"
        )
        assert page.url.endswith("?papers=curious-case-of-neural-text-degeneration,show-and-tell,tr0n,nowhere")


def test_a_page_that_cannot_be_loaded_is_asked_for_again(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "about/", without="**/papers/tr0n/") as page:
        page.goto(address + TWO)
        expect(page.get_by_text("“tr0n” could not be loaded.")).to_be_visible()
        page.unroute("**/papers/tr0n/")
        page.get_by_role("button", name="Try again").click()
        expect_papers(page, "tr0n", "stylegan-nada")


def test_the_link_and_the_citations_are_taken_along(chromium: Browser, address: str) -> None:
    with visit(chromium, address, TWO) as page:
        page.get_by_role("button", name="Copy link").click()
        expect(page.get_by_role("button", name="Link copied")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == address + TWO
        page.get_by_role("button", name="Cite these").click()
        dialog = page.get_by_role("dialog", name="Cite these 2 papers")
        text = dialog.locator(".text")
        expect(text).to_contain_text("TR0N: Translator Networks")
        dialog.get_by_label("BibTeX").check()
        expect(text).to_contain_text("@inproceedings{liu2023tr0n,")
        expect(text).to_contain_text("{gal2022stylegan")
        dialog.get_by_label("CSL-JSON").check()
        expect(text).to_contain_text('"id"')
        assert len(json.loads(text.inner_text())) == 2


def test_what_the_reader_keeps_is_shown(chromium: Browser, address: str) -> None:
    with visit(chromium, address, TWO) as page:
        expect_papers(page, "tr0n", "stylegan-nada")
        expect(page.get_by_role("rowheader", name="My list")).to_have_count(0)
        page.get_by_role("button", name="Notes: TR0N").click()
        dialog = page.get_by_role("dialog", name="TR0N")
        dialog.get_by_text("Reading", exact=True).click()
        dialog.get_by_label("Note", exact=True).fill("Both use **CLIP**.")
        page.keyboard.press("Escape")
        mine = row(page, "My list")
        expect(mine.first).to_contain_text("Reading")
        expect(mine.first.locator("strong")).to_have_text("CLIP")
        expect(mine.nth(1)).to_contain_text("None")
        page.reload()
        expect(mine.first).to_contain_text("Reading")
        page.get_by_role("button", name="Add another").click()
        expect(page.locator(OPTION).first).to_be_visible()
        page.goto(address + WHERE)
        expect(page.locator(OPTION, has_text="TR0N")).to_contain_text("On your list")


def test_keys_act_on_the_paper_with_the_focus(chromium: Browser, address: str) -> None:
    with visit(chromium, address, TWO) as page:
        expect_papers(page, "tr0n", "stylegan-nada")
        page.keyboard.press("k")
        expect(page.get_by_text("First move to one of the papers")).to_be_visible()
        page.get_by_role("button", name="Remove: StyleGAN-NADA").focus()
        page.keyboard.press("k")
        expect(page.get_by_text("Kept in your list: StyleGAN-NADA")).to_be_visible()
        expect(row(page, "My list").nth(1)).to_contain_text("Kept")
        expect(row(page, "My list").first).to_contain_text("None")


def test_papers_are_compared_from_the_page_of_one(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "papers/tr0n/") as page:
        page.get_by_role("button", name="Compare", exact=True).click()
        dialog = page.get_by_role("dialog", name="Compare with")
        expect(dialog.locator(OPTION).first).to_contain_text("StyleGAN-NADA")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect_papers(page, "tr0n", "stylegan-nada")
        page.go_back()
        page.get_by_role("link", name="Compare with Wasserstein GAN").click()
        expect_papers(page, "tr0n", "wasserstein-gan")


def test_papers_are_compared_from_their_notes(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "papers/tr0n/") as page:
        page.get_by_role("button", name="Notes").click()
        page.get_by_role("button", name="Compare with").click()
        dialog = page.get_by_role("dialog", name="Compare with")
        expect(dialog.get_by_role("combobox")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Notes")).to_be_focused()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Compare with").click()
        dialog.locator(OPTION).first.click()
        expect_papers(page, "tr0n", "stylegan-nada")


def test_nothing_is_offered_without_script(chromium: Browser, address: str) -> None:
    with visit(chromium, address, TWO, script=False) as page:
        expect(page.get_by_text("needs JavaScript")).to_be_visible()
        expect(page.get_by_role("link", name="one page")).to_have_attribute("href", "../browse/")
    with visit(chromium, address, "papers/tr0n/", script=False) as page:
        expect(page.locator(".compare, .compare-with")).to_have_count(1)
        expect(page.locator(".compare")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("papers", ["tr0n", "tr0n,stylegan-nada"])
def test_what_comes_late_moves_nothing(chromium: Browser, address: str, papers: str, width: int) -> None:
    with visit(chromium, address, "about/", width=width) as page:
        held: list[Route] = []
        page.route("**/papers/*/", lambda route: held.append(route))
        page.add_init_script(SHIFTS)
        page.goto(f"{address}{WHERE}?papers={papers}")
        expect(page.get_by_text("Loading …")).to_be_visible()
        await_requests(page, held, len(papers.split(",")))
        page.evaluate(PAINTED)
        for route in held:
            route.continue_()
        expect(page.locator(".comparison, .compare [role=option]").first).to_be_visible()
        page.evaluate(PAINTED)
        assert page.evaluate("shifts.reduce((sum, { value }) => sum + value, 0)") < MOST_SHIFT


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440])
def test_a_comparison_fits_any_width(chromium: Browser, address: str, width: int) -> None:
    with visit(chromium, address, f"{THREE},uncovering-hidden-geometry-in-transformers", width=width) as page:
        expect(page.locator(".comparison thead th")).to_have_count(4)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        wide = "all => all.filter((one) => one.getBoundingClientRect().right > innerWidth).length"
        assert page.locator(".comparison :is(th, td)").evaluate_all(wide) == 0


def test_a_comparison_keeps_its_names_in_print(chromium: Browser, address: str) -> None:
    with visit(chromium, address, TWO) as page:
        expect_papers(page, "tr0n", "stylegan-nada")
        page.emulate_media(media="print")
        expect(page.get_by_role("columnheader", name="TR0N")).to_be_visible()
        expect(page.locator(".compare-tools").first).to_be_hidden()
        expect(page.get_by_text("needs JavaScript")).to_be_hidden()
        expect(row(page, "Summary").first).to_contain_text("–")
        sizes = re.findall(rb"/MediaBox \[([\d. ]+)\]", page.pdf(prefer_css_page_size=True))
        assert sizes
        for size in sizes:
            *_, across, along = map(float, size.split())
            assert across > along

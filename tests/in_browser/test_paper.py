"""Pages on paper: what Chromium prints, read from its PDF."""

from io import BytesIO
from typing import Any

import pytest
from browser import PATIENCE, visit
from own_list import keep, own_paper, see_papers
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from generator.content.model import Library

CONTROLS = ("Cite", "Share", "Suggest tags", "Improve this entry", "BibTeX", "Search", "Filters", "Copy link", "Feed")
MAX_LUMINANCE = 0.45  # of printed text; its contrast with white is then at least 4.5
Color = tuple[float, ...]


def luminance(color: Color) -> float:
    """Return about how light a color is, from 0 for black to 1 for white."""
    red, green, blue = color if len(color) == 3 else color * 3
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def printed(chromium: Browser, address: str, kind: str, *, dark: bool) -> PdfReader:
    """Return a page as printed, from a screen with light or dark colors."""
    with visit(chromium, address, kind, dark=dark) as page:
        page.evaluate("async () => { await document.fonts.ready; }")
        return PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))


def text_colors(paper: PdfReader) -> set[Color]:
    """Return the colors of all text in a document."""
    found: set[Color] = set()
    fill: list[Color] = [(0.0,)]

    def see(operator: bytes, operands: list[Any], *_: object) -> None:
        if operator in (b"rg", b"g", b"sc", b"scn"):
            fill[-1] = tuple(float(one) for one in operands)
        elif operator == b"q":
            fill.append(fill[-1])
        elif operator == b"Q" and len(fill) > 1:
            fill.pop()
        elif operator in (b"Tj", b"TJ"):
            found.add(fill[-1])

    for sheet in paper.pages:
        sheet.extract_text(visitor_operand_before=see)
    return found


def words(paper: PdfReader) -> str:
    """Return the text of a document without spaces, which PDF places by position."""
    return "".join("".join(sheet.extract_text().split()) for sheet in paper.pages)


def lacks(paper: PdfReader, *texts: str) -> list[str]:
    """Return those texts that a document does not have."""
    found = words(paper)
    return [text for text in texts if "".join(text.split()) not in found]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("kind", ["", "browse/?q=gan", "papers/wasserstein-gan/", "paths/first-steps/", "tags/gan/"])
def test_it_prints_dark_text_without_controls(kind: str, dark: bool, chromium: Browser, address: str) -> None:
    paper = printed(chromium, address, kind, dark=dark)
    colors = text_colors(paper)
    assert colors
    assert [color for color in colors if luminance(color) > MAX_LUMINANCE] == []
    lines = {line.strip() for sheet in paper.pages for line in sheet.extract_text().splitlines()}
    assert lines.isdisjoint(CONTROLS)


@pytest.mark.parametrize("name", ["tr0n", "wasserstein-gan"])
def test_a_paper_takes_two_pages_and_names_where_it_is(
    name: str, chromium: Browser, address: str, toy: Library
) -> None:
    paper = next(one for one in toy.papers if one.id == name)
    page = printed(chromium, address, f"papers/{name}/", dark=True)
    assert len(page.pages) <= 2
    code = paper.links.code or ""
    assert lacks(page, paper.title, f"https://arxiv.org/abs/{paper.arxiv}", code, paper.summary or "", "@") == []


def test_results_say_what_was_asked(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/?q=inception&code=yes", width=390) as page:
        expect(page.locator("[data-results] > li").first).to_be_visible(timeout=PATIENCE)
        page.emulate_media(media="print")
        for text in ("inception", "Code is public"):
            expect(page.locator(".chips").get_by_text(text)).to_be_visible()


def test_a_path_is_a_sheet_to_tick_off(chromium: Browser, address: str, toy: Library) -> None:
    path = next(one for one in toy.paths if one.id == "first-steps")
    papers = {paper.id: paper for paper in toy.papers}
    page = printed(chromium, address, "paths/first-steps/", dark=False)
    assert lacks(page, *(step.because for step in path.steps)) == []
    found = [papers[step.paper].arxiv for step in path.steps]
    assert lacks(page, *(f"arxiv.org/abs/{one}" for one in found if one)) == []
    with visit(chromium, address, "paths/first-steps/") as screen:
        expect(screen.locator(".identifiers").first).to_be_hidden(timeout=PATIENCE)
        screen.emulate_media(media="print")
        expect(screen.locator(".identifiers").first).to_be_visible()
        box = "step => getComputedStyle(step, '::after').width"
        assert all(screen.locator(".steps > li").nth(at).evaluate(box) != "auto" for at in range(len(path.steps)))


def test_the_own_list_is_printed_with_marks_and_whole_notes(chromium: Browser, address: str) -> None:
    note = f"**First** thought. {'More of it. ' * 300} The last word."
    starred = own_paper("tr0n", note=note, mark="to-read", star=True, tags=["thesis"], place=0)
    with visit(chromium, address, "mine/") as page:
        keep(page, starred, own_paper("wasserstein-gan", mark="read", place=1))
        page.reload()
        see_papers(page, "tr0n", "wasserstein-gan")
        expect(page.locator(".own-note strong")).to_be_visible()
        paper = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    assert (
        lacks(paper, "· to read, starred", "thesis", "First thought.", "The last word.", "Wasserstein GAN · read") == []
    )
    assert "(read)" not in words(paper)
    assert lacks(paper, *(controls := ("Note and tags", "Top", "Copy link", "Read a backup"))) == [*controls]

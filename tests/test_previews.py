"""Preview images for links to the pages: what each says, text that fits whatever it is, and images drawn only once."""

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hostile import TITLES, lines
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from sites import HOSTILE, PUBLISHED, ROOT, pages, run

from generator.cli import main, run_with_exit_status
from generator.content.model import EntryWords, Library, Site
from generator.related.relate import relate
from generator.site import previews
from generator.site.catalogue import build_catalogue
from generator.site.colors import theme_colors
from generator.site.pages.kinds import site_pages
from generator.site.pages.moved import MovedPage
from generator.site.preview_images import (
    SANS,
    SEMIBOLD_SERIF,
    SERIF,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    TITLE_STYLE,
    draw_preview,
    fit_text,
    preview_svg,
    text_blocks,
)
from generator.site.previews import (
    KNOWN_LETTERS,
    PREVIEW_HEIGHT,
    PREVIEW_LABELS,
    PREVIEW_WIDTH,
    PagePreview,
    drawing_digest,
    page_preview,
    preview_colors,
    preview_files,
)

MAX_BYTES = 30_000
FACES = (SANS, SERIF, SEMIBOLD_SERIF)
TOP = (0, 0, PREVIEW_WIDTH, 414)  # the part above the band with the list's name, in pixels
BAND = (0, 418, PREVIEW_WIDTH, PREVIEW_HEIGHT)
COLORS = preview_colors(Site("A list", "Of papers.", "x"))
TEXTS = [
    *TITLES,
    HOSTILE,
    "",
    "A",
    "🙂",
    "W" * 60,
    "W " * 19,
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "生成模型阅读清单",
    "قائمة القراءة",
    "Tiếng Việt, Ελληνικά, Русский, Řeč",
    "Ǻ Ấ Ỗ " * 30,
    "Z\u0338\u0327\u0321\u031ba\u0337\u0328l\u0336g\u0334o\u0335",
    "word " * 2_000,
    "x" * 100_000,
]


def image_of(preview: PagePreview) -> Image.Image:
    return Image.open(BytesIO(draw_preview(preview))).convert("RGB")


def extent(image: Image.Image, box: tuple[int, int, int, int], name: str) -> tuple[int, int, int, int]:
    """Return the bounding box of what is drawn in a part of an image, on a ground of this color."""
    part = image.crop(box)
    found = ImageChops.difference(part, Image.new("RGB", part.size, theme_colors()[name][0])).getbbox()
    assert found, "nothing is drawn"
    return found


def fits(preview: PagePreview) -> bool:
    """Return whether the texts keep their distance from the edges, with a little tolerance for letters such as j."""
    image = image_of(preview)
    left, top, right, bottom = extent(image, TOP, "paper")
    name_left, name_top, name_right, name_bottom = extent(image, BAND, "link")
    return (left >= 60 and top >= 24 and right <= 904 and bottom <= 404) and (
        name_left >= 60 and name_top >= 8 and name_right <= 904 and name_bottom <= 78
    )


def own_pages(library: Library) -> dict[str, Any]:
    """Return the pages of a list by their addresses, without redirects."""
    found = site_pages(build_catalogue(library, relate(library)))
    return {name.removesuffix(".md"): page for name, page in found if not isinstance(page, MovedPage)}


@pytest.fixture(scope="module")
def made(toy: Library) -> Mapping[str, Any]:
    return own_pages(toy)


# What an image says


def test_each_kind_of_page_is_known(made: Mapping[str, Any]) -> None:
    assert {page.about.preview for page in made.values()} == PREVIEW_LABELS.keys()


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("index", ("Reading list", "Toy list", "A few papers, to try the generator on.", "")),
        (
            "papers/gan-inversion",
            ("Paper", "GAN Inversion: A Survey", "Weihao Xia, Yulun Zhang, Yujiu Yang and 3 others · 2021", "Toy list"),
        ),
        ("categories/generators", ("Shelf", "Generators", "10 papers", "Toy list")),
        ("tags/transformer", ("Tag", "Transformer", "4 papers", "Toy list")),
        ("paths/first-steps", ("Reading path", "First steps", "3 papers", "Toy list")),
        ("authors/tero-karras", ("Author", "Tero Karras", "3 papers", "Toy list")),
        ("authors/bolei-zhou", ("", "Author", "A few papers, to try the generator on.", "Toy list")),
        ("venues/acl", ("Venue", "ACL", "1 paper", "Toy list")),
        ("years/2017", ("Year", "Papers of 2017", "3 papers", "Toy list")),
        ("about", ("", "About", "A few papers, to try the generator on.", "Toy list")),
        ("tags/index", ("", "Tags", "All tags of the list, by kind, each with a page of its own.", "Toy list")),
    ],
)
def test_an_image_says_what_a_page_is(name: str, texts: tuple[str, ...], made: Mapping[str, Any], toy: Library) -> None:
    assert page_preview(toy.site, made[name]).texts == texts


def test_entries_have_the_word_of_the_list(made: Mapping[str, Any], toy: Library) -> None:
    books = replace(toy.site, entry=EntryWords("book", "books"))
    assert page_preview(books, made["papers/tr0n"]).label == "Book"
    assert page_preview(books, made["tags/transformer"]).detail == "4 books"


@pytest.mark.parametrize("title", ["生成模型 (generative models)", "Ɓaa", "שלום", "🙂", "٣"])
def test_a_title_that_cannot_be_drawn_leaves_the_image_of_its_kind(title: str, toy: Library) -> None:
    papers = tuple(replace(paper, title=title, published_title=None) for paper in toy.papers)
    found = own_pages(replace(toy, papers=papers))
    previews = {
        page_preview(toy.site, page) for name, page in found.items() if name in {f"papers/{p.id}" for p in papers}
    }
    assert {preview.texts for preview in previews} == {("", "Paper", toy.site.tagline, "Toy list")}


def test_names_that_cannot_be_drawn_are_left_out(made: Mapping[str, Any], toy: Library) -> None:
    assert page_preview(toy.site, made["papers/neocognitron"]).detail == "1980"
    site = replace(toy.site, name="論文", tagline="読む", entry=EntryWords("論文", "論文"))
    assert page_preview(site, made["papers/gan-inversion"]).texts[0::3] == ("", "")
    assert page_preview(site, made["tags/transformer"]).texts == ("Tag", "Transformer", "", "")
    assert page_preview(site, replace(made["index"], site=site)).texts == ("", "Reading list", "", "")


def test_all_letters_of_the_scripts_can_be_drawn() -> None:
    """Other letters are left out of a text, which is why a text with one counts as foreign."""
    letters = [character for character in map(chr, range(0x2000)) if re.match(rf"(?=\w)[{KNOWN_LETTERS}]", character)]
    assert len(letters) > 900
    assert [letter for letter in letters for face in FACES if not face.shown_text(letter)] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Légendes & Œuvres", "Légendes & Œuvres"),
        ("Le\u0301gendes", "Légendes"),
        ("Русский, Ελληνικά", "Русский, Ελληνικά"),
        ("Faces 🙂 and\u200d names", "Faces and names"),
        ("𝒩(0, 1) ﬁts ℝ¹⁰", "N(0, 1) ﬁts R¹⁰"),
        ("  \n ", ""),
    ],
)
def test_what_a_typeface_has_is_drawn(text: str, shown: str) -> None:
    assert SERIF.shown_text(text) == shown


# Text that fits


@pytest.mark.parametrize("text", TEXTS, ids=[text[:12] or "empty" for text in TEXTS])
def test_any_text_fits(text: str) -> None:
    assert fits(PagePreview(text, text, text, text, COLORS))
    assert fits(PagePreview("Paper", text, "A and B · 2021", "A list", COLORS))


@given(*[st.one_of(lines, st.text("WMijfgÅǺỖɛφЖ \u0301\u0323", max_size=300))] * 2)
@settings(max_examples=150)
def test_any_text_is_within_its_box(title: str, detail: str) -> None:
    blocks = text_blocks(PagePreview("Paper", title, detail, "", COLORS))
    assert sum(block.height for block in blocks) <= TEXT_HEIGHT
    for block in blocks:
        assert all(block.style.face.width(line) * block.size <= TEXT_WIDTH + 0.01 for line in block.lines)


def test_a_line_is_as_wide_as_it_was_measured() -> None:
    """The renderer shapes text by itself; kerning makes it a little narrower."""
    preview = PagePreview("", "On the Dangers of Stochastic Parrots", "", "", COLORS)
    _, block, _ = text_blocks(preview)
    left, _, right, _ = extent(image_of(preview), TOP, "paper")
    measured = max(map(SEMIBOLD_SERIF.width, block.lines)) * block.size * PREVIEW_WIDTH / 1200
    assert 0.96 * measured <= right - left <= measured + 2


def test_words_are_whole_where_they_can_be() -> None:
    long = "Interpretability and Explainability"
    assert fit_text(TITLE_STYLE, long, 300).lines == ("Interpretability", "and Explainability")
    broken = fit_text(TITLE_STYLE, "W" * 60, 300)
    assert "".join(broken.lines) == "W" * 60
    assert len(broken.lines) > 1
    assert fit_text(TITLE_STYLE, "word " * 200, 300).lines[-1].endswith(" word…")


def test_lines_are_of_like_length() -> None:
    lines = fit_text(
        TITLE_STYLE, "GAN Dissection: Visualizing and Understanding Generative Adversarial Networks", 260
    ).lines
    widths = [SEMIBOLD_SERIF.width(line) for line in lines]
    assert min(widths) > 0.6 * max(widths)


@pytest.mark.parametrize("text", [*TITLES, HOSTILE])
def test_a_text_stays_text_in_the_drawing(text: str) -> None:
    drawing = ElementTree.fromstring(preview_svg(PagePreview("Paper", text[:60], "", "A & <b>", COLORS)))
    assert {node.tag.rpartition("}")[2] for node in drawing.iter()} == {"svg", "rect", "path", "text"}
    _, *title, name = [node.text for node in drawing.iter() if node.tag.endswith("text")]
    shown = SEMIBOLD_SERIF.shown_text(text[:60])
    assert "".join(map(str, title)).replace(" ", "").rstrip("…") in shown.replace(" ", "")
    assert name == "A & <b>"


# Images drawn only once


def test_images_are_small_and_always_the_same() -> None:
    """Whatever the hash seed and the typefaces of the system."""
    preview = PagePreview("Paper", "Wasserstein GAN " * 6, "A, B and C · 2017", "A list", COLORS)
    picture = draw_preview(preview)
    assert len(picture) < MAX_BYTES
    code = f"import sys; from generator.site.previews import *; sys.stdout.write(preview_image({preview!r}).hex())"
    done = run(ROOT, "-c", code, PYTHONHASHSEED="7", FONTCONFIG_FILE=os.devnull)
    assert done.stdout == picture.hex(), done.stderr


def test_an_image_has_the_colors_of_the_list(toy: Library, made: Mapping[str, Any]) -> None:
    found = {color for _, color in image_of(page_preview(toy.site, made["index"])).getcolors() or ()}
    assert {theme_colors()[name][0] for name in ("paper", "ink", "soft", "link", "glow")} <= found
    assert len(found) <= 16


def test_the_name_of_a_file_says_all_that_its_image_depends_on(monkeypatch: pytest.MonkeyPatch) -> None:
    first = PagePreview("Paper", "Title", "A", "List", COLORS)
    others = [replace(first, label="other"), replace(first, title="other"), replace(first, detail="other")]
    others += [replace(first, list_name="other"), replace(first, colors=COLORS[:-1])]
    others += [replace(first, title="TitleA", detail="")]
    names = {preview.file for preview in (first, *others)}
    assert len(names) == 1 + len(others)
    digest = drawing_digest()
    for name, value in (("PREVIEW_WIDTH", 1200), ("TYPEFACE_FILES", previews.TYPEFACE_FILES[:2])):
        with monkeypatch.context() as patch:
            patch.setattr(previews, name, value)
            assert drawing_digest.__wrapped__() != digest


def test_the_same_image_is_drawn_for_all_pages_that_have_it(toy: Library, made: Mapping[str, Any]) -> None:
    site = replace(toy.site, address=PUBLISHED)
    files = [name for name, _ in preview_files(site, made.values())]
    assert len(files) == len(set(files)) == len({page_preview(site, page).file for page in made.values()})
    assert len(files) < len(made)  # authors with few papers share one
    assert list(preview_files(toy.site, made.values())) == []  # an image is named by its absolute address


def test_only_what_changed_is_drawn_again(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SITE_URL", PUBLISHED)
    command = ["build", "--content", str(content), "--out", str(tmp_path / "out"), "--site", str(tmp_path / "site")]
    assert main(command) == 0
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "site/assets/previews").iterdir()}
    capsys.readouterr()
    (tmp_path / ".site.last.json").unlink()
    with monkeypatch.context() as patch:
        patch.setattr(previews, "preview_image", bytes)  # it draws nothing
        assert main(command) == 0
    assert ": 0 files written, 0 deleted" in capsys.readouterr().out
    entry = content / "papers/tr0n.yml"
    entry.write_text(re.sub("(?m)^title: .*", "title: A New Title", entry.read_text()))
    assert main(command) == 0
    after = {file: file.stat().st_mtime_ns for file in (tmp_path / "site/assets/previews").iterdir()}
    assert len(before.items() - after.items()) == len(after.items() - before.items()) == 1


def test_typefaces_that_are_not_there_are_named(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(previews, "TYPEFACE_FILES", (tmp_path / "face.ttf",))
    monkeypatch.setattr(previews, "drawing_digest", drawing_digest.__wrapped__)
    command = ["build", "--content", str(content), "--out", str(tmp_path / "out"), "--site", str(tmp_path / "site")]
    assert main(command) == 0  # a site without an address needs none
    monkeypatch.setenv("SITE_URL", PUBLISHED)
    assert run_with_exit_status(lambda: main(command)) == 1
    assert capsys.readouterr().err == f"{tmp_path}/face.ttf: no such typeface: make site fetches it\n"


# The published pages


def test_every_page_has_an_image_of_the_size_that_it_says(published: Path) -> None:
    named = set()
    for address, page in pages(published).items():
        tags = {node.get("property"): node.get("content") or "" for node in page.iter("meta") if node.get("property")}
        if not tags:
            assert address == "404.html" or any(node.get("http-equiv") == "refresh" for node in page.iter("meta"))
            continue
        file = published / tags["og:image"].removeprefix(PUBLISHED)
        named.add(file)
        with Image.open(file) as image:
            assert (image.format, *map(str, image.size)) == ("PNG", tags["og:image:width"], tags["og:image:height"])
        assert file.stat().st_size < MAX_BYTES
        assert tags["og:image:alt"]
    assert named == set((published / "assets/previews").iterdir())


def test_a_site_without_an_address_has_no_images(site: Path) -> None:
    assert not (site / "assets/previews").exists()

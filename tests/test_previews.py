"""Preview images for links to the site: one for each kind of page, with text that fits, whatever the list's name."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hostile import TITLES, lines
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from sites import HOSTILE, ROOT, TOY, run

from generator.cli import main
from generator.content.model import EntryWords, Library, Site
from generator.related.relate import relate
from generator.site.catalogue import build_catalogue
from generator.site.colors import theme_colors
from generator.site.pages.kinds import site_pages
from generator.site.previews import (
    IMAGE_WIDTH,
    MOTIFS,
    PREVIEW_LABELS,
    SERIF_FAMILY,
    TEXT_BLOCKS,
    TEXT_WIDTH,
    draw_motif_panel,
    draw_site_text,
    drawable_text,
    fit_text,
    font_files,
    preview_files,
)

LEFT = (0, 0, 820, 630)
RIGHT = (820, 0, 1200, 630)
NAMES = [
    *TITLES,
    HOSTILE,
    "W" * 60,
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "生成模型阅读清单",
    "قائمة القراءة",
    "🙂",
    "A",
    "Tiếng Việt, Ελληνικά, Русский, Řeč",
    "Ǻ Ấ Ỗ " * 30,
    "Z\u0338\u0327\u0321\u031ba\u0337\u0328l\u0336g\u0334o\u0335",
    "word " * 2_000,
    "x" * 100_000,
]


def opened(picture: bytes) -> Image.Image:
    return Image.open(BytesIO(picture)).convert("RGB")


def extent(image: Image.Image, box: tuple[int, int, int, int], name: str) -> tuple[int, int, int, int]:
    """Return the bounding box of what is drawn in a part of an image, relative to that part."""
    part = image.crop(box)
    found = ImageChops.difference(part, Image.new("RGB", part.size, theme_colors()[name][0])).getbbox()
    assert found, "nothing is drawn"
    return found


def fits(image: Image.Image) -> bool:
    """Return whether the text leaves margins on all sides, with a little tolerance for letters such as j."""
    left, top, right, bottom = extent(image, LEFT, "paper")
    return left >= 60 and top >= 40 and right <= 772 and bottom <= 590


@pytest.fixture(scope="module")
def drawn(toy: Library) -> dict[str, bytes]:
    return dict(preview_files(toy.site))


def test_each_kind_of_page_has_a_picture(drawn: dict[str, bytes], toy: Library) -> None:
    assert {page.about.preview for _, page in site_pages(build_catalogue(toy, relate(toy)))} == PREVIEW_LABELS.keys()
    assert drawn.keys() == {f"{kind}.png" for kind in PREVIEW_LABELS}
    for picture in drawn.values():
        image = Image.open(BytesIO(picture))
        assert (image.format, image.size) == ("PNG", (1200, 630))
        assert len(picture) < 40_000


def test_kinds_differ_in_their_motifs_only(drawn: dict[str, bytes]) -> None:
    images = [opened(picture) for picture in drawn.values()]
    assert len({image.crop(LEFT).tobytes() for image in images}) == 1
    assert len({image.crop((840, 120, 1180, 400)).tobytes() for image in images}) == len(PREVIEW_LABELS)
    for image in images:
        assert fits(image)
        left, top, right, bottom = extent(image, RIGHT, "link")
        assert left >= 40
        assert right <= 340
        assert top >= 60
        assert bottom <= 520


@pytest.mark.parametrize("word", ["book", "recorded conversation or interview", "W" * 40, "W " * 19, "Ǻ Ấ Ỗ", "論文"])
def test_the_word_for_an_entry_fits(word: str, toy: Library) -> None:
    panel = draw_motif_panel(toy.site, MOTIFS["paper"], word)
    left, top, right, bottom = extent(panel, (0, 0, *panel.size), "link")
    assert (left, top) >= (20, 60)
    assert right <= 360
    assert bottom <= 530


def test_a_paper_is_called_as_the_list_calls_it(drawn: dict[str, bytes], toy: Library) -> None:
    books = dict(preview_files(replace(toy.site, entry=EntryWords("book", "books"))))
    assert {name for name, picture in books.items() if picture != drawn[name]} == {"paper.png"}


def test_the_command_draws_the_same_bytes_again(drawn: dict[str, bytes], tmp_path: Path) -> None:
    done = run(ROOT, "-m", "generator", "previews", "--content", TOY, "--out", tmp_path / "new", PYTHONHASHSEED="7")
    assert done.stdout == f"9 pictures drawn in {tmp_path}/new\n"
    assert {file.name: file.read_bytes() for file in (tmp_path / "new").iterdir()} == drawn


@pytest.mark.parametrize("tagline", ["", "A reading list of the best papers. " * 20], ids=["without", "long"])
@pytest.mark.parametrize("name", NAMES, ids=lambda name: name[:12])
def test_any_name_fits(name: str, tagline: str) -> None:
    image = draw_site_text(Site(name, tagline, "x"))
    assert fits(image)
    assert theme_colors()["ink"][0] in {found for _, found in image.getcolors(1 << 20) or ()}


@given(*[st.one_of(lines, st.text("WMijfgÅǺỖɛφЖ \u0301\u0323", max_size=300))] * 2)
@settings(max_examples=40)
def test_any_text_fits(name: str, tagline: str) -> None:
    assert fits(draw_site_text(Site(name, tagline, "x")))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Légendes & Œuvres", "Légendes & Œuvres"),
        ("Le\u0301gendes", "Légendes"),
        ("Русский, Ελληνικά", "Русский, Ελληνικά"),
        ("Faces 🙂 and\u200d names", "Faces and names"),
        ("生成モデル (generative models)", "(generative models)"),
        ("生成模型", ""),
        ("  \n ", ""),
    ],
)
def test_what_the_typefaces_have_is_drawn(text: str, shown: str) -> None:
    assert drawable_text(SERIF_FAMILY, text) == shown


def test_words_are_whole_where_they_can_be() -> None:
    kinds, height = TEXT_BLOCKS[0]
    long = "Interpretability and Explainability"
    assert fit_text(long, kinds, height)[1] == long.split()
    kind, parts = fit_text("W" * 60, kinds, height)
    assert "".join(parts) == "W" * 60
    assert all(kind.width(part) <= TEXT_WIDTH < IMAGE_WIDTH for part in parts)
    assert fit_text("word " * 200, kinds, height)[1][-1].endswith(" word…")


def test_typefaces_that_are_not_there_are_named() -> None:
    with pytest.raises(FileNotFoundError, match="make site fetches it"):
        font_files("no-such-typeface")


def test_a_site_with_problems_has_no_pictures(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (content / "papers/tr0n.yml").write_text("title: of another file\n")
    command = ["previews", "--content", str(content), "--out", str(tmp_path / "out")]
    assert main(command) == 0
    (tmp_path / "out/home.png").write_bytes(b"old")
    (content / "site.yml").write_text("name: Without a tagline\n")
    assert main(command) == 1
    assert "site.yml:1:1: " in capsys.readouterr().out
    assert (tmp_path / "out/home.png").read_bytes() == b"old"

"""Draws preview images: lays the texts out by the widths of their letters, fills the template, and rasterizes it.

A text is set in the largest size in which it fits, and cut off if it fits in none. A character that the typeface lacks
is drawn as the characters that it stands for (`ℓ` as `l`), or left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from unicodedata import combining, normalize

import jinja2
from PIL import Image, ImageFont
from resvg import render, usvg

from generator.content.text import single_line
from generator.site.colors import Color, parse_color
from generator.site.previews import (
    PREVIEW_HEIGHT,
    PREVIEW_TEMPLATE,
    PREVIEW_WIDTH,
    TYPEFACE_FILES,
    PagePreview,
    installed_bytes,
)

TEXT_LEFT, TEXT_WIDTH, TEXT_HEIGHT = 80, 1040, 440  # of all texts above the band, in the units of the template
BAND_TOP, NAME_LEFT, NAME_MIDDLE = 520, 145, 575  # of the band with the list's name
MARK_SPACE = 24  # for the short line above the texts
MAX_PREVIEW_CHARACTERS = 400  # maximum length of a text; no more would fit
MEASURED_SIZE = 1_000  # pixels, at which hinting changes no width
COMPARED_SIZE = 40  # pixels, at which a glyph is compared with that for missing characters
MISSING_GLYPH_CHARACTER = "\uffff"
IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
SHADES = (("ink", 5), ("soft", 3), ("link", 4), ("glow", 2))  # of each color, from the paper's on, for smooth edges
RUN_LENGTHS = 3  # zlib's Z_RLE: a twentieth of the time, and no larger files


# Letters


@dataclass(frozen=True, slots=True)
class Typeface:
    """A typeface at a weight, as the template names it."""

    family: str
    weight: int
    file: Path

    def width(self, text: str) -> float:
        """Return the width of a text at a size of 1, without kerning."""
        return sum(character_width(self.file, character) for character in text)

    def shown_text(self, text: str) -> str:
        """Return a text on one line, in characters that the typeface has.

        Only the first of several consecutive combining marks is kept, because stacked marks would rise above the line.
        """
        whole = single_line(normalize("NFC", text[:MAX_PREVIEW_CHARACTERS]))
        marked = zip(f" {whole}", whole, strict=False)
        kept = (character for before, character in marked if not (combining(before) and combining(character)))
        return single_line("".join(map(self.shown_characters, kept)))

    def shown_characters(self, character: str) -> str:
        """Return a character, or else those that it stands for, as far as the typeface has them."""
        if character == " " or has_glyph(self.file, character):
            return character
        return "".join(part for part in normalize("NFKD", character) if has_glyph(self.file, part))


@lru_cache
def typeface_font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BytesIO(installed_bytes(file)), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=1 << 14)
def character_width(file: Path, character: str) -> float:
    return typeface_font(file, MEASURED_SIZE).getlength(character) / MEASURED_SIZE


@lru_cache(maxsize=1 << 14)
def has_glyph(file: Path, character: str) -> bool:
    """Return whether a typeface has a visible glyph for a character."""
    shape, missing = (typeface_font(file, COMPARED_SIZE).getmask(text) for text in (character, MISSING_GLYPH_CHARACTER))
    return shape.getbbox() is not None and (shape.size, bytes(shape)) != (missing.size, bytes(missing))


# Lines


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text is set: its typeface, the name of its color, its possible sizes, its line height in sizes, and the
    space above it."""

    face: Typeface
    color: str
    sizes: Sequence[int]
    leading: float
    gap: int = 0


SEMIBOLD_SERIF, SERIF, SANS = (
    Typeface(family, weight, file)
    for family, weight, file in zip(
        ("Source Serif 4", "Source Serif 4", "Source Sans 3"), (600, 400, 600), TYPEFACE_FILES, strict=True
    )
)
LABEL_STYLE = TextStyle(SANS, "link", (36, 32, 28, 24), 1.2)
TITLE_STYLE = TextStyle(SEMIBOLD_SERIF, "ink", range(104, 39, -4), 1.12, 12)
DETAIL_STYLE = TextStyle(SERIF, "soft", (34, 31, 28), 1.36, 20)
NAME_STYLE = TextStyle(SANS, "paper", (36, 32, 28), 1.2)


@dataclass(frozen=True, slots=True)
class TextBlock:
    """The lines of a text in a style and one of its sizes."""

    style: TextStyle
    size: int
    lines: tuple[str, ...]

    @property
    def leading(self) -> float:
        return self.size * self.style.leading

    @property
    def height(self) -> float:
        """The height with the space above."""
        return self.style.gap + self.leading * len(self.lines) if self.lines else 0


def fit_text(style: TextStyle, text: str, height: float, width: float = TEXT_WIDTH) -> TextBlock:
    """Return a text in the largest size of a style in which it fits a box.

    Sizes that break no word are preferred. A text that fits in no size is cut off with an ellipsis.
    """
    face, smallest = style.face, style.sizes[-1]
    shown = face.shown_text(text)
    unbroken = [size for size in style.sizes if widest_word(face, shown) * size <= width]
    for size in (*unbroken, *style.sizes):
        if len(wrap_text(face, shown, width / size)) * size * style.leading <= height - style.gap:
            return TextBlock(style, size, tuple(balance_lines(face, shown, width / size)))
    room = max(int((height - style.gap) / (smallest * style.leading)), 1)
    *kept, last = wrap_text(face, shown, width / smallest)[:room]
    while face.width(f"{last}…") * smallest > width:
        last = last.rpartition(" ")[0] or last[:-1]
    return TextBlock(style, smallest, (*kept, f"{last}…"))


def widest_word(face: Typeface, text: str) -> float:
    return max(map(face.width, text.split()), default=0)


def wrap_text(face: Typeface, text: str, width: float) -> list[str]:
    """Return the lines of a text, no wider than a width at a size of 1; words that are wider than a line are broken."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if face.width(longer) <= width:
            lines[-1] = longer
            continue
        lines.append("")
        for character in word:
            if lines[-1] and face.width(lines[-1] + character) > width:
                lines.append("")
            lines[-1] += character
    return [line for line in lines if line]


def balance_lines(face: Typeface, text: str, width: float) -> list[str]:
    """Return the lines of a text, wrapped at the smallest width that adds no line, to avoid a short last line."""
    best, least = wrap_text(face, text, width), widest_word(face, text)
    for percent in range(98, 50, -2):
        lines = wrap_text(face, text, width * percent / 100)
        if least > width * percent / 100 or len(lines) > len(best):
            break
        best = lines
    return best


def text_blocks(preview: PagePreview) -> tuple[TextBlock, ...]:
    """Return the label, the title and the detail of a preview as they are drawn above the band."""
    label = fit_text(LABEL_STYLE, preview.label, 44)
    detail = fit_text(DETAIL_STYLE, preview.detail, 116)
    room = TEXT_HEIGHT - MARK_SPACE - label.height - detail.height
    return label, fit_text(TITLE_STYLE, preview.title, room), detail


# The image


def draw_preview(preview: PagePreview) -> bytes:
    """Return the image of a preview as a PNG file with a small palette.

    Raises:
        FileNotFoundError: The typefaces are not installed.
    """
    drawn = render(usvg.Tree.from_str(preview_svg(preview), drawing_options()), IDENTITY)
    image = Image.open(BytesIO(drawn)).convert("RGB")
    file = BytesIO()
    reduced = image.quantize(palette=preview_palette(preview.colors), dither=Image.Dither.NONE)
    reduced.save(file, "PNG", compress_type=RUN_LENGTHS)
    return file.getvalue()


def preview_svg(preview: PagePreview) -> str:
    """Return the drawing of a preview. The texts are centered between the upper edge and the band."""
    blocks = text_blocks(preview)
    top = round((BAND_TOP - MARK_SPACE - sum(block.height for block in blocks)) / 2)
    name = fit_text(NAME_STYLE, preview.list_name, 44, TEXT_WIDTH + TEXT_LEFT - NAME_LEFT)
    return preview_template().render(
        width=PREVIEW_WIDTH,
        height=PREVIEW_HEIGHT,
        colors=dict(preview.colors),
        left=TEXT_LEFT,
        top=top,
        lines=[
            *placed_lines(blocks, TEXT_LEFT, top + MARK_SPACE),
            *placed_lines((name,), NAME_LEFT, NAME_MIDDLE - name.height / 2),
        ],
    )


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of text with the left end of its baseline."""

    text: str
    x: int
    y: int
    size: int
    style: TextStyle


def placed_lines(blocks: Sequence[TextBlock], x: int, y: float) -> Iterator[PlacedLine]:
    """Return the lines of blocks that stand one below the other, from a height on."""
    for block in blocks:
        top = y + block.style.gap
        for number, line in enumerate(block.lines):
            baseline = top + block.leading * (number + 0.5) + block.size / 3
            yield PlacedLine(line, x, round(baseline), block.size, block.style)
        y += block.height


@lru_cache
def preview_template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(PREVIEW_TEMPLATE.read_text("utf-8"))


@lru_cache
def drawing_options() -> usvg.Options:
    """Return the settings of the renderer, which knows our typefaces and none of the system's."""
    options = usvg.Options.default()
    for file in TYPEFACE_FILES:
        options.load_font_data(installed_bytes(file))
    return options


@lru_cache
def preview_palette(colors: Sequence[tuple[str, str]]) -> Image.Image:
    """Return an image with the palette. It has at most 16 colors, so that a pixel takes four bits."""
    known = {name: parse_color(color) for name, color in colors}
    shades = (
        mix_colors(known["paper"], known[name], step / (steps - 1)) for name, steps in SHADES for step in range(steps)
    )
    image = Image.new("P", (1, 1))
    image.putpalette([part for shade in dict.fromkeys(shades) for part in shade])
    return image


def mix_colors(one: Color, other: Color, share: float) -> Color:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue

"""The preview images that other sites show with links to this one, one for each kind of page.

The list's name and tagline are on the left, and a motif for the kind of page on the right, in the colors and typefaces
of the stylesheet. Each typeface is split into files by script, as for browsers; a character is drawn from the first
file that contains it, and left out if there is none. The same list always produces the same bytes.

The motifs are drawn in code, because Pillow cannot read SVG, and another renderer would add a dependency for only nine
small images.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from errno import ENOENT
from functools import lru_cache
from io import BytesIO
from itertools import groupby, pairwise
from math import cos, radians, sin
from pathlib import Path
from unicodedata import combining, normalize

from PIL import Image, ImageDraw, ImageFont

from generator.content.model import Site
from generator.content.text import single_line
from generator.site.colors import THEME_ASSETS, Color, Shades, site_colors

IMAGE_WIDTH, IMAGE_HEIGHT, IMAGE_MARGIN = 1200, 630, 80
PANEL_WIDTH = 380  # width of the part with the motif; all sizes are in pixels
TEXT_WIDTH = IMAGE_WIDTH - PANEL_WIDTH - 2 * IMAGE_MARGIN + 10  # width of the text
MOTIF_SIZE = 264  # side of the square in which the motif is drawn
MOTIF_UNITS = 240  # the same side in the units of the drawing functions
SUPERSAMPLING_FACTOR = 4  # the motif is drawn this much larger and then reduced, for smooth edges
MOTIF_SCALE = MOTIF_SIZE / MOTIF_UNITS * SUPERSAMPLING_FACTOR
SERIF_FAMILY, SANS_FAMILY = "source-serif-4", "source-sans-3"
FONT_SUBSETS = ("latin", "latin-ext", "vietnamese", "greek", "greek-ext", "cyrillic", "cyrillic-ext")
MAX_PREVIEW_CHARACTERS = 400  # maximum length of a text; no more would fit
MISSING_GLYPH_CHARACTER = "\uffff"  # in no font file, so it is drawn as the missing-glyph symbol
DRAWN_COLORS = ("paper", "ink", "soft", "link", "glow")
PREVIEW_LABELS = {
    "home": "Reading list",
    "paper": "",  # the list's own word
    "shelf": "Shelf",
    "tag": "Tag",
    "author": "Author",
    "venue": "Venue",
    "year": "Year",
    "path": "Reading path",
    "page": "Page",
}
Point = tuple[float, float]


def preview_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Return the images as names and contents of PNG files.

    Raises:
        FileNotFoundError: The typefaces are not installed.
    """
    left = draw_site_text(site)
    for kind, words in PREVIEW_LABELS.items():
        picture = left.copy()
        picture.paste(draw_motif_panel(site, MOTIFS[kind], words or site.entry.label), (IMAGE_WIDTH - PANEL_WIDTH, 0))
        file = BytesIO()
        picture.quantize(palette=preview_palette(site), dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        yield f"{kind}.png", file.getvalue()


# Colors


@lru_cache
def preview_palette(site: Site) -> Image.Image:
    """Return an image with the palette: 16 steps between any two adjacent colors, as smooth edges need."""
    colors = site_colors(site)
    (paper, _), (ink, _), (soft, _), (link, pale), (glow, bright) = (colors[name] for name in DRAWN_COLORS)
    pairs = [(paper, ink), (paper, soft), (paper, glow), (paper, link), (link, pale), (link, bright), (paper, pale)]
    steps = [mix_colors(one, other, step / 15) for one, other in pairs for step in range(16)]
    image = Image.new("P", (1, 1))
    image.putpalette([part for step in steps for part in step])
    return image


def mix_colors(one: Color, other: Color, share: float) -> Color:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


# Text


@dataclass(frozen=True, slots=True)
class TextStyle:
    """A typeface at a weight, with its size and line height in pixels."""

    family: str
    weight: int
    size: int
    leading: float = 0

    def width(self, text: str) -> float:
        return sum(self.font(file).getlength(run) for file, run in text_runs(self.family, text))

    def font(self, file: Path) -> ImageFont.FreeTypeFont:
        return load_font(file, self.weight, self.size)

    def draw(self, on: ImageDraw.ImageDraw, at: Point, text: str, fill: Color) -> None:
        """Draw a line of text; `at` is the left end of its baseline, in pixels."""
        x, y = at
        for file, run in text_runs(self.family, text):
            on.text((x, y), run, fill, self.font(file), anchor="ls")
            x += self.font(file).getlength(run)


@lru_cache
def load_font(file: Path, weight: int, size: int) -> ImageFont.FreeTypeFont:
    loaded = ImageFont.truetype(file, size)
    loaded.set_variation_by_axes([weight])
    return loaded


@lru_cache
def font_files(family: str) -> tuple[Path, ...]:
    """Return the upright font files of a typeface, with the most common scripts first.

    Raises:
        FileNotFoundError: The typeface is not installed.
    """
    folder = THEME_ASSETS / "fonts" / family / "files"
    named = [folder / f"{family}-{script}-wght-normal.woff2" for script in FONT_SUBSETS]
    if not named[0].exists():
        raise FileNotFoundError(ENOENT, "no such typeface: make site fetches it", str(named[0]))
    return tuple(file for file in named if file.exists())


@lru_cache(maxsize=1 << 12)
def find_font_file(family: str, character: str) -> Path | None:
    """Return the first font file of a typeface that contains a character, or None."""
    return next((file for file in font_files(family) if character == " " or has_glyph(file, character)), None)


def has_glyph(file: Path, character: str) -> bool:
    """Return whether a font file has a visible glyph for a character."""
    shape, nothing = (load_font(file, 400, 40).getmask(text) for text in (character, MISSING_GLYPH_CHARACTER))
    return shape.getbbox() is not None and (shape.size, bytes(shape)) != (nothing.size, bytes(nothing))


def text_runs(family: str, text: str) -> Iterator[tuple[Path, str]]:
    """Return the parts of a text, each with the font file that can draw it.

    Characters that no file contains are left out.
    """
    for file, run in groupby(text, lambda character: find_font_file(family, character)):
        if file:
            yield file, "".join(run)


def drawable_text(family: str, text: str) -> str:
    """Return the characters of a text that the typeface can draw.

    Only the first of several consecutive combining marks is kept, because stacked marks would rise above the line.
    """
    whole = single_line(normalize("NFC", text[:MAX_PREVIEW_CHARACTERS]))
    marked = zip(f" {whole}", whole, strict=False)
    kept = (character for before, character in marked if not (combining(before) and combining(character)))
    return single_line("".join(character for character in kept if find_font_file(family, character)))


def wrap_text(kind: TextStyle, text: str, width: float) -> list[str]:
    """Return the lines of a text wrapped at a width in pixels; words wider than a line are broken."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if kind.width(longer) <= width:
            lines[-1] = longer
            continue
        lines.append("")
        for character in word:
            if lines[-1] and kind.width(lines[-1] + character) > width:
                lines.append("")
            lines[-1] += character
    return [line for line in lines if line]


def balance_lines(kind: TextStyle, text: str, most: int) -> list[str]:
    """Return the lines of a text, wrapped at the smallest width that adds no line, to avoid a short last line."""
    whole = wrap_text(kind, text, most)
    words = set(text.split())
    best = whole
    for width in range(most, most // 3, -10):
        lines = wrap_text(kind, text, width)
        if len(lines) > len(whole) or not {word for line in lines for word in line.split()} <= words:
            return best
        best = lines
    return best


def fit_text(
    text: str, kinds: Sequence[TextStyle], height: float, width: int = TEXT_WIDTH
) -> tuple[TextStyle, list[str]]:
    """Return the first of these styles in which a text fits a box, with its sizes in pixels, and the lines of the text.

    Styles that break no word are preferred. If the text fits in none of the styles, it is cut off with an ellipsis.
    """
    unbroken = [kind for kind in kinds if all(kind.width(word) <= width for word in set(text.split()))]
    for kind in (*unbroken, *kinds):
        if len(wrap_text(kind, text, width)) * kind.leading <= height:
            return kind, balance_lines(kind, text, width)
    *kept, last = wrap_text(kinds[-1], text, width)[: int(height / kinds[-1].leading)]
    while kinds[-1].width(f"{last}…") > width:
        last = last.rpartition(" ")[0] or last[:-1]
    return kinds[-1], [*kept, f"{last}…"]


TEXT_BLOCKS = (  # for the name and the tagline: the possible styles, and the maximum height
    ([TextStyle(SERIF_FAMILY, 600, size, size * 1.08) for size in range(104, 43, -4)], 300),
    ([TextStyle(SERIF_FAMILY, 400, size, size * 1.36) for size in range(38, 31, -2)], 160),
)
LABEL_STYLES = [TextStyle(SANS_FAMILY, 600, size, size * 1.1) for size in range(44, 23, -4)]
LABEL_WIDTH, LABEL_HEIGHT = PANEL_WIDTH - 60, 100  # in which the name of the kind of page is drawn
TEXT_BLOCK_GAP = 26  # between the name and the tagline


def draw_site_text(site: Site) -> Image.Image:
    """Return an image with the list's name and tagline, vertically centered."""
    colors = {name: light for name, (light, _) in site_colors(site).items()}
    image = Image.new("RGB", (IMAGE_WIDTH, IMAGE_HEIGHT), colors["paper"])
    on = ImageDraw.Draw(image)
    texts = [
        text for text in (drawable_text(SERIF_FAMILY, site.name), drawable_text(SERIF_FAMILY, site.tagline)) if text
    ] or [PREVIEW_LABELS["home"]]
    blocks = [fit_text(text, *room) for text, room in zip(texts, TEXT_BLOCKS, strict=False)]
    y = (
        IMAGE_HEIGHT - sum(kind.leading * len(lines) for kind, lines in blocks) - TEXT_BLOCK_GAP * (len(blocks) - 1)
    ) / 2
    y += 14  # space for the rule above the text
    on.rectangle((IMAGE_MARGIN, y - 40, IMAGE_MARGIN + 71, y - 33), colors["glow"])
    for (kind, lines), fill in zip(blocks, (colors["ink"], colors["soft"]), strict=False):
        for line in lines:
            kind.draw(on, (IMAGE_MARGIN, round(y + kind.leading / 2 + kind.size / 3)), line, fill)
            y += kind.leading
        y += TEXT_BLOCK_GAP
    return image


# Motifs


@dataclass(frozen=True, slots=True)
class MotifPen:
    """A pen that draws in a square in the upper middle of a panel, `MOTIF_UNITS` wide and high."""

    on: ImageDraw.ImageDraw
    colors: Mapping[str, Shades]

    def color(self, name: str, dark: bool = False) -> Color:
        return self.colors[name][dark]

    def area(self, points: Sequence[Point], fill: Color) -> None:
        self.on.polygon([self.place(point) for point in points], fill)

    def box(self, x: float, y: float, width: float, height: float, fill: Color, radius: float = 0) -> None:
        corners = (*self.place((x, y)), *self.place((x + width, y + height)))
        self.on.rounded_rectangle(corners, radius * MOTIF_SCALE, fill)

    def disc(self, x: float, y: float, radius: float, fill: Color) -> None:
        self.on.ellipse((*self.place((x - radius, y - radius)), *self.place((x + radius, y + radius))), fill)

    def line(self, points: Sequence[Point], width: float, fill: Color) -> None:
        """Draw a line with round ends and joints."""
        thick = round(width * MOTIF_SCALE)
        self.on.line([self.place(point) for point in points], fill, thick, "curve")
        for x, y in map(self.place, (points[0], points[-1])):
            self.on.circle((x, y), thick / 2 - 1, fill)

    def place(self, point: Point) -> Point:
        x, y = point
        return x * MOTIF_SCALE + (
            PANEL_WIDTH - MOTIF_SIZE
        ) / 2 * SUPERSAMPLING_FACTOR, y * MOTIF_SCALE + 124 * SUPERSAMPLING_FACTOR


def draw_motif_panel(site: Site, motif: Callable[[MotifPen], None], words: str) -> Image.Image:
    """Return the right part of an image: the motif above the name of the kind of page."""
    colors = site_colors(site)
    size = (PANEL_WIDTH * SUPERSAMPLING_FACTOR, IMAGE_HEIGHT * SUPERSAMPLING_FACTOR)
    large = Image.new("RGB", size, colors["link"][0])
    motif(MotifPen(ImageDraw.Draw(large), colors))
    image = large.resize((PANEL_WIDTH, IMAGE_HEIGHT), Image.Resampling.LANCZOS)
    kind, lines = fit_text(drawable_text(SANS_FAMILY, words), LABEL_STYLES, LABEL_HEIGHT, LABEL_WIDTH)
    y = 478 - kind.leading * (len(lines) - 1) / 2
    for line in lines:
        kind.draw(ImageDraw.Draw(image), ((PANEL_WIDTH - kind.width(line)) / 2, round(y)), line, colors["paper"][0])
        y += kind.leading
    return image


def bezier_points(start: Point, bend: Point, end: Point) -> list[Point]:
    """Return 25 points on a quadratic Bézier curve, whose control point is `bend`."""

    def at(share: float, axis: int) -> float:
        rest = 1 - share
        return rest * rest * start[axis] + 2 * rest * share * bend[axis] + share * share * end[axis]

    return [(at(step / 24, 0), at(step / 24, 1)) for step in range(25)]


def rotate_points(points: Sequence[Point], degrees: float, around: Point) -> list[Point]:
    """Return the points, rotated clockwise around another point."""
    (x0, y0), s, c = around, sin(radians(degrees)), cos(radians(degrees))
    return [(x0 + (x - x0) * c - (y - y0) * s, y0 + (x - x0) * s + (y - y0) * c) for x, y in points]


def draw_book(pen: MotifPen) -> None:
    """Draw an open book."""
    for side, fill in ((-1, pen.color("paper")), (1, pen.color("link", True))):

        def at(x: float, y: float, side: int = side) -> Point:
            return 120 + side * x, y

        top, bottom = (
            bezier_points(at(3, 66), at(50, 30), at(116, 46)),
            bezier_points(at(116, 196), at(50, 180), at(3, 216)),
        )
        pen.area([*top, *bottom], fill)
        for row in range(4):
            y = 88 + 26 * row
            pen.line(bezier_points(at(22, y - 2), at(58, y - 23), at(98, y - 19)), 6, pen.color("link"))
    pen.area([(172, 40), (200, 40), (200, 104), (186, 90), (172, 104)], pen.color("glow", True))


def draw_sheet(pen: MotifPen) -> None:
    """Draw a sheet of paper with a folded corner, a title and lines of text."""
    pen.area([(36, 4), (152, 4), (204, 56), (204, 236), (36, 236)], pen.color("paper"))
    pen.area([(152, 4), (204, 56), (152, 56)], pen.color("link", True))
    pen.line([(66, 50), (124, 50)], 14, pen.color("glow", True))
    for row, end in enumerate((174, 174, 174, 174, 130)):
        pen.line([(66, 92 + 27 * row), (end, 92 + 27 * row)], 7, pen.color("link"))


def draw_bookshelf(pen: MotifPen) -> None:
    """Draw books on a shelf, of which the last one leans."""
    paper, green, glow, dark = (
        pen.color("paper"),
        pen.color("link", True),
        pen.color("glow", True),
        pen.color("link"),
    )
    for x, top, width, fill in ((8, 40, 40, paper), (52, 64, 30, green), (86, 24, 46, paper), (136, 52, 28, glow)):
        pen.box(x, top, width, 206 - top, fill)
        pen.box(x, top + 20, width, 7, dark)
        pen.box(x, 172, width, 7, dark)
    for top, bottom, fill in ((72, 206, green), (92, 99, dark)):
        leaning: list[Point] = [(194, top), (226, top), (226, bottom), (194, bottom)]
        pen.area(rotate_points(leaning, -12, (194, 206)), fill)
    pen.box(-8, 206, 256, 12, paper, 3)


def draw_labels(pen: MotifPen) -> None:
    """Draw two labels on one string."""
    shape: list[Point] = [(-36, 0), (4, -50), (172, -50), (172, 50), (4, 50)]
    hole: Point = (60, 62)
    for degrees, fill in ((72, pen.color("link", True)), (28, pen.color("paper"))):
        pen.area(rotate_points([(x + 60, y + 62) for x, y in shape], degrees, hole), fill)
    pen.disc(*hole, 14, pen.color("link"))
    pen.line(
        [*bezier_points(hole, (-34, 52), (8, 4)), *bezier_points((8, 4), (44, -32), hole)], 6, pen.color("glow", True)
    )
    for y, end in ((44, 202), (78, 168)):
        pen.line(rotate_points([(102, y), (end, y)], 28, hole), 8, pen.color("link"))


def draw_nib(pen: MotifPen) -> None:
    """Draw the nib of a pen and the line that it has written."""
    paper, dark = pen.color("paper"), pen.color("link")
    left = [*bezier_points((84, 70), (74, 128), (120, 206))]
    right = [(240 - x, y) for x, y in reversed(left)]
    pen.area([*left, *right], paper)
    pen.box(80, 2, 80, 52, pen.color("link", True), 4)
    pen.box(84, 60, 72, 12, paper)
    pen.disc(120, 112, 11, dark)
    pen.line([(120, 112), (120, 202)], 4, dark)
    written = [*bezier_points((12, 226), (42, 190), (64, 226)), *bezier_points((64, 226), (84, 254), (120, 214))]
    pen.line([*written, *bezier_points((120, 214), (160, 236), (228, 220))], 7, pen.color("glow", True))


def draw_hall(pen: MotifPen) -> None:
    """Draw a hall with columns."""
    paper, green = pen.color("paper"), pen.color("link", True)
    pen.area([(120, 10), (236, 76), (4, 76)], paper)
    pen.disc(120, 53, 13, pen.color("glow", True))
    pen.box(14, 84, 212, 14, green)
    for column in range(4):
        x = 26 + 53.3 * column
        pen.box(x, 106, 28, 78, paper)
    pen.box(14, 192, 212, 14, green)
    pen.box(0, 212, 240, 16, paper)


def draw_calendar(pen: MotifPen) -> None:
    """Draw a calendar page with one marked day."""
    paper, dark = pen.color("paper"), pen.color("link")
    pen.box(14, 30, 212, 200, paper, 12)
    pen.box(14, 30, 212, 52, pen.color("link", True), 12)
    pen.box(14, 66, 212, 22, paper)
    pen.box(14, 66, 212, 12, pen.color("link", True))
    for ring in (70, 170):
        pen.line([(ring, 14), (ring, 46)], 14, dark)
        pen.line([(ring, 14), (ring, 46)], 8, paper)
    for day in range(12):
        x, y = 50 + 46.6 * (day % 4), 114 + 42 * (day // 4)
        pen.box(x - 13, y - 12, 26, 24, pen.color("glow", True) if day == 6 else dark, 4)


def draw_steps(pen: MotifPen) -> None:
    """Draw rising steps that lead to a goal."""
    stops: list[Point] = [(20, 214), (84, 150), (148, 86), (208, 30)]
    for (x, y), (across, up) in pairwise(stops):
        pen.line([(x, y), (across, y), (across, up)], 10, pen.color("link", True))
    for x, y in stops:
        goal = (x, y) == stops[-1]
        pen.disc(x, y, 36 if goal else 24, pen.color("link"))
        pen.disc(x, y, 30 if goal else 18, pen.color("glow", True) if goal else pen.color("paper"))
    pen.disc(*stops[-1], 11, pen.color("link"))


def draw_index_cards(pen: MotifPen) -> None:
    """Draw library index cards, one behind another."""
    dark = pen.color("link")
    for back, fill in ((2, pen.color("link", True)), (1, pen.color("link", True)), (0, pen.color("paper"))):
        x, y = 0, 92 - 36 * back
        tab = 20 + 74 * (2 - back) - 10
        pen.box(tab - 4, y - 30, 70, 44, dark, 8)
        pen.box(x - 4, y - 4, 248, 148, dark, 8)
        pen.box(tab, y - 26, 62, 40, pen.color("glow", True) if back == 0 else fill, 6)
        pen.box(x, y, 240, 140, fill, 6)
    for row, end in enumerate((126, 208, 208)):
        pen.line([(30, 126 + 34 * row), (end, 126 + 34 * row)], 8, dark)


MOTIFS: dict[str, Callable[[MotifPen], None]] = {
    "home": draw_book,
    "paper": draw_sheet,
    "shelf": draw_bookshelf,
    "tag": draw_labels,
    "author": draw_nib,
    "venue": draw_hall,
    "year": draw_calendar,
    "path": draw_steps,
    "page": draw_index_cards,
}

"""The colors of the pages: those of the stylesheet, with the list's own accent.

Each color has a light and a dark shade. An accent takes the place of the color of links and buttons. Its dark shade, if
the list gives none, has the same hue: it is as much lighter as text on dark pages needs.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from math import atan2, cos, hypot, pi, sin

from generator.content.model import Accent, Site
from generator.site.templating import THEME_FOLDER

THEME_ASSETS = THEME_FOLDER / "assets"
MIN_TEXT_CONTRAST = 4.5  # of text to its background: WCAG 2.2, success criterion 1.4.3
DARK_ACCENT_CONTRAST = 7  # of an accent's dark shade, if it is derived: criterion 1.4.6, as for the theme's own colors
MIN_HUE_DISTANCE = pi / 4  # between the accent and the second color, which links take under the pointer
MIN_CHROMA = 0.03  # below it, a color has no hue that could be seen
LIGHTNESS_STEPS = 200
THEME_COLOR_PATTERN = re.compile(r"--(\w+): light-dark\(#(\w{6}), #(\w{6})\)")
BACKGROUND_NAMES = ("paper", "raised")  # behind text in the accent; text on the accent has the first
Color = tuple[int, int, int]
LinearColor = tuple[float, float, float]
Shades = tuple[Color, Color]  # in light and in dark


@lru_cache
def theme_colors() -> Mapping[str, Shades]:
    """Return the colors of the stylesheet by name."""
    styles = (THEME_ASSETS / "reading.css").read_text("utf-8")
    found = THEME_COLOR_PATTERN.findall(styles)
    return {name: (parse_color(light), parse_color(dark)) for name, light, dark in found}


@lru_cache
def site_colors(site: Site) -> Mapping[str, Shades]:
    """Return the colors of a list's pages by name.

    The accent is `link`. If it is close to `glow`, the color under the pointer, the theme's own `link` becomes `glow`.
    """
    colors = theme_colors()
    if not site.accent:
        return colors
    link, glow = accent_shades(site.accent), colors["glow"]
    return {**colors, "link": link, "glow": colors["link"] if is_hue_close(link[0], glow[0]) else glow}


def accent_shades(accent: Accent) -> Shades:
    """Return the light and the dark shade of an accent."""
    light = parse_color(accent.light)
    return light, parse_color(accent.dark) if accent.dark else readable_shade(light, True, DARK_ACCENT_CONTRAST)


def parse_color(text: str) -> Color:
    """Return the color of six hexadecimal digits, which may follow a #."""
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return red, green, blue


def css_color(color: Color) -> str:
    """Return a color such as `#8a3b12`."""
    return f"#{bytes(color).hex()}"


# Contrast


def contrast_ratio(one: Color, other: Color) -> float:
    """Return the contrast of two colors, from 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    darker, lighter = sorted((relative_luminance(one), relative_luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def relative_luminance(color: Color) -> float:
    """Return the luminance of a color, from 0 to 1: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    red, green, blue = map(linear_part, color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear_part(part: int) -> float:
    """Return the light of a part of a color in sRGB, from 0 to 1."""
    share = part / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def lowest_contrast(color: Color, dark: bool) -> float:
    """Return the lowest contrast of a color to the backgrounds of text in it."""
    return min(contrast_ratio(color, theme_colors()[name][dark]) for name in BACKGROUND_NAMES)


def readable_shade(color: Color, dark: bool, least: float) -> Color:
    """Return the shade of a color that has at least this contrast to the backgrounds and is nearest in lightness."""
    shades = lighter_shades(color) if dark else darker_shades(color)
    return next(shade for shade in shades if lowest_contrast(shade, dark) >= least)


def lighter_shades(color: Color) -> Iterator[Color]:
    """Return a color and its lighter shades, down to white."""
    return shades_of(color, range(LIGHTNESS_STEPS + 1))


def darker_shades(color: Color) -> Iterator[Color]:
    """Return a color and its darker shades, down to black."""
    return shades_of(color, range(0, -LIGHTNESS_STEPS - 1, -1))


# Shades of one hue, by Oklab: https://bottosson.github.io/posts/oklab/


def shades_of(color: Color, steps: Iterable[int]) -> Iterator[Color]:
    """Return the shades of a color that are so many steps lighter or, below 0, darker."""
    lightness, chroma, hue = oklch(color)
    for step in steps:
        yield color if step == 0 else most_colorful(min(max(lightness + step / LIGHTNESS_STEPS, 0), 1), chroma, hue)


def most_colorful(lightness: float, chroma: float, hue: float) -> Color:
    """Return the color with this lightness and hue and at most this chroma, as far as screens can show it."""
    for share in range(100, 0, -1):
        parts = linear_color(lightness, chroma * share / 100, hue)
        if all(-0.0001 <= part <= 1.0001 for part in parts):
            return screen_color(parts)
    return screen_color(linear_color(lightness, 0, hue))


def is_hue_close(one: Color, other: Color) -> bool:
    """Return whether two colors are too close in hue to be told apart at a glance; grays are close to none."""
    (_, chroma, hue), (_, other_chroma, other_hue) = oklch(one), oklch(other)
    distance = abs(hue - other_hue)
    return min(chroma, other_chroma) >= MIN_CHROMA and min(distance, 2 * pi - distance) < MIN_HUE_DISTANCE


def oklch(color: Color) -> tuple[float, float, float]:
    """Return the lightness, chroma and hue of a color."""
    red, green, blue = map(linear_part, color)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short, hypot(a, b), atan2(b, a)


def linear_color(lightness: float, chroma: float, hue: float) -> LinearColor:
    """Return the light of a color's parts; those of a color that screens cannot show are not within 0 and 1."""
    a, b = chroma * cos(hue), chroma * sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def screen_color(parts: LinearColor) -> Color:
    """Return the color in sRGB with this light."""
    red, green, blue = (round(255 * gamma_part(min(max(part, 0), 1))) for part in parts)
    return red, green, blue


def gamma_part(light: float) -> float:
    return 12.92 * light if light <= 0.0031308 else float(1.055 * light ** (1 / 2.4) - 0.055)

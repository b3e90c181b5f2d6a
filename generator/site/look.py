"""The look of a list's pages, as far as it differs from the theme's: a stylesheet, an icon, and what the frame says.

All files are in `assets/look/`. A list that asks for nothing has none of them, and the theme's look.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from generator.content.model import Site
from generator.site.colors import THEME_ASSETS, css_color, parse_color, site_colors, theme_colors

LOOK_FOLDER = "assets/look/"
COLORS_FILE = f"{LOOK_FOLDER}colors.css"
THEME_ICON_FILE = "assets/favicon.svg"
THEME_ICON_COLOR = "#1f5a4e"


@dataclass(frozen=True, slots=True)
class IconFile:
    """The icon that browsers show beside the name of a page."""

    name: str
    media_type: str


def site_icon(site: Site) -> IconFile:
    """Return the icon: the theme's, which has the color of the accent if there is one."""
    return IconFile(f"{LOOK_FOLDER}favicon.svg" if site.accent else THEME_ICON_FILE, "image/svg+xml")


def look_settings(site: Site) -> dict[str, str]:
    """Return what the frame of each page has to know."""
    if not site.accent:
        return {}
    return {
        "styles": COLORS_FILE,
        "color": css_color(parse_color(site.accent.light)),
        "icon": site_icon(site).name,
    }


def look_files(site: Site) -> Iterator[tuple[str, Callable[[], str]]]:
    """Return the name of each file, with a function that returns its text."""
    if site.accent:
        yield COLORS_FILE, partial(color_styles, site)
        yield site_icon(site).name, partial(colored_icon, site.accent.light)


def color_styles(site: Site) -> str:
    """Return the stylesheet with the colors that are not the theme's; old browsers get the light shades, as there."""
    colors = site_colors(site)
    own = [name for name, shades in theme_colors().items() if colors[name] != shades]
    both = "".join(f" --{name}: light-dark({', '.join(map(css_color, colors[name]))});" for name in own)
    light = "".join(f" --{name}: {css_color(colors[name][0])};" for name in own)
    return f":root {{{both} }}\n@supports not (color: light-dark(black, white)) {{ :root {{{light} }} }}\n"


def colored_icon(color: str) -> str:
    """Return the theme's icon in another color."""
    return (THEME_ASSETS / "favicon.svg").read_text("utf-8").replace(THEME_ICON_COLOR, color)

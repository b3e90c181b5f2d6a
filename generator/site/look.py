"""The look of a list's pages, as far as it differs from the theme's: colors, a logo, an icon, and what frames show.

All files are in `assets/look/`. A list that asks for nothing has none of them, and the theme's look.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from generator.content.image_files import image_size
from generator.content.model import Library, Site
from generator.output.json_text import drop_empty_values
from generator.output.write import read_file_bytes, walk_files
from generator.site.colors import THEME_ASSETS, css_color, parse_color, site_colors, theme_colors
from generator.site.licenses import site_license

LOOK_FOLDER = "assets/look/"
COLORS_FILE = f"{LOOK_FOLDER}colors.css"
THEME_ICON = "favicon.svg"
THEME_ICON_COLOR = "#1f5a4e"
FOOTER_LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]+)\)")
OUTWARD_START = r"https?://|mailto:"
UNPUBLISHED_FOLDERS = ("fonts/previews/", "scripts/sw/")  # what previews are drawn with, and the worker is made from
MEDIA_TYPES_BY_EXTENSION: Mapping[str, str] = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "ico": "image/vnd.microsoft.icon",
}


def site_icon(site: Site) -> str:
    """Return the file of the icon: the list's own, or else the theme's, in the color of the accent if there is one."""
    if site.favicon:
        return image_address("favicon", site.favicon)
    return f"{LOOK_FOLDER if site.accent else 'assets/'}{THEME_ICON}"


def image_address(key: str, file: str) -> str:
    """Return the file of the site that is a copy of an image of the content."""
    return f"{LOOK_FOLDER}{key}.{file.rpartition('.')[2]}"


def media_type(file: str) -> str:
    """Return the media type of an image."""
    return MEDIA_TYPES_BY_EXTENSION[file.rpartition(".")[2]]


def look_settings(library: Library) -> dict[str, Any]:
    """Return what the frame of each page has to know."""
    site = library.site
    known = {
        "styles": COLORS_FILE if site.accent else "",
        "color": css_color(parse_color(site.accent.light)) if site.accent else "",
        "icon": site_icon(site) if site.accent or site.favicon else "",
        "logo": logo_settings(site.logo, library.images[site.logo]) if site.logo else {},
        "license": asdict(granted) if (granted := site_license(site)) else {},
        "footer": [asdict(part) for part in footer_parts(site.footer or "")],
    }
    return drop_empty_values(known)


def logo_settings(name: str, content: bytes) -> dict[str, Any]:
    """Return the logo's file, and its width and height, by which browsers keep its place before it is there."""
    width, height = image_size(name, content) or (1, 1)
    return {"file": image_address("logo", name), "width": width, "height": height}


@dataclass(frozen=True, slots=True)
class FooterPart:
    """Some words of the foot of each page, and where they lead: to an address, to a page of the site, or nowhere."""

    words: str
    address: str = ""
    page: str = ""


def footer_parts(text: str) -> Iterator[FooterPart]:
    """Return the parts of a text in which `[words](address)` is a link."""
    end = 0
    for found in FOOTER_LINK.finditer(text):
        yield FooterPart(text[end : found.start()])
        words, to = found.groups()
        yield FooterPart(words, address=to) if re.match(OUTWARD_START, to) else FooterPart(words, page=to)
        end = found.end()
    if text[end:]:
        yield FooterPart(text[end:])


def look_files(library: Library) -> Iterator[tuple[str, Callable[[], str]]]:
    """Return the name of each file that is text, with a function that returns the text."""
    site = library.site
    if site.accent:
        yield COLORS_FILE, partial(color_styles, site)
        if not site.favicon:
            yield site_icon(site), partial(colored_icon, site.accent.light)


def asset_makers() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Return the name of each file of the theme that pages use, with a function that returns its content."""
    for name, _ in sorted(walk_files(THEME_ASSETS)):
        if not name.startswith(UNPUBLISHED_FOLDERS) and not name.endswith("/made"):
            yield f"assets/{name}", partial(read_file_bytes, f"{THEME_ASSETS}/{name}")


def image_makers(library: Library) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Return the name of each of the list's own images on the site, with a function that returns the image."""
    for key, name in (("logo", library.site.logo), ("favicon", library.site.favicon)):
        if name:
            yield image_address(key, name), partial(library.images.__getitem__, name)


def color_styles(site: Site) -> str:
    """Return the stylesheet with the colors that are not the theme's; old browsers get the light shades, as there."""
    colors = site_colors(site)
    own = [name for name, shades in theme_colors().items() if colors[name] != shades]
    both = "".join(f" --{name}: light-dark({', '.join(map(css_color, colors[name]))});" for name in own)
    light = "".join(f" --{name}: {css_color(colors[name][0])};" for name in own)
    return f":root {{{both} }}\n@supports not (color: light-dark(black, white)) {{ :root {{{light} }} }}\n"


def colored_icon(color: str) -> str:
    """Return the theme's icon in another color."""
    return (THEME_ASSETS / THEME_ICON).read_text("utf-8").replace(THEME_ICON_COLOR, color)

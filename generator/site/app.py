"""What makes the site an app that can be installed: its manifest, and icons drawn from the mark of the site.

Icons are drawn from SVG or PNG. A list whose only icon is in the format ICO has that as its mark, drawn by Pillow.
"""

import base64
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO

from PIL import Image
from resvg import render, usvg

from generator.content.model import Library, Site
from generator.output.json_text import drop_empty_values, indented_json
from generator.site.colors import THEME_ASSETS, css_color, parse_color, theme_colors
from generator.site.look import THEME_ICON, THEME_ICON_COLOR, colored_icon

MANIFEST_FILE = "manifest.webmanifest"
MANIFEST_TYPE = "application/manifest+json"
ICONS_FOLDER = "assets/icons/"
TOUCH_ICON = f"{ICONS_FOLDER}touch.png"  # of iOS, which puts it on black and rounds its corners
PLAIN_SIZES = (192, 512)  # pixels; what browsers ask for before they offer to install a site
MASKABLE_SIZE, TOUCH_SIZE = 512, 180
MASKABLE_SHARE = 60  # percent of the width for the mark: what no mask cuts off is a circle of 80 percent
TOUCH_SHARE = 76
UNCHANGED = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)  # a transform
SHORT_NAME_LENGTH = 12  # characters below an icon


def app_files(site: Site) -> Iterator[tuple[str, Callable[[], str]]]:
    """Return the manifest, with a function that returns its text."""
    yield MANIFEST_FILE, partial(manifest, site)


def icon_makers(library: Library) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Return the name of each icon, with a function that draws it."""
    color = mark_color(library.site)
    drawn = {
        **{f"{ICONS_FOLDER}{size}.png": (size, 100, "") for size in PLAIN_SIZES},
        f"{ICONS_FOLDER}maskable.png": (MASKABLE_SIZE, MASKABLE_SHARE, color),
        TOUCH_ICON: (TOUCH_SIZE, TOUCH_SHARE, color),
    }
    for name, (size, share, background) in drawn.items():
        yield name, partial(draw_icon, library, size, share, background)


def manifest(site: Site) -> str:
    """Return the manifest, whose addresses are relative, so that it holds wherever the site is."""
    icons = [
        {"src": f"{ICONS_FOLDER}{size}.png", "sizes": f"{size}x{size}", "type": "image/png"} for size in PLAIN_SIZES
    ]
    maskable = {"src": f"{ICONS_FOLDER}maskable.png", "sizes": f"{MASKABLE_SIZE}x{MASKABLE_SIZE}", "type": "image/png"}
    return indented_json(
        drop_empty_values(
            {
                "name": site.name,
                "short_name": site.name if len(site.name) <= SHORT_NAME_LENGTH else "",
                "description": site.tagline,
                "lang": "en",
                "id": "./",
                "start_url": "./",
                "scope": "./",
                "display": "minimal-ui",
                "theme_color": css_color(theme_colors()["paper"][0]),
                "background_color": css_color(theme_colors()["paper"][0]),
                "icons": [*icons, maskable | {"purpose": "maskable"}],
                "shortcuts": [{"name": "My list", "url": "mine/"}, {"name": "Search", "url": "browse/"}],
            }
        )
    )


def mark_color(site: Site) -> str:
    """Return the color around the mark where an icon fills its square: that of the theme's icon, or the page's."""
    if site.favicon:
        return css_color(theme_colors()["paper"][0])
    return css_color(parse_color(site.accent.light if site.accent else THEME_ICON_COLOR))


def site_mark(library: Library) -> tuple[str, bytes]:
    """Return the media type and the content of the image from which icons are drawn."""
    site = library.site
    if site.favicon:
        content = library.images[site.favicon]
        if site.favicon.endswith(".svg"):
            return "image/svg+xml", content
        return "image/png", png_image(content)
    mark = colored_icon(site.accent.light) if site.accent else (THEME_ASSETS / THEME_ICON).read_text("utf-8")
    return "image/svg+xml", mark.encode()


def png_image(content: bytes) -> bytes:
    """Return an image as PNG; of the images in an ICO file, the largest."""
    file = BytesIO()
    Image.open(BytesIO(content)).convert("RGBA").save(file, "PNG")
    return file.getvalue()


def draw_icon(library: Library, size: int, share: int, background: str) -> bytes:
    """Return an icon as a PNG file: the mark in the middle of a square, at a share of its width in percent."""
    media_type, content = site_mark(library)
    inner = size * share / 100
    edge = (size - inner) / 2
    data = base64.b64encode(content).decode()
    ground = f'<rect width="{size}" height="{size}" fill="{background}"/>' if background else ""
    place = f'x="{edge:g}" y="{edge:g}" width="{inner:g}" height="{inner:g}"'
    image = f'<image {place} href="data:{media_type};base64,{data}"/>'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}">{ground}{image}</svg>'
    drawn = Image.open(BytesIO(bytes(render(usvg.Tree.from_str(drawing, usvg.Options.default()), UNCHANGED))))
    file = BytesIO()
    drawn.save(file, "PNG", optimize=True)
    return file.getvalue()

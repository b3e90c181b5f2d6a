"""The preview images that other sites show with links to the pages: what each says, and its file.

A file's name is a digest of all that its image depends on, so an image is drawn only if there is no file of that name,
and other sites, which keep images by their addresses, show a changed page with a new one. A site that does not know its
own address has no images, since links to them have to be absolute.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from errno import ENOENT
from functools import lru_cache, partial
from hashlib import sha256
from html import escape
from pathlib import Path
from unicodedata import normalize

from generator.citations.citation import first_year
from generator.content.model import Site
from generator.site.addresses import page_address
from generator.site.catalogue import paper_byline
from generator.site.colors import THEME_ASSETS, css_color, site_colors
from generator.site.pages.elements import SitePage
from generator.site.pages.moved import MovedPage
from generator.site.pages.papers import PaperPage
from generator.site.templating import TEMPLATES_FOLDER

PREVIEWS_FOLDER = "assets/previews/"
PREVIEW_WIDTH, PREVIEW_HEIGHT = 960, 504  # pixels: sharp where it is shown, in two thirds of the bytes of 1200 × 630
PREVIEW_TEMPLATE = TEMPLATES_FOLDER / "preview.svg"
TYPEFACE_FILES = tuple(
    THEME_ASSETS / f"fonts/previews/{name}.ttf"
    for name in ("SourceSerif4_600SemiBold", "SourceSerif4_400Regular", "SourceSans3_600SemiBold")
)
DRAWING_LIBRARIES = ("resvg", "pillow")
DRAWN_COLORS = ("paper", "ink", "soft", "link", "glow")
MIN_AUTHOR_PAPERS = 3  # of an author whose page has an image of its own: most people have fewer papers on a list
KNOWN_LETTERS = (  # those of the typefaces, as a set for regular expressions: of Latin, Greek and Cyrillic script
    r"\u0000-\u0165\u0168-\u017f\u01a0\u01a1\u01af\u01b0\u01cd-\u01dc\u01f8-\u021b\u02bb\u02bc\u1e00-\u1e99\u1ea0-\u1ef9"
    r"\u0386-\u03ce\u1f00-\u1ffc"
    r"\u0400-\u045f\u0490-\u0493\u0496-\u049b"
)
FOREIGN_LETTER = re.compile(rf"[^\W{KNOWN_LETTERS}]")
PREVIEW_LABELS = {
    "home": "Reading list",
    "paper": "",  # the list's own word
    "shelf": "Shelf",
    "tag": "Tag",
    "author": "Author",
    "venue": "Venue",
    "year": "Year",
    "path": "Reading path",
    "page": "",
}


@dataclass(frozen=True, slots=True)
class PagePreview:
    """What a preview image says, and the colors that it is drawn in, by name."""

    label: str
    title: str
    detail: str
    list_name: str
    colors: tuple[tuple[str, str], ...]

    @property
    def file(self) -> str:
        """The file of the image within the site."""
        digest = sha256("\0".join((drawing_digest(), *self.texts, str(self.colors))).encode())
        return f"{PREVIEWS_FOLDER}{digest.hexdigest()[:20]}.png"

    @property
    def texts(self) -> tuple[str, str, str, str]:
        return self.label, self.title, self.detail, self.list_name


def page_preview(site: Site, page: SitePage) -> PagePreview:
    """Return the preview of a page.

    Authors with few papers, and pages whose titles the typefaces lack, have the image of their kind of page.
    """
    about, name = page.about, drawable_text(site.name)
    label = drawable_text(site.entry.label if about.preview == "paper" else PREVIEW_LABELS[about.preview])
    title, detail = drawable_text(about.title), preview_detail(site, page)
    if not title or (about.preview == "author" and len(about.papers) < MIN_AUTHOR_PAPERS):
        label, title, detail = "", label or name or PREVIEW_LABELS["home"], drawable_text(site.tagline)
    return PagePreview(label, title, detail, "" if title == name else name, preview_colors(site))


def preview_detail(site: Site, page: SitePage) -> str:
    """Return what is below the title: who wrote a paper and when, how many papers a list has, or what a page is for."""
    if isinstance(page, PaperPage):
        year = str(first_year(page.paper) or "")
        return " · ".join(part for part in (drawable_text(paper_byline(page.paper)), year) if part)
    if page.about.preview in ("home", "page"):
        return drawable_text(page.about.description or site.tagline)
    return drawable_text(site.entry.count(len(page.about.papers)))


def drawable_text(text: str) -> str:
    """Return a text if the typefaces have its letters, or nothing: a title without some of its words would mislead."""
    plain = normalize("NFKC", text)
    return text if re.search(r"\w", plain) and not FOREIGN_LETTER.search(plain) else ""


@lru_cache
def preview_colors(site: Site) -> tuple[tuple[str, str], ...]:
    colors = site_colors(site)
    return tuple((name, css_color(colors[name][0])) for name in DRAWN_COLORS)


@lru_cache
def drawing_digest() -> str:
    """Return a digest of what all images depend on: typefaces, template, code, and the versions of the libraries.

    Raises:
        FileNotFoundError: The typefaces are not installed.
    """
    from importlib.metadata import version  # it takes longer to load than most builds need

    parts = [f"{PREVIEW_WIDTH} × {PREVIEW_HEIGHT}", *(f"{name} {version(name)}" for name in DRAWING_LIBRARIES)]
    files = (*TYPEFACE_FILES, PREVIEW_TEMPLATE, Path(__file__).with_name("preview_images.py"))
    return sha256(b"\0".join((*map(str.encode, parts), *map(installed_bytes, files)))).hexdigest()


def installed_bytes(file: Path) -> bytes:
    """Return what a file holds.

    Raises:
        FileNotFoundError: There is no such file.
    """
    if not file.exists():
        raise FileNotFoundError(ENOENT, "no such typeface: make site fetches it", str(file))
    return file.read_bytes()


def preview_files(site: Site, pages: Iterable[SitePage]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Return the name of each image, once, with a function that draws it."""
    if not site.address:
        return
    previews = (page_preview(site, page) for page in pages if not isinstance(page, MovedPage))
    for preview in dict.fromkeys(previews):
        yield preview.file, partial(preview_image, preview)


def preview_image(preview: PagePreview) -> bytes:
    """Return an image as a PNG file."""
    from generator.site.preview_images import draw_preview  # the same

    return draw_preview(preview)


def sharing_tags(site: Site, name: str, page: SitePage) -> Iterator[str]:
    """Return the tags that say how a link to the page looks where people share it; the theme adds the description."""
    about = page.about
    yield property_tag("og:title", about.title)
    yield property_tag("og:type", "article" if isinstance(page, PaperPage) else "website")
    yield property_tag("og:site_name", site.name)
    if not site.address:
        return
    preview = page_preview(site, page)
    yield property_tag("og:url", site.address + page_address(name))
    yield property_tag("og:image", site.address + preview.file)
    yield property_tag("og:image:width", str(PREVIEW_WIDTH))
    yield property_tag("og:image:height", str(PREVIEW_HEIGHT))
    yield property_tag("og:image:alt", " · ".join(filter(None, preview.texts)))
    yield '<meta name="twitter:card" content="summary_large_image">'


def property_tag(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{escape(value)}">'

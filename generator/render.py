"""The library and its links in; the site's files out, as a map of file name to text."""

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial

import jinja2
from markupsafe import Markup

from generator import prose
from generator.catalogue import Catalogue, catalogued
from generator.exports import twins
from generator.exports.api import api_files, data_page
from generator.exports.atom import day
from generator.exports.lists import WHOLE, export_files
from generator.exports.metadata import address, head, json_ld, root_of
from generator.exports.sitemap import crawler_files
from generator.exports.twins import llms, twin
from generator.model import Library
from generator.pages import (
    BrowsePage,
    HomePage,
    Link,
    ListPage,
    MovedPage,
    PaperPage,
    PathPage,
    RetiredPage,
    SitePage,
    TagPage,
    site_pages,
    suggest_address,
)
from generator.relate import Related
from generator.search import search_files
from generator.templating import TEMPLATES, templates

encoded = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode

# The papers stay out of the navigation: with them in it, the cost of a build grows with their number's square.
PATHS = {"Paths": "paths/index.md"}
ROOMS = [
    {"Home": "index.md"},
    {"Shelves": "categories/index.md"},
    PATHS,
    {"Papers": "browse.md"},
    {"Tags": "tags/index.md"},
    {"Authors": "authors/index.md"},
    {"Venues": "venues/index.md"},
    {"Years": "years/index.md"},
]


class Files(Mapping[str, str]):
    """The site's files by name. A text is made each time it is asked for, so that no process holds all of them."""

    def __init__(self, makers: Mapping[str, Callable[[], str]]) -> None:
        self.makers = makers

    def __getitem__(self, name: str) -> str:
        return self.makers[name]()

    def __contains__(self, name: object) -> bool:
        return name in self.makers  # without making it

    def __iter__(self) -> Iterator[str]:
        return iter(self.makers)

    def __len__(self) -> int:
        return len(self.makers)


def render(library: Library, links: Mapping[str, Sequence[Related]]) -> Files:
    """All files of the site."""
    catalogue = catalogued(library, links)
    exports = dict(export_files(catalogue))
    for made in (environment, twins.environment):
        made()  # before the work is spread
    pages = [*site_pages(catalogue), ("data.md", data_page(catalogue))]
    # What takes longest stands first, so that no core is left alone with it in the end.
    makers: dict[str, Callable[[], str]] = {".settings.yml": partial(settings, library)}
    makers |= search_files(catalogue)
    makers |= api_files(catalogue)
    for name, page in pages:
        if isinstance(page, MovedPage):
            makers[name] = partial(moved, name, page)
            makers[f"{name}.txt"] = makers[f"{page.to.to.removesuffix('/')}.md.txt"]
        else:
            makers[name] = partial(markdown, catalogue, exports, name, page)
            makers[f"{name}.txt"] = partial(twin, name, page)
    days = {address(name): changed(catalogue, page) for name, page in pages if lasting(page)}
    makers |= exports
    makers |= crawler_files(library.site, days)
    makers |= {"llms.txt": partial(llms, catalogue)}
    return Files(makers)


def lasting(page: SitePage) -> bool:
    """Whether crawlers should know a page: one that leads on, or says why something is gone, is none."""
    return not isinstance(page, MovedPage) and not gone(page)


def gone(page: SitePage) -> bool:
    """Whether a page only says why something is no longer used."""
    return isinstance(page, RetiredPage) or (isinstance(page, TagPage) and bool(page.term.retired))


def changed(catalogue: Catalogue, page: SitePage) -> str:
    """The day of a page's last change, where its papers tell it."""
    match page:
        case PaperPage(paper=paper):
            return day(paper)
        case ListPage(rows=rows) | TagPage(rows=rows) | BrowsePage(rows=rows):
            papers = [row.id for row in rows]
        case PathPage(steps=steps):
            papers = [row.id for row, _ in steps]
        case HomePage():
            papers = list(catalogue.papers)
        case _:
            return ""
    return max((day(catalogue.papers[name]) for name in papers), default="")


@cache
def environment() -> jinja2.Environment:
    """The templates. Whatever they show is escaped, unless a filter has set it as Markdown already."""
    made = templates(TEMPLATES, finalize=finished)
    made.filters |= {
        "abstract": lambda text: [Markup(paragraph) for paragraph in prose.abstract(text)],
        "attribute": attribute,
        "escaped": lambda text: Markup(prose.escape(text)),
        "link": link,
        "paragraphs": prose.paragraphs,
    }
    show: dict[str, Callable[..., Markup]] = {}
    made.globals |= {"plural": plural, "show": show}
    macros = vars(made.get_template("macros.md").module)
    show |= {name: marked(macro) for name, macro in macros.items() if callable(macro)}
    return made


def marked(macro: Callable[..., str]) -> Callable[..., Markup]:
    """A macro whose result is known as markup, so that it is not escaped once more, and is kept: lists repeat much."""
    return lru_cache(maxsize=1 << 16)(lambda *arguments: Markup(macro(*arguments)))


def finished(value: object) -> Markup:
    """What a template shows, safe anywhere on a page."""
    return value if isinstance(value, Markup) else escaped(value)


@lru_cache(maxsize=1 << 16)
def escaped(value: object) -> Markup:
    """A text, or what stands for one, that was not set as Markdown, on one line; names and titles come back often."""
    return Markup(prose.text(str(value)))


@lru_cache(maxsize=1 << 16)
def link(to: Link, root: str) -> Markup:
    """A link, to a page of the site or to a whole address."""
    return Markup(f'<a href="{escaped(to.to if "://" in to.to else root + to.to)}">{escaped(to.text)}</a>')


@lru_cache(maxsize=1 << 16)
def attribute(text: str) -> Markup:
    """A text that stands in a quoted attribute of an element that Markdown passes over."""
    return Markup(html.escape(text))


def plural(count: int, one: str) -> str:
    """`1 paper`, `2 papers`."""
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def markdown(catalogue: Catalogue, exports: Mapping[str, object], name: str, page: SitePage) -> str:
    """A page's Markdown: front matter, a body from the template named for its class, and what it tells machines."""
    stem = WHOLE if isinstance(page, BrowsePage) else name.removesuffix(".md")
    body = rendered(page, root=root_of(name), name=stem, feed=f"{stem}.atom" in exports)
    told = page.about
    front = {
        "title": prose.escape(told.title),  # the theme shows it as it stands
        "description": told.description,
        "preview": told.preview,
        "head": head(catalogue, exports, name, page),
        "retired": gone(page),
    }
    script = f'<script type="application/ld+json">{json_ld(catalogue, name, page)}</script>'
    return f"{front_matter(front)}{body}\n\n{script}\n"


def moved(name: str, page: MovedPage) -> str:
    """The Markdown of a page that leads on to another."""
    root = root_of(name)
    front = {"title": prose.escape(page.about.title), "redirect": root + page.to.to}
    return front_matter(front) + rendered(page, root=root)


def rendered(page: SitePage, **given: object) -> str:
    """The template named for a page's class, filled in."""
    template = re.sub(r"Page$", "", type(page).__name__).lower()
    return environment().get_template(f"{template}.md").render(page=page, **given)


def front_matter(values: Mapping[str, object]) -> str:
    """What a page says to the theme, without what is empty."""
    lines = (f"{key}: {encoded(value)}\n" for key, value in values.items() if value)
    return f"---\n{''.join(lines)}---\n"


def settings(library: Library) -> str:
    """What `mkdocs.yml` inherits: the settings that the list, or the environment, decides."""
    site = library.site
    known = {
        "site_name": site.name,
        "site_description": site.tagline,
        "site_url": site.address,
        "repo_url": site.repository,
        "nav": [room for room in ROOMS if library.paths or room != PATHS]
        + [{page.title: f"{page.id}.md"} for page in library.pages],
        "extra": {"suggest": address} if (address := suggest_address(site)) else {},
    }
    return "".join(f"{key}: {encoded(value)}\n" for key, value in known.items() if value)

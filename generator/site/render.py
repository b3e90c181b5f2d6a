"""The site's files, made from the library and its related papers: a mapping from file names to texts."""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache, partial
from itertools import chain
from typing import TypeVar

import jinja2
from markupsafe import Markup

from generator.citations.formats import CITATION_FORMATS
from generator.content.model import EntryWords, Library, Site
from generator.content.page_markdown import PageHtml, linked_page
from generator.exports import twins
from generator.exports.api import api_files
from generator.exports.files import export_files
from generator.exports.sitemap import crawler_files
from generator.exports.twins import llms_txt, twin_markdown
from generator.output.json_text import drop_empty_values, encode_json
from generator.output.lazy_mapping import LazyMapping
from generator.output.site_builder import LIST_SETTINGS
from generator.output.write import FileContent
from generator.related.relate import RelatedPapers
from generator.search.data import search_files
from generator.site import escaping
from generator.site.addresses import page_address, relative_root, unique_files
from generator.site.app import app_files, icon_makers
from generator.site.catalogue import FACT_SEPARATOR, Catalogue, LinkedText, build_catalogue, paper_updated_day
from generator.site.look import asset_makers, image_makers, look_files
from generator.site.metadata import export_stem, json_ld, page_head
from generator.site.navigation import mkdocs_settings
from generator.site.page_links import resolve_link
from generator.site.pages.elements import Link, SitePage
from generator.site.pages.kinds import site_pages
from generator.site.pages.moved import MovedPage
from generator.site.policy import host_headers
from generator.site.previews import preview_files
from generator.site.redirects import host_redirects
from generator.site.templating import TEMPLATES_FOLDER, load_templates

COLUMNS = '<div class="layout">'  # begins the pages that are HTML throughout
HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
ContentT_co = TypeVar("ContentT_co", bound=FileContent, covariant=True)


class SiteFiles(Mapping[str, ContentT_co]):
    """A mapping from the names of the site's files to what they hold.

    Each text is made when it is requested, so that no process holds all of them in memory.
    """

    def __init__(self, makers: Mapping[str, Callable[[], ContentT_co]]) -> None:
        self.makers = makers

    def parted(self, belongs: Callable[[str], bool]) -> "tuple[SiteFiles[ContentT_co], SiteFiles[ContentT_co]]":
        """Return the files of which `belongs` says so, and the others."""
        parts: tuple[dict[str, Callable[[], ContentT_co]], ...] = ({}, {})
        for name, maker in self.makers.items():
            parts[not belongs(name)][name] = maker
        return SiteFiles(parts[0]), SiteFiles(parts[1])

    def __getitem__(self, name: str) -> ContentT_co:
        return self.makers[name]()

    def __contains__(self, name: object) -> bool:
        return name in self.makers  # without making the text

    def __iter__(self) -> Iterator[str]:
        return iter(self.makers)

    def __len__(self) -> int:
        return len(self.makers)


def render_site(library: Library, links: RelatedPapers) -> SiteFiles[str]:
    """Return all files of the site that are text."""
    catalogue = build_catalogue(library, links)
    return text_files(catalogue, tuple(site_pages(catalogue)))


def text_files(catalogue: Catalogue, pages: Sequence[tuple[str, SitePage]]) -> SiteFiles[str]:
    """Return all files of a site with these pages that are text."""
    library = catalogue.library
    exports = [*export_files(catalogue)]
    for load in (page_environment, twins.twin_environment):
        load(library.site.entry)  # before the worker processes are forked, so that they share the loaded templates
    indexed = {page_address(name): page for name, page in pages if is_indexable(page)}
    days = LazyMapping(indexed, lambda address: page_updated_day(catalogue, indexed[address]))
    # The slowest files come first, so that all cores finish at about the same time.
    files: Iterator[tuple[str, Callable[[], str]]] = chain(
        [(LIST_SETTINGS, partial(mkdocs_settings, library))],
        look_files(library),
        app_files(library.site),
        search_files(catalogue),
        api_files(catalogue),
        page_files(catalogue, dict(exports), pages),
        exports,
        crawler_files(library.site, days),
        [("llms.txt", partial(llms_txt, catalogue)), ("_headers", host_headers)],
        redirect_files(library.site, pages),
    )
    return SiteFiles(unique_files(files))


def site_files(catalogue: Catalogue) -> SiteFiles[FileContent]:
    """Return all files of the site, with its images and those of the theme; previews come first, as they take the
    longest."""
    library, pages = catalogue.library, tuple(site_pages(catalogue))
    previews = preview_files(library.site, (page for _, page in pages))
    return SiteFiles(
        {
            **dict(previews),
            **text_files(catalogue, pages).makers,
            **dict(asset_makers()),
            **dict(image_makers(library)),
            **dict(icon_makers(library)),
        }
    )


def is_for_builder(name: str) -> bool:
    """Return whether a file is what the builder makes pages from, and not part of the site."""
    return name.endswith(".md") or name == LIST_SETTINGS


def page_files(
    catalogue: Catalogue, exports: Mapping[str, object], pages: Sequence[tuple[str, SitePage]]
) -> Iterator[tuple[str, Callable[[], str]]]:
    """Return the Markdown of each page and its twin."""
    for name, page in pages:
        if isinstance(page, MovedPage):
            yield name, partial(redirect_markdown, catalogue, name, page)
        else:
            yield name, partial(page_markdown, catalogue, exports, name, page)
        yield f"{name}.txt", partial(twin_markdown, catalogue.library.site.entry, name, page)


def redirect_files(site: Site, pages: Sequence[tuple[str, SitePage]]) -> Iterator[tuple[str, Callable[[], str]]]:
    """Return the file with the redirects of hosts, if there are any."""
    moved = [(page_address(name), page.to.to) for name, page in pages if isinstance(page, MovedPage)]
    if moved:
        yield "_redirects", partial(host_redirects, site, moved)


def is_indexable(page: SitePage) -> bool:
    """Return whether crawlers should index a page: it is not a redirect, and has content of the list."""
    return not isinstance(page, MovedPage) and not page.about.unlisted


def page_updated_day(catalogue: Catalogue, page: SitePage) -> str:
    """Return the day on which the papers on a page were last updated, or an empty string if unknown."""
    return max((paper_updated_day(catalogue.papers[name]) for name in page.about.papers), default="")


@cache
def page_environment(words: EntryWords) -> jinja2.Environment:
    """Return the templates of pages, which escape all values except those already marked as markup."""
    environment = load_templates(words, TEMPLATES_FOLDER, finalize=finalize_expression)
    environment.filters |= {
        "abstract": lambda text: [Markup(paragraph) for paragraph in escaping.abstract_paragraphs(text)],
        "attribute": escape_attribute,
        "context": Markup,  # a context object of COinS, which has nothing to escape
        "escaped": lambda text: Markup(escaping.escape_markup(text)),
        "link": link_html,
        "linked": linked_text,
        "links": links_html,
        "paragraphs": escaping.split_paragraphs,
        "percent": lambda share: Markup(f"{share:.4g}%"),
    }
    show: dict[str, Callable[..., Markup]] = {}
    environment.globals |= {"citation_formats": CITATION_FORMATS, "dot": Markup(FACT_SEPARATOR), "show": show}
    for file in ("macros.md", "pictures.md"):
        macros = vars(environment.get_template(file).module)
        show |= {name: markup_macro(macro) for name, macro in macros.items() if callable(macro)}
    return environment


def markup_macro(macro: Callable[..., str]) -> Callable[..., Markup]:
    """Return a macro whose result is marked as markup, so that it is not escaped again."""
    return lambda *arguments: Markup(macro(*arguments))


def finalize_expression(value: object) -> Markup:
    """Return a template's value in a form that is safe anywhere on a page."""
    return value if isinstance(value, Markup) else escape_page_text(str(value))


@cache  # names and titles recur: without this cache and that of twins, building 1,000 papers takes 13% longer
def escape_page_text(text: str) -> Markup:
    """Return a text on one line, with all markup in it escaped."""
    return Markup(escaping.escape_line(text))


def link_html(to: Link, root: str) -> Markup:
    """Return a link as HTML, for a page from which `root` is the relative address of the site's root."""
    address = escape_attribute(to.to if "://" in to.to else root + to.to)
    return Markup(f'<a href="{address}">{escape_page_text(to.text)}</a>')


@cache  # the same bylines are on many pages
def linked_text(text: LinkedText, root: str) -> Markup:
    """Return a text with links as HTML, for a page from which `root` is the relative address of the site's root."""
    parts = (escaping.escape_markup(part) if isinstance(part, str) else link_html(part, root) for part in text)
    return Markup("".join(parts))


@cache  # and so are the same files and tags
def links_html(links: Iterable[Link], root: str) -> Markup:
    """Return links as HTML, each with a space after it."""
    return Markup("".join(f"{link_html(link, root)} " for link in links))


def escape_attribute(text: str) -> Markup:
    """Return a text for a quoted attribute of an HTML element whose content Markdown leaves unchanged."""
    return Markup(html.escape(text))


def page_markdown(catalogue: Catalogue, exports: Mapping[str, object], name: str, page: SitePage) -> str:
    """Return a page's Markdown: the front matter, the body from its template, and JSON-LD."""
    stem = export_stem(name, page)
    root, feed = relative_root(page_address(name)), f"{stem}.atom" in exports
    body = render_template(catalogue.library.site.entry, page, root=root, name=stem, feed=feed, exports=exports)
    shown = body_html(name, body)
    about = page.about
    front = {
        "title": escaping.escape_markup(about.title),  # because the theme does not escape it
        "description": about.description,
        "head": page_head(catalogue, exports, name, page),
        "unlisted": about.unlisted,
        "start": shown.headings[0].id if shown.headings else "",
        "contents": [asdict(heading) for heading in shown.headings[1:]] if about.contents else [],
    }
    script = f'<script type="application/ld+json">{json_ld(catalogue, name, page)}</script>'
    return front_matter(front) + hidden_html(f"{shown.html}\n\n{script}")


def redirect_markdown(catalogue: Catalogue, name: str, page: MovedPage) -> str:
    """Return the Markdown of a page that redirects to another page."""
    root = relative_root(page_address(name))
    shown = body_html(name, render_template(catalogue.library.site.entry, page, root=root))
    front = {
        "title": escaping.escape_markup(page.about.title),
        "redirect": root + page.to.to,
        "start": shown.headings[0].id,
    }
    return front_matter(front) + hidden_html(shown.html)


def body_html(name: str, body: str) -> PageHtml:
    """Return the body of a page as HTML; only pages without columns have any Markdown."""
    return PageHtml(body, ()) if body.startswith(COLUMNS) else linked_page(body, partial(resolve_link, name))


def hidden_html(html: str) -> str:
    """Return HTML as a comment, from which the theme takes it, so that the builder need not look for Markdown in it."""
    return f"<!--{HTML_COMMENT.sub('', html).strip()}-->\n"


def render_template(words: EntryWords, page: SitePage, **given: object) -> str:
    """Return the text of a page, rendered with the template named after its class."""
    template = re.sub(r"Page$", "", type(page).__name__).lower()
    return page_environment(words).get_template(f"{template}.md").render(page=page, **given)


def front_matter(values: Mapping[str, object]) -> str:
    """Return the front matter that passes a page's values to the theme, without empty values."""
    lines = (f"{key}: {encode_json(value)}\n" for key, value in drop_empty_values(values).items())
    return f"---\n{''.join(lines)}---\n"

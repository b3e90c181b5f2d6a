"""Files for crawlers and browsers: the sitemap, robots.txt and the OpenSearch description.

Each file name is mapped to a function that returns the text. All files except robots.txt need absolute addresses, so a
site whose address is unknown has only robots.txt.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from html import escape

from generator.content.model import Site
from generator.site.look import media_type, site_icon

SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MAX_SITEMAP_ADDRESSES = 50_000  # limit of the sitemap protocol
MAX_SHORT_NAME = 16  # characters; the limits of OpenSearch 1.1
MAX_LONG_NAME = 48
MAX_DESCRIPTION = 1024


def crawler_files(site: Site, days: Mapping[str, str]) -> Iterator[tuple[str, Callable[[], str]]]:
    """Return the files.

    `days` maps the address of each page to the day of its last change, or to an empty string; it is read when a sitemap
    is made.
    """
    base = site.address
    yield "robots.txt", lambda: "User-agent: *\nAllow: /\n" + (f"\nSitemap: {base}sitemap.xml\n" if base else "")
    if not base:
        return
    pages = list(days)
    parts = [pages[start : start + MAX_SITEMAP_ADDRESSES] for start in range(0, len(pages), MAX_SITEMAP_ADDRESSES)]
    if len(parts) == 1:
        yield "sitemap.xml", partial(sitemap_xml, base, pages, days)
    else:
        yield "sitemap.xml", partial(sitemap_index_xml, base, len(parts))
        for number, part in enumerate(parts):
            yield f"sitemap-{number}.xml", partial(sitemap_xml, base, part, days)
    yield "opensearch.xml", partial(opensearch_xml, site, base)


def sitemap_xml(base: str, pages: Sequence[str], days: Mapping[str, str]) -> str:
    """Return a sitemap of these pages, each with the day of its last change."""
    lines = (
        f"<url><loc>{escape(base + page)}</loc>{f'<lastmod>{day}</lastmod>' if (day := days[page]) else ''}</url>"
        for page in pages
    )
    return wrap_sitemap_xml("urlset", lines)


def sitemap_index_xml(base: str, parts: int) -> str:
    """Return the index of a sitemap that is divided into parts."""
    lines = (f"<sitemap><loc>{escape(base)}sitemap-{number}.xml</loc></sitemap>" for number in range(parts))
    return wrap_sitemap_xml("sitemapindex", lines)


def wrap_sitemap_xml(root: str, lines: Iterator[str]) -> str:
    """Return an XML document of the sitemap protocol."""
    return "\n".join(
        ['<?xml version="1.0" encoding="utf-8"?>', f'<{root} xmlns="{SITEMAP_NAMESPACE}">', *lines, f"</{root}>", ""]
    )


def opensearch_xml(site: Site, base: str) -> str:
    """Return the OpenSearch description, which lets browsers search the site."""
    root, icon = escape(base), site_icon(site)
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
            f"<ShortName>{escape(site.name[:MAX_SHORT_NAME].strip())}</ShortName>",
            f"<LongName>{escape(site.name[:MAX_LONG_NAME].strip())}</LongName>",
            f"<Description>{escape(site.tagline[:MAX_DESCRIPTION])}</Description>",
            "<InputEncoding>UTF-8</InputEncoding>",
            f'<Image type="{media_type(icon)}">{root}{icon}</Image>',
            f'<Url type="text/html" template="{root}browse/?q={{searchTerms}}"/>',
            f'<Url type="application/opensearchdescription+xml" rel="self" template="{root}opensearch.xml"/>',
            "</OpenSearchDescription>",
            "",
        ]
    )

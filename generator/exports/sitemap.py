"""The pages in; out comes what crawlers and browsers ask a site for: sitemap, robots.txt, OpenSearch description.

Each needs whole addresses, so a site whose address is not known has none but robots.txt.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from html import escape

from generator.content.model import Site

SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MAX_SITEMAP_ADDRESSES = 50_000  # addresses in a sitemap, by the protocol
MAX_SHORT_NAME = 16  # characters, by OpenSearch 1.1
MAX_LONG_NAME = 48


def crawler_files(site: Site, days: Mapping[str, str]) -> Iterator[tuple[str, Callable[[], str]]]:
    """Each file's name, and what makes its text; `days` are the addresses of all pages with the day of their last
    change, or nothing where that is not known."""
    base = site.address
    yield "robots.txt", lambda: "User-agent: *\nAllow: /\n" + (f"\nSitemap: {base}sitemap.xml\n" if base else "")
    if not base:
        return
    pages = list(days.items())
    parts = [pages[start : start + MAX_SITEMAP_ADDRESSES] for start in range(0, len(pages), MAX_SITEMAP_ADDRESSES)]
    if len(parts) == 1:
        yield "sitemap.xml", partial(sitemap_xml, base, pages)
    else:
        yield "sitemap.xml", partial(sitemap_index_xml, base, len(parts))
        yield from ((f"sitemap-{number}.xml", partial(sitemap_xml, base, part)) for number, part in enumerate(parts))
    yield "opensearch.xml", partial(opensearch_xml, site, base)


def sitemap_xml(base: str, pages: Sequence[tuple[str, str]]) -> str:
    """The addresses of pages with the day of their last change."""
    lines = (
        f"<url><loc>{escape(base + page)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for page, day in pages
    )
    return wrap_sitemap_xml("urlset", lines)


def sitemap_index_xml(base: str, parts: int) -> str:
    """The addresses of the parts of a large sitemap."""
    lines = (f"<sitemap><loc>{escape(base)}sitemap-{number}.xml</loc></sitemap>" for number in range(parts))
    return wrap_sitemap_xml("sitemapindex", lines)


def wrap_sitemap_xml(root: str, lines: Iterator[str]) -> str:
    """A document of the protocol."""
    return "\n".join(
        ['<?xml version="1.0" encoding="utf-8"?>', f'<{root} xmlns="{SITEMAP_NAMESPACE}">', *lines, f"</{root}>", ""]
    )


def opensearch_xml(site: Site, base: str) -> str:
    """How a browser searches the site."""
    at = escape(base)
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
            f"<ShortName>{escape(site.name[:MAX_SHORT_NAME].strip())}</ShortName>",
            f"<LongName>{escape(site.name[:MAX_LONG_NAME].strip())}</LongName>",
            f"<Description>{escape(site.tagline[:1024])}</Description>",
            "<InputEncoding>UTF-8</InputEncoding>",
            f'<Image type="image/svg+xml">{at}assets/favicon.svg</Image>',
            f'<Url type="text/html" template="{at}browse/?q={{searchTerms}}"/>',
            f'<Url type="application/opensearchdescription+xml" rel="self" template="{at}opensearch.xml"/>',
            "</OpenSearchDescription>",
            "",
        ]
    )

"""The links in the header of every page, and the settings of `mkdocs.yml` that depend on the list."""

from dataclasses import asdict

from generator.content.model import Library
from generator.output.json_text import drop_empty_values, encode_json
from generator.site.hosts import suggestion_address
from generator.site.look import look_settings
from generator.site.policy import PAGE_POLICY

MAX_NAV_PAGES = 6  # hand-written pages in the header of every page; the home page links to the others


def navigation_items(library: Library) -> list[dict[str, str]]:
    """Return the links as labels with the file of a page, with the first hand-written pages last.

    Paths and venues are linked if the list has any. Papers and similar pages are not included, because build time grows
    with the square of the number of links.
    """
    links = (
        ("Home", "index.md", True),
        ("Shelves", "categories/index.md", True),
        ("Paths", "paths/index.md", bool(library.paths)),
        (library.site.entry.heading, "browse.md", True),
        ("Tags", "tags/index.md", True),
        ("Authors", "authors/index.md", True),
        ("Venues", "venues/index.md", any(paper.venue for paper in library.papers)),
        ("Years", "years/index.md", True),
    )
    items = [{label: file} for label, file, included in links if included]
    return items + [{page.title: f"{page.id}.md"} for page in library.pages[:MAX_NAV_PAGES]]


def mkdocs_settings(library: Library) -> str:
    """Return the file that `mkdocs.yml` inherits, with the settings that depend on the list or the environment."""
    site = library.site
    known = {
        "site_name": site.name,
        "site_description": site.tagline,
        "site_url": site.address,
        "repo_url": site.repository,
        "nav": navigation_items(library),
        "extra": drop_empty_values(
            {
                "policy": PAGE_POLICY,
                "suggest": suggestion_address(site),
                "words": asdict(site.entry),
                **look_settings(library),
            }
        ),
    }
    return "".join(f"{key}: {encode_json(value)}\n" for key, value in drop_empty_values(known).items())

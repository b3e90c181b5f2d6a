"""The links in the header of every page, and the settings of `mkdocs.yml` that depend on the list."""

from dataclasses import asdict

from generator.content.model import EntryWords, Library
from generator.output.json_text import drop_empty_values, encode_json
from generator.site.hosts import suggestion_address
from generator.site.look import look_settings
from generator.site.policy import PAGE_POLICY

MAX_NAV_PAGES = 6  # hand-written pages in the header of every page; the home page links to the others
PATHS_NAV_ITEM = {"Paths": "paths/index.md"}  # only for lists that have paths


def nav_items(words: EntryWords) -> list[dict[str, str]]:
    """Return the links to the pages that each list has, and to its paths."""
    return [
        {"Home": "index.md"},
        {"Shelves": "categories/index.md"},
        PATHS_NAV_ITEM,
        {words.heading: "browse.md"},
        {"Tags": "tags/index.md"},
        {"Authors": "authors/index.md"},
        {"Venues": "venues/index.md"},
        {"Years": "years/index.md"},
    ]


def navigation_items(library: Library) -> list[dict[str, str]]:
    """Return the links as labels with the file of a page, with the first hand-written pages last.

    Papers and similar pages are not included, because build time grows with the square of the number of links.
    """
    items = [item for item in nav_items(library.site.entry) if library.paths or item != PATHS_NAV_ITEM]
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

"""The links in the header of every page, and the settings of `mkdocs.yml` that depend on the list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from generator.content.model import Library
from generator.output.json_text import drop_empty_values, encode_json
from generator.site.hosts import named_suggestion_address, suggestion_address
from generator.site.look import look_settings
from generator.site.policy import PAGE_POLICY

MAX_NAV_PAGES = 6  # hand-written pages in the header of every page; the home page links to the others
MAIN_PAGE = "about"  # the id of the hand-written page that has an entry of its own in the header

NavigationItem = Mapping[str, str | Sequence[Mapping[str, str]]]


def navigation_items(library: Library) -> list[NavigationItem]:
    """Return the links as labels with the file of a page, and the menu at the end as a label with such links.

    Few entries fit on a phone, so the header has what most readers want, and the menu the other ways into the list.
    Papers and similar pages are not included, because build time grows with the square of the number of links.
    """
    entries = {
        "Home": "index.md",
        library.site.entry.heading: "browse.md",
        "Topics": "categories/index.md",
        **({"Paths": "paths/index.md"} if library.paths else {}),
        **({"About": f"{MAIN_PAGE}.md"} if any(page.id == MAIN_PAGE for page in library.pages) else {}),
    }
    return [*({label: file} for label, file in entries.items()), {"More": list(menu_items(library))}]


def menu_items(library: Library) -> Iterator[dict[str, str]]:
    """Yield the links of the menu, with the first hand-written pages last, and venues if the list has any."""
    yield {"Authors": "authors/index.md"}
    if any(paper.venue for paper in library.papers):
        yield {"Venues": "venues/index.md"}
    yield {"Years": "years/index.md"}
    yield {"Map": "map.md"}
    yield {"Data": "data.md"}
    for page in library.pages[:MAX_NAV_PAGES]:
        if page.id != MAIN_PAGE:
            yield {page.title: f"{page.id}.md"}


def navigation_files(library: Library) -> Iterator[str]:
    """Yield the files of the pages in the header."""
    for item in navigation_items(library):
        for target in item.values():
            yield from (target,) if isinstance(target, str) else (file for link in target for file in link.values())


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
                "suggest_named": named_suggestion_address(site),
                "words": asdict(site.entry),
                **look_settings(library),
            }
        ),
    }
    return "".join(f"{key}: {encode_json(value)}\n" for key, value in drop_empty_values(known).items())

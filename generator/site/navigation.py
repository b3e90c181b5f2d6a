"""The links in the header of every page, and the settings of `mkdocs.yml` that depend on the list.

The theme gets the links as a setting of its own: the builder's navigation would need all of their pages in each build.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from generator.content.model import Library
from generator.output.json_text import drop_empty_values, encode_json
from generator.site.addresses import page_address
from generator.site.hosts import named_suggestion_address, suggestion_address
from generator.site.look import look_settings
from generator.site.policy import PAGE_POLICY

MAX_NAV_PAGES = 6  # hand-written pages in the header of every page; the home page links to the others
MAIN_PAGE = "about"  # the id of the hand-written page that has an entry of its own in the header

NavigationItem = Mapping[str, str | Sequence[Mapping[str, str]]]


def navigation_items(library: Library) -> list[NavigationItem]:
    """Return the links as labels with the file of a page, and the menu at the end as a label with such links.

    Few entries fit on a phone, so the header has what most readers want, and the menu the other ways into the list.
    The home page is not among them, as the list's name leads to it.
    """
    entries = {
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


def header_entries(library: Library) -> Iterator[Mapping[str, object]]:
    """Yield the links for the theme: titles with the address of a page, or with the links of a menu."""
    for item in navigation_items(library):
        for title, target in item.items():
            if isinstance(target, str):
                yield {"title": title, "url": page_address(target)}
            else:
                links = [{"title": label, "url": page_address(file)} for link in target for label, file in link.items()]
                yield {"title": title, "children": links}


def named_query(address: str | None) -> str:
    """Return what an address of an issue has after that of the link on each page, which names nothing."""
    return "".join((address or "").partition("?")[1:])


def mkdocs_settings(library: Library) -> str:
    """Return the file that `mkdocs.yml` inherits, with the settings that depend on the list or the environment."""
    site = library.site
    known = {
        "site_name": site.name,
        "site_description": site.tagline,
        "site_url": site.address,
        "repo_url": site.repository,
        "extra": drop_empty_values(
            {
                "policy": PAGE_POLICY,
                "suggest": suggestion_address(site),
                "suggest_named": named_query(named_suggestion_address(site)),
                "words": asdict(site.entry),
                "entries": [*header_entries(library)],
                **look_settings(library),
            }
        ),
    }
    return "".join(f"{key}: {encode_json(value)}\n" for key, value in drop_empty_values(known).items())

"""Addresses within the site, and the relative address of its root from a page."""

from generator.content.model import Paper


def page_address(name: str) -> str:
    """Return the address of the page with a file name, such as `tags/gan/` for `tags/gan.md`.

    An index page has the address of its folder: `tags/` for `tags/index.md`.
    """
    stem = name.removesuffix(".md")
    return stem.removesuffix("index") if f"/{stem}".endswith("/index") else f"{stem}/"


def relative_root(address: str) -> str:
    """Return the relative address of the root: `../../` from `tags/gan/`, `../` from `tags/gan.atom`."""
    return "../" * address.count("/")


def paper_address(paper: Paper) -> str:
    """Return the address of a paper's page."""
    return f"papers/{paper.id}/"

"""Addresses within the site: of pages, and from a page back to the root."""

from generator.content.model import Paper


def page_address(name: str) -> str:
    """The address of the page whose file has this name: `tags/gan/` for `tags/gan.md`, `tags/` for `tags/index.md`."""
    stem = name.removesuffix(".md")
    return stem.removesuffix("index") if f"/{stem}".endswith("/index") else f"{stem}/"


def relative_root(address: str) -> str:
    """The way from an address within the site to its root: `../../` from `tags/gan/`, `../` from `tags/gan.atom`."""
    return "../" * address.count("/")


def paper_address(paper: Paper) -> str:
    """The address of a paper's page."""
    return f"papers/{paper.id}/"

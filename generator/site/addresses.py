"""Addresses within the site: of a page by the name of its file, and from a page back to the root."""


def page_address(name: str) -> str:
    """The address of the page whose file has this name: `tags/gan/` for `tags/gan.md`, `tags/` for `tags/index.md`."""
    stem = name.removesuffix(".md")
    return stem.removesuffix("index") if f"/{stem}".endswith("/index") else f"{stem}/"


def relative_root(address: str) -> str:
    """The way from an address within the site to its root: `../../` from `tags/gan/`, `../` from `tags/gan.atom`."""
    return "../" * address.count("/")

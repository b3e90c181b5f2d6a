"""Redirects from the former ids of an entry, and from the ids of entries that it replaces."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.site.pages.elements import Link, PageFiles, PageMetadata


@dataclass(frozen=True, slots=True)
class MovedPage:
    """A redirect; its twin links to that of the target page, instead of repeating it."""

    to: Link

    @property
    def about(self) -> PageMetadata:
        return PageMetadata(f"Moved: {self.to.text}")


def moved_pages(folder: str, name: str, title: str, replaces: Iterable[str]) -> PageFiles:
    """Return the redirects from an entry's former addresses."""
    for old in replaces:
        if old != name:
            yield f"{folder}/{old}.md", MovedPage(Link(title, f"{folder}/{name}/"))

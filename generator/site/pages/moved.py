"""Addresses that lead on to another: those of the ids that an entry had before or took over."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.site.pages.elements import Link, PageFiles, PageMetadata


@dataclass(frozen=True, slots=True)
class MovedPage:
    """A redirect. It has no twin of its own: the twin at its address is that of the page it leads to."""

    to: Link

    @property
    def about(self) -> PageMetadata:
        return PageMetadata(f"Moved: {self.to.text}")


def moved_pages(folder: str, name: str, title: str, replaces: Iterable[str]) -> PageFiles:
    """The pages at the old addresses of an entry."""
    for old in replaces:
        if old != name:
            yield f"{folder}/{old}.md", MovedPage(Link(title, f"{folder}/{name}/"))

"""The page that shows a few papers side by side, which a script fills."""

from dataclasses import dataclass

from generator.content.model import EntryWords
from generator.site.catalogue import Catalogue
from generator.site.pages.elements import PageFiles, PageMetadata


@dataclass(frozen=True, slots=True)
class ComparePage:
    """The comparison of the papers that the address names, and how many papers the list has."""

    words: EntryWords
    papers: int

    @property
    def about(self) -> PageMetadata:
        return PageMetadata("Compare", f"Up to four {self.words.many} side by side.", unlisted=True)


def compare_pages(catalogue: Catalogue) -> PageFiles:
    yield "compare.md", ComparePage(catalogue.library.site.entry, len(catalogue.papers))

"""The page of what the reader keeps, which a script fills from the browser's storage."""

from dataclasses import dataclass

from generator.content.model import EntryWords
from generator.site.catalogue import Catalogue
from generator.site.pages.elements import PageFiles, PageMetadata


@dataclass(frozen=True, slots=True)
class OwnPage:
    """The reader's own list, which is empty until a script fills it."""

    words: EntryWords

    @property
    def about(self) -> PageMetadata:
        description = f"The {self.words.many} that you keep, with your notes. They are stored in your browser only."
        return PageMetadata("My list", description, unlisted=True)


def own_pages(catalogue: Catalogue) -> PageFiles:
    yield "mine.md", OwnPage(catalogue.library.site.entry)

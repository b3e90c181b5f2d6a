"""The page of what the reader keeps, which a script fills from the browser's storage."""

from dataclasses import dataclass

from generator.content.model import EntryWords
from generator.site.catalogue import Catalogue
from generator.site.pages.browse import SearchExamples, search_examples
from generator.site.pages.elements import PageFiles, PageMetadata


@dataclass(frozen=True, slots=True)
class OwnPage:
    """The reader's own list, which is empty until a script fills it; its search is that of the page of all papers."""

    words: EntryWords
    examples: SearchExamples
    has_paths: bool

    @property
    def about(self) -> PageMetadata:
        description = f"The {self.words.many} that you keep, with your notes. They are stored in your browser only."
        return PageMetadata("My list", description, unlisted=True)


def own_pages(catalogue: Catalogue) -> PageFiles:
    library = catalogue.library
    yield "mine.md", OwnPage(library.site.entry, search_examples(catalogue), bool(library.paths))

"""The page that the service worker shows for pages that are not saved while there is no network."""

from dataclasses import dataclass

from generator.content.model import EntryWords
from generator.site.catalogue import Catalogue
from generator.site.pages.elements import PageFiles, PageMetadata


@dataclass(frozen=True, slots=True)
class OfflinePage:
    """What can be read without a network."""

    words: EntryWords

    @property
    def about(self) -> PageMetadata:
        return PageMetadata(
            "Not saved", "This page is not saved in your browser, and there is no network.", unlisted=True
        )


def offline_pages(catalogue: Catalogue) -> PageFiles:
    yield "offline.md", OfflinePage(catalogue.library.site.entry)

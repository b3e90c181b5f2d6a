"""The pages that curators wrote by hand."""

from dataclasses import dataclass

from generator.site.catalogue import Catalogue
from generator.site.pages.elements import PageFiles, PageMetadata


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page of `content/pages/`, with its text as Markdown."""

    title: str
    text: str

    @property
    def about(self) -> PageMetadata:
        return PageMetadata(self.title, contents=True)


def plain_pages(catalogue: Catalogue) -> PageFiles:
    for page in catalogue.library.pages:
        yield f"{page.id}.md", PlainPage(page.title, page.text)

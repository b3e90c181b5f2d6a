"""The pages of papers and categories that are no longer on the list."""

from dataclasses import dataclass

from generator.site.pages.elements import Link, PageMetadata


@dataclass(frozen=True, slots=True)
class RetiredPage:
    """The page of a retired entry: why it was removed, and where the paper can still be found."""

    kind: Link
    title: str
    reason: str
    buttons: tuple[Link, ...] = ()

    @property
    def about(self) -> PageMetadata:
        return PageMetadata(self.title, above=(self.kind,), unlisted=True)

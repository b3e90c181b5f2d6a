"""The page of the health report, for curators."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from generator.checks.health import HealthSection, health_sections
from generator.site.catalogue import Catalogue
from generator.site.pages.elements import PageFiles, PageMetadata

MAX_HEALTH_FINDINGS = 100  # shown in each section


@dataclass(frozen=True, slots=True)
class HealthPage:
    """The health report, of which the page shows at most `shown` findings in each section.

    `find` returns the sections. They are found when the page is made, as that takes as long as a check of the list.
    """

    find: Callable[[], tuple[HealthSection, ...]]
    shown: int

    @property
    def sections(self) -> tuple[HealthSection, ...]:
        """The sections of the report."""
        return self.find()

    @property
    def about(self) -> PageMetadata:
        return PageMetadata("Health of the list", "For curators: what may need a review.")


def health_pages(catalogue: Catalogue) -> PageFiles:
    find = cache(lambda: health_sections(catalogue.library, catalogue.links, catalogue.warnings()))
    yield "health.md", HealthPage(find, MAX_HEALTH_FINDINGS)

"""The page of the health report, for curators."""

from dataclasses import dataclass

from generator.checks.health import HealthSection, health_sections
from generator.site.catalogue import Catalogue
from generator.site.pages.elements import PageFiles, PageMetadata

MAX_HEALTH_FINDINGS = 100  # shown in each section


@dataclass(frozen=True, slots=True)
class HealthPage:
    """The sections of the health report, of which the page shows at most `shown` findings each."""

    sections: tuple[HealthSection, ...]
    shown: int

    @property
    def about(self) -> PageMetadata:
        return PageMetadata("Health of the list", "For curators: what may need a review.")


def health_pages(catalogue: Catalogue) -> PageFiles:
    yield "health.md", HealthPage(health_sections(catalogue.library, catalogue.links), MAX_HEALTH_FINDINGS)

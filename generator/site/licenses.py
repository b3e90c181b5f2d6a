"""The licenses under which a list may give its own texts to others, by their SPDX ids (https://spdx.org/licenses/)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.content.model import License, Site

CREATIVE_COMMONS = "https://creativecommons.org"
DEED_VERSIONS = ("4.0", "3.0")
DEED_TERMS = ("BY", "BY-SA", "BY-NC", "BY-NC-SA", "BY-ND", "BY-NC-ND")


@dataclass(frozen=True, slots=True)
class LicenseLink:
    """A license as readers see it: its name, and the address of its text."""

    name: str
    url: str


def creative_commons_licenses() -> Iterator[tuple[str, LicenseLink]]:
    """Return the six licenses of Creative Commons in the versions that are in use, each with its SPDX id."""
    for version in DEED_VERSIONS:
        for terms in DEED_TERMS:
            address = f"{CREATIVE_COMMONS}/licenses/{terms.lower()}/{version}/"
            yield f"CC-{terms}-{version}", LicenseLink(f"CC {terms} {version}", address)


KNOWN_LICENSES: Mapping[str, LicenseLink] = {
    **dict(creative_commons_licenses()),
    "CC0-1.0": LicenseLink("CC0 1.0", f"{CREATIVE_COMMONS}/publicdomain/zero/1.0/"),
    "GFDL-1.3-or-later": LicenseLink("GNU FDL 1.3 or later", "https://www.gnu.org/licenses/fdl-1.3.html"),
    "PDDL-1.0": LicenseLink("PDDL 1.0", "https://opendatacommons.org/licenses/pddl/1-0/"),
    "ODC-By-1.0": LicenseLink("ODC-By 1.0", "https://opendatacommons.org/licenses/by/1-0/"),
    "ODbL-1.0": LicenseLink("ODbL 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    "MIT": LicenseLink("MIT License", "https://opensource.org/license/mit"),
}
LICENSES_BY_CASELESS_ID = {name.casefold(): known for name, known in KNOWN_LICENSES.items()}


def license_link(written: License) -> LicenseLink | None:
    """Return a license as readers see it, or None if neither the list nor this module has its address."""
    known = LICENSES_BY_CASELESS_ID.get(written.name.casefold())
    if written.url:
        return LicenseLink(known.name if known else written.name, written.url)
    return known


def site_license(site: Site) -> LicenseLink | None:
    """Return the license of the list's own texts as readers see it, if there is one."""
    return license_link(site.license) if site.license else None

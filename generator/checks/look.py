"""Rules about the look of the pages."""

import re
from collections.abc import Collection, Iterator
from math import floor
from pathlib import Path

from generator.citations.formats import CITATION_FORMATS
from generator.content.image_files import image_faults
from generator.content.model import WEB_ADDRESS_PATTERN, Library, Problem
from generator.content.spelling import spelling_suggestion
from generator.site.addresses import chosen_addresses, page_address
from generator.site.colors import MIN_TEXT_CONTRAST, css_color, lowest_contrast, parse_color, readable_shade
from generator.site.licenses import KNOWN_LICENSES, license_link
from generator.site.look import FOOTER_LINK, FooterPart, footer_parts
from generator.site.navigation import navigation_files

ADDRESS_CHARACTERS = r"[^\s<>\"`{}|\\^\[\]]+"  # which need no percent-encoding


def check_accent(library: Library) -> Iterator[Problem]:
    """Text in the accent must be readable on light pages and on dark ones."""
    accent = library.site.accent
    for key, color in (("light", accent.light), ("dark", accent.dark)) if accent else ():
        if color and (fault := contrast_fault(color, key == "dark")):
            yield library.marks["site.yml"].problem(fault, "accent", key)


def contrast_fault(text: str, dark: bool) -> str:
    """Return why text in a color cannot be read on light or dark pages, or an empty string."""
    color = parse_color(text)
    contrast = lowest_contrast(color, dark)
    if contrast >= MIN_TEXT_CONTRAST:
        return ""
    pages, shade = "dark" if dark else "light", css_color(readable_shade(color, dark, MIN_TEXT_CONTRAST))
    found = f'found {floor(contrast * 100) / 100:.2f}, did you mean "{shade}"?'
    return f"expected a contrast of at least {MIN_TEXT_CONTRAST} to the background of {pages} pages, {found}"


def check_images(library: Library) -> Iterator[Problem]:
    """An image must be of the kind that its name says, and hold nothing that runs or that browsers fetch."""
    folder = Path(library.marks["site.yml"].file).parent
    for name, content in library.images.items():
        for fault in image_faults(name, content):
            yield Problem(str(folder / name), *fault.place, fault.message)


def check_license(library: Library) -> Iterator[Problem]:
    """A license must be a known one, or have an address."""
    written = library.site.license
    if written and written.name and not license_link(written):
        hint = spelling_suggestion(written.name, KNOWN_LICENSES)
        fault = f'expected an SPDX id such as CC-BY-4.0, or a name and its url, found "{written.name[:60]}"{hint}'
        yield library.marks["site.yml"].problem(fault, "license", "name")


def check_footer(library: Library) -> Iterator[Problem]:
    """A link in the foot of the pages must lead to a page of the site, or to an address elsewhere."""
    text = library.site.footer or ""
    marks, known = library.marks["site.yml"], frozenset(linkable_addresses(library)) if text else frozenset()
    if "](" in FOOTER_LINK.sub("", text):
        yield marks.problem("expected links such as [words](https://example.org/), without other brackets", "footer")
    for part in footer_parts(text):
        if not leads_somewhere(part, known):
            expected = "a page of the site, such as about/, or an address that starts with https:// or mailto:"
            yield marks.problem(f'expected {expected}, found "{(part.page or part.address)[:60]}"', "footer")


def leads_somewhere(part: FooterPart, known: Collection[str]) -> bool:
    """Return whether a part of the footer is plain text, or leads to one of these pages or to an address elsewhere."""
    if part.page:
        return re.split("[?#]", part.page)[0] in known and bool(re.fullmatch(ADDRESS_CHARACTERS, part.page))
    elsewhere = rf"|mailto:{ADDRESS_CHARACTERS}|{WEB_ADDRESS_PATTERN}"
    return bool(re.fullmatch(elsewhere, part.address))


def linkable_addresses(library: Library) -> Iterator[str]:
    """Return the addresses of pages that curators choose or that never change, and those of the whole list's files."""
    yield from map(page_address, navigation_files(library))
    yield from ("tags/", "health/", "llms.txt", *(f"papers.{of.extension}" for of in CITATION_FORMATS))
    if any(paper.added for paper in library.papers):
        yield from ("papers.atom", "papers.new.atom")
    for one in chosen_addresses(library):
        yield f"{one.address}/"


LOOK_RULES = (check_accent, check_images, check_license, check_footer)

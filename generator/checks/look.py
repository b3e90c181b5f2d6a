"""Rules about the look of the pages."""

from collections.abc import Iterator
from math import floor
from pathlib import Path

from generator.content.image_files import image_faults
from generator.content.model import Library, Problem
from generator.site.colors import MIN_TEXT_CONTRAST, css_color, lowest_contrast, parse_color, readable_shade


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


LOOK_RULES = (check_accent, check_images)

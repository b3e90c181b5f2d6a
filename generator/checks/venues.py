"""Rules about venues: the names in `venues.yml`, and the venues of entries."""

from collections.abc import Iterator

from generator.checks.places import paper_marks
from generator.content.model import KnownVenue, Library, Problem
from generator.content.reader import ValuePath
from generator.content.spelling import SpellingSuggestions
from generator.content.standard_numbers import has_valid_issn_digit
from generator.content.venues import comparable_name, venue_names, venues_by_name

VENUES_FILE = "venues.yml"


def check_venue_names(library: Library) -> Iterator[Problem]:
    """A name must be that of one venue."""
    owners: dict[str, KnownVenue] = {}
    for venue, name, place in names_with_places(library):
        owner = owners.setdefault(comparable_name(name), venue)
        if name and owner is not venue:
            message = "appears twice" if owner.name == name else f'is already a name of "{owner.name}"'
            yield library.marks[VENUES_FILE].problem(f'"{name}" {message}', *place)


def check_venue_issns(library: Library) -> Iterator[Problem]:
    """The last digit of an ISSN must agree with the others."""
    for number, venue in enumerate(library.venues):
        if venue.issn and not has_valid_issn_digit(venue.issn):
            message = f'expected a valid ISSN, found "{venue.issn}": its check digit is wrong'
            yield library.marks[VENUES_FILE].problem(message, number, "issn")


def warn_unknown_venues(library: Library) -> Iterator[Problem]:
    """If a list has `venues.yml`, it should have the venue of each entry; there is one warning for each other venue."""
    known, spelling = venues_by_name(library.venues), SpellingSuggestions()
    names = [name for venue in library.venues for name in venue_names(venue)]
    found = {paper.venue.name: paper for paper in reversed(library.papers) if known and paper.venue}
    for name, paper in found.items():
        if name and comparable_name(name) not in known:
            message = f'{VENUES_FILE} has no venue "{name}"{spelling.suggestion(name, names)}'
            yield paper_marks(library, paper).warning(message, "venue", "name")


def warn_other_kinds(library: Library) -> Iterator[Problem]:
    """The track of an entry should be the kind of its venue."""
    known = venues_by_name(library.venues)
    for paper in library.papers:
        venue = known.get(comparable_name(paper.venue.name)) if paper.venue else None
        if venue and venue.kind and paper.venue and paper.venue.track not in ("", venue.kind):
            message = (
                f'expected "{venue.kind}", the kind of "{venue.name}" in {VENUES_FILE}, found "{paper.venue.track}"'
            )
            yield paper_marks(library, paper).warning(message, "venue", "track")


def advise_unused_venues(library: Library) -> Iterator[Problem]:
    """Each venue should be that of an entry."""
    papers = (*library.papers, *library.retired)
    used = {comparable_name(paper.venue.name) for paper in papers if paper.venue}
    for number, venue in enumerate(library.venues):
        if used.isdisjoint(map(comparable_name, venue_names(venue))):
            message = f'no entry names the venue "{venue.name}"'
            yield library.marks[VENUES_FILE].warning(message, number, "name")


def names_with_places(library: Library) -> Iterator[tuple[KnownVenue, str, ValuePath]]:
    """Yield each name of each venue with its place in the file."""
    for number, venue in enumerate(library.venues):
        yield venue, venue.name, (number, "name")
        yield venue, venue.full or "", (number, "full")
        for index, name in enumerate(venue.aliases):
            yield venue, name, (number, "aliases", index)


VENUE_RULES = (check_venue_names, check_venue_issns)
VENUE_WARNINGS = (warn_unknown_venues, warn_other_kinds)
VENUE_ADVICE = (advise_unused_venues,)

"""The full names behind the short ones: what `venues.yml` says about where papers were published.

In: the venues of that file, and the names that papers have for them. Out: the venue that a name stands for, and the
title of what it published. A list without the file has only the names that its papers give.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from generator.content.model import KnownVenue, Library, Paper
from generator.content.text import normalized_text

VenuesByName = Mapping[str, KnownVenue]  # by their names in the form in which names are compared
VENUE_TYPES = ("article", "paper-conference")  # of works that venues publish
PROCEEDINGS_START = "Proceedings of the "


def venues_by_name(venues: Iterable[KnownVenue]) -> dict[str, KnownVenue]:
    """Return the venues by all of their names."""
    found: dict[str, KnownVenue] = {}
    for venue in venues:
        for name in venue_names(venue):
            found.setdefault(comparable_name(name), venue)
    return found


def venue_names(venue: KnownVenue) -> Iterator[str]:
    """Return the names by which entries may refer to a venue."""
    return filter(None, (venue.name, venue.full, *venue.aliases))


@cache  # many papers have the same venue
def comparable_name(name: str) -> str:
    """Return a name without case, accents and punctuation, unless nothing else is in it."""
    return normalized_text(name) or name


def known_venue(venues: VenuesByName, paper: Paper) -> KnownVenue | None:
    """Return the venue that published a paper, or None if nothing more is known about it.

    What has another track, such as a paper of a workshop at a conference, or is no paper, such as a talk, is not in the
    venue's proceedings.
    """
    if not paper.venue or paper.type not in VENUE_TYPES:
        return None
    venue = venues.get(comparable_name(paper.venue.name))
    return venue if venue and venue.kind == paper.venue.track else None


def container_title(venue: KnownVenue) -> str:
    """Return the title of what papers at a venue are part of: the name of a journal, or the title of proceedings.

    The number and the year of a meeting are no part of it, since the file does not know them.
    """
    name = venue.full or venue.name
    if venue.proceedings or not venue.full or venue.kind in ("journal", "findings"):
        return venue.proceedings or name
    return name if name.startswith("Proceedings") else PROCEEDINGS_START + name.removeprefix("The ")


def with_venue_names(library: Library) -> Library:
    """Return a library whose papers have the short names of their venues, whichever name their entries have."""
    known = venues_by_name(library.venues)
    if not known:
        return library
    return replace(
        library,
        papers=tuple(with_venue_name(known, paper) for paper in library.papers),
        retired=tuple(with_venue_name(known, paper) for paper in library.retired),
    )


def with_venue_name(venues: VenuesByName, paper: Paper) -> Paper:
    """Return a paper with the short name of its venue."""
    known = paper.venue and venues.get(comparable_name(paper.venue.name))
    if not paper.venue or not known or known.name == paper.venue.name:
        return paper
    return replace(paper, venue=replace(paper.venue, name=known.name))

"""The pages of venues and their index."""

from collections.abc import Iterator
from functools import partial

from generator.checks.works import plain_address
from generator.content.model import KnownVenue
from generator.content.venues import comparable_name
from generator.site.catalogue import Catalogue, PaperList, venue_description
from generator.site.pages.elements import Link, PageFiles, listed_ids, paper_rows
from generator.site.pages.lists import Fact, IndexEntry, IndexGroup, IndexPage, ListPage, common_topics, list_entry
from generator.site.pages.moved import moved_pages
from generator.site.pictures.timeline import list_timeline

VENUES_LINK = Link("Venues", "venues/")
TRACK_HEADINGS = {
    "conference": "Conferences",
    "findings": "Findings",
    "journal": "Journals",
    "workshop": "Workshops",
}


def venue_pages(catalogue: Catalogue) -> PageFiles:
    groups = partial(venue_groups, catalogue)
    yield "venues/index.md", IndexPage("venues", VENUES_LINK.text, venues_lead(catalogue), groups)
    for venue in catalogue.lists["venues"].values():
        yield f"venues/{venue.id}.md", venue_page(catalogue, venue)
        yield from moved_pages("venues", venue.id, venue.name, venue.replaces)


def venues_lead(catalogue: Catalogue) -> str:
    """Return a sentence about what the index lists; it names arXiv only if the list has papers from there."""
    words = catalogue.library.site.entry
    papers = catalogue.papers.values()
    without = "arXiv preprints" if any(paper.arxiv for paper in papers) else f"{words.heading} without a venue"
    return f"Where the {words.many} were published. {without} are not listed here."


def venue_groups(catalogue: Catalogue) -> tuple[IndexGroup, ...]:
    """Return the venues grouped by kind, those with the most papers first."""
    venues = sorted(catalogue.lists["venues"].values(), key=lambda venue: (-len(venue.papers), venue.id))
    kinds = {venue.id: venue_description(catalogue, venue).kind for venue in venues}
    groups = (
        IndexGroup(track, heading, "", tuple(venue_entry(venue) for venue in venues if kinds[venue.id] == track))
        for track, heading in TRACK_HEADINGS.items()
    )
    return tuple(group for group in groups if group.entries)


def venue_page(catalogue: Catalogue, venue: PaperList) -> ListPage:
    known = catalogue.venues.get(comparable_name(venue.name))
    name = f"{venue.name} ({known.full})" if known and known.full else venue.name
    browse = f"venue={venue.id}"
    return ListPage(
        kind=VENUES_LINK,
        preview="venue",
        title=venue.name,
        description=f"{catalogue.library.site.entry.heading} from {name} on this list.",
        papers=listed_ids(venue.papers),
        list_rows=partial(paper_rows, catalogue, venue.papers),
        browse=browse,
        draw_timeline=partial(list_timeline, venue.papers, browse),
        lead=((known.full,),) if known and known.full else (),
        list_facts=partial(venue_facts, catalogue, venue, known, browse),
        venue=known,
    )


def venue_facts(catalogue: Catalogue, venue: PaperList, known: KnownVenue | None, browse: str) -> Iterator[Fact]:
    """Yield what is known about a venue besides its full name, with labels, and the topics of its papers."""
    if known:
        yield "Kind", (known.kind.capitalize(),)
        yield "Proceedings", (known.proceedings,) if known.proceedings else ()
        yield "Publisher", (known.publisher,) if known.publisher else ()
        yield "Website", (Link(plain_address(known.address), known.address),) if known.address else ()
        yield "ISSN", (known.issn,) if known.issn else ()
        yield "Also called", known.aliases
    yield "Topics", common_topics(catalogue, venue.papers, browse)


def venue_entry(venue: PaperList) -> IndexEntry:
    """Return the index entry of a venue, with the years of its papers on the list."""
    years = sorted({paper.venue.year for paper in venue.papers if paper.venue})
    return list_entry(venue, str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}")

"""The pages of venues and their index."""

from generator.site.catalogue import Catalogue, PaperList
from generator.site.page_ids import venue_id
from generator.site.pages.elements import Link, PageFiles, paper_rows
from generator.site.pages.lists import IndexEntry, IndexGroup, IndexPage, ListPage, list_entry

VENUES_LINK = Link("Venues", "venues/")
TRACK_HEADINGS = {
    "conference": "Conferences",
    "findings": "Findings",
    "journal": "Journals",
    "workshop": "Workshops",
}


def venue_pages(catalogue: Catalogue) -> PageFiles:
    words = catalogue.library.site.entry
    lead = f"Where the {words.many} were published. {words.heading} without a venue are not listed here."
    yield "venues/index.md", IndexPage("venues", VENUES_LINK.text, lead, venue_groups(catalogue))
    for venue in catalogue.lists["venues"].values():
        yield f"venues/{venue.id}.md", venue_page(catalogue, venue)


def venue_groups(catalogue: Catalogue) -> tuple[IndexGroup, ...]:
    """Return the venues grouped by track, those with the most papers first."""
    tracks = {venue_id(paper.venue.name): paper.venue.track for paper in catalogue.papers.values() if paper.venue}
    venues = sorted(catalogue.lists["venues"].values(), key=lambda venue: (-len(venue.papers), venue.id))
    groups = (
        IndexGroup(track, heading, "", tuple(venue_entry(venue) for venue in venues if tracks[venue.id] == track))
        for track, heading in TRACK_HEADINGS.items()
    )
    return tuple(group for group in groups if group.entries)


def venue_page(catalogue: Catalogue, venue: PaperList) -> ListPage:
    return ListPage(
        kind=VENUES_LINK,
        preview="venue",
        title=venue.name,
        description=f"The {catalogue.library.site.entry.many} of the list that were published at {venue.name}.",
        rows=paper_rows(catalogue, venue.papers),
        browse=f"venue={venue.id}",
    )


def venue_entry(venue: PaperList) -> IndexEntry:
    """Return the index entry of a venue, with the years of its papers on the list."""
    years = sorted({paper.venue.year for paper in venue.papers if paper.venue})
    return list_entry(venue, str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}")

"""The pages of years and their index."""

from collections.abc import Iterator
from functools import partial

from generator.site.catalogue import Catalogue, PaperList, date_before_venue
from generator.site.pages.elements import Link, PageFiles, listed_ids, paper_rows
from generator.site.pages.lists import Fact, IndexEntry, IndexPage, ListPage, common_topics, single_group

YEARS_LINK = Link("Years", "years/")


def year_pages(catalogue: Catalogue) -> PageFiles:
    years = sorted(catalogue.lists["years"].values(), key=lambda year: int(year.id), reverse=True)
    most = max((len(year.papers) for year in years), default=1)
    links = [Link(year.id, year.address) for year in years]
    entries = (
        IndexEntry(link, len(year.papers), share=round(100 * len(year.papers) / most))
        for link, year in zip(links, years, strict=True)
    )
    words = catalogue.library.site.entry
    lead = f"The year in which each {words.one} first became public, which may be earlier than the year of its venue."
    yield "years/index.md", IndexPage("years", YEARS_LINK.text, lead, single_group(entries))
    for year, later, earlier in zip(years, [None, *links], [*links[1:], None], strict=False):
        yield f"years/{year.id}.md", year_page(catalogue, year, later, earlier)


def year_page(catalogue: Catalogue, year: PaperList, later: Link | None, earlier: Link | None) -> ListPage:
    browse = f"year={year.id:0>3}"
    words = catalogue.library.site.entry
    lead = f"{words.heading} first made public in {year.id}."
    if any(map(date_before_venue, year.papers)):
        lead += " If the venue’s year differs, both dates are given."
    return ListPage(
        kind=YEARS_LINK,
        preview="year",
        title=year.name,
        description=f"{words.heading} first made public in {year.id}.",
        papers=listed_ids(year.papers),
        list_rows=partial(paper_rows, catalogue, year.papers),
        browse=browse,
        list_facts=partial(year_facts, catalogue, year, browse),
        lead=((lead,),),
        previous=later,
        next=earlier,
    )


def year_facts(catalogue: Catalogue, year: PaperList, browse: str) -> Iterator[Fact]:
    """Yield the topics of a year's papers, with a label."""
    yield "Topics", common_topics(catalogue, year.papers, browse)

"""The pages of years and their index."""

from functools import partial

from generator.site.catalogue import Catalogue, PaperList
from generator.site.pages.elements import Link, PageFiles, listed_ids, paper_rows
from generator.site.pages.lists import IndexEntry, IndexPage, ListPage, common_topics, single_group

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
    yield "years/index.md", IndexPage("years", YEARS_LINK.text, lead, single_group(*entries))
    for year, later, earlier in zip(years, [None, *links], [*links[1:], None], strict=False):
        yield f"years/{year.id}.md", year_page(catalogue, year, later, earlier)


def year_page(catalogue: Catalogue, year: PaperList, later: Link | None, earlier: Link | None) -> ListPage:
    browse = f"year={year.id:0>3}"
    topics = common_topics(catalogue, year.papers, browse)
    words = catalogue.library.site.entry
    lead = f"{words.heading} first made public in {year.id}."
    if any(catalogue.rows[paper.id].first for paper in year.papers):
        lead += " If the venue’s year differs, both dates are given."
    return ListPage(
        kind=YEARS_LINK,
        preview="year",
        title=year.name,
        description=f"{words.heading} first made public in {year.id}.",
        papers=listed_ids(year.papers),
        list_rows=partial(paper_rows, catalogue, year.papers),
        browse=browse,
        also=(("Topics", topics),) if topics else (),
        lead=((lead,),),
        previous=later,
        next=earlier,
    )

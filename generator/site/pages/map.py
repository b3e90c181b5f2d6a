"""The page of the map, with what is on it as a list, and the counts of topics by year."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from generator.content.model import EntryWords
from generator.site.catalogue import Catalogue
from generator.site.pages.elements import PageFiles, PageMetadata
from generator.site.pictures.list_map import ListMap, MapShelf, list_map, map_shelves
from generator.site.pictures.topic_grid import TopicGrid, topic_grid


@dataclass(frozen=True, slots=True)
class MapPage:
    """The map of the list, and its shelves."""

    words: EntryWords
    draw_map: Callable[[], ListMap | None]
    shelves: tuple[MapShelf, ...]
    grid: TopicGrid | None

    @property
    def map(self) -> ListMap | None:
        """The map, drawn when the page is made."""
        return self.draw_map()

    @property
    def about(self) -> PageMetadata:
        description = f"A map of the {self.words.many}: those with much in common are close together."
        papers = tuple(row.id for shelf in self.shelves for row in shelf.rows)
        return PageMetadata("Map", description, papers=papers)


def map_page(catalogue: Catalogue) -> MapPage:
    words = catalogue.library.site.entry
    return MapPage(words, partial(list_map, catalogue), tuple(map_shelves(catalogue)), topic_grid(catalogue))


def map_pages(catalogue: Catalogue) -> PageFiles:
    yield "map.md", map_page(catalogue)

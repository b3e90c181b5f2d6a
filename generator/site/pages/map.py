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
    """The map of the list, its shelves, and the counts of topics; the pictures are drawn when the page is made."""

    words: EntryWords
    draw_map: Callable[[], ListMap | None]
    shelves: tuple[MapShelf, ...]
    draw_grid: Callable[[], TopicGrid | None]

    @property
    def map(self) -> ListMap | None:
        """The map, if there is one."""
        return self.draw_map()

    @property
    def grid(self) -> TopicGrid | None:
        """The counts of topics, if there are any."""
        return self.draw_grid()

    @property
    def about(self) -> PageMetadata:
        description = f"A map of the {self.words.many}: those with much in common are close together."
        papers = tuple(row.id for shelf in self.shelves for row in shelf.rows)
        return PageMetadata("Map", description, papers=papers)


def map_page(catalogue: Catalogue) -> MapPage:
    words = catalogue.library.site.entry
    draw_map, draw_grid = partial(list_map, catalogue), partial(topic_grid, catalogue)
    return MapPage(words, draw_map, tuple(map_shelves(catalogue)), draw_grid)


def map_pages(catalogue: Catalogue) -> PageFiles:
    yield "map.md", map_page(catalogue)

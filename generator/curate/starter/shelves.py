"""Choose the shelves of a list from the groups or, where most works are in none, the keywords of a library.

Each work goes to the most specific of its labels: to the one that the fewest works have. Then the smallest shelf gives
way, and its works go to the next of their labels, until at most `MAX_SHELVES` remain and none is too small. So works
gather where there are enough of them, and a broad label keeps only what has no place of its own. What fits nowhere
stands on a shelf of its own at the end.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import ceil

from generator.content.model import Category
from generator.curate.importers.record import ImportedRecord
from generator.curate.starter.keywords import StarterVocabulary
from generator.curate.starter.labels import label_levels, unused_id

MAX_SHELVES = 12
MIN_SHELF_WORKS = 2
MIN_SHELF_SHARE = 0.015  # of all works
MIN_GROUPED_SHARE = 0.5  # of all works, from which on shelves are made of groups
UNSORTED = Category("to-be-sorted", "To be sorted", "What has not found its shelf yet.")
ShelfLabel = tuple[str, ...]  # what distinguishes a group or keyword from others; of a group, also those above it


@dataclass(frozen=True, slots=True)
class StarterShelves:
    """The shelves, the largest first; `categories` has the id of each work's shelf."""

    shelves: tuple[Category, ...]
    categories: tuple[str, ...]


def starter_shelves(records: Sequence[ImportedRecord], vocabulary: StarterVocabulary) -> StarterShelves:
    """Return the shelves of a library's works."""
    labels, names = group_labels(records)
    if sum(map(bool, labels)) < MIN_GROUPED_SHARE * len(records) and any(vocabulary.tags):
        labels = [tuple((tag,) for tag in tags) for tags in vocabulary.tags]
        names = {(term.id,): (term.name,) for term in vocabulary.terms}
    chosen = shelf_of_each_work(labels)
    shelves = named_shelves(Counter(filter(None, chosen)), names)
    return StarterShelves(
        shelves=(*shelves.values(), *([] if all(chosen) else [UNSORTED])),
        categories=tuple(shelves[label].id if label else UNSORTED.id for label in chosen),
    )


def group_labels(
    records: Sequence[ImportedRecord],
) -> tuple[list[tuple[ShelfLabel, ...]], dict[ShelfLabel, tuple[str, ...]]]:
    """Return the groups of each work, with those that they are in, and how the library writes each of them."""
    names: dict[ShelfLabel, tuple[str, ...]] = {}
    labels = []
    for record in records:
        own: dict[ShelfLabel, None] = {}
        for levels in map(label_levels, record.groups):
            for end in range(1, len(levels) + 1):
                label = tuple(level.casefold() for level in levels[:end])
                names.setdefault(label, levels[:end])
                own[label] = None
        labels.append(tuple(own))
    return labels, names


def shelf_of_each_work(labels: Sequence[Sequence[ShelfLabel]]) -> list[ShelfLabel]:
    """Return the label on whose shelf each work stands; an empty one if it fits nowhere. `labels` has those of each
    work."""
    counts = Counter(label for own in labels for label in own)
    choices = [iter(sorted(own, key=lambda label: (counts[label], label))) for own in labels]
    works: dict[ShelfLabel, list[int]] = {label: [] for label in counts}
    for number, own in enumerate(choices):
        for label in own:
            works[label].append(number)
            break
    least = max(MIN_SHELF_WORKS, ceil(MIN_SHELF_SHARE * len(labels)))
    smallest = [(len(those), counts[label], label) for label, those in works.items()]
    heapify(smallest)
    while smallest:
        size, count, label = heappop(smallest)
        if size < len(works[label]):  # it has grown since
            heappush(smallest, (len(works[label]), count, label))
        elif size >= least and len(works) <= MAX_SHELVES:
            break
        else:
            for number in works.pop(label):
                if other := next(filter(works.__contains__, choices[number]), None):
                    works[other].append(number)
    found = {number: label for label, those in works.items() for number in those}
    return [found.get(number, ()) for number in range(len(labels))]


def named_shelves(
    sizes: Counter[ShelfLabel], names: Mapping[ShelfLabel, tuple[str, ...]]
) -> dict[ShelfLabel, Category]:
    """Return the shelves by label, the largest first. A group that shares its name with another is named with those
    above it."""
    shelves: dict[ShelfLabel, Category] = {}
    taken = {UNSORTED.id}
    alike = Counter(names[label][-1] for label in sizes)
    for label in sorted(sizes, key=lambda label: (-sizes[label], label)):
        levels = names[label]
        name = levels[-1] if alike[levels[-1]] == 1 else " / ".join(levels)
        shelves[label] = Category(unused_id(name, "categories/", taken), name)
        taken.add(shelves[label].id)
    return shelves

"""Rules about categories."""

from collections import Counter
from collections.abc import Iterator

from generator.checks.ids import paper_id_validator
from generator.content.model import PAPER_LINK, Library, Problem

CATEGORY_ADVICE_MIN_PAPERS = 50  # minimum number of papers in a list for this advice to apply
CATEGORY_SIZE_RANGE = (5, 20)  # papers in a category of such a list


def check_categories(library: Library) -> Iterator[Problem]:
    """The [[links]] in an introduction must lead to papers."""
    marks = library.marks["categories.yml"]
    fault = paper_id_validator(library)
    for index, category in enumerate(library.categories):
        for link, _ in PAPER_LINK.findall(category.introduction):
            if message := fault(link) or ("" if link else 'expected a paper between "[[" and "]]"'):
                yield marks.problem(message, index, "introduction")


def advise_category_sizes(library: Library) -> Iterator[Problem]:
    """A category of a large list should have enough papers to compare, but not too many to survey."""
    if len(library.papers) < CATEGORY_ADVICE_MIN_PAPERS:
        return
    counts = Counter(paper.category for paper in library.papers)
    least, most = CATEGORY_SIZE_RANGE
    for index, category in enumerate(library.categories):
        if not category.retired and not least <= counts[category.id] <= most:
            message = f'category "{category.id}" has {counts[category.id]} papers: {least} to {most} read best'
            yield library.marks["categories.yml"].warning(message, index, "id")


def advise_starting_points(library: Library) -> Iterator[Problem]:
    """Where the list says to begin, the introduction of a category or a path should begin as well."""
    first = {path.steps[0].paper for path in library.paths if path.steps}
    first |= {category.first_paper for category in library.shelves if category.first_paper}
    for index, paper in enumerate(library.site.start):
        if first and paper not in first:
            message = f'"{paper}" is where to begin, but no path begins with it, and no introduction names it first'
            yield library.marks["site.yml"].warning(message, "start", index)


CATEGORY_RULES = (check_categories,)
CATEGORY_ADVICE = (advise_category_sizes, advise_starting_points)

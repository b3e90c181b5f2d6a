"""The rules about shelves."""

from collections import Counter
from collections.abc import Iterator

from generator.checks.ids import paper_id_validator, unique_id_problems
from generator.content.model import PAPER_LINK, Library, Problem

CATEGORY_ADVICE_MIN_PAPERS = 50  # papers from which a list is large enough to be divided evenly
CATEGORY_SIZE_RANGE = (5, 20)  # papers on a shelf of such a list


def check_categories(library: Library) -> Iterator[Problem]:
    """No two categories may share an id, and an introduction's [[links]] must lead to papers."""
    marks = library.marks["categories.yml"]
    fault = paper_id_validator(library)
    yield from unique_id_problems(
        marks, [(category.id, (i,)) for i, category in enumerate(library.categories)], "category"
    )
    for index, category in enumerate(library.categories):
        for link, _ in PAPER_LINK.findall(category.introduction):
            if message := fault(link) or ("" if link else 'expected a paper between "[[" and "]]"'):
                yield marks.problem(message, index, "introduction")


def advise_category_sizes(library: Library) -> Iterator[Problem]:
    """A shelf of a large list should hold enough papers to compare, and not too many to survey."""
    if len(library.papers) < CATEGORY_ADVICE_MIN_PAPERS:
        return
    counts = Counter(paper.category for paper in library.papers)
    least, most = CATEGORY_SIZE_RANGE
    for index, category in enumerate(library.categories):
        if not category.retired and not least <= counts[category.id] <= most:
            message = f'category "{category.id}" has {counts[category.id]} papers: {least} to {most} read best'
            yield library.marks["categories.yml"].problem(message, index, "id")


CATEGORY_RULES = (check_categories,)
CATEGORY_ADVICE = (advise_category_sizes,)

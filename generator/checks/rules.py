"""All rules, in the order in which their problems are reported.

Rules run on a `Library` in which every value that could not be read is empty and already reported; rules skip such
values. A rule is a function whose docstring states the rule: problems from a `check_…` function stop the build, and
warnings from an `advise_…` function do not. Each rule is in the module for its subject, and in a tuple at the end of
that module.
"""

from generator.checks.categories import CATEGORY_ADVICE, CATEGORY_RULES
from generator.checks.ids import ID_RULES
from generator.checks.look import LOOK_RULES
from generator.checks.pages import PAGE_RULES
from generator.checks.papers import PAPER_ADVICE, PAPER_RULES
from generator.checks.quality import QUALITY_RULES
from generator.checks.relations import RELATION_ADVICE, RELATION_RULES
from generator.checks.site import SITE_RULES
from generator.checks.vocabulary import VOCABULARY_ADVICE, VOCABULARY_RULES
from generator.content.model import Library, Problem

ALL_RULES = (
    *PAPER_RULES,
    *RELATION_RULES,
    *QUALITY_RULES,
    *VOCABULARY_RULES,
    *ID_RULES,
    *CATEGORY_RULES,
    *SITE_RULES,
    *LOOK_RULES,
    *PAGE_RULES,
)
ALL_ADVICE = (*PAPER_ADVICE, *RELATION_ADVICE, *VOCABULARY_ADVICE, *CATEGORY_ADVICE)
ADVICE_MIN_PAPERS = 10  # minimum number of papers in a list for any advice


def check(library: Library) -> list[Problem]:
    """Return all problems of the library's entries."""
    return [problem for rule in ALL_RULES for problem in rule(library)]


def advise(library: Library) -> list[Problem]:
    """Return warnings about entries that are valid but should be reviewed."""
    if len(library.papers) < ADVICE_MIN_PAPERS:
        return []
    return [problem for rule in ALL_ADVICE for problem in rule(library)]

"""All rules of a list, in the order in which their problems are reported.

In: a `Library` in which every value that could not be read is empty, and has its problem already; rules pass it over.
A rule is one function whose docstring is the rule: a `check_…` function, whose problems stop the build, or an
`advise_…` function, whose warnings do not. It stands in the module of what it is about, and in a tuple at its end.
"""

from generator.checks.categories import CATEGORY_ADVICE, CATEGORY_RULES
from generator.checks.ids import ID_RULES
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
)
ALL_ADVICE = (*PAPER_ADVICE, *RELATION_ADVICE, *VOCABULARY_ADVICE, *CATEGORY_ADVICE)
ADVICE_MIN_PAPERS = 10  # papers from which a list gets advice


def check(library: Library) -> list[Problem]:
    """All problems between the entries of the library."""
    return [problem for rule in ALL_RULES for problem in rule(library)]


def advise(library: Library) -> list[Problem]:
    """What a curator should look at, though nothing is wrong."""
    if len(library.papers) < ADVICE_MIN_PAPERS:
        return []
    return [problem for rule in ALL_ADVICE for problem in rule(library)]

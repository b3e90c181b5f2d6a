"""All rules, in the order in which their problems are reported.

Rules run on a `Library` in which every value that could not be read is empty and already reported; rules skip such
values. A rule is a function whose docstring states the rule. Problems from a `check_…` function stop the build;
warnings from a `warn_…` function, about values that may be wrong, and from an `advise_…` function, about the list as a
whole, do not. Each rule is in the module for its subject, and in a tuple at the end of that module.
"""

from generator.checks.abstracts import ABSTRACT_WARNINGS
from generator.checks.categories import CATEGORY_ADVICE, CATEGORY_RULES
from generator.checks.citing import CITING_RULES, CITING_WARNINGS
from generator.checks.ids import ID_RULES
from generator.checks.look import LOOK_RULES
from generator.checks.pages import PAGE_RULES
from generator.checks.papers import PAPER_ADVICE, PAPER_RULES, PAPER_WARNINGS
from generator.checks.people import PEOPLE_RULES, PEOPLE_WARNINGS
from generator.checks.quality import QUALITY_RULES
from generator.checks.relations import RELATION_ADVICE, RELATION_RULES
from generator.checks.site import SITE_RULES
from generator.checks.venues import VENUE_ADVICE, VENUE_RULES, VENUE_WARNINGS
from generator.checks.vocabulary import VOCABULARY_ADVICE, VOCABULARY_RULES
from generator.content.model import Library, Problem

ALL_RULES = (
    *PAPER_RULES,
    *CITING_RULES,
    *PEOPLE_RULES,
    *VENUE_RULES,
    *RELATION_RULES,
    *QUALITY_RULES,
    *VOCABULARY_RULES,
    *ID_RULES,
    *CATEGORY_RULES,
    *SITE_RULES,
    *LOOK_RULES,
    *PAGE_RULES,
)
ALL_WARNINGS = (*PAPER_WARNINGS, *ABSTRACT_WARNINGS, *CITING_WARNINGS, *PEOPLE_WARNINGS, *VENUE_WARNINGS)
ALL_ADVICE = (*PAPER_ADVICE, *RELATION_ADVICE, *VOCABULARY_ADVICE, *CATEGORY_ADVICE, *VENUE_ADVICE)
UNWARNED_KEYS = frozenset(  # of entries; no warning depends on their values
    "category tags summary why questions aliases introduces added revised award note links arxiv_class accessed".split()
)
ADVICE_MIN_PAPERS = 10  # minimum number of papers in a list for any advice


def check(library: Library) -> list[Problem]:
    """Return all problems of the library's entries, and the warnings about them."""
    return rule_problems(library) + warn(library)


def rule_problems(library: Library) -> list[Problem]:
    """Return all problems of the library's entries."""
    return [problem for rule in ALL_RULES for problem in rule(library)]


def warn(library: Library) -> list[Problem]:
    """Return warnings about values that may be wrong."""
    return [warning for rule in ALL_WARNINGS for warning in rule(library)]


def advise(library: Library) -> list[Problem]:
    """Return warnings about the list as a whole, which should be reviewed."""
    if len(library.papers) < ADVICE_MIN_PAPERS:
        return []
    return [warning for rule in ALL_ADVICE for warning in rule(library)]

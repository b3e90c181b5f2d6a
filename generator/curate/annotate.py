"""Problems in; the same as GitHub Actions reads them from a step's output out, to be shown beside the lines."""

from collections.abc import Iterable

from generator.model import Problem

SHOWN = 50  # problems and warnings each, so that one bad file does not drown a review


def annotations(problems: Iterable[Problem], warnings: Iterable[Problem] = ()) -> str:
    """A line to a problem.

    The form is that of GitHub's documentation, "Workflow commands for GitHub Actions".
    """
    errors = [annotation("error", problem) for problem in sorted(set(problems))[:SHOWN]]
    return "".join(errors + [annotation("warning", warning) for warning in sorted(set(warnings))[:SHOWN]])


def annotation(level: str, problem: Problem) -> str:
    """One command; what would end it, or begin another, is written as GitHub asks."""
    place = f"file={value(problem.file)},line={problem.line},col={problem.column}"
    return f"::{level} {place}::{text(problem.message)}\n"


def text(words: str) -> str:
    """A message on one line."""
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def value(words: str) -> str:
    """The value of a property."""
    return text(words).replace(":", "%3A").replace(",", "%2C")

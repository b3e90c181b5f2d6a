"""Problems in; the same as GitHub Actions reads them from a step's output out, to be shown beside the lines."""

from collections.abc import Iterable

from generator.content.model import Problem

MAX_ANNOTATIONS = 50  # problems and warnings each, so that one bad file does not drown a review


def github_annotations(problems: Iterable[Problem], warnings: Iterable[Problem] = ()) -> str:
    """A line to a problem.

    The form is that of GitHub's documentation, "Workflow commands for GitHub Actions".
    """
    errors = [annotation_command("error", problem) for problem in sorted(set(problems))[:MAX_ANNOTATIONS]]
    return "".join(
        errors + [annotation_command("warning", warning) for warning in sorted(set(warnings))[:MAX_ANNOTATIONS]]
    )


def annotation_command(level: str, problem: Problem) -> str:
    """One command; what would end it, or begin another, is written as GitHub asks."""
    line = f",line={problem.line},col={problem.column}" if problem.line else ""
    return f"::{level} file={escape_command_property(problem.file)}{line}::{escape_command_data(problem.message)}\n"


def escape_command_data(words: str) -> str:
    """A message on one line."""
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_command_property(words: str) -> str:
    """The value of a property."""
    return escape_command_data(words).replace(":", "%3A").replace(",", "%2C")

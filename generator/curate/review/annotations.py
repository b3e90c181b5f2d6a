"""Problems in; commands for GitHub Actions out, which shows each problem beside its line."""

from collections.abc import Iterable

from generator.content.model import Problem

MAX_ANNOTATIONS = 50  # problems and warnings each, so that one bad file does not drown a review


def github_annotations(problems: Iterable[Problem], warnings: Iterable[Problem] = ()) -> str:
    """One line for each problem and warning, in the format of GitHub's "Workflow commands for GitHub Actions"."""
    errors = [annotation_command("error", problem) for problem in sorted(set(problems))[:MAX_ANNOTATIONS]]
    return "".join(
        errors + [annotation_command("warning", warning) for warning in sorted(set(warnings))[:MAX_ANNOTATIONS]]
    )


def annotation_command(level: str, problem: Problem) -> str:
    """One command, with the characters escaped that would end it or begin another."""
    line = f",line={problem.line},col={problem.column}" if problem.line else ""
    return f"::{level} file={escape_command_property(problem.file)}{line}::{escape_command_data(problem.message)}\n"


def escape_command_data(words: str) -> str:
    """A message on one line."""
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_command_property(words: str) -> str:
    """The value of a property."""
    return escape_command_data(words).replace(":", "%3A").replace(",", "%2C")

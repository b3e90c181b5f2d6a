"""Report problems as GitHub Actions annotations, which appear next to the lines in question."""

from collections.abc import Iterable

from generator.content.model import Problem

MAX_ANNOTATIONS = 50  # limit for problems and for warnings, so that one bad file does not swamp a review


def github_annotations(problems: Iterable[Problem], warnings: Iterable[Problem] = ()) -> str:
    """Return a line for each problem and warning, as in GitHub's "Workflow commands for GitHub Actions"."""
    errors = [annotation_command("error", problem) for problem in sorted(set(problems))[:MAX_ANNOTATIONS]]
    return "".join(
        errors + [annotation_command("warning", warning) for warning in sorted(set(warnings))[:MAX_ANNOTATIONS]]
    )


def annotation_command(level: str, problem: Problem) -> str:
    """Return one workflow command, with characters escaped that would end it or start another."""
    line = f",line={problem.line},col={problem.column}" if problem.line else ""
    return f"::{level} file={escape_command_property(problem.file)}{line}::{escape_command_data(problem.message)}\n"


def escape_command_data(words: str) -> str:
    """Return a message escaped for one line."""
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_command_property(words: str) -> str:
    """Return the value of a property, escaped."""
    return escape_command_data(words).replace(":", "%3A").replace(",", "%2C")

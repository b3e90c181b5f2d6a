"""Report problems in the forms in which GitHub and GitLab show them next to the lines in question."""

import hashlib
from collections.abc import Iterable
from typing import Any

from generator.content.model import Problem, blocking_problems
from generator.output.json_text import encode_json, json_array
from generator.output.printing import escape_output_line

MAX_ANNOTATIONS = 10  # for problems and for warnings; GitHub shows no more of a step


def github_annotations(problems: Iterable[Problem]) -> list[str]:
    """Return a line for each of the first problems and of the first warnings, as in GitHub's "Workflow commands for
    GitHub Actions"."""
    found = sorted(set(problems))
    warnings = [problem for problem in found if problem.warning]
    return list(map(annotation_command, blocking_problems(found)[:MAX_ANNOTATIONS] + warnings[:MAX_ANNOTATIONS]))


def annotation_command(problem: Problem) -> str:
    """Return one workflow command, with characters escaped that would end it or start another."""
    level = "warning" if problem.warning else "error"
    line = f",line={problem.line},col={problem.column}" if problem.line else ""
    return f"::{level} file={escape_command_property(problem.file)}{line}::{escape_command_data(problem.message)}"


def escape_command_data(words: str) -> str:
    """Return a message, escaped."""
    return escape_output_line(words).replace("%", "%25")


def escape_command_property(words: str) -> str:
    """Return the value of a property, escaped."""
    return escape_command_data(words).replace(":", "%3A").replace(",", "%2C")


def code_quality_report(problems: Iterable[Problem]) -> str:
    """Return the problems as a report of GitLab's, as in its "Code Quality report format"."""
    return json_array(encode_json(code_quality_record(problem)) for problem in sorted(set(problems)))


def code_quality_record(problem: Problem) -> dict[str, Any]:
    """Return one problem; GitLab knows it again by its fingerprint."""
    return {
        "description": problem.message,
        "check_name": "content",
        "severity": "minor" if problem.warning else "blocker",
        "fingerprint": hashlib.sha256(str(problem).encode()).hexdigest(),
        "location": {"path": problem.file, "lines": {"begin": max(problem.line, 1)}},
    }

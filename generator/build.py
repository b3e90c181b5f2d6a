"""The whole program in five steps: load, check, relate, render, write.

Only `load` and `write_files` access the disk; everything in between is pure functions on immutable values.
"""

import os
from pathlib import Path

from generator.checks.rules import advise, check
from generator.content.loader import load
from generator.content.model import Library, Problem, blocking_problems
from generator.content.text import pluralize_noun
from generator.measure.judgments import judgment_warnings
from generator.output.printing import print_line, print_workflow_commands
from generator.output.write import replace_file, write_files
from generator.related.relate import relate
from generator.site.page_links import page_link_problems
from generator.site.previews import PREVIEWS_FOLDER
from generator.site.render import site_files


def build(content: Path, out: Path) -> list[Problem]:
    """Write the site's pages, or nothing if the content has problems; return them."""
    return write_site(*load_and_check(content), out)


def write_site(library: Library, problems: list[Problem], out: Path) -> list[Problem]:
    """Write the pages of a library, or nothing if it has problems; return them, and only count the warnings."""
    if blocking := blocking_problems(problems):
        return blocking
    files = site_files(library, relate(library))
    blocking = [*page_link_problems(library, files)]
    if not blocking:
        written, deleted = write_files(files, out, PREVIEWS_FOLDER)
        entries = library.site.entry.count(len(library.papers))
        print_line(f"{entries}: {written} files written, {deleted} deleted in {out}")
    if problems and not blocking:
        print_line(f"{pluralize_noun(len(set(problems)), 'warning')}: see `make check`")
    return blocking


def load_and_check(content: Path) -> tuple[Library, list[Problem]]:
    """Return the library and all of its problems and warnings."""
    library, problems = load(content, os.environ)
    return library, problems + check(library)


def run_check(content: Path, annotate: bool, report: Path | None = None) -> tuple[Library, list[Problem]]:
    """Return the library with its problems and warnings and, if there are no problems, with advice.

    They are also printed as GitHub's annotations, or written to a file as GitLab's report, where that is asked for.
    """
    library, problems = load_and_check(content)
    if not blocking_problems(problems):
        problems += [*advise(library), *judgment_warnings(library)]
    if annotate:
        from generator.curate.review.annotations import github_annotations

        print_workflow_commands(github_annotations(problems))
    if report:
        from generator.curate.review.annotations import code_quality_report

        report.parent.mkdir(parents=True, exist_ok=True)
        replace_file(str(report), code_quality_report(problems).encode())
    return library, problems


def run_measure(content: Path) -> list[Problem]:
    """Print how well search and related papers match the list's judgments; return scores that are too low as
    problems."""
    from generator.measure.scores import list_scores

    library, problems = load_and_check(content)
    if problems := blocking_problems(problems):
        return problems
    scores, problems = list_scores(library)
    for score in scores:
        print_line(score)
    return problems

"""The command line: builds, checks and watches; what curators do beside that is in `curate/`."""

import dataclasses
import gc
import os
import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path

from generator.arguments import SCHEMAS_FOLDER, argument_parser
from generator.checks.quality import advise
from generator.checks.rules import check
from generator.content.loader import load, read_text_file
from generator.content.model import Library, Problem
from generator.measure.related import NDCG_CUTOFF, judgments_by_current_id, mean_ndcg, parse_judgments
from generator.output.write import MARKER_FILE, replace_file, write_files
from generator.related.relate import relate
from generator.site.render import render_site


def build(content: Path, out: Path, judged: Path | None = None) -> list[Problem]:
    """Writes the site's pages, or nothing where the content has problems; says how well suggestions agree with the
    judgments of a file."""
    return write_site(*load_and_check(content), out, judged)


def write_site(library: Library, problems: list[Problem], out: Path, judged: Path | None = None) -> list[Problem]:
    """Writes the pages of a library, or nothing where it has problems, which it gives back."""
    text, faults = read_text_file(judged) if judged else ("", [])
    grades, more = parse_judgments(text, str(judged)) if text else ({}, [])
    problems = problems + faults + more
    if not problems:
        links = relate(library)
        written, deleted = write_files(render_site(library, links), out)
        print(f"{len(library.papers)} papers: {written} files written, {deleted} deleted in {out}")
        if grades:
            score = mean_ndcg(links, judgments_by_current_id(grades, library.papers))
            print(f"related papers: nDCG@{NDCG_CUTOFF} {score:.3f} on {len(grades)} judged papers")
    return problems


def load_and_check(content: Path) -> tuple[Library, list[Problem]]:
    """The library and all of its problems."""
    library, problems = load(content, os.environ)
    return library, problems + check(library)


def run_check(content: Path, annotate: bool) -> list[Problem]:
    """The problems of the content; where there are none, what deserves a look is printed."""
    library, problems = load_and_check(content)
    warnings = [] if problems else sorted(set(advise(library)))
    if annotate:
        from generator.curate.review.annotations import github_annotations

        print(github_annotations(problems, warnings), end="")
    for warning in warnings:
        print(dataclasses.replace(warning, message=f"warning: {warning.message}"))
    if not problems:
        print(f"{len(library.papers)} papers, no problems")
    return problems


def write_previews(content: Path, out: Path) -> list[Problem]:
    """Draws the pictures of links to the site, or none where `site.yml` has problems, which it gives back."""
    from generator.site.previews import preview_files

    library, problems = load(content, os.environ)
    problems = [problem for problem in problems if problem.file == library.marks["site.yml"].file]
    if not problems:
        drawn = dict(preview_files(library.site))
        out.mkdir(parents=True, exist_ok=True)
        for name, picture in drawn.items():
            replace_file(f"{out}/{name}", picture)
        print(f"{len(drawn)} pictures drawn in {out}")
    return problems


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0, or 1 where there are problems."""
    options = argument_parser().parse_args(arguments)
    match options.command:
        case "build":
            return report_problems(build(options.content, options.out, options.judged))
        case "check":
            return report_problems(run_check(options.content, options.annotate))
        case "previews":
            return report_problems(write_previews(options.content, options.out))
        case "watch":
            return watch_and_build(options)
        case _:
            return report_problems(run_curate_command(options))


def watch_and_build(options: Namespace) -> int:
    """Follows the content until the builder ends, whatever is wrong with it meanwhile."""
    from generator.curate.commands import unreadable_file_problems
    from generator.curate.editor_schema import content_schemas
    from generator.output.watch import watch_content

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # a pipe gets each problem when it is found

    def once() -> int:
        library, problems = load_and_check(options.content)
        if not unreadable_file_problems(library, problems):
            write_files(content_schemas(library), SCHEMAS_FOLDER)
        return report_problems(write_site(library, problems, options.out))

    return watch_content(
        options.content, options.builder, lambda: run_with_exit_status(once), (options.out / MARKER_FILE).exists
    )


def run_curate_command(options: Namespace) -> list[Problem]:
    """Runs a command of those that are imported only when they are asked for."""
    from generator.curate import commands
    from generator.curate.decisions.decisions import Decision

    match options.command:
        case "add":
            return commands.add_papers(options.ids, options.content, commands.today())
        case "import":
            return commands.import_papers(options.kind, options.file, options.facts, options.content, commands.today())
        case "suggest":
            return commands.print_proposals(options.papers, options.measure, options.content)
        case "report":
            return commands.print_health_report(options.content, options.json)
        case "diff":
            return commands.print_content_diff(options.base, options.content)
        case "schema":
            return commands.write_content_schemas(options.content, options.out)
        case "links":
            return commands.report_links(options.content, options.allow, options.out)
        case "retire":
            return commands.apply_decision(
                Decision("retire", options.kind, options.old, because=options.new), options.content
            )
        case act:
            return commands.apply_decision(Decision(act, options.kind, options.old, options.new), options.content)


def run_with_exit_status(command: Callable[[], int]) -> int:
    """A command's exit status, with all said; a disk that refuses is one line, not a traceback."""
    try:
        status = command()
        sys.stdout.flush()
        return status
    except OSError as error:
        print(f"{error.filename}: {error.strerror}" if error.filename else error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def report_problems(problems: Sequence[Problem]) -> int:
    """Prints the problems in order, then their number; the exit status."""
    for problem in sorted(set(problems)):
        print(problem)
    if problems:
        print(f"{len(set(problems))} problem{'s' if len(set(problems)) > 1 else ''}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    gc.disable()  # nearly all that a run makes lives to its end
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that what was begun is cleared away
    os._exit(run_with_exit_status(main))  # at once: to take apart what a large list has left takes most of a second

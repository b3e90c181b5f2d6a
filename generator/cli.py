"""The command line: parse the arguments, run one command, print its problems, and return an exit status.

The curators' commands are imported only on demand, so that `check` and `build` start quickly.
"""

import os
import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from io import TextIOWrapper

from generator.arguments import SCHEMAS_FOLDER, argument_parser
from generator.build import build, run_check, run_measure
from generator.content.model import Problem, blocking_problems
from generator.content.spelling import spelling_suggestion
from generator.content.text import pluralize_noun
from generator.output.printing import (
    MAX_PRINTED_ITEMS,
    allow_any_character,
    escape_controls,
    print_item,
    print_items,
    print_line,
    print_rest,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 if there are problems.

    Raises:
        SystemExit: The arguments are invalid (status 2), or only ask for help or the version (status 0).
    """
    allow_any_character()
    words = sys.argv[1:] if arguments is None else arguments
    parser = argument_parser()
    if fault := unknown_command(words, parser.get_default("commands")):
        parser.exit(2, fault)
    options = parser.parse_args(words)
    match options.command:
        case "build":
            return report_problems(build(options.content, options.out, options.site, options.builder))
        case "check":
            return report_check(options)
        case "measure":
            return report_problems(run_measure(options.content))
        case "watch":
            return watch_and_build(options)
        case "new":
            return start_new_list(options)
        case _:
            return report_problems(run_curate_command(options))


def unknown_command(words: Sequence[str], commands: Sequence[str]) -> str:
    """Return an error message if the first word is not a command: the closest command, and the full list."""
    if not words or words[0].startswith("-") or words[0] in commands:
        return ""
    fault = escape_controls(f'unknown command "{words[0]}"{spelling_suggestion(words[0], commands)}')
    return f"{fault}\ncommands: {', '.join(commands)}\n"


def report_check(options: Namespace) -> int:
    """Check the content; print its problems and warnings or, if there are no problems, how many papers it has."""
    library, problems = run_check(options.content, options.annotate, options.report)
    status = report_problems(problems)
    if status == 0:
        print_line(f"{library.site.entry.count(len(library.papers))}, no problems")
    return status


def watch_and_build(options: Namespace) -> int:
    """Serve the site, and build it again after each edit, even while there are problems."""
    from generator.serve import serve_list

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # so that a pipe receives each problem as soon as it is found

    def report(step: Callable[[], list[Problem]]) -> int:
        return run_reporting_os_errors(lambda: report_problems(step()))

    return serve_list(options.content, SCHEMAS_FOLDER, options.out, options.builder, options.address, report)


def start_new_list(options: Namespace) -> int:
    """Start a list; print what of its library is left out, the problems, and at the end what the list has."""
    from generator.curate.commands import today
    from generator.curate.starter.start import NewListChoices, start_list

    choices = NewListChoices(options.name, options.sources, options.encoding, options.notes, options.replace)
    report = start_list(options.folder or options.content, choices, today())
    print_items(report.left_out, "line")
    status = report_problems(report.problems)
    print_items(report.summary, "line")
    return status


def run_curate_command(options: Namespace) -> list[Problem]:
    """Run one of the curators' commands."""
    from generator.curate import commands
    from generator.curate.decisions.decisions import Decision

    match options.command:
        case "add":
            return commands.add_papers(options.ids, options.content, commands.today())
        case "import":
            return commands.import_papers(
                options.kind,
                options.file[0],
                options.facts,
                options.content,
                commands.today(),
                more=options.file[1:],
                choices=commands.ImportChoices(options.encoding, options.notes),
            )
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
    """Return a command's exit status, even if it is interrupted or the operating system reports an error."""
    try:
        return run_reporting_os_errors(command)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def run_reporting_os_errors(command: Callable[[], int]) -> int:
    """Return a command's exit status once its output is flushed; print an OSError as one line, without a traceback."""
    try:
        status = command()
        sys.stdout.flush()
        return status
    except OSError as error:
        name = os.fsdecode(error.filename) if isinstance(error.filename, bytes) else error.filename
        print_line(f"{name}: {error.strerror}" if name else error, sys.stderr)
        return 1


def report_problems(problems: Sequence[Problem]) -> int:
    """Print the first problems and warnings in order, then their numbers; return the exit status."""
    found = sorted(set(problems))
    kinds = {"problem": blocking_problems(found), "warning": [problem for problem in found if problem.warning]}
    shown = {problem for those in kinds.values() for problem in those[:MAX_PRINTED_ITEMS]}
    for problem in found:
        if problem in shown:
            print_item(problem)
    for noun, those in kinds.items():
        print_rest(len(those) - MAX_PRINTED_ITEMS, noun)
    if found:
        sys.stdout.flush()
        print_line(", ".join(pluralize_noun(len(those), noun) for noun, those in kinds.items() if those), sys.stderr)
    return 1 if kinds["problem"] else 0

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

from generator.arguments import SCHEMAS, parser
from generator.check import check
from generator.judge import CUTOFF, agreement, current, judgments
from generator.load import load, text_of
from generator.model import Library, Problem
from generator.relate import relate
from generator.render import render
from generator.standards import advise
from generator.write import MARKER, replace, write


def build(content: Path, out: Path, judged: Path | None = None) -> list[Problem]:
    """Writes the site's pages, or nothing where the content has problems; says how well suggestions agree with the
    judgments of a file."""
    return built(*checked(content), out, judged)


def built(library: Library, problems: list[Problem], out: Path, judged: Path | None = None) -> list[Problem]:
    """Writes the pages of a library, or nothing where it has problems, which it gives back."""
    text, faults = text_of(judged) if judged else ("", [])
    grades, more = judgments(text, str(judged)) if text else ({}, [])
    problems = problems + faults + more
    if not problems:
        links = relate(library)
        written, deleted = write(render(library, links), out)
        print(f"{len(library.papers)} papers: {written} files written, {deleted} deleted in {out}")
        if grades:
            score = agreement(links, current(grades, library.papers))
            print(f"related papers: nDCG@{CUTOFF} {score:.3f} on {len(grades)} judged papers")
    return problems


def checked(content: Path) -> tuple[Library, list[Problem]]:
    """The library and all of its problems."""
    library, problems = load(content, os.environ)
    return library, problems + check(library)


def checking(content: Path, annotate: bool) -> list[Problem]:
    """The problems of the content; where there are none, what deserves a look is printed."""
    library, problems = checked(content)
    warnings = [] if problems else sorted(set(advise(library)))
    if annotate:
        from generator.curate.annotate import annotations

        print(annotations(problems, warnings), end="")
    for warning in warnings:
        print(dataclasses.replace(warning, message=f"warning: {warning.message}"))
    if not problems:
        print(f"{len(library.papers)} papers, no problems")
    return problems


def pictured(content: Path, out: Path) -> list[Problem]:
    """Draws the pictures of links to the site, or none where `site.yml` has problems, which it gives back."""
    from generator.previews import previews

    library, problems = load(content, os.environ)
    problems = [problem for problem in problems if problem.file == library.marks["site.yml"].file]
    if not problems:
        drawn = dict(previews(library.site))
        out.mkdir(parents=True, exist_ok=True)
        for name, picture in drawn.items():
            replace(f"{out}/{name}", picture)
        print(f"{len(drawn)} pictures drawn in {out}")
    return problems


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0, or 1 where there are problems."""
    options = parser().parse_args(arguments)
    match options.command:
        case "build":
            return report(build(options.content, options.out, options.judged))
        case "check":
            return report(checking(options.content, options.annotate))
        case "previews":
            return report(pictured(options.content, options.out))
        case "watch":
            return watching(options)
        case _:
            return report(curate(options))


def watching(options: Namespace) -> int:
    """Follows the content until the builder ends, whatever is wrong with it meanwhile."""
    from generator.curate.commands import illegible
    from generator.curate.schema import schemas
    from generator.watch import watch

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # a pipe gets each problem when it is found

    def once() -> int:
        library, problems = checked(options.content)
        if not illegible(library, problems):
            write(schemas(library), SCHEMAS)
        return report(built(library, problems, options.out))

    return watch(options.content, options.builder, lambda: guarded(once), (options.out / MARKER).exists)


def curate(options: Namespace) -> list[Problem]:
    """Runs a command of those that are imported only when they are asked for."""
    from generator.curate import commands
    from generator.curate.govern import Decision

    match options.command:
        case "add":
            return commands.add(options.ids, options.content, commands.today())
        case "import":
            return commands.import_(options.kind, options.file, options.facts, options.content, commands.today())
        case "suggest":
            return commands.suggest(options.papers, options.measure, options.content)
        case "report":
            return commands.health(options.content, options.json)
        case "diff":
            return commands.diff(options.base, options.content)
        case "schema":
            return commands.schema(options.content, options.out)
        case "links":
            return commands.links(options.content, options.allow, options.out)
        case "retire":
            return commands.decide(Decision("retire", options.kind, options.old, because=options.new), options.content)
        case act:
            return commands.decide(Decision(act, options.kind, options.old, options.new), options.content)


def guarded(command: Callable[[], int]) -> int:
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


def report(problems: Sequence[Problem]) -> int:
    """Prints the problems in order, then their number; the exit status."""
    for problem in sorted(set(problems)):
        print(problem)
    if problems:
        print(f"{len(set(problems))} problem{'s' if len(set(problems)) > 1 else ''}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    gc.disable()  # nearly all that a run makes lives to its end
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that what was begun is cleared away
    os._exit(guarded(main))  # at once: to take apart what a large list has left takes most of a second

"""The command line: `python -m generator build | check | import | watch`."""

import argparse
import dataclasses
import gc
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from generator.check import check
from generator.judge import CUTOFF, agreement, judgments
from generator.load import load, text_of
from generator.model import Library, Problem
from generator.relate import relate
from generator.render import render
from generator.standards import advise
from generator.write import create, write


def build(content: Path, out: Path, judged: Path | None = None) -> list[Problem]:
    """Writes the site's pages, or nothing where the content has problems; says how well suggestions agree with the
    judgments of a file."""
    library, problems = checked(content)
    text, faults = text_of(judged) if judged else ("", [])
    grades, more = judgments(text, str(judged)) if text else ({}, [])
    problems += faults + more
    if not problems:
        links = relate(library)
        written, deleted = write(render(library, links), out)
        print(f"{len(library.papers)} papers: {written} files written, {deleted} deleted in {out}")
        if grades:
            print(f"related papers: nDCG@{CUTOFF} {agreement(links, grades):.3f} on {len(grades)} judged papers")
    return problems


def checked(content: Path) -> tuple[Library, list[Problem]]:
    """The library and all of its problems."""
    library, problems = load(content, os.environ)
    return library, problems + check(library)


def import_listing(listing: Path, facts: Path | None, content: Path) -> list[Problem]:
    """Writes an entry for each paper of a listing that is not on the list yet, and reports on all of them."""
    from generator.listing import compared, yaml_of

    library, problems = load(content, os.environ)
    unreadable = {f"{content / 'papers' / paper.id}.yml" for paper in library.papers if not paper.title}
    problems = [problem for problem in problems if problem.file in unreadable]
    text, faults = text_of(listing)
    facts_text, more = text_of(facts) if facts else ("", [])
    entries, further = compared(text, str(listing), facts_text, str(facts), library.papers)
    if problems := problems + (faults + more or further):
        return problems
    for entry in entries:
        file = content / "papers" / f"{entry.paper.id}.yml"
        if entry.state == "new":
            create(file, yaml_of(entry.paper))
        if entry.state != "unchanged":
            print(f"{entry.state}  {file}{': ' if entry.different else ''}{', '.join(entry.different)}")
    states = Counter(entry.state for entry in entries)
    print(f"{states['new']} new, {states['unchanged']} unchanged, {states['different']} different")
    return []


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0, or 1 where there are problems."""
    options = parser().parse_args(arguments)
    match options.command:
        case "build":
            problems = build(options.content, options.out, options.judged)
        case "check":
            library, problems = checked(options.content)
            if not problems:
                for warning in sorted(set(advise(library))):
                    print(dataclasses.replace(warning, message=f"warning: {warning.message}"))
                print(f"{len(library.papers)} papers, no problems")
        case "import":
            problems = import_listing(options.file, options.facts, options.content)
        case _:
            from generator.watch import watch

            return watch(options.content, options.builder, lambda: report(build(options.content, options.out)))
    return report(problems)


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs one command as `main` does; a disk that refuses is one line, not a traceback."""
    try:
        return main(arguments)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}" if error.filename else error, file=sys.stderr)
        return 1


def report(problems: Sequence[Problem]) -> int:
    """Prints the problems in order, then their number; the exit status."""
    for problem in sorted(set(problems)):
        print(problem)
    if problems:
        print(f"{len(set(problems))} problem{'s' if len(set(problems)) > 1 else ''}", file=sys.stderr)
    return 1 if problems else 0


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(
        prog="python -m generator", description="Generates the site of a curated reading list."
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="command")
    build_ = commands.add_parser("build", help="check the content and write the site's pages")
    check_ = commands.add_parser("check", help="check the content and write nothing")
    import_ = commands.add_parser("import", help="add the papers of a listing that are not on the list")
    watch_ = commands.add_parser("watch", help="run a builder, and build again at each change of the content")
    import_.add_argument("kind", choices=["listing"], help="what the file is: titles and abstracts, line by line")
    import_.add_argument("file", type=Path, metavar="FILE")
    import_.add_argument(
        "--facts", type=Path, metavar="FILE", help="a YAML list of authors, arXiv ids, dates, venues, …"
    )
    watch_.add_argument("builder", nargs="+", metavar="BUILDER", help="the command that serves the pages")
    build_.add_argument(
        "--judged", type=Path, metavar="FILE", help="judgments of related papers, by which the suggestions are scored"
    )
    for command in (build_, check_, import_, watch_):
        command.add_argument("--content", type=Path, default=Path("content"), metavar="DIR", help="default: content")
    for command in (build_, watch_):
        command.add_argument("--out", type=Path, default=Path("build/docs"), metavar="DIR", help="default: build/docs")
    return top


if __name__ == "__main__":
    gc.disable()  # nearly all that a run makes lives to its end
    sys.exit(run())

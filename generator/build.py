"""The program in one sentence: load, check, relate, render, write.

Only `load` and `write_files` touch the disk; everything between them is pure functions on frozen values.
"""

import dataclasses
import os
from pathlib import Path

from generator.checks.quality import advise
from generator.checks.rules import check
from generator.content.loader import load, read_text_file
from generator.content.model import Library, Problem
from generator.measure.related import NDCG_CUTOFF, judgments_by_current_id, mean_ndcg, parse_judgments
from generator.output.write import replace_file, write_files
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

"""The whole program in five steps: load, check, relate, render, write.

Only `load` and `write_folders` access the disk; everything in between is pure functions on immutable values.
"""

import os
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import yaml

from generator.checks.rules import advise, check, rule_problems, warn
from generator.content.loader import ParsedFiles, load, site_variables
from generator.content.model import Library, Problem, blocking_problems
from generator.content.text import pluralize_noun
from generator.known_list import (
    KnownList,
    edited_since,
    kept_citations,
    kept_papers,
    kept_warnings,
    known_library,
    known_links,
    new_known_list,
    read_known_list,
    unchanged_addresses,
)
from generator.measure.judgments import judgment_warnings
from generator.output.last_build import (
    LastBuild,
    clock,
    given_digest,
    has_outputs,
    read_inputs,
    same_contents,
    stamps_of,
)
from generator.output.offline import complete_site, is_completing_file
from generator.output.printing import print_line, print_workflow_commands
from generator.output.records import read_record, write_record
from generator.output.site_builder import SiteBuilder, installed_packages, is_built_file
from generator.output.workers import run_beside
from generator.output.write import FileContent, FolderFiles, own_folder, replace_file, write_folders
from generator.related.again import relate_anew
from generator.related.relate import RelatedPapers, relate
from generator.site.catalogue import Catalogue, build_catalogue
from generator.site.page_links import page_link_problems
from generator.site.previews import PREVIEWS_FOLDER
from generator.site.render import SiteFiles, is_for_builder, site_files
from generator.site.templating import THEME_FOLDER

SETTINGS_FILE = Path("mkdocs.yml")
PROGRAM_FOLDER = Path(__file__).parent


def build(content: Path, pages: Path, site: Path, command: Sequence[str] = ()) -> list[Problem]:
    """Write the sources of the site's pages and its other files, or nothing if the content has problems; return them.

    The pages are built if there is a command for this: a site builder, to which the name of a settings file is added.

    Raises:
        ChildProcessError: The site builder failed, and has said why.
    """
    record, knowledge = (site.with_name(f".{site.name}.{name}.json") for name in ("last", "known"))
    last = read_record(record, LastBuild) or LastBuild()
    given = given_digest(content, command, site_variables(os.environ), installed_packages())
    now = LastBuild(given, clock(), read_inputs([content, PROGRAM_FOLDER, SETTINGS_FILE], last))
    is_intact = partial(has_outputs, last, [pages, site])
    if last.given == given and same_contents(last.inputs, now.inputs) and is_intact():
        for line in last.said:
            print_line(line)
        return []
    with run_beside(is_intact, len(last.outputs)) as is_known:
        known = read_known_list(knowledge, content, last, now)
        library, read_problems = load(content, os.environ, ParsedFiles(kept_papers(known, content, last, now)))
        known = known if is_known() else KnownList()
    del last, is_intact  # they have the stamps of all files, and the build takes the memory
    edited = edited_since(known, library)
    with found_beside(library, known, edited) as (warnings, anew):
        problems = read_problems + rule_problems(library)
        if blocking := blocking_problems(problems):
            return blocking
        catalogue = replace(known_catalogue(library, known, edited, anew), warnings=cache(warnings))
        files = site_files(catalogue)
        unchanged, warned = unchanged_addresses(known, library, catalogue, edited), [*catalogue.warnings()]
    if site == configured_site():
        own_folder(site)  # an earlier version left it to the site builder
    if blocking := write_site(library, files, unchanged, pages, site):
        return blocking
    known = new_known_list(content, now, library, catalogue, read_problems)
    with run_beside(partial(write_record, knowledge, known), len(library.papers)) as record_known:
        if command:
            build_pages(command, pages, site)
        record_known()
    counted = warning_lines(problems + warned)
    for line in counted:
        print_line(line)
    said = [f"{entry_count(library)}: nothing has changed in {pages} and {site}", *counted]
    write_record(record, replace(now, outputs=stamps_of([pages, site]), said=said))
    return []


def build_pages(command: Sequence[str], pages: Path, site: Path) -> None:
    """Build the pages of a site, and complete it for reading offline."""
    built = site_builder(command, pages, site).update()
    saved = complete_site(site)
    print_line(f"{pluralize_noun(built, 'page')} built in {site}; {saved} can be saved for reading offline")


@contextmanager
def found_beside(
    library: Library, known: KnownList, edited: Collection[str] | None
) -> Iterator[tuple[Callable[[], Iterable[Problem]], Callable[[], RelatedPapers]]]:
    """Yield functions that return the warnings of a list and the related papers that are found anew; both are found
    beside what the block does, as far as they are not known."""
    kept = kept_warnings(known, library, edited)
    relate_edited = partial(relate_anew, library, known_library(known, library))
    with (
        nullcontext(kept) if kept else run_beside(partial(warn, library), len(library.papers)) as warnings,
        run_beside(relate_edited, 0 if edited is None else len(known.papers)) as anew,
    ):
        yield warnings, anew


def configured_site() -> Path | None:
    """Return the folder that the settings give to the site, or None if they name none."""
    try:
        settings = yaml.safe_load(SETTINGS_FILE.read_text("utf-8"))
    except (OSError, yaml.YAMLError):
        return None
    folder = settings.get("site_dir") if isinstance(settings, dict) else None
    return Path(folder) if isinstance(folder, str) else None


def site_builder(command: Sequence[str], pages: Path, site: Path) -> SiteBuilder:
    """Return what builds the pages of the site from their sources, the settings and the templates of the theme."""
    templates = [place for place in sorted(THEME_FOLDER.iterdir()) if place.name != "assets"]
    return SiteBuilder(command, SETTINGS_FILE, pages, templates, site)


def known_catalogue(
    library: Library,
    known: KnownList,
    edited: Collection[str] | None,
    anew: Callable[[], RelatedPapers],
) -> Catalogue:
    """Return the catalogue of a list; if only some papers were edited since it was built, with what is known of it and
    with those related papers that are found `anew`."""
    if edited is None:
        return build_catalogue(library, relate(library))
    return build_catalogue(library, known_links(known, anew), known=kept_citations(known, library, edited))


def write_site(
    library: Library, files: SiteFiles[FileContent], unchanged: Container[str], pages: Path, site: Path
) -> list[Problem]:
    """Write the sources of the pages of a site and its other files, or nothing if pages have problems; return these.

    The files of addresses at which nothing has changed are left as they are.
    """
    if problems := [*page_link_problems(library, files)]:
        return problems

    def is_lasting(name: str) -> bool:
        return name.startswith(PREVIEWS_FOLDER) or name.partition(".")[0] in unchanged

    def is_made_later(name: str) -> bool:
        return is_built_file(name) or is_completing_file(name)

    sources, others = files.parted(is_for_builder)
    written, deleted = write_folders(
        FolderFiles(others, site, is_lasting, is_made_later), FolderFiles(sources, pages, is_lasting)
    )
    print_line(f"{entry_count(library)}: {written} files written, {deleted} deleted in {pages} and {site}")
    return []


def entry_count(library: Library) -> str:
    return library.site.entry.count(len(library.papers))


def warning_lines(warnings: list[Problem]) -> list[str]:
    """Return the line that says how many warnings there are, if there are any."""
    return [f"{pluralize_noun(len(set(warnings)), 'warning')}: see `make check`"] if warnings else []


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

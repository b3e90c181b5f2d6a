"""The command that starts a list: it reads a library, and writes a content folder that passes the check.

The folder is written beside its place, checked, and then put there. What the check refuses of a library is left out
and reported. Of an old list, only the guide and files that belong to no list remain.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.checks.rules import check
from generator.content.loader import load
from generator.content.model import Name, Problem, Site, blocking_problems, general_problem, text_format
from generator.content.reader import one_line_excerpt, text_fault
from generator.content.text import pluralize_noun
from generator.curate.commands import moved_problem
from generator.curate.importers.libraries import format_of_file, read_library_files
from generator.curate.importers.record import ImportedRecord
from generator.curate.importers.source_files import read_source_file
from generator.curate.starter.content_files import NewList, new_list_files
from generator.curate.starter.folder import (
    LIST_NAMES,
    PICTURES_FOLDER,
    holds_list,
    is_kept_by_git,
    place_for_old_list,
    readme_of_new_list,
    replacement_fault,
)
from generator.curate.starter.library import started_list
from generator.output.write import (
    change_files,
    copy_others,
    create_files,
    folder_draft,
    put_in_place,
    remove_empty_folders,
)

ENTRY_NAME = re.compile(r'entry ".*?"(?=:| )')  # at the start of a message
UNKNOWN_FORMAT = "expected a file whose name ends in .bib, .ris or .json"


@dataclass(frozen=True, slots=True)
class NewListChoices:
    """What a curator chooses for a new list.

    `sources` are the files of its library, in `encoding`; `notes` says whether its owner's notes become drafts of
    `why`, and `replaces` whether the list may take the place of another one.
    """

    name: str
    sources: Sequence[Path] = ()
    encoding: str | None = None
    notes: bool = False
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class StartReport:
    """What to report about a new list: what was left out, what is wrong with the library, and what the list has.

    A problem leaves out a work; a warning leaves out at most one of its values. Without `summary`, nothing was
    written.
    """

    problems: Sequence[Problem]
    left_out: Sequence[str] = ()
    summary: Sequence[str] = ()


def start_list(folder: Path, choices: NewListChoices, day: str) -> StartReport:
    """Write a new list, whose entries are dated `day`, to a folder, and return what to report about it.

    Without a library the list is empty.
    """
    if fault := text_fault(text_format(Name), choices.name):
        return StartReport([general_problem("--name", fault)])
    if fault := replacement_fault(folder, choices.replaces):
        return StartReport([general_problem(str(folder), fault)])
    records, problems = read_libraries(choices.sources, choices.encoding)
    if choices.sources and not records:
        nothing = [general_problem(str(file), "has no entry that can be read") for file in choices.sources]
        return StartReport(problems or nothing)
    started = started_list(choices.name, records, day, notes=choices.notes)
    problems = [*problems_of_library(problems, records), *started.problems]
    with folder_draft(folder.resolve()) as draft:
        new, refused = write_valid_list(started.new, draft)
        problems += [moved_problem(problem, draft, folder) for problem in refused]
        if not new:
            return StartReport(problems)
        events = replace_list(folder.resolve(), draft)
    return StartReport(problems, started.left_out, [*events, *summary_lines(new, folder)])


def problems_of_library(problems: Iterable[Problem], records: Iterable[ImportedRecord]) -> list[Problem]:
    """Return the problems of a library: as warnings, if they are about an entry that could be read."""
    read = {record.place.partition(": ")[2] for record in records}
    entries = ((problem, ENTRY_NAME.match(problem.message)) for problem in problems)
    return [replace(one, warning=one.warning or bool(found and found[0] in read)) for one, found in entries]


def read_libraries(files: Sequence[Path], encoding: str | None) -> tuple[list[ImportedRecord], list[Problem]]:
    """Return the works of files of references, and what in them cannot be read. Files of one format are read as one."""
    texts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    problems: list[Problem] = []
    for file in files:
        form = format_of_file(file.name)
        text, faults = read_source_file(file, encoding) if form else ("", [general_problem(str(file), UNKNOWN_FORMAT)])
        problems += faults
        if form and not faults:
            texts[form].append((text, str(file)))
    records: list[ImportedRecord] = []
    for form, those in texts.items():
        found, faults = read_library_files(form, those)
        records += found
        problems += faults
    return records, problems


def write_valid_list(new: NewList, draft: Path) -> tuple[NewList | None, list[Problem]]:
    """Write a list to an empty folder without the entries that the check refuses, and return the list as written, and
    why each of them is left out; None instead of the list if something else is refused."""
    refused: list[Problem] = []
    create_files(new_list_files(new), draft)
    while problems := blocking_problems(check_folder(draft)):
        found = {Path(problem.file).stem: problem.message for problem in reversed(problems) if in_papers(problem)}
        if not found:
            return None, problems
        left = [paper for paper in new.papers if paper.id in found]
        change_files([(f"papers/{paper.id}.yml", None) for paper in left], draft)
        refused += [general_problem(f'"{one_line_excerpt(p.title)}"', f"is left out: {found[p.id]}") for p in left]
        new = replace(new, papers=tuple(paper for paper in new.papers if paper.id not in found))
    return new, refused


def check_folder(content: Path) -> list[Problem]:
    """Return the problems of a content folder."""
    library, problems = load(content, {})
    return problems + check(library)


def in_papers(problem: Problem) -> bool:
    """Return whether a problem is one of an entry."""
    return Path(problem.file).parent.name == "papers"


def replace_list(folder: Path, draft: Path) -> list[str]:
    """Put a finished list in the place of a folder's list, if it has one, and keep that if git does not have it; return
    what has changed besides."""
    replaces = holds_list(folder)
    if folder.exists():
        copy_others(folder, draft, LIST_NAMES)
    if not replaces:
        put_in_place(draft, folder)
        return []
    old = load(folder, {})[0].site
    kept = None if is_kept_by_git(folder) else place_for_old_list(folder)
    put_in_place(draft, folder, kept)
    events = [f"{kept.name} has the old list, which was not fully committed to git"] if kept else []
    if (folder.parent / "mkdocs.yml").is_file():
        events += clear_repository(folder.parent, old, load(folder, {})[0].site)
    return events


def clear_repository(top: Path, old: Site, new: Site) -> list[str]:
    """Remove the old list's pictures from a repository, and its name, tagline and pictures from the README, if git
    keeps them; return what has changed."""
    readme, pictures = top / "README.md", sorted((top / PICTURES_FOLDER).glob("*"))
    if not readme.is_file():
        return []
    text = readme.read_text("utf-8")
    changes: list[tuple[str, str | None]] = [(str(one.relative_to(top)), None) for one in pictures]
    if (changed := readme_of_new_list(text, old, new)) != text:
        changes.insert(0, (readme.name, changed))
    if changes and not is_kept_by_git(top, readme.name, str(PICTURES_FOLDER)):
        return [f"{readme.name} and {PICTURES_FOLDER} are left unchanged, since they are not fully committed to git"]
    change_files(changes, top)
    remove_empty_folders(top / PICTURES_FOLDER, top)
    return [f"{'deleted' if text is None else 'changed'}  {name}" for name, text in changes]


def summary_lines(new: NewList, folder: Path) -> list[str]:
    """Return what a new list has, and what to do next."""
    sizes = Counter(paper.category for paper in new.papers)
    shelves = f"{len(new.shelves)} {'shelf' if len(new.shelves) == 1 else 'shelves'}"
    terms = pluralize_noun(len(new.terms), "term")
    return [
        *(f"{sizes[shelf.id]:8,}  {shelf.name}" for shelf in new.shelves),
        f"{folder}: {new.entry.count(len(new.papers))} on {shelves}, with {terms}",
        f"next: describe the list in {folder}/site.yml, order its shelves in categories.yml, and run make serve",
    ]

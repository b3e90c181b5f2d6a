"""The command that starts a list: it reads a library, and writes a content folder that passes the check.

The folder is written beside its place, checked, and then put there. What the check refuses of a library is left out
and reported. Of an old list, nothing stays but the guide and what is no list's.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from generator.checks.rules import check
from generator.content.loader import load, read_text_file
from generator.content.model import Name, Problem, Site, blocking_problems, general_problem, text_format
from generator.content.reader import one_line_excerpt, text_fault
from generator.content.text import pluralize_noun
from generator.curate.commands import moved_problem
from generator.curate.importers.record import ImportedRecord
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
from generator.output.printing import print_items, print_line
from generator.output.write import change_files, copy_others, create_files, folder_draft, put_in_place

MAX_LIBRARY_BYTES = 64 << 20  # 30,000 entries with abstracts have about 60 MB


def start_list(folder: Path, sources: Sequence[Path], name: str, replaces: bool, day: str) -> list[Problem]:
    """Write a new list of the works of these files, dated `day`, to a folder; return what cannot be read.

    Without files, the list is empty. With `replaces`, the list that is in the folder gives way to it.
    """
    if fault := text_fault(text_format(Name), name):
        return [general_problem("--name", fault)]
    if fault := replacement_fault(folder, replaces):
        return [general_problem(str(folder), fault)]
    records, problems = read_libraries(sources)
    if sources and not records:
        return problems or [general_problem(str(file), "has no entry that can be read") for file in sources]
    started = started_list(name, records, day)
    with folder_draft(folder.resolve()) as draft:
        new, refused = write_valid_list(started.new, draft)
        if not new:
            return [*problems, *started.problems, *(moved_problem(one, draft, folder) for one in refused)]
        replace_list(folder.resolve(), draft)
    print_items(started.left_out, "work")
    print_summary(new, folder)
    return [*problems, *started.problems, *refused]


def read_libraries(files: Iterable[Path]) -> tuple[list[ImportedRecord], list[Problem]]:
    """Return the works of files of references, and what in them cannot be read."""
    records: list[ImportedRecord] = []
    problems: list[Problem] = []
    for file in files:
        text, faults = read_text_file(file, largest=MAX_LIBRARY_BYTES)
        found, more = ([], []) if faults else read_references(text, file)
        records += found
        problems += faults + more
    return records, problems


def read_references(text: str, file: Path) -> tuple[list[ImportedRecord], list[Problem]]:
    """Return the works of a text, whose format the file's name tells, and what in it cannot be read."""
    from generator.curate.importers.bibtex import read_bibtex

    match file.suffix.lower():
        case ".bib" | ".bibtex":
            return read_bibtex(text, str(file))
        case _:
            return [], [general_problem(str(file), "expected a file whose name ends in .bib, .ris or .json")]


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


def replace_list(folder: Path, draft: Path) -> None:
    """Put a finished list in the place of a folder's list, if it has one; keep that if git does not have it."""
    if not holds_list(folder):
        if folder.exists():
            copy_others(folder, draft, LIST_NAMES)
        put_in_place(draft, folder)
        return
    copy_others(folder, draft, LIST_NAMES)
    old = load(folder, {})[0].site
    kept = None if is_kept_by_git(folder) else place_for_old_list(folder)
    put_in_place(draft, folder, kept)
    if kept:
        print_line(f"{kept.name} has the old list, since git does not have it as it was")
    if (folder.parent / "mkdocs.yml").is_file():
        clear_repository(folder.parent, old, load(folder, {})[0].site)


def clear_repository(top: Path, old: Site, new: Site) -> None:
    """Remove the old list's pictures from a repository, and its name, tagline and pictures from the README, if git
    keeps them."""
    readme, pictures = top / "README.md", sorted((top / PICTURES_FOLDER).glob("*"))
    if not readme.is_file():
        return
    text = readme.read_text("utf-8")
    changes = [
        ("README.md", readme_of_new_list(text, old, new)),
        *((str(one.relative_to(top)), None) for one in pictures),
    ]
    if changes == [("README.md", text)]:
        return
    if not is_kept_by_git(top, "README.md", str(PICTURES_FOLDER)):
        print_line(f"README.md and {PICTURES_FOLDER} are left as they are, since git does not have them so")
        return
    change_files(changes, top)
    print_items([f"{'changed' if text else 'deleted'}  {name}" for name, text in changes], "file")


def print_summary(new: NewList, folder: Path) -> None:
    """Print what a new list has, and what to do next."""
    sizes = Counter(paper.category for paper in new.papers)
    print_items([f"  {sizes[shelf.id]:6,}  {shelf.name}" for shelf in new.shelves], "line")
    shelves = f"{len(new.shelves)} {'shelf' if len(new.shelves) == 1 else 'shelves'}"
    terms = pluralize_noun(len(new.terms), "term")
    print_line(f"{folder}: {new.entry.count(len(new.papers))} on {shelves}, with {terms}")

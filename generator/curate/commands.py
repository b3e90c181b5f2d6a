"""The curators' commands: each one loads the content, calls pure functions, and prints or writes the result."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from errno import ENOENT
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.checks.ids import paper_id_validator
from generator.checks.rules import check
from generator.content.loader import CONTENT_FOLDERS, load, read_text_file
from generator.content.model import Library, Paper, Problem, blocking_problems, general_problem
from generator.content.reader import one_line_excerpt
from generator.content.tags import broader_terms, narrowest_tags
from generator.curate.decisions.decisions import KEY_ORDER, Decision, FileChange, plan_changes
from generator.curate.decisions.losses import decision_losses
from generator.curate.decisions.yaml_edit import set_flow_list
from generator.curate.importers.entries import CandidateEntry, candidate_entries, entry_fault, entry_yaml, missing_keys
from generator.curate.importers.issue import Issue, paper_from_issue, read_issue, with_known_ids
from generator.curate.importers.libraries import read_library_files
from generator.curate.importers.placing import left_out_lines, placed_paper, placing_summary, term_ids_by_name
from generator.curate.importers.record import ImportedRecord
from generator.curate.importers.source_files import read_source_file
from generator.output.json_text import indented_json
from generator.output.printing import print_items, print_line, print_text
from generator.output.progress import with_progress
from generator.output.write import FileContent, change_files, create_file, lock_for_editing, write_files
from generator.related.relate import relate

NO_RENAMES: Mapping[str, str] = {}
SINGLE_FILE_KINDS = ("issue", "listing")
MAX_HINTED_ENTRIES = 20  # up to this number of new entries, print what each one lacks


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """What a curator chooses for an import: the encoding of the files, and whether notes become drafts of `why`."""

    encoding: str | None = None
    notes: bool = False


DEFAULT_CHOICES = ImportChoices()


def load_readable_library(content: Path) -> tuple[Library, list[Problem]]:
    """Return the library, and the problems of files that cannot be read at all.

    Other problems are ignored, so that entries may be unfinished.

    Raises:
        FileNotFoundError: The content folder does not exist.
    """
    if not content.is_dir():
        raise FileNotFoundError(ENOENT, "no such folder", str(content))
    library, problems = load(content, os.environ)
    return library, unreadable_file_problems(library, problems)


def unreadable_file_problems(library: Library, problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems of files and folders that exist but from which nothing could be read."""
    blank = {marks.file for name, marks in library.marks.items() if name.endswith(".yml") and not marks.places}
    found = [problem for problem in problems if problem.file in blank and Path(problem.file).exists()]
    return found + [problem for problem in problems if Path(problem.file).name in CONTENT_FOLDERS]


def today() -> str:
    """Return the current date in UTC, which is the same for curators in all time zones."""
    return datetime.now(UTC).date().isoformat()


def add_papers(ids: Sequence[str], content: Path, day: str) -> list[Problem]:
    """Fetch papers by their identifiers and write an entry, dated `day`, for each that is not on the list."""
    from generator.curate.importers.sources import fetch_records

    found, problems = fetch_records(ids, os.environ)
    records = [ImportedRecord(record.paper) for record in found]
    faults = write_new_entries(records, content, day) if found else []
    for record in found:
        for note in record.notes:
            print_line(f"{record.paper.title}: {note}")
    return problems + faults


def import_papers(
    kind: str,
    file: Path,
    facts: Path | None,
    content: Path,
    day: str,
    *,
    more: Sequence[Path] = (),
    choices: ImportChoices = DEFAULT_CHOICES,
) -> list[Problem]:
    """Write an entry, dated `day`, for each paper of the files that is not on the list; return what cannot be read."""
    if more and kind in SINGLE_FILE_KINDS:
        return [general_problem(str(more[0]), f"expected one file for {kind}, found {1 + len(more)}")]
    read = [
        read_text_file(one, largest=None) if kind in SINGLE_FILE_KINDS else read_source_file(one, choices.encoding)
        for one in (file, *more)
    ]
    facts_text, problems = read_text_file(facts) if facts else ("", [])
    if problems := [problem for _, faults in read for problem in faults] + problems:
        return problems
    texts = [(text, str(one)) for (text, _), one in zip(read, (file, *more), strict=True)]
    match kind:
        case "issue":
            return apply_issue(*texts[0], content, day)
        case "listing":
            from generator.curate.importers import listing

            papers, problems = listing.read_listing(*texts[0], facts_text, str(facts))
            if problems:
                return problems
            records = list(map(ImportedRecord, papers))
        case _:
            records, problems = read_library_files(kind, texts)
    return problems + write_new_entries(records, content, day, notes=choices.notes)


def apply_issue(text: str, file: str, content: Path, day: str) -> list[Problem]:
    """Turn an issue into a new entry, dated `day`, or into new tags of an existing entry."""
    said, problems = read_issue(text, file)
    if problems:
        return problems
    if said.paper:
        return retag_paper(said, content)
    library, problems = load_readable_library(content)
    if problems:
        return problems
    said, doubts = with_known_ids(said, library, file)
    papers, problems = suggested_papers(said)
    return doubts + problems + (write_new_entries([*map(ImportedRecord, papers)], content, day) if papers else [])


def suggested_papers(said: Issue) -> tuple[list[Paper], list[Problem]]:
    """Return the paper that an issue suggests, fetched if it has to be, or the problem that prevents it."""
    from generator.curate.importers.identifiers import paper_from_identifier, parse_work_identifier
    from generator.curate.importers.sources import fetch_records
    from generator.curate.importers.works import paper_at_address

    page = paper_at_address(said.identifier)
    if page and not said.title:
        message = "no arXiv id, DOI or ISBN in this address: write the title of the page into the form as well"
        return [], [general_problem(said.identifier, message)]
    known = page or bool(said.identifier and parse_work_identifier(said.identifier))
    if said.identifier and not (page or (known and said.complete)):
        found, problems = fetch_records([said.identifier], os.environ)
        return [paper_from_issue(said, record.paper) for record in found], problems
    return [paper_from_issue(said, page or paper_from_identifier(said.identifier))], []


def retag_paper(said: Issue, content: Path) -> list[Problem]:
    """Give a paper the tags that an issue asks for."""
    name = f"papers/{said.paper}.yml"
    with lock_for_editing(content):
        library, problems = load(content, os.environ)
        if fault := paper_id_validator(library)(said.paper):
            return [general_problem(str(content / name), fault)]
        texts, tags = read_content_texts(library, content), narrowest_tags(said.tags, broader_terms(library.terms))
        text = set_flow_list(texts[name], "tags", tags, KEY_ORDER["paper"])
        changes = [(name, text)] if text != texts[name] else []
        return apply_changes(changes, {**library.images, **texts}, content, problems + check(library))


def write_new_entries(
    records: Sequence[ImportedRecord], content: Path, day: str, *, notes: bool = False
) -> list[Problem]:
    """Write an entry, dated `day`, for each new work; print the state of every work and what is left to curate.

    `notes` says whether the remarks of a file become drafts of `why`.
    """
    (content / "papers").mkdir(parents=True, exist_ok=True)
    faults = [(record.paper, entry_fault(record.paper)) for record in records]
    with lock_for_editing(content):
        library, problems = load_readable_library(content)
        if problems:
            return problems
        term_ids, broader = term_ids_by_name(library), broader_terms(library.terms)
        fitting = [record for record, (_, fault) in zip(records, faults, strict=True) if not fault]
        papers = [placed_paper(record, term_ids, broader, notes=notes) for record in fitting]
        found = list(candidate_entries(with_progress(papers, "comparing papers"), library, day))
        for entry in with_progress(found, "writing entries"):
            if entry.state == "new":
                create_file(content / "papers" / f"{entry.paper.id}.yml", entry_yaml(entry.paper))
    print_items(left_out_lines(fitting), "line")
    for line in placing_summary(fitting, library, term_ids, notes=notes):
        print_line(line)
    print_entry_states(found, library, content)
    return [general_problem(one_line_excerpt(paper.title), f"is left out: {fault}") for paper, fault in faults if fault]


def print_entry_states(found: Sequence[CandidateEntry], library: Library, content: Path) -> None:
    """Print the state of every entry that has changed or is new, and how many are in each state."""
    states = Counter[str](entry.state for entry in found)
    lines = [
        entry_status_line(entry, library, content, hinted=states["new"] <= MAX_HINTED_ENTRIES)
        for entry in found
        if entry.state != "unchanged" or entry.notes
    ]
    print_items(lines, "file")
    shown = ("new", "unchanged", "different", *(["retired"] if states["retired"] else []))
    print_line(", ".join(f"{states[state]} {state}" for state in shown))


def entry_status_line(entry: CandidateEntry, library: Library, content: Path, *, hinted: bool) -> str:
    """Return a line about an entry: what is left to curate, how it differs, or why it is retired."""
    file = content / "papers" / f"{entry.paper.id}.yml"
    if entry.state == "retired":
        reason = next(paper.retired for paper in library.retired if paper.id == entry.paper.id)
        return f"retired  {file}: {reason}"
    missing = missing_keys(entry.paper, library) if hinted and entry.state == "new" else []
    keys = ", ".join(entry.different_keys)
    words = [*entry.notes, *([keys] if keys else []), *([f"left to curate: {', '.join(missing)}"] if missing else [])]
    return f"{entry.state}  {file}{': ' if words else ''}{'; '.join(words)}"


def print_proposals(names: Sequence[str], measure: bool, content: Path) -> list[Problem]:
    """Print proposals for entries, or the quality of proposals if `measure` is set."""
    from generator.curate.suggest.evaluation import score_proposals, scores_table
    from generator.curate.suggest.suggest import paper_proposals, proposals_text

    library, problems = load_readable_library(content)
    if problems:
        return problems
    if measure:
        print_text(scores_table(score_proposals(library)))
        return []
    fault, papers = paper_id_validator(library), {paper.id: paper for paper in library.papers}
    if faults := [(name, fault(name) or "no such paper") for name in names if name not in papers]:
        return [general_problem(str(content / "papers" / f"{name}.yml"), message) for name, message in faults]
    chosen = [papers[name] for name in names] or [p for p in library.papers if not p.category or not p.tags]
    for paper in chosen:
        print_text(proposals_text(paper, paper_proposals(library, paper)))
    if not chosen:
        print_line("Each entry has a category and tags: name the papers that proposals are wanted for.")
    return []


def apply_decision(decision: Decision, content: Path) -> list[Problem]:
    """Rename, merge, or retire an entry in all files."""
    with lock_for_editing(content):
        library, before = load(content, os.environ)
        if problems := unreadable_file_problems(library, before):
            return problems
        texts = read_content_texts(library, content)
        changes, problems = plan_changes(library, texts, decision)
        if problems:
            return [replace(problem, file=str(content / problem.file)) for problem in problems]
        renamed = {decision.old: decision.new or decision.old}
        problems = apply_changes(changes, {**library.images, **texts}, content, before + check(library), renamed)
    print_items([] if blocking_problems(problems) else decision_losses(library, decision), "line")
    return problems


def read_content_texts(library: Library, content: Path) -> dict[str, str]:
    """Return the texts of all files of the list by name, with line endings unchanged."""
    files = ((name, content / name) for name in library.marks)
    return {name: file.read_bytes().decode() for name, file in files if file.is_file()}


def apply_changes(
    changes: Sequence[FileChange],
    files: Mapping[str, FileContent],
    content: Path,
    problems: Iterable[Problem],
    renamed: Mapping[str, str] = NO_RENAMES,
) -> list[Problem]:
    """Apply the changes and list them; if they would cause new problems, return those and change nothing.

    New warnings are returned too, but prevent nothing. The changes are applied to a copy first, since editing YAML as
    text may not have the intended effect.
    """
    before, after = problems_by_text(problems, content, renamed), problems_after(changes, files, content, renamed)
    caused = [problem for text, problem in after.items() if text not in before]
    if blocking := blocking_problems(caused):
        print_line("Nothing is changed, since these problems would be left:")
        return blocking
    change_files(changes, content)
    states = ("deleted" if text is None else "changed" if name in files else "new" for name, text in changes)
    print_items([f"{state}  {content / name}" for state, (name, _) in zip(states, changes, strict=True)], "file")
    if not changes:
        print_line("Nothing is to be changed.")
    return caused


def problems_after(
    changes: Sequence[FileChange], files: Mapping[str, FileContent], content: Path, renamed: Mapping[str, str]
) -> dict[str, Problem]:
    """Return the problems of a copy of the content with the changes applied, with file names in the content folder."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "content"
        for name in files:
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
        change_files({**files, **dict(changes)}.items(), copy)
        library, problems = load(copy, os.environ)
        found = [*problems, *check(library)]
    return problems_by_text((moved_problem(problem, copy, content) for problem in found), content, renamed)


def moved_problem(problem: Problem, folder: Path, content: Path) -> Problem:
    """Return a problem of a copy of the content as one of the content itself."""
    return replace(problem, file=problem.file.replace(str(folder), str(content)))


def problems_by_text(problems: Iterable[Problem], content: Path, renamed: Mapping[str, str]) -> dict[str, Problem]:
    """Return problems keyed by file and message, without the line number, and with old ids replaced by new ones."""
    found = {}
    for problem in problems:
        text = f"{problem.file.replace(str(content), '')} {problem.message}"
        for old, new in renamed.items():
            text = re.sub(rf"(?<![\w-]){re.escape(old)}(?![\w-])", new, text)
        found[text] = problem
    return found


def print_health_report(content: Path, as_json: bool) -> list[Problem]:
    """Print what curators may want to review."""
    from generator.checks.health import health_report_record, health_report_text, health_sections

    library, problems = load(content, os.environ)
    if problems := blocking_problems(problems + check(library)):
        return problems
    sections = health_sections(library, relate(library))
    text = health_report_text(library, sections)
    print_text(indented_json(health_report_record(library, sections)) if as_json else text)
    return []


def print_content_diff(base: str, content: Path) -> list[Problem]:
    """Print, as Markdown, what has changed since an earlier state; this includes problems."""
    from generator.curate.review.baseline import extract_commit_content
    from generator.curate.review.diff import diff_markdown

    library, problems = load(content, os.environ)
    problems += check(library)
    with TemporaryDirectory() as folder:
        given = Path(base, "papers").is_dir()
        earlier = Path(base) if given else Path(folder) / "content"
        if not given and (fault := extract_commit_content(base, content, Path(folder))):
            return [general_problem(base, fault)]
        before, stale = load(earlier, os.environ)
        stale += check(before)
        print_text(diff_markdown(before, library, problems, [moved_problem(one, earlier, content) for one in stale]))
    return []


def write_content_schemas(content: Path, out: Path) -> list[Problem]:
    """Write the JSON Schemas of the content."""
    from generator.curate.editor_schema import content_schemas

    library, problems = load_readable_library(content)
    if not problems:
        write_files(content_schemas(library), out)
    return problems


def report_links(content: Path, allow: Path, out: Path | None) -> list[Problem]:
    """Check every outward link, and print or write the report."""
    from generator.curate.review import links as asking

    library, problems = load(content, os.environ)
    allowed, faults = asking.load_allow_list(allow) if allow.exists() else ((), [])
    if problems := blocking_problems(problems + faults):
        return problems
    report = asking.links_report(asking.probe_outward_links(library, allowed))
    if out:
        out.write_text(report, "utf-8")
    else:
        print_text(report)
    return []

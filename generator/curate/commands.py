"""What curators and maintainers can ask for: each command loads, asks a pure function, and prints or writes."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from errno import ENOENT
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.check import check, paper_naming
from generator.curate.edit import with_list
from generator.curate.entries import Entry, entries, missing, yaml_of
from generator.curate.govern import KEYS, Change, Decision, governed, left_behind
from generator.curate.issue import Issue, paper_of, read_issue
from generator.load import load, text_of
from generator.model import Library, Paper, Problem
from generator.relate import relate
from generator.write import change, create, editing, write

NOT_RENAMED: Mapping[str, str] = {}
HINTED = 20  # new entries up to which each is told what it lacks


def readable(content: Path) -> tuple[Library, list[Problem]]:
    """The library, and the problems of files of which nothing can be read: entries may be unfinished, not illegible.

    Raises:
        FileNotFoundError: There is no such folder.
    """
    if not content.is_dir():
        raise FileNotFoundError(ENOENT, "no such folder", str(content))
    library, problems = load(content, os.environ)
    return library, illegible(library, problems)


def illegible(library: Library, problems: Iterable[Problem]) -> list[Problem]:
    """Those problems for which nothing of a file can be read."""
    blank = {marks.file for name, marks in library.marks.items() if name.endswith(".yml") and not marks.places}
    return [problem for problem in problems if problem.file in blank and Path(problem.file).exists()]


def today() -> str:
    """The day that it is, by UTC: curators may live anywhere."""
    return datetime.now(UTC).date().isoformat()


def add(ids: Sequence[str], content: Path, day: str) -> list[Problem]:
    """Fetches papers by their identifiers and writes an entry, added on this day, for each that is not on the list."""
    from generator.curate.records import records

    found, problems = records(ids, os.environ)
    faults = enter([record.paper for record in found], content, day) if found else []
    for record in found:
        for note in record.notes:
            print(f"{record.paper.title}: {note}")
    return problems + faults


def import_(kind: str, file: Path, facts: Path | None, content: Path, day: str) -> list[Problem]:
    """Writes an entry, added on this day, for each paper of a file that is not on the list; what cannot be read is
    left out and told."""
    text, problems = text_of(file, largest=None)
    facts_text, more = text_of(facts) if facts else ("", [])
    if problems := problems + more:
        return problems
    match kind:
        case "bibtex":
            from generator.curate.bibtex import papers_of

            papers, problems = papers_of(text, str(file))
        case "issue":
            return from_issue(text, str(file), content, day)
        case _:
            from generator.curate import listing

            papers, problems = listing.papers_of(text, str(file), facts_text, str(facts))
            if problems:
                return problems
    return problems + enter(papers, content, day)


def from_issue(text: str, file: str, content: Path, day: str) -> list[Problem]:
    """Turns an issue into an entry that is added on this day, or into an entry's new tags."""
    from generator.curate.records import known_by, records

    said, problems = read_issue(text, file)
    if problems:
        return problems
    if said.paper:
        return retag(said, content)
    if said.identifier and not said.complete:
        found, problems = records([said.identifier], os.environ)
        papers = [paper_of(said, record.paper) for record in found]
    else:
        papers = [paper_of(said, known_by(said.identifier))]
    return problems + (enter(papers, content, day) if papers else [])


def retag(said: Issue, content: Path) -> list[Problem]:
    """Gives a paper the tags that an issue asks for."""
    name = f"papers/{said.paper}.yml"
    with editing(content):
        library, problems = load(content, os.environ)
        if fault := paper_naming(library)(said.paper):
            return [Problem(str(content / name), 1, 1, fault)]
        texts = texts_of(library, content)
        text = with_list(texts[name], "tags", said.tags, KEYS["paper"])
        changes = [(name, text)] if text != texts[name] else []
        return carried_out(changes, texts, content, problems + check(library))


def enter(papers: Iterable[Paper], content: Path, day: str) -> list[Problem]:
    """Writes the papers that are new, added on this day, and says of each what became of it and what is left to
    curate."""
    (content / "papers").mkdir(parents=True, exist_ok=True)
    with editing(content):
        library, problems = readable(content)
        if problems:
            return problems
        found = list(entries(papers, library, day))
        for entry in found:
            if entry.state == "new":
                create(content / "papers" / f"{entry.paper.id}.yml", yaml_of(entry.paper))
    states = Counter[str](entry.state for entry in found)
    for entry in found:
        if entry.state != "unchanged":
            print(told(entry, library, content, hinted=states["new"] <= HINTED))
    shown = ("new", "unchanged", "different", *(["retired"] if states["retired"] else []))
    print(", ".join(f"{states[state]} {state}" for state in shown))
    return []


def told(entry: Entry, library: Library, content: Path, *, hinted: bool) -> str:
    """A line on an entry: what is left to curate, how it differs, or why it is no longer on the list."""
    file = content / "papers" / f"{entry.paper.id}.yml"
    if entry.state == "retired":
        reason = next(paper.retired for paper in library.retired if paper.id == entry.paper.id)
        return f"retired  {file}: {reason}"
    words = entry.different if entry.state == "different" else missing(entry.paper, library) if hinted else ()
    before = "left to curate: " if words and entry.state == "new" else ""
    return f"{entry.state}  {file}{': ' if words else ''}{before}{', '.join(words)}"


def suggest(names: Sequence[str], measure: bool, content: Path) -> list[Problem]:
    """Prints proposals for entries, or how good proposals are."""
    from generator.curate.measure import measured, told
    from generator.curate.suggest import shown, suggestions

    library, problems = readable(content)
    if problems:
        return problems
    if measure:
        print(told(measured(library)), end="")
        return []
    fault, papers = paper_naming(library), {paper.id: paper for paper in library.papers}
    if faults := [(name, fault(name) or "no such paper") for name in names if name not in papers]:
        return [Problem(str(content / "papers" / f"{name}.yml"), 1, 1, message) for name, message in faults]
    chosen = [papers[name] for name in names] or [p for p in library.papers if not p.category or not p.tags]
    for paper in chosen:
        print(shown(paper, suggestions(library, paper)), end="")
    if not chosen:
        print("Each entry has a category and tags: name the papers that proposals are wanted for.")
    return []


def decide(decision: Decision, content: Path) -> list[Problem]:
    """Renames, merges or retires an entry in all files."""
    with editing(content):
        library, before = load(content, os.environ)
        if problems := illegible(library, before):
            return problems
        texts = texts_of(library, content)
        changes, problems = governed(library, texts, decision)
        if problems:
            return [replace(problem, file=str(content / problem.file)) for problem in problems]
        renamed = {decision.old: decision.new or decision.old}
        problems = carried_out(changes, texts, content, before + check(library), renamed)
    if keys := [] if problems else left_behind(library, decision):
        print(f"left behind, as {decision.new} has its own or none: {', '.join(keys)}; git keeps what they said")
    return problems


def texts_of(library: Library, content: Path) -> dict[str, str]:
    """The texts of all files of the list, byte for byte, by name."""
    files = ((name, content / name) for name in library.marks)
    return {name: file.read_bytes().decode() for name, file in files if file.is_file()}


def carried_out(
    changes: Sequence[Change],
    texts: Mapping[str, str],
    content: Path,
    problems: Iterable[Problem],
    renamed: Mapping[str, str] = NOT_RENAMED,
) -> list[Problem]:
    """Makes the changes and tells them, unless they would leave problems that are not there before: then gives those.

    They are tried on a copy first, as no edit of a text is sure to mean what it should.
    """

    def told(problems: Iterable[Problem], place: Path) -> dict[str, Problem]:
        found = {}
        for problem in problems:
            key = f"{problem.file.replace(str(place), '')} {problem.message}"
            for old, new in renamed.items():
                key = re.sub(rf"(?<![\w-]){re.escape(old)}(?![\w-])", new, key)
            found[key] = replace(problem, file=problem.file.replace(str(place), str(content)))
        return found

    with TemporaryDirectory() as folder:
        tried = Path(folder) / "content"
        for name in texts:
            (tried / name).parent.mkdir(parents=True, exist_ok=True)
        change({**texts, **dict(changes)}.items(), tried)
        library, left = load(tried, os.environ)
        before, after = told(problems, content), told(left + check(library), tried)
    if caused := [problem for key, problem in after.items() if key not in before]:
        print("Nothing is changed, since these problems would be left:")
        return caused
    change(changes, content)
    for name, text in changes:
        print(f"{'deleted' if text is None else 'changed' if name in texts else 'new'}  {content / name}")
    if not changes:
        print("Nothing is to be changed.")
    return []


def health(content: Path, as_json: bool) -> list[Problem]:
    """Prints what deserves a curator's look."""
    from generator.health import health, record, told

    library, problems = load(content, os.environ)
    if problems := problems + check(library):
        return problems
    sections = health(library, relate(library))
    print(json.dumps(record(library, sections), ensure_ascii=False, indent=1) if as_json else told(library, sections))
    return []


def diff(base: str, content: Path) -> list[Problem]:
    """Prints what changes against an earlier state, as Markdown; problems stand in it."""
    from generator.curate.diff import fetched, told

    library, problems = load(content, os.environ)
    problems += check(library)
    with TemporaryDirectory() as folder:
        given = Path(base, "papers").is_dir()
        earlier = Path(base) if given else Path(folder) / "content"
        if not given and (fault := fetched(base, content, Path(folder))):
            return [Problem(base, 1, 1, fault)]
        before, stale = load(earlier, os.environ)
        print(told(before, library, problems, stale + check(before)), end="")
    return []


def schema(content: Path, out: Path) -> list[Problem]:
    """Writes the JSON Schemas of the content."""
    from generator.curate.schema import schemas

    library, problems = readable(content)
    if not problems:
        write(schemas(library), out)
    return problems


def links(content: Path, allow: Path, out: Path | None) -> list[Problem]:
    """Asks every outward link, and prints or writes the report."""
    from generator.curate import links as asking

    library, problems = load(content, os.environ)
    allowed, faults = asking.allowed(allow) if allow.exists() else ((), [])
    if problems := problems + faults:
        return problems
    report = asking.told(asking.links(library, allowed))
    if out:
        out.write_text(report, "utf-8")
    else:
        print(report, end="")
    return []

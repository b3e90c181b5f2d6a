"""Two libraries in; what changes from one to the other, as Markdown for the person who reviews it, out.

Every text that a contributor wrote is escaped, so that nothing in it becomes markup, a mention or a link.
"""

import re
import subprocess
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

from generator import prose
from generator.catalogue import catalogued
from generator.model import Library, Paper, Problem
from generator.pages import MovedPage, RetiredPage, site_pages
from generator.relate import Related, relate
from generator.standards import uses

UNTOLD = ("id", "replaces", "retired", "added", "revised", "arxiv_class")  # keys whose values readers do not read
LISTED = 40  # items of a list at most
SHORT = 60  # characters of a value up to which it is shown
Links = Mapping[str, Sequence[Related]]


def fetched(base: str, content: Path, into: Path) -> str:
    """Unpacks the content as git has it at a commit; why it cannot, or nothing."""
    archive = into / "content.zip"
    if (top := git(content, "rev-parse", "--show-prefix")).returncode:
        return f"{content} is not in a repository of git: {top.stderr.strip()}"
    commit = git(content, "rev-parse", "--quiet", "--verify", "--end-of-options", f"{base}^{{commit}}")
    if commit.returncode:
        return f'git knows no commit "{base}"; in a shallow clone it may have to be fetched first'
    if git(content, "cat-file", "-e", f"{commit.stdout.strip()}:./").returncode:
        (into / "content").mkdir()  # there was no content yet
        return ""
    packed = git(content, "archive", "--format=zip", f"--output={archive}", commit.stdout.strip())
    if packed.returncode:
        return f'git cannot give the content of "{base}": {packed.stderr.strip()}'
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(into / "content")
    return ""


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What git says in a folder."""
    command = ["git", "-C", str(folder), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def told(before: Library, after: Library, problems: Sequence[Problem], stale: Sequence[Problem]) -> str:
    """The report; where either list has problems, its links and pages cannot be compared."""
    parts = [verdict(after, problems), *papers(before, after), *tags(before, after), *others(before, after)]
    if not problems and not stale:
        links_before, links_after = relate(before), relate(after)
        parts += [
            *related(after, links_before, links_after),
            *pages(addresses(before, links_before), addresses(after, links_after)),
        ]
    elif stale:
        parts.append("The earlier state cannot be read as it should, so suggestions and pages are not compared.")
    if len(parts) == 1:
        parts.append("Nothing that readers see changes.")
    return "\n\n".join(parts) + "\n"


def verdict(after: Library, problems: Sequence[Problem]) -> str:
    """The heading, and what has to be mended."""
    if not problems:
        return f"## The list after this change\n\n✅ {len(after.papers)} papers, no problems."
    lines = [
        f"{named(f'{problem.file}:{problem.line}')}: {escape(problem.message)}" for problem in sorted(set(problems))
    ]
    count = f"{len(lines)} problem{'s' if len(lines) > 1 else ''}"
    return f"## The list after this change\n\n❌ {count} to mend:\n\n{bullets(lines)}"


def papers(before: Library, after: Library) -> Iterator[str]:
    """Papers added, renamed, changed, retired and removed."""
    old, new = {paper.id: paper for paper in before.papers}, {paper.id: paper for paper in after.papers}
    heirs = {name: paper for paper in after.papers for name in paper.replaces}
    retired = {paper.id: paper for paper in after.retired}
    added = [paper for name, paper in new.items() if name not in old and not old.keys() & set(paper.replaces)]
    yield from listing("Papers added", [f"{shown(paper)}: {introduced(after, paper)}" for paper in added])
    gone = [paper for name, paper in old.items() if name not in new]
    renamed = [(paper, heirs[paper.id]) for paper in gone if paper.id in heirs]
    yield from listing("Papers renamed or merged", [f"{named(one.id)} → {shown(other)}" for one, other in renamed])
    pairs = [*((paper, new[name]) for name, paper in old.items() if name in new), *renamed]
    changed = [(paper, list(changes(caught_up(one, after), paper))) for one, paper in pairs]
    lines = [f"{shown(paper)}\n{nested(words)}" for paper, words in changed if words]
    yield from listing("Papers changed", lines)
    same = [(one, paper) for one, paper in pairs if one.id == paper.id or paper.id not in old]
    yield from listing("Not told in the feeds", unheard(after, added, same))
    off = [f"{shown(paper)}: {escape(retired[paper.id].retired or '')}" for paper in gone if paper.id in retired]
    yield from listing("Papers retired", off)
    lost = [shown(paper) for paper in gone if paper.id not in retired and paper.id not in heirs]
    yield from listing("⚠️ Papers removed, whose addresses are lost", lost)


def caught_up(paper: Paper, after: Library) -> Paper:
    """A paper as it was, but for ids that have been renamed since: those are not its own change."""
    terms = {old: term.id for term in after.terms for old in term.replaces}
    papers = {old: other.id for other in after.papers for old in other.replaces}
    shelves = {old: category.id for category in after.categories for old in category.replaces}
    return replace(
        paper,
        category=shelves.get(paper.category, paper.category),
        tags=tuple(terms.get(tag, tag) for tag in paper.tags),
        relations=tuple(replace(relation, to=papers.get(relation.to, relation.to)) for relation in paper.relations),
    )


def unheard(after: Library, added: Iterable[Paper], pairs: Iterable[tuple[Paper, Paper]]) -> list[str]:
    """What those who follow the feeds will not hear of, where the list has feeds."""
    new = [
        f"{shown(paper)}: set `added` to the day on which it comes on the list" for paper in added if not paper.added
    ]
    changed = [
        f"{shown(paper)}: set `revised` to the day, if they should hear of the change"
        for one, paper in pairs
        if paper.added and paper.revised == one.revised and read_anew(caught_up(one, after), paper, after)
    ]
    return [*new, *changed] if any(paper.added for paper in after.papers) else []


def read_anew(one: Paper, other: Paper, after: Library) -> bool:
    """Whether readers see something else in an entry, beyond what only follows from decisions about other entries:
    tags and relations may go by them."""
    gone = {other.id, *(term.id for term in after.terms if term.retired), *(paper.id for paper in after.retired)}
    before, now = ({relation for relation in paper.relations if relation.to not in gone} for paper in (one, other))
    ends = [{(relation.type, relation.to) for relation in relations} for relations in (before, now)]
    if set(one.tags) - gone != set(other.tags) - gone or ends[0] != ends[1] or not now <= before:
        return True
    keys = (field.name for field in fields(Paper) if field.name not in (*UNTOLD, "tags", "relations"))
    return any(getattr(one, key) != getattr(other, key) for key in keys)


def introduced(library: Library, paper: Paper) -> str:
    """Where a new paper stands and what it carries."""
    shelves = {category.id: category.name for category in library.categories}
    tags = ", ".join(f"{named(tag)}" for tag in paper.tags) or "no tags"
    return f"on {escape(shelves.get(paper.category, paper.category) or 'no shelf')}, {tags}"


def changes(one: Paper, other: Paper) -> Iterator[str]:
    """Each key that differs: short values in full, of lists what comes and goes, of long texts the name."""
    for key in (field.name for field in fields(Paper) if field.name not in ("id", "replaces")):
        mine, theirs = getattr(one, key), getattr(other, key)
        if mine == theirs:
            continue
        if isinstance(mine, tuple) and isinstance(theirs, tuple):
            yield f"**{key}**: {moved(list(map(str, map(item, mine))), list(map(str, map(item, theirs))))}"
        elif max(len(str(mine)), len(str(theirs))) <= SHORT:
            yield f"**{key}**: {worded(mine)} → {worded(theirs)}"
        else:
            yield f"**{key}** {'added' if mine is None else 'removed' if theirs is None else 'rewritten'}"


def item(value: object) -> str:
    """An item of a list on one line."""
    type_, to = getattr(value, "type", ""), getattr(value, "to", "")
    return f"{type_} {to}" if to else str(value)


def moved(mine: Sequence[str], theirs: Sequence[str]) -> str:
    """What a list gains and loses."""
    gained = [f"＋{quoted(value)}" for value in theirs if value not in mine]
    lost = [f"−{quoted(value)}" for value in mine if value not in theirs]
    return ", ".join(gained + lost) or "in another order, or worded anew"


def worded(value: object) -> str:
    """A value in words."""
    if value is None or value == "":
        return "nothing"
    if is_dataclass(value):
        parts = [str(getattr(value, field.name)) for field in fields(value) if getattr(value, field.name)]
        return quoted(" ".join(parts)) if parts else "nothing"
    return quoted(str(value))


def tags(before: Library, after: Library) -> Iterator[str]:
    """Terms whose number of papers moves, the largest moves first."""
    caught = [caught_up(paper, after) for paper in before.papers]
    old, new = (uses(those) for those in (caught, after.papers))
    names = sorted(old.keys() | new.keys(), key=lambda tag: (-abs(new[tag] - old[tag]), tag))
    lines = [f"{named(tag)}: {old[tag]} → {new[tag]}" for tag in names if old[tag] != new[tag]]
    yield from listing("Tags whose counts move", lines)


def others(before: Library, after: Library) -> Iterator[str]:
    """What changes in the vocabulary, on the shelves, on the paths, on the pages and in the settings."""
    for name, kind in (
        ("Terms", "terms"),
        ("Facets", "facets"),
        ("Shelves", "categories"),
        ("Reading paths", "paths"),
        ("Pages", "pages"),
    ):
        old, new = ({entry.id: entry for entry in getattr(library, kind)} for library in (before, after))
        if kind == "facets":
            old, new = ({n: (e.name, e.description) for n, e in those.items()} for those in (old, new))
        heirs = {name: entry.id for entry in getattr(after, kind) for name in getattr(entry, "replaces", ())}
        words = [
            *(f"{named(one)} → {named(heirs[one])}" for one in old if one not in new and one in heirs),
            *(f"{named(one)} added" for one in new if one not in old and one not in {heirs.get(name) for name in old}),
            *(f"{named(one)} removed" for one in old if one not in new and one not in heirs),
            *(f"{named(one)} changed" for one in new if one in old and old[one] != new[one]),
        ]
        yield from listing(name, words)
    keys = [
        field.name
        for field in fields(before.site)
        if getattr(before.site, field.name) != getattr(after.site, field.name)
    ]
    yield from listing("Settings of the site", [f"`{key}` changed" for key in keys])


def related(after: Library, before_links: Links, after_links: Links) -> Iterator[str]:
    """Papers whose list of what to read next changes."""
    titles = {paper.id: paper for paper in after.papers}
    lines = []
    heirs = {old: paper.id for paper in after.papers for old in paper.replaces}
    earlier = {
        heirs.get(name, name): [heirs.get(link.id, link.id) for link in links] for name, links in before_links.items()
    }
    for name, links in after_links.items():
        old, new = earlier.get(name, []), [link.id for link in links]
        if name in earlier and old != new:
            lines.append(f"{shown(titles[name])}: {moved(old, new)}")
    yield from listing("Read-next lists that change", lines)


def addresses(library: Library, links: Links) -> Mapping[str, str]:
    """Each page's address, and what is there: a page, a redirect, or the word that its entry is retired."""
    kinds = {MovedPage: "redirect", RetiredPage: "retired"}
    return {
        name.removesuffix("index.md").removesuffix(".md"): kinds.get(type(page), "page")
        for name, page in site_pages(catalogued(library, links))
    }


def pages(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """Addresses that appear, lead elsewhere, or vanish."""
    yield from listing("Pages that appear", [f"`/{n}/`" for n in new if n not in old and new[n] == "page"])
    turned = [f"`/{n}/`" for n in new if new[n] == "redirect" and old.get(n) != "redirect"]
    yield from listing("Pages that redirect now", turned)
    yield from listing("⚠️ Pages that vanish", [f"`/{name}/`" for name in old if name not in new])


def named(name: str) -> str:
    """An id or a file as code, where it is plain enough: nothing in code can be escaped."""
    return f"`{name}`" if re.fullmatch(r"[\w./:-]+", name) else escape(name)


def escape(text: str) -> str:
    """A text that is no markup; a mention or a reference is none either, though GitHub sees through the escapes."""
    return prose.escape(re.sub(r"[@#]", lambda found: f"{found[0]}\u2060", text))


def listing(name: str, lines: Sequence[str]) -> Iterator[str]:
    """A heading with a list, where there is something to list."""
    if lines:
        yield f"### {name} ({len(lines)})\n\n{bullets(lines)}"


def bullets(lines: Sequence[str]) -> str:
    more = [f"and {len(lines) - LISTED} more"] if len(lines) > LISTED else []
    return "\n".join(f"- {line}" for line in [*lines[:LISTED], *more])


def nested(lines: Iterable[str]) -> str:
    return "\n".join(f"  - {line}" for line in lines)


def shown(paper: Paper) -> str:
    """A paper by its title and id."""
    return f"{escape(paper.title)} ({named(paper.id)})"


def quoted(text: str) -> str:
    """A value in quotes, cut where it is long."""
    line = " ".join(text.split())
    return f"“{escape(line if len(line) <= SHORT else f'{line[:SHORT]}…')}”"

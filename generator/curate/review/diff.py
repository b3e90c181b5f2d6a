"""Two libraries in; what changes from one to the other, as Markdown for the person who reviews it, out.

Every text that a contributor wrote is escaped, so that nothing in it becomes markup, a mention or a link.
"""

import re
import subprocess
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

from generator.checks.quality import tag_counts
from generator.content.model import Library, Paper, Problem
from generator.content.text import single_line
from generator.related.relate import RelatedPaper, relate
from generator.site import escaping
from generator.site.catalogue import build_catalogue
from generator.site.pages import MovedPage, RetiredPage, site_pages

INTERNAL_KEYS = (
    "id",
    "replaces",
    "retired",
    "added",
    "revised",
    "arxiv_class",
)  # keys whose values readers do not read
MAX_BULLETS = 40  # items of a list at most
MAX_QUOTED_CHARACTERS = 60  # characters of a value up to which it is shown
RelatedPapersById = Mapping[str, Sequence[RelatedPaper]]


def extract_commit_content(base: str, content: Path, into: Path) -> str:
    """Unpacks the content as git has it at a commit; why it cannot, or nothing."""
    archive = into / "content.zip"
    if (top := run_git(content, "rev-parse", "--show-prefix")).returncode:
        return f"{content} is not in a repository of git: {top.stderr.strip()}"
    commit = run_git(content, "rev-parse", "--quiet", "--verify", "--end-of-options", f"{base}^{{commit}}")
    if commit.returncode:
        return f'git knows no commit "{base}"; in a shallow clone it may have to be fetched first'
    if run_git(content, "cat-file", "-e", f"{commit.stdout.strip()}:./").returncode:
        (into / "content").mkdir()  # there was no content yet
        return ""
    packed = run_git(content, "archive", "--format=zip", f"--output={archive}", commit.stdout.strip())
    if packed.returncode:
        return f'git cannot give the content of "{base}": {packed.stderr.strip()}'
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(into / "content")
    return ""


def run_git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What git says in a folder."""
    command = ["git", "-C", str(folder), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def diff_markdown(before: Library, after: Library, problems: Sequence[Problem], stale: Sequence[Problem]) -> str:
    """The report; where either list has problems, its links and pages cannot be compared."""
    parts = [
        problems_summary(after, problems),
        *paper_changes(before, after),
        *tag_count_changes(before, after),
        *other_content_changes(before, after),
    ]
    if not problems and not stale:
        links_before, links_after = relate(before), relate(after)
        parts += [
            *related_paper_changes(after, links_before, links_after),
            *address_changes(page_kinds_by_address(before, links_before), page_kinds_by_address(after, links_after)),
        ]
    elif stale:
        parts.append("The earlier state cannot be read as it should, so suggestions and pages are not compared.")
    if len(parts) == 1:
        parts.append("Nothing that readers see changes.")
    return "\n\n".join(parts) + "\n"


def problems_summary(after: Library, problems: Sequence[Problem]) -> str:
    """The heading, and what has to be mended."""
    if not problems:
        return f"## The list after this change\n\n✅ {len(after.papers)} papers, no problems."
    lines = [
        f"{code_span(f'{problem.file}:{problem.line}')}: {escape_github_markdown(problem.message)}"
        for problem in sorted(set(problems))
    ]
    count = f"{len(lines)} problem{'s' if len(lines) > 1 else ''}"
    return f"## The list after this change\n\n❌ {count} to mend:\n\n{bullet_list(lines)}"


def paper_changes(before: Library, after: Library) -> Iterator[str]:
    """Papers added, renamed, changed, retired and removed."""
    old, new = {paper.id: paper for paper in before.papers}, {paper.id: paper for paper in after.papers}
    heirs = {name: paper for paper in after.papers for name in paper.replaces}
    retired = {paper.id: paper for paper in after.retired}
    added = [paper for name, paper in new.items() if name not in old and not old.keys() & set(paper.replaces)]
    yield from list_section(
        "Papers added", [f"{title_with_id(paper)}: {category_and_tags(after, paper)}" for paper in added]
    )
    gone = [paper for name, paper in old.items() if name not in new]
    renamed = [(paper, heirs[paper.id]) for paper in gone if paper.id in heirs]
    yield from list_section(
        "Papers renamed or merged", [f"{code_span(one.id)} → {title_with_id(other)}" for one, other in renamed]
    )
    pairs = [*((paper, new[name]) for name, paper in old.items() if name in new), *renamed]
    changed = [(paper, list(key_changes(with_current_ids(one, after), paper))) for one, paper in pairs]
    lines = [f"{title_with_id(paper)}\n{nested_bullet_list(words)}" for paper, words in changed if words]
    yield from list_section("Papers changed", lines)
    same = [(one, paper) for one, paper in pairs if one.id == paper.id or paper.id not in old]
    yield from list_section("Not told in the feeds", feed_date_reminders(after, added, same))
    off = [
        f"{title_with_id(paper)}: {escape_github_markdown(retired[paper.id].retired or '')}"
        for paper in gone
        if paper.id in retired
    ]
    yield from list_section("Papers retired", off)
    lost = [title_with_id(paper) for paper in gone if paper.id not in retired and paper.id not in heirs]
    yield from list_section("⚠️ Papers removed, whose addresses are lost", lost)


def with_current_ids(paper: Paper, after: Library) -> Paper:
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


def feed_date_reminders(after: Library, added: Iterable[Paper], pairs: Iterable[tuple[Paper, Paper]]) -> list[str]:
    """What those who follow the feeds will not hear of, where the list has feeds."""
    new = [
        f"{title_with_id(paper)}: set `added` to the day on which it comes on the list"
        for paper in added
        if not paper.added
    ]
    changed = [
        f"{title_with_id(paper)}: set `revised` to the day, if they should hear of the change"
        for one, paper in pairs
        if paper.added
        and paper.revised == one.revised
        and has_visible_changes(with_current_ids(one, after), paper, after)
    ]
    return [*new, *changed] if any(paper.added for paper in after.papers) else []


def has_visible_changes(one: Paper, other: Paper, after: Library) -> bool:
    """Whether readers see something else in an entry, beyond what only follows from decisions about other entries:
    tags and relations may go by them."""
    gone = {other.id, *(term.id for term in after.terms if term.retired), *(paper.id for paper in after.retired)}
    before, now = ({relation for relation in paper.relations if relation.to not in gone} for paper in (one, other))
    ends = [{(relation.type, relation.to) for relation in relations} for relations in (before, now)]
    if set(one.tags) - gone != set(other.tags) - gone or ends[0] != ends[1] or not now <= before:
        return True
    keys = (field.name for field in fields(Paper) if field.name not in (*INTERNAL_KEYS, "tags", "relations"))
    return any(getattr(one, key) != getattr(other, key) for key in keys)


def category_and_tags(library: Library, paper: Paper) -> str:
    """Where a new paper stands and what it carries."""
    shelves = {category.id: category.name for category in library.categories}
    tags = ", ".join(f"{code_span(tag)}" for tag in paper.tags) or "no tags"
    return f"on {escape_github_markdown(shelves.get(paper.category, paper.category) or 'no shelf')}, {tags}"


def key_changes(one: Paper, other: Paper) -> Iterator[str]:
    """Each key that differs: short values in full, of lists what comes and goes, of long texts the name."""
    for key in (field.name for field in fields(Paper) if field.name not in ("id", "replaces")):
        mine, theirs = getattr(one, key), getattr(other, key)
        if mine == theirs:
            continue
        if isinstance(mine, tuple) and isinstance(theirs, tuple):
            before, after = ([str(item_text(item)) for item in items] for items in (mine, theirs))
            yield f"**{key}**: {list_changes(before, after)}"
        elif max(len(str(mine)), len(str(theirs))) <= MAX_QUOTED_CHARACTERS:
            yield f"**{key}**: {value_text(mine)} → {value_text(theirs)}"
        else:
            yield f"**{key}** {'added' if mine is None else 'removed' if theirs is None else 'rewritten'}"


def item_text(value: object) -> str:
    """An item of a list on one line."""
    type_, to = getattr(value, "type", ""), getattr(value, "to", "")
    return f"{type_} {to}" if to else str(value)


def list_changes(mine: Sequence[str], theirs: Sequence[str]) -> str:
    """What a list gains and loses."""
    gained = [f"＋{quote_value(value)}" for value in theirs if value not in mine]
    lost = [f"−{quote_value(value)}" for value in mine if value not in theirs]
    return ", ".join(gained + lost) or "in another order, or worded anew"


def value_text(value: object) -> str:
    """A value in words."""
    if value is None or value == "":
        return "nothing"
    if is_dataclass(value):
        parts = [str(getattr(value, field.name)) for field in fields(value) if getattr(value, field.name)]
        return quote_value(" ".join(parts)) if parts else "nothing"
    return quote_value(str(value))


def tag_count_changes(before: Library, after: Library) -> Iterator[str]:
    """Terms whose number of papers moves, the largest moves first."""
    caught = [with_current_ids(paper, after) for paper in before.papers]
    old, new = (tag_counts(those) for those in (caught, after.papers))
    names = sorted(old.keys() | new.keys(), key=lambda tag: (-abs(new[tag] - old[tag]), tag))
    lines = [f"{code_span(tag)}: {old[tag]} → {new[tag]}" for tag in names if old[tag] != new[tag]]
    yield from list_section("Tags whose counts move", lines)


def other_content_changes(before: Library, after: Library) -> Iterator[str]:
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
            *(f"{code_span(one)} → {code_span(heirs[one])}" for one in old if one not in new and one in heirs),
            *(
                f"{code_span(one)} added"
                for one in new
                if one not in old and one not in {heirs.get(name) for name in old}
            ),
            *(f"{code_span(one)} removed" for one in old if one not in new and one not in heirs),
            *(f"{code_span(one)} changed" for one in new if one in old and old[one] != new[one]),
        ]
        yield from list_section(name, words)
    keys = [
        field.name
        for field in fields(before.site)
        if getattr(before.site, field.name) != getattr(after.site, field.name)
    ]
    yield from list_section("Settings of the site", [f"`{key}` changed" for key in keys])


def related_paper_changes(
    after: Library, before_links: RelatedPapersById, after_links: RelatedPapersById
) -> Iterator[str]:
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
            lines.append(f"{title_with_id(titles[name])}: {list_changes(old, new)}")
    yield from list_section("Read-next lists that change", lines)


def page_kinds_by_address(library: Library, links: RelatedPapersById) -> Mapping[str, str]:
    """Each page's address, and what is there: a page, a redirect, or the word that its entry is retired."""
    kinds = {MovedPage: "redirect", RetiredPage: "retired"}
    return {
        name.removesuffix("index.md").removesuffix(".md"): kinds.get(type(page), "page")
        for name, page in site_pages(build_catalogue(library, links))
    }


def address_changes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """Addresses that appear, lead elsewhere, or vanish."""
    yield from list_section("Pages that appear", [f"`/{n}/`" for n in new if n not in old and new[n] == "page"])
    turned = [f"`/{n}/`" for n in new if new[n] == "redirect" and old.get(n) != "redirect"]
    yield from list_section("Pages that redirect now", turned)
    yield from list_section("⚠️ Pages that vanish", [f"`/{name}/`" for name in old if name not in new])


def code_span(name: str) -> str:
    """An id or a file as code, where it is plain enough: nothing in code can be escaped."""
    return f"`{name}`" if re.fullmatch(r"[\w./:-]+", name) else escape_github_markdown(name)


def escape_github_markdown(text: str) -> str:
    """A text that is no markup; a mention or a reference is none either, though GitHub sees through the escapes."""
    return escaping.escape_markup(re.sub(r"[@#]", lambda found: f"{found[0]}\u2060", text))


def list_section(name: str, lines: Sequence[str]) -> Iterator[str]:
    """A heading with a list, where there is something to list."""
    if lines:
        yield f"### {name} ({len(lines)})\n\n{bullet_list(lines)}"


def bullet_list(lines: Sequence[str]) -> str:
    more = [f"and {len(lines) - MAX_BULLETS} more"] if len(lines) > MAX_BULLETS else []
    return "\n".join(f"- {line}" for line in [*lines[:MAX_BULLETS], *more])


def nested_bullet_list(lines: Iterable[str]) -> str:
    return "\n".join(f"  - {line}" for line in lines)


def title_with_id(paper: Paper) -> str:
    """A paper by its title and id."""
    return f"{escape_github_markdown(paper.title)} ({code_span(paper.id)})"


def quote_value(text: str) -> str:
    """A value in quotes, cut where it is long."""
    line = single_line(text)
    short = line if len(line) <= MAX_QUOTED_CHARACTERS else f"{line[:MAX_QUOTED_CHARACTERS]}…"
    return f"“{escape_github_markdown(short)}”"

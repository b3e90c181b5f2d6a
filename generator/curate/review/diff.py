"""Summarize the changes between two libraries as Markdown for a reviewer.

Permanent losses come first, then edits, then the consequences of both. All text from contributors is escaped, so that
it cannot become markup, a mention, or a link.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from generator.checks.vocabulary import tag_counts
from generator.content.model import Category, Library, Paper, Problem, Term, blocking_problems
from generator.content.text import single_line
from generator.curate.decisions.decisions import PAGE_FOLDERS, Decision, EntryKind
from generator.curate.decisions.losses import (
    Mention,
    loss_lines,
    paper_mentions,
    retirement_losses,
    term_mentions,
    unmerged_keys,
)
from generator.curate.review.changes import (
    AddressChanges,
    ChangedEntry,
    ContentChanges,
    Entry,
    EntryChanges,
    KeyChange,
    TagMove,
    UnannouncedPapers,
    ValueChange,
    address_changes,
    content_changes,
    read_next_changes,
    replaced_ids,
    retirement,
)
from generator.output.printing import escape_controls
from generator.site import escaping

MAX_BULLETS = 40  # maximum length of a list
MAX_CHANGED_ITEMS = 20  # maximum number of items in the change of a key; GitHub refuses summaries of more than 1 MB
MAX_QUOTED_CHARACTERS = 60  # longer values are not shown in full
MAX_SENTENCE_CHARACTERS = 200  # length to which lost sentences are truncated


def diff_markdown(before: Library, after: Library, problems: Sequence[Problem], stale: Sequence[Problem]) -> str:
    """Return the summary; if either list has problems, related papers and addresses are not compared.

    `problems` are those of the list now, and `stale` those that it had before; of the warnings, new ones are listed.
    """
    changes = content_changes(before, after)
    blocking, stale_blocking = blocking_problems(problems), blocking_problems(stale)
    comparable = not blocking and not stale_blocking
    addresses = other_addresses(address_changes(before, after), changes) if comparable else AddressChanges()
    parts = [
        *removal_sections(before, after, changes),
        *list_section("⚠️ Pages that vanish", map(code_span, addresses.vanishing)),
        *list_section("❌ Problems to fix", map(problem_line, sorted(set(blocking)))),
        *list_section("⚠️ New warnings", map(problem_line, new_warnings(problems, stale))),
        *paper_sections(before, after, changes.papers),
        *unannounced_section(changes.unannounced),
        *tag_moves_section(changes.tag_moves),
        *term_section(before, after, changes.terms),
        *entry_section("Facets", changes.facets),
        *entry_section("Shelves", changes.categories),
        *entry_section("Reading paths", changes.paths),
        *entry_section("Pages", changes.pages),
        *entry_section("People", changes.people),
        *entry_section("Venues", changes.venues),
        *list_section("Settings of the site", map(key_change_text, changes.settings)),
        *list_section("Images changed", map(code_span, changes.images)),
        *(read_next_section(read_next_changes(before, after)) if comparable else ()),
        *list_section("Pages that appear", map(code_span, addresses.appearing)),
        *list_section("Pages that redirect now", map(code_span, addresses.redirecting)),
    ]
    if stale_blocking and not blocking:
        parts.append("The earlier list has problems, so suggestions and pages are not compared.")
    if not parts:
        parts.append("Nothing that readers see changes.")
    return "\n\n".join(["## The list after this change", status_line(after, problems), *parts]) + "\n"


def status_line(library: Library, problems: Iterable[Problem]) -> str:
    """Return the numbers of papers, of problems, and of warnings if there are any."""
    found = set(problems)
    blocking = len(blocking_problems(found))
    words = [count_words(len(library.papers), "paper"), count_words(blocking, "problem")]
    warnings = [count_words(len(found) - blocking, "warning")] if len(found) > blocking else []
    return f"{'❌' if blocking else '✅'} {', '.join([*words, *warnings])}."


def new_warnings(problems: Iterable[Problem], stale: Iterable[Problem]) -> list[Problem]:
    """Return the warnings that the list did not have before, wherever they were."""
    known = {(problem.file, problem.message) for problem in stale}
    return sorted({one for one in problems if one.warning and (one.file, one.message) not in known})


def count_words(number: int, noun: str) -> str:
    """Return a number with a noun in the singular or plural."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def problem_line(problem: Problem) -> str:
    """Return a problem and its place."""
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    return f"{code_span(place)}: {escape_github_markdown(problem.message)}"


def removal_sections(before: Library, after: Library, changes: ContentChanges) -> Iterator[str]:
    """Yield sections of the entries that were deleted, with what is lost with each."""
    papers = (removed_paper_item(before, after, paper, changes) for paper in changes.papers.removed)
    yield from list_section("⚠️ Papers removed", papers)
    terms = (removed_term_item(before, after, term) for term in changes.terms.removed)
    yield from list_section("⚠️ Terms removed", terms)
    shelves = (removed_category_item(before, after, category) for category in changes.categories.removed)
    yield from list_section("⚠️ Shelves removed", shelves)
    paths = (f"{code_span(f'/paths/{path.id}/')} goes dead" for path in changes.paths.removed)
    yield from list_section("⚠️ Reading paths removed", paths)
    pages = (f"{code_span(f'/{page.id}/')} goes dead" for page in changes.pages.removed)
    yield from list_section("⚠️ Pages removed", pages)
    yield from list_section("Facets removed", (code_span(facet.id) for facet in changes.facets.removed))
    yield from list_section("People removed", (code_span(one.id) for one in changes.people.removed))
    yield from list_section("Venues removed", (code_span(one.id) for one in changes.venues.removed))


def removed_paper_item(before: Library, after: Library, paper: Paper, changes: ContentChanges) -> str:
    """Return a removed paper, what is lost, and the command that would keep its addresses."""
    dead = dead_ids(paper, (*after.papers, *after.retired))
    others = {f"papers/{other.id}.yml" for other in changes.papers.removed}
    mentions = [mention for mention in paper_mentions(before, paper.id) if mention.file not in others]
    command = f'retire paper {paper.id} "the reason"'
    return removed_item(title_with_id(paper), "paper", dead, command, mentions)


def removed_term_item(before: Library, after: Library, term: Term) -> str:
    """Return a removed term, what is lost, and the command that would keep its addresses."""
    command = f'retire term {term.id} "the reason"'
    name = f"{escape_github_markdown(term.name)} ({code_span(term.id)})"
    return removed_item(name, "term", dead_ids(term, after.terms), command, term_mentions(before, term.id))


def removed_category_item(before: Library, after: Library, category: Category) -> str:
    """Return a removed category and the command that would keep its addresses: merge if it has papers, else retire."""
    has_papers = any(paper.category == category.id for paper in before.papers)
    command = f"merge category {category.id} INTO" if has_papers else f'retire category {category.id} "the reason"'
    name = f"{escape_github_markdown(category.name)} ({code_span(category.id)})"
    return removed_item(name, "category", dead_ids(category, after.categories), command, ())


def dead_ids(entry: Paper | Term | Category, entries: Iterable[Paper | Term | Category]) -> list[str]:
    """Return the ids of a removed entry that no other entry has taken over."""
    alive = {name for other in entries for name in (other.id, *other.replaces)}
    return [name for name in dict.fromkeys((entry.id, *entry.replaces)) if name not in alive]


def removed_item(name: str, kind: EntryKind, dead: Sequence[str], command: str, mentions: Iterable[Mention]) -> str:
    """Return a removed entry by name, with advice and a list of what is lost."""
    keeper = command if is_plain(command.replace('"', "").replace(" ", "-")) else "retire"
    advice = f"to keep its addresses, restore it and run `.venv/bin/list {keeper}`"
    addresses = ", ".join(code_span(f"/{PAGE_FOLDERS[kind]}/{name}/") for name in dead)
    losses = [*([f"addresses that go dead: {addresses}"] if dead else []), *loss_lines(mentions, mention_markdown)]
    return "\n".join([f"{name}: {advice}", *nested_bullets(losses)])


def mention_markdown(mention: Mention) -> str:
    """Return a place that referred to an entry, with the words there."""
    place = f" {escape_github_markdown(mention.place)}" if mention.place else ""
    text = f" {quote_value(mention.text, MAX_SENTENCE_CHARACTERS)}" if mention.text else ""
    return f"{code_span(mention.file)}{place}{text}"


def paper_sections(before: Library, after: Library, changes: EntryChanges[Paper]) -> Iterator[str]:
    """Yield sections of papers added, restored, renamed, merged, retired, and changed."""
    yield from list_section("Papers added", (new_paper_item(after, paper) for paper in changes.added))
    yield from list_section("Papers back on the list", map(title_with_id, changes.restored))
    yield from list_section("Papers renamed", (f"{code_span(a.id)} → {title_with_id(b)}" for a, b in changes.renamed))
    merged = (merged_paper_item(before, one, other) for one, other in changes.merged)
    yield from list_section("Papers merged", merged)
    yield from list_section("Papers retired", (retired_paper_item(before, paper) for paper in changes.retired))
    yield from list_section("Papers changed", map(changed_paper_item, changes.changed))


def new_paper_item(library: Library, paper: Paper) -> str:
    """Return a new paper, with its category and tags."""
    shelves = {category.id: category.name for category in library.categories}
    tags = ", ".join(map(code_span, paper.tags)) or "no tags"
    shelf = escape_github_markdown(shelves.get(paper.category, paper.category) or "no shelf")
    return f"{title_with_id(paper)}: on {shelf}, {tags}"


def merged_paper_item(before: Library, one: Paper, other: Paper) -> str:
    """Return a merged paper, and the keys whose values the other paper did not take over."""
    keys = unmerged_keys(before, Decision("merge", "paper", one.id, other.id))
    losses = nested_bullets([f"left behind: {', '.join(keys)}"] if keys else [])
    return "\n".join([f"{title_with_id(one)} → {title_with_id(other)}", *losses])


def retired_paper_item(before: Library, paper: Paper) -> str:
    """Return a retired paper, the reason, and the places that referred to it."""
    losses = nested_bullets(loss_lines(retirement_losses(before, "paper", paper.id), mention_markdown))
    return "\n".join([f"{title_with_id(paper)}: {escape_github_markdown(retirement(paper))}", *losses])


def changed_paper_item(change: ChangedEntry[Paper]) -> str:
    """Return a paper with a list of its changes."""
    return "\n".join([title_with_id(change.entry), *nested_bullets(map(key_change_text, change.changes))])


def unannounced_section(papers: UnannouncedPapers) -> Iterator[str]:
    """Yield a section of papers whose change no feed will announce, with advice."""
    added = (f"{title_with_id(paper)}: set `added` to the day on which it comes on the list" for paper in papers.added)
    revised = (
        f"{title_with_id(paper)}: set `revised` to today if followers should hear of the change"
        for paper in papers.revised
    )
    yield from list_section("Not announced in the feeds", chain(added, revised))


def tag_moves_section(moves: Sequence[TagMove]) -> Iterator[str]:
    """Yield a folded section of the tags whose number of papers changed."""
    lines = [f"{code_span(move.tag)}: {move.before} → {move.now}" for move in moves]
    yield from folded_section("Tags with changed counts", lines)


def term_section(before: Library, after: Library, changes: EntryChanges[Term]) -> Iterator[str]:
    """Yield a section on the terms, with the number of papers that have each."""
    old, new = tag_counts(before), tag_counts(after)
    added = (f"{code_span(term.id)} added, on {count_words(new[term.id], 'paper')}" for term in changes.added)
    merged = (
        f"{code_span(one.id)} merged into {code_span(other.id)}, which is now on {count_words(new[other.id], 'paper')}"
        for one, other in changes.merged
    )
    retired = (
        f"{code_span(term.id)} retired: {escape_github_markdown(retirement(term))} "
        f"(it was on {count_words(old[term.id], 'paper')})"
        for term in changes.retired
    )
    rest = replace(changes, added=(), merged=(), retired=())
    yield from list_section("Terms", chain(added, merged, retired, entry_lines(rest)))


def entry_section(name: str, changes: EntryChanges[Entry]) -> Iterator[str]:
    """Yield a section on the entries of one kind, except those that were removed."""
    yield from list_section(name, entry_lines(changes))


def entry_lines(changes: EntryChanges[Entry]) -> Iterator[str]:
    """Yield a line for each entry that was added, renamed, merged, retired, restored, or changed."""
    for entry in changes.added:
        yield f"{code_span(entry.id)} added"
    for one, other in changes.renamed:
        yield f"{code_span(one.id)} → {code_span(other.id)}"
    for one, other in changes.merged:
        yield f"{code_span(one.id)} merged into {code_span(other.id)}"
    for entry in changes.retired:
        yield f"{code_span(entry.id)} retired: {escape_github_markdown(retirement(entry))}"
    for entry in changes.restored:
        yield f"{code_span(entry.id)} back in use"
    for change in changes.changed:
        yield "\n".join([code_span(change.entry.id), *nested_bullets(map(key_change_text, change.changes))])


def read_next_section(changes: Sequence[ChangedEntry[Paper]]) -> Iterator[str]:
    """Yield a folded section of the papers whose related papers changed."""
    lines = [f"{title_with_id(one.entry)}: {', '.join(map(change_words, one.changes))}" for one in changes]
    yield from folded_section("Read-next lists that change", lines)


def other_addresses(addresses: AddressChanges, changes: ContentChanges) -> AddressChanges:
    """Return the address changes of pages whose entries are not listed elsewhere in the summary."""
    listed = {
        *listed_addresses("/papers/", changes.papers),
        *listed_addresses("/tags/", changes.terms),
        *listed_addresses("/categories/", changes.categories),
        *listed_addresses("/paths/", changes.paths),
        *listed_addresses("/", changes.pages),
    }
    return AddressChanges(
        appearing=tuple(name for name in addresses.appearing if name not in listed),
        redirecting=tuple(name for name in addresses.redirecting if name not in listed),
        vanishing=tuple(name for name in addresses.vanishing if name not in listed),
    )


def listed_addresses(folder: str, changes: EntryChanges[Entry]) -> Iterator[str]:
    """Yield the addresses of the entries that were added, removed, renamed, or merged."""
    for entry in (*changes.added, *changes.removed, *chain(*changes.renamed), *chain(*changes.merged)):
        for name in (entry.id, *replaced_ids(entry)):
            yield f"{folder}{name}/"


def key_change_text(change: KeyChange) -> str:
    """Return a changed key and how its value changed."""
    if isinstance(change, ValueChange) and max(len(change.old), len(change.new)) > MAX_QUOTED_CHARACTERS:
        return f"**{change.key}** {change_words(change)}"
    return f"**{change.key}**: {change_words(change)}"


def change_words(change: KeyChange) -> str:
    """Return how the value of a key changed."""
    if isinstance(change, ValueChange):
        if max(len(change.old), len(change.new)) > MAX_QUOTED_CHARACTERS:
            return "rewritten" if change.old and change.new else "added" if change.new else "removed"
        return f"{quote_or_nothing(change.old)} → {quote_or_nothing(change.new)}"
    words = [
        *(f"＋{quote_value(item)}" for item in change.added),
        *(f"−{quote_value(item)}" for item in change.removed),
        *(f"{quote_value(item)} reworded" for item in change.reworded),
    ]
    more = [f"and {len(words) - MAX_CHANGED_ITEMS:,} more"] if len(words) > MAX_CHANGED_ITEMS else []
    return ", ".join([*words[:MAX_CHANGED_ITEMS], *more, *(["another order"] if change.reordered else [])])


def quote_or_nothing(value: str) -> str:
    return quote_value(value) if value else "nothing"


def is_plain(name: str) -> bool:
    """Return whether a name can be put into a code span, where nothing can be escaped."""
    return bool(re.fullmatch(r"[\w./:-]+", name))


def code_span(name: str) -> str:
    """Return an id, an address, or a file name as a code span if it is plain, otherwise as escaped text."""
    return f"`{name}`" if is_plain(name) else escape_github_markdown(name)


def escape_github_markdown(text: str) -> str:
    """Return text on one line with markup escaped, and with mentions and references split: GitHub sees through their
    escapes."""
    return escaping.escape_markup(re.sub(r"[@#]", lambda found: f"{found[0]}\u2060", escape_controls(text)))


def list_section(name: str, items: Iterable[str]) -> Iterator[str]:
    """Yield a heading with a bulleted list, unless the list is empty."""
    if lines := list(items):
        yield f"### {name} ({len(lines)})\n\n{bullet_list(lines)}"


def folded_section(name: str, lines: Sequence[str]) -> Iterator[str]:
    """Yield a collapsed list, unless it is empty."""
    if lines:
        summary = f"<details>\n<summary>{name} ({len(lines)})</summary>"
        yield f"{summary}\n\n{bullet_list(lines)}\n\n</details>"


def bullet_list(lines: Sequence[str]) -> str:
    more = [f"and {len(lines) - MAX_BULLETS} more"] if len(lines) > MAX_BULLETS else []
    return "\n".join(f"- {line}" for line in [*lines[:MAX_BULLETS], *more])


def nested_bullets(lines: Iterable[str]) -> Iterator[str]:
    """Return the lines of a nested list."""
    return (f"  - {line}" for line in lines)


def title_with_id(paper: Paper) -> str:
    """Return a paper's title and id."""
    return f"{escape_github_markdown(paper.title)} ({code_span(paper.id)})"


def quote_value(text: str, longest: int = MAX_QUOTED_CHARACTERS) -> str:
    """Return a value in quotes, truncated if it is long."""
    line = single_line(text)
    return f"“{escape_github_markdown(line if len(line) <= longest else f'{line[:longest]}…')}”"

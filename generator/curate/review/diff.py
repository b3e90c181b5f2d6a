"""Two libraries in; a summary of what changes, as Markdown for the person who reviews it, out.

What is lost for good comes first, then what somebody edited, then what follows from that. Every text that a contributor
wrote is escaped, so that nothing in it becomes markup, a mention or a link.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from generator.checks.vocabulary import tag_counts
from generator.content.model import Category, Library, Paper, Problem, Term
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
from generator.site import escaping

MAX_BULLETS = 40  # items of a list at most
MAX_QUOTED_CHARACTERS = 60  # characters of a value up to which it is shown
MAX_SENTENCE_CHARACTERS = 200  # characters shown of a sentence that is lost


def diff_markdown(before: Library, after: Library, problems: Sequence[Problem], stale: Sequence[Problem]) -> str:
    """The summary; where either list has problems, suggestions and addresses cannot be compared."""
    changes = content_changes(before, after)
    comparable = not problems and not stale
    addresses = other_addresses(address_changes(before, after), changes) if comparable else AddressChanges()
    parts = [
        *removal_sections(before, after, changes),
        *list_section("⚠️ Pages that vanish", map(code_span, addresses.vanishing)),
        *list_section("❌ Problems to fix", map(problem_line, sorted(set(problems)))),
        *paper_sections(before, after, changes.papers),
        *unannounced_section(changes.unannounced),
        *tag_moves_section(changes.tag_moves),
        *term_section(before, after, changes.terms),
        *entry_section("Facets", changes.facets),
        *entry_section("Shelves", changes.categories),
        *entry_section("Reading paths", changes.paths),
        *entry_section("Pages", changes.pages),
        *list_section("Settings of the site", map(key_change_text, changes.settings)),
        *(read_next_section(read_next_changes(before, after)) if comparable else ()),
        *list_section("Pages that appear", map(code_span, addresses.appearing)),
        *list_section("Pages that redirect now", map(code_span, addresses.redirecting)),
    ]
    if stale and not problems:
        parts.append("The earlier list has problems, so suggestions and pages are not compared.")
    if not parts:
        parts.append("Nothing that readers see changes.")
    status = "❌" if problems else "✅"
    numbers = f"{status} {count_words(len(after.papers), 'paper')}, {count_words(len(set(problems)), 'problem')}."
    return "\n\n".join(["## The list after this change", numbers, *parts]) + "\n"


def count_words(number: int, noun: str) -> str:
    """A number of things in words."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def problem_line(problem: Problem) -> str:
    """A problem and where it is."""
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    return f"{code_span(place)}: {escape_github_markdown(problem.message)}"


def removal_sections(before: Library, after: Library, changes: ContentChanges) -> Iterator[str]:
    """The entries that were deleted, each with what is lost."""
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


def removed_paper_item(before: Library, after: Library, paper: Paper, changes: ContentChanges) -> str:
    """A paper that was removed, what that costs, and the command that keeps its addresses."""
    dead = dead_ids(paper, (*after.papers, *after.retired))
    others = {f"papers/{other.id}.yml" for other in changes.papers.removed}
    mentions = [mention for mention in paper_mentions(before, paper.id) if mention.file not in others]
    command = f'retire paper {paper.id} "the reason"'
    return removed_item(title_with_id(paper), "paper", dead, command, mentions)


def removed_term_item(before: Library, after: Library, term: Term) -> str:
    """A term that was removed, what that costs, and the command that keeps its addresses."""
    command = f'retire term {term.id} "the reason"'
    name = f"{escape_github_markdown(term.name)} ({code_span(term.id)})"
    return removed_item(name, "term", dead_ids(term, after.terms), command, term_mentions(before, term.id))


def removed_category_item(before: Library, after: Library, category: Category) -> str:
    """A shelf that was removed, and the command that keeps its addresses: one with papers can only be merged."""
    has_papers = any(paper.category == category.id for paper in before.papers)
    command = f"merge category {category.id} INTO" if has_papers else f'retire category {category.id} "the reason"'
    name = f"{escape_github_markdown(category.name)} ({code_span(category.id)})"
    return removed_item(name, "category", dead_ids(category, after.categories), command, ())


def dead_ids(entry: Paper | Term | Category, entries: Iterable[Paper | Term | Category]) -> list[str]:
    """The ids of a removed entry that no entry has taken over."""
    alive = {name for other in entries for name in (other.id, *other.replaces)}
    return [name for name in dict.fromkeys((entry.id, *entry.replaces)) if name not in alive]


def removed_item(name: str, kind: EntryKind, dead: Sequence[str], command: str, mentions: Iterable[Mention]) -> str:
    """An entry that was removed, by its name, with its losses below."""
    keeper = command if is_plain(command.replace('"', "").replace(" ", "-")) else "retire"
    advice = f"to keep its addresses, restore it and run `.venv/bin/list {keeper}`"
    addresses = ", ".join(code_span(f"/{PAGE_FOLDERS[kind]}/{name}/") for name in dead)
    losses = [*([f"addresses that go dead: {addresses}"] if dead else []), *loss_lines(mentions, mention_markdown)]
    return "\n".join([f"{name}: {advice}", *nested_bullets(losses)])


def mention_markdown(mention: Mention) -> str:
    """A place that named an entry, with the words that stood there."""
    place = f" {escape_github_markdown(mention.place)}" if mention.place else ""
    text = f" {quote_value(mention.text, MAX_SENTENCE_CHARACTERS)}" if mention.text else ""
    return f"{code_span(mention.file)}{place}{text}"


def paper_sections(before: Library, after: Library, changes: EntryChanges[Paper]) -> Iterator[str]:
    """Papers added, restored, renamed, merged, retired and changed."""
    yield from list_section("Papers added", (new_paper_item(after, paper) for paper in changes.added))
    yield from list_section("Papers back on the list", map(title_with_id, changes.restored))
    yield from list_section("Papers renamed", (f"{code_span(a.id)} → {title_with_id(b)}" for a, b in changes.renamed))
    merged = (merged_paper_item(before, one, other) for one, other in changes.merged)
    yield from list_section("Papers merged", merged)
    yield from list_section("Papers retired", (retired_paper_item(before, paper) for paper in changes.retired))
    yield from list_section("Papers changed", map(changed_paper_item, changes.changed))


def new_paper_item(library: Library, paper: Paper) -> str:
    """A new paper, with its shelf and its tags."""
    shelves = {category.id: category.name for category in library.categories}
    tags = ", ".join(map(code_span, paper.tags)) or "no tags"
    shelf = escape_github_markdown(shelves.get(paper.category, paper.category) or "no shelf")
    return f"{title_with_id(paper)}: on {shelf}, {tags}"


def merged_paper_item(before: Library, one: Paper, other: Paper) -> str:
    """A paper that was merged into another, and the keys whose values the other did not take over."""
    keys = unmerged_keys(before, Decision("merge", "paper", one.id, other.id))
    losses = nested_bullets([f"left behind: {', '.join(keys)}"] if keys else [])
    return "\n".join([f"{title_with_id(one)} → {title_with_id(other)}", *losses])


def retired_paper_item(before: Library, paper: Paper) -> str:
    """A paper that was retired, why, and the places that named it."""
    losses = nested_bullets(loss_lines(retirement_losses(before, "paper", paper.id), mention_markdown))
    return "\n".join([f"{title_with_id(paper)}: {escape_github_markdown(retirement(paper))}", *losses])


def changed_paper_item(change: ChangedEntry[Paper]) -> str:
    """A paper, with its changes below."""
    return "\n".join([title_with_id(change.entry), *nested_bullets(map(key_change_text, change.changes))])


def unannounced_section(papers: UnannouncedPapers) -> Iterator[str]:
    """The papers whose change no feed will announce, and what to do about it."""
    added = (f"{title_with_id(paper)}: set `added` to the day on which it comes on the list" for paper in papers.added)
    revised = (
        f"{title_with_id(paper)}: set `revised` to today if followers should hear of the change"
        for paper in papers.revised
    )
    yield from list_section("Not announced in the feeds", chain(added, revised))


def tag_moves_section(moves: Sequence[TagMove]) -> Iterator[str]:
    """The tags whose number of papers moves, folded."""
    lines = [f"{code_span(move.tag)}: {move.before} → {move.now}" for move in moves]
    yield from folded_section("Tags whose counts move", lines)


def term_section(before: Library, after: Library, changes: EntryChanges[Term]) -> Iterator[str]:
    """What became of the terms, with the numbers of papers that carry them."""
    old, new = tag_counts(before.papers), tag_counts(after.papers)
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
    """What became of the entries of one kind, those removed apart."""
    yield from list_section(name, entry_lines(changes))


def entry_lines(changes: EntryChanges[Entry]) -> Iterator[str]:
    """A line for each entry that was added, renamed, merged, retired, restored or changed."""
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
    """The papers whose list of what to read next changes, folded."""
    lines = [f"{title_with_id(one.entry)}: {', '.join(map(change_words, one.changes))}" for one in changes]
    yield from folded_section("Read-next lists that change", lines)


def other_addresses(addresses: AddressChanges, changes: ContentChanges) -> AddressChanges:
    """The addresses of pages whose entries are not listed already."""
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
    """The addresses of the entries that came, went or got another id."""
    for entry in (*changes.added, *changes.removed, *chain(*changes.renamed), *chain(*changes.merged)):
        for name in (entry.id, *replaced_ids(entry)):
            yield f"{folder}{name}/"


def key_change_text(change: KeyChange) -> str:
    """A key that differs: its values where they are short, of lists what comes and goes."""
    if isinstance(change, ValueChange) and max(len(change.old), len(change.new)) > MAX_QUOTED_CHARACTERS:
        return f"**{change.key}** {change_words(change)}"
    return f"**{change.key}**: {change_words(change)}"


def change_words(change: KeyChange) -> str:
    """How the value of a key differs."""
    if isinstance(change, ValueChange):
        if max(len(change.old), len(change.new)) > MAX_QUOTED_CHARACTERS:
            return "rewritten" if change.old and change.new else "added" if change.new else "removed"
        return f"{quote_or_nothing(change.old)} → {quote_or_nothing(change.new)}"
    words = [
        *(f"＋{quote_value(item)}" for item in change.added),
        *(f"−{quote_value(item)}" for item in change.removed),
        *(f"{quote_value(item)} reworded" for item in change.reworded),
    ]
    return ", ".join(words + (["another order"] if change.reordered else []))


def quote_or_nothing(value: str) -> str:
    return quote_value(value) if value else "nothing"


def is_plain(name: str) -> bool:
    """Whether a name can stand in code, where nothing can be escaped."""
    return bool(re.fullmatch(r"[\w./:-]+", name))


def code_span(name: str) -> str:
    """An id, an address or a file as code, where it is plain enough."""
    return f"`{name}`" if is_plain(name) else escape_github_markdown(name)


def escape_github_markdown(text: str) -> str:
    """A text without markup, mentions or references; GitHub sees the latter two through escapes, so they are broken."""
    return escaping.escape_markup(re.sub(r"[@#]", lambda found: f"{found[0]}\u2060", text))


def list_section(name: str, items: Iterable[str]) -> Iterator[str]:
    """A heading with a list, where there is something to list."""
    if lines := list(items):
        yield f"### {name} ({len(lines)})\n\n{bullet_list(lines)}"


def folded_section(name: str, lines: Sequence[str]) -> Iterator[str]:
    """A list that unfolds on demand, where there is something to list."""
    if lines:
        summary = f"<details>\n<summary>{name} ({len(lines)})</summary>"
        yield f"{summary}\n\n{bullet_list(lines)}\n\n</details>"


def bullet_list(lines: Sequence[str]) -> str:
    more = [f"and {len(lines) - MAX_BULLETS} more"] if len(lines) > MAX_BULLETS else []
    return "\n".join(f"- {line}" for line in [*lines[:MAX_BULLETS], *more])


def nested_bullets(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a list below an item."""
    return (f"  - {line}" for line in lines)


def title_with_id(paper: Paper) -> str:
    """A paper by its title and id."""
    return f"{escape_github_markdown(paper.title)} ({code_span(paper.id)})"


def quote_value(text: str, longest: int = MAX_QUOTED_CHARACTERS) -> str:
    """A value in quotes, cut where it is long."""
    line = single_line(text)
    return f"“{escape_github_markdown(line if len(line) <= longest else f'{line[:longest]}…')}”"

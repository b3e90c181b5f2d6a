"""Give the works of a file their place on a list: tags for keywords, drafts for remarks.

In: the records of a file and the list. Out: papers, and what found no place, in lines for the curator.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.content.model import MAX_TAGS, Library, Paper, Prose, text_format
from generator.content.tags import BroaderTerms, narrowest_tags
from generator.content.text import singular_name
from generator.curate.importers.record import ImportedRecord

MAX_SHOWN_WORDS = 20
MAX_LINES_WITHOUT_SUM = 20  # up to this number of lines on single entries, no total is needed


def term_ids_by_name(library: Library) -> dict[str, str]:
    """Return the ids of the terms in use by their names, in the form that a plural shares.

    The names are those of the terms, their ids, and the names of what they cover, in this order of precedence.
    """
    ids: dict[str, str] = {}
    used = [term for term in library.terms if not term.retired]
    for term in used:
        for name in (term.name, term.id, *term.aliases, *term.replaces):
            ids.setdefault(singular_name(name), term.id)
    for term in used:
        for name in term.covers:
            ids.setdefault(singular_name(name), term.id)
    return ids


def placed_paper(record: ImportedRecord, term_ids: Mapping[str, str], broader: BroaderTerms, *, notes: bool) -> Paper:
    """Return the paper of a record with tags for the keywords that match terms and, if asked for, a draft of `why`."""
    paper = record.paper
    found = (term_ids.get(singular_name(keyword), "") for keyword in record.keywords)
    tags = narrowest_tags(dict.fromkeys(filter(None, (*paper.tags, *found))), broader)[:MAX_TAGS]
    why = draft_of_why(record) if notes and not paper.why else paper.why
    return replace(paper, tags=tags, why=why or None)


def draft_of_why(record: ImportedRecord) -> str:
    """Return the remarks of a record as one text, cut off where it would be too long for an entry."""
    draft, longest = "\n\n".join(record.remarks), text_format(Prose).longest
    return draft if len(draft) <= longest else f"{draft[: longest - 1].rstrip()}…"


def left_out_lines(records: Iterable[ImportedRecord]) -> list[str]:
    """Return a line for each record with fields that have no place in an entry."""
    return [f"{record.place}: left out: {', '.join(record.left_out)}" for record in records if record.left_out]


def placing_summary(
    records: Sequence[ImportedRecord], library: Library, term_ids: Mapping[str, str], *, notes: bool
) -> Iterator[str]:
    """Yield lines on what has no place on the list, over all records."""
    if sum(bool(record.left_out) for record in records) > MAX_LINES_WITHOUT_SUM:
        counts = Counter(name for record in records for name in record.left_out)
        yield f"left out in total: {counted_words(counts.most_common())}"
    if unknown := unknown_keywords(records, term_ids):
        yield f"keywords that match no term: {counted_words(unknown)}"
    remarked = sum(bool(record.remarks) for record in records)
    if remarked and not notes:
        having = f"{library.site.entry.count(remarked)} {'has' if remarked == 1 else 'have'}"
        yield f'{having} notes: --notes uses them as drafts of "why"'


def counted_words(counts: Sequence[tuple[str, int]]) -> str:
    """Return the first words with their numbers, and how many others there are."""
    shown = ", ".join(f"{word} ({count:,})" if count > 1 else word for word, count in counts[:MAX_SHOWN_WORDS])
    more = len(counts) - MAX_SHOWN_WORDS
    return f"{shown} and {more:,} more" if more > 0 else shown


def unknown_keywords(records: Iterable[ImportedRecord], term_ids: Mapping[str, str]) -> list[tuple[str, int]]:
    """Return the keywords that match no term, most frequent first, each with the number of its entries."""
    spellings: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for record in records:
        names = {singular_name(keyword): keyword for keyword in reversed(record.keywords)}
        for name, keyword in names.items():
            if name and name not in term_ids:
                counts[name] += 1
                spellings.setdefault(name, keyword)
    return [(spellings[name], count) for name, count in counts.most_common()]

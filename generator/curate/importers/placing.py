"""Give the works of a file their place on a list: tags for keywords, drafts for remarks.

In: the records of a file and the list. Out: papers, and what found no place, in lines for the curator.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator.content.model import MAX_TAGS, Library, Paper
from generator.content.text import singular_name
from generator.curate.importers.record import ImportedRecord

MAX_SHOWN_KEYWORDS = 20


def term_ids_by_name(library: Library) -> dict[str, str]:
    """Return the ids of the terms in use by their names, aliases and ids, in the form that a plural shares."""
    ids: dict[str, str] = {}
    for term in library.terms:
        if not term.retired:
            for name in (term.name, term.id, *term.aliases, *term.replaces):
                ids.setdefault(singular_name(name), term.id)
    return ids


def placed_paper(record: ImportedRecord, term_ids: Mapping[str, str], *, notes: bool) -> Paper:
    """Return the paper of a record with tags for the keywords that terms are called and, if asked, a draft of `why`."""
    paper = record.paper
    found = (term_ids.get(singular_name(keyword), "") for keyword in record.keywords)
    tags = tuple(dict.fromkeys(filter(None, (*paper.tags, *found))))[:MAX_TAGS]
    why = "\n\n".join(record.remarks) if notes and not paper.why else paper.why
    return replace(paper, tags=tags, why=why or None)


def placing_notes(
    records: Sequence[ImportedRecord], library: Library, term_ids: Mapping[str, str], *, notes: bool
) -> list[str]:
    """Return what of the records has no place on the list: a line to an entry, and lines about all of them."""
    lines = [f"{record.place}: left out: {', '.join(record.left_out)}" for record in records if record.left_out]
    unknown = unknown_keywords(records, term_ids)
    if unknown:
        shown = ", ".join(f"{word} ({count})" if count > 1 else word for word, count in unknown[:MAX_SHOWN_KEYWORDS])
        more = f" and {len(unknown) - MAX_SHOWN_KEYWORDS:,} more" if len(unknown) > MAX_SHOWN_KEYWORDS else ""
        lines.append(f"keywords that no term is called: {shown}{more}")
    remarked = sum(bool(record.remarks) for record in records)
    if remarked and not notes:
        having = f"{library.site.entry.count(remarked)} {'has' if remarked == 1 else 'have'}"
        lines.append(f'{having} notes: --notes takes them as drafts of "why"')
    return lines


def unknown_keywords(records: Iterable[ImportedRecord], term_ids: Mapping[str, str]) -> list[tuple[str, int]]:
    """Return the keywords that no term is called, most frequent first, each with the number of its entries."""
    spellings: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for record in records:
        names = {singular_name(keyword): keyword for keyword in reversed(record.keywords)}
        for name, keyword in names.items():
            if name and name not in term_ids:
                counts[name] += 1
                spellings.setdefault(name, keyword)
    return [(spellings[name], count) for name, count in counts.most_common()]

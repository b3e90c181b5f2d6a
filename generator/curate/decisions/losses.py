"""What a decision loses: values that are dropped, and places that referred to the entry."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import chain, groupby
from typing import Literal

from generator.content.model import PAPER_LINK, Judgments, Library
from generator.content.text import single_line
from generator.curate.decisions.decisions import Decision, EntryKind, entries_by_id, is_decision_recorded

MAX_PLACES = 5  # shown for each kind of place
MentionKind = Literal[
    "tags",
    "related terms",
    "relations",
    "path steps",
    "starting points",
    "sentences with a link",
    "judgments",
    "page links",
]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that refers to an entry: a file, such as `papers/x.yml`, the position in it, and the words there."""

    kind: MentionKind
    file: str
    place: str = ""
    text: str = ""


def decision_losses(library: Library, decision: Decision) -> list[str]:
    """Return lines that tell the curator what a merge or a retirement loses."""
    if decision.act == "merge":
        keys = unmerged_keys(library, decision)
        reason = f"as {decision.new} has its own or none: {', '.join(keys)}"
        return [f"left behind, {reason}; git keeps what they said"] if keys else []
    places = retirement_losses(library, decision.kind, decision.old) if decision.act == "retire" else []
    if is_decision_recorded(library, decision):  # its judgments, which still name it, are ignored already
        places = [place for place in places if place.kind != "judgments"]
    lines = [f"  {line}" for line in loss_lines(places, mention_text)]
    return [f"removed with {decision.old} (still in git's history):", *lines] if lines else []


def loss_lines(mentions: Iterable[Mention], describe: Callable[[Mention], str]) -> Iterator[str]:
    """Yield a line for each kind of place that referred to an entry: their number, and the first of them."""
    for kind, group in groupby(mentions, key=lambda mention: mention.kind):
        places = [describe(mention) for mention in group]
        more = f"; and {len(places) - MAX_PLACES} more" if len(places) > MAX_PLACES else ""
        yield f"{kind} ({len(places)}): {'; '.join(places[:MAX_PLACES])}{more}"


def mention_text(mention: Mention) -> str:
    """Return a place that referred to an entry, with the words there."""
    words = f'"{single_line(mention.text)}"' if mention.text else ""
    return " ".join(filter(None, (mention.file, mention.place, words)))


def unmerged_keys(library: Library, decision: Decision) -> list[str]:
    """Return the keys of a merged entry whose values are dropped: the other entry has its own value or none."""
    known = entries_by_id(library, decision.kind)
    entry, other = known.get(decision.old), known.get(decision.new or "")
    if decision.act != "merge" or entry is None or other is None:
        return []
    followed = (
        "id title name aliases covers introduces replaces retired parent related category tags distinct_from".split()
    )
    keys = [field.name for field in fields(entry) if field.name not in followed]
    return [key for key in keys if getattr(entry, key) and getattr(entry, key) != getattr(other, key)]


def retirement_losses(library: Library, kind: EntryKind, name: str) -> list[Mention]:
    """Return the places that no longer refer to an entry once it is retired; page links stay and lead to the reason."""
    places = {"paper": paper_mentions, "term": term_mentions}.get(kind)
    return [place for place in (places(library, name) if places else ()) if place.kind != "page links"]


def paper_mentions(library: Library, paper: str) -> Iterator[Mention]:
    """Yield the places outside a paper's own file that refer to it."""
    yield from relation_mentions(library, paper)
    yield from step_mentions(library, paper)
    if paper in library.site.start:
        yield Mention("starting points", "site.yml", "start")
    yield from introduction_mentions(library, paper)
    yield from judgment_mentions(library.judgments, ids_of_paper(library, paper))
    yield from page_mentions(library, f"papers/{paper}")


def relation_mentions(library: Library, paper: str) -> Iterator[Mention]:
    """Yield the relations from other papers to a paper."""
    for other in library.papers:
        for relation in other.relations:
            if relation.to == paper != other.id:
                yield Mention("relations", f"papers/{other.id}.yml", relation.type, relation.because)


def step_mentions(library: Library, paper: str) -> Iterator[Mention]:
    """Yield the steps of reading paths that contain a paper."""
    for path in library.paths:
        for number, step in enumerate(path.steps, 1):
            if step.paper == paper:
                yield Mention("path steps", f"paths/{path.id}.yml", f"step {number}", step.because)


def introduction_mentions(library: Library, paper: str) -> Iterator[Mention]:
    """Yield the sentences in category introductions that link to a paper, with link texts in place of links."""
    titles = {paper.id: paper.title for paper in (*library.papers, *library.retired)}
    for category in library.categories:
        for sentence in split_sentences(category.introduction):
            if any(link[1] == paper for link in PAPER_LINK.finditer(sentence)):
                words = PAPER_LINK.sub(lambda link: link[2] or titles.get(link[1], link[1]), sentence)
                yield Mention("sentences with a link", "categories.yml", category.id, words)


def ids_of_paper(library: Library, paper: str) -> frozenset[str]:
    """Return the current and former ids of a paper; judgments may use any of them."""
    replaced = (other.replaces for other in (*library.papers, *library.retired) if other.id == paper)
    return frozenset([paper, *chain(*replaced)])


def judgment_mentions(judgments: Judgments, names: frozenset[str]) -> Iterator[Mention]:
    """Yield the judged queries and judged papers that refer to a paper by one of its ids."""
    for query in judgments.search:
        if not names.isdisjoint(query.grades):
            yield Mention("judgments", "judgments/search.yml", text=query.query)
    for judged in judgments.related:
        if not names.isdisjoint((judged.paper, *judged.grades)):
            yield Mention("judgments", "judgments/related.yml", judged.paper)


def page_mentions(library: Library, address: str) -> Iterator[Mention]:
    """Yield the hand-written pages that link to an entry's address, such as `tags/gan`."""
    link = re.compile(rf"(?<![\w-]){re.escape(address)}(?![\w-])")
    for page in library.pages:
        if link.search(page.text):
            yield Mention("page links", f"pages/{page.id}.md")


def term_mentions(library: Library, term: str) -> Iterator[Mention]:
    """Yield the places that refer to a term, except as the parent of other terms."""
    for paper in library.papers:
        if term in paper.tags:
            yield Mention("tags", f"papers/{paper.id}.yml")
    for other in library.terms:
        if term in other.related:
            yield Mention("related terms", "vocabulary.yml", other.id)
    yield from page_mentions(library, f"tags/{term}")


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text. A period in the words of a link, as in a title with "v.s.", ends none."""
    links = [link.span() for link in PAPER_LINK.finditer(text)]
    ends = (end.span() for end in re.finditer(r"(?<=[.!?])\s+", text))
    breaks = [span for span in ends if not any(start < span[0] < stop for start, stop in links)]
    starts = [0, *(stop for _, stop in breaks)]
    stops = [*(start for start, _ in breaks), len(text)]
    return [text[start:stop].strip() for start, stop in zip(starts, stops, strict=True)]

"""Compare imported papers with the list, and write each new one as an entry.

An existing entry is never changed, since curators wrote it. A paper is recognized by its arXiv id, DOI, or ACL
Anthology id, or by a title that differs in the spelling of at most one word, unless identifiers, authors, or abstracts
show that the papers are different.
"""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import accumulate, chain, count
from typing import Any, Literal, cast

import yaml
from slugify import slugify

from generator.checks.near_titles import TitleIndex
from generator.citations.names import family_name
from generator.content.model import Library, Links, Paper, Relation, TextFormat
from generator.content.reader import keys_of, length_fault, length_limit, origin_and_arguments, text_fault
from generator.content.text import ARTICLES, CONNECTING_WORDS, normalized_text
from generator.curate.editor_schema import schema_comment
from generator.site.addresses import is_reserved_name

MAX_ID_LENGTH = 48  # characters
MAX_NAME_WORDS = 6  # words before a colon, to be taken for a name instead of a sentence
NON_FINAL_WORDS = CONNECTING_WORDS | frozenset("its over their through using".split())
INLINE_KEYS = frozenset(("aliases", "tags", "replaces", "venue"))  # values written on the key's line
PLAIN_KEYS = frozenset(
    ("arxiv", "published", "added", "revised", "accessed")
)  # strings that YAML reads as numbers or dates
IDENTIFIER_KEYS = ("arxiv", "doi", "acl_anthology")
COMPARED_KEYS = ("title", "abstract", "authors", "published_title", *IDENTIFIER_KEYS, "published", "venue", "links")
SAME_PAPER_ABSTRACT_OVERLAP = 0.5  # Jaccard index of two abstracts' words, below which the papers are different
EntryState = Literal["new", "unchanged", "different", "retired"]


@dataclass(frozen=True, slots=True)
class CandidateEntry:
    """An imported paper compared with the list: whether the list has it, and which keys differ."""

    paper: Paper
    state: EntryState
    different_keys: tuple[str, ...] = ()


class KnownPapers:
    """The papers seen so far, indexed by identifier and title."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        self.by_identifier: dict[tuple[str, str], Paper] = {}
        self.titles = TitleIndex()
        self.taken_ids: set[str] = set()
        for paper in papers:
            self.add(paper)

    def add(self, paper: Paper) -> None:
        self.by_identifier |= {
            identity: paper for identity in paper_identifiers(paper) if identity not in self.by_identifier
        }
        self.titles.add(paper)
        self.taken_ids |= {paper.id, *paper.replaces}

    def find(self, paper: Paper) -> Paper | None:
        """Return the known paper that is the same as this one, or None."""
        by_identifier = (self.by_identifier.get(identity) for identity in paper_identifiers(paper))
        by_title = (other for other in self.titles.near(paper.title) if not are_distinct_papers(paper, other))
        return next(filter(None, chain(by_identifier, by_title)), None)


def paper_identifiers(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield the kind and value of each identifier of a paper, in lower case."""
    for key in IDENTIFIER_KEYS:
        if value := getattr(paper, key):
            yield key, str(value).lower()


def are_distinct_papers(one: Paper, other: Paper) -> bool:
    """Return whether two papers with nearly the same title are different papers.

    They are if they have no author in common or, unless the titles are equal, if an identifier or the abstract differs.
    """
    families, others = ({normalized_text(family_name(name)) for name in paper.authors} for paper in (one, other))
    if families and others and not families & others:
        return True
    if normalized_text(one.title) == normalized_text(other.title):
        return False
    mine, theirs = dict(paper_identifiers(one)), dict(paper_identifiers(other))
    words, other_words = (set(normalized_text(paper.abstract).split()) for paper in (one, other))
    apart = words and other_words and len(words & other_words) < SAME_PAPER_ABSTRACT_OVERLAP * len(words | other_words)
    return bool(apart) or any(mine[key] != theirs[key] for key in mine.keys() & theirs.keys())


def candidate_entries(candidates: Iterable[Paper], library: Library, today: str) -> Iterator[CandidateEntry]:
    """Yield each imported paper with its id on the list or, if it is new, with a new id and today's date."""
    known = KnownPapers((*library.papers, *library.retired))
    for candidate in candidates:
        if same := known.find(candidate):
            different = tuple(
                key for key in COMPARED_KEYS if is_different_value(getattr(candidate, key), getattr(same, key))
            )
            state: EntryState = "retired" if same.retired else "different" if different else "unchanged"
            yield CandidateEntry(replace(candidate, id=same.id), state, different)
        else:
            paper = replace(candidate, id=new_paper_id(candidate.title, known.taken_ids), added=today)
            known.add(paper)
            yield CandidateEntry(paper, "new")


def entry_fault(paper: Paper) -> str:
    """Return why an imported paper cannot become an entry: a value that does not fit the model; or an empty string."""
    faults = (
        f'"{key}": {fault}'
        for key, (kind, _) in keys_of(Paper).items()
        for fault in value_faults(getattr(paper, key), kind)
    )
    return next(faults, "")


def value_faults(value: Any, kind: Any) -> Iterator[str]:
    """Yield what the model does not accept in a value of this type; what is empty is left to the curator."""
    origin, arguments = origin_and_arguments(kind)
    if not value:
        return
    if origin is TextFormat:
        yield from filter(None, [text_fault(arguments[0], value)])
    elif origin is tuple:
        limit = length_limit(kind)
        yield from filter(None, [length_fault(len(value), limit.most, limit.items)])
        for item in value[: limit.most]:
            yield from value_faults(item, arguments[0])
    elif is_dataclass(origin):
        for key, (of, _) in keys_of(cast(type, origin)).items():
            yield from value_faults(getattr(value, key), of)


def full_title(title: str, subtitle: str) -> str:
    """Return the title and subtitle, joined by a colon unless the title ends in punctuation."""
    return f"{title}{'' if title[-1] in '?!:' else ':'} {subtitle}" if title and subtitle else title


def is_different_value(mine: object, theirs: object) -> bool:
    """Return whether a value is given and differs from the entry's value."""
    if isinstance(mine, str) and isinstance(theirs, str):
        return bool(mine) and mine.split() != theirs.split()
    return bool(mine) and mine != Links() and mine != theirs


def missing_keys(paper: Paper, library: Library) -> list[str]:
    """Return the keys that a curator still has to fill in for an entry, most important first."""
    standard, tags, facets = library.site.standard, len(paper.tags), library.facets
    covered = sum(any(term.id in paper.tags for term in facet.terms) for facet in facets)
    enough = tags >= max(standard.tags_least, bool(facets)) and covered >= standard.facets
    asked = f"tags ({standard.tags_least} to {standard.tags_most}, from {standard.facets} facets)"
    wanted = [
        *(["category"] if not paper.category else []),
        *([asked if standard.tags_least else "tags"] if not enough else []),
        *(key for key in standard.texts if not getattr(paper, key)),
        *(key for key in ("abstract", "authors") if not getattr(paper, key)),
    ]
    unknown = [] if paper.published or paper.arxiv else ["published"]
    return wanted + unknown + ([] if paper.venue else ["venue (if it has one)"])


def new_paper_id(title: str, taken: Container[str]) -> str:
    """Return a short unused id from the part of the title before a colon or the like, or from its first words."""
    name = re.split(r"[:;?!]+(?:\s|$)", title)[0]
    short = truncated_slug(name, MAX_ID_LENGTH) if len(name.split()) <= MAX_NAME_WORDS else ""
    longer = truncated_slug(title, MAX_ID_LENGTH) or "paper"
    numbered = (f"{longer}-{number}" for number in count(2))
    candidates = chain((short, longer, truncated_slug(title, 2 * MAX_ID_LENGTH)), numbered)
    return next(name for name in candidates if len(name) > 1 and name not in taken and not is_reserved_name(name))


def truncated_slug(text: str, longest: int) -> str:
    """Return a slug of a text's first words, of at most this length, that does not end in a function word."""
    words = [word for word in (slugify(word.replace("'", "").replace("’", "")) for word in text.split()) if word]
    if len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    lengths = accumulate(len(word) + 1 for word in words)
    kept = (
        [word for word, length in zip(words, lengths, strict=True) if length <= longest + 1] or [words[0][:longest]]
        if words
        else []
    )
    while len(words) > len(kept) > 2 and kept[-1] in NON_FINAL_WORDS:
        kept.pop()
    return "-".join(kept)


class FlowMapping(dict[str, object]):
    """A mapping that is written on one line."""


class FlowSequence(list[Any]):
    """A sequence that is written on one line."""


class PlainScalar(str):
    """A string that is written without quotes, although YAML reads it as a number or a date."""


class LiteralScalar(str):
    """A string that is written as a literal block."""


class EntryDumper(yaml.SafeDumper):
    """A YAML dumper for the house style of entries: one author per line, and literal abstracts."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless and flow)


EntryDumper.add_representer(
    FlowMapping, lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)
)
EntryDumper.add_representer(
    FlowSequence, lambda dumper, value: dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)
)
EntryDumper.add_representer(
    LiteralScalar, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|")
)
EntryDumper.add_representer(
    PlainScalar, lambda dumper, value: dumper.represent_scalar(implicit_tag(dumper, value), str(value))
)


def implicit_tag(dumper: Any, value: str) -> str:
    """Return the tag that YAML would infer for a string; with that tag, the dumper adds no quotes."""
    return str(dumper.resolve(yaml.ScalarNode, value, (True, False)))


def entry_yaml(paper: Paper) -> str:
    """Return the text of an entry's file, as `load` reads it."""
    values = {key: yaml_value(key, getattr(paper, key)) for key in entry_keys()}
    written = {key: value for key, value in values.items() if value and (key, value) != ("type", "article")}
    text = yaml.dump(
        written, Dumper=EntryDumper, allow_unicode=True, sort_keys=False, width=10**9, default_flow_style=False
    )
    return f"{schema_comment(f'papers/{paper.id}.yml')}\n{text}"


def entry_keys() -> list[str]:
    """Return the keys of an entry in the order in which they are written.

    This is the order in the model, except that the authors come before the identifiers, the category before the tags,
    and the abstract, which is long, last.
    """
    keys = [key for key in keys_of(Paper) if key not in ("id", "authors", "editors", "category", "abstract")]
    keys[keys.index("arxiv") : keys.index("arxiv")] = ["authors", "editors"]
    keys.insert(keys.index("tags"), "category")
    return [*keys, "abstract"]


def yaml_value(key: str, value: Any) -> Any:
    """Return a value in the house style, or an empty value if there is nothing to write."""
    if isinstance(value, tuple):
        items = [yaml_value("", item) for item in value]
        return FlowSequence(items) if key in INLINE_KEYS else items
    if isinstance(value, Relation):
        return {value.type: value.to, "because": value.because}
    if is_dataclass(value):
        parts = {field.name: part for field in fields(value) if (part := getattr(value, field.name))}
        return FlowMapping(parts) if key in INLINE_KEYS else parts
    if key == "abstract" or (isinstance(value, str) and "\n" in value):
        return value and LiteralScalar(value)
    return PlainScalar(value) if value and key in PLAIN_KEYS else value

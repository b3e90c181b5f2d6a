"""Compare imported papers with the list, and write each new one as an entry.

An existing entry is never changed, since curators wrote it. Whether a paper is on the list already is decided as the
check decides it, so that what is written here passes the check; what may be on the list is written, with a question.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import accumulate, chain, count
from typing import Any, Literal, cast

import yaml
from slugify import slugify

from generator.checks.citing import OTHERS, has_letter, is_placeholder
from generator.checks.papers import IDENTIFIER_NAMES
from generator.checks.works import WorkDescription, WorkIndex, work_description
from generator.citations.citation import cited_year
from generator.content.model import Library, Paper, Relation, TextFormat
from generator.content.reader import keys_of, length_fault, length_limit, origin_and_arguments, text_fault
from generator.content.text import ARTICLES, CONNECTING_WORDS
from generator.content.venues import VenuesByName, with_venue_names
from generator.curate.editor_schema import schema_comment
from generator.curate.importers.comparison import different_keys
from generator.curate.importers.venues import VenueTitles
from generator.site.addresses import is_reserved_name

MAX_ID_LENGTH = 48  # characters
MAX_NAME_WORDS = 6  # words before a colon, to be taken for a name instead of a sentence
NON_FINAL_WORDS = CONNECTING_WORDS | frozenset("its over their through using".split())
INLINE_KEYS = frozenset(
    ("aliases", "introduces", "tags", "distinct_from", "replaces", "venue")
)  # values written on the key's line
PLAIN_KEYS = frozenset(
    ("arxiv", "published", "added", "revised", "accessed")
)  # strings that YAML reads as numbers or dates
MAX_SIMILAR_PAPERS = 5  # in a question
EntryState = Literal["new", "unchanged", "different", "retired"]


@dataclass(frozen=True, slots=True)
class CandidateEntry:
    """An imported paper compared with the list: whether the list has it, and which keys differ."""

    paper: Paper
    state: EntryState
    different_keys: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class KnownPapers:
    """The papers seen so far, and the ids that they have or had."""

    def __init__(self, papers: Iterable[Paper], venues: VenuesByName) -> None:
        self.venues = venues
        self.index = WorkIndex()
        self.taken_ids: set[str] = set()
        self.numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(2))
        for paper in papers:
            self.add(paper, work_description(paper))

    def add(self, paper: Paper, work: WorkDescription) -> None:
        self.index.add(work)
        self.taken_ids |= {paper.id, *paper.replaces}

    def find(self, work: WorkDescription) -> tuple[Paper | None, tuple[str, ...]]:
        """Return the known paper of a work or, if there is none, the ids of those that may be of it.

        What may be the same, and says nothing that the known paper does not say, need not be asked about.
        """
        perhaps = []
        for paper, likeness in self.index.matches(work):
            if likeness == "same" or not different_keys(work.paper, paper, self.venues):
                return paper, ()
            perhaps.append(paper.id)
        return None, tuple(perhaps[:MAX_SIMILAR_PAPERS])

    def taken_identifiers(self, work: WorkDescription) -> dict[str, str]:
        """Return the ids of the known papers that have an identifier of another work, by its key."""
        others = {key: self.index.by_identifier.get((key, value)) for key, value in work.identifiers.items()}
        return {key: other.paper.id for key, other in others.items() if other}

    def new_id(self, paper: Paper) -> str:
        """Return a short unused id: the start of the title, if need be with the year or a number."""
        longer = truncated_slug(paper.title, MAX_ID_LENGTH) or "paper"
        dated = f"{longer}-{year:04}" if (year := cited_year(paper)) else longer
        numbered = (f"{dated}-{number}" for number in self.numbers[dated])
        candidates = chain(
            (name_slug(paper.title), longer, truncated_slug(paper.title, 2 * MAX_ID_LENGTH), dated), numbered
        )
        return next(
            name for name in candidates if len(name) > 1 and name not in self.taken_ids and not is_reserved_name(name)
        )


def candidate_entries(candidates: Iterable[Paper], library: Library, today: str) -> Iterator[CandidateEntry]:
    """Yield each imported paper with its id on the list or, if it is new, with a new id and today's date."""
    listed, venues = with_venue_names(library), VenueTitles(library.venues)
    known, added = KnownPapers((*listed.papers, *listed.retired), venues.by_name), set[str]()
    for written in candidates:
        candidate = replace(written, authors=named_people(written.authors), editors=named_people(written.editors))
        candidate = venues.placed(candidate)
        work = work_description(candidate)
        same, perhaps = known.find(work)
        if same:
            different = different_keys(candidate, same, venues.by_name)
            state: EntryState = "retired" if same.retired else "different" if different else "unchanged"
            again = ("appears more than once",) if state == "unchanged" and same.id in added else ()
            yield CandidateEntry(replace(candidate, id=same.id), state, different, again)
        else:
            taken = known.taken_identifiers(work)
            paper = replace(without_identifiers(candidate, taken), id=known.new_id(candidate), added=today)
            known.add(paper, work_description(paper))
            added.add(paper.id)
            yield CandidateEntry(paper, "new", notes=(*entry_notes(perhaps, taken), *name_notes(written)))


def without_identifiers(paper: Paper, taken: Container[str]) -> Paper:
    """Return a paper without the identifiers that another paper has, such as the DOI of the book that both are in."""
    arxiv = None if "arxiv" in taken else paper.arxiv
    return replace(
        paper,
        arxiv=arxiv,
        arxiv_class=paper.arxiv_class if arxiv else None,
        doi=None if "doi" in taken or ("arxiv" in taken and not paper.arxiv) else paper.doi,
        acl_anthology=None if "acl_anthology" in taken else paper.acl_anthology,
        isbn=None if "isbn" in taken else paper.isbn,
    )


def entry_notes(perhaps: Sequence[str], taken: Mapping[str, str]) -> Iterator[str]:
    """Yield what a curator should look at in a new entry."""
    if perhaps:
        yield f"perhaps the same as {' and '.join(f'papers/{name}.yml' for name in perhaps)}"
    for key, other in taken.items():
        yield f"without its {IDENTIFIER_NAMES.get(key, 'ISBN')}, which is that of papers/{other}.yml"


def named_people(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names that are someone's; what stands for others becomes the last one."""
    people = tuple(name for name in names if has_letter(name) and not is_placeholder(name))
    return (*people, OTHERS) if people and any(map(is_placeholder, names)) else people


def name_notes(paper: Paper) -> Iterator[str]:
    """Yield what a curator should look at in the names of an imported paper."""
    for names in (paper.authors, paper.editors):
        for name in names:
            if not has_letter(name):
                yield f'without "{name}", which is nobody\'s name'


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
    placed = paper.venue or paper.container or paper.type not in ("article", "paper-conference")
    return wanted + unknown + ([] if placed else ["venue (if it has one)"])


def name_slug(title: str) -> str:
    """Return a slug of the part of a title before a colon or the like, if that is short enough to be a name."""
    name = re.split(r"[:;?!]+(?:\s|$)", title)[0]
    return truncated_slug(name, MAX_ID_LENGTH) if len(name.split()) <= MAX_NAME_WORDS else ""


def truncated_slug(text: str, longest: int) -> str:
    """Return a slug of a text's first words, of at most this length, that does not end in a function word."""
    words = [word for word in (slugify(word.replace("'", "").replace("’", "")) for word in text.split()) if word]
    if len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    lengths = accumulate(len(word) + 1 for word in words)
    kept = (
        [word for word, length in zip(words, lengths, strict=True) if length <= longest + 1]
        or [words[0][:longest].rstrip("-")]
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

"""Make the terms of a vocabulary of the keywords of a library.

A keyword becomes a term if at least two works have it. `a > b` and `a::b` are two keywords, the second narrower than
the first, and so is `a/b` if the library has several keywords that begin with `a/`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.content.model import MAX_TAGS, Term
from generator.content.tags import MAX_BROADER_TERMS, BroaderTerms, broader_terms, narrowest_tags, tags_with_broader
from generator.content.text import normalized_text, singular_name
from generator.curate.importers.record import ImportedRecord
from generator.curate.starter.labels import MAX_LABEL_LENGTH, LabelLevels, clean_labels, label_levels, unused_id
from generator.curate.starter.spellings import UsualSpellings, keyword_key

MIN_WORKS_PER_TERM = 2
MAX_STARTER_TERMS = 1_000  # the commonest; nobody can define more
MAX_STARTER_ALIASES = 5
MIN_SLASH_KEYWORDS = 2  # with the same beginning, for a slash to separate levels
READING_MARKS = frozenset(  # keys of what people note about their reading, which is not what a work is about
    "read unread toread reading todo done important mustread later printed favorite imported nosource".split()
)
WorkKeywords = Mapping[str, LabelLevels]  # the keywords of a work, as written, with their levels


@dataclass(frozen=True, slots=True)
class StarterVocabulary:
    """The terms that a library's keywords become.

    `tags` has the ids of each work's terms, and `unused` the keywords of each work that became no term.
    """

    terms: tuple[Term, ...]
    tags: tuple[tuple[str, ...], ...]
    unused: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class KeywordUse:
    """How a library uses a keyword: in which works, in which spellings, and below which wider keywords."""

    works: set[int] = field(default_factory=set)
    spellings: Counter[str] = field(default_factory=Counter)
    wider: Counter[str] = field(default_factory=Counter)


def starter_vocabulary(records: Sequence[ImportedRecord]) -> StarterVocabulary:
    """Return the terms of the keywords that several works have, sorted by name."""
    heads = slash_heads(word for record in records for word in record.keywords)
    works = [{word: keyword_levels(word, heads) for word in record.keywords} for record in records]
    labels = [label for work in works for levels in work.values() for label in levels]
    terms = keyword_terms(common_keywords(works), UsualSpellings(labels, [record.paper for record in records]))
    broader = broader_terms(terms.values())
    tags = [work_tags(work, terms, broader) for work in works]
    return StarterVocabulary(
        terms=tuple(sorted(terms.values(), key=lambda term: (normalized_text(term.name), term.id))),
        tags=tuple(tags),
        unused=tuple(
            tuple(unused_keywords(work, terms, tags_with_broader(mine, broader)))
            for work, mine in zip(works, tags, strict=True)
        ),
    )


def slash_heads(keywords: Iterable[str]) -> set[str]:
    """Return the keys of what several keywords have before a slash."""
    tails: dict[str, set[str]] = defaultdict(set)
    for keyword in keywords:
        head, _, tail = keyword[: 2 * MAX_LABEL_LENGTH].partition("/")
        tails[keyword_key(head)].add(keyword_key(tail))
    return {head for head, those in tails.items() if head and len(those - {""}) >= MIN_SLASH_KEYWORDS}


def keyword_levels(keyword: str, heads: set[str]) -> LabelLevels:
    """Return the levels of a keyword; none if it is no subject."""
    levels = label_levels(keyword)
    if len(levels) == 1 and keyword_key(levels[0].partition("/")[0]) in heads:
        levels = clean_labels(levels[0].split("/"))
    named = {key: label for label in levels if (key := keyword_key(label)) and key not in READING_MARKS}
    return tuple(named.values())


def common_keywords(works: Sequence[WorkKeywords]) -> dict[str, KeywordUse]:
    """Return the uses of the keywords that several works have, by key, the commonest first."""
    uses: dict[str, KeywordUse] = defaultdict(KeywordUse)
    for number, work in enumerate(works):
        for levels in work.values():
            keys = [keyword_key(label) for label in levels]
            for label, key, wider in zip(levels, keys, ("", *keys), strict=False):
                uses[key].works.add(number)
                uses[key].spellings[label] += 1
                uses[key].wider[wider] += 1
    common = [key for key, use in uses.items() if len(use.works) >= MIN_WORKS_PER_TERM]
    common.sort(key=lambda key: (-len(uses[key].works), key))
    return {key: uses[key] for key in common[:MAX_STARTER_TERMS]}


def keyword_terms(uses: Mapping[str, KeywordUse], spelling: UsualSpellings) -> dict[str, Term]:
    """Return the terms by the keys of their keywords."""
    terms: dict[str, Term] = {}
    taken: set[str] = set()
    ids: dict[str, str] = {}
    names = {key: term_names(use, spelling) for key, use in uses.items()}
    for key, (name, *_) in names.items():
        ids[key] = unused_id(name, "tags/", taken)
        taken.add(ids[key])
    wider = wider_keywords(uses)
    for key, (name, *others) in names.items():
        terms[key] = Term(ids[key], name, aliases=tuple(others), parent=ids[wider[key]] if key in wider else None)
    return terms


def term_names(use: KeywordUse, spelling: UsualSpellings) -> list[str]:
    """Return the usual name of a term, followed by the spellings in which search would not recognize it."""
    names: Counter[str] = Counter()
    for label, count in use.spellings.items():
        names[spelling.term_name(label)] += count
    usual = sorted(names, key=lambda name: (-names[name], name))
    different = {singular_name(name): name for name in reversed(usual)}
    different.pop(singular_name(usual[0]))
    return [usual[0], *[name for name in usual if name in different.values()][:MAX_STARTER_ALIASES]]


def wider_keywords(uses: Mapping[str, KeywordUse]) -> dict[str, str]:
    """Return the wider keyword of each keyword that usually stands below one, without circles and not too deep."""
    wider: dict[str, str] = {}
    for key, use in uses.items():
        usual = usual_wider_keyword(use)
        if usual in uses and key not in keyword_and_wider(usual, wider):
            wider[key] = usual
    depths = {key: len(keyword_and_wider(key, wider)) - 1 for key in wider}
    return {key: above for key, above in wider.items() if depths[key] % (MAX_BROADER_TERMS + 1)}


def usual_wider_keyword(use: KeywordUse) -> str:
    """Return the keyword below which another one stands more often than below all others, and as often as alone; or an
    empty string."""
    usual = max(use.wider, key=lambda above: (bool(above), use.wider[above], above))
    alone, below = use.wider[""], use.wider[usual]
    return usual if below >= alone and 2 * below > use.wider.total() - alone else ""


def keyword_and_wider(key: str, wider: Mapping[str, str]) -> list[str]:
    """Return a keyword, its wider one, the one that is wider than that, and so on."""
    line = [key]
    while line[-1] in wider:
        line.append(wider[line[-1]])
    return line


def work_tags(work: WorkKeywords, terms: Mapping[str, Term], broader: BroaderTerms) -> tuple[str, ...]:
    """Return the ids of a work's narrowest terms, which may be those of wider keywords."""
    keys = (keyword_key(label) for levels in work.values() for label in levels)
    return narrowest_tags(dict.fromkeys(terms[key].id for key in keys if key in terms), broader)[:MAX_TAGS]


def unused_keywords(work: WorkKeywords, terms: Mapping[str, Term], tags: Sequence[str]) -> Iterator[str]:
    """Yield the keywords of a work whose narrowest level is not among its tags."""
    for word, levels in work.items():
        term = terms.get(keyword_key(levels[-1])) if levels else None
        if not term or term.id not in tags:
            yield word

"""The curated list and a paper's title and abstract in; a category, tags and relations to consider out.

What speaks for a label (a tag or a category) is put into numbers: the text names it, papers near by carry it, its
definition has the same words, it goes with other likely labels. Logistic regression weighs the numbers on the curated
papers, each of them read as if it were new, so that a confidence says how often a curator would agree. Numbers are
rounded before they are compared and ties go by id: the proposals are the same on every machine.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log, sqrt
from typing import Literal

from generator.check import joined
from generator.cite import first_year
from generator.curate.regression import Row, chance, fitted
from generator.model import RELATION_TYPES, Library, Paper, RelationType
from generator.relate import STOP_WORDS, Vector, cosine, counted, shared, weighted
from generator.standards import DIRECTED, folded, later, singular

Kind = Literal["category", "tag"]
Label = tuple[Kind, str]
Chances = Mapping[Label, float]
Phrases = Mapping[str, Sequence[tuple[tuple[str, ...], Label, bool, str]]]

# From these confidences on proposals are made: where F1 was highest in the folds, on 119 papers with 794 tags and 196
# relations. For tags it was 0.69, and at least 0.68 from 0.24 to 0.33; for relations 0.46 from 0.23 to 0.29.
TAGS_FROM, RELATIONS_FROM = 0.27, 0.25
CATEGORIES_FROM = 0.1  # the same of a second category; the first is proposed whatever its confidence
NEAR, AROUND = 8, 25  # papers nearest by words whose labels count
COMPARED = 30  # papers nearest by words and likely tags that may be related
REMEMBERED = 300  # papers of a longer list from which all is learned: those nearest to the one in question
STEM = 6  # letters by which the forms of a word are known as one
CUES, CLOSE = 5, 0.1  # signs of a relation's type; likeness of words from which it is one
PARTLY = 0.5  # share of a name's words, the rare ones counting more, from which the name is in a text in part
LIKELY = 15  # labels, likeliest at first sight, that speak for others which often go with them
TELLING = 0.2  # what one of them must add to be told as evidence
NAMED = 3  # names, papers or labels told in one piece of evidence
STOPPED = frozenset(map(singular, STOP_WORDS))
EVALUATES = re.compile(r"\b(?:evaluat|compar|stud[iy]|analy[sz]|benchmark|investigat|assess)", re.IGNORECASE)
SURVEYS = re.compile(r"\b(?:survey|review|overview|primer|tutorial)", re.IGNORECASE)
# Where too little is there to learn from, weights as this list teaches them. Of a label: any, names in the text, names
# as parts of longer ones, how telling its names are, how common it is, papers near, papers around, names in part, words
# of its definition, labels that go with it. Of a pair: any, words shared, likely labels shared, one names the other,
# rank, chance of the same category, years between.
LABEL_WEIGHTS = (-3.8, 1.7, 2.0, 0.6, -0.6, 2.0, 1.8, 1.7, 4.2, 0.2)
PAIR_WEIGHTS = (-1.1, 1.3, 2.5, 1.4, -0.8, 0.3, -0.1)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that an entry may lack; `value` is the id of a category, a term or another paper.

    The confidence of a relation is that there is one; its type is the likeliest.
    """

    what: Literal["category", "tag", "relation"]
    value: str
    type: RelationType | None
    confidence: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A place where a text names a label; those that say most sort first."""

    within: bool  # a longer name
    abstract: bool
    alias: bool
    name: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label is called, its own name first; the stems of each longer name with their shares of it; the stems of
    all that explains it."""

    names: tuple[str, ...]
    parts: Mapping[str, Vector]
    explained: Vector


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of papers and labels; whoever judges one of the papers takes its own share out of the counts."""

    papers: Mapping[str, Paper]
    meanings: Mapping[Label, Meaning]
    carried: Mapping[str, frozenset[Label]]
    words: Mapping[str, Vector]
    stems: Mapping[str, Vector]
    near: Mapping[str, Sequence[tuple[str, float]]]  # all other papers with their likeness, nearest first
    hits: Mapping[str, Mapping[Label, Sequence[Hit]]]
    counts: Counter[Label]
    named: Counter[Label]  # papers whose text names it
    confirmed: Counter[Label]  # those of them that carry it
    together: Counter[tuple[Label, Label]]


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned: the weights of labels at first sight and in company, those of pairs, and what tells types."""

    sight: Mapping[Kind, Row]
    company: Mapping[Kind, Row]
    pairs: Row
    types: Counter[RelationType]
    cues: Counter[tuple[RelationType, int]]


def suggestions(library: Library, paper: Paper) -> tuple[Proposal, ...]:
    """What the list proposes for a paper, on it or not, by title and abstract alone: categories, tags, relations, each
    with the likeliest first."""
    others = [other for other in library.papers if other.id != paper.id]
    memory = remembered(library, [*nearest(others, bare(paper)), bare(paper)])
    weights = learned(memory, memory.papers.keys() - {paper.id})
    chances = judged(memory, weights, paper.id)
    return (*labels(memory, paper.id, chances), *relations(memory, weights, paper.id, chances))


def bare(paper: Paper) -> Paper:
    """A paper before a curator wrote of it."""
    return replace(paper, category="", tags=(), aliases=(), relations=(), summary=None, published_title=None)


def nearest(others: Sequence[Paper], paper: Paper) -> Sequence[Paper]:
    """The papers to learn from: all of a short list, of a longer one those nearest to a paper or named by it."""
    if len(others) <= REMEMBERED:
        return others
    words = weighted(counted(replace(other, summary=None) for other in (*others, paper)))
    best = {name for name, _ in by_likeness(words, paper.id)[:REMEMBERED]}
    return [other for other in others if other.id in best or naming(paper, other)]


def by_likeness(words: Mapping[str, Vector], name: str) -> list[tuple[str, float]]:
    """All others with the cosine of their words to those of one, nearest first."""
    likeness = [(other, round(cosine(words[name], vector), 9)) for other, vector in words.items() if other != name]
    return sorted(likeness, key=lambda pair: (-pair[1], pair[0]))


def tokens(text: str) -> list[str]:
    """The words of a text without case, accents, punctuation and plural."""
    return [singular(word) for word in folded(re.sub(r"https?://\S+", "", text)).split()]


def stems_of(text: str) -> list[str]:
    """The stems of a text's words that carry a subject, each once."""
    return sorted({word[:STEM] for word in tokens(text) if len(word) > 1 and word not in STOPPED})


def remembered(library: Library, papers: Sequence[Paper]) -> Memory:
    """What these papers teach of the library's terms and categories."""
    stems = {paper.id: stems_of(f"{paper.title} {paper.abstract}") for paper in papers}
    spread = Counter(stem for found in stems.values() for stem in found)

    def vector(found: Sequence[str], power: int) -> Vector:
        rarity = {stem: log(1 + len(papers) / (spread[stem] or 0.5)) for stem in found}
        length = sum(weight**power for weight in rarity.values()) ** (1 / power) or 1.0
        return {stem: weight / length for stem, weight in rarity.items()}

    def meaning(names: tuple[str, ...], text: str) -> Meaning:
        parts = {name: vector(found, 1) for name in names if len(found := stems_of(name)) > 1}
        return Meaning(names, parts, vector(stems_of(" ".join((*names, text))), 2))

    terms = [term for facet in library.facets for term in facet.terms if not term.retired]
    meanings: dict[Label, Meaning] = {  # without introductions: they speak of the curated papers one by one
        **{("category", shelf.id): meaning((shelf.name,), shelf.summary) for shelf in library.shelves},
        **{("tag", t.id): meaning((t.name, *t.aliases), f"{t.definition} {t.scope or ''}") for t in terms},
    }
    phrases = phrases_of(meanings)
    hits = {paper.id: hits_of(paper, phrases) for paper in papers}
    named = {name: {label for label, found in each.items() if not found[0].within} for name, each in hits.items()}
    carried = {paper.id: frozenset(meanings.keys() & labels_of(paper)) for paper in papers}
    words = weighted(counted(replace(paper, summary=None) for paper in papers))
    return Memory(
        papers={paper.id: paper for paper in papers},
        meanings=meanings,
        carried=carried,
        words=words,
        stems={name: vector(found, 2) for name, found in stems.items()},
        near={name: by_likeness(words, name) for name in words},
        hits=hits,
        counts=Counter(label for mine in carried.values() for label in mine),
        named=Counter(label for found in named.values() for label in found),
        confirmed=Counter(label for name, mine in carried.items() for label in mine & named[name]),
        together=Counter((one, two) for mine in carried.values() for one in mine for two in mine),
    )


def labels_of(paper: Paper) -> set[Label]:
    """The labels that a curator gave a paper."""
    return {("category", paper.category), *(("tag", tag) for tag in paper.tags)}


def phrases_of(meanings: Mapping[Label, Meaning]) -> Phrases:
    """The words of all names by their first word, longest first; of names with the same words, the first."""
    names: dict[tuple[tuple[str, ...], Label], tuple[bool, str]] = {}
    for label, meaning in meanings.items():
        for index, name in enumerate(meaning.names):
            names.setdefault((tuple(tokens(name)), label), (index > 0, name))
    phrases = defaultdict(list)
    for (words, label), (alias, name) in names.items():
        if words:
            phrases[words[0]].append((words, label, alias, name))
    return {first: sorted(found, key=lambda phrase: (-len(phrase[0]), phrase)) for first, found in phrases.items()}


def hits_of(paper: Paper, phrases: Phrases) -> Mapping[Label, Sequence[Hit]]:
    """Where title and abstract name each label."""
    found: dict[Label, list[Hit]] = defaultdict(list)
    for abstract, text in ((False, paper.title), (True, paper.abstract)):
        words, longest = tokens(text), (0, 0)
        for start, word in enumerate(words):
            for phrase, label, alias, name in phrases.get(word, ()):
                span = (start, start + len(phrase))
                if tuple(words[start : span[1]]) == phrase:
                    within = span != longest and span[1] <= longest[1]
                    longest = longest if within else span
                    found[label].append(Hit(within, abstract, alias, name))
    return {label: sorted(hits) for label, hits in found.items()}


def clues(memory: Memory, name: str) -> Mapping[Label, Row]:
    """The numbers that speak for each category, and for each tag for which something does, in the order of
    `LABEL_WEIGHTS` but without those that go with it."""
    near, around = shares(memory, name, NEAR), shares(memory, name, AROUND)
    others = len(memory.papers) - 1
    rows = {}
    for label, meaning in memory.meanings.items():
        hits = memory.hits[name].get(label, ())
        part = 0.0 if hits else partly(memory, name, meaning)[0]
        if not hits and part < PARTLY and label not in around and label[0] == "tag":
            continue
        times = sum(not hit.within for hit in hits)
        count, known = known_of(memory, name, label)
        named, confirmed = memory.named[label] - (times > 0), memory.confirmed[label] - (known and times > 0)
        prior = (count + 0.5) / (others + 1)
        telling = (confirmed + 1) / (named + 2) if times else (count - confirmed + prior) / (others - named + 1)
        rows[label] = (
            *(1.0, log(1 + times), float(bool(hits) and not times), odds(telling), odds(prior)),
            *(near.get(label, 0.0), around.get(label, 0.0), part, cosine(memory.stems[name], meaning.explained)),
        )
    return rows


def known_of(memory: Memory, name: str, label: Label) -> tuple[int, bool]:
    """On how many other papers a label is, and whether on this one too."""
    known = label in memory.carried[name]
    return memory.counts[label] - known, known


def odds(probability: float) -> float:
    """The logarithm of the odds."""
    return log(probability / (1 - probability))


def shares(memory: Memory, name: str, count: int) -> Chances:
    """For the labels of the nearest papers, those papers' share of the likeness of all of them."""
    near = [(other, likeness) for other, likeness in memory.near[name][:count] if likeness]
    total = sum(likeness for _, likeness in near)
    sums: dict[Label, float] = defaultdict(float)
    for other, likeness in near:
        for label in memory.carried[other]:
            sums[label] += likeness / total
    return sums


def partly(memory: Memory, name: str, meaning: Meaning) -> tuple[float, str]:
    """The largest share of a longer name whose words a paper's text has somewhere, and that name."""
    stems = memory.stems[name]
    found = ((sum(part for stem, part in parts.items() if stem in stems), say) for say, parts in meaning.parts.items())
    return max(((round(part, 6), say) for part, say in found), default=(0.0, ""))


def company(
    memory: Memory, name: str, likely: Iterable[tuple[Label, float]], label: Label
) -> Iterator[tuple[float, str]]:
    """What each likely label adds to the odds of another, by how much more often its papers carry that one; its id."""
    count, known = known_of(memory, name, label)
    prior = (count + 0.5) / len(memory.papers)
    for other, probability in likely:
        if other != label and (other[0] == "tag" or label[0] == "tag"):
            theirs, too = known_of(memory, name, other)
            rate = (memory.together[label, other] - (known and too) + 4 * prior) / (theirs + 4)
            yield probability * log(rate / prior), other[1]


def likeliest(chances: Chances) -> list[tuple[Label, float]]:
    """The likeliest labels with their chances."""
    return sorted(chances.items(), key=lambda pair: (-round(pair[1], 6), pair[0]))[:LIKELY]


def accompanied(memory: Memory, name: str, rows: Mapping[Label, Row], sight: Mapping[Kind, Row]) -> Mapping[Label, Row]:
    """The numbers that speak for each label together with what those add that are likely at first sight."""
    likely = likeliest({label: chance(sight[label[0]], row) for label, row in rows.items()})
    return {label: (*row, sum(adds for adds, _ in company(memory, name, likely, label))) for label, row in rows.items()}


def judged(memory: Memory, weights: Weights, name: str) -> Chances:
    """How likely each label is for a paper."""
    return weighed(accompanied(memory, name, clues(memory, name), weights.sight), weights.company)


def weighed(rows: Mapping[Label, Row], weights: Mapping[Kind, Row]) -> Chances:
    """How likely labels are by their numbers. A paper has one category: the chances of all of them add up to 1."""
    chances = {label: chance(weights[label[0]], row) for label, row in rows.items()}
    total = sum(each for (kind, _), each in chances.items() if kind == "category")
    return {label: each / total if label[0] == "category" else each for label, each in chances.items()}


def ranked(chances: Chances, kind: Kind) -> list[tuple[Label, float]]:
    """The labels of one kind with their confidence, likeliest first."""
    rounded = ((label, round(each, 4)) for label, each in chances.items() if label[0] == kind)
    return sorted(rounded, key=lambda pair: (-pair[1], pair[0]))


def labels(memory: Memory, name: str, chances: Chances) -> Iterator[Proposal]:
    """The categories and tags that are proposed."""
    shelves = ranked(chances, "category")
    likely = [pair for pair in shelves[1:] if pair[1] >= CATEGORIES_FROM]
    tags = [pair for pair in ranked(chances, "tag") if pair[1] >= TAGS_FROM]
    for label, confidence in (*shelves[:1], *likely, *tags):
        yield Proposal(*label, None, confidence, tuple(grounds(memory, name, chances, label)))


def grounds(memory: Memory, name: str, chances: Chances, label: Label) -> Iterator[str]:
    """What speaks for a label, in words."""
    meaning = memory.meanings[label]
    places = {hit.name: hit for hit in reversed(memory.hits[name].get(label, ()))}
    part, longer = partly(memory, name, meaning)
    for hit in sorted(places.values())[:NAMED]:
        yield f'{"its alias " if hit.alias else ""}"{hit.name}" in the {"abstract" if hit.abstract else "title"}'
    if not places and part >= PARTLY:
        yield f'words of {"" if longer == meaning.names[0] else "its alias "}"{longer}"'
    near = [other for other, likeness in memory.near[name][:NEAR] if likeness]
    if carrying := [other for other in near if label in memory.carried[other]]:
        on, rest = "that of" if label[0] == "category" else "on", ", …" if len(carrying) > NAMED else ""
        yield f"{on} {len(carrying)} of the {len(near)} papers nearest to it: {', '.join(carrying[:NAMED])}{rest}"
    goes = sorted((-round(adds, 4), other) for adds, other in company(memory, name, likeliest(chances), label))
    if telling := [other for minus, other in goes[:NAMED] if -minus >= TELLING]:
        yield f"often goes with {', '.join(telling)}"
    if not (places or part >= PARTLY or carrying or telling):
        yield "words of its definition"


def names_of(paper: Paper) -> Iterator[str]:
    """The names of a paper, its title first; of a title such as "StyleGAN-T: …", what stands before the colon too."""
    yield paper.title
    before, colon, _ = paper.title.partition(":")
    if colon and len(before.split()) <= NAMED:
        yield before
    yield from (name for name in (paper.published_title, *paper.aliases) if name)


def naming(paper: Paper, other: Paper) -> str:
    """The first name of another paper that stands in a paper's title or abstract, or nothing.

    A name of one word must have the same capitals: FiD is a reader, FID a score.
    """
    text = f"{paper.title}. {paper.abstract}"
    plain = text.casefold()
    for name in names_of(other):
        whole, sought = (plain, name.casefold()) if " " in name else (text, name)
        if sought in whole and re.search(rf"(?<!\w){re.escape(sought)}s?(?!\w)", whole):
            return name
    return ""


def pairs(memory: Memory, name: str, chances: Chances) -> Mapping[str, Row]:
    """The papers to which one may be related, with the numbers that speak for it in the order of `PAIR_WEIGHTS`."""
    paper, likeness = bare(memory.papers[name]), dict(memory.near[name])
    rarity = {label: log(1 + len(memory.papers) / (known_of(memory, name, label)[0] or 1)) for label in memory.meanings}
    mine = {label: each * rarity[label] for label, each in chances.items()}
    length = sqrt(sum(weight * weight for weight in mine.values())) or 1.0
    labels = {}
    for other in likeness:
        carried = sorted(memory.carried[other])
        square = sum(rarity[label] ** 2 for label in carried) or 1.0
        labels[other] = sum(mine.get(label, 0.0) * rarity[label] for label in carried) / length / sqrt(square)
    rows = {}
    order = sorted(likeness, key=lambda other: (-round(1.5 * likeness[other] + labels[other], 6), other))
    for rank, other in enumerate(order):
        theirs = memory.papers[other]
        names = naming(paper, theirs)
        if rank < COMPARED or names:
            named = float(bool(names or naming(theirs, paper)))
            shelf = chances.get(("category", theirs.category), 0.0)
            rows[other] = (1.0, likeness[other], labels[other], named, log(1 + rank), shelf, years(paper, theirs))
    return rows


def years(one: Paper, other: Paper) -> float:
    """The years between two papers; 0 where that is unknown."""
    first, second = first_year(one), first_year(other)
    return float(abs(first - second)) if first and second else 0.0


def cues(memory: Memory, name: str, other: str, chances: Chances) -> Collection[int]:
    """What tells the type of a relation, by number."""
    paper, theirs = bare(memory.papers[name]), memory.papers[other]
    shelved = chances.get(("category", theirs.category), 0.0) > 0.5
    close = dict(memory.near[name])[other] > CLOSE
    signs = (EVALUATES.search(paper.title), SURVEYS.search(paper.title), naming(paper, theirs), shelved, close)
    return [index for index, sign in enumerate(signs) if sign]


def type_of(memory: Memory, weights: Weights, name: str, other: str, chances: Chances) -> RelationType:
    """The likeliest type of a relation by naive Bayes: how often curators use it, and with which cues.

    A paper extends, uses, evaluates or surveys none that is later; where little is known, two papers contrast.
    """
    total, found = sum(weights.types.values()), cues(memory, name, other, chances)
    late = later(memory.papers[other], memory.papers[name])

    def score(kind: RelationType) -> float:
        result = log(weights.types[kind] + (3 if kind == "contrasts" else 0.5))
        for cue in range(CUES):
            usual = (sum(weights.cues[each, cue] for each in RELATION_TYPES) + 1) / (total + 2)
            rate = (weights.cues[kind, cue] + 3 * usual) / (weights.types[kind] + 3)
            result += log(rate if cue in found else 1 - rate)
        return round(result, 6)

    possible = [kind for kind in RELATION_TYPES if not (late and kind in DIRECTED)]
    return max(possible, key=score)


def relations(memory: Memory, weights: Weights, name: str, chances: Chances) -> Iterator[Proposal]:
    """The relations from a paper that are proposed."""
    rows = pairs(memory, name, chances)
    for minus, other in sorted((-round(chance(weights.pairs, row), 4), other) for other, row in rows.items()):
        if -minus >= RELATIONS_FROM:
            kind = type_of(memory, weights, name, other, chances)
            yield Proposal("relation", other, kind, -minus, tuple(links(memory, name, other, chances)))


def links(memory: Memory, name: str, other: str, chances: Chances) -> Iterator[str]:
    """What speaks for a relation, in words."""
    paper, theirs = bare(memory.papers[name]), memory.papers[other]
    if said := naming(paper, theirs):
        yield f'it names "{said}"'
    if said := naming(theirs, paper):
        yield f'"{said}" is named there'
    both = sorted((memory.counts[one], one[1]) for one in memory.carried[other] if chances.get(one, 0.0) >= TAGS_FROM)
    if both:
        yield f"both on {', '.join(label for _, label in both[:NAMED])}"
    for reason in shared("words", "words in common", memory.words[name], memory.words[other], {}):
        yield f"{reason.label}: {reason.detail}"


def learned(memory: Memory, names: Collection[str]) -> Weights:
    """The weights by which the papers with these ids would most likely have been given what they have."""

    def by_kind(rows: Mapping[str, Mapping[Label, Row]], usual: Row) -> Mapping[Kind, Row]:
        examples: dict[Kind, list[tuple[Row, bool]]] = {"category": [], "tag": []}
        for name, each in rows.items():
            for label, row in each.items():
                examples[label[0]].append((row, label in memory.carried[name]))
        return {kind: fitted(found, usual) for kind, found in examples.items()}

    first = {name: clues(memory, name) for name in sorted(names)}
    sight = by_kind(first, LABEL_WEIGHTS[:-1])
    rows = {name: accompanied(memory, name, first[name], sight) for name in first}
    weights = Weights(sight, by_kind(rows, LABEL_WEIGHTS), PAIR_WEIGHTS, Counter(), Counter())
    chances = {name: weighed(rows[name], weights.company) for name in rows}
    examples = [
        (row, joined(memory.papers[name], memory.papers[other]))
        for name in chances
        for other, row in pairs(memory, name, chances[name]).items()
        if other in chances
    ]
    known = [
        (name, r.to, r.type)
        for name in chances
        for r in memory.papers[name].relations
        if r.to in chances and r.to != name
    ]
    seen = Counter((kind, cue) for name, to, kind in known for cue in cues(memory, name, to, chances[name]))
    return replace(
        weights, pairs=fitted(examples, PAIR_WEIGHTS), types=Counter(kind for _, _, kind in known), cues=seen
    )


def shown(paper: Paper, proposals: Iterable[Proposal]) -> str:
    """Proposals as lines: what is proposed, how sure it is, and why; what the entry has already is marked."""
    has = {("category", paper.category), *(("tag", tag) for tag in paper.tags)}
    has |= {("relation", relation.to) for relation in paper.relations}
    lines = [f"{paper.id}"]
    for one in proposals:
        mark = "✓" if (one.what, one.value) in has else " "
        value = f"{one.type} {one.value}" if one.type else one.value
        lines.append(f"  {mark} {one.what:<8}  {one.confidence:.2f}  {value}: {'; '.join(one.evidence)}")
    return "\n".join([*lines, ""])

"""Whole lists: written to a folder, and made up by hypothesis."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, Literal, TypeVar, cast, get_args

import yaml
from hostile import FRAGMENTS
from hypothesis import strategies as st
from sites import LOGO

from generator.checks.papers import KEY_DEPENDENCIES, is_key_set
from generator.content import model
from generator.content.characters import clean_text
from generator.content.loader import MAX_PAGE_TITLE_LENGTH
from generator.content.model import (
    Accent,
    Category,
    Date,
    Day,
    Facet,
    Id,
    Isbn,
    Issn,
    Judgments,
    KnownVenue,
    Library,
    License,
    Name,
    Page,
    Paper,
    Person,
    ReadingPath,
    Relation,
    Site,
    Standard,
    Step,
    Term,
    TextFormat,
    is_calendar_date,
    text_format,
)
from generator.content.reader import keys_of, length_limit, origin_and_arguments, text_fault
from generator.content.standard_numbers import ean_check_digit, modulo_11_digit
from generator.content.venues import comparable_name
from generator.site.page_ids import author_id

ORCIDS = ("0000-0002-1825-0097", None, "0000-0002-1694-233X")
LENGTHS = (0, 1, 2, 3, 3, 40)  # of a list
HAVE_KEY = 0.7  # probability that an entry has a key that may be missing
HAVE_OTHERS = 0.2  # probability that people are named only in part
FREE_FORMATS = frozenset({"line", "name", "text", "question"})
EXACT_FORMATS = [  # all others of the model
    form
    for kind in vars(model).values()
    for form in get_args(kind)[1:2]
    if isinstance(form, TextFormat) and form.name not in FREE_FORMATS | {text_format(Id).name}
]
PAGE_TITLE = replace(text_format(Name), longest=MAX_PAGE_TITLE_LENGTH)
EntryT = TypeVar("EntryT")


def plain(value: Any) -> Any:
    """Return a value of the model in the structure of its YAML."""
    if isinstance(value, Relation):
        return {value.type: value.to, "because": value.because}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if not is_dataclass(value):
        return value
    return {
        field.name: plain(it) for field in fields(value) if (it := getattr(value, field.name)) not in (None, (), "")
    }


def save(library: Library, folder: Path) -> Path:
    """Write a library as a content folder, and return the folder."""
    files = {"site.yml": library.site, "vocabulary.yml": library.facets, "categories.yml": library.categories}
    files |= {f"papers/{paper.id}.yml": paper for paper in (*library.papers, *library.retired)}
    files |= {f"paths/{path.id}.yml": path for path in library.paths}
    files |= {"people.yml": library.people} if library.people else {}
    files |= {"venues.yml": library.venues} if library.venues else {}
    files |= {f"judgments/{field.name}.yml": getattr(library.judgments, field.name) for field in fields(Judgments)}
    for name, value in files.items():
        keys = plain(value)
        if name.startswith(("papers/", "paths/")):
            del keys["id"]
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(yaml.safe_dump(keys, allow_unicode=True).encode("utf-8", "surrogatepass"))
    for page in library.pages:
        (folder / "pages").mkdir(exist_ok=True)
        (folder / f"pages/{page.id}.md").write_bytes(f"# {page.title}\n\n{page.text}".encode("utf-8", "surrogatepass"))
    for image in filter(None, (library.site.logo, library.site.favicon)):
        (folder / "images").mkdir(exist_ok=True)
        (folder / image).write_text(LOGO)
    return folder


class Inventor:
    """Invents entries of a list from given texts; ids refer to entries of the right kind."""

    def __init__(self, random: Random, ids: Sequence[str], texts: Sequence[str], exact: Mapping[str, Sequence[str]]):
        self.random, self.words, self.exact = random, texts, exact
        self.papers, self.terms, rest = ids[:4], ids[4:9], ids[9:]
        self.shelf, self.facet, self.path, self.page = rest
        self.numbers = count()

    def library(self) -> Library:
        """Return a list of any values that the model allows; it may break rules."""
        terms = tuple(map(self.term, self.terms))
        papers = tuple(map(self.paper, self.papers))
        return Library(
            site=self.site(),
            facets=(self.entry(Facet, id=self.facet, terms=terms),),
            categories=(self.entry(Category, id=self.shelf),),
            papers=papers,
            paths=(self.entry(ReadingPath, id=self.path),),
            pages=(Page(self.page, self.text(PAGE_TITLE), self.random.choice((*FRAGMENTS, *self.words))),),
            judgments=self.entry(Judgments),
            people=tuple(self.people(papers)),
            venues=tuple(self.venues(papers)),
            marks={},
        )

    def people(self, papers: Sequence[Paper]) -> Iterator[Person]:
        """Yield what is said about some of the papers' authors."""
        names = list({author_id(name): name for paper in papers for name in paper.authors}.values())
        for one, same, other, orcid in zip(names[::3], names[1::3], names[2::3], ORCIDS, strict=False):
            yield self.entry(Person, name=one, same_as=(same,), other_than=(other,), orcid=orcid)

    def venues(self, papers: Sequence[Paper]) -> Iterator[KnownVenue]:
        """Yield what is said about the papers' venues; their other names end in a number, by which they differ."""
        venues = {comparable_name(paper.venue.name): paper.venue for paper in papers if paper.venue}
        others = {comparable_name(paper.container or "") for paper in papers}
        for number, venue in enumerate(one for name, one in venues.items() if name not in others):
            names = [f"{self.text(text_format(Name))[:390]} {start + number}" for start in (1_000, 2_000, 3_000)]
            full = self.random.choice((None, names[0]))
            known = self.entry(KnownVenue, name=venue.name, full=full, aliases=tuple(names[1:]))
            yield replace(known, kind=venue.track)

    def site(self) -> Site:
        """Return settings whose look can be: colors that can be read, images that exist, a license with an address."""
        accent = self.random.choice((None, Accent("#8a3b12"), Accent("#1d4e9e", "#7caeff")))
        logo, favicon = (self.random.choice((None, f"images/{name}.svg")) for name in ("logo", "icon"))
        granted = self.entry(License, url=self.random.choice(self.exact["address"]))
        return self.entry(Site, standard=Standard(), accent=accent, logo=logo, favicon=favicon, license=granted)

    def term(self, name: str) -> Term:
        """Return a term that has a broader one, and related ones, only among earlier terms."""
        earlier = self.terms[: self.terms.index(name)]
        term = self.entry(Term, id=name)
        related = tuple(one for one in term.related if one in earlier)
        return replace(term, related=related, parent=term.parent if term.parent in earlier else None)

    def paper(self, name: str) -> Paper:
        """Return a paper that is related to earlier ones only, and to each in one way; the first has identifiers.

        No key stands without the one on which it depends, and the days are in their order.
        """
        first = self.papers[0]
        identifiers = {} if name == first else dict.fromkeys(("arxiv", "doi", "acl_anthology"))
        paper = self.entry(Paper, id=name, **identifiers, distinct_from=() if name == first else (first,))
        earlier = self.papers[: self.papers.index(name)]
        relations = {relation.to: relation for relation in paper.relations if relation.to in earlier}
        lone = [key for key, keys in KEY_DEPENDENCIES.items() if not any(is_key_set(paper, one) for one in keys)]
        absent: Any = dict.fromkeys(lone)
        added = min(filter(None, (paper.added, paper.revised)), default=None) if paper.added else None
        return replace(
            replace(paper, added=added),
            relations=tuple(relations.values()),
            authors=self.known_names(paper.authors),
            editors=self.known_names(paper.editors),
            **absent,
        )

    def known_names(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return names that have letters, in all forms of names; sometimes there are more people than are named."""
        forms = ("Ada {}", "{}, Ada", "{{The {} Group}}")
        known = tuple(dict.fromkeys(self.random.choice(forms).format(name.strip("{}, ")[:300]) for name in names))
        return (*known, "others") if known and self.random.random() < HAVE_OTHERS else known

    def entry(self, kind: Callable[..., EntryT], **given: Any) -> EntryT:
        """Return an entry of a kind; each key that may be missing sometimes is."""
        keys = {
            key: of
            for key, (of, needed) in keys_of(cast(type, kind)).items()
            if needed or self.random.random() < HAVE_KEY
        }
        wanted = {key: of for key, of in keys.items() if key not in given and key != "retired"}
        return kind(**given, **{key: self.value(of, cast(type, kind), key) for key, of in wanted.items()})

    def value(self, kind: Any, owner: type, key: str) -> Any:
        """Return a value of the type of a key."""
        origin, arguments = origin_and_arguments(kind)
        if origin is TextFormat:
            return self.reference(owner, key) if arguments[0] == text_format(Id) else self.text(arguments[0])
        if origin is range:
            return self.random.choice(arguments[0])
        if origin is Literal:
            return self.random.choice(arguments)
        if origin is tuple:
            items = [self.value(arguments[0], owner, key) for _ in range(self.length(kind, owner, key))]
            return tuple({first_id(item): item for item in items}.values())
        if origin is Mapping:
            names = {self.value(arguments[0], owner, key) for _ in range(self.length(kind, owner, key))}
            return {name: self.value(arguments[1], owner, key) for name in names}
        return self.entry(origin)

    def length(self, kind: Any, owner: type, key: str) -> int:
        """Return the length of a list: often short, sometimes as long as it may be, at least two if it is required."""
        least = 2 if keys_of(owner)[key][1] else 0
        return max(least, min(self.random.choice(LENGTHS), length_limit(kind).most))

    def text(self, form: TextFormat) -> str:
        """Return a text of a format: a hostile one where any words are allowed, sometimes as long as it may be."""
        if form.name not in FREE_FORMATS:
            return self.random.choice(self.exact[form.name])
        number = self.random.choice((1, 2, 3, form.longest))
        joined = clean_text(" ".join(self.random.choices(self.words, k=number))[: form.longest])
        line = joined if form.name == "text" else " ".join(joined.split())
        return (line[: form.longest - 1].strip() or "x") + ("?" if form.name == "question" else "")

    def reference(self, owner: type, key: str) -> str:
        """Return an id that one key of an entry may have."""
        match owner.__name__, key:
            case "Paper", "category":
                return self.shelf
            case ("Paper", "tags") | ("Term", "related" | "parent"):
                return self.random.choice(self.terms)
            case _, "replaces":
                return f"former-{next(self.numbers)}"
            case "Site", "paths":
                return self.path
            case _:
                return self.random.choice(self.papers)


def first_id(entry: Any) -> Any:
    """Return what no other entry of the same list may repeat: what it is about, or all of it."""
    about = (getattr(entry, key, None) for key in ("paper", "to", "query"))
    return next(filter(None, about), None) or repr(entry)


def exact_texts(form: TextFormat) -> st.SearchStrategy[str]:
    """Return texts of a format that allows only certain ones, such as that of dates."""
    found = st.from_regex(
        form.pattern, fullmatch=True, alphabet=st.characters(codec="ascii", exclude_categories=["Cc"])
    )
    checked = found.map(CHECK_DIGITS[form.name]) if form.name in CHECK_DIGITS else found
    existing = checked.filter(is_calendar_date) if form.name in DATES else checked
    return existing.filter(lambda text: not text_fault(form, text))


def with_isbn_digit(isbn: str) -> str:
    """Return an ISBN with the last digit that agrees with the others."""
    digits = re.sub("[- ]", "", isbn)
    return isbn[:-1] + (ean_check_digit(digits) if len(digits) == 13 else modulo_11_digit(digits[:9]))


def with_issn_digit(issn: str) -> str:
    """Return an ISSN with the last digit that agrees with the others."""
    return issn[:-1] + modulo_11_digit(issn.replace("-", "")[:7])


CHECK_DIGITS: Mapping[str, Callable[[str], str]] = {
    text_format(Isbn).name: with_isbn_digit,
    text_format(Issn).name: with_issn_digit,
}
DATES = {text_format(kind).name for kind in (Date, Day)}


def invented_ids(random: Random, count: int) -> list[str]:
    """Return different ids, some as long as they may be."""
    stems = (
        "-".join(random.choices("a b 0 gan tags index con x1".split(), k=random.choice((1, 2, 40))))
        for _ in range(count)
    )
    return [f"{stem[:95].strip('-')}-{number}" for number, stem in enumerate(stems)]


@st.composite
def inventors(draw: st.DrawFn) -> Inventor:
    """Return inventors of lists, each of which invents from texts of its own."""
    random = Random(draw(st.integers(0, 1 << 32)))
    words = draw(st.lists(st.sampled_from(FRAGMENTS) | st.text(min_size=1, max_size=20), min_size=10, max_size=20))
    exact = {form.name: draw(st.lists(exact_texts(form), min_size=2, max_size=2)) for form in EXACT_FORMATS}
    return Inventor(random, invented_ids(random, 13), words, exact)


def without_entry_faults(library: Library, file: str) -> Library:
    """Return the list with plain values in place of those of one file, or without it."""
    ids, shelf = [paper.id for paper in library.papers], library.categories[0].id
    match file.split("/"):
        case ("site.yml",):
            return replace(library, site=Site("List", "A list.", "Text."))
        case ("vocabulary.yml",):
            terms = tuple(Term(term.id, f"Name {number}", "Text.") for number, term in enumerate(library.terms))
            return replace(library, facets=(Facet(library.facets[0].id, "Facet", "What?", terms),))
        case ("categories.yml",):
            return replace(library, categories=(Category(shelf, "Shelf", "Text.", "Text."),))
        case "papers", name:
            plain = Paper(
                name.removesuffix(".yml"), f"Title of {name}", authors=("Ada",), category=shelf, abstract="Text."
            )
            return replace(library, papers=tuple(plain if one.id == plain.id else one for one in library.papers))
        case "paths", _:
            steps = (Step(ids[0], "First."), Step(ids[1], "Second."))
            return replace(
                library, paths=tuple(ReadingPath(one.id, "N", "S", "R", "A", "O", steps) for one in library.paths)
            )
        case "pages", _:
            return replace(library, pages=())
        case ("people.yml",):
            return replace(library, people=())
        case ("venues.yml",):
            return replace(library, venues=())
        case _:
            return replace(library, judgments=Judgments())

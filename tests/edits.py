"""Random valid edits of a list, such as curators make over a year, done with the commands where there are any."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from io import StringIO
from itertools import chain
from pathlib import Path
from typing import TypeVar

import yaml

from generator.checks.rules import check
from generator.cli import main
from generator.content.loader import load
from generator.content.model import RELATION_TYPES, Category, Library, Paper, Relation, Standard, Term, Venue
from generator.curate.commands import today
from generator.curate.decisions.decisions import EntryKind, entries_by_id, entry_node_path
from generator.curate.decisions.losses import paper_mentions
from generator.curate.decisions.yaml_edit import remove_node
from generator.curate.importers.entries import entry_yaml

ChoiceT = TypeVar("ChoiceT")
WORDS = (
    "models learn images from words and show which parts of a sentence or picture matter when networks answer".split()
)
MAX_TRIES = 50  # consecutive refused edits before giving up


class RefusalError(Exception):
    """The list has nothing that the edit could change, or would be invalid after it."""


def one_arranged_anew(library: Library, paper: Paper, other: Paper, chance: random.Random) -> Paper:
    """Return a paper that is arranged in another way, perhaps as another one."""
    terms = dict.fromkeys(chance.choices([term.id for term in library.terms], k=chance.randrange(1, 4)))
    relation = Relation(chance.choice(RELATION_TYPES), other.id, "They go together.")
    day = f"{chance.randrange(1890, 2030)}-02-03"
    several = [name for name, count in Counter(chain(*(one.authors for one in library.papers))).items() if count > 1]
    return chance.choice(
        (
            replace(paper, tags=tuple(terms)),
            replace(paper, tags=paper.tags[1:]),
            replace(paper, category=chance.choice(library.categories).id),
            replace(paper, relations=() if paper.relations or other is paper else (relation,)),
            replace(paper, published=chance.choice((day, day[:4], other.published))),
            replace(paper, arxiv=None, venue=None),
            replace(paper, venue=other.venue, type=other.type, container=other.container),
            replace(paper, venue=Venue("JOSA", chance.randrange(1890, 2030), "journal")),
            replace(paper, authors=(*paper.authors[1:], *other.authors[:2])),
            replace(paper, authors=(f"Ann {chance.choice('Other Xu Żuk Ōta'.split())}", *paper.authors[:-1])),
            replace(paper, authors=(*paper.authors, *chance.sample(several, min(len(several), 1)))),
            replace(other, id=paper.id, added=paper.added, replaces=paper.replaces, retired=paper.retired),
            replace(paper, editors=(*other.authors[1:2], "Ann Other")),
            replace(paper, title=other.title),
            replace(paper, title=f"{other.title.split()[0]} {paper.title}", authors=other.authors),
            replace(paper, published_title=None, type="book", publisher="A press", institution="A school"),
        )
    )


class Curator:
    """A curator who edits one list at random; the same seed always makes the same edits."""

    def __init__(self, content: Path, seed: int) -> None:
        self.content, self.seed = content, seed
        self.chance = random.Random(seed)
        self.library = self.checked()
        self.made = 0

    def checked(self) -> Library:
        """Return the list in its current state.

        Raises:
            ValueError: The last edit made the list invalid.
        """
        library, problems = load(self.content, {})
        if problems := problems + check(library):
            raise ValueError("\n".join(map(str, problems)))
        return library

    def edit(self, count: int) -> list[str]:
        """Make up to `count` edits, one of each kind first, and return their descriptions.

        There are fewer if the list refuses too many edits in a row.
        """
        done: list[str] = []
        kinds = self.chance.sample(EDITS, len(EDITS))
        refused = 0
        while len(done) < count and refused < MAX_TRIES:
            kind = kinds[len(done)] if len(done) < len(kinds) and not refused else self.chance.choice(EDITS)
            try:
                done.append(f"{kind.__name__.replace('_', ' ')}: {kind(self)}")
                self.library, refused = self.checked(), 0
            except RefusalError:
                refused += 1
        return done

    def pick(self, choices: Iterator[ChoiceT] | Sequence[ChoiceT]) -> ChoiceT:
        """Return one of the choices at random.

        Raises:
            RefusalError: There are none.
        """
        if found := list(choices):
            return self.chance.choice(found)
        raise RefusalError

    def command(self, *words: str) -> None:
        """Run a command for curators.

        Raises:
            RefusalError: The command fails.
        """
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            if main([*words, "--content", str(self.content)]):
                raise RefusalError

    def write(self, paper: Paper) -> str:
        """Write the entry of a paper, and return its id."""
        (self.content / "papers").mkdir(exist_ok=True)
        (self.content / f"papers/{paper.id}.yml").write_text(entry_yaml(paper), "utf-8")
        return paper.id

    def text(self, file: str) -> str:
        return (self.content / file).read_text("utf-8")

    def add_item(self, file: str, item: object) -> None:
        """Append an item to a file that contains a YAML list."""
        written = yaml.safe_dump([item], allow_unicode=True, sort_keys=False)
        empty = not yaml.safe_load(self.text(file))
        (self.content / file).write_text(written if empty else f"{self.text(file).rstrip()}\n{written}", "utf-8")

    def new_name(self, kind: str) -> str:
        """Return an id that has not been used before."""
        self.made += 1
        return f"{kind}-{self.seed}-{self.made}"

    def sentence(self, words: Sequence[str]) -> str:
        """Return a unique sentence made of these words in random order."""
        return f"{' '.join(self.chance.sample(words, len(words)))}, as {self.new_name('case')} shows.".capitalize()


def add_tag(curator: Curator) -> str:
    standard = curator.library.site.standard
    paper = curator.pick([paper for paper in curator.library.papers if len(paper.tags) < standard.tags_most])
    term = curator.pick([t.id for t in curator.library.terms if not t.retired and t.id not in paper.tags])
    return f"{term} to {curator.write(replace(paper, tags=(*paper.tags, term)))}"


def take_tag_away(curator: Curator) -> str:
    paper, tag = curator.pick(spare_tags(curator.library))
    return f"{tag} from {curator.write(without_tag(paper, tag))}"


def without_tag(paper: Paper, tag: str) -> Paper:
    return replace(paper, tags=tuple(other for other in paper.tags if other != tag))


def spare_tags(library: Library) -> Iterator[tuple[Paper, str]]:
    """Yield the tags that a paper can lose and still meet the list's standard."""
    standard, facets = library.site.standard, facets_by_term(library)
    for paper in library.papers if library.site.standard.tags_least < standard.tags_most else ():
        for tag in paper.tags:
            rest = {facets[other] for other in paper.tags if other != tag}
            if len(paper.tags) > standard.tags_least and len(rest) >= standard.facets:
                yield paper, tag


def facets_by_term(library: Library) -> dict[str, str]:
    return {term.id: facet.id for facet in library.facets for term in facet.terms}


def add_paper(curator: Curator) -> str:
    library, name = curator.library, curator.new_name("paper")
    shelf = curator.pick(library.shelves)
    words = [word for paper in library.papers for word in f"{paper.title} {paper.abstract}".split()] or WORDS
    near = curator.chance.sample(library.papers, min(1, len(library.papers)))
    paper = Paper(
        id=name,
        title=f"{' '.join(curator.chance.choices(words, k=5)).replace(':', '')} {name}",
        authors=("Ada Lovelace", f"Curator {curator.seed}"),
        category=shelf.id,
        abstract=" ".join(curator.chance.choices(words, k=120)),
        published=f"{curator.chance.randrange(2014, 2026)}-0{curator.chance.randrange(1, 10)}",
        added=today(),
        tags=new_tags(curator, library.site.standard),
        summary=curator.sentence(curator.chance.choices(WORDS, k=12)),
        why=curator.sentence(curator.chance.choices(WORDS, k=12)),
        relations=tuple(Relation("contrasts", other.id, f"{name} sees it otherwise.") for other in near),
    )
    return curator.write(replace(paper, relations=paper.relations * curator.chance.randrange(2)))


def new_tags(curator: Curator, standard: Standard) -> tuple[str, ...]:
    """Return tags that meet the list's standard: one from each of as many facets as it requires, then any others.

    Raises:
        RefusalError: The vocabulary has too few terms.
    """
    terms = [[term.id for term in facet.terms if not term.retired] for facet in curator.library.facets]
    filled = [names for names in terms if names]
    if len(filled) < standard.facets:
        raise RefusalError
    first = [curator.chance.choice(names) for names in curator.chance.sample(filled, standard.facets)]
    others = [name for names in filled for name in names if name not in first]
    more = max(0, standard.tags_least - len(first))
    if more > len(others):
        raise RefusalError
    return (*first, *curator.chance.sample(others, more))


def add_relation(curator: Curator) -> str:
    papers = curator.library.papers
    paper = curator.pick(papers)
    joined = {relation.to for relation in paper.relations} | {
        other.id for other in papers if any(relation.to == paper.id for relation in other.relations)
    }
    other = curator.pick([other for other in papers if other is not paper and other.id not in joined])
    relation = Relation("contrasts", other.id, curator.sentence(WORDS[:6]))
    return f"{curator.write(replace(paper, relations=(*paper.relations, relation)))} and {other.id}"


def take_relations_away(curator: Curator) -> str:
    return curator.write(replace(curator.pick([p for p in curator.library.papers if p.relations]), relations=()))


def rewrite_summary(curator: Curator) -> str:
    """Rewrite a summary with most of its words and a few from the abstract."""
    paper = curator.pick([paper for paper in curator.library.papers if paper.summary])
    old, more = (paper.summary or "").split(), paper.abstract.split()
    kept = curator.chance.sample(old, max(1, 3 * len(old) // 4))
    words = [*kept, *curator.chance.sample(more, min(len(more), 5))]
    return curator.write(replace(paper, summary=curator.sentence(words)))


def move_to_another_shelf(curator: Curator) -> str:
    paper = curator.pick(curator.library.papers)
    shelf = curator.pick([shelf for shelf in curator.library.shelves if shelf.id != paper.category])
    return f"{curator.write(replace(paper, category=shelf.id))} to {shelf.id}"


def retire_paper(curator: Curator) -> str:
    paper = curator.pick(curator.library.papers)
    curator.command("retire", "paper", paper.id, "A later paper says it better.")
    return paper.id


def delete_paper(curator: Curator) -> str:
    """Delete a paper to which nothing refers except judgments."""
    paper = curator.pick([paper for paper in curator.library.papers if not is_named(curator.library, paper.id)])
    (curator.content / f"papers/{paper.id}.yml").unlink()
    return paper.id


def is_named(library: Library, paper: str) -> bool:
    return any(mention.kind != "judgments" for mention in paper_mentions(library, paper))


def rename_entry(curator: Curator) -> str:
    kind, old = an_entry(curator)
    new = curator.new_name(f"new-{kind}")
    curator.command("rename", kind, old, new)
    return f"{kind} {old} → {new}"


def merge_papers(curator: Curator) -> str:
    """Add a later version of a paper to the list, and merge the first one into it."""
    paper = curator.pick(curator.library.papers)
    summary, why = (curator.sentence(text.split()) if text else None for text in (paper.summary, paper.why))
    title = f"{paper.title}, in a version of {curator.new_name('journal')}"
    later = replace(paper, id=curator.new_name("later"), title=title, summary=summary, why=why, added=today())
    plain = replace(later, arxiv=None, arxiv_class=None, doi=None, acl_anthology=None, replaces=(), relations=())
    curator.write(plain)
    curator.command("merge", "paper", paper.id, plain.id)
    return f"{paper.id} → {plain.id}"


def merge_terms(curator: Curator) -> str:
    """Merge a term into its broader term or a related one."""
    near = [(term.id, name) for term in curator.library.terms for name in (term.parent, *term.related) if name]
    old, new = curator.pick(near)
    curator.command("merge", "term", old, new)
    return f"{old} → {new}"


def merge_categories(curator: Curator) -> str:
    shelf = curator.pick(curator.library.shelves)
    other = curator.pick([other for other in curator.library.shelves if other is not shelf])
    curator.command("merge", "category", shelf.id, other.id)
    return f"{shelf.id} → {other.id}"


def an_entry(curator: Curator) -> tuple[EntryKind, str]:
    """Return the kind and id of a random entry that is not retired."""
    kinds: tuple[EntryKind, ...] = ("paper", "paper", "term", "term", "category")
    kind = curator.chance.choice(kinds)
    known = entries_by_id(curator.library, kind).values()
    return kind, curator.pick([entry.id for entry in known if not entry.retired])


def retire_term(curator: Curator) -> str:
    name = curator.pick([term.id for term in curator.library.terms if not term.retired])
    curator.command("retire", "term", name, "Nobody looked for it.")
    return name


def delete_term(curator: Curator) -> str:
    """Delete a term to which no other term refers, after removing the tag from its papers."""
    library = curator.library
    spare = {(paper.id, tag) for paper, tag in spare_tags(library)}
    bound = {tag for paper in library.papers for tag in paper.tags if (paper.id, tag) not in spare}
    bound |= {name for term in library.terms for name in (term.parent or "", *term.related)}
    name = curator.pick([term.id for term in library.terms if term.id not in bound])
    for paper in library.papers:
        if name in paper.tags:
            curator.write(without_tag(paper, name))
    place = entry_node_path(library, "term", name)
    (curator.content / "vocabulary.yml").write_text(remove_node(curator.text("vocabulary.yml"), place), "utf-8")
    return name


def delete_path(curator: Curator) -> str:
    path = curator.pick(curator.library.paths)
    (curator.content / f"paths/{path.id}.yml").unlink()
    if path.id in curator.library.site.paths:
        place = ("paths", curator.library.site.paths.index(path.id))
        (curator.content / "site.yml").write_text(remove_node(curator.text("site.yml"), place), "utf-8")
    return path.id


def add_path(curator: Curator) -> str:
    papers = curator.library.papers
    if len(papers) < 2:
        raise RefusalError
    steps = [{"paper": paper.id, "because": curator.sentence(WORDS[:5])} for paper in curator.chance.sample(papers, 2)]
    name = curator.new_name("path")
    words = dict.fromkeys(("name", "summary", "readers", "assumes", "outcome"), f"What {name} is for")
    (curator.content / "paths").mkdir(exist_ok=True)
    (curator.content / f"paths/{name}.yml").write_text(yaml.safe_dump({**words, "steps": steps}), "utf-8")
    return name


def add_category(curator: Curator) -> str:
    category = Category(
        curator.new_name("shelf"), "A new shelf", curator.sentence(WORDS[:5]), "Nothing stands here yet."
    )
    keys = ("id", "name", "summary", "introduction")
    curator.add_item("categories.yml", {key: getattr(category, key) for key in keys})
    return category.id


def add_facet(curator: Curator) -> str:
    name = curator.new_name("facet")
    term = Term(curator.new_name("term"), f"Term {name}", curator.sentence(WORDS[:5]))
    terms = [{key: getattr(term, key) for key in ("id", "name", "definition")}]
    curator.add_item("vocabulary.yml", {"id": name, "name": name, "description": "What else is it?", "terms": terms})
    return name


EDITS: Sequence[Callable[[Curator], str]] = (
    *(add_tag, take_tag_away, add_paper, retire_paper, delete_paper, rename_entry, merge_papers),
    *(
        merge_terms,
        merge_categories,
        move_to_another_shelf,
        delete_path,
        add_path,
        retire_term,
        delete_term,
        rewrite_summary,
    ),
    *(add_relation, take_relations_away, add_category, add_facet),
)

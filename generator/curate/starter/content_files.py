"""The texts of a new list's files, with comments that say what to do next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import yaml

from generator.content.model import Category, EntryWords, Facet, Paper, Term
from generator.curate.editor_schema import schema_comment
from generator.curate.importers.entries import EntryDumper, FlowMapping, FlowSequence, entry_yaml
from generator.output.json_text import drop_empty_values

MAX_START_EXAMPLES = 2
MAX_TEXT_COLUMNS = 118  # columns
PAPERS, WORKS = EntryWords("paper", "papers"), EntryWords("work", "works")
TOPIC = Facet("topic", "Topic", "What is it about?")
FIRST_SHELF = Category("general", "General", "What belongs on no other shelf.")
SITE_FILE = """\
# What the list is called and what its home page says. content/README.md explains every key of every file.
{name}
# What the list is, in one line. It appears below the name, and in previews of links that people share.
{tagline}
# What the home page says first: what was chosen, for whom, and how to find your way around.
{introduction}
# What the site calls an entry, as it appears within a sentence.
{entry}
# Where a newcomer should begin: the names of files in papers/, without .yml, in this order.
# start: [{start}]
# What the check requires of each entry. Without this key, a title and a category are enough.
# standard: {{tags_least: 2, texts: [summary]}}
# The color of links and buttons.
# accent: "#8a3b12"
# Where entries are edited. On GitHub and GitLab this is set when the site is published.
# repository: https://github.com/you/your-list
"""
CATEGORIES_COMMENT = """\
# The shelves, in reading order. Each entry is on one: "category" in its file is the id of a shelf here. "summary" says
# in a line what belongs on the shelf. "introduction" guides readers through it: [[id]] or [[id|words]] becomes a link
# to the entry with that id. To give a shelf another id, use the command: list rename category OLD NEW
"""
VOCABULARY_COMMENT = """\
# The tags, by facet. A facet is a question, and its terms are the answers; add facets as you need them. "definition"
# says in a sentence what a term means; the health report lists the terms that have none. Search knows a term by its
# "aliases" too, and "parent" names the wider term:
#
#     - id: random-forest
#       name: Random forest
#       definition: Many decision trees that vote.
#       aliases: [RF, random forests]
#       parent: decision-tree
#
# To change an id, or to merge two terms, use the commands: list rename term OLD NEW, list merge term OLD INTO
"""
FIRST_ENTRY = """\
#
# Each entry is a file, papers/<id>.yml. `make add ID=1701.07875` writes one, given an arXiv id, DOI, ISBN or address.
# Written by hand, it looks like this; only title and category are required:
#
#     title: Wasserstein GAN
#     authors: [Martin Arjovsky, Soumith Chintala, Léon Bottou]
#     arxiv: 1701.07875
#     published: 2017-01-26
#     category: general
#     tags: [generative-model]
#     summary: Trains a generator to reduce a distance between its pictures and real ones.
#     why: Its loss follows the quality of the pictures, so one can see whether training works.
"""
ABOUT_PAGE = """\
# About

<!-- This page joins the navigation. Say what the list is for, who maintains it, and what belongs on it. Each file in
pages/ becomes such a page; delete this one if you need none. -->

This is a reading list. Each of its {many} is on one shelf, and its tags say what it is about.

## How to use it

- Looking for something? The search box is on every page; press <kbd>/</kbd> to reach it.
- New to a subject? Open a [shelf](categories/index.md), or follow a [tag](tags/index.md).
- Found something? Its page ends with what to read next, and why.
- Writing? “Cite” on a page gives the citation in the style that you need, or as a file.

## Take it with you

The [data page](data.md) names every file of the list: citations, feeds and JSON.
"""


@dataclass(frozen=True, slots=True)
class NewList:
    """The first state of a list."""

    name: str
    entry: EntryWords
    papers: tuple[Paper, ...]
    shelves: tuple[Category, ...]
    terms: tuple[Term, ...]


def new_list_files(new: NewList) -> dict[str, Callable[[], str]]:
    """Return what makes the texts of the files of a content folder, by name."""
    return {
        "site.yml": lambda: commented_yaml("site.yml", site_text(new)),
        "categories.yml": lambda: commented_yaml("categories.yml", categories_text(new)),
        "vocabulary.yml": lambda: commented_yaml("vocabulary.yml", vocabulary_text(new.terms)),
        "pages/about.md": lambda: ABOUT_PAGE.format(many=new.entry.many),
        **{f"papers/{paper.id}.yml": partial(entry_yaml, paper) for paper in new.papers},
    }


def commented_yaml(file: str, text: str) -> str:
    """Return the text of a file with the comment that tells editors its schema."""
    return f"{schema_comment(file)}\n{text}"


def site_text(new: NewList) -> str:
    """Return the text of `site.yml`."""
    many = new.entry.many
    introduction = (
        f"These {many} come from a library of references. Each is on one shelf, its tags say what it is about, and "
        "search finds it by title, author, tag and the words of its abstract."
        if new.papers
        else "This list is new. Its first entries are on their way."
    )
    examples = [paper.id for paper in new.papers[:MAX_START_EXAMPLES]] or ["first-paper", "second-paper"]
    entry = house_yaml({"entry": FlowMapping(one=new.entry.one, many=many)})
    return SITE_FILE.format(
        name=house_yaml({"name": new.name}),
        tagline=house_yaml({"tagline": "A reading list." if new.entry == WORKS else f"A reading list of {many}."}),
        introduction=house_yaml({"introduction": introduction}),
        entry=entry if new.entry != PAPERS else "# entry: {one: book, many: books}",
        start=", ".join(examples),
    )


def categories_text(new: NewList) -> str:
    """Return the text of `categories.yml`."""
    shelves = [shelf_record(shelf) for shelf in new.shelves]
    return f"{CATEGORIES_COMMENT}{'' if new.papers else FIRST_ENTRY}{house_yaml(shelves)}\n"


def vocabulary_text(terms: Sequence[Term]) -> str:
    """Return the text of `vocabulary.yml`."""
    facet = {"id": TOPIC.id, "name": TOPIC.name, "description": TOPIC.description}
    return f"{VOCABULARY_COMMENT}{house_yaml([facet | {'terms': list(map(term_record, terms))}])}\n"


def shelf_record(shelf: Category) -> dict[str, object]:
    """Return the keys of a shelf that have values."""
    return drop_empty_values({"id": shelf.id, "name": shelf.name, "summary": shelf.summary})


def term_record(term: Term) -> dict[str, object]:
    """Return the keys of a term that have values."""
    aliases = FlowSequence(term.aliases)
    return drop_empty_values({"id": term.id, "name": term.name, "aliases": aliases, "parent": term.parent})


def house_yaml(value: object) -> str:
    """Return a value as YAML in the style of the list's files, without the last line break."""
    return yaml.dump(
        value, Dumper=EntryDumper, allow_unicode=True, sort_keys=False, width=MAX_TEXT_COLUMNS, default_flow_style=False
    ).rstrip("\n")

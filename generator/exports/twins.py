"""A page in; the same page as clean Markdown out, for readers without a browser and for language models; and llms.txt.

The twin of `tags/gan/` is `tags/gan.md.txt`: builders take every file that ends in `.md` for a page of their own. Links
lead from twin to twin. `llms.txt` is what https://llmstxt.org proposes: where a model should begin.
"""

import re
from functools import cache, lru_cache

import jinja2

from generator import prose
from generator.catalogue import Catalogue, Row
from generator.pages import Link, PlainPage
from generator.templating import TEMPLATES, templates

INDEXES = frozenset("categories tags authors venues years paths".split())
NEWEST = 500  # papers that llms.txt names
MARKS = re.compile(r"[\\`*_\[\]<~]|&(?=#?\w+;)")
FIRST = re.compile(r"^(\d*)(?=[-+#>=.)])(?!\d+[-+#>=])")
BLOCK = re.compile(r"^(?=[-+#>=*`~])|<(?=[a-zA-Z/!?])")
TO_PAGE = re.compile(r"(\]\((?!\w+:)[^()\s]+\.md)(?=[#)\s])")


@cache
def environment() -> jinja2.Environment:
    """The templates of the twins. Texts are marked as such by the filter `line`; the rest stands as it is."""
    made = templates(TEMPLATES / "twins", TEMPLATES / "data.md")  # that page is Markdown as it is
    made.filters |= {
        "abstract": abstract,
        "line": line,
        "paragraphs": prose.paragraphs,
        "twin": twin_address,
        "row": row,
        "link": link,
    }
    return made


def twin(name: str, page: object) -> str:
    """The twin of a page whose file has this name."""
    if isinstance(page, PlainPage):
        return f"# {page.title}\n\n{TO_PAGE.sub(lambda found: found[0] + '.txt', page.text.strip())}\n"
    template = re.sub(r"Page$", "", type(page).__name__).lower()
    text = environment().get_template(f"{template}.md").render(page=page, root="../" * name.count("/"))
    return re.sub(r"\n{3,}", "\n\n", text.rstrip()) + "\n"


def llms(catalogue: Catalogue) -> str:
    """What a language model should know of the list, and where it finds the rest."""
    library = catalogue.library
    papers = list(catalogue.papers.values())
    shown = [
        (category, [paper for paper in papers[:NEWEST] if paper.category == category.id])
        for category in library.shelves
    ]
    return (
        environment()
        .get_template("llms.md")
        .render(library=library, shelves=shown, more=len(papers) - NEWEST, root=library.site.address or "")
    )


@lru_cache(maxsize=1 << 16)
def line(text: str) -> str:
    """A text on one line, with what Markdown would read as markup made literal."""
    plain = MARKS.sub(lambda found: f"\\{found[0]}", " ".join(text.split()))
    return FIRST.sub(r"\1\\", plain, count=1)


def abstract(text: str) -> str:
    """An abstract as it was published, TeX and all, in paragraphs that begin no block and hold no element."""
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()))
    return "\n\n".join(BLOCK.sub(r"\\\g<0>", part) for part in parts)


def twin_address(to: str, root: str) -> str:
    """Where the twin of the page at an address stands; an address outside stays as it is."""
    if "://" in to:
        return to
    page = to.partition("#")[0].removesuffix("/")
    return f"{root}{page or 'index'}{'/index' if page in INDEXES else ''}.md.txt"


@lru_cache(maxsize=1 << 16)
def link(to: Link, root: str) -> str:
    """A link, to a twin where there is one."""
    return f"[{line(to.text)}]({twin_address(to.to, root)})"


@lru_cache(maxsize=1 << 16)
def row(paper: Row, root: str) -> str:
    """A paper in a list."""
    told = " ".join(f"{line(part).removesuffix('.')}." for part in (paper.authors, paper.when, paper.summary) if part)
    return f"[{line(paper.title)}]({root}papers/{paper.id}.md.txt) {told}".rstrip()

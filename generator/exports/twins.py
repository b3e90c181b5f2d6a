"""A page in; the same page as clean Markdown out, for readers without a browser and for language models; and llms.txt.

The twin of `tags/gan/` is `tags/gan.md.txt`: builders take every file that ends in `.md` for a page of their own. Links
lead from twin to twin. `llms.txt` is what https://llmstxt.org proposes: where a model should begin.
"""

import re
from functools import cache, lru_cache

import jinja2

from generator.citations.formats import CITATION_FORMATS
from generator.content.text import single_line
from generator.site import escaping
from generator.site.addresses import relative_root
from generator.site.catalogue import Catalogue, PaperRow
from generator.site.pages import Link, PlainPage
from generator.site.templating import TEMPLATES_FOLDER, load_templates

INDEX_FOLDERS = frozenset("categories tags authors venues years paths".split())
MAX_LLMS_PAPERS = 500  # papers that llms.txt names
INLINE_MARKUP = re.compile(r"[\\`*_\[\]<~]|&(?=#?\w+;)")
LINE_START_MARKUP = re.compile(r"^(\d*)(?=[-+#>=.)])(?!\d+[-+#>=])")
BLOCK_START_MARKUP = re.compile(r"^(?=[-+#>=*`~])|<(?=[a-zA-Z/!?])")
MARKDOWN_PAGE_LINK = re.compile(r"(\]\((?!\w+:)[^()\s]+\.md)(?=[#)\s])")


@cache
def twin_environment() -> jinja2.Environment:
    """The templates of the twins. Texts are marked as such by the filter `line`; the rest stands as it is."""
    made = load_templates(TEMPLATES_FOLDER / "twins", TEMPLATES_FOLDER / "data.md")  # that page is Markdown as it is
    made.globals["citation_formats"] = CITATION_FORMATS
    made.filters |= {
        "abstract": twin_abstract,
        "line": escape_twin_text,
        "paragraphs": escaping.split_paragraphs,
        "twin": twin_address,
        "row": twin_row,
        "link": twin_link,
    }
    return made


def twin_markdown(name: str, page: object) -> str:
    """The twin of a page whose file has this name."""
    if isinstance(page, PlainPage):
        return f"# {page.title}\n\n{MARKDOWN_PAGE_LINK.sub(lambda found: found[0] + '.txt', page.text.strip())}\n"
    template = re.sub(r"Page$", "", type(page).__name__).lower()
    text = twin_environment().get_template(f"{template}.md").render(page=page, root=relative_root(name))
    return re.sub(r"\n{3,}", "\n\n", text.rstrip()) + "\n"


def llms_txt(catalogue: Catalogue) -> str:
    """What a language model should know of the list, and where it finds the rest."""
    library = catalogue.library
    papers = list(catalogue.papers.values())
    shown = [
        (category, [paper for paper in papers[:MAX_LLMS_PAPERS] if paper.category == category.id])
        for category in library.shelves
    ]
    return (
        twin_environment()
        .get_template("llms.md")
        .render(library=library, shelves=shown, more=len(papers) - MAX_LLMS_PAPERS, root=library.site.address or "")
    )


@lru_cache(maxsize=1 << 16)
def escape_twin_text(text: str) -> str:
    """A text on one line, with what Markdown would read as markup made literal."""
    plain = INLINE_MARKUP.sub(lambda found: f"\\{found[0]}", single_line(text))
    return LINE_START_MARKUP.sub(r"\1\\", plain, count=1)


def twin_abstract(text: str) -> str:
    """An abstract as it was published, TeX and all, in paragraphs that begin no block and hold no element."""
    parts = map(single_line, re.split(r"\n\s*\n", text.strip()))
    return "\n\n".join(BLOCK_START_MARKUP.sub(r"\\\g<0>", part) for part in parts)


def twin_address(to: str, root: str) -> str:
    """Where the twin of the page at an address stands; an address outside stays as it is."""
    if "://" in to:
        return to
    page = to.partition("#")[0].removesuffix("/")
    return f"{root}{page or 'index'}{'/index' if page in INDEX_FOLDERS else ''}.md.txt"


@lru_cache(maxsize=1 << 16)
def twin_link(to: Link, root: str) -> str:
    """A link, to a twin where there is one."""
    return f"[{escape_twin_text(to.text)}]({twin_address(to.to, root)})"


@lru_cache(maxsize=1 << 16)
def twin_row(paper: PaperRow, root: str) -> str:
    """A paper in a list."""
    told = " ".join(
        f"{escape_twin_text(part).removesuffix('.')}." for part in (paper.authors, paper.when, paper.summary) if part
    )
    return f"[{escape_twin_text(paper.title)}]({root}papers/{paper.id}.md.txt) {told}".rstrip()

"""The Markdown twin of each page, for language models and for reading without a browser; and llms.txt.

In: a page. Out: the same content as plain Markdown. The twin of `tags/gan/` is `tags/gan.md.txt`, because builders turn
every file that ends in `.md` into a page. Links lead from twin to twin. `llms.txt` tells a language model where to
start, as https://llmstxt.org proposes.
"""

import re
from functools import cache

import jinja2

from generator.citations.formats import CITATION_FORMATS
from generator.content.text import single_line
from generator.site import escaping
from generator.site.addresses import relative_root
from generator.site.catalogue import Catalogue, PaperRow
from generator.site.pages.elements import Link
from generator.site.pages.plain import PlainPage
from generator.site.templating import TEMPLATES_FOLDER, load_templates

INDEX_FOLDERS = frozenset("categories tags authors venues years paths".split())
MAX_LLMS_PAPERS = 500  # papers listed in llms.txt
INLINE_MARKUP = re.compile(r"[\\`*_\[\]<~]|&(?=#?\w+;)")
LINE_START_MARKUP = re.compile(r"^(\d*)(?=[-+#>=.)])(?!\d+[-+#>=])")
BLOCK_START_MARKUP = re.compile(r"^(?=[-+#>=*`~])|<(?=[a-zA-Z/!?])")
MARKDOWN_PAGE_LINK = re.compile(r"(\]\((?!\w+:)[^()\s]+\.md)(?=[#)\s])")


@cache
def twin_environment() -> jinja2.Environment:
    """The templates of the twins, which escape text only where they use the filter `line`."""
    # The data page is plain Markdown already, so one template serves as page and twin.
    environment = load_templates(TEMPLATES_FOLDER / "twins", TEMPLATES_FOLDER / "data.md")
    environment.globals["citation_formats"] = CITATION_FORMATS
    environment.filters |= {
        "abstract": twin_abstract,
        "line": escape_twin_text,
        "paragraphs": escaping.split_paragraphs,
        "twin": twin_address,
        "row": twin_row,
        "link": twin_link,
    }
    return environment


def twin_markdown(name: str, page: object) -> str:
    """The twin of the page whose file has this name."""
    if isinstance(page, PlainPage):
        return f"# {page.title}\n\n{MARKDOWN_PAGE_LINK.sub(lambda found: found[0] + '.txt', page.text.strip())}\n"
    template = re.sub(r"Page$", "", type(page).__name__).lower()
    text = twin_environment().get_template(f"{template}.md").render(page=page, root=relative_root(name))
    return re.sub(r"\n{3,}", "\n\n", text.rstrip()) + "\n"


def llms_txt(catalogue: Catalogue) -> str:
    """What a language model should know about the list, and where it finds the rest."""
    library = catalogue.library
    papers = list(catalogue.papers.values())
    shelves = [
        (category, [paper for paper in papers[:MAX_LLMS_PAPERS] if paper.category == category.id])
        for category in library.shelves
    ]
    return (
        twin_environment()
        .get_template("llms.md")
        .render(library=library, shelves=shelves, more=len(papers) - MAX_LLMS_PAPERS, root=library.site.address or "")
    )


@cache
def escape_twin_text(text: str) -> str:
    """A text on one line, escaped so that Markdown reads no markup in it."""
    plain = INLINE_MARKUP.sub(lambda found: f"\\{found[0]}", single_line(text))
    return LINE_START_MARKUP.sub(r"\1\\", plain, count=1)


def twin_abstract(text: str) -> str:
    """An abstract as published, with its TeX, escaped so that no paragraph becomes a list, a heading or HTML."""
    paragraphs = map(single_line, re.split(r"\n\s*\n", text.strip()))
    return "\n\n".join(BLOCK_START_MARKUP.sub(r"\\\g<0>", paragraph) for paragraph in paragraphs)


def twin_address(address: str, root: str) -> str:
    """The address of the twin of a page; an address outside the site stays as it is."""
    if "://" in address:
        return address
    page = address.partition("#")[0].removesuffix("/")
    return f"{root}{page or 'index'}{'/index' if page in INDEX_FOLDERS else ''}.md.txt"


def twin_link(link: Link, root: str) -> str:
    """A link in Markdown, to the page's twin."""
    return f"[{escape_twin_text(link.text)}]({twin_address(link.to, root)})"


def twin_row(paper: PaperRow, root: str) -> str:
    """A paper in a list: a link to its twin, then authors, venue and summary as sentences."""
    sentences = " ".join(
        f"{escape_twin_text(part).removesuffix('.')}." for part in (paper.authors, paper.when, paper.summary) if part
    )
    return f"[{escape_twin_text(paper.title)}]({root}papers/{paper.id}.md.txt) {sentences}".rstrip()

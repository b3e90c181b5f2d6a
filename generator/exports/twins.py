"""The Markdown twin of each page, for language models and for reading without a browser; and llms.txt.

A twin has the content of its page as plain Markdown. The twin of `tags/gan/` is `tags/gan.md.txt`, because site
builders turn every `.md` file into a page. Links in twins lead to other twins. `llms.txt` shows language models where
to start, as proposed by https://llmstxt.org.
"""

import re
from functools import cache

import jinja2

from generator.citations.formats import CITATION_FORMATS
from generator.content.model import EntryWords
from generator.content.text import single_line
from generator.site import escaping
from generator.site.addresses import relative_root
from generator.site.catalogue import Catalogue, PaperRow
from generator.site.licenses import site_license
from generator.site.pages.elements import Link
from generator.site.pages.plain import PlainPage
from generator.site.templating import TEMPLATES_FOLDER, load_templates

INDEX_FOLDERS = frozenset("categories tags authors venues years paths".split())
MAX_LLMS_PAPERS = 500  # maximum number of papers listed in llms.txt
INLINE_MARKUP = re.compile(r"[\\`*_\[\]<~]|&(?=#?\w+;)")
LINE_START_MARKUP = re.compile(r"^(\d*)(?=[-+#>=.)])(?!\d+[-+#>=])")
BLOCK_START_MARKUP = re.compile(r"^(?=[-+#>=*`~])|<(?=[a-zA-Z/!?])")
MARKDOWN_PAGE_LINK = re.compile(r"(\]\((?!\w+:)[^()\s]+\.md)(?=[#)\s])")


@cache
def twin_environment(words: EntryWords) -> jinja2.Environment:
    """Return the templates of twins, which escape only the text passed through an escaping filter, such as `line`."""
    # The template of the data page is plain Markdown, so it also serves for the twin.
    environment = load_templates(words, TEMPLATES_FOLDER / "twins", TEMPLATES_FOLDER / "data.md")
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


def twin_markdown(words: EntryWords, name: str, page: object) -> str:
    """Return the twin of the page whose source file has this name."""
    if isinstance(page, PlainPage):
        return f"# {page.title}\n\n{MARKDOWN_PAGE_LINK.sub(lambda found: found[0] + '.txt', page.text.strip())}\n"
    template = re.sub(r"Page$", "", type(page).__name__).lower()
    text = twin_environment(words).get_template(f"{template}.md").render(page=page, root=relative_root(name))
    return re.sub(r"\n{3,}", "\n\n", text.rstrip()) + "\n"


def llms_txt(catalogue: Catalogue) -> str:
    """Return an overview of the list for language models, with links to the rest."""
    library = catalogue.library
    papers = list(catalogue.papers.values())
    shelves = [
        (category, [paper for paper in papers[:MAX_LLMS_PAPERS] if paper.category == category.id])
        for category in library.shelves
    ]
    return (
        twin_environment(library.site.entry)
        .get_template("llms.md")
        .render(
            library=library,
            shelves=shelves,
            more=len(papers) - MAX_LLMS_PAPERS,
            root=library.site.address or "",
            license=site_license(library.site),
        )
    )


@cache
def escape_twin_text(text: str) -> str:
    """Return a text on one line, with its Markdown syntax escaped."""
    plain = INLINE_MARKUP.sub(lambda found: f"\\{found[0]}", single_line(text))
    return LINE_START_MARKUP.sub(r"\1\\", plain, count=1)


def twin_abstract(text: str) -> str:
    """Return an abstract with its TeX, escaped so that no paragraph becomes a list, a heading or HTML."""
    paragraphs = map(single_line, re.split(r"\n\s*\n", text.strip()))
    return "\n\n".join(BLOCK_START_MARKUP.sub(r"\\\g<0>", paragraph) for paragraph in paragraphs)


def twin_address(address: str, root: str) -> str:
    """Return the address of a page's twin; addresses outside the site are returned unchanged.

    The twin of a search is that of the page of all papers.
    """
    if "://" in address:
        return address
    page = re.split("[?#]", address)[0].removesuffix("/")
    return f"{root}{page or 'index'}{'/index' if page in INDEX_FOLDERS else ''}.md.txt"


def twin_link(link: Link, root: str) -> str:
    """Return a Markdown link to the page's twin."""
    return f"[{escape_twin_text(link.text)}]({twin_address(link.to, root)})"


def twin_row(paper: PaperRow, root: str, *, brief: bool = False) -> str:
    """Return a list item for a paper: a link to its twin, followed by its authors, venue and, unless it is to be brief,
    summary as sentences."""
    parts = (paper.authors, paper.when, "" if brief else paper.summary)
    sentences = " ".join(f"{escape_twin_text(part).removesuffix('.')}." for part in parts if part)
    return f"[{escape_twin_text(paper.title)}]({root}papers/{paper.id}.md.txt) {sentences}".rstrip()

"""The library and its links in; the site's files out, as a map of file name to text."""

import json
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from generator import prose
from generator.catalogue import Catalogue, catalogued
from generator.model import Library, Paper
from generator.pages import paper_address, site_pages, suggest_address
from generator.relate import Related
from generator.search import search_files
from generator.spread import spread

TEMPLATES = Path(__file__).parent / "templates"

# The papers stay out of the navigation: with them in it, the cost of a build grows with their number's square.
PATHS = {"Paths": "paths/index.md"}
ROOMS = [
    {"Home": "index.md"},
    {"Shelves": "categories/index.md"},
    PATHS,
    {"Papers": "browse.md"},
    {"Tags": "tags/index.md"},
    {"Authors": "authors/index.md"},
    {"Venues": "venues/index.md"},
    {"Years": "years/index.md"},
]


def render(library: Library, links: Mapping[str, Sequence[Related]]) -> dict[str, str]:
    """All pages of the site by file name."""
    catalogue = catalogued(library, links)
    named = list(site_pages(catalogue))
    pages = dict(zip((name for name, _ in named), spread(markdown, named), strict=True))
    return (
        pages | dict(search_files(catalogue)) | {"api/papers.json": api(catalogue), ".settings.yml": settings(library)}
    )


@cache
def environment() -> jinja2.Environment:
    """The templates. Whatever they show is escaped, unless a filter has set it as Markdown already."""
    read = {file.name: file.read_text("utf-8") for file in TEMPLATES.iterdir()}
    made = jinja2.Environment(
        loader=jinja2.DictLoader(read),
        undefined=jinja2.StrictUndefined,
        finalize=finished,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=kept(),
    )
    made.filters |= {
        "abstract": lambda text: [Markup(paragraph) for paragraph in prose.abstract(text)],
        "escaped": lambda text: Markup(prose.escape(text)),
        "json": lambda text: Markup(json_text(text)),
        "paragraphs": prose.paragraphs,
    }
    show: dict[str, Callable[..., Markup]] = {}
    made.globals |= {"plural": plural, "show": show}
    macros = vars(made.get_template("macros.md").module)
    show |= {name: marked(macro) for name, macro in macros.items() if callable(macro)}
    return made


def kept() -> jinja2.BytecodeCache | None:
    """Where compiled templates wait for the next run: beside Python's own bytecode, and as that only where it may be
    written. They are those of this file's settings and this Jinja."""
    folder = Path(__file__).parent / "__pycache__"
    if sys.dont_write_bytecode or not os.access(folder, os.W_OK):
        return None
    made = "-".join(f"{Path(file).stat().st_mtime_ns:x}" for file in (__file__, jinja2.__file__))
    return jinja2.FileSystemBytecodeCache(str(folder), f"templates-{made}-%s.cache")


def marked(macro: Callable[..., str]) -> Callable[..., Markup]:
    """A macro whose result is known as markup, so that it is not escaped once more, and is kept: lists repeat much."""
    return lru_cache(maxsize=1 << 16)(lambda *arguments: Markup(macro(*arguments)))


def finished(value: object) -> Markup:
    """What a template shows, safe anywhere on a page."""
    return value if isinstance(value, Markup) else escaped(str(value))


@lru_cache(maxsize=1 << 16)
def escaped(text: str) -> Markup:
    """A text that was not set as Markdown, on one line; names and titles come back often."""
    return Markup(prose.text(text))


def plural(count: int, one: str) -> str:
    """`1 paper`, `2 papers`."""
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def json_text(text: str) -> str:
    """A text as YAML and JSON read it back."""
    return json.dumps(text, ensure_ascii=False)


def markdown(named: tuple[str, object]) -> str:
    """A named page's Markdown, from the template named for its class."""
    name, page = named
    template = re.sub(r"Page$", "", type(page).__name__).lower()
    depth = name.count("/") + (not name.endswith("index.md"))
    return environment().get_template(f"{template}.md").render(page=page, root="../" * depth)


def api(catalogue: Catalogue) -> str:
    """All papers as JSON, a line to each, in id order; `url` is from the site's root where its address is not known."""
    base = catalogue.library.site.address or ""
    papers = sorted(catalogue.papers.values(), key=lambda paper: paper.id)
    lines = (json.dumps(record(catalogue, paper, base), ensure_ascii=False) for paper in papers)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def record(catalogue: Catalogue, paper: Paper, base: str) -> dict[str, Any]:
    """A paper as other programs get it."""
    venue = paper.venue
    return {
        "id": paper.id,
        "title": paper.title,
        "authors": paper.authors,
        "published": paper.published,
        "venue": venue and {"name": venue.name, "year": venue.year, "track": venue.track},
        "arxiv": paper.arxiv,
        "category": paper.category,
        "tags": paper.tags,
        "summary": paper.summary,
        "url": base + paper_address(paper),
        "relations": [{"type": r.type, "to": r.to, "because": r.because} for r in paper.relations],
        "related": [
            {"id": r.id, "score": r.score, "reasons": [f"{reason.label}: {reason.detail}" for reason in r.reasons]}
            for r in catalogue.links.get(paper.id, ())
        ],
    }


def settings(library: Library) -> str:
    """What `mkdocs.yml` inherits: the settings that the list, or the environment, decides."""
    site = library.site
    known = {
        "site_name": site.name,
        "site_description": site.tagline,
        "site_url": site.address,
        "repo_url": site.repository,
        "nav": [room for room in ROOMS if library.paths or room != PATHS]
        + [{page.title: f"{page.id}.md"} for page in library.pages],
        "extra": {"suggest": address} if (address := suggest_address(site)) else {},
    }
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in known.items() if value)

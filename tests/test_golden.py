"""The pages of the toy list, as they are written: one of each kind, kept in `golden/` to be read in review.

`make golden` writes them anew.
"""

import os
from pathlib import Path

import pytest

from generator.content.model import Library
from generator.related.relate import relate
from generator.site.render import render_site

GOLDEN = Path(__file__).parent / "golden"
KEPT = (
    *("index.md", "browse.md", "about.md", ".settings.yml", "api/papers.json"),
    *("papers/wasserstein-gan.md", "papers/tr0n.md", "papers/uncovering-hidden-geometry-in-transformers.md"),
    *("categories/index.md", "categories/generators.md", "categories/empty.md", "tags/index.md", "tags/evaluation.md"),
    *("tags/adversarial-net.md", "tags/loudness.md", "paths/index.md", "paths/first-steps.md"),
    *("authors/index.md", "authors/martin-arjovsky.md", "venues/index.md", "venues/icml.md"),
    *("years/index.md", "years/2017.md"),
    *("papers/wasserstein-gan.bib", "papers/wasserstein-gan.ris", "papers/wasserstein-gan.csl.json"),
    *("papers/wasserstein-gan.md.txt", "tags/index.md.txt", "paths/first-steps.md.txt", "llms.txt", "robots.txt"),
    *("papers.atom", "authors/martin-arjovsky.atom", "api/v1/index.json", "api/v1/relations.json"),
)
NAMES = "pages.txt"


@pytest.fixture(scope="module")
def pages(toy: Library) -> dict[str, str]:
    pages = dict(render_site(toy, relate(toy)))
    return pages | {NAMES: "".join(f"{name}\n" for name in sorted(pages))}


@pytest.mark.parametrize("name", [NAMES, *KEPT])
def test_page_is_as_reviewed(name: str, pages: dict[str, str]) -> None:
    file = GOLDEN / name
    if os.environ.get("RENEW"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(pages[name].encode())
    assert pages[name] == file.read_bytes().decode()


def test_nothing_else_is_kept() -> None:
    kept = {file.relative_to(GOLDEN).as_posix() for file in GOLDEN.rglob("*") if file.is_file()}
    assert kept == {NAMES, *KEPT}

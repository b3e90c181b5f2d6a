"""Builds the pages of a list with other site generators, to compare their times with that of this one.

`python tests/rivals.py [PAPERS [CONTENT]]`. All get the same pages, as Markdown with the same HTML in it. Stock
Material has its own templates and search, Hugo a bare template. The times are those of whole processes, in one run.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from corpus import corpus
from sites import MKDOCS, TOY, run, workshop

FROM_NOTHING = ("build/.site.json", "build/site")
HUGO_TEMPLATE = "<!doctype html><html><head><title>{{ .Title }}</title></head><body>{{ .Content }}</body></html>\n"
HUGO_SETTINGS = {
    "baseURL": "https://list.example/",
    "title": "A list",
    "disableKinds": ["taxonomy", "term", "rss", "section", "home", "sitemap", "404"],
    "markup": {"goldmark": {"renderer": {"unsafe": True}}},
}
HUGO = """
import subprocess, sys
sys.exit(subprocess.call([f"{sys.prefix}/bin/hugo", "--quiet", "--source", "hugo"]))
"""
OURS = "this builder, its pages"
STOCK = {"site_name": "A list", "theme": {"name": "material"}, "docs_dir": "pages", "site_dir": "stock"}


def main() -> int:
    """Print the times for a list of some length, each with its ratio to ours."""
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    listed = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else TOY
    with tempfile.TemporaryDirectory() as folder:
        times = building_times(Path(folder), papers, listed)
    for name, seconds in times.items():
        print(f"{name:<40}{seconds:8.1f} s  {seconds / times[OURS]:6.2f}")
    return 0


def building_times(folder: Path, papers: int, listed: Path) -> dict[str, float]:
    """Return the seconds that each generator takes for the pages of a list, and that ours takes for the whole."""
    content = corpus(papers, folder / "content", listed)
    place = workshop(folder / "place")
    whole = timed(lambda: succeed(place, "-m", "generator", "build", "--content", str(content), "--", *MKDOCS))
    write_plain_pages(place / "build/docs", place / "pages")
    for name in FROM_NOTHING:
        remove(place / name)
    script = "import sys; from pathlib import Path; from generator.build import site_builder; "
    build = f"{script}site_builder(sys.argv[1:], Path('build/docs'), Path('build/site')).update()"
    (place / "stock.yml").write_text(yaml.safe_dump(STOCK), "utf-8")
    prepare_hugo(place)
    return {
        OURS: timed(lambda: succeed(place, "-c", build, *MKDOCS)),
        "this generator and builder, whole site": whole,
        "stock Material, the same pages": timed(lambda: succeed(place, *MKDOCS[1:3], "build", "-q", "-f", "stock.yml")),
        "Hugo with a bare template": timed(lambda: succeed(place, "-c", HUGO)),
    }


def write_plain_pages(pages: Path, out: Path) -> None:
    """Write pages without the comment that hides their HTML from the builder."""
    for page in pages.rglob("*.md"):
        front, end, body = page.read_text("utf-8").partition("\n---\n")
        place = out / page.relative_to(pages)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"{front}{end}{body.strip().removeprefix('<!--').removesuffix('-->')}\n", "utf-8")


def prepare_hugo(place: Path) -> None:
    """Write a site for Hugo with the same pages."""
    (place / "hugo/layouts/_default").mkdir(parents=True)
    (place / "hugo/layouts/_default/single.html").write_text(HUGO_TEMPLATE, "utf-8")
    (place / "hugo/hugo.yaml").write_text(yaml.safe_dump(HUGO_SETTINGS), "utf-8")
    shutil.copytree(place / "pages", place / "hugo/content")


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def succeed(place: Path, *command: str) -> None:
    """Run Python in a folder.

    Raises:
        RuntimeError: It fails.
    """
    done = run(place, *command)
    if done.returncode:
        raise RuntimeError(f"{command} failed: {done.stdout[-2000:]}{done.stderr[-2000:]}")


def remove(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())

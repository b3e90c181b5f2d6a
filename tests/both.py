"""Builds a site with MkDocs and with Zensical, its successor, and fails if their pages differ.

`python tests/both.py [CONTENT]`. Each builder works in a temporary folder.
"""

import re
import sys
import tempfile
from pathlib import Path

from sites import MKDOCS, TOY, pages, run, workshop

ZENSICAL = (sys.executable, "-m", "zensical", "build", "--config-file")


def main() -> int:
    """Print the differences, and return 0 if both sites have the same pages with the same papers, else 1."""
    content = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else TOY
    with tempfile.TemporaryDirectory() as folder:
        sites = {}
        for name, builder in (("mkdocs", MKDOCS), ("zensical", ZENSICAL)):
            place = workshop(Path(folder, name))
            done = run(place, "-m", "generator", "build", "--content", content, "--", *builder)
            if done.returncode:
                print(f"{name} failed:\n{done.stdout}{done.stderr}")
                return 1
            sites[name] = shown(place / "build/site")
    return compared(sites["mkdocs"], sites["zensical"])


def shown(site: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return, for each page of a site, its heading and its papers in order."""
    found = {}
    for page, tree in pages(site).items():
        heading = " ".join("".join(h.itertext()) for h in tree.findall(".//h1"))
        papers = tuple(paper for node in tree.iter() if (paper := node.get("data-paper")))
        found[page] = (re.sub(r"[\s¶]+", " ", heading).strip(), papers)
    return found


def compared(mkdocs: dict[str, tuple[str, tuple[str, ...]]], zensical: dict[str, tuple[str, tuple[str, ...]]]) -> int:
    """Print the pages that are missing from one of the sites or differ, and return the exit status."""
    faults = [f"only MkDocs: {page}" for page in sorted(mkdocs.keys() - zensical.keys())]
    faults += [f"only Zensical: {page}" for page in sorted(zensical.keys() - mkdocs.keys())]
    both = sorted(mkdocs.keys() & zensical.keys())
    faults += [f"not the same: {page or 'index'}" for page in both if mkdocs[page] != zensical[page]]
    print("\n".join(faults) or f"{len(mkdocs)} pages, the same in both")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

"""Typesets a bibliography with LaTeX and BibTeX, for the tests.

`python tests/typeset.py` installs these programs if necessary, or explains in one line how to get them.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

PROGRAMS = ("pdflatex", "bibtex")
PACKAGE = "texlive-latex-base"
DOCUMENT = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{url}
\begin{document}
\nocite{*}
\bibliographystyle{plain}
\bibliography{list}
\end{document}
"""


def bibliography(entries: str, folder: Path, expected: Collection[str] = ()) -> str:
    """Typeset BibTeX entries in the style `plain`, and return the .bbl file that BibTeX writes.

    Raises:
        RuntimeError: LaTeX or BibTeX reports an error, or a warning that is not expected.
    """
    (folder / "list.bib").write_text(entries, "utf-8")
    (folder / "paper.tex").write_text(DOCUMENT, "utf-8")
    latex = ("pdflatex", "-draftmode", "-interaction=nonstopmode", "-halt-on-error", "paper")
    for command in (latex, ("bibtex", "paper"), latex):
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        said = "\n".join(line for line in done.stdout.decode("utf-8", "replace").splitlines() if line not in expected)
        if done.returncode or re.search(r"^(?:!|Warning--|I was expecting|Repeated entry)", said, re.MULTILINE):
            raise RuntimeError(said)
    return (folder / "paper.bbl").read_text("utf-8")


def there() -> bool:
    """Return whether all programs are installed."""
    return all(map(shutil.which, PROGRAMS))


def main() -> int:
    """Install the programs if necessary and permitted, and return 0 if they are installed, else 1."""
    if not there() and shutil.which("apt-get") and os.geteuid() == 0:
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", PACKAGE]):
            print("Installing LaTeX for the tests: apt-get", *command)
            subprocess.run(["apt-get", *command], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not there():
        print(f"The tests need LaTeX and BibTeX: sudo apt-get install {PACKAGE}", file=sys.stderr)
    return 0 if there() else 1


if __name__ == "__main__":
    sys.exit(main())

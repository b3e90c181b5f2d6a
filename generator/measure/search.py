"""Score a list's search against judged queries.

The queries run on the search engine of the site's pages, in Node.js, with the same data files that browsers load.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.content.model import JudgedQuery, Library
from generator.measure.judgments import unjudged_papers
from generator.measure.ndcg import condensed_ranking, ndcg
from generator.search.data import search_files
from generator.site.catalogue import build_catalogue

SEARCH_CUTOFF = 10  # number of results that are scored
ENGINE_SCRIPT = Path(__file__).parent.parent / "search/browser/measure.mjs"
ENGINE_DATA = re.compile(r"search/(?:list|texts-\d+)\.json")


def search_scores(library: Library, judged: tuple[JudgedQuery, ...]) -> list[float]:
    """Return the nDCG of each judged query's results; 1 means that no better results were possible.

    Raises:
        ChildProcessError: The engine cannot run on this machine; the message says why.
    """
    unjudged = unjudged_papers(library)
    answers = search_answers(library, [one.query for one in judged]) if judged else []
    return [
        ndcg(condensed_ranking(answer, unjudged, one.grades), one.grades, SEARCH_CUTOFF)
        for one, answer in zip(judged, answers, strict=True)
    ]


def search_answers(library: Library, queries: Sequence[str]) -> list[list[str]]:
    """Return the ids of the papers that search finds for each query, best match first.

    Raises:
        ChildProcessError: The engine cannot run on this machine; the message says why.
    """
    node = shutil.which("node") or shutil.which("node", path=Path(sys.executable).parent)
    if not node:
        raise ChildProcessError("there is no Node.js here: run make check, which installs it")
    with TemporaryDirectory() as folder:
        for name, text in search_files(build_catalogue(library, {})):
            if ENGINE_DATA.fullmatch(name):
                Path(folder, name.removeprefix("search/")).write_text(text(), "utf-8")
        questions = json.dumps([{"q": query} for query in queries])
        command = [node, str(ENGINE_SCRIPT), folder]
        done = subprocess.run(command, input=questions, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise ChildProcessError(engine_fault(done.stderr))
    answers: list[list[str]] = json.loads(done.stdout)
    return answers


def engine_fault(said: str) -> str:
    """Return one line on why the engine failed, given its error output."""
    if "ERR_MODULE_NOT_FOUND" in said:
        return "its engine is not complete: run make check, which installs what it needs"
    lines = [line.strip() for line in said.splitlines() if "Error" in line]
    return f"its engine failed: {lines[0] if lines else said.strip()[:200]}"

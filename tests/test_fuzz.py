"""Whatever list passes the check is built, and all of its files can be read."""

import json
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import yaml
from hypothesis import HealthCheck, Phase, given, settings
from lists import Inventor, inventors, save, without_entry_faults

from generator.checks.health import health_report_text, health_sections
from generator.checks.rules import advise, check
from generator.content.loader import load
from generator.content.model import Library, blocking_problems
from generator.measure.judgments import judgment_warnings
from generator.related.relate import relate
from generator.site.render import render_site

MIN_INVENTED = 0.7  # share of the files that pass as they were invented


def accepted(library: Library, folder: Path) -> tuple[Library, set[str]]:
    """Return the list as it is loaded once it has no problem, and the files that had some and became plain ones."""
    plain: set[str] = set()
    while True:
        loaded, problems = load(save(library, folder), {})
        problems = blocking_problems(problems + check(loaded))
        faulty = {Path(problem.file).relative_to(folder).as_posix() for problem in problems}
        if not faulty:
            return loaded, plain
        assert not faulty & plain, problems
        plain |= faulty
        for file in faulty:
            library = without_entry_faults(library, file)
        for old in folder.rglob("*.*"):
            old.unlink()


def assert_files_are_readable(files: Mapping[str, str]) -> None:
    """Assert that each file of a site is UTF-8 and well-formed."""
    for name in files:
        text = files[name].encode().decode()
        if name.endswith(".json"):
            json.loads(text)
        elif name.endswith((".xml", ".atom")):
            ElementTree.fromstring(text)
        elif name.endswith(".md"):
            front, found, _ = text.removeprefix("---\n").partition("\n---\n")
            assert found
            assert yaml.safe_load(front)["title"]


def test_whatever_passes_the_check_is_built() -> None:
    files: Counter[str] = Counter()

    @settings(max_examples=25, phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck))
    @given(inventors())
    def build(inventor: Inventor) -> None:
        with tempfile.TemporaryDirectory() as folder:
            library, plain = accepted(inventor.library(), Path(folder))
            files.update(invented=len(library.marks) - len(plain), all=len(library.marks))
            links = relate(library)
            assert_files_are_readable(render_site(library, links))
            assert health_report_text(library, health_sections(library, links))
            assert all(str(warning) for warning in (*advise(library), *judgment_warnings(library)))

    build()
    assert files["invented"] > MIN_INVENTED * files["all"]

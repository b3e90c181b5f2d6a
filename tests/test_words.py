"""Readers see the list's own words for what it lists, and arXiv only where an entry has an id there."""

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sites import ROOT

from generator.content.model import EntryWords, Library
from generator.related.relate import relate
from generator.site.render import render_site

NODE = shutil.which("node") or str(ROOT / ".venv/bin/node")
WORDS = EntryWords("zibaldone-item", "zibaldone-items")
CODE = re.compile(r"```.*?```|`[^`\n]*`|<code[^>]*>.*?</code>|(?:class|data-issue)=\"[^\"]*\"", re.DOTALL)
# As a word of a sentence or label: not in an address, the name of a file, a key or class, or the value of one.
FOREIGN = re.compile(
    r"(?<![\w/#.-])(?<!Conference )(?!(?<=[\"'])papers?[\"'])papers?(?![\w/=-]|\.\w)|(?<![a-z])Papers?\b|arXiv"
)


def reworded(value: Any) -> Any:
    """Return a part of a list without the words in question."""
    if isinstance(value, str):
        return re.sub("(?i)paper", "text", re.sub("(?i)arxiv", "archive", value))
    if isinstance(value, tuple):
        return tuple(map(reworded, value))
    return replace(value, **own_fields(value)) if is_dataclass(value) and not isinstance(value, type) else value


def own_fields(value: Any) -> Mapping[str, Any]:
    own = {field.name: reworded(getattr(value, field.name)) for field in fields(value)}
    return {name: None if name in ("arxiv", "arxiv_class") else of for name, of in own.items()}


def foreign_words(text: str) -> list[str]:
    """Return the places where a text calls an entry a paper, or speaks of arXiv, other than in code."""
    shown = CODE.sub("", text)
    return [shown[max(found.start() - 30, 0) : found.end() + 30] for found in FOREIGN.finditer(shown)]


@pytest.fixture(scope="module")
def files(odd: Library) -> Mapping[str, str]:
    rendered = render_site(odd, relate(odd))
    return {name: rendered[name] for name in rendered}


@pytest.fixture(scope="module")
def odd(toy: Library) -> Library:
    """The toy list with a word for its entries that nothing else uses."""
    bare: Library = reworded(toy)
    return replace(bare, site=replace(bare.site, entry=WORDS))


@pytest.mark.parametrize(
    ("words", "one", "many", "heading"),
    [
        (EntryWords("thesis", "theses"), "1 thesis", "1,234 theses", "Theses"),
        (EntryWords("TED talk", "TED talks"), "1 TED talk", "1,234 TED talks", "TED talks"),
        (EntryWords("série", "séries"), "1 série", "1,234 séries", "Séries"),
    ],
)
def test_words_in_sentences(words: EntryWords, one: str, many: str, heading: str) -> None:
    assert (words.count(1), words.count(1234), words.heading) == (one, many, heading)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("3 papers", 1),
        ("A paper. Papers", 2),
        ('<a class="papers" href="papers/x/">All papers</a>', 1),
        ('<p title="Papers">', 1),
        ('{"papers": [{"paper": "x"}], "name": "The paper"}', 1),
        ("All are in `papers.json`, papers.csv and /papers/.", 0),
        ("```\nfor paper in papers:\n```", 0),
        ("newspapers, wallpaper", 0),
        ("arXiv, 2021", 1),
    ],
)
def test_words_of_others_are_found(text: str, count: int) -> None:
    assert len(foreign_words(text)) == count


def test_no_file_calls_an_entry_other_than_the_list_does(files: Mapping[str, str]) -> None:
    found = {name: places for name in files if (places := foreign_words(files[name]))}
    fields = found.pop("api/v1/papers.schema.json")  # has all fields of the API, whatever the list
    assert [place for place in fields if "arXiv" not in place] == []
    assert found == {}
    assert "zibaldone-items" in files["browse.md"]


def test_nor_does_the_frame_of_a_page(empty_site: Path) -> None:
    pages = {file.name: file.read_text("utf-8") for file in empty_site.rglob("*.html")}
    assert {name: found for name, text in pages.items() if (found := foreign_words(text))} == {}
    assert "list of all zibaldone-items" in pages["404.html"]
    assert "Suggest another zibaldone-item" in pages["404.html"]


def test_no_article_stands_before_the_word(files: Mapping[str, str]) -> None:
    """Whether it is `a` or `an` depends on how the word is spoken: a European text, an hour, an MRI."""
    assert [name for name in files if re.search(rf"\ban? {WORDS.one}", files[name], re.IGNORECASE)] == []


def test_no_script_names_an_entry_by_itself() -> None:
    done = subprocess.run([NODE, "tests/strings.mjs"], cwd=ROOT, capture_output=True, text=True, check=True)
    texts = [(place.rpartition("/")[2], text) for place, text in map(json.loads, done.stdout.splitlines())]
    found = [(place.partition(":")[0], text) for place, text in texts if foreign_words(text)]
    names = [text for file, text in found if file not in ("text.js", "wish-words.js")]  # these have what readers type
    assert len(texts) > 500
    assert set(names) == {"paper", "papers", "papers brief"}  # names of a file, of parameters, of keys, and of classes

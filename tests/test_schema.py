"""The JSON Schemas for editors: they report only what the checker reports, and almost all of it within one file.

Editors parse a file as YAML 1.2, where text without quotes may be a number, a Boolean, or null.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import regress
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from playwright.sync_api import Browser
from sites import ROOT, TOY
from test_cases import CASES, prepare

from generator.checks.rules import check
from generator.content.loader import load
from generator.content.model import (
    RELATION_TYPES,
    Category,
    Facet,
    JudgedPaper,
    JudgedQuery,
    Library,
    Paper,
    ReadingPath,
    Site,
    Standard,
    TextFormat,
    ecma_pattern,
)
from generator.content.reader import compose_yaml, read_yaml
from generator.curate.editor_schema import (
    MAX_ENUM_IDS,
    SPACES_AROUND,
    content_schemas,
    id_schema,
    schema_comment,
)

NAMES = ("people.yml", "site.yml", "categories.yml", "venues.yml", "vocabulary.yml")
NOTHING = {"", "~", "null", "Null", "NULL"}
BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
WHOLE = re.compile(r"[-+]?[0-9]+")
BASED = re.compile(r"0x[0-9a-fA-F]+|0o[0-7]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
UNSEEN = {  # problems that are not in the values of one file, or that a schema cannot express
    **dict.fromkeys("arxiv-same identifiers-same summary-same title-near title-with-article".split(), "two papers"),
    **dict.fromkeys("relation-both-ways relation-contradictory relation-extends-later".split(), "two papers"),
    "relation-agrees-and-contrasts": "two papers",
    "tag-implied": "two terms",
    **dict.fromkeys(
        "category-repeated vocabulary-deep vocabulary-parent-circle vocabulary-parent-unknown".split(), "two entries"
    ),
    "accent-too-pale": "contrast",
    **dict.fromkeys("numbers-wrong orcid-wrong".split(), "check digits"),
    **dict.fromkeys("author-repeated others-misplaced".split(), "names"),
    **dict.fromkeys("people-contradictory people-unknown".split(), "two people"),
    "venues-contradictory": "two venues",
    "venues-unknown": "two files",
    "footer-wrong": "a link in a text",
    "repository-with-password": "a password",
    "license-unknown": "the licenses that are known",
    "site-address-with-question": "the site's own rule",
    **dict.fromkeys("file-missing file-not-utf-8 file-too-large link-out-of-content".split(), "the file"),
    **dict.fromkeys("image-missing image-out-of-content image-too-large image-unsafe".split(), "the file"),
    **dict.fromkeys("file-empty key-not-text key-repeated title-with-colon".split(), "YAML"),
    **dict.fromkeys("yaml-deep yaml-indentation yaml-special-start yaml-tags yaml-unfinished".split(), "YAML"),
    **dict.fromkeys("yaml-two-documents yaml-unclosed".split(), "YAML"),
    "category-link-unknown": "a link in a text",
    "added-not-in-calendar": "the calendar",
    "characters": "characters, which editors mark themselves",
    "date-not-in-calendar": "the calendar",
    "page-markup": "Markdown",
    "page-title-too-long": "Markdown",
    "page-without-title": "Markdown",
    "relation-ring": "three papers",
    "relation-to-itself": "the file's name",
    "revised-before-added": "two values",
    "summary-copied": "two texts",
}


def seen(text: str) -> object:
    """Return the value of a file as an editor parses it.

    Raises:
        ValueError: The YAML is invalid.
    """
    node = compose_yaml(text, "")
    if not isinstance(node, yaml.Node):
        raise ValueError(node.message)
    return value_of(node, ())


def value_of(node: yaml.Node, above: tuple[yaml.Node, ...]) -> object:
    """Return the value of a node under the core schema of YAML 1.2."""
    if node in above or not node.tag.startswith("tag:yaml.org,2002:"):
        raise ValueError("an alias of what it is in, or a tag")
    if isinstance(node, yaml.SequenceNode):
        return [value_of(item, (*above, node)) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        if any(not isinstance(key, str) for key in keys) or len(set(keys)) < len(keys):
            raise ValueError("a key that is no text, or stands twice")
        return {key.value: value_of(value, (*above, node)) for key, value in node.value}
    return node.value if isinstance(node, yaml.ScalarNode) and node.style else plain(node.value)


def plain(text: str) -> object:
    """Return the value of a text without quotes."""
    if text in NOTHING:
        return None
    if WHOLE.fullmatch(text):
        return int(text)
    if BASED.fullmatch(text):
        return int(text, 0)
    if FLOAT.fullmatch(text):
        return float(re.sub(r"\.(?=[inIN])", "", text))
    return BOOLEANS.get(text, text)


def validators(library: Library) -> dict[str, Draft7Validator]:
    return {name: Draft7Validator(json.loads(text)) for name, text in content_schemas(library).items()}


def refused(content: Path, library: Library) -> set[str]:
    """Return the files of a content folder that are invalid under their schemas."""
    by_schema = {"papers": "paper.json", "paths": "path.json"}
    validator = validators(library)
    files = [
        file for place in ("papers/*.yml", "paths/*.yml", "judgments/*.yml", *NAMES) for file in content.glob(place)
    ]
    return {
        file.relative_to(content).as_posix()
        for file in files
        if not file.is_symlink() and not accepted(file, validator[by_schema.get(file.parent.name, f"{file.stem}.json")])
    }


def accepted(file: Path, validator: Draft7Validator) -> bool:
    try:
        return validator.is_valid(seen(file.read_text("utf-8")))
    except ValueError:
        return True  # the editor reports the error, but not from the schema


def keys(node: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield all keys of a schema, including nested ones, each with its own schema."""
    if isinstance(node, dict):
        properties = node.get("properties", {})
        yield from properties.items()
        for value in node.values():
            yield from keys(value)
    elif isinstance(node, list):
        for value in node:
            yield from keys(value)


def inside(kind: Any) -> Iterator[Any]:
    """Yield a type and all types within it."""
    yield kind
    for part in get_type_hints(kind, include_extras=True).values() if is_dataclass(kind) else get_args(kind):
        yield from inside(part)


def forms() -> list[TextFormat]:
    """Return all text formats of the model."""
    kinds = (
        kind for top in (Paper, Facet, Category, ReadingPath, JudgedQuery, JudgedPaper, Site) for kind in inside(top)
    )
    return sorted({kind for kind in kinds if isinstance(kind, TextFormat)}, key=lambda form: form.expected)


def test_what_the_checker_takes_is_taken(toy: Library) -> None:
    assert check(toy) == []
    assert refused(TOY, toy) == set()


@pytest.mark.parametrize("name", [file.relative_to(TOY).as_posix() for file in sorted(TOY.rglob("*.yml"))])
def test_the_comment_of_a_file_leads_to_its_schema(name: str, toy: Library) -> None:
    comment = schema_comment(name)
    assert comment.startswith("# yaml-language-server: $schema=")
    target = (ROOT / "content" / name).parent.joinpath(comment.partition("$schema=")[2]).resolve()
    assert (target.parent, target.name in content_schemas(toy)) == (ROOT / "build/schema", True)


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_a_case_is_seen_or_listed_as_unseen(file: Path, tmp_path: Path) -> None:
    case = yaml.safe_load(file.read_text("utf-8"))
    content = tmp_path / "list/content"
    prepare(case, content)
    told = {problem.split(":")[0].removeprefix("content/") for problem in case["expected"]}
    found = refused(content, load(content, {})[0])
    assert found <= told
    assert bool(found) == (file.stem not in UNSEEN)


def test_no_case_is_listed_in_vain() -> None:
    assert UNSEEN.keys() <= {file.stem for file in CASES}


def test_a_retired_paper_owes_nothing(toy: Library) -> None:
    validator = validators(replace(toy, site=replace(toy.site, standard=Standard(tags_least=2, texts=("why",)))))
    entry = {"title": "T", "authors": [], "category": "gone", "abstract": "A", "tags": ["gone", "gone"]}
    assert validator["paper.json"].is_valid({**entry, "retired": "It was a draft."})
    assert not validator["paper.json"].is_valid(entry)
    assert not validator["paper.json"].is_valid({**entry, "retired": "It was a draft.", "rating": 5})


@pytest.mark.parametrize(
    ("tags", "taken"), [("", False), ("gan", False), ("gan image", True), ("gan image neuron", False)]
)
def test_the_standard_of_the_list_counts(tags: str, taken: bool, toy: Library) -> None:
    site = replace(toy.site, standard=Standard(tags_least=1, tags_most=2, facets=2, texts=("summary", "summary")))
    entry = {"title": "T", "authors": ["A"], "category": "generators", "abstract": "A", "tags": tags.split()}
    validator = validators(replace(toy, site=site))["paper.json"]
    assert validator.is_valid({**entry, "summary": "S"}) == taken
    assert not validator.is_valid(entry)


# Values as YAML source text.
WORDS = [
    *"7 007 2017 2100 -1 1e5 .5 .inf .nan 0x1F 0o17 2017.0 2017-01-26 2017-13 1701.07875 1701.07875v2".split(),
    *"true FALSE no gan image loudness zebra generators tr0n wasserstein-gan index conference ICML because".split(),
    *"https://a.b/c javascript:x 10.1145/3528223 2023.acl-long.522 P18-1234 hep-th/9901001 <<".split(),
    *['""', '" "', '"2017"', '" 2017 "', '"true"', '"null"', '"x\\ny"', '" A line "', '"Why?"', '"\\u0007"', "'it''s'"],
]
LETTERS = st.characters(exclude_categories=("C", "Nd", "Zl", "Zp"), include_characters="0123456789\n")
SCALARS = st.sampled_from(WORDS) | st.text(LETTERS, max_size=30).map(lambda text: json.dumps(text, ensure_ascii=False))
KEYS = st.sampled_from([*get_type_hints(Paper), *RELATION_TYPES, "because", "name", "year", "track", "code", "rating"])
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)
ENTRY: Mapping[str, Any] = {
    "title": '"Wasserstein GAN"',
    "authors": ["Martin Arjovsky", "Soumith Chintala"],
    "arxiv": "1701.07875",
    "published": "2017-01-26",
    "venue": {"name": "ICML", "year": "2017", "track": "conference"},
    "links": {"code": "https://a.b/c"},
    "category": "generators",
    "tags": ["gan", "image"],
    "questions": ["Why so?"],
    "relations": [{"competes": "improved-techniques-for-training-gans", "because": "Both steady it."}],
    "summary": "A summary of its own.",
    "abstract": "Nothing like it.",
}


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Any]:
    """Draw an entry with one or two random changes."""
    entry = dict(ENTRY)
    for _ in range(draw(st.integers(1, 2))):
        key = draw(st.sampled_from([*ENTRY]) | KEYS)
        old = entry.pop(key, None)
        if draw(st.integers(0, 5)):
            entry[key] = draw(altered(old))
    return entry


def altered(old: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for other values, or for this one with a change inside."""
    if isinstance(old, list):
        return st.one_of(st.sampled_from(old or ["x"]), SCALARS, VALUES).map(lambda more: [*old, more]) | VALUES
    if isinstance(old, dict):
        keys = st.sampled_from([*old] or ["code"]) | KEYS
        return st.tuples(keys, SCALARS | VALUES).map(lambda pair: {**old, pair[0]: pair[1]}) | VALUES
    return SCALARS | VALUES


def shown(value: Any) -> str:
    """Return a value as YAML on one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {shown(of)}' for key, of in value.items())}}}"
    return f"[{', '.join(map(shown, value))}]" if isinstance(value, list) else value


@cache
def strict() -> tuple[Library, Draft7Validator]:
    """Return the toy list with a standard, and the schema for its papers."""
    library, _ = load(TOY, {})
    library = replace(library, site=replace(library.site, standard=Standard(1, 3, 1, ("summary",))))
    return library, validators(library)["paper.json"]


@given(entries())
@example({**ENTRY, "title": "true", "authors": ["7", "false"], "abstract": ".inf"})
@example({**ENTRY, "venue": {"name": "2017", "year": '" 2017 "', "track": "workshop"}})
@example({**ENTRY, "retired": "true", "category": "7", "tags": ["7", "7"], "authors": []})
def test_no_entry_is_refused_that_the_checker_takes(entry: dict[str, Any]) -> None:
    library, validator = strict()
    text, name = shown(entry), "wasserstein-gan"
    paper, marks, problems = read_yaml(text, name, Paper, id=name)
    if not problems:
        others = tuple(other for other in library.papers if other.id != name)
        marked = {**library.marks, f"papers/{name}.yml": marks}
        on_list, off_list = ((*others, paper), ()) if not paper.retired else (others, (paper,))
        changed = replace(library, papers=on_list, retired=off_list, marks=marked)
        problems = [problem for problem in check(changed) if problem.file == name]
    assert problems or validator.is_valid(seen(text))


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.expected)
def test_patterns_mean_the_same_in_both_languages(form: TextFormat) -> None:
    kept = ecma_pattern(form.pattern, SPACES_AROUND)
    engines = [regress.Regex(kept, flags) for flags in ("", "u")]

    whole, part = (st.from_regex(form.pattern, fullmatch=whole, alphabet=LETTERS) for whole in (True, False))

    @given(whole | part | st.text(LETTERS))
    def same(text: str) -> None:
        taken = bool(re.fullmatch(form.pattern, text.strip()))
        assert [bool(engine.find(text)) for engine in engines] == [taken, taken]
        assert bool(re.search(kept, text)) == taken

    same()


def test_a_browser_reads_the_patterns(chromium: Browser) -> None:
    texts = [
        "x",
        " x\n",
        "a\nb",
        "",
        " ",
        "wasserstein-gan",
        "A-b",
        "a" * 100,
        "a" * 101,
        "http://a.b/c?d",
        "http:///c",
    ]
    texts += ["Why?", "Why", "2017-01-26", "2017-13", "1701.07875", "1701.07875v1", "hep-th/9901001", "10.1145/35.3 "]
    texts += ['10.1/a"b', "2023.acl-long.522", "P18-1234", "über ", "\u00a0x"]
    page = chromium.new_page()
    for form in forms():
        taken = [bool(re.fullmatch(form.pattern, text.strip())) for text in texts]
        for flags in ("", "u"):
            ask = "([pattern, flags, texts]) => texts.map((text) => new RegExp(pattern, flags).test(text))"
            assert page.evaluate(ask, [ecma_pattern(form.pattern, SPACES_AROUND), flags, texts]) == taken
    page.close()


def test_every_key_is_explained(toy: Library) -> None:
    written = [json.loads(text) for text in content_schemas(toy).values()]
    explained = [(key, of.get("description", "")) for schema in written for key, of in keys(schema)]
    assert [key for key, sentence in explained if not re.fullmatch(r"[A-Z].*\.", sentence)] == []


@pytest.mark.parametrize(
    "name",
    "paper.json path.json vocabulary.json categories.json search.json related.json site.json".split(),
)
def test_schemas_are_schemas_and_always_the_same(name: str, toy: Library) -> None:
    for listed in (toy, replace(toy, papers=(), facets=(), categories=(), paths=())):
        text = content_schemas(listed)[name]
        Draft7Validator.check_schema(json.loads(text))
        assert text == content_schemas(listed)[name]


def test_ids_are_offered_with_their_names(toy: Library) -> None:
    lists = json.loads(content_schemas(toy)["paper.json"])["definitions"]
    papers = dict(zip(lists["paper"]["enum"], lists["paper"]["enumDescriptions"], strict=True))
    tags = dict(zip(lists["tag"]["enum"], lists["tag"]["enumDescriptions"], strict=True))
    assert papers == {paper.id: paper.title for paper in toy.papers}
    assert tags["gan"].startswith("Generative adversarial network: Two networks trained against each other")
    assert lists["category"]["enum"] == [shelf.id for shelf in toy.shelves]


def test_retired_terms_are_not_offered(toy: Library) -> None:
    lists = json.loads(content_schemas(toy)["paper.json"])["definitions"]
    assert "loudness" not in lists["tag"]["enum"]
    assert "loudness" in json.loads(content_schemas(toy)["vocabulary.json"])["definitions"]["term"]["enum"]


@pytest.mark.parametrize("count", [0, MAX_ENUM_IDS + 1])
def test_without_a_list_of_ids_their_form_is_checked(count: int) -> None:
    ids = Draft7Validator(id_schema({f"paper-{n}": "" for n in range(count)}, "a paper"))
    assert ids.is_valid("paper-1")
    assert not ids.is_valid("Paper 1")


@pytest.mark.parametrize("name", ["2048", "007", "1e5", "0x1f", "true"])
def test_ids_that_look_like_something_else_need_no_quotes(name: str) -> None:
    ids = Draft7Validator(id_schema({"a": "", name: ""}, "a paper"))
    assert ids.is_valid(name)
    assert ids.is_valid(plain(name))
    assert not ids.is_valid("b")

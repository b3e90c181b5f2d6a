"""The pure functions of the scripts, called in a browser without a page, and search without a browser."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import yaml
from browser import page_with_scripts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from sites import ROOT, TOY, run, scripts, workshop

from generator.citations.citation import citations_by_paper
from generator.citations.csl import csl_item
from generator.content.model import Library, Site
from generator.site.hosts import issue_address, named_suggestion_address

Ask = Callable[..., Any]
EXPORTS = "text query selection orders proposal suggestion facet-values figures comparison"
SCRIPTS = ROOT / "generator/search/browser"
NODE = shutil.which("node") or str(ROOT / ".venv/bin/node")
KEYS = ("tag", "category", "kind", "venue", "author", "code", "mine", "mytag")


@pytest.fixture(scope="module")
def ask(chromium: Browser, address: str) -> Iterator[Ask]:
    """Yield a function that calls a named function of a script; sets and maps are returned as lists."""
    with page_with_scripts(chromium, address, "engine", EXPORTS.split()) as page:
        yield lambda name, *given: page.evaluate(
            "([[script, name], given]) => scripts[script][name](...given)", [name.split("."), list(given)]
        )


@pytest.mark.parametrize(
    ("one", "other", "most", "errors"),
    [
        *(("gan", "gan", 2, 0), ("gan", "gna", 2, 1), ("gan", "gain", 2, 1), ("gan", "an", 2, 1), ("gan", "fan", 2, 1)),
        *(("difusion", "diffusion", 2, 1), ("wasserstien", "wasserstein", 2, 1), ("abcd", "badc", 2, 2)),
        *(("", "", 2, 0), ("", "ab", 2, 2), ("a", "abcdef", 2, 3), ("kitten", "sitting", 2, 3)),
    ],
)
def test_typing_errors_are_counted(ask: Ask, one: str, other: str, most: int, errors: int) -> None:
    assert ask("text.editDistance", one, other, most) == errors
    assert ask("text.editDistance", other, one, most) == errors


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((1, "tag"), "1 tag"),
        ((0, "tag"), "0 tags"),
        ((1, "thesis", "theses"), "1 thesis"),
        ((2, "thesis", "theses"), "2 theses"),
        ((1234, "series", "series"), "1,234 series"),
    ],
)
def test_plurals(ask: Ask, given: tuple[object, ...], said: str) -> None:
    assert ask("text.plural", *given) == said


def test_old_ids_in_an_address_are_those_of_today(ask: Ask) -> None:
    old = ask("selection.parseSelection", "?tag=adversarial-net,gan,image&category=-training")
    new = ask("selection.withNewIds", old, {"tag": {"adversarial-net": "gan"}, "category": {"training": "generators"}})
    assert ask("selection.formatSelection", new) == "?tag=gan,image&category=-generators"


def test_no_object_is_looked_up_by_a_text_that_may_be_any() -> None:
    """Objects inherit properties such as `constructor`, so such texts are looked up in a Map."""
    done = subprocess.run([NODE, "tests/lookups.mjs"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == ""


@pytest.mark.parametrize("name", ["constructor", "toString", "hasOwnProperty", "__proto__"])
def test_names_of_inherited_properties_are_ordinary_values(ask: Ask, name: str) -> None:
    path = f"?tag={name}&category=-{name}&all={name}"
    read = ask("selection.parseSelection", f"{path}&sort={name}&view={name}")
    assert (read["chosen"]["tag"], read["sort"], read["view"]) == ([name], "", "")
    new = ask("selection.withNewIds", read, {"tag": {"old": "gan"}, "category": {}})
    assert ask("selection.formatSelection", new) == path
    assert ask("proposal.issueAddress", f"https://a.b/{{{name}}}", {"id": "x", "title": "y"}, []) == "https://a.b/"


@pytest.mark.parametrize(
    ("words", "same"),
    [
        *(
            ("explains explained explaining", True),
            ("color colour colours", True),
            ("optimise optimize optimizing", True),
        ),
        *(("normalisation normalization", True), ("generate generator generative", True), ("generator general", False)),
        ("generalization generation", False),
        ("explanations explanation explainable explainer explains", True),
        ("decision decide deciding", True),
        ("production produces", True),
        ("description describe describing", True),
        ("classification classifier classify", True),
        ("specification specify specific", True),
        ("synthesis synthetic synthesize synthesise", True),
        ("analysis analyses analyze analytic", True),
        ("recognition recognize recognise", True),
        ("theory theories theoretical", True),
        ("stability stable stabilize", True),
        ("sparsity sparse", True),
        ("repetition repeats repetitive", True),
        *((pair, False) for pair in ("prior priority", "quite quiz", "noise node", "thesis synthesis", "motif motive")),
    ],
)
def test_stems(ask: Ask, words: str, *, same: bool) -> None:
    assert (len({ask("text.stem", word) for word in words.split()}) == 1) == same


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("few-shot", [["few", "fewshot"], ["shot"]]),
        ("GNNExplainer", [["gnnexplainer", "gnn", "explainer"]]),
        ("StyleGAN2", [["stylegan2", "style", "gan"]]),
        ("Léon Bottou", [["leon"], ["bottou"]]),
        ("Krähenbühl, Straße", [["krahenbuhl"], ["strasse"]]),
        ("生成 モデル", [["生成"], ["モテル"]]),
        ("", []),
    ],
)
def test_words_are_found_in_all_their_forms(ask: Ask, text: str, forms: list[list[str]]) -> None:
    assert [word["forms"] for word in ask("text.tokens", text)] == forms


@pytest.mark.parametrize(
    ("typed", "words", "phrases", "excluded", "conditions", "unfinished"),
    [
        ("gan loss", ["gan", "loss"], [], [], [], True),
        ("gan ", ["gan"], [], [], [], False),
        ('"mode collapse" gan', ["gan"], [["mode", "collapse"]], [], [], True),
        ('"mode col', [], [["mode", "col"]], [], [], False),
        ("gan -image", ["gan"], [], ["image"], [], False),
        ("few-shot", ["few", "shot"], [], [], [], True),
        ('tag:"saliency map" -year:2019', [], [], [], [["tag", "saliency map", False], ["year", "2019", True]], False),
        ("Author:Bau", [], [], [], [["author", "Bau", False]], False),
        ('- -- : "" tag:', ["tag"], [], [], [], True),
        ("has:code GAN:theory", ["gan", "theory"], [], [], [], True),
        ('GAN: "mode collapse" 12:30', ["gan", "12", "30"], [["mode", "collapse"]], [], [], True),
        (
            'code:yes -kind:survey shelf:"a b"',
            [],
            [],
            [],
            [["code", "yes", False], ["kind", "survey", True], ["shelf", "a b", False]],
            False,
        ),
        ("see https://arxiv.org/abs/1701.07875", ["see"], [], [], [], False),
        ("", [], [], [], [], False),
    ],
)
def test_queries_are_taken_apart(
    ask: Ask,
    typed: str,
    words: list[str],
    phrases: list[list[str]],
    excluded: list[str],
    conditions: list[list[object]],
    *,
    unfinished: bool,
) -> None:
    query = ask("query.parseQuery", typed)
    assert query["words"] == words
    assert [phrase["words"] for phrase in query["phrases"]] == phrases
    assert query["excluded"] == excluded
    assert [[one["operator"], one["value"], one["negated"]] for one in query["conditions"]] == conditions
    assert query["unfinished"] == unfinished


@pytest.mark.parametrize(
    ("value", "span"),
    [
        *(("2017", [2017, 2017]), ("2015-2018", [2015, 2018]), ("2015–2018", [2015, 2018]), ("2019-", [2019, 9999])),
        *(("380", [380, 380]), ("0380-1687", [380, 1687]), ("079", [79, 79])),
        *(("-2016", [0, 2016]), ("", None), ("-", None), ("soon", None), ("20", None), ("2017-19", None)),
    ],
)
def test_years(ask: Ask, value: str, span: list[int] | None) -> None:
    assert ask("query.yearRange", value) == span


def test_a_selection_is_a_readable_address(ask: Ask) -> None:
    path = "?q=faces+%26+hair&tag=gan,-image-editing&year=2015-2019&all=model&sort=title&view=compact"
    read = ask("selection.parseSelection", path)
    assert read["q"] == "faces & hair"
    assert read["chosen"]["tag"] == ["gan"]
    assert read["excluded"]["tag"] == ["image-editing"]
    assert (read["from"], read["to"]) == (2015, 2019)
    assert ask("selection.formatSelection", read) == path
    assert ask("selection.formatSelection", ask("selection.parseSelection", "")) == ""


@pytest.mark.parametrize(
    ("sort", "papers"),
    [
        *(("", [3, 1, 0, 2]), ("relevance", [3, 1, 0, 2]), ("newest", [0, 1, 2, 3]), ("oldest", [2, 1, 0, 3])),
        *(("added", [1, 0, 2, 3]), ("title", [1, 2, 0, 3])),
    ],
)
def test_orders(ask: Ask, sort: str, papers: list[int]) -> None:
    columns = {
        "titles": ["Paper 10", "A paper", "Paper 9", "Zebra"],
        "years": [2020, 2019, 2018, 0],
        "added": ["2026-01-12", "2026-02-01", "2026-01-12", ""],
    }
    assert ask("orders.sortPapers", {"papers": columns}, [3, 1, 0, 2], sort) == papers


ids = st.lists(st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5})?", fullmatch=True), max_size=3, unique=True)
years = st.sampled_from([0, 79, 380, 1999, 2017, 2024])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.fixed_dictionaries(dict.fromkeys(KEYS, ids)),
    st.fixed_dictionaries(dict.fromkeys(KEYS, ids)),
    *(ids, years, years, ids, st.sampled_from(["", "newest", "added", "title"]), st.sampled_from(["", "compact"])),
)
def test_address_and_selection_are_inverse(
    ask: Ask,
    q: str,
    chosen: dict[str, list[str]],
    excluded: dict[str, list[str]],
    every: list[str],
    first: int,
    last: int,
    papers: list[str],
    sort: str,
    view: str,
) -> None:
    selection = {"q": q, "chosen": chosen, "excluded": excluded, "all": every, "from": first, "to": last}
    selection |= {"papers": papers, "sort": sort, "view": view}
    assert ask("selection.parseSelection", ask("selection.formatSelection", selection)) == selection


def term(term_id: str, name: str, facet: str, *aliases: str) -> dict[str, object]:
    return {
        "id": term_id,
        "name": name,
        "facet": facet,
        "parent": "",
        "definition": "",
        "scope": "",
        "aliases": aliases,
        "covers": [],
    }


NESTED = [{**term(one, one, "Model"), "parent": above} for one, above in zip("abc", ("", "a", "b"), strict=True)]
TERMS = [
    term("gan", "Generative adversarial network", "Model", "GAN", "forger and detective"),
    term("stylegan", "StyleGAN", "Model", "style-based GAN"),
    term("gan-inversion", "GAN inversion", "Task", "projection"),
    term("image", "Images", "Subject", "photographs", "colour pictures"),
]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("", [("gan", ""), ("stylegan", ""), ("gan-inversion", ""), ("image", "")]),
        ("gan", [("gan", ""), ("gan-inversion", ""), ("stylegan", "style-based GAN")]),  # the whole id comes first
        ("GAN inv", [("gan-inversion", "")]),
        ("detective forger", [("gan", "forger and detective")]),
        ("stylegan", [("stylegan", "")]),
        ("projections", [("gan-inversion", "")]),  # one letter too many
        ("colour images", [("image", "")]),
        ("photgraphs", [("image", "")]),
        ("gna", []),
        ("qqqq", []),
        ("( [ \\ *", [("gan", ""), ("stylegan", ""), ("gan-inversion", ""), ("image", "")]),
    ],
)
def test_terms_are_found_by_any_of_their_names(ask: Ask, text: str, hits: list[tuple[str, str]]) -> None:
    found = ask("proposal.findTerms", TERMS, text)
    assert [(hit["term"]["id"], hit["alias"]) for hit in found] == hits


@pytest.mark.parametrize(
    ("before", "chosen", "after"),
    [
        (["gan", "image"], ["gan", "image", "stylegan"], ["gan", "stylegan", "image"]),
        (
            ["image", "gan"],
            ["image", "gan", "gan-inversion", "stylegan"],
            ["image", "gan", "stylegan", "gan-inversion"],
        ),
        (["image", "gan", "stylegan"], ["gan", "image"], ["image", "gan"]),
        ([], ["image", "gan"], ["gan", "image"]),
        (["gan", "unknown"], ["gan", "unknown", "image"], ["gan", "image", "unknown"]),
        (["gan"], [], []),
    ],
)
def test_tags_are_put_in_the_order_of_their_file(
    ask: Ask, before: list[str], chosen: list[str], after: list[str]
) -> None:
    assert ask("proposal.orderTags", TERMS, before, chosen) == after


def test_a_narrower_tag_implies_the_broader_ones(ask: Ask) -> None:
    assert ask("proposal.addTag", NESTED, ["a", "b", "x"], "c") == ["x", "c"]
    assert ask("proposal.implyingTag", NESTED, ["x", "c"], "a") == "c"
    assert ask("proposal.implyingTag", NESTED, ["x", "a"], "c") is None


@pytest.mark.parametrize(
    ("before", "chosen", "said"),
    [
        ("gan", "gan", "Nothing has changed yet."),
        ("gan image", "gan stylegan", "Adds stylegan; removes image."),
        ("gan", "gan stylegan image", "Adds stylegan, image."),
        ("gan", "", "Removes gan."),
    ],
)
def test_a_change_is_put_in_words(ask: Ask, before: str, chosen: str, said: str) -> None:
    assert ask("proposal.describeChange", before.split(), chosen.split()) == said


@pytest.mark.parametrize(
    ("least", "most", "facets", "chosen", "asked", "kept"),
    [
        (2, 3, 2, "gan image", "2 to 3 tags from at least 2 facets", "2 tags from 2 facets, as asked"),
        (2, 3, 2, "gan", "2 to 3 tags from at least 2 facets", "1 tag from 1 facet, 1 tag too few and 1 facet too few"),
        (0, 1, 0, "gan stylegan image", "at most 1 tag", "3 tags from 2 facets, 2 tags too many"),
        (2, 2, 0, "gan image", "2 tags", "2 tags from 2 facets, as asked"),
        (1, 1000, 0, "", "at least 1 tag", "0 tags from 0 facets, 1 tag too few"),
        (0, 1000, 1, "unknown", "tags from at least 1 facet", "1 tag from 0 facets, 1 facet too few"),
    ],
)
def test_tags_are_held_to_the_standard(
    ask: Ask, least: int, most: int, facets: int, chosen: str, asked: str, kept: str
) -> None:
    vocabulary = {"standard": {"least": least, "most": most, "facets": facets}, "terms": TERMS}
    assert ask("proposal.standardReport", vocabulary, chosen.split()) == f"This list asks for {asked}. Here: {kept}."


def test_a_list_that_asks_nothing_of_tags(ask: Ask) -> None:
    assert (
        ask("proposal.standardReport", {"standard": {"least": 0, "most": 1000, "facets": 0}, "terms": TERMS}, ["gan"])
        == ""
    )


BODY = "### Entry\n\nwgan\n\n### Tags\n\n```yaml\ntags: [gan, image]\n```\n\n### Why\n\n"
TITLE = 'Tags of A & B: "100 %" #1 生成 {body}'


@pytest.mark.parametrize(
    ("repository", "path", "fields"),
    [
        (
            "https://github.com/a/b/",
            "/a/b/issues/new",
            {"template": "tags.yml", "title": TITLE, "paper": "wgan", "tags": "tags: [gan, image]"},
        ),
        ("https://gitlab.com/a/b", "/a/b/-/issues/new", {"issue[title]": TITLE, "issue[description]": BODY}),
        ("https://gitlab.example.org/a/b", "/a/b/-/issues/new", {"issue[title]": TITLE, "issue[description]": BODY}),
        ("https://codeberg.org/a/b", "/a/b/issues/new", {"title": TITLE, "body": BODY}),
        ("https://gitea.example.org/a/b", "/a/b/issues/new", {"title": TITLE, "body": BODY}),
        ("https://forgejo.example.org/a/b", "/a/b/issues/new", {"title": TITLE, "body": BODY}),
    ],
)
def test_an_issue_is_filled_in_as_its_host_wants_it(
    ask: Ask, repository: str, path: str, fields: dict[str, str]
) -> None:
    form = issue_address(Site("", "", "", repository=repository))
    paper = {"id": "wgan", "title": TITLE.removeprefix("Tags of ")}
    address = urlsplit(ask("proposal.issueAddress", form, paper, ["gan", "image"]))
    assert address.path == path
    assert dict(parse_qsl(address.query, keep_blank_values=True, strict_parsing=True)) == fields


FILLED = "### arXiv id, DOI, ISBN or address\n\n{}\n\n### Title\n\n{}\n\n### Why\n\n"
WORK = 'A & B: "100 %" #1 生成 {body}'


@pytest.mark.parametrize(
    ("repository", "path", "titled", "identified"),
    [
        (
            "https://github.com/a/b/",
            "/a/b/issues/new",
            {"template": "paper.yml", "title": f"Entry: {WORK}", "identifier": "", "work-title": WORK},
            {"template": "paper.yml", "title": "Entry: 2401.00001", "identifier": "2401.00001", "work-title": ""},
        ),
        (
            "https://gitlab.com/a/b",
            "/a/b/-/issues/new",
            {
                "issue[title]": f"Entry: {WORK}",
                "issue[description]": FILLED.format("", WORK),
            },
            {
                "issue[title]": "Entry: 2401.00001",
                "issue[description]": FILLED.format("2401.00001", ""),
            },
        ),
        (
            "https://codeberg.org/a/b",
            "/a/b/issues/new",
            {
                "template": ".github/ISSUE_TEMPLATE/paper.yml",
                "title": f"Entry: {WORK}",
                "field:identifier": "",
                "field:work-title": WORK,
            },
            {
                "template": ".github/ISSUE_TEMPLATE/paper.yml",
                "title": "Entry: 2401.00001",
                "field:identifier": "2401.00001",
                "field:work-title": "",
            },
        ),
    ],
)
def test_a_suggestion_is_filled_in_as_its_host_wants_it(
    ask: Ask, repository: str, path: str, titled: dict[str, str], identified: dict[str, str]
) -> None:
    form = named_suggestion_address(Site("", "", "", repository=repository))
    for typed, fields in ((WORK, titled), ("2401.00001", identified)):
        address = urlsplit(ask("suggestion.suggestionAddress", form, typed))
        assert address.path == path
        assert dict(parse_qsl(address.query, keep_blank_values=True, strict_parsing=True)) == fields


def test_a_suggestion_has_fields_of_the_form() -> None:
    fields = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/paper.yml").read_text("utf-8"))["body"]
    for repository in ("https://github.com/a/b", "https://codeberg.org/a/b"):
        form = named_suggestion_address(Site("", "", "", repository=repository)) or ""
        named = {key.removeprefix("field:") for key, _ in parse_qsl(urlsplit(form).query)} - {"template", "title"}
        assert named == {"identifier", "work-title"} <= {field["id"] for field in fields}


@pytest.mark.parametrize(
    ("typed", "identifier", "title"),
    [
        ("Attention Is All You Need", "", "Attention Is All You Need"),
        ("https://example.org/post", "https://example.org/post", ""),
        ("A post, https://example.org/post", "https://example.org/post", "A post,"),
        ("doi:10.1145/3528223.3530164", "doi:10.1145/3528223.3530164", ""),
        ("978-3-16-148410-0", "978-3-16-148410-0", ""),
        (f"{'x' * 299}🙂", "", f"{'x' * 299}\ufffd"),
    ],
)
def test_what_was_typed_is_suggested_as_title_or_address(ask: Ask, typed: str, identifier: str, title: str) -> None:
    filled = ask("suggestion.suggestionAddress", "https://a.b/?i={identifier}&t={title}", typed)
    assert dict(parse_qsl(urlsplit(filled).query, keep_blank_values=True)) == {"i": identifier, "t": title}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("attention is all you need", "attention is all you need"),
        ('"attention is" all -cnn tag:nlp has:code', "attention is all"),
        ("+recent GAN: a survey", "recent GAN: a survey"),
        ("+re:zero", "re:zero"),
        ("tag:gan", ""),
        ("https://example.org/a:b", "https://example.org/a:b"),
    ],
)
def test_filters_are_no_part_of_a_title(ask: Ask, query: str, words: str) -> None:
    assert ask("query.plainWords", query) == words


def test_some_hosts_take_no_issue() -> None:
    for address in (issue_address, named_suggestion_address):
        assert address(Site("", "", "", repository="https://bitbucket.org/a/b")) is None
        assert address(Site("", "", "")) is None


def test_scripts_are_small(site: Path) -> None:
    """Only readers with a list of their own load the last ones; citeproc is fetched only for a style of citations."""
    every_page, search, others = scripts(site)
    assert every_page < 4_727  # 3,000 bytes more than without the reader's own list
    assert search < 45_100
    assert others < 41_000


@pytest.fixture(scope="module")
def search_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the search data of the toy list."""
    folder = workshop(tmp_path_factory.mktemp("toy"))
    assert run(folder, "-m", "generator", "build", "--content", TOY).returncode == 0
    return folder / "build/site/search"


def answers(folder: Path, *queries: str) -> list[list[str]]:
    """Return the papers found for each query, without a browser."""
    done = subprocess.run(
        [NODE, SCRIPTS / "measure.mjs", folder],
        input=json.dumps([{"q": query} for query in queries]),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[list[str]] = json.loads(done.stdout)
    return found


def test_queries_are_answered_without_a_browser(search_folder: Path, toy: Library) -> None:
    first, none, every = answers(search_folder, "wasserstein", "xqzzy", "")
    assert (first[0], none, len(every)) == ("wasserstein-gan", [], len(toy.papers))


STYLED = """
import { readFileSync } from "node:fs";
import citeproc from "citeproc";
import { formatBibliography } from "./generator/search/browser/engine/bibliography.js";
const read = (name) => JSON.parse(readFileSync(`generator/site/theme/assets/scripts/styles/${name}.json`));
const text = (style, item) => formatBibliography(citeproc, read(style), read("locales"), [item])[0];
const items = JSON.parse(readFileSync(0));
const texts = (style) => items.map((item) => text(style, item).map((piece) => piece.text).join(""));
console.log(JSON.stringify(Object.fromEntries(process.argv.slice(1).map((style) => [style, texts(style)]))));
"""


def test_styles_set_works_of_every_kind(works: Library) -> None:
    found = citations_by_paper(works)
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", STYLED, "apa", "chicago", "harvard"],
        input=f"[{','.join(map(csl_item, found.values()))}]",
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    styled = {style: dict(zip(found, texts, strict=True)) for style, texts in json.loads(done.stdout).items()}
    for style, work, text in (
        ("apa", "computer-science-today", "van Leeuwen, J. (Ed.). (1995). Computer Science Today. Springer."),
        ("apa", "propagation", "In D. E. Rumelhart, J. L. McClelland, & PDP Research Group (Eds.), Parallel"),
        ("apa", "page-rank", "(Technical Report No. 1999-66). Stanford InfoLab."),  # a number, not a range
        ("apa", "health-guidance", "Intelligence for Health. (2021). World Health Organization."),
        ("apa", "relay-circuits", "[Master’s thesis, Massachusetts Institute of Technology]"),
        ("apa", "iris", "Iris (Version 1) [Dataset]. UCI Machine Learning Repository."),
        ("apa", "parser", "A Parser for Every Language (Version 3.0) [Computer software]. Zenodo."),
        ("apa", "lstm-networks", "(2015, August 27). Understanding LSTM Networks. Colah’s Blog."),
        (
            "apa",
            "about-the-archive",
            "About the Archive. (n.d.). The Archive; Example University. Retrieved March 1, 2026",
        ),
        ("apa", "solitude", "García Márquez, G. (1967)."),
        ("chicago", "your-research", "Colloquium talk presented at the Bell Communications Research Colloquium"),
        ("harvard", "computer-science-today", "(ed.) (1995)"),
        ("harvard", "cunctos-populos", "‘Cunctos populos’ (380AD) Codex Theodosianus."),
    ):
        assert text in styled[style][work]


@pytest.mark.parametrize("name", ["category", "kind", "venue", "author", "code", "year", "subject"])
def test_a_facet_of_the_vocabulary_may_be_called_as_another_one(ask: Ask, name: str) -> None:
    columns = {"categories": [0], "kinds": [0], "venues": [0], "authors": [[0]], "code": [1], "tags": [[0]]}
    given = {"facets": [{"id": name, "name": "Ours"}], "terms": [{"id": "t", "name": "T", "facet": name, "parent": -1}]}
    of = [{"id": "x", "name": "X"}]
    own: dict[str, list[object]] = {"values": [], "states": [], "tagNames": [], "tags": []}
    lists = {"categories": of, "kinds": of, "venues": of, "people": of, "papers": columns, "own": own}
    facets = ask("selection.listFacets", given | lists)
    assert len({facet["id"] for facet in facets}) == len(facets) == 6
    assert [(facet["name"], facet["key"]) for facet in facets if facet["values"][0]["id"] == "t"] == [("Ours", "tag")]


def shown_values(ask: Ask, *depths: int, key: str = "tag", **folding: object) -> tuple[list[int], int]:
    """Return the values of a facet that are shown, and how many are left; each has a number as its name."""
    values = [{"id": f"v{at}", "name": f"Value {at}", "depth": depth} for at, depth in enumerate(depths)]
    plain = {"kept": [], "wanted": "", "steps": 0}
    found = ask("facet_values.shownValues", {"key": key, "values": values}, plain | folding)
    return found["shown"], found["left"]


def test_a_long_facet_is_folded_to_the_values_with_the_most_papers(ask: Ask) -> None:
    counts = [1, 9, 0, 8, 2, 7, 3, 6, 4, 5, 0, 1]
    flat = [0] * len(counts)
    assert shown_values(ask, *flat, counts=counts) == ([0, 1, 3, 4, 5, 6, 7, 8, 9, 11], 2)
    assert shown_values(ask, *flat, 0, counts=[*counts, 1]) == ([1, 3, 4, 5, 6, 7, 8, 9], 5)
    assert shown_values(ask, *flat, 0, counts=[*counts, 1], key="venue") == ([1, 3, 5, 7, 9, 8, 6, 4], 5)
    assert shown_values(ask, *flat, 0, counts=[*counts, 1], kept=[2, 12])[0] == [1, 2, 3, 5, 7, 8, 9, 12]
    assert shown_values(ask, *flat, 0, counts=[*counts, 1], steps=1) == (list(range(13)), 0)


def test_values_without_papers_come_when_asked_for(ask: Ask) -> None:
    assert shown_values(ask, 0, 0, 0, counts=[0, 2, 0]) == ([1], 2)
    assert shown_values(ask, 0, 0, 0, counts=[0, 2, 0], steps=1) == ([0, 1, 2], 0)
    assert shown_values(ask, 0, 0, 0, counts=[0, 2, 0], wanted="VALUE 2") == ([2], 0)
    assert shown_values(ask, 0, 0, 0, counts=[0, 0, 0]) == ([], 3)


def test_narrower_values_stand_below_their_broader_ones(ask: Ask) -> None:
    assert shown_values(ask, 0, 1, 2, 1, 0, counts=[0, 0, 3, 0, 0]) == ([0, 1, 2], 2)
    assert shown_values(ask, 0, 1, 2, 1, 0, counts=[5, 4, 3, 2, 1], wanted="value 3") == ([0, 3], 0)


def test_few_values_of_thousands_are_shown_at_a_time(ask: Ask) -> None:
    counts = [at % 7 for at in range(5000)]
    for steps, most in ((0, 8), (1, 108), (2, 208)):
        shown, left = shown_values(ask, *[0] * 5000, counts=counts, steps=steps)
        assert (len(shown), len(shown) + left) == (most, 5000)
    assert len(shown_values(ask, *[0] * 5000, counts=counts, wanted="value")[0]) == 100


def figure_sentences(ask: Ask, text: str) -> list[str]:
    """Return the sentences of a text that quote figures."""
    return [text[span["start"] : span["end"]] for span in ask("figures.figureSentences", text)]


@pytest.mark.parametrize(
    "sentence",
    """It improves accuracy by 12%.
    It improves accuracy by 3.5 percentage points.
    Training is 4x faster.
    Training is 2.5 times faster.
    It needs 3 times fewer steps.
    This is a 10-fold gain.
    It reaches a zero-shot FID of 10.9 on MS-COCO.
    It reaches FID 2.84 and BLEU 41.8.
    The correlation (0.92) is high.
    A model with 1.5B parameters wins.
    It was trained on 400 million pairs.
    The data set has 70,000 images.
    Images have 1024×1024 pixels.
    Images have 1024^2 pixels.
    Images are synthesized at 1024².
    It is a 1/2 approximation.
    Inference takes 20 ms.
    It runs on 8 GPUs.
    It costs $5 to train.
    Differences are significant (p<0.05).
    We evaluate 12 popular models.
    In 12 domains it wins.""".splitlines(),
)
def test_sentences_with_figures_are_found(ask: Ask, sentence: str) -> None:
    assert figure_sentences(ask, sentence.strip()) == [sentence.strip()]


@pytest.mark.parametrize(
    "sentence",
    """We study GPT-2 and GPT-4 models.
    We study Llama 2 models and GPT 3.5 as well.
    In 2017 authors proposed it.
    Models of the 1990s were small.
    Others did so before [8], and again [9, 10].
    Figure 3 shows results.
    It appeared on 01/02/2017.
    See Section 3.2 for details.
    Code is at https://example.org/v2.0/95% and arXiv:1912.04958.
    The paper 1912.04958 says so.
    StyleGAN2 and TR0N are names.
    Version 1.2.3 is out.
    It is the top-5 of the class.
    It has none.""".splitlines(),
)
def test_sentences_without_figures_are_not(ask: Ask, sentence: str) -> None:
    assert figure_sentences(ask, sentence.strip()) == []


def test_sentences_are_whole(ask: Ask) -> None:
    text = "It wins, e.g. by 5%. Smith et al. gained 3.2 points (see Fig. 2). None here! “Is it 7%?” Yes."
    assert figure_sentences(ask, text) == [
        "It wins, e.g. by 5%.",
        "Smith et al. gained 3.2 points (see Fig. 2).",
        "“Is it 7%?”",
    ]
    assert figure_sentences(ask, "") == []


@given(st.text("a1 .%“”()-–×$\n2,"))
@settings(max_examples=60)
def test_sentences_stand_in_the_text(ask: Ask, text: str) -> None:
    spans = ask("figures.sentences", text)
    ends = [0, *(end for span in spans for end in (span["start"], span["end"]))]
    assert ends == sorted(ends)
    assert "".join("".join(text[span["start"] : span["end"]] for span in spans).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        *(("", []), ("?papers=", []), ("?papers=a,b", ["a", "b"]), ("?papers=a&papers=b", ["a", "b"])),
        *(("?papers=a,b,a,c,d,e", ["a", "b", "c", "d"]), ("?papers=a%2Cb", ["a", "b"]), ("?papers=%20a", ["a"])),
        *(("?papers=../x,a", ["a"]), ("?papers=<b>,A%20b,a", ["a"]), ("?papers=constructor", ["constructor"])),
    ],
)
def test_addresses_name_papers_to_compare(ask: Ask, query: str, ids: list[str]) -> None:
    assert ask("comparison.comparedIds", query) == ids
    assert ask("comparison.comparedIds", "?" + urlsplit(ask("comparison.comparisonPath", ids)).query) == ids


def compared(name: str, tags: str, **related: str) -> dict[str, Any]:
    """Return a paper to compare: its tags all have the facet F, and its relations are labels by ids."""
    terms = [{"name": tag.upper(), "to": tag} for tag in tags.split()]
    rows = [
        {"id": to, "title": to, "to": to, "byline": "", "reasons": [{"label": label, "text": "Because."}]}
        for to, label in related.items()
    ]
    return {"id": name, "name": name.upper(), "tags": [{"facet": "F", "terms": terms}], "related": rows}


def test_common_tags_are_told_from_others(ask: Ask) -> None:
    papers = [compared("a", "x y"), compared("b", "y z"), compared("c", "y x")]
    terms = ask("comparison.commonTags", papers)
    assert [term["to"] for term in terms[0]["terms"]] == ["y"]
    assert [term["to"] for term in ask("comparison.differentTags", papers, papers[0])[0]["terms"]] == ["x"]
    assert ask("comparison.commonTags", [compared("a", "x"), compared("b", "z")]) == []
    assert ask("comparison.commonTags", []) == []


def test_relations_are_named_once_and_actively(ask: Ask) -> None:
    papers = [
        compared("a", "", b="extended by", c="contrasts with"),
        compared("b", "", a="extends", d="uses"),
        compared("c", "", a="contrasts with", d="used by"),
    ]
    relations = [(one["from"], one["label"], one["to"]) for one in ask("comparison.relationsBetween", papers)]
    assert sorted(relations) == [("a", "contrasts with", "c"), ("b", "extends", "a")]
    [common] = ask("comparison.commonRelations", papers)
    assert common["to"] == "d"
    assert common["said"] == [{"name": "B", "label": "uses"}, {"name": "C", "label": "used by"}]
    assert ask("comparison.joinedNames", ["A", "B", "C"]) == "A, B and C"

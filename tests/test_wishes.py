"""What a query asks for, and why papers are found: wishes, pages, filters, addresses; search runs without a browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from scripts import running_script

from generator.citations.citation import first_year
from generator.content.model import Library, Paper, Term
from generator.search.data import search_files
from generator.site.catalogue import build_catalogue

Wish = list[object]

MORE_TERMS = {
    "subject": (
        Term("labels", "Self-supervision", aliases=("without labels", "unsupervised")),
        Term("robustness", "Robustness", aliases=("robust",)),
        Term("few-shot", "Few-shot learning", covers=("no training data",)),
    ),
    "contribution": (
        Term("benchmark", "Dataset or benchmark", aliases=("benchmark", "data set", "dataset")),
        Term("user-study", "User study", covers=("questionnaire",)),
    ),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """How search reads a query."""

    wishes: list[Wish]
    ignored: list[Wish]
    words: str
    papers: list[str]
    back: str
    named: list[list[object]]
    starting: list[list[object]]
    unknown: list[list[str]]
    why: dict[str, str]


Read = Callable[..., list[Reading]]


@pytest.fixture(scope="module")
def listed(toy: Library) -> Library:
    """Return the toy list with some more terms."""
    facets = (replace(facet, terms=facet.terms + MORE_TERMS.get(facet.id, ())) for facet in toy.facets)
    return replace(toy, facets=tuple(facets))


@contextmanager
def reader(library: Library, folder: Path) -> Iterator[Read]:
    """Yield a function that reads queries with the search data of a list."""
    for name, text in search_files(build_catalogue(library, {})):
        if name in ("search/list.json", "search/texts-0.json"):
            (folder / Path(name).name).write_text(text(), "utf-8")
    with running_script("wishes.mjs", folder) as ask:
        yield lambda *queries: [Reading(**reading) for reading in ask(queries)]


@pytest.fixture(scope="module")
def read(listed: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Read]:
    with reader(listed, tmp_path_factory.mktemp("search")) as read:
        yield read


ORDERS = {
    "recent papers on gans": "newest",
    "the latest": "newest",
    "most recent papers": "newest",
    "new papers on transformers": "newest",
    "what's new in explanations": "newest",
    "oldest gan": "oldest",
    "first papers on explanations": "oldest",
    "first gan": "oldest",
    "papers with code": "code",
    "gan with public code": "code",
    "image editing without code": "noCode",
    "explanations for beginners": "beginners",
    "introduction to gans for beginners": "beginners",
    "where should I start with gans": "beginners",
    "new to gans": "beginners",
    "how do I get started": "beginners",
    "where can a beginner start with gans": "beginners",
    "explanations published recently": "newest",
    "gans of the last two years": "newest",
}
PARTICULARS: dict[str, list[Wish]] = {
    "gan not for images": [["withoutTerm", "Images"]],
    "gan, not images or text": [["withoutTerm", "Images"], ["withoutTerm", "Text"]],
    "explanations but nothing about graphs": [["withoutTerm", "Graphs"]],
    "explanations except saliency maps": [["withoutTerm", "Saliency map"]],
    "image generation without gan": [["withoutTerm", "Generative adversarial network"]],
    "image generation, no gan": [["withoutTerm", "Generative adversarial network"]],
    "generation without training": [["withoutWord", "training"]],
    "explanations that don't use graphs": [["withoutTerm", "Graphs"]],
    "explanations for images rather than text": [["withoutTerm", "Text"], ["term", "Images"]],
    "editing without fine-tuning": [["withoutWord", "fine tuning"]],
    "gan since 2020": [["years", 2020, 9999]],
    "gan 2020 or later": [["years", 2020, 9999]],
    "gan 2020+": [["years", 2020, 9999]],
    "gan after 2019": [["years", 2020, 9999]],
    "gan before 2018": [["years", 0, 2017]],
    "gan until 2017": [["years", 0, 2017]],
    "gan from 2015 to 2018": [["years", 2015, 2018]],
    "gan 2015–2018": [["years", 2015, 2018]],
    "gan in 2017": [["years", 2017, 2017]],
    "2017": [["years", 2017, 2017]],
    "icml 2017": [["venue", "ICML"], ["years", 2017, 2017]],
    "acl explanations": [["venue", "ACL", "Findings of ACL"]],
    "in biological cybernetics": [["venue", "Biological Cybernetics"]],
    "diffusion by tero karras": [["author", "Tero Karras"]],
    "papers by Karras": [["author", "Tero Karras"]],
    "survey of gans": [["term", "Survey"]],
    "gan overview": [["term", "Survey"]],
    "user study explanations": [["term", "User study"]],
    "benchmark for gans": [["term", "Dataset or benchmark"]],
    "explanations on graphs": [["term", "Graphs"]],
    "explanations for images only": [["term", "Images"]],
    "image editing without fine-tuning since 2018 by karras": [
        ["withoutWord", "fine tuning"],
        ["years", 2018, 9999],
        ["author", "Tero Karras"],
    ],
    "recent gan with code since 2018": [["newest"], ["code"], ["years", 2018, 9999]],
}
NO_WISHES = (
    *("new art style", "first-order methods", "first the gan loss", "writing code with a language model"),
    *("code for a diffusion model here", "why not", "does not converge", "how do I know it is not memorizing"),
    *("explanations not robust", "the gan is not images", "few or no images", "say no", "gan not converging"),
    *("gan without labels", "training without labels", "no training data", "generators without zebras"),
    *("generation without running out of memory", "in 1066", "explanations in 1000 words", "biological cybernetics"),
    *("explained by example", "made by gan", "survey", "user study", "questionnaire of gans", "images in the dataset"),
    *("graph explanations", "gans", "+recent gan", '"recent" gan', '"not images" gan', "-image gan", ""),
    *("how do I join prompts by and or not in a gan", "why is it worse without a critic or two", "is there no gan"),
    *("can a benchmark number be high", "which image should I use for feature attribution", "how do cases of gan help"),
    *("A Note on the Inception Score", "an overview-like text about nothing", "by gan", "nature"),
)


def test_wishes_are_read(read: Read) -> None:
    found = read(*ORDERS, *PARTICULARS)
    wishes = (sorted(one.wishes + one.ignored, key=str) for one in found)
    read_as = dict(zip([*ORDERS, *PARTICULARS], wishes, strict=True))
    assert read_as == {query: [[kind]] for query, kind in ORDERS.items()} | {
        query: sorted(wishes, key=str) for query, wishes in PARTICULARS.items()
    }


def test_other_words_are_no_wishes(read: Read) -> None:
    assert {query: one.wishes for query, one in zip(NO_WISHES, read(*NO_WISHES), strict=True) if one.wishes} == {}


def test_wishes_can_be_taken_back(read: Read) -> None:
    queries = [*ORDERS, *PARTICULARS]
    taken = [one.back for one in read(*queries)]
    assert taken[queries.index("gan, not images or text")] == "gan, not +images or +text"
    assert taken[queries.index("gan 2015–2018")] == "gan +2015– +2018"
    again = read(*taken)
    assert {one.back for one in again if one.wishes} == set()
    assert all("+" not in one.words for one in again)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        *(("recent papers on gans", "on gans"), ("papers with code", ""), ("most recent papers", "")),
        *(("survey of gans", "survey of gans"), ("image generation without gan", "image generation")),
        *(("icml 2017", ""), ("icml explanations", "icml explanations")),  # papers of a venue need not have the word
    ],
)
def test_words_of_wishes_are_not_searched_for(read: Read, query: str, words: str) -> None:
    assert read(query)[0].words == words


def test_the_lists_own_noun_is_no_word_to_search_for(listed: Library, tmp_path: Path) -> None:
    recipes = replace(listed, site=replace(listed.site, entry=replace(listed.site.entry, one="recipe", many="recipes")))
    with reader(recipes, tmp_path) as read:
        found = read("recent recipes", "new recipes for images", "recipes with code")
    assert [one.words for one in found] == ["", "for images", ""]
    assert [one.wishes[0] for one in found] == [["newest"], ["newest"], ["code"]]


def by_id(library: Library) -> dict[str, Paper]:
    return {paper.id: paper for paper in library.papers}


def test_newest_and_oldest(read: Read, listed: Library) -> None:
    papers = by_id(listed)
    newest, oldest, everything = read("newest gan", "oldest gan", "recent papers")
    years = [first_year(papers[paper]) or 0 for paper in newest.papers]
    assert years == sorted(years, reverse=True)
    assert newest.papers == oldest.papers[::-1]
    assert all("gan" in f"{papers[paper].title} {papers[paper].tags}".lower() for paper in newest.papers)
    assert len(everything.papers) == len(papers)


def test_only_papers_that_fulfill_a_wish_remain(read: Read, listed: Library) -> None:
    papers = by_id(listed)
    code, since, without, venue = read("papers with code", "gan since 2019", "explanations not on graphs", "icml")
    assert set(code.papers) == {paper.id for paper in listed.papers if paper.links.code}
    assert all((first_year(papers[paper]) or 0) >= 2019 for paper in since.papers)
    assert not any({"graph", "graph-neural-network"} & set(papers[paper].tags) for paper in without.papers)
    assert set(venue.papers) == {p.id for p in listed.papers if p.venue and p.venue.name == "ICML"}


def test_papers_that_a_wish_prefers_come_first(read: Read, listed: Library) -> None:
    survey, begin, anything = read("survey of gan inversion", "explanations for beginners", "where to start")
    assert survey.papers[0] == "gan-inversion"
    assert begin.papers[0] in ("explaining-explanations", "gnnexplainer")  # a survey, and the first step of a path
    assert anything.papers[0] == listed.site.start[0]
    assert set(anything.papers) == set(by_id(listed))


def test_papers_that_say_what_they_do_without_come_first(listed: Library, tmp_path: Path) -> None:
    model = replace(listed.papers[0], tags=(), authors=("A. Nobody",), aliases=(), questions=(), abstract="Nothing.")
    made = [
        replace(model, id="trained", title="Editing faces", summary="Editing after long training."),
        replace(model, id="silent", title="Editing faces", summary="Editing."),
        replace(model, id="free", title="Editing faces", summary="A training-free way of editing."),
        replace(model, id="none", title="Editing faces", abstract="It edits without any further training.", summary=""),
    ]
    shelves = tuple(replace(category, introduction="") for category in listed.categories)
    library = replace(listed, papers=tuple(made), paths=(), site=replace(listed.site, start=()), categories=shelves)
    with reader(library, tmp_path) as read:
        found = read("editing without training")[0]
    assert (set(found.papers[:2]), found.papers[2:]) == ({"free", "none"}, ["silent"])


def test_a_wish_that_would_leave_nothing_is_ignored(read: Read) -> None:
    found, plain = read("wasserstein gan before 1066", "wasserstein gan")
    assert (found.wishes, found.ignored) == ([], [["years", 0, 1065]])
    assert found.papers == plain.papers


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("gan", ["Tag", "Generative adversarial network", "GAN"]),
        ("LLMs", ["Tag", "Large language model", "LLM"]),
        ("clip", ["Tag", "Vision–language model", "CLIP"]),
        ("reading and writing words", ["Shelf", "Reading & writing words", "Reading & writing words"]),
        ("looking inside", ["Path", "Looking inside", "Looking inside"]),
        ("neurips", ["Venue", "NeurIPS", "NeurIPS"]),
        ("leon bottou", ["Author", "Léon Bottou", "Léon Bottou"]),
        ("bottou", ["Author", "Léon Bottou", "Léon Bottou"]),
        ("recent papers on saliency maps", ["Tag", "Saliency map", "Saliency map"]),
        ("salliency maps", ["Tag", "Saliency map", "Saliency map"]),
        ("papers by karras", ["Author", "Tero Karras", "Tero Karras"]),
        ("recent explanations by david bau", ["Author", "David Bau", "David Bau"]),
        ("icml 2017", ["Venue", "ICML", "ICML"]),
    ],
)
def test_pages_are_named(read: Read, query: str, named: list[str]) -> None:
    assert read(query)[0].named[0][:3] == named


@pytest.mark.parametrize("query", ["image", "léon", "baus", "the generators of today", "why", "", "flava gan", "2017"])
def test_pages_are_not_named_by_a_part_of_a_name(read: Read, query: str) -> None:
    assert not [one for one in read(query)[0].named if one[2] not in ("Images", "Generators")]


def test_pages_are_suggested_while_one_types(read: Read) -> None:
    salienc, first, acl, short = read("salienc", "first st", "acl", "s")
    assert salienc.starting[0] == ["Tag", "Saliency map", "Saliency map", "tags/saliency-map/", 2]
    assert first.starting == [["Path", "First steps", "First steps", "paths/first-steps/", 3]]
    assert {one[1] for one in acl.starting} >= {"ACL", "Findings of ACL"}
    assert short.starting == []


# Filters that are none, and addresses


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ("has:code", "code:yes"),
        ("Has:Code", "code:yes"),
        ("-has:code", "code:no"),
        ("without:code", "code:no"),
        ("implementation:no", "code:no"),
        ("topic:gan", "tag:gan"),
        ("tags:gan", "tag:gan"),
        ("-topic:gan", "-tag:gan"),
        ('keyword:"saliency map"', 'tag:"saliency map"'),
        ("auhtor:bau", "author:bau"),
        ("by:bau", "author:bau"),
        ("journal:icml", "venue:icml"),
        ("in:icml", "venue:icml"),
        ("category:generators", "shelf:generators"),
        ("after:2019", "year:2019-"),
        ("before:2019-05", "year:-2018"),
        ("date:2017", "year:2017"),
        ("yaer:2019", "year:2019"),
        ("title:dissection", '"dissection"'),
        ("foo:gan", "tag:gan"),
        ("foo:xqzzy", ""),
        ("lang:en", ""),
    ],
)
def test_a_filter_that_is_none_leads_to_the_nearest(read: Read, query: str, advice: str) -> None:
    (alone, gan, both), name = read(query, "gan", f"gan {query}"), query.lstrip("-").partition(":")[0]
    assert alone.unknown == both.unknown == [[name, advice]]
    assert (alone.words, both.words, both.papers) == ("", "gan", gan.papers)
    if advice:
        assert read(advice)[0].unknown == []


@pytest.mark.parametrize(
    "query",
    [
        *(
            "GAN: a survey",
            "GAN:theory",
            "StyleGAN-NADA:clip",
            "12:30",
            "1:1",
            "std::vector",
            ":-)",
            "c:gan",
            "tag: gan",
        ),
        *("e.g.:gan", '"a b:c d"', "+has:code", "+foo:bar", "http:", "https://", "mailto:a@example.org", "foo:"),
        *("https://example.org/a:b", "doi:10.1145/3528223.3530164", "arXiv:1701.07875", "isbn:0123456789"),
    ],
)
def test_titles_times_and_addresses_have_no_filters(read: Read, query: str) -> None:
    assert read(query)[0].unknown == []


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("code:yes", lambda paper: bool(paper.links.code)),
        ("-code:no", lambda paper: bool(paper.links.code)),
        ("code:no", lambda paper: not paper.links.code),
        ("shelf:generators", lambda paper: paper.category == "generators"),
        ("gan -shelf:generators", lambda paper: paper.category != "generators"),
    ],
)
def test_papers_are_found_by_code_and_shelf(
    read: Read, listed: Library, query: str, wanted: Callable[[Paper], bool]
) -> None:
    papers = {paper.id: paper for paper in listed.papers}
    found = read(query)[0].papers
    assert found
    assert all(wanted(papers[paper]) for paper in found)
    assert query.startswith("gan") or len(found) == len([*filter(wanted, listed.papers)])


@pytest.mark.parametrize(
    ("query", "paper"),
    [
        ("1701.07875", "wasserstein-gan"),
        ("arXiv:1701.07875v3", "wasserstein-gan"),
        ("https://arxiv.org/abs/1701.07875", "wasserstein-gan"),
        ("http://www.arxiv.org/pdf/1701.07875v2.pdf", "wasserstein-gan"),
        ("arxiv.org/abs/1701.07875", "wasserstein-gan"),
        ("www.arxiv.org/abs/1701.07875", "wasserstein-gan"),
        ("https://doi.org/10.48550/arXiv.1701.07875", "wasserstein-gan"),
        ("doi.org/10.1145/3528223.3530164", "stylegan-nada"),
        ("10.1109/TPAMI.2022.3181070", "gan-inversion"),
        ("https://doi.org/10.1145/3528223.3530164", "stylegan-nada"),
        ("see https://github.com/NVlabs/edm/", None),
        ("github.com/NVlabs/edm", "elucidating-the-design-space-of-diffusion-based"),
        ("https://github.com/NVlabs/edm/", "elucidating-the-design-space-of-diffusion-based"),
        ("https://example.org/gan", None),
        ("www.example.org/gan", None),
        ("2401.99999", None),
        ("10.1000/gan", None),
        ("978-3-16-148410-0", None),
    ],
)
def test_a_paper_is_found_by_its_address(read: Read, query: str, paper: str | None) -> None:
    found = read(query)[0]
    assert found.papers == ([paper] if paper else [])


@pytest.mark.parametrize(
    ("query", "paper", "why"),
    [
        ("wasserstein", "wasserstein-gan", ""),
        ("VLM", None, "tag also called VLM"),
        ("FLAVA", None, "tag covers FLAVA"),
        ("hyperparameter searches", "wasserstein-gan", "named in the abstract"),
        ("gan neurons", "rigorously-assessing-natural-language", "without “gan”"),
    ],
)
def test_a_suggestion_says_briefly_why(read: Read, query: str, paper: str | None, why: str) -> None:
    reasons = read(query)[0].why
    assert (reasons[paper] if paper else next(iter(reasons.values()))) == why
    assert all(len(reason) < 80 for reason in reasons.values())

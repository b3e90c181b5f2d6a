"""Finding papers as readers do: with the search box on every page, and on the page of all papers with facets."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from browser import violations, visit
from playwright.sync_api import Browser, Locator, Page, Route, expect
from sites import HOSTILE, WIDE, served

from generator.citations.citation import first_year
from generator.content.model import Library, Paper
from generator.search.data import search_files
from generator.site.catalogue import build_catalogue

ODD_QUERIES = (
    *(HOSTILE, "<b>gan</b>", "a.*(b|c)[", "\\", "((((", '"', '""', '"" -', "-", "--", "tag:", 'tag:"', "year:soon"),
    *("+&=#?%", "x" * 10_000, "gan " * 2_500, "שלום עולם", "\u202egan\u202c", "生成模型", "ﬁdelity", "🙂", "\ud800"),
    *("%00", "constructor", "__proto__ toString"),
)


def shown(page: Page) -> list[str]:
    """Return the papers in the results, in order."""
    return [str(row.get_attribute("data-paper")) for row in page.locator("[data-results] [data-paper]").all()]


def settle(page: Page, query: str) -> None:
    """Wait until the results are those of a query."""
    page.wait_for_function(
        """query => {
          const results = document.querySelector("[data-results]");
          return results.ariaBusy === "false" && results.dataset.results === query;
        }""",
        arg=query,
    )


def count(page: Page) -> int:
    """Return the number of results that the page states."""
    said = page.locator("[data-browse] .total [role=status]").inner_text()
    return 0 if said == "No papers found" else int(said.split()[0].replace(",", ""))


def choose(page: Page, facet: str, value: str) -> None:
    """Click a value of a facet, after opening the facet if necessary."""
    group = page.locator(f"[data-facet={facet}]")
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    group.get_by_role("checkbox", name=re.compile(f"^{re.escape(value)} ")).click()


def tally(page: Page, value: str) -> int:
    """Return the current count of a value."""
    said = page.locator(f".facet li:has(input[value='{value}']) .count").text_content() or ""
    return int(re.sub(r"\D", "", said))


# The box


def test_suggestions_come_while_one_types(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "papers/tr0n/") as page:
        page.keyboard.press("s")
        box = page.get_by_role("combobox", name="Search the papers")
        expect(box).to_be_focused()
        page.keyboard.type("wasserstien")
        first = page.locator("[data-suggestions] [data-paper]").first
        expect(first).to_have_attribute("data-paper", "wasserstein-gan")
        expect(box).to_have_attribute("aria-expanded", "true")
        expect(page.locator(".search [role=status]")).to_contain_text("suggestion")
        page.keyboard.press("ArrowDown")
        active = box.get_attribute("aria-activedescendant")
        expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
        page.keyboard.press("ArrowUp")
        expect(page.locator("[aria-selected=true]")).to_have_count(0)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/papers/wasserstein-gan/")


def test_tags_and_people_are_suggested(chromium: Browser, address: str) -> None:
    with visit(chromium, address) as page:
        page.get_by_role("searchbox", name="Search the papers").fill("salienc")
        expect(page.get_by_role("option", name=re.compile("^Tag Saliency map"))).to_be_visible()
        page.get_by_role("combobox").fill("david ba")
        page.get_by_role("option", name="Author David Bau").click()
        page.wait_for_url("**/authors/david-bau/")


def test_suggested_people_without_pages_lead_to_their_papers(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "about/") as page:
        page.get_by_role("searchbox", name="Search the papers").fill("soumith")
        page.get_by_role("option", name="Author Soumith Chintala").click()
        page.wait_for_url("**/browse/?author=soumith-chintala")
        expect(page.locator("[data-results] [data-paper]").first).to_be_visible()


def test_enter_leads_to_all_results_and_escape_back(chromium: Browser, address: str) -> None:
    with visit(chromium, address) as page:
        page.keyboard.press("/")
        page.keyboard.type("gan inversion")
        expect(page.get_by_role("listbox")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("listbox")).to_be_hidden()
        expect(page.get_by_role("combobox")).to_have_value("gan inversion")
        page.keyboard.press("Escape")
        expect(page.get_by_role("combobox")).to_have_value("")
        page.keyboard.press("Escape")
        expect(page.get_by_role("combobox")).not_to_be_focused()
        page.keyboard.press("/")
        page.keyboard.type("gan inversion")
        page.keyboard.press("Enter")
        page.wait_for_url("**/browse/?q=gan+inversion")
        settle(page, "gan inversion")
        assert shown(page)[0] == "gan-inversion"


def test_nothing_is_fetched_before_search_is_used(chromium: Browser, address: str) -> None:
    with visit(chromium, address) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.reload(wait_until="networkidle")
        assert not [url for url in asked if "/search/" in url]
        with page.expect_request("**/search/list.json"):
            page.keyboard.press("/")


def test_late_answers_do_not_overtake(chromium: Browser, address: str) -> None:
    waiting: list[Route] = []
    with visit(chromium, address) as page:
        page.route("**/search/list.json", lambda route: waiting.append(route))
        page.keyboard.press("/")
        page.keyboard.type("wasserstein", delay=5)
        for _ in range(20):
            page.keyboard.press("Backspace")
        page.keyboard.type("nucleus sampling", delay=5)
        page.wait_for_timeout(100)
        for route in waiting:
            route.continue_()
        expect(page.locator("[data-suggestions]")).to_have_attribute("data-suggestions", "nucleus sampling")
        first = page.locator("[data-suggestions] [data-paper]").first
        expect(first).to_have_attribute("data-paper", "curious-case-of-neural-text-degeneration")
        page.get_by_role("combobox").fill("")
        expect(page.get_by_role("listbox")).to_be_hidden()


def test_suggestions_say_why_and_mark_the_words(chromium: Browser, address: str) -> None:
    with visit(chromium, address) as page:
        field = page.get_by_role("searchbox", name="Search the papers")
        field.fill("FLAVA")
        first = page.locator("[data-suggestions] [data-paper]").first
        expect(first.locator(".why")).to_have_text("· tag covers FLAVA")
        expect(first.locator(".why mark")).to_have_text("FLAVA")
        tag = page.get_by_role("option", name="Tag Vision–language model covers FLAVA")
        expect(tag.locator("mark")).to_have_text("FLAVA")
        field = page.get_by_role("combobox")
        field.fill("salienc")
        expect(page.get_by_role("option", name=re.compile("^Tag Saliency map")).locator("mark").first).to_have_text(
            "Saliency"
        )
        field.fill("david ba")
        expect(page.get_by_role("option", name="Author David Bau").locator("mark")).to_have_text(["David", "Bau"])
        field.fill("hyperparameter")
        wgan = page.locator("[data-suggestions] [data-paper=wasserstein-gan]")
        expect(wgan).to_contain_text("named in the abstract")
        field.fill("wasserstein gan")
        expect(wgan.locator(".work mark")).to_have_text(["Wasserstein", "GAN"])
        expect(wgan.locator(".why")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1440])
def test_a_reason_takes_no_line_of_its_own(chromium: Browser, address: str, width: int) -> None:
    with visit(chromium, address, width=width) as page:
        page.get_by_role("searchbox", name="Search the papers").fill("FLAVA")
        line = page.locator("[data-suggestions] .byline:has(.why)").first
        expect(line.locator("mark")).to_be_visible()
        boxes = line.evaluate("line => [line, ...line.children].map(one => one.getBoundingClientRect().toJSON())")
        assert boxes[0]["height"] < 1.5 * boxes[2]["height"]
        assert boxes[2]["right"] <= boxes[0]["right"] + 1
        assert boxes[2]["width"] >= line.locator(".why").evaluate("why => why.scrollWidth - 1")


SUGGESTED = {"template": ["paper.yml"]}


def suggested(link: Locator) -> dict[str, list[str]]:
    """Return the fields of the issue that a link opens."""
    to = urlsplit(link.get_attribute("href") or "")
    assert (to.netloc, to.path) == ("github.com", "/example/toy-list/issues/new")
    return parse_qs(to.query)


def test_what_is_not_found_can_be_suggested(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/?q=Qqqq+xqzzy") as page:
        nothing = page.locator(".nothing")
        link = nothing.get_by_role("link", name="Suggest this paper")
        title = {"title": ["Entry: Qqqq xqzzy"], "work-title": ["Qqqq xqzzy"]}
        assert suggested(link) == SUGGESTED | title
        expect(link).to_have_attribute("target", "_blank")
        assert violations(page) == []
        field = page.get_by_role("searchbox")
        field.fill("https://example.org/post")
        identifier = {"title": ["Entry: https://example.org/post"], "identifier": ["https://example.org/post"]}
        expect(nothing).to_contain_text("Nothing here has this address or number.")
        assert suggested(link) == SUGGESTED | identifier
        field.fill("gan zebra")
        expect(nothing).to_be_hidden()
        near = page.locator(".absent").get_by_role("link", name="Suggest this paper")
        assert suggested(near) == SUGGESTED | {"title": ["Entry: gan zebra"], "work-title": ["gan zebra"]}
        for query in ("wasserstein", "tag:gan", ""):
            field.fill(query)
            expect(near).to_be_hidden()
        page.goto(f"{address}about/")
        page.get_by_role("searchbox").fill("Qqqq xqzzy")
        option = page.get_by_role("option", name="Suggest this paper")
        assert suggested(option) == SUGGESTED | title


def test_where_nothing_can_be_suggested(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/") as page:
        page.evaluate("document.querySelector('[data-named]').remove()")
        page.get_by_role("searchbox").fill("Qqqq xqzzy")
        expect(page.locator(".nothing")).to_be_visible()
        expect(page.get_by_role("link", name="Suggest this paper")).to_have_count(0)


def test_a_filter_that_is_none_is_named(chromium: Browser, address: str, toy: Library) -> None:
    with visit(chromium, address, "browse/?q=gan+has:code") as page:
        remarks = page.locator(".remarks")
        expect(remarks).to_contain_text("has: is not a filter here; try code:yes.")
        remarks.get_by_role("button", name="code:yes").click()
        settle(page, "gan code:yes")
        expect(remarks).not_to_contain_text("not a filter")
        public = {paper.id for paper in toy.papers if paper.links.code}
        assert {*shown(page)} <= public
        page.get_by_role("searchbox").fill("foo:xqzzy")
        expect(remarks).to_contain_text(
            "the filters are tag:, author:, year:, venue:, shelf:, kind:, code:, and mine:."
        )
        page.get_by_role("searchbox").fill("GAN: dissection")
        settle(page, "GAN: dissection")
        expect(remarks).not_to_contain_text("filter")
        page.goto(f"{address}about/")
        page.get_by_role("searchbox").fill("gan has:code")
        expect(page.locator(".suggestions .note")).to_have_text("has: is not a filter here; try code:yes.")
        expect(page.locator(".search [role=status]")).to_contain_text("try code:yes")


# Asking


NAMES = {
    "FastDnX": "distill-n-explain",
    "bilrp": "explaining-text-similarity-in-transformer-models",
    "stylegan2": "analyzing-and-improving-the-image-quality",
    "style gan 2": "analyzing-and-improving-the-image-quality",
    "gnn explainer": "gnnexplainer",
    "gnnexplaner": "gnnexplainer",
    '"bad advice"': "benefits-of-bad-advice",
    "author:arjovsky": "wasserstein-gan",
    "holtzman nucleus": "curious-case-of-neural-text-degeneration",
    "degeneración neural text": "curious-case-of-neural-text-degeneration",
    "self attention generativ": "self-attention-generative-adversarial-networks",
}


def test_a_name_finds_its_paper(chromium: Browser, address: str) -> None:
    with visit(chromium, address) as page:
        for query, paper in NAMES.items():
            page.goto(f"{address}browse/?q={quote(query)}")
            settle(page, query)
            assert shown(page)[0] == paper, query


def test_the_vocabulary_is_a_thesaurus(chromium: Browser, address: str, toy: Library) -> None:
    told = {paper.id: f"{paper.title} {paper.summary} {paper.abstract}" for paper in toy.papers}
    with visit(chromium, address, "browse/?q=VLM") as page:
        settle(page, "VLM")
        found = [paper for paper in shown(page) if "VLM" not in told[paper]]
        assert found
        reason = page.locator(f"[data-paper={found[0]}] .reason")
        expect(reason).to_contain_text("Vision–language model, also called VLM")
        expect(reason.locator("mark")).to_have_text("VLM")
        page.goto(f"{address}browse/?q=FLAVA")
        settle(page, "FLAVA")
        expect(page.locator(".reason").first).to_contain_text("Vision–language model, covers FLAVA")
        page.goto(f"{address}browse/?q=generative+adversarial+network")
        settle(page, "generative adversarial network")
        assert [paper for paper in shown(page) if "adversarial" not in told[paper].lower()]


Wanted = Callable[[Paper], bool]


OPERATORS: dict[str, Wanted] = {
    "tag:stylegan": lambda paper: "stylegan" in paper.tags,
    "explanation year:2019": lambda paper: first_year(paper) == 2019,
    "gan year:-2016": lambda paper: (first_year(paper) or 9999) < 2017,
    "venue:icml": lambda paper: bool(paper.venue and paper.venue.name == "ICML"),
    "author:bau": lambda paper: any("Bau" in author for author in paper.authors),
    "gan -tag:gan": lambda paper: "gan" not in paper.tags,
    'network -"neural network"': lambda paper: "neural network " not in f"{paper.abstract} ".lower(),
    "explanation -graph": lambda paper: "graph" not in f"{paper.title} {paper.abstract}".lower(),
}


def test_operators(chromium: Browser, address: str, toy: Library) -> None:
    papers = {paper.id: paper for paper in toy.papers}
    with visit(chromium, address) as page:
        for query, wanted in OPERATORS.items():
            page.goto(f"{address}browse/?q={quote(query)}")
            settle(page, query)
            found = shown(page)
            assert found, query
            assert all(wanted(papers[paper]) for paper in found), query


def test_what_was_understood_is_said(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/?q=wasserstien+loss") as page:
        remarks = page.locator(".remarks")
        expect(remarks).to_contain_text("“wasserstein” instead of “wasserstien”")
        page.get_by_role("searchbox").fill("wasserstein qqqqq")
        expect(remarks).to_contain_text("No papers contain “qqqqq”")
        page.get_by_role("searchbox").fill('"distance loss zebra"')
        expect(remarks).to_contain_text("No papers contain the phrase")
        page.get_by_role("searchbox").fill("gan year:soon")
        expect(remarks).to_contain_text("year:soon is not known here")


def test_near_matches_say_what_they_are_without(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/?q=gan+neurons") as page:
        expect(page.locator(".remarks")).to_have_text("1 paper contains every word; the others are near matches.")
        row = page.locator("[data-results] [data-paper=rigorously-assessing-natural-language]")
        expect(row.locator(".reason").last).to_have_text("Without “gan”")
        expect(row.locator(".reason").last.locator("mark")).to_have_count(0)
        expect(page.locator("[data-results] [data-paper=gan-dissection]")).not_to_contain_text("Without")
        page.get_by_role("searchbox").fill("gan zebra")
        expect(page.locator(".remarks")).to_have_text("No papers contain “zebra”; these are near matches.")
        expect(page.locator("[data-results] [data-paper]")).to_have_count(10)


def test_wishes_are_granted_and_taken_back(chromium: Browser, address: str, toy: Library) -> None:
    papers = {paper.id: paper for paper in toy.papers}
    with visit(chromium, address, "browse/?q=recent+gan+with+code") as page:
        settle(page, "recent gan with code")
        years = [first_year(papers[paper]) or 0 for paper in shown(page)]
        assert years == sorted(years, reverse=True)
        assert all(papers[paper].links.code for paper in shown(page))
        expect(page.get_by_label("Order")).to_have_value("newest")
        expect(page.locator(".total [role=status]")).to_contain_text("papers, newest first, with code")
        granted = page.get_by_role("group", name="How the search was understood")
        granted.get_by_role("button", name="with code: search for the words instead").press("Enter")
        settle(page, "recent gan with +code")
        page.wait_for_url("**/browse/?q=recent+gan+with+%2Bcode")
        expect(page.get_by_role("searchbox")).to_be_focused()
        expect(granted.get_by_role("button", name="with code")).to_have_count(0)
        assert [paper for paper in shown(page) if not papers[paper].links.code]
        page.go_back()
        settle(page, "recent gan with code")
        page.get_by_label("Order").select_option("title")
        page.wait_for_url("**sort=title")
        expect(granted.get_by_role("button", name="newest first")).to_have_count(0)
        granted.get_by_role("button", name="Search for these words instead").click()
        settle(page, "recent gan with +code")
        page.get_by_role("searchbox").fill("+recent gan")
        settle(page, "+recent gan")
        expect(granted).to_be_hidden()
        page.get_by_role("searchbox").fill("gan before 1066")
        settle(page, "gan before 1066")
        expect(page.locator(".remarks")).to_contain_text("“up to 1065” would leave no results, so it was ignored")
        page.get_by_role("searchbox").fill("qqqqq")
        page.locator(".nothing").get_by_role("link", name="Topics").click()
        page.wait_for_url("**/categories/")


def test_pages_with_the_name_stand_above_the_results(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/?q=looking+inside") as page:
        named = page.get_by_role("list", name="Pages with this name").get_by_role("link")
        expect(named.first).to_have_text("Path Looking inside 4 papers")
        page.get_by_role("searchbox").fill("flava")
        expect(named).to_have_text("Tag Vision–language model covers FLAVA · 2 papers")
        page.get_by_role("searchbox").fill("recent papers by tero karras")
        expect(named).to_have_text(re.compile("^Author Tero Karras"))
        named.click()
        page.wait_for_url("**/authors/tero-karras/")
        page.get_by_role("searchbox").fill("first step")
        page.get_by_role("option", name="Path First steps").click()
        page.wait_for_url("**/paths/first-steps/")
        page.get_by_role("searchbox").fill("newest gan")
        expect(page.locator(".suggestions .note")).to_have_text("Understood as newest first")
        expect(page.get_by_role("option", name="Tag Generative adversarial network also called GAN")).to_be_visible()


def test_words_are_marked_and_a_match_in_the_abstract_is_shown(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/?q=hyperparameter+searches") as page:
        row = page.locator("[data-results] [data-paper=wasserstein-gan]")
        expect(row.locator(".reason")).to_contain_text("Abstract")
        expect(row.locator("mark").first).to_have_text("hyperparameter")


def test_no_query_does_harm(chromium: Browser, address: str) -> None:
    with visit(chromium, address) as page:
        for query in ODD_QUERIES:
            page.goto(f"{address}browse/")
            query_without_harm(page, query)


def query_without_harm(page: Page, query: str) -> None:
    """Check that a query is answered, now and when the page is loaded again, and that another one is after it."""
    field = page.get_by_role("searchbox")
    field.evaluate("(field, text) => { field.value = text; field.dispatchEvent(new Event('input')) }", query)
    page.wait_for_function("() => document.querySelector('[data-results]').dataset.results !== undefined")
    settle(page, field.input_value())
    assert page.locator("article :is(script:not([type='application/ld+json']), img, iframe)").count() == 0, query
    address_bar = page.evaluate("location.href")
    page.reload()
    page.wait_for_function("() => document.querySelector('[data-results]').dataset.results !== undefined")
    assert page.evaluate("location.href") == address_bar, query
    page.get_by_role("searchbox").fill("wasserstein gan")
    settle(page, "wasserstein gan")
    assert shown(page)[0] == "wasserstein-gan", query


# Choosing


def test_facets_narrow_and_say_what_they_lead_to(chromium: Browser, address: str, toy: Library) -> None:
    with visit(chromium, address, "browse/") as page:
        settle(page, "")
        assert count(page) == len(toy.papers)
        told = tally(page, "stylegan")
        choose(page, "model", "StyleGAN")
        page.wait_for_url("**/browse/?tag=stylegan")
        assert count(page) == told == sum("stylegan" in paper.tags for paper in toy.papers)
        gan = tally(page, "gan")
        choose(page, "model", "Diffusion model")
        page.wait_for_url("**/browse/?tag=stylegan,diffusion-model")
        either = count(page)
        assert either > told
        page.get_by_role("checkbox", name="Only papers with all of these").check()
        page.wait_for_url("**all=model")
        both = count(page)
        assert both < told
        assert gan >= told
        expect(page.locator(".facet li.dead")).to_have_count(0)
        page.locator("[data-facet=model]").get_by_role("button", name=re.compile(" more in ")).click()
        dead = page.locator(".facet li.dead").first
        expect(dead.locator("input")).to_be_disabled()
        expect(dead.locator(".count")).to_contain_text("0 papers")


def test_any_value_leads_to_as_many_papers_as_it_says(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/?q=image&tag=gan") as page:
        settle(page, "image")
        for value in ("generators", "decoding", "theory", "icml", "yes"):
            box = page.locator(f".facet input[value='{value}']")
            if not box.count() or box.is_disabled():
                continue
            facet = str(box.evaluate("box => box.closest('[data-facet]').dataset.facet"))
            told = tally(page, value)
            box.evaluate("box => box.click()")
            page.wait_for_function("told => document.querySelectorAll('[data-results] li').length === told", arg=told)
            assert facet
            page.go_back()
            page.wait_for_url("**/browse/?q=image&tag=gan")


def test_a_value_can_be_left_out(chromium: Browser, address: str, toy: Library) -> None:
    with visit(chromium, address, "browse/") as page:
        leave_out = page.get_by_role("button", name="Exclude Language model")
        leave_out.click()
        page.wait_for_url("**/browse/?tag=-language-model")
        narrower = {term.id for term in toy.terms if "language-model" in (term.id, term.parent)}
        assert len(narrower) > 1
        assert count(page) == sum(not narrower & set(paper.tags) for paper in toy.papers)
        expect(leave_out).to_have_attribute("aria-pressed", "true")
        page.get_by_role("button", name="Remove not Language model").click()
        page.wait_for_url("**/browse/")
        assert count(page) == len(toy.papers)


def test_years_people_venues_and_code(chromium: Browser, address: str, toy: Library) -> None:
    with visit(chromium, address, "browse/") as page:
        settle(page, "")
        page.get_by_label("First year").select_option("2018")
        page.get_by_label("Last year").select_option("2019")
        page.wait_for_url("**/browse/?year=2018-2019")
        assert count(page) == sum(first_year(paper) in (2018, 2019) for paper in toy.papers)
        author = page.locator("[data-facet=author]")
        author.locator("summary").click()
        author.get_by_role("searchbox").fill("bau")
        author.get_by_role("checkbox", name="David Bau").check()
        page.wait_for_url("**/browse/?author=david-bau&year=2018-2019")
        assert {"gan-dissection", "explaining-explanations"} >= set(shown(page)) != set()
        page.get_by_role("button", name="Clear all").click()
        choose(page, "code", "Code is public")
        assert count(page) == sum(bool(paper.links.code) for paper in toy.papers)


def test_what_was_added_last_comes_first(chromium: Browser, address: str, toy: Library) -> None:
    days = {paper.id: paper.added or "" for paper in toy.papers}
    with visit(chromium, address, "browse/?view=compact") as page:
        settle(page, "")
        page.get_by_label("Order").select_option("Date added")
        settle(page, "")
        found = [days[name] for name in shown(page)]
        assert found == sorted(days.values(), reverse=True)[: len(found)]
        assert page.url.endswith("?sort=added&view=compact")


def test_the_address_holds_everything(chromium: Browser, address: str) -> None:
    path = "browse/?q=image+generation&tag=gan,-stylegan&year=2016-2020&all=model&sort=title&view=compact"
    with visit(chromium, address, path) as page:
        settle(page, "image generation")
        before = shown(page)
        assert before
        titles = page.locator("[data-results] .work").all_inner_texts()
        assert titles == sorted(titles, key=str.lower)
        expect(page.locator("[data-results] .summary")).to_have_count(0)
        expect(page.get_by_role("button", name="Compact")).to_have_attribute("aria-pressed", "true")
        page.reload()
        settle(page, "image generation")
        assert shown(page) == before
        assert page.url == address + path
        page.get_by_role("button", name="Copy link").click()
        assert page.evaluate("navigator.clipboard.readText()") == address + path


def test_back_and_forward(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/") as page:
        settle(page, "")
        page.get_by_role("searchbox").first.press_sequentially("wasserstein", delay=10)
        settle(page, "wasserstein")
        found = shown(page)
        choose(page, "category", "Generators")
        page.wait_for_url("**category=generators")
        page.get_by_role("button", name="Compact").click()
        page.wait_for_url("**view=compact")
        page.go_back()
        page.wait_for_url("**category=generators")
        page.go_back()
        settle(page, "wasserstein")
        page.wait_for_url("**/browse/?q=wasserstein")
        assert shown(page) == found
        page.go_back()
        settle(page, "")
        expect(page.get_by_role("searchbox").first).to_have_value("")
        page.go_forward()
        settle(page, "wasserstein")
        expect(page.get_by_role("searchbox").first).to_have_value("wasserstein")


def test_no_dead_end(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/?q=wasserstein&tag=graph&venue=icml") as page:
        expect(page.locator(".nothing")).to_contain_text("No paper matches all of these words and filters")
        page.get_by_role("button", name="Search without the filters").click()
        page.wait_for_url("**/browse/?q=wasserstein")
        assert shown(page)
        page.get_by_role("searchbox").first.fill("qqqqqq zzzzzz")
        expect(page.locator(".nothing")).to_contain_text("None of these words")
        expect(page.locator(".nothing button")).to_have_text(["All papers"])
        page.get_by_role("button", name="All papers").click()
        expect(page.locator("[data-results] li").first).to_be_visible()


def test_a_long_word_for_an_entry_stays_within_the_facets(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/") as page:
        settle(page, "")
        menu = page.locator(".span select").first
        menu.evaluate("(menu, word) => { menu.options[0].text = word }", WIDE * 2)
        edges = [
            part.evaluate("part => part.getBoundingClientRect().right") for part in (menu, page.locator("#facets"))
        ]
        assert edges == sorted(edges)


def test_values_that_are_not_known_are_passed_over(chromium: Browser, address: str, toy: Library) -> None:
    with visit(chromium, address, "browse/?tag=nonsense,-more&year=none&all=model&sort=sideways&view=far") as page:
        settle(page, "")
        assert count(page) == len(toy.papers)


def test_a_selection_is_cited(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/?q=wasserstein+gan&category=generators") as page:
        settle(page, "wasserstein gan")
        papers = count(page)
        page.get_by_role("button", name="Cite", exact=True).click()
        dialog = page.get_by_role("dialog", name=f"Cite these {papers} papers")
        expect(dialog.locator(".text p")).to_have_count(papers)
        dialog.get_by_text("IEEE", exact=True).click()
        expect(dialog.locator(".text p").first).to_contain_text("[1] M. Arjovsky, S. Chintala, and L. Bottou")
        for name, extension, count_of in (
            ("BibTeX", "bib", r"^@\w+\{"),
            ("RIS", "ris", r"^ER  - $"),
            ("CSL-JSON", "json", r'"type":'),
        ):
            dialog.get_by_text(name, exact=True).click()
            expect(dialog.get_by_role("region", name=f"Citation: {name}")).to_contain_text("Wasserstein")
            dialog.get_by_role("button", name="Copy").click()
            expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
            copied = str(page.evaluate("navigator.clipboard.readText()"))
            assert len(re.findall(count_of, copied.replace("\r", ""), re.MULTILINE)) == papers
            assert re.match(r"@inproceedings\{arjovsky2017wasserstein,|TY  - CONF|\[\n\{", copied)
            with page.expect_download() as saved:
                dialog.get_by_role("button", name="Download").click()
            assert saved.value.suggested_filename == f"papers.{extension}"
            assert Path(saved.value.path()).read_bytes().decode() == copied
            expect(dialog.get_by_role("button", name="Copy", exact=True)).to_be_visible()
        assert len(json.loads(copied)) == papers
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Cite", exact=True)).to_be_focused()
        choose(page, "venue", "ICML")
        page.wait_for_url("**venue=icml")
        fewer = count(page)
        assert 1 < fewer < papers
        page.get_by_role("button", name="Cite", exact=True).click()
        expect(page.get_by_role("dialog", name=f"Cite these {fewer} papers")).to_be_visible()


def test_works_of_several_kinds(chromium: Browser, address: str, works: Library) -> None:
    files = dict(search_files(build_catalogue(works, {})))

    def with_works(route: Route) -> None:
        route.fulfill(body=files[f"search/{route.request.url.rpartition('/')[2]}"]())

    with visit(chromium, address, "about/") as page:
        page.route("**/search/*.json", with_works)
        page.goto(f"{address}browse/?kind=book,thesis")
        settle(page, "")
        assert set(shown(page)) == {
            *("solitude", "statistical-learning", "computer-science-today", "principia"),
            *("relay-circuits", "ordinal-logics"),
        }
        choose(page, "kind", "Thesis")
        page.wait_for_url("**/browse/?kind=book")
        page.locator("[data-facet=kind]").get_by_role("button", name=re.compile(" more in Kind$")).click()
        assert tally(page, "speech") == 1
        assert page.locator("[data-facet=code] + [data-facet]").get_attribute("data-facet") == "category"
        row = page.locator("[data-results] [data-paper=computer-science-today]")
        expect(row.locator(".byline")).to_have_text("Jan van Leeuwen (ed.)\u00a0· Book, 1995")
        page.locator("[name=q]").last.fill("springer")
        settle(page, "springer")
        assert set(shown(page)) == {"statistical-learning", "computer-science-today"}
        expect(row.locator(".reason")).to_have_text("Source Springer (Lecture Notes in Computer Science 1000)")
        page.goto(f"{address}browse/?q=talk")
        settle(page, "talk")
        assert shown(page)[0] == "your-research"
        page.goto(f"{address}browse/?q=world+health+organization")
        settle(page, "world health organization")
        expect(page.locator("[data-results] .byline").first).to_have_text(
            "World Health Organization\u00a0· Report, 2021"
        )


def test_rows_out_of_sight_are_not_laid_out_while_the_reader_types(chromium: Browser, long_site: Path) -> None:
    last = "document.querySelector('[data-results] > li:last-child a').checkVisibility({ contentVisibilityAuto: true })"
    with served(long_site) as address, visit(chromium, address, "browse/") as page:
        expect(page.locator("[data-results] > li").first).to_be_visible()
        assert page.evaluate(last)  # the browser finds the reader's place again by the true heights
        page.locator("[data-browse] [name=q]").focus()
        page.wait_for_function(f"() => !{last}")
        page.locator("[data-results] > li").last.scroll_into_view_if_needed()
        page.wait_for_function(f"() => {last}")


def test_more_rows_come_on_demand(chromium: Browser, long_site: Path) -> None:
    with served(long_site) as address, visit(chromium, address, "browse/") as page:
        settle(page, "")
        first = len(shown(page))
        assert first < 120
        page.get_by_role("button", name=re.compile("^Show .* more")).click()
        expect(page.locator("[data-results] li")).to_have_count(2 * first)
        expect(page.locator("[data-results] li .work").nth(first)).to_be_focused()
        expect(page.locator(".Z3988")).to_have_count(2 * first)
        expect(page.locator("[data-results] .marks span a")).to_have_count(2 * first)  # one tag each, in a long list


def test_by_keyboard_alone(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/") as page:
        settle(page, "")
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox").first).to_be_focused()
        page.keyboard.type("gan dissection")
        settle(page, "gan dissection")
        page.keyboard.press("ArrowDown")
        expect(page.locator("[data-results] .work").first).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(page.locator("[data-results] .work").nth(1)).to_be_focused()
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        page.wait_for_url("**/papers/gan-dissection/")
        page.go_back()
        settle(page, "gan dissection")
        box = page.locator(".facet input[type=checkbox]:not(:disabled)").first
        box.focus()
        page.keyboard.press("Space")
        page.wait_for_url("**code=yes")
        expect(box).to_be_focused()
        page.keyboard.press("Escape")
        page.get_by_role("searchbox").first.focus()
        page.keyboard.press("Escape")
        expect(page.get_by_role("searchbox").first).to_have_value("")


# When things are not as they should be


def test_without_script_every_paper_is_listed(chromium: Browser, address: str, toy: Library) -> None:
    with visit(chromium, address, "browse/?q=gan", script=False) as page:
        expect(page.locator("[data-plain] [data-paper]")).to_have_count(len(toy.papers))
        expect(page.locator("[data-results] [data-paper]")).to_have_count(0)
        expect(page.get_by_text("need JavaScript")).to_be_visible()
        expect(page.locator("[data-script]").first).to_be_hidden()
        page.goto(address)
        field = page.get_by_role("searchbox", name="Search all papers")
        field.fill("gan")
        field.press("Enter")
        page.wait_for_url("**/browse/?q=gan")


@pytest.mark.parametrize("file", ["list.json", "texts-0.json"])
def test_missing_or_broken_data_is_said(chromium: Browser, address: str, toy: Library, file: str) -> None:
    with visit(chromium, address, "about/", without="**/nothing") as page:
        for content in (None, "", "{", "[]", "null", '{"papers": 3}'):
            with answered(page, f"**/search/{file}", content):
                page.goto(f"{address}browse/?q=gan&tag=gan")
                status = page.locator("[data-browse] .total [role=status]")
                expect(status).to_contain_text("Search is not available")
                expect(page.locator("[data-plain] [data-paper]")).to_have_count(len(toy.papers))
                page.goto(f"{address}papers/tr0n/")
                page.keyboard.press("/")
                page.keyboard.type("gan")
                expect(page.locator(".suggestions")).to_contain_text("Search is not available")
                expect(page.locator(".suggestions").get_by_role("link", name="All papers")).to_be_visible()
            page.goto(f"{address}browse/?q=gan")
            settle(page, "gan")


@contextmanager
def answered(page: Page, glob: str, content: str | None) -> Iterator[None]:
    """Answer requests with a content, or abort them if that is None, during the block."""
    broken = (lambda route: route.abort()) if content is None else (lambda route: route.fulfill(body=content))
    page.route(glob, broken)
    yield
    page.unroute(glob, broken)


def test_it_can_be_tried_again(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/?q=gan", without="**/search/list.json") as page:
        again = page.get_by_role("button", name="Try again")
        expect(again).to_be_visible()
        page.unroute("**/search/list.json")
        again.click()
        settle(page, "gan")
        assert shown(page)


class LongList:
    """The data of a list as if it were long: the texts of most papers come in parts of their own, when they are let."""

    def __init__(self, page: Page, site: Path, first: int) -> None:
        listed = json.loads((site / "search/list.json").read_text("utf-8"))
        texts = json.loads((site / "search/texts-0.json").read_text("utf-8"))
        rest = [first, len(listed["papers"]["ids"]) - first]
        brief = ("summaries", "questions")
        self.listed = listed | {"texts": [[0, first], rest, rest]}
        self.parts = [
            {name: column[:first] for name, column in texts.items()},
            {name: texts[name][first:] for name in brief},
            {"abstracts": texts["abstracts"][first:]},
        ]
        self.held: dict[str, Route] = {}
        page.route("**/search/list.json", lambda route: route.fulfill(json=self.listed))
        page.route("**/search/texts-0.json", lambda route: route.fulfill(json=self.parts[0]))
        page.route(re.compile(r"/search/texts-[12]\.json"), self.hold)

    def hold(self, route: Route) -> None:
        self.held[route.request.url[-6]] = route

    def let(self, page: Page, part: int) -> None:
        """Let a part be loaded, once it is asked for."""
        while str(part) not in self.held:
            page.wait_for_timeout(20)
        self.held.pop(str(part)).fulfill(json=self.parts[part])


def test_a_long_list_is_shown_before_its_texts_have_loaded(chromium: Browser, site: Path, address: str) -> None:
    with visit(chromium, address, "about/") as page:
        long = LongList(page, site, 2)
        page.goto(f"{address}browse/")
        settle(page, "")
        rows = page.locator("[data-results] [data-paper]")
        assert shown(page) == long.listed["papers"]["ids"][: rows.count()]
        expect(rows.nth(1).locator(".summary")).to_have_text(long.parts[0]["summaries"][1])
        expect(rows.nth(2).locator(".summary")).to_have_text("")
        high = rows.nth(2).locator(".summary").bounding_box()
        assert high
        assert high["height"] > 30  # so that what follows hardly moves
        expect(page.locator(".remarks")).to_have_text("")
        long.let(page, 1)
        long.let(page, 2)
        expect(rows.nth(2).locator(".summary")).to_have_text(long.parts[1]["summaries"][0])
        expect(page.locator(".awaited")).to_have_count(0)


def test_words_are_sought_in_the_texts_of_a_long_list_as_these_come(
    chromium: Browser, site: Path, address: str
) -> None:
    with visit(chromium, address, "about/") as page:
        page.goto(f"{address}browse/?q=saliency+maps")
        settle(page, "saliency maps")
        whole = shown(page)
        long = LongList(page, site, 2)
        page.goto(f"{address}browse/?q=saliency+maps")
        settle(page, "saliency maps")
        expect(page.locator(".remarks")).to_contain_text("Summaries and abstracts are still loading: 33%.")
        long.let(page, 1)
        long.let(page, 2)
        expect(page.locator(".remarks")).not_to_contain_text("still loading")
        assert shown(page) == whole


def test_typing_while_the_index_is_made_finds_what_was_typed(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "about/") as page:
        page.goto(f"{address}browse/", wait_until="commit")
        field = page.locator("[data-browse] [name=q]")
        field.fill("wasserstein gan")
        settle(page, "wasserstein gan")
        assert shown(page)[0] == "wasserstein-gan"


def test_years_and_code_come_first_whatever_other_facets_there_are(
    chromium: Browser, address: str, toy: Library
) -> None:
    def without_authors_and_venues(route: Route) -> None:
        columns = route.fetch().json()
        papers = columns["papers"] | {
            "authors": [[] for _ in columns["papers"]["ids"]],
            "venues": [-1 for _ in columns["papers"]["ids"]],
        }
        route.fulfill(json=columns | {"people": [], "venues": [], "papers": papers})

    with visit(chromium, address, "about/") as page:
        page.route("**/search/list.json", without_authors_and_venues)
        page.goto(f"{address}browse/")
        settle(page, "")
        facets = page.locator("[data-facet]").evaluate_all("all => all.map(one => one.dataset.facet)")
        assert facets == ["year", "code", "category", *(facet.id for facet in toy.facets)]
        opened = page.locator("[data-facet][open]").evaluate_all("all => all.map(one => one.dataset.facet)")
        assert opened == ["year", "code", "category", toy.facets[0].id]


def test_under_a_path(chromium: Browser, site: Path) -> None:
    with served(site, under="/reading-list/") as address, visit(chromium, address, "papers/tr0n/") as page:
        page.keyboard.press("/")
        page.keyboard.type("wasserstein gan")
        page.locator("[data-suggestions] [data-paper]").first.click()
        page.wait_for_url("**/reading-list/papers/wasserstein-gan/")
        page.goto(f"{address}browse/?q=wasserstein")
        settle(page, "wasserstein")
        page.locator("[data-results] .work").first.click()
        page.wait_for_url("**/reading-list/papers/**")


def test_an_empty_list(chromium: Browser, empty_site: Path) -> None:
    with served(empty_site) as address, visit(chromium, address, "browse/?q=gan") as page:
        expect(page.locator("[data-browse] .total")).to_contain_text("No zibaldone-items found")
    assert json.loads((empty_site / "search/list.json").read_text())["papers"]["ids"] == []


def test_lists_lead_to_the_browser(chromium: Browser, address: str) -> None:
    for kind in ("tags/theory/", "categories/generators/", "venues/icml/", "years/2019/", "authors/david-bau/"):
        with visit(chromium, address, kind) as page:
            listed = page.locator("ol.papers [data-paper]").count()
            page.get_by_role("link", name="Search and filter these").click()
            page.wait_for_url("**/browse/?**")
            settle(page, "")
            assert count(page) == listed, unquote(page.url)

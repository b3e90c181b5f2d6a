"""The dialog for citing papers: by keyboard, mouse, and touch; its styles and files; copying and downloading."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from browser import KINDS, await_requests, color, violations, visit
from playwright.sync_api import Browser, Locator, Page, Route, expect
from sites import ROOT, served, zipped

from generator.citations.formats import CITATION_FORMATS

PAPER = "papers/wasserstein-gan/"
STYLES = ["APA", "IEEE", "ACM", "MLA", "Chicago", "Harvard"]
FILES = {of.name: of.extension.rpartition(".")[2] for of in CITATION_FORMATS}
FORMATS = [*STYLES, *FILES]
LINKS = {of.name: of.extension for of in CITATION_FORMATS}


def person(given: str, family: str) -> dict[str, str]:
    return {"family": family, "given": given}


ICML = "Proceedings of the International Conference on Machine Learning"
PAPERS: list[dict[str, Any]] = [
    {
        "id": "mirza2014conditional",
        "type": "article",
        "title": "Conditional Generative Adversarial Nets",
        "author": [person("Mehdi", "Mirza"), person("Simon", "Osindero")],
        "issued": {"date-parts": [[2014, 11, 6]]},
        "genre": "Preprint",
        "publisher": "arXiv",
        "number": "arXiv:1411.1784",
        "URL": "https://arxiv.org/abs/1411.1784",
    },
    {
        "id": "arjovsky2017wasserstein",
        "type": "paper-conference",
        "title": "Wasserstein Generative Adversarial Networks",
        "author": [person("Martin", "Arjovsky"), person("Soumith", "Chintala"), person("Léon", "Bottou")],
        "issued": {"date-parts": [[2017]]},
        "container-title": ICML,
        "container-title-short": "ICML",
        "event-title": "ICML",
        "publisher": "PMLR",
        "URL": "https://arxiv.org/abs/1701.07875",
    },
    {
        "id": "gal2022stylegan",
        "type": "article-journal",
        "title": "StyleGAN-NADA: CLIP-guided domain adaptation of image generators",
        "author": [
            *(
                person("Rinon", "Gal"),
                person("Or", "Patashnik"),
                person("Haggai", "Maron"),
                person("Amit H.", "Bermano"),
            ),
            *(person("Gal", "Chechik"), person("Daniel", "Cohen-Or")),
        ],
        "issued": {"date-parts": [[2022]]},
        "container-title": "ACM Transactions on Graphics",
        "container-title-short": "ACM TOG",
        "volume": "41",
        "issue": "4",
        "DOI": "10.1145/3528223.3530164",
        "URL": "https://doi.org/10.1145/3528223.3530164",
    },
]
# What each style makes of these: a preprint, a paper of a conference, and one of a journal. IEEE has them in the given
# order, the others by name; IEEE and ACM number them. APA, IEEE and Harvard have initials. MLA leaves out all but the
# first of three authors or more, Harvard of four or more. A title is in quotation marks where it is a part of
# something, but for APA and ACM; the container is in italics. MLA and Chicago capitalize titles.
SET = {
    "APA": [
        "Arjovsky, M., Chintala, S., & Bottou, L. (2017). Wasserstein Generative Adversarial Networks. In "
        "<Proceedings of the International Conference on Machine Learning>. PMLR. "
        "https://arxiv.org/abs/1701.07875",
        "Gal, R., Patashnik, O., Maron, H., Bermano, A. H., Chechik, G., & Cohen-Or, D. (2022). StyleGAN-NADA: "
        "CLIP-guided domain adaptation of image generators. <ACM Transactions on Graphics>, <41>(4). "
        "https://doi.org/10.1145/3528223.3530164",
        "Mirza, M., & Osindero, S. (2014). <Conditional Generative Adversarial Nets> (Preprint No. arXiv:1411.1784). "
        "arXiv. https://arxiv.org/abs/1411.1784",
    ],
    "IEEE": [
        "[1] M. Mirza and S. Osindero, “Conditional Generative Adversarial Nets,” Nov. 06, 2014, <arXiv>: "
        "arXiv:1411.1784. [Online]. Available: https://arxiv.org/abs/1411.1784",
        "[2] M. Arjovsky, S. Chintala, and L. Bottou, “Wasserstein Generative Adversarial Networks,” in "
        "<Proceedings of the International Conference on Machine Learning>, PMLR, 2017. "
        "[Online]. Available: https://arxiv.org/abs/1701.07875",
        "[3] R. Gal, O. Patashnik, H. Maron, A. H. Bermano, G. Chechik, and D. Cohen-Or, “StyleGAN-NADA: CLIP-guided "
        "domain adaptation of image generators,” "
        "<ACM Transactions on Graphics>, vol. 41, no. 4, 2022, doi: 10.1145/3528223.3530164.",
    ],
    "ACM": [
        "[1] Martin Arjovsky, Soumith Chintala, and Léon Bottou. 2017. Wasserstein Generative Adversarial Networks. In "
        "<Proceedings of the International Conference on Machine Learning>, 2017. PMLR. Retrieved from https://arxiv.org/abs/1701.07875",
        "[2] Rinon Gal, Or Patashnik, Haggai Maron, Amit H. Bermano, Gal Chechik, and Daniel Cohen-Or. 2022. "
        "StyleGAN-NADA: CLIP-guided domain adaptation of image generators. "
        "<ACM Transactions on Graphics> 41, 4 (2022). "
        "https://doi.org/10.1145/3528223.3530164",
        "[3] Mehdi Mirza and Simon Osindero. 2014. Conditional Generative Adversarial Nets. Retrieved from "
        "https://arxiv.org/abs/1411.1784",
    ],
    "MLA": [
        "Arjovsky, Martin, et al. “Wasserstein Generative Adversarial Networks.” "
        "<Proceedings of the International Conference on Machine Learning>, PMLR, 2017, "
        "https://arxiv.org/abs/1701.07875.",
        "Gal, Rinon, et al. “StyleGAN-NADA: CLIP-Guided Domain Adaptation of Image Generators.” "
        "<ACM Transactions on Graphics>, vol. 41, "
        "no. 4, 2022, https://doi.org/10.1145/3528223.3530164.",
        "Mirza, Mehdi, and Simon Osindero. <Conditional Generative Adversarial Nets>. arXiv:1411.1784, arXiv, "
        "6 Nov. 2014, https://arxiv.org/abs/1411.1784.",
    ],
    "Chicago": [
        "Arjovsky, Martin, Soumith Chintala, and Léon Bottou. 2017. “Wasserstein Generative Adversarial Networks.” In "
        "<Proceedings of the International Conference on Machine Learning>. PMLR. https://arxiv.org/abs/1701.07875.",
        "Gal, Rinon, Or Patashnik, Haggai Maron, Amit H. Bermano, Gal Chechik, and Daniel Cohen-Or. 2022. "
        "“StyleGAN-NADA: CLIP-Guided Domain Adaptation of Image Generators.” <ACM Transactions on Graphics> 41 (4). "
        "https://doi.org/10.1145/3528223.3530164.",
        "Mirza, Mehdi, and Simon Osindero. 2014. “Conditional Generative Adversarial Nets.” Preprint. arXiv. "
        "https://arxiv.org/abs/1411.1784.",
    ],
    "Harvard": [
        "Arjovsky, M., Chintala, S. and Bottou, L. (2017) ‘Wasserstein Generative Adversarial Networks’, in "
        "<Proceedings of the International Conference on Machine Learning>. PMLR. "
        "Available at: https://arxiv.org/abs/1701.07875.",
        "Gal, R. <et al.> (2022) ‘StyleGAN-NADA: CLIP-guided domain adaptation of image generators’, "
        "<ACM Transactions on Graphics>, 41(4). "
        "Available at: https://doi.org/10.1145/3528223.3530164.",
        "Mirza, M. and Osindero, S. (2014) ‘Conditional Generative Adversarial Nets’. arXiv. Available at: "
        "https://arxiv.org/abs/1411.1784.",
    ],
}
TITLES = (
    *(
        "<b>x</b> & <script>alert(1)</script> &lt;i&gt; y",
        '<span class="nocase">k</span> <img src=x onerror=alert(2)> z',
    ),
    *("{braces} {\\bf x} $x_1$ \\( \\) %%STRING%% $& $1", "生成模型の研究", "שלום עולם של מודלים", "🙂 and 👩\u200d🔬"),
    *("He said \"quoted\" and 'single' words, the '90s", 'An "unbalanced quote', '("paren") 5\' tall', "</i></div>"),
    *(
        "A . . dotted .net",
        "x² and H₂O",
        "__proto__",
        "constructor",
        "<i>",
        "a < b > c",
        "\u202egan\u202c",
        "a\ufdd0b\ufde0c",
    ),
)


@contextmanager
def panel(chromium: Browser, site: str, kind: str = PAPER, **given: Any) -> Iterator[tuple[Page, Locator]]:
    """Open a page and the dialog, and yield both."""
    with visit(chromium, site, kind, **given) as page:
        opener(page).click()
        expect(page.locator("dialog.citing")).to_be_visible()
        yield page, page.locator("dialog.citing")


def opener(page: Page) -> Locator:
    return page.locator("button.cite")


def choose(dialog: Locator, form: str) -> Locator:
    """Choose a format, and return the element with the text once it is shown."""
    dialog.locator("label", has_text=re.compile(f"^{form}$")).click()
    return settled(dialog, form)


def settled(dialog: Locator, form: str) -> Locator:
    """Wait until the text is shown in a format, and return its element."""
    expect(dialog.get_by_role("status").filter(has_text=f"{form} is shown")).to_have_count(1)
    expect(dialog.get_by_role("radio", name=form, exact=True)).to_be_checked()
    return dialog.get_by_role("region", name=f"Citation: {form}", exact=True)


def lines(text: Locator) -> list[str]:
    """Return the entries, with italics in angle brackets."""
    written = "node => node.nodeName === 'I' ? `<${node.textContent}>` : node.textContent"
    entries: list[str] = text.evaluate(
        f"text => [...text.querySelectorAll('p')].map(entry => [...entry.childNodes].map({written}).join(''))"
    )
    return entries


def clipboard(page: Page, kind: str) -> str:
    """Return the content of the clipboard of one media type."""
    read = "async kind => (await (await navigator.clipboard.read())[0].getType(kind)).text()"
    return str(page.evaluate(read, kind))


def three(site: Path) -> str:
    """Return the address of the page of a tag with exactly three papers."""
    files = sorted((site / "tags").glob("*.csl.json"))
    return next(
        f"tags/{file.name.removesuffix('.csl.json')}/" for file in files if len(json.loads(file.read_text())) == 3
    )


def given(page: Page, papers: Sequence[dict[str, Any]]) -> None:
    """Replace the papers that the page cites."""
    page.route("**/*.csl.json", lambda route: route.fulfill(json=papers))


# Opening


def test_what_is_not_asked_for_is_not_fetched(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(f"{address}assets/scripts/")))
        page.wait_for_load_state("networkidle")
        assert not [url for url in asked if url.startswith("dialogs")]
        page.evaluate("localStorage.setItem('reading-list.cite', 'ris')")
        opener(page).click()
        dialog = page.locator("dialog.citing")
        settled(dialog, "RIS")
        assert [url for url in asked if url.startswith("dialogs-")]
        assert not [url for url in asked if url.startswith(("citeproc", "styles/", "search"))]
        choose(dialog, "IEEE")
        choose(dialog, "MLA")
        choose(dialog, "IEEE")
        loaded = [url for url in asked if url.startswith(("citeproc", "styles/"))]
        assert sorted(set(loaded)) == [
            "citeproc_commonjs.js",
            "styles/ieee.json",
            "styles/locales.json",
            "styles/mla.json",
        ]
        assert loaded.count("styles/ieee.json") == 1


def test_by_keyboard(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER) as page:
        opener(page).focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Cite this paper")
        expect(dialog.get_by_role("radio", name="APA")).to_be_focused()
        shown = []
        for form in FORMATS:
            shown.append(settled(dialog, form).inner_text())
            page.keyboard.press("ArrowRight")
        settled(dialog, "APA")
        assert len(set(shown)) == len(FORMATS)
        page.keyboard.press("ArrowLeft")
        settled(dialog, "CSL-JSON")
        page.keyboard.press("Enter")
        page.keyboard.press("/")  # the page's shortcut for search
        expect(dialog.get_by_role("radio", name="CSL-JSON")).to_be_focused()
        stops = set()
        for _ in range(20):
            page.keyboard.press("Tab")
            inside = "document.activeElement === document.body || !!document.activeElement.closest('.citing')"
            assert page.evaluate(inside)
            stops.add(page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent"))
        assert {"Close", "Citation: CSL-JSON", "Copy", "Download"} <= stops
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(opener(page)).to_be_focused()
        page.keyboard.press("Space")
        expect(dialog.get_by_role("radio", name="CSL-JSON")).to_be_focused()
        dialog.get_by_role("button", name="Close").click()
        expect(opener(page)).to_be_focused()


CLOSED_AND_LEFT = """dialog => new Promise((done) => {
  dialog.addEventListener("close", () => setTimeout(() => done(document.activeElement?.type)));
  dialog.close();
  document.querySelector("form.search input").focus();
})"""


def test_a_dialog_that_closes_leaves_the_reader_where_they_went(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER) as page:
        opener(page).click()
        dialog = page.get_by_role("dialog", name="Cite this paper")
        expect(dialog.get_by_role("radio", name="APA")).to_be_focused()
        assert dialog.evaluate(CLOSED_AND_LEFT) == "search"


def test_formats_are_in_named_groups(chromium: Browser, address: str) -> None:
    with panel(chromium, address) as (_, dialog):
        for name, formats in (("Style", STYLES), ("File", list(FILES))):
            assert dialog.get_by_role("group", name=name).locator("label").all_inner_texts() == formats


def test_every_page_of_papers_can_be_cited(chromium: Browser, address: str, site: Path) -> None:
    kinds = [kind for kind in KINDS if re.match(r"(papers|categories|tags|authors|venues|years|paths)/.", kind)]
    assert len(kinds) == 7
    with visit(chromium, address) as page:
        for kind in kinds:
            page.goto(address + kind)
            page.evaluate("localStorage.clear()")
            opener(page).click()
            wanted = own_files(site, kind) or joined_files(site, listed_papers(page))
            check_citations(page.locator("dialog.citing"), wanted)


def check_citations(dialog: Locator, wanted: Mapping[str, str]) -> None:
    """Check that a dialog has the papers of these texts, by format, and then the texts."""
    count = len(json.loads(wanted["CSL-JSON"]))
    title = "Cite this paper" if count == 1 else f"Cite these {count} papers"
    expect(dialog.get_by_role("heading")).to_have_text(title)
    assert len(lines(settled(dialog, "APA"))) == count, wanted["BibTeX"]
    for form, text in wanted.items():
        assert choose(dialog, form).text_content() == text


def own_files(site: Path, kind: str) -> dict[str, str]:
    """Return the texts of the files of a page by format, or none if it has no files of its own."""
    files = {name: site / f"{kind.rstrip('/')}.{extension}" for name, extension in LINKS.items()}
    assert len({file.is_file() for file in files.values()}) == 1
    return {name: file.read_bytes().decode() for name, file in files.items() if file.is_file()}


def joined_files(site: Path, papers: Sequence[str]) -> dict[str, str]:
    """Return the texts of the files of papers, joined."""
    one = [own_files(site, f"papers/{paper}/") for paper in papers]
    items = [item for each in one for item in json.loads(each["CSL-JSON"])]
    lines = ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in items)
    return {
        "BibTeX": "\n".join(each["BibTeX"] for each in one),
        "RIS": "\r\n".join(each["RIS"] for each in one),
        "CSL-JSON": f"[\n{lines}\n]\n",
    }


def listed_papers(page: Page) -> list[str]:
    found: list[str] = page.evaluate("[...document.querySelectorAll('ol.papers > li')].map((row) => row.dataset.paper)")
    return found


@pytest.mark.parametrize("kind", ["authors/tero-karras/", "venues/icml/", "years/2017/"])
def test_pages_without_files_of_their_own_offer_them_all_the_same(
    chromium: Browser, address: str, site: Path, kind: str
) -> None:
    assert not own_files(site, kind)
    with panel(chromium, address, kind) as (page, dialog):
        wanted = joined_files(site, listed_papers(page))
        for form, text in wanted.items():
            choose(dialog, form)
            with page.expect_download() as saved:
                dialog.get_by_role("button", name="Download").click()
            assert saved.value.suggested_filename == f"{kind.split('/')[1]}.{FILES[form]}"
            assert Path(saved.value.path()).read_bytes().decode() == text
        assert violations(page) == []
        page.keyboard.press("Escape")
        expect(page.locator(".take").get_by_role("link", name="BibTeX")).to_be_hidden()  # those of the whole list


MANY_ROWS = """() => {
  const list = document.querySelector("ol.papers");
  const row = list.querySelector("li");
  for (let more = 20; more > 0; more--) list.append(row.cloneNode(true));
}"""


def test_the_papers_of_a_long_page_are_taken_from_the_whole_list(chromium: Browser, long_site: Path) -> None:
    year = max(long_site.glob("years/*/index.html"), key=lambda file: file.read_text().count("<li data-paper")).parent
    asked: list[str] = []
    with served(long_site) as address, visit(chromium, address, f"years/{year.name}/") as page:
        papers = listed_papers(page)
        page.evaluate(MANY_ROWS)
        page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
        opener(page).click()
        dialog = page.locator("dialog.citing")
        wanted = joined_files(long_site, papers)["BibTeX"]
        assert (choose(dialog, "BibTeX").text_content() or "").startswith(wanted)
        assert "search/list.json" in asked
        assert [name for name in asked if name.endswith(".bib")] == ["papers.bib"]


def test_without_script_the_files_are_linked(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER, script=False) as page:
        expect(opener(page)).to_be_hidden()
        for name, extension in LINKS.items():
            link = page.locator(".take").get_by_role("link", name=name)
            assert urljoin(page.url, link.get_attribute("href")) == f"{address}{PAPER.rstrip('/')}.{extension}"


def test_without_script_pages_without_files_lead_to_those_of_the_whole_list(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "venues/icml/", script=False) as page:
        expect(page.locator(".take")).to_contain_text("Citations of all papers:")
        for name, extension in LINKS.items():
            link = page.locator(".take").get_by_role("link", name=name)
            expect(link).to_be_visible()
            assert urljoin(page.url, link.get_attribute("href")) == f"{address}papers.{extension}"


# Styles


@pytest.mark.parametrize("style", STYLES)
def test_a_style(chromium: Browser, address: str, site: Path, style: str) -> None:
    with visit(chromium, address, three(site)) as page:
        given(page, PAPERS)
        opener(page).click()
        dialog = page.get_by_role("dialog", name="Cite these 3 papers")
        text = choose(dialog, style)
        assert lines(text) == SET[style]
        expect(dialog.get_by_text("Formatted by citeproc-js")).to_be_visible()
        plain = re.sub("[<>]", "", "".join(f"{line}\n" for line in SET[style]))
        dialog.get_by_role("button", name="Copy").click()
        expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
        expect(dialog.get_by_role("status").filter(has_text="Copied")).to_have_count(1)
        assert clipboard(page, "text/plain") == plain
        assert f"<i>{ICML}</i>" in clipboard(page, "text/html")
        with page.expect_download() as saved:
            dialog.get_by_role("button", name="Download").click()
        assert saved.value.suggested_filename == f"{three(site).split('/')[1]}.txt"
        assert Path(saved.value.path()).read_text("utf-8") == plain


def test_whatever_is_written_is_text(chromium: Browser, address: str) -> None:
    """A style may change the capitals and quotation marks of a title, and nothing else."""
    odd = {"URL": "https://example.org/?q=<b>&c='d'", "container-title": "<sup>J</sup> & <b>"}
    inherited = [
        person("constructor", "toString"),
        person("__proto__", "Constructor"),
        {"literal": "valueOf __proto__"},
    ]
    name = [person('"Q" <i>x</i>', "<b>O'Neil</b>"), {"literal": "<script> & Co."}, person("小明", "王"), *inherited]
    with visit(chromium, address, PAPER) as page:
        given(
            page,
            [
                PAPERS[1] | odd | {"title": f"{title} end", "author": name[at % len(name) :]}
                for at, title in enumerate(TITLES)
            ],
        )
        opener(page).click()
        for style in STYLES:
            text = choose(page.locator("dialog.citing"), style)
            assert set(text.evaluate("text => [...text.querySelectorAll('*')].map(e => e.localName)")) <= {"p", "i"}
            assert text.evaluate("text => [...text.querySelectorAll('i')].some(i => /^(<|et al)/.test(i.textContent))")
            shown = [folded(line) for line in text.locator("p").all_text_contents()]
            for title in TITLES:
                wanted = folded(re.sub("[\ufdd0-\ufdef]", "", f"{title} end"))
                assert [line for line in shown if wanted in line], title
            assert all(folded("https://example.org/?q=<b>&c='d'") in line for line in shown)
            assert all(folded(odd["container-title"]) in line for line in shown)
            assert [line for line in shown if "<script> & co." in line]


def folded(text: str) -> str:
    """Return a text in lowercase, with uniform quotation marks."""
    return re.sub("[“”‘’\"']", "'", text).lower()


def test_styles_set_nothing_but_what_is_read() -> None:
    folder = ROOT / "generator/site/theme/assets/scripts/styles"
    named = {file.stem: json.loads(file.read_text("utf-8")) for file in folder.glob("*.json")}
    locales = named.pop("locales")
    assert sorted(named) == sorted(style.lower() for style in STYLES)
    read = {"font-style": {"italic", "normal"}, "font-weight": {"bold", "normal"}, "vertical-align": {"sup", "sub"}}
    for name, style in named.items():
        assert style["attrs"].get("default-locale", "en-US") in locales, name
        for attributes in every(style):
            settings = "font-style font-weight font-variant text-decoration vertical-align display".split()
            assert all(attributes[key] in read.get(key, ()) for key in settings if key in attributes), (
                name,
                attributes,
            )


def every(node: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Yield the attributes of a node of a style and of its descendants."""
    yield node["attrs"]
    for child in node["children"]:
        if isinstance(child, dict):
            yield from every(child)


def test_nothing_that_the_policy_forbids_is_tried(chromium: Browser, address: str) -> None:
    heard = (
        "window.forbidden = []; addEventListener('securitypolicyviolation', event => forbidden.push(event.blockedURI))"
    )
    with visit(chromium, address, PAPER) as page:
        page.evaluate(heard)
        opener(page).click()
        for form in FORMATS:
            choose(page.locator("dialog.citing"), form)
        assert page.evaluate("forbidden") == []


# Files


@pytest.mark.parametrize("form", FILES)
def test_a_file(chromium: Browser, address: str, site: Path, form: str) -> None:
    with panel(chromium, address) as (page, dialog):
        wanted = (site / f"{PAPER.rstrip('/')}.{LINKS[form]}").read_bytes()
        assert choose(dialog, form).text_content() == wanted.decode()
        expect(dialog.get_by_text("Formatted by")).to_be_hidden()
        dialog.get_by_role("button", name="Copy").click()
        expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
        assert clipboard(page, "text/plain") == wanted.decode()
        with page.expect_download() as saved:
            dialog.get_by_role("button", name="Download").click()
        assert saved.value.suggested_filename == f"wasserstein-gan.{FILES[form]}"
        assert Path(saved.value.path()).read_bytes() == wanted


def test_a_long_file_is_shown_in_part_and_taken_whole(chromium: Browser, address: str) -> None:
    long = "% é\n" * 50_000
    with visit(chromium, address, PAPER) as page:
        page.route("**/*.bib", lambda route: route.fulfill(body=long.encode()))
        opener(page).click()
        dialog = page.locator("dialog.citing")
        assert choose(dialog, "BibTeX").text_content() == long[:100_000]
        expect(dialog).to_contain_text("Only the beginning is shown.")
        with page.expect_download() as saved:
            dialog.get_by_role("button", name="Download").click()
        assert Path(saved.value.path()).read_text("utf-8") == long


def test_of_many_papers_there_are_files(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "tags/gan/") as page:
        page.evaluate("document.querySelector('.take').dataset.papers = '301'")
        opener(page).click()
        dialog = page.get_by_role("dialog", name="Cite these 301 papers")
        settled(dialog, "BibTeX")
        for style in STYLES:
            expect(dialog.get_by_role("radio", name=style)).to_be_disabled()
        expect(dialog.get_by_role("group", name="Style")).to_have_accessible_description(
            "Styles are available for up to 300 papers. The files contain all of them."
        )
        assert violations(page) == []
        assert page.evaluate("localStorage.getItem('reading-list.cite')") is None
        page.keyboard.press("ArrowRight")
        settled(dialog, "RIS")


# The choice


def test_the_last_choice_is_remembered(chromium: Browser, address: str) -> None:
    with panel(chromium, address) as (page, dialog):
        settled(dialog, "APA")
        choose(dialog, "Chicago")
        page.goto(f"{address}tags/gan/")
        opener(page).click()
        settled(dialog, "Chicago")
        for unknown in ("vancouver", "toString", "__proto__"):
            page.evaluate("value => localStorage.setItem('reading-list.cite', value)", unknown)
            page.reload()
            opener(page).click()
            settled(dialog, "APA")


def test_nothing_need_be_remembered(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER) as page:
        page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })")
        page.reload()
        opener(page).click()
        dialog = page.locator("dialog.citing")
        settled(dialog, "APA")
        choose(dialog, "RIS")
        page.keyboard.press("Escape")
        opener(page).click()
        settled(dialog, "APA")


def test_late_answers_do_not_overtake(chromium: Browser, address: str) -> None:
    waiting: list[Route] = []
    with visit(chromium, address, PAPER) as page:
        page.route("**/styles/mla.json", lambda route: waiting.append(route))
        opener(page).click()
        dialog = page.locator("dialog.citing")
        dialog.locator("label", has_text="MLA").click()
        text = choose(dialog, "IEEE")
        before = text.inner_text()
        waiting[0].continue_()
        page.wait_for_load_state("networkidle")
        assert settled(dialog, "IEEE").inner_text() == before
        assert choose(dialog, "MLA").inner_text() != before


# What fails


@pytest.mark.parametrize(
    ("gone", "form", "said", "others"),
    [
        ("**/*.csl.json", "APA", "The citations could not be loaded.", ["BibTeX", "RIS"]),
        ("**/citeproc*.js", "APA", "Citations could not be formatted in this style.", list(FILES)),
        ("**/styles/mla.json", "MLA", "Citations could not be formatted in this style.", [*FILES, "APA"]),
        ("**/locales.json", "APA", "Citations could not be formatted in this style.", list(FILES)),
        ("**/*.bib", "BibTeX", "The citations could not be loaded.", ["RIS", "CSL-JSON", "APA"]),
    ],
)
def test_what_cannot_be_had_is_said(
    chromium: Browser, address: str, gone: str, form: str, said: str, others: Sequence[str]
) -> None:
    with panel(chromium, address, without=gone) as (page, dialog):
        dialog.locator("label", has_text=form).click()
        expect(dialog.get_by_role("alert")).to_contain_text(said)
        for name in ("Copy", "Download"):
            expect(dialog.get_by_role("button", name=name)).to_be_disabled()
        assert violations(page) == []
        for other in others:
            choose(dialog, other)
            expect(dialog.get_by_role("button", name="Copy")).to_be_enabled()
        dialog.locator("label", has_text=form).click()
        expect(dialog.get_by_role("alert")).to_contain_text(said)
        page.unroute(gone)
        dialog.get_by_role("button", name="Try again").click()
        settled(dialog, form)
        expect(dialog.get_by_role("region")).to_be_focused()
        expect(dialog.get_by_role("alert")).to_have_count(0)


def test_data_that_are_broken(chromium: Browser, address: str) -> None:
    answers = ("{}", "[]", "null", "[1", "[null]", "", "<html></html>")
    with visit(chromium, address) as page:
        given = iter(answers)
        page.route("**/*.csl.json", lambda route: route.fulfill(body=next(given)))
        for _ in answers:
            page.goto(address + PAPER)
            page.evaluate("localStorage.clear()")
            opener(page).click()
            dialog = page.locator("dialog.citing")
            expect(dialog.get_by_role("alert")).to_contain_text("could not be")
            choose(dialog, "BibTeX")
        assert [*given] == []


@pytest.mark.parametrize("answer", ["", "\n<!doctype html><p>Back soon"])
def test_a_file_that_is_broken(chromium: Browser, address: str, answer: str) -> None:
    with panel(chromium, address) as (page, dialog):
        page.route("**/*.bib", lambda route: route.fulfill(body=answer))
        dialog.locator("label", has_text="BibTeX").click()
        expect(dialog.get_by_role("alert")).to_contain_text("The citations could not be loaded.")
        choose(dialog, "RIS")


def test_papers_are_cited_once_they_are_found(chromium: Browser, address: str) -> None:
    with visit(chromium, address) as page:
        held: list[Route] = []
        page.route("**/search/list.json", lambda route: held.append(route))
        page.goto(f"{address}browse/?q=wasserstein")
        page.locator("button[data-cite]").click()
        await_requests(page, held)
        held[0].continue_()
        expect(page.get_by_role("dialog", name="Cite this paper")).to_be_visible()


@pytest.mark.parametrize("answer", ["{}", "[]", "null", "[1"])
def test_data_of_a_selection_that_are_broken(chromium: Browser, address: str, answer: str) -> None:
    with visit(chromium, address, "browse/?q=wasserstein") as page:
        page.route("**/*.csl.json", lambda route: route.fulfill(body=answer))
        page.locator("button[data-cite]").click()
        dialog = page.locator("dialog.citing")
        expect(dialog.get_by_role("alert")).to_contain_text("The citations could not be loaded.")
        dialog.locator("label", has_text="CSL-JSON").click()
        expect(dialog.get_by_role("alert")).to_contain_text("The citations could not be loaded.")


def test_a_panel_that_cannot_be_had(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER, without="**/scripts/dialogs-*.js") as page:
        opener(page).click()
        expect(opener(page)).to_have_text("Could not open")
        expect(page.get_by_role("status").filter(has_text="Could not open")).to_have_count(1)


def test_a_refused_clipboard_is_said(chromium: Browser, address: str) -> None:
    with panel(chromium, address) as (page, dialog):
        settled(dialog, "APA")
        page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error('refused')) }")
        dialog.get_by_role("button", name="Copy").click()  # as text alone
        expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
        assert "Arjovsky" in page.evaluate("navigator.clipboard.readText()")
        expect(dialog.get_by_role("button", name="Copy", exact=True)).to_be_visible()
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')) }")
        dialog.get_by_role("button", name="Copy").click()
        expect(dialog.get_by_role("button", name="Copying failed: the text is selected")).to_be_visible()
        assert "Arjovsky" in page.evaluate("getSelection().toString()")


def test_a_browser_that_copies_less(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER) as page:
        page.add_init_script("delete window.ClipboardItem")
        page.reload()
        opener(page).click()
        dialog = page.locator("dialog.citing")
        settled(dialog, "APA")
        dialog.get_by_role("button", name="Copy").click()
        expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
        assert "Arjovsky" in page.evaluate("navigator.clipboard.readText()")
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        page.reload()
        opener(page).click()
        settled(dialog, "APA")
        expect(dialog.get_by_text("Copy", exact=True)).to_be_hidden()
        expect(dialog.get_by_role("button", name="Download")).to_be_enabled()


# How it looks


@pytest.mark.parametrize("width", [320, 720, 1440])
def test_the_open_panel_is_accessible(chromium: Browser, address: str, width: int) -> None:
    with panel(chromium, address, "tags/gan/", width=width) as (page, dialog):
        for form in ("APA", "CSL-JSON"):
            choose(dialog, form)
            for colors in ("light", "dark"):
                color(page, colors)
                assert violations(page) == []
                assert page.evaluate("document.querySelector('.citing').scrollWidth") <= width
                assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone(chromium: Browser, address: str) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{address}tags/gan/")
    opener(page).tap()
    dialog = page.locator("dialog.citing")
    settled(dialog, "APA")
    dialog.locator("label", has_text="MLA").tap()
    settled(dialog, "MLA")
    assert page.evaluate("document.querySelector('.citing').scrollWidth") <= 390
    for target in [*dialog.get_by_role("button").all(), *dialog.locator("label").all()]:
        box = target.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
        assert box["y"] + box["height"] <= 844  # everything can be reached, however long the list is
    dialog.get_by_role("button", name="Close").tap()
    expect(dialog).to_be_hidden()
    context.close()


def test_what_is_loaded_is_small_and_has_its_licences(site: Path) -> None:
    scripts = site / "assets/scripts"
    assert zipped(next(scripts.glob("citeproc_commonjs.js"))) < 100_000
    assert zipped(scripts / "styles/locales.json") < 8_000
    assert max(zipped(file) for file in (scripts / "styles").glob("*.json")) < 8_000
    assert "Common Public Attribution License" in (scripts / "citeproc.license.txt").read_text("utf-8")
    told = (scripts / "styles/license.txt").read_text("utf-8")
    assert "https://creativecommons.org/licenses/by-sa/3.0/" in told
    for file in (scripts / "styles").glob("*.json"):
        assert f"{file.name}" in told

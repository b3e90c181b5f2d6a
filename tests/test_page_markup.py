"""What hand-written pages may hold: hostile and useful pages, and random ones as a browser would read them."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import ROOT

from generator.checks.pages import (
    MAX_ALL_PAGES_LENGTH,
    MAX_PAGE_FAULTS,
    check_page_markup,
    page_faults,
    whole_page_html,
)
from generator.content.loader import MAX_PAGE_LENGTH, parse_page
from generator.content.model import Library, Page, Site, SourceMarks
from generator.content.page_limits import MAX_BLOCK_LENGTH, MAX_BLOCK_LINES, MAX_CONTAINER_DEPTH
from generator.content.page_markup import ELEMENT_ATTRIBUTES, ELEMENT_PLACES, GLOBAL_ATTRIBUTES, is_allowed_value
from generator.site.templating import TEMPLATES_FOLDER

BEFORE = "# About\n\nCode such as `<meta>`, `</main>` and `[x](javascript:x)` is text.\n\n"  # what follows is on line 5
BARE = Library(Site("A list", "Of papers.", "Text."), (), (), (), (), (), {})
NOT_ALLOWED = "the element <{}> is not allowed (allowed: a, abbr, "
LINK_EXPECTED = "expected an address within the site, or one that starts with https://, http:// or mailto:, found "
PICTURE_EXPECTED = "expected the relative address of a picture of the site, found "
FRAME = "<!DOCTYPE html><html><body><header></header><main><div><article>{}</article></div></main><footer>end</footer>"

HOSTILE = [
    ('<meta http-equiv="refresh" content="0;url=https://evil.example/">', ["5:1: " + NOT_ALLOWED.format("meta")]),
    ('Text <META http-equiv="refresh">.', ["5:6: " + NOT_ALLOWED.format("meta")]),
    ("<plaintext>", ["5:1: " + NOT_ALLOWED.format("plaintext")]),
    ("> - Quoted <textarea>", ["5:12: " + NOT_ALLOWED.format("textarea")]),
    ("<script>x</script>", ["5:1: " + NOT_ALLOWED.format("script")]),
    ("<style>x</style>", ["5:1: " + NOT_ALLOWED.format("style")]),
    ('<base href="/x/">\n<link rel="x">', ["5:1: " + NOT_ALLOWED.format("base"), "6:1: " + NOT_ALLOWED.format("link")]),
    ('<form action="https://evil.example/"></form>', ["5:1: " + NOT_ALLOWED.format("form")]),
    ('<iframe src="x"></iframe>', ["5:1: " + NOT_ALLOWED.format("iframe")]),
    ("<svg></svg>", ["5:1: " + NOT_ALLOWED.format("svg")]),
    ("<math></math>", ["5:1: " + NOT_ALLOWED.format("math")]),
    ("<x-element></x-element>", ["5:1: " + NOT_ALLOWED.format("x-element")]),
    ("</main></article>", ["5:1: </main> closes no element", "5:8: </article> closes no element"]),
    ("Text.</p></div>", ["5:6: </p> closes no element", "5:10: </div> closes no element"]),
    ("<div>\n\nText.", ["5:1: the element <div> is not closed"]),
    ("An <b>unclosed\n\nparagraph.", ["5:4: the element <b> is not closed"]),
    ("<b><i>x</b></i>", ["5:4: the element <i> is not closed", "5:12: </i> closes no element"]),
    ("<li>x</li>", ["5:1: expected <li> directly in <ol> or <ul>"]),
    ("<table>x</table>", ["5:1: text cannot stand directly in <table>"]),
    ("<p>a<div>b</div></p>", ["5:5: the element <div> cannot stand in <p>"]),
    ("A <div>block</div>", ["5:3: the element <div> cannot stand in <p>"]),
    ('<a href="x">[y](z)</a>', ["5:17: a link cannot stand in a link"]),
    ("<b>" * 101 + "x" + "</b>" * 101, ["5:298: expected at most 100 elements within each other"]),
    ('<b onclick="x">y</b>', ["5:1: the attribute onclick is not allowed on <b> (allowed: dir, id, lang, title)"]),
    ('<p style="x">\ny</p>', ["5:1: the attribute style is not allowed on <p> (allowed: dir, id, lang, title)"]),
    ('<p class="md-header">x</p>', ["5:1: the attribute class is not allowed on <p> (allowed: dir, id, lang, title)"]),
    ('<img name="body" src="x">', ["5:1: the attribute name is not allowed on <img> (allowed: "]),
    ('<div markdown="1">x</div>', ["5:1: the attribute markdown is not allowed on <div> (allowed: "]),
    ("Text.\n{: onclick=x }", ["6:4: the attribute onclick is not allowed on <p> (allowed: "]),
    ("- Item\n{: style=x }", ["6:4: the attribute style is not allowed on <li> (allowed: "]),
    ("[x](y){onclick=x}", ["5:8: the attribute onclick is not allowed on <a> (allowed: "]),
    ("## Head {name=body}", ["5:10: the attribute name is not allowed on <h2> (allowed: "]),
    ('``` {.python onclick="x"}\nx\n```', ["5:6: the attribute onclick is not allowed on <code> (allowed: "]),
    ("[x](javascript:alert(1))", ["5:5: " + LINK_EXPECTED + '"javascript:alert(1)"']),
    ("[x](<javascript:alert(1)>)", ["5:6: " + LINK_EXPECTED + '"javascript:alert(1)"']),
    ("[x](JavaScript&#58;x)", ["5:5: " + LINK_EXPECTED + '"JavaScript:x"']),
    ('<a href="java&Tab;script:x">y</a>', ["5:1: " + LINK_EXPECTED + '"java script:x"']),
    ("<a href=' data:text/html,x'>y</a>", ["5:1: " + LINK_EXPECTED + '"data:text/html,x"']),
    ("[x][y]\n\n[y]: vbscript:x", ["7:6: " + LINK_EXPECTED + '"vbscript:x"']),
    ("Text <foo://x>.", ["5:7: " + LINK_EXPECTED + '"foo://x"']),
    ("Text <javascript:alert(1)>.", ["5:6: <javascript:alert(1)> is not allowed"]),
    ("![x](https://evil.example/x.png)", ["5:6: " + PICTURE_EXPECTED + '"https://evil.example/x.png"']),
    ("![x](data:image/png,x)", ["5:6: " + PICTURE_EXPECTED + '"data:image/png,x"']),
    ('<img src="//evil.example/x.png">', ["5:1: " + PICTURE_EXPECTED + '"//evil.example/x.png"']),
    ("<span id=about>x</span>", ['5:1: the id "about" is already used on the page']),
    (
        "## \\_\\_drawer",
        ["3:43: expected an id of lower-case letters, digits and hyphens that the site itself does not"],
    ),
    (
        "## Suggestion-1",
        ["3:43: expected an id of lower-case letters, digits and hyphens that the site itself does no"],
    ),
    (
        "## X {#Suggestions}",
        ["5:7: expected an id of lower-case letters, digits and hyphens that the site itself does"],
    ),
    ("<!-- a -- b -->", ['5:1: <!-- a -- b --> is a comment that is not closed, or contains "--"']),
    ("Text <!--> more --> and more.", ['5:6: <!--> is a comment that is not closed, or contains "--"']),
    ("<![CDATA[x]]>", ["5:1: <![CDATA[x]]> is not allowed"]),
    ("Text <?php x ?>", ["5:6: <?php x ?> is not allowed"]),
    ("<!DOCTYPE html>", ["5:1: <!DOCTYPE html> is not allowed"]),
    ('A tag <a href="x', ["5:7: a tag or comment is not closed before the page ends"]),
]

USEFUL = {
    "kbd": ("Press <kbd>/</kbd>, H<sub>2</sub>O, x<sup>2</sup>.", "<kbd>/</kbd>"),
    "emphasis": ("*a* **b** ~~c~~ `d < e`", "<code>d &lt; e</code>"),
    "less than": ("a < b, 1 <2, <3, AT&T, {x}, {{ y }}, $a_b$", "a &lt; b"),
    "html in code": (
        "`<meta>` and\n\n    <script>\n\n```html\n</main>\n```",
        '<code class="language-html">&lt;/main&gt;',
    ),
    "links": ("[a](papers/tr0n.md#x) <https://b.org/?c=d:e> <f@g.org> [h][i]\n\n[i]: https://j.org 'k'", 'title="k"'),
    "html links": ('<a href="../papers/" title="x">a</a> <a href=#about>b</a>', 'href="../papers/"'),
    "lists": ("- a\n    - b\n\n        c\n\n7) d\n\nText.\n\n7. d\n8. e\n\n> - f\n> > g", "<li>e</li>"),
    "table": ("| a | b |\n|:--|--:|\n| c | [d](e.md) |", '<th align="left">a</th>'),
    "html table": (
        "<table><caption>x</caption><tr><th scope=row>a</th><td colspan=2>b</td></tr></table>",
        "<td colspan=2>",
    ),
    "details": ("<details open>\n<summary>More</summary>\n<p>Text.</p>\n</details>", "<summary>More</summary>"),
    "figure": (
        '<figure>\n<img src="assets/favicon.svg" alt="x" width="32">\n<figcaption>y</figcaption>\n</figure>',
        "<fig",
    ),
    "picture": ("![x](assets/favicon.svg)", '<img alt="x" src="assets/favicon.svg" />'),
    "definitions": ("<dl>\n<dt>a</dt>\n<dd><p>b</p></dd>\n</dl>", "<dd><p>b</p></dd>"),
    "breaks": ("a<br>b<br/>c  \nd\n\n---\n\n<hr>", "a<br>b<br/>c"),
    "ids": ("## A head {#my-head}\n\nText.\n{: #text }", '<h2 id="my-head">'),
    "contents": ("[TOC]\n\n## One\n\n### Two\n\n## One\n\n## 生成", '<a href="#one_1">One</a>'),
    "comment": ("Text <!-- kept - so --> more.\n\n<!--\nTo do: <b>\n-->", "<!-- kept - so -->"),
    "rest": ('<abbr title="a">b</abbr> <time datetime="2026-01-01">c</time> <mark lang=de dir=ltr>d</mark>', "<abbr"),
}


def messages(text: str) -> list[str]:
    """Return the problems of a page's text, as `line:column: message`."""
    page, problems = parse_page(Path("x.md"), text)
    assert problems == []
    library = replace(BARE, pages=(page,), marks={"pages/x.md": SourceMarks("x.md")})
    return [f"{problem.line}:{problem.column}: {problem.message}" for problem in check_page_markup(library)]


def page_tree(html: str) -> Element:
    """Return the frame with a page in it, as a browser reads it."""
    tree: Element = html5lib.parse(FRAME.format(html), namespaceHTMLElements=False)
    return tree


@pytest.mark.parametrize(("text", "expected"), HOSTILE, ids=[text[:40] for text, _ in HOSTILE])
@pytest.mark.parametrize("after", ["", "\n\nMore text.\n"], ids=["at the end", "within"])
def test_a_hostile_page_is_refused_with_its_place(text: str, expected: list[str], after: str) -> None:
    if after and "before the page ends" in expected[0]:
        after = ""  # in the middle of a page it is text
    found = messages(BEFORE + text + after)
    assert len(found) == len(expected), found
    assert [message for message, start in zip(found, expected, strict=True) if not message.startswith(start)] == []


@pytest.mark.parametrize("name", USEFUL)
def test_what_curators_need_is_allowed_and_rendered(name: str) -> None:
    text, rendered = USEFUL[name]
    assert messages(BEFORE + text) == []
    html = whole_page_html("About", text)
    assert rendered in html
    assert_frame_is_whole(html)


def test_a_page_has_a_limited_number_of_problems() -> None:
    assert len(messages(BEFORE + "<meta>\n" * 290)) == MAX_PAGE_FAULTS


LIMITS = [
    ("x\n\n" + "a\n" * 301, "4:1: expected at most 300 lines without a blank line, found 301"),
    ("a" * 10_001, "2:1: expected at most 10,000 characters without a blank line, found 10,001"),
    ("```a\n\n" * 401, "802:1: expected at most 400 code fences on a page"),
    ("<!---->\n\n" * 21, "42:1: expected at most 20 comments on a page"),
    ("x <?\n\n" * 21, "42:3: expected at most 20 comments on a page"),
    (("|" * 99 + "\n|-|-|\n" + "|\n" * 101 + "\n") * 2, "106:1: expected at most 20,000 cells in the tables of a page"),
    ("x\n\n" + "*a **b " * 700 + "c" + " b** a*" * 700, "4:1: expected at most 100 elements within each other"),
    ("x\n\n" + ">" * 21, "4:1: expected at most 8 lists and quotations within each other"),
    ("- " * 5000, "2:1: expected at most 8 lists and quotations within each other"),
    ("> 1. * " * 7 + "x", "2:1: expected at most 8 lists and quotations within each other"),
    ("- a\n" + " " * 32 + "- b", "3:1: expected at most 8 lists and quotations within each other"),
    ("x\n\n- y " + "[" * 101, '4:3: expected at most 100 "[" in a paragraph, found 101'),
    ("x\n\n" + "[ ![ ] " * 21, '4:1: expected at most 20 open "[" in a paragraph'),
    ("y " + "``` `" * 51, '2:1: expected at most 200 "`" in a paragraph, found 204'),
    ("# a\n\n" * 501, "2:3: expected at most 500 headings on a page"),
    ("[TOC]\n\n> [TOC]", "2:1: expected [TOC] at most once on a page"),
    (
        "``` {a}}\n\n```\n\n```\n" + "a\n" * 301 + "```",
        "6:1: expected at most 300 lines without a blank line, found 303",
    ),
    (
        "```\t{a}\n\n```\n\n```\n" + "a\n" * 301 + "```",
        "6:1: expected at most 300 lines without a blank line, found 303",
    ),
]


@pytest.mark.parametrize(("text", "expected"), LIMITS, ids=[text[:20] for text, _ in LIMITS])
def test_what_takes_markdown_more_than_linear_time_is_refused(text: str, expected: str) -> None:
    assert [message[: len(expected)] for message in messages(f"# About\n{text}")] == [expected]


GUIDES = [file for file in (ROOT / "content/README.md",) if file.exists()]


def test_the_guide_names_the_limits() -> None:
    numbers = [MAX_PAGE_LENGTH, MAX_ALL_PAGES_LENGTH, MAX_BLOCK_LINES, MAX_BLOCK_LENGTH, MAX_CONTAINER_DEPTH]
    for guide in GUIDES:
        text = guide.read_text("utf-8").partition("\n## Pages\n")[2].partition("\n## ")[0]
        assert [number for number in numbers if f" {number:,} " not in " ".join(text.split()).replace(";", " ")] == []


WITHIN_LIMITS = [
    "- [a](b) and `c`\n" * 290,
    "| [a](b) | c |\n|--|--|\n" + "| [d](e) | `f` |\n" * 290,
    "```\n" + "x[[[[ ```` <!-- " * 1000 + "\n\n" + "y\n" * 1000 + "```",
    "# Head\n\nA paragraph of words, [a link](b) and *more*.\n\n" * 400,
    "> > - a\n> >     - b",
    "> - " * 4 + "a",
    "A list:\n\n" + " " * 60 + "deep_in_code()",
    "[a](b) and [c] " * 50,
]


@pytest.mark.parametrize("text", WITHIN_LIMITS, ids=[text[:20] for text in WITHIN_LIMITS])
def test_long_pages_are_within_the_limits(text: str) -> None:
    assert messages(f"# About\n\n{text}") == []


def test_all_pages_together_have_a_limit() -> None:
    pages = tuple(Page(name, "About", ("text " * 1_800 + "\n\n") * 10) for name in "abc")
    marks = {f"pages/{page.id}.md": SourceMarks(f"{page.id}.md") for page in pages}
    found = list(check_page_markup(replace(BARE, pages=pages, marks=marks)))
    assert [(problem.file, problem.message) for problem in found] == [
        ("c.md", "expected at most 200,000 characters on all pages together")
    ]


@pytest.mark.parametrize("fixed", ["__drawer", "__search", "Suggestions", "suggestion-0", "", "a b"])
def test_ids_of_the_theme_and_of_scripts_cannot_be_taken(fixed: str) -> None:
    assert not is_allowed_value("id", fixed, GLOBAL_ATTRIBUTES["id"])


def test_only_hand_written_pages_skip_escaping() -> None:
    unescaped = [
        file.name for file in TEMPLATES_FOLDER.glob("*.md") if re.search(r"\|\s*safe", file.read_text("utf-8"))
    ]
    # That of the data page are ids and addresses in code, and that of the layout is a block, which is escaped already.
    assert sorted(unescaped) == ["data.md", "layout.md", "plain.md"]


def test_attributes_belong_to_elements() -> None:
    assert ELEMENT_ATTRIBUTES.keys() <= ELEMENT_PLACES.keys()
    assert {place for places in ELEMENT_PLACES.values() for place in places} - {""} <= ELEMENT_PLACES.keys()


def assert_frame_is_whole(html: str) -> None:
    """Check that a browser finds the frame of a page as it was, and in it the elements of the HTML and no others."""
    tree = page_tree(html)
    body = tree.find("body")
    assert body is not None
    assert [child.tag for child in body] == ["header", "main", "footer"]
    article = body.find("main/div/article")
    assert article is not None
    assert [child.tag for child in body.iter() if child.tag in ("header", "main", "article", "footer")] == [
        "header",
        "main",
        "article",
        "footer",
    ]
    assert article[-1].tag == "script"
    assert "".join(body[2].itertext()) == "end"
    assert len(body[2]) == 0
    found = Counter(node.tag for node in article.iter() if isinstance(node.tag, str) and node.tag != "tbody")
    text = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    assert found - Counter(["article"]) == Counter(
        name for name in re.findall(r"<([a-z][a-z0-9]*)(?=[\s/>])", text) if name != "tbody"
    )


PIECES = [
    *"a # ## * ** _ ` ``` > - 1. [ ] ( ) ](x) ![ < </ <!-- --> & &lt; | |-|-| { {: } \\ \" ' =".split(),
    "\n",
    "\n\n",
    "    ",
    "\n    ",
    "\n- ",
    "\n\n- a\n    - ",
    "[TOC]",
    "[x](y)",
    "[x]: ",
    "<https://a.b>",
    "{: #c }",
    "{#d .e}",
    "|a|b|\n|-|-|\n|c|",
    "```\ncode\n```\n",
    "<!-- x -->",
    *(f"<{name}>" for name in "b div p ul li table tr td details summary a dl dt h2 pre textarea form".split()),
    *(f"</{name}>" for name in "b div p ul li table tr td details summary a dl dt h2 pre article main".split()),
    "<div>\n",
    "\n</div>\n",
    "<b>x</b>",
    "<ul><li>x</li></ul>",
    "<table><tr><td>x</td></tr></table>",
    '<a href="x">y</a>',
    "<br>",
    "<img src=x>",
    '<b title="',
    '">',
]


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join))
def test_a_page_that_passes_keeps_the_frame(text: str) -> None:
    page = Page("x", "About", text)
    if not page_faults(page):
        assert_frame_is_whole(whole_page_html(page.title, page.text))


def test_the_pages_of_the_toy_list_pass(toy: Library) -> None:
    assert [page_faults(page) for page in toy.pages] == [set()] * len(toy.pages)

"""Curators' text passes through Markdown unchanged: the page shows exactly what was written, none of it as markup."""

import re
from typing import cast
from xml.etree.ElementTree import Element

import html5lib
import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.site import escaping

ELEMENTS = {"p", "a", "sub", "sup", "span", "math", "semantics", "annotation"} | escaping.MATHML_TAGS
TEXTS = st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=80) | st.lists(
    st.sampled_from(
        "\\ ` * _ { } [ ] ( ) < > & # ! | ~ ^ = \" $ @ + - . : ; ' \n x 1 \\( \\) \\[ \\] $$ https://a.b/ {{ }} {% %} "
        "<!-- ``` <script> </p> &lt; &#60; javascript: [x](y) ![x](y) {:.c} 1. \\frac \\text \\href \\unicode".split()
    ),
    max_size=30,
).map(" ".join)


def built(text: str) -> Element:
    """Return the element with the text, from HTML rendered as MkDocs does and parsed as a browser does."""
    html = markdown.markdown(f"# Title\n\n{text}\n", extensions=["attr_list", "toc"])
    body = cast(Element, html5lib.parse(html, namespaceHTMLElements=False).find("body"))
    for node in body.iter():
        node.tag = node.tag.rpartition("}")[2]
    return body


def shown(text: str) -> str:
    """Return the text as copied from the page, with the source of formulas."""
    body = built(text)
    for semantics in body.iter("semantics"):
        for drawn in semantics.findall("mrow"):
            semantics.remove(drawn)
    return " ".join("".join(body.itertext()).removeprefix("Title").split())


@pytest.mark.parametrize(
    "text",
    [
        "Fid_+, Fid_-, and Fid_Δ",
        "images at 1024^2, 1024x1024",
        "Σ^2_P-hard",
        r"the decomposition \[ h_{c,t} = \mu + pos_t + ctx_c + resid_{c,t} \] where",
        r"inline \( x_1 \) and $x^2$ and $$ y $$, but a price of $5 and one of $6",
        "a *different* view, a __strong__ one, a ~~struck~~ one",
        "x_c and pos_t, (pos_t)_{t}, snake_case_name and __init__",
        "available at https://github.com/layer6ai-labs/tr0n.",
        "(see https://github.com/andreasmadsen/concept_exp)",
        "https://en.wikipedia.org/wiki/Model_(art), https://a.b/c?d=e&f=g*h; https://a.b/~user/x_y_z",
        "1. not a list",
        "- not a list",
        "# not a heading",
        "> not a quotation",
        "    not code",
        "a `code` span and a \\backslash\\ and a trailing \\",
        "[text](https://a.b) and ![picture](x.png) and [ref][1] and [^1]",
        "<b>bold</b> <script>alert(1)</script> <!-- comment --> &amp; &#60;",
        "{{ jinja }} {% raw %} {# note #} ${shell} {: .attribute }",
        "a | b | c",
        "Term\n: definition",
        "*[HTML]: abbreviation",
        "@handle, :smile:, ==mark==, ^^insert^^, ++key++",
    ],
)
def test_abstract_says_what_was_written(text: str) -> None:
    page = "".join(f"<p>{paragraph}</p>\n" for paragraph in escaping.abstract_paragraphs(text))
    assert shown(page) == " ".join(text.split())
    assert {node.tag for node in built(page).iter()} - {"body", "h1"} <= ELEMENTS


@given(TEXTS)
def test_any_abstract_says_what_was_written(text: str) -> None:
    page = "".join(f"<p>{paragraph}</p>\n" for paragraph in escaping.abstract_paragraphs(text))
    body = built(page)
    assert shown(page) == " ".join(text.split())
    assert {node.tag for node in body.iter()} - {"body", "h1"} <= ELEMENTS
    for link in body.iter("a"):
        assert re.match("https?://", link.get("href", ""))


@given(TEXTS)
def test_any_line_comes_out_as_text(text: str) -> None:
    body = built(
        f'<p title="{escaping.escape_line(text)}">{escaping.escape_line(text)}</p>\n\n{escaping.escape_line(text)}'
    )
    paragraphs = [" ".join("".join(p.itertext()).split()) for p in body.iter("p")]
    written = " ".join(text.split())
    assert paragraphs == [written, written] if written else paragraphs in ([""], [])
    assert {node.tag for node in body.iter()} == {"body", "h1", "p"}


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("1024^2", "1024<sup>"),
        ("x_c", "x<sub>"),
        ("Fid_+,", "Fid<sub>"),
        (r"\( \frac{a}{b} \)", "<mfrac>"),
        ("at https://a.b/tr0n.", '<a href="https://a.b/tr0n">https://a.b/tr0n</a>.'),
        ("(https://a.b/concept_exp)", '<a href="https://a.b/concept&#95;exp">https://a.b/concept&#95;exp</a>)'),
    ],
)
def test_abstract_is_set(text: str, markup: str) -> None:
    assert markup in escaping.abstract_paragraphs(text)[0]


@pytest.mark.parametrize(
    "tex",
    [
        *(r"\rule{1em}{99999em}", r"\rule{99999em}{1em}", r"\hspace{99999em}", r"\mspace{99999mu}", r"a \kern 99in b"),
        *(r"a \kern-99em b", r"\hskip 9999pt x", r"\raise 99em x", r"\lower 2em x", r"\moveleft 99em x"),
        *(r"a \above 99em b", r"\kern 9999999999999999999999999em x", "\\sqrt{" * 99 + "x" + "}" * 99),
        *("{" * 300 + "x" + "}" * 300, r"\text{a} \left( \rule{0em}{99em} \right)", r"\frac{1}{\hspace{99999em}}"),
    ],
)
def test_a_formula_that_could_leave_its_place_stays_text(tex: str) -> None:
    paragraph = escaping.abstract_paragraphs(f"A formula ${tex}$.")[0]
    assert "<" not in paragraph
    assert shown(paragraph) == f"A formula ${tex}$."


@pytest.mark.parametrize(
    "tex",
    [
        *(r"\rule{1cm}{0.4pt}", r"a \quad b \qquad c \! d", r"\hspace{2in}", r"x \kern-.5em y", r"\Biggl( x \Biggr)"),
        *(r"\raise .5ex x", r"\xrightarrow[a]{b}", r"\rlap{x} \llap{y}", "\\frac{1}{1 + " * 9 + "x" + "}" * 9),
        *(r"\phantom{abcdefgh}", r"\rule{1e9em}{1e9em}"),  # whose length is read as 1
    ],
)
def test_spaces_and_rules_of_usual_size_are_set(tex: str) -> None:
    assert "<math>" in escaping.abstract_paragraphs(f"A formula ${tex}$.")[0]


@pytest.mark.parametrize("text", ["snake_case_name", "__init__", "a_long name", "5^", "_x", "R^ 2"])
def test_what_is_no_formula_is_left_alone(text: str) -> None:
    assert "<" not in escaping.abstract_paragraphs(text)[0]


def test_paragraphs_stand_apart() -> None:
    assert escaping.abstract_paragraphs("One\nline.\n\n  \nAnother.") == ["One line.", "Another."]
    assert escaping.split_paragraphs("Folded.\nAnother.") == ["Folded.", "Another."]
    assert escaping.split_paragraphs("Kept\nlines.\n\nAnother.") == ["Kept lines.", "Another."]

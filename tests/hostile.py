"""Texts that are hard for every format: syntax of TeX, XML, JSON, and RIS, other scripts, and text from hypothesis."""

import dataclasses
import unicodedata

from hypothesis import strategies as st

from generator.citations.citation import Citation, paper_citation
from generator.citations.names import AuthorName
from generator.content.characters import character_fault, is_blank
from generator.content.model import Paper, Venue

TITLES = [
    r'"Quotes", ‘curly’ «French» and a back\slash',
    "An {unclosed brace",
    "A closing} brace, and {both}",
    "Tom & Jerry: 100% of $5 #1 snake_case ~ ^ <b>bold</b> & &amp; |pipe|",
    r"\textbf{TeX} \& $\alpha_1$ \{ \} --- ``quoted''",
    "生成模型的解释 (Erklärung generativer Modelle)",
    "שלום: right to left مرحبا",
    "Emoji 🙂 and 👩‍🔬, Ünïcödé ﬁ ß İ",
    "TY  - JOUR ER  - ",
    "@article{x, title = {y}}",
    "]]> <!-- --> <?xml?> </title>",
    "Semicolons; commas, = + - @ ' and / slashes: all at once?",
]
FRAGMENTS = r"""
<script>alert(1)</script>
</script><script>alert(1)//
<img src=x onerror=alert(1)>
"><svg/onload=alert(1)>
' onmouseover='alert(1)
</p></li></ul></article></body></html>
</title><script>alert(1)</script>
</code></pre><b>
<!-- <b> -->
--!> <!--
<![CDATA[ <b> ]]>
<?php echo 1 ?>
<!DOCTYPE html>
<math><mtext></mtext><mglyph><style>
<table><tr><td><select><template>
<annotation-xml encoding="text/html"><script>alert(1)</script></annotation-xml>
<iframe srcdoc="&lt;script&gt;">
<a href="javascript:alert(1)">x</a>
&lt;b&gt; &amp;lt; &#60; &#x3c; &nbsp; &copy &notanentity;
{{ 7*7 }} {% raw %} {# c #} {%- endblock %}
{{ config.__class__ }}
${7*7} #{7*7} <%= 7 %>
[text](javascript:alert(1)) ![picture](x "onerror=alert(1)")
[text][ref] [ref]: javascript:alert(1)
<https://a.example/> <x@y.example>
https://a.example/?x=<b>&y="z'
HTTPS://a.example/ //a.example/ javascript:alert(1) data:text/html,x
[^1] [^1]: note
*em* **strong** __strong__ _em_ ~~del~~ ^^ins^^ ==mark== `code` ``co`de``
{: onclick=alert(1) .x #y }
text {: #bibtex }
# heading
## heading {: #q }
- item
1. item
> quotation
| a | b |
|---|---|
```html
~~~
---
...
--- title: x
===
: definition
*[HTML]: abbreviation
!!! note
!!python/object:os.system x
&anchor *alias
key: value # comment
yes no null ~ 0x1F 1e3 2001-01-01
- {a: [b
%YAML 1.2 %s %(x)s %20
$\href{javascript:alert(1)}{x}$
$\unicode{x3c}b\unicode{x3e}$ $\text{<script>alert(1)</script>}$
\[ \frac{a}{b} \] \( x_1^2 < y & z \) $$ \begin{matrix} a & b \\ c \end{matrix} $$
$\class{x}{y}$ $\style{display:none}{x}$ $\require{html}$
x_c R^2 Fid_+ a_{<b>} y^{"} _{x} ^*
\ \\ \` \* \_ \{ \" \' \
" ' `
/ ? ! : ; , @ # ~ ^ = + - . ( ) [ ] { } | < > &
wzxhzdk:0 klzzwxh:0000 stx etx
%3Cscript%3E ..%2f..%2f ../../ /etc/passwd C:\x
\u003cscript\u003e \x3c \074
Ünïcödé Ŀ ﬁ ß İ ı ſ K
生成 日本語 שלום مرحبا 🙂 👩‍🔬
""".strip("\n").split("\n")
NAMES = [
    "Aäron van den Oord",
    "Smith, Jr., John",
    "王伟",
    "李 明",
    "O'Neil & Sons",
    "B. and C. Group",
    "A. And",
    "محمد علي",
    "Zoë {Brace",
    r"Back\slash Smith",
    "X Æ A-12 🙂",
    "de Vries",
    "a, b, c, d, e",
    "Madonna",
]
# One line of text that the generator accepts: printable, without spaces at its ends, in any Unicode normalization.
lines = (
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=40)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: not is_blank(text) and not character_fault(text))
)
VENUES = [None, Venue("ICML & Co. {2017}", 2017, "conference"), Venue("Journal_of 100% <X>", 2020, "journal")]


def hostile_citation(title: str, authors: list[str], venue: Venue | None = None, key: str = "key2020x") -> Citation:
    """Return the citation of a paper with this title and these authors."""
    paper = Paper(
        "x",
        title,
        authors=tuple(authors),
        category="shelf",
        abstract=f"An abstract of {title}.",
        arxiv="2101.00010",
        published="2021-01-02",
    )
    return paper_citation(dataclasses.replace(paper, venue=venue), key, {})


def same(one: str, other: str) -> bool:
    """Return whether two texts look the same, disregarding Unicode normalization and the amount of whitespace."""
    first, second = (unicodedata.normalize("NFC", " ".join(text.split())) for text in (one, other))
    return first == second


def parts(name: AuthorName) -> list[str]:
    """Return the nonempty parts of a name, in the order particle, family, suffix, given."""
    return [part for part in (name.particle, name.family, name.suffix, name.given) if part]

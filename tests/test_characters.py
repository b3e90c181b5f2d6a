"""The characters that a text may have, alike in every field, in whole files, and in what is imported."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content.characters import UNCOMMON, UNUSUAL, character_fault, clean_text, is_blank, is_mark
from generator.content.loader import parse_page
from generator.content.model import Line, Paper, text_format
from generator.content.reader import read_yaml, text_fault, valid_text
from generator.content.text import normalized_text
from generator.curate.importers.bibtex import read_bibtex
from generator.curate.importers.plain_text import printable_line

REFUSED = (
    "\x00\x07\x0b\x1b\x7f\x85\u2028\u2029\xad\u034f\u061c\u115f\u1160\u17b4\u180e\u200b\u200e\u200f\u202a\u202e"
    "\u2060\u2064\u2066\u206a\u206f\u3164\ufeff\uffa0\ufff9\ufffb\ufffc\ufdd0\ufdef\ufffe\uffff\ue000\uf8ff"
    "\U0001d173\U000e0001\U000e0041\U000e007f\U000f0000\U0010fffd\U0001fffe\U0010ffff"
)
ALLOWED = [
    "می‌خواهم",  # Persian, with a joiner that keeps two letters apart
    "क्‍ष",
    "ന്‍",  # a Malayalam letter that ends in a joiner
    "👩‍🔬 and ☕️ and 1️⃣",
    "葛\U000e0100城",  # a Japanese name with the form of its sign
    "ᠠ\u180b",
    "שָׁלוֹם",
    "Ünïcödé ﬁ ß İ",
    unicodedata.normalize("NFD", "Ệ ǖ"),
    "生成モデル",
    "αβγ ∀x ∈ ℝ",
    "…—–―„“«»‹›",
    "═" * 50,
    "\ufffd",
]
EMPTY = "\u0301", "\u0301\u0302 \u0303", "\u3000", "\u00a0", "\u2800", "\u2800 \u2800", "\U0001d159", "\u20dd", "\u0e47"
JOINING = "\u200d\u200c\ufe0f\U000e0100"
SPOILED = st.one_of(
    st.text("ab1 é\u0301א👩क\n" + REFUSED + JOINING), st.text("aé 1👩" + JOINING), st.text("a\u0301\u0e47\u200b")
)


@pytest.mark.parametrize("bad", REFUSED, ids=lambda bad: f"U+{ord(bad):04X}")
def test_what_cannot_be_seen_is_refused(bad: str) -> None:
    fault = character_fault(f"A{bad}b")
    assert fault
    assert fault[0] == 1
    assert fault[1].startswith(f"the character U+{ord(bad):04X} (")
    assert text_fault(text_format(Line), f"A{bad}b") == fault[1]
    assert clean_text(f"A{bad}b") in ("Ab", "A b")


@pytest.mark.parametrize("text", ALLOWED)
def test_what_scripts_and_emoji_need_is_allowed(text: str) -> None:
    assert character_fault(text) is None
    assert clean_text(text) == text
    assert valid_text(Line, text) == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Was\u200dserstein", "3: the character U+200D (zero width joiner) is not allowed"),
        ("\u200cא", "0: the character U+200C (zero width non-joiner) is not allowed"),
        ("א\u200d\u200c", "2: the character U+200C (zero width non-joiner) is not allowed"),
        ("☕\ufe0f\ufe01", "2: the character U+FE01 (variation selector-2) is not allowed"),
        ("a\ufe0f", "1: the character U+FE0F (variation selector-16) is not allowed"),
        ("a \U000e0100", "2: the character U+E0100 (variation selector-17) is not allowed"),
        ("A" + "\u0301" * 9, "9: expected at most 8 marks on one letter, found more"),
        ("ก" + "\u0e47" * 20, "9: expected at most 8 marks on one letter, found more"),
        ("\ue000", "0: the character U+E000 (private use) is not allowed"),
        ("x\ufdd0", "1: the character U+FDD0 (no character) is not allowed"),
        ("A" + "\u0301" * 9 + "\u200b", "9: expected at most 8 marks on one letter, found more"),
        ("\u200bA" + "\u0301" * 9, "0: the character U+200B (zero width space) is not allowed"),
    ],
)
def test_the_first_fault_is_reported(text: str, message: str) -> None:
    index, fault = character_fault(text) or (-1, "")
    assert f"{index}: {fault}" == message


@pytest.mark.parametrize("text", EMPTY)
def test_what_looks_empty_is_empty(text: str) -> None:
    assert is_blank(text)
    entry = f'title: "{text}"\nauthors: ["{text}"]\ncategory: x\nabstract: "{text}"\nwhy: "{text}"\nsummary: "{text}"\n'
    problems = read_yaml(entry, "x.yml", Paper, id="x")[2]
    assert [(problem.line, problem.message.split(",")[0]) for problem in sorted(problems)] == [
        (1, "expected one line of text"),
        (2, "expected a name on one line"),
        (4, "expected text"),
        (5, "expected text"),
        (6, "expected one line of text"),
    ]
    assert parse_page(Path("x.md"), f"# {text}\n")[1]


@pytest.mark.parametrize("text", ["a", "1", "?", "∑", "🙂", "字", "\u0301a", "\U0001fbff"])
def test_one_sign_is_enough(text: str) -> None:
    assert not is_blank(text)


@given(SPOILED)
def test_what_is_cleaned_has_no_fault(text: str) -> None:
    cleaned = clean_text(text)
    assert character_fault(cleaned) is None
    assert clean_text(cleaned) == cleaned
    assert character_fault(printable_line(text)) is None


@given(SPOILED, SPOILED)
def test_an_imported_entry_has_no_fault(title: str, name: str) -> None:
    records, _ = read_bibtex(f"@misc{{k, title = {{{title} T}}, author = {{{name} Lee}}}}", "x.bib")
    assert all(valid_text(Line, text) for record in records for text in (record.paper.title, *record.paper.authors))


def test_common_characters_have_no_fault() -> None:
    common = [sign for sign in map(chr, range(0x110000)) if not UNCOMMON.match(sign)]
    assert len(common) > 20_000
    assert [sign for sign in common if UNUSUAL.match(sign) or is_mark(sign)] == []


@given(st.text(st.characters(max_codepoint=127)))
def test_texts_of_ascii_are_normalized_as_others(text: str) -> None:
    assert normalized_text(f"{text} é") == f"{normalized_text(text)} e".strip()

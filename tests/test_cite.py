"""BibTeX entries, exactly as they are copied."""

import dataclasses

import pytest

from generator.cite import bibtex, citation_keys, entry, escaped, family_name, first_year, protected
from generator.model import Library, Paper, Venue

PAPER = Paper("x", "On StyleGAN & Co.", ("Ann van der Berg", "B. and C. Group"), "shelf", "text")


def test_conference() -> None:
    venue = Venue("ICML", 2017, "conference")
    paper = dataclasses.replace(PAPER, venue=venue, arxiv="1701.07875", published="2017-01-26")
    assert entry(paper, "key") == (
        "@inproceedings{key,\n"
        "  title         = {On {StyleGAN} \\& Co.},\n"
        "  author        = {Ann van der Berg and {B. and C. Group}},\n"
        "  booktitle     = {ICML},\n"
        "  year          = {2017},\n"
        "  eprint        = {1701.07875},\n"
        "  archiveprefix = {arXiv},\n"
        "  url           = {https://arxiv.org/abs/1701.07875},\n"
        "}\n"
    )


def test_journal_with_doi_needs_no_address() -> None:
    paper = dataclasses.replace(PAPER, venue=Venue("TPAMI", 2022, "journal"), doi="10.1109/x", arxiv="2101.00010")
    text = entry(paper, "key")
    assert text.startswith("@article{key,\n")
    assert "  journal       = {TPAMI},\n" in text
    assert "url" not in text


def test_preprint_has_its_month() -> None:
    text = entry(dataclasses.replace(PAPER, arxiv="1801.01973", published="2018-01"), "key")
    assert text.startswith("@misc{key,\n")
    assert "  month         = jan,\n" in text


def test_published_title_is_cited(toy: Library) -> None:
    assert "title         = {Wasserstein Generative Adversarial Networks}" in bibtex(toy)["wasserstein-gan"]


@pytest.mark.parametrize(
    ("author", "family"),
    [
        ("Léon Bottou", "Bottou"),
        ("Aäron van den Oord", "van den Oord"),
        ("Xu, Kelvin", "Xu"),
        ("Prathosh A.P.", "A.P."),
        ("Madonna", "Madonna"),
        ("de Vries", "Vries"),
    ],
)
def test_family_name(author: str, family: str) -> None:
    assert family_name(author) == family


@pytest.mark.parametrize(
    ("word", "title"),
    [("GAN", "{GAN}"), ("StyleGAN", "{StyleGAN}"), ("Generative", "Generative"), ("0-Shot", "{0-Shot}"), ("A", "A")],
)
def test_capitals_are_protected(word: str, title: str) -> None:
    assert protected(word) == title


def test_nothing_is_a_command_to_tex() -> None:
    assert escaped(r"50% of {A_1} & \b~c^d#e$") == (
        r"50\% of \{A\_1\} \& \textbackslash{}b\textasciitilde{}c\textasciicircum{}d\#e\$"
    )


def test_keys_are_unique_and_as_people_write_them(library: Library) -> None:
    keys = citation_keys(library)
    assert keys["wasserstein-gan"] == "arjovsky2017wasserstein"
    assert len(set(keys.values())) == len(keys)


def test_papers_that_would_share_a_key_get_letters(toy: Library) -> None:
    twins = tuple(dataclasses.replace(PAPER, id=f"p{index:02}") for index in range(28))
    keys = citation_keys(dataclasses.replace(toy, papers=twins))
    assert [keys[paper.id] for paper in twins[:2] + twins[-2:]] == [
        *("vanderbergstylegana", "vanderbergstyleganb", "vanderbergstyleganaa", "vanderbergstyleganab")
    ]


@pytest.mark.parametrize(
    ("paper", "year"),
    [
        (dataclasses.replace(PAPER, published="2017-01"), 2017),
        (dataclasses.replace(PAPER, arxiv="1411.1784"), 2014),
        (dataclasses.replace(PAPER, arxiv="cs/9901001"), 1999),
        (dataclasses.replace(PAPER, venue=Venue("ICML", 2020, "conference")), 2020),
        (PAPER, None),
    ],
)
def test_first_year(paper: Paper, year: int | None) -> None:
    assert first_year(paper) == year

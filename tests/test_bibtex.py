"""Papers from .bib files: as exported by sites and programs, as written by hand, and with errors."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.citations.bibtex import bibtex_entry
from generator.citations.citation import citations_by_paper, cited_title
from generator.content.characters import character_fault
from generator.content.model import Library, Links, Paper, Problem, Venue, blocking_problems
from generator.content.venues import with_venue_names
from generator.curate.importers.bibtex import author_full_name, read_bibtex
from generator.curate.importers.entries import candidate_entries

SAMPLES = Path(__file__).parent / "bibtex"
GOOD = {file.name: file.read_text(encoding="utf-8") for file in sorted(SAMPLES.glob("*.bib"))}
GROUP = "Martin Arjovsky", "Soumith Chintala", "Léon Bottou"


def paper(title: str, authors: tuple[str, ...], **values: Any) -> Paper:
    """Return a paper as imported from an entry without an abstract."""
    return Paper(id="", title=title, authors=authors, category="", abstract="", **values)


def read_papers(text: str, file: str) -> tuple[list[Paper], list[Problem]]:
    """Return the papers of a .bib file, and the problems of its entries."""
    records, problems = read_bibtex(text, file)
    return [record.paper for record in records], problems


def one(fields: str, kind: str = "misc") -> Paper:
    """Return the paper imported from one valid entry with these fields."""
    papers, problems = read_papers(f"@{kind}{{key, title = {{T}}, author = {{Ann Lee}}, {fields}}}", "x.bib")
    assert problems == []
    return papers[0]


def messages(text: str) -> list[str]:
    """Return the problems found in a .bib file, with their positions."""
    return [f"{problem.line}:{problem.column}: {problem.message}" for problem in read_papers(text, "x.bib")[1]]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (
            "dblp.bib",
            [
                paper(
                    "Wasserstein Generative Adversarial Networks",
                    GROUP,
                    editors=("Doina Precup", "Yee Whye Teh"),
                    published="2017",
                    venue=Venue("ICML", 2017, "conference"),
                    volume="70",
                    pages="214–223",
                    publisher="PMLR",
                    url="http://proceedings.mlr.press/v70/arjovsky17a.html",
                ),
                paper("Wasserstein GAN", GROUP, arxiv="1701.07875", published="2017"),
                paper(
                    "Why Do These Match? Explaining the Behavior of Image Similarity Models",
                    ("Bryan A. Plummer", "Mariya I. Vasileva", "Vitali Petsiuk", "Kate Saenko", "David A. Forsyth"),
                    editors=("Andrea Vedaldi", "Horst Bischof", "Thomas Brox", "Jan-Michael Frahm"),
                    doi="10.1007/978-3-030-58621-8_38",
                    published="2020",
                    venue=Venue("ECCV", 2020, "conference"),
                    volume="12356",
                    pages="652–669",
                    publisher="Springer",
                    isbn="978-3-030-58620-1",
                ),
                paper(
                    "GAN Inversion: A Survey",
                    ("Weihao Xia", "Yulun Zhang", "Yujiu Yang", "Jing-Hao Xue", "Bolei Zhou", "Ming-Hsuan Yang"),
                    doi="10.1109/TPAMI.2022.3181070",
                    published="2023",
                    venue=Venue("IEEE TPAMI", 2023, "journal"),
                    volume="45",
                    number="3",
                    pages="3121–3138",
                ),
            ],
        ),
        (
            "anthology.bib",
            [
                paper(
                    "Explaining How Transformers Use Context to Build Predictions",
                    ("Javier Ferrando", "Gerard I. Gállego", "Ioannis Tsiamas", "Marta R. Costa-jussà"),
                    editors=("Anna Rogers", "Jordan Boyd-Graber"),
                    doi="10.18653/v1/2023.acl-long.301",
                    acl_anthology="2023.acl-long.301",
                    published="2023-07",
                    venue=Venue("ACL", 2023, "conference"),
                    pages="5486–5513",
                    publisher="Association for Computational Linguistics",
                ),
                paper(
                    "Beyond [CLS] through Ranking by Generation",
                    ("Nogueira dos Santos, Cicero", "Xiaofei Ma", "Ramesh Nallapati", "Zhiheng Huang", "Bing Xiang"),
                    doi="10.18653/v1/2020.emnlp-main.134",
                    acl_anthology="2020.emnlp-main.134",
                    published="2020-11",
                    venue=Venue("EMNLP", 2020, "conference"),
                ),
                paper(
                    "Efficient Explanations from Empirical Explainers",
                    ("Robert Schwarzenberg", "Nils Feldhus", "Sebastian Möller"),
                    acl_anthology="2021.blackboxnlp-1.17",
                    published="2021-11",
                    venue=Venue("BlackboxNLP", 2021, "workshop"),
                ),
            ],
        ),
        (
            "scholar.bib",
            [
                paper(
                    "Wasserstein generative adversarial networks",
                    GROUP,
                    published="2017",
                    venue=Venue("ICML", 2017, "conference"),
                    pages="214–223",
                    publisher="PMLR",
                ),
                paper(
                    "Are GANs created equal? A large-scale study",
                    ("Mario Lucic", "Karol Kurach", "Marcin Michalski", "Sylvain Gelly", "Olivier Bousquet"),
                    published="2018",
                    venue=Venue("NeurIPS", 2018, "conference"),
                    volume="31",
                ),
                paper(
                    "Are GANs Created Equal? A Large-Scale Study",
                    ("Mario Lucic", "Karol Kurach", "others"),
                    arxiv="1711.10337",
                    published="2017",
                ),
                paper(
                    "StyleGAN-NADA: CLIP-guided domain adaptation of image generators",
                    ("Rinon Gal", "Or Patashnik", "Haggai Maron", "Amit H Bermano", "Gal Chechik", "Daniel Cohen-Or"),
                    published="2022",
                    venue=Venue("ACM TOG", 2022, "journal"),
                    volume="41",
                    number="4",
                    pages="1–13",
                    publisher="ACM New York, NY, USA",
                ),
            ],
        ),
        (
            "zotero.bib",
            [
                paper("Wasserstein GAN", GROUP, arxiv="1701.07875", language="en"),
                paper(
                    "AtMan: Understanding Transformer Predictions Through Memory Efficient Attention Manipulation",
                    (
                        "Björn Deiseroth",
                        "Mayukh Deb",
                        "Samuel Weinbach",
                        "Manuel Brack",
                        "Patrick Schramowski",
                        "Kristian Kersting",
                    ),
                    published="2023-12-15",
                    venue=Venue("NeurIPS", 2023, "conference"),
                    volume="36",
                    pages="63437–63460",
                    links=Links(code="https://github.com/Aleph-Alpha/AtMan"),
                ),
                paper(
                    "StyleGAN-NADA: CLIP-guided Domain Adaptation of Image Generators",
                    ("Rinon Gal", "Or Patashnik", "Haggai Maron", "Amit H. Bermano", "Gal Chechik", "Daniel Cohen-Or"),
                    doi="10.1145/3528223.3530164",
                    published="2022-07-22",
                    venue=Venue("ACM TOG", 2022, "journal"),
                    volume="41",
                    number="4",
                ),
                paper(
                    "Relevant Irrelevance: Generating Alterfactual Explanations for Image Classifiers",
                    (
                        "Silvan Mertes",
                        "Tobias Huber",
                        "Christina Karle",
                        "Katharina Weitz",
                        "Ruben Schlagowski",
                        "Cristina Conati",
                        "Elisabeth André",
                    ),
                    arxiv="2405.05295",
                    published="2024-05",
                ),
            ],
        ),
        (
            "semantic-scholar.bib",
            [
                paper(
                    "Wasserstein GAN",
                    GROUP,
                    arxiv="1701.07875",
                    published="2017",
                    url="https://api.semanticscholar.org/CorpusID:13943041",
                ),
                paper(
                    "CorpusBrain: Pre-train a Generative Retrieval Model for Knowledge-Intensive Language Tasks",
                    ("Jiangui Chen", "Ruqing Zhang", "Jiafeng Guo", "Yiqun Liu", "Yixing Fan", "Xueqi Cheng"),
                    published="2022",
                    venue=Venue("CIKM", 2022, "conference"),
                    url="https://api.semanticscholar.org/CorpusID:251594672",
                ),
                paper(
                    "Rewriting a Deep Generative Model",
                    ("David Bau", "Steven Liu", "Tongzhou Wang", "Jun-Yan Zhu", "Antonio Torralba"),
                    arxiv="2007.15646",
                    published="2020",
                ),
            ],
        ),
        (
            "arxiv.bib",
            [
                paper(
                    "A Comprehensive Survey on Self-Interpretable Neural Networks",
                    (
                        "Yang Ji",
                        "Ying Sun",
                        "Yuting Zhang",
                        "Zhigaoyuan Wang",
                        "Yuanxin Zhuang",
                        "Zheng Gong",
                        "Dazhong Shen",
                        "Chuan Qin",
                        "Hengshu Zhu",
                        "Hui Xiong",
                    ),
                    arxiv="2501.15638",
                    arxiv_class="cs.LG",
                    published="2025",
                )
            ],
        ),
    ],
)
def test_exports(file: str, expected: list[Paper]) -> None:
    papers, problems = read_papers(GOOD[file], file)
    assert [problem.message for problem in problems] == [*SAID_OF_EXPORTS.get(file, ())]
    assert [without_abstract(found) for found in papers] == expected


SAID_OF_EXPORTS = {
    "dblp.bib": ('entry "DBLP:conf/eccv/2020-11" is left out: other entries take their fields from it by "crossref"',),
    "scholar.bib": ('entry "lucic2017gans": "author" is incomplete: "others" stands for the missing names',),
}


def without_abstract(found: Paper) -> Paper:
    """Return the paper with an empty abstract, as other tests cover the abstracts of the samples."""
    return Paper(**{name: getattr(found, name) for name in Paper.__dataclass_fields__} | {"abstract": ""})


def test_abstracts_of_exports() -> None:
    papers, _ = read_papers(GOOD["anthology.bib"], "anthology.bib")
    assert "explanations for a model's prediction" in papers[0].abstract
    assert papers[0].abstract.endswith("we compare 5% of them.")
    assert papers[1].abstract == ""


def test_own_entries_read_back(toy: Library) -> None:
    papers, problems = read_papers(
        "\n".join(bibtex_entry(citation) for citation in citations_by_paper(toy).values()), "list.bib"
    )
    assert problems == []
    assert len(papers) == len(toy.papers)
    for mine, read in zip(with_venue_names(toy).papers, papers, strict=True):
        assert (read.title, read.authors) == (cited_title(mine), mine.authors)
        assert (read.arxiv, read.doi, read.acl_anthology) == (mine.arxiv, mine.doi, mine.acl_anthology)
        assert read.venue == mine.venue


def test_own_entries_are_on_the_list_already(toy: Library, works: Library) -> None:
    for library in (toy, works):
        text = "\n".join(bibtex_entry(citation) for citation in citations_by_paper(library).values())
        papers, problems = read_papers(text, "list.bib")
        assert not blocking_problems(problems)
        found = [*candidate_entries(papers, library, "2026-11-25")]
        assert [(entry.paper.id, entry.different_keys) for entry in found] == [(mine.id, ()) for mine in library.papers]


def test_broken_file() -> None:
    papers, problems = read_papers(GOOD["broken.bib"], "broken.bib")
    assert [found.title for found in papers] == [
        "Wasserstein Generative Adversarial Networks",
        "One Brace Too Many",
        "Nobody Wrote It",
        "Wasserstein GAN",
        "Still Read",
    ]
    assert papers[0].published == "2017-08-06"
    assert papers[0].venue == Venue("ICML", 2017, "conference")
    assert papers[3] == paper(
        "Wasserstein GAN", ("Martin Arjovsky",), type="webpage", url="https://aclanthology.org/people/"
    )
    assert "\n".join(map(str, problems)) + "\n" == (SAMPLES / "broken.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Martin Arjovsky", "Martin Arjovsky"),
        ("Arjovsky, Martin", "Martin Arjovsky"),
        ('van den Oord, A{\\"a}ron', "Aäron van den Oord"),
        ('A{\\"a}ron van den Oord', "Aäron van den Oord"),
        ("Nogueira dos Santos, Cicero", "Nogueira dos Santos, Cicero"),
        ("King, Jr., Martin Luther", "Martin Luther King Jr."),
        ('{van den Oord}, A{\\"a}ron', "Aäron van den Oord"),
        ("{NVIDIA Corporation}", "{NVIDIA Corporation}"),
        ("{Barnes and Noble}", "{Barnes and Noble}"),
        ("Arjovsky,", "Arjovsky"),
        ("A.~B. Bottou", "A. B. Bottou"),
        ("Bottou, L{\\'e}on", "Léon Bottou"),
        ("Costa-juss{\\`a}, Marta~R.", "Marta R. Costa-jussà"),
        ("Prathosh A.P.", "Prathosh A.P."),
        ("Wei Wang 0001", "Wei Wang"),
        ("family=Oord, given=Aäron, prefix=van den, useprefix=true", "Aäron van den Oord"),
        ("{\\'E}. {\\L}ukasz {\\O}rsted", "É. Łukasz Ørsted"),
        ("Ann Lee, Bob Ray, Cid Fox, Dan Gil", ""),
        ("Ann Lee, Bob Ray, Cid Fox", ""),
        ("Ann Lee; Bob Ray", ""),
    ],
)
def test_names(written: str, name: str) -> None:
    assert author_full_name(written) == name


def test_others_and_empty_names_are_no_authors() -> None:
    papers, _ = read_papers(
        "@misc{k, title={T}, author={and Lee, Ann and  and {Barnes and Noble} and\nRay AND others and}}", "x.bib"
    )
    assert papers[0].authors == ("Ann Lee", "{Barnes and Noble}", "Ray", "others")


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ("year = 2017", "2017"),
        ("year = {{2017}}, month = jan", "2017-01"),
        ('year = "2017", month = "January"', "2017-01"),
        ("year = 2017, month = 1, day = 26", "2017-01-26"),
        ("year = 2017, month = {01}", "2017-01"),
        ('year = 2017, month = "26~" # jan', "2017-01-26"),
        ('year = 2017, month = jul # "--" # aug', "2017"),
        ("year = 2017, month = {July 5-10}", "2017-07"),
        ("year = 2017, month = {Spring}", "2017"),
        ("date = {2017-01-26}", "2017-01-26"),
        ("date = {2017-01}, year = 2016", "2017-01"),
        ("date = {2017-01-26/2017-01-28}", "2017-01-26"),
        ("date = {2017-01-26T10:00:00Z}", "2017-01-26"),
        ("", None),
        ("year = 2017, eprint = {1701.07875}", "2017"),
        ("date = {2016-12-31}, eprint = {1701.07875}", "2016-12-31"),
        ("date = {2017-12-06}, eprint = {1701.07875}", None),
        ("year = 2018, eprint = {1701.07875}", None),
        ("year = 2017, eprint = {1701.07875}, booktitle = {ICML}", None),
        ("year = 2001, eprint = {cs/0101001}", "2001"),
        ("year = 1998, eprint = {cs.CL/9801001}", "1998"),
    ],
)
def test_first_version(fields: str, published: str | None) -> None:
    assert one(fields).published == published


@pytest.mark.parametrize(
    "fields",
    [
        "eprint = {1701.07875}, archiveprefix = {arXiv}",
        "eprint = {1701.07875v3}, eprinttype = {arxiv}",
        "eprint = {arXiv:1701.07875 [stat.ML]}, archivePrefix = {arXiv}",
        "eprint = {1701.07875}",
        "arxivId = {1701.07875}",
        "url = {https://arxiv.org/abs/1701.07875v2}",
        "url = {http://arxiv.org/pdf/1701.07875.pdf}",
        "howpublished = {\\url{https://arxiv.org/abs/1701.07875}}",
        "journal = {arXiv preprint arXiv:1701.07875}",
        "journal = {CoRR}, volume = {abs/1701.07875}",
        "note = {arXiv: 1701.07875}",
        "number = {arXiv:1701.07875}",
        "doi = {10.48550/arXiv.1701.07875}",
        "doi = {https://doi.org/10.48550/ARXIV.1701.07875}",
    ],
)
def test_arxiv_ids(fields: str) -> None:
    assert one(fields) == paper("T", ("Ann Lee",), arxiv="1701.07875")


@pytest.mark.parametrize(
    ("fields", "key", "value"),
    [
        ("doi = {10.1145/3528223.3530164}", "doi", "10.1145/3528223.3530164"),
        ("doi = {https://doi.org/10.1007/978-3-030-58621-8\\_38}", "doi", "10.1007/978-3-030-58621-8_38"),
        ("doi = {doi: 10.1007/978-3-030-58621-8{\\_}38}", "doi", "10.1007/978-3-030-58621-8_38"),
        ("url = {https://dx.doi.org/10.1145/3528223.3530164}", "doi", "10.1145/3528223.3530164"),
        ("url = {https://aclanthology.org/P19-1234}", "acl_anthology", "P19-1234"),
        ("url = {https://aclanthology.org/2023.acl-long.522.pdf}", "acl_anthology", "2023.acl-long.522"),
        ("eprint = {cs/0101001}", "arxiv", "cs/0101001"),
        ("eprint = {12345}, eprinttype = {hal}", "arxiv", None),
        ("eprint = {https://academic.oup.com/x.pdf}", "arxiv", None),
        ("eprint = {cs/0101001}, primaryclass = {cs.CL}", "arxiv_class", "cs.CL"),
        ("eprint = {1701.07875}, PrimaryClass = {cond-mat.str-el}", "arxiv_class", "cond-mat.str-el"),
        ("eprint = {1701.07875}, eprintclass = {hep-th}", "arxiv_class", "hep-th"),
        ("eprint = {1701.07875}, eprintclass = {stat}", "arxiv_class", None),
        ("eprint = {12345}, eprinttype = {hal}, eprintclass = {info.info-lg}", "arxiv_class", None),
        ("url = {https://github.com/a/b\\_c}", "links", Links(code="https://github.com/a/b_c")),
        ("howpublished = {\\url{https://gitlab.com/a/b}}", "links", Links(code="https://gitlab.com/a/b")),
        ("note = {Code: https://github.com/a/b.}", "links", Links(code="https://github.com/a/b")),
        ("subtitle = {Subtitle}", "title", "T: Subtitle"),
    ],
)
def test_values(fields: str, key: str, value: object) -> None:
    assert getattr(one(fields), key) == value


DATE = "a date from 0001 to 2099, such as 2017-01-26, 2017-01 or 2017"


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("year = 17", f'expected {DATE}, found "17"'),
        ("year = 3017", f'expected {DATE}, found "3017"'),
        ("doi = {10.1/x}", 'expected a DOI such as 10.1145/3528223.3530164, found "10.1/x"'),
        ("year = unknown", 'expected a value in braces or quotes, found "unknown" in "year"'),
        ("arxivid = {x}", 'expected an arXiv id without a version, such as 1701.07875, found "x"'),
    ],
)
def test_unfit_values_are_left_out(fields: str, problem: str) -> None:
    papers, problems = read_papers(f"@misc{{k, title = {{T}}, author = {{Ann Lee}},\n  {fields}\n}}", "x.bib")
    assert papers == [paper("T", ("Ann Lee",), type="document")]
    assert problems == [Problem("x.bib", 2, 3, f'entry "k": {problem}')]


PARENTS = """
@inproceedings{child, title = {Child}, author = {Ann Lee}, crossref = {Book}}
@proceedings{book, title = {Proceedings of the Snow Conference}, year = 2017, doi = {10.1145/1}, crossref = {series}}
@book{series, title = {Series}, editor = {Bob Ray}, month = jan}
@book{own, title = {A Book of its Own}, author = {Cid Fox}, year = 2018}
@incollection{chapter, title = {Chapter}, author = {Ann Lee}, crossref = {own}}
"""


def test_parents_hand_down() -> None:
    papers, problems = read_papers(PARENTS, "x.bib")
    assert [(problem.line, problem.warning) for problem in problems] == [(3, True), (4, True)]
    assert papers == [
        paper(
            "Child",
            ("Ann Lee",),
            editors=("Bob Ray",),
            published="2017-01",
            venue=Venue("Snow Conference", 2017, "conference"),
        ),
        paper("A Book of its Own", ("Cid Fox",), type="book", published="2018"),
        paper("Chapter", ("Ann Lee",), type="chapter", published="2018", container="A Book of its Own"),
    ]


def test_shared_fields() -> None:
    text = "@misc{a, title={T}, author={Ann Lee}, xdata={b, c}}\n@xdata{b, year=2017}\n@xdata{c, month=may}"
    assert read_papers(text, "x.bib") == ([paper("T", ("Ann Lee",), type="document", published="2017-05")], [])


def test_ring_of_crossrefs() -> None:
    entries = (
        f"@misc{{k{i}, title = {{T}}, author = {{Ann Lee}}, year = 2017, crossref = {{k{(i + 1) % 3}}}}}\n"
        for i in range(3)
    )
    papers, problems = read_papers("".join(entries), "x.bib")
    assert len(papers) == 3
    assert [problem.message.split(": ")[1] for problem in problems] == [
        '"crossref" leads back to an entry that it comes from'
    ] * 3


def test_strings_are_put_together() -> None:
    text = '@string(one = "Snow")\n@STRING{two = One # { Con}}\n@misc{k, title=TWO # "ference" # 7, author={Ann Lee}}'
    assert read_papers(text, "x.bib") == ([paper("Snow Conference7", ("Ann Lee",), type="document")], [])


def test_strings_of_strings_stay_small() -> None:
    strings = "".join(f"@string{{a{i} = {' # '.join([f'a{i - 1}'] * 10)}}}\n" for i in range(1, 20))
    text = f'@string{{a0 = "ten chars."}}\n{strings}@misc{{k, title = a19, author = {{Ann Lee}}}}'
    assert messages(text)[0] == '4:1: @string "a3": expected at most 1,000 characters, found more'


LAST = "\n@misc{last, title = {Last}, author = {Ann Lee}}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@misc{k, title = {T}, author = {A B}", ['1:1: entry "k" is not closed before the next one begins']),
        ("@misc{k, title = {T, author = {A B}}", ['1:1: entry "k" is not closed before the next one begins']),
        ('@misc{k, title = "T, author = {A B}}', ['1:1: entry "k" is not closed before the next one begins']),
        ("@misc{k", ['1:1: entry "k" is not closed before the next one begins']),
        ("@misc{", ["1:1: an entry without a key is not closed before the next one begins"]),
        ("@misc{title = {T}, author = {A B}}", ['1:1: entry "title" has no comma after its key']),
        (
            "@misc{k, title = {T} author = {A B}}",
            ['1:1: entry "k": expected one value in braces or quotes and a comma after "title ="'],
        ),
        (
            "@misc{k, title = {T} # , author = {A B}}",
            ['1:1: entry "k": expected one value in braces or quotes and a comma after "title ="'],
        ),
        (
            "@misc{k, title {T}, author = {A B}}",
            ['1:1: entry "k" is broken: expected name = {value}, with a comma between two of them'],
        ),
        ("@string{k}", ['1:1: @string "k" is broken: expected name = {value}, with a comma between two of them']),
        ("@string{k = }", []),
        ("@string{k = one two}", ['1:1: @string "k": expected one value']),
        ("@string{k = one}", ['1:1: @string "k": expected a value in braces or quotes, found "one"']),
        ("@misc{k}", ['1:1: entry "k" has no title']),
        ("@{k, title = {T}}", ['1:1: entry "k" has no type, such as @article']),
        ("\n  junk { }", ['2:3: expected an entry such as "@article{key, …}", found "junk { }"']),
        ('<html lang="en">', ['1:1: expected an entry such as "@article{key, …}", found "<html lang="en">"']),
        ("@comment{ never closed", []),
        ("@comment{@misc{k, title = {T}}}", []),
        ("% @misc", []),
        ("A heading of the program", []),
        ("@IEEEtranBSTCTL{IEEEexample:BSTcontrol, CTLdash_repeated_names = {no}}", []),
    ],
)
def test_what_is_broken_does_not_hide_the_rest(text: str, expected: list[str]) -> None:
    assert read_papers(text + LAST, "x.bib")[0] == [paper("Last", ("Ann Lee",), type="document")]
    assert messages(text + LAST) == expected


def test_text_without_entries() -> None:
    assert messages("dear reader") == ['1:1: expected an entry such as "@article{key, …}", found "dear reader"']
    assert read_papers("", "x.bib") == ([], [])


def test_backslashes_hide_neither_braces_nor_lines() -> None:
    first = "@misc{k, title = {T\\\\}, author = {Ann Lee},\n  abstract = {one\\\\\ntwo\\\n\\\\}\n}\n"
    text = f"{first}{LAST}\n@misc{{x}}"
    papers, problems = read_papers(text, "x.bib")
    assert [(found.title, found.abstract) for found in papers] == [("T", "one two"), ("Last", "")]
    assert {problem.line for problem in problems} == {8}


def test_line_ends_and_signs_that_cannot_be_seen() -> None:
    text = "\ufeff@misc{k,\r\n title = {T\u202e\x00},\r author = {Ann\u2028Lee},\r\n year = {x}}"
    assert read_papers(text, "x.bib")[0] == [paper("T", ("Ann Lee",), type="document")]
    assert messages(text)[0].startswith("4:2: ")


@pytest.mark.parametrize("piece", ["{", "\\emph{", "\\'{", "$", "\\(", "${", "\\", "~", "\\url{", "\n", '"'])
def test_depth_is_no_matter(piece: str) -> None:
    text = f"@misc{{k, title = {{T{piece * 5000}x{'}' * 5000 * piece.count('{')}}}, author = {{Ann Lee}}}}"
    assert read_papers(text + LAST, "x.bib")[0][-1].title == "Last"


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    read_papers(text, "x.bib")


PARTS = st.sampled_from(
    [*'{}"#,=@%\\$~\n ', "@misc{k,", "@string{s =", "@comment{", "title = ", "author = ", "{A B}", " and ",
     "crossref = {k}", "year = 2017", "month = jan", "\\'{e}", "$\\frac{", "\\(", "doi = {", "\u202e", "\x00"]
)  # fmt: skip


@given(st.lists(PARTS, max_size=60).map("".join))
def test_any_pieces_are_read(text: str) -> None:
    papers, _ = read_papers(text, "x.bib")
    for found in papers:
        assert found.title == " ".join(found.title.split())
        assert not character_fault(found.title + "".join(found.authors) + found.abstract)


@given(st.sampled_from(list(GOOD.values())), st.integers(0), st.integers(0, 40), st.lists(PARTS, max_size=3))
def test_any_damage_is_read(text: str, at: int, length: int, parts: list[str]) -> None:
    at %= len(text)
    damaged = text[:at] + "".join(parts) + text[at + length :]
    _, problems = read_papers(damaged + LAST, "x.bib")
    lines = damaged.count("\n") + 2
    assert all(1 <= problem.line <= lines and problem.column >= 1 for problem in problems)

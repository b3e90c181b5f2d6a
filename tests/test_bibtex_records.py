"""What each kind of entry and field of a .bib file becomes, and how the rest is reported."""

from collections.abc import Callable
from typing import Any

import pytest
from steps import assert_linear

from generator.content.model import Paper, Venue
from generator.curate.importers.bibtex import read_bibtex, read_bibtex_files
from generator.curate.importers.record import ImportedRecord


def record(entry: str) -> ImportedRecord:
    """Return the only record of a file."""
    (found,), _ = read_bibtex(entry, "x.bib")
    return found


def values(entry: str) -> dict[str, Any]:
    """Return the keys of an imported entry that are not empty, without its title and its authors."""
    paper = record(entry).paper
    blank = Paper(id="", title="", category="")
    keys = (key for key in Paper.__dataclass_fields__ if key not in ("title", "authors"))
    return {key: value for key in keys if (value := getattr(paper, key)) != getattr(blank, key)}


def said(text: str) -> list[str]:
    """Return the messages about a file."""
    return [problem.message for problem in read_bibtex(text, "x.bib")[1]]


PERSON = "author={Doe, Jane}, title={T}"


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (f"@phdthesis{{k, {PERSON}, school={{ETH}}, year=2001}}",
         {"type": "thesis", "institution": "ETH", "genre": "PhD thesis", "published": "2001"}),
        (f"@thesis{{k, {PERSON}, type={{mathesis}}, institution={{ETH}}}}",
         {"type": "thesis", "institution": "ETH", "genre": "Master's thesis"}),
        (f"@techreport{{k, {PERSON}, institution={{RAND}}, number={{R-1}}}}",
         {"type": "report", "institution": "RAND", "number": "R-1"}),
        (f"@book{{k, {PERSON}, publisher={{P}}, edition=2, series={{S}}, isbn={{0-201-13448-9 (paperback)}}}}",
         {"type": "book", "publisher": "P", "edition": "2nd", "container": "S", "isbn": "0-201-13448-9"}),
        (f"@book{{k, {PERSON}, booktitle={{T}}}}", {"type": "book"}),
        ("@collection{k, title={T}, editor={Poe, Paul}, year=1999}",
         {"type": "book", "editors": ("Paul Poe",), "published": "1999"}),
        (f"@inbook{{k, {PERSON}, booktitle={{The Big Book}}, editor={{Poe, P.}}, pages={{227--32}}}}",
         {"type": "chapter", "container": "The Big Book", "editors": ("P. Poe",), "pages": "227–32"}),
        (f"@incollection{{k, {PERSON}, booktitle={{Advances in Neural Information Processing Systems 30}}, year=2017}}",
         {"published": "2017", "venue": Venue("NeurIPS", 2017, "conference")}),
        (f"@inproceedings{{k, {PERSON}, booktitle={{The Snow Conference}}}}",
         {"type": "paper-conference", "container": "The Snow Conference"}),
        (f"@article{{k, {PERSON}, journal={{Nature}}, volume=12, number=3, pages={{1-9}}, "
         "issn={00280836}, year=1897}",
         {"venue": Venue("Nature", 1897, "journal"), "volume": "12", "number": "3", "pages": "1–9",
          "issn": "0028-0836", "published": "1897"}),
        (f"@patent{{k, {PERSON}, type={{patentus}}, number={{US 1}}}}",
         {"type": "report", "genre": "U.S. patent", "number": "US 1"}),
        (f"@misc{{k, {PERSON}, howpublished={{Lecture notes, ETH}}}}",
         {"type": "course", "container": "Lecture notes, ETH"}),
        (f"@letter{{k, {PERSON}}}", {"type": "document"}),
        (f"@misc{{k, {PERSON}, bdsk-url-1={{https://a.example/}}}}",
         {"type": "webpage", "url": "https://a.example/"}),
        (f"@article{{k, {PERSON}, journal={{Nature}}}}", {"container": "Nature"}),
        (f"@software{{k, {PERSON}, version={{3.1}}, url={{https://example.org/s}}}}",
         {"type": "software", "edition": "3.1", "url": "https://example.org/s"}),
        (f"@online{{k, {PERSON}, url={{https://example.org/a\\_b}}, organization={{The Site}}, "
         "urldate={2021-01-31}}",
         {"type": "webpage", "url": "https://example.org/a_b", "institution": "The Site", "accessed": "2021-01-31"}),
        (f"@misc{{k, {PERSON}, howpublished={{\\url{{https://example.org/x}}}}, note={{Accessed: 5 May 2020}}}}",
         {"type": "webpage", "url": "https://example.org/x", "accessed": "2020-05-05"}),
        (f"@misc{{k, {PERSON}, howpublished={{Blog post, \\url{{https://example.org/x}}}}}}",
         {"type": "post", "url": "https://example.org/x", "container": "Blog post"}),
        (f"@misc{{k, {PERSON}, url={{https://youtu.be/x}}}}", {"type": "video", "url": "https://youtu.be/x"}),
        (f"@online{{k, {PERSON}, eprint={{1701.07875}}, eprinttype={{arxiv}}, pubstate={{prepublished}}}}",
         {"arxiv": "1701.07875"}),
        (f"@article{{k, {PERSON}, doi={{10/d9c537}}, isbn={{0278-0062}}}}",
         {"url": "https://doi.org/10/d9c537", "issn": "0278-0062"}),
        (f"@article{{k, {PERSON}, eprint={{2001.00001}}, primaryclass={{physics:hep-th, math-ph}}}}",
         {"arxiv": "2001.00001", "arxiv_class": "hep-th"}),
        (f"@unpublished{{k, {PERSON}, eventtitle={{The Meeting}}}}", {"type": "speech", "container": "The Meeting"}),
        (f"@misc{{k, {PERSON}, entrysubtype={{course}}, howpublished={{MIT}}}}",
         {"type": "course", "container": "MIT"}),
        (f"@patent{{k, {PERSON}, number={{US1}}}}", {"type": "report", "genre": "Patent", "number": "US1"}),
        (f"@misc{{k, {PERSON}, eprint={{hal-1}}, eprinttype={{hal}}}}",
         {"type": "webpage", "url": "https://hal.science/hal-1"}),
        (f"@book{{k, {PERSON}, language={{ngerman}}, doi={{10.1000/x}}, url={{https://a.org/x.pdf}}, "
         "note={In two parts}}",
         {"type": "book", "language": "de", "doi": "10.1000/x", "note": "In two parts"}),
    ],
)  # fmt: skip
def test_kinds_and_fields(entry: str, expected: dict[str, Any]) -> None:
    found = values(entry)
    links = found.pop("links", None)
    assert found == expected
    assert not links or links.pdf == "https://a.org/x.pdf"


@pytest.mark.parametrize(
    ("fields", "left_out"),
    [
        ("address={Berlin}, howpublished={X}, timestamp={1}, file={:a.pdf:PDF}, bdsk-url-1={x}",
         ("address", "howpublished")),
        ("isbn={none}, series={S}, number=3, issue={Spring}, mrnumber={1}", ("isbn", "issue", "mrnumber")),
        ("isbn={0-201-13448-8}, issn={0028-0830, 0028-0836}", ("isbn",)),
        ("pages={116101}, eid={116101}, language={English}, langid={english}", ()),
        ("url={see the site}", ("url",)),
        ("address={}, keywords={a, b}, annote={n}", ()),
        ("url={https://a.example/}, urldate={2020-13-45}, year=2001, month={May--June}", ("urldate", "month")),
    ],
)  # fmt: skip
def test_what_has_no_place_is_named(fields: str, left_out: tuple[str, ...]) -> None:
    assert record(f"@book{{k, {PERSON}, {fields}}}").left_out == left_out


def test_keywords_groups_and_remarks() -> None:
    entry = (
        f"@book{{k, {PERSON}, keywords={{Deep nets; {{GAN}}s;}}, groups={{To read, Nets}}, annote={{One.\n\nTwo.}}}}"
    )
    tree = "@comment{jabref-meta: groupstree:\n0 AllEntriesGroup:;\n1 ExplicitGroup:Old\\;0\\;a\\;k\\\n;\\;;\n}"
    found = record(f"{entry}\n{tree}")
    assert found.keywords == ("Deep nets", "GANs")
    assert found.groups == ("To read", "Nets", "Old")
    bibdesk = """@comment{BibDesk Static Groups{
<plist version="1.0"><array><dict>
    <key>group name</key> <string>Tom &amp; Ada</string>
    <key>keys</key> <string>j, k</string>
</dict></array></plist>
}}"""
    assert record(f"{entry}\n{bibdesk}").groups == ("To read", "Nets", "Tom & Ada")
    assert found.remarks == ("One.\n\nTwo.",)
    assert found.place == 'x.bib:1:1: entry "k"'


def test_nothing_is_lent_by_what_is_not_named() -> None:
    lender = "@article{, author={Fay}, title={One}, doi={10.1000/first}, abstract={A.}, year=2004, journal={J}}\n"
    rest = "@misc{a, title={Two}, xdata={}}\n@misc{b, title={Three}, crossref={}, xdata={, }}\n@misc{, title={Four}}"
    records, problems = read_bibtex(lender + rest, "x.bib")
    assert problems == []
    assert [(found.paper.doi, found.paper.published, found.paper.abstract) for found in records[1:]] == [
        (None, None, "")
    ] * 3


def test_what_a_parent_hands_down_without_a_place_is_named() -> None:
    shared = "@xdata{x, publisher={P}, location={Rome}, holder={H}}\n@book{b, title={B}, editor={Ed}, address={Bonn}}\n"
    records, _ = read_bibtex(
        f"{shared}@book{{k, {PERSON}, xdata={{x}}}}\n@inbook{{c, {PERSON}, crossref={{b}}}}", "x.bib"
    )
    assert [found.left_out for found in records] == [("location", "holder"), ("address",)]


def test_only_entries_of_the_type_xdata_are_shared() -> None:
    text = "@misc{a, title={T}, xdata={b, c}}\n@misc{b, title={U}, year=2001}"
    assert said(text) == [
        'entry "a": expected an @xdata entry, found "b"',
        'entry "a": expected an @xdata entry, found "c"',
    ]
    assert read_bibtex(text, "x.bib")[0][0].paper.published is None


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Mu\\~noz, Ana and Jo\\~ao Sim\\~oes and {\\~N}ato, B. and Sk\\l odowska, M.",
         ("Ana Muñoz", "João Simões", "B. Ñato", "M. Skłodowska")),
        ("\\ifmmode \\acute{S}\\else \\'{S}\\fi{}wiech, W. and Bo\\ifmmode \\check{z}\\else \\v{z}\\fi{}i, I.",
         ("W. Świech", "I. Boži")),
        ("Garc{\\'i}a M{\\'a}rquez, Gabriel and Peyton Jones, Simon and Tjong Kim Sang, Erik F. and Du Puits, Ronald",
         ("García Márquez, Gabriel", "Peyton Jones, Simon", "Tjong Kim Sang, Erik F.", "Du Puits, Ronald")),
        ("van den Oord, Aäron and Simon {Peyton Jones} and García Márquez, Jr., Gabriel",
         ("Aäron van den Oord", "Peyton Jones, Simon", "García Márquez, Jr., Gabriel")),
        ("{World Health Organization} and {UNESCO} and {{Royal Society (Great Britain)}} and {Barnes and Noble}",
         ("{World Health Organization}", "UNESCO", "{Royal Society (Great Britain)}", "{Barnes and Noble}")),
        ("{Gemini Team, Google} and {Planck Collaboration}", ("Gemini Team, Google", "Planck Collaboration")),
        ("{Smith, John and Doe, Jane}", ("John Smith", "Jane Doe")),
        ("\\textsc{Bee}, Ann AND \\textsc{Dee}, Cid and {Fox and Hen} and Ann \\emph{Lee} and\n\\emph{Ray}",
         ("Ann Bee", "Cid Dee", "{Fox and Hen}", "Ann Lee", "Ray")),
        ("Wei Wang 0001 and Jun Li and Wang 0002, Wei", ("Wei Wang", "Jun Li", "Wei Wang")),
        ("LaViola Jr., Joseph J and Jr, Ann Lee", ("Joseph J LaViola Jr.", "Ann Lee Jr")),
        ("Fulton, James E., Jr. and King, Jr., Martin Luther", ("James E. Fulton Jr.", "Martin Luther King Jr.")),
        ("Cullis, A.G.; Hutchison, J.L.", ("A.G. Cullis", "J.L. Hutchison")),
        ("{Press}, W.~H. and {Rybicki}, G.~B.", ("W. H. Press", "G. B. Rybicki")),
    ],
)  # fmt: skip
def test_people_and_groups(author: str, names: tuple[str, ...]) -> None:
    records, problems = read_bibtex(f"@misc{{k, title={{T}}, author={{{author}}}, editor={{{author}}}}}", "x.bib")
    assert problems == []
    assert (records[0].paper.authors, records[0].paper.editors) == (names, names)


@pytest.mark.parametrize(
    "author",
    ["Bee, Ann and others", "Bee, Ann and et al.", "Ann Bee and {Others}", "Bee, Ann, et al.", "Ann Bee and {et al.}",
     "Bee, Ann and et. al", "{Bee} et al.", "Ann Bee and …", "Bee, Ann and {and others}"],
)  # fmt: skip
def test_a_list_that_is_cut_short(author: str) -> None:
    text = f"@misc{{k, title={{T}},\n  author={{{author}}}}}"
    names = record(text).paper.authors
    assert names in {("Ann Bee", "others"), ("Bee", "others")}
    assert [str(problem) for problem in read_bibtex(text, "x.bib")[1]] == [
        'x.bib:2:3: warning: entry "k": "author" is incomplete: "others" stands for the missing names'
    ]


@pytest.mark.parametrize(
    ("author", "doubtful"),
    [
        ("A. Bee, C. Dee and E. Fox", ["A. Bee, C. Dee"]),
        ("Ann Bee \\& Cid Dee", ["Ann Bee & Cid Dee"]),
        ("{Bee \\& Dee} and Board of Bees \\& Dees and St. John, Ann and d'Ala, B. and Bee, A. B.", []),
    ],
)
def test_names_that_may_be_those_of_several(author: str, doubtful: list[str]) -> None:
    assert said(f"@misc{{k, title={{T}}, author={{{author}}}}}") == [
        f'entry "k": "{name}" in "author" may be several people or a group' for name in doubtful
    ]


def test_marked_editors_are_no_authors() -> None:
    entry = "@book{k, title={T}, author={Bee, Ann (ed.) and García Dee, Cid (Hrsg.)}}"
    assert values(entry) == {"type": "book", "editors": ("Ann Bee", "García Dee, Cid")}
    assert values("@book{k, title={T}, author={Ann Bee (Eds.)}, editor={Cid Dee (editor)}}")["editors"] == ("Cid Dee",)


def test_a_name_twice_is_said() -> None:
    assert said("@misc{k, title={T}, author={Ivanov, Marian and Marian Ivanov}}") == [
        'entry "k": "Marian Ivanov" appears twice in "author"'
    ]


@pytest.mark.parametrize(
    ("journal", "name"),
    [
        (r"{\apj}", "The Astrophysical Journal"),
        (r'"\mnras"', "Monthly Notices of the Royal Astronomical Society"),
        (r"{\apjs, in press}", "The Astrophysical Journal Supplement Series"),
        (r"{{\aap}}", "Astronomy and Astrophysics"),
        (r"{\JPA{} {\bf 3}}", "Journal of Physics A 3"),
        ("cacm", "Communications of the ACM"),
        ("prl", "Physical Review Letters"),
    ],
)
def test_macros_of_journals(journal: str, name: str) -> None:
    entry = f"@article{{k, {PERSON}, journal={journal}, year=1990, eprint={{1307.6212}}, archiveprefix={{arXiv}}}}"
    assert said(entry) == []
    assert values(entry) == {"arxiv": "1307.6212", "venue": Venue(name, 1990, "journal")}


def test_unknown_macros_are_said_and_cost_nothing() -> None:
    entry = f"@article{{k, {PERSON},\n journal={{\\unheard}}, year=1990}}"
    assert said(entry) == ['entry "k": unknown macro "\\unheard" in "journal", read as "unheard"']
    assert values(entry) == {"published": "1990", "venue": Venue("unheard", 1990, "journal")}
    entry = f"@article{{k, {PERSON},\n journal=unheard, year=1990}}"
    assert values(entry) == {"published": "1990", "venue": Venue("unheard", 1990, "journal")}
    assert said(entry) == [
        'undefined @string "unheard": import the file with its definition together with this one',
        'entry "k": expected a value in braces or quotes, found "unheard" in "journal"',
    ]


@pytest.mark.parametrize(
    ("fields", "published", "exact"),
    [
        ("date={2017-02-30}", "2017-02", False),
        ("year=2017, month=feb, day=30", "2017-02", False),
        ("date={2013-13-01}", "2013", False),
        ("date={2013-00-00}", "2013", True),
        ("date={2004-22}", "2004", True),
        ("year={1991--1992}", "1991", False),
        ("year={c. 1850}", "1850", False),
        ("year={2013a}", "2013", False),
        ("year=1897", "1897", True),
        ("year=850", "0850", True),
        ("year={0476}", "0476", True),
        ("year={in press}", None, False),
        ("year={1897?}", "1897", False),
        ("date={1850~}", "1850", False),
        ("date={1850%}", "1850", False),
        ("date={1999/2000}", "1999", False),
        ("date={1999-05-01/1999-06}", "1999-05-01", True),
        ("date={-0380}", None, False),
        ("year={44 B.C.}", None, False),
        ("year={0044 BC}", None, False),
        ("date={12 May 2003}", "2003-05-12", False),
    ],
)
def test_odd_dates_cost_what_is_odd(fields: str, published: str | None, exact: bool) -> None:
    entry = f"@article{{k, {PERSON}, journal={{J}}, {fields}}}"
    paper = record(entry).paper
    assert paper.published == published
    assert paper.venue == (Venue("J", int(published[:4]), "journal") if published else None)
    assert paper.container == (None if published else "J")
    assert (said(entry) == []) == exact


@pytest.mark.parametrize(
    ("fields", "doi"),
    [
        ("doi={http://doi.acm.org/10.1145/1137627.1137631}", "10.1145/1137627.1137631"),
        ("url={http://doi.acm.org/10.1145/3035918.3054784}", "10.1145/3035918.3054784"),
        ("url={https://dl.acm.org/doi/10.1145/3447786.3456237}", "10.1145/3447786.3456237"),
        ("url={https://doi.org/10.1007/978-3-030-30709-7%5C_23}", "10.1007/978-3-030-30709-7_23"),
        ("url={https://doi.org/10.1007%2F978-3-030-30709-7_24}", "10.1007/978-3-030-30709-7_24"),
        ("doi={10.1007/978-3-030-30709-7\\_25}, url={https://doi.org/10.1007/978-3-030-30709-7\\_25}",
         "10.1007/978-3-030-30709-7_25"),
        ("doi={10.1002/(SICI)1521-396X(199901)171:1%3C99::AID-PSSA99%3E3.0.CO;2-B}",
         "10.1002/(SICI)1521-396X(199901)171:1<99::AID-PSSA99>3.0.CO;2-B"),
        ("doi={10.1002/1521-396X(199901)171:1{\\textless}99::AID&gt;3.0.CO;2-B}",
         "10.1002/1521-396X(199901)171:1<99::AID>3.0.CO;2-B"),
        ('doi={10.1109/HAPTICS.1,"publicationTitle":"2018"}'.replace('1,"', '1","'), "10.1109/HAPTICS.1"),
        ("url={https://www.tandfonline.com/doi/full/10.1080/X.1}", "10.1080/X.1"),
    ],
)  # fmt: skip
def test_one_doi_decoded(fields: str, doi: str) -> None:
    entry = f"@article{{k, {PERSON}, {fields}}}"
    assert values(entry) == {"doi": doi}
    assert said(entry) == []
    assert record(entry).left_out == ()


def test_html_is_cleaned() -> None:
    entry = (
        "@article{k, title={A <i>fly</i> in H<sub>2</sub>O {\\&}amp; {\\textless}b{\\textgreater}more</b>}, "
        "author={M{\\&}uuml;ller, A.}, journal={Research \\&amp; Practice}, year=2011, "
        "abstract={<p><br/>Many &lt;here&gt;.</p><jats:p>Moggi&apos;s &lgr; of 10<sup>3</sup>.</jats:p>}}"
    )
    paper = record(entry).paper
    assert (paper.title, paper.authors) == ("A fly in H₂O & more", ("A. Müller",))
    assert paper.abstract == "Many <here>.\n\nMoggi's λ of 10³."
    assert paper.venue == Venue("Research & Practice", 2011, "journal")


def test_formulas_whose_signs_were_escaped_are_formulas() -> None:
    paper = record(r"@misc{k, title={Undecidability of \${{D}}\_\{{$<$}:\}\$ for \$5 or $\alpha$}}").paper
    assert paper.title == "Undecidability of D_<: for $5 or α"


def test_several_files_are_read_as_one() -> None:
    files = [
        (f"@article{{a, {PERSON}, journal=j-x, year=1990}}\n@inbook{{b, {PERSON}, crossref={{c}}}}", "a.bib"),
        ('@string{snow="Snow"}\n@string{j-x=snow#" Journal"}\n@book{c, title={Book}}\n@misc{A, title={U}}', "b.bib"),
    ]
    records, problems = read_bibtex_files(files)
    assert [found.paper.venue or found.paper.container for found in records] == [
        Venue("Snow Journal", 1990, "journal"), "Book", None
    ]  # fmt: skip
    assert list(map(str, problems)) == [
        'b.bib:3:1: warning: entry "c" is left out: other entries take their fields from it by "crossref"',
        'b.bib:4:1: warning: the key "A" appears twice, first on line 1 of a.bib',
    ]


def test_unknown_types_are_documents() -> None:
    entry = f"@scroll{{k, {PERSON}}}"
    assert said(entry) == ['entry "k": unknown type "@scroll", read as @misc']
    assert values(entry) == {"type": "document"}


def test_macros_that_a_preamble_defines() -> None:
    preamble = (
        '@preamble{"\\newcommand{\\noop}[1]{} \\ifx \\undefined \\Person \\def \\Person {H{\\`a}n Th{\\^e}} \\fi"}'
    )
    records, problems = read_bibtex(
        f"{preamble}\n@misc{{k, title={{On \\Person{{}} and \\BibTeX}}, author={{\\Person{{}} Lee}}}}", "x.bib"
    )
    assert problems == []
    assert (records[0].paper.title, records[0].paper.authors) == ("On Hàn Thê and BibTeX", ("Hàn Thê Lee",))


def test_many_entries_take_linear_time() -> None:
    def work(count: int) -> Callable[[], object]:
        entries = (
            f"@article{{k{number}, title={{Title {number} of $x^2$}}, author={{Ann Lee{number} and Bob R. Ray}},\n"
            f" journal=snow, year=2001, crossref={{p{number % 3}}}, keywords={{a, b}}, abstract={{{'Word. ' * 20}}}}}\n"
            for number in range(count)
        )
        parents = "".join(f"@proceedings{{p{number}, title={{Proceedings {number}}}}}\n" for number in range(3))
        text = f'@string{{snow = "Snow"}}\n{"".join(entries)}{parents}'
        return lambda: read_bibtex(text, "x.bib")

    assert_linear(work, 20)

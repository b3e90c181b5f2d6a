"""Fetching papers from arXiv and Crossref: the identifiers given, the answers, and the handling of failures.

`records/` has answers in the formats of arXiv (current, and of 2019) and Crossref.
"""

import gzip
import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.message import Message
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, get_args
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import Server

from generator.content.characters import character_fault
from generator.content.model import AnthologyId, ArxivId, Date, Doi, Library, Line, Links, Paper, Venue, general_problem
from generator.curate.http import HostSchedule, RetryPolicy, proxy_address, user_agent
from generator.curate.importers.arxiv import unwrap_abstract
from generator.curate.importers.crossref import crossref_paper, work_notes
from generator.curate.importers.datacite import datacite_notes, datacite_paper, datacite_title
from generator.curate.importers.entries import entry_fault
from generator.curate.importers.identifiers import (
    Identifier,
    find_arxiv_id,
    find_code_address,
    parse_identifier,
    parse_work_identifier,
)
from generator.curate.importers.markup import markup_to_text
from generator.curate.importers.record import FetchedRecord
from generator.curate.importers.sources import fetch_records

RECORDS = Path(__file__).parent / "records"
HASTE = RetryPolicy(tries=3, backoff=0.01, max_wait=1, pause_factor=0)
API_VARIABLES = ("ARXIV_API", "CROSSREF_API", "DATACITE_API", "OPENLIBRARY_API")
WGAN, DOI = "1701.07875", "10.1145/3132847.3132886"


@dataclass(frozen=True, slots=True)
class Reply:
    """A response of the server; `claimed` is its Content-Length, `late` the delay before each piece in seconds."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    claimed: int | None = None
    late: float = 0
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class Requests:
    """The address of the server, and the requests to it: paths, headers, and times."""

    environment: Mapping[str, str]
    paths: list[str] = field(default_factory=list)
    headers: list[Message] = field(default_factory=list)
    times: list[float] = field(default_factory=list)


@contextmanager
def served(reply: Callable[[str, int], Reply]) -> Iterator[Requests]:
    """Run a mock of all services, whose answers depend on the path and the number of earlier requests."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked.paths.append(self.path)
            asked.headers.append(self.headers)
            asked.times.append(time.monotonic())
            answer = reply(self.path, len(asked.paths) - 1)
            self.send_response(answer.status)
            length = len(answer.body) * answer.pieces if answer.claimed is None else answer.claimed
            for name, value in {"Content-Length": str(length), **answer.headers}.items():
                self.send_header(name, value)
            time.sleep(answer.late)
            self.end_headers()
            for _ in range(answer.pieces):
                self.wfile.write(answer.body)
                time.sleep(answer.late)
            if length > len(answer.body) * answer.pieces:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        asked = Requests(dict.fromkeys(API_VARIABLES, address) | {"CROSSREF_API": f"{address}/"})
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield asked
        server.shutdown()


def recorded(name: str) -> bytes:
    return (RECORDS / name).read_bytes()


def arxiv(path: str) -> Reply:
    """Return arXiv's answer: the known papers, in its own order, or an error if it rejects one of the ids."""
    ids = parse_qs(urlsplit(path).query)["id_list"][0].split(",")
    if "1206.99999" in ids:
        return Reply(recorded("arxiv-refused.xml"), 400)
    feed = recorded("arxiv.xml").decode()
    for entry in re.findall(r"  <entry>.*?</entry>\n", feed, re.DOTALL):
        if not any(f"/abs/{name}v" in entry for name in ids):
            feed = feed.replace(entry, "")
    return Reply(feed.encode())


def all_services(path: str, _: int = 0) -> Reply:
    """Return the answer of the services for a path."""
    if path.startswith("/query?"):
        return arxiv(path)
    if path.startswith("/api/books?"):
        return Reply(recorded("open-library.json"))
    for file in RECORDS.glob("datacite-*.json"):
        if json.loads(file.read_text())["data"]["id"] == unquote(path).removeprefix("/dois/"):
            return Reply(file.read_bytes())
    for file in RECORDS.glob("crossref-*.json"):
        if json.loads(file.read_text())["message"]["DOI"] == unquote(path).removeprefix("/works/"):
            return Reply(file.read_bytes())
    return Reply(b"Resource not found.", 404, {"Content-Type": "text/plain"})


def outcome(
    reply: Reply | Callable[[str, int], Reply], *given: str, policy: RetryPolicy = HASTE
) -> tuple[list[str], int]:
    """Return the problems when the server answers this way, and the number of requests to it."""
    with served(reply if callable(reply) else lambda *_: reply) as asked:
        found, problems = fetch_records(given, asked.environment, policy)
    assert len(found) + len(problems) == len(set(given))
    return [problem.message for problem in problems], len(asked.paths)


def work(**changes: object) -> dict[str, Any]:
    """Return Crossref's record of the conference paper, with changes; `None` removes a key."""
    message = json.loads(recorded("crossref-conference.json"))["message"]
    changed = {key.replace("_", "-"): value for key, value in changes.items()}
    return {key: value for key, value in {**message, **changed}.items() if value is not None}


def paper(**changes: object) -> Paper:
    return crossref_paper(work(**changes), DOI, "A title")


ARXIV_FORMS = """
1701.07875 | 1701.07875v3 | arXiv:1701.07875 | ARXIV: 1701.07875v12 | arxiv 1701.07875 | 1701.07875.
(arXiv:1701.07875) | “1701.07875” | arXiv:1701.07875v3 [stat.ML] 6 Dec 2017 | https://arxiv.org/abs/1701.07875
http://arxiv.org/abs/1701.07875v2 | arxiv.org/abs/1701.07875 | https://arxiv.org/pdf/1701.07875
https://arxiv.org/pdf/1701.07875v1.pdf | www.arxiv.org/pdf/1701.07875.pdf | https://arxiv.org/html/1701.07875v3#S1
https://export.arxiv.org/abs/1701.07875 | HTTPS://ARXIV.ORG/ABS/1701.07875?context=cs | arxiv.org/1701.07875
https://www.alphaxiv.org/abs/1701.07875 | https://alphaxiv.org/abs/1701.07875v1 | https://ar5iv.org/abs/1701.07875
https://ar5iv.labs.arxiv.org/html/1701.07875 | https://huggingface.co/papers/1701.07875 | https://hf.co/papers/1701.07875
10.48550/arXiv.1701.07875 | doi:10.48550/ARXIV.1701.07875 | https://doi.org/10.48550/arXiv.1701.07875
https://doi.org/10.48550%2FarXiv.1701.07875 | <https://arxiv.org/abs/1701.07875>. | https://arxiv.org/abs/1701.07875/
\u200b1701.07875\ufeff\xa0
"""
OTHERS = {
    "hep-th/9901001": "arxiv hep-th/9901001",
    "arXiv:math.GT/0309136v1": "arxiv math/0309136",
    "https://arxiv.org/abs/cs/0112017": "arxiv cs/0112017",
    "https://arxiv.org/pdf/quant-ph/0112019v2.pdf": "arxiv quant-ph/0112019",
    "10.1145/3528223.3530164": "doi 10.1145/3528223.3530164",
    "doi:10.1145/3528223.3530164.": "doi 10.1145/3528223.3530164",
    "DOI: 10.1145/3528223.3530164": "doi 10.1145/3528223.3530164",
    "doi 10.1145/3528223.3530164": "doi 10.1145/3528223.3530164",
    "https://doi.org/10.1109/ICCV51070.2023.00709": "doi 10.1109/iccv51070.2023.00709",
    "http://dx.doi.org/10.1145%2F3528223.3530164": "doi 10.1145/3528223.3530164",
    "doi.org/10.1145/3528223.3530164": "doi 10.1145/3528223.3530164",
    "https://doi.org/10.1016/S0140-6736(97)11096-0": "doi 10.1016/s0140-6736(97)11096-0",
    "(https://doi.org/10.1016/S0140-6736(97)11096-0).": "doi 10.1016/s0140-6736(97)11096-0",
    "https://dl.acm.org/doi/10.1145/3528223.3530164": "doi 10.1145/3528223.3530164",
    "https://dl.acm.org/doi/pdf/10.1145/3528223.3530164?download=true": "doi 10.1145/3528223.3530164",
    "https://dl.acm.org/doi/abs/10.1145/3528223.3530164#sec-1": "doi 10.1145/3528223.3530164",
    "https://link.springer.com/chapter/10.1007/978-3-030-58621-8_38": "doi 10.1007/978-3-030-58621-8_38",
    "https://link.springer.com/content/pdf/10.1007/978-3-030-58621-8_38.pdf": "doi 10.1007/978-3-030-58621-8_38",
    "https://www.pnas.org/doi/full/10.1073/pnas.2304406120": "doi 10.1073/pnas.2304406120",
    "https://www.frontiersin.org/articles/10.3389/frai.2021.550030/full": "doi 10.3389/frai.2021.550030",
    "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0033693&type=x": (
        "doi 10.1371/journal.pone.0033693"
    ),
    "https://www.biorxiv.org/content/10.1101/2020.01.30.927871v1.full.pdf": "doi 10.1101/2020.01.30.927871",
    "2023.acl-long.522": "doi 10.18653/v1/2023.acl-long.522",
    "https://aclanthology.org/2023.acl-long.522/": "doi 10.18653/v1/2023.acl-long.522",
    "https://aclanthology.org/2023.acl-long.522v2.pdf": "doi 10.18653/v1/2023.acl-long.522",
    "aclanthology.org/2023.findings-acl.273.bib": "doi 10.18653/v1/2023.findings-acl.273",
    "P19-1355": "doi 10.18653/v1/p19-1355",
    "https://www.aclweb.org/anthology/P19-1355.pdf": "doi 10.18653/v1/p19-1355",
    "https://doi.org/10.18653/v1/P19-1355": "doi 10.18653/v1/p19-1355",
}
ISBN_FORMS = (
    *("9780306406157", "978-0-306-40615-7", "ISBN 0-306-40615-2", "isbn:0306406152", "ISBN-13: 978 0 306 40615 7"),
    *("urn:isbn:9780306406157", "https://openlibrary.org/isbn/9780306406157", "0306406152.", "(9780306406157)"),
    *("https://www.amazon.com/A-Title/dp/0306406152/ref=sr_1_1?x=9780306406157", "amazon.de/gp/product/0306406152"),
    *("https://bookshop.org/p/books/a-title/123?ean=9780306406157", "https://worldcat.org/isbn/0306406152"),
    *("https://books.google.com/books?vid=ISBN0306406152", "https://press.example.edu/9780306406157/a-title/"),
)
NO_ISBNS = (
    *("9780306406158", "0306406153", "978-0-306-40615", "https://example.org/0306406152", "2017012345"),
    *("https://example.org/x9780306406157", "ISBN", "https://example.org/isbn/", "x" * 100_000, "9780306406157 2"),
)
ARCHIVE_ADDRESSES = {
    "https://zenodo.org/record/1234": "10.5281/zenodo.1234",
    "zenodo.org/records/1234/files/x.zip": "10.5281/zenodo.1234",
    "https://figshare.com/articles/dataset/A_title/5678": "10.6084/m9.figshare.5678",
    "https://uni.figshare.com/articles/A_title/5678/2": "10.6084/m9.figshare.5678",
}
NEITHER = (
    *("", " ", ".", "((", "Wasserstein GAN", "2017", "1713.07875", "17010.7875", "1701.07875 and 1701.07876"),
    *("10.1145", "10.1145/", "10.1145/a b", '10.1145/a"b', "10.1145/%00", "https://", "http://[", "//x.y"),
    *("https://openreview.net/forum?id=B1xsqj09Fm", "https://huggingface.co/datasets/1701.07875"),
    *("https://example.com/abs/1701.07875", "https://arxiv.org/list/cs.LG/recent", "file:///etc/passwd"),
    *("https://example.com/110.1145/3528223", "१७०१.०७८७५", "1701.07875" * 1000, "x" * 100_000, ")" * 1999),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("arXiv preprint arXiv:1701.07875v3", "1701.07875"),
        ("CoRR abs/math.GT/0309136", "math/0309136"),
        ("CoRR, vol. abs/1701.07875, 2017", "1701.07875"),
        ("arXiv:1701.078751", None),
        ("ICML 1701.07875", None),
        ("arXiv:1713.07875", None),
    ],
)
def test_an_arxiv_id_that_a_text_mentions(text: str, found: str | None) -> None:
    assert find_arxiv_id(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12 pages, code at github.com/a/b.git.", "https://github.com/a/b"),
        ("http://www.github.com/a/b/tree/main/c", "https://github.com/a/b/tree/main/c"),
        ("https://gitlab.com/a/b", "https://gitlab.com/a/b"),
        ("github.com/a", None),
        ("notgithub.com/a/b", None),
    ],
)
def test_a_repository_that_a_text_mentions(text: str, found: str | None) -> None:
    assert find_code_address(text) == found


@pytest.mark.parametrize("text", re.split(r" \| |\n", ARXIV_FORMS.strip("\n")))
def test_an_arxiv_id_however_it_was_copied(text: str) -> None:
    assert parse_identifier(text) == Identifier("arxiv", WGAN)


@pytest.mark.parametrize("text", OTHERS)
def test_identified(text: str) -> None:
    named = parse_identifier(text)
    assert named
    assert f"{named.kind} {named.value}" == OTHERS[text]
    assert parse_identifier(named.value) == named


@pytest.mark.parametrize("text", NEITHER)
def test_neither(text: str) -> None:
    assert parse_identifier(text) is None


@pytest.mark.parametrize("text", ISBN_FORMS)
def test_an_isbn_however_it_was_copied(text: str) -> None:
    assert parse_identifier(text) is None
    assert parse_work_identifier(text) == Identifier("isbn", "9780306406157")


@pytest.mark.parametrize("text", NO_ISBNS)
def test_what_is_no_isbn(text: str) -> None:
    assert parse_work_identifier(text) is None


@pytest.mark.parametrize("text", ARCHIVE_ADDRESSES)
def test_addresses_of_archives_have_their_dois(text: str) -> None:
    assert parse_work_identifier(text) == Identifier("doi", ARCHIVE_ADDRESSES[text])


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://example.org/a-post", "webpage"),
        ("https://www.youtube.com/watch?v=x", "video"),
        ("https://vimeo.com/1", "video"),
        ("https://github.com/a/b", "software"),
    ],
)
def test_an_address_without_an_identifier_is_to_be_written(address: str, kind: str) -> None:
    words = f'no arXiv id, DOI or ISBN in this address: write an entry with "type: {kind}", its title, and this address'
    assert outcome(Reply(), address) == ([f'{words} as "url"'], 0)


PIECES = st.sampled_from(
    ["10.1145/", "1701.07875", "arXiv:", "https://", "doi.org/", "arxiv.org/abs/", "%2F", "%", "(", ")", ".", "v3", " "]
)
TEXT = st.lists(PIECES | st.text(st.characters(), max_size=5), max_size=8).map("".join)


@given(TEXT)
@settings(max_examples=500)
def test_what_is_identified_stays_so(text: str) -> None:
    named = parse_identifier(text)
    assert named is None or parse_identifier(named.value) == named


def test_records_in_the_order_given() -> None:
    given = (DOI, "nonsense", "https://arxiv.org/abs/1701.07875v2", "2005.14165", "arXiv:1701.07875", "hep-ex/0307015")
    with served(all_services) as asked:
        found, problems = fetch_records(given, asked.environment, HASTE)
    assert [record.paper.title for record in found] == [
        "FUSION: An Online Method for Multistream Classification",
        "Wasserstein GAN",
        "Language Models are Few-Shot Learners",
        "Multi-Electron Production at High Transverse Momenta in ep Collisions at HERA",
    ]
    message = 'expected an arXiv id, a DOI, an ISBN, or an address that contains one, found "nonsense"'
    assert problems == [general_problem("nonsense", message)]
    assert asked.paths == [
        "/query?id_list=1701.07875,2005.14165,hep-ex/0307015&max_results=3",
        "/works/10.1145%2F3132847.3132886",
    ]


def test_a_paper_of_arxiv(toy: Library) -> None:
    with served(lambda path, _: arxiv(path)) as asked:
        found, problems = fetch_records([WGAN, "hep-ex/0307015"], asked.environment, HASTE)
    assert problems == []
    assert found[0].notes == ()
    assert found[0].paper == Paper(
        id="",
        title="Wasserstein GAN",
        authors=("Martin Arjovsky", "Soumith Chintala", "Léon Bottou"),
        category="",
        abstract=next(one.abstract for one in toy.papers if one.arxiv == WGAN),
        arxiv="1701.07875",
        arxiv_class="stat.ML",
        published="2017-01-26",
    )
    assert found[1].paper.arxiv_class == "hep-ex"
    assert found[1].paper.authors == ("H1 Collaboration",)
    assert found[1].paper.doi == "10.1140/epjc/s2003-01326-x"
    assert found[1].notes == (
        'comment: "23 pages, 8 figures and 4 tables"',
        'journal reference: "Eur.Phys.J.C31:17-29,2003"',
    )


def test_line_breaks_and_paragraphs_of_arxiv() -> None:
    with served(lambda *_: Reply(recorded("arxiv-2019.xml"))) as asked:
        (cusp, flares), problems = fetch_records(["cond-mat/0102536", "0707.4225"], asked.environment, HASTE)
    assert problems == []
    assert (cusp.paper.arxiv_class, flares.paper.arxiv_class) == ("cond-mat.str-el", "astro-ph")
    assert cusp.paper.abstract.count("\n") == 0
    assert cusp.paper.authors == ("David Prendergast", "M. Nolan")
    assert cusp.notes[0].endswith('submitted to The Journal of Chemical Physics"')
    assert flares.paper.title.endswith("the Inference of Electron Flux Spectra in Solar Flares")
    first, second = flares.paper.abstract.split("\n\n")
    assert first.endswith(r"above $\sim 300$ keV.")
    assert second.startswith("Unlike electron-ion")


def changed(old: str, new: str) -> FetchedRecord:
    """Return the paper from arXiv after a change of its entry."""
    feed = recorded("arxiv.xml").decode()
    assert old in feed
    with served(lambda *_: Reply(feed.replace(old, new).encode())) as asked:
        found, problems = fetch_records(["hep-ex/0307015"], asked.environment, HASTE)
    assert problems == []
    return found[0]


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("Code: https://github.com/tkarras/progressive_growing_of_gans.", "tkarras/progressive_growing_of_gans"),
        (r"code at \url{http://www.github.com/nvlabs/eg3d.git}", "nvlabs/eg3d"),
        ("github.com/google-research/tabnet/tree/master/kid, 9 pages", "google-research/tabnet/tree/master/kid"),
        ("see https://github.com/nvlabs", None),
        ("https://notgithub.com/a/b https://nvlabs.github.io/eg3d/", None),
    ],
)  # fmt: skip
def test_code_in_a_comment(comment: str, code: str | None) -> None:
    links = changed("23 pages, 8 figures and 4 tables", comment).paper.links
    assert links == Links(code=f"https://github.com/{code}" if code else None)


@pytest.mark.parametrize("said", ["", "<arxiv:primary_category/>", '<arxiv:primary_category term="of physics"/>'])
def test_no_class_is_no_class(said: str) -> None:
    assert changed('<arxiv:primary_category term="hep-ex"/>', said).paper.arxiv_class is None


def test_code_in_an_abstract_may_be_of_others() -> None:
    assert changed("Multi-electron production is", "https://github.com/a/b is").paper.links == Links()


@pytest.mark.parametrize(
    ("doi", "kept", "anthology"),
    [
        ("10.48550/arXiv.hep-ex/0307015", None, None),
        ("10.1109/ICCV51070.2023.00709, 10.1145/x", "10.1109/ICCV51070.2023.00709", None),
        ("https://doi.org/10.18653/v1/P19-1355", "10.18653/v1/p19-1355", None),
        ("10.18653/v1/2023.acl-long.522", "10.18653/v1/2023.acl-long.522", "2023.acl-long.522"),
        ("forthcoming", None, None),
    ],
)
def test_a_doi_that_arxiv_names(doi: str, kept: str | None, anthology: str | None) -> None:
    record = changed("10.1140/epjc/s2003-01326-x</arxiv", f"{doi}</arxiv")
    assert (record.paper.doi, record.paper.acl_anthology) == (kept, anthology)


def test_tex_and_hidden_characters_of_arxiv() -> None:
    record = changed(
        "<name> H1 Collaboration</name>", "<name>L\\'eon  Bottou</name></author><author><name>A\u202eB</name>"
    )
    assert record.paper.authors == ("Léon Bottou", "AB")
    assert changed("Multi-electron production is", "The Fr\\'echet\u2028 ``distance'' is").paper.abstract.startswith(
        "The Fréchet “distance” is studied"
    )


def test_formulas_and_styles_of_arxiv() -> None:
    title = changed("Multi-Electron Production at High", r"na\"{\i}ve $A\to Z^{(*)}h $ at 10$^{-3}$").paper.title
    assert title.startswith("naïve A→Z⁽*⁾h at 10⁻³")
    abstract = changed("Multi-electron production is", r"A 5\% \emph{gain} of $A\to h $ is").paper.abstract
    assert abstract.startswith(r"A 5% gain of $A\to h$ is")


@pytest.mark.parametrize(
    "comment",
    ["This paper has been withdrawn by the author due to an error", "Withdrawn", "The work was then withdrawn"],
)
def test_a_withdrawn_paper(comment: str) -> None:
    assert changed("23 pages, 8 figures and 4 tables", comment).notes[:2] == ("withdrawn", f'comment: "{comment}"')


@pytest.mark.parametrize(
    ("summary", "lines"),
    [
        ("One\nparagraph", ["One paragraph"]),
        ("  One\n  paragraph\n  only", ["One paragraph only"]),
        ("  One\nof two\n\nTwo\n", ["One of two", "Two"]),
        ("  One\nof two\n  Two\nof two\n", ["One of two", "Two of two"]),
        (" \n ", [""]),
    ],
)
def test_unwrapped(summary: str, lines: list[str]) -> None:
    assert unwrap_abstract(summary).split("\n\n") == lines


def test_a_paper_that_arxiv_does_not_know() -> None:
    message = "arXiv knows no paper 1701.99999"
    assert outcome(Reply(recorded("arxiv-none.xml")), "1701.99999") == ([message], 1)
    assert outcome(all_services, "1701.99999", WGAN) == ([message], 1)
    untitled = recorded("arxiv.xml").replace(b"<title>Wasserstein GAN</title>", b"")
    assert outcome(Reply(untitled), WGAN) == (["arXiv knows no paper 1701.07875"], 1)


def test_an_id_that_arxiv_refuses_does_not_hide_the_others() -> None:
    message = 'arXiv answered "incorrect id format for 1206.99999"'
    assert outcome(all_services, WGAN, "1206.99999", "2005.14165") == ([message], 4 + 1)
    assert outcome(Reply(recorded("arxiv-refused.xml")), "1206.99999") == ([message], 1)


def test_batches_and_the_pause_between_them() -> None:
    given = [f"1701.{number:05}" for number in range(7850, 7901)]
    with served(all_services) as asked:
        found, problems = fetch_records(given, asked.environment, RetryPolicy(pause_factor=0.1))
    assert ([record.paper.arxiv for record in found], len(problems)) == ([WGAN], 50)
    assert [len(path.split(",")) for path in asked.paths] == [50, 1]
    assert asked.times[1] - asked.times[0] >= 0.3


def test_a_conference_paper_of_crossref() -> None:
    with served(all_services) as asked:
        found, _ = fetch_records([DOI.upper()], asked.environment, HASTE)
    assert found == [
        FetchedRecord(
            Paper(
                id="",
                title="FUSION: An Online Method for Multistream Classification",
                authors=(
                    *("Ahsanul Haque", "Zhuoyi Wang", "Swarup Chandra", "Bo Dong", "Latifur Khan", "Kevin W. Hamlen"),
                ),
                category="",
                abstract="",
                doi=DOI,
                published="2017-11-06",
                venue=Venue("CIKM", 2017, "conference"),
                publisher="ACM",
            ),
            (
                'published in: "Proceedings of the 2017 ACM on Conference on Information and Knowledge Management"',
                'event: "CIKM \'17: ACM Conference on Information and Knowledge Management"',
            ),
        )
    ]


@pytest.mark.parametrize(
    ("doi", "venue", "published"),
    [
        ("10.1073/pnas.2304406120", Venue("Proc. Natl. Acad. Sci. U.S.A.", 2024, "journal"), "2024-01-05"),
        ("10.1109/BigMM.2019.00-42", Venue("BigMM", 2019, "conference"), "2019-09"),
        ("10.1007/978-3-030-58621-8_38", None, "2020"),
        ("10.1016/S0140-6736(97)11096-0", Venue("The Lancet", 1998, "journal"), "1998-02"),
    ],
)
def test_other_works_of_crossref(doi: str, venue: Venue | None, published: str, toy: Library) -> None:
    with served(all_services) as asked:
        (record,), problems = fetch_records([f"https://doi.org/{doi}"], asked.environment, HASTE)
    assert problems == []
    assert (record.paper.doi, record.paper.venue, record.paper.published) == (doi.lower(), venue, published)
    listed = next((one for one in toy.papers if one.doi == doi), None)
    if listed:
        assert (record.paper.title, record.paper.authors) == (listed.title, listed.authors)
        assert record.paper.abstract in ("", listed.abstract)


def test_a_paper_of_the_anthology() -> None:
    with served(all_services) as asked:
        (record,), _ = fetch_records(["https://aclanthology.org/2023.acl-long.522.pdf"], asked.environment, HASTE)
    assert record.paper.acl_anthology == "2023.acl-long.522"
    assert record.paper.venue == Venue("ACL", 2023, "conference")
    assert paper(DOI="10.18653/v1/p19-1355").acl_anthology == "P19-1355"


def test_a_retraction() -> None:
    assert list(work_notes(json.loads(recorded("crossref-retracted.json"))["message"]))[:2] == [
        "correction: see 10.1016/s0140-6736(04)15715-2",
        "retraction: see 10.1016/s0140-6736(10)60175-4",
    ]
    notice = work(update_to=[{"type": "retraction", "DOI": DOI}], type="editorial", event=None, container_title=None)
    assert list(work_notes(notice)) == [f"not a paper but the retraction of {DOI}", 'type: "editorial"']


JOURNAL: dict[str, object] = {"type": "journal-article", "event": None}


@pytest.mark.parametrize(
    ("changes", "venue"),
    [
        ({"event": None}, Venue("CIKM", 2017, "conference")),
        ({"event": {"acronym": "KDD 2019", "start": {"date-parts": [[2019, 8, 4]]}}}, Venue("KDD", 2019, "conference")),
        ({"event": {"name": "2019 Conf. on Vision Workshops (CVPRW)"}}, Venue("CVPRW", 2017, "workshop")),
        (
            {"event": None, "container_title": "Findings of the ACL: EMNLP 2023"},
            Venue("Findings of EMNLP", 2017, "findings"),
        ),
        (
            {"event": None, "container_title": "Proceedings of the 6th BlackboxNLP Workshop: Analyzing Networks"},
            Venue("BlackboxNLP", 2017, "workshop"),
        ),
        (
            {
                "event": {"name": "MM '20: The 28th ACM International Conference on Multimedia", "acronym": "MM '20"},
                "container_title": "Proceedings of the 2nd Workshop on Snow",
            },
            Venue("Workshop on Snow", 2017, "workshop"),
        ),
        (
            {
                "event": {"name": "2nd Workshop on Snow", "acronym": "SNOW 2017"},
                "container_title": "Proceedings of the 2nd Workshop on Snow",
            },
            Venue("SNOW", 2017, "workshop"),
        ),
        (
            {"event": {"name": "IJCAI {IJCAI-19}", "acronym": "IJCAI-2019"}, "container_title": "Proceedings"},
            Venue("IJCAI", 2017, "conference"),
        ),
        (
            {
                "event": {"acronym": "ICMLT '19"},
                "container_title": "Proceedings of the International Conference on Machine Learning Technologies",
            },
            Venue("ICMLT", 2017, "conference"),
        ),
        (
            {
                "event": {"name": "Group '22: The 2022 Conference on Supporting Groups", "acronym": "Group '22"},
                "container_title": "Companion Proceedings of the 2022 Conference on Supporting Groups",
            },
            Venue("Group", 2017, "conference"),
        ),
        (
            {
                "event": None,
                "container_title": ["Lecture Notes in Computer Science", "Computer Vision – ECCV 2020"],
            },
            Venue("ECCV", 2017, "conference"),
        ),
        ({"event": None, "container_title": ["Interspeech 2021"]}, Venue("Interspeech", 2017, "conference")),
        ({"event": None, "container_title": ["Snow 2021"]}, Venue("Snow", 2017, "conference")),
        (
            {
                **JOURNAL,
                "container_title": "Proceedings of the AAAI Conference on Artificial Intelligence",
                "short_container_title": "Proc. AAAI Conf. Artif. Intell.",
            },
            Venue("AAAI", 2017, "conference"),
        ),
        (
            {
                **JOURNAL,
                "container_title": "Journal of Physics: Conference Series",
                "short_container_title": "J. Phys.: Conf. Ser.",
            },
            Venue("J. Phys.: Conf. Ser.", 2017, "conference"),
        ),
        (
            {**JOURNAL, "short_container_title": ["AAAI"], "container_title": "Proceedings of the AAAI Conference"},
            Venue("AAAI", 2017, "conference"),
        ),
        ({**JOURNAL, "container_title": ["Nature"]}, Venue("Nature", 2017, "journal")),
        ({"type": "posted-content"}, None),
        ({"type": ["x"]}, None),
        ({"event": None, "container_title": []}, None),
        (
            {name: {"date-parts": [[None]]} for name in "published_print published_online published issued".split()},
            None,
        ),
    ],
)
def test_venues(changes: dict[str, object], venue: Venue | None) -> None:
    assert paper(**changes).venue == venue


@pytest.mark.parametrize(
    ("dates", "published"),
    [
        ([[[2023, 7, 18]], [[2023]], [[2023, 8]]], "2023-07-18"),
        ([[[2023]], [[2022, 12]], None], "2022-12"),
        ([[["2023", "2"]], None, None], "2023-02"),
        ([[[2023, 2, 30]], None, None], "2023-02"),
        ([[[2023, 13]], [[0]], [[10**30]]], "2023"),
        ([[[None]], [[]], []], None),
        ([{}, "2023", [[[2023]]]], None),
    ],
)
def test_dates(dates: list[object], published: str | None) -> None:
    keys = ("published_print", "published_online", "published")
    changes: dict[str, object] = {key: {"date-parts": parts} for key, parts in zip(keys, dates, strict=True)}
    assert paper(issued=None, **changes).published == published


def test_authors_of_crossref() -> None:
    names = [
        {"given": "Sammy", "family": "Davis", "suffix": "Jr."},
        {"name": "The OA <i>Consortium</i>", "sequence": "additional"},
        {"family": "Plato", "given": None},
        {"family": "Plato"},
        {"affiliation": []},
        "Nobody",
    ]
    assert paper(author=names).authors == ("Sammy Davis Jr.", "The OA Consortium", "Plato", "Plato")


def test_the_preprint_that_crossref_names() -> None:
    other = {"id-type": "doi", "id": "10.1101/2020.01.30.927871"}
    preprint = {"id-type": "doi", "id": "10.48550/arXiv.2301.10521v2", "asserted-by": "subject"}
    assert paper(relation={"has-preprint": [other, preprint]}).arxiv == "2301.10521"
    assert paper(relation={"is-version-of": [{"id-type": "arxiv", "id": "hep-ex/0307015"}]}).arxiv == "hep-ex/0307015"
    assert paper(relation={"is-review-of": [preprint]}).arxiv is None


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Escherichia <i>coli</i> &amp; H<sub>2</sub>O", "Escherichia coli & H₂O"),
        (
            "10<sup>3</sup> 4<sup>th</sup> x<sup>2</sup>y<sub>max</sub> n<jats:sup>3/2</jats:sup>",
            "10³ 4th x²y_max n^(3/2)",
        ),
        ("&lt;sup&gt;13&lt;/sup&gt;C and Brand<sup>®</sup>, x<sup>2 open", "¹³C and Brand®, x2 open"),
        (
            "<mml:math><mml:msubsup><mml:mi>x</mml:mi><mml:mn>1</mml:mn><mml:mn>2</mml:mn></mml:msubsup>"
            " <mml:mo>=</mml:mo>"
            "<mml:msqrt><mml:mfrac><mml:mn>1</mml:mn><mml:mi>s</mml:mi></mml:mfrac></mml:msqrt></mml:math>",
            "x₁²=√(1/s)",
        ),
        ("<p><br/>Many &lt;here&gt;.</p>One<p>Two<p>Three", "Many <here>.\n\nOne\n\nTwo\n\nThree"),
        (
            "Moggi&apos;s &lgr;-calculus &bull; &#x3b1; &amp;amp; AT&T; &foo; &copy=2",
            "Moggi's λ-calculus • α & AT&T; &foo; &copy=2",
        ),
        ("&lt;i&gt;In vivo&lt;/i&gt; R&amp;amp;D", "In vivo R&D"),
        ("<![CDATA[<B>Notas</B>]]>", "Notas"),
        ("a&lt;b and c&gt;d, List<String>, x < y, p<q", "a<b and c>d, List<String>, x < y, p<q"),
        ("<jats:title>Background</jats:title><jats:p>One.\n Two.</jats:p><jats:p/>", "Background\n\nOne. Two."),
        (
            "<mml:math xmlns:mml='http://www.w3.org/1998/Math/MathML'><mml:mi>p</mml:mi></mml:math>-values",
            "p-values",
        ),
        (
            "anti-<jats:inline-formula><jats:alternatives><jats:tex-math>$$k_{\\bot }$$</jats:tex-math>"
            '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:msub><mml:mi>k</mml:mi><mml:mi>⊥</mml:mi>'
            "</mml:msub></mml:math></jats:alternatives></jats:inline-formula> algorithm",
            "anti-$k_{\\bot }$ algorithm",
        ),
        (
            "<alternatives><tex-math>\\documentclass[12pt]{minimal} \\begin{document}$$L_2$$\\end{document}</tex-math>"
            "<math><mi>L</mi></math></alternatives>",
            "$L_2$",
        ),
    ],
)
def test_markup(markup: str, text: str) -> None:
    assert markup_to_text(markup) == text


@pytest.mark.parametrize(
    ("title", "subtitle", "whole"),
    [
        ("FUSION", "An Online Method", "FUSION: An Online Method"),
        ("FUSION:", "An Online Method", "FUSION: An Online Method"),
        ("Why Fuse?", "An Online Method", "Why Fuse? An Online Method"),
        ("FUSION: an online method", "An Online Method", "FUSION: an online method"),
        ("FUSION", "", "FUSION"),
    ],
)
def test_titles(title: str, subtitle: str, whole: str) -> None:
    message = {"message": work(title=["", title], subtitle=[subtitle])}
    with served(lambda *_: Reply(json.dumps(message).encode())) as asked:
        found, _ = fetch_records([DOI], asked.environment, HASTE)
    assert [record.paper.title for record in found] == [whole]


def test_the_heading_of_an_abstract_is_dropped() -> None:
    text = "<jats:title>Abstract</jats:title><jats:p>Fr\\'echet.</jats:p><jats:p>Two.</jats:p>"
    assert paper(abstract=text).abstract == "Fréchet.\n\nTwo."


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = (*work(), *"updated-by update-to abstract posted name acronym start date-parts id given family".split())


ATTRIBUTES = json.loads(recorded("datacite-software.json"))["data"]["attributes"]
PARTS = "title titleType name nameType givenName description descriptionType date dateType type resourceType".split()


@given(
    st.dictionaries(st.sampled_from(list(ATTRIBUTES)), JSON | st.lists(st.dictionaries(st.sampled_from(PARTS), JSON)))
)
@settings(max_examples=100)
def test_attributes_of_any_form_give_a_paper_that_fits_the_model(attributes: dict[str, Any]) -> None:
    datacite_title(attributes)
    assert all(isinstance(note, str) for note in datacite_notes(attributes))
    for found in (attributes, {**ATTRIBUTES, **attributes}):
        assert not entry_fault(datacite_paper(found, "10.5072/x", "A title"))


@given(st.dictionaries(st.sampled_from(KEYS), JSON | st.dictionaries(st.sampled_from(KEYS), JSON)))
@settings(max_examples=100)
def test_a_work_of_any_form_gives_a_paper_that_fits_the_model(message: dict[str, Any]) -> None:
    result = crossref_paper({**work(), **message}, DOI, "A title")
    assert all(isinstance(note, str) for note in work_notes(message))
    forms = {"arxiv": ArxivId, "doi": Doi, "acl_anthology": AnthologyId, "published": Date}
    for name, form in forms.items():
        value = getattr(result, name)
        assert value is None or re.fullmatch(get_args(form)[1].pattern, value)
    assert not entry_fault(result)
    for text in (*result.authors, *([result.venue.name] if result.venue else [])):
        assert re.fullmatch(get_args(Line)[1].pattern, text)
        assert not character_fault(text)


def test_a_doi_that_nobody_knows() -> None:
    message = "neither Crossref nor DataCite knows the DOI 10.5281/zenodo.1234"
    assert outcome(all_services, "10.5281/zenodo.1234", DOI) == ([message], 3)


def fetched(given: str) -> FetchedRecord:
    """Return the only record of a work."""
    with served(all_services) as asked:
        (record,), problems = fetch_records([given], asked.environment, HASTE)
    assert problems == []
    return record


def test_a_book_of_crossref() -> None:
    assert fetched("https://doi.org/10.5555/book.2") == FetchedRecord(
        Paper(
            id="",
            title="Learning from data: 10⁶ Lessons",
            category="",
            type="book",
            authors=("García Márquez, Gabriel", "{World Health Organization}"),
            editors=("Ann Lee",),
            doi="10.5555/book.2",
            published="2009-03-26",
            container="Lectures on Data",
            volume="12",
            edition="2nd",
            publisher="Example University Press",
            isbn="9780306406157",
            issn="2049-3630",
            language="en",
        ),
        (),
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"type": "book-chapter", "container_title": ["Lecture Notes", "The Book"], "page": "10-20", "event": None},
         {"type": "chapter", "container": "The Book", "pages": "10–20", "publisher": "ACM"}),
        ({"type": "dissertation", "institution": [{"name": "A University"}], "degree": ["PhD"], "event": None},
         {"type": "thesis", "institution": "A University", "genre": "PhD", "publisher": None}),
        ({"type": "report", "institution": {"name": "An Institute"}, "event": None},
         {"type": "report", "institution": "An Institute"}),
        ({"type": "posted-content", "institution": [{"name": "bioRxiv"}], "event": None, "container_title": []},
         {"type": "article", "publisher": "bioRxiv", "venue": None}),
        ({"type": "dataset", "event": None, "container_title": ["A Database"]},
         {"type": "dataset", "container": "A Database", "publisher": "ACM"}),
        ({"type": "journal-article", "event": None, "volume": "3", "issue": "4", "article_number": "e7",
          "ISSN": ["2049-3630"]}, {"type": "article", "volume": "3", "number": "4", "pages": "e7", "issn": "2049-3630",
                                   "publisher": None}),
        ({"type": "edited-book", "ISBN": ["http://id.crossref.org/isbn/9780306406157"], "author": []},
         {"type": "book", "isbn": "9780306406157", "authors": ()}),
        ({"type": "peer-review", "event": None}, {"type": "article"}),
        ({"type": "component", "event": None}, {"type": "document"}),
        ({"type": "zebra", "event": None}, {"type": "document"}),
    ],
)  # fmt: skip
def test_kinds_of_works_of_crossref(changes: dict[str, object], expected: dict[str, object]) -> None:
    found = paper(**changes)
    assert {key: getattr(found, key) for key in expected} == expected


def test_software_of_datacite() -> None:
    assert fetched("10.5072/zenodo.1234") == FetchedRecord(
        Paper(
            id="",
            title="example/tool: Counting H₂O",
            category="",
            type="software",
            authors=("García Márquez, Gabriel", "Ann Lee", "Example Data Group"),
            editors=("Jo Doe",),
            abstract="A tool that counts.\n\nFast.",
            doi="10.5072/zenodo.1234",
            published="2020-05-12",
            edition="v1.2.0",
            publisher="Zenodo",
            language="en",
        ),
        ("IsVersionOf: 10.5072/zenodo.1233",),
    )


def test_an_article_of_datacite() -> None:
    found = fetched("https://doi.org/10.5072/journal.7").paper
    assert (found.type, found.venue) == ("article", Venue("Journal of Examples", 2003, "journal"))
    assert (found.volume, found.number, found.pages, found.issn) == ("3", "4", "10–20", "2049-3630")
    assert found.doi == "10.5072/JOURNAL.7"


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        ({"resourceTypeGeneral": "Dataset"}, "dataset"),
        ({"resourceTypeGeneral": "Collection"}, "dataset"),
        ({"resourceTypeGeneral": "Text", "resourceType": "Dissertation"}, "thesis"),
        ({"resourceTypeGeneral": "Dissertation", "resourceType": "Doctoral Thesis"}, "thesis"),
        ({"resourceTypeGeneral": "Text", "resourceType": "Working paper", "citeproc": "report"}, "report"),
        ({"resourceTypeGeneral": "Preprint"}, "article"),
        ({"resourceTypeGeneral": "ConferencePaper"}, "paper-conference"),
        ({"resourceTypeGeneral": "BookChapter"}, "chapter"),
        ({"resourceTypeGeneral": "Book"}, "book"),
        ({"resourceTypeGeneral": "Audiovisual"}, "video"),
        ({"resourceTypeGeneral": "ComputationalNotebook"}, "software"),
        ({"resourceTypeGeneral": "Other"}, "document"),
        ({"resourceTypeGeneral": "Zebra"}, "document"),
        ({}, "document"),
    ],
)
def test_kinds_of_works_of_datacite(types: dict[str, str], kind: str) -> None:
    assert datacite_paper({"types": types}, "10.5072/x", "A title").type == kind


def test_a_book_of_open_library() -> None:
    book = Paper(
        id="",
        title="Learning from data: a million lessons",
        category="",
        type="book",
        authors=("Ann Lee", "Ludwig van Beethoven"),
        published="2009-03-26",
        publisher="Example University Press",
        isbn="9780306406157",
    )
    assert fetched("ISBN 0-306-40615-2") == FetchedRecord(book, ())
    message = "Open Library knows no book with the ISBN 9781861972712"
    assert outcome(all_services, "9781861972712", "978-0-306-40615-7") == ([message], 1)


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply(b"[]"), 'Open Library\'s answer cannot be read: expected books as JSON, found "[]"'),
        (Reply(b"{}"), "Open Library knows no book with the ISBN 9780306406157"),
        (Reply(b'{"ISBN:9780306406157": 1}'), "Open Library knows no book with the ISBN 9780306406157"),
        (Reply(b'{"ISBN:9780306406157": {"title": []}}'), "Open Library knows no book with the ISBN 9780306406157"),
        (Reply(status=404), "Open Library answered 404 Not Found"),
        (Reply(status=400), "Open Library answered 400 Bad Request"),
    ],
)
def test_what_is_no_book(reply: Reply, message: str) -> None:
    assert outcome(reply, "9780306406157") == ([message], 1)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "DataCite's answer cannot be read: expected a DOI as JSON, found nothing"),
        (b'{"data": []}', 'DataCite\'s answer cannot be read: expected a DOI as JSON, found "{"data": []}"'),
        (b'{"data": {"attributes": {}}}', "DataCite has no title for 10.5072/x"),
        (b"[" * 100_000, "DataCite's answer cannot be read: expected a DOI as JSON, found \"[[["),
    ],
)
def test_what_is_no_resource(body: bytes, message: str) -> None:
    def reply(path: str, _: int) -> Reply:
        return Reply(body) if path.startswith("/dois/") else Reply(status=404)

    (found,), requests = outcome(reply, "10.5072/x")
    assert (found[: len(message)], requests) == (message, 2)


LAUGHS = b"""<!DOCTYPE feed [<!ENTITY a "ha"> <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"> <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;"> <!ENTITY e "&d;&d;&d;&d;&d;&d;">]><feed xmlns="http://www.w3.org/2005/Atom">&e;</feed>"""


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply(b""), "expected an Atom feed, found nothing"),
        (Reply(b"<!DOCTYPE html>\n<html>"), 'expected an Atom feed, found "<!DOCTYPE html> <html>"'),
        (Reply(b"<feed><entry>"), "no element found: line 1, column 13"),
        (Reply(b"<feed>\xff</feed>"), "not well-formed (invalid token): line 1, column 6"),
        (Reply(b'<?xml version="1.0" encoding="klingon"?><feed/>'), "unknown encoding: klingon"),
        (
            Reply(LAUGHS),
            'expected an Atom feed, found "<!DOCTYPE feed [<!ENTITY a "ha"> <!ENTITY b "&a;&a;&a;&a;&a…"',
        ),
    ],
)
def test_what_is_no_feed(reply: Reply, message: str) -> None:
    assert outcome(reply, WGAN) == ([f"arXiv's answer cannot be read: {message}"], 1)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"", "found nothing"),
        (b"<html><body>Down for maintenance", 'found "<html><body>Down for maintenance"'),
        (b'{"message": {"title": ["FUSI', 'found "{"message": {"title": ["FUSI"'),
        (b'{"status": "ok"}', 'found "{"status": "ok"}"'),
        (b"[1]", 'found "[1]"'),
        (b'{"message": "x"}', 'found "{"message": "x"}"'),
        (b"\xff\xfe\x00", 'found "��"'),
        (b"[" * 100_000, f'found "{"[" * 59}…"'),
    ],
)
def test_what_is_no_work(body: bytes, found: str) -> None:
    message = f"Crossref's answer cannot be read: expected a work as JSON, {found}"
    assert outcome(Reply(body), DOI) == ([message], 1)


def test_a_work_without_a_title() -> None:
    assert outcome(Reply(b'{"message": {"title": []}}'), DOI) == ([f"Crossref has no title for {DOI}"], 1)


def after(times: int, fault: Reply) -> Callable[[str, int], Reply]:
    """Return a server function that gives a faulty reply a number of times, and then correct ones."""
    return lambda path, asked: fault if asked < times else all_services(path)


def moved(address: str) -> Reply:
    """Return a redirect."""
    return Reply(status=302, headers={"Location": address})


TOO_LARGE = "sent more than 20,971,520 bytes"
PACKED = {"Content-Encoding": "gzip"}
BROKEN = Reply(b'{"message', claimed=100)


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (Reply(status=500), "answered 500 Internal Server Error"),
        (Reply(status=502), "answered 502 Bad Gateway"),
        (Reply(status=503, headers={"Retry-After": "0"}), "answered 503 Service Unavailable"),
        (Reply(status=503, headers={"Retry-After": "soon"}), "answered 503 Service Unavailable"),
        (Reply(status=503, headers={"Retry-After": "9" * 5000}), "answered 503 Service Unavailable"),
        (Reply(status=429), "answered 429 Too Many Requests"),
        (BROKEN, "broke off before its answer was whole"),
    ],
)
def test_faults_that_may_pass(fault: Reply, message: str) -> None:
    assert outcome(after(2, fault), WGAN) == ([], 3)
    assert outcome(after(2, fault), DOI) == ([], 3)
    assert outcome(fault, WGAN) == ([f"arXiv {message}, tried 3 times"], 3)
    assert outcome(fault, DOI) == ([f"Crossref {message}, tried 3 times"], 3)


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (Reply(status=403), "answered 403 Forbidden"),
        (Reply(status=400), "answered 400 Bad Request"),
        (Reply(status=501), "answered 501 Not Implemented"),
        (Reply(b"x" * (1 << 20), pieces=21), TOO_LARGE),
        (Reply(gzip.compress(bytes(30 << 20)), headers=PACKED), TOO_LARGE),
        (Reply(b"no gzip", headers=PACKED), "sent an answer that cannot be unpacked"),
        (moved("/again"), "redirects without end"),
        (moved("http://[x"), "cannot be reached: Invalid IPv6 URL"),
        (moved("ftp://127.0.0.1/"), "cannot be reached: Not supported URL scheme ftp"),
        (Reply(status=503, headers={"Retry-After": "120"}), "answered 503 Service Unavailable and asks to wait 120 s"),
        (
            Reply(status=429, headers={"Retry-After": "Fri, 31 Dec 2100 23:59:59 GMT"}),
            "answered 429 Too Many Requests and asks to wait 86400 s",
        ),
    ],
)
def test_faults_that_stay(fault: Reply, message: str) -> None:
    requests = 6 if message == "redirects without end" else 1
    assert outcome(fault, DOI) == ([f"Crossref {message}"], requests)
    assert outcome(fault, WGAN) == ([f"arXiv {message}"], requests)


def test_a_service_that_is_slow() -> None:
    hasty, calm = replace(HASTE, read_timeout=0.2, tries=2), replace(HASTE, read_timeout=0.7)
    message = "arXiv did not answer within 0.2 s, tried 2 times"
    assert outcome(Reply(b"{}", late=0.4), WGAN, policy=hasty) == ([message], 2)
    assert outcome(after(1, Reply(b"{}", late=1)), DOI, policy=calm) == ([], 2)


def test_an_answer_that_drips() -> None:
    message = "Crossref did not finish its answer within 0.3 s"
    assert outcome(Reply(b" ", late=0.1, pieces=8), DOI, policy=replace(HASTE, total_timeout=0.3)) == ([message], 1)


def test_a_redirect_and_a_packed_answer_are_followed() -> None:
    def reply(path: str, asked: int) -> Reply:
        if asked == 0:
            return moved(path)
        return Reply(gzip.compress(all_services(path).body), headers=PACKED)

    assert outcome(reply, DOI) == ([], 2)


def test_retry_after_is_kept() -> None:
    with served(after(1, Reply(status=429, headers={"Retry-After": "1"}))) as asked:
        found, _ = fetch_records([WGAN], asked.environment, HASTE)
    assert len(found) == 1
    assert asked.times[1] - asked.times[0] >= 1


def test_a_service_that_is_closed_is_left_alone_and_hides_not_the_other() -> None:
    def reply(path: str, _: int) -> Reply:
        return Reply(status=503) if path.startswith("/works") else all_services(path)

    message = "Crossref answered 503 Service Unavailable, tried 3 times"
    assert outcome(reply, DOI, "10.1145/1", WGAN, "10.1145/2") == ([message] * 3, 1 + 3)
    assert outcome(Reply(status=500), "10.1145/1", "10.1145/2")[1] == 6


def test_nothing_there() -> None:
    with served(all_services) as gone:
        pass
    _, problems = fetch_records([WGAN, "1701.07876", DOI], gone.environment, HASTE)
    refused = "cannot be reached: it does not take the connection, tried 3 times"
    assert [problem.message for problem in problems] == [f"arXiv {refused}"] * 2 + [f"Crossref {refused}"]
    nameless = {"ARXIV_API": "http://arxiv.invalid/api", "CROSSREF_API": "ftp://127.0.0.1"}
    _, problems = fetch_records([WGAN, DOI], nameless, HASTE)
    assert [str(problem) for problem in problems] == [
        "1701.07875: arXiv cannot be reached: there is no network, or nothing by its name, tried 3 times",
        f"{DOI}: CROSSREF_API: expected an address that starts with http:// or https://, found \"ftp://127.0.0.1\"",
    ]  # fmt: skip


def test_no_safe_connection() -> None:
    with served(all_services) as asked:
        secure = {name: address.replace("http:", "https:") for name, address in asked.environment.items()}
        _, problems = fetch_records([WGAN, "2005.14165"], secure, HASTE)
    assert len(problems) == 2
    assert problems[0].message.startswith("arXiv cannot be reached safely: ")


@pytest.mark.parametrize("markup", ["<alternatives><tex-math>", "<!--", "`", "<a ", "\n "])
def test_markup_without_end(markup: str) -> None:
    """In quadratic time, this would take hours."""
    paper(title=[markup * 100_000], abstract=markup * 100_000)


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({}, "reading-list/1.0"),
        ({"CONTACT_EMAIL": "list@example.org"}, "reading-list/1.0 (mailto:list@example.org)"),
        (
            {"CONTACT_EMAIL": "list@example.org", "REPOSITORY_URL": "https://example.org/list"},
            "reading-list/1.0 (https://example.org/list; mailto:list@example.org)",
        ),
        ({"CONTACT_EMAIL": "é(x)\r\nEvil: 1"}, "reading-list/1.0 (mailto:xEvil: 1)"),
    ],
)
def test_the_user_agent(environment: dict[str, str], name: str) -> None:
    assert user_agent(environment) == name
    with served(all_services) as asked:
        fetch_records([WGAN, DOI], {**asked.environment, **environment}, HASTE)
    assert [headers["User-Agent"] for headers in asked.headers] == [name, name]


def test_a_proxy_is_asked_instead() -> None:
    with served(lambda path, _: all_services(path.removeprefix("http://api.crossref.invalid"))) as proxy:
        address = proxy.environment["ARXIV_API"].replace("http://", "http://me:se%40cret@")
        environment = {"CROSSREF_API": "http://api.crossref.invalid", "HTTP_PROXY": address}
        found, problems = fetch_records([DOI], environment, HASTE)
    assert (len(found), problems) == (1, [])
    assert proxy.paths == ["http://api.crossref.invalid/works/10.1145%2F3132847.3132886"]
    assert proxy.headers[0]["Proxy-Authorization"] == "Basic bWU6c2VAY3JldA=="
    with served(all_services) as gone:
        pass
    environment |= {"HTTP_PROXY": gone.environment["ARXIV_API"]}
    _, problems = fetch_records([DOI], environment, HASTE)
    assert [problem.message for problem in problems] == ["Crossref cannot be reached through the proxy, tried 3 times"]
    _, problems = fetch_records([DOI], environment | {"HTTP_PROXY": "socks5://127.0.0.1:1"}, HASTE)
    assert [problem.message for problem in problems] == [
        "Crossref cannot be reached: Proxy URL had unsupported scheme socks5, should use http:// or https://"
    ]


@pytest.mark.parametrize(
    ("environment", "proxy"),
    [
        ({}, ""),
        ({"HTTPS_PROXY": "http://proxy:3128"}, "http://proxy:3128"),
        ({"https_proxy": "proxy:3128"}, "http://proxy:3128"),
        ({"HTTP_PROXY": "http://proxy:3128"}, ""),
        ({"HTTPS_PROXY": "http://proxy", "NO_PROXY": "localhost, .arxiv.org"}, ""),
        ({"HTTPS_PROXY": "http://proxy", "NO_PROXY": "*"}, ""),
        ({"HTTPS_PROXY": "http://proxy", "NO_PROXY": "xiv.org"}, "http://proxy"),
    ],
)
def test_proxies(environment: dict[str, str], proxy: str) -> None:
    assert proxy_address("https://export.arxiv.org/api", environment) == proxy


def test_pauses_grow_up_to_a_bound() -> None:
    retries, waits = RetryPolicy(tries=12).retries(), []
    for _ in range(11):
        retries = retries.increment()
        waits.append(retries.get_backoff_time())
    lows, highs = (0, 4, 8, 16, 32), (0, 6, 10, 18, 34)
    assert all(low <= wait <= high for wait, low, high in zip(waits, lows, highs, strict=False))
    assert max(waits) == 60


def test_a_host_has_its_pause() -> None:
    host = HostSchedule(3)
    with host.turn():
        pass
    assert host.free_at - time.monotonic() > 2.9
    host.rest(60)
    assert host.free_at - time.monotonic() > 59

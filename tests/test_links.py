"""External links: how they are found, how hosts are queried, what the report says, and how its issue is updated."""

import json
import os
import re
import shutil
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args
from xml.etree.ElementTree import Element

import html5lib
import markdown
import pytest
import trustme
import yaml
from sites import HOSTILE, ROOT, TOY, Server

from generator.content.loader import load
from generator.content.model import Library, Page, SourceMarks
from generator.curate.http import RetryPolicy
from generator.curate.review.link_checker import (
    UNKNOWN_HOST,
    AllowedRefusal,
    CrawlPolicy,
    LinkState,
    final_verdict,
    is_public_ip,
)
from generator.curate.review.links import (
    LinkResult,
    links_report,
    load_allow_list,
    outward_addresses,
    probe_outward_links,
    trim_closing_bracket,
)

QUICK = CrawlPolicy(
    RetryPolicy(connect_timeout=5, read_timeout=5, tries=3, backoff=0.02, max_wait=1),
    pause=0.02,
    host_pauses={},
    redirector_hosts=("localhost",),
    trusted_hosts=("127.0.0.1", "127.1", "localhost"),
)
STATUSES = {"/here": 200, "/gone": 404, "/ill": 500, "/private": 403, "/odd": 999}
REDIRECTS = {
    "/old": (301, "/older"),
    "/older": (308, "/for-now"),
    "/for-now": (302, "/here"),
    "/ring": (302, "/ring"),
    "/to-gone": (301, "/gone"),
    "/to-script": (301, "javascript:alert(1)"),
    "/to-brackets": (301, "http://[:"),
    "/to-nothing": (301, ""),
    "/to-inside": (302, "http://127.1:{port}/here"),
    "/to-doi": (301, "http://localhost:{port}/10.1000/1"),
    "/10.1000/1": (302, "http://127.1:{port}/publisher"),
}
ROBOTS = (
    "User-agent: *\nDisallow: /secret\n\nUser-agent: reading-list-links\nDisallow: /secret\nDisallow: /not-for-us\n"
)


class Web(Server):
    """A server that answers as each path says, and records all requests and how many of them ran concurrently."""

    def __init__(self, robots: str | int = ROBOTS) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.robots = robots
        self.lock = threading.Lock()
        self.asked: list[tuple[str, str, str, float]] = []
        self.agents: set[str] = set()
        self.running: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.together = 0
        self.awake = threading.Event()

    def paths(self, method: str = "") -> Counter[str]:
        return Counter(path for _, by, path, _ in self.asked if by == method or not method)

    def starts(self, host: str, method: str, path: str) -> None:
        with self.lock:
            self.asked.append((host, method, path, time.monotonic()))
            self.running[host] += 1
            self.most[host] = max(self.most[host], self.running[host])
            self.together = max(self.together, self.running.total())

    def answers(self, host: str) -> None:
        with self.lock:
            self.running[host] -= 1


class Answering(BaseHTTPRequestHandler):
    server: Web

    def do_GET(self) -> None:
        host = self.headers["Host"].partition(":")[0]
        self.server.agents.add(self.headers["User-Agent"])
        before = self.server.paths()[self.path]
        self.server.starts(host, self.command, self.path)
        time.sleep(0.01)
        self.server.answers(host)
        self.answer(before)

    def do_HEAD(self) -> None:
        self.do_GET()

    def answer(self, before: int) -> None:
        path, get = self.path.partition("?")[0], self.command == "GET"
        if path == "/robots.txt":
            robots = self.server.robots
            self.say(
                robots if isinstance(robots, int) else 200, body=robots.encode() if isinstance(robots, str) else b""
            )
        elif path in REDIRECTS:
            status, to = REDIRECTS[path]
            self.say(status, {"Location": to.format(port=self.server.server_port)})
        elif path == "/no-head":
            self.say(200 if get else 405)
        elif path == "/busy":
            self.say(200 if before else 429, {"Retry-After": "0"})
        elif path == "/busy-for-long":
            self.say(429, {"Retry-After": "3600"})
        elif path == "/asleep":
            self.server.awake.wait(5)
        elif path == "/breaks-off" or (path == "/breaks-off-head" and not get):
            self.break_off()
        elif path == "/huge":
            self.pour() if get else self.say(405)
        else:
            self.say(STATUSES.get(path, 200))

    def say(self, status: int, headers: Mapping[str, str] = MappingProxyType({}), body: bytes = b"") -> None:
        self.send_response(status, "@octocat <b>#1</b> `x`")
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def pour(self) -> None:
        """Send an endless body, and note how much of it the client accepts."""
        self.send_response(200)
        self.end_headers()
        poured = 0
        try:
            while poured < 200 << 20:
                poured += self.wfile.write(b"x" * (1 << 20))
        except OSError:
            pass
        self.server.robots = poured

    def break_off(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def web(robots: str | int = ROBOTS, certificate: Path | None = None) -> Iterator[Web]:
    with Web(robots) as server:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield server
        finally:
            server.awake.set()
            server.shutdown()


def listing(toy: Library, *addresses: str) -> Library:
    """Return a list whose only external links are these addresses, on one page."""
    page = Page("links", "Links", "".join(f"\n<{address}>" for address in addresses))
    return replace(
        toy,
        papers=(),
        paths=(),
        venues=(),
        pages=(page,),
        marks={**toy.marks, "pages/links.md": SourceMarks("links.md")},
    )


def states(
    toy: Library, *addresses: str, allow: tuple[AllowedRefusal, ...] = (), policy: CrawlPolicy = QUICK
) -> dict[str, tuple[LinkState, str]]:
    """Return the result for each address, by its path."""
    answers = probe_outward_links(listing(toy, *addresses), allow, policy)
    return {re.sub(r"^https?://[^/]+", "", answer.address): (answer.state, answer.detail) for answer in answers}


def test_addresses_and_where_they_stand(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(TOY, content)
    (content / "pages/about.md").write_text(
        "# About\n\nSee [a](https://a.example/x_(y)), [b](https://b.example)[c](https://c.example/?q=1#part).\n"
        "Not ``https://code.example` `` nor\n\n```\nhttps://code.example\n```\n\n<https://d.example/>, https://a.example/x_(y).\n"
        "A stray ` is no code\n \n[`f`](https://f.example) and ` neither\n\n~~~\nhttps://code.example\n"
    )
    paper = content / "papers/tr0n.yml"
    paper.write_text(paper.read_text().replace("We propose TR0N", "See (https://e.example/~f). We propose TR0N"))
    library, problems = load(content, {"SITE_URL": "https://site.example", "REPOSITORY_URL": "https://code.example"})
    assert not problems
    found = outward_addresses(library)
    about, venues = f"{content}/pages/about.md", content / "venues.yml"
    assert list(found) == sorted(found)
    assert {address: places for address, places in found.items() if ".example" in address} == {
        "https://a.example/x_(y)": (f"{about}:3:9", f"{about}:10:23"),
        "https://b.example": (f"{about}:3:39",),
        "https://c.example/?q=1#part": (f"{about}:3:61",),
        "https://d.example/": (f"{about}:10:2",),
        "https://f.example": (f"{about}:13:7",),
        "https://e.example/~f": (f"{paper}:{line_of(paper, 'abstract:')}:11",),
    }
    assert found["https://icml.cc/"] == (f"{venues}:{line_of(venues, '  address: https://icml')}:12",)
    assert found["https://arxiv.org/abs/2304.13742"] == (f"{paper}:{line_of(paper, 'arxiv:')}:8",)
    assert len(found["https://github.com/layer6ai-labs/tr0n"]) == 2


def line_of(file: Path, start: str) -> int:
    lines = file.read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(start))


def test_the_whole_list_has_all_ids(toy: Library) -> None:
    found = outward_addresses(toy)
    ids = [paper.arxiv for paper in toy.papers if paper.arxiv]
    assert all(f"https://arxiv.org/abs/{name}" in found for name in ids)
    assert sum("doi.org" in address for address in found) >= sum(bool(paper.doi) for paper in toy.papers)
    assert not any("/pdf/" in address or "example" in address for address in found)


@pytest.mark.parametrize("text", ["https://)" * 100_000, "`" * 1_000_000, "` `` ``` " * 100_000, "~~~\n" * 250_000])
def test_odd_pages_are_read_in_linear_time(toy: Library, text: str) -> None:
    """In quadratic time, this would take hours."""
    page = Page("odd", "Odd", text)
    outward_addresses(replace(toy, pages=(page,), marks={**toy.marks, "pages/odd.md": SourceMarks("odd.md")}))


@pytest.mark.parametrize(
    ("found", "address"),
    [("https://x/a)b", "https://x/a"), ("https://x/(a)(b)", "https://x/(a)(b)"), ("https://x](https://x", "https://x")],
)
def test_brackets_around_an_address(found: str, address: str) -> None:
    assert trim_closing_bracket(found) == address


def test_what_becomes_of_addresses(toy: Library) -> None:
    with web() as server:
        base = f"http://127.0.0.1:{server.server_port}"
        named = [*STATUSES, *REDIRECTS, "/no-head", "/busy", "/busy-for-long", "/breaks-off", "/breaks-off-head"]
        named += ["/here#part", "/secret/x", "/not-for-us", "/listed/x"]
        found = states(toy, *(f"{base}{path}" for path in named if path != "/10.1000/1"))
    broken_off = "broke off before its answer was whole, tried 3 times"
    assert found == {
        "/here": ("good", "200 OK"),
        "/here#part": ("good", "200 OK"),
        "/gone": ("broken", "404 Not Found"),
        "/private": ("broken", "403 Forbidden"),
        "/odd": ("unreachable", "answered 999, tried 3 times"),
        "/ill": ("unreachable", "answered 500 Internal Server Error, tried 3 times"),
        "/old": ("moved", f"moved for good to {base}/for-now"),
        "/older": ("moved", f"moved for good to {base}/for-now"),
        "/for-now": ("good", "200 OK"),
        "/ring": ("broken", "more than 10 redirects"),
        "/to-gone": ("broken", f"leads to {base}/gone: 404 Not Found"),
        "/to-script": ("broken", "leads to javascript:alert(1): no address that can be asked"),
        "/to-brackets": ("broken", "301 Moved Permanently, but no address"),
        "/to-nothing": ("broken", "301 Moved Permanently, but no address"),
        "/to-inside": ("good", "200 OK"),
        "/to-doi": ("moved", f"moved for good to http://localhost:{server.server_port}/10.1000/1"),
        "/no-head": ("good", "200 OK"),
        "/busy": ("good", "200 OK"),
        "/busy-for-long": ("unreachable", "answered 429 Too Many Requests and asks to wait 3600 s"),
        "/breaks-off": ("unreachable", broken_off),
        "/breaks-off-head": ("good", "200 OK"),
        "/secret/x": ("refused", "the host asks robots not to look"),
        "/not-for-us": ("refused", "the host asks robots not to look"),
        "/listed/x": ("good", "200 OK"),
    }
    asked = server.paths()
    assert (asked["/here"], asked["/busy-for-long"], asked["/robots.txt"]) == (server.paths("HEAD")["/here"], 1, 3)
    assert not {"/publisher", "/secret/x", "/not-for-us"} & asked.keys()
    assert not server.paths("GET")["/here"]


def test_hosts_are_asked_one_thing_at_a_time_and_side_by_side(toy: Library) -> None:
    names = ("127.1", "localhost")
    with web() as server:
        addresses = [f"http://{name}:{server.server_port}/{number}" for name in names for number in range(8)]
        crossing = [f"http://127.0.0.1:{server.server_port}/to-inside?{number}" for number in range(8)]
        assert {state for state, _ in states(toy, *addresses, *crossing).values()} == {"good"}
    assert server.most == {"127.0.0.1": 1, "127.1": 1, "localhost": 1}
    assert server.together > 1
    times = defaultdict(list)
    for host, _, _, start in server.asked:
        times[host].append(start)
    assert {host: len(starts) for host, starts in times.items()} == {"127.0.0.1": 9, "127.1": 17, "localhost": 9}
    for starts in times.values():
        assert all(later - earlier >= QUICK.pause for earlier, later in pairwise(sorted(starts)))


def test_a_host_that_keeps_silent_is_left_alone(toy: Library) -> None:
    with web() as server:
        found = states(
            toy,
            *(f"http://127.0.0.1:{server.server_port}/asleep?{number}" for number in range(5)),
            policy=replace(QUICK, retry=replace(QUICK.retry, read_timeout=0.5, tries=2), max_silent=2),
        )
        assert server.paths("HEAD").keys() <= {"/asleep?0", "/asleep?1"}
    silent = ("unreachable", "did not answer within 0.5 s, tried 2 times")
    given_up = ("unreachable", "not asked: the host gave no answer to those before")
    assert list(found.values()) == [silent, silent, given_up, given_up, given_up]


def test_a_body_is_never_read(toy: Library) -> None:
    with web() as server:
        found = states(toy, f"http://127.0.0.1:{server.server_port}/huge")
        deadline = time.monotonic() + 5
        while not isinstance(server.robots, int) and time.monotonic() < deadline:
            time.sleep(0.01)
        poured = server.robots
    assert found == {"/huge": ("good", "200 OK")}
    assert isinstance(poured, int)
    assert poured < 20 << 20


@pytest.mark.parametrize(
    ("robots", "verdict"),
    [
        ("", ("good", "200 OK")),
        (404, ("good", "200 OK")),
        (403, ("good", "200 OK")),
        (503, ("unreachable", "its robots.txt: answered 503 Service Unavailable, tried 3 times")),
        ("User-agent: *\nDisallow: /", ("refused", "the host asks robots not to look")),
        ("User-agent: another\nDisallow: /", ("good", "200 OK")),
        ("User-agent: *\nDisallow: //[", ("good", "200 OK")),
        ("User-agent: *\nCrawl-delay: ²\nDisallow: /", ("refused", "the host asks robots not to look")),
        (f"User-agent: *\nCrawl-delay: {'9' * 9_000}\nDisallow: /", ("refused", "the host asks robots not to look")),
        ("\x00<html>:::\n" * 60_000, ("good", "200 OK")),
    ],
)
def test_robots(toy: Library, robots: str | int, verdict: tuple[str, str]) -> None:
    with web(robots) as server:
        assert states(toy, f"http://127.0.0.1:{server.server_port}/here") == {"/here": verdict}


def test_a_crawl_delay_is_kept(toy: Library) -> None:
    with web("User-agent: *\nCrawl-delay: 1") as server:
        states(
            toy,
            f"http://127.0.0.1:{server.server_port}/here",
            policy=replace(QUICK, retry=replace(QUICK.retry, max_wait=0.3)),
        )
    (*_, robots), (*_, page) = server.asked
    assert page - robots >= 0.3


def test_refusals_of_listed_hosts_are_expected(toy: Library) -> None:
    allow = (AllowedRefusal("127.0.0.1", "It lets no programs in."),)
    with web() as server:
        base = f"http://127.0.0.1:{server.server_port}"
        found = states(toy, f"{base}/private", f"{base}/gone", f"{base}/here", allow=allow)
        by_start = states(
            toy, f"{base}/private", f"{base}/private?2", allow=(AllowedRefusal(f"{base}/private?", "So."),)
        )
    assert found == {
        "/private": ("refused", "403 Forbidden: It lets no programs in."),
        "/gone": ("broken", "404 Not Found"),
        "/here": ("good", "200 OK"),
    }
    assert [state for state, _ in by_start.values()] == ["broken", "refused"]


def test_nothing_is_asked_in_a_private_network(toy: Library) -> None:
    with web() as server:
        port = server.server_port
        inside = [f"http://{name}:{port}/here" for name in ("localhost", "[::1]", "0.0.0.0", "2130706433", "10.0.0.1")]
        distrust = replace(QUICK, trusted_hosts=())
        found = {answer.address: answer for answer in probe_outward_links(listing(toy, *inside), (), distrust)}
        assert server.asked == []
        redirected = states(
            toy, f"http://127.0.0.1:{port}/to-inside", policy=replace(QUICK, trusted_hosts=("127.0.0.1",))
        )
    assert {answer.state for answer in found.values()} == {"broken"}
    assert found[inside[0]].detail.startswith("leads into a private network, to ")
    assert redirected["/to-inside"] == (
        "broken",
        f"leads to http://127.1:{port}/here: leads into a private network, to 127.0.0.1",
    )
    assert {host for host, *_ in server.asked} == {"127.0.0.1"}


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        *[("8.8.8.8", True), ("2606:4700::1111", True), ("127.0.0.1", False), ("10.1.2.3", False), ("::1", False)],
        *[("169.254.169.254", False), ("100.64.0.1", False), ("fe80::1%eth0", False), ("fd00::1", False)],
        *[("::ffff:127.0.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("192.168.1.1", False)],
    ],
)
def test_numbers_of_the_open_internet(number: str, expected: bool) -> None:
    assert is_public_ip(number) is expected


def test_addresses_that_cannot_be_asked(toy: Library) -> None:
    odd = ["http://a..b/", "http://x:99999/", f"http://{'x' * 64}.example/", "http://%E2%84%80/"]
    with web() as server:
        live = [f"http://127.0.0.1:{server.server_port}//[x"]
        found = probe_outward_links(
            listing(toy, *odd, *live, "http://127.0.0.1:1/", "http://nowhere.invalid/"), (), QUICK
        )
    states = {answer.address: answer.state for answer in found}
    assert {states[address] for address in odd} == {"broken"}
    assert {states[address] for address in live} == {"good"}
    assert states["http://127.0.0.1:1/"] == "unreachable"
    assert states["http://nowhere.invalid/"] in ("broken", "unreachable")


def test_without_a_network_nothing_is_said_of_links(toy: Library) -> None:
    with pytest.raises(ConnectionError, match="no host gave an answer"):
        probe_outward_links(listing(toy, "http://127.0.0.1:1/"), (), QUICK)


def test_a_name_that_no_host_has_is_broken() -> None:
    assert final_verdict(("unreachable", f"{UNKNOWN_HOST}, tried 3 times")) == (
        "broken",
        f"{UNKNOWN_HOST}, tried 3 times",
    )
    assert final_verdict(("unreachable", "503 Service Unavailable"))[0] == "unreachable"


def test_certificates(toy: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, authority = tmp_path / "localhost.pem", trustme.CA()
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(str(file))
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    with web(certificate=file) as server:
        addresses = [f"https://{name}:{server.server_port}/{name}" for name in ("localhost", "127.0.0.1")]
        assert {state for state, _ in states(toy, *addresses).values()} == {"broken"}
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        found = states(toy, *addresses, f"http://127.0.0.1:{server.server_port}/plain")
    assert found["/localhost"] == ("good", "200 OK")
    assert found["/127.0.0.1"] == ("broken", "cannot be reached safely: its certificate is not valid")
    assert found["/plain"][0] == "unreachable"


def test_hosts_know_who_asks(toy: Library) -> None:
    site = replace(toy.site, address="https://list.example/ü/")
    with web() as server:
        probe_outward_links(listing(replace(toy, site=site), f"http://127.0.0.1:{server.server_port}/here"), (), QUICK)
    assert server.agents == {"reading-list-links (+https://list.example/%C3%BC/)"}


def test_mistakes_in_the_allow_list_have_their_place(tmp_path: Path) -> None:
    file = tmp_path / "links.yml"
    file.write_text(
        "- {address: dl.acm.org, because: It refuses.}\n- {adress: no host}\n- {address: a b, because: c}\n"
    )
    entries, problems = load_allow_list(file)
    assert entries[0] == AllowedRefusal("dl.acm.org", "It refuses.")
    assert [str(problem).removeprefix(f"{file}:") for problem in sorted(problems)] == [
        '2:3: missing key "address"',
        '2:3: missing key "because"',
        '2:4: unknown key "adress": did you mean "address"? (allowed: address, because)',
        '3:13: expected a host such as dl.acm.org, or the start of an address, found "a b"',
    ]
    assert load_allow_list(tmp_path / "none.yml")[1]
    assert load_allow_list(ROOT / ".github/links.yml")[1] == []


HOSTILE_TEXTS = [
    *[
        HOSTILE,
        "@octocat",
        "#1",
        "octo/cat#1",
        "GH-1",
        "https://github.com/octo/cat/issues/1",
        "a" * 5_000,
        "`",
        "``` ~~~",
    ],
    *[
        "x\n\n## Broken\n",
        "`x` <b>",
        "\u202egnp.exe",
        "\\`",
        "$`x`$",
        "[a](b)",
        "| - |",
        "&#64;octocat",
        " `` ",
        "\x00\x85",
    ],
]


def test_nothing_hostile_gets_out_of_its_code() -> None:
    for state in get_args(LinkState):
        report = links_report([LinkResult(text, state, text, (text,)) for text in HOSTILE_TEXTS])
        page = html5lib.parse(markdown.markdown(report), namespaceHTMLElements=False)
        assert {node.tag for node in page.iter()} <= {*"html head body h2 p ul li code".split()}
        assert "octo" not in outside_code(page)
        assert [line for line in report.splitlines() if line.startswith("#")] == [
            f"## {title}"
            for title, of in (("Broken", "broken"), ("Moved", "moved"), ("No answer", "unreachable"))
            if of == state
        ]
        assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", report)


def outside_code(node: Element) -> str:
    """Return the text of a page, without code."""
    inner = "" if node.tag == "code" else (node.text or "") + "".join(map(outside_code, node))
    return inner + (node.tail or "")


def test_the_report_is_the_same_for_the_same_outcome() -> None:
    answers = [
        LinkResult(
            "https://b.example/", "broken", "404 Not Found", tuple(f"content/papers/{i}.yml:1:1" for i in range(7))
        ),
        LinkResult("https://a.example/", "broken", "no host of this name was found", ("content/site.yml:3:1",)),
        LinkResult("https://c.example/", "moved", "moved for good to https://d.example/", ("content/site.yml:4:1",)),
        LinkResult("https://e.example/", "good", "200 OK", ("content/site.yml:5:1",)),
        LinkResult("https://f.example/", "refused", "403 Forbidden: So.", ("content/site.yml:6:1",)),
    ]
    report = links_report(answers)
    assert links_report(reversed(answers)) == report
    assert report == (
        "5 addresses: 1 good, 2 broken, 1 moved, 0 without an answer, 1 that programs may not look at.\n"
        "\n"
        "## Broken\n"
        "\n"
        "These lead nowhere. Correct each where it stands, or take it out.\n"
        "\n"
        "- `https://a.example/`: `no host of this name was found`\n"
        "  - `content/site.yml:3:1`\n"
        "- `https://b.example/`: `404 Not Found`\n"
        "  - `content/papers/0.yml:1:1`\n"
        "  - `content/papers/1.yml:1:1`\n"
        "  - `content/papers/2.yml:1:1`\n"
        "  - `content/papers/3.yml:1:1`\n"
        "  - `content/papers/4.yml:1:1`\n"
        "  - and 2 more\n"
        "\n"
        "## Moved\n"
        "\n"
        "These lead on for good. Write the new address where the old one stands.\n"
        "\n"
        "- `https://c.example/`: `moved for good to https://d.example/`\n"
        "  - `content/site.yml:4:1`\n"
    )


def test_a_long_report_fits_into_an_issue() -> None:
    words = ["é" * 290] * 5
    report = links_report(
        LinkResult(f"https://x.example/{i:04}{words[0]}", s, words[0], ())
        for i in range(99)
        for s in get_args(LinkState)
    )
    assert len(report.encode()) < 62_000
    left_off = [int(number) for number in re.findall("^- and ([0-9]+) more$", report, re.MULTILINE)]
    assert 0 < left_off[0] < left_off[1] == left_off[2] == 99


GH = '''
"""Keeps issues in a file, as `gh` would, for the commands that the workflow uses."""
import json, sys
from pathlib import Path

file = Path(__file__).with_name("issues.json")
state = json.loads(file.read_text())
command, rest = " ".join(sys.argv[1:3]), sys.argv[3:]
state["calls"].append(command)
number = rest.pop(0) if command in ("label create", "issue close", "issue view", "issue edit") else ""
given = {}
while rest:
    name = rest.pop(0)
    given[name] = "" if name == "--force" else rest.pop(0)
issue = next((i for i in state["issues"] if str(i["number"]) == number), None)
match command:
    case "label create":
        assert number == "links" and "--force" in given
    case "issue list":
        assert given["--json"] == "number" and given["--jq"] == "sort_by(.number) | .[].number", given
        wanted = (given["--app"], given["--label"], given["--state"])
        found = [i["number"] for i in state["issues"] if (i["app"], i["label"], i["state"]) == wanted]
        print(*sorted(found), sep="\\n")
    case "issue view":
        assert (given["--json"], given["--jq"]) == ("body", ".body")
        print(issue["body"].replace("\\n", "\\r\\n"))
    case "issue create":
        body = Path(given["--body-file"]).read_text()
        issue = {"number": len(state["issues"]) + 1, "app": "github-actions", "label": given["--label"]}
        state["issues"].append(issue | {"state": "open", "body": body})
    case "issue edit":
        issue["body"] = Path(given["--body-file"]).read_text()
    case "issue close":
        issue |= {"state": "closed", "comment": given["--comment"]}
    case _:
        raise SystemExit(command)
file.write_text(json.dumps(state))
'''


class Desk:
    """A folder for running the workflow's script, with a fake `gh` that keeps its issues in a file."""

    def __init__(self, folder: Path, *issues: dict[str, Any]) -> None:
        self.folder = folder
        self.file = folder / "bin/issues.json"
        self.file.parent.mkdir()
        (folder / "bin/gh").write_text(f"#!{sys.executable}\n{GH}")
        (folder / "bin/gh").chmod(0o755)
        self.file.write_text(json.dumps({"issues": issues, "calls": []}))
        jobs = yaml.safe_load((ROOT / ".github/workflows/links.yml").read_text())["jobs"]
        (self.script,) = (step["run"] for step in jobs["report"]["steps"] if "run" in step)

    def run(self, report: str) -> list[str]:
        """Run the script on a report, and return its calls of `gh`.

        Raises:
            CalledProcessError: The script fails.
        """
        (self.folder / "links.md").write_text(report)
        before = len(self.state["calls"])
        path = f"{self.folder}/bin:{os.environ['PATH']}"
        subprocess.run(["bash", "-c", self.script], cwd=self.folder, env={**os.environ, "PATH": path}, check=True)
        return [call for call in self.state["calls"][before:] if call not in ("label create", "issue list")]

    @property
    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = json.loads(self.file.read_text())
        return state

    @property
    def open(self) -> list[int]:
        return [issue["number"] for issue in self.state["issues"] if issue["state"] == "open"]


BROKEN = LinkResult("https://a.example/$(touch pwned)`touch pwned`", "broken", "404 Not Found", ('"; touch pwned; "',))
GOOD = LinkResult("https://b.example/", "good", "200 OK", ("x.yml:1:1",))


def test_one_issue_is_kept_up_to_date(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert desk.run(links_report([GOOD])) == []
    assert desk.run(links_report([BROKEN, GOOD])) == ["issue create"]
    assert desk.state["issues"][0]["body"] == links_report([BROKEN, GOOD])
    assert desk.run(links_report([BROKEN, GOOD])) == ["issue view"]
    assert desk.run(links_report([BROKEN])) == ["issue view", "issue edit"]
    assert desk.state["issues"][0]["body"] == links_report([BROKEN])
    assert desk.run(links_report([GOOD])) == ["issue close"]
    assert desk.state["issues"][0]["comment"] == "No link is broken any more."
    assert desk.run(links_report([GOOD])) == []
    assert desk.run(links_report([BROKEN])) == ["issue create"]
    assert desk.open == [2]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["bin", "links.md"]


def test_of_several_issues_the_oldest_is_kept_and_others_peoples_are_left_alone(tmp_path: Path) -> None:
    ours = {"app": "github-actions", "label": "links", "state": "open", "body": ""}
    others = [{"number": 1, **ours, "app": ""}, {"number": 2, **ours, "label": "bug"}]
    desk = Desk(tmp_path, *others, *({"number": number, **ours} for number in (9, 3, 12)))
    assert desk.run(links_report([BROKEN])) == ["issue close", "issue close", "issue view", "issue edit"]
    assert desk.open == [1, 2, 3]
    assert {issue.get("comment") for issue in desk.state["issues"]} == {None, "The report is in #3."}


def test_without_a_report_nothing_is_closed(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.run(links_report([BROKEN]))
    with pytest.raises(subprocess.CalledProcessError):
        desk.run("")
    assert desk.open == [1]


def test_what_may_write_runs_no_code_of_the_repository() -> None:
    text = (ROOT / ".github/workflows/links.yml").read_text()
    jobs = yaml.safe_load(text)["jobs"]
    runs = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    assert not any("${{" in run for run in runs)
    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "check": {"contents": "read"},
        "report": {"issues": "write"},
    }
    assert not any("checkout" in step.get("uses", "") for step in jobs["report"]["steps"])
    assert all(re.search(r"@[0-9a-f]{40} # v\d", line) for line in text.splitlines() if "uses:" in line)

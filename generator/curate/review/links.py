"""The library in; out come its outward addresses, each with where it stands and whether it still leads somewhere.

The hosts are other people's, and the addresses may be anybody's idea. So each host is asked one thing at a time, with a
pause after it and no more than its robots.txt allows; bodies stay unread; and nothing is asked in a private network: a
name is resolved once, its numbers are checked, and the request goes to one that was checked.
"""

import re
import socket
import ssl
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import partial
from http import HTTPStatus
from ipaddress import ip_address
from itertools import accumulate, chain
from pathlib import Path
from string import punctuation
from threading import Lock
from typing import Annotated, Literal, get_args
from urllib.parse import quote, urljoin
from urllib.robotparser import RobotFileParser

import urllib3
from urllib3 import exceptions
from urllib3.util import Url, parse_url

from generator.content.loader import read_text_file
from generator.content.model import WEB_ADDRESS_PATTERN, Library, Line, Problem, Site, SourceMarks, TextFormat
from generator.content.reader import UNPRINTABLE_CHARACTERS, line_and_column, read_yaml
from generator.content.text import single_line
from generator.content.web_addresses import labeled_addresses
from generator.curate.http import retry_after_seconds, status_text

LinkState = Literal["good", "moved", "broken", "refused", "unreachable"]
LinkVerdict = tuple[LinkState, str]
KeyPath = tuple[str | int, ...]

SKIPPED_VERDICT: LinkVerdict = ("unreachable", "not asked: the host gave no answer to those before")
UNKNOWN_HOST = "no host has this name"
ROBOT_NAME = "reading-list-links"
DEFAULT_PORTS = {"http": 80, "https": 443}
REDIRECT_STATUSES, PERMANENT_REDIRECTS = {301, 302, 303, 307, 308}, {301, 308}
REFUSAL_STATUSES = {403, 429}  # what hosts answer that want no programs
MAX_ROBOTS_BYTES, MAX_ROBOTS_REDIRECTS = 500 << 10, 5  # bytes, and redirects, that RFC 9309 wants followed at least
BUTTON_ID_FIELDS = {"arXiv": "arxiv", "ACL Anthology": "acl_anthology", "DOI": "doi"}  # buttons with an id's address
ADDRESS_CANDIDATE = re.compile(r"https?://[^\s<>\"`{}|\\^]{1,2000}")
MARKDOWN_CODE = re.compile(  # a fenced block, up to the end where it is never closed, or code within a paragraph
    r"^(```|~~~)(?s:.*?)(?:^\1|\Z)|(?<!`)(`+)(?!`)(?:[^\n]|\n(?!\s*\n))*?(?<!`)\2(?!`)", re.MULTILINE
)
MAX_REPORT_BYTES = 60_000  # bytes that fit into an issue, which takes 65,536 characters
MAX_SHOWN_CHARS, MAX_SHOWN_PLACES = 300, 5  # characters shown of an address or reason, and places named of an address
REPORT_SECTIONS: tuple[tuple[LinkState, str, str], ...] = (
    ("broken", "Broken", "These lead nowhere. Correct each where it stands, or take it out."),
    ("moved", "Moved", "These lead on for good. Write the new address where the old one stands."),
    ("unreachable", "No answer", "This may be a host's bad day. Look at those that stay here for weeks."),
)


@dataclass(frozen=True, slots=True)
class AllowedRefusal:
    """A host, or all addresses that start alike, whose refusal says nothing about the page: an allow-list's entry."""

    address: Annotated[
        str,
        TextFormat(
            "a host such as dl.acm.org, or the start of an address",
            rf"[a-z0-9-]+(?:\.[a-z0-9-]+)+|{WEB_ADDRESS_PATTERN}",
        ),
    ]
    because: Line


@dataclass(frozen=True, slots=True)
class CrawlPolicy:
    """How hosts are treated; times are in seconds.

    `pauses` are for hosts that ask for longer ones, `signposts` are hosts whose redirects are their purpose, `trusted`
    are hosts that may be in a private network.
    """

    pause: float = 1
    pauses: Mapping[str, float] = field(default_factory=lambda: {"arxiv.org": 3})
    timeout: float = 20
    tries: int = 3
    backoff: float = 5  # before the second try, and twice as long before each further one
    longest: float = 60  # that a host may ask us to wait
    hosts: int = 8  # asked side by side
    redirects: int = 10
    gives_up: int = 5  # addresses of one host without an answer, one after the other
    signposts: tuple[str, ...] = ("doi.org",)
    trusted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkResult:
    """An outward address, what became of it, why, and where it stands, as in `content/papers/x.yml:12:9`."""

    address: str
    state: LinkState
    detail: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HostReply:
    """What came of one request. A redirect is good and has an address `to` which it leads; no answer has no status."""

    state: LinkState
    detail: str
    status: int = 0
    to: str = ""
    wait: float = 0
    text: str = ""


def load_allow_list(file: Path) -> tuple[tuple[AllowedRefusal, ...], list[Problem]]:
    """The entries of an allow-list, and its problems."""
    text, faults = read_text_file(file)
    entries, _, more = read_yaml(text, str(file), tuple[AllowedRefusal, ...])
    return entries, faults or more


def probe_outward_links(
    library: Library, allow: tuple[AllowedRefusal, ...] = (), patience: CrawlPolicy = CrawlPolicy()
) -> tuple[LinkResult, ...]:
    """What became of each outward address, in the order of the addresses; takes minutes, as it is in no hurry.

    Raises:
        ConnectionError: No host at all was heard, which says nothing of the links.
    """
    places = outward_addresses(library)
    queues: dict[str, list[str]] = defaultdict(list)
    for address in dict.fromkeys(map(strip_fragment, places)):
        at = parse_web_address(address)
        queues[at.host or "" if at else ""].append(address)
    longest_first = sorted(queues.values(), key=len, reverse=True)
    caller = LinkChecker(patience, robot_user_agent(library.site))
    with ThreadPoolExecutor(patience.hosts) as pool:
        found = dict(chain.from_iterable(pool.map(partial(host_verdicts, caller, allow), longest_first)))
    if not caller.heard and any(state == "unreachable" for state, _ in found.values()):
        raise ConnectionError("no host gave an answer: there seems to be no network")
    return tuple(
        LinkResult(address, *final_verdict(found[strip_fragment(address)]), places[address]) for address in places
    )


def outward_addresses(library: Library) -> Mapping[str, tuple[str, ...]]:
    """Every outward address of the list, in order, with the places where it stands."""
    places: dict[str, list[str]] = defaultdict(list)
    for address, where in chain(identifier_addresses(library), yaml_addresses(library), markdown_addresses(library)):
        places[address].append(where)
    return {address: tuple(dict.fromkeys(places[address])) for address in sorted(places)}


def identifier_addresses(library: Library) -> Iterator[tuple[str, str]]:
    """The addresses that papers' ids stand for. The PDF is left out: it is there where arXiv's page is."""
    for paper in library.papers:
        for label, address in labeled_addresses(paper):
            if label in BUTTON_ID_FIELDS:
                yield address, value_place(library.marks[f"papers/{paper.id}.yml"], (BUTTON_ID_FIELDS[label],))


def yaml_addresses(library: Library) -> Iterator[tuple[str, str]]:
    """The addresses in all that curators wrote in YAML, but for the site's own."""
    files: dict[str, object] = {f"papers/{paper.id}.yml": paper for paper in library.papers}
    files |= {f"paths/{path.id}.yml": path for path in library.paths}
    files |= {"categories.yml": library.categories, "vocabulary.yml": library.facets}
    files["site.yml"] = replace(library.site, repository=None, address=None)
    for file, value in files.items():
        for where, text in nested_texts(value):
            for address, _ in addresses_in_text(text):
                yield address, value_place(library.marks[file], where)


def markdown_addresses(library: Library) -> Iterator[tuple[str, str]]:
    """The addresses in hand-written Markdown, outside its code; a page's text starts on the file's second line."""
    for page in library.pages:
        prose = MARKDOWN_CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), page.text)
        for address, index in addresses_in_text(prose):
            line, column = line_and_column(prose, index)
            yield address, f"{library.marks[f'pages/{page.id}.md'].file}:{line + 1}:{column}"


def nested_texts(value: object, where: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Every text within a value of the model, with its path of keys and indices."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from nested_texts(item, (*where, index))
    elif is_dataclass(value):
        for key in fields(value):
            yield from nested_texts(getattr(value, key.name), (*where, key.name))


def addresses_in_text(text: str) -> Iterator[tuple[str, int]]:
    """The addresses in a text and where they start; a text that is an address is taken as it is."""
    if re.fullmatch(WEB_ADDRESS_PATTERN, text):
        yield text, 0
        return
    end = 0
    while found := ADDRESS_CANDIDATE.search(text, end):
        inner = trim_closing_bracket(found[0])
        end = found.start() + len(inner)
        address = inner.rstrip(".,;:!?'*_~")
        if re.fullmatch(WEB_ADDRESS_PATTERN, address):
            yield address, found.start()


def trim_closing_bracket(found: str) -> str:
    """An address up to the bracket that closes what was opened before it, as in `[words](address)`."""
    depth = {")": 0, "]": 0}
    for index, sign in enumerate(found):
        if sign in "([":
            depth[")" if sign == "(" else "]"] += 1
        elif sign in depth:
            depth[sign] -= 1
            if depth[sign] < 0:
                return found[:index]
    return found


def value_place(marks: SourceMarks, where: KeyPath) -> str:
    """The place of a value, as problems name it."""
    problem = marks.problem("", *where)
    return f"{problem.file}:{problem.line}:{problem.column}"


def robot_user_agent(site: Site) -> str:
    """The name by which hosts know who asks, with an address where that can be looked up."""
    home = site.address or site.repository
    return f"{ROBOT_NAME} (+{quote(home, safe=punctuation)})" if home else ROBOT_NAME


def host_verdicts(
    caller: "LinkChecker", allow: tuple[AllowedRefusal, ...], addresses: Iterable[str]
) -> list[tuple[str, LinkVerdict]]:
    """What became of one host's addresses; a host that keeps silent is left alone."""
    found: list[tuple[str, LinkVerdict]] = []
    silent = 0
    for address in addresses:
        verdict = caller.verdict(address, allow) if silent < caller.patience.gives_up else SKIPPED_VERDICT
        silent = silent + 1 if verdict[0] == "unreachable" else 0
        found.append((address, verdict))
    return found


def final_verdict(verdict: LinkVerdict) -> LinkVerdict:
    """A link to a name that no host has is broken; until the end it might have been our own network."""
    return ("broken", verdict[1]) if UNKNOWN_HOST in verdict[1] else verdict


class CrawledHost:
    """One host: who holds its lock may ask, once it is free again."""

    def __init__(self, pause: float) -> None:
        self.lock = Lock()
        self.pause = pause
        self.free = 0.0


class LinkChecker:
    """Asks hosts, on behalf of several threads, and remembers when and what each may be asked."""

    def __init__(self, patience: CrawlPolicy, name: str) -> None:
        self.patience = patience
        self.headers = {"User-Agent": name, "Accept": "*/*", "Accept-Encoding": "identity"}
        self.pools = urllib3.PoolManager(patience.hosts, timeout=patience.timeout, retries=False)
        self.hosts: dict[str, CrawledHost] = {}
        self.robots: dict[str, RobotFileParser | HostReply] = {}
        self.heard = False

    def verdict(self, address: str, allow: tuple[AllowedRefusal, ...]) -> LinkVerdict:
        """What became of an address, redirects followed. It has moved as far as the first of them are permanent."""
        here, moved, lasting = address, "", True
        for _ in range(self.patience.redirects + 1):
            reply = self.reply(here)
            if not reply.to:
                break
            lasting = lasting and reply.status in PERMANENT_REDIRECTS
            here, moved = reply.to, reply.to if lasting else moved
        else:
            return "broken", f"more than {self.patience.redirects} redirects"
        expected = next(
            (entry for entry in allow if is_entry_for_address(entry, address) or is_entry_for_address(entry, here)),
            None,
        )
        if expected and reply.status in REFUSAL_STATUSES:
            return "refused", f"{reply.detail}: {expected.because}"
        if reply.state != "good":
            return reply.state, reply.detail if here == address else f"leads to {here}: {reply.detail}"
        return ("moved", f"moved for good to {moved}") if moved else ("good", reply.detail)

    def reply(self, address: str) -> HostReply:
        """What the host says of one address, if it lets programs look."""
        at = parse_web_address(address)
        if not at:
            return HostReply("broken", "no address that can be asked")
        rules = self.rules(at)
        if isinstance(rules, HostReply):
            return replace(rules, detail=f"its robots.txt: {rules.detail}", status=0)
        if not rules.can_fetch(
            ROBOT_NAME, f"http://host{at.request_uri}"
        ):  # it looks at the path, and trips over odd hosts
            return HostReply("refused", "the host asks robots not to look")
        reply = self.tried(at, "HEAD")
        return replace(reply, to="") if is_host_among(at.host or "", self.patience.signposts) else reply

    def rules(self, at: Url) -> RobotFileParser | HostReply:
        """What a host lets robots do, read once; by RFC 9309 nothing where its robots.txt gives no answer."""
        home = f"{at.scheme}://{at.netloc}"
        if home not in self.robots:
            reply = self.tried(parse_url(f"{home}/robots.txt"), "GET", MAX_ROBOTS_BYTES)
            for _ in range(MAX_ROBOTS_REDIRECTS):
                if onward := parse_web_address(reply.to):
                    reply = self.tried(onward, "GET", MAX_ROBOTS_BYTES)
            parser, host = parse_robots(reply.text), self.host(at)
            delay = min(int(parser.crawl_delay(ROBOT_NAME) or 0), self.patience.longest)
            host.pause = max(host.pause, delay)
            self.rest(at, host.pause)
            self.robots[home] = reply if reply.state == "unreachable" else parser
        return self.robots[home]

    def tried(self, at: Url, method: str, most: int = 0) -> HostReply:
        """The host's reply, after further tries where it was not final: what HEAD was refused may be had with GET."""
        for attempt in range(self.patience.tries):
            reply = self.once(at, method, most, attempt)
            doubtful = method == "HEAD" and reply.state == "broken"
            if reply.wait > self.patience.longest or not (doubtful or reply.state == "unreachable"):
                return reply
            if not doubtful:
                self.rest(at, max(reply.wait, self.patience.backoff * 2**attempt))
            method = "GET"
        return replace(reply, detail=f"{reply.detail}, tried {self.patience.tries} times")

    def once(self, at: Url, method: str, most: int, attempt: int) -> HostReply:
        """The reply to one request, made when it is its turn."""
        host = self.host(at)
        with host.lock:
            time.sleep(max(0.0, host.free - time.monotonic()))
            try:
                return self.asked(at, method, most, attempt)
            except socket.gaierror as error:
                return HostReply(
                    "unreachable", UNKNOWN_HOST if error.errno == socket.EAI_NONAME else "no name server answered"
                )
            except exceptions.TimeoutError:
                return HostReply("unreachable", f"no answer within {self.patience.timeout:g} s")
            except exceptions.SSLError as error:
                if isinstance(error.args[0], ssl.SSLCertVerificationError):
                    return HostReply("broken", "the certificate is not valid")
                return HostReply("unreachable", "no secure connection")
            except exceptions.HTTPError:
                return HostReply("unreachable", "no connection, or one that broke off")
            except UnicodeError:
                return HostReply("broken", "no name that a host can have")
            finally:
                host.free = time.monotonic() + host.pause

    def asked(self, at: Url, method: str, most: int, attempt: int) -> HostReply:
        """The reply of one of the host's addresses, another at each attempt; at most so many bytes of its body."""
        name, scheme = (at.host or "").strip("[]"), at.scheme or ""
        port = at.port or DEFAULT_PORTS[scheme]
        numbers = resolve_host(name, port)
        inner = next((number for number in numbers if not is_public_ip(number)), "")
        if inner and name not in self.patience.trusted:
            return HostReply("broken", f"leads into a private network, to {inner}")
        pool = self.pools.connection_from_host(numbers[attempt % len(numbers)], port, scheme, {"server_hostname": name})
        headers = {**self.headers, "Host": at.netloc or ""}
        response = pool.urlopen(method, at.request_uri, headers=headers, redirect=False, preload_content=False)
        self.heard = True
        try:
            text = response.read(most).decode("ascii", "replace") if most and response.status == HTTPStatus.OK else ""
        finally:
            response.close()
        return interpret_response(at, response, text)

    def host(self, at: Url) -> CrawledHost:
        """The one host of this name, whatever the port."""
        name = (at.host or "").rstrip(".")
        pause = next((pause for other, pause in self.patience.pauses.items() if is_host_among(name, (other,))), 0.0)
        return self.hosts.setdefault(name, CrawledHost(max(pause, self.patience.pause)))

    def rest(self, at: Url, seconds: float) -> None:
        """Leaves a host alone for a while, whoever would ask it."""
        host = self.host(at)
        with host.lock:
            host.free = max(host.free, time.monotonic() + seconds)


def interpret_response(at: Url, response: urllib3.BaseHTTPResponse, text: str) -> HostReply:
    """A response in our words, as the host's own are not to be trusted."""
    status, detail = response.status, status_text(response.status)
    if status in REDIRECT_STATUSES:
        to = redirect_target(at.url, response.headers.get("Location", ""))
        return HostReply("good", detail, status, to) if to else HostReply("broken", f"{detail}, but no address", status)
    if status == HTTPStatus.TOO_MANY_REQUESTS or (status >= 500 and status != HTTPStatus.NOT_IMPLEMENTED):
        return HostReply("unreachable", detail, status, wait=retry_after_seconds(response))
    return HostReply("good" if 200 <= status < 300 else "broken", detail, status, text=text)


def parse_robots(robots: str) -> RobotFileParser:
    """The rules of a robots.txt; none where they are beyond the library, which reads them line by line."""
    parser = RobotFileParser()
    try:
        parser.parse([line[:2000] for line in robots.splitlines()])
    except ValueError:
        return parse_robots("")
    return parser


def redirect_target(base: str, location: str) -> str:
    """The address to which a redirect leads; nothing where it leads to none."""
    try:
        return strip_fragment(urljoin(base, location)) if location else ""
    except ValueError:
        return ""


def strip_fragment(address: str) -> str:
    """An address as it is asked for: that of the whole page, not of a place on it."""
    return address.partition("#")[0]


def parse_web_address(address: str) -> Url | None:
    """The parts of an address, as it is asked; nothing where it is none of the web."""
    try:
        at = parse_url(address)
    except exceptions.LocationParseError:
        return None
    return at if at.scheme in DEFAULT_PORTS and at.host else None


def resolve_host(name: str, port: int) -> list[str]:
    """The numbers of a host, those of IPv4 first, as not every machine can reach the others."""
    numbers = [str(found[4][0]) for found in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)]
    return sorted(dict.fromkeys(numbers), key=lambda number: ":" in number)


def is_public_ip(number: str) -> bool:
    """Whether a number is one of the open Internet."""
    address = ip_address(number.partition("%")[0])
    return address.is_global and not address.is_multicast


def is_host_among(name: str, hosts: Iterable[str]) -> bool:
    """Whether a host is one of these, or below one of them."""
    return any(name == host or name.endswith(f".{host}") for host in hosts)


def is_entry_for_address(entry: AllowedRefusal, address: str) -> bool:
    """Whether an entry of the allow-list is about an address."""
    at = parse_web_address(address)
    return (
        address.startswith(entry.address)
        if "/" in entry.address
        else is_host_among((at and at.host) or "", [entry.address])
    )


def links_report(answers: Iterable[LinkResult]) -> str:
    """The report, in Markdown, the same whenever the outcome is; it has the line `## Broken` where something is.

    Whatever others wrote is code: GitHub would make mentions and references of it even from character references.
    """
    ordered = sorted(answers, key=lambda answer: answer.address)
    count = {state: sum(answer.state == state for answer in ordered) for state in get_args(LinkState)}
    parts = [
        f"{len(ordered)} addresses: {count['good']} good, {count['broken']} broken, {count['moved']} moved, "
        f"{count['unreachable']} without an answer, {count['refused']} that programs may not look at."
    ]
    room = MAX_REPORT_BYTES
    for state, title, advice in REPORT_SECTIONS:
        entries = [report_entry(answer) for answer in ordered if answer.state == state]
        sizes = list(accumulate(len(entry.encode()) for entry in entries))
        fitting = sum(size <= room for size in sizes)
        room -= sizes[fitting - 1] if fitting else 0
        more = [f"- and {len(entries) - fitting} more"] if fitting < len(entries) else []
        parts += [f"## {title}", advice, "\n".join([*entries[:fitting], *more])] if entries else []
    return "\n\n".join(parts) + "\n"


def report_entry(answer: LinkResult) -> str:
    """One address in the report, with its reason and its places."""
    more = len(answer.places) - MAX_SHOWN_PLACES
    places = [f"  - {format_as_code(where)}" for where in answer.places[:MAX_SHOWN_PLACES]] + [
        f"  - and {more} more"
    ] * (more > 0)
    return "\n".join([f"- {format_as_code(answer.address)}: {format_as_code(answer.detail)}", *places])


def format_as_code(text: str) -> str:
    """A text on one line as Markdown code, in more backticks than it holds."""
    line = single_line(UNPRINTABLE_CHARACTERS.sub(" ", text))
    shown = line if len(line) <= MAX_SHOWN_CHARS else f"{line[: MAX_SHOWN_CHARS - 1]}…"
    fence = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    return f"{fence} {shown} {fence}" if "`" in shown else f"{fence}{shown}{fence}"

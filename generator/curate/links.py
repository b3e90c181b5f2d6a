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

from generator.curate.fetch import asked_to_wait, named
from generator.load import ADDRESS, text_of
from generator.model import Address, Format, Library, Line, Marks, Problem, Site, form
from generator.pages import buttons
from generator.read import UNPRINTABLE, place, read

State = Literal["good", "moved", "broken", "refused", "unreachable"]
Verdict = tuple[State, str]
Where = tuple[str | int, ...]

GIVEN_UP: Verdict = ("unreachable", "not asked: the host gave no answer to those before")
NAMELESS = "no host has this name"
AGENT = "reading-list-links"
PORTS = {"http": 80, "https": 443}
REDIRECTS, PERMANENT = {301, 302, 303, 307, 308}, {301, 308}
REFUSALS = {403, 429}  # what hosts answer that want no programs
ROBOTS, ROBOTS_REDIRECTS = 500 << 10, 5  # bytes, and redirects, that RFC 9309 wants followed at least
IDENTIFIED = {"arXiv": "arxiv", "ACL Anthology": "acl_anthology", "DOI": "doi"}  # buttons with an id's address
FOUND = re.compile(r"https?://[^\s<>\"`{}|\\^]{1,2000}")
CODE = re.compile(  # a fenced block, up to the end where it is never closed, or code within a paragraph
    r"^(```|~~~)(?s:.*?)(?:^\1|\Z)|(?<!`)(`+)(?!`)(?:[^\n]|\n(?!\s*\n))*?(?<!`)\2(?!`)", re.MULTILINE
)
LARGEST = 60_000  # bytes that fit into an issue, which takes 65,536 characters
LONGEST, PLACES = 300, 5  # characters shown of an address or reason, and places named of an address
SECTIONS: tuple[tuple[State, str, str], ...] = (
    ("broken", "Broken", "These lead nowhere. Correct each where it stands, or take it out."),
    ("moved", "Moved", "These lead on for good. Write the new address where the old one stands."),
    ("unreachable", "No answer", "This may be a host's bad day. Look at those that stay here for weeks."),
)


@dataclass(frozen=True, slots=True)
class Refusing:
    """A host, or all addresses that start alike, whose refusal says nothing about the page: an allow-list's entry."""

    address: Annotated[
        str,
        Format(
            "a host such as dl.acm.org, or the start of an address",
            rf"[a-z0-9-]+(?:\.[a-z0-9-]+)+|{form(Address).pattern}",
        ),
    ]
    because: Line


@dataclass(frozen=True, slots=True)
class Patience:
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
class Answer:
    """An outward address, what became of it, why, and where it stands, as in `content/papers/x.yml:12:9`."""

    address: str
    state: State
    detail: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one request. A redirect is good and has an address `to` which it leads; no answer has no status."""

    state: State
    detail: str
    status: int = 0
    to: str = ""
    wait: float = 0
    text: str = ""


def allowed(file: Path) -> tuple[tuple[Refusing, ...], list[Problem]]:
    """The entries of an allow-list, and its problems."""
    text, faults = text_of(file)
    entries, _, more = read(text, str(file), tuple[Refusing, ...])
    return entries, faults or more


def links(library: Library, allow: tuple[Refusing, ...] = (), patience: Patience = Patience()) -> tuple[Answer, ...]:
    """What became of each outward address, in the order of the addresses; takes minutes, as it is in no hurry.

    Raises:
        ConnectionError: No host at all was heard, which says nothing of the links.
    """
    places = outward(library)
    queues: dict[str, list[str]] = defaultdict(list)
    for address in dict.fromkeys(map(whole, places)):
        at = target(address)
        queues[at.host or "" if at else ""].append(address)
    longest_first = sorted(queues.values(), key=len, reverse=True)
    caller = Caller(patience, agent(library.site))
    with ThreadPoolExecutor(patience.hosts) as pool:
        found = dict(chain.from_iterable(pool.map(partial(verdicts, caller, allow), longest_first)))
    if not caller.heard and any(state == "unreachable" for state, _ in found.values()):
        raise ConnectionError("no host gave an answer: there seems to be no network")
    return tuple(Answer(address, *settled(found[whole(address)]), places[address]) for address in places)


def outward(library: Library) -> Mapping[str, tuple[str, ...]]:
    """Every outward address of the list, in order, with the places where it stands."""
    places: dict[str, list[str]] = defaultdict(list)
    for address, where in chain(identified(library), written(library), on_pages(library)):
        places[address].append(where)
    return {address: tuple(dict.fromkeys(places[address])) for address in sorted(places)}


def identified(library: Library) -> Iterator[tuple[str, str]]:
    """The addresses that papers' ids stand for. The PDF is left out: it is there where arXiv's page is."""
    for paper in library.papers:
        for link in buttons(paper):
            if link.text in IDENTIFIED:
                yield link.to, standing(library.marks[f"papers/{paper.id}.yml"], (IDENTIFIED[link.text],))


def written(library: Library) -> Iterator[tuple[str, str]]:
    """The addresses in all that curators wrote in YAML, but for the site's own."""
    files: dict[str, object] = {f"papers/{paper.id}.yml": paper for paper in library.papers}
    files |= {f"paths/{path.id}.yml": path for path in library.paths}
    files |= {"categories.yml": library.categories, "vocabulary.yml": library.facets}
    files["site.yml"] = replace(library.site, repository=None, address=None)
    for file, value in files.items():
        for where, text in texts(value):
            for address, _ in addresses(text):
                yield address, standing(library.marks[file], where)


def on_pages(library: Library) -> Iterator[tuple[str, str]]:
    """The addresses in hand-written Markdown, outside its code; a page's text starts on the file's second line."""
    for page in library.pages:
        prose = CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), page.text)
        for address, index in addresses(prose):
            line, column = place(prose, index)
            yield address, f"{library.marks[f'pages/{page.id}.md'].file}:{line + 1}:{column}"


def texts(value: object, where: Where = ()) -> Iterator[tuple[Where, str]]:
    """Every text within a value of the model, with its path of keys and indices."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts(item, (*where, index))
    elif is_dataclass(value):
        for key in fields(value):
            yield from texts(getattr(value, key.name), (*where, key.name))


def addresses(text: str) -> Iterator[tuple[str, int]]:
    """The addresses in a text and where they start; a text that is an address is taken as it is."""
    if re.fullmatch(ADDRESS, text):
        yield text, 0
        return
    end = 0
    while found := FOUND.search(text, end):
        inner = enclosed(found[0])
        end = found.start() + len(inner)
        address = inner.rstrip(".,;:!?'*_~")
        if re.fullmatch(ADDRESS, address):
            yield address, found.start()


def enclosed(found: str) -> str:
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


def standing(marks: Marks, where: Where) -> str:
    """The place of a value, as problems name it."""
    problem = marks.problem("", *where)
    return f"{problem.file}:{problem.line}:{problem.column}"


def agent(site: Site) -> str:
    """The name by which hosts know who asks, with an address where that can be looked up."""
    home = site.address or site.repository
    return f"{AGENT} (+{quote(home, safe=punctuation)})" if home else AGENT


def verdicts(caller: "Caller", allow: tuple[Refusing, ...], addresses: Iterable[str]) -> list[tuple[str, Verdict]]:
    """What became of one host's addresses; a host that keeps silent is left alone."""
    found: list[tuple[str, Verdict]] = []
    silent = 0
    for address in addresses:
        verdict = caller.verdict(address, allow) if silent < caller.patience.gives_up else GIVEN_UP
        silent = silent + 1 if verdict[0] == "unreachable" else 0
        found.append((address, verdict))
    return found


def settled(verdict: Verdict) -> Verdict:
    """A link to a name that no host has is broken; until the end it might have been our own network."""
    return ("broken", verdict[1]) if NAMELESS in verdict[1] else verdict


class Host:
    """One host: who holds its lock may ask, once it is free again."""

    def __init__(self, pause: float) -> None:
        self.lock = Lock()
        self.pause = pause
        self.free = 0.0


class Caller:
    """Asks hosts, on behalf of several threads, and remembers when and what each may be asked."""

    def __init__(self, patience: Patience, name: str) -> None:
        self.patience = patience
        self.headers = {"User-Agent": name, "Accept": "*/*", "Accept-Encoding": "identity"}
        self.pools = urllib3.PoolManager(patience.hosts, timeout=patience.timeout, retries=False)
        self.hosts: dict[str, Host] = {}
        self.robots: dict[str, RobotFileParser | Reply] = {}
        self.heard = False

    def verdict(self, address: str, allow: tuple[Refusing, ...]) -> Verdict:
        """What became of an address, redirects followed. It has moved as far as the first of them are permanent."""
        here, moved, lasting = address, "", True
        for _ in range(self.patience.redirects + 1):
            reply = self.reply(here)
            if not reply.to:
                break
            lasting = lasting and reply.status in PERMANENT
            here, moved = reply.to, reply.to if lasting else moved
        else:
            return "broken", f"more than {self.patience.redirects} redirects"
        expected = next((entry for entry in allow if covers(entry, address) or covers(entry, here)), None)
        if expected and reply.status in REFUSALS:
            return "refused", f"{reply.detail}: {expected.because}"
        if reply.state != "good":
            return reply.state, reply.detail if here == address else f"leads to {here}: {reply.detail}"
        return ("moved", f"moved for good to {moved}") if moved else ("good", reply.detail)

    def reply(self, address: str) -> Reply:
        """What the host says of one address, if it lets programs look."""
        at = target(address)
        if not at:
            return Reply("broken", "no address that can be asked")
        rules = self.rules(at)
        if isinstance(rules, Reply):
            return replace(rules, detail=f"its robots.txt: {rules.detail}", status=0)
        if not rules.can_fetch(AGENT, f"http://host{at.request_uri}"):  # it looks at the path, and trips over odd hosts
            return Reply("refused", "the host asks robots not to look")
        reply = self.tried(at, "HEAD")
        return replace(reply, to="") if among(at.host or "", self.patience.signposts) else reply

    def rules(self, at: Url) -> RobotFileParser | Reply:
        """What a host lets robots do, read once; by RFC 9309 nothing where its robots.txt gives no answer."""
        home = f"{at.scheme}://{at.netloc}"
        if home not in self.robots:
            reply = self.tried(parse_url(f"{home}/robots.txt"), "GET", ROBOTS)
            for _ in range(ROBOTS_REDIRECTS):
                if onward := target(reply.to):
                    reply = self.tried(onward, "GET", ROBOTS)
            parser, host = parsed(reply.text), self.host(at)
            delay = min(int(parser.crawl_delay(AGENT) or 0), self.patience.longest)
            host.pause = max(host.pause, delay)
            self.rest(at, host.pause)
            self.robots[home] = reply if reply.state == "unreachable" else parser
        return self.robots[home]

    def tried(self, at: Url, method: str, most: int = 0) -> Reply:
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

    def once(self, at: Url, method: str, most: int, attempt: int) -> Reply:
        """The reply to one request, made when it is its turn."""
        host = self.host(at)
        with host.lock:
            time.sleep(max(0.0, host.free - time.monotonic()))
            try:
                return self.asked(at, method, most, attempt)
            except socket.gaierror as error:
                return Reply("unreachable", NAMELESS if error.errno == socket.EAI_NONAME else "no name server answered")
            except exceptions.TimeoutError:
                return Reply("unreachable", f"no answer within {self.patience.timeout:g} s")
            except exceptions.SSLError as error:
                if isinstance(error.args[0], ssl.SSLCertVerificationError):
                    return Reply("broken", "the certificate is not valid")
                return Reply("unreachable", "no secure connection")
            except exceptions.HTTPError:
                return Reply("unreachable", "no connection, or one that broke off")
            except UnicodeError:
                return Reply("broken", "no name that a host can have")
            finally:
                host.free = time.monotonic() + host.pause

    def asked(self, at: Url, method: str, most: int, attempt: int) -> Reply:
        """The reply of one of the host's addresses, another at each attempt; at most so many bytes of its body."""
        name, scheme = (at.host or "").strip("[]"), at.scheme or ""
        port = at.port or PORTS[scheme]
        numbers = resolved(name, port)
        inner = next((number for number in numbers if not public(number)), "")
        if inner and name not in self.patience.trusted:
            return Reply("broken", f"leads into a private network, to {inner}")
        pool = self.pools.connection_from_host(numbers[attempt % len(numbers)], port, scheme, {"server_hostname": name})
        headers = {**self.headers, "Host": at.netloc or ""}
        response = pool.urlopen(method, at.request_uri, headers=headers, redirect=False, preload_content=False)
        self.heard = True
        try:
            text = response.read(most).decode("ascii", "replace") if most and response.status == HTTPStatus.OK else ""
        finally:
            response.close()
        return replied(at, response, text)

    def host(self, at: Url) -> Host:
        """The one host of this name, whatever the port."""
        name = (at.host or "").rstrip(".")
        pause = next((pause for other, pause in self.patience.pauses.items() if among(name, (other,))), 0.0)
        return self.hosts.setdefault(name, Host(max(pause, self.patience.pause)))

    def rest(self, at: Url, seconds: float) -> None:
        """Leaves a host alone for a while, whoever would ask it."""
        host = self.host(at)
        with host.lock:
            host.free = max(host.free, time.monotonic() + seconds)


def replied(at: Url, response: urllib3.BaseHTTPResponse, text: str) -> Reply:
    """A response in our words, as the host's own are not to be trusted."""
    status, detail = response.status, named(response.status)
    if status in REDIRECTS:
        to = joined(at.url, response.headers.get("Location", ""))
        return Reply("good", detail, status, to) if to else Reply("broken", f"{detail}, but no address", status)
    if status == HTTPStatus.TOO_MANY_REQUESTS or (status >= 500 and status != HTTPStatus.NOT_IMPLEMENTED):
        return Reply("unreachable", detail, status, wait=asked_to_wait(response))
    return Reply("good" if 200 <= status < 300 else "broken", detail, status, text=text)


def parsed(robots: str) -> RobotFileParser:
    """The rules of a robots.txt; none where they are beyond the library, which reads them line by line."""
    parser = RobotFileParser()
    try:
        parser.parse([line[:2000] for line in robots.splitlines()])
    except ValueError:
        return parsed("")
    return parser


def joined(base: str, location: str) -> str:
    """The address to which a redirect leads; nothing where it leads to none."""
    try:
        return whole(urljoin(base, location)) if location else ""
    except ValueError:
        return ""


def whole(address: str) -> str:
    """An address as it is asked for: that of the whole page, not of a place on it."""
    return address.partition("#")[0]


def target(address: str) -> Url | None:
    """The parts of an address, as it is asked; nothing where it is none of the web."""
    try:
        at = parse_url(address)
    except exceptions.LocationParseError:
        return None
    return at if at.scheme in PORTS and at.host else None


def resolved(name: str, port: int) -> list[str]:
    """The numbers of a host, those of IPv4 first, as not every machine can reach the others."""
    numbers = [str(found[4][0]) for found in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)]
    return sorted(dict.fromkeys(numbers), key=lambda number: ":" in number)


def public(number: str) -> bool:
    """Whether a number is one of the open Internet."""
    address = ip_address(number.partition("%")[0])
    return address.is_global and not address.is_multicast


def among(name: str, hosts: Iterable[str]) -> bool:
    """Whether a host is one of these, or below one of them."""
    return any(name == host or name.endswith(f".{host}") for host in hosts)


def covers(entry: Refusing, address: str) -> bool:
    """Whether an entry of the allow-list is about an address."""
    at = target(address)
    return address.startswith(entry.address) if "/" in entry.address else among((at and at.host) or "", [entry.address])


def told(answers: Iterable[Answer]) -> str:
    """The report, in Markdown, the same whenever the outcome is; it has the line `## Broken` where something is.

    Whatever others wrote is code: GitHub would make mentions and references of it even from character references.
    """
    ordered = sorted(answers, key=lambda answer: answer.address)
    count = {state: sum(answer.state == state for answer in ordered) for state in get_args(State)}
    parts = [
        f"{len(ordered)} addresses: {count['good']} good, {count['broken']} broken, {count['moved']} moved, "
        f"{count['unreachable']} without an answer, {count['refused']} that programs may not look at."
    ]
    room = LARGEST
    for state, title, advice in SECTIONS:
        entries = [entry(answer) for answer in ordered if answer.state == state]
        sizes = list(accumulate(len(entry.encode()) for entry in entries))
        fitting = sum(size <= room for size in sizes)
        room -= sizes[fitting - 1] if fitting else 0
        more = [f"- and {len(entries) - fitting} more"] if fitting < len(entries) else []
        parts += [f"## {title}", advice, "\n".join([*entries[:fitting], *more])] if entries else []
    return "\n\n".join(parts) + "\n"


def entry(answer: Answer) -> str:
    """One address in the report, with its reason and its places."""
    more = len(answer.places) - PLACES
    places = [f"  - {code(where)}" for where in answer.places[:PLACES]] + [f"  - and {more} more"] * (more > 0)
    return "\n".join([f"- {code(answer.address)}: {code(answer.detail)}", *places])


def code(text: str) -> str:
    """A text on one line as Markdown code, in more backticks than it holds."""
    line = " ".join(UNPRINTABLE.sub(" ", text).split())
    shown = line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
    fence = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    return f"{fence} {shown} {fence}" if "`" in shown else f"{fence}{shown}{fence}"

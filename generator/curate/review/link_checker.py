"""Check outward links by requests to their hosts.

The hosts belong to others, and anybody may have suggested the addresses. Therefore requests follow each host's
robots.txt, bodies of pages are not downloaded, and private networks are off limits: a host name is resolved once, its
IP addresses are checked, and the request goes to one of those.
"""

import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from ipaddress import ip_address
from string import punctuation
from typing import Annotated, Literal
from urllib.parse import quote, urljoin
from urllib.robotparser import RobotFileParser

import urllib3
from urllib3 import exceptions
from urllib3.util import Timeout, Url, parse_url

from generator.content.model import WEB_ADDRESS_PATTERN, Line, Site, TextFormat
from generator.curate.http import (
    HostSchedule,
    HttpFailure,
    HttpOutcome,
    HttpResponse,
    RetryPolicy,
    failure_from_error,
    request_politely,
    retryable_failure,
    status_text,
)

LinkState = Literal["good", "moved", "broken", "refused", "unreachable"]
LinkVerdict = tuple[LinkState, str]

SKIPPED_VERDICT: LinkVerdict = ("unreachable", "not asked: the host gave no answer to those before")
UNKNOWN_HOST = "no host has this name"
ROBOT_NAME = "reading-list-links"
DEFAULT_PORTS = {"http": 80, "https": 443}
REDIRECT_STATUSES, PERMANENT_REDIRECTS = {301, 302, 303, 307, 308}, {301, 308}
REFUSAL_STATUSES = {403, 429}  # typical responses of hosts that block bots
LINKS_RETRY_POLICY = RetryPolicy(connect_timeout=20, tries=3, backoff=5)
MAX_ROBOTS_BYTES, MAX_ROBOTS_REDIRECTS = 500 << 10, 5  # minimums that RFC 9309 requires of crawlers


@dataclass(frozen=True, slots=True)
class AllowedRefusal:
    """An entry of the allow-list: a host or the start of an address, whose refusals say nothing about the page."""

    address: Annotated[
        str,
        TextFormat(
            "a host such as dl.acm.org, or the start of an address",
            rf"[a-z0-9-]+(?:\.[a-z0-9-]+)+|{WEB_ADDRESS_PATTERN}",
            longest=2_000,
        ),
    ]
    because: Line


@dataclass(frozen=True, slots=True)
class CrawlPolicy:
    """How hosts are treated; times are in seconds.

    `host_pauses` are longer pauses for particular hosts, `redirector_hosts` exist to redirect, and `trusted_hosts` may
    be in a private network.
    """

    retry: RetryPolicy = LINKS_RETRY_POLICY
    pause: float = 1
    host_pauses: Mapping[str, float] = field(default_factory=lambda: {"arxiv.org": 3})
    parallel_hosts: int = 8
    max_redirects: int = 10
    max_silent: int = 5  # consecutive addresses without a response, after which a host is skipped
    redirector_hosts: tuple[str, ...] = ("doi.org",)
    trusted_hosts: tuple[str, ...] = ()


DEFAULT_CRAWL_POLICY = CrawlPolicy()


@dataclass(frozen=True, slots=True)
class HostReply:
    """The result of one request. A redirect is "good" and has its target in `to`; without a response, `status` is 0."""

    state: LinkState
    detail: str
    status: int = 0
    to: str = ""
    text: str = ""


class LinkChecker:
    """A link checker for several threads, which remembers when and what it may request from each host."""

    def __init__(self, policy: CrawlPolicy, name: str) -> None:
        self.policy = policy
        self.headers = {"User-Agent": name, "Accept": "*/*", "Accept-Encoding": "identity"}
        timeout = Timeout(connect=policy.retry.connect_timeout, read=policy.retry.read_timeout)
        self.pools = urllib3.PoolManager(policy.parallel_hosts, timeout=timeout, retries=False)
        self.hosts: dict[str, HostSchedule] = {}
        self.robots: dict[str, RobotFileParser | HostReply] = {}
        self.heard = False

    def host_verdicts(
        self, addresses: Iterable[str], allow: tuple[AllowedRefusal, ...]
    ) -> list[tuple[str, LinkVerdict]]:
        """Return the verdicts on the addresses of one host; after several without a response, the rest is skipped."""
        found: list[tuple[str, LinkVerdict]] = []
        silent = 0
        for address in addresses:
            verdict = self.verdict(address, allow) if silent < self.policy.max_silent else SKIPPED_VERDICT
            silent = silent + 1 if verdict[0] == "unreachable" else 0
            found.append((address, verdict))
        return found

    def verdict(self, address: str, allow: tuple[AllowedRefusal, ...]) -> LinkVerdict:
        """Return the verdict on an address after redirects; it has "moved" to where the leading permanent ones end."""
        here, moved, lasting = address, "", True
        for _ in range(self.policy.max_redirects + 1):
            reply = self.reply(here)
            if not reply.to:
                break
            lasting = lasting and reply.status in PERMANENT_REDIRECTS
            here, moved = reply.to, reply.to if lasting else moved
        else:
            return "broken", f"more than {self.policy.max_redirects} redirects"
        expected = [one for one in allow if is_entry_for_address(one, address) or is_entry_for_address(one, here)]
        if expected and reply.status in REFUSAL_STATUSES:
            return "refused", f"{reply.detail}: {expected[0].because}"
        if reply.state != "good":
            return reply.state, reply.detail if here == address else f"leads to {here}: {reply.detail}"
        return ("moved", f"moved for good to {moved}") if moved else ("good", reply.detail)

    def reply(self, address: str) -> HostReply:
        """Return the host's reply about one address, if its robots.txt permits the request."""
        at = parse_web_address(address)
        if not at:
            return HostReply("broken", "no address that can be asked")
        rules = self.robot_rules(at)
        if isinstance(rules, HostReply):
            return replace(rules, detail=f"its robots.txt: {rules.detail}", status=0)
        # The parser only needs the path, and fails on unusual host names.
        if not rules.can_fetch(ROBOT_NAME, f"http://host{at.request_uri}"):
            return HostReply("refused", "the host asks robots not to look")
        reply = self.request(at)
        return replace(reply, to="") if is_host_among(at.host or "", self.policy.redirector_hosts) else reply

    def robot_rules(self, at: Url) -> RobotFileParser | HostReply:
        """Return the rules in a host's robots.txt, which is read once, or the failed reply if it is unreachable.

        Other errors count as no rules, as RFC 9309 specifies.
        """
        home = f"{at.scheme}://{at.netloc}"
        if home not in self.robots:
            reply = self.request(parse_url(f"{home}/robots.txt"), MAX_ROBOTS_BYTES)
            for _ in range(MAX_ROBOTS_REDIRECTS):
                if onward := parse_web_address(reply.to):
                    reply = self.request(onward, MAX_ROBOTS_BYTES)
            parser, host = parse_robots(reply.text), self.schedule(at)
            delay = min(int(parser.crawl_delay(ROBOT_NAME) or 0), self.policy.retry.max_wait)
            host.pause = max(host.pause, delay)
            host.rest(host.pause)
            self.robots[home] = reply if reply.state == "unreachable" else parser
        return self.robots[home]

    def request(self, at: Url, max_bytes: int = 0) -> HostReply:
        """Return the host's reply, with up to `max_bytes` of its body, after retries if needed."""
        outcome = request_politely(
            lambda attempt: self.send_request(at, max_bytes, attempt), self.schedule(at), self.policy.retry
        )
        return interpret_outcome(at, outcome)

    def send_request(self, at: Url, max_bytes: int, attempt: int) -> HttpOutcome:
        """Return the outcome of one attempt; the first uses HEAD unless a body is needed, retries use GET."""
        method = "GET" if max_bytes or attempt else "HEAD"
        outcome = self.send(method, at, max_bytes, attempt)
        if isinstance(outcome, HttpFailure):
            return replace(outcome, retryable=outcome.retryable or method == "HEAD")
        if method == "HEAD" and outcome.status >= 400:
            return HttpFailure(status_text(outcome.status), outcome.status, retryable=True)
        return outcome

    def send(self, method: str, at: Url, max_bytes: int, attempt: int) -> HttpOutcome:
        """Return the response from one of the host's IP addresses, a different one at each attempt."""
        name, scheme = (at.host or "").strip("[]"), at.scheme or ""
        port = at.port or DEFAULT_PORTS[scheme]
        try:
            numbers = resolve_host(name, port)
            if inner := self.private_number(name, numbers):
                return HttpFailure(f"leads into a private network, to {inner}")
            number = numbers[attempt % len(numbers)]
            pool = self.pools.connection_from_host(number, port, scheme, {"server_hostname": name})
            headers = {**self.headers, "Host": at.netloc or ""}
            response = pool.urlopen(method, at.request_uri, headers=headers, redirect=False, preload_content=False)
            self.heard = True
            try:
                return self.read_start(response, max_bytes)
            finally:
                response.close()
        except socket.gaierror as error:
            words = UNKNOWN_HOST if error.errno == socket.EAI_NONAME else "no name server answered"
            return HttpFailure(words, retryable=True)
        except UnicodeError:
            return HttpFailure("no name that a host can have")
        except exceptions.HTTPError as error:
            return failure_from_error(error, self.policy.retry)

    def private_number(self, name: str, numbers: Iterable[str]) -> str:
        """Return the first IP address that is not public; an empty string if there is none or the host is trusted."""
        trusted = name in self.policy.trusted_hosts
        return "" if trusted else next((number for number in numbers if not is_public_ip(number)), "")

    def read_start(self, response: urllib3.BaseHTTPResponse, max_bytes: int) -> HttpOutcome:
        """Return a response with up to `max_bytes` of its body."""
        if failure := retryable_failure(response, self.policy.retry):
            return failure
        body = response.read(max_bytes) if max_bytes and response.status == HTTPStatus.OK else b""
        return HttpResponse(response.status, body, response.headers.get("Location", ""))

    def schedule(self, at: Url) -> HostSchedule:
        """Return the schedule of requests to a host name, which all ports share."""
        name = (at.host or "").rstrip(".")
        pauses = (pause for other, pause in self.policy.host_pauses.items() if is_host_among(name, (other,)))
        return self.hosts.setdefault(name, HostSchedule(max(next(pauses, 0.0), self.policy.pause)))


def robot_user_agent(site: Site) -> str:
    """Return the checker's User-Agent header, with an address where hosts can learn more."""
    home = site.address or site.repository
    return f"{ROBOT_NAME} (+{quote(home, safe=punctuation)})" if home else ROBOT_NAME


def final_verdict(verdict: LinkVerdict) -> LinkVerdict:
    """Return the final verdict: an unknown host name is broken, now that the network is known to work."""
    return ("broken", verdict[1]) if UNKNOWN_HOST in verdict[1] else verdict


def interpret_outcome(at: Url, outcome: HttpOutcome) -> HostReply:
    """Return the meaning of an outcome; details are in our own words, since text from hosts is not trusted."""
    status = outcome.status
    if isinstance(outcome, HttpFailure):
        return HostReply("unreachable" if outcome.retryable else "broken", outcome.words, status)
    detail = status_text(status)
    if status in REDIRECT_STATUSES:
        to = redirect_target(at.url, outcome.location)
        return HostReply("good", detail, status, to) if to else HostReply("broken", f"{detail}, but no address", status)
    text = outcome.body.decode("ascii", "replace")
    return HostReply("good" if 200 <= status < 300 else "broken", detail, status, text=text)


def parse_robots(robots: str) -> RobotFileParser:
    """Return the rules of a robots.txt; no rules if the parser, which works line by line, fails."""
    parser = RobotFileParser()
    try:
        parser.parse([line[:2000] for line in robots.splitlines()])
    except ValueError:
        return parse_robots("")
    return parser


def redirect_target(base: str, location: str) -> str:
    """Return the address that a redirect leads to, or an empty string if it is missing or invalid."""
    try:
        return strip_fragment(urljoin(base, location)) if location else ""
    except ValueError:
        return ""


def strip_fragment(address: str) -> str:
    """Return an address without its fragment, which is not part of a request."""
    return address.partition("#")[0]


def parse_web_address(address: str) -> Url | None:
    """Return the parts of an address, or None if it is not a valid web address."""
    try:
        at = parse_url(address)
    except exceptions.LocationParseError:
        return None
    return at if at.scheme in DEFAULT_PORTS and at.host else None


def resolve_host(name: str, port: int) -> list[str]:
    """Return the IP addresses of a host, IPv4 first, since IPv6 does not work everywhere."""
    numbers = [str(found[4][0]) for found in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)]
    return sorted(dict.fromkeys(numbers), key=lambda number: ":" in number)


def is_public_ip(number: str) -> bool:
    """Return whether an IP address is public."""
    address = ip_address(number.partition("%")[0])
    return address.is_global and not address.is_multicast


def is_host_among(name: str, hosts: Iterable[str]) -> bool:
    """Return whether a host is one of these hosts or a subdomain of one."""
    return any(name == host or name.endswith(f".{host}") for host in hosts)


def is_entry_for_address(entry: AllowedRefusal, address: str) -> bool:
    """Return whether an entry of the allow-list applies to an address."""
    at = parse_web_address(address)
    return (
        address.startswith(entry.address)
        if "/" in entry.address
        else is_host_among((at and at.host) or "", [entry.address])
    )

"""A polite HTTP client: a request in; out comes the response, or the reason in words why there is none.

Each host is asked one thing at a time, with a pause after it. Hosts are slow, busy or away at times, so each is asked
several times; urllib3's `Retry` counts the tries, reads `Retry-After` and says how long to wait. (It does not make the
requests itself, as it knows neither pauses nor limits of a body.) What a host sends is not trusted: a response may be
only so large and take only so long.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from http.client import responses
from ssl import SSLCertVerificationError
from threading import Lock
from typing import Any
from urllib.parse import unquote, urlsplit

from urllib3 import BaseHTTPResponse, PoolManager, ProxyManager, Retry, Timeout, make_headers
from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    HTTPError,
    InvalidHeader,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)

from generator.content.model import WEB_ADDRESS_PATTERN
from generator.output.progress import announced_if_slow

MAX_RESPONSE_BYTES = 20 << 20  # bytes of an answer, unpacked; 50 papers of arXiv take some 200,000
READ_CHUNK_BYTES = 1 << 16
UNAVAILABLE_STATUSES = frozenset({429, 503})  # about the service as a whole, not about what it was asked
MAX_REDIRECTS = 5
SECONDS_PER_DAY = 24 * 60 * 60
PROXY_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")


@dataclass(frozen=True, slots=True)
class Service:
    """Where a service is unless the environment says otherwise, and how many seconds it wants between requests."""

    name: str
    variable: str
    address: str
    pause: float


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How long a host may take, and how often it is asked; times are in seconds."""

    connect_timeout: float = 10
    read_timeout: float = 20  # until the next piece of a response
    total_timeout: float = 120  # until its last
    tries: int = 4
    backoff: float = 2  # the second try comes at once, the third after two to three times this, then twice as long
    max_wait: float = 60  # before any try: a host that asks for more is given up
    pause_factor: float = 1  # the share of a host's usual pause that is kept

    def retries(self) -> Retry:
        """Return what counts the tries and says how long to wait."""
        return Retry(
            self.tries - 1, backoff_factor=self.backoff, backoff_max=self.max_wait, backoff_jitter=self.backoff
        )


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """What a host answers, be it a page or a refusal such as 404."""

    status: int
    body: bytes = b""
    location: str = ""


@dataclass(frozen=True, slots=True)
class HttpFailure:
    """Why there is no response to work with.

    `retryable` if another try may bring one, `service_unavailable` if nothing else need be asked there either.
    """

    words: str
    status: int = 0
    retryable: bool = False
    service_unavailable: bool = False
    retry_after: float = 0  # seconds for which the host asks to be left alone


HttpOutcome = HttpResponse | HttpFailure


class HostSchedule:
    """When one host may be asked: one thing at a time, and not before it has had its pause."""

    def __init__(self, pause: float) -> None:
        self.lock = Lock()
        self.pause = pause
        self.free_at = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until the host may be asked, and keep others waiting meanwhile."""
        with self.lock:
            time.sleep(max(0.0, self.free_at - time.monotonic()))
            try:
                yield
            finally:
                self.free_at = time.monotonic() + self.pause

    def rest(self, seconds: float) -> None:
        """Leave the host alone for a while, whoever wants to ask it."""
        with self.lock:
            self.free_at = max(self.free_at, time.monotonic() + seconds)


def request_politely(
    send: Callable[[int], HttpOutcome], host: HostSchedule, policy: RetryPolicy, name: str = ""
) -> HttpOutcome:
    """Return the outcome of a request, which is sent again while another try may change it.

    `send` makes one try, whose number it gets: 0, 1, … With a name of the host, slow tries are announced.
    """
    retries = policy.retries()
    while True:
        attempt = len(retries.history)
        announced = announced_if_slow(f"asking {name}… try {attempt + 1} of {policy.tries}") if name else nullcontext()
        with announced, host.turn():
            outcome = send(attempt)
        if isinstance(outcome, HttpResponse) or not outcome.retryable or outcome.retry_after > policy.max_wait:
            return outcome
        try:
            retries = retries.increment()
        except MaxRetryError:
            return replace(outcome, words=f"{outcome.words}, tried {policy.tries} times")
        host.rest(outcome.retry_after or retries.get_backoff_time())


class ServiceConnection:
    """One service, asked for one thing after the other; it remembers whether it can be asked at all."""

    def __init__(self, service: Service, environment: Mapping[str, str], policy: RetryPolicy) -> None:
        self.service, self.environment, self.policy = service, environment, policy
        self.address = environment.get(service.variable, "").rstrip("/") or service.address
        self.host = HostSchedule(service.pause * policy.pause_factor)
        self.pool: PoolManager | None = None
        self.unavailable: HttpFailure | None = None
        if not re.fullmatch(WEB_ADDRESS_PATTERN, self.address):
            expected = "expected an address that starts with http:// or https://"
            self.unavailable = HttpFailure(f'{service.variable}: {expected}, found "{self.address}"')

    def answer(self, path: str) -> HttpOutcome:
        """Return what the service answers at a path below its address, or why it does not, with its name."""
        if self.unavailable:
            return self.unavailable
        outcome = request_politely(lambda _: self.send_request(path), self.host, self.policy, self.service.name)
        if isinstance(outcome, HttpFailure):
            outcome = replace(outcome, words=f"{self.service.name} {outcome.words}")
            self.unavailable = outcome if outcome.service_unavailable else None
        return outcome

    def send_request(self, path: str) -> HttpOutcome:
        """Return the outcome of one request."""
        try:
            self.pool = self.pool or connection_pool(self.address, self.environment, self.policy)
            response = self.pool.request("GET", self.address + path, preload_content=False)
            try:
                return read_response(response, self.policy)
            finally:
                response.close()
        except (HTTPError, ValueError) as error:  # the latter of addresses, also those that a redirect leads to
            return failure_from_error(error, self.policy)


def connection_pool(address: str, environment: Mapping[str, str], policy: RetryPolicy) -> PoolManager:
    """Connections to an address, through the environment's proxy where it names one."""
    settings: dict[str, Any] = {
        "headers": {"User-Agent": user_agent(environment), "Accept-Encoding": "gzip"},
        "timeout": Timeout(connect=policy.connect_timeout, read=policy.read_timeout),
        # What is to be tried again is decided in `request_politely`, which also keeps the pauses.
        "retries": Retry(None, connect=0, read=0, status=0, other=0, redirect=MAX_REDIRECTS, raise_on_redirect=False),
    }
    if not (proxy := proxy_address(address, environment)):
        return PoolManager(**settings)
    name = urlsplit(proxy).netloc.rpartition("@")[0]
    return ProxyManager(proxy, proxy_headers=make_headers(proxy_basic_auth=unquote(name)) if name else None, **settings)


def proxy_address(address: str, environment: Mapping[str, str]) -> str:
    """The address of the proxy that the environment names for an address, or nothing."""
    parts = urlsplit(address)
    http, https, spared = (environment.get(name, "") or environment.get(name.lower(), "") for name in PROXY_VARIABLES)
    host = f".{parts.hostname}"
    suffixes = [suffix.strip().lstrip(".").lower() for suffix in spared.split(",") if suffix.strip()]
    proxy = https if parts.scheme == "https" else http
    if not proxy or "*" in suffixes or any(host.endswith(f".{suffix}") for suffix in suffixes):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"


def user_agent(environment: Mapping[str, str]) -> str:
    """Who asks, and where to reach them: services want to know, and serve those better who say."""
    email = environment.get("CONTACT_EMAIL", "")
    contacts = [contact for contact in (environment.get("REPOSITORY_URL", ""), email and f"mailto:{email}") if contact]
    comment = re.sub(r"[^ -~]|[()\\]", "", "; ".join(contacts))  # what a header's comment may hold
    return f"reading-list/1.0 ({comment})" if comment else "reading-list/1.0"


def read_response(response: BaseHTTPResponse, policy: RetryPolicy) -> HttpOutcome:
    """Return a response with its whole body, or why it cannot be used."""
    if failure := retryable_failure(response, policy):
        return failure
    if 300 <= response.status < 400:
        return HttpFailure("redirects without end", response.status)
    until = time.monotonic() + policy.total_timeout
    body = bytearray()
    while piece := response.read1(READ_CHUNK_BYTES):
        body += piece
        if len(body) > MAX_RESPONSE_BYTES:
            return HttpFailure(f"sent more than {MAX_RESPONSE_BYTES:,} bytes")
        if time.monotonic() > until:
            return HttpFailure(f"did not finish its answer within {policy.total_timeout:g} s")
    return HttpResponse(response.status, bytes(body))


def retryable_failure(response: BaseHTTPResponse, policy: RetryPolicy) -> HttpFailure | None:
    """Return why to ask again, where the response is that the host cannot answer now."""
    status = response.status
    if status != HTTPStatus.TOO_MANY_REQUESTS and (status < 500 or status == HTTPStatus.NOT_IMPLEMENTED):
        return None
    after = retry_after_seconds(response)
    asks = f" and asks to wait {after:.0f} s" if after > policy.max_wait else ""
    return HttpFailure(f"answered {status_text(status)}{asks}", status, True, status in UNAVAILABLE_STATUSES, after)


def status_text(status: int) -> str:
    """Return a status with its name, such as `404 Not Found`."""
    return f"{status} {responses.get(status, '')}".strip()


def retry_after_seconds(response: BaseHTTPResponse) -> float:
    """Return the seconds that the header `Retry-After` gives, a day at most; 0 where there is none that can be read."""
    try:
        return Retry(retry_after_max=SECONDS_PER_DAY).get_retry_after(response) or 0
    except (InvalidHeader, ValueError, OverflowError):
        return 0


def failure_from_error(error: Exception, policy: RetryPolicy) -> HttpFailure:
    """Return an error of the library in words."""
    cause = (isinstance(error, MaxRetryError) and error.reason) or error
    gone, passing = partial(HttpFailure, retryable=True, service_unavailable=True), partial(HttpFailure, retryable=True)
    match cause:
        case ProxyError():
            return gone("cannot be reached through the proxy")
        case NameResolutionError():
            return gone("cannot be reached: there is no network, or nothing by its name")
        case NewConnectionError():
            return gone("cannot be reached: it does not take the connection")
        case ConnectTimeoutError():
            return gone(f"did not answer within {policy.connect_timeout:g} s")
        case ReadTimeoutError():
            return passing(f"did not answer within {policy.read_timeout:g} s")
        case ProtocolError():
            return passing("broke off before its answer was whole")
        case DecodeError():
            return HttpFailure("sent an answer that cannot be unpacked")
        case SSLError(args=(SSLCertVerificationError(), *_)):
            return HttpFailure("cannot be reached safely: its certificate is not valid", service_unavailable=True)
        case SSLError():
            return gone(f"cannot be reached safely: {cause}")
        case _:
            return HttpFailure(f"cannot be reached: {cause}", service_unavailable=True)

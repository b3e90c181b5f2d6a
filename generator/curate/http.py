"""A polite HTTP client: returns the response to a request, or a description of why there is none.

Requests to a host are made one at a time, with a pause after each. Hosts may be slow, busy, or down, so requests are
retried; urllib3's `Retry` counts the attempts, parses `Retry-After`, and computes the delays. (It does not retry by
itself, since it supports neither pauses nor limits on a body.) Hosts are not trusted: the size of a response and the
time it takes are limited.
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

MAX_RESPONSE_BYTES = 20 << 20  # bytes of a decompressed body; 50 papers from arXiv take about 200,000
READ_CHUNK_BYTES = 1 << 16
UNAVAILABLE_STATUSES = frozenset({429, 503})  # about the service as a whole, not the resource requested
MAX_REDIRECTS = 5
SECONDS_PER_DAY = 24 * 60 * 60
PROXY_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")


@dataclass(frozen=True, slots=True)
class Service:
    """The default address of a service, the variable that overrides it, and the pause between requests in seconds."""

    name: str
    variable: str
    address: str
    pause: float


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Timeouts and retries of requests to a host; times are in seconds."""

    connect_timeout: float = 10
    read_timeout: float = 20  # between two chunks of a response
    total_timeout: float = 120  # for the whole body of a response
    tries: int = 4
    backoff: float = 2  # 1st retry: at once; 2nd: after 2 to 3 times this; then doubling
    max_wait: float = 60  # before an attempt; if a host asks for more, give up
    pause_factor: float = 1  # scales the usual pauses of a host

    def retries(self) -> Retry:
        """Return urllib3's counter of attempts, which also computes the delays."""
        return Retry(
            self.tries - 1, backoff_factor=self.backoff, backoff_max=self.max_wait, backoff_jitter=self.backoff
        )


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """A response from a host, whether a success or an error such as 404."""

    status: int
    body: bytes = b""
    location: str = ""


@dataclass(frozen=True, slots=True)
class HttpFailure:
    """Why there is no usable response.

    `retryable` means that another attempt may succeed; `service_unavailable`, that other requests to the service would
    fail too.
    """

    words: str
    status: int = 0
    retryable: bool = False
    service_unavailable: bool = False
    retry_after: float = 0  # seconds, from the header `Retry-After`


HttpOutcome = HttpResponse | HttpFailure


class HostSchedule:
    """When a host may receive a request: one at a time, with a pause after each."""

    def __init__(self, pause: float) -> None:
        self.lock = Lock()
        self.pause = pause
        self.free_at = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until the host may receive a request, and block other threads during the request."""
        with self.lock:
            time.sleep(max(0.0, self.free_at - time.monotonic()))
            try:
                yield
            finally:
                self.free_at = time.monotonic() + self.pause

    def rest(self, seconds: float) -> None:
        """Block requests to the host for this many seconds."""
        with self.lock:
            self.free_at = max(self.free_at, time.monotonic() + seconds)


def request_politely(
    send: Callable[[int], HttpOutcome], host: HostSchedule, policy: RetryPolicy, name: str = ""
) -> HttpOutcome:
    """Return the outcome of a request, retrying as long as that may help.

    `send` makes one attempt and receives its number, from 0. If the host's `name` is given, slow attempts are reported
    on standard error.
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
    """A connection to one service, which makes one request at a time and remembers if the service is unavailable."""

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
        """Return the service's response to a path below its address, or a failure that names the service."""
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
        except (HTTPError, ValueError) as error:  # ValueError: invalid addresses, also from redirects
            return failure_from_error(error, self.policy)


def connection_pool(address: str, environment: Mapping[str, str], policy: RetryPolicy) -> PoolManager:
    """Return a connection pool for an address, through the proxy from the environment, if there is one."""
    settings: dict[str, Any] = {
        "headers": {"User-Agent": user_agent(environment), "Accept-Encoding": "gzip"},
        "timeout": Timeout(connect=policy.connect_timeout, read=policy.read_timeout),
        # `request_politely` decides about retries, since it also keeps the pauses.
        "retries": Retry(None, connect=0, read=0, status=0, other=0, redirect=MAX_REDIRECTS, raise_on_redirect=False),
    }
    if not (proxy := proxy_address(address, environment)):
        return PoolManager(**settings)
    name = urlsplit(proxy).netloc.rpartition("@")[0]
    return ProxyManager(proxy, proxy_headers=make_headers(proxy_basic_auth=unquote(name)) if name else None, **settings)


def proxy_address(address: str, environment: Mapping[str, str]) -> str:
    """Return the address of the proxy that the environment sets for an address, or an empty string."""
    parts = urlsplit(address)
    http, https, spared = (environment.get(name, "") or environment.get(name.lower(), "") for name in PROXY_VARIABLES)
    host = f".{parts.hostname}"
    suffixes = [suffix.strip().lstrip(".").lower() for suffix in spared.split(",") if suffix.strip()]
    proxy = https if parts.scheme == "https" else http
    if not proxy or "*" in suffixes or any(host.endswith(f".{suffix}") for suffix in suffixes):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"


def user_agent(environment: Mapping[str, str]) -> str:
    """Return the User-Agent header, with contact details: services ask for them, and some treat such clients better."""
    email = environment.get("CONTACT_EMAIL", "")
    contacts = [contact for contact in (environment.get("REPOSITORY_URL", ""), email and f"mailto:{email}") if contact]
    comment = re.sub(r"[^ -~]|[()\\]", "", "; ".join(contacts))  # characters allowed in a header comment
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
    """Return a retryable failure if the status means that the host cannot answer at the moment."""
    status = response.status
    if status != HTTPStatus.TOO_MANY_REQUESTS and (status < 500 or status == HTTPStatus.NOT_IMPLEMENTED):
        return None
    after = retry_after_seconds(response)
    asks = f" and asks to wait {after:.0f} s" if after > policy.max_wait else ""
    return HttpFailure(f"answered {status_text(status)}{asks}", status, True, status in UNAVAILABLE_STATUSES, after)


def status_text(status: int) -> str:
    """Return a status code with its name, such as `404 Not Found`."""
    return f"{status} {responses.get(status, '')}".strip()


def retry_after_seconds(response: BaseHTTPResponse) -> float:
    """Return the seconds given by the header `Retry-After`, at most one day; 0 if it is missing or invalid."""
    try:
        return Retry(retry_after_max=SECONDS_PER_DAY).get_retry_after(response) or 0
    except (InvalidHeader, ValueError, OverflowError):
        return 0


def failure_from_error(error: Exception, policy: RetryPolicy) -> HttpFailure:
    """Return a failure that describes an error of the library."""
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

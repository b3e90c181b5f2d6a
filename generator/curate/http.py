"""A service and a path in; what the service answers out, over HTTP.

Services are slow, busy or away at times, so each is asked several times with growing pauses, and never more often than
it allows. What it sends is not trusted: an answer may be only so large and take only so long. Whatever goes wrong is a
`Failure` in words.
"""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import responses
from random import SystemRandom
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

MAX_RESPONSE_BYTES = 20 << 20  # bytes of an answer, unpacked; 50 papers of arXiv take some 200,000
READ_CHUNK_BYTES = 1 << 16
RETRYABLE_STATUSES = frozenset({429, 500, 502, 503, 504})
UNAVAILABLE_STATUSES = frozenset({429, 503})  # said of the service as a whole, not of what it was asked
MAX_REDIRECTS = 5
SECONDS_PER_DAY = 24 * 60 * 60
JITTER_RANDOM = SystemRandom()
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
    """How many seconds to wait for a service, and how often to ask it."""

    connecting: float = 10
    reading: float = 20  # until the next piece of an answer
    whole: float = 120  # until its last
    tries: int = 4
    backoff: float = 4  # before the second try; twice as long before each further one
    longest: float = 60  # before any try: a service that asks for more is given up
    pauses: float = 1  # the share of a service's own pause that is kept


@dataclass(frozen=True, slots=True)
class ServiceResponse:
    """What a service answers, be it a page or a refusal such as 404."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class ServiceFailure:
    """Why there is no answer: `again` if another try may bring one, `closed` if nothing else need be asked either."""

    words: str
    again: bool = False
    closed: bool = False
    after: float = 0  # seconds for which the service asks to be left alone


class ServiceConnection:
    """One service, asked for one thing after the other; it remembers when it may be asked again, and if at all."""

    def __init__(self, service: Service, environment: Mapping[str, str], patience: RetryPolicy) -> None:
        self.service, self.environment, self.patience = service, environment, patience
        self.address = environment.get(service.variable, "").rstrip("/") or service.address
        self.pool: PoolManager | None = None
        self.due = 0.0
        self.closed: ServiceFailure | None = None
        if not re.fullmatch(WEB_ADDRESS_PATTERN, self.address):
            found = f'found "{self.address}"'
            self.closed = ServiceFailure(
                f"{service.variable}: expected an address that starts with http:// or https://, {found}"
            )

    def answer(self, path: str) -> ServiceResponse | ServiceFailure:
        """What the service answers at a path below its address, or why it does not, with its name."""
        if self.closed:
            return self.closed
        tried = 1
        while True:
            outcome = self.asked(path)
            if isinstance(outcome, ServiceResponse):
                return outcome
            if not outcome.again or tried >= self.patience.tries or outcome.after > self.patience.longest:
                return self.given_up(outcome, tried)
            self.rest(outcome.after or self.backoff(tried))
            tried += 1

    def given_up(self, failure: ServiceFailure, tried: int) -> ServiceFailure:
        """The failure with the service's name, which stands for all later ones where the service is closed."""
        often = f", tried {tried} times" if tried > 1 else ""
        told = ServiceFailure(f"{self.service.name} {failure.words}{often}")
        self.closed = told if failure.closed else None
        return told

    def asked(self, path: str) -> ServiceResponse | ServiceFailure:
        """The outcome of one request."""
        time.sleep(max(0, self.due - time.monotonic()))
        try:
            self.pool = self.pool or connection_pool(self.address, self.environment, self.patience)
            response = self.pool.request("GET", self.address + path, preload_content=False)
            try:
                return read_response(response, self.patience)
            finally:
                response.close()
        except (HTTPError, ValueError) as error:  # the latter of addresses, also those that a redirect leads to
            return failure_from_error(error, self.patience)
        finally:
            self.rest(0)

    def rest(self, seconds: float) -> None:
        """Leaves the service alone for so long, or for the pause that it wants."""
        self.due = time.monotonic() + max(seconds, self.service.pause * self.patience.pauses)

    def backoff(self, tried: int) -> float:
        """The seconds before the next try, by chance up to a half less, so that not all who failed return at once."""
        return min(self.patience.longest, self.patience.backoff * 2.0 ** (tried - 1)) * JITTER_RANDOM.uniform(0.5, 1)


def connection_pool(address: str, environment: Mapping[str, str], patience: RetryPolicy) -> PoolManager:
    """Connections to an address, through the environment's proxy where it names one."""
    settings: dict[str, Any] = {
        "headers": {"User-Agent": user_agent(environment), "Accept-Encoding": "gzip"},
        "timeout": Timeout(connect=patience.connecting, read=patience.reading),
        # What is to be tried again is decided in `Connection`, which also keeps the pauses.
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


def read_response(response: BaseHTTPResponse, patience: RetryPolicy) -> ServiceResponse | ServiceFailure:
    """A response with its whole body, or why it is none to work with."""
    status = response.status
    if status in RETRYABLE_STATUSES:
        after = retry_after_seconds(response)
        request = f" and asks to wait {after:.0f} s" if after > patience.longest else ""
        return ServiceFailure(f"answered {status_text(status)}{request}", True, status in UNAVAILABLE_STATUSES, after)
    if 300 <= status < 400:
        return ServiceFailure("redirects without end")
    until = time.monotonic() + patience.whole
    body = bytearray()
    while piece := response.read1(READ_CHUNK_BYTES):
        body += piece
        if len(body) > MAX_RESPONSE_BYTES:
            return ServiceFailure(f"sent more than {MAX_RESPONSE_BYTES:,} bytes")
        if time.monotonic() > until:
            return ServiceFailure(f"did not finish its answer within {patience.whole:g} s")
    return ServiceResponse(status, bytes(body))


def status_text(status: int) -> str:
    """A status with its name, such as `404 Not Found`."""
    return f"{status} {responses.get(status, '')}".strip()


def retry_after_seconds(response: BaseHTTPResponse) -> float:
    """The seconds that the header `Retry-After` gives, a day at most; 0 where there is none that can be read."""
    try:
        return Retry(retry_after_max=SECONDS_PER_DAY).get_retry_after(response) or 0
    except (InvalidHeader, ValueError, OverflowError):
        return 0


def failure_from_error(error: Exception, patience: RetryPolicy) -> ServiceFailure:
    """An error of the library in words."""
    cause = (isinstance(error, MaxRetryError) and error.reason) or error
    match cause:
        case ProxyError():
            return ServiceFailure("cannot be reached through the proxy", again=True, closed=True)
        case NameResolutionError():
            return ServiceFailure(
                "cannot be reached: there is no network, or nothing by its name", again=True, closed=True
            )
        case NewConnectionError():
            return ServiceFailure("cannot be reached: it does not take the connection", again=True, closed=True)
        case ConnectTimeoutError():
            return ServiceFailure(f"did not answer within {patience.connecting:g} s", again=True, closed=True)
        case ReadTimeoutError():
            return ServiceFailure(f"did not answer within {patience.reading:g} s", again=True)
        case ProtocolError():
            return ServiceFailure("broke off before its answer was whole", again=True)
        case DecodeError():
            return ServiceFailure("sent an answer that cannot be unpacked")
        case SSLError():
            return ServiceFailure(f"cannot be reached safely: {cause}", closed=True)
        case _:
            return ServiceFailure(f"cannot be reached: {cause}", closed=True)

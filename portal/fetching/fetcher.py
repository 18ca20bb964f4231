"""Fetching what strangers name without being led into our own network, kept busy or filled up."""

import logging
import socket
import ssl
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from http.client import HTTPException
from ipaddress import ip_address
from threading import Thread, Timer
from time import monotonic

import certifi
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError
from urllib3.exceptions import TimeoutError as LineTimeoutError

from portal.clock import now
from portal.fetching.links import Link, is_let_in, read_link
from portal.fetching.networks import is_public
from portal.fetching.refusals import NotFetched, Refused, Unreachable

LIMIT = 2 * 1024 * 1024
SECONDS = 10
TO_CONNECT = 4
REDIRECTS = 3
MACHINES = 3  # of a site that has many, how many are tried
CHUNK = 64 * 1024
PACKED = {"", "identity", "gzip", "x-gzip"}

NOWHERE = _("No page on the public internet has this address.")
SILENT = _("The site did not answer as a site should.")
SLOW = _("The site took too long to answer.")
UNPROVEN = _("The site could not prove who it is: its certificate is not valid.")
PASSED_ON = _("This address is passed on to others too often.")
LARGE = _("What lies at this address is too large.")
OTHER_KIND = _("What lies at this address is not of the kind that was expected.")
CLOSED = _("The page is there, but it does not open for everybody.")
GONE = _("The site answers, but has no page at this address.")
FAILED = _("The site answers, but could not show the page.")

log = logging.getLogger("portal.fetching")

Places = list[tuple[str, int]]


@dataclass(frozen=True)
class Fetched:
    """What lay at an address; `url` is where the answer came from, `body` is unpacked."""

    url: str
    status: int
    content_type: str
    body: bytes
    at: datetime


@dataclass(frozen=True)
class Answer:
    """Whether a page opens for everybody; when it does not, `reason` is a sentence for a person."""

    is_open: bool
    reason: str = ""

    def __bool__(self):
        return self.is_open


class Deadline:
    """The end of all conversations about one address, however slowly the other side talks."""

    def __init__(self, seconds: float):
        self.ends = monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left; raises `Unreachable` when there are none."""
        left = self.ends - monotonic()
        if left <= 0:
            raise Unreachable(SLOW)
        return left

    @contextmanager
    def hangs_up(self, line: socket.socket) -> Iterator[None]:
        """Cut the line when the time has run out: a limit on each read would let one byte a second go on for days."""
        timer = Timer(self.left(), self._cut, [line])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    @staticmethod
    def _cut(line):
        with suppress(OSError):  # it may have ended by itself in the meantime
            socket.socket.shutdown(line, socket.SHUT_RDWR)


def look_up(host: str, port: int) -> Places:
    """Return every address of a machine that the system knows under a full name, in its order."""
    name = host if is_let_in(host, port) else f"{host}."
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((place[0], place[1]) for *_rest, place in found))


@cache
def public_trust() -> ssl.SSLContext:
    """Return the certificate authorities that browsers trust."""
    return ssl.create_default_context(cafile=certifi.where())


@dataclass(frozen=True)
class SafeFetcher:
    """Reads pages of strangers: each name is looked up once, and the machine found must be a public one.

    `resolve`, `trust` and `besides`, addresses of machines that count as public, are for tests on one machine.
    """

    resolve: Callable[[str, int], Places] = look_up
    trust: Callable[[], ssl.SSLContext] = public_trust
    besides: frozenset[str] = frozenset()
    seconds: float = SECONDS

    def fetch(self, url: str, *, kinds: Collection[str] = (), limit: int = LIMIT) -> Fetched:
        """Return what lies at an address, with any status; a page that is there must be of one of `kinds`, if given.

        Raises `Refused` or `Unreachable`.
        """
        deadline = Deadline(self.seconds)
        with self._page("GET", url, deadline, accept=", ".join(kinds) or "*/*") as (link, response):
            content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            if kinds and is_fine(response.status) and content_type not in kinds:
                raise Refused(OTHER_KIND)
            return Fetched(link.url, response.status, content_type, read(response, limit, deadline), now())

    def answers(self, url: str) -> Answer:
        """Say whether a page opens for everybody, without reading it."""
        deadline = Deadline(self.seconds)
        try:
            status = self._status("HEAD", url, deadline)
            if not is_fine(status):  # many sites do not know HEAD
                status = self._status("GET", url, deadline)
        except NotFetched as fault:
            return Answer(False, fault.reason)
        if is_fine(status):
            return Answer(True)
        return Answer(False, {401: CLOSED, 403: CLOSED, 404: GONE, 410: GONE}.get(status, FAILED))

    def _status(self, method, url, deadline) -> int:
        with self._page(method, url, deadline) as (_link, response):
            return response.status

    @contextmanager
    def _page(self, method, url, deadline, accept="*/*") -> Iterator[tuple[Link, BaseHTTPResponse]]:
        """Ask for a page, follow where it is passed on to, and tell every fault in a sentence."""
        link = read_link(url)
        with told_plainly(deadline):
            for _step in range(REDIRECTS + 1):
                with self._response(method, link, deadline, accept) as response:
                    location = response.get_redirect_location()
                    if location is False:
                        yield link, response
                        return
                if not location:
                    raise Unreachable(SILENT)
                link = link.onward(location.encode("latin-1", "replace").decode(errors="replace"))
        raise Unreachable(PASSED_ON)

    @contextmanager
    def _response(self, method, link, deadline, accept) -> Iterator[BaseHTTPResponse]:
        connection = self._connect(link, deadline)
        headers = {
            "Host": link.authority,
            "User-Agent": f"Waymark (+{settings.BASE_URL})",
            "Accept": accept,
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        with closing(connection), deadline.hangs_up(connection.sock):
            connection.request(method, link.target, headers=headers, preload_content=False, decode_content=False)
            with closing(connection.getresponse()) as response:
                yield response

    def _connect(self, link: Link, deadline: Deadline) -> HTTPConnection:
        """Return a connection to a machine of the site; every machine under its name must be a public one."""
        places = self._places(link, deadline)
        for ip, port in places[:MACHINES]:
            connection = self._connection(link, ip, port, min(TO_CONNECT, deadline.left() / 2))
            try:
                connection.connect()
                reached = connection.sock.getpeername()[0]
            except (OSError, HTTPError) as fault:
                connection.close()
                failed = fault
                continue
            if ip_address(reached) != ip_address(ip):
                connection.close()
                raise Unreachable(NOWHERE)
            connection.timeout = self.seconds
            return connection
        raise failed

    def _places(self, link, deadline) -> Places:
        """Look the site up, once; a name without machines and one with private machines are told in the same words."""
        try:
            places = in_time(lambda: self.resolve(link.host, link.port), deadline)
        except socket.gaierror as fault:
            raise Unreachable(NOWHERE) from fault
        let_in = is_let_in(link.host, link.port)
        private = [ip for ip, _port in places if not (let_in or ip in self.besides or is_public(ip))]
        if private:
            log.warning("%s leads to %s, which is not public; nothing was fetched", link.host, private[0])
        if private or not places:
            raise Unreachable(NOWHERE)
        return places

    def _connection(self, link, ip, port, seconds) -> HTTPConnection:
        if link.scheme == "http":
            return HTTPConnection(ip, port, timeout=seconds)
        return HTTPSConnection(ip, port, timeout=seconds, server_hostname=link.host, ssl_context=self.trust())


def in_time(work: Callable, deadline: Deadline):
    """Return what `work` returns; the system gives no other way to stop waiting for a lookup."""
    result = Future()

    def run():
        try:
            result.set_result(work())
        except (OSError, UnicodeError) as fault:
            result.set_exception(fault)

    Thread(target=run, daemon=True).start()
    return result.result(timeout=deadline.left())


@contextmanager
def told_plainly(deadline: Deadline) -> Iterator[None]:
    """Turn every fault of the network and of the other side into a sentence."""
    try:
        yield
    except ssl.SSLCertVerificationError as fault:
        raise Unreachable(UNPROVEN) from fault
    except NewConnectionError as fault:  # which urllib3 counts among those that took too long
        raise Unreachable(SILENT) from fault
    except (TimeoutError, LineTimeoutError) as fault:
        raise Unreachable(SLOW) from fault
    except (OSError, UnicodeError, HTTPError, HTTPException) as fault:
        deadline.left()  # a line that was cut looks like any other fault
        raise Unreachable(SILENT) from fault


def is_fine(status: int) -> bool:
    """Say whether a status means that the page is there."""
    return 200 <= status < 300


def read(response: BaseHTTPResponse, limit: int, deadline: Deadline) -> bytes:
    """Read and unpack a body of `limit` bytes at the most."""
    if response.headers.get("Content-Encoding", "").strip().lower() not in PACKED:
        raise Unreachable(SILENT)
    body = bytearray()
    while chunk := response.read(CHUNK, decode_content=True):
        body += chunk
        if len(body) > limit:
            raise Refused(LARGE)
    deadline.left()  # or like the end of the body
    return bytes(body)

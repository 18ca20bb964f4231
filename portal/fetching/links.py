"""Which addresses of pages the portal takes: https, a name that everybody knows, nothing else before the path."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

import idna
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.fetching.refusals import Refused

LONGEST = 2000
PORTS = {"https": 443, "http": 80}
KEPT = "/?:@!$&'()*+,;=~-._%"
LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# Names that mean something only inside a network, by IANA's registry of special-use names and by custom.
PRIVATE_END = re.compile(
    "alt|arpa|corp|example|home|internal|intranet|invalid|lan|local|localdomain|localhost|mail|onion|private|test"
)

SHAPE = _("This is not the address of a page. It should look like https://example.org/my-page.")
LONG = _("This address is too long.")
SCHEME = _("Give an address that begins with https://.")
USER = _("Leave out the name or password before the @.")
PORT = _("Leave out the number after the colon.")
NUMBERED = _("Give the name of the site, such as example.org, not its number.")
PRIVATE = _("This address leads into a private network; give one that everybody can open.")


@dataclass(frozen=True)
class Link:
    """The address of a page, in the one spelling that is shown, kept and asked for."""

    scheme: str
    host: str
    port: int
    target: str
    fragment: str

    @property
    def authority(self) -> str:
        """The site as addresses and requests name it."""
        return self.host if self.port == PORTS[self.scheme] else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}" + (f"#{self.fragment}" if self.fragment else "")

    def onward(self, location: str) -> "Link":
        """Return where a page passes its readers on to; never from https to http."""
        try:
            link = read_link(urljoin(self.url, location))
        except ValueError as fault:
            raise Refused(SHAPE) from fault
        if self.scheme == "https" and link.scheme != "https":
            raise Refused(SCHEME)
        return link


def read_link(text: str) -> Link:
    """Read the address of a page; raises `Refused` with the reason why the portal does not take it."""
    text = text.strip()
    if len(text) > LONGEST:
        raise Refused(LONG)
    if any(letter.isspace() or not letter.isprintable() or letter in '\\<>"`{}|^' for letter in text):
        raise Refused(SHAPE)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, PORTS.get(parts.scheme) if parts.port is None else parts.port
    except ValueError as fault:
        raise Refused(SHAPE) from fault
    let_in = is_let_in(host, port)
    if parts.scheme not in ({"https", "http"} if settings.PLAIN_HTTP_LINKS or let_in else {"https"}):
        raise Refused(SCHEME if parts.scheme else SHAPE)
    if "@" in parts.netloc:
        raise Refused(USER)
    if not host:
        raise Refused(SHAPE)
    if port != PORTS[parts.scheme] and not let_in:
        raise Refused(PORT)
    if "[" in parts.netloc:
        raise Refused(NUMBERED)
    target = quote(parts.path or "/", safe=KEPT) + (f"?{quote(parts.query, safe=KEPT)}" if parts.query else "")
    name = host if let_in else read_host(host)
    return Link(parts.scheme, name, port, target, quote(parts.fragment, safe=KEPT))


def is_let_in(host: str | None, port: int | None) -> bool:
    """Say whether tests on one machine let the portal go where nobody else may lead it."""
    return f"{host}:{port}" in settings.SAFE_FETCH_ALLOW


def read_host(text: str) -> str:
    """Return the name of a site in small ASCII letters; numbers and names of private networks are refused."""
    try:
        host = text.lower() if text.isascii() else idna.encode(text, uts46=True, std3_rules=True).decode()
        for label in host.split("."):
            if label.startswith("xn--"):
                idna.ulabel(label)
    except UnicodeError as fault:
        raise Refused(SHAPE) from fault
    host = host.removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or not all(LABEL.fullmatch(label) for label in labels):
        raise Refused(SHAPE)
    if NUMBER.fullmatch(labels[-1]):
        raise Refused(NUMBERED)
    if len(labels) == 1 or PRIVATE_END.fullmatch(labels[-1]):
        raise Refused(PRIVATE)
    return host

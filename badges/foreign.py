"""What other sites publish of the badges that they issued, read through the one door: a few documents for each."""

from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from badges.openbadges import Unreadable, decode, did_address, did_key_document, is_credential
from badges.papers import badge_inside
from badges.published import is_own, own_badge, own_document
from portal.fetching import Fetched, NotFetched, Unreachable, fetch

MOST_DOCUMENTS = 8
MOST_SECONDS = 15  # after which no further document is asked for
GONE = 410
_PEM = b"-----BEGIN PUBLIC KEY-----"


@dataclass
class Web:
    """Looks up what a badge names: with us what is ours, elsewhere at most `MOST_DOCUMENTS` others, each once.

    `by` is the person who asks, against whose share it counts; `troubles` say what could not be read, by address.
    """

    by: object = None
    troubles: dict[str, str] = field(default_factory=dict)
    _pages: dict[str, Fetched | None] = field(default_factory=dict)
    _began: float = field(default_factory=monotonic)

    def document(self, name: str) -> dict | None:
        """Return the document of an address or a DID; None for what is not known or cannot be read."""
        if is_own(name):  # what else stands on our site was put there by whomever
            return own_document(name)
        if name.startswith("did:key:"):
            return did_key_document(name)
        where = did_address(name) or name
        page = self._page(where)
        if page is None:
            return None
        if not _is_same_site(where, page.url):
            self.troubles[where] = _("%(address)s passes the question on to another site.") % {"address": where}
            return None
        if page.status == GONE:
            return {**_read(page.body), "revoked": True}
        if page.body.lstrip().startswith(_PEM):
            return {"publicKeyPem": page.body.decode("ascii", "replace")}
        return _read(page.body) or None

    def badge_at(self, address: str) -> bytes:
        """Return the badge at an address: as a document, a token, or the address itself where software reads it.

        Raises NotFetched where nothing could be read, and Unreadable where no badge stands.
        """
        if own := own_badge(address):
            return own
        if is_own(address):
            raise Unreachable(_("No badge that somebody holds stands at this address of the portal."))
        page = self._page(address)
        if page is None:
            raise Unreachable(self.troubles[address])
        if page.status == GONE:
            return page.url.encode()
        badge = badge_inside(page.body)
        return badge if is_credential(badge) or badge not in page.body else page.url.encode()

    def _page(self, address: str) -> Fetched | None:
        if address not in self._pages:
            self._pages[address] = self._fetch(address)
        return self._pages[address]

    def _fetch(self, address) -> Fetched | None:
        if len(self._pages) >= MOST_DOCUMENTS:
            self.troubles[address] = _("The badge leads to too many documents.")
            return None
        if monotonic() - self._began > MOST_SECONDS:
            self.troubles[address] = _("The sites that the badge leads to took too long to answer.")
            return None
        try:
            page = fetch(address, by=self.by)
        except NotFetched as trouble:
            self.troubles[address] = _("%(address)s: %(why)s") % {"address": address, "why": trouble.reason}
            return None
        if not 200 <= page.status < 300 and page.status != GONE:
            self.troubles[address] = _("%(address)s answers with %(status)s.") % {
                "address": address,
                "status": page.status,
            }
            return None
        return page


def _is_same_site(asked: str, answered: str) -> bool:
    """Say whether an answer came from the site that was asked: whoever can pass a question on does not speak for it."""
    wanted, found = urlsplit(asked), urlsplit(answered)
    names = {(one.hostname or "").removeprefix("www.") for one in (wanted, found)}
    return len(names) == 1 and (found.scheme == "https" or wanted.scheme == "http")


def _read(body: bytes) -> dict:
    try:
        return decode(body)
    except Unreadable:
        return {}

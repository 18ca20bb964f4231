"""What other sites publish of the badges that they issued, read through the one door: a few documents for each."""

import re
from urllib.parse import unquote

from badges.documents import did_document
from badges.models import Issuer, StatusList
from badges.openbadges import Unreadable, decode, did_key_document
from portal.fetching import NotFetched, fetch

MOST_DOCUMENTS = 8
KINDS = ("application/ld+json", "application/json", "application/vc+ld+json", "application/vc")
GONE = 410
_PEM = b"-----BEGIN PUBLIC KEY-----"
_DID_WEB = re.compile(r"did:web:([^:#?/]+)((?::[^:#?/]+)*)")


class Web:
    """Looks up what a badge names: with us what is ours, elsewhere at most `MOST_DOCUMENTS` others; each once."""

    def __init__(self, *, by=None) -> None:
        self._by = by
        self._left = MOST_DOCUMENTS
        self._known: dict[str, dict | None] = {}
        self.troubles: list[str] = []

    def resolve(self, name: str) -> dict | None:
        """Return the document of a DID, a key or a status list; None for what is not known or cannot be read."""
        if name not in self._known:
            self._known[name] = self._own(name) or self._foreign(name)
        return self._known[name]

    def fetch(self, address: str) -> dict | None:
        """Return the document at an address, as `verify_older` asks for it."""
        if address not in self._known:
            self._known[address] = self._read(address)
        return self._known[address]

    def _own(self, name) -> dict | None:
        issuer = next((one for one in Issuer.objects.prefetch_related("keys").by_did(name)), None)
        if issuer:
            return did_document(issuer)
        listed = next((one for one in StatusList.objects.by_url(name)), None)
        return decode(listed.body.encode()) if listed and listed.body else None

    def _foreign(self, name) -> dict | None:
        if name.startswith("did:key:"):
            return did_key_document(name)
        if address := address_of(name):
            return self._read(address)
        return None

    def _read(self, address) -> dict | None:
        if not self._left:
            self.troubles.append("The badge leads to too many documents.")
            return None
        self._left -= 1
        try:
            found = fetch(address, by=self._by)
        except NotFetched as trouble:
            self.troubles.append(f"{address}: {trouble.reason}")
            return None
        if found.status == GONE:
            return {**_document(found.body), "revoked": True}
        if not 200 <= found.status < 300:
            self.troubles.append(f"{address}: {found.status}")
            return None
        if found.body.lstrip().startswith(_PEM):
            return {"publicKeyPem": found.body.decode("ascii", "replace")}
        return _document(found.body) or None


def address_of(name: str) -> str | None:
    """Return where the document of a name stands: of a did:web (did:web, 3.2), or of what is an address itself."""
    if found := _DID_WEB.fullmatch(name):
        host, path = unquote(found[1]), "/".join(unquote(part) for part in found[2].split(":")[1:])
        scheme = "http" if host.partition(":")[0] == "localhost" else "https"
        return f"{scheme}://{host}/{path or '.well-known'}/did.json"
    return name if name.startswith(("https://", "http://")) else None


def _document(body: bytes) -> dict:
    try:
        return decode(body)
    except Unreadable:
        return {}

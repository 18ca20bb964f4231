"""Who secured a document: its signature, and whether the key behind that is the issuer's (OB 3.0, 7.1 and 8)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from .checks import Refused, Unknown, absolute, issuer_id, listed, require
from .contexts import UnknownContext
from .keys import decode_multikey, public_jwk
from .proofs import claims_to_be_ours, verify_proof
from .tokens import contradictions, read_token, thumbprint, verify_token
from .wire import Document

Resolve = Callable[[str], Document | None]

WITHDRAWN = {"revoked": True}  # what stands in the place of a key that its issuer withdrew
KEY_WITHDRAWN = "The issuer withdrew the key."
_MOST_PROOFS = 10  # each is checked against the whole badge
_KEY_TYPES = ("Multikey", "Ed25519VerificationKey2020")


@dataclass(frozen=True, slots=True)
class Embedded:
    """A document that carries its own proofs (VC Data Integrity 1.0); `form` is as `covered`."""

    document: Document
    resolve: Resolve
    now: datetime
    form: Callable[[Document], bytes]

    def check_proof(self) -> None:
        """Check the signature; of several, all that are of our kind must hold (7.1, step 2)."""
        content = {name: value for name, value in self.document.items() if name != "proof"}
        for proof in self._proofs():
            method = _method(proof.get("verificationMethod"), _published(self.document, self.resolve))
            public = decode_multikey(method.get("publicKeyMultibase"))
            try:
                verify_proof(content, proof, public, now=self.now, form=self.form)
            except UnknownContext as error:
                raise Unknown(str(error)) from None

    def check_issuer(self) -> None:
        """Check that the key is the issuer's, for assertions (Controlled Identifiers 1.0, 3.3)."""
        published = _published(self.document, self.resolve)
        for proof in self._proofs():
            method = _method(proof.get("verificationMethod"), published)
            require(method.get("type") in _KEY_TYPES, "The key is not published as a key for these signatures.")
            _require_for_assertions(method, published)

    def _proofs(self) -> list[Document]:
        proofs = [proof for proof in listed(self.document.get("proof")) if isinstance(proof, dict)]
        require(bool(proofs), "The badge is not signed.")
        require(len(proofs) <= _MOST_PROOFS, "The badge has more signatures than any badge needs.")
        ours = [proof for proof in proofs if claims_to_be_ours(proof)]
        if not ours:
            raise Unknown("The badge is signed in a way that is not checked here.")
        return ours


@dataclass(frozen=True, slots=True)
class Enveloped:
    """A document inside a signed token (OB 3.0, 8.2 JSON Web Token Proof Format)."""

    document: Document
    token: bytes
    resolve: Resolve

    def check_proof(self) -> None:
        """Check the signature, and that the claims say what the badge says."""
        header, payload = read_token(self.token)
        require(header.get("alg") != "none", "The token is not signed.")
        verify_token(self.token, self._key(header))
        faults = contradictions(payload, self.document)
        require(not faults, " ".join(faults))

    def check_issuer(self) -> None:
        """Check that the key is the issuer's: a key that the token brings along proves nothing by itself.

        An issuer without keys in its own document may publish them beside it, on its own site (8.2.2).
        """
        header, _payload = read_token(self.token)
        published, used = _published(self.document, self.resolve), thumbprint(self._key(header))
        methods = _methods(published)
        if not methods and _site(header.get("kid")) == _site(published["id"]) is not None:
            return
        for method in methods:
            if _thumbprint_of(method) == used:
                _require_for_assertions(method, published)
                return
        raise Refused("The issuer never published the key of this signature.")

    def _key(self, header: Document) -> Document:
        """Return the JWK that the header names or brings, proven by nothing yet."""
        named = header.get("kid")
        if isinstance(named, str):
            methods = _methods(_published(self.document, self.resolve))
            if found := [method for method in methods if method["id"] == named]:
                return _jwk_of(found[0])
            if found := self.resolve(named):
                require(not found.get("revoked"), KEY_WITHDRAWN)
                return found
        if isinstance(header.get("jwk"), dict):
            return header["jwk"]
        raise Unknown("The key of this signature is not known here.")


def _published(document: Document, resolve: Resolve) -> Document:
    issuer = issuer_id(document)
    published = resolve(issuer) if issuer else None
    if published is None:
        raise Unknown("The issuer is not known here.")
    require(published.get("id") == issuer, "The issuer's document is someone else's.")
    return published


def _methods(published: Document) -> list[Document]:
    """Return the keys of an issuer, each with its full name."""
    named = [*listed(published.get("verificationMethod")), *listed(published.get("assertionMethod"))]
    return [
        {**method, "id": absolute(method["id"], published["id"])}
        for method in named
        if isinstance(method, dict) and isinstance(method.get("id"), str)
    ]


def _method(named: Any, published: Document) -> Document:
    for method in _methods(published):
        if method["id"] == named:
            return method
    raise Refused("The issuer never published the key of this signature.")


def _require_for_assertions(method: Document, published: Document) -> None:
    issuer = published["id"]
    used = [item.get("id") if isinstance(item, dict) else item for item in listed(published.get("assertionMethod"))]
    require(method.get("controller") == issuer, "The key is not controlled by the issuer.")
    require("revoked" not in method, KEY_WITHDRAWN)
    require(
        method["id"] in [absolute(name, issuer) for name in used],
        "The issuer does not use this key to assert anything.",
    )


def _jwk_of(method: Document) -> Document:
    if isinstance(method.get("publicKeyJwk"), dict):
        return method["publicKeyJwk"]
    return public_jwk(decode_multikey(method.get("publicKeyMultibase")))


def _thumbprint_of(method: Document) -> str | None:
    try:
        return thumbprint(_jwk_of(method))
    except ValueError:
        return None


def _site(address: Any) -> tuple[str, str] | None:
    parts = urlsplit(address) if isinstance(address, str) else None
    return (parts.scheme, parts.netloc) if parts and parts.scheme == "https" and parts.netloc else None

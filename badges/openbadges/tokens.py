"""A badge as one line of text: the credential inside a JSON Web Token (OB 3.0, 8.2; RFC 7515)."""

import re
from base64 import urlsafe_b64decode
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from .keys import load_private
from .lint import lint
from .proofs import ProofError
from .wire import Document, Unreadable, decode, encode, moment

ED25519, RS256 = "EdDSA", "RS256"
READ = [ED25519, "Ed25519", RS256, "ES256"]  # what is verified; the first and third are what we sign with
MAX_CHARACTERS = 4_000_000

_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_CLAIMS = {"iss", "jti", "nbf", "sub", "exp", "iat", "aud"}
_HEADERS = {"alg", "kid", "jwk", "typ"}
_KEYS = {"OKP": OKPKey, "RSA": RSAKey, "EC": ECKey}


class _Registry(jws.JWSRegistry):
    """As large as badges are: one may carry the endorsements of its issuer."""

    max_header_length = 8_000
    max_payload_length = MAX_CHARACTERS

    def get_alg(self, name: str) -> jws.JWSAlgModel:
        """Return how to sign; of EdDSA not that RFC 9864 renames it: readers of Open Badges do not know that yet."""
        if name not in READ:
            raise UnsupportedAlgorithmError(f"{name} is not used here.")
        return self.algorithms[name]


_REGISTRY = _Registry()


class TokenSigner:
    """Writes credentials as compact tokens, signed with one key that the world finds as a JWK at `key_address`."""

    def __init__(self, secret: bytes, *, algorithm: str, key_address: str) -> None:
        key = load_private(secret)
        self._key = (OKPKey if algorithm == ED25519 else RSAKey)(key, key)
        self._algorithm = algorithm
        self._header = {"alg": algorithm, "kid": key_address, "typ": "JWT"}

    def sign(self, document: Document) -> bytes:
        """Return the token of a credential without a proof; raise LintError for what may not be signed."""
        lint(document)
        payload = encode({**document, **claims(document)})
        return jws.serialize_compact(self._header, payload, self._key, registry=_REGISTRY).encode()


def claims(document: Document) -> Document:
    """Return the claims that repeat what the credential says: iss, jti, nbf, sub and exp (8.2.4.1)."""
    found = {
        "iss": document["issuer"]["id"],
        "jti": document["id"],
        "nbf": _seconds(document["validFrom"]),
        "sub": document["credentialSubject"]["id"],
    }
    return found | ({"exp": _seconds(document["validUntil"])} if "validUntil" in document else {})


def looks_like_a_token(text: bytes) -> bool:
    """Tell whether a text has the shape of a compact token."""
    return bool(_TOKEN.fullmatch(text.decode("ascii", "replace").strip()))


def read_token(text: bytes) -> tuple[Document, Document]:
    """Return header and payload of a token, nothing of them proven; raise Unreadable where two readers could differ."""
    if len(text) > MAX_CHARACTERS or not looks_like_a_token(text):
        raise Unreadable("This is not a token of three parts.")
    header, payload = (decode(_unpacked(part)) for part in text.strip().split(b".")[:2])
    if not set(header) <= _HEADERS:
        raise Unreadable("The token's header says more than we know: " + ", ".join(sorted(set(header) - _HEADERS)))
    if str(header.get("typ", "JWT")).upper() not in ("JWT", "VC+JWT"):
        raise Unreadable("This is a token of another kind.")
    return header, payload


def verify_token(text: bytes, jwk: Document) -> None:
    """Raise ProofError unless a token is signed with the public key `jwk`, in one of the ways that we verify."""
    header, _payload = read_token(text)
    if header.get("alg") not in READ:
        raise ProofError(f"Only {', '.join(READ)} signatures are verified here.")
    if "d" in jwk:
        raise ProofError("The published key is a private one: anybody could have signed.")
    try:
        key = _KEYS[jwk.get("kty")].import_key({name: jwk[name] for name in jwk if name not in ("use", "key_ops")})
        jws.deserialize_compact(text.strip(), key, registry=_REGISTRY)
    except KeyError:
        raise ProofError("The key is of a kind that is not known here.") from None
    except (JoseError, ValueError, TypeError) as error:
        raise ProofError("The signature does not match the content.") from error


def thumbprint(jwk: Document) -> str:
    """Return the name of a public key, however it is written (RFC 7638); raise ValueError if it is none."""
    try:
        return _KEYS[jwk.get("kty")].import_key({name: jwk[name] for name in jwk if name != "kid"}).thumbprint()
    except (KeyError, JoseError, TypeError) as error:
        raise ValueError("The key is of a kind that is not known here.") from error


def credential_in(payload: Document) -> Document:
    """Return the credential of a payload: inside `vc` (VC 1.1), or the payload without its claims (VC 2.0)."""
    if isinstance(payload.get("vc"), dict):
        return payload["vc"]
    return {name: value for name, value in payload.items() if name not in _CLAIMS}


def contradictions(payload: Document, credential: Document) -> list[str]:
    """Return a sentence for each claim that says another thing than the credential (8.2.4.1); missing ones pass."""
    said = {
        "iss": _id_of(credential.get("issuer")),
        "jti": credential.get("id"),
        "sub": _id_of(credential.get("credentialSubject")),
    }
    faults = [f"{name} is not what the badge says." for name in said if payload.get(name, said[name]) != said[name]]
    for name, term in (("nbf", "validFrom"), ("exp", "validUntil")):
        if name in payload and (term not in credential or _seconds(credential[term]) != payload[name]):
            faults.append(f"{name} is not the time that the badge names.")
    return faults


def _id_of(value: Any) -> Any:
    return value.get("id") if isinstance(value, dict) else value


def _seconds(text: Any) -> int:
    return int(moment(text).timestamp())


def _unpacked(part: bytes) -> bytes:
    try:
        return urlsafe_b64decode(part + b"=" * (-len(part) % 4))
    except ValueError as error:
        raise Unreadable("A part of the token is not Base64.") from error

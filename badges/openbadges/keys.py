"""Keys, and the names under which the world finds them: Multikey, JWK and did:web.

An Ed25519 key is known by its 32 raw bytes, private or public; an RSA key, for tokens alone, by its DER.
"""

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import quote, unquote, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)
from joserfc.jwk import OKPKey, RSAKey

from . import base58
from .wire import Document, timestamp

ED25519_LENGTH = 32

_ED25519_PUBLIC = b"\xed\x01"
_DID_WEB = re.compile(r"did:web:([^:#?/]+)((?::[^:#?/]+)*)")


def generate_secret() -> bytes:
    """Return a fresh 32-byte Ed25519 secret (RFC 8032, 5.1.5)."""
    return secrets.token_bytes(32)


def generate_rsa_secret() -> bytes:
    """Return a fresh RSA secret as DER (PKCS #8), strong enough for the next decade (NIST SP 800-57)."""
    return generate_private_key(65537, 3072).private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def is_rsa(key: bytes) -> bool:
    """Tell an RSA key from an Ed25519 one."""
    return len(key) != ED25519_LENGTH


def load_private(secret: bytes) -> Ed25519PrivateKey | RSAPrivateKey:
    """Return the signing key of a secret of ours; whether an RSA key is sound was settled when it was made."""
    if is_rsa(secret):
        return load_der_private_key(secret, None, unsafe_skip_rsa_key_validation=True)
    return Ed25519PrivateKey.from_private_bytes(secret)


def load_public(public: bytes) -> Ed25519PublicKey | RSAPublicKey:
    """Return the verifying key of public bytes."""
    return load_der_public_key(public) if is_rsa(public) else Ed25519PublicKey.from_public_bytes(public)


def public_key(secret: bytes) -> bytes:
    """Return the public bytes that belong to a secret."""
    public = load_private(secret).public_key()
    if is_rsa(secret):
        return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return public.public_bytes_raw()


def public_jwk(public: bytes) -> Document:
    """Return a public key as JWK (RFC 8037, 2; RFC 7518, 6.3)."""
    key = load_public(public)
    return (RSAKey if is_rsa(public) else OKPKey)(key, key).as_dict(private=False)


def encode_multikey(public: bytes) -> str:
    """Write a public key as `publicKeyMultibase` (Controlled Identifiers 1.0, 2.2.2)."""
    if len(public) != ED25519_LENGTH:
        raise ValueError("An Ed25519 public key has 32 bytes.")
    return "z" + base58.encode(_ED25519_PUBLIC + public)


def decode_multikey(text: str) -> bytes:
    """Read the 32 bytes of an Ed25519 `publicKeyMultibase`; raise ValueError for any other key."""
    if not isinstance(text, str) or not text.startswith("z") or len(text) > 64:
        raise ValueError("The key is not written as base58btc Multibase.")
    data = base58.decode(text[1:])
    if len(data) != 34 or not data.startswith(_ED25519_PUBLIC):
        raise ValueError("The key is not an Ed25519 public key.")
    return data[2:]


def did_web(base_url: str, path_segments: Sequence[str]) -> str:
    """Return the DID whose document is served at `base_url`/segments/did.json (did:web, 3.2).

    http://localhost:8000 works for development; a bare IP address raises ValueError, for the method forbids it.
    """
    parts = urlsplit(base_url)
    host = parts.hostname
    if parts.scheme not in ("http", "https") or not host:
        raise ValueError(f"{base_url!r} is not the address of a web site.")
    if _is_ip_address(host):
        raise ValueError("did:web needs a host name; use localhost, not an IP address.")
    authority = host if parts.port is None else f"{host}%3A{parts.port}"
    segments = [segment for segment in parts.path.split("/") if segment] + list(path_segments)
    return ":".join(["did:web", authority, *(quote(segment, safe="") for segment in segments)])


def did_address(did: str) -> str | None:
    """Return where the document of a did:web stands (did:web, 3.2); None for any other name."""
    found = _DID_WEB.fullmatch(did)
    if found is None:
        return None
    host, segments = unquote(found[1]), [unquote(part) for part in found[2].split(":")[1:]]
    scheme = "http" if host.partition(":")[0] == "localhost" else "https"
    return f"{scheme}://{host}/{'/'.join(segments) or '.well-known'}/did.json"


def did_key_document(did: str) -> Document | None:
    """Return the document that an Ed25519 did:key stands for (did:key, 3.1); None for any other key."""
    name = did.removeprefix("did:key:")
    try:
        decode_multikey(name)
    except ValueError:
        return None
    method = f"did:key:{name}#{name}"
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": f"did:key:{name}",
        "verificationMethod": [
            {"id": method, "type": "Multikey", "controller": f"did:key:{name}", "publicKeyMultibase": name}
        ],
        "assertionMethod": [method],
    }


def verification_method(did: str, number: int) -> str:
    """Return the address of the issuer's key `number`, counted from 1 in the order of their making."""
    return f"{did}#key-{number}"


def did_document(did: str, keys: Sequence[bytes], revoked: Mapping[int, datetime] | None = None) -> Document:
    """Publish every key the issuer ever had, oldest first, so that old signatures stay verifiable (DID Core 1.0, 5).

    Of those that fell into wrong hands `revoked` says by their number when that was known: they assert nothing.
    """
    revoked = revoked or {}
    methods = [_published(did, number, public, revoked.get(number)) for number, public in enumerate(keys, start=1)]
    return {
        "@context": [
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/multikey/v1",
            *(["https://w3id.org/security/jwk/v1"] if any(map(is_rsa, keys)) else []),
        ],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods if "revoked" not in method],
    }


def _published(did: str, number: int, public: bytes, revoked: datetime | None) -> Document:
    method = {"id": verification_method(did, number), "controller": did}
    if revoked:
        method["revoked"] = timestamp(revoked)
    if is_rsa(public):
        return {**method, "type": "JsonWebKey", "publicKeyJwk": public_jwk(public)}
    return {**method, "type": "Multikey", "publicKeyMultibase": encode_multikey(public)}


def _is_ip_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True

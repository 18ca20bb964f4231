"""Ed25519 keys, and the names under which the world finds them: Multikey and did:web."""

import secrets
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from . import base58
from .wire import Document

_ED25519_PUBLIC = b"\xed\x01"


def generate_secret() -> bytes:
    """Return a fresh 32-byte Ed25519 secret (RFC 8032, 5.1.5)."""
    return secrets.token_bytes(32)


def load_key(secret: bytes) -> Ed25519PrivateKey:
    """Return the signing key of a 32-byte secret."""
    return Ed25519PrivateKey.from_private_bytes(secret)


def public_key(secret: bytes) -> bytes:
    """Return the 32 public bytes that belong to a secret."""
    return load_key(secret).public_key().public_bytes_raw()


def encode_multikey(public: bytes) -> str:
    """Write a public key as `publicKeyMultibase` (Controlled Identifiers 1.0, 2.2.2)."""
    if len(public) != 32:
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


def verification_method(did: str, number: int) -> str:
    """Return the address of the issuer's key `number`, counted from 1 in the order of their making."""
    return f"{did}#key-{number}"


def did_document(did: str, keys: Sequence[bytes]) -> Document:
    """Publish every key the issuer ever had, oldest first, so that old signatures stay verifiable (DID Core 1.0, 5)."""
    methods = [
        {
            "id": verification_method(did, number),
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": encode_multikey(public),
        }
        for number, public in enumerate(keys, start=1)
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def _is_ip_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True

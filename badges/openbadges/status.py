"""One bit for each badge: lists of what was taken back (Bitstring Status List 1.0)."""

import base64
import binascii
import gzip
import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from .contexts import CREDENTIALS_V2
from .wire import Document, tidy, timestamp

MINIMUM_SIZE = 131_072
_MAX_BYTES = 2**21


class StatusListError(ValueError):
    """The list cannot be read, or does not reach as far as the index."""


def encode_list(set_indexes: Iterable[int], size: int = MINIMUM_SIZE) -> str:
    """Write a list of `size` bits with those at `set_indexes` set; index 0 is the left-most bit (3.2, 3.3)."""
    if size < MINIMUM_SIZE or size % 8:
        raise ValueError(f"A status list has at least {MINIMUM_SIZE} bits, in whole bytes.")
    bits = bytearray(size // 8)
    for index in set_indexes:
        if not 0 <= index < size:
            raise ValueError(f"Index {index} is outside the list.")
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")


def decode_list(encoded: str) -> bytes:
    """Read an `encodedList`; raise StatusListError for a bomb, a list that is too short, or anything unclear."""
    if not isinstance(encoded, str) or not encoded.startswith("u"):
        raise StatusListError("The list is not base64url Multibase.")
    stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        packed = base64.b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4), altchars=b"-_", validate=True)
        bits = stream.decompress(packed, _MAX_BYTES + 1)
    except (binascii.Error, zlib.error, ValueError):
        raise StatusListError("The list is not compressed as the standard says.") from None
    if len(bits) > _MAX_BYTES:
        raise StatusListError("The list is larger than we read.")
    if not stream.eof or stream.unused_data:
        raise StatusListError("The list is cut short or has something after its end.")
    if len(bits) * 8 < MINIMUM_SIZE:
        raise StatusListError("The list is shorter than the standard allows.")
    return bits


def is_set(bits: bytes, index: int) -> bool:
    """Tell whether the bit at `index` is set; raise StatusListError beyond the end of the list."""
    if not 0 <= index < len(bits) * 8:
        raise StatusListError(f"Index {index} is outside the list.")
    return bool(bits[index // 8] & 0x80 >> index % 8)


def status_list_credential(
    *,
    url: str,
    issuer: str,
    encoded_list: str,
    valid_from: datetime,
    valid_until: datetime | None = None,
    ttl: timedelta | None = None,
    purpose: str = "revocation",
) -> Document:
    """Return the unsigned credential that publishes a list; `issuer` must be the issuer of the badges in it (2.2)."""
    return tidy(
        {
            "@context": [CREDENTIALS_V2],
            "id": url,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": issuer,
            "validFrom": timestamp(valid_from),
            "validUntil": timestamp(valid_until),
            "credentialSubject": {
                "id": f"{url}#list",
                "type": "BitstringStatusList",
                "statusPurpose": purpose,
                "ttl": None if ttl is None else ttl // timedelta(milliseconds=1),
                "encodedList": encoded_list,
            },
        }
    )

"""Base58 with Bitcoin's alphabet, ten digits at a time (Multibase `z`: Controlled Identifiers 1.0, 2.4)."""

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUE = {digit: value for value, digit in enumerate(ALPHABET)}
_PAIRS = [high + low for high in ALPHABET for low in ALPHABET]
_CHUNK = 58**10


def encode(data: bytes) -> str:
    """Return `data` in base58; every leading zero byte becomes a leading `1`."""
    number = int.from_bytes(data)
    chunks = []
    while number:
        number, chunk = divmod(number, _CHUNK)
        pairs = []
        for _ in range(5):
            chunk, pair = divmod(chunk, 58 * 58)
            pairs.append(_PAIRS[pair])
        chunks.append("".join(reversed(pairs)))
    digits = "".join(reversed(chunks)).lstrip("1")
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + digits


def decode(text: str) -> bytes:
    """Return the bytes that `text` stands for; raise ValueError for a foreign digit."""
    number = 0
    for digit in text:
        if digit not in _VALUE:
            raise ValueError(f"{digit!r} is not a base58 digit.")
        number = number * 58 + _VALUE[digit]
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)

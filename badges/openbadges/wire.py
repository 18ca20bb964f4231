"""Between documents and bytes: what we write is tidy and exact, what we read is refused when in doubt."""

import json
import math
import re
from datetime import UTC, date, datetime
from typing import Any

Document = dict[str, Any]

MAX_BYTES = 2_000_000
MAX_DEPTH = 32

_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)
# U+FFFE and U+FFFF are no characters of XML 1.1: RDFC-1.0 (5) writes them as escapes, but widespread engines do not.
_UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Unreadable(ValueError):
    """The bytes are not one plain JSON object that every reader understands alike."""


def plain(text: str) -> str:
    """Return `text` without control characters and what is no character; line breaks become LF, tabs stay."""
    if text.isprintable():  # most is, and that is told at once
        return text
    return _UNSPEAKABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def has_control_characters(text: str) -> bool:
    """Tell whether `plain` would take something away."""
    return not text.isprintable() and _UNSPEAKABLE.search(text) is not None


def tidy(value: Any) -> Any:
    """Return `value` with plain text and without empty members: they MUST be omitted (OB 3.0, 8.1)."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {key: tidied for key, member in value.items() if not is_empty(tidied := tidy(member))}
    if isinstance(value, (list, tuple)):
        return [tidied for member in value if not is_empty(tidied := tidy(member))]
    return value


def is_empty(value: Any) -> bool:
    """Tell whether `value` says nothing: null, "", [] or {}; zero and false do say something."""
    return not value and (value is None or isinstance(value, (str, list, dict)))


def timestamp(moment: datetime | date | None) -> str | None:
    """Write a moment as `2026-01-02T03:04:05Z`, whole seconds (DateTimeZ); a bare day is its midnight."""
    if moment is None:
        return None
    if not isinstance(moment, datetime):
        return f"{moment.isoformat()}T00:00:00Z"
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be written.")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def moment(text: Any) -> datetime:
    """Read a DateTimeZ; raise ValueError for anything less than a full moment with its offset."""
    if not isinstance(text, str) or not _TIMESTAMP.fullmatch(text):
        raise ValueError(f"{text!r} is not a date and time with an offset, such as 2026-01-02T03:04:05Z.")
    return datetime.fromisoformat(text)


def encode(document: Document) -> bytes:
    """Return the one compact UTF-8 form of `document`, members in their given order."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def decode(content: bytes) -> Document:
    """Read one JSON object; refuse duplicate members, NaN, half characters, depth and size beyond reason."""
    document = decode_all(content)
    if not isinstance(document, dict):
        raise Unreadable("The document is not a JSON object.")
    return document


def decode_all(content: bytes, *, limit: int = MAX_BYTES) -> Document | list:
    """Read one JSON object or a list, as strictly as `decode`."""
    if len(content) > limit:
        raise Unreadable(f"The file is larger than {limit // 1_000_000} MB.")
    try:
        document = _READER.decode(content.decode())
    except Unreadable:
        raise
    except RecursionError:
        raise Unreadable("The document is nested too deeply.") from None
    except ValueError as error:
        raise Unreadable(f"This is not JSON in UTF-8: {error}.") from None
    if not isinstance(document, (dict, list)):
        raise Unreadable("The document is not a JSON object.")
    _refuse_depth(document)
    if b"\\u" in content and _SURROGATE.search(json.dumps(document, ensure_ascii=False)):
        raise Unreadable("A text holds half a character (a lone surrogate).")
    return document


def counted(document: Document, limit: int) -> int:
    """Return how many values a document holds, itself included; it stops counting soon after `limit`."""
    count, open_parts = 1, [document]
    while open_parts and count <= limit:
        part = open_parts.pop()
        below = list(part.values() if isinstance(part, dict) else part)
        count += len(below)
        open_parts += [value for value in below if isinstance(value, (dict, list))]
    return count


def is_address(text: bytes) -> bool:
    """Tell an address from a badge."""
    try:
        return text.decode().lower().startswith(("http://", "https://"))
    except ValueError:
        return False


def _members(pairs: list[tuple[str, Any]]) -> Document:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise Unreadable("A member name appears twice in one object.")
    return members


def _refuse(constant: str) -> None:
    raise Unreadable(f"{constant} is not a JSON number.")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise Unreadable("A number is beyond all bounds.")
    return number


_READER = json.JSONDecoder(object_pairs_hook=_members, parse_constant=_refuse, parse_float=_finite)


def _refuse_depth(document: Document | list) -> None:
    level: list[Any] = [document]
    for _ in range(MAX_DEPTH):
        below = [part for value in level for part in (value.values() if isinstance(value, dict) else value)]
        if not below:
            return
        level = [part for part in below if isinstance(part, (dict, list))]
    raise Unreadable(f"The document is nested more than {MAX_DEPTH} deep.")

"""The JSON-LD contexts we sign and read under: kept here, unmodified, pinned by hash; never fetched."""

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

CREDENTIALS_V1 = "https://www.w3.org/2018/credentials/v1"
CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES_V3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
VOCABULARY = "waymark-1.json"  # ours, for what the standards have no term for: every portal serves the same

_HERE = Path(__file__).parent
_VOCABULARY_URL = re.compile(r"https?://[^\s?#]+/contexts/waymark-1\.json")
MANIFEST: dict[str, dict[str, str]] = json.loads((_HERE / "manifest.json").read_bytes())


class UnknownContext(ValueError):
    """The document uses a context that we do not hold, so its meaning is unknown to us."""


@cache
def definitions(url: str) -> dict[str, Any]:
    """Return the term definitions that `url` stands for; refuse a copy that is not the pinned one."""
    if _VOCABULARY_URL.fullmatch(url):
        return json.loads(vocabulary())["@context"]
    if url not in MANIFEST:
        raise UnknownContext(f"The context {url} is not known here.")
    entry = MANIFEST[url]
    content = (_HERE / entry["file"]).read_bytes()
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise UnknownContext(f"The copy of {url} is not the pinned one.")
    return json.loads(content)["@context"]


def vocabulary() -> bytes:
    """Return our own context as it is served; it never changes: what comes later gets another number."""
    return (_HERE / VOCABULARY).read_bytes()


def addresses(document: dict[str, Any]) -> list[str]:
    """Return the contexts of `document`; an inline one is refused, for it could rename any term."""
    context = document.get("@context")
    urls = context if isinstance(context, list) else [context]
    if not urls or not all(isinstance(url, str) for url in urls):
        raise UnknownContext("The document needs @context: one or more known addresses.")
    return urls


def inlined(document: dict[str, Any]) -> dict[str, Any]:
    """Return `document` with each context address replaced by its definitions, also in the credentials inside it."""
    parts = {name: _inlined_below(value) for name, value in document.items() if name != "@context"}
    return {"@context": [definitions(url) for url in addresses(document)], **parts}


def _inlined_below(value: Any) -> Any:
    if isinstance(value, list):
        return [_inlined_below(item) for item in value]
    if isinstance(value, dict):
        return inlined(value) if "@context" in value else {name: _inlined_below(part) for name, part in value.items()}
    return value

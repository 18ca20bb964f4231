"""What tells whether a document was changed since it was kept."""

import hashlib
import json


def digest_of(document: dict) -> str:
    """Return the SHA-256 of a document as JSON with sorted keys and without spaces."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

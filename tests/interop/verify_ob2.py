"""Judges hosted Open Badges 2.0 by the official validator (PyPI `openbadges`); lets it reach this machine only.

    python verify_ob2.py [--allow HOST:PORT]... [--recipient email=ADDRESS] INPUT...

INPUT is the address of an assertion, a JSON file, or a baked PNG or SVG. Prints one line of JSON for each:
{"input", "verdict", "reasons"}. Hosts that are not allowed, or not loopback, answer 404; the contexts are the
validator's own.
"""

import argparse
import io
import json
import logging
import sys
import warnings
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import requests
import urllib3

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

from openbadges.verifier import verify  # noqa: E402
from openbadges.verifier.openbadges_context import (  # noqa: E402
    OPENBADGES_CONTEXT_V2_DICT,
    OPENBADGES_CONTEXT_V2_URI,
)
from openbadges_bakery import unbake  # noqa: E402

ALLOWED: set[str] = set()
MISSED: list[str] = []
_send = requests.adapters.HTTPAdapter.send


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def send(adapter, request, **options):
    """Let through what is allowed and local; answer everything else here."""
    address = urlsplit(request.url)
    if address.netloc in ALLOWED and is_loopback(address.hostname):
        return _send(adapter, request, **options)
    known = request.url == OPENBADGES_CONTEXT_V2_URI
    if not known:
        MISSED.append(request.url)
    body = json.dumps(OPENBADGES_CONTEXT_V2_DICT).encode() if known else b"not at hand"
    response = requests.Response()
    response.request, response.url, response.encoding = request, request.url, "utf-8"
    response.status_code = 200 if known else 404
    response.headers["Content-Type"] = "application/ld+json" if known else "text/plain"
    response.raw = urllib3.HTTPResponse(io.BytesIO(body), status=response.status_code, preload_content=False)
    response._content = body
    return response


def content(source: str) -> str:
    if source.startswith("http"):
        return source
    data = Path(source).read_bytes()
    if not data.startswith(b"\x89PNG") and b"<svg" not in data[:1000]:
        return data.decode().strip()
    with open(source, "rb") as picture:
        baked = unbake(picture)
    if not baked:
        raise ValueError("no badge in the picture")
    return baked.decode() if isinstance(baked, bytes) else baked


def judge(source: str, recipient: dict[str, str] | None) -> dict[str, object]:
    MISSED.clear()
    try:
        report = verify(content(source), recipient_profile=recipient, use_cache=False, cache_backend=None)["report"]
        reasons = [f"{message['messageLevel']}: {message['result']}" for message in report["messages"]]
        valid = report["valid"]
    except Exception as error:  # noqa: BLE001 - whatever the validator stumbles over is its verdict
        valid, reasons = False, [f"{type(error).__name__}: {error}"]
    reasons += [f"not at hand: {url}" for url in MISSED]
    return {"input": source, "verdict": "VALID" if valid else "INVALID", "reasons": reasons}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--allow", action="append", default=[], metavar="HOST:PORT")
    parser.add_argument("--recipient", metavar="TYPE=VALUE")
    parser.add_argument("inputs", nargs="+", metavar="INPUT")
    options = parser.parse_args()
    ALLOWED.update(options.allow)
    requests.adapters.HTTPAdapter.send = send
    recipient = dict([options.recipient.split("=", 1)]) if options.recipient else None
    answers = [judge(source, recipient) for source in options.inputs]
    for answer in answers:
        sys.stdout.write(json.dumps(answer) + "\n")
    return int(any(answer["verdict"] != "VALID" for answer in answers))


if __name__ == "__main__":
    sys.exit(main())

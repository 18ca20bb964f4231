"""Whatever stands in a badge or in what it leads to, the page answers: one odd value at a time, everywhere."""

import json
import os
from copy import deepcopy
from itertools import product
from random import Random

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.badges.elsewhere import SITE
from tests.badges.openbadges.test_older import KEY, pem, signed

pytestmark = pytest.mark.django_db
ODD = [
    None, True, -1, 1e300, 10**30, "", [], {}, [[]], [{}], {"id": []}, {"@value": []}, ["a", 1], "x" * 600, "\0",
    "http://[", "https://[::1", "https://a.example/\0", "did:web:[", "did:web:a%5B", "did:key:z6Mk", "urn:x", "mailto:",
    "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", {"id": "https://[", "type": "x"}, "sha256$", "#",
]  # fmt: skip
DRAWN = None if os.environ.get("FULL_SIZE") else 120


def places(document, path=()):
    """Return every place of a document as the way that leads there."""
    inside = document.items() if isinstance(document, dict) else enumerate(document)
    for name, value in inside:
        yield (*path, name)
        if isinstance(value, (dict, list)):
            yield from places(value, (*path, name))


def changed(document, path, value):
    """Return a copy of a document with another value at a place."""
    document = deepcopy(document)
    part = document
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = value
    return document


def as_token(facts) -> bytes:
    return signed({**facts, "verification": {"type": "signed", "creator": f"{SITE}/key"}})


def as_text(document) -> bytes:
    return json.dumps(document).encode()


@pytest.fixture
def cases(school):
    """Return what is handed in, and which page of the school is odd, in an order that is drawn."""
    hosted = deepcopy(school.hosts())
    school["/key"] = {"id": f"{SITE}/key", "owner": f"{SITE}/profile", "publicKeyPem": pem(KEY)}
    school["/revoked"] = {"id": f"{SITE}/revoked", "revokedAssertions": [{"id": "x", "uid": "y"}]}
    school.get("/profile").update({"publicKey": [f"{SITE}/key"], "revocationList": f"{SITE}/revoked"})
    newer, endorsement = json.loads(school.signs()), json.loads(school.endorses(f"{SITE}/badge"))
    given = [(newer, as_text), (endorsement, as_text), (hosted, as_text), (hosted, as_token)]
    found = [
        (write(changed(document, path, odd)), None, None)
        for document, write in given
        for path, odd in product(places(document), ODD)
    ]
    for page in ("/1", "/badge", "/profile", "/key", "/revoked", "/issuer/did.json"):
        handed_in = {"/1": f"{SITE}/1".encode(), "/issuer/did.json": as_text(newer)}.get(page, as_token(hosted))
        for path, odd in product(places(school.get(page)), ODD):
            found.append((handed_in, page, changed(school.get(page), path, odd)))
    Random(5).shuffle(found)
    return found[:DRAWN]


def test_no_odd_value_breaks_the_page(client, school, cases):
    for given, page, odd in cases:
        sound = school.get(page)
        if page:
            school[page] = odd
        cache.clear()
        answer = client.post("/verify", {"file": SimpleUploadedFile("badge", given)})
        assert answer.status_code in (200, 422), (given[:2000], page, odd)
        assert 'data-tone="success"' not in answer.text
        if page:
            school[page] = sound

"""The pages of an archive: they say what a badge says, and check it in the reader's browser."""

from pathlib import PurePath
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from badges.documents import address
from badges.models import Assertion, BadgeClassVersion, Issuer, Supplement
from portal.files.gate import clean_name

DOCUMENTS = {
    "credential": "credential.json",
    "token": "badge.jwt",
    "hosted": "assertion.json",
    "png": "badge.png",
    "svg": "badge.svg",
}


def assertion_page(assertion: Assertion, issuer: Issuer, token: bytes, supplements: list[Supplement]) -> str:
    """Return the page of a badge, in the language of the award; nobody's name is on it."""
    version = assertion.badge_version
    shown = {
        "token": token.decode(),
        "words": version.words(assertion.language),
        "picture": _path(address("assertion-png", assertion.key)),
        "version_page": _path(_page_of(version)),
        "documents": [
            {"name": name, "path": _path(address(f"assertion-{form}", assertion.key))}
            for form, name in DOCUMENTS.items()
        ],
        "supplements": [{"title": one.title, "sha256": one.sha256, "page": _path(one.address)} for one in supplements],
        "trusted": _path(address("issuer", issuer.key)) + "/trusted.js",
    }
    return _page("assertion", assertion.absolute_url, assertion.language, issuer, shown)


def supplement_page(supplement: Supplement, issuer: Issuer) -> str:
    """Return the page of a document that was added to a badge: the file, its hash, and what was signed of it."""
    assertion = supplement.assertion
    shown = {
        "words": assertion.badge_version.words(assertion.language),
        "supplement": supplement,
        "file": file_name(supplement),
        "assertion_page": _path(assertion.absolute_url),
    }
    return _page("supplement", supplement.address, assertion.language, issuer, shown)


def file_name(supplement: Supplement) -> str:
    """Return what the file of a document is called: names that were given to files tell of people."""
    return f"document{PurePath(clean_name(supplement.file.name)).suffix}"


def version_page(version: BadgeClassVersion, issuer: Issuer) -> str:
    """Return the page of a version of a badge class, in its original language."""
    language = version.content["original"]
    shown = {
        "words": version.words(language),
        "picture": version.picture_url.lstrip("/"),
        "criteria_url": version.content["criteria_url"],
    }
    return _page("version", _page_of(version), language, issuer, shown)


def issuer_page(issuer: Issuer, versions: list[BadgeClassVersion]) -> str:
    """Return the page of an issuer, with everything that it awarded."""
    listed = [
        {"page": _path(_page_of(one)), "number": one.number, "words": one.words(one.content["original"])}
        for one in versions
    ]
    return _page("issuer", address("issuer", issuer.key), settings.LANGUAGE_CODE, issuer, {"versions": listed})


def _page(name: str, where: str, language: str, issuer: Issuer, shown: dict) -> str:
    """Return a page whose links lead inside the archive, be it on a web server or on a disk.

    They go up to the root from the page's folder; a browser to which it is a file stays at the root.
    """
    spoken = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    context = {
        "language": spoken,
        "organiser": issuer.organiser.words(language),
        "issuer_page": _path(address("issuer", issuer.key)),
        "root": "../" * (_path(where).count("/") + 1),
        "where": where,
        **shown,
    }
    with translation.override(spoken):
        return render_to_string(f"badges/archive/{name}.html", context)


def _page_of(version: BadgeClassVersion) -> str:
    return address("version", version.badge_class.key, version.number)


def _path(where: str) -> str:
    return urlsplit(where).path.strip("/")

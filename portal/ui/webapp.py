"""The portal as an app that people install: how it presents itself, and what a device keeps of it."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext as _

WORKER = Path(__file__).with_name("worker.js")
FAMILIES, ALPHABETS = ("onest", "source-sans-3"), ("latin", "latin-ext", "cyrillic")
SHELL = [
    "portal/css/portal.css",
    "portal/js/portal.js",
    "portal/favicon.svg",
    *[f"portal/fonts/{family}-{alphabet}-wght-normal.woff2" for family in FAMILIES for alphabet in ALPHABETS],
]
SURFACE, PAPER = "#FFFFFF", "#FBFAF6"  # of the light look; pages name the dark one themselves


def manifest() -> dict:
    """Return what a device asks about the app before it installs it, in the language of the request."""
    return {
        "id": "/",
        "name": _("Waymark"),
        "short_name": _("Waymark"),
        "description": _("Learn, earn badges, be recognised"),
        "lang": get_language(),
        "dir": "rtl" if get_language_info(get_language())["bidi"] else "ltr",
        "start_url": resolve_url(settings.LOGIN_REDIRECT_URL),
        "scope": "/",
        "display": "standalone",
        "theme_color": SURFACE,
        "background_color": PAPER,
        "icons": [
            _icon("icon-192", 192),
            _icon("icon-512", 512),
            _icon("icon-maskable-512", 512, purpose="maskable"),
        ],
        "shortcuts": [
            _shortcut(_("My badges"), resolve_url(settings.LOGIN_REDIRECT_URL)),
            _shortcut(_("Check a badge"), reverse("badges:verify")),
        ],
    }


def _icon(name, side, purpose="any") -> dict:
    return {
        "src": static(f"portal/icons/{name}.png"),
        "sizes": f"{side}x{side}",
        "type": "image/png",
        "purpose": purpose,
    }


def _shortcut(name, url) -> dict:
    return {"name": name, "url": url, "icons": [_icon("icon-192", 192)]}


@cache
def worker_script() -> str:
    """Return the script that runs beside the pages, with what it has to know; another text is another version."""
    offline = {code: reverse("ui:offline", args=[code]) for code, _name in settings.LANGUAGES}
    facts = {
        "version": _fingerprint(offline),
        "shell": [static(name) for name in SHELL],
        "offline": offline,
        "signOut": reverse("account_logout"),
        "languageCookie": settings.LANGUAGE_COOKIE_NAME,
    }
    return f"const PORTAL = {json.dumps(facts)};\n{WORKER.read_text(encoding='utf-8')}"


def _fingerprint(languages) -> str:
    digest = hashlib.sha256(WORKER.read_bytes())
    for name in SHELL:
        found = finders.find(name)
        digest.update(static(name).encode() + (Path(found).read_bytes() if found else b""))
    for code in languages:
        digest.update(offline_page(code).encode())
    return digest.hexdigest()[:16]


def offline_page(code: str) -> str:
    """Return the page for what a device has not kept; it knows nothing of the person before it."""
    with override(code):
        return render_to_string("offline.html")


def kept_on_device(response: HttpResponse, *, also: str = "") -> HttpResponse:
    """Let the reader's device keep a page, to show it without a connection until that person signs out.

    `also` is the address of a list of more pages to keep, which the device reads by itself.
    """
    response["Portal-Keep"] = "page"
    if also:
        response["Portal-Keep-Also"] = also
    return response

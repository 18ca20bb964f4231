"""Collections and portfolios on paper: what strangers see of them, and to their owner more."""

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from badges.cards import printing
from badges.models import Collection, Portfolio

MOST = 100  # badges in a file, which take a web request seconds


def collection_pdf(collection: Collection, items: list) -> bytes:
    """Return a collection with these badges as PDF, in the reader's language."""
    name = collection.person.name if collection.shows_name else ""
    return _pdf(
        title=collection.name,
        lead=collection.description,
        kicker=_("Badges of %(name)s") % {"name": name} if name else _("A collection of badges"),
        parts=[{"title": "", "text": "", "items": items}],
        address=collection.shared_address,
    )


def own_collection_pdf(collection: Collection, items: list) -> bytes:
    """Return a collection with all these badges as PDF, for its owner alone: nothing in it leads to the collection."""
    return _pdf(
        title=collection.name,
        lead=collection.description,
        kicker=_("Badges of %(name)s") % {"name": collection.person.name},
        parts=[{"title": "", "text": "", "items": items}],
        address="",
    )


def portfolio_pdf(portfolio: Portfolio, parts: list[dict]) -> bytes:
    """Return a portfolio with these parts as PDF, in the reader's language."""
    titled = [
        {
            "title": part["collection"].name if part["collection"] else _("Badges"),
            "text": part["collection"].description if part["collection"] else "",
            "items": part["items"],
        }
        for part in parts
    ]
    name = portfolio.person.name if portfolio.shows_name else ""
    return _pdf(
        title=name or portfolio.headline or _("Portfolio"),
        lead=portfolio.headline if name else "",
        kicker=_("Portfolio"),
        about=portfolio.about,
        parts=titled,
        address=portfolio.address,
    )


def _pdf(*, parts: list[dict], address: str, **said) -> bytes:
    kept, left_out = _cut(parts)
    qr = address and segno.make(address, error="m", micro=False).svg_data_uri(border=0, omitsize=True)
    context = said | {"parts": kept, "left_out": left_out, "address": address, "qr": qr}
    context |= {"language": get_language(), "base_url": settings.BASE_URL}
    return printing().pdf(render_to_string("badges/documents/booklet.html", context))


def _cut(parts: list[dict]) -> tuple[list[dict], int]:
    """Return the parts with as many badges as a file holds, and how many are left out."""
    kept, room = [], MOST
    for part in parts:
        kept.append(part | {"items": part["items"][:room]})
        room -= len(kept[-1]["items"])
    return [part for part in kept if part["items"]], sum(len(part["items"]) for part in parts) - (MOST - room)

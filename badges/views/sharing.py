"""Sharing a badge: links, a QR code, and pictures in the shapes that networks show."""

from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from badges.documents import linkedin_address
from badges.forms.assertions import PublishForm
from badges.models import Assertion
from badges.permissions import may_publish, may_see_name
from badges.posters import SHAPES, Poster, poster_png
from badges.sharing import share_links
from badges.views.documents import for_machines, picture_of
from badges.views.public import words_for_reader
from portal.access import public, signed_in
from portal.ui.webapp import kept_on_device

KEPT = 24 * 3600


@signed_in
def share(request, key):
    """Offer the holder of a badge every way to show it."""
    mine = Assertion.objects.for_person(request.user).collected().with_words()
    assertion = get_object_or_404(mine, key=key)
    words = words_for_reader(assertion)
    card = settings.BASE_URL + reverse("badges:assertion-poster", args=[assertion.key, "card"])
    context = {
        "assertion": assertion,
        "words": words,
        "may_publish": may_publish(assertion, request.user),
        "form": PublishForm(),
        "address": assertion.absolute_url,
        "links": share_links(address=assertion.absolute_url, title=words["name"], picture=card),
        "linkedin": linkedin_address(assertion, words["name"]),
        "qr": segno.make(assertion.absolute_url, error="m", micro=False).svg_data_uri(border=2, omitsize=True),
    }
    return kept_on_device(render(request, "badges/share.html", context))


@public
def poster(request, key, shape):
    """Draw a badge as a picture to share: it says what strangers see on the badge's page."""
    if shape not in SHAPES:
        raise Http404
    stranger = AnonymousUser()
    assertion = get_object_or_404(Assertion.objects.visible_to(stranger).live().with_words(), key=key, erased_at=None)
    words = words_for_reader(assertion)
    name = assertion.name if may_see_name(assertion, stranger) else ""
    kept_under = f"poster:{assertion.key}:{shape}:{words['language']}:{bool(name)}"
    png = cache.get(kept_under)
    if png is None:
        said = Poster(
            badge=picture_of(assertion.badge_version),
            title=words["name"],
            kicker=assertion.badge_class.get_kind_display(),
            recipient=name,
            issuer=assertion.badge_class.organiser.name,
            foot=urlsplit(settings.BASE_URL).netloc,
        )
        png = poster_png(said, shape)
        cache.set(kept_under, png, KEPT)
    response = for_machines(HttpResponse(png, content_type="image/png"))
    if "download" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="badge-{shape}.png"'
    return response

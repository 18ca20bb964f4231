"""A badge as paper, for those who may open its page."""

from allauth.core.internal.ratelimit import consume, respond_429
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from badges import cards
from badges.certificates import certificate_pdf
from badges.models import Assertion
from badges.permissions import may_see_name
from badges.views.documents import erased_badge, removed
from portal.access import public

LIMITS = {"certificate": "60/m/ip", "booklet": "20/m/ip"}  # each takes a tenth of a second; of a booklet a whole one


def refused(request, action):
    """Answer that no PDF can be made now; None where one can."""
    if not consume(request, app="badges", action=action, config=LIMITS, limit_get=True):
        return respond_429(request)
    if not cards.may_print():
        return HttpResponse(_("This portal cannot make PDF files at the moment; its keepers can see why."), status=503)
    return None


def pdf_answer(content, *, name):
    """Answer with a PDF file that is nobody else's to keep."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, max-age=30"
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response


@public
def assertion_pdf(request, key):
    """Send the certificate of a badge that is out; the name stands on it where the reader sees it on the page."""
    if gone := erased_badge(key):
        return removed(request, gone)
    out = Assertion.objects.visible_to(request.user).out()
    found = get_object_or_404(out.with_words().select_related("batch", "row"), key=key)
    if no := refused(request, "certificate"):
        return no
    content = certificate_pdf(found, name=found.name if may_see_name(found, request.user) else "")
    response = pdf_answer(content, name=f"badge-{found.key}")
    if "download" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="badge-{found.key}.pdf"'
    return response

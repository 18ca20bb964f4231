"""The styleguide, the choice of light or dark by somebody who has no account, and what makes the portal an app."""

import hashlib

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition, require_POST, require_safe

from portal.access import public
from portal.asked import place_asked
from portal.ui import samples
from portal.ui.templatetags.ui import ICONS
from portal.ui.webapp import manifest, offline_page, worker_script

THEMES = ("light", "dark")


@public
def styleguide(request):
    """Show every component in all its states, with sample data; only where nobody takes it for real."""
    if not (settings.DEMO or settings.TESTING):
        raise Http404
    facts = {
        **samples.DATA,
        "empty_form": samples.SampleForm(),
        "faulty_form": samples.SampleForm(samples.FAULTY, prefix="faulty"),
        "page": Paginator(range(400), 20).page(7),
        "icon_names": sorted(path.stem for path in ICONS.glob("*.svg")),
    }
    return render(request, "styleguide/index.html", facts)


@public
@csrf_exempt  # a look is no secret, and a form token would make every page of a stranger their own
@require_POST
def theme(request):
    """Keep the chosen theme in a cookie; anything else than light and dark follows the device."""
    response = redirect(place_asked(request.POST))
    if request.POST.get("theme") in THEMES:
        response.set_cookie(
            "theme",
            request.POST["theme"],
            max_age=365 * 24 * 3600,
            samesite="Lax",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )
    else:
        response.delete_cookie("theme")
    return response


@public
@require_safe
def web_manifest(request):
    """Tell a device how to install the portal as an app."""
    response = JsonResponse(manifest(), content_type="application/manifest+json")
    response["Cache-Control"] = "private, no-cache"  # in the language of whoever asks
    return response


@public
@require_safe
@condition(etag_func=lambda request: f'"{hashlib.sha256(worker_script().encode()).hexdigest()[:16]}"')
def worker(request):
    """Serve the script that runs beside the pages; its place at the root lets it stand beside all of them."""
    response = HttpResponse(worker_script(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@public
@require_safe
def offline(request, code):
    """Show the page that a device keeps for the time without a connection."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    response = HttpResponse(offline_page(code))
    response["Content-Language"] = code
    return response

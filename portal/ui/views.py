"""The styleguide, and the choice of light or dark by somebody who has no account."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from portal.access import public
from portal.asked import place_asked
from portal.ui import samples
from portal.ui.templatetags.ui import ICONS

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

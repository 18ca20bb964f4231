"""Pages for a form that could not be taken at once."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from portal.access.labels import in_words
from portal.access.rules import public, signed_in
from portal.access.typed import forget_typed, recall_typed, settle, typed_values
from portal.asked import wants_json


@signed_in
def resume(request):
    """Show what the person typed before their session ended, ready to be sent."""
    settle(request)
    kept = recall_typed(request)
    if kept is None:
        return redirect("/")
    return render(request, "errors/resume.html", {"kept": kept, "typed": in_words(kept["path"], kept["values"])})


@signed_in
@require_POST
def discard(request):
    """Throw away what was typed."""
    forget_typed(request)
    return redirect("/")


@signed_in
@require_safe
def back(request):
    """Send a person who signed in again back to the window in which they were writing."""
    return render(request, "errors/back.html")


@public
def csrf_failure(request, reason=""):
    """Explain a refused form and give back what was typed, so that it can be copied; a page gets its new token."""
    if wants_json(request):
        is_in = request.user.is_authenticated
        return JsonResponse({"token": get_token(request)}, status=403) if is_in else HttpResponse(status=401)
    return given_back(request)


def unreadable(request, exception):
    """Explain a request that could not be read, and what to do where it was only too large.

    The page knows nothing of the request, which may be anything.
    """
    facts = {"is_too_large": isinstance(exception, RequestDataTooBig)}
    return HttpResponseBadRequest(render_to_string("400.html", facts))


def given_back(request):
    """Show what was typed, so that it can be copied, and what to do."""
    return render(request, "errors/csrf.html", {"typed": in_words(request.path, typed_values(request))}, status=403)

"""Pages for a form that could not be taken at once."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from portal.access.rules import public, signed_in
from portal.access.typed import forget_typed, recall_typed, settle, typed_values


@signed_in
def resume(request):
    """Show what the person typed before their session ended, ready to be sent."""
    settle(request)
    kept = recall_typed(request)
    if kept is None:
        return redirect("/")
    return render(request, "errors/resume.html", {"kept": kept})


@signed_in
@require_POST
def discard(request):
    """Throw away what was typed."""
    forget_typed(request)
    return redirect("/")


@public
def csrf_failure(request, reason=""):
    """Explain a refused form and give back what was typed, so that it can be copied."""
    return render(request, "errors/csrf.html", {"typed": typed_values(request)}, status=403)

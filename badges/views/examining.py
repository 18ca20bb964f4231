"""Verify any badge, and whom the network knows among issuers elsewhere."""

from allauth.core.internal.ratelimit import consume
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from badges.actions.known_issuers import add_known_issuer, forget_known_issuer
from badges.examining import examine
from badges.forms.examining import ExamineForm, KnownIssuerForm
from badges.models import KnownIssuer
from badges.openbadges import Unreadable
from badges.permissions import may_keep_known_issuers
from portal.access import public, requires
from portal.asked import wants_json
from portal.fetching import NotFetched

LIMITS = {"verify": "60/10m/ip", "import": "60/10m/user"}


@csrf_exempt  # it changes nothing, and programs of other sites may ask as well
@public
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request):
    """Check a badge from anywhere for anybody: a file, a text, or the address where it stands."""
    form = handed_in(request)
    is_too_often = form.is_bound and refuse_too_often(request, form, "verify")
    found = examined(form, request) if form.is_bound and not is_too_often else None
    status = 429 if is_too_often else 422 if form.is_bound and not found else 200
    if form.is_bound and wants_json(request):
        return JsonResponse(found.for_machines if found else {"errors": form.errors}, status=status)
    return render(request, "badges/verify.html", {"form": form, "found": found}, status=status)


def handed_in(request) -> ExamineForm:
    """Return the form with what was sent; a blank one where nothing was."""
    return ExamineForm(request.POST, request.FILES) if request.method == "POST" else ExamineForm()


def refuse_too_often(request, form, action: str) -> bool:
    """Count an act; say in its form that it was one too many, so that what was typed stands, and return that."""
    if consume(request, app="badges", action=action, config=LIMITS):
        return False
    form.add_error(None, _("Those were many tries in a short time. Wait a few minutes, then try again."))
    return True


def examined(form, request):
    """Return what was found about the badge in a form; None where none is in it, which the form then says."""
    if not form.is_valid():
        return None
    try:
        return examine(form.given(), by=request.user if request.user.is_authenticated else None)
    except NotFetched as trouble:
        form.add_error("text", trouble.reason)
    except Unreadable as fault:
        say_no_badge(form, fault)
    return None


def say_no_badge(form, fault: Unreadable) -> None:
    """Tell in a form that no badge is in what was handed in, and what was wrong with it in technical English."""
    form.add_error(None, format_html('{} <span lang="en">{}</span>', _("No badge was found in it."), fault))


@requires(may_keep_known_issuers)
def known_issuers(request):
    """List the issuers elsewhere whom the network knows, and add one."""
    form = KnownIssuerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        known = add_known_issuer(by=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s is known to the network now.") % {"name": known.name})
        return redirect("badges:known-issuers")
    context = {"known": KnownIssuer.objects.select_related("added_by"), "form": form}
    return render(request, "badges/known_issuers.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires(may_keep_known_issuers)
def known_issuer_forget(request, pk):
    """Take an issuer off the list."""
    known = get_object_or_404(KnownIssuer, pk=pk)
    forget_known_issuer(known, by=request.user)
    messages.success(request, _("%(name)s is off the list.") % {"name": known.name})
    return redirect("badges:known-issuers")

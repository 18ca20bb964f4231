"""Documents added to issued badges: opened by those who may, added and taken back by issuers."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from badges.actions.supplements import NOT_VALID, add_supplement, may_be_supplemented, withdraw_supplement
from badges.forms.supplements import SupplementForm, WithdrawForm
from badges.models import Supplement
from badges.permissions import may_correct, may_take_back
from badges.views.documents import for_machines
from badges.views.issued import assertion_seen
from portal.access import public, requires
from portal.files.responses import private_response
from portal.workflow import StepRefused


def supplement_seen(user, key) -> Supplement:
    """Fetch a document that a person may open."""
    return get_object_or_404(Supplement.objects.visible_to(user).select_related("file"), key=key)


@require_safe
@public
def supplement(request, key):
    """Hand a document out: to everybody when its holder shows it, else to the holder and the issuer alone."""
    return private_response(supplement_seen(request.user, key).file)


@require_safe
@public
def supplement_statement(request, key):
    """Serve what the issuer signed of a document, to those who may open it: the bytes that were signed."""
    found = supplement_seen(request.user, key)
    response = HttpResponse(found.statement, content_type="application/vc+ld+json")
    if not found.is_public:
        response["Cache-Control"] = "no-store, private"
        return response
    return for_machines(response)


@requires(may_correct, of=assertion_seen)
def supplement_add(request, assertion):
    """Add a document to a badge."""
    if not may_be_supplemented(assertion):
        raise StepRefused([NOT_VALID])
    form = SupplementForm(request.POST or None, request.FILES or None, assertion=assertion)
    if form.is_bound and form.is_valid():
        try:
            add_supplement(assertion, by=request.user, **form.cleaned_data)
        except ValidationError as fault:
            form.add_error("file", fault)
        else:
            messages.success(request, _("The document is added, and the holder is told. Only they decide who sees it."))
            return redirect(assertion.workspace_url)
    context = {"organiser": assertion.badge_class.organiser, "assertion": assertion, "form": form}
    return render(request, "badges/supplement_add.html", context, status=422 if form.is_bound else 200)


@requires(may_take_back, of=assertion_seen)
def supplement_withdraw(request, assertion, document):
    """Take a document back, after asking once."""
    found = get_object_or_404(assertion.supplements.standing(), key=document)
    form = WithdrawForm(request.POST if request.method == "POST" else None, is_public=found.is_public)
    if form.is_bound and form.is_valid():
        withdraw_supplement(found, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The document is taken back and its file is deleted. The holder is told."))
        return redirect(assertion.workspace_url)
    context = {
        "organiser": assertion.badge_class.organiser,
        "assertion": assertion,
        "supplement": found,
        "form": form,
    }
    return render(request, "badges/supplement_withdraw.html", context, status=422 if form.is_bound else 200)

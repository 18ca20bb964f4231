"""Pages of the terms of use and of the privacy notice: read, agreed to, and written by network admins."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.access import public, requires, signed_in
from portal.accounts.models import TermsText, TermsVersion
from portal.accounts.permissions import may_write_terms
from portal.accounts.terms import accept_terms, draft_terms, put_terms_in_force, terms_changes, write_terms
from portal.accounts.terms_forms import InForceForm, TermsForm
from portal.asked import number_asked, place_asked
from portal.workflow import StepRefused

Kind = TermsText.Kind


@public
def terms(request, number=None):
    """Show the terms of use: those in force, or a former version."""
    return shown(request, Kind.TERMS, number)


@public
def privacy(request, number=None):
    """Show the privacy notice: the one in force, or a former version."""
    return shown(request, Kind.PRIVACY, number)


def shown(request, kind, number):
    """Show a text of a version; with `since`, what changed from an earlier one."""
    versions = list(TermsVersion.objects.fixed())
    now = TermsVersion.objects.in_force()
    version = find(versions, number) if number else now
    context = {"kind": kind, "url_name": f"accounts:{kind.value}", "versions": versions, "now": now}
    context |= {"version": version, "text": version.words(get_language())[kind]}
    if earlier := number_asked(request.GET, "since"):
        context["since"] = find(versions, earlier)
        context["changes"] = terms_changes(context["since"], version, get_language(), [kind])
    return render(request, "accounts/terms.html", context)


def find(versions, number):
    """Return the version of a number; 404 where there is none that others may read."""
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        raise Http404
    return found


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def terms_accept(request):
    """Ask a person to agree to the terms in force, showing what changed since those that they agreed to."""
    there = place_asked(request.POST or request.GET)
    if not request.user.must_accept_terms:
        return redirect(there)
    if request.method == "POST":
        accept_terms(request.user, how="asked")
        return redirect(there)
    now, last = TermsVersion.objects.in_force(), request.user.acceptances.order_by("version").last()
    context = {"version": now, "last": last and last.version, "there": there}
    if last:
        context["changes"] = terms_changes(last.version, now, get_language())
    return render(request, "accounts/terms_accept.html", context)


@requires(may_write_terms)
def terms_list(request):
    """List every version, the draft first."""
    versions = TermsVersion.objects.all()
    context = {"versions": versions, "now": TermsVersion.objects.in_force(), "has_draft": versions[0].is_draft}
    return render(request, "accounts/terms_list.html", context)


@requires(may_write_terms)
@require_POST
def terms_new(request):
    """Begin a new version."""
    return redirect("accounts:terms-edit", draft_terms(by=request.user).number)


@requires(may_write_terms)
def terms_edit(request, number):
    """Write the texts of a draft."""
    version = get_object_or_404(TermsVersion, number=number, in_force_on=None)
    form = TermsForm(request.POST or None, version=version)
    if request.method == "POST" and form.is_valid():
        write_terms(version, by=request.user, words=form.words())
        messages.success(request, _("The draft is saved."))
        return redirect("accounts:terms-preview", number)
    context = {"form": form, "version": version}
    return render(request, "accounts/terms_edit.html", context, status=422 if form.errors else 200)


@requires(may_write_terms)
def terms_preview(request, number):
    """Show a draft as it will be read, and what changed; put it in force from a day."""
    version = get_object_or_404(TermsVersion, number=number, in_force_on=None)
    form = InForceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            put_terms_in_force(version, by=request.user, on=form.cleaned_data["on"])
        except StepRefused as refused:
            form.add_error("on", str(refused))
        else:
            messages.success(request, _("It has its day. From then on everybody is asked."))
            return redirect("accounts:terms-list")
    last = TermsVersion.objects.fixed().first()
    context = {
        "version": version,
        "form": form,
        "texts": version.words(get_language()).values(),
        "changes": terms_changes(last, version, get_language()),
        "edit_url": reverse("accounts:terms-edit", args=[number]),
    }
    return render(request, "accounts/terms_preview.html", context, status=422 if form.errors else 200)

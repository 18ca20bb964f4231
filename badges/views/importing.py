"""Badges of other platforms in a person's backpack: add one, look at it, check it again, take it out."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from badges.actions.importing import NotTaken, check_again, import_badge, remove_imported
from badges.examining import known_as
from badges.models import ImportedBadge
from badges.openbadges import Unreadable
from badges.views.examining import handed_in, refuse_too_often, say_no_badge
from portal.access import signed_in
from portal.fetching import NotFetched
from portal.files.responses import private_response
from portal.ui.webapp import kept_on_device


@signed_in
def import_add(request):
    """Take a badge of another platform into the backpack; one that cannot be kept is shown with the reason."""
    form, found = handed_in(request), None
    is_too_often = form.is_bound and refuse_too_often(request, form, "import")
    if form.is_valid():
        try:
            imported = import_badge(form.given(), name=form.given_name(), by=request.user)
        except NotTaken as refusal:
            found = refusal.found
            form.add_error(None, refusal.reasons[0])
        except NotFetched as trouble:
            form.add_error("text", trouble.reason)
        except Unreadable as fault:
            say_no_badge(form, fault)
        except ValidationError as full:
            form.add_error(None, full)
        else:
            messages.success(request, _("The badge is under “My badges” now."))
            return redirect(imported)
    context = {"form": form, "found": found}
    status = 429 if is_too_often else 422 if form.is_bound else 200
    return render(request, "badges/import_add.html", context, status=status)


@signed_in
def imported(request, key):
    """Show a person a badge of another platform that they keep, and what the last check found."""
    badge = own(request, key)
    context = {"badge": badge, "known_as": known_as(badge.issuer_address) if badge.is_of_known else ""}
    return kept_on_device(render(request, "badges/imported.html", context))


@signed_in
def imported_file(request, key):
    """Hand a badge out as it was received."""
    badge = own(request, key)
    try:
        return private_response(badge.file)
    except FileNotFoundError:
        return say_file_is_gone(request, badge)


@require_POST
@signed_in
def imported_check(request, key):
    """Check a badge of another platform once more."""
    badge = own(request, key)
    try:
        badge = check_again(badge, by=request.user)
    except FileNotFoundError:
        return say_file_is_gone(request, badge)
    if badge.could_not_be_read:
        messages.warning(request, _("The badge could not be checked now: its issuer’s site does not answer."))
    else:
        messages.success(request, _("The badge was checked just now."))
    return redirect(badge)


@signed_in
def imported_remove(request, key):
    """Take a badge of another platform out of the backpack, after asking once."""
    badge = own(request, key)
    if request.method == "POST":
        remove_imported(badge, by=request.user)
        messages.success(request, _("The badge is no longer under “My badges”."))
        return redirect("badges:backpack")
    return render(request, "badges/imported_remove.html", {"badge": badge})


def say_file_is_gone(request, badge):
    """Tell a person that the file which they added is lost, and what to do."""
    messages.error(request, _("The file of this badge is missing here. Take the badge out, and add it again."))
    return redirect(badge)


def own(request, key) -> ImportedBadge:
    """Fetch a badge of the person who asks; those of others are not there."""
    return get_object_or_404(ImportedBadge.objects.of(request.user).select_related("file"), key=key)

"""What is kept about a person, for them alone."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.access import signed_in
from portal.accounts.exporting import ask_for_data, may_ask_again
from portal.accounts.models import DataExport
from portal.files.responses import private_response
from portal.privacy import PersonalData, personal_data

AREAS = {
    "": gettext_lazy("Your account"),
    "badges": gettext_lazy("Badges"),
    "pathways": gettext_lazy("Learning"),
    "organisers": gettext_lazy("Organisers"),
    "quality_label": gettext_lazy("Quality Label"),
    "reports": gettext_lazy("Reports"),
}


@signed_in
def data(request):
    """Show what is kept, why and for how long; the download, and the way out."""
    export = DataExport.objects.filter(person=request.user).select_related("file").first()
    context = {"areas": kept_by_area(), "export": export, "may_ask": may_ask_again(request.user)}
    return render(request, "accounts/data.html", context)


def kept_by_area() -> list[tuple[str, list[PersonalData]]]:
    """Return the areas of the portal by name, each with what is kept there in the order of the alphabet."""
    kept = {area: [] for area in AREAS}
    for entry in sorted(personal_data().values(), key=lambda entry: str(entry.label).casefold()):
        kept[entry.app if entry.app in AREAS else ""].append(entry)
    return [(AREAS[area], entries) for area, entries in kept.items()]


@require_POST
@signed_in
@reauthentication_required
def data_make(request):
    """Have everything put into one file."""
    ask_for_data(request.user)
    messages.success(request, _("Your file is being made. You get a mail when it is ready."))
    return redirect("accounts:data")


@signed_in
@reauthentication_required
def data_file(request, key):
    """Send a person's file to them."""
    export = get_object_or_404(DataExport.objects.exclude(file=None), key=key, person=request.user)
    return private_response(export.file)

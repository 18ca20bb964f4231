"""Documents for many badges of an award: sent as a ZIP with a table, checked, then added."""

from allauth.core.internal.ratelimit import consume, respond_429
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from badges.actions.supplement_parcels import FAULTS, begin_parcel, drop_parcel, send_parcel
from badges.forms.supplements import ParcelForm
from badges.models import SupplementParcel
from badges.permissions import may_supplement
from badges.views.awards import batch_seen
from portal.access import requires

LIMITS = {"supplement_parcel": "30/h/user"}  # reading a large ZIP takes seconds


def parcel_of(batch, key) -> SupplementParcel:
    """Fetch a parcel for an award."""
    found = get_object_or_404(SupplementParcel.objects.select_related("file"), batch=batch, key=key)
    found.batch = batch
    return found


@requires(may_supplement, of=batch_seen)
def parcel_begin(request, batch):
    """Take a ZIP and its table, and lead to what was read."""
    if not batch.is_out:
        raise Http404
    if request.method == "POST" and not consume(request, app="badges", action="supplement_parcel", config=LIMITS):
        return respond_429(request)
    form = ParcelForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            return redirect(begin_parcel(batch, by=request.user, **form.cleaned_data))
        except ValidationError as fault:
            form.add_error(None, fault)
    context = {"organiser": batch.badge_class.organiser, "batch": batch, "badge": batch.badge_class, "form": form}
    return render(request, "badges/supplement_parcel_begin.html", context, status=422 if form.is_bound else 200)


@requires(may_supplement, of=batch_seen)
def parcel(request, batch, parcel):
    """Show which documents fit and which do not; add those that do."""
    found = parcel_of(batch, parcel)
    if request.method == "POST":
        try:
            added = send_parcel(found, by=request.user)
        except ValidationError as fault:
            messages.error(request, " ".join(fault.messages))
            return redirect(found)
        text = ngettext("%(count)d document is added.", "%(count)d documents are added.", added) % {"count": added}
        messages.success(request, text if added else _("These documents were added already."))
        return redirect(found)
    faults = [row | {"said": row["said"] or FAULTS[row["fault"]]} for row in found.faulty]
    context = {
        "organiser": batch.badge_class.organiser,
        "batch": batch,
        "badge": batch.badge_class,
        "parcel": found,
        "ready": found.ready,
        "faults": faults,
    }
    return render(request, "badges/supplement_parcel.html", context)


@require_POST
@requires(may_supplement, of=batch_seen)
def parcel_drop(request, batch, parcel):
    """Throw away what was read."""
    drop_parcel(parcel_of(batch, parcel), by=request.user)
    messages.success(request, _("The documents were thrown away. Nothing was added."))
    return redirect("badges:supplement-parcel-begin", batch.badge_class.organiser.slug, batch.key)

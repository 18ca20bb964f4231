"""The endorsements of an organiser, and asking for one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from badges.actions.endorsements import ask_for_endorsement
from badges.forms.endorsements import EndorsementRequestForm, OrganiserSearchForm
from badges.models import Endorsement
from badges.permissions import stands_for
from badges.subjects import kinds
from badges.views.subjects import subject_seen
from organisers.models import Organiser
from organisers.permissions import may_issue
from organisers.views import organiser_seen
from portal.access import requires

FOUND_AT_ONCE = 20


@requires(may_issue, of=organiser_seen)
def endorsement_list(request, organiser):
    """List what waits, what the organiser received and gave, and what is over."""
    all_of_it = Endorsement.objects.of(organiser)
    parts = {
        "waiting": (_("Waiting"), all_of_it.waiting()),
        "received": (pgettext("endorsements", "Received"), Endorsement.objects.received(organiser)),
        "given": (_("Given"), Endorsement.objects.given_by(organiser)),
        "ended": (_("Over"), all_of_it.ended()),
    }
    shown = request.GET.get("show")
    shown = shown if shown in parts else "waiting"
    context = {
        "organiser": organiser,
        "shown": shown,
        "tabs": [
            {"name": name, "url": f"?show={part}", "current": part == shown, "count": rows.count()}
            for part, (name, rows) in parts.items()
        ],
        "page": Paginator(parts[shown][1].with_words(), 30).get_page(request.GET.get("page")),
    }
    return render(request, "badges/endorsement_list.html", context)


@requires(may_issue, of=organiser_seen)
def endorsement_ask(request, organiser):
    """Choose for what an endorsement is asked; the shortest list first."""
    groups = [(kind.label, things) for kind in kinds().values() if (things := kind.of(organiser))]
    context = {"organiser": organiser, "groups": sorted(groups, key=lambda group: len(group[1]))}
    return render(request, "badges/endorsement_ask.html", context)


def askable(subject):
    """Return the organisers that can be asked to endorse a thing."""
    own = Organiser.objects.within(subject.organiser.whole())
    operating = Organiser.objects.with_words().filter(standing__in=Organiser.OPERATING)
    return operating.exclude(pk__in=own.values("pk"))


@requires(stands_for, of=subject_seen)
def endorsement_whom(request, subject):
    """Find the organiser to be asked."""
    form = OrganiserSearchForm(request.GET or None)
    asked = form.cleaned_data["q"].strip() if form.is_valid() else ""
    named = askable(subject).filter(texts__name__icontains=asked).distinct() if asked else askable(subject)
    page = Paginator(named.order_by("slug"), FOUND_AT_ONCE).get_page(request.GET.get("page"))
    context = {"subject": subject, "form": form, "asked": asked, "page": page}
    return render(request, "badges/endorsement_whom.html", context)


@requires(stands_for, of=subject_seen)
def endorsement_request(request, subject, endorser):
    """Ask an organiser to endorse a thing, with a few words."""
    endorser = get_object_or_404(askable(subject), slug=endorser)
    form = EndorsementRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = ask_for_endorsement(subject, endorser=endorser, message=form.cleaned_data["message"], by=request.user)
        messages.success(request, _("Your request is with the owners. You get a mail when they answer."))
        return redirect(asked)
    context = {"subject": subject, "endorser": endorser, "form": form}
    return render(request, "badges/endorsement_request.html", context, status=422 if form.errors else 200)

"""Where the network looks after appeals: admits them, and writes down what their panels decided."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import requires
from quality_label.actions.appeal import admit_appeal, take_up_appeal, turn_appeal_away
from quality_label.actions.appeal_decision import criteria_named, decide_appeal, majority_of
from quality_label.forms.appeals import DecideForm, TurnAwayForm
from quality_label.forms.steps import StepForm
from quality_label.models import Appeal, AppealSeat
from quality_label.permissions import may_administer_appeal, may_see_appeal, may_see_appeals
from quality_label.views import steps

FORMS = {"take_up": StepForm, "turn_away": TurnAwayForm, "admit": StepForm, "dismiss": DecideForm}
SHOWN = 50


def appeal_seen(user, key) -> Appeal:
    """Fetch an appeal for network admins without a conflict."""
    appeal = get_object_or_404(Appeal.objects.with_words(), key=key)
    if not (user.is_authenticated and may_see_appeal(appeal, user)):
        raise Http404
    return appeal


@require_safe
@requires(may_see_appeals)
def appeal_list(request):
    """List the appeals, the running ones first."""
    found = Appeal.objects.with_words()
    context = {"running": found.running().order_by("decide_by"), "ended": found.exclude(ended_at=None)[:SHOWN]}
    return render(request, "quality_label/appeal_list.html", context)


@require_safe
@requires(may_see_appeal, of=appeal_seen)
def appeal(request, appeal):
    """Show an appeal with the steps that are open to the reader."""
    return show(request, appeal)


def show(request, appeal, *, forms=None, status=200):
    """Show it with the forms of the open steps, and how the panel voted."""
    may_administer, majority = may_administer_appeal(appeal, request.user), majority_of(appeal)
    open_ones = steps.open_forms(appeal, request.user, FORMS, forms) if may_administer else {}
    if not majority:
        open_ones.pop("dismiss", None)
    context = {
        "appeal": appeal,
        "organiser": appeal.application.organiser,
        "may_administer": may_administer,
        "majority": AppealSeat.Vote(majority).label if majority else "",
        "named": criteria_named(appeal) if majority == AppealSeat.Vote.IN_PART else [],
        "seats": appeal.seats.select_related("person") if may_administer else [],
        "forms": open_ones,
    }
    return render(request, "quality_label/appeal.html", context, status=status)


def take_step(request, appeal, name, act, said):
    """Take a step with what its form says; show that form again where it is not possible."""
    return steps.take_step(
        request,
        FORMS[name](request.POST, row=appeal, prefix=name),
        act,
        said,
        show=show,
        fetch=lambda: appeal_seen(request.user, appeal.key),
    )


@require_POST
@requires(may_administer_appeal, of=appeal_seen)
def appeal_take_up(request, appeal):
    """Begin to check it."""
    return take_step(request, appeal, "take_up", take_up_appeal, _("You look after this appeal now."))


@require_POST
@requires(may_administer_appeal, of=appeal_seen)
def appeal_turn_away(request, appeal):
    """Find it not admissible."""
    return take_step(request, appeal, "turn_away", turn_appeal_away, _("The appeal is over, and the owners are told."))


@require_POST
@requires(may_administer_appeal, of=appeal_seen)
def appeal_admit(request, appeal):
    """Give it to a panel."""
    return take_step(request, appeal, "admit", admit_appeal, _("Three people were drawn and are asked."))


@require_POST
@requires(may_administer_appeal, of=appeal_seen)
def appeal_decide(request, appeal):
    """Write down what the panel decided."""
    said = _("The decision is written down and takes effect, and the owners are told.")
    return take_step(request, appeal, "dismiss", decide_appeal, said)

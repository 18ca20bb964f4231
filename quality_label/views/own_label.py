"""The label in the workspace of its holder: how it stands, answering to a suspension, giving it back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import requires
from portal.ui.steps import carry_out
from portal.workflow import StepRefused, unmet
from quality_label.actions.check_in import hand_in_check_in
from quality_label.actions.label_end import surrender_label
from quality_label.actions.label_suspension import answer_suspension
from quality_label.forms.labels import AnswerForm, CheckInForm, SurrenderForm
from quality_label.health import signals_of
from quality_label.models import Condition, matters_of
from quality_label.permissions import may_answer_for_label, may_hand_in_check_in, may_see_own_label
from quality_label.views.own_route import said_of_renewal
from quality_label.views.own_seen import own_check_in as check_in_of
from quality_label.views.own_seen import own_label as label_of


@require_safe
@requires(may_see_own_label, of=label_of)
def own_label(request, label):
    """Show the organiser's people how their label stands, and what is to be done for it."""
    return show(request, label)


def show(request, label, *, form=None, status=200):
    """Show it, with the form for an answer where one is awaited."""
    is_owner = may_answer_for_label(label, request.user)
    suspension = label.suspension if label.is_suspended else None
    if form is None and is_owner and suspension and not unmet(label.answer):
        form = AnswerForm(row=label)
    renewal = label.renewal
    context = {
        "organiser": label.organiser,
        "label": label,
        "suspension": suspension,
        "form": form,
        "conditions": Condition.objects.with_words().filter(application=label.application),
        "check_ins": label.check_ins.all(),
        "matters": [one for one in matters_of(label.application) if one.is_open or one.appeal],
        "signals": signals_of(label) if label.is_standing else [],
        "renewal": renewal,
        "said_of_renewal": said_of_renewal(renewal) if renewal else "",
        "is_owner": is_owner,
        "may_surrender": is_owner and not unmet(label.surrender),
    }
    return render(request, "quality_label/own_label.html", context, status=status)


@require_POST
@requires(may_answer_for_label, of=label_of)
def own_label_answer(request, label):
    """Answer to the suspension."""
    form = AnswerForm(request.POST, row=label)

    def again(status):
        return show(request, label_of(request.user, label.organiser.slug), form=form, status=status)

    place = reverse("quality_label:own-label", args=[label.organiser.slug])
    return carry_out(
        request, label, form, answer_suspension, _("Your answer is with the network."), again=again, place=place
    )


@requires(may_hand_in_check_in, of=check_in_of)
def own_check_in(request, check_in):
    """Ask the six questions of the year, and keep the answers."""
    organiser, form, status = check_in.label.organiser, CheckInForm(request.POST or None), 200
    if request.method == "POST":
        if form.is_valid():
            hand_in_check_in(check_in, answers=form.answers(), by=request.user)
            messages.success(request, _("Thank you. The check-in is with the network."))
            return redirect("quality_label:own-label", organiser.slug)
        status = 422
    context = {"organiser": organiser, "check_in": check_in, "form": form}
    return render(request, "quality_label/own_check_in.html", context, status=status)


@requires(may_answer_for_label, of=label_of)
def own_label_surrender(request, label):
    """Ask for the name once, then give the label back."""
    if request.method != "POST":
        if reasons := unmet(label.surrender):
            raise StepRefused(reasons)
        return ask(request, label, SurrenderForm(row=label))
    form = SurrenderForm(request.POST, row=label)

    def again(status):
        return ask(request, label, form, status=status)

    place = reverse("quality_label:own", args=[label.organiser.slug])
    return carry_out(request, label, form, surrender_label, _("The label is given back."), again=again, place=place)


def ask(request, label, form, *, status=200):
    """Show what giving it back means."""
    context = {"organiser": label.organiser, "label": label, "form": form}
    return render(request, "quality_label/own_label_surrender.html", context, status=status)

"""The Quality Label in the workspace of an organiser: what is next, beginning, taking back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organisers.permissions import may_enter
from organisers.views.seen import organiser_seen
from portal.access import requires
from portal.workflow import StepRefused, unmet
from quality_label.actions import copy_application, discard_draft, start_application, withdraw_application
from quality_label.learners import learners_of
from quality_label.models import Application, FrameworkVersion, Label, matters_of
from quality_label.permissions import may_apply, may_manage_application
from quality_label.readiness import AFTER_WITHDRAWAL
from quality_label.views.own_route import (
    days_in_words,
    next_step,
    pauses_in_words,
    public_steps,
    stops_before,
    word_for,
)
from quality_label.views.own_seen import own_application, past_application


@require_safe
@requires(may_enter, of=organiser_seen)
def own(request, organiser):
    """Guide an organiser to the label, and say where its application stands."""
    applications = list(Application.objects.with_words().prefetch_related("decisions").of(organiser))
    application = next((one for one in applications if one.is_open), None)
    label = Label.objects.public().of(organiser).first()
    stops = stops_before(organiser, application, label)
    ahead, version = next_step(organiser, application, stops, label), FrameworkVersion.objects.in_force()
    is_owner = may_apply(organiser, request.user)
    may_begin = version and is_owner and organiser.may_operate and not application and not ahead.get("must_wait")
    context = {
        "organiser": organiser,
        "application": application,
        "stops": stops,
        "label": label,
        "next": ahead,
        "past": [(one, word_for(one)) for one in applications if not one.is_open],
        "copied": next((one for one in applications if one.may_be_copied), None) if may_begin else None,
        "version": version,
        "matters": matters_to_show(applications, label),
        "may_apply": is_owner,
        "may_begin": may_begin,
    }
    if is_owner:
        context["learners"] = learners_of(organiser)
    if application and application.was_submitted:
        clock = application.days()
        context |= {
            "steps": public_steps(application),
            "clock": clock,
            "total": application.round_days + application.extension,
            "since": days_in_words(application),
            "pauses": pauses_in_words(application),
        }
    return render(request, "quality_label/own.html", context)


def matters_to_show(applications, label) -> list:
    """Return what was decided last against an organiser, as long as it can appeal or has an appeal running."""
    cases = {one.pk: one for one in applications[:1]}
    if label:
        cases.setdefault(label.application_id, label.application)
    found = [matter for case in cases.values() for matter in matters_of(case)]
    return [one for one in found if one.is_open or one.appeal]


@require_POST
@requires(may_apply, of=organiser_seen)
def own_start(request, organiser):
    """Begin a draft."""
    start_application(organiser, by=request.user)
    messages.success(request, _("Your draft is begun. Everything is kept as you write."))
    return redirect("quality_label:own-form", organiser.slug)


@require_POST
@requires(may_manage_application, of=past_application)
def own_copy(request, application):
    """Begin a draft with what an earlier application said."""
    copy_application(application, by=request.user)
    messages.success(request, _("The new draft says what the earlier one said. Look at the dates of your evidence."))
    return redirect("quality_label:own-form", application.organiser.slug)


@requires(may_manage_application, of=own_application)
def own_discard(request, application):
    """Ask once, then throw the draft away."""
    if not application.is_draft:
        raise StepRefused([_("This was handed in. It can be withdrawn.")])
    if request.method == "POST":
        discard_draft(application, by=request.user)
        messages.success(request, _("The draft is thrown away."))
        return redirect("quality_label:own", application.organiser.slug)
    context = {
        "title": _("Throw the draft away?"),
        "points": [
            _("Nobody can go on with it."),
            _("Its evidence is erased after 30 days."),
            _("You can begin a new one at any time, and copy what this one says."),
        ],
        "button": _("Throw it away"),
    }
    return show_confirm(request, application, context)


@requires(may_manage_application, of=own_application)
def own_withdraw(request, application):
    """Ask once, then take the application back."""
    if request.method == "POST":
        withdraw_application(application, by=request.user)
        messages.success(request, _("Your application is withdrawn. Those who worked on it are told."))
        return redirect("quality_label:own", application.organiser.slug)
    if reasons := unmet(application.withdraw):
        raise StepRefused([_("The decision is being taken.")] if application.was_submitted else reasons)
    was_withdrawn = Application.objects.of(application.organiser).withdrawn().exists()
    waiting = _("Because you withdrew before, you can apply again after %(days)d days.") % {"days": AFTER_WITHDRAWAL}
    context = {
        "title": _("Withdraw the application?"),
        "points": [
            _("The network stops working on %(reference)s; this cannot be undone.")
            % {"reference": application.reference},
            _("Nobody judges it, and nothing becomes public."),
            _("Its evidence is kept for six months, then erased."),
            waiting if was_withdrawn else _("You can apply again at once."),
        ],
        "button": _("Withdraw"),
    }
    return show_confirm(request, application, context)


def show_confirm(request, application, context):
    context |= {"organiser": application.organiser, "application": application}
    return render(request, "quality_label/own_confirm.html", context)

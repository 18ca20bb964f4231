"""After an event: plans of those who were there, and who came, for those who run it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Locale

from organisers.permissions import may_run_dates
from organisers.views import organiser_seen
from pathways.actions.plans import drop_plan, keep_plan, was_there
from pathways.forms.plan import PlanForm
from pathways.models import ActionPlan, ActivityPage
from pathways.models.attendance import attended, countries_of, days_of
from portal.access import requires
from portal.accounts.models import Person


def activity_attended(user, key) -> ActivityPage:
    """Fetch a published activity at which a person was, in the reader's language where it is there."""
    page = ActivityPage.objects.by_key([key], Locale.get_active()).get(key)
    if page is None or not was_there(page, user):
        raise Http404
    return page


def may_plan(activity, user) -> bool:
    """Whoever was there plans what comes next."""
    return was_there(activity, user)


@requires(may_plan, of=activity_attended)
def plan(request, activity):
    """Write a plan, or change it."""
    known = ActionPlan.objects.of(request.user).filter(activity_key=activity.translation_key).first()
    form = PlanForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        keep_plan(activity, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your plan is kept."))
        return redirect("pathways:plan", activity.translation_key)
    context = {"activity": activity, "form": form, "has_plan": known is not None}
    return render(request, "pathways/plan.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires(may_plan, of=activity_attended)
def plan_drop(request, activity):
    """Delete one's plan."""
    drop_plan(
        get_object_or_404(ActionPlan.objects.of(request.user), activity_key=activity.translation_key), by=request.user
    )
    messages.success(request, _("Your plan is deleted."))
    return redirect("pathways:activity", activity.translation_key)


def activity_run(user, slug, key) -> ActivityPage:
    """Fetch an activity of one's organiser."""
    page = ActivityPage.objects.by_key([key], Locale.get_active()).get(key)
    if page is None or page.organiser != organiser_seen(user, slug):
        raise Http404
    return page


def may_run_activity(activity, user) -> bool:
    """Those who run an organiser's dates see who came to them."""
    return may_run_dates(activity.organiser, user)


@require_safe
@requires(may_run_activity, of=activity_run)
def attendance(request, activity):
    """Show on which days each came, from which countries, and what they plan."""
    days, there = days_of(activity), attended(activity)
    people = Person.objects.filter(pk__in=there).order_by("name", "pk")
    bars = countries_of(activity)
    context = {
        "organiser": activity.organiser,
        "activity": activity,
        "days": days,
        "rows": [
            {"person": one, "days": [day["date"].key in there[one.pk] for day in days], "count": len(there[one.pk])}
            for one in people
        ],
        "bars": bars,
        "plans": ActionPlan.objects.after(activity.translation_key),
    }
    return render(request, "pathways/attendance.html", context)

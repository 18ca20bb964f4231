"""What a case needs today, in words, with the page on which it is done."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quality_label import reminders
from quality_label.models import Assignment, CaseReminder
from quality_label.permissions import may_manage_experts
from quality_label.workflow import application as steps

TAKE_UP = (gettext_lazy("Take the case up"), "case-declare")
TEAM = (gettext_lazy("See the team"), "team")
COMPARED = (gettext_lazy("Reviews and consensus"), "lead-consensus")
WAYS = {  # where the next step of a case is taken by who leads it through
    steps.IN_CHECK: (gettext_lazy("Check the file"), "case-eligible"),
    steps.ASSIGNING: (gettext_lazy("Find the team"), "team"),
    steps.IN_REVIEW: TEAM,
    steps.THIRD_REVIEW: (gettext_lazy("Find a third assessor"), "team"),
    steps.CONSENSUS: COMPARED,
    steps.READY: (gettext_lazy("Decision of the panel"), "panel"),
}
ANSWER = (gettext_lazy("Answer for the delay"), "case-explain")
LOOK = (gettext_lazy("See the case"), "case")


def hands_wanted(cases, user) -> list[dict]:
    """Return what cases need today, in their order, each with the way to it."""
    lost, barred = roles_lost(cases, user), conflicts_found(cases, user)
    return [
        line
        for case in cases
        for line in [*lost.get(case.pk, []), *barred.get(case.pk, []), hand_wanted(case, user)]
        if line
    ]


def roles_lost(cases, user) -> dict:
    """Return what a case needs whose team lost somebody together with their role in the network, by case."""
    words = _(
        "%(name)s is no longer in the role of %(role)s for the network. The case waits: give the role back, or replace "
        "them."
    )
    found = {}
    for place in Assignment.objects.with_words().of_open_cases().without_role().filter(application__in=cases):
        text = words % {"name": place.person, "role": place.get_role_display()}
        found.setdefault(place.application_id, []).append(_line(place.application, user, text, "failed"))
    return found


def conflicts_found(cases, user) -> dict:
    """Return what a case needs of whose team somebody came to have a conflict, by case; as the clock found it."""
    found = CaseReminder.objects.filter(application__in=cases, code__startswith=f"{reminders.BARRED}:")
    places = [code.partition(":")[2] for code in found.values_list("code", flat=True)]
    lines = {}
    for place in Assignment.objects.with_words().of_open_cases().open().filter(pk__in=places):
        words = _("%(name)s has come to have a conflict of interest. The case is closed to them, and waits.")
        line = _line(place.application, user, words % {"name": place.person}, "failed")
        lines.setdefault(place.application_id, []).append({**line, "action": TEAM[0], "url": team_url(place)})
    return lines


def team_url(place) -> str:
    """Return where a coordinator looks after the team of a place."""
    return reverse("quality_label:team", args=[place.application.key])


def hand_wanted(case, user) -> dict | None:
    """Return what a case needs today and the way to it; None where nobody has to do more than usual."""
    if not case.is_open:
        return None
    days = case.days()
    if days.is_breached:
        return _line(case, user, _("The promised day has passed. An admin answers for it."), "failed")
    if due := reminders.due(case.state, days):
        return _line(case, user, f"{reminders.in_words(due[-1].code, days)} {case.what_is_next}", "failed")
    if case.coordinator_id is None:
        return _line(case, user, _("Nobody has taken it up yet."), "open")
    return None


def _line(case, user, text, state) -> dict:
    name, view = way_for(case, user)
    url = reverse(f"quality_label:{view}", args=[case.key])
    return {"case": case, "text": text, "state": state, "action": name, "url": url}


def way_for(case, user) -> tuple:
    """Return what a person does about a case and where; who does not lead it through looks at it."""
    is_admin = may_manage_experts(user)
    if is_admin and case.owes_a_new_date:
        return ANSWER
    if case.coordinator_id is None:
        return TAKE_UP
    return WAYS.get(case.state, LOOK) if is_admin or case.coordinator_id == user.pk else LOOK

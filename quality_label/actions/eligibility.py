"""Checking whether an application can be judged at all: by its coordinator, or by a network admin in their place."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organisers.actions import people_to_tell
from organisers.models import Organiser
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import mark_read_about, notify, take_back_news
from portal.workflow import StepRefused, take
from quality_label.actions.days import deadline, stop_days
from quality_label.actions.limits import refuse_longer, refuse_others, refuse_overlong, refuse_unfit_answers
from quality_label.conflicts import RULED_OUT, conflict_of
from quality_label.models import Application, ApplicationPause, Declaration, Return, SampleAllowance
from quality_label.models.allowance import USUAL_AWARDS, USUAL_BADGES, USUAL_PEOPLE
from quality_label.permissions import may_coordinate, may_declare, may_lower_sample, may_take_application
from quality_label.sections import places as places_of
from quality_label.workflow.application import RETURN_DAYS

LONGEST_REMARK = 500  # characters on what is missing at one place


@transaction.atomic
def declare_ties(application: Application, answers: dict, *, by) -> Declaration:
    """Say by the eight questions whether a conflict keeps one from coordinating a case.

    One that excludes closes the case to the person for good; somebody else then has to take it.
    """
    application = Application.objects.locked().get(pk=application.pk)
    if not may_declare(application, by):
        raise PermissionDenied
    if application.declarations.filter(person=by).exists():
        raise StepRefused([_("You answered these questions for this case already.")])
    refuse_unfit_answers(answers)
    declaration = Declaration.objects.create(
        application=application, person=by, answers=answers, conflict=conflict_of(answers)
    )
    record("quality_label.declare", about=application, by=by, facts={"conflict": declaration.conflict})
    if declaration.conflict == RULED_OUT:
        take_back_news(application, person=by)
    return declaration


@transaction.atomic
def take_up_application(application: Application, answers: dict, *, by) -> Declaration:
    """Become the coordinator of a case, unless the answers name a conflict that excludes; returns what was said."""
    declaration = declare_ties(application, answers, by=by)
    if declaration.conflict != RULED_OUT:
        application = take(application.take_up, by=by, coordinator=by)
        mark_read_about(application, ["quality_label/application_new"])
    return declaration


def lead_through(step, *, by, seen=None, **facts) -> Application:
    """Take a step of a case as its coordinator, or in their place."""
    require_declaration(step.__self__, by=by)
    application = take(step, by=by, seen=seen, **facts)
    note_acting(application, step.__name__, by=by)
    return application


def require_declaration(application: Application, *, by) -> None:
    """Raise StepRefused where somebody who may coordinate a case has not said that no conflict keeps them from it."""
    declared = application.declarations.exclude(conflict=RULED_OUT).filter(person=by)
    if may_take_application(application, by) and not declared.exists():
        raise StepRefused([_("Say first whether you have a conflict of interest in this case.")])


def note_acting(application: Application, step: str, *, by) -> None:
    """Write in the log that a step was taken in the place of the coordinator, where it was."""
    if application.coordinator_id not in {None, by.pk}:
        facts = {"coordinator": application.coordinator_id, "step": step}
        record("quality_label.act_for_coordinator", about=application, by=by, facts=facts)


def coordinators_to_tell(application: Application) -> list[Person]:
    """Return who is told what happens in a case: its coordinator, or who may take their place where they may not."""
    if application.coordinator and may_coordinate(application, application.coordinator):
        return [application.coordinator]
    return successors(application)


def successors(application: Application) -> list[Person]:
    """Return who else may coordinate a case; network admins where there is no other coordinator."""
    for role in ["coordinator", "network_admin"]:
        people = [one for one in Person.objects.with_network_role(role) if may_take_application(application, one)]
        if found := [one for one in people if one.pk != application.coordinator_id]:
            return found
    return []


@transaction.atomic
def hand_over(application: Application, *, coordinator, by, seen=None) -> Application:
    """Give a case to another coordinator, who answers the eight questions before they act."""
    if coordinator not in successors(application):
        raise StepRefused([_("Choose somebody who is free of this case.")])
    application = take(application.hand_over, by=by, seen=seen, coordinator=coordinator)
    notify([coordinator], "quality_label/case_handed_over", about=application)
    return application


@transaction.atomic
def return_application(application: Application, places: dict[str, str], *, by, seen=None) -> Application:
    """Give an application back to be completed: what is missing at which place, once, for 14 days.

    The days stand still until it comes back.
    """
    places = {place: words.strip() for place, words in places.items() if words.strip()}
    if not places:
        raise StepRefused([_("Name at least one place at which something is missing.")])
    refuse_others(places, places_of(application.rules))
    for words in places.values():
        refuse_longer(words, LONGEST_REMARK)
    plain, answer_by = deadline(RETURN_DAYS)
    application = lead_through(application.give_back, by=by, seen=seen, answer_by=answer_by)
    stop_days(application, ApplicationPause.Cause.RETURN, plain=plain)
    Return.objects.create(application=application, places=places, returned_by=by)
    notify(people_to_tell(application.organiser), "quality_label/application_returned", about=application)
    return application


@transaction.atomic
def find_ineligible(application: Application, *, gate: str, words: str, by, seen=None) -> Application:
    """End an application that does not meet a gate, with the reason; the organiser may apply again at once."""
    if gate not in {one.code for one in application.rules.gates} or not words.strip():
        raise StepRefused([_("Name the gate that is not met, and explain it to the applicant.")])
    refuse_overlong(Application, ending_words=words)
    application = lead_through(application.turn_down, by=by, seen=seen, gate=gate, words=words.strip())
    notify(people_to_tell(application.organiser), "quality_label/application_not_eligible", about=application)
    return application


@transaction.atomic
def find_eligible(application: Application, *, gates, by, seen=None) -> Application:
    """Confirm every gate, as it was on day 0, and let the search for a team begin."""
    missing = [gate for gate in application.rules.gates if gate.code not in gates]
    if missing:
        raise StepRefused([_("Not confirmed yet: %(gate)s") % {"gate": f"{one.code} {one.title}"} for one in missing])
    application = lead_through(application.find_eligible, by=by, seen=seen)
    record("quality_label.confirm_gates", about=application, by=by, facts={"gates": sorted(gates)})
    notify(people_to_tell(application.organiser), "quality_label/application_eligible", about=application)
    return application


@transaction.atomic
def lower_sample(organiser: Organiser, *, badges: int, awards: int, people: int, reason: str, by) -> SampleAllowance:
    """Let an organiser that is very small apply with fewer badges and awards; once, with the reason."""
    if not may_lower_sample(organiser, by):
        raise PermissionDenied
    organiser = Organiser.objects.select_for_update(no_key=True).get(pk=organiser.pk)
    if SampleAllowance.objects.filter(organiser=organiser).exists():
        raise StepRefused([_("The numbers of this organiser were lowered before; that is possible once.")])
    if not reason.strip():
        raise StepRefused([_("Write why.")])
    refuse_overlong(SampleAllowance, reason=reason)
    most = {"badges": USUAL_BADGES, "awards": USUAL_AWARDS, "people": USUAL_PEOPLE}
    if not all(1 <= number <= most[name] for name, number in zip(most, [badges, awards, people], strict=True)):
        raise StepRefused([_("The numbers are lowered, to 1 at least.")])
    allowance = SampleAllowance.objects.create(
        organiser=organiser, badges=badges, awards=awards, people=people, reason=reason.strip(), by=by
    )
    facts = {"badges": badges, "awards": awards, "people": people}
    record("quality_label.lower_sample", about=organiser, by=by, facts=facts)
    return allowance

"""The conditions of a label: what shows that they are met is sent, checked and confirmed; then the label is whole."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organisers.actions.members import owners_to_tell
from portal import clock
from portal.audit.log import record
from portal.notifications.actions import notify
from portal.workflow import StepRefused, take, unmet
from quality_label.actions.eligibility import coordinators_to_tell
from quality_label.actions.evidence import add_evidence, erase_item
from quality_label.actions.label import sign_anew
from quality_label.actions.label_suspension import lift_cured
from quality_label.actions.limits import want_words
from quality_label.models import Application, Assignment, Condition, Evidence, Label
from quality_label.permissions import may_edit_application
from quality_label.workflow.condition import MORE_DAYS, OPEN, REMIND_BEFORE, is_asked_for
from quality_label.workflow.label import CONDITION_DAYS

MOST_PIECES = 10


@transaction.atomic
def attach_to_condition(condition: Condition, *, by, **facts) -> Evidence:
    """Attach what shows that a condition is met; the network sees it once it is sent."""
    application = Application.objects.locked().get(pk=condition.application_id)
    condition = open_condition(condition, by=by)
    if condition.attached.kept().count() >= MOST_PIECES:
        raise StepRefused([_("A condition holds %(count)d pieces of evidence at most.") % {"count": MOST_PIECES}])
    return add_evidence(application, by=by, **facts | {"condition": condition, "criteria": [condition.code]})


@transaction.atomic
def remove_from_condition(item: Evidence, *, by) -> None:
    """Take away what was attached and not sent yet. Twice is once."""
    condition = open_condition(item.condition, by=by)
    item = condition.attached.kept().filter(pk=item.pk).first()
    if item is None:
        return
    if not condition.removable().filter(pk=item.pk).exists():
        raise StepRefused([_("What was sent stays. Attach what is new.")])
    record("quality_label.remove_evidence", about=condition.application, by=by, facts={"number": item.number})
    erase_item(item)


def open_condition(condition: Condition, *, by) -> Condition:
    """Return a condition to which its holder's people may attach something. Raises where that is not so."""
    condition = Condition.objects.with_words().get(pk=condition.pk)
    if not may_edit_application(condition.application, by):
        raise PermissionDenied
    if condition.state != OPEN or not is_asked_for(condition):
        raise StepRefused([_("Nothing can be attached to this condition now.")])
    return condition


@transaction.atomic
def send_condition(condition: Condition, *, words: str, by, seen: int | None = None) -> Condition:
    """Send what shows that a condition is met to the assessors of the case and to who led it through."""
    want_words(Condition, shown_words=words)
    condition = take(condition.send, by=by, seen=seen, words=words, person=by)
    assessors = [
        place.person for place in condition.application.assignments.finished().exclude(role=Assignment.Role.LEAD)
    ]
    people = {one.pk: one for one in [*assessors, *coordinators_to_tell(condition.application)]}
    notify(people.values(), "quality_label/condition_sent", about=condition)
    return condition


@transaction.atomic
def check_condition(condition: Condition, *, seems_met: bool, words: str, by, seen: int | None = None) -> Condition:
    """Say, as an assessor of the case, whether what was sent shows that the condition is met, and why."""
    want_words(Condition, checked_words=words)
    condition = take(condition.check_evidence, by=by, seen=seen, seems_met=seems_met, words=words, person=by)
    notify(coordinators_to_tell(condition.application), "quality_label/condition_checked", about=condition)
    return condition


@transaction.atomic
def confirm_condition(condition: Condition, *, by, seen: int | None = None) -> Condition:
    """Find a condition met; with the last of them the label is whole."""
    condition = take(condition.confirm, by=by, seen=seen)
    if not make_whole(condition.application.label):
        notify(owners_to_tell(condition.application.organiser), "quality_label/condition_met", about=condition)
    return condition


@transaction.atomic
def send_condition_back(condition: Condition, *, words: str, by, seen: int | None = None) -> Condition:
    """Tell the holder what is still missing; they can send more until its day."""
    want_words(Condition, returned_words=words)
    condition = take(condition.send_back, by=by, seen=seen, words=words)
    notify(owners_to_tell(condition.application.organiser), "quality_label/condition_returned", about=condition)
    return condition


@transaction.atomic
def extend_condition(condition: Condition, *, by, seen: int | None = None) -> Condition:
    """Give a condition 30 more days, once; a label that was suspended for it holds again."""
    due_on = max(condition.due_on, clock.today()) + timedelta(days=MORE_DAYS)
    condition = take(condition.extend, by=by, seen=seen, due_on=due_on)
    Condition.objects.filter(pk=condition.pk).update(reminders=0)
    label = lift_cured(condition.application.label)
    until = max(one.due_on for one in condition.application.conditions.all()) + timedelta(days=CONDITION_DAYS)
    if until > label.valid_until or label.is_conditional:
        sign_anew(label, until=until)
    notify(owners_to_tell(condition.application.organiser), "quality_label/condition_extended", about=condition)
    return condition


def let_fall(conditions) -> None:
    """Ask for some conditions no more, as what set them was taken back; what was met stays met."""
    for condition in conditions.unmet():
        take(condition.fall, by=None)


def make_whole(label: Label) -> bool:
    """Let a label hold without conditions once all of them are met, for three years from its first day.

    Return whether it does; the owners are told. One that is suspended for something else waits until that is lifted.
    """
    if label.open_conditions:
        return False
    label = lift_cured(label)
    if unmet(label.become_whole):
        return False
    label = take(label.become_whole, by=None)
    label = sign_anew(label, until=label.whole_until)
    notify(owners_to_tell(label.organiser), "quality_label/label_whole", about=label)
    return True


@transaction.atomic
def wait_for_check(label: Label) -> None:
    """Let a label hold for another month whose holder sent everything in time, while the network checks it."""
    label = Label.objects.select_for_update(no_key=True).get(pk=label.pk)
    if not label.is_conditional or label.valid_until >= clock.today() or label.are_conditions_overdue():
        return
    label = sign_anew(label, until=clock.today() + timedelta(days=CONDITION_DAYS))
    notify(coordinators_to_tell(label.application), "quality_label/conditions_unchecked", about=label)


@transaction.atomic
def remind_of_condition(condition: Condition) -> None:
    """Remind the owners of a condition whose day is near; one mail makes up for all that should have left."""
    left = (condition.due_on - clock.today()).days
    due = len([days for days in REMIND_BEFORE if left <= days])
    if Condition.objects.filter(pk=condition.pk, reminders__lt=due).update(reminders=due):
        notify(owners_to_tell(condition.application.organiser), "quality_label/condition_due", about=condition)

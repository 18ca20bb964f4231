"""The yearly check-in: opened by the clock, handed in by an owner, reminded of."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organisers.actions.members import owners_to_tell
from portal import clock
from portal.audit.log import record
from portal.notifications.actions import notify
from portal.workflow import StepRefused
from quality_label.actions.eligibility import coordinators_to_tell
from quality_label.actions.label_suspension import follow_duties
from quality_label.check_in import QUESTIONS, risks_in
from quality_label.models import CheckIn, Label
from quality_label.permissions import may_answer_for_label
from quality_label.workflow.label import CHECK_IN_OPENS, CHECK_IN_YEARS, REMIND_OF_CHECK_IN

LONGEST_ANSWER = 1500


@transaction.atomic
def open_check_ins(label: Label) -> list[CheckIn]:
    """Ask for the check-ins of a label whose time has come; a late start leaves 30 days all the same."""
    opened, today = [], clock.today()
    for year in CHECK_IN_YEARS:
        due_on = clock.months_later(label.valid_from, 12 * year)
        if due_on - timedelta(days=CHECK_IN_OPENS) > today or due_on >= label.valid_until:
            continue
        due_on = max(due_on, today + timedelta(days=CHECK_IN_OPENS)) if due_on < today else due_on
        check_in, is_new = CheckIn.objects.get_or_create(label=label, year=year, defaults={"due_on": due_on})
        opened += [check_in] if is_new else []
    return opened


@transaction.atomic
def remind_of_check_in(check_in: CheckIn) -> None:
    """Ask the owners for a check-in as often as its days want it; one mail makes up for all that should have left."""
    due = len([days for days in REMIND_OF_CHECK_IN if check_in.due_on + timedelta(days=days) <= clock.today()])
    if CheckIn.objects.filter(pk=check_in.pk, sent_at=None, reminders__lt=due).update(reminders=due):
        notify(owners_to_tell(check_in.label.organiser), "quality_label/check_in_due", about=check_in)


@transaction.atomic
def hand_in_check_in(check_in: CheckIn, *, answers: dict, by) -> CheckIn:
    """Keep the answers, once; a coordinator is told of risky ones, and a label suspended for this holds again."""
    check_in = CheckIn.objects.with_words().select_for_update(no_key=True, of=("self",)).get(pk=check_in.pk)
    if not may_answer_for_label(check_in.label, by):
        raise PermissionDenied
    if check_in.is_sent or not check_in.label.is_live:
        raise StepRefused([_("This check-in was handed in already, or the label is over.")])
    if unanswered := [question for code, question in QUESTIONS.items() if not is_answered(answers.get(code))]:
        raise StepRefused([_("Answer this first: %(question)s") % {"question": one} for one in unanswered])
    check_in.answers, check_in.has_risks = answers, bool(risks_in(answers))
    check_in.sent_by, check_in.sent_at = by, clock.now()
    check_in.save()
    record("quality_label.check_in", about=check_in.label, by=by, facts={"year": check_in.year})
    if check_in.has_risks:
        notify(coordinators_to_tell(check_in.label.application), "quality_label/check_in_risky", about=check_in)
    follow_duties(check_in.label)
    return check_in


def is_answered(answer: dict | None) -> bool:
    """Say whether an answer says something, and not too much."""
    return bool(answer) and 0 < len(answer["choice"] + answer["words"].strip()) <= LONGEST_ANSWER

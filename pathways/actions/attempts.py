"""A learner's work on an activity."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisers.actions import people_to_tell
from organisers.models import Membership, Organiser
from pathways.actions.enrolments import check_open, reward, title_to_each
from pathways.actions.guests import check_invited
from pathways.actions.order import lock_of
from pathways.models import ActivityDate, ActivityPage, Attempt, EvidenceItem, PageRole, QuizTry, date_ahead
from pathways.workflow.attempt import has_evidence, is_workable
from portal import clock
from portal.accounts.models import Person
from portal.audit.models import AuditEvent
from portal.files.actions import drop_file, store_file
from portal.files.gate import Admitted
from portal.notifications.actions import notify, take_back_news
from portal.workdays import working_days_after
from portal.workflow import StepRefused, take

OTHERWISE = gettext_lazy("This activity is judged in another way.")
DOUBT_WANTED = gettext_lazy("Say what you see differently; the other reviewer reads it.")
NOBODY_ELSE = gettext_lazy("Nobody else judges work here. Change yours and hand it in again, or ask the organiser.")
HAND_INS = 10  # of one attempt in the window
HAND_INS_WINDOW = timedelta(days=1)


def begin(activity: ActivityPage, *, by: Person, is_there: bool = False) -> Attempt:
    """Return a learner's attempt at a published activity, locked, made at the first step.

    Who is there at one of its dates comes in time, whatever day it closes and whatever should be done before.
    """
    check_open(activity, by=by)
    check_invited(activity, by)
    if not is_there:
        check_days(activity)
        if reason := lock_of(activity, by):
            raise StepRefused([reason])
    return attempt_at(activity, by)


def attempt_at(activity: ActivityPage, by: Person) -> Attempt:
    """Return a learner's attempt, locked, made where there is none."""
    attempt, _is_new = Attempt.objects.get_or_create(
        person=by, activity_key=activity.translation_key, defaults={"organiser": activity.organiser}
    )
    return Attempt.objects.select_for_update(no_key=True).get(pk=attempt.pk)


def check_days(activity: ActivityPage) -> None:
    """Refuse work before an activity opens and after it closes."""
    if activity.is_yet_to_open:
        opens = date_format(activity.opens_on, "DATE_FORMAT")
        raise StepRefused([_("This activity opens on %(day)s.") % {"day": opens}])
    if activity.is_over:
        closed = date_format(activity.closes_on, "DATE_FORMAT")
        raise StepRefused([_("This activity closed on %(day)s.") % {"day": closed}])


@transaction.atomic
def confirm_activity(activity: ActivityPage, *, by: Person) -> Attempt:
    """Take the learner's own word that the activity is done."""
    if not activity.is_judged_by_self:
        raise StepRefused([OTHERWISE])
    if ahead := date_ahead(ActivityDate.objects.of(activity).with_line(by)):
        raise StepRefused([_("You can confirm this once it has begun: %(when)s.") % {"when": ahead.start}])
    attempt = begin(activity, by=by)
    attempt = take(attempt.finish, by=by, badge_class=activity.badge_class)
    reward(attempt)
    return attempt


@transaction.atomic
def answer_quiz(activity: ActivityPage, answers: dict, *, by: Person) -> QuizTry:
    """Judge one try at the quiz; enough right answers pass the activity.

    `answers` are what `Question.is_right` takes, by question id. Tries are counted while the attempt is locked, so
    that two tabs cannot have a fourth before the pause; a refused try says when the next one is possible.
    """
    if not activity.is_judged_by_quiz:
        raise StepRefused([OTHERWISE])
    attempt = begin(activity, by=by)
    if not is_workable(attempt):
        raise StepRefused([is_workable.reason])
    if again_at := attempt.next_try_at(activity.pause_hours):
        when = date_format(timezone.localtime(again_at), "DATETIME_FORMAT")
        raise StepRefused([_("You have used your tries for now. You can try again on %(when)s.") % {"when": when}])
    questions = activity.questions()
    right = sum(question.is_right(answers.get(question.id)) for question in questions)
    is_passed = right * 100 >= activity.pass_mark * len(questions)
    given = {question.id: answers.get(question.id, "") for question in questions}
    quiz_try = QuizTry.objects.create(
        attempt=attempt, answers=given, percent=100 * right // len(questions), is_passed=is_passed
    )
    if is_passed:
        reward(take(attempt.finish, by=by, badge_class=activity.badge_class))
    return quiz_try


def hand_in(
    activity: ActivityPage, *, by: Person, text: str = "", link: str = "", file: Admitted | None = None
) -> Attempt:
    """Hand evidence to those who judge it; it replaces what was taken back before.

    The file is written before the transaction begins, so that a slow disk holds nobody else up.
    """
    if not activity.takes_evidence:
        raise StepRefused([OTHERWISE])
    stored = store_file(file, owner=by) if file else None
    try:
        return submit_evidence(activity, by=by, text=text, link=link, stored=stored)
    except (StepRefused, PermissionDenied):
        if stored:
            stored.delete()
            stored.content.delete(save=False)
        raise


@transaction.atomic
def submit_evidence(activity: ActivityPage, *, by: Person, text: str, link: str, stored) -> Attempt:
    """Write down what was handed in, for other learners or for reviewers, who are told."""
    attempt = begin(activity, by=by)
    if not is_workable(attempt):
        raise StepRefused([is_workable.reason])
    if not (text or link or stored):
        raise StepRefused([has_evidence.reason])
    check_hand_ins(attempt)
    item = keep_evidence(attempt, text=text, link=link, file=stored)
    peers = activity.peers if activity.is_judged_by_peer else 0
    attempt = take(attempt.submit, by=by, answer_due=due_day(activity), peers=peers)
    if not peers:
        tell_reviewers(item, activity)
    return attempt


def tell_reviewers(item: EvidenceItem, activity: ActivityPage) -> None:
    """Tell those who may judge it what waits for them, by mail once a day."""
    people, facts = reviewers_of(item.attempt), title_to_each(activity)
    notify(people, "pathways/handed_in", about=item, facts=facts, rest=HAND_INS_WINDOW)


def due_day(activity: ActivityPage) -> date:
    """Return the day by which somebody who hands in today gets an answer."""
    return working_days_after(clock.today(), activity.answer_days)


def check_hand_ins(attempt: Attempt) -> None:
    """Refuse what is handed in and taken back over and over: reviewers would hear of nothing else."""
    lately = AuditEvent.objects.about(attempt).filter(at__gt=clock.now() - HAND_INS_WINDOW)
    if lately.filter(verb="pathways.attempt.submit").count() >= HAND_INS:
        raise StepRefused([_("You handed this in ten times today. You can hand it in again tomorrow.")])


def keep_evidence(attempt: Attempt, **facts) -> EvidenceItem:
    """Write down the evidence of this round in the place of what was taken back, whose file goes."""
    known = attempt.evidence.filter(round=attempt.round).select_related("file").first()
    item, _is_new = EvidenceItem.objects.update_or_create(
        attempt=attempt, round=attempt.round, defaults={"handed_in_at": clock.now(), **facts}
    )
    if known and known.file:
        drop_file(known.file)
    return item


def reviewers_of(attempt: Attempt):
    """Return the people who are told of an attempt to judge; never the learner, who may not judge it."""
    told = reviewers_at(attempt.organiser, besides=attempt.person)
    lent = PageRole.objects.reviewers_of(attempt.organiser, attempt.activity_key)
    alone = Person.objects.active().filter(pk__in=lent).exclude(pk=attempt.person_id)
    return Person.objects.filter(Q(pk__in=told.values("pk")) | Q(pk__in=alone.values("pk")))


def other_reviewers(attempt: Attempt):
    """Return the people who can give a second opinion on what was returned last."""
    judges = attempt.judgements.filter(round=attempt.round - 1).exclude(by=None)
    return reviewers_of(attempt).exclude(pk__in=judges.values("by"))


def reviewers_at(organiser: Organiser, *, besides: Person | None = None):
    """Return the people who judge at an organiser; at the network, its training reviewers too."""
    told = people_to_tell(organiser, Membership.Role.REVIEWER, besides=besides)
    if not organiser.is_network:
        return told
    trainers = Person.objects.with_network_role("training_reviewer")
    return Person.objects.filter(Q(pk__in=told.values("pk")) | Q(pk__in=trainers.values("pk"))).exclude(
        pk=besides.pk if besides else None
    )


@transaction.atomic
def take_back_evidence(activity: ActivityPage, *, by: Person) -> Attempt:
    """Let a learner change what nobody has judged yet; reviewers no longer see it."""
    attempt = take(begin(activity, by=by).take_back, by=by)
    for item in attempt.evidence.filter(round=attempt.round):
        take_back_news(item)
    return attempt


@transaction.atomic
def ask_for_second_opinion(activity: ActivityPage, *, by: Person, doubt: str) -> Attempt:
    """Put work that was returned before another reviewer, once; whoever judged it first does not judge it again.

    What was handed in by the last day may be looked at again after it.
    """
    if not doubt.strip():
        raise StepRefused([DOUBT_WANTED])
    check_open(activity, by=by)
    attempt = attempt_at(activity, by)
    others = list(other_reviewers(attempt))
    if attempt.may_be_doubted and not others:
        raise StepRefused([NOBODY_ELSE])
    attempt = take(attempt.ask_for_second_opinion, by=by, doubt=doubt.strip(), answer_due=due_day(activity))
    handed_in = attempt.evidence.get(round=attempt.round)
    notify(others, "pathways/doubted", about=handed_in, facts=title_to_each(activity))
    return attempt

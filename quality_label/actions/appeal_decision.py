"""Deciding on an appeal: its panel votes, a network admin writes that down, and it takes effect."""

from collections import Counter
from collections.abc import Collection

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisers.actions.members import owners_to_tell
from portal import clock
from portal.audit.log import record
from portal.notifications.actions import mark_read_about, notify
from portal.workflow import StepRefused, take
from quality_label.actions.appeal import open_seat
from quality_label.actions.conditions import let_fall, make_whole
from quality_label.actions.label import sign_anew
from quality_label.actions.label_suspension import show_lifted
from quality_label.actions.limits import refuse_longer, refuse_others, refuse_overlong
from quality_label.actions.rounds import check_again, judge_again
from quality_label.models import Appeal, AppealSeat, Label
from quality_label.workflow.appeal import ANEW_DAYS, ANEW_PARTLY_DAYS, MAJORITY

LONGEST_FINDING = 3000
Vote, Subject = AppealSeat.Vote, Appeal.Subject


@transaction.atomic
def vote_on_appeal(seat: AppealSeat, *, vote: str, words: str, criteria: Collection[str] = (), by) -> AppealSeat:
    """Vote, with a reason; it can be changed until the decision is written down."""
    seat = open_seat(seat, by=by)
    if not seat.is_declared:
        raise StepRefused([_("Declare first that you have no conflict of interest.")])
    if vote not in Vote or not words.strip():
        raise StepRefused([_("Choose what you vote for, and say why.")])
    appeal = seat.appeal
    if vote == Vote.IN_PART:
        if not appeal.is_about_criteria:
            raise StepRefused([_("Only an appeal against a decision on criteria can be upheld in part.")])
        if not criteria:
            raise StepRefused([_("Name the criteria that are to be judged again.")])
        refuse_others(criteria, appeal.codes_to_choose())
    refuse_overlong(AppealSeat, vote_words=words)
    seat.vote, seat.vote_words, seat.voted_at = vote, words.strip(), clock.now()
    seat.criteria = [code for code in appeal.codes_to_choose() if code in criteria] if vote == Vote.IN_PART else []
    seat.save()
    mark_read_about(appeal, ["quality_label/appeal_seat_offered"])
    record("quality_label.vote_on_appeal", about=appeal, by=by, facts={"vote": vote, "criteria": seat.criteria})
    return seat


def majority_of(appeal: Appeal) -> str:
    """Return what two of the three vote for; empty while there is no majority."""
    votes = Counter(appeal.seats.voted().values_list("vote", flat=True))
    return next((vote for vote, count in votes.items() if count >= MAJORITY), "")


def criteria_named(appeal: Appeal) -> list[str]:
    """Return the criteria that those who vote to uphold it in part name, each once."""
    named = {code for seat in appeal.seats.voted().filter(vote=Vote.IN_PART) for code in seat.criteria}
    return [code for code in appeal.codes_to_choose() if code in named]


@transaction.atomic
def decide_appeal(appeal: Appeal, *, findings: dict[str, str], by, seen: int | None = None) -> Appeal:
    """Write down what the panel decided, with what it found of each ground, and let it take effect."""
    appeal = Appeal.objects.select_for_update(no_key=True, of=("self",)).with_words().get(pk=appeal.pk)
    outcome = majority_of(appeal)
    steps = {Vote.UPHOLD: appeal.uphold, Vote.IN_PART: appeal.uphold_in_part, Vote.DISMISS: appeal.dismiss}
    if not outcome:
        raise StepRefused([_("There is no majority yet: two of the three vote for the same.")])
    findings = {code: findings.get(code, "").strip() for code in appeal.grounds}
    if not all(findings.values()):
        raise StepRefused([_("Say of each ground what the panel found.")])
    for words in findings.values():
        refuse_longer(words, LONGEST_FINDING)
    facts = {"findings": findings}
    if outcome == Vote.IN_PART:
        facts["criteria"] = criteria_named(appeal)
    appeal = take(steps[outcome], by=by, seen=seen, **facts)
    if outcome != Vote.DISMISS:
        let_take_effect(appeal, by=by)
    notify(owners_to_tell(appeal.application.organiser), "quality_label/appeal_decided", about=appeal)
    return appeal


def let_take_effect(appeal: Appeal, *, by) -> None:
    """Do what an appeal was upheld for, as far as it is still in force."""
    application = appeal.application
    match appeal.subject:
        case Subject.INELIGIBLE:
            check_again(application)
        case Subject.NOT_AWARDED if appeal.criteria:
            judge_again(application, codes=appeal.criteria, days=ANEW_PARTLY_DAYS)
        case Subject.NOT_AWARDED:
            judge_again(application, codes=list(application.rules.criteria), days=ANEW_DAYS)
        case Subject.CONDITIONS:
            let_fall(application.conditions.filter(code__in=appeal.criteria or appeal.codes_to_choose()))
            make_whole(Label.objects.with_words().get(application=application))
        case Subject.SUSPENSION:
            lift_after_appeal(application.label, appeal)
        case Subject.REVOCATION:
            reinstate_label(application.label)


def lift_after_appeal(label: Label, appeal: Appeal) -> None:
    """Lift the suspension that an appeal was upheld against, where it still runs."""
    if not label.suspensions.running().filter(suspended_at=appeal.against_at).exists():
        return
    label = take(label.lift_after_appeal, by=None)
    with translation.override(label.application.language):
        words = gettext("An appeal against the suspension was upheld.")
    show_lifted(label, words=words, by=None)


@transaction.atomic
def reinstate_label(label: Label) -> Label:
    """Let a revoked label hold again until the day it had, with new statements: what was withdrawn stays so."""
    label = take(label.reinstate, by=None)
    if label.valid_until < clock.today():
        return label
    return sign_anew(label, until=label.valid_until)

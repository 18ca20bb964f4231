"""Learners who judge the work of other learners, and reviewers who watch over that."""

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.actions.attempts import OTHERWISE, due_day, reviewers_of, tell_reviewers
from pathways.actions.enrolments import check_open, reward, title_to_each
from pathways.actions.reviews import LEAST_FEEDBACK, checked
from pathways.models import ActivityPage, Attempt, Enrolment, PeerReview, PlaylistPage, work_for
from portal.accounts.models import Person
from portal.notifications.actions import notify
from portal.workflow import StepRefused, take

MOST_GIVEN_BACK = 5  # in a day: whoever gives back what they drew reads on in the work of others
TRIED = 10  # pieces of work, where others took the first ones meanwhile


@transaction.atomic
def draw_work(activity: ActivityPage, *, by: Person) -> PeerReview | None:
    """Draw work of another learner to look at, what waits longest first; None when there is none for this person.

    Draws at one activity happen one after another, so that two people do not take the last seat. Who looks at some
    already gets that again.
    """
    check_open(activity, by=by)
    if not activity.is_judged_by_peer:
        raise StepRefused([OTHERWISE])
    lock_activity(activity)
    if known := PeerReview.objects.open().by_person(by).on(activity).first():
        return known
    if PeerReview.objects.by_person(by).given_back_lately().count() >= MOST_GIVEN_BACK:
        raise StepRefused([_("You gave work back five times today. You can look at more tomorrow.")])
    for pk in work_for(by).on([activity]).values_list("pk", flat=True)[:TRIED]:
        attempt = Attempt.objects.with_peers().select_for_update(no_key=True).filter(pk=pk).first()
        if attempt:
            return PeerReview.objects.create(attempt=attempt, round=attempt.round, by=by)
    return None


def lock_activity(activity: ActivityPage) -> None:
    """Let draws at one activity, in whatever language, happen one after another."""
    pages = ActivityPage.objects.filter(translation_key=activity.translation_key).order_by("pk")
    pages.select_for_update(no_key=True, of=("self",)).first()


def lock_work(peer_review: PeerReview) -> Attempt:
    """Return the work that a look is at, locked before the look itself is."""
    return Attempt.objects.select_for_update(no_key=True).get(pk=peer_review.attempt_id)


@transaction.atomic
def judge_as_peer(peer_review: PeerReview, *, by: Person, met, feedback: str) -> PeerReview:
    """Say which lines of the checklist another learner's work meets; the last of those asked settles the round."""
    feedback = feedback.strip()
    if len(feedback) < LEAST_FEEDBACK:
        raise StepRefused([_("Feedback has %(count)d letters at least.") % {"count": LEAST_FEEDBACK}])
    attempt = lock_work(peer_review)
    activity = ActivityPage.objects.as_written(attempt.activity_key)
    given = take(peer_review.give, by=by, checklist=checked(activity.lines(), met), feedback=feedback)
    settle(attempt, activity)
    return given


@transaction.atomic
def give_work_back(peer_review: PeerReview, *, by: Person) -> PeerReview:
    """Leave the work that was drawn to somebody else."""
    return take(peer_review.give_up, by=by)


def settle(attempt: Attempt, activity: ActivityPage) -> None:
    """Pass or return work on which enough learners agree; what they see differently goes to the reviewers."""
    looks = list(attempt.looks_given())
    if len(looks) < attempt.peers:
        return
    verdicts = {look.is_accepting for look in looks}
    if len(verdicts) > 1 or not all(look.checklist for look in looks):  # without a line, none of them says anything
        take(attempt.hand_to_reviewers, by=None)
        tell_reviewers(attempt.evidence.get(round=attempt.round), activity)
        return
    if verdicts == {True}:
        attempt = take(attempt.accept_by_peers, by=None, badge_class=activity.badge_class)
        reward(attempt)
    else:
        attempt = take(attempt.give_back_by_peers, by=None)
    tell_learner(attempt, "pathways/judged_by_peers", activity)


def tell_learner(attempt: Attempt, event: str, activity: ActivityPage) -> None:
    """Tell a learner what became of their work."""
    notify([attempt.person], event, about=attempt, facts=title_to_each(activity))


@transaction.atomic
def report_judgement(peer_review: PeerReview, *, by: Person, reason: str) -> PeerReview:
    """Tell the organiser's reviewers that another learner's judgement is not as it should be."""
    reported = take(peer_review.report, by=by, reason=reason)
    activity = ActivityPage.objects.as_written(reported.attempt.activity_key)
    people = reviewers_of(reported.attempt)
    notify(people, "pathways/judgement_reported", about=reported, facts=title_to_each(activity))
    return reported


@transaction.atomic
def set_judgement_aside(peer_review: PeerReview, *, by: Person, reason: str) -> PeerReview:
    """Let a learner's judgement count no more; another may look, or a reviewer decides where it was decided already.

    What the work earned stays: then nothing is decided anew.
    """
    attempt = lock_work(peer_review)
    aside = take(peer_review.set_aside, by=by, reason=reason, moderator=by)
    aside.attempt = attempt
    activity = ActivityPage.objects.as_written(attempt.activity_key)
    if activity and aside.has_decided and not has_earned(attempt):
        attempt = take(attempt.reopen, by=None, answer_due=due_day(activity))
        tell_reviewers(attempt.evidence.get(round=attempt.round), activity)
        tell_learner(attempt, "pathways/reopened", activity)
    return aside


def has_earned(attempt: Attempt) -> bool:
    """Say whether work earned a badge, or helped to complete a playlist."""
    if not attempt.is_passed:
        return False
    playlists = PlaylistPage.objects.containing(attempt.activity_key).values("translation_key")
    completed = Enrolment.objects.of(attempt.person).completed().filter(playlist_key__in=playlists)
    return attempt.badge_class_id is not None or completed.exists()

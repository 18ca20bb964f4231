"""What becomes of two places on a playlist, or two attempts at an activity, when the learners become one."""

from pathways.models import (
    ActionPlan,
    Attempt,
    Complaint,
    Enrolment,
    EvidenceItem,
    Guest,
    Judgement,
    PeerReview,
    QuizTry,
    Reflection,
    Registration,
)
from pathways.workflow.peer_review import DRAWN
from pathways.workflow.registration import ATTENDED, OFF, REGISTERED, WAITING
from portal.accounts.models import Person
from portal.notifications.actions import lead_on, take_back_news


def keep_further_enrolment(mine: Enrolment, theirs: Enrolment) -> None:
    """Keep the place of whoever got further, since the earlier day; a completed one with its badge comes first."""
    joined_at = min(mine.joined_at, theirs.joined_at)
    further, lesser = sorted([mine, theirs], key=how_far_on_a_playlist, reverse=True)
    lesser.delete()
    Enrolment.objects.filter(pk=further.pk).update(joined_at=joined_at)


def how_far_on_a_playlist(enrolment: Enrolment) -> tuple:
    """Return what to sort enrolments by, the furthest last."""
    return enrolment.is_completed, enrolment.batch_id is not None, enrolment.is_active


def keep_further_attempt(mine: Attempt, theirs: Attempt) -> None:
    """Keep the attempt that got further; what was handed in and said of the other comes before its rounds."""
    further, lesser = sorted([mine, theirs], key=how_far_at_an_activity, reverse=True)
    for model in (EvidenceItem, Judgement, PeerReview, Complaint):
        for row in model.objects.filter(attempt=further).order_by("-round"):  # no two of one round at any moment
            model.objects.filter(pk=row.pk).update(round=row.round + lesser.round)
        model.objects.filter(attempt=lesser).update(attempt=further)
    QuizTry.objects.filter(attempt=lesser).update(attempt=further)
    started_at = min(mine.started_at, theirs.started_at)
    Attempt.objects.filter(pk=further.pk).update(round=further.round + lesser.round, started_at=started_at)
    for learner in (mine.person, theirs.person):
        lead_on(lesser, further, person=learner)
    take_back_news(lesser)
    lesser.delete()


def how_far_at_an_activity(attempt: Attempt) -> tuple:
    """Return what to sort attempts by, the furthest last."""
    return attempt.is_passed, attempt.batch_id is not None, attempt.is_submitted, attempt.is_returned


FURTHER = [*OFF, WAITING, REGISTERED, ATTENDED]


def keep_further_registration(mine: Registration, theirs: Registration) -> None:
    """Keep the better of two places at a date; of two in line, the one that was there first."""
    lesser = min([mine, theirs], key=lambda one: (FURTHER.index(one.state), -one.asked_at.timestamp()))
    for learner in (mine.person, theirs.person):
        lead_on(lesser, theirs if lesser == mine else mine, person=learner)
    take_back_news(lesser)
    lesser.delete()


def keep_longer_reflection(mine: Reflection, theirs: Reflection) -> None:
    """Keep both texts under one another where there is room, else the longer one."""
    kept, other = sorted([mine, theirs], key=lambda one: len(one.text), reverse=True)
    both = f"{kept.text}\n\n{other.text}"
    other.delete()
    if len(both) <= Reflection._meta.get_field("text").max_length:
        Reflection.objects.filter(pk=kept.pk).update(text=both)


def keep_newer_plan(mine: ActionPlan, theirs: ActionPlan) -> None:
    """Keep the plan after an event that was changed last."""
    older = min([mine, theirs], key=lambda one: one.changed_at)
    take_back_news(older)
    older.delete()


def keep_one_guest(mine: Guest, theirs: Guest) -> None:
    """Keep one of two invitations to an activity."""
    theirs.delete()


def unite_looks(kept: Person, other: Person) -> None:
    """Let what one account said be the other's; of one's own work, or twice of the same, without who it was."""
    both = [kept, other]
    rows = PeerReview.objects.filter(by=other) | PeerReview.objects.filter(by=kept, attempt__person__in=both)
    for row in rows.select_related("attempt"):
        twice = PeerReview.objects.filter(attempt=row.attempt_id, round=row.round, by=kept).exclude(pk=row.pk)
        is_odd = row.attempt.person in both or twice.exists()
        if is_odd and row.state == DRAWN:
            row.delete()
        else:
            PeerReview.objects.filter(pk=row.pk).update(by=None if is_odd else kept)
    PeerReview.objects.filter(set_aside_by=other).update(set_aside_by=kept)

"""What must hold of learners' work at any time."""

from django.db.models import Exists, OuterRef

from pathways.models import Attempt, Enrolment, EvidenceItem
from portal.invariants import invariant


@invariant("P1 earned badge")
def earned_badges_are_awarded():
    """Name what earned a badge that could be awarded and was not."""
    for earnings in (Attempt.objects, Enrolment.objects):
        for earning in earnings.badge_due().select_related("badge_class__organiser"):
            if earning.badge_class.organiser.is_verified:
                yield f"{earning.once_key} has no award"


@invariant("P2 award of its own")
def awards_fit():
    """Name what points to the award of something else."""
    for earnings in (Attempt.objects, Enrolment.objects):
        for earning in earnings.exclude(batch=None).select_related("batch"):
            if earning.batch.once_key != earning.once_key or earning.batch.badge_class_id != earning.badge_class_id:
                yield f"{earning.once_key} points to award {earning.batch_id}"


@invariant("P3 evidence")
def waiting_attempts_have_evidence():
    """Name attempts that wait for a reviewer with nothing to look at."""
    handed_in = EvidenceItem.objects.filter(attempt=OuterRef("pk"), round=OuterRef("round"))
    for attempt in Attempt.objects.waiting().exclude(Exists(handed_in)):
        yield f"attempt {attempt.pk} waits without evidence"


@invariant("P4 completed playlist")
def completed_in_time():
    """Name playlists that were completed without a single passed activity."""
    for enrolment in Enrolment.objects.completed():
        if not Attempt.objects.of(enrolment.person_id).passed().exists():
            yield f"enrolment {enrolment.pk} is complete, but its learner passed nothing"

"""What learners hand in, and what reviewers say of it."""

from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse

from organisers.models import Organiser
from pathways.models.attempt import Attempt
from pathways.models.peers import PeerReview
from pathways.models.roles import PageRole, at_places_of
from pathways.workflow.attempt import OPEN
from portal import clock

TAKEN_BACK = Q(attempt__state=OPEN, round=F("attempt__round"))


class EvidenceQuerySet(models.QuerySet):
    def as_thread(self) -> list:
        """Return what was handed in, the newest first, each with its `judgements`, the last word, and `looks`."""
        items = list(self.select_related("file", "attempt").order_by("-round"))
        attempts = {item.attempt_id for item in items}
        found, looks = defaultdict(list), defaultdict(list)
        for look in PeerReview.objects.said().filter(attempt__in=attempts).select_related("by", "attempt"):
            looks[look.attempt_id, look.round].append(look)
        for judgement in Judgement.objects.filter(attempt__in=attempts).select_related("by"):
            found[judgement.attempt_id, judgement.round].append(judgement)
        for item in items:
            item.judgements = found[item.attempt_id, item.round]
            item.looks = looks[item.attempt_id, item.round]
            item.judgement = item.judgements[-1] if item.judgements else None
        return items

    def with_file(self):
        """Return the evidence that has a file."""
        return self.exclude(file=None).select_related("file", "attempt__organiser")

    def visible_to(self, user):
        """Return the evidence that a person may see: their own, what came in where they review, what they look at."""
        reviewed = Organiser.objects.reviewed_by(user)
        lent = at_places_of(user, PageRole.Role.REVIEWER, organiser="attempt__organiser", key="attempt__activity_key")
        others = (Q(attempt__organiser__in=reviewed) | lent) & ~TAKEN_BACK
        looks = PeerReview.objects.open().by_person(user).filter(attempt=OuterRef("attempt"), round=OuterRef("round"))
        return self.filter(Q(attempt__person=user) | others | Exists(looks))


class EvidenceItem(models.Model):
    """Something handed in: a text, a link, a private file, or several of these."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="evidence")
    round = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(default=clock.now)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "round"], name="evidence_once_a_round"),
            models.CheckConstraint(
                condition=~Q(text="") | ~Q(link="") | Q(file__isnull=False), name="evidence_is_something"
            ),
        ]

    def get_absolute_url(self):
        """Where a reviewer judges it."""
        return reverse("pathways:review", args=[self.attempt.organiser.slug, self.attempt_id])

    @property
    def is_taken_back(self):
        return self.attempt.is_open and self.round == self.attempt.round

    def is_looked_at_by(self, user) -> bool:
        """Say whether another learner may look at it just now."""
        looks = self.attempt.peer_reviews.open().filter(round=self.round)
        return user.is_authenticated and looks.by_person(user).exists()


class JudgementQuerySet(models.QuerySet):
    def inside(self, organiser):
        """Return the judgements of an organiser's reviewers, and of those of the units inside it."""
        return self.filter(attempt__in=Attempt.objects.inside(organiser))

    def given_between(self, first, last):
        """Return those of one day to another, both included."""
        return self.filter(at__gte=clock.beginning_of(first), at__lt=clock.beginning_of(last + timedelta(days=1)))

    def figures(self) -> dict:
        """Count them, those that returned the work, and the people who gave them."""
        returned = Count("pk", filter=Q(outcome=Judgement.Outcome.RETURNED))
        return self.order_by().aggregate(given=Count("pk"), returned=returned, people=Count("by", distinct=True))


class Judgement(models.Model):
    """A reviewer's word on what was handed in."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted"
        RETURNED = "returned"

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="judgements")
    round = models.PositiveSmallIntegerField(default=1)
    is_second = models.BooleanField(default=False, db_default=False)  # asked for because the learner doubted the first
    is_after_complaint = models.BooleanField(default=False, db_default=False)  # because the learner was found right
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=10, choices=Outcome)
    feedback = models.TextField(max_length=3000, blank=True)
    checklist = models.JSONField(default=list)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "round", "is_second", "is_after_complaint"], name="judged_thrice_a_round_at_most"
            ),
            models.CheckConstraint(condition=Q(outcome="accepted") | ~Q(feedback=""), name="returned_with_feedback"),
        ]

    @property
    def items(self):
        """The checklist as the list of checks shows it."""
        return [{"text": line["line"], "state": "" if line["met"] else "failed"} for line in self.checklist]

    @property
    def is_accepted(self):
        return self.outcome == self.Outcome.ACCEPTED

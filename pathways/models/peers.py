"""Learners who judge the work of other learners."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisers.models import Membership, Organiser
from pathways.models.activity import ActivityPage
from pathways.models.attempt import Attempt
from pathways.models.roles import PageRole, at_places_of
from pathways.workflow.attempt import OPEN, SUBMITTED
from pathways.workflow.peer_review import COUNTED, DRAWN, ENDED, GIVEN, SAID, SET_ASIDE, PeerReviewWorkflow
from portal import clock
from portal.accounts.models import Guardian

TIME_TO_LOOK = timedelta(days=3)
MOST_SET_ASIDE = 2  # at an activity, before somebody is not drawn there again


def due_at():
    """Return until when work that is drawn now may be looked at."""
    return clock.now() + TIME_TO_LOOK


class PeerReviewQuerySet(models.QuerySet):
    def open(self):
        """Return the looks that may be taken now: in time, at work that still waits for other learners."""
        waiting = Q(attempt__state=SUBMITTED, attempt__round=F("round"), attempt__peers__gt=0)
        return self.filter(waiting, state=DRAWN, due_at__gt=clock.now())

    def run_out(self):
        """Return the looks that nobody took in time."""
        return self.filter(state=DRAWN, due_at__lte=clock.now())

    def given_back_lately(self):
        """Return the looks of the last day that were given back."""
        return self.filter(state=ENDED, drawn_at__gt=clock.now() - timedelta(days=1))

    def by_person(self, person):
        """Return the looks of one learner at others' work."""
        return self.filter(by=person)

    def of_or_by(self, person):
        """Return the looks that concern a person, on whichever side."""
        return self.filter(Q(attempt__person=person) | Q(by=person) | Q(set_aside_by=person))

    def shown_to(self, person):
        """Return the judgements that a person gave, or reads."""
        pending = Q(attempt__state=SUBMITTED, attempt__round=F("round"), attempt__doubt="")
        return self.filter(Q(by=person, state__in=SAID) | Q(attempt__person=person, state=GIVEN) & ~pending)

    def of_learner(self, person):
        """Return the looks at the work of one learner."""
        return self.filter(attempt__person=person)

    def on(self, page):
        """Return the looks at work on an activity."""
        return self.filter(attempt__activity_key=page.translation_key)

    def with_titles(self, locale) -> list:
        """Return the looks, each with its `activity` in a language; one query for all of them."""
        looks = list(self.select_related("attempt__person", "attempt__organiser", "by"))
        pages = ActivityPage.objects.select_related("locale").by_key(
            {one.attempt.activity_key for one in looks}, locale
        )
        for look in looks:
            look.activity = pages.get(look.attempt.activity_key)
        return looks

    def said(self):
        """Return the judgements, those set aside as well."""
        return self.filter(state__in=SAID)

    def said_at(self, organiser):
        """Return the judgements of learners at an organiser, those reported and not answered first."""
        said = self.said().filter(attempt__organiser=organiser).annotate(waits=Q(state=GIVEN) & ~Q(reported_as=""))
        return said.order_by("-waits", "-given_at", "-pk").select_related("attempt__organiser")

    def reported_at(self, organiser):
        """Return the judgements at an organiser that their learners reported and nobody set aside."""
        return self.said_at(organiser).filter(waits=True)


class PeerReview(PeerReviewWorkflow):
    """One learner's look at the work of another, who do not learn of each other who they are."""

    class Reason(models.TextChoices):
        HURTFUL = "hurtful", _("hurtful")
        CARELESS = "careless", _("careless")
        WRONG = "wrong", _("wrong")

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="peer_reviews")
    round = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    drawn_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(default=due_at)
    given_at = models.DateTimeField(null=True)
    checklist = models.JSONField(default=list)
    feedback = models.TextField(max_length=3000, blank=True)
    reported_as = models.CharField(max_length=10, choices=Reason, blank=True)
    reported_at = models.DateTimeField(null=True)
    set_aside_as = models.CharField(max_length=10, choices=Reason, blank=True)
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = PeerReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("look of another learner")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "round", "by"], name="looked_at_once_a_round"),
            models.CheckConstraint(
                condition=~Q(state__in=SAID) | Q(given_at__isnull=False) & ~Q(feedback=""), name="look_with_feedback"
            ),
            models.CheckConstraint(condition=~Q(state=SET_ASIDE) ^ ~Q(set_aside_as=""), name="set_aside_for_a_reason"),
        ]

    def get_absolute_url(self):
        """Where reviewers of the organiser read it."""
        return reverse("pathways:look-detail", args=[self.attempt.organiser.slug, self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == DRAWN and self.is_pending and self.attempt.is_with_peers and self.due_at > clock.now()

    @property
    def is_given(self):
        return self.state == GIVEN

    @property
    def is_set_aside(self):
        return self.state == SET_ASIDE

    @property
    def is_pending(self) -> bool:
        """Say whether the round that it is about waits for its first decision."""
        return self.attempt.is_submitted and self.attempt.round == self.round and not self.attempt.doubt

    @property
    def is_told(self) -> bool:
        """Say whether its learner reads it: once all have judged."""
        return self.is_given and not self.is_pending

    @property
    def is_accepting(self) -> bool:
        """Say whether every line of the checklist was found met."""
        return all(line["met"] for line in self.checklist)

    @property
    def items(self):
        """The checklist as the list of checks shows it."""
        return [{"text": line["line"], "state": "" if line["met"] else "failed"} for line in self.checklist]

    @property
    def has_decided(self) -> bool:
        """Say whether its round was decided by learners alone, and nothing came after."""
        attempt = self.attempt
        rounds = {attempt.round} if attempt.is_passed else {attempt.round - 1} if attempt.is_returned else set()
        return self.round in rounds and not attempt.judgements.filter(round=self.round).exists()


def work_for(person):
    """Return the work that a learner may be drawn to look at, what waits longest first.

    It is at activities at which they handed in their own. Never their own, nor that of whoever judged theirs, of
    their guardian or child, of somebody with whom they share an organiser, or where they review.
    """
    mine = Attempt.objects.of(person).filter(evidence__isnull=False).exclude(state=OPEN)
    here = PeerReview.objects.filter(attempt=OuterRef("pk"), round=OuterRef("round"))
    taken = here.filter(state__in=COUNTED).order_by().values("attempt").annotate(number=Count("pk")).values("number")
    set_aside = PeerReview.objects.by_person(person).filter(state=SET_ASIDE).order_by()
    barred = set_aside.values("attempt__activity_key").annotate(number=Count("pk")).filter(number__gte=MOST_SET_ASIDE)
    of_mine = PeerReview.objects.filter(attempt__person=person, attempt__activity_key=OuterRef("activity_key"))
    guardians = Guardian.objects.filter(child=person).values("email")
    mine_to_care_for = Guardian.objects.filter(email__in=person.verified_addresses()).values("child")
    colleagues = Membership.objects.filter(organiser__in=Organiser.objects.with_member(person)).values("person")
    return (
        Attempt.objects.with_peers()
        .filter(activity_key__in=mine.values("activity_key"), person__is_active=True, answer_due__gte=clock.today())
        .filter(peers__gt=Coalesce(Subquery(taken), 0))
        .exclude(person=person)
        .exclude(Exists(here.filter(by=person)))
        .exclude(Exists(of_mine.filter(by=OuterRef("person")).exclude(state=ENDED)))
        .exclude(activity_key__in=barred.values("attempt__activity_key"))
        .exclude(person__in=EmailAddress.objects.filter(verified=True, email__in=guardians).values("user"))
        .exclude(person__in=mine_to_care_for)
        .exclude(person__in=colleagues)
        .exclude(organiser__in=Organiser.objects.reviewed_by(person))
        .exclude(at_places_of(person, PageRole.Role.REVIEWER, key="activity_key"))
    )

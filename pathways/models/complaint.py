"""What learners complain of, and the answer they get."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisers.models import Organiser
from pathways.models.activity import ActivityPage
from pathways.models.attempt import Attempt
from pathways.workflow.complaint import NOT_UPHELD, OPEN, UPHELD, ComplaintWorkflow
from portal import clock
from portal.accounts.models import Person


def organisers_heard_by(user):
    """Return the organisers whose complaints a person hears: as an owner, and at the network as its admin."""
    heard = Q(pk__in=Organiser.objects.held_by(user, "owner").values("pk"), is_network=False)
    if user.has_network_role("network_admin"):
        heard |= Q(is_network=True)
    return Organiser.objects.filter(heard)


class ComplaintQuerySet(models.QuerySet):
    def open(self):
        """Return the complaints that wait for an answer, the oldest first."""
        return self.filter(state=OPEN).order_by("filed_at", "pk")

    def upheld(self):
        """Return the complaints in which the learner was right."""
        return self.filter(state=UPHELD)

    def late(self):
        """Return the complaints that wait for longer than was promised."""
        return self.open().filter(answer_due__lt=clock.today())

    def at(self, organiser):
        """Return the complaints about judgements at an organiser."""
        return self.filter(attempt__organiser=organiser).select_related("attempt__person", "attempt__organiser")

    def of_or_answered_by(self, person):
        """Return the complaints that concern a person, on whichever side."""
        return self.filter(Q(attempt__person=person) | Q(answered_by=person))

    def with_titles(self, locale) -> list:
        """Return the complaints, each with its `activity` in a language; one query for all of them."""
        complaints = list(self)
        keys = {one.attempt.activity_key for one in complaints}
        pages = ActivityPage.objects.select_related("locale").by_key(keys, locale)
        for complaint in complaints:
            complaint.activity = pages.get(complaint.attempt.activity_key)
        return complaints

    def visible_to(self, user):
        """Return the complaints that a person may read as one who hears them."""
        return self.filter(attempt__organiser__in=organisers_heard_by(user)).exclude(attempt__person=user)

    def waiting_first(self):
        """Return the complaints, those without an answer on top."""
        return self.order_by(F("answered_at").desc(nulls_first=True), "filed_at")


class Complaint(ComplaintWorkflow):
    """A learner's word on a judgement that they find wrong, and the organiser's answer."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="complaints")
    round = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=1000)
    filed_at = models.DateTimeField(default=clock.now)
    answer_due = models.DateField()
    answer = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_answered_by_judge = models.BooleanField(default=False, db_default=False)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint of a learner")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "round"], name="complained_once_a_round"),
            models.CheckConstraint(
                condition=Q(state=OPEN) | Q(answered_at__isnull=False) & ~Q(answer=""), name="complaint_with_answer"
            ),
        ]

    def get_absolute_url(self):
        """Where it is answered."""
        return reverse("pathways:complaint", args=[self.attempt.organiser.slug, self.pk])

    @property
    def is_open(self):
        return self.state == OPEN

    @property
    def is_upheld(self):
        return self.state == UPHELD

    @property
    def is_not_upheld(self):
        return self.state == NOT_UPHELD

    @property
    def is_late(self):
        return self.is_open and clock.today() > self.answer_due

    def judges(self) -> set[int]:
        """Return the keys of the people who judged the work of this round."""
        return set(self.attempt.judgements.filter(round=self.round).values_list("by", flat=True)) - {None}

    def hearers(self):
        """Return who hears it: the nearest owners who did not judge; where there are none, those who did.

        At the network, its admins in place of owners; never the learner.
        """
        organiser = self.attempt.organiser
        if organiser.is_network:
            line = [Person.objects.with_network_role("network_admin")]
        else:
            places = [organiser, *organiser.parents()]
            line = [Person.objects.active().filter(pk__in=one.memberships.owners().values("person")) for one in places]
        line = [people.exclude(pk=self.attempt.person_id) for people in line]
        free = [people.exclude(pk__in=self.judges()) for people in line]
        return next((people for people in [*free, *line] if people.exists()), Person.objects.none())

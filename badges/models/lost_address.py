"""What somebody asks an organiser who no longer reads the address to which a badge was sent."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from badges.models.assertion import Assertion
from badges.models.award import AwardRow
from organisers.models import Organiser
from portal import clock
from portal.privacy import is_stand_in


class AddressRequestQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what pages and letters name."""
        return self.select_related("organiser", "person", "answered_by").prefetch_related("organiser__texts")

    def open(self):
        """Return what nobody answered."""
        return self.filter(answered_at=None)

    def of(self, organiser):
        """Return the requests to an organiser."""
        return self.filter(organiser=organiser)

    def by(self, person):
        """Return the requests of a person, the newest first."""
        return self.filter(person=person).order_by("-pk")

    def visible_to(self, user):
        """Return the requests that a person made, and those to organisers for which they issue."""
        return self.filter(Q(person=user) | Q(organiser__in=Organiser.objects.held_by(user, "owner", "issuer")))

    def carried_out_by(self, row):
        """Return the confirmed requests for which a row was to bring a badge to its new address."""
        asked = Q(assertion=row.supersedes_id) | Q(old_email=row.supersedes.email)
        return self.filter(asked, is_confirmed=True, new_email=row.email, organiser=row.batch.badge_class.organiser_id)

    def since(self, moment):
        """Return what was asked after a moment."""
        return self.filter(made_at__gt=moment)

    def answer(self, *, by, text="", is_confirmed=False):
        """Answer those that are open; returns how many were."""
        return self.open().update(answered_at=clock.now(), answered_by=by, answer=text, is_confirmed=is_confirmed)


class AddressRequest(models.Model):
    """A person's word that a badge at an old address is theirs, to those who issued it; their new address is proved.

    It is kept whether there is such a badge or not: whoever asks learns that from the answer alone. `organiser` is
    empty where a link led nowhere.
    """

    MOST_OPEN, A_DAY = 5, 5

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=150)
    new_email = models.EmailField()
    old_email = models.EmailField(blank=True)
    link = models.CharField(max_length=500, blank=True)
    text = models.CharField(max_length=500, blank=True)
    organiser = models.ForeignKey(Organiser, null=True, on_delete=models.CASCADE, related_name="+")
    assertion = models.ForeignKey(Assertion, null=True, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.CharField(max_length=500, blank=True)
    is_confirmed = models.BooleanField(default=False)

    objects = AddressRequestQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(link="") | ~Q(old_email=""), name="address_request_names_a_badge"),
            models.CheckConstraint(
                condition=Q(is_confirmed=False) | Q(answered_at__isnull=False), name="confirmed_request_is_answered"
            ),
        ]

    def get_absolute_url(self):
        """Where both sides find it."""
        return reverse("badges:address-request", args=[self.key])

    @property
    def is_open(self):
        return self.answered_at is None

    @property
    def old_address(self):
        """The old address as people read it: also where its holder was erased since."""
        return _("an address that is gone") if is_stand_in(self.old_email) else self.old_email

    def badges(self):
        """Return the badges that it is about, as far as they stand."""
        asked = Q(pk=self.assertion_id) | (Q(email=self.old_email) if self.old_email else Q(pk=None))
        kept = Assertion.objects.out().live().filter(erased_at=None)
        return kept.filter(asked, badge_class__organiser=self.organiser_id)

    def moves(self):
        """Return the rows that bring or brought a badge to the new address."""
        asked = Q(supersedes=self.assertion_id) | Q(supersedes__email=self.old_email)
        ways = AwardRow.objects.filter(asked, email=self.new_email, batch__badge_class__organiser=self.organiser_id)
        return ways.filter(state__in=[AwardRow.State.DUE, AwardRow.State.AWARDED], supersedes__isnull=False)

"""What one organiser says in favour of a thing of another one, from the request to the signed statement."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from badges.models.assertion import Assertion, belongs_to
from badges.subjects import find, kinds
from badges.workflow.endorsement import (
    ASKED,
    DECLINED,
    GIVEN,
    LIVE,
    OFFERED,
    PUBLIC,
    SAID,
    WAITING,
    WITHDRAWN,
    EndorsementWorkflow,
)
from organisers.models import Organiser
from portal import clock

WITH_ROLES = ("owner", "issuer")


class EndorsementQuerySet(models.QuerySet):
    def with_endorser(self):
        """Fetch along what the page of the thing shows: who says so, and of which version."""
        return self.select_related("endorser", "badge_version__badge_class").prefetch_related("endorser__texts")

    def with_words(self):
        """Fetch along what pages and letters name."""
        return self.select_related(
            "organiser", "endorser", "badge_version__badge_class", "assertion", "asked_by", "attestation"
        ).prefetch_related("organiser__texts", "endorser__texts")

    def visible_to(self, user):
        """Return what a person may open: everybody what was given, the two sides and the holder of a badge the rest."""
        public, kept = Q(state__in=PUBLIC), self.kept()
        if not user.is_authenticated:
            return kept.filter(public)
        mine = Organiser.objects.held_by(user, *WITH_ROLES)
        holder = Q(assertion__in=Assertion.objects.filter(belongs_to([user])))
        return kept.filter(public | Q(organiser__in=mine) | Q(endorser__in=mine) | holder)

    def kept(self):
        """Leave out those that were erased with the holder of the badge that they were about."""
        return self.filter(erased_at=None)

    def about(self, kind, key):
        """Return those of one thing."""
        return self.filter(kind=kind, thing=key)

    def of(self, organiser):
        """Return those of what an organiser has, and those that it is asked for or gave."""
        return self.kept().filter(Q(organiser=organiser) | Q(endorser=organiser))

    def shown(self):
        """Return what stands, of organisers that may act, the newest first."""
        standing = self.kept().filter(state=GIVEN, endorser__standing__in=Organiser.OPERATING)
        return standing.order_by("-given_at", "-pk")

    def live(self):
        """Return what is asked for, offered or given."""
        return self.filter(state__in=LIVE)

    def waiting(self):
        """Return what waits for somebody's word."""
        return self.filter(state__in=WAITING)

    def received(self, organiser):
        """Return what stands in favour of what an organiser has."""
        return self.kept().filter(organiser=organiser, state=GIVEN)

    def given_by(self, organiser):
        """Return what an organiser gave and did not withdraw."""
        return self.kept().filter(endorser=organiser, state=GIVEN)

    def ended(self):
        """Return what was declined, taken back or withdrawn."""
        return self.exclude(state__in=LIVE)

    def offered_to(self, organiser):
        """Return what owners and issuers of an organiser accept or decline; of a person's badge its holder does."""
        return self.filter(organiser=organiser, assertion=None, state=OFFERED)

    def asked_of(self, organiser):
        """Return the requests that the owners of an organiser answer."""
        return self.filter(endorser=organiser, state=ASKED)

    def declined_since(self, moment):
        """Return what was declined after a moment."""
        return self.filter(state=DECLINED, ended_at__gt=moment)

    def begun_since(self, moment):
        """Return what was asked for or offered after a moment."""
        return self.filter(created_at__gt=moment)


class Endorsement(EndorsementWorkflow):
    """A public text by which one organiser stands up for what another one has; signed when both sides agree."""

    TEXT_LIMIT = 1000
    A_DAY = 20  # requests, and as many offers, of one organiser

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12)
    thing = models.UUIDField()
    title = models.CharField(max_length=255)  # of the thing, as it was then
    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="+")
    assertion = models.ForeignKey("badges.Assertion", null=True, on_delete=models.PROTECT, related_name="endorsements")
    endorser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="+")
    message = models.TextField(_("message"), max_length=500, blank=True)
    is_wanted = models.BooleanField(default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    text = models.TextField(_("what you say"), max_length=TEXT_LIMIT, blank=True)
    language = models.CharField(max_length=10, blank=True)
    address = models.URLField(max_length=500, blank=True)  # what the credential names: a DID, or an address
    badge_version = models.ForeignKey(
        "badges.BadgeClassVersion", null=True, on_delete=models.PROTECT, related_name="endorsements"
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(null=True)
    attestation = models.OneToOneField(
        "badges.Attestation", null=True, on_delete=models.PROTECT, related_name="endorsement"
    )
    given_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)  # with the holder of the badge that it was about

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kind", "thing"], name="endorsement_thing")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "thing", "endorser"], condition=Q(state__in=LIVE), name="endorsement_live_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PUBLIC) | Q(attestation__isnull=False, given_at__isnull=False),
                name="given_endorsement_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SAID) | (~Q(text="") & ~Q(address="")) | Q(erased_at__isnull=False),
                name="offered_endorsement_says_something",
            ),
            models.CheckConstraint(
                condition=~Q(organiser=models.F("endorser")), name="nobody_endorses_what_is_their_own"
            ),
        ]

    def get_absolute_url(self):
        """Where everybody reads it, and both sides before."""
        return reverse("badges:endorsement", args=[self.key])

    @property
    def absolute_url(self):
        """The address of its page, to be sent to somebody."""
        return settings.BASE_URL + self.get_absolute_url()

    @property
    def is_asked(self):
        return self.state == ASKED

    @property
    def is_offered(self):
        return self.state == OFFERED

    @property
    def is_given(self):
        return self.state == GIVEN

    @property
    def is_withdrawn(self):
        return self.state == WITHDRAWN

    @property
    def is_public(self):
        """Whether everybody may open its page."""
        return self.state in PUBLIC

    @property
    def last_step_at(self):
        """When the last thing happened to it."""
        return self.ended_at or self.given_at or self.written_at or self.created_at

    @property
    def kind_label(self):
        """What kind of thing it is about, in words."""
        known = kinds().get(self.kind)
        return known.label if known else ""

    @property
    def lang(self):
        """The language of its text where it is not the page's own."""
        return "" if self.language == get_language() else self.language

    def subject(self):
        """Return the thing as everybody may see it now; None where nobody may."""
        return find(self.kind, self.thing)

"""The labels that organisers hold."""

import uuid
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisers.models import Organiser, OrganiserText
from portal import clock
from quality_label.permissions import may_see_cases
from quality_label.workflow import label as steps
from quality_label.workflow.label import LabelWorkflow


class LabelQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what a list or a letter names."""
        return self.select_related(
            "organiser__city", "application__framework", "credential__badge_version"
        ).prefetch_related("organiser__texts")

    def live(self):
        """Return the labels that stand or are suspended."""
        return self.filter(state__in=steps.LIVE)

    def standing(self):
        """Return the labels that hold today."""
        operating = Q(organiser__standing__in=Organiser.OPERATING)
        return self.filter(operating, state__in=steps.STANDING, valid_until__gte=clock.today())

    def holders(self, organisers) -> set[int]:
        """Return which of these organisers hold the label today, for lists of them."""
        return set(self.standing().filter(organiser__in=organisers).values_list("organiser", flat=True))

    def conditional(self):
        """Return the labels that hold on conditions."""
        return self.filter(state=steps.CONDITIONAL)

    def over(self):
        """Return the labels whose last day has passed and which nobody ended yet.

        Those with conditions do not end by that: they are suspended, or wait for the network.
        """
        return self.live().filter(valid_until__lt=clock.today()).exclude(state=steps.CONDITIONAL)

    def in_grace(self):
        """Return the labels that hold until their renewal is decided."""
        return self.filter(state=steps.GRACE)

    def to_renew(self):
        """Return the labels whose last day is near enough to be renewed, and not over."""
        today = clock.today()
        last = clock.months_later(today, steps.RENEWAL_MONTHS)
        return self.filter(state=steps.ACTIVE, valid_until__range=(today, last))

    def out_of_step(self):
        """Return those whose credential counts although their organiser is suspended or shut out, or the other way."""
        operating = Q(organiser__standing__in=Organiser.OPERATING)
        counts = Q(credential__suspended_at=None)
        found = self.filter(state__in=steps.STANDING, valid_until__gte=clock.today())
        return found.filter((operating & ~counts) | (~operating & counts))

    def public(self):
        """Return what the register shows: the newest label of each organiser, ended ones for a while."""
        today = clock.today()
        shown = Q(state__in=steps.LIVE, valid_until__gte=today)
        for state, months in steps.SHOWN_MONTHS.items():
            shown |= Q(state=state, ended_on__gt=clock.months_later(today, -months))
        not_ended_yet = clock.months_later(today, -steps.SHOWN_MONTHS[steps.EXPIRED])
        shown |= Q(state__in=steps.LIVE, valid_until__lt=today, valid_until__gt=not_ended_yet)
        newer = Label.objects.filter(organiser=OuterRef("organiser"), pk__gt=OuterRef("pk"))
        return self.filter(shown).exclude(Exists(newer))

    def looked_for(self, *, q="", city=None, country="", state=""):
        """Return the labels that people look for by name, place and state as they see it."""
        found = self
        if q:
            named = OrganiserText.objects.filter(owner=OuterRef("organiser"), name__icontains=q)
            found = found.filter(Exists(named))
        if city:
            found = found.filter(organiser__city=city)
        if country:
            found = found.filter(organiser__country=country)
        if state:
            late = Q(valid_until__lt=clock.today())
            over = late & Q(state__in=[steps.ACTIVE, steps.SUSPENDED, steps.GRACE])
            shut = ~Q(organiser__standing__in=Organiser.OPERATING)
            held_up = (Q(state__in=steps.STANDING) & shut) | (late & Q(state=steps.CONDITIONAL))
            also = {steps.EXPIRED: over, steps.SUSPENDED: held_up & ~over}.get(state, Q(pk__in=[]))
            as_it_is = Q(state=state) & ~over & ~held_up
            found = found.filter(also | as_it_is)
        return found

    def overseen_by(self, user):
        """Return the labels that a person of the network looks after: never of their own organisers."""
        if not (user.is_authenticated and may_see_cases(user)):
            return self.none()
        return self.exclude(organiser__in=Organiser.objects.joined_by(user))

    def of(self, organiser):
        """Return the labels of an organiser, the newest first."""
        return self.filter(organiser=organiser)


class Label(LabelWorkflow):
    """A label that an application earned, and the credential that says so to software."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="+")
    application = models.OneToOneField("quality_label.Application", on_delete=models.PROTECT, related_name="label")
    valid_from = models.DateField()
    valid_until = models.DateField()
    state_before = models.CharField(max_length=20, blank=True, editable=False)
    ground = models.CharField(max_length=14, choices=steps.Ground, blank=True, editable=False)
    words = models.TextField(max_length=2000, blank=True)  # what the owners read besides the ground
    ended_on = models.DateField(null=True, editable=False)
    counted_from = models.DateField(null=True, editable=False)  # where its three years do not begin on its first day
    grace_from = models.DateField(null=True, editable=False)  # the last day that it had before it waits for a renewal
    renewal_reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    untrained_since = models.DateField(null=True, editable=False)  # the day on which nobody trained was found left
    credential = models.OneToOneField("badges.Attestation", on_delete=models.PROTECT, related_name="+")
    endorsement = models.OneToOneField("badges.Attestation", on_delete=models.PROTECT, related_name="+")
    earlier_attestations = models.ManyToManyField("badges.Attestation", related_name="+")  # until another day

    objects = LabelQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organiser"], condition=Q(state__in=steps.LIVE), name="one_live_label_an_organiser"
            ),
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="label_ends_after_its_start"),
            models.CheckConstraint(
                condition=Q(state__in=steps.LIVE, ended_on=None)
                | (Q(state__in=steps.ENDED) & Q(ended_on__isnull=False)),
                name="label_ends_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=steps.SUSPENDED) | ~Q(state_before=""), name="suspended_label_remembers"
            ),
            models.CheckConstraint(condition=Q(state=steps.REVOKED) ^ Q(ground=""), name="revoked_label_says_why"),
        ]

    def get_absolute_url(self):
        """Where everybody reads whether it holds."""
        return reverse("quality_label:holder", args=[self.organiser.slug])

    @property
    def absolute_url(self):
        """The same, to be followed from elsewhere."""
        return settings.BASE_URL + self.get_absolute_url()

    @property
    def is_live(self) -> bool:
        """Whether it stands or is suspended."""
        return self.state in steps.LIVE

    @property
    def is_suspended(self) -> bool:
        """Whether it is suspended."""
        return self.state == steps.SUSPENDED

    @property
    def whole_until(self) -> date:
        """The last day of the three years that it holds without conditions."""
        return clock.months_later(self.counted_from or self.valid_from, steps.MONTHS)

    @property
    def renewal_from(self) -> date:
        """The first day on which it can be renewed in the short form."""
        return clock.months_later(self.valid_until, -steps.RENEWAL_MONTHS)

    @property
    def send_renewal_by(self) -> date:
        """The last day on which a renewal that is handed in lets it hold until it is decided."""
        return self.valid_until - timedelta(days=steps.SENT_DAYS)

    def has_renewal_in_time(self) -> bool:
        """Say whether a renewal waits for its decision, and was handed in early enough to let it hold meanwhile."""
        if self.state == steps.GRACE:
            return True
        renewal = self.renewal
        return bool(renewal and renewal.is_under_way and renewal.day_0 <= self.send_renewal_by)

    @property
    def is_renewable(self) -> bool:
        """Whether it stands without conditions, and its last day is near enough to be renewed."""
        return self.state == steps.ACTIVE and self.renewal_from <= clock.today() <= self.valid_until

    @property
    def renewal(self):
        """The application that is open to renew it; None where there is none."""
        return self.renewals.open().first()

    @property
    def is_conditional(self) -> bool:
        """Whether conditions of it are open."""
        return self.state == steps.CONDITIONAL

    @property
    def is_standing(self) -> bool:
        """Whether it holds today."""
        return self.status in steps.STANDING

    @property
    def conditions_until(self) -> date:
        """The last day to meet its conditions; it holds a little longer, for them to be looked at."""
        return self.valid_until - timedelta(days=steps.CONDITION_DAYS)

    @property
    def untrained_until(self) -> date | None:
        """The last day to have somebody trained again."""
        return self.untrained_since and self.untrained_since + timedelta(days=steps.UNTRAINED_DAYS)

    @property
    def attestations(self) -> list:
        """The signed statements that say that it holds, those until an earlier day included."""
        return [self.credential, self.endorsement, *self.earlier_attestations.all()]

    @property
    def suspension(self):
        """The suspension that runs; None where none does."""
        return self.suspensions.running().first()

    def missed_duty(self) -> str | None:
        """Return the duty that its holder has missed for long enough to be suspended for; None where there is none."""
        if self.untrained_since and self.untrained_until < clock.today():
            return steps.Cause.UNTRAINED
        if self.has_conditions and self.are_conditions_overdue():
            return steps.Cause.CONDITIONS
        if self.check_ins.missed().exists():
            return steps.Cause.CHECK_IN
        return None

    def are_conditions_overdue(self) -> bool:
        """Say whether the last day of all conditions is over for a month, and not all of them were sent."""
        conditions = self.application.conditions.all()
        last = max((one.due_on for one in conditions), default=clock.today())
        is_over = last + timedelta(days=steps.CONDITION_DAYS) < clock.today()
        return is_over and any(not one.is_over and not one.is_sent for one in conditions)

    @property
    def has_conditions(self) -> bool:
        """Whether it holds on conditions, or did until it was suspended."""
        return self.is_conditional or (self.is_suspended and self.state_before == steps.CONDITIONAL)

    @property
    def open_conditions(self) -> list:
        """What is to be shown for it to become whole, the first due first."""
        return list(self.application.conditions.unmet()) if self.has_conditions else []

    @property
    def status(self) -> str:
        """Its state as readers see it: over after its last day, suspended while its organiser is, or was shut out."""
        if not self.is_live:
            return self.state
        if self.valid_until < clock.today():
            return steps.SUSPENDED if self.is_conditional else steps.EXPIRED
        return self.state if self.organiser.may_operate else steps.SUSPENDED

    @property
    def sentence(self) -> str:
        """What the register says of it."""
        day = self.conditions_until if self.status == steps.CONDITIONAL else self.valid_until
        return {
            steps.ACTIVE: _("Holds the label until %(day)s"),
            steps.CONDITIONAL: _("Holds the label; conditions to be met by %(day)s"),
            steps.SUSPENDED: _("Suspended"),
            steps.GRACE: _("Holds the label; its renewal is in progress"),
            steps.EXPIRED: _("Expired on %(day)s"),
            steps.REVOKED: _("Revoked"),
            steps.SURRENDERED: _("Given back"),
            steps.SUPERSEDED: _("Renewed"),
        }[self.status] % {"day": date_format(day, "DATE_FORMAT")}

    @property
    def tone(self) -> str:
        """How its state is shown."""
        known = dict.fromkeys(steps.STANDING, "success") | {steps.SUSPENDED: "warning"}
        return known.get(self.status, "danger")

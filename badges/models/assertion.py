"""The badge that one recipient holds, and the documents that were signed for it."""

from datetime import UTC, datetime, time, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.db.models.functions import Cast, TruncWeek
from django.urls import reverse

from badges.models.award import AwardBatch
from badges.models.badge_class import BadgeClassText
from badges.models.holder import Holder
from badges.models.skill import BadgeClassSkill
from badges.workflow import (
    COLLECTED,
    DECLINED,
    HELD,
    LIVE,
    OUT,
    REVOKED,
    WAITING,
    WITHDRAWN,
    AssertionWorkflow,
)
from organisers.models import Membership, Organiser
from portal import clock
from portal.accounts.models import Person
from portal.notifications.models import OutgoingMail

REPLACED = Q(superseded_by__isnull=False)
TAKEN_BACK = Q(state=REVOKED) & ~REPLACED
TALLY = {
    "awarded": Count("pk", filter=~REPLACED),
    "collected": Count("pk", filter=Q(state=COLLECTED)),
    "waiting": Count("pk", filter=Q(state=WAITING)),
    "declined": Count("pk", filter=Q(state=DECLINED)),
    "revoked": Count("pk", filter=TAKEN_BACK),
    "replaced": Count("pk", filter=REPLACED),
}
RECIPIENT_MAILS = ["badges/badge_waiting", "badges/badge_corrected", "badges/badge_moved", "badges/badge_reminder"]
SOON = timedelta(days=60)
REMINDERS = [timedelta(days=7), timedelta(days=21)]  # after so long, once each; then never again


def given_up() -> Q:
    """Return the condition that who collected a badge has its address no more; somebody else may read that by now."""
    kept = EmailAddress.objects.filter(user=OuterRef("person"), email=OuterRef("email"), verified=True)
    return Q(collected_at__isnull=False, person__isnull=False) & ~Exists(kept)


def belongs_to(people) -> Q:
    """Return the condition that a badge is one of these people's.

    It is whose who collected it, also after they gave its address up and somebody else proved that; until it is
    collected, of whoever proved its address.
    """
    addresses = EmailAddress.objects.filter(user__in=people, verified=True).values("email")
    return Q(person__in=people) | Q(collected_at=None, email__in=addresses)


class AssertionQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what a list of badges shows."""
        return self.select_related("badge_version__badge_class", "badge_class__organiser__city").prefetch_related(
            "badge_class__organiser__texts"
        )

    def out(self):
        """Return the badges that are out: released, and not withdrawn."""
        return self.filter(batch__state=OUT)

    def showable(self):
        """Leave out the badges of people who show none: those under age, and those whose account is closed."""
        hidden = Q(user__is_of_age=False) | Q(user__closed_at__isnull=False)
        proved = EmailAddress.objects.filter(hidden, email=OuterRef("email"), verified=True)
        shown = Q(person__closed_at=None) & ~Q(person__is_of_age=False)
        return self.filter(shown & (Q(collected_at__isnull=False) | ~Exists(proved)))

    def visible_to(self, user):
        """Return the badges whose page a person may open.

        Everybody sees those that their holders published; the others only the holder and the organiser's people. Who
        issues for the organiser sees its held ones as well; what was undone never was. People under age publish none.
        """
        if not user.is_authenticated:
            return self.out().published().showable()
        public = Q(pk__in=self.out().published().showable().values("pk"))
        own = Q(batch__state=OUT) & belongs_to([user])
        member = Q(batch__state=OUT, badge_class__organiser__in=Organiser.objects.held_by(user))
        issuer = Q(batch__state=HELD, badge_class__organiser__in=Organiser.objects.held_by(user, "owner", "issuer"))
        return self.filter(public | own | member | issuer)

    def for_person(self, person):
        """Return the badges of a person: what they collected, and what nobody did at an address that they proved."""
        return self.out().filter(belongs_to([person]))

    def holders(self):
        """Return the people who may sign in and whose badges these are."""
        readers = EmailAddress.objects.filter(email__in=self.filter(collected_at=None).values("email"), verified=True)
        collectors = self.exclude(collected_at=None).values("person")
        return Person.objects.active().filter(Q(pk__in=collectors) | Q(pk__in=readers.values("user")))

    def inside(self, organiser):
        """Return what an organiser and the units inside it issued."""
        return self.filter(badge_class__organiser__in=Organiser.objects.within(organiser))

    def awarded_by(self, organisers):
        """Return the badges of these organisers."""
        return self.filter(badge_class__organiser__in=organisers)

    def issued_since(self, day):
        """Return what was issued on a day or later."""
        return self.filter(issued_at__gte=clock.beginning_of(day))

    def issued_until(self, day):
        """Return what was issued on a day or earlier."""
        return self.filter(issued_at__lt=clock.beginning_of(day + timedelta(days=1)))

    def first_and_last_day(self):
        """Return the days on which the first and the last one were issued; None where there is none."""
        found = self.order_by().aggregate(first=Min("issued_at"), last=Max("issued_at")).values()
        return tuple(moment and clock.day_of(moment) for moment in found)

    def people_count(self) -> int:
        """Return how many addresses got them."""
        return self.order_by().values("email").distinct().count()

    def originals(self):
        """Return each award once, as it was first made; corrections are left out."""
        return self.exclude(batch__source=AwardBatch.Source.CORRECTION)

    def genuine(self, organiser):
        """Return the awards that stand, corrected or not, but for those to people who act for an organiser."""
        staff = Membership.objects.acting_in(organiser)
        gone = TAKEN_BACK | Q(superseded_by__state=REVOKED, superseded_by__superseded_by=None)
        own = Q(email__in=staff.addresses()) | Q(person__in=staff.values("person"))
        return self.out().originals().exclude(gone).exclude(own)

    def earned_by_learning(self):
        """Return those that an activity or a playlist awarded."""
        return self.filter(batch__source__in=AwardBatch.LEARNT)

    def explained(self):
        """Return those that were not earned by learning and say what was done, in words or with evidence."""
        given = self.exclude(batch__source__in=AwardBatch.LEARNT)
        return given.exclude(row__narrative="", row__evidence=[])

    def classes_held_twice(self):
        """Return the keys of the badge classes of which there is more than one among these."""
        counted = self.order_by().values("badge_class").annotate(number=Count("pk")).filter(number__gt=1)
        return set(counted.values_list("badge_class", flat=True))

    def held_by(self, people):
        """Return the badges that are out, of some people; what was turned down is not held."""
        return self.out().live().exclude(state=DECLINED).filter(belongs_to(people))

    def published(self):
        """Return the badges that their holders published."""
        return self.exclude(published_at=None)

    def saying_too_much(self):
        """Return the badges whose files say what their holders keep to themselves."""
        return self.filter(says_too_much=True, erased_at=None)

    def narrowed(self, *, q="", skill="", year=None, state="", seen=""):
        """Return those that their holder looks for: by words in badge or issuer, skill, year, state, who sees them."""
        found = self.filter(published_at__isnull=seen == "private") if seen else self
        if state:
            ended = Q(expires_at__lte=clock.now())
            found = found.filter(ended if state == "ended" else ~ended | Q(expires_at=None))
        if q:
            names = Exists(BadgeClassText.objects.filter(owner=OuterRef("badge_class"), name__icontains=q))
            issuers = Organiser.objects.filter(texts__name__icontains=q)
            found = found.filter(names | Q(badge_class__organiser__in=issuers))
        if skill:
            found = found.filter(Exists(BadgeClassSkill.objects.filter(owner=OuterRef("badge_class"), label=skill)))
        return found.filter(issued_at__year=year) if year else found

    def expiring_soon(self):
        """Return those that end within two months, the first to end first."""
        now = clock.now()
        return self.filter(expires_at__gt=now, expires_at__lte=now + SOON).order_by("expires_at", "pk")

    def valid_on(self, day):
        """Return those whose last day is not before a day."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gte=datetime.combine(day, time(), UTC)))

    def live(self):
        """Return the badges that stand, turned down or not."""
        return self.filter(state__in=LIVE, superseded_by=None, is_repeat=False)

    def lasting(self):
        """Return those that do not end within two months."""
        return self.exclude(expires_at__lte=clock.now() + SOON)

    def renewable_by(self, person):
        """Return the badges of a person that ended or end within two months, and of which they hold no newer one."""
        mine = self.for_person(person).live().exclude(state=DECLINED)
        return mine.exclude(badge_class__in=mine.lasting().values("badge_class")).filter(is_renewed=False)

    def blocking(self):
        """Return the badges that keep whoever has their address now from getting the same one."""
        return self.live().filter(is_renewed=False).exclude(given_up())

    def leave_place_to(self, rows):
        """Let badges that ended, or end within two months, no longer take the place of a new one by one of these rows.

        They stay what they are.
        """
        places = {(row.batch.badge_class_id, row.email) for row in rows}
        ending = self.live().filter(is_renewed=False, expires_at__lte=clock.now() + SOON)
        ending = (
            ending.filter(email__in={email for _badge, email in places}).order_by("pk").select_for_update(no_key=True)
        )
        found = ending.values_list("pk", "badge_class", "email")
        self.filter(pk__in=[pk for pk, *place in found if tuple(place) in places]).update(is_renewed=True)

    def leave_place(self, emails):
        """Let badges whose holders gave these addresses up no longer take the place of a new one there."""
        left = self.live().filter(given_up(), email__in=emails, address_given_up=False).order_by("pk")
        keys = list(left.select_for_update(no_key=True).values_list("pk", flat=True))
        self.filter(pk__in=keys).update(address_given_up=True)

    def waiting(self):
        """Return the badges that nobody answered yet."""
        return self.filter(state=WAITING)

    def collected(self):
        """Return the badges that were accepted."""
        return self.filter(state=COLLECTED)

    def declined(self):
        """Return the badges that were turned down."""
        return self.filter(state=DECLINED)

    def of(self, organiser):
        """Return what an organiser issued, the newest first; what was withdrawn never was."""
        return self.filter(badge_class__organiser=organiser).exclude(state=WITHDRAWN)

    def seen_inside(self, organiser, user):
        """Return what a member sees of an organiser's badges: the held ones only who issues."""
        issued = self.of(organiser).order_by("-issued_at", "-pk")
        return issued if organiser.is_held_by(user, "owner", "issuer") else issued.filter(batch__state=OUT)

    def in_status(self, status):
        """Return the badges with one of the statuses by which an organiser looks for them."""
        expired = Q(expires_at__lte=clock.now())
        return self.filter(
            {
                "held": Q(batch__state=HELD),
                "awarded": Q(batch__state=OUT, state=WAITING) & ~expired,
                "collected": Q(state=COLLECTED) & ~expired,
                "declined": Q(state=DECLINED),
                "expired": Q(state__in=LIVE) & expired,
                "revoked": TAKEN_BACK,
                "replaced": REPLACED,
                "returned": Q(pk__in=self.with_returned_mail()),
            }[status]
        )

    def with_returned_mail(self):
        """Return the keys of the badges whose mail could not be delivered."""
        mails = OutgoingMail.objects.failed_about("badges.assertion").filter(event__in=RECIPIENT_MAILS)
        return mails.annotate(badge=Cast("object_id", models.BigIntegerField())).values("badge")

    def due_for_reminder(self):
        """Return the badges that wait a week after their mail and then two more, in batches that tell by mail."""
        now = clock.now()
        due = Q()
        for reminders, wait in enumerate(REMINDERS):
            due |= Q(reminders=reminders, batch__release_at__lte=now - wait)
        live = Q(expires_at=None) | Q(expires_at__gt=now)
        return self.filter(due, live, state=WAITING, batch__state=OUT, batch__notify=True, erased_at=None)

    def revoked(self):
        """Return the badges that were taken back; a corrected one was replaced."""
        return self.filter(TAKEN_BACK)

    def replaced(self):
        """Return the badges in whose place a corrected one stands."""
        return self.filter(REPLACED)

    def taken_from(self, person):
        """Return the badges that a person held and no longer has: no corrected one of theirs took their place."""
        return self.filter(state=REVOKED).exclude(superseded_by__in=Assertion.objects.filter(belongs_to([person])))

    def tallied(self):
        """Return how many badges were awarded, how many of them are in each state, and how many were replaced.

        A corrected badge counts as one, by its newest; what it replaced is counted beside.
        """
        return self.order_by().aggregate(**TALLY)

    def by_week(self):
        """Return the same for each week in which badges were issued, by its Monday."""
        return self.order_by().values(week=TruncWeek("issued_at")).annotate(**TALLY).order_by("week")

    def by_badge(self):
        """Return the same for each badge class, the most awarded first."""
        return self.order_by().values("badge_class").annotate(**TALLY).order_by("-awarded", "badge_class")


class Assertion(Holder, AssertionWorkflow):
    """A badge given to an address (2.0 Assertion, 3.0 AchievementCredential). What it says never changes."""

    key = models.UUIDField(unique=True, editable=False)
    row = models.OneToOneField("badges.AwardRow", on_delete=models.PROTECT, related_name="assertion")
    batch = models.ForeignKey("badges.AwardBatch", on_delete=models.PROTECT, related_name="assertions")
    badge_class = models.ForeignKey("badges.BadgeClass", on_delete=models.PROTECT, related_name="assertions")
    badge_version = models.ForeignKey("badges.BadgeClassVersion", on_delete=models.PROTECT, related_name="assertions")
    issuer = models.ForeignKey("badges.Issuer", on_delete=models.PROTECT, related_name="assertions")
    email = models.EmailField()
    name = models.CharField(max_length=150)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=10)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    collected_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revocation_reason = models.CharField(max_length=500, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)  # nothing is left of who held it and what it said of them
    superseded_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    shows_name = models.BooleanField(default=False)
    is_repeat = models.BooleanField(default=False)
    address_given_up = models.BooleanField(default=False)  # its holder left its place at the address to a new one
    is_renewed = models.BooleanField(
        default=False, db_default=False
    )  # it ended, or nearly; a new one may stand beside it
    reminders = models.PositiveSmallIntegerField(default=0)
    withheld_at = models.DateTimeField(null=True, editable=False)  # the network took its page off
    says_too_much = models.BooleanField(default=False)  # its files do, as they were signed: they are to be signed anew

    objects = AssertionQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["badge_class", "email"],
                condition=Q(
                    state__in=LIVE, superseded_by=None, is_repeat=False, address_given_up=False, is_renewed=False
                ),
                name="one_live_assertion",
            ),
            models.CheckConstraint(
                condition=Q(state="revoked", revoked_at__isnull=False) & ~Q(revocation_reason="") | ~Q(state="revoked"),
                name="revoked_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="collected", collected_at__isnull=False) | ~Q(state="collected"),
                name="collected_at_set",
            ),
        ]
        indexes = [
            models.Index(fields=["email"], name="assertion_email"),
            models.Index(fields=["id"], condition=Q(says_too_much=True), name="assertion_says_too_much"),
        ]

    def get_absolute_url(self):
        return reverse("badges:assertion", args=[self.key])

    def is_of(self, person) -> bool:
        """Say whether it is a person's badge."""
        return Assertion.objects.filter(belongs_to([person]), pk=self.pk).exists()

    def holder(self):
        """Return the person whose badge it is; None while nobody proved its address, or where they are gone."""
        return Assertion.objects.filter(pk=self.pk).holders().first()

    def reached_at(self, holder) -> str:
        """Return where a holder is written to about it: at its address, or at their main one once they gave that up.

        Who collected it and cannot sign in now is its holder still: its address may be somebody else's by then.
        """
        holder = holder or (self.person if self.collected_at else None)
        return holder.email if holder and self.email not in holder.verified_addresses() else self.email

    def replacement_for(self, reader):
        """Return the badge that took its place, where a person may open its page."""
        if self.superseded_by_id is None:
            return None
        return Assertion.objects.visible_to(reader).filter(pk=self.superseded_by_id).first()

    @property
    def absolute_url(self):
        """The address of the badge's page, to be sent to somebody."""
        return settings.BASE_URL + self.get_absolute_url()

    @property
    def workspace_url(self):
        """The page for those who issued it."""
        return reverse("badges:issued", args=[self.badge_class.organiser.slug, self.key])

    def news_url(self, event):
        """The page to which a line of news leads: what a holder asks for, its issuers answer in their workspace."""
        return self.workspace_url if event == "badges/correction_asked" else self.get_absolute_url()

    @property
    def award_event(self):
        """The letter by which its recipient learns of it."""
        if not self.row.supersedes_id:
            return "badges/badge_waiting"
        return "badges/badge_corrected" if self.row.stays_in_place else "badges/badge_moved"

    @property
    def is_live(self):
        return self.state in LIVE

    @property
    def is_erased(self):
        """Whether its holder had everything removed that it said of them."""
        return self.erased_at is not None

    @property
    def is_waiting(self):
        return self.state == WAITING

    @property
    def is_collected(self):
        return self.state == COLLECTED

    @property
    def is_published(self):
        """Whether its holder lets everybody who has its link open its page."""
        return self.published_at is not None

    @property
    def shown(self):
        """What everybody may see of what its organiser wrote down of its holder; nothing while it is private."""
        return self.row.shown(is_published=self.is_published)

    @property
    def is_declined(self):
        return self.state == DECLINED

    @property
    def is_revoked(self):
        return self.state == REVOKED

    @property
    def is_replaced(self):
        """Whether a corrected badge took its place; it is revoked then, as verifiers see it."""
        return self.superseded_by_id is not None

    @property
    def recipient_knows(self):
        """Whether its recipient collected it or a mail spoke of it, so that they are told when it is taken back."""
        return not self.is_erased and (self.is_collected or (self.is_waiting and self.batch.notify))

    @property
    def is_expired(self):
        return self.expires_at is not None and self.expires_at <= clock.now()

    @property
    def last_day(self):
        """The day that the award named, the same in every time zone; None for a badge without an end."""
        return self.expires_at and clock.day_named(self.expires_at)

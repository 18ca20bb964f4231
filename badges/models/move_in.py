"""What an organiser issued elsewhere before it came here: badges and awards, as files of that platform say."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from badges.models.badge_class import BadgeClass
from badges.openbadges import is_address
from badges.permissions import may_oversee_move_ins
from badges.sheets.cleaning import PROBLEMS
from badges.workflow.move_in import CHECKED, DECIDED, HANDED_IN, READ, TURNED_DOWN, MoveInWorkflow
from organisers.models import Membership, Organiser
from portal import clock
from portal.accounts.addresses import canonical
from portal.files.models import StoredFile

KEPT_AFTER_DECISION = timedelta(days=30)  # the files, which hold addresses
KEPT_UNTIL_HANDED_IN = timedelta(days=30)


def mark_of(identity: str) -> str:
    """Return the keyed hash of whom a badge was sent to: it tells two people apart and names neither."""
    return salted_hmac("badges.former_award", identity, algorithm="sha256").hexdigest()


def mark_of_address(address: str) -> str:
    """Return the keyed hash of an e-mail address, however it is written; raises ValueError where it is none."""
    return mark_of(canonical(address))


class MoveInQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what lists, pages and letters name."""
        return self.select_related("organiser", "made_by", "checked_by", "export", "log").prefetch_related(
            "organiser__texts"
        )

    def visible_to(self, user):
        """Return what a person may open: their organisers' as owners; what others handed in, for the network."""
        if not user.is_authenticated:
            return self.none()
        own = Q(organiser__in=Organiser.objects.held_by(user, "owner"))
        return self.filter(own | Q(pk__in=self.overseen_by(user).values("pk")))

    def overseen_by(self, user):
        """Return what a person of the network works on: never what is about their own organisers."""
        if not may_oversee_move_ins(user):
            return self.none()
        return self.exclude(state=READ).exclude(organiser__in=Organiser.objects.joined_by(user))

    def of(self, organiser):
        """Return what an organiser brought, the newest first."""
        return self.filter(organiser=organiser)

    def inside(self, organiser):
        """Return what an organiser and the units inside it brought."""
        return self.filter(organiser__in=Organiser.objects.within(organiser))

    def handed_in(self):
        """Return what waits for a check, the longest waiting first."""
        return self.filter(state=HANDED_IN).order_by("handed_in_at", "pk")

    def checked(self):
        """Return what the network checked."""
        return self.filter(state=CHECKED)

    def decided(self):
        """Return what was checked or turned down, the latest decision first."""
        return self.filter(state__in=DECIDED).order_by("-decided_at", "-pk")

    def undecided(self):
        """Return what is not handed in, or waits."""
        return self.exclude(state__in=DECIDED)

    def forgotten(self):
        """Return what nobody handed in within a month."""
        return self.filter(state=READ, made_at__lt=clock.now() - KEPT_UNTIL_HANDED_IN)

    def with_outdated_files(self):
        """Return what was decided so long ago that nobody needs its files."""
        old = self.filter(state__in=DECIDED, decided_at__lt=clock.now() - KEPT_AFTER_DECISION)
        return old.exclude(export=None, log=None)


class MoveIn(MoveInWorkflow):
    """The badges and awards of one issuer on another platform, to be shown as issued elsewhere once checked."""

    MOST_OPEN = 3  # of an organiser, not decided
    FAULTS_KEPT = 200

    FAULTS = {
        "unknown object": _("This is neither an issuer nor a badge nor an award of Open Badges 2.0."),
        "no badge": _("It names no badge, or one that is not in the file. Hand in its badge class, too."),
        "no recipient": _("It does not say who got the badge."),
        "wrong address": PROBLEMS["email wrong"],
        "wrong day": PROBLEMS["date wrong"],
        "day old": PROBLEMS["date old"],
        "day to come": _("This day is still to come."),
        "repeat": _("This award stands in the files already: the same badge, person and day."),
    }

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organiser = models.ForeignKey(Organiser, on_delete=models.CASCADE, related_name="+")
    platform = models.CharField(_("platform"), max_length=100)
    address = models.URLField(_("address of your page there"), max_length=500, blank=True)
    issuer_id = models.CharField(max_length=500, blank=True)
    issuer_name = models.CharField(max_length=500, blank=True)
    export = models.OneToOneField(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    log = models.OneToOneField(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    badge_count = models.PositiveIntegerField(default=0)
    award_count = models.PositiveIntegerField(default=0)  # of those that were not taken back
    revoked_count = models.PositiveIntegerField(default=0)
    hidden_count = models.PositiveIntegerField(default=0)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    faults = models.JSONField(default=list)  # [file, number, code], the first of them
    fault_count = models.PositiveIntegerField(default=0)
    in_both = models.JSONField(default=list)  # names of badges whose awards both files told of

    handed_in_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(max_length=2000, blank=True)
    reason = models.TextField(max_length=2000, blank=True)

    objects = MoveInQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("move-in")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=READ) | Q(handed_in_at__isnull=False), name="move_in_is_handed_in_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED) | Q(decided_at__isnull=False), name="move_in_is_decided_on_a_day"
            ),
            models.CheckConstraint(condition=~Q(state=CHECKED) | ~Q(note=""), name="move_in_says_how_it_was_checked"),
            models.CheckConstraint(
                condition=~Q(state=TURNED_DOWN) | ~Q(reason=""), name="move_in_is_turned_down_for_a_reason"
            ),
        ]

    def __str__(self):
        return self.platform

    def get_absolute_url(self):
        """Where both sides follow it."""
        return reverse("badges:move-in", args=[self.key])

    @property
    def is_read(self) -> bool:
        """Whether nobody handed it in yet."""
        return self.state == READ

    @property
    def is_waiting(self) -> bool:
        """Whether the network has to check it."""
        return self.state == HANDED_IN

    @property
    def is_open(self) -> bool:
        """Whether nothing is decided yet."""
        return self.state not in DECIDED

    @property
    def is_checked(self) -> bool:
        """Whether it counts, and is shown."""
        return self.state == CHECKED

    @property
    def is_turned_down(self) -> bool:
        """Whether it does not count."""
        return self.state == TURNED_DOWN

    @property
    def issuer_url(self) -> str:
        """The address by which the file names the issuer; empty where it has none."""
        return self.issuer_id if is_address(self.issuer_id.encode()) else ""

    @property
    def has_files(self) -> bool:
        """Whether its files are kept still."""
        return bool(self.export_id or self.log_id)

    @property
    def fault_lines(self) -> list[dict]:
        """What could not be read, in words."""
        return [
            {"is_log": file == "log", "number": number, "said": self.FAULTS[code]} for file, number, code in self.faults
        ]

    @property
    def unsaid_faults(self) -> int:
        """How many faults are not kept one by one."""
        return self.fault_count - len(self.faults)

    def doubles(self):
        """Return its awards that another checked move-in holds, too: of the organiser, or of what it is one with."""
        related = Organiser.objects.within(self.organiser.whole())
        others = FormerAward.objects.filter(
            badge__move_in__state=CHECKED,
            badge__move_in__organiser__in=related,
            badge__name=OuterRef("badge__name"),
            recipient=OuterRef("recipient"),
            issued_on=OuterRef("issued_on"),
        )
        mine = FormerAward.objects.filter(badge__move_in=self.pk)
        return mine.filter(Exists(others.exclude(badge__move_in=self.pk)))


class FormerBadgeQuerySet(models.QuerySet):
    def counted_for(self, organiser):
        """Return the badges that count for an organiser: of checked move-ins, its own and those of its units."""
        return self.filter(move_in__in=MoveIn.objects.checked().inside(organiser))

    def tallied(self) -> dict[str, int]:
        """Return how many there are by name, and how many of them claim that somebody can do or did something.

        Parts of a long log may name the same badge.
        """
        claiming = Count("name", filter=Q(kind__in=BadgeClass.CLAIMING), distinct=True)
        return self.aggregate(classes=Count("name", distinct=True), claiming=claiming)

    def with_counts(self):
        """Add how many awards stand."""
        return self.annotate(award_count=Count("awards", filter=Q(awards__is_revoked=False)))


class FormerBadge(models.Model):
    """A badge class on another platform, in the words of that platform's file."""

    KINDS = [(kind.value, kind.label) for kind in BadgeClass.Kind if kind != BadgeClass.Kind.LABEL]

    move_in = models.ForeignKey(MoveIn, on_delete=models.CASCADE, related_name="badges")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=500)
    description = models.TextField(blank=True)
    criteria = models.TextField(blank=True)
    picture = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=500, blank=True)  # its address, or what else that platform calls it by
    kind = models.CharField(_("kind"), max_length=20, choices=BadgeClass.Kind, default=BadgeClass.Kind.PARTICIPATION)

    objects = FormerBadgeQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["move_in", "number"], name="former_badge_has_its_number")]

    def __str__(self):
        return self.name

    @property
    def source_url(self) -> str:
        """The address where it stands; empty where it has none."""
        return self.source if is_address(self.source.encode()) else ""

    @property
    def picture_url(self) -> str:
        """The address of its picture; empty where the file held none."""
        return reverse("files:picture", args=[self.picture]) if self.picture else ""


class FormerAwardQuerySet(models.QuerySet):
    def counted_for(self, organiser):
        """Return the awards that count for an organiser: checked, not taken back, and not to people who act for it."""
        checked = MoveIn.objects.checked().inside(organiser)
        if not checked.exists():
            return self.none()
        staff = {mark_of_address(row["email"]) for row in Membership.objects.acting_in(organiser).addresses()}
        return self.filter(badge__move_in__in=checked, is_revoked=False).exclude(recipient__in=staff)

    def issued_since(self, day):
        """Return what was issued on a day or later."""
        return self.filter(issued_on__gte=day)

    def issued_until(self, day):
        """Return what was issued on a day or earlier."""
        return self.filter(issued_on__lte=day)

    def first_and_last_day(self):
        """Return the days on which the first and the last one were issued; None where there is none."""
        return tuple(self.aggregate(first=Min("issued_on"), last=Max("issued_on")).values())

    def recipients(self) -> set[str]:
        """Return the marks of the people who got them; whom a hash hides cannot be told apart, and is left out."""
        return set(self.filter(is_hidden=False).values_list("recipient", flat=True).distinct())


class FormerAward(models.Model):
    """One award on another platform; of its recipient a keyed hash is kept, never the address."""

    badge = models.ForeignKey(FormerBadge, on_delete=models.CASCADE, related_name="awards")
    recipient = models.CharField(max_length=64)
    is_hidden = models.BooleanField(default=False)  # the file itself held a salted hash alone
    issued_on = models.DateField()
    is_revoked = models.BooleanField(default=False)

    objects = FormerAwardQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["recipient"], name="former_award_recipient")]
        constraints = [
            models.UniqueConstraint(fields=["badge", "recipient", "issued_on"], name="former_award_counts_once")
        ]

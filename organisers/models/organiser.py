"""Who offers learning and issues badges, and the places they are at."""

import uuid
from datetime import timedelta
from zoneinfo import ZoneInfo, available_timezones

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator, URLValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from organisers.models.membership import Membership, PastMembership
from portal import clock
from portal.texts import Text, Worded


class CityQuerySet(models.QuerySet):
    def with_organisers_for(self, user):
        """Return the cities in which there is an organiser whose page a person may open."""
        return self.filter(pk__in=Organiser.objects.visible_to(user).order_by().values("city"))


class City(models.Model):
    """A place of the network."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    country = CountryField()
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        blank=True,
        help_text=_("Such as Atlantic/Canary. Leave empty when it is that of most people in its country."),
    )

    objects = CityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "cities"

    def __str__(self):
        return self.name

    def clean(self):
        """Want a time zone that there is."""
        super().clean()
        if self.time_zone and self.time_zone not in available_timezones():
            raise ValidationError({"time_zone": _("There is no time zone of this name.")})

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of its clocks."""
        return ZoneInfo(self.time_zone) if self.time_zone else clock.zone_in(self.country)


class OrganiserQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch the texts along, for lists."""
        return self.select_related("city").prefetch_related("texts")

    def with_parents(self):
        """Fetch along what an organiser is part of, with the words."""
        return self.select_related("parent__parent").prefetch_related("parent__texts", "parent__parent__texts")

    def below(self, organiser):
        """Return the units inside an organiser, with the units inside these."""
        return self.filter(Q(parent=organiser) | Q(parent__parent=organiser))

    def within(self, organiser):
        """Return an organiser with the units inside it."""
        return self.filter(Q(pk=organiser.pk) | Q(parent=organiser) | Q(parent__parent=organiser))

    def with_member(self, person):
        """Return the organisers in which a person holds a role of their own."""
        return self.filter(Exists(Membership.objects.filter(person=person, organiser=OuterRef("pk"))))

    def reviewed_by(self, user):
        """Return the organisers at whose activities a person judges."""
        found = self.held_by(user, "owner", "reviewer")
        if not user.has_network_role("training_reviewer"):
            return found
        return self.filter(Q(pk__in=found.values("pk")) | Q(is_network=True))

    def shared_by(self, one, other):
        """Return the organisers in which two people hold roles, each of their own."""
        return self.with_member(one).filter(Exists(Membership.objects.filter(person=other, organiser=OuterRef("pk"))))

    def visible_to(self, user):
        """Return the organisers whose page a person may open: all of them, but the suspended only for members."""
        hidden = Q(standing__in=[Organiser.Standing.SUSPENDED, Organiser.Standing.REVOKED])
        if not user.is_authenticated:
            return self.exclude(hidden)
        return self.exclude(hidden & ~Exists(Membership.objects.reaching().filter(person=user)))

    def held_by(self, user, *roles):
        """Return the organisers in which a person has one of the roles, or any; an owner's reach the units inside."""
        mine = Membership.objects.reaching().filter(person=user)
        return self.filter(Exists(mine.filter(role__in=roles) if roles else mine))

    def joined_by(self, user):
        """Return the organisers that a person belongs to, with what these are part of and what is part of them."""
        return self._around(Membership.objects.filter(person=user))

    def left_by(self, user):
        """Return the organisers that a person belonged to not long ago, with what is around these in the tree."""
        return self._around(PastMembership.objects.recent().filter(person=user))

    def _around(self, memberships):
        here, inside = Q(organiser=OuterRef("pk")), Q(organiser__parent=OuterRef("pk"))
        around = here | inside | Q(organiser__parent__parent=OuterRef("pk"))
        above = Q(organiser=OuterRef("parent")) | Q(organiser=OuterRef("parent__parent"))
        return self.filter(Exists(memberships.filter(around | above)))

    def with_roles_of(self, user):
        """Fetch a person's memberships along, as `roles_held`, for lists."""
        return self.prefetch_related(
            models.Prefetch("memberships", Membership.objects.filter(person=user), to_attr="roles_held")
        )

    def open_to_units_of(self, user):
        """Return the organisers in which a person may make units or move some in."""
        return self.held_by(user, "owner").filter(standing__in=Organiser.OPERATING, parent__parent=None)

    def ended(self):
        """Return the organisers whose verification has run out."""
        return self.filter(standing=Organiser.Standing.VERIFIED, verified_until__lte=clock.today())

    def to_remind(self):
        """Return the verified organisers that are due a word on the end of it, with one more than they got."""
        today, due = clock.today(), Q(pk=None)
        for count, days in enumerate(Organiser.REMIND_BEFORE):
            due |= Q(reminders=count, verified_until__lte=today + timedelta(days=days))
        return self.filter(due, standing=Organiser.Standing.VERIFIED, verified_until__gt=today)

    def in_city(self, city):
        """Return the organisers of a city."""
        return self.filter(city=city)

    def on_map(self):
        """Return the organisers with a place."""
        return self.exclude(latitude=None)


class Organiser(Worded, models.Model):
    """Who offers learning and issues badges, from a single person to a university."""

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", _("Organisation")
        SCHOOL = "school", _("School or university")
        COMPANY = "company", _("Company")
        GROUP = "group", _("Informal group")
        DEPARTMENT = "department", _("Department")
        COURSE = "course", _("Course or instructor")
        PERSON = "person", _("Single person")

    class Standing(models.TextChoices):
        UNVERIFIED = "unverified", _("not verified")
        VERIFIED = "verified", _("verified")
        LAPSED = "lapsed", _("no longer verified")
        SUSPENDED = "suspended", _("suspended")
        REVOKED = "revoked", _("revoked")

    OPERATING = [Standing.UNVERIFIED, Standing.VERIFIED, Standing.LAPSED]
    REMIND_BEFORE = [60, 30, 7]  # days before verification ends
    CHANGE_REST = timedelta(days=30)  # that the mark stays while a change of name or country is checked
    DEPTH = 3  # an organiser, its departments, their courses

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("short name in addresses"), unique=True, max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.ORGANISATION)
    website = models.URLField(_("website"))
    contact_email = models.EmailField(_("contact e-mail"))
    privacy_url = models.URLField(
        _("privacy notice"), max_length=500, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    linkedin_id = models.CharField(
        _("LinkedIn organisation id"), max_length=20, blank=True, validators=[RegexValidator(r"\A[0-9]+\Z")]
    )
    picture = models.CharField(max_length=64, blank=True)
    city = models.ForeignKey(
        City, null=True, blank=True, on_delete=models.PROTECT, related_name="organisers", verbose_name=_("city")
    )
    country = CountryField(_("country"))
    address = models.CharField(_("street address"), max_length=200, blank=True)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name=_("part of")
    )
    is_network = models.BooleanField(default=False)
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.UNVERIFIED)
    verified_until = models.DateField(null=True)
    change_since = models.DateField(null=True, editable=False)
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = OrganiserQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(fields=["is_network"], condition=Q(is_network=True), name="one_network"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__isnull=False, longitude__isnull=False),
                name="place_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(standing="verified") | Q(verified_until__isnull=False), name="verified_has_an_end"
            ),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("pk")), name="not_part_of_itself"),
        ]

    def get_absolute_url(self):
        return reverse("organisers:detail", args=[self.slug])

    @property
    def people_url(self):
        """The address at which its members see each other."""
        return reverse("organisers:members", args=[self.slug])

    @property
    def verification_url(self):
        """The address at which its members follow whether it is verified."""
        return reverse("organisers:verification", args=[self.slug])

    @property
    def picture_url(self):
        """The address of the picture; empty where there is none."""
        return reverse("files:picture", args=[self.picture]) if self.picture else ""

    @property
    def is_verified(self):
        return self.is_verified_on(clock.today())

    @property
    def has_mark(self):
        """Whether readers see it as verified: not once a change of who it is has been under check for long."""
        return self.is_verified and not (self.change_since and self.change_since + self.CHANGE_REST <= clock.today())

    @property
    def may_operate(self):
        """Whether the organiser may issue badges and publish at all."""
        return self.standing in self.OPERATING

    def is_verified_on(self, day) -> bool:
        """Say whether the check that it passed still holds on a day."""
        return self.standing == self.Standing.VERIFIED and self.verified_until > day

    def is_locked(self) -> bool:
        """Say whether name, kind and country change by a check alone: once they were checked, or while they are."""
        was_checked = self.verified_until is not None and self.verified_until > clock.today()
        return was_checked or self.verifications.being_checked().exists()

    def was_shut_out_before(self, moment) -> bool:
        """Say whether it was shut out, and that before a moment."""
        last = self.suspensions.first()
        return self.standing == self.Standing.REVOKED and last is not None and last.ended_at < moment

    def has_reachable_contact(self) -> bool:
        """Say whether a member, of it or of what it is part of, proved that they read the contact e-mail."""
        people = Membership.objects.filter(organiser__in=[self, *self.parents()]).values("person")
        return EmailAddress.objects.filter(user__in=people, email=self.contact_email, verified=True).exists()

    def parents(self) -> list:
        """Return what the organiser is part of, the nearest first."""
        nearest = [self.parent, self.parent.parent] if self.parent else []
        return [parent for parent in nearest if parent]

    def whole(self):
        """Return the organiser that this is a part of in the end; itself where it is part of none."""
        return self.parents()[-1] if self.parent else self

    def place_in_tree(self) -> list[str]:
        """Return what to sort by, so that units follow what they are part of."""
        return [one.slug for one in reversed([self, *self.parents()])]

    def height(self) -> int:
        """Return how many levels it takes, from itself down to the last unit inside."""
        parents = set(Organiser.objects.below(self).values_list("parent_id", flat=True))
        return 1 + bool(parents) + bool(parents - {self.pk})

    def has_several_members(self) -> bool:
        """Say whether more than one person acts here."""
        return self.memberships.values("person").distinct().count() > 1

    def is_joined_by(self, user) -> bool:
        """Say whether a person belongs to this, to what it is part of, or to what is part of it."""
        return Organiser.objects.joined_by(user).filter(pk=self.pk).exists()

    def is_held_by(self, user, *roles) -> bool:
        """Say whether a person has one of the roles here, or owns what this is part of; read once a request."""
        if user is None or not user.is_authenticated:
            return False
        if not hasattr(user, "_organiser_roles"):
            user._organiser_roles = {}
            for organiser_id, _person, role in Membership.objects.filter(person=user).reach("pk"):
                user._organiser_roles.setdefault(organiser_id, set()).add(role)
        return bool(user._organiser_roles.get(self.pk, set()) & set(roles))


class OrganiserText(Text):
    """Name and description of an organiser in one language."""

    owner = models.ForeignKey(Organiser, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(_("name"), max_length=150)
    description = models.TextField(_("description"), max_length=2000)

    class Meta:
        constraints = Text.rules("organiser_text")

"""People and the roles the network gives them."""

import uuid
import zoneinfo
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from portal import clock
from portal.accounts.addresses import canonical
from portal.files.models import StoredFile

TIME_TO_RETURN = timedelta(days=14)  # before a closed account is erased
DOWNLOAD_KEPT = timedelta(days=7)


class PersonQuerySet(models.QuerySet):
    def due_for_erasure(self):
        """Return the people who closed their account long enough ago."""
        return self.filter(closed_at__lte=clock.now() - TIME_TO_RETURN, erased_at=None)

    def standing(self):
        """Leave out those who were erased, and the accounts that became part of another one."""
        return self.filter(erased_at=None, merged_into=None)

    def active(self):
        """Return the people who may sign in."""
        return self.filter(is_active=True)

    def with_network_role(self, role):
        """Return the active people who hold a network role today."""
        today = clock.today()
        return self.active().filter(
            Q(network_roles__role=role, network_roles__starts_on__lte=today)
            & (Q(network_roles__ends_on=None) | Q(network_roles__ends_on__gt=today))
        )

    def with_verified_address(self, address):
        """Return the people who proved that they read this canonical address."""
        return self.filter(emailaddress__email=address, emailaddress__verified=True)

    def with_current_roles(self):
        """Fetch the network roles of today along, as `current_roles`, for lists."""
        return self.prefetch_related(
            models.Prefetch("network_roles", NetworkRole.objects.current().order_by("pk"), to_attr="current_roles")
        )

    def matching(self, words):
        """Return the people whose name or address contains the words."""
        if not words:
            return self
        addresses = EmailAddress.objects.filter(user=models.OuterRef("pk"), email__icontains=words)
        return self.filter(Q(name__icontains=words) | Q(email__icontains=words) | models.Exists(addresses))


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):
    def create_user(self, email, password=None, **facts):
        """Create a person; the address counts as proved only when allauth says so."""
        person = self.model(email=canonical(email), **facts)
        person.set_password(password)
        person.save()
        return person

    def create_superuser(self, email, password=None, **facts):
        """Create a person who may open every page of the Wagtail admin, with a proved address."""
        person = self.create_user(email, password, is_superuser=True, **facts)
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        return person

    def get_by_natural_key(self, email):
        return self.get(email=canonical(email))


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who learns, issues, reviews or looks after the network; everybody is one kind of account."""

    class Theme(models.TextChoices):
        AUTO = "auto", _("As my device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150, help_text=_("As it should stand on your badges."))
    country = CountryField(_("country"), blank_label=_("Choose your country"))
    is_of_age = models.BooleanField(_("of age"), default=False)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    theme = models.CharField(_("look"), max_length=5, choices=Theme, default=Theme.AUTO)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Vilnius")
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once"),
            models.CheckConstraint(condition=Q(closed_at=None) | Q(is_active=False), name="closed_is_not_active"),
            models.CheckConstraint(condition=Q(erased_at=None) | Q(closed_at__isnull=False), name="erased_was_closed"),
            models.CheckConstraint(condition=Q(merged_into=None) | Q(is_active=False), name="merged_is_not_active"),
        ]
        ordering = ["name", "pk"]

    def __str__(self):
        if self.erased_at:
            return gettext("Erased person")
        return gettext("Merged account") if self.merged_into_id else self.name or self.email

    def get_full_name(self):
        """Return the name; Wagtail asks for it."""
        return str(self)

    get_short_name = get_full_name

    def get_username(self):
        return self.email

    @property
    def erased_on(self):
        """The day on which the account will be erased; None while it is open."""
        return self.closed_at and clock.day_of(self.closed_at + TIME_TO_RETURN)

    def zone(self):
        """Return the person's time zone."""
        return zoneinfo.ZoneInfo(self.time_zone)

    def verified_addresses(self) -> list[str]:
        """Return the canonical addresses this person proved, the primary one first."""
        return list(
            EmailAddress.objects.filter(user=self, verified=True)
            .order_by("-primary", "pk")
            .values_list("email", flat=True)
        )

    def has_network_role(self, role) -> bool:
        """Say whether the network gave this person the role for today; read once a request."""
        if not hasattr(self, "_roles"):
            self._roles = set(self.network_roles.current().values_list("role", flat=True))
        return role in self._roles

    @property
    def is_of_network(self) -> bool:
        """Whether the network gave this person any role for today."""
        return any(self.has_network_role(role) for role in NetworkRole.Role)

    @property
    def is_network_admin(self):
        return self.has_network_role(NetworkRole.Role.NETWORK_ADMIN)

    @property
    def is_coordinator(self):
        return self.has_network_role(NetworkRole.Role.COORDINATOR)


class NetworkRoleQuerySet(models.QuerySet):
    def not_over(self):
        """Return the roles that hold today or will."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=clock.today()))

    def current(self):
        """Return the roles that hold today."""
        today = clock.today()
        return self.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gt=today))

    def outdated(self):
        """Return the roles that ended so long ago that nobody asks any more."""
        return self.filter(ends_on__lte=clock.months_later(clock.today(), -NetworkRole.KEPT_MONTHS))


class NetworkRole(models.Model):
    """A role in the network, from one day to another, given by a network admin."""

    KEPT_MONTHS = 24

    class Role(models.TextChoices):
        NETWORK_ADMIN = "network_admin", _("Network admin")
        COORDINATOR = "coordinator", _("Coordinator")
        ASSESSOR = "assessor", _("Assessor")
        LEAD_ASSESSOR = "lead_assessor", _("Lead assessor")
        TRAINING_REVIEWER = "training_reviewer", _("Training reviewer")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="network_roles")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    starts_on = models.DateField(_("from"), default=clock.today)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    given_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = NetworkRoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"], condition=Q(ends_on=None), name="network_role_open_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="role_ends_after_start"
            ),
        ]


class DataExportQuerySet(models.QuerySet):
    def waiting(self):
        """Return the downloads that are being made, the longest waiting first."""
        return self.filter(ready_at=None).order_by("pk")

    def outdated(self):
        """Return those that were kept for long enough."""
        return self.filter(ready_at__lte=clock.now() - DOWNLOAD_KEPT)


class DataExport(models.Model):
    """Everything that is kept about a person, as one file for them alone: asked for, made by the clock, forgotten."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="exports")
    asked_at = models.DateTimeField(default=clock.now)
    made_until = models.DateTimeField(null=True)  # who makes it has it until then
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    ready_at = models.DateTimeField(null=True)
    file = models.OneToOneField(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")

    objects = DataExportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ready_at=None), name="one_download_is_made"),
            models.CheckConstraint(condition=Q(ready_at=None) ^ Q(file__isnull=False), name="ready_download_has_file"),
        ]

    def get_absolute_url(self):
        """Where its person fetches it."""
        return reverse("accounts:data")

    @property
    def kept_until(self):
        """When it is deleted."""
        return self.ready_at + DOWNLOAD_KEPT

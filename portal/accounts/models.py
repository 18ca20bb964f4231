"""People and the roles the network gives them."""

import re
import uuid
import zoneinfo
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from portal import clock
from portal.accounts.addresses import canonical
from portal.accounts.workflow import TIME_TO_ANSWER, WAITING, GuardianWorkflow
from portal.files.models import StoredFile
from portal.languages import offered

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
        """Return the people who may sign in, without those who wait for a guardian: nobody is told of them."""
        return self.filter(is_active=True, awaits_guardian=False)

    def not_asked_about(self, version):
        """Return the people who have yet to be asked whether they agree to a version of the terms."""
        agreed = TermsAcceptance.objects.filter(person=models.OuterRef("pk"), version=version)
        return self.filter(~models.Exists(agreed), must_accept_terms=False)

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
    language = models.CharField(_("language"), max_length=10, choices=offered, default=settings.LANGUAGE_CODE)
    theme = models.CharField(_("look"), max_length=5, choices=Theme, default=Theme.AUTO)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Vilnius")
    gets_reminders = models.BooleanField(_("Remind me by mail of badges that wait for me"), default=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    awaits_guardian = models.BooleanField(default=False, editable=False)  # kept by accounts.guardians
    must_accept_terms = models.BooleanField(default=True, editable=False)  # kept by accounts.terms, asked each request
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
            models.CheckConstraint(condition=Q(awaits_guardian=False) | Q(is_of_age=False), name="young_ones_wait"),
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
        EDITOR = "editor", _("Editor of the site")

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


class TermsVersionQuerySet(models.QuerySet):
    def fixed(self):
        """Return the versions that are in force, were, or will be on a day that is set; the newest first."""
        return self.exclude(in_force_on=None).order_by("-number")

    def begun(self):
        """Return the versions that are in force or were, the newest first."""
        return self.fixed().filter(in_force_on__lte=clock.today())

    def in_force(self):
        """Return the version that holds today; before the first day of all, the first one."""
        return self.begun().first() or self.fixed().last()


class TermsVersion(models.Model):
    """A version of the terms of use and of the privacy notice: a draft until it gets the day from which it holds."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    in_force_on = models.DateField(_("in force from"), null=True, unique=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = TermsVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]

    @property
    def is_draft(self):
        return self.in_force_on is None

    def words(self, language) -> dict:
        """Return the texts by kind, in a language where they are written in it, else in the first one."""
        texts = sorted(self.texts.all(), key=lambda text: text.language == language)
        found = {text.kind: text for text in texts if text.language in {language, settings.LANGUAGE_CODE}}
        return {kind: found[kind] for kind in TermsText.Kind.values if kind in found}


class TermsText(models.Model):
    """One of the two texts of a version in one language: paragraphs, and headings, which end without a full stop."""

    class Kind(models.TextChoices):
        TERMS = "terms", _("Terms of use")
        PRIVACY = "privacy", _("Privacy notice")

    version = models.ForeignKey(TermsVersion, on_delete=models.CASCADE, related_name="texts")
    kind = models.CharField(max_length=10, choices=Kind)
    language = models.CharField(max_length=10, choices=offered)
    words = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "kind", "language"], name="terms_text_once")]

    def said(self) -> str:
        """Return the text with the name of who runs the portal."""
        operator = settings.OPERATOR_NAME or gettext("the operator of this portal")
        return self.words.replace("{operator}", operator).replace("{contact}", settings.PRIVACY_CONTACT)

    @property
    def parts(self) -> list[tuple[bool, str]]:
        """The paragraphs, each with whether it is a heading."""
        found = [part.strip() for part in re.split(r"\n\s*\n", self.said().replace("\r\n", "\n")) if part.strip()]
        return [("\n" not in part and not part.endswith((".", "!", "?", ":", ";")), part) for part in found]


class TermsAcceptance(models.Model):
    """That a person agreed to a version of the terms."""

    class How(models.TextChoices):
        SIGN_UP = "sign_up", _("when signing up")
        WELCOME = "welcome", _("when choosing a first password")
        ASKED = "asked", _("when asked on a page")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="acceptances")
    version = models.ForeignKey(TermsVersion, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(default=clock.now)
    how = models.CharField(max_length=10, choices=How)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["person", "version"], name="terms_accepted_once")]


class GuardianQuerySet(models.QuerySet):
    def waiting(self):
        """Return those who have yet to agree."""
        return self.filter(state=WAITING)

    def to_ask(self):
        """Return those whose child has proved an address, and who were not written to yet."""
        proved = EmailAddress.objects.filter(user=models.OuterRef("child"), verified=True)
        return self.waiting().filter(models.Exists(proved), asked_at=None).exclude(email="")

    def to_warn_about(self):
        """Return those who will soon be too late, and whose child was not told so."""
        return self.waiting().filter(asked_at__lte=clock.now() - self.model.PATIENCE, warned_at=None)

    def over(self):
        """Return those who did not answer in time, and those whose child never proved an address."""
        return (
            self.waiting()
            .annotate(since=Coalesce("asked_at", "created_at"))
            .filter(since__lte=clock.now() - TIME_TO_ANSWER)
        )


class Guardian(GuardianWorkflow):
    """The parent or guardian of somebody under age, and whether they agree; it goes with the account."""

    PATIENCE = timedelta(days=10)  # before the child is told that time runs out
    MOST_LETTERS = 5
    REST = timedelta(hours=1)  # between two letters to one address

    nonce = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # new with each address
    child = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="guardian")
    email = models.EmailField(_("e-mail"), blank=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    is_on_paper = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    terms = models.ForeignKey(TermsVersion, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    asked_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField(null=True)
    letters = models.PositiveSmallIntegerField(default=0)
    warned_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    objects = GuardianQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement of a guardian")
        constraints = [
            models.CheckConstraint(condition=~Q(email="") | Q(is_on_paper=True), name="guardian_is_known"),
            models.CheckConstraint(condition=~Q(state="agreed") | Q(answered_at__isnull=False), name="agreed_at"),
        ]

    @property
    def is_waiting(self):
        return self.state == WAITING

    @property
    def ends_at(self):
        """When time to answer is over; None while nobody was asked."""
        return self.asked_at and self.asked_at + TIME_TO_ANSWER


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
    gaps = models.JSONField(default=list)  # names of the files that could not be made
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

"""What can be earned: a badge class, edited freely, and its versions, frozen for ever."""

import hashlib
import json
import uuid
from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from badges.hints import Facts
from badges.models.skill import BadgeClassSkill
from badges.workflow import ARCHIVED, DRAFT, LIVE, PUBLISHED, BadgeClassWorkflow
from organisers.models import Organiser
from portal import clock
from portal.texts import Text, Worded


class BadgeClassQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch texts and organiser along, for lists."""
        return self.select_related("organiser__city").prefetch_related("texts", "organiser__texts")

    def published(self):
        """Return the badge classes that can be earned now."""
        return self.filter(state=PUBLISHED)

    def on_offer(self):
        """Return the badge classes that can be earned now from organisers who may act; labels are not earned so."""
        return self.published().filter(organiser__standing__in=Organiser.OPERATING).exclude(kind=BadgeClass.Kind.LABEL)

    def visible_to(self, user):
        """Return what a person may see: everything that was ever published, and the drafts of their organisers."""
        public = ~Q(state=DRAFT)
        if not user.is_authenticated:
            return self.filter(public)
        return self.filter(public | Q(organiser__in=Organiser.objects.held_by(user)))

    def of(self, organiser):
        """Return the badge classes of an organiser, the newest first."""
        return self.filter(organiser=organiser).order_by("-pk")

    def inside(self, organiser):
        """Return the badge classes of an organiser and of the units inside it."""
        return self.filter(organiser__in=Organiser.objects.within(organiser))

    def of_network(self):
        """Return the badge classes of the network itself that were ever published."""
        return self.filter(organiser__is_network=True).exclude(state=DRAFT).order_by("-pk")

    def claiming(self):
        """Return what says that somebody can do or did something, not only that they were there."""
        return self.filter(kind__in=BadgeClass.CLAIMING)

    def archived(self):
        """Return what could be earned once."""
        return self.filter(state=ARCHIVED)

    def with_content(self):
        """Fetch along everything that a badge says, and add how many versions of it were awarded."""
        return self.with_words().prefetch_related("skills").annotate(version_count=Count("versions", distinct=True))

    def narrowed(self, *, q="", state="", kind="", language="", order="newest"):
        """Return those that a person looks for, in the order they want; without words all of them, the newest first."""
        texts = BadgeClassText.objects.filter(owner=OuterRef("pk"))
        found = self
        if q:
            found = found.filter(Exists(texts.filter(name__icontains=q)))
        if state:
            found = found.filter(state=state)
        if kind:
            found = found.filter(kind=kind)
        if language:
            found = found.filter(Exists(texts.filter(language=language)))
        if order == "name":
            original = texts.filter(is_original=True).values("name")[:1]
            return found.annotate(first_name=Lower(Subquery(original))).order_by("first_name", "pk")
        return found.order_by("-awarded", "-pk") if order == "awarded" else found.order_by("-pk")

    def found_by_readers(self, *, q="", skill="", kind="", language="", order="newest"):
        """Return those that a reader looks for, by words in the name of badge or organiser and by a skill."""
        found = self.narrowed(kind=kind, language=language, order=order)
        if q:
            texts = BadgeClassText.objects.filter(owner=OuterRef("pk"), name__icontains=q)
            issuers = Organiser.objects.filter(texts__name__icontains=q)
            found = found.filter(Exists(texts) | Q(organiser__in=issuers))
        if skill:
            found = found.filter(Exists(BadgeClassSkill.objects.filter(owner=OuterRef("pk"), label__icontains=skill)))
        return found

    def with_counts(self):
        """Add how many were awarded and how many of these collected."""
        live = Q(assertions__state__in=LIVE)
        return self.annotate(
            awarded=Count("assertions", filter=live),
            collected=Count("assertions", filter=Q(assertions__state="collected")),
        )


class BadgeClass(Worded, BadgeClassWorkflow):
    """A badge that can be earned (Open Badges 2.0 BadgeClass, 3.0 Achievement).

    What a micro-credential says beyond other badges follows Annex I of Council Recommendation 2022/C 243/02.
    """

    class Kind(models.TextChoices):
        PARTICIPATION = "participation", _("participation")
        SKILL = "skill", _("skill")
        CONTRIBUTION = "contribution", _("contribution")
        MICRO_CREDENTIAL = "micro-credential", _("micro-credential")
        DEGREE = "degree", _("degree")
        LABEL = "label", _("label")

    class Level(models.TextChoices):
        EQF_1 = "eqf-1", _("EQF level 1")
        EQF_2 = "eqf-2", _("EQF level 2")
        EQF_3 = "eqf-3", _("EQF level 3")
        EQF_4 = "eqf-4", _("EQF level 4")
        EQF_5 = "eqf-5", _("EQF level 5")
        EQF_6 = "eqf-6", _("EQF level 6")
        EQF_7 = "eqf-7", _("EQF level 7")
        EQF_8 = "eqf-8", _("EQF level 8")

    class Cycle(models.TextChoices):
        SHORT = "short", _("short cycle")
        FIRST = "first", _("first cycle (bachelor)")
        SECOND = "second", _("second cycle (master)")
        THIRD = "third", _("third cycle (doctorate)")

    class Participation(models.TextChoices):
        ON_SITE = "on-site", _("on site")
        ONLINE = "online", _("online")
        BLENDED = "blended", _("on site and online")

    class Supervision(models.TextChoices):
        NONE = "none", _("unsupervised, identity not checked")
        SUPERVISED = "supervised", _("supervised, identity not checked")
        VERIFIED = "verified", _("supervised, identity checked")

    CLAIMING = [Kind.SKILL, Kind.CONTRIBUTION, Kind.MICRO_CREDENTIAL, Kind.DEGREE]

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.SKILL)
    criteria_url = models.URLField(_("criteria as an address"), blank=True)
    picture = models.CharField(max_length=64, blank=True)
    art_seed = models.CharField(max_length=60, blank=True)
    workload_minutes = models.PositiveIntegerField(_("workload in minutes"), null=True, blank=True)
    valid_months = models.PositiveSmallIntegerField(
        _("valid for how many months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1200)],
    )
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)
    cycle = models.CharField(_("cycle of higher education"), max_length=10, choices=Cycle, blank=True)
    credits = models.DecimalField(
        _("ECTS credits"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.1")), MaxValueValidator(Decimal(360))],
    )
    participation = models.CharField(_("form of participation"), max_length=10, choices=Participation, blank=True)
    supervision = models.CharField(_("supervision during assessment"), max_length=10, choices=Supervision, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    archived_at = models.DateTimeField(null=True, editable=False)

    objects = BadgeClassQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False), name="published_badge_has_a_date"
            ),
            models.CheckConstraint(condition=Q(state="draft") | ~Q(picture=""), name="published_badge_has_a_picture"),
        ]

    def get_absolute_url(self):
        return reverse("badges:badge", args=[self.key])

    @property
    def workspace_url(self):
        return reverse("badges:badge-overview", args=[self.organiser.slug, self.key])

    @property
    def is_draft(self):
        return self.state == DRAFT

    @property
    def is_published(self):
        return self.state == PUBLISHED

    @property
    def is_micro_credential(self):
        return self.kind == self.Kind.MICRO_CREDENTIAL

    @property
    def picture_url(self):
        return reverse("files:picture", args=[self.picture]) if self.picture else ""

    def original(self):
        """Return the words in the language in which the badge was written first; None before there are any."""
        return next((text for text in self.texts.all() if text.is_original), None)

    def credential_facts(self) -> dict:
        """Return what only a micro-credential says, as far as it is said."""
        if not self.is_micro_credential:
            return {}
        facts = {"level": self.level, "cycle": self.cycle, "participation": self.participation}
        facts |= {"supervision": self.supervision, "credits": str(self.credits) if self.credits else ""}
        return {name: value for name, value in facts.items() if value}

    def hint_facts(self) -> Facts:
        """Return what the hints for its writers look at."""
        text = self.original()
        return Facts(
            language=text.language,
            kind=self.kind,
            criteria_url=self.criteria_url,
            workload_minutes=self.workload_minutes,
            credits=self.credits and float(self.credits),
            valid_months=self.valid_months,
            skills=tuple(skill.label for skill in self.skills.all()),
            languages=tuple(one.language for one in self.texts.all()),
            organiser_names=tuple(one.name for one in self.organiser.texts.all()),
            **{name: getattr(text, name) for name in (*BadgeClassText.WORDS, "outcomes")},
        )

    def content(self) -> dict:
        """Return everything that a version freezes."""
        return {
            "kind": self.kind,
            "criteria_url": self.criteria_url,
            "picture": self.picture,
            "workload_minutes": self.workload_minutes,
            "valid_months": self.valid_months,
            **self.credential_facts(),
            "skills": [{"label": skill.label, "uri": skill.uri} for skill in self.skills.all()],
            "texts": {text.language: text.content(self.is_micro_credential) for text in self.texts.all()},
            "original": self.original().language,
        }


class BadgeClassText(Text):
    """The words of a badge in one language."""

    owner = models.ForeignKey(BadgeClass, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), max_length=1500)
    criteria = models.TextField(_("criteria"), max_length=5000, blank=True)
    picture_text = models.CharField(_("what the picture shows"), max_length=250, blank=True)
    outcomes = models.TextField(_("learning outcomes"), max_length=3000, blank=True)
    assessment = models.TextField(_("type of assessment"), max_length=600, blank=True)
    quality = models.TextField(_("quality assurance"), max_length=600, blank=True)
    prerequisites = models.TextField(_("what one needs to take part"), max_length=600, blank=True)
    grading = models.TextField(_("grades"), max_length=600, blank=True)
    stacking = models.TextField(_("what it counts towards"), max_length=600, blank=True)
    further = models.TextField(_("further information"), max_length=600, blank=True)

    WORDS = ("name", "description", "criteria", "picture_text")
    CREDENTIAL_WORDS = ("outcomes", "assessment", "quality", "prerequisites", "grading", "stacking", "further")

    class Meta:
        constraints = Text.rules("badge_text")

    def content(self, is_micro_credential: bool = False) -> dict:
        """Return the words that a version freezes."""
        words = {name: getattr(self, name) for name in self.WORDS}
        if is_micro_credential:
            words |= {name: getattr(self, name) for name in self.CREDENTIAL_WORDS if getattr(self, name)}
        return words


class BadgeClassVersion(models.Model):
    """A badge class as it was when a badge was awarded; never changed, never deleted."""

    badge_class = models.ForeignKey(BadgeClass, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["badge_class", "number"], name="version_once")]

    def __str__(self):
        return self.words()["name"]

    def get_absolute_url(self):
        return reverse("badges:version", args=[self.badge_class.key, self.number])

    @staticmethod
    def digest_of(content: dict) -> str:
        """Return the SHA-256 of a content."""
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def language_for(self, language: str | None = None) -> str:
        """Return the wanted language when the version has it, else its original."""
        wanted = language or get_language()
        return wanted if wanted in self.content["texts"] else self.content["original"]

    def words(self, language: str | None = None) -> dict:
        """Return the frozen words in a language, else in the original; `language` says which."""
        language = self.language_for(language)
        return {**self.content["texts"][language], "language": language}

    @property
    def picture_url(self):
        return reverse("files:picture", args=[self.content["picture"]])

"""Collections: badges that a person puts together under a name, for themselves or to show."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from badges.models.assertion import Assertion
from badges.models.listed import ONE_BADGE, ListedBadge, ListedBadgeQuerySet
from portal import clock

PUBLISHED = Q(assertion__published_at__isnull=False)
COVER = 4  # pictures of a collection in a list


def new_token() -> str:
    """Return the secret part of an address that nobody guesses."""
    return secrets.token_urlsafe(16)


class CollectionQuerySet(models.QuerySet):
    def of(self, person):
        """Return the collections of a person, the one changed last first."""
        return self.filter(person=person).order_by("-changed_at", "-pk")

    def shared(self):
        """Return those that strangers may open: people under age have none, and nobody whose account is closed."""
        return self.exclude(visibility=Collection.Visibility.PRIVATE).filter(
            person__is_of_age=True, person__is_active=True
        )

    def holding(self, assertion):
        """Return those in which a badge is."""
        return self.filter(Exists(CollectionItem.objects.filter(collection=OuterRef("pk"), assertion=assertion)))

    def with_cover(self):
        """Add how many badges are in each, and fetch the first ones along."""
        first = CollectionItem.objects.with_badges()[:COVER]
        return self.annotate(count=Count("items")).prefetch_related(Prefetch("items", first, to_attr="first"))


class Collection(models.Model):
    """Some of a person's badges in an order of theirs; private until they say otherwise."""

    class Visibility(models.TextChoices):
        PRIVATE = "private", _("Private")
        LINK = "link", _("By link")
        PUBLIC = "public", _("Public")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=500, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PRIVATE)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    shows_name = models.BooleanField(default=False)
    may_be_indexed = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(may_be_indexed=False) | Q(visibility="public"), name="indexed_when_public"
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("badges:collection", args=[self.key])

    @property
    def is_shared(self):
        """Whether anybody but its owner may open it."""
        return self.visibility != self.Visibility.PRIVATE

    @property
    def is_public(self):
        """Whether it is for everybody, not only for those who were given its link."""
        return self.visibility == self.Visibility.PUBLIC

    @property
    def shared_url(self):
        """The page that others open while it is shared."""
        return reverse("badges:collection-shared", args=[self.token])

    @property
    def shared_address(self):
        """The same, to be sent to somebody."""
        return settings.BASE_URL + self.shared_url


class CollectionItemQuerySet(ListedBadgeQuerySet):
    def marked(self, person):
        """Say of each whether its badge stands, for its owner."""
        same = CollectionItem.objects.filter(pk=OuterRef("pk"))
        return self.annotate(
            stands=Exists(same.standing(person)), is_seen=Exists(same.filter(Q(assertion=None) | PUBLISHED))
        )

    def follow(self, assertion):
        """Let a badge that was collected stand where one stood that it corrects, in the collections of its holder."""
        former = list(Assertion.objects.filter(superseded_by=assertion))
        while former:
            for item in self.filter(assertion__in=former, collection__person=assertion.person):
                if not self.filter(collection=item.collection_id, assertion=assertion).exists():
                    item.assertion = assertion
                    item.save(update_fields=["assertion"])
            former = list(Assertion.objects.filter(superseded_by__in=former))


class CollectionItem(ListedBadge):
    """One badge of a collection."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="items")

    objects = CollectionItemQuerySet.as_manager()

    class Meta(ListedBadge.Meta):
        constraints = [
            models.CheckConstraint(condition=ONE_BADGE, name="collected_one_badge"),
            models.UniqueConstraint(fields=["collection", "assertion"], name="in_collection_once"),
            models.UniqueConstraint(fields=["collection", "imported"], name="imported_in_collection_once"),
        ]

"""A badge in a list that a person puts together: one that was awarded here, or one of another platform."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from badges.models.assertion import Assertion
from badges.models.imported import Finding, ImportedBadge

ONE_BADGE = Q(assertion=None, imported__isnull=False) | Q(assertion__isnull=False, imported=None)


class ListedBadgeQuerySet(models.QuerySet):
    def with_badges(self):
        """Fetch along what a list of badges shows, in their order."""
        return (
            self.select_related(
                "assertion__badge_version__badge_class", "assertion__badge_class__organiser", "imported"
            )
            .prefetch_related("assertion__badge_class__organiser__texts")
            .order_by("position", "pk")
        )

    def standing(self, person):
        """Return those whose badge a person holds: collected, not taken back, and from elsewhere those that hold."""
        held = Assertion.objects.for_person(person).collected()
        return self.filter(Q(assertion__in=held) | Q(imported__finding__in=Finding.good()))

    def seen_by_others(self, person):
        """Return those of a person's badges that stand and that a stranger may see."""
        seen = Assertion.objects.visible_to(AnonymousUser())
        return self.standing(person).filter(Q(assertion=None) | Q(assertion__in=seen))


class ListedBadge(models.Model):
    """One badge of a list, and its place."""

    position = models.PositiveIntegerField()
    assertion = models.ForeignKey(Assertion, null=True, on_delete=models.CASCADE, related_name="+")
    imported = models.ForeignKey(ImportedBadge, null=True, on_delete=models.CASCADE, related_name="+")

    objects = ListedBadgeQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    @property
    def badge(self):
        """The badge itself, of whichever kind."""
        return self.assertion or self.imported

    @property
    def key(self):
        return self.badge.key

    @property
    def lang(self):
        """The language of its title; empty where nobody knows it."""
        return self.assertion.badge_version.language_for() if self.assertion else ""

    @property
    def issued_at(self):
        return self.badge.issued_at

    @property
    def has_ended(self):
        """Whether its time is over."""
        return self.assertion.is_expired if self.assertion else self.imported.finding == Finding.EXPIRED

    @property
    def title(self):
        return self.assertion.badge_version.words()["name"] if self.assertion else self.imported.name

    @property
    def about(self):
        """What it stands for."""
        return self.assertion.badge_version.words()["description"] if self.assertion else self.imported.description

    @property
    def issuer_name(self):
        return self.assertion.badge_class.organiser.name if self.assertion else self.imported.issuer_name

    @property
    def searched(self):
        """What words are looked for in."""
        return f"{self.title} {self.issuer_name}".casefold()

    @property
    def picture(self):
        """The digest of its picture; empty where it is one that we drew."""
        return self.assertion.badge_version.content["picture"] if self.assertion else self.imported.picture

    @property
    def picture_url(self):
        return self.assertion.badge_version.picture_url if self.assertion else self.imported.picture_url

    @property
    def public_url(self):
        """The page of the badge that strangers may open; those of other platforms have none here."""
        return self.assertion.get_absolute_url() if self.assertion else ""

    @property
    def is_unknown(self):
        """Whether the network does not know who issued it."""
        return self.imported is not None and self.imported.finding == Finding.ISSUER_UNKNOWN

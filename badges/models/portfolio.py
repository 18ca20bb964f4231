"""A person's portfolio: one page of chosen badges and collections, which nobody else opens until it is switched on."""

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse

from badges.models.collection import Collection, CollectionItem, new_token
from badges.models.listed import ONE_BADGE, ListedBadge, ListedBadgeQuerySet
from portal import clock


class PortfolioQuerySet(models.QuerySet):
    def shown(self):
        """Return those that strangers may open: people under age have none, and nobody whose account is closed."""
        return self.filter(is_shown=True, person__is_of_age=True, person__is_active=True)


class Portfolio(models.Model):
    """What a person says of themselves, and what they put on their page."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    headline = models.CharField(max_length=120, blank=True)
    about = models.CharField(max_length=2000, blank=True)
    is_shown = models.BooleanField(default=False)
    shows_name = models.BooleanField(default=False)
    may_be_indexed = models.BooleanField(default=False)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=clock.now)

    objects = PortfolioQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(may_be_indexed=False) | Q(is_shown=True), name="portfolio_indexed")
        ]

    def get_absolute_url(self):
        return reverse("badges:portfolio")

    def has_something(self) -> bool:
        """Say whether its person did anything with it."""
        return bool(self.is_shown or self.headline or self.about) or self.items.exists()

    @property
    def address(self):
        """The page that others open while it is shown."""
        return settings.BASE_URL + reverse("badges:portfolio-shown", args=[self.token])


SHOWN = 24  # badges of one collection on the page of a portfolio; the collection has them all


class PortfolioItemQuerySet(ListedBadgeQuerySet):
    def with_shown(self, person):
        """Fetch along, in their order, the badges and of each collection the first that others see, as `shown`."""
        seen = CollectionItem.objects.seen_by_others(person).with_badges()[: SHOWN + 1]
        inside = Prefetch("collection__items", seen, to_attr="shown")
        return self.with_badges().select_related("collection").prefetch_related(inside)


class PortfolioItem(ListedBadge):
    """One badge or collection of a portfolio, and its place."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="items")
    collection = models.ForeignKey(Collection, null=True, on_delete=models.CASCADE, related_name="+")

    objects = PortfolioItemQuerySet.as_manager()

    class Meta(ListedBadge.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(collection=None) & ONE_BADGE | Q(collection__isnull=False, assertion=None, imported=None),
                name="portfolio_one_thing",
            ),
            models.UniqueConstraint(fields=["portfolio", "assertion"], name="in_portfolio_once"),
            models.UniqueConstraint(fields=["portfolio", "imported"], name="imported_in_portfolio_once"),
            models.UniqueConstraint(fields=["portfolio", "collection"], name="collection_in_portfolio_once"),
        ]

    @property
    def key(self):
        return self.collection.key if self.collection else super().key

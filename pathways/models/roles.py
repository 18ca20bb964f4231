"""Roles for one playlist or activity alone, keyed by the page that all languages share."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal import clock
from portal.accounts.models import Person

OFFERED_FOR = timedelta(days=30)
IN_IT = "playlistpage__steps__activity__"  # from a page to the activities in it


class PageRoleQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what a list or a letter names."""
        return self.select_related("organiser", "person").prefetch_related("organiser__texts")

    def held(self):
        """Return the roles that somebody took on."""
        return self.filter(person__isnull=False)

    def held_by(self, person):
        """Return the roles that a person took on."""
        return self.filter(person=person)

    def open(self):
        """Return the offers that nobody took on yet; owners are not told which were turned down."""
        return self.filter(person=None, given_at__gt=clock.now() - OFFERED_FOR)

    def offered_to(self, person):
        """Return the offers to addresses that a person proved, but for those they turned down."""
        proved = EmailAddress.objects.filter(user=person, verified=True)
        return self.open().filter(email__in=proved.values("email"), is_declined=False)

    def concerning(self, person):
        """Return what a person holds or is offered."""
        return self.held_by(person) | self.offered_to(person)

    def authors(self):
        """Return the roles of authors."""
        return self.filter(role=PageRole.Role.AUTHOR)

    def reviewers_of(self, organiser, activity_key):
        """Return the people who review an activity by a role for it, or for a playlist in which it is, alone."""
        playlists = Page.objects.filter(playlistpage__steps__activity__translation_key=activity_key)
        keys = Q(page_key=activity_key) | Q(page_key__in=playlists.values("translation_key"))
        return self.held().filter(keys, organiser=organiser, role=PageRole.Role.REVIEWER).values("person")

    def people_at(self, organiser, role):
        """Return the people who have a role for single pages of an organiser and may sign in."""
        held = self.held().filter(organiser=organiser, role=role)
        return Person.objects.active().filter(pk__in=held.values("person"))

    def on(self, page):
        """Return the roles at a page, in whatever language."""
        return self.filter(page_key=page.translation_key, organiser=page.organiser_id)

    def outdated(self):
        """Return the offers that nobody took on in time, and the roles whose page is gone."""
        late = Q(person=None, given_at__lte=clock.now() - OFFERED_FOR)
        return self.filter(late | ~Q(page_key__in=Page.objects.values("translation_key")))

    def reach(self):
        """Yield each role with the places where it counts: its page, and the activities of its organiser in that.

        A place is an organiser and the key of a page.
        """
        roles = list(self.values_list("organiser", "page_key", "role", "person", named=True))
        within = {}
        playlists = Page.objects.filter(translation_key__in={one.page_key for one in roles})
        inside = [f"{IN_IT}organiser", f"{IN_IT}translation_key"]
        for playlist_key, *place in playlists.values_list("translation_key", *inside).distinct():
            within.setdefault(playlist_key, set()).add(tuple(place))
        for one in roles:
            yield one, (one.organiser, one.page_key)
            yield from ((one, place) for place in within.get(one.page_key, ()) if place[0] == one.organiser)


class PageRole(models.Model):
    """An author or reviewer of one page: offered to an address, and held by who took it on."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("Author")
        REVIEWER = "reviewer", _("Reviewer")

    organiser = models.ForeignKey("organisers.Organiser", on_delete=models.CASCADE, related_name="+")
    page_key = models.UUIDField(db_index=True)
    role = models.CharField(_("role"), max_length=10, choices=Role)
    email = models.EmailField(max_length=254, blank=True)  # until somebody takes it on
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    is_declined = models.BooleanField(default=False)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField(default=clock.now)

    objects = PageRoleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page_key", "role", "person"], condition=Q(person__isnull=False), name="page_role_once"
            ),
            models.UniqueConstraint(
                fields=["page_key", "role", "email"], condition=Q(person=None), name="page_role_offered_once"
            ),
            models.CheckConstraint(condition=Q(person=None) ^ Q(email=""), name="page_role_offered_or_held"),
            models.CheckConstraint(condition=Q(person=None) | Q(is_declined=False), name="page_role_held_not_declined"),
        ]

    def get_absolute_url(self):
        """Where who is offered or holds it finds it."""
        return reverse("pathways:roles")

    @property
    def is_held(self):
        return self.person_id is not None

    @property
    def is_for_author(self):
        return self.role == self.Role.AUTHOR

    @property
    def ends_at(self):
        """Until when an offer can be taken on."""
        return self.given_at + OFFERED_FOR


def places_of(user, role) -> set:
    """Return organiser and page key of each page at which a person has a role for it alone; read once a request."""
    if user is None or not user.is_authenticated:
        return set()
    if not hasattr(user, "_page_roles"):
        user._page_roles = {}
        for one, place in PageRole.objects.held_by(user).reach():
            user._page_roles.setdefault(one.role, set()).add(place)
    return user._page_roles.get(role, set())


def at_places_of(user, role, *, organiser: str = "organiser", key: str) -> Q:
    """Return the condition on rows that they are about a page at which a person has a role for it alone."""
    keys = {}
    for owner, page_key in places_of(user, role):
        keys.setdefault(owner, []).append(page_key)
    condition = Q(pk__in=[])
    for owner, held in keys.items():
        condition |= Q(**{organiser: owner, f"{key}__in": held})
    return condition

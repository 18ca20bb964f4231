"""Who is on which playlist, keyed by the translation key of the page, so that a change of language loses nothing."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from pathways.models.earning import NOBODY, Earning, EarningQuerySet
from portal import clock


class EnrolmentQuerySet(EarningQuerySet):
    def active(self):
        """Return the enrolments of learners who have not left."""
        return self.filter(left_at=None)

    def under_way(self):
        """Return the active enrolments that are not complete."""
        return self.active().filter(completed_at=None)

    def current(self):
        """Return what a learner is on or has completed."""
        return self.filter(Q(left_at=None) | Q(completed_at__isnull=False))

    def completed(self):
        """Return the enrolments whose playlist was completed."""
        return self.exclude(completed_at=None)

    def on(self, pages):
        """Return the enrolments on these pages, in whatever language."""
        return self.filter(playlist_key__in=[page.translation_key for page in pages])

    def figures(self) -> dict:
        """Count who is on the way or has finished, and who has finished."""
        return self.current().aggregate(joined=Count("pk"), finished=Count("completed_at"))

    def figures_by_page(self, pages) -> list:
        """Return each page with its figures; one query for all of them."""
        pages = list(pages)
        rows = (
            self.current().on(pages).values("playlist_key").annotate(joined=Count("pk"), finished=Count("completed_at"))
        )
        figures = {row["playlist_key"]: row for row in rows}
        return [(page, figures.get(page.translation_key, NOBODY)) for page in pages]


class Enrolment(Earning):
    """A learner on a playlist."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    playlist_key = models.UUIDField()
    joined_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    kept = models.JSONField(default=list)  # keys of activities that were passed and are not in the playlist any more
    looked_at = models.DateTimeField(null=True)  # when its learner had read what changed

    objects = EnrolmentQuerySet.as_manager()
    source = "playlist"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "playlist_key"], name="enrolled_once"),
            models.CheckConstraint(
                condition=Q(badge_class=None) | Q(completed_at__isnull=False), name="enrolment_badge_at_the_end"
            ),
            models.CheckConstraint(
                condition=Q(batch=None) | Q(badge_class__isnull=False), name="enrolment_batch_of_badge"
            ),
        ]
        indexes = [
            models.Index(fields=["playlist_key"], name="enrolment_playlist"),
            models.Index(
                fields=["badge_class"], condition=Q(batch=None, badge_class__isnull=False), name="enrolment_badge_due"
            ),
        ]

    def get_absolute_url(self):
        return reverse("pathways:playlist", args=[self.playlist_key])

    @property
    def is_completed(self):
        return self.completed_at is not None

    @property
    def is_active(self):
        return self.left_at is None

    @property
    def is_under_way(self):
        return self.is_active and not self.is_completed

    @property
    def once_key(self):
        return f"playlist:{self.playlist_key}:{self.person_id}"


class PlaylistChange(models.Model):
    """What an author changed in a published playlist while learners were on it."""

    playlist_key = models.UUIDField(db_index=True)
    at = models.DateTimeField(default=clock.now)
    added = models.JSONField(default=list)  # keys of activities
    removed = models.JSONField(default=list)  # titles by language, for what may be gone
    rule_before = models.JSONField(default=dict)
    rule_after = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]


class PlaylistShape(models.Model):
    """What a playlist asked for when it was last published, to see what the next version changes."""

    playlist_key = models.UUIDField(unique=True)
    keys = models.JSONField(default=list)
    rule = models.JSONField(default=dict)

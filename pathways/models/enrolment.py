"""Who is on which playlist, keyed by the translation key of the page, so that a change of language loses nothing."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from pathways.models.earning import NOBODY, Earning, EarningQuerySet
from portal import clock

KEPT_AFTER_LEAVING = timedelta(days=30)
IDLE_MONTHS, REMIND_IDLE_AFTER = 12, [3, 6, 11]  # since the last step on a playlist that takes off who does nothing
STEP_MONTHS = 24  # how long a step counts for whoever joins such a playlist anew


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

    def to_clear(self):
        """Return the enrolments that were left for good: long enough ago, and not cleared yet."""
        return self.filter(left_at__lte=clock.now() - KEPT_AFTER_LEAVING, cleared_at=None)

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
    cleared_at = models.DateTimeField(null=True)  # when what was not passed went, a while after leaving
    reminded_at = models.DateTimeField(null=True)  # when its learner was last reminded that nothing had happened
    time = models.PositiveSmallIntegerField(default=1, db_default=1)  # of those who renew a badge: the how manieth
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
        again = f":{self.time}" if self.time > 1 else ""
        return f"playlist:{self.playlist_key}:{self.person_id}{again}"

    @property
    def kept_until(self) -> datetime | None:
        """When what was not passed goes, of a playlist that was left."""
        return self.left_at and self.left_at + KEPT_AFTER_LEAVING

    def is_to_be_reminded(self, last_step_at: datetime, now: datetime) -> bool:
        """Say whether its learner is to be reminded that nothing has happened since their last step."""
        due = [moment for months in REMIND_IDLE_AFTER if (moment := clock.months_later(last_step_at, months)) <= now]
        return bool(due) and (self.reminded_at is None or self.reminded_at < due[-1])


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

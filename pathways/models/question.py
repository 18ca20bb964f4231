"""What people ask organisers about their playlists and activities, keyed by the page that all languages share."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from organisers.models import Organiser
from pathways.models.activity import ActivityPage
from pathways.models.playlist import PlaylistPage
from pathways.models.roles import PageRole, at_places_of, places_of
from pathways.workflow.question import ANSWERED, OPEN, PUBLISHED, QuestionWorkflow
from portal import clock


class QuestionQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what a list or a letter names."""
        return self.select_related("organiser", "person", "answered_by").prefetch_related("organiser__texts")

    def by(self, person):
        """Return what a person asked, the newest first."""
        return self.filter(person=person).order_by("-asked_at", "-pk")

    def at(self, organiser):
        """Return what an organiser was asked."""
        return self.filter(organiser=organiser)

    def lent_to(self, user):
        """Return what was asked about pages that a person writes by a role for these alone."""
        return self.filter(at_places_of(user, PageRole.Role.AUTHOR, key="page_key"))

    def open(self):
        """Return what nobody answered yet, the oldest first."""
        return self.filter(state=OPEN).order_by("asked_at", "pk")

    def answered(self):
        """Return what was answered, published or not, the last answer first."""
        return self.exclude(state=OPEN).order_by("-answered_at", "-pk")

    def untold(self):
        """Return the open questions of which nobody was told."""
        return self.open().filter(is_told=False)

    def shown_on(self, page):
        """Return what is published on a page, in its own language first."""
        own = Case(When(language=page.language, then=0), default=1)
        shown = self.filter(state=PUBLISHED, page_key=page.translation_key, organiser=page.organiser_id)
        return shown.order_by(own, "published_at", "pk")

    def with_pages(self, locale) -> list:
        """Return the questions, each with its `page` in a language, None where it is not published; two queries."""
        questions = list(self)
        keys = {question.page_key for question in questions}
        kinds = (PlaylistPage, ActivityPage)
        pages = [kind.objects.select_related("locale").by_key(keys, locale) for kind in kinds]
        for question in questions:
            question.page = next((found[question.page_key] for found in pages if question.page_key in found), None)
        return questions


class Question(QuestionWorkflow):
    """A question to the organiser of a page, its answer, and both as the page shows them."""

    OPEN_AT_ONCE = 5  # of one person at one organiser
    SHORTEST, LONGEST = 10, 1000

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organiser = models.ForeignKey(Organiser, on_delete=models.CASCADE, related_name="+")
    page_key = models.UUIDField(db_index=True)
    title = models.CharField(max_length=255)  # of the page, in the language in which it was asked
    language = models.CharField(max_length=10)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("question"), max_length=LONGEST, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    is_told = models.BooleanField(default=False)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True)
    shown_question = models.TextField(max_length=LONGEST, blank=True)
    shown_answer = models.TextField(max_length=2000, blank=True)
    published_at = models.DateTimeField(null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organiser", "asked_at"], condition=Q(state=OPEN), name="question_queue")]
        constraints = [
            models.CheckConstraint(condition=Q(state=OPEN) ^ Q(answered_at__isnull=False), name="question_answer_date"),
            models.CheckConstraint(
                condition=Q(state=PUBLISHED) ^ Q(published_at=None), name="published_question_has_a_date"
            ),
        ]

    def get_absolute_url(self):
        """Where its asker finds it."""
        return f"{reverse('pathways:questions')}#{self.anchor}"

    @property
    def workspace_url(self):
        """Where its organiser answers it."""
        return reverse("pathways:question", args=[self.organiser.slug, self.key])

    def news_url(self, event: str) -> str:
        """Lead those who answer to the workspace, and who asked to their own questions."""
        if event == "pathways/asked":
            return reverse("pathways:question-list", args=[self.organiser.slug])
        return self.get_absolute_url()

    def is_lent_to(self, user) -> bool:
        """Say whether a person writes the page that it is about by a role for that alone."""
        return (self.organiser_id, self.page_key) in places_of(user, PageRole.Role.AUTHOR)

    @property
    def anchor(self):
        return f"question-{self.key}"

    @property
    def is_open(self):
        return self.state == OPEN

    @property
    def is_answered(self):
        return self.state == ANSWERED

    @property
    def is_published(self):
        return self.state == PUBLISHED

    @property
    def lang(self) -> str:
        return self.language if self.language != get_language() else ""

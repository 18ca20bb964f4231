"""Activities can be endorsed, each in all its languages at once."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from badges.subjects import Pinned, Subject
from pathways.models import ActivityPage

ACTIVITY = "activity"


class Activities:
    """An activity, by the address that leads to it in the reader's language."""

    label = _("Activity")

    def find(self, key: UUID) -> Subject | None:
        """Return an activity that is open for learning."""
        page = self._open().by_key([key], Locale.get_active()).get(key)
        return page and self._subject(page)

    def of(self, organiser) -> list[Subject]:
        """Return the activities of an organiser that are open for learning."""
        return [self._subject(page) for page in self._open().of(organiser).in_first_language()]

    def pin(self, subject: Subject) -> Pinned:
        """Name the address of the activity."""
        return Pinned(address=settings.BASE_URL + subject.url)

    def _open(self):
        return ActivityPage.objects.open_for_learning().with_facts().select_related("organiser__parent__parent")

    def _subject(self, page):
        key = page.translation_key
        url = reverse("pathways:activity", args=[key])
        return Subject(kind=ACTIVITY, key=key, organiser=page.organiser, title=page.title, url=url)


ACTIVITIES = Activities()

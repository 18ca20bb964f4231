"""Help: one page a task or a trouble."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.models.content import ContentManager, ContentPage, IndexPage, fact
from portal.folding import folded, unmarked


def searchable(words: str) -> str:
    """Return words as they are looked for: without capitals and accents."""
    return folded(unmarked(words))


class HelpIndexPage(IndexPage):
    """All help, to search and by topic."""

    view = "cms.views.help_index"
    subpage_types = ["cms.HelpPage"]

    class Meta:
        verbose_name = _("knowledge base")

    @classmethod
    def first_words(cls):
        return {
            "slug": "help",
            "title": gettext("Help"),
            "lead": gettext("How things are done here, and what to do when they do not work."),
            "show_in_menus": True,
        }


class HelpPage(ContentPage):
    """How something is done, or what to do when it does not work."""

    class Topic(models.TextChoices):
        TROUBLESHOOTING = "troubleshooting", _("When something does not work")
        LEARNERS = "learners", _("For learners")
        ISSUERS = "issuers", _("For those who give badges")
        LABEL = "label", _("Quality Label")
        ACCOUNT = "account", _("Your account")

    topic = models.CharField(_("topic"), max_length=16, choices=Topic)

    objects = ContentManager()
    parent_page_types = ["cms.HelpIndexPage"]
    content_panels = [*ContentPage.first_panels, FieldPanel("topic"), *ContentPage.last_panels]
    override_translatable_fields = [*ContentPage.override_translatable_fields, fact("topic")]

    class Meta:
        verbose_name = _("help article")

    @property
    def kicker(self):
        return self.get_topic_display()

    def distance(self, words: list[str]) -> int | None:
        """Say how far from the title these words, folded, stand: 0 in it, 1 with the summary, 2 with the text."""
        content = self.body.stream_block.get_searchable_content(self.body)
        parts = [self.title, self.summary, " ".join(content)]
        texts = [searchable(" ".join(parts[: n + 1])) for n in range(len(parts))]
        return next((n for n, text in enumerate(texts) if all(word in text for word in words)), None)

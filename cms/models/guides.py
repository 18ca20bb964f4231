"""Guides, which are read chapter by chapter or as one file."""

from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.models.content import ContentManager, ContentPage, IndexPage, fact


class GuideIndexPage(IndexPage):
    """All guides."""

    view = "cms.views.guide_index"
    subpage_types = ["cms.GuidePage"]

    class Meta:
        verbose_name = _("list of guides")

    @classmethod
    def first_words(cls):
        return {
            "slug": "guides",
            "title": gettext("Guides"),
            "lead": gettext("Read one from end to end, or take it along."),
            "show_in_menus": True,
        }


class GuidePage(ContentPage):
    """The beginning of a guide: what it is about, and its chapters."""

    objects = ContentManager()
    view = "cms.views.guide_page"
    kicker = _("Guide")
    parent_page_types = ["cms.GuideIndexPage"]
    subpage_types = ["cms.ChapterPage"]

    class Meta:
        verbose_name = _("guide")

    def chapters(self):
        """Return the published chapters in order."""
        return ChapterPage.objects.child_of(self).on_show().order_by("number", "path")

    @property
    def document_url(self):
        """The address of the whole guide as one file."""
        return reverse("cms:document", args=["guides", self.slug])


class ChapterPage(ContentPage):
    """One chapter of a guide."""

    number = models.PositiveSmallIntegerField(_("number"), default=1, validators=[MinValueValidator(1)])

    objects = ContentManager()
    view = "cms.views.chapter_page"
    parent_page_types = ["cms.GuidePage"]
    content_panels = [*ContentPage.first_panels, FieldPanel("number"), *ContentPage.last_panels]
    override_translatable_fields = [*ContentPage.override_translatable_fields, fact("number")]

    class Meta:
        verbose_name = _("chapter")

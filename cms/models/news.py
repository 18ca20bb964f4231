"""News."""

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail_localize.fields import TranslatableField

from cms.models.content import ContentManager, ContentPage, IndexPage, fact, said
from portal import clock


class NewsIndexPage(IndexPage):
    """All news, the newest first."""

    view = "cms.views.news_index"
    subpage_types = ["cms.NewsPage"]

    class Meta:
        verbose_name = _("list of news")

    @classmethod
    def first_words(cls):
        return {
            "slug": "news",
            "title": gettext("News"),
            "lead": gettext("What happens in the network."),
            "show_in_menus": True,
        }


class NewsPage(ContentPage):
    """Something that happened or will."""

    date = models.DateField(_("date"), default=clock.today)
    category = models.CharField(_("category"), max_length=80, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)

    objects = ContentManager()
    parent_page_types = ["cms.NewsIndexPage"]
    content_panels = [
        *ContentPage.first_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("category"), FieldPanel("place")]),
        *ContentPage.last_panels,
    ]
    override_translatable_fields = [
        *ContentPage.override_translatable_fields,
        TranslatableField("category"),
        TranslatableField("place"),
        fact("date"),
    ]

    class Meta:
        verbose_name = _("news item")

    @property
    def kicker(self):
        return self.category or gettext("News")

    def facts(self):
        return said((gettext("Date"), date_format(self.date)), (gettext("Place"), self.place))

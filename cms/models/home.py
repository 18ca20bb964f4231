"""The front door."""

from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from cms.blocks import LogoBlock
from cms.models.content import ContentPage


class HomePage(Page):
    """The front door in one language; its figures and lists come from what exists."""

    headline = models.CharField(_("headline"), max_length=120)
    lead = models.TextField(_("lead"), max_length=400)
    contributors = StreamField(
        [("contributor", LogoBlock(icon="group", label=_("contributor")))],
        blank=True,
        verbose_name=_("contributors to the Quality Label"),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        FieldPanel("contributors"),
    ]
    subpage_types = [
        "pathways.LearningIndexPage",
        "cms.StandardPage",
        "cms.FaqPage",
        "cms.CityIndexPage",
        "cms.GuideIndexPage",
        "cms.LibraryIndexPage",
        "cms.NewsIndexPage",
        "cms.HelpIndexPage",
    ]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("home page")

    def route(self, request, path_components):
        """Find a page by its address; a text that has no translation is found in the language it has."""
        try:
            return super().route(request, path_components)
        except Http404:
            if elsewhere := self._written_elsewhere(path_components):
                return RouteResult(elsewhere)
            raise

    def _written_elsewhere(self, path_components) -> ContentPage | None:
        homes = HomePage.objects.live().exclude(pk=self.pk).values_list("url_path", flat=True)
        inside = "/".join(path_components)
        paths = [f"{home}{inside}/" for home in homes]
        found = Page.objects.live().public().filter(url_path__in=paths).order_by("pk").first()
        page = found and found.specific
        return page if isinstance(page, ContentPage) else None

"""The pages of the public site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class HomePage(Page):
    """The front door in one language; its figures and lists come from what exists."""

    headline = models.CharField(_("headline"), max_length=120)
    lead = models.TextField(_("lead"), max_length=400)

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("lead")]
    subpage_types = ["pathways.LearningIndexPage"]
    max_count_per_parent = 1

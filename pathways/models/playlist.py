"""Playlists: an ordered set of activities with a rule and a badge at the end."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from pathways.authoring import PlaylistForm
from pathways.models.activity import ActivityPage
from pathways.models.pages import LearningPage, LearningPageQuerySet, fact


class PlaylistPageQuerySet(LearningPageQuerySet):
    def containing(self, activity_key):
        """Return the playlists in which an activity stands, in whatever language it was put there."""
        steps = PlaylistStep.objects.filter(activity__translation_key=activity_key)
        return self.filter(pk__in=steps.values("playlist"))

    def awarding(self, badge_class):
        """Return the playlists that award a badge at their end, or for one of their activities."""
        activities = ActivityPage.objects.filter(badge_class=badge_class)
        steps = PlaylistStep.objects.filter(activity__translation_key__in=activities.values("translation_key"))
        return self.filter(models.Q(badge_class=badge_class) | models.Q(pk__in=steps.values("playlist")))


class PlaylistPage(LearningPage):
    """A route of activities with a rule and a badge at its end."""

    outcomes = StreamField(
        [("outcome", blocks.CharBlock(label=_("outcome"), max_length=250))],
        blank=True,
        verbose_name=_("what one will be able to do"),
    )
    required_count = models.PositiveSmallIntegerField(
        _("how many activities are needed"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Leave empty when all are needed. Compulsory ones always count."),
    )

    objects = PageManager.from_queryset(PlaylistPageQuerySet)()
    view = "pathways.views.playlist_page"
    base_form_class = PlaylistForm
    parent_page_types = ["pathways.SectionPage"]
    subpage_types = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("outcomes"),
        InlinePanel("steps", label=_("activity"), heading=_("The route"), min_num=1),
        MultiFieldPanel([FieldPanel("required_count"), FieldPanel("badge_class")], heading=_("At the end")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    override_translatable_fields = [
        TranslatableField("title"),
        TranslatableField("summary"),
        TranslatableField("body"),
        TranslatableField("outcomes"),
        *[fact(name) for name in ["slug", "organiser", "badge_class", "required_count", "steps"]],
    ]

    def live_steps(self):
        """Return the steps whose activity is published, in order."""
        return self.steps.filter(activity__live=True).select_related("activity__badge_class", "activity__locale")


class PlaylistStep(Orderable):
    """An activity's place in a playlist; rows are made anew with each sync, so nothing may point to one."""

    playlist = ParentalKey(PlaylistPage, on_delete=models.CASCADE, related_name="steps")
    activity = models.ForeignKey(ActivityPage, on_delete=models.CASCADE, related_name="+", verbose_name=_("activity"))
    is_compulsory = models.BooleanField(_("compulsory"), default=False)

    panels = [PageChooserPanel("activity"), FieldPanel("is_compulsory")]

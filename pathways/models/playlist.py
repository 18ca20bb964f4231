"""Playlists: an ordered set of activities with a rule and a badge at the end."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from badges.models import Assertion
from pathways.authoring import ActivityPanel, PlaylistForm, RoutePanel
from pathways.blocks import LETTERS, PREREQUISITES, GroupBlock
from pathways.models.activity import ActivityPage
from pathways.models.enrolment import Enrolment
from pathways.models.pages import LearningPage, LearningPageQuerySet, fact


class PlaylistPageQuerySet(LearningPageQuerySet):
    def on_show(self, locale):
        """Return what lists in a language show: no archived playlists."""
        return super().on_show(locale).filter(is_archived=False)

    def open_to_all(self):
        """Return the published playlists that lists may show: no archived ones."""
        return self.open_for_learning().filter(is_archived=False)

    def with_length(self):
        """Add how long a playlist takes and how many activities it has."""
        return self.annotate(minutes=models.Sum("steps__activity__minutes"), stops=models.Count("steps"))

    def containing(self, activity_key):
        """Return the playlists in which an activity stands, in whatever language it was put there."""
        steps = PlaylistStep.objects.filter(activity__translation_key=activity_key)
        return self.filter(pk__in=steps.values("playlist"))

    def sharing(self, keys):
        """Return the playlists in which one of these activities stands, those with the most of them first."""
        steps = PlaylistStep.objects.filter(activity__translation_key__in=keys)
        shared = (
            steps.filter(playlist=models.OuterRef("pk")).order_by().values("playlist").annotate(n=models.Count("pk"))
        )
        return (
            self.filter(pk__in=steps.values("playlist")).annotate(shared=shared.values("n")).order_by("-shared", "pk")
        )

    def activity_keys(self, playlist_key) -> set:
        """Return the keys of the activities of a playlist, whatever its languages."""
        steps = PlaylistStep.objects.filter(playlist__translation_key=playlist_key)
        return set(steps.order_by().values_list("activity__translation_key", flat=True))

    def renewing(self, badge_classes):
        """Return the playlists that renew one of these badges."""
        return self.filter(renews_badge=True, badge_class__in=badge_classes)

    def to_renew(self, person):
        """Return the playlists by which a person can renew a badge now and on which they are not yet."""
        badges = Assertion.objects.renewable_by(person).values("badge_class")
        under_way = Enrolment.objects.of(person).under_way().values("playlist_key")
        return self.renewing(badges).exclude(translation_key__in=under_way)

    def awarding(self, badge_class):
        """Return the playlists that award a badge at their end, or for one of their activities."""
        activities = ActivityPage.objects.filter(badge_class=badge_class)
        steps = PlaylistStep.objects.filter(activity__translation_key__in=activities.values("translation_key"))
        return self.filter(models.Q(badge_class=badge_class) | models.Q(pk__in=steps.values("playlist")))


class PlaylistPage(LearningPage):
    """A route of activities with a rule and a badge at its end."""

    class Order(models.TextChoices):
        FREE = "free", _("in any order")
        FIXED = "fixed", _("one after another")

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

    order = models.CharField(
        _("order"),
        max_length=5,
        choices=Order,
        default=Order.FREE,
        help_text=_("One after another: each activity opens when those before it are done."),
    )
    groups = StreamField(
        [("group", GroupBlock())],
        blank=True,
        verbose_name=_("groups"),
        help_text=_("Such as two of these three: give the activities below the letter of their group."),
    )
    prerequisites = StreamField(
        PREREQUISITES,
        blank=True,
        verbose_name=_("what learners need before"),
        help_text=_("Badges that they hold, or a playlist that they have completed."),
    )
    is_archived = models.BooleanField(
        _("archived"),
        default=False,
        db_default=False,
        help_text=_("Nobody new can join; those who are on it can finish it."),
    )
    renews_badge = models.BooleanField(
        _("renews its badge"),
        default=False,
        db_default=False,
        help_text=_("Open to holders of its badge from two months before it ends; they get it anew with new dates."),
    )
    takes_off_idle = models.BooleanField(
        _("takes off who does nothing for twelve months"),
        default=False,
        db_default=False,
        help_text=_(
            "They are reminded after 3, 6 and 11 months. Whoever joins again keeps what they passed within 24 months."
        ),
    )
    others_may_copy = models.BooleanField(
        _("other organisers may copy it, with a line that says whose it was"), default=True, db_default=True
    )
    origin = models.JSONField(null=True, editable=False)  # of a copy: key, title and organiser of what it is based on

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
        RoutePanel("steps", label=_("activity"), heading=_("The route"), min_num=1),
        MultiFieldPanel(
            [FieldPanel("required_count"), FieldPanel("order"), FieldPanel("groups"), FieldPanel("badge_class")],
            heading=_("The rule"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("prerequisites"),
                FieldPanel("renews_badge"),
                FieldPanel("takes_off_idle"),
                FieldPanel("is_archived"),
                FieldPanel("others_may_copy"),
            ],
            heading=_("Who may join and copy it"),
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    override_translatable_fields = [
        TranslatableField("title"),
        TranslatableField("summary"),
        TranslatableField("body"),
        TranslatableField("outcomes"),
        TranslatableField("groups"),
        *[
            fact(name)
            for name in [
                "slug",
                "organiser",
                "badge_class",
                "required_count",
                "order",
                "prerequisites",
                "renews_badge",
                "takes_off_idle",
                "is_archived",
                "others_may_copy",
                "origin",
                "steps",
            ]
        ],
    ]

    class Meta:
        verbose_name = _("playlist")

    def clean(self):
        """Want the badge that is renewed, and that it ends."""
        super().clean()
        if self.renews_badge and not (self.badge_class and self.badge_class.valid_months):
            raise ValidationError(
                {"renews_badge": _("Choose the badge that it renews: one that ends after some months.")}
            )

    @property
    def is_in_order(self):
        return self.order == self.Order.FIXED

    def group_rules(self) -> dict[str, tuple[str, int]]:
        """Return the title of each group and how many of its activities are needed, by its letter."""
        return {block.value["letter"]: (block.value["title"], block.value["needed"]) for block in self.groups}

    def live_steps(self):
        """Return the steps whose activity is published, in order."""
        return self.steps.filter(activity__live=True).select_related("activity__badge_class", "activity__locale")


class PlaylistStep(Orderable):
    """An activity's place in a playlist; rows are made anew with each sync, so nothing may point to one."""

    playlist = ParentalKey(PlaylistPage, on_delete=models.CASCADE, related_name="steps")
    activity = models.ForeignKey(ActivityPage, on_delete=models.CASCADE, related_name="+", verbose_name=_("activity"))
    is_compulsory = models.BooleanField(_("compulsory"), default=False)
    group = models.CharField(_("group"), max_length=1, choices=LETTERS, blank=True)

    panels = [
        ActivityPanel("activity", "pathways.ActivityPage"),
        FieldPanel("is_compulsory"),
        FieldPanel("group"),
    ]

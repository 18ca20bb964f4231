"""Activities: one thing to do, where and when, and how it is judged."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from pathways.agenda import EVENT
from pathways.authoring import ActivityForm, OwnPlacePanel
from pathways.blocks import CONTENT, QUESTIONS, ReflectionBlock
from pathways.models.pages import LearningPage, LearningPageQuerySet, fact
from pathways.models.times import told
from pathways.quiz import Question, question_of
from portal import clock
from portal.settings import TEXT_LANGUAGES


class ActivityPageQuerySet(LearningPageQuerySet):
    def with_facts(self):
        """Fetch along what cards show."""
        return super().with_facts().select_related("city")

    def placed(self):
        """Return the activities that stand on the map."""
        return self.exclude(latitude=None)

    def open_to_all(self):
        """Return the published activities that lists may show: not those by invitation."""
        return self.open_for_learning().exclude(audience=ActivityPage.Audience.INVITED)

    def on_show(self, locale):
        """Return what lists in a language show, the newest first."""
        return super().on_show(locale).exclude(audience=ActivityPage.Audience.INVITED)


class ActivityPage(LearningPage):
    """One thing to do."""

    class Kind(models.TextChoices):
        COURSE = "course", _("course")
        WORKSHOP = "workshop", _("workshop")
        EVENT = "event", _("event")
        PROJECT = "project", _("project")
        VOLUNTEERING = "volunteering", _("volunteering")
        INTERNSHIP = "internship", _("internship")
        DIGITAL = "digital", _("digital")
        OPEN_SPACE = "open-space", _("open space")

    class Mode(models.TextChoices):
        ONLINE = "online", _("online")
        ON_SITE = "on-site", _("on site")
        BLENDED = "blended", _("online and on site")

    class Audience(models.TextChoices):
        PUBLIC = "public", _("everybody")
        INVITED = "invited", _("those who have the invitation")

    class Access(models.TextChoices):
        WHEELCHAIR = "wheelchair", _("Step-free way in")
        TOILET = "toilet", _("Accessible toilet")
        LOOP = "loop", _("Hearing loop")
        SIGNING = "signing", _("Sign language")
        QUIET = "quiet", _("A quiet room")
        DOGS = "dogs", _("Assistance dogs are welcome")

    class Judge(models.TextChoices):
        SELF = "self", _("the learner confirms it")
        PRESENCE = "presence", _("being there: checked in at one of the dates")
        QUIZ = "quiz", _("a quiz")
        PEER = "peer", _("another learner, by the checklist")
        REVIEWER = "reviewer", _("a reviewer of the organiser")

    body = StreamField([*CONTENT, *EVENT, ("reflection", ReflectionBlock())], blank=True, verbose_name=_("content"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.WORKSHOP)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=30, validators=[MinValueValidator(1)])
    audience = models.CharField(
        _("open to"),
        max_length=10,
        choices=Audience,
        default=Audience.PUBLIC,
        help_text=_("What is by invitation stands in no list; whoever has its invitation link may take part."),
    )
    taught_in = models.CharField(
        _("language of the activity"),
        max_length=5,
        choices=TEXT_LANGUAGES,
        blank=True,
        help_text=_("Leave empty when it is that of this page."),
    )
    things_to_do = StreamField(
        [("step", blocks.CharBlock(label=_("step"), max_length=250))],
        blank=True,
        max_num=7,
        verbose_name=_("steps"),
        help_text=_("One to three clear steps say more than ten."),
    )
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True, help_text=_("The last day to finish it."))
    others_may_use = models.BooleanField(
        _("other organisers may put it into their playlists"), default=True, db_default=True
    )

    mode = models.CharField(_("where"), max_length=10, choices=Mode, default=Mode.ONLINE)
    city = models.ForeignKey(
        "organisers.City", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("city")
    )
    address = models.CharField(_("address of the place"), max_length=250, blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("In degrees north, such as 54.68720. With both numbers the activity stands on the map."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("In degrees east, such as 25.27970."),
    )
    access = StreamField(
        [("feature", blocks.ChoiceBlock(choices=Access.choices, label=_("feature")))],
        blank=True,
        verbose_name=_("accessibility of the place"),
    )
    access_note = models.CharField(_("more about accessibility"), max_length=300, blank=True)

    judge = models.CharField(_("judged by"), max_length=10, choices=Judge, default=Judge.SELF)
    dates_needed = models.PositiveSmallIntegerField(
        _("dates to be at"),
        default=1,
        db_default=1,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Where being there counts: at how many of the dates. 4 of an event of four days means all of it."),
    )
    evidence_prompt = models.CharField(_("what to hand in"), max_length=300, blank=True)
    takes_text = models.BooleanField(_("as a text"), default=True)
    takes_link = models.BooleanField(_("as a link"), default=True)
    takes_file = models.BooleanField(_("as a file"), default=True)
    checklist = StreamField(
        [("line", blocks.CharBlock(label=_("line"), max_length=300))],
        blank=True,
        verbose_name=_("checklist"),
        help_text=_("What a reviewer looks at; learners see it too."),
    )
    peers = models.PositiveSmallIntegerField(
        _("how many other learners judge"),
        default=2,
        db_default=2,
        validators=[MinValueValidator(1), MaxValueValidator(3)],
        help_text=_("Counts where other learners judge. What they see differently goes to your reviewers."),
    )
    answer_days = models.PositiveSmallIntegerField(
        _("days until learners get an answer"),
        default=10,
        db_default=10,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=_("Working days; learners see this promise."),
    )
    quiz = StreamField(QUESTIONS, blank=True, verbose_name=_("quiz"))
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark in percent"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    pause_hours = models.PositiveSmallIntegerField(
        _("hours to wait after every third try"), default=12, db_default=12, validators=[MaxValueValidator(168)]
    )

    objects = PageManager.from_queryset(ActivityPageQuerySet)()
    view = "pathways.views.activity_page"
    base_form_class = ActivityForm
    parent_page_types = ["pathways.SectionPage"]
    subpage_types = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("things_to_do"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("minutes")]),
                FieldRowPanel([FieldPanel("audience"), FieldPanel("taught_in")]),
                FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
                FieldPanel("badge_class"),
                FieldPanel("others_may_use"),
            ],
            heading=_("Facts"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("mode"), FieldPanel("city")]),
                FieldPanel("address"),
                OwnPlacePanel(),
                FieldPanel("access"),
                FieldPanel("access_note"),
            ],
            heading=_("Place"),
        ),
        InlinePanel("dates", label=_("date"), heading=_("Dates")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("judge"), FieldPanel("peers"), FieldPanel("dates_needed")]),
                FieldPanel("evidence_prompt"),
                FieldRowPanel([FieldPanel("takes_text"), FieldPanel("takes_link"), FieldPanel("takes_file")]),
                FieldPanel("checklist"),
                FieldPanel("answer_days"),
            ],
            heading=_("How it is judged"),
        ),
        MultiFieldPanel([FieldPanel("quiz"), FieldPanel("pass_mark"), FieldPanel("pause_hours")], heading=_("Quiz")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    override_translatable_fields = [
        *[
            TranslatableField(name)
            for name in [
                "title",
                "summary",
                "things_to_do",
                "body",
                "access_note",
                "evidence_prompt",
                "checklist",
                "quiz",
            ]
        ],
        *[
            fact(name)
            for name in [
                "slug",
                "organiser",
                "badge_class",
                "kind",
                "minutes",
                "audience",
                "taught_in",
                "opens_on",
                "closes_on",
                "others_may_use",
                "mode",
                "city",
                "address",
                "latitude",
                "longitude",
                "access",
                "dates",
                "judge",
                "peers",
                "dates_needed",
                "takes_text",
                "takes_link",
                "takes_file",
                "answer_days",
                "pass_mark",
                "pause_hours",
            ]
        ],
    ]

    class Meta:
        verbose_name = _("activity")

    def clean(self):
        """Want what the way of judging needs, both numbers of a place, and an end that is not before the beginning."""
        super().clean()
        if self.judge == self.Judge.QUIZ and not self.quiz:
            raise ValidationError({"quiz": _("Write at least one question, or choose another way of judging.")})
        if self.takes_evidence and not (self.takes_text or self.takes_link or self.takes_file):
            raise ValidationError({"takes_text": _("Let learners hand in something: text, link or file.")})
        if self.judge == self.Judge.PEER and not self.checklist:
            raise ValidationError({"checklist": _("Another learner judges by the checklist: write at least one line.")})
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            raise ValidationError({missing: _("A place on the map needs both numbers.")})
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": _("This is before it opens.")})

    @property
    def is_judged_by_self(self):
        return self.judge == self.Judge.SELF

    @property
    def is_judged_by_presence(self):
        return self.judge == self.Judge.PRESENCE

    @property
    def is_judged_by_quiz(self):
        return self.judge == self.Judge.QUIZ

    @property
    def is_judged_by_peer(self):
        return self.judge == self.Judge.PEER

    @property
    def is_judged_by_reviewer(self):
        return self.judge == self.Judge.REVIEWER

    @property
    def takes_evidence(self):
        return self.judge in {self.Judge.PEER, self.Judge.REVIEWER}

    @property
    def is_by_invitation(self):
        return self.audience == self.Audience.INVITED

    @property
    def has_place(self):
        return bool(self.address or self.city_id or self.access or self.access_note)

    @property
    def whereabouts(self) -> str:
        """The address and the city of the place, as far as they are known."""
        return ", ".join(part for part in (self.address, str(self.city or "")) if part)

    @property
    def access_words(self) -> list:
        """What the place offers to people who need it, in words."""
        return [self.Access(block.value).label for block in self.access]

    @property
    def is_online(self):
        return self.mode == self.Mode.ONLINE

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which its dates are written: that of its place; the network's when it is online."""
        if self.is_online:
            return timezone.get_default_timezone()
        city = self.city or self.organiser.city
        return city.zone if city else clock.zone_in(self.organiser.country)

    @property
    def told_zone(self) -> ZoneInfo:
        """The time zone in which its dates are read: that of its place; the reader's when it is online."""
        return timezone.get_current_timezone() if self.is_online else self.zone

    def told(self, moment: datetime, form: str = "DATETIME_FORMAT") -> str:
        """Say when something of it happens."""
        return told(moment, self.told_zone, form, is_named=self.is_online)

    @property
    def next_start(self) -> str:
        """When its next date begins, on a card; what lists the cards gives `next_at`."""
        return self.told(self.next_at, "SHORT_DATETIME_FORMAT")

    @property
    def is_on_map(self):
        return self.latitude is not None and self.longitude is not None

    @property
    def is_yet_to_open(self):
        return self.opens_on is not None and clock.today() < self.opens_on

    @property
    def is_over(self):
        return self.closes_on is not None and clock.today() > self.closes_on

    def questions(self) -> list[Question]:
        """Return the quiz by the ids of its blocks, which translations keep."""
        return [question_of(number, block) for number, block in enumerate(self.quiz, 1)]

    def lines(self) -> dict[str, str]:
        """Return the checklist: id and words of each line."""
        return {block.id: block.value for block in self.checklist}

"""Activities: one thing to do, and how it is judged."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from pathways.authoring import OwnBadgesForm, QuestionBlock
from pathways.models.pages import LearningPage, LearningPageManager, fact


@dataclass(frozen=True)
class Option:
    """One answer, with an id that is the same in every language."""

    id: str
    text: str
    is_correct: bool


@dataclass(frozen=True)
class Question:
    """One question of a quiz, with an id that is the same in every language."""

    number: int
    id: str
    text: str
    options: tuple[Option, ...]
    explanation: str

    @property
    def title(self) -> str:
        return f"{self.number}. {self.text}"

    def is_right(self, answer) -> bool:
        """Say whether the option with this id is the right one."""
        return any(option.id == answer and option.is_correct for option in self.options)


class ActivityPage(LearningPage):
    """One thing to do."""

    class Mode(models.TextChoices):
        ONLINE = "online", _("online")
        ON_SITE = "on-site", _("on site")
        BLENDED = "blended", _("online and on site")

    class Judge(models.TextChoices):
        SELF = "self", _("the learner confirms it")
        QUIZ = "quiz", _("a quiz")
        REVIEWER = "reviewer", _("a reviewer of the organiser")

    minutes = models.PositiveSmallIntegerField(_("minutes"), default=30, validators=[MinValueValidator(1)])
    mode = models.CharField(_("where"), max_length=10, choices=Mode, default=Mode.ONLINE)
    judge = models.CharField(_("judged by"), max_length=10, choices=Judge, default=Judge.SELF)
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
    quiz = StreamField([("question", QuestionBlock())], blank=True, verbose_name=_("quiz"))
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark in percent"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    tries_a_day = models.PositiveSmallIntegerField(
        _("tries in 24 hours"), default=3, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )

    objects = LearningPageManager()
    view = "pathways.views.activity_page"
    base_form_class = OwnBadgesForm
    parent_page_types = ["pathways.SectionPage"]
    subpage_types = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("minutes"), FieldPanel("mode"), FieldPanel("badge_class")], heading=_("Facts")),
        MultiFieldPanel(
            [
                FieldPanel("judge"),
                FieldPanel("evidence_prompt"),
                FieldPanel("takes_text"),
                FieldPanel("takes_link"),
                FieldPanel("takes_file"),
                FieldPanel("checklist"),
            ],
            heading=_("How it is judged"),
        ),
        MultiFieldPanel([FieldPanel("quiz"), FieldPanel("pass_mark"), FieldPanel("tries_a_day")], heading=_("Quiz")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    override_translatable_fields = [
        TranslatableField("title"),
        TranslatableField("summary"),
        TranslatableField("body"),
        TranslatableField("evidence_prompt"),
        TranslatableField("checklist"),
        TranslatableField("quiz"),
        *[
            fact(name)
            for name in [
                "slug",
                "organiser",
                "badge_class",
                "minutes",
                "mode",
                "judge",
                "takes_text",
                "takes_link",
                "takes_file",
                "pass_mark",
                "tries_a_day",
            ]
        ],
    ]

    def clean(self):
        """Want a quiz where a quiz judges, and a way to hand in evidence where a reviewer does."""
        super().clean()
        if self.judge == self.Judge.QUIZ and not self.quiz:
            raise ValidationError({"quiz": _("Write at least one question, or choose another way of judging.")})
        if self.judge == self.Judge.REVIEWER and not (self.takes_text or self.takes_link or self.takes_file):
            raise ValidationError({"takes_text": _("Let learners hand in something: text, link or file.")})

    @property
    def is_judged_by_self(self):
        return self.judge == self.Judge.SELF

    @property
    def is_judged_by_quiz(self):
        return self.judge == self.Judge.QUIZ

    @property
    def is_judged_by_reviewer(self):
        return self.judge == self.Judge.REVIEWER

    def questions(self) -> list[Question]:
        """Return the quiz by the ids of its blocks, which translations keep."""
        return [
            Question(
                number,
                block.id,
                block.value["question"],
                tuple(
                    Option(child.id, child.value["text"], child.value["is_correct"])
                    for child in block.value["options"].bound_blocks
                ),
                block.value["explanation"],
            )
            for number, block in enumerate(self.quiz, 1)
        ]

    def lines(self) -> dict[str, str]:
        """Return the checklist: id and words of each line."""
        return {block.id: block.value for block in self.checklist}

"""The library: strategies, recommendations, curricula and publications on the recognition of badges."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import TranslatableField

from cms.models.content import ContentPage, ContentQuerySet, IndexPage, PageManager, fact, said
from portal.settings import TEXT_LANGUAGES


class LibraryIndexPage(IndexPage):
    """All that is in the library, by kind, level and country."""

    view = "cms.views.library_index"
    subpage_types = [
        "cms.StrategyPage",
        "cms.RecommendationPage",
        "cms.CurriculumPage",
        "cms.PublicationPage",
    ]

    class Meta:
        verbose_name = _("library")

    @classmethod
    def first_words(cls):
        return {
            "slug": "library",
            "title": gettext("Library"),
            "lead": gettext("Strategies, recommendations, curricula and publications on the recognition of badges."),
            "show_in_menus": True,
        }


class LibraryQuerySet(ContentQuerySet):
    def found_by_readers(self, *, level="", country=""):
        """Narrow down to a level and a country; what is nobody's is left out with the others."""
        wanted = {name: value for name, value in {"level": level, "country": country}.items() if value}
        return self.filter(**wanted)


LibraryManager = PageManager.from_queryset(LibraryQuerySet)


class LibraryPage(ContentPage):
    """Something in the library; never a page of its own."""

    class Level(models.TextChoices):
        LOCAL = "local", _("local")
        NATIONAL = "national", _("national")
        EUROPEAN = "european", _("European")

    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)
    country = CountryField(_("country"), blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )

    parent_page_types = ["cms.LibraryIndexPage"]
    where_panel = FieldRowPanel([FieldPanel("level"), FieldPanel("country"), FieldPanel("year")])
    override_translatable_fields = [
        *ContentPage.override_translatable_fields,
        *[fact(name) for name in ("level", "country", "year")],
    ]

    class Meta:
        abstract = True

    def place_facts(self) -> list[dict]:
        """Return where it belongs."""
        return said((gettext("Level"), self.get_level_display()), (gettext("Country"), self.country.name))


class StrategyPage(LibraryPage):
    """How a city or a country goes about the recognition of badges."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        ADOPTED = "adopted", _("adopted")
        ENDED = "ended", _("ended")

    city = models.CharField(_("city"), max_length=80, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.DRAFT)
    partners = StreamField(
        [("partner", blocks.CharBlock(label=_("partner"), max_length=150))], blank=True, verbose_name=_("partners")
    )

    objects = LibraryManager()
    kicker = _("Strategy")
    family = _("Strategies")
    content_panels = [
        *ContentPage.first_panels,
        LibraryPage.where_panel,
        FieldRowPanel([FieldPanel("city"), FieldPanel("status")]),
        FieldPanel("partners"),
        *ContentPage.last_panels,
    ]
    override_translatable_fields = [
        *LibraryPage.override_translatable_fields,
        TranslatableField("city"),
        TranslatableField("partners"),
        fact("status"),
    ]

    class Meta:
        verbose_name = _("recognition strategy")

    def facts(self):
        return [
            *self.place_facts(),
            *said(
                (gettext("City"), self.city),
                (gettext("Year"), self.year),
                (gettext("Status"), self.get_status_display()),
                (gettext("Partners"), ", ".join(block.value for block in self.partners)),
            ),
        ]


class RecommendationPage(LibraryPage):
    """What came out of a training or a round of experts."""

    city = models.CharField(_("city"), max_length=80, blank=True)
    held_on = models.DateField(_("date of the meeting"), null=True, blank=True)
    participants = models.PositiveSmallIntegerField(_("participants"), null=True, blank=True)

    objects = LibraryManager()
    kicker = _("Recommendation")
    family = _("Recommendations")
    content_panels = [
        *ContentPage.first_panels,
        LibraryPage.where_panel,
        FieldRowPanel([FieldPanel("city"), FieldPanel("held_on"), FieldPanel("participants")]),
        *ContentPage.last_panels,
    ]
    override_translatable_fields = [
        *LibraryPage.override_translatable_fields,
        TranslatableField("city"),
        fact("held_on"),
        fact("participants"),
    ]

    class Meta:
        verbose_name = _("recommendation")

    def facts(self):
        return [
            *self.place_facts(),
            *said(
                (gettext("City"), self.city),
                (gettext("Date"), self.held_on and date_format(self.held_on)),
                (gettext("Participants"), self.participants),
            ),
        ]


class CurriculumPage(LibraryPage):
    """A programme by which others can train people who give badges."""

    class Form(models.TextChoices):
        ONLINE = "online", _("online")
        RESIDENTIAL = "residential", _("residential")
        ON_SITE = "on-site", _("on site")
        BLENDED = "blended", _("online and on site")

    hours = models.PositiveSmallIntegerField(_("hours"), validators=[MinValueValidator(1)])
    form = models.CharField(_("form"), max_length=12, choices=Form)
    for_whom = models.CharField(_("for whom"), max_length=200, blank=True)
    taught_in = StreamField(
        [("language", blocks.ChoiceBlock(choices=TEXT_LANGUAGES, label=_("language")))],
        blank=True,
        verbose_name=_("languages"),
    )

    objects = LibraryManager()
    kicker = _("Curriculum")
    family = _("Curricula")
    content_panels = [
        *ContentPage.first_panels,
        LibraryPage.where_panel,
        FieldRowPanel([FieldPanel("hours"), FieldPanel("form")]),
        FieldPanel("for_whom"),
        FieldPanel("taught_in"),
        *ContentPage.last_panels,
    ]
    override_translatable_fields = [
        *LibraryPage.override_translatable_fields,
        TranslatableField("for_whom"),
        *[fact(name) for name in ("hours", "form", "taught_in")],
    ]

    class Meta:
        verbose_name = _("curriculum")

    def facts(self):
        names = dict(TEXT_LANGUAGES)
        return [
            *said(
                (gettext("Hours"), self.hours),
                (gettext("Form"), self.get_form_display()),
                (gettext("For whom"), self.for_whom),
                (gettext("Languages"), ", ".join(names[block.value] for block in self.taught_in)),
            ),
            *self.place_facts(),
        ]


class PublicationPage(LibraryPage):
    """Something to cite."""

    authors = StreamField(
        [("author", blocks.CharBlock(label=_("author"), max_length=150))], blank=True, verbose_name=_("authors")
    )
    citation = models.CharField(_("how to cite it"), max_length=400, blank=True)

    objects = LibraryManager()
    kicker = _("Publication")
    family = _("Publications")
    content_panels = [
        *ContentPage.first_panels,
        LibraryPage.where_panel,
        FieldPanel("authors"),
        FieldPanel("citation"),
        *ContentPage.last_panels,
    ]
    override_translatable_fields = [
        *LibraryPage.override_translatable_fields,
        TranslatableField("authors"),
        TranslatableField("citation"),
    ]

    class Meta:
        verbose_name = _("published work")

    def facts(self):
        authors = ", ".join(block.value for block in self.authors)
        return [*said((gettext("Authors"), authors), (gettext("Year"), self.year)), *self.place_facts()]

    @property
    def document_url(self):
        """The address of the publication as a file."""
        return reverse("cms:document", args=["library", self.slug])

"""The cities of the network: what learning there is in each, and who offers it."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import TranslatableField

from cms.models.content import ContentManager, ContentPage, IndexPage, fact
from portal.ui.maps import PlacePanel


class CityIndexPage(IndexPage):
    """All cities that have a page."""

    view = "cms.views.city_index"
    subpage_types = ["cms.CityPage"]

    class Meta:
        verbose_name = _("list of cities")

    @classmethod
    def first_words(cls):
        return {
            "slug": "cities",
            "title": gettext("Cities"),
            "lead": gettext("What there is to learn in each city of the network, and who offers it."),
            "show_in_menus": True,
        }


class CityPage(ContentPage):
    """A city: its map, what one can learn there, and with whom."""

    city = models.ForeignKey(
        "organisers.City",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("city"),
        help_text=_("As organisers and activities name it; new ones are made under Snippets."),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("The middle of the map in degrees north, such as 54.68720."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("In degrees east, such as 25.27970."),
    )
    picture = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
    )
    picture_words = models.CharField(
        _("what is to be seen on the picture"),
        max_length=250,
        blank=True,
        help_text=_("For those who do not see it; leave empty where it only decorates."),
    )

    objects = ContentManager()
    view = "cms.views.city_page"
    kicker = _("City")
    parent_page_types = ["cms.CityIndexPage"]
    content_panels = [
        *ContentPage.first_panels,
        MultiFieldPanel([FieldPanel("city"), PlacePanel()], heading=_("Place")),
        FieldRowPanel([FieldPanel("picture"), FieldPanel("picture_words")]),
        *ContentPage.last_panels,
    ]
    override_translatable_fields = [
        *ContentPage.override_translatable_fields,
        TranslatableField("picture_words"),
        *[fact(name) for name in ("city", "latitude", "longitude", "picture")],
    ]

    class Meta:
        verbose_name = _("page of a city")

    def clean(self):
        """Want one page for a city in each language."""
        super().clean()
        twins = CityPage.objects.filter(city=self.city_id, locale=self.locale_id).exclude(pk=self.pk)
        if self.city_id and twins.exists():
            raise ValidationError({"city": _("This city has a page already.")})

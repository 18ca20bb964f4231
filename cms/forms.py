"""How readers narrow down the public lists."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_countries.fields import Country

from badges.forms.badge_list import ORDERS
from badges.models import BadgeClass
from cms.models import LIBRARY, LibraryPage
from cms.models.help import searchable
from organisers.models import City

KINDS = [choice for choice in BadgeClass.Kind.choices if choice[0] != BadgeClass.Kind.LABEL]


class CatalogueForm(forms.Form):
    """Which published badges to show; an unknown choice shows them all."""

    q = forms.CharField(
        label=_("Name or organiser"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    skill = forms.CharField(label=_("Skill"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("any kind")), *KINDS])
    language = forms.ChoiceField(label=_("Language"), required=False)
    order = forms.ChoiceField(label=_("Sort by"), required=False, choices=ORDERS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("any language")), *settings.TEXT_LANGUAGES]

    def chosen(self) -> dict:
        """Return what is narrowed down, without what was left open or makes no sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class OrganiserForm(forms.Form):
    """Whose city to show, of those that have organisers; an unknown one shows them all."""

    city = forms.ModelChoiceField(
        label=_("City"), queryset=City.objects.all(), to_field_name="slug", required=False, empty_label=_("any")
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        offered = City.objects.with_organisers_for(user).values_list("slug", "name")
        self.fields["city"].widget.choices = [("", _("any")), *offered]

    def chosen(self) -> City | None:
        """Return the city, if one was chosen."""
        self.is_valid()
        return self.cleaned_data.get("city")


class HelpForm(forms.Form):
    """What readers look for in the help."""

    q = forms.CharField(
        label=_("Search in the help"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def asked(self) -> list[str]:
        """Return the words, folded; nothing where what was sent makes no sense."""
        self.is_valid()
        return searchable(self.cleaned_data.get("q", "")).split()


class LibraryForm(forms.Form):
    """Which part of the library to show; an unknown choice shows it all."""

    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[("", _("any level")), *LibraryPage.Level.choices]
    )
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args, locale, **kwargs):
        super().__init__(*args, **kwargs)
        there = {page["country"] for model in LIBRARY for page in model.objects.for_readers(locale).values("country")}
        names = sorted((Country(code).name, code) for code in there if code)
        self.fields["country"].choices = [("", _("any country")), *[(code, name) for name, code in names]]

    def chosen(self) -> dict:
        """Return what is narrowed down, without what was left open or makes no sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

"""Looking for holders of the label."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from organisers.models import City, Organiser
from quality_label.models import Label
from quality_label.workflow.label import ACTIVE, CONDITIONAL, EXPIRED, GRACE, REVOKED, SUSPENDED


class RegisterForm(forms.Form):
    """By what people look in the register; what makes no sense is left out."""

    STATES = [
        ("", _("any")),
        (ACTIVE, _("holds the label")),
        (GRACE, _("renewal in progress")),
        (CONDITIONAL, _("conditions open")),
        (SUSPENDED, _("suspended")),
        (EXPIRED, _("expired")),
        (REVOKED, _("revoked")),
    ]

    q = forms.CharField(label=_("Name"), max_length=100, required=False)
    city = forms.ModelChoiceField(
        label=_("City"), queryset=City.objects.all(), to_field_name="slug", required=False, empty_label=_("any")
    )
    country = forms.ChoiceField(label=_("Country"), choices=lambda: [("", _("any")), *countries], required=False)
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        holders = Organiser.objects.filter(pk__in=Label.objects.public().values("organiser"))
        cities = City.objects.filter(pk__in=holders.values("city")).values_list("slug", flat=True)
        self.offer("city", City.objects.values_list("slug", "name"), {*cities})
        self.offer("country", countries, {*holders.values_list("country", flat=True)})

    def offer(self, name, choices, present) -> None:
        """Show the places of holders, and the one that an address asks for, though it finds nobody there."""
        shown = present | {self.data.get(name)}
        self.fields[name].widget.choices = [("", _("any")), *((key, word) for key, word in choices if key in shown)]

    def chosen(self) -> dict:
        """Return what was asked for, without what cannot be read."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}

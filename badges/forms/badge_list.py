"""Forms around the list of badges: what to show, and where a copy goes."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from badges.models import BadgeClass
from organisers.models import Organiser

ORDERS = {"newest": _("Newest first"), "name": _("By name"), "awarded": _("Most awarded first")}


class BadgeFilterForm(forms.Form):
    """Which badges of an organiser to show; an unknown choice shows them all."""

    q = forms.CharField(
        label=_("Search"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    order = forms.ChoiceField(label=_("Sort by"), required=False, choices=ORDERS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("any state")), *BadgeClass.STATES]
        self.fields["kind"].choices = [("", _("any kind")), *BadgeClass.Kind.choices]
        self.fields["language"].choices = [("", _("any language")), *settings.TEXT_LANGUAGES]

    def chosen(self) -> dict:
        """Return what is narrowed down, without what was left open or makes no sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class CopyForm(forms.Form):
    """For which organiser a copy is made."""

    organiser = forms.ModelChoiceField(
        label=_("For which organiser"), queryset=None, to_field_name="slug", empty_label=None
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organiser"].queryset = Organiser.objects.with_words().held_by(by, "owner", "issuer")

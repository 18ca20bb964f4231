"""How a person finds one of many badges."""

from django import forms
from django.utils.translation import gettext_lazy as _


class BackpackFilterForm(forms.Form):
    """Which of one's badges to show; an unknown choice shows them all."""

    q = forms.CharField(
        label=_("Name or issuer"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    skill = forms.ChoiceField(label=_("Skill"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), ("valid", _("valid")), ("ended", _("ended"))]
    )
    seen = forms.ChoiceField(
        label=_("Who sees it"),
        required=False,
        choices=[("", _("all")), ("private", _("private")), ("public", _("published"))],
    )

    def __init__(self, *args, skills, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["skill"].choices = [("", _("any skill")), *[(skill, skill) for skill in skills]]
        self.fields["year"].choices = [("", _("any year")), *[(year, str(year)) for year in years]]

    def chosen(self) -> dict:
        """Return what is narrowed down, without what was left open or makes no sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

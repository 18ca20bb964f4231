"""The form in which the network chooses its training badges."""

from django import forms
from django.utils.translation import gettext_lazy as _

from badges.models import BadgeClass


class TrainingForm(forms.Form):
    """The badges that count as the training."""

    badges = forms.ModelMultipleChoiceField(
        label=_("Badges that count as the training"),
        queryset=BadgeClass.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The published badges of the network. Without one nobody counts as trained."),
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["badges"].queryset = offered

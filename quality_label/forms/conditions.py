"""Forms of conditions: showing that one is met, checking and confirming that."""

from django import forms
from django.utils.translation import gettext_lazy as _

from quality_label.forms.steps import StepForm
from quality_label.forms.words import words_field


class SendForm(StepForm):
    """What the holder says to what is attached."""

    words = words_field(_("What it shows"), help_text=_("The assessors and your coordinator read this."))


class CheckForm(StepForm):
    """What an assessor thinks of what was sent."""

    seems_met = forms.TypedChoiceField(
        label=_("What was sent"),
        choices=[("yes", _("shows that the condition is met")), ("no", _("does not show it yet"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = words_field(_("Why"), help_text=_("The coordinator reads this, the holder does not."))


class SendBackForm(StepForm):
    """What is still missing."""

    words = words_field(_("What is missing"), help_text=_("The owners read this."))

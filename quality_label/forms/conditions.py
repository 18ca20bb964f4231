"""Forms of conditions: showing that one is met, checking and confirming that."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.fields import SeenField
from quality_label.forms.words import words_field
from quality_label.models import Condition


class ConditionStepForm(forms.Form):
    """A step that wants no words."""

    seen = SeenField()

    def __init__(self, *args, condition: Condition, **kwargs):
        super().__init__(*args, initial={"seen": condition.version}, **kwargs)


class SendForm(ConditionStepForm):
    """What the holder says to what is attached."""

    words = words_field(_("What it shows"), help_text=_("The assessors and your coordinator read this."))


class CheckForm(ConditionStepForm):
    """What an assessor thinks of what was sent."""

    seems_met = forms.TypedChoiceField(
        label=_("What was sent"),
        choices=[("yes", _("shows that the condition is met")), ("no", _("does not show it yet"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = words_field(_("Why"), help_text=_("The coordinator reads this, the holder does not."))


class SendBackForm(ConditionStepForm):
    """What is still missing."""

    words = words_field(_("What is missing"), help_text=_("The owners read this."))

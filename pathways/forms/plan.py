"""The form of a plan for the time after an event."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pathways.models import ActionPlan
from portal import clock

LONGEST = timedelta(days=3 * 365)


class PlanForm(forms.ModelForm):
    """What somebody wants to reach, how, and by when."""

    class Meta:
        model = ActionPlan
        fields = ["goal", "steps", "by_when", "is_reminded"]
        widgets = {
            "steps": forms.Textarea(attrs={"rows": 6}),
            "by_when": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {"steps": _("Small steps, one in each line: who does what.")}

    def clean_by_when(self):
        """Want a day to come, and not too far away to be a plan."""
        day = self.cleaned_data["by_when"]
        if "by_when" in self.changed_data and not clock.today() <= day <= clock.today() + LONGEST:
            raise ValidationError(_("Choose a day from today on, within three years."))
        return day

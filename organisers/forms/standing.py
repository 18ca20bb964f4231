"""Forms of suspending an organiser and hearing it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organisers.forms.verification import words_field
from organisers.models import Suspension


class SuspendForm(forms.ModelForm):
    """Why an organiser is suspended."""

    class Meta:
        model = Suspension
        fields = ["reason", "words", "is_urgent"]
        widgets = {"words": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"words": _("The owners read this. Name nobody who complained.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["is_urgent"].label = _("Urgent: a network admin confirms it within three working days")


class HearingForm(forms.Form):
    """What the organiser says to it."""

    words = words_field(_("Your answer"), length=5000, rows=6)


class LiftForm(forms.Form):
    """Why a suspension ends."""

    note = words_field(_("How the cause was removed"), length=2000)


class RevokeForm(forms.Form):
    """Why an organiser is shut out."""

    words = words_field(_("Reasons"), length=2000, help_text=_("The owners read this."))

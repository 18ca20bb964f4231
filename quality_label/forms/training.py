"""The forms in which the network chooses its training badges, and hears whose badge it doubts."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from badges.models import BadgeClass
from portal.ui.fields import SeenField
from quality_label.forms.words import words_field
from quality_label.models import Hearing, TrainingBadge


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


KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


class HearingForm(forms.Form):
    """Whose training badge is in doubt, and why."""

    whose = forms.CharField(
        label=_("Whose badge"),
        max_length=300,
        help_text=_("The e-mail address to which it was awarded, or the address of the badge’s page."),
    )
    words = words_field(
        _("What is held against it"),
        length=2000,
        help_text=_("The holder reads this and has 14 days to answer. Name nobody who complained."),
    )

    def clean_whose(self):
        """Want a training badge that stands; of several the newest."""
        typed = self.cleaned_data["whose"].strip()
        badges = TrainingBadge.objects.awarded().order_by("-issued_at", "-pk")
        key = KEY.search(typed.lower())
        found = badges.filter(key=key[0]).first() if key else badges.filter(email__iexact=typed).first()
        if found is None:
            raise ValidationError(_("No training badge that stands is found for this."))
        return found


class AnswerForm(forms.Form):
    """What the holder of a badge in doubt says."""

    seen = SeenField()
    answer = words_field(_("Your answer"), rows=8, help_text=_("The admins of the network read this."))

    def __init__(self, *args, hearing: Hearing, **kwargs):
        super().__init__(*args, initial={"seen": hearing.version}, **kwargs)


class CloseForm(forms.Form):
    """Why a hearing is closed as it is."""

    seen = SeenField()
    reason = words_field(_("Why"), length=500, help_text=_("The holder reads this. Name nobody who complained."))

    def __init__(self, *args, hearing: Hearing, **kwargs):
        super().__init__(*args, initial={"seen": hearing.version}, **kwargs)

"""Forms of what can happen to a label."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.fields import PlainField
from quality_label.check_in import CHOICES, QUESTIONS, RISKS
from quality_label.forms.steps import StepForm
from quality_label.forms.words import words_field
from quality_label.models import Label
from quality_label.workflow.label import HEARD, STANDING, Ground

LONGEST_WORDS = 1000
GROUNDS = [(one.value, one.label) for one in Ground if one != Ground.REEXAMINED]


class LiftForm(StepForm):
    """Why a suspension is lifted."""

    words = words_field(_("Why"), length=2000, help_text=_("The owners read this."))


class SuspendForm(StepForm):
    """Why a label is suspended."""

    cause = forms.ChoiceField(
        label=_("What it is about"), choices=[(one.value, one.label) for one in HEARD], widget=forms.RadioSelect
    )
    words = words_field(_("Why"), length=2000, help_text=_("The owners read this. Name nobody who complained."))


class RevokeForm(StepForm):
    """Why a label is revoked: a ground that everybody reads, and words for the owners."""

    ground = forms.ChoiceField(
        label=_("The reason that everybody reads"),
        choices=[(one.value, one.label) for one in Ground if one != Ground.REEXAMINED],
        widget=forms.RadioSelect,
    )
    words = words_field(_("Why"), length=2000, help_text=_("The owners read this. Name nobody who complained."))

    def __init__(self, *args, row: Label, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        if row.state in STANDING:
            self.fields["ground"].choices = [(Ground.ORDER.value, Ground.ORDER.label)]


class AnswerForm(StepForm):
    """What the holder says to a suspension."""

    words = words_field(_("Your answer"), help_text=_("The network reads it before it goes on."))


class CheckInForm(forms.Form):
    """The six questions of the yearly check-in, each with a choice or words, or both."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, question in QUESTIONS.items():
            if code in CHOICES:
                self.fields[code] = forms.ChoiceField(label=question, choices=CHOICES[code], widget=forms.RadioSelect)
            self.fields[f"{code}_words"] = words_field(
                _("In a few words") if code in CHOICES else question,
                length=LONGEST_WORDS,
                rows=2,
                required=code not in CHOICES,
            )

    def clean(self):
        """Want words where an answer asks for them."""
        cleaned = super().clean()
        for code, risky in RISKS.items():
            if cleaned.get(code) == risky and not cleaned.get(f"{code}_words"):
                self.add_error(f"{code}_words", _("Say what happened, and what you did."))
        return cleaned

    def answers(self) -> dict:
        """Return choice and words by question."""
        return {
            code: {"choice": self.cleaned_data.get(code, ""), "words": self.cleaned_data[f"{code}_words"]}
            for code in QUESTIONS
        }


class SurrenderForm(StepForm):
    """The name of the organiser, typed by who gives its label back."""

    typed = PlainField(label=_("Name of the organiser"), max_length=200)

    def __init__(self, *args, row: Label, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        self.fields["typed"].help_text = _("Type “%(name)s”.") % {"name": row.organiser.name}

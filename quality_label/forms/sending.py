"""Forms for what is sent to the network: the application, answers, and that one takes it back."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.ui.fields import SeenField
from quality_label.actions.replies import NOT_BOTH
from quality_label.actions.submission import is_same_name


class ConfirmForm(forms.Form):
    """The name of who signs, typed again."""

    confirmed_name = forms.CharField(
        label=_("Name of who signs, typed again"), max_length=200, help_text=_("By it you confirm the commitment.")
    )

    def __init__(self, *args, name: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.name = name

    def clean_confirmed_name(self):
        """Want the name that stands in the commitment."""
        typed = self.cleaned_data["confirmed_name"]
        if not is_same_name(self.name, typed):
            raise ValidationError(_("Type the name of who signs as it stands in the commitment."))
        return typed


class ReplyForm(forms.Form):
    """The answer to a question, or that there is none."""

    words = forms.CharField(
        label=_("Your answer"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    cannot_answer = forms.BooleanField(label=_("We cannot answer this."), required=False)
    seen = SeenField()

    def __init__(self, *args, question, **kwargs):
        initial = {"words": question.answer, "cannot_answer": question.cannot_answer, "seen": question.version}
        super().__init__(*args, prefix=f"q{question.pk}", initial=initial, **kwargs)
        self.question = question
        self.fields["words"].is_one_of = True
        self.fields["words"].short_label = f"{question.code}, {self.fields['words'].label}"

    def clean(self):
        """Want words or the tick, not both."""
        cleaned = super().clean()
        if cleaned.get("words") and cleaned.get("cannot_answer"):
            self.add_error("cannot_answer", NOT_BOTH)
        return cleaned

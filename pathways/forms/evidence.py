"""What learners hand in, and a reviewer's word on it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pathways.actions.attempts import DOUBT_WANTED
from pathways.models import ActivityPage, Attempt
from pathways.workflow.attempt import FEEDBACK_WANTED, LINES_WANTED
from portal.files.fields import DocumentField
from portal.ui.fields import PlainField, SeenField


class EvidenceForm(forms.Form):
    """What an activity lets learners hand in."""

    text = forms.CharField(
        label=_("What you did"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 7})
    )
    link = forms.URLField(
        label=_("Link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={
            "invalid": _("This is not the address of a page. It should look like https://example.org/my-page.")
        },
        help_text=_("Such as a page, a film or an album; reviewers must be able to open it."),
    )
    file = DocumentField(
        label=_("File"),
        required=False,
        help_text=_("Pictures, PDF, office documents, text, sound or film, up to 20 MB."),
    )

    def __init__(self, *args, activity: ActivityPage, **kwargs):
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if not getattr(activity, f"takes_{name}"):
                del self.fields[name]
        self.wants_one_of = len(self.fields) > 1
        for field in self.fields.values():
            field.required = not self.wants_one_of
            field.is_one_of = self.wants_one_of

    @property
    def has_input(self) -> bool:
        """Say whether anything was typed or chosen."""
        return bool(self.files) or any(self.data.get(self.add_prefix(name), "").strip() for name in self.fields)

    def clean(self):
        """Want at least one thing."""
        cleaned = super().clean()
        if not any(cleaned.values()) and not self.errors:
            raise ValidationError(_("There is nothing to hand in yet: fill in at least one of these."))
        return cleaned


class DoubtForm(forms.Form):
    """Why a learner asks for a second opinion."""

    doubt = PlainField(
        label=_("What you see differently"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": DOUBT_WANTED},
    )


class JudgementForm(forms.Form):
    """A reviewer's word."""

    lines = forms.MultipleChoiceField(label=_("Checklist"), required=False, widget=forms.CheckboxSelectMultiple)
    outcome = forms.ChoiceField(
        label=_("Your decision"),
        widget=forms.RadioSelect,
        choices=[("accept", _("Accept: the learner has done it")), ("return", _("Return for revision"))],
    )
    feedback = forms.CharField(
        label=_("Feedback"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The learner reads it. When you return the work, say what is missing."),
    )
    seen = SeenField()

    def __init__(self, *args, attempt: Attempt, activity: ActivityPage, **kwargs):
        super().__init__(*args, initial={"seen": attempt.version}, **kwargs)
        self.fields["lines"].choices = list(activity.lines().items())
        self.fields["lines"].needed_for = _("to accept, tick each line")
        if attempt.organiser.is_network:
            self.fields["feedback"].required = True
        else:
            self.fields["feedback"].needed_for = _("needed when you return the work")
        if not activity.lines():
            del self.fields["lines"]

    def clean(self):
        """Want feedback with work that is returned, and every line met in work that is accepted."""
        cleaned = super().clean()
        if cleaned.get("outcome") == "return" and not cleaned.get("feedback", "").strip():
            self.add_error("feedback", FEEDBACK_WANTED)
        lines = self.fields["lines"].choices if "lines" in self.fields else []
        if cleaned.get("outcome") == "accept" and len(cleaned.get("lines", [])) < len(lines):
            self.add_error("lines", LINES_WANTED)
        return cleaned

    def facts(self) -> dict:
        """Return the judgement as the action takes it."""
        return {
            "accept": self.cleaned_data["outcome"] == "accept",
            "feedback": self.cleaned_data["feedback"],
            "checklist": self.cleaned_data.get("lines", []),
            "seen": self.cleaned_data["seen"],
        }

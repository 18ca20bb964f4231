"""What learners say of the work of others, and what is said of that."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pathways.actions.reviews import LEAST_FEEDBACK
from pathways.models import ActivityPage, PeerReview
from portal.ui.fields import PlainField, SeenField

MET = [("met", _("met")), ("not-met", _("not met"))]
SENTENCE_WANTED = _("Write a sentence or two: 30 letters at least.")
WORDS_WANTED = {"required": SENTENCE_WANTED, "min_length": SENTENCE_WANTED}


class LookForm(forms.Form):
    """Another learner's judgement: each line of the checklist, and feedback."""

    feedback = PlainField(
        label=_("What you tell the learner"),
        min_length=LEAST_FEEDBACK,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages=WORDS_WANTED,
        help_text=_("Say what is good, and what is missing. Reviewers of the organiser read it too."),
    )

    def __init__(self, *args, activity: ActivityPage, **kwargs):
        super().__init__(*args, **kwargs)
        wanted = {"required": _("Say whether this is met.")}
        lines = {
            f"line-{key}": forms.ChoiceField(label=words, choices=MET, widget=forms.RadioSelect, error_messages=wanted)
            for key, words in activity.lines().items()
        }
        self.fields = lines | self.fields

    def facts(self) -> dict:
        """Return the judgement as the action takes it."""
        met = [name.removeprefix("line-") for name, value in self.cleaned_data.items() if value == "met"]
        return {"met": met, "feedback": self.cleaned_data["feedback"]}


class ReasonForm(forms.Form):
    """What is not as it should be in a learner's judgement."""

    reason = forms.ChoiceField(
        label=_("What is it?"),
        choices=PeerReview.Reason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is.")},
    )


class ComplaintForm(forms.Form):
    """What a learner finds wrong in a judgement."""

    text = PlainField(
        label=_("What is wrong"),
        min_length=LEAST_FEEDBACK,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=WORDS_WANTED,
    )


class ComplaintAnswerForm(forms.Form):
    """The answer to a complaint."""

    outcome = forms.ChoiceField(
        label=_("Your decision"),
        widget=forms.RadioSelect,
        choices=[
            ("upheld", _("Upheld: somebody who has not judged it looks at the work once more")),
            ("not-upheld", _("Not upheld: the judgement stays")),
        ],
    )
    answer = PlainField(
        label=_("Your answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say why; the learner reads it.")},
        help_text=_("The learner reads it."),
    )
    seen = SeenField()

    def __init__(self, *args, complaint, **kwargs):
        super().__init__(*args, initial={"seen": complaint.version}, **kwargs)

    def facts(self) -> dict:
        """Return the answer as the action takes it."""
        data = self.cleaned_data
        return {"is_upheld": data["outcome"] == "upheld", "answer": data["answer"], "seen": data["seen"]}

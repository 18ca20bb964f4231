"""Asking an organiser, and its answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pathways.models import Question
from portal.ui.fields import PlainField, SeenField


class QuestionForm(forms.Form):
    """What somebody asks."""

    question = PlainField(
        label=_("Your question"),
        min_length=Question.SHORTEST,
        max_length=Question.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The organiser reads it with your name. If it is shown here later, your name is not."),
    )


class AnswerForm(forms.Form):
    """What the organiser answers."""

    answer = PlainField(
        label=_("Your answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Only the person who asked reads it, unless you publish it."),
    )
    seen = SeenField()

    def __init__(self, *args, question: Question, **kwargs):
        super().__init__(*args, initial={"seen": question.version}, **kwargs)


class PublishForm(forms.Form):
    """A question and its answer as the page will show them."""

    text = PlainField(
        label=_("Question"),
        max_length=Question.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Shorten it, and take out what tells who asked."),
    )
    answer = PlainField(label=_("Answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))
    seen = SeenField()

    def __init__(self, *args, question: Question, **kwargs):
        shown = {"text": question.text, "answer": question.answer, "seen": question.version}
        super().__init__(*args, initial=shown, **kwargs)

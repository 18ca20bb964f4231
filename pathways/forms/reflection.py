"""Writing for oneself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.fields import PlainField


class ReflectionForm(forms.Form):
    """An answer that nobody else reads."""

    part = forms.CharField(max_length=36, widget=forms.HiddenInput)
    text = PlainField(
        label=_("Your answer"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only you read this."),
    )

    def __init__(self, *args, question: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        if question:
            self.fields["text"].label = question

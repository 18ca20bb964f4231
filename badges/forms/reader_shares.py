"""The form by which somebody shows badges to one reader."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from badges.actions.reader_shares import end_of
from badges.models import ReaderShare
from portal import clock
from portal.ui.fields import PlainField
from portal.workflow import StepRefused

USUAL = timedelta(days=30)


class ReaderShareForm(forms.Form):
    """Who reads it, in which language, until when; the badges are ticked beside it."""

    reader = PlainField(
        label=_("Who reads it"),
        max_length=120,
        help_text=_("A person or an organisation. The page says for whom it is."),
    )
    message = PlainField(
        label=_("Your words to them"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    language = forms.ChoiceField(
        label=_("In which language"),
        choices=ReaderShare._meta.get_field("language").choices,
        help_text=_("The page and, where a badge has them, its words."),
    )
    until = forms.DateField(
        label=_("Open until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day, a year away at the most. You can stop it at any time."),
    )
    shows_name = forms.BooleanField(label=_("Show my name"), required=False)

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, initial={"language": person.language, "until": clock.today() + USUAL}, **kwargs)
        self.person = person

    def clean_until(self):
        """Return the last day; refuse one on which no link can end."""
        try:
            end_of(self.cleaned_data["until"], self.person)
        except StepRefused as refused:
            raise forms.ValidationError(refused.reasons) from None
        return self.cleaned_data["until"]

"""Forms about claim codes: making them, and using one."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from badges.forms.dates import check_reach
from badges.models import CodeSeries
from badges.models.code import MOST_CODES, MOST_USES, typed_code
from portal import clock
from portal.accounts.forms import AddressField

USUAL_DAYS = 30


def moment() -> forms.DateTimeInput:
    """Return the widget for a day and an hour."""
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class CodesForm(forms.ModelForm):
    """How many codes, for whom, from when till when."""

    number = forms.IntegerField(
        label=_("How many codes"),
        min_value=1,
        max_value=MOST_CODES,
        initial=1,
        help_text=_("One for a poster or a screen, more for cards to hand out; 500 at the most."),
    )
    uses = forms.IntegerField(
        label=_("How many people can use each"),
        min_value=1,
        max_value=MOST_USES,
        initial=30,
        help_text=_("Write 1 for a card that belongs to one person; 10,000 at the most."),
    )

    class Meta:
        model = CodeSeries
        fields = ["title", "valid_from", "valid_until", "language", "needs_approval"]
        widgets = {"valid_from": moment(), "valid_until": moment()}
        help_texts = {
            "title": _("Such as the name of the event. It stands on the cards."),
            "needs_approval": _("People wait until you have accepted them. Without it they get the badge at once."),
        }

    field_order = ["title", "number", "uses", "valid_from", "valid_until", "language", "needs_approval"]

    def __init__(self, *args, badge_class, **kwargs):
        super().__init__(*args, **kwargs)
        names = dict(settings.TEXT_LANGUAGES)
        languages = [(text.language, names.get(text.language, text.language)) for text in badge_class.texts.all()]
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the badge"),
            choices=languages,
            initial=badge_class.words().language,
            help_text=_("The badge, its mail and the cards are in this language."),
        )
        for name in ("valid_from", "valid_until"):
            self.fields[name].validators.append(check_reach)
        now = localtime(clock.now()).replace(second=0, microsecond=0)
        self.initial.setdefault("valid_from", now)
        self.initial["valid_until"] = (now + timedelta(days=USUAL_DAYS)).replace(hour=23, minute=59)

    def clean(self):
        """Want an end to come, after the beginning."""
        cleaned = super().clean()
        begin, end = cleaned.get("valid_from"), cleaned.get("valid_until")
        if end and end <= clock.now():
            self.add_error("valid_until", _("This moment is over. Choose one to come."))
        elif begin and end and end <= begin:
            self.add_error("valid_until", _("The end must come after the beginning."))
        return cleaned


class TypedCodeForm(forms.Form):
    """A code from a card or a screen."""

    code = forms.CharField(
        label=_("Your code"),
        validators=[MaxLengthValidator(30)],
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "placeholder": "XXXXX-XXXXX",
            }
        ),
        help_text=_("Ten letters and digits. Hyphens, spaces and small letters do not matter."),
    )

    def clean_code(self):
        """Return the code as it is stored."""
        return typed_code(self.cleaned_data["code"])


class CollectForm(forms.Form):
    """Who wants the badge of a code."""

    name = forms.CharField(
        label=_("Your name"),
        validators=[MaxLengthValidator(150)],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("As it should stand on the badge."),
    )
    email = AddressField(
        label=_("Your e-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send a link to it, to be sure that it is yours. It is never shown."),
    )


class ConfirmForm(forms.Form):
    """The name that will stand on the badge, once the address is proved."""

    name = CollectForm.base_fields["name"]

"""Forms for awarding."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.accounts.addresses import canonical


class AwardForm(forms.Form):
    """One recipient."""

    email = forms.EmailField(label=_("E-mail"), help_text=_("The badge is sent to this address."))
    name = forms.CharField(label=_("Name on the badge"), max_length=150)
    language = forms.ChoiceField(label=_("Language of the badge"))
    narrative = forms.CharField(
        label=_("What this person did"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands on the badge for everyone to read. You can leave it empty."),
    )

    def __init__(self, *args, badge_class, **kwargs):
        super().__init__(*args, **kwargs)
        names = dict(settings.TEXT_LANGUAGES)
        languages = [text.language for text in badge_class.texts.all()]
        self.fields["language"].choices = [(code, names.get(code, code)) for code in languages]
        self.initial.setdefault("language", badge_class.words().language)

    def clean_email(self):
        """Return the canonical address."""
        try:
            return canonical(self.cleaned_data["email"])
        except ValueError as fault:
            raise ValidationError(_("This does not look like an e-mail address.")) from fault

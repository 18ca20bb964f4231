"""Forms about versions of the terms."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import TermsText


class TermsForm(forms.Form):
    """The texts of a version of the terms; the first language is the one that must be there."""

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        written = {(text.kind, text.language): text.words for text in version.texts.all()}
        self.names = {
            f"{kind}_{code}": (kind, code, f"{label} ({language})")
            for code, language in settings.LANGUAGES
            for kind, label in TermsText.Kind.choices
        }
        for name, (kind, code, label) in self.names.items():
            self.fields[name] = forms.CharField(
                label=label,
                initial=written.get((kind, code), ""),
                required=code == settings.LANGUAGE_CODE,
                max_length=50_000,
                widget=forms.Textarea(attrs={"rows": 20, "lang": code}),
                help_text=_("Leave an empty line between paragraphs. A line without a full stop is a heading."),
            )

    def words(self) -> dict[tuple[str, str], str]:
        """Return the texts by kind and language."""
        return {(kind, code): self.cleaned_data[name] for name, (kind, code, _label) in self.names.items()}


class InForceForm(forms.Form):
    """The day from which a version of the terms holds."""

    on = forms.DateField(
        label=_("In force from"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("From this day everybody is asked whether they agree. The words can no longer be changed then."),
    )

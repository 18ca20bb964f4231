"""Forms that begin a version of the framework."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from portal.files.gate import admit_bytes
from quality_label.criteria import NAME
from quality_label.models import FrameworkVersion

PASTED_LIMIT = 500_000


class VersionNameField(forms.CharField):
    """The name of a version."""

    def __init__(self, **kwargs):
        fault = _("A name has up to 30 small letters, digits, dots and hyphens, such as 1.1.")
        super().__init__(
            label=_("Name of the new version"),
            max_length=30,
            validators=[RegexValidator(NAME, fault)],
            help_text=_("Short, such as 1.1. It is part of its address and stays."),
            **kwargs,
        )


class BeginForm(forms.Form):
    """A new version, and the one that it begins as."""

    name = VersionNameField()
    source = forms.ModelChoiceField(
        label=_("Begin as"),
        queryset=FrameworkVersion.objects.all(),
        to_field_name="name",
        empty_label=None,
        help_text=_("The draft says what this version says until you change it."),
    )


class ImportForm(forms.Form):
    """A framework as JSON, from a file or pasted."""

    file = forms.FileField(
        label=_("File"), required=False, widget=forms.FileInput(attrs={"accept": ".json", "data-drop": ""})
    )
    pasted = forms.CharField(
        label=_("Pasted JSON"),
        required=False,
        strip=False,
        validators=[MaxLengthValidator(PASTED_LIMIT)],
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].needed_for = _("as another network exported it")
        self.fields["pasted"].needed_for = _("instead of a file")

    def clean_file(self):
        """Return the text of the file, as the gate lets it through."""
        if not self.cleaned_data["file"]:
            return ""
        try:
            return admit_bytes(self.cleaned_data["file"]).content.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            raise ValidationError(_("This file is no text in UTF-8. JSON always is.")) from fault

    def clean(self):
        """Want one of both; what a file says is kept in the form, so that it can be mended."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        cleaned["text"] = cleaned["file"] or cleaned["pasted"]
        if not cleaned["text"].strip():
            raise ValidationError(_("Choose a file or paste JSON."))
        if cleaned["file"] and len(cleaned["file"]) <= PASTED_LIMIT:
            self.data = self.data.copy()
            self.data["pasted"] = cleaned["file"]
        return cleaned

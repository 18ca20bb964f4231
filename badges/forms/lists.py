"""Forms for awarding to many."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from badges.forms.dates import check_reach
from portal import clock
from portal.files.gate import Admitted, admit_bytes

PASTED_LIMIT = 2_000_000
FIELDS = {
    "email": _("E-mail"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "name": _("Full name"),
    "language": _("Language"),
    "valid_until": _("Valid until"),
    "narrative": _("Description"),
    "evidence": _("Evidence"),
    "result": _("Result"),
    "activity_on": _("Date of the activity"),
}


class ListForm(forms.Form):
    """A file or a pasted list."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt", "data-drop": ""}),
        help_text=_("XLSX, CSV or TXT, up to 10 MB and 100,000 rows. You can drag it here."),
    )
    pasted = forms.CharField(
        label=_("Pasted list"),
        required=False,
        strip=False,
        validators=[MaxLengthValidator(PASTED_LIMIT)],
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("One person a line: an address, or cells copied from a spreadsheet."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].needed_for = _("a spreadsheet or a text file")
        self.fields["pasted"].needed_for = _("instead of a file")

    def clean(self):
        """Want one of both, and let it through the gate."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if cleaned["file"]:
            cleaned["admitted"] = admit_bytes(cleaned["file"])
        elif cleaned["pasted"].strip():
            pasted = cleaned["pasted"].encode()
            cleaned["admitted"] = Admitted(str(_("pasted list.txt")), pasted, "text/plain")
        else:
            raise ValidationError(_("Choose a file or paste a list."))
        return cleaned


class ColumnsForm(forms.Form):
    """Which column of a list holds what."""

    def __init__(self, *args, header: list[str], columns: dict[str, int], sample: list[list[str]], **kwargs):
        super().__init__(*args, **kwargs)
        width = max([len(header), *(len(cells) for cells in sample)], default=0)
        self.places = range(width)
        fields = {place: field for field, place in columns.items()}
        for place in self.places:
            shown = [cells[place] for cells in sample if place < len(cells) and cells[place]]
            title = header[place] if place < len(header) and header[place] else _("Column %(n)d") % {"n": place + 1}
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=title,
                required=False,
                choices=[("", _("leave out")), *FIELDS.items()],
                initial=fields.get(place, ""),
                help_text=_("For example: %(values)s") % {"values": " · ".join(shown[:3])} if shown else "",
            )

    def clean(self):
        """Want the address in one column, and each field in one at the most."""
        cleaned = super().clean()
        chosen = [field for field in cleaned.values() if field]
        for field in {field for field in chosen if chosen.count(field) > 1}:
            raise ValidationError(_("“%(field)s” is chosen for two columns.") % {"field": FIELDS[field]})
        if "email" not in chosen:
            raise ValidationError(_("Say which column holds the e-mail address."))
        return cleaned

    def columns(self) -> dict[str, int]:
        """Return the place of each chosen field."""
        chosen = {place: self.cleaned_data[f"column-{place}"] for place in self.places}
        return {field: place for place, field in chosen.items() if field}


class SendForm(forms.Form):
    """How an award to many goes out."""

    notify = forms.BooleanField(
        label=_("Tell the recipients by e-mail"),
        required=False,
        initial=True,
        help_text=_("Without mail they find the badge when they sign in with their address."),
    )
    send_at = forms.DateTimeField(
        label=_("Send on"),
        required=False,
        validators=[check_reach],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Leave empty to send it in ten minutes. Until then you can undo it."),
    )

    def clean_send_at(self):
        """Want a moment to come."""
        moment = self.cleaned_data["send_at"]
        if moment and moment < clock.now():
            raise ValidationError(_("This moment is over. Choose one to come, or leave it empty."))
        return moment


class GroupForm(forms.Form):
    """The name of a group."""

    name = forms.CharField(label=_("Name of the group"), max_length=100)

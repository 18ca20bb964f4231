"""Forms of moving in from another platform, for owners and for those who check it."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from badges.models import FormerBadge, MoveIn
from organisers.forms.verification import words_field
from portal.files.gate import admit_bytes
from portal.ui.fields import PlainField


class AdmittedField(forms.FileField):
    """A file that is read as data; its clean value is what the gate admitted."""

    default_error_messages = {"empty": _("This file is empty.")}

    def to_python(self, data):
        upload = data if getattr(data, "disk_full", False) else super().to_python(data)
        return admit_bytes(upload) if upload else None


class MoveInForm(forms.Form):
    """Where it was issued, and the files of that platform."""

    platform = PlainField(
        label=_("Name of the platform"),
        max_length=MoveIn._meta.get_field("platform").max_length,
        help_text=_("It is shown on your page, once the network has checked what you hand in."),
    )
    address = forms.CharField(
        label=_("Address of your page there"),
        required=False,
        max_length=MoveIn._meta.get_field("address").max_length,
        validators=[URLValidator(schemes=["http", "https"])],
        widget=forms.URLInput(),
        help_text=_("Whoever checks it compares it with the files."),
    )
    export = AdmittedField(
        label=_("Export in JSON"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".json,application/json", "data-drop": ""}),
        help_text=_("Issuer, badges and awards in Open Badges 2.0, up to 20 MB, 100 badges and 50,000 awards."),
    )
    log = AdmittedField(
        label=_("Award log"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx", "data-drop": ""}),
        help_text=_(
            "A table with the columns badge, recipient and issued on, and revoked where you took some back; "
            "CSV or XLSX, up to 10 MB."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["export"].is_one_of = self.fields["log"].is_one_of = True

    def clean(self):
        """Want one of the files at least."""
        cleaned = super().clean()
        if not self.errors and not (cleaned["export"] or cleaned["log"]):
            raise ValidationError(_("Choose an export, an award log, or both."))
        return cleaned


class KindsForm(forms.Form):
    """What each badge claims, as its organiser sees it."""

    def __init__(self, *args, badges, **kwargs):
        super().__init__(*args, **kwargs)
        for badge in badges:
            self.fields[f"kind-{badge.number}"] = forms.ChoiceField(
                label=badge.name, choices=FormerBadge.KINDS, initial=badge.kind
            )

    def kinds(self) -> dict[int, str]:
        """Return the kind of each badge by its number."""
        return {int(name.removeprefix("kind-")): kind for name, kind in self.cleaned_data.items()}


class ConfirmForm(forms.Form):
    """How a move-in was checked."""

    note = words_field(
        _("How it was checked"),
        length=2000,
        help_text=_("Such as: opened ten awards at their addresses, compared the log with the platform’s figures."),
    )


class TurnDownForm(forms.Form):
    """Why a move-in does not count."""

    reason = words_field(_("Reasons"), length=2000, help_text=_("The owners read this."))

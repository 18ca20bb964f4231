"""The form with which anybody checks a badge, and the one for issuers elsewhere whom the network knows."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from badges.models import KnownIssuer
from badges.openbadges import did_address, did_key_document, is_address
from portal.fetching.links import Link, read_link
from portal.fetching.refusals import Refused
from portal.files.gate import clean_name

LARGEST = 5 * 1024 * 1024
ACCEPTED = ".png,.svg,.pdf,.json,.jwt,.txt,image/png,image/svg+xml,application/pdf,application/json"


class ExamineForm(forms.Form):
    """A badge as a file, or as text: pasted, or the address where it stands."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(
            "A badge picture (PNG or SVG), a certificate of ours (PDF), or the JSON or token that a platform gave you; "
            "up to 5 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    text = forms.CharField(
        label=_("Or an address, or the badge as text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "off"}),
        help_text=_("Paste the address of a badge’s page or document, its JSON, or its token."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.is_one_of = True

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST:
            raise ValidationError(_("This file is larger than a badge is: at most 5 MB."))
        return file

    def clean(self):
        if not self.errors and bool(self.cleaned_data.get("file")) == bool(self.cleaned_data.get("text")):
            raise ValidationError(_("Hand in a file, or an address or text: one of them."))
        return super().clean()

    def given(self) -> bytes:
        """Return what was handed in."""
        file = self.cleaned_data["file"]
        return file.read() if file else self.cleaned_data["text"].encode()

    def given_name(self) -> str:
        """Return how to call what was handed in."""
        file = self.cleaned_data["file"]
        return clean_name(file.name) if file else "badge.txt"


def link_of_issuer(address: str) -> Link | None:
    """Return what the portal asks about an issuer; None for a name that leads nowhere. Raises Refused as links do."""
    where = did_address(address) or address
    return read_link(where) if is_address(where.encode()) else None


class KnownIssuerForm(forms.ModelForm):
    """An issuer elsewhere whom the network knows."""

    class Meta:
        model = KnownIssuer
        fields = ["name", "address", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "address": _(
                "As its badges name it, such as did:web:school.example.org or https://school.example.org/issuer."
            ),
            "note": _("Such as: spoke with the director on 3 March; its page links to this address."),
        }

    def clean_address(self):
        """Want what a badge can name as its issuer, in the spelling of the badge."""
        address = self.cleaned_data["address"].strip()
        try:
            is_usable = did_key_document(address) if address.startswith("did:key:") else link_of_issuer(address)
        except Refused as refusal:
            raise ValidationError(refusal.reason) from refusal
        if not is_usable:
            raise ValidationError(_("Write a DID (did:web:… or did:key:…) or an address that begins with https://."))
        return address

    def validate_unique(self):
        """Let one that is known already be put right."""

"""Forms about the people of an organiser: their roles, inviting them, asking to join."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organisers.models import JoinRequest, Membership, Organiser
from portal.accounts.forms import AddressField


class RolesForm(forms.Form):
    """The roles of one member."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Membership.Role, widget=forms.CheckboxSelectMultiple, required=False
    )


class MemberRolesForm(RolesForm):
    """The roles of one member, and the units inside in which they may end as well."""

    units = forms.ModelMultipleChoiceField(
        label=_("End all their roles in these units too"),
        queryset=Organiser.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("They hold roles of their own there, which stay unless you choose otherwise."),
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        if units.exists():
            self.fields["units"].queryset = units
            self.fields["units"].label_from_instance = lambda unit: unit.name
        else:
            del self.fields["units"]


class GivenRolesForm(RolesForm):
    """The roles of somebody new: one at least."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["roles"].required = True


def typed_addresses(text: str) -> list[str]:
    """Return what stands for an address in a text: between commas, semicolons and spaces, or in <> after a name."""
    found = []
    for piece in re.split(r"[,;\n\r]", re.sub(r'"[^"]*"\s*(?=<)', "", text)):
        words = re.findall(r"<[^<>]*>|<?[^\s<]+", piece)
        has_name = any(word.startswith("<") for word in words)
        found += [word for word in words if not has_name or word.startswith("<") or "@" in word]
    return found


class InviteForm(GivenRolesForm):
    """Whom to invite, and what they may do."""

    addresses = forms.CharField(
        label=_("E-mail addresses"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "One on each line, or separated by commas. Each person gets a link that only their own account can use."
        ),
    )

    field_order = ["addresses", "roles"]

    def clean_addresses(self):
        """Return each address once, in its canonical form."""
        found, wrong = [], []
        for typed in typed_addresses(self.cleaned_data["addresses"]):
            try:
                found.append(AddressField().clean(typed.strip("<>")))
            except ValidationError:
                wrong.append(ValidationError(_("“%(line)s” is not an e-mail address."), params={"line": typed}))
        if wrong:
            raise ValidationError(wrong)
        if not found:
            raise ValidationError(self.fields["addresses"].error_messages["required"], code="required")
        return list(dict.fromkeys(found))


class JoinRequestForm(forms.ModelForm):
    """A few words to the owners."""

    class Meta:
        model = JoinRequest
        fields = ["message"]
        labels = {"message": _("A few words to the owners")}
        help_texts = {"message": _("Who you are, and what you would like to do here.")}
        widgets = {"message": forms.Textarea(attrs={"rows": 4})}

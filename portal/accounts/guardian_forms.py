"""Forms about the parents and guardians of people under age."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms import AddressField
from portal.accounts.guardians import OWN_ADDRESS, is_own_mailbox


class GuardianAddressForm(forms.Form):
    """Another address of a guardian."""

    guardian = AddressField(label=_("E-mail of your parent or guardian"))

    def __init__(self, *args, child, **kwargs):
        super().__init__(*args, **kwargs)
        self.child = child

    def clean_guardian(self):
        """Refuse the child's own address."""
        if is_own_mailbox(self.child, self.cleaned_data["guardian"]):
            raise ValidationError(OWN_ADDRESS)
        return self.cleaned_data["guardian"]


class GuardianForm(forms.Form):
    """A guardian's answer; who does not agree need not say who they are."""

    name = forms.CharField(
        label=_("Your name"), max_length=150, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    answer = forms.ChoiceField(
        label=_("Do you agree?"),
        choices=[("yes", _("I am a parent or guardian and agree")), ("no", _("I do not agree"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].needed_for = _("if you agree")

    @property
    def agrees(self) -> bool:
        return self.cleaned_data["answer"] == "yes"

    def clean(self):
        """Want the name of who agrees."""
        cleaned = super().clean()
        if cleaned.get("answer") == "yes" and not cleaned.get("name"):
            self.add_error("name", _("Write your name: it is kept with your agreement."))
        return cleaned

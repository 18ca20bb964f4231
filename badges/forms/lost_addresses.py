"""Forms about badges at an address that somebody no longer reads."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from badges.claims import is_badge_link
from organisers.models import Organiser
from portal.accounts.forms import AddressField


class LostAddressForm(forms.Form):
    """Which badge somebody misses, and at which of their addresses they want it."""

    link = forms.CharField(
        label=_("Link of the badge"),
        required=False,
        max_length=500,
        widget=forms.URLInput(),
        help_text=_("From the mail about it, or the address of its page. Without it, fill in the next two."),
    )
    organiser = forms.ModelChoiceField(
        label=_("Who issued it"), required=False, queryset=None, to_field_name="slug", empty_label=_("Choose one")
    )
    old_email = AddressField(label=_("The address to which it was sent"), required=False)
    new_email = forms.ChoiceField(label=_("Send it to"))
    text = forms.CharField(
        label=_("What helps the organiser to be sure that it is you"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as the course and the year, or who taught it."),
    )

    def __init__(self, *args, addresses, **kwargs):
        super().__init__(*args, **kwargs)
        self.addresses = addresses
        self.fields["new_email"].choices = [(address, address) for address in addresses]
        operating = Organiser.objects.with_words().filter(standing__in=Organiser.OPERATING)
        self.fields["organiser"].queryset = operating

    def clean_link(self):
        """Want a link of a badge here; whether there is such a badge is not said."""
        link = self.cleaned_data["link"]
        if link and not is_badge_link(link):
            raise ValidationError(_("This is not the link of a badge on this portal."))
        return link

    def clean_old_email(self):
        """Want an address that is not one's own."""
        address = self.cleaned_data["old_email"]
        if address in self.addresses:
            raise ValidationError(_("You proved this address: what was sent to it is among your badges."))
        return address

    def clean(self):
        """Want a link, or organiser and address."""
        cleaned = super().clean()
        if self.errors or cleaned["link"]:
            return cleaned
        for name in ("organiser", "old_email"):
            if not cleaned[name]:
                self.add_error(name, _("Fill this in, or give the link of the badge."))
        return cleaned


class MoveForm(forms.Form):
    """Which badges go to the new address."""

    badges = forms.MultipleChoiceField(label=_("Badges that are this person’s"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, found, **kwargs):
        super().__init__(*args, **kwargs)
        said = _("%(badge)s, for %(name)s, %(state)s")
        self.fields["badges"].choices = [
            (
                str(one.key),
                said % {"badge": one.badge_version.words()["name"], "name": one.name, "state": one.get_state_display()},
            )
            for one in found
        ]

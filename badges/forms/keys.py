"""The form by which a key is withdrawn."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WithdrawKeyForm(forms.Form):
    """Why a key counts no more."""

    words = forms.CharField(
        label=_("What happened"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For the record of the network; nobody else reads it."),
    )

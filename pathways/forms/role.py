"""Offering somebody a role for one page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pathways.models import PageRole
from portal.accounts.forms import AddressField


class PageRoleForm(forms.Form):
    """Whom, and what they may do at this page."""

    email = AddressField(
        label=_("E-mail address"),
        help_text=_("Only people with an account under this address get it. You are not told whether there is one."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=PageRole.Role, widget=forms.RadioSelect)

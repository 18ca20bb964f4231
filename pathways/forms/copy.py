"""Copying a playlist."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CopyForm(forms.Form):
    """For which of one's organisers."""

    organiser = forms.ModelChoiceField(
        label=_("Copy it for"), queryset=None, empty_label=None, widget=forms.RadioSelect, to_field_name="slug"
    )

    def __init__(self, *args, organisers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organiser"].queryset = organisers.prefetch_related("texts")
        self.fields["organiser"].initial = organisers.first()

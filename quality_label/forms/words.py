"""The field for what somebody says at length."""

from django import forms


def words_field(label, *, length=3000, rows=4, **options) -> forms.CharField:
    """Return a field of several lines."""
    return forms.CharField(label=label, max_length=length, widget=forms.Textarea(attrs={"rows": rows}), **options)

"""Form fields that every app uses."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.folding import printable

OUT_OF_DATE = _("This page was out of date. Look at it again and send it once more.")


class PlainField(forms.CharField):
    """Words without control characters and signs that turn the letters after them around; U+0000 is refused."""

    def to_python(self, value):
        words = super().to_python(value)
        return words if not words or "\0" in words else super().to_python(printable(words))


class SeenField(forms.IntegerField):
    """The version that a form showed, which nobody sees; shown again, a form without one names its own."""

    widget = forms.HiddenInput

    def clean(self, value):
        """Want a whole number, and say one sentence of whatever else comes."""
        try:
            number = super().clean(value)
        except ValidationError as fault:
            raise ValidationError(OUT_OF_DATE, code="seen") from fault
        if number < 0:
            raise ValidationError(OUT_OF_DATE, code="seen")
        return number

    def bound_data(self, data, initial):
        """Return what the form shows again: what was sent, or its own version where that is none."""
        return data if str(data).isdecimal() else initial

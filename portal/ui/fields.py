"""Fields of forms that take nothing which nobody sees."""

from django import forms

from portal.folding import printable


class PlainField(forms.CharField):
    """Words without signs that turn the letters after them around, and without control characters."""

    def to_python(self, value):
        return super().to_python(value if value is None else printable(str(value)))

"""Form fields that go through the gate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.files.gate import admit_document, admit_paper, admit_picture


class PictureField(forms.FileField):
    """A picture; its clean value is what the gate admitted."""

    widget = forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/webp"})
    default_error_messages = {"empty": _("This file is empty.")}

    def to_python(self, data):
        upload = data if getattr(data, "disk_full", False) else super().to_python(data)
        return admit_picture(upload) if upload else None


class DocumentField(forms.FileField):
    """A document, picture, sound or film; its clean value is what the gate admitted."""

    default_error_messages = {"empty": _("This file is empty.")}

    def to_python(self, data):
        upload = data if getattr(data, "disk_full", False) else super().to_python(data)
        return admit_document(upload) if upload else None


class PaperField(forms.FileField):
    """A paper that proves something; its clean value is what the gate admitted."""

    widget = forms.ClearableFileInput(attrs={"accept": "application/pdf,image/png,image/jpeg,image/webp"})
    default_error_messages = {"empty": _("This file is empty.")}

    def to_python(self, data):
        upload = data if getattr(data, "disk_full", False) else super().to_python(data)
        return admit_paper(upload) if upload else None

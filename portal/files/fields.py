"""Form fields that go through the gate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.files.gate import admit_document, admit_evidence, admit_paper, admit_picture


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


class EvidenceField(forms.FileField):
    """A file that shows something: a paper, a picture or a text; its clean value is what the gate admitted."""

    widget = forms.ClearableFileInput(
        attrs={"accept": "application/pdf,image/png,image/jpeg,image/webp,.txt,.csv,.json"}
    )
    default_error_messages = {"empty": _("This file is empty.")}

    def to_python(self, data):
        upload = data if getattr(data, "disk_full", False) else super().to_python(data)
        return admit_evidence(upload) if upload else None

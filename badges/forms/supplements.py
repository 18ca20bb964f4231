"""Forms about documents that are added to issued badges."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from badges.forms.move_ins import AdmittedField
from badges.models import Supplement
from portal.files.fields import DocumentField
from portal.ui.fields import PlainField


class SupplementForm(forms.Form):
    """One document for one badge."""

    title = PlainField(
        label=_("Title"),
        max_length=Supplement._meta.get_field("title").max_length,
        help_text=_("Such as Diploma Supplement. It is signed together with the file, and cannot be changed later."),
    )
    file = DocumentField(
        label=_("File"),
        widget=forms.FileInput(attrs={"data-drop": ""}),
        help_text=_("PDF, office document without macros, text, picture, sound or film, up to 20 MB."),
    )

    def __init__(self, *args, assertion, **kwargs):
        super().__init__(*args, **kwargs)
        self.assertion = assertion

    def clean_file(self):
        """Want a document that the badge has not."""
        file = self.cleaned_data["file"]
        if self.assertion.supplements.standing().filter(sha256=file.sha256).exists():
            raise ValidationError(_("This document stands on the badge already."))
        return file


class WithdrawForm(forms.Form):
    """Why a document is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, is_public, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_public
        self.fields["reason"].help_text = _("The holder reads it.")


class ParcelForm(forms.Form):
    """Many documents, and whose they are."""

    archive = AdmittedField(
        label=_("Documents"),
        widget=forms.FileInput(attrs={"accept": ".zip", "data-drop": ""}),
        help_text=_("A ZIP file with up to 500 documents, up to 20 MB and 100 MB unpacked."),
    )
    table = AdmittedField(
        label=_("Whose they are"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx", "data-drop": ""}),
        help_text=_(
            "A table with three columns in this order: e-mail address or row number in the award, "
            "name of the file in the ZIP, and the title if you like. CSV or XLSX, up to 10 MB and 500 rows."
        ),
    )

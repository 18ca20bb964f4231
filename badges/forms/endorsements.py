"""Forms about endorsements: asking for one, and writing one."""

import hashlib

from django import forms
from django.utils.translation import gettext_lazy as _

from badges.models import Endorsement
from organisers.models import Organiser
from portal.ui.fields import PlainField


class EndorsementRequestForm(forms.ModelForm):
    """A few words to who is asked."""

    class Meta:
        model = Endorsement
        fields = ["message"]
        field_classes = {"message": PlainField}
        labels = {"message": _("A few words to the owners")}
        help_texts = {"message": _("Why you ask them, and what they know of your work. Nobody else reads it.")}
        widgets = {"message": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["message"].required = True


class OrganiserSearchForm(forms.Form):
    """Words to find an organiser by."""

    q = forms.CharField(label=_("Name of the organiser"), max_length=100, required=False)


class WriteEndorsementForm(forms.ModelForm):
    """In whose name, and what everybody will read; signed only as it was previewed."""

    endorser = forms.ModelChoiceField(
        label=_("In the name of"),
        queryset=Organiser.objects.none(),
        to_field_name="slug",
        help_text=_("One of the organisers that you own."),
    )

    class Meta:
        model = Endorsement
        fields = ["text"]
        field_classes = {"text": PlainField}
        labels = {"text": _("What you say")}
        help_texts = {"text": _("Everybody reads it: what you know of this, and why you stand up for it.")}
        widgets = {"text": forms.Textarea(attrs={"rows": 7})}

    field_order = ["endorser", "text"]

    def __init__(self, *args, endorsers, subject, **kwargs):
        super().__init__(*args, **kwargs)
        self.subject = subject
        self.fields["endorser"].queryset = endorsers
        if self.initial.get("endorser") or endorsers.count() == 1:
            self.fields["endorser"].empty_label = None
        self.fields["endorser"].label_from_instance = lambda organiser: organiser.name
        self.fields["text"].required = True

    def seal(self) -> str:
        """Return what stands for the text, who says it, and the words of the thing as they are now."""
        facts = [self.cleaned_data["endorser"].slug, self.cleaned_data["text"], self.subject.says]
        return hashlib.sha256("\n".join(facts).encode()).hexdigest()

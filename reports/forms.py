"""Forms of reports, for those who write them, those who answer them, and those whose page it is."""

from django import forms
from django.core.validators import MinLengthValidator
from django.utils.translation import gettext_lazy as _

from reports.models import LONGEST_WORDS, Report

SHORTEST_WORDS = 20


def words_field(label, *, rows=5, **options) -> forms.CharField:
    """Return a field for a text that says something, and is not a book."""
    return forms.CharField(
        label=label,
        max_length=LONGEST_WORDS,
        validators=[MinLengthValidator(SHORTEST_WORDS)],
        widget=forms.Textarea(attrs={"rows": rows}),
        **options,
    )


class ReportForm(forms.ModelForm):
    """What somebody reports of a page; people with an account leave no address."""

    words = words_field(
        _("What you saw, and where on the page"),
        help_text=_("Whose page it is reads these words without your name, so do not say who you are."),
    )

    class Meta:
        model = Report
        fields = ["reason", "words", "email"]
        widgets = {"reason": forms.RadioSelect}
        help_texts = {
            "email": _("Optional. We write to it about this report alone, and forget it half a year after the answer.")
        }

    def __init__(self, *args, person=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = Report.Reason.choices
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        if person is not None:
            del self.fields["email"]

    def clean_email(self):
        """Compare addresses as they are written in lower case."""
        return self.cleaned_data["email"].lower()


class NoteForm(forms.Form):
    """What those whose page it is say to it."""

    words = words_field(_("Your side"), help_text=_("The people of the network read it; who reported does not."))


class CloseForm(forms.Form):
    """What was done, and why."""

    outcome = forms.ChoiceField(label=_("What was done"), widget=forms.RadioSelect)
    words = words_field(
        _("What was done and why"),
        help_text=_("Who reported and whose page it is both read this. Name the rule or law, and nobody."),
    )

    def __init__(self, *args, report: Report, **kwargs):
        super().__init__(*args, **kwargs)
        possible = [one for one in Report.Outcome if one != Report.Outcome.TAKEN_OFF or report.can_be_taken_off]
        self.fields["outcome"].choices = [(one.value, one.label) for one in possible]


class ObjectionForm(forms.Form):
    """Why a page should be there again."""

    words = words_field(_("Why the page should be there again"), help_text=_("Somebody else decides, once."))


class DecisionForm(forms.Form):
    """What becomes of a page that was taken off."""

    is_granted = forms.TypedChoiceField(
        label=_("The objection is"),
        choices=[("yes", _("right: the page comes back")), ("no", _("not right: the page stays off"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    words = words_field(_("Why"), help_text=_("Who reported and whose page it is both read this."))

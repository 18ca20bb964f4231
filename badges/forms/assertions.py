"""Forms about badges that were awarded."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from badges.forms.awards import FactsForm
from badges.models import AwardReport, BadgeClass
from portal.accounts.forms import AddressField

STATUSES = [
    ("", _("all")),
    ("held", _("held")),
    ("awarded", _("waiting to be collected")),
    ("collected", _("collected")),
    ("declined", _("declined")),
    ("expired", _("expired")),
    ("revoked", _("revoked")),
    ("replaced", _("replaced")),
    ("returned", _("mail came back")),
]


class RevokeForm(forms.Form):
    """The reason for taking a badge back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The holder and everybody who checks the badge read it."),
    )


class IssuedFilterForm(forms.Form):
    """Which issued badges to show."""

    q = forms.CharField(label=_("Address or name"), required=False, max_length=150)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=STATUSES)
    badge = forms.ModelChoiceField(label=_("Badge"), required=False, queryset=None, to_field_name="key")
    since = forms.DateField(
        label=_("Issued from"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Issued until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, organiser, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["badge"].queryset = BadgeClass.objects.of(organiser).with_words()
        self.fields["badge"].label_from_instance = lambda badge: badge.name
        self.fields["badge"].empty_label = _("all")


class CorrectionForm(FactsForm):
    """What a corrected badge says instead; what stays as it was is not checked again."""

    ends = _("Leave empty: it ends %(months)d months after the correction.")

    name = forms.CharField(label=_("Name on the badge"), max_length=150)
    email = AddressField(label=_("E-mail"))
    field_order = ["name", "email"]

    def __init__(self, *args, assertion, **kwargs):
        super().__init__(*args, months=assertion.badge_version.content["valid_months"], **kwargs)
        row = assertion.row
        self.before = {
            "name": assertion.name,
            "email": assertion.email,
            "valid_until": assertion.last_day,
            "narrative": row.narrative,
            "evidence": row.evidence,
            "result": row.result,
        }
        self.initial |= self.before | {"evidence": "\n".join(row.evidence)}

    def clean_valid_until(self):
        """Want a day to come, or the one that the badge has."""
        is_same = self.cleaned_data["valid_until"] == self.before["valid_until"]
        return self.before["valid_until"] if is_same else super().clean_valid_until()

    def clean_evidence(self) -> list[str]:
        """Return the addresses, or those that the badge has."""
        is_same = self.cleaned_data["evidence"].split() == self.before["evidence"]
        return self.before["evidence"] if is_same else super().clean_evidence()

    def clean(self):
        """Want a change."""
        cleaned = super().clean()
        if not self.errors and cleaned == self.before:
            raise ValidationError(_("Nothing is different from the badge as it is."))
        return cleaned


class PublishForm(forms.Form):
    """Whether the holder's name stands on the page that is published."""

    shows_name = forms.BooleanField(label=_("My name stands on the page"), required=False)


class ShownForm(forms.Form):
    """Who may open the page of a badge, and what everybody may see of it beyond its class."""

    seen_by = forms.ChoiceField(
        label=_("Who may open its page"),
        choices=[("private", _("Only I and those who issued it")), ("public", _("Everybody who has its link"))],
        widget=forms.RadioSelect,
    )
    shows_name = PublishForm.base_fields["shows_name"]
    evidence = forms.MultipleChoiceField(
        label=_("Evidence that others may see"), required=False, widget=forms.CheckboxSelectMultiple
    )
    result = forms.BooleanField(required=False)
    narrative = forms.BooleanField(label=_("Others may read what I did, as the organiser describes it"), required=False)
    documents = forms.MultipleChoiceField(
        label=_("Documents that others may open"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, assertion, supplements, may_publish, **kwargs):
        row = assertion.row
        initial = {
            "seen_by": "public" if assertion.is_published else "private",
            "shows_name": assertion.shows_name,
            "evidence": row.public_evidence,
            "result": row.result_is_public,
            "narrative": row.narrative_is_public,
            "documents": [str(one.key) for one in supplements if one.is_public],
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["evidence"].choices = [(url, url) for url in row.evidence]
        self.fields["result"].label = _("Others may see my result: %(result)s") % {"result": row.result}
        self.fields["narrative"].help_text = row.narrative
        self.fields["documents"].choices = [(str(one.key), one.title) for one in supplements]
        there = {"documents": supplements, "evidence": row.evidence, "result": row.result, "narrative": row.narrative}
        for name in [name for name in self.fields if not (may_publish and there.get(name, True))]:
            del self.fields[name]

    @property
    def is_public(self) -> bool | None:
        """Whether everybody may open the page; None where that is not to be chosen."""
        return self.cleaned_data["seen_by"] == "public" if "seen_by" in self.fields else None

    @property
    def gives(self) -> bool:
        """Whether there is anything beside the page to choose."""
        return not {"evidence", "result", "narrative", "documents"}.isdisjoint(self.fields)

    def chosen(self) -> dict:
        """Return what is to be public of what the organiser gave with the badge."""
        return {
            "evidence": self.cleaned_data.get("evidence", []),
            "result": self.cleaned_data.get("result", False),
            "narrative": self.cleaned_data.get("narrative", False),
            "documents": self.cleaned_data.get("documents", []),
        }


class AskForm(forms.Form):
    """What a holder finds wrong."""

    text = forms.CharField(
        label=_("What is wrong?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as your name with its right letters. The organiser reads it and sends a corrected badge."),
    )


class AnswerForm(forms.Form):
    """Why a badge stays as it is."""

    answer = forms.CharField(label=_("Your answer"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ReportForm(forms.Form):
    """What the reader of an award mail tells the network."""

    kind = forms.ChoiceField(label=_("What is wrong?"), choices=AwardReport.Kind, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Tell us more"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )

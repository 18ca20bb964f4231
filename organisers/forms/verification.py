"""Forms of the check of an organiser, for its owners and for those who check it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from organisers.actions.verification import SHORTEST_QUESTION, reasons_against_request
from organisers.models import VALUES_VERSION, Organiser, VerificationCase, VerificationQuestion
from portal.accounts.models import Person
from portal.files.fields import PaperField
from portal.ui.fields import SeenField

PAPERS = ["paper", "second_paper", "third_paper"]


def words_field(label, *, length, rows=4, **options) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, widget=forms.Textarea(attrs={"rows": rows}), **options)


class PapersForm(forms.Form):
    """Up to three papers at a time."""

    paper = PaperField(
        label=_("Document"),
        required=False,
        help_text=_("PDF, PNG, JPEG or WebP, up to 20 MB. Members and those who check you can open it, nobody else."),
    )
    second_paper = PaperField(label=_("Second document"), required=False)
    third_paper = PaperField(label=_("Third document"), required=False)

    def papers(self) -> list:
        """Return what the gate admitted."""
        return [self.cleaned_data[name] for name in PAPERS if self.cleaned_data[name]]


class RequestForm(PapersForm):
    """What an organiser files to be verified."""

    what_changed = words_field(
        _("What changed since the last check"), length=2000, help_text=_("It was turned down then.")
    )
    registration = forms.CharField(
        label=_("Registration number"),
        max_length=60,
        required=False,
        help_text=_("In a register of companies, associations or schools. Leave it empty if you are in none."),
    )
    explanation = words_field(
        _("Why there is no number"),
        length=1000,
        rows=3,
        required=False,
        help_text=_("Only without a number: who you are, and who can vouch for you."),
    )
    signatory = forms.CharField(
        label=_("Who may act for the organiser"),
        max_length=150,
        help_text=_("The name of the person who may sign, and their function."),
    )
    is_right = forms.BooleanField(label=_("What the profile says of us is right."))
    values = forms.BooleanField(label=_("We accept the values of the network."))

    FACTS = ["what_changed", "registration", "explanation", "signatory"]
    field_order = [*FACTS, *PAPERS, "is_right", "values"]

    def __init__(self, *args, organiser: Organiser, **kwargs):
        super().__init__(*args, **kwargs)
        self.organiser = organiser
        self.fields["registration"].is_one_of = self.fields["explanation"].is_one_of = True
        if not self.wants_what_changed():
            del self.fields["what_changed"]

    def wants_what_changed(self) -> bool:
        """Say whether the organiser was turned down and may ask again only with words on what changed."""
        reasons = reasons_against_request(self.organiser, what_changed="")
        return bool(reasons) and not reasons_against_request(self.organiser)

    def clean_is_right(self):
        """Want a profile by which the network can find and reach the organiser."""
        gaps = profile_gaps(self.organiser)
        if gaps:
            raise ValidationError(gaps)
        return self.cleaned_data["is_right"]

    def clean(self):
        """Want a number, or why there is none."""
        cleaned = super().clean()
        if cleaned.get("registration") == cleaned.get("explanation") == "":
            self.add_error("registration", _("Give the number, or explain below why there is none."))
        return cleaned

    def facts(self) -> dict:
        """Return what is filed."""
        filed = {name: self.cleaned_data[name] for name in self.FACTS if name in self.cleaned_data}
        return filed | {"values_version": VALUES_VERSION}


def profile_gaps(organiser: Organiser) -> list:
    """Return what the profile lacks before the network can check it."""
    gaps = []
    if not organiser.address:
        gaps.append(_("The street address is missing in the profile."))
    if not organiser.has_reachable_contact():
        said = _(
            "%(address)s is not a confirmed address of a member. Confirm it in the account, or change the profile."
        )
        gaps.append(said % {"address": organiser.contact_email})
    return gaps


class ChangeForm(RequestForm):
    """A new name, kind or country of a verified organiser, with its proof."""

    name = forms.CharField(label=_("Name"), max_length=150, help_text=_("It will stand in every language."))
    kind = forms.ChoiceField(label=_("What kind of organiser"), choices=Organiser.Kind)
    country = forms.ChoiceField(label=_("Country"), choices=lambda: list(countries))

    CHANGING = ["name", "kind", "country"]
    field_order = [*CHANGING, *RequestForm.field_order]

    def __init__(self, *args, organiser: Organiser, **kwargs):
        known = {"name": organiser.name, "kind": organiser.kind, "country": organiser.country.code}
        super().__init__(*args, organiser=organiser, initial=known, **kwargs)
        self.fields["what_changed"].label = _("What changed, and since when")
        self.fields["what_changed"].help_text = ""
        self.fields["paper"].required = True
        self.fields["is_right"].label = _("Everything else in the profile is right.")

    def wants_what_changed(self) -> bool:
        """Want it always: it is what the check is of."""
        return True

    def clean(self):
        """Want a change."""
        cleaned = super().clean()
        if not self.errors and not self.changes():
            self.add_error("name", _("Change the name, the kind or the country."))
        return cleaned

    def changes(self) -> dict:
        """Return what is to change."""
        return {name: self.cleaned_data[name] for name in self.CHANGING if name in self.changed_data}


class AnswerForm(PapersForm):
    """The answer to a question: words, papers or both."""

    words = words_field(_("Your answer"), length=5000, rows=6, required=False)

    field_order = ["words", *PAPERS]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].is_one_of = self.fields["paper"].is_one_of = True

    def clean(self):
        """Want something."""
        cleaned = super().clean()
        if not self.errors and not cleaned["words"].strip() and not self.papers():
            self.add_error("words", _("Write an answer or attach a document."))
        return cleaned


class SeenForm(forms.Form):
    """A form that says which version of a case it showed."""

    seen = SeenField()


class QuestionForm(SeenForm):
    """What a coordinator asks."""

    about = forms.MultipleChoiceField(
        label=_("What it is about"), choices=VerificationQuestion.ABOUT.items(), widget=forms.CheckboxSelectMultiple
    )
    words = words_field(_("Question"), length=2000, min_length=SHORTEST_QUESTION)


class VerifyForm(SeenForm):
    """What a coordinator ticks before an organiser is verified."""

    checks = forms.MultipleChoiceField(label=_("What you checked"), widget=forms.CheckboxSelectMultiple)
    note = words_field(
        _("How you checked it"), length=2000, rows=3, help_text=_("Only the people of the network read this.")
    )

    def __init__(self, *args, case: VerificationCase, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["checks"].choices = [(name, case.CHECKS[name]) for name in case.needed_checks]

    def clean_checks(self):
        """Want every box ticked."""
        ticked = self.cleaned_data["checks"]
        missing = [label for name, label in self.fields["checks"].choices if name not in ticked]
        if missing:
            raise ValidationError([_("Not checked yet: %(check)s") % {"check": check} for check in missing])
        return ticked


class RejectForm(SeenForm):
    """Why an organiser could not be verified."""

    reason = forms.ChoiceField(label=_("Reason"), choices=[("", "—"), *VerificationCase.Reason.choices])
    words = words_field(
        _("Explain it to the organiser"), length=2000, help_text=_("What was missing, and how to try again.")
    )


class SecondLookForm(forms.Form):
    """Who looks a second time."""

    coordinator = forms.ModelChoiceField(label=_("Coordinator"), queryset=None)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["coordinator"].queryset = Person.objects.filter(pk__in=[one.pk for one in people])

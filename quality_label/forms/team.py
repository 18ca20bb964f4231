"""Forms of the team of a case, and of the people who judge."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Person
from portal.clock import is_in_reach
from portal.ui.fields import SeenField
from quality_label.actions.team import TeamRefused
from quality_label.conflicts import QUESTIONS
from quality_label.forms.cases import DeclarationForm
from quality_label.forms.words import words_field
from quality_label.models import Assignment, CommitteeTerm, ExpertProfile
from quality_label.models.team import NETWORK_ROLE


class TeamForm(forms.Form):
    """Whom to ask for each place that is to be filled."""

    seen = SeenField()

    def __init__(self, *args, case, roles, people, **kwargs):
        super().__init__(*args, initial={"seen": case.version}, **kwargs)
        names = dict(Assignment.Role.choices)
        for number, role in enumerate(roles):
            fitting = [one for one in people if NETWORK_ROLE[role] in one.roles]
            field = forms.ModelChoiceField(
                label=names[role].capitalize(),
                queryset=Person.objects.filter(pk__in=[one.person.pk for one in fitting]),
            )
            free = [
                (one.person.pk, f"{one.person} — {one.reading(case)}; {one.reasons()}")
                for one in fitting
                if one.is_free
            ]
            self.fields[f"place_{number}"] = field
            field.widget.choices = [("", "—"), *free]
        if any(one.is_free and one.members_left is not None and not one.leaves_too_few for one in people):
            self.fields["spares_members"] = forms.BooleanField(
                label=_("Ask members of the committee too; they cannot sit on the panel of this case."), required=False
            )

    def people(self) -> list:
        """Return who is wanted, in the order of the places."""
        return [value for name, value in self.cleaned_data.items() if name.startswith("place_")]

    def add_faults(self, refused: TeamRefused) -> None:
        """Show beside each place the rule that speaks against who was wanted there."""
        for number, sentence in refused.faults:
            self.add_error(f"place_{number}", sentence)


class ReplaceForm(forms.Form):
    """Why somebody is replaced: in words, and once the review began for which cause."""

    cause = forms.ChoiceField(label=_("What happened"), widget=forms.RadioSelect)
    words = words_field(_("Why; the person reads this"))

    def __init__(self, *args, causes, **kwargs):
        super().__init__(*args, **kwargs)
        if causes:
            self.fields["cause"].choices = [(one.value, one.label) for one in causes]
        else:
            del self.fields["cause"]


class AcceptForm(DeclarationForm):
    """The eight questions, and a promise."""

    is_confidential = forms.BooleanField(
        label=_("I keep what I read and what we talk about to myself, and tell the coordinator if anything changes."),
        error_messages={"required": _("Without this promise the file cannot be opened to you.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "is_confidential"] + ["is_confidential"])


class DeclineForm(forms.Form):
    """Why somebody does not judge."""

    reason = forms.ChoiceField(label=_("Why not?"), choices=Assignment.Reason.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=_("Which kind of conflict"),
        choices=[("", "—"), *((code, question) for code, (_excludes, question) in QUESTIONS.items())],
        required=False,
        help_text=_("Only with a conflict of interest. The kind is enough, no details."),
    )

    def clean(self):
        """Want the kind of a conflict."""
        cleaned = super().clean()
        if cleaned.get("reason") == Assignment.Reason.CONFLICT and not cleaned.get("kind"):
            self.add_error("kind", _("Choose which kind of conflict it is."))
        return cleaned


class WordsForm(forms.Form):
    """A few words on a step."""

    words = forms.CharField(label=_("In your words"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, label, help_text="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].help_text = label, help_text


class ProfileForm(forms.ModelForm):
    """What somebody who judges says of themselves."""

    languages = forms.MultipleChoiceField(
        label=_("Languages you read well"), choices=settings.TEXT_LANGUAGES, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = ExpertProfile
        fields = ["languages", "city", "fields", "away_from", "away_until", "most_cases"]
        widgets = {
            "away_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "away_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "city": _("You are not asked to judge organisers of this city."),
            "fields": _("In a few words, such as: youth work, vocational training."),
            "away_until": _("The last day on which you are away."),
        }

    def clean(self):
        """Want both days of an absence, in order."""
        cleaned = super().clean()
        first, last = cleaned.get("away_from"), cleaned.get("away_until")
        if bool(first) != bool(last):
            self.add_error("away_until" if first else "away_from", _("Give both days, or none."))
        elif first and first > last:
            self.add_error("away_until", _("The last day is not before the first."))
        return cleaned

    def _post_clean(self):
        """Leave the constraints to the sentences above: a form in error is not checked twice."""
        if not self.errors:
            super()._post_clean()


class TermForm(forms.Form):
    """Who was elected, and for which days."""

    person = forms.EmailField(label=_("E-mail address of the person"), help_text=_("Of their account here."))
    starts_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(
        label=_("Until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The first day on which they are no longer a member."),
    )
    is_from_coordinating_organisation = forms.BooleanField(
        label=CommitteeTerm._meta.get_field("is_from_coordinating_organisation").verbose_name, required=False
    )

    def clean_person(self):
        """Return who has this address; it does not say whether somebody else has an account."""
        found = Person.objects.active().filter(emailaddress__email__iexact=self.cleaned_data["person"])
        person = found.filter(emailaddress__verified=True).first()
        if person is None:
            raise ValidationError(_("Nobody here has proved this address."))
        return person

    def clean(self):
        """Want a term that ends after it begins, in a time that people live to see."""
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        for name in ["starts_on", "ends_on"]:
            if cleaned.get(name) and not is_in_reach(cleaned[name]):
                self.add_error(name, _("This day is too far away."))
        if starts_on and ends_on and starts_on >= ends_on:
            raise ValidationError({"ends_on": _("A term ends after it begins.")})
        return cleaned

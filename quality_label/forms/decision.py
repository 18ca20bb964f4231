"""Forms of the panel, of who writes its decision down, and of what follows."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.ui.fields import SeenField
from quality_label.actions.decision import (
    CHECKS,
    against_conditions,
    against_recommendations,
    against_votes,
    tally,
    unchecked,
)
from quality_label.criteria import HIGHEST
from quality_label.forms.words import words_field
from quality_label.models import Application, Decision, PanelSeat, Report
from quality_label.reports import LONGEST_RECOMMENDATIONS, MOST_CONDITIONS
from quality_label.scores import AWARDED_CONDITIONS, NOT_AWARDED
from quality_label.wording import title_of


class DeclarationForm(forms.Form):
    """Whether somebody of the panel has a tie to the applicant."""

    has_conflict = forms.TypedChoiceField(
        label=_("Your declaration"),
        choices=[("no", _("No to each of them.")), ("yes", _("Yes to one or more: I do not take part."))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = words_field(_("What it is, if you like to say"), length=1000, rows=2, required=False)


class VoteForm(forms.Form):
    """A vote and its reason."""

    vote = forms.ChoiceField(label=_("I vote to"), choices=PanelSeat.Vote, widget=forms.RadioSelect)
    words = words_field(_("Why"), help_text=_("The coordinator and the panel read this."))
    agrees_to_departure = forms.BooleanField(
        label=_("If this is not what the rule proposes: I agree to depart from it."), required=False
    )

    def __init__(self, *args, seat: PanelSeat, **kwargs):
        known = {name: getattr(seat, name) for name in ["agrees_to_departure", "vote"]} | {"words": seat.vote_words}
        super().__init__(*args, initial=known, **kwargs)
        if seat.application.sent_back_codes:
            choices = PanelSeat.Vote.choices
            self.fields["vote"].choices = [one for one in choices if one[0] != PanelSeat.Vote.SEND_BACK]


class SendBackForm(forms.Form):
    """What the panel found not justified."""

    seen = SeenField()
    codes = forms.MultipleChoiceField(label=_("Criteria"), widget=forms.CheckboxSelectMultiple)
    words = words_field(_("What is missing"), help_text=_("The lead reads this, and reworks it within seven days."))

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, initial={"seen": application.version}, **kwargs)
        rules = application.rules
        self.fields["codes"].choices = [(code, f"{code} {title_of(rules, code)}") for code in application.asked]


class ConditionForm(forms.Form):
    """One condition, whole or empty."""

    code = forms.ChoiceField(label=_("Criterion"), required=False)
    level = forms.TypedChoiceField(
        label=_("Level to reach"),
        choices=[("", "—"), *((level, level) for level in range(1, HIGHEST + 1))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    due_on = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    evidence = words_field(_("What to show"), length=2000, rows=2, required=False)

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        rules = application.rules
        titles = [(code, f"{code} {rules.text(f'{code}.title', rules.language)[0]}") for code in rules.criteria]
        self.fields["code"].choices = [("", "—"), *titles]
        for field in self.fields.values():
            field.is_one_of = True  # a condition is whole or empty

    def clean(self):
        """Want all of it, or nothing."""
        cleaned = super().clean()
        if any(cleaned.values()):
            for name, value in list(cleaned.items()):
                if not value:
                    self.add_error(name, _("A condition needs this as well."))
        return cleaned

    @property
    def is_filled(self) -> bool:
        """Whether there is a condition."""
        return any(self.cleaned_data.values())


class DecisionForm(forms.Form):
    """What the panel decided, as the coordinator writes it down."""

    seen = SeenField()
    outcome = forms.ChoiceField(label=_("The panel decided to"), choices=Report.OUTCOMES, widget=forms.RadioSelect)
    departure_reason = words_field(
        _("Why it departs from the rule"),
        required=False,
        help_text=_("Only where it is not what the rule proposes. The yearly report lists these."),
    )
    recommendations = words_field(
        _("Recommendations"),
        length=LONGEST_RECOMMENDATIONS,
        rows=6,
        required=False,
        help_text=_("One a line, the most effective first."),
    )
    checks = forms.MultipleChoiceField(
        label=_("Before the report goes out you checked"),
        choices=CHECKS.items(),
        widget=forms.CheckboxSelectMultiple(attrs={"data-not-kept": True}),  # ticked anew for what is released now
        required=False,
    )

    def __init__(self, data=None, *, application: Application, **kwargs):
        report = getattr(application, "report", None)
        initial = {"seen": application.version}
        if report:
            initial |= {"outcome": report.outcome, "recommendations": "\n".join(map(str, report.recommendations))}
        super().__init__(data, initial=initial, **kwargs)
        self.application = application
        self.fields["checks"].is_one_of = True  # nothing here is “optional”: without them nothing is released
        proposed = [
            {"code": one.code, "level": one.level, "due_on": one.due_on, "evidence": one.evidence}
            for one in application.proposed_conditions
        ]
        proposed += [{}] * (MOST_CONDITIONS - len(proposed))
        self.conditions = [
            ConditionForm(data, application=application, prefix=f"condition-{number}", initial=facts)
            for number, facts in enumerate(proposed, start=1)
        ]

    def clean_recommendations(self):
        """Return them as a list."""
        return [line.strip() for line in self.cleaned_data["recommendations"].splitlines() if line.strip()]

    def clean_checks(self):
        """Want every box ticked."""
        if reasons := unchecked(self.cleaned_data["checks"]):
            raise ValidationError(reasons)
        return self.cleaned_data["checks"]

    def clean(self):
        """Want the votes for it, whole conditions, and recommendations."""
        cleaned = super().clean()
        outcome = cleaned.get("outcome")
        whole = all(form.is_valid() for form in self.conditions)
        if not outcome:
            return cleaned
        cleaned["conditions"] = [form.cleaned_data for form in self.conditions if whole and form.is_filled]
        for reason in against_votes(tally(self.application), outcome):
            self.add_error("outcome", reason)
        if outcome == AWARDED_CONDITIONS:
            reasons = against_conditions(self.application, cleaned["conditions"]) if whole else self.unfinished()
            self.add_error(None, reasons) if reasons else None
        if outcome == NOT_AWARDED and (reasons := against_recommendations(cleaned.get("recommendations", []))):
            self.add_error("recommendations", reasons)
        return cleaned

    @property
    def conditions_left_out(self) -> bool:
        """Whether conditions stand on the form that the outcome has none of."""
        return bool(self.cleaned_data["conditions"]) and self.cleaned_data["outcome"] != AWARDED_CONDITIONS

    def unfinished(self) -> list:
        """Name the conditions that lack something."""
        numbers = [number for number, form in enumerate(self.conditions, start=1) if not form.is_valid()]
        return [_("Mend condition %(number)d: something is missing in it.") % {"number": number} for number in numbers]


class CorrectionForm(forms.Form):
    """Which facts in a report are wrong."""

    words = words_field(
        _("Which facts are wrong"),
        rows=5,
        help_text=_("Names, numbers, dates. The levels do not change by it."),
    )

    def __init__(self, *args, decision: Decision, **kwargs):
        super().__init__(*args, **kwargs)
        self.decision = decision

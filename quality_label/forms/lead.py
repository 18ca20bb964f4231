"""Forms of the lead of a case: levels that the team agrees on, questions, and the report."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from portal import clock
from quality_label.actions.consensus import HALF_STEPS, comparison_of
from quality_label.actions.report import LEVELS_TO_REACH
from quality_label.criteria import Criterion
from quality_label.differences import is_undecided
from quality_label.forms.desk import DOES_NOT_APPLY, SeenForm
from quality_label.forms.parts import WordsField
from quality_label.models import Application, ClarificationQuestion, Condition, ConsensusLevel, Report
from quality_label.reports import (
    FIRST_CONDITION_DAY,
    LAST_CONDITION_DAY,
    LEAST_RECOMMENDATIONS,
    LONGEST_AREA,
    LONGEST_RECOMMENDATION,
    MOST_CONDITIONS,
    MOST_RECOMMENDATIONS,
    is_condition_term,
)
from quality_label.wording import title_of


def level_words(level: Decimal) -> str:
    """Return a level as forms send it: 3, 2.5."""
    return str(level.normalize()) if level else "0"


class LevelForm(SeenForm):
    """The level that the team agrees on for a criterion, in half steps."""

    level = forms.ChoiceField(label=_("Agreed level"), required=False)
    reason = WordsField(_("Why"), rows=3, required=False, max_length=3000)
    ticked = forms.MultipleChoiceField(label=_("What is so"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, criterion: Criterion, row: ConsensusLevel, opening: str = "", **kwargs):
        level = "" if row.level is None else level_words(row.level)
        reason = row.reason or ("" if row.is_settled else opening)
        known = {"level": DOES_NOT_APPLY if row.does_not_apply else level, "reason": reason, "ticked": row.ticked}
        known["seen"] = row.version
        super().__init__(*args, initial=known, auto_id=f"id_{row.code}_%s", **kwargs)
        self.criterion = criterion
        self.fields["level"].needed_for = _("to finish")
        self.fields["reason"].needed_for = _("where the reviews do not settle it")
        levels = [(level_words(half), level_words(half)) for half in HALF_STEPS]
        none = [(DOES_NOT_APPLY, _("does not apply"))] * criterion.may_not_apply
        self.fields["level"].choices = [("", _("open")), *levels, *none]
        self.fields["ticked"].choices = [(one.code, one.statement) for one in criterion.indicators]
        if not criterion.indicators:
            del self.fields["ticked"]

    def clean_level(self):
        """Refuse the step that leaves open whether a mandatory criterion is reached."""
        level = self.cleaned_data["level"]
        if level and level != DOES_NOT_APPLY and is_undecided(self.criterion, Decimal(level)):
            raise forms.ValidationError(_("This criterion is mandatory: choose 2 or 3 and say why."))
        return level

    def facts(self) -> dict:
        """Return what was agreed on, as it is kept."""
        facts = super().facts()
        level = facts["level"]
        facts["does_not_apply"] = level == DOES_NOT_APPLY
        facts["level"] = Decimal(level) if level and level != DOES_NOT_APPLY else None
        return facts


class WordingForm(SeenForm):
    """A question put into neutral words; empty it is taken out."""

    words = WordsField(_("Question"), required=False, help_text=_("Leave it empty to take the question out."))

    def __init__(self, *args, question: ClarificationQuestion, **kwargs):
        known = {"words": question.words, "seen": question.version}
        super().__init__(*args, initial=known, auto_id=f"id_{question.pk}_%s", **kwargs)


class ReportForm(SeenForm):
    """The report; what is missing is asked for when the case is handed to the panel."""

    call_held_on = forms.DateField(
        label=_("Day on which you talked with the assessors"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    strengths = WordsField(_("Strengths"), rows=5, required=False, max_length=3000)
    outcome = forms.ChoiceField(label=_("What you propose"), choices=[("", "—"), *Report.OUTCOMES], required=False)
    departure_reason = WordsField(
        _("Why another outcome than the rule"),
        rows=3,
        required=False,
        max_length=3000,
        help_text=_("At least 100 characters, where you depart from it. The panel confirms it by two thirds."),
    )

    def __init__(self, *args, application: Application, report: Report, **kwargs):
        known = {name: getattr(report, name) for name in ["call_held_on", "strengths", "outcome", "departure_reason"]}
        known |= {"seen": report.version}
        super().__init__(*args, initial=known, **kwargs)
        self.application = application
        self.areas = [area.code for area in application.rules.areas]
        for code in self.areas:
            label = f"{code} {title_of(application.rules, code)}"
            words = WordsField(
                label, rows=3, required=False, max_length=LONGEST_AREA, initial=report.areas.get(code, "")
            )
            self.fields[f"area_{code}"] = words
        for number in range(MOST_RECOMMENDATIONS):
            known = report.recommendations[number] if number < len(report.recommendations) else ""
            self.fields[f"recommendation_{number}"] = WordsField(
                _("Recommendation %(number)d") % {"number": number + 1},
                rows=2,
                required=False,
                max_length=LONGEST_RECOMMENDATION,
                initial=known,
            )
        for name in ["strengths", "outcome", *(f"area_{code}" for code in self.areas)]:
            self.fields[name].needed_for = _("to finish")
        for number in range(LEAST_RECOMMENDATIONS):
            self.fields[f"recommendation_{number}"].needed_for = _("to finish, unless you set conditions")
        if comparison_of(application).needs_call:
            self.fields["call_held_on"].needed_for = _("to finish")
        self.fields["departure_reason"].needed_for = _("where you depart from it")
        self._add_conditions(application.proposed_conditions)

    def _add_conditions(self, conditions) -> None:
        rules = self.application.rules
        codes = [(code, f"{code} {title_of(rules, code)}") for code in rules.criteria]
        for number in range(MOST_CONDITIONS):
            known = conditions[number] if number < len(conditions) else Condition()
            self.fields |= {
                f"code_{number}": forms.ChoiceField(
                    label=_("Criterion"), choices=[("", "—"), *codes], required=False, initial=known.code
                ),
                f"level_{number}": forms.TypedChoiceField(
                    label=_("Level to reach"),
                    choices=[("", "—"), *((level, level) for level in LEVELS_TO_REACH)],
                    coerce=int,
                    empty_value=None,
                    required=False,
                    initial=known.level,
                ),
                f"evidence_{number}": WordsField(_("What shows it"), rows=2, required=False, initial=known.evidence),
                f"due_{number}": forms.DateField(
                    label=_("Until"),
                    required=False,
                    initial=known.due_on,
                    widget=forms.DateInput(attrs={"type": "date"}),
                ),
            }

    def area_fields(self) -> list:
        """Return the fields for the areas."""
        return [self[f"area_{code}"] for code in self.areas]

    def recommendation_fields(self) -> list:
        """Return the fields for recommendations."""
        return [self[f"recommendation_{number}"] for number in range(MOST_RECOMMENDATIONS)]

    def condition_fields(self) -> list[list]:
        """Return the fields of each condition."""
        return [[self[f"{name}_{number}"] for name in CONDITION] for number in range(MOST_CONDITIONS)]

    def clean_call_held_on(self):
        """Refuse a day that is still to come, or before the application."""
        day = self.cleaned_data["call_held_on"]
        if day and day < self.application.day_0:
            raise forms.ValidationError(_("The application had not been handed in on this day."))
        if day and day > clock.today():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self):
        """Want each condition whole, with a day that can be kept, and on a criterion once."""
        cleaned = super().clean()
        codes = []
        for number in range(MOST_CONDITIONS):
            said = {name: cleaned.get(f"{name}_{number}") for name in CONDITION}
            if not any(said.values()):
                continue
            for name, value in said.items():
                if not value and f"{name}_{number}" not in self.errors:
                    self.add_error(f"{name}_{number}", _("A condition names all four."))
            if said["due"] and not is_condition_term(said["due"]):
                facts = {"first": FIRST_CONDITION_DAY, "last": LAST_CONDITION_DAY}
                fault = _("Choose a day between %(first)d and %(last)d days from now.") % facts
                self.add_error(f"due_{number}", fault)
            if said["code"] in codes:
                self.add_error(f"code_{number}", _("There is a condition on this criterion already."))
            codes.append(said["code"])
        return cleaned

    def facts(self) -> dict:
        """Return the report as it is kept."""
        cleaned = self.cleaned_data
        facts = {name: cleaned[name] for name in ["call_held_on", "strengths", "outcome", "departure_reason"]}
        facts["areas"] = {code: cleaned[f"area_{code}"] for code in self.areas if cleaned[f"area_{code}"].strip()}
        recommendations = [cleaned[f"recommendation_{number}"] for number in range(MOST_RECOMMENDATIONS)]
        facts["recommendations"] = [words for words in recommendations if words.strip()]
        return facts

    def conditions(self) -> list[dict]:
        """Return the conditions that were written."""
        cleaned = self.cleaned_data
        return [
            {
                "code": cleaned[f"code_{number}"],
                "level": cleaned[f"level_{number}"],
                "evidence": cleaned[f"evidence_{number}"],
                "due_on": cleaned[f"due_{number}"],
            }
            for number in range(MOST_CONDITIONS)
            if cleaned[f"code_{number}"]
        ]


CONDITION = ["code", "level", "evidence", "due"]

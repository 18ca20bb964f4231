"""Forms of the assessor's desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.fields import SeenField
from quality_label.actions.clarification import SHORTEST_QUESTION
from quality_label.actions.reviews import REMARKS
from quality_label.criteria import HIGHEST, Criterion
from quality_label.forms.parts import WordsField
from quality_label.models import Assignment, Rating

DOES_NOT_APPLY = "none"
REASON = 3000


class SeenForm(forms.Form):
    """A form that says which version it showed; sent again, it counts after somebody else's."""

    seen = SeenField()

    def facts(self) -> dict:
        """Return what is to be kept."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def overtaken_by(self, version: int, reasons) -> None:
        """Say that somebody else was faster; sent again, this form counts."""
        self.data = self.data.copy()
        self.data["seen"] = version
        self.add_error(None, reasons)


class RatingForm(SeenForm):
    """What an assessor says of one criterion; what is missing is asked for when the review is handed in."""

    level = forms.ChoiceField(
        label=_("Level"),
        required=False,
        error_messages={"invalid_choice": _("A level is a whole number from 0 to 4; there are no half ones here.")},
    )
    reason = WordsField(_("Why this level"), rows=6, required=False, max_length=REASON)
    evidence = forms.MultipleChoiceField(label=_("What shows it"), required=False)
    ticked = forms.MultipleChoiceField(label=_("What is so"), required=False)
    change_reason = WordsField(_("Why you changed the level"), rows=2, required=False, max_length=1000)

    def __init__(self, *args, criterion: Criterion, rating: Rating, pointers, is_reopened: bool, **kwargs):
        level = DOES_NOT_APPLY if rating.does_not_apply else rating.level
        known = {"level": level, "reason": rating.reason, "evidence": rating.evidence, "ticked": rating.ticked}
        known |= {"change_reason": rating.change_reason, "seen": rating.version}
        super().__init__(*args, initial=known, **kwargs)
        self.criterion = criterion
        self.fields["reason"].needed_for = self.fields["change_reason"].needed_for = _("to hand in")
        levels = [str(level) for level in range(HIGHEST + 1)] + [DOES_NOT_APPLY] * criterion.may_not_apply
        self.fields["level"].choices = [("", ""), *((value, value) for value in levels)]
        self.fields["evidence"].choices = [(pointer, pointer) for pointer in sorted(pointers)]
        self.fields["ticked"].choices = [(one.code, one.code) for one in criterion.indicators]
        if not criterion.indicators:
            del self.fields["ticked"]
        if not is_reopened:
            del self.fields["change_reason"]

    def facts(self) -> dict:
        """Return what is said, as the rating keeps it."""
        facts = super().facts()
        level = facts["level"]
        facts["does_not_apply"] = level == DOES_NOT_APPLY
        facts["level"] = int(level) if level.isdecimal() else None
        return facts


class RemarksForm(SeenForm):
    """What an assessor says of the whole; all of it is needed to hand the review in, with the word on conflicts."""

    strengths = WordsField(_("Strengths"), rows=5, max_length=3000)
    advice = WordsField(
        _("Advice"), rows=5, max_length=3000, help_text=_("One line each: what would help most comes first.")
    )
    has_no_conflict = forms.BooleanField(
        label=_("What I declared about my ties to this organiser is still true."),
        error_messages={"required": _("Confirm it. Where something changed, tell the coordinator first.")},
    )

    def __init__(self, *args, assignment: Assignment, hands_in: bool, **kwargs):
        known = {name: getattr(assignment, name) for name in REMARKS} | {"seen": assignment.remarks_version}
        super().__init__(*args, initial=known, **kwargs)
        for name in [*REMARKS, "has_no_conflict"]:
            self.fields[name].needed_for = _("to hand in")
            self.fields[name].required = hands_in

    def facts(self) -> dict:
        """Return the remarks."""
        return {name: self.cleaned_data[name] for name in REMARKS}


class QuestionForm(forms.Form):
    """A question to the applicant."""

    code = forms.ChoiceField(label=_("Criterion"))
    evidence = forms.ModelChoiceField(
        label=_("About which evidence"), queryset=None, required=False, empty_label=_("none in particular")
    )
    words = WordsField(
        _("Question"),
        min_length=SHORTEST_QUESTION,
        help_text=_("Ask for facts, without an opinion. The applicant reads no names."),
    )

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", "—"), *((code, code) for code in application.asked)]
        self.fields["evidence"].queryset = application.handed_in_evidence()


class PersonalDataForm(forms.Form):
    """What is to be covered in a piece of evidence."""

    words = WordsField(
        _("What is to be covered"),
        max_length=1000,
        help_text=_("Where it stands, such as “page 2, the list”. Do not repeat the names themselves."),
    )

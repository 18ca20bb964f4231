"""Forms of an appeal: of who lodges it, who looks after it, its panel, and the side that decided."""

from django import forms
from django.utils.translation import gettext_lazy as _

from quality_label.actions.appeal import SHORTEST_APPEAL
from quality_label.actions.appeal_decision import LONGEST_FINDING
from quality_label.forms.steps import StepForm
from quality_label.forms.words import words_field
from quality_label.models import Appeal, AppealSeat, Ground
from quality_label.wording import title_of

LEVEL = "level"  # what many would appeal for, and no ground


class LodgeForm(forms.Form):
    """On which grounds an applicant appeals, and why."""

    grounds = forms.MultipleChoiceField(
        label=_("What went wrong"),
        choices=[*Ground.choices, (LEVEL, _("We disagree with a level that was given."))],
        widget=forms.CheckboxSelectMultiple,
    )
    words = words_field(
        _("What happened, and where it can be seen"),
        length=6000,
        rows=8,
        min_length=SHORTEST_APPEAL,
        help_text=_("Name the rule, the evidence by its number, or the fact. 100 characters at least."),
    )
    new_evidence = words_field(
        _("What was not in the file"),
        required=False,
        help_text=_("It is kept apart. The panel looks at what the file held when it was judged, so it cannot decide."),
    )

    def clean_grounds(self):
        """Want a ground besides the disagreement."""
        grounds = [one for one in self.cleaned_data["grounds"] if one != LEVEL]
        if not grounds:
            raise forms.ValidationError(
                _("That you disagree with a level is no ground by itself. Choose what went wrong as well.")
            )
        return grounds


class TurnAwayForm(StepForm):
    """Why an appeal is not admissible."""

    words = words_field(_("Why"), help_text=_("The owners read this. It is final inside the network."))


class CommentForm(StepForm):
    """What the side that decided says."""

    words = words_field(
        _("How it came to the decision"), length=6000, help_text=_("The panel and the applicant read this.")
    )


class AnswerForm(StepForm):
    """What the applicant says to that."""

    words = words_field(_("Your answer"), length=6000, help_text=_("The panel reads this."))


class AppealVoteForm(forms.Form):
    """A vote on an appeal, with the criteria that are to be judged again where it is upheld in part."""

    vote = forms.ChoiceField(label=_("Your vote"), choices=AppealSeat.Vote.choices, widget=forms.RadioSelect)
    criteria = forms.MultipleChoiceField(
        label=_("Criteria to be judged again"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only where you uphold it in part."),
    )
    words = words_field(_("Why"), help_text=_("The others of the panel and the network admin read this."))

    def __init__(self, *args, seat: AppealSeat, **kwargs):
        said = {"vote": seat.vote, "criteria": seat.criteria, "words": seat.vote_words}
        super().__init__(*args, initial=said, **kwargs)
        appeal = seat.appeal
        if appeal.is_about_criteria:
            rules = appeal.application.rules
            self.fields["criteria"].choices = [
                (code, f"{code} {title_of(rules, code)}") for code in appeal.codes_to_choose()
            ]
        else:
            del self.fields["criteria"]
            self.fields["vote"].choices = [one for one in AppealSeat.Vote.choices if one[0] != AppealSeat.Vote.IN_PART]

    def clean(self):
        """Want criteria where it is upheld in part."""
        cleaned = super().clean()
        if cleaned.get("vote") == AppealSeat.Vote.IN_PART and not cleaned.get("criteria"):
            self.add_error("criteria", _("Name the criteria that are to be judged again."))
        return cleaned


class DecideForm(StepForm):
    """What the panel found of each ground."""

    def __init__(self, *args, row: Appeal, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        for code, ground, _found in row.grounds_in_words():
            self.fields[f"finding_{code}"] = words_field(ground, length=LONGEST_FINDING)

    def clean(self):
        """Return what was found by ground."""
        cleaned = super().clean()
        names = [name for name in self.fields if name.startswith("finding_")]
        findings = {name.removeprefix("finding_"): cleaned.pop(name, "") for name in names}
        return cleaned | {"findings": findings}

"""The personal data of the label."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.privacy import AS_SHELL, Blank, Custom, Delete, register, register_duties
from portal.uniting import Act, Move, Once
from quality_label.actions.leaving import cases_to_hand_over, forget_hearings
from quality_label.actions.merging import (
    judges_the_same,
    keep_off_who_was_named,
    keep_profile,
    keep_share,
    sits_in_committee,
    stays,
)
from quality_label.models import (
    Answer,
    AnswerEdit,
    Appeal,
    AppealSeat,
    Application,
    Assignment,
    CheckIn,
    Clarification,
    ClarificationQuestion,
    CommitteeTerm,
    Condition,
    Decision,
    Declaration,
    Evidence,
    ExpertProfile,
    FrameworkVersion,
    Hearing,
    LabelSuspension,
    NamedPerson,
    PanelSeat,
    Report,
    Return,
    SampleAllowance,
    TrainingShare,
)
from quality_label.models.conflict import key_of
from quality_label.workflow.assignment import OPEN

SIX_MONTHS = _("six months after a case that ended without a label, or after the label’s end")
THREE_YEARS = _("three years after the case")


register_duties(cases_to_hand_over)


def register_people(model, *fields: str, label, erase=AS_SHELL, also=(), **facts) -> None:
    """Register the columns of a model that point at people."""
    pointing = [name for name in fields if model._meta.get_field(name).is_relation]

    def rows_of(person):
        about = Q()
        for field in pointing:
            about |= Q(**{field: person})
        return model.objects.filter(about)

    name = f"quality_label.{model.__name__}"
    register(name, label=label, fields=fields, rows_of=rows_of, erase=erase, also=also, **facts)


register_people(
    FrameworkVersion,
    "made_by",
    label=_("Versions of the criteria that you began"),
    also=("name",),
    purpose=_("to show the network who began a version of its criteria (legitimate interest)"),
    kept=_("while the account exists"),
)
register_people(
    Application,
    *("started_by", "submitted_by", "coordinator"),
    label=_("Applications that you began, sent or led"),
    also=(
        "organiser",
        "state",
    ),
    purpose=_("to show who applied for an organiser and who led the case through (legitimate interest)"),
    kept=THREE_YEARS,
    merge=Act(act=keep_off_who_was_named),
)
WRITTEN = _("to show an organiser who of its people wrote what in its application (contract)")
register_people(
    Answer,
    "edited_by",
    label=_("Answers that you wrote"),
    also=(
        "application",
        "place",
    ),
    purpose=WRITTEN,
    kept=SIX_MONTHS,
)
register_people(
    AnswerEdit, "by", label=_("Changes of answers by you"), also=("answer",), purpose=WRITTEN, kept=SIX_MONTHS
)
register_people(
    Evidence,
    "added_by",
    label=_("Evidence that you added to applications"),
    also=(
        "application",
        "title",
    ),
    purpose=WRITTEN,
    kept=SIX_MONTHS,
)
ASKED = _("to show who asked the applicant for something (legitimate interest)")
register_people(
    Return,
    "returned_by",
    label=_("Applications that you returned"),
    also=("application",),
    purpose=ASKED,
    kept=THREE_YEARS,
)
register_people(
    Clarification, "sent_by", label=_("Questions that you sent"), also=("application",), purpose=ASKED, kept=THREE_YEARS
)
register_people(
    ClarificationQuestion,
    "proposed_by",
    label=_("Questions that you proposed"),
    also=(
        "code",
        "words",
    ),
    purpose=ASKED,
    kept=THREE_YEARS,
)
JUDGED = _("to judge applications without conflicts of interest, and to answer for it (legitimate interest)")
OF_ENDED_CASES = {"same": ("application",), "settle": stays, "check": judges_the_same}
register_people(
    Assignment,
    *("person", "invited_by"),
    label=_("Your places in teams"),
    also=(
        "application",
        "role",
        "state",
        "invited_at",
        "accepted_at",
    ),
    purpose=JUDGED,
    kept=THREE_YEARS,
    merge=Once(**OF_ENDED_CASES, among=(("state__in", OPEN),)),
)
register_people(
    Declaration,
    *("person", "agreed_by", "answers", "words"),
    erase=Blank("answers", "words"),
    label=_("Your ties to applicants"),
    also=(
        "application",
        "conflict",
        "declared_at",
    ),
    purpose=JUDGED,
    kept=THREE_YEARS,
    merge=Once(**OF_ENDED_CASES),
)
register_people(
    Report, "written_by", label=_("Reports that you wrote"), also=("application",), purpose=JUDGED, kept=THREE_YEARS
)
register_people(
    ExpertProfile,
    "person",
    erase=Delete(),
    label=_("Yourself as an expert"),
    also=(
        "languages",
        "city",
        "fields",
    ),
    purpose=JUDGED,
    kept=_("while the account exists"),
    merge=Once(settle=keep_profile),
)
register_people(
    CommitteeTerm,
    *("person", "written_by"),
    label=_("Your terms in the committee"),
    also=(
        "starts_on",
        "ends_on",
    ),
    purpose=_("to show who decides on the label, and until when (legitimate interest)"),
    kept=_("while the network keeps its decisions"),
    merge=Move(check=sits_in_committee),
)
register_people(
    SampleAllowance,
    "by",
    label=_("Numbers that you lowered"),
    also=(
        "organiser",
        "reason",
    ),
    purpose=_("to show who lowered the numbers for an organiser (legitimate interest)"),
    kept=_("while the organiser is on the portal"),
)
register(
    "quality_label.NamedPerson",
    label=_("Where an applicant named you"),
    fields=("key",),
    purpose=_("to keep people whom an applicant named from judging it (legitimate interest)"),
    kept=THREE_YEARS,
    rows_of=lambda person: NamedPerson.objects.filter(
        key__in=[key_of(known) for known in (person.name, *person.verified_addresses())]
    ),
    erase=Delete(),
)
register_people(
    PanelSeat,
    "person",
    label=_("Your seats in panels"),
    also=("application",),
    purpose=JUDGED,
    kept=THREE_YEARS,
    merge=Once(**OF_ENDED_CASES),
)
register_people(
    Decision,
    *("recorded_by", "corrected_by"),
    label=_("Decisions that you wrote down"),
    also=(
        "application",
        "outcome",
        "decided_at",
    ),
    purpose=JUDGED,
    kept=THREE_YEARS,
)
register_people(
    Condition,
    *("shown_by", "checked_by"),
    label=_("Conditions that you showed to be met, or checked"),
    also=("application", "code", "shown_at", "checked_at"),
    purpose=JUDGED,
    kept=THREE_YEARS,
)
register_people(
    Appeal,
    *("lodged_by", "admin", "commented_by", "answered_by"),
    label=_("Appeals that you lodged, looked after, commented on or answered to"),
    also=("application", "subject", "state", "lodged_at"),
    purpose=_("to show who decided on a label, and who spoke for its holder (legitimate interest)"),
    kept=THREE_YEARS,
)
register_people(
    AppealSeat,
    "person",
    label=_("Your seats in panels of appeals"),
    also=("appeal", "has_conflict", "vote", "voted_at"),
    purpose=JUDGED,
    kept=THREE_YEARS,
    merge=Once(same=("appeal",), settle=stays),
)
register_people(
    CheckIn,
    "sent_by",
    label=_("Yearly check-ins that you handed in"),
    also=("label", "year", "sent_at"),
    purpose=_("to show who decided on a label, and who spoke for its holder (legitimate interest)"),
    kept=_("while the network keeps its decisions"),
)
register_people(
    TrainingShare,
    "person",
    erase=Delete(),
    label=_("Organisers that see how far you are in the training"),
    also=("organiser", "agreed_at"),
    purpose=_("to show owners how far their people are in the training, where these agreed (consent)"),
    kept=_("until the person takes it back or erases the account"),
    merge=Once(same=("organiser",), settle=keep_share),
)
register_people(
    Hearing,
    *("person", "opened_by", "words", "answer", "reason"),
    erase=Custom(forget_hearings, Blank.says),
    label=_("Training badges in doubt: yours, or heard by you"),
    also=("state", "opened_at", "answered_at", "closed_at"),
    purpose=_("to hear somebody before their training badge is declared void (legitimate interest)"),
    kept=_("while the network keeps its decisions; the words until the holder erases the account"),
)
register_people(
    LabelSuspension,
    *("suspended_by", "confirmed_by", "answered_by"),
    label=_("Suspensions of labels that you began, confirmed or answered to"),
    also=("label", "cause", "suspended_at", "answered_at"),
    purpose=_("to show who decided on a label, and who spoke for its holder (legitimate interest)"),
    kept=_("while the network keeps its decisions"),
)

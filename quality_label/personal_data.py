"""The personal data of the label."""

from django.db.models import Q

from portal.privacy import register
from quality_label.models import (
    Answer,
    AnswerEdit,
    Application,
    Assignment,
    Clarification,
    ClarificationQuestion,
    CommitteeTerm,
    Decision,
    Declaration,
    Evidence,
    ExpertProfile,
    FrameworkVersion,
    NamedPerson,
    PanelSeat,
    Report,
    Return,
    SampleAllowance,
)
from quality_label.models.conflict import known_of

SIX_MONTHS = "six months after a case that ended without a label, or after the label's end"
THREE_YEARS = "three years after the case"


def register_people(model, *fields: str, purpose: str, kept: str) -> None:
    """Register the columns of a model that point at people."""

    def rows_of(person):
        about = Q()
        for field in fields:
            about |= Q(**{field: person})
        return model.objects.filter(about)

    register(f"quality_label.{model.__name__}", fields=fields, purpose=purpose, kept=kept, rows_of=rows_of)


register_people(
    FrameworkVersion,
    "made_by",
    purpose="to show the network who began a version of its criteria (legitimate interest)",
    kept="while the account exists",
)
register_people(
    Application,
    *("started_by", "submitted_by", "coordinator"),
    purpose="to show who applied for an organiser and who led the case through (legitimate interest)",
    kept=THREE_YEARS,
)
WRITTEN = "to show an organiser who of its people wrote what in its application (contract)"
register_people(Answer, "edited_by", purpose=WRITTEN, kept=SIX_MONTHS)
register_people(AnswerEdit, "by", purpose=WRITTEN, kept=SIX_MONTHS)
register_people(Evidence, "added_by", purpose=WRITTEN, kept=SIX_MONTHS)
ASKED = "to show who asked the applicant for something (legitimate interest)"
register_people(Return, "returned_by", purpose=ASKED, kept=THREE_YEARS)
register_people(Clarification, "sent_by", purpose=ASKED, kept=THREE_YEARS)
register_people(ClarificationQuestion, "proposed_by", purpose=ASKED, kept=THREE_YEARS)
JUDGED = "to judge applications without conflicts of interest, and to answer for it (legitimate interest)"
register_people(Assignment, *("person", "invited_by"), purpose=JUDGED, kept=THREE_YEARS)
register_people(Declaration, *("person", "agreed_by"), purpose=JUDGED, kept=THREE_YEARS)
register_people(Report, "written_by", purpose=JUDGED, kept=THREE_YEARS)
register_people(ExpertProfile, "person", purpose=JUDGED, kept="while the account exists")
register_people(
    CommitteeTerm,
    *("person", "written_by"),
    purpose="to show who decides on the label, and until when (legitimate interest)",
    kept="while the network keeps its decisions",
)
register_people(
    SampleAllowance,
    "by",
    purpose="to show who lowered the numbers for an organiser (legitimate interest)",
    kept="while the organiser is on the portal",
)
register(
    "quality_label.NamedPerson",
    fields=("key",),
    purpose="to keep people whom an applicant named from judging it (legitimate interest)",
    kept=THREE_YEARS,
    rows_of=lambda person: NamedPerson.objects.filter(key__in=known_of([person])[0].keys),
)
register_people(PanelSeat, "person", purpose=JUDGED, kept=THREE_YEARS)
register_people(Decision, *("recorded_by", "corrected_by"), purpose=JUDGED, kept=THREE_YEARS)

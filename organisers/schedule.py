"""What the clock does for organisers."""

from datetime import timedelta

from organisers.actions.standing import end_unconfirmed
from organisers.actions.verification import (
    REMIND_AFTER,
    close_unanswered,
    drop_document,
    end_verification,
    remind_of_end,
    remind_of_question,
)
from organisers.models import (
    Organiser,
    PastMembership,
    Suspension,
    VerificationCase,
    VerificationDocument,
    VerificationQuestion,
)
from portal.schedule import every


@every(seconds=3600)
def keep_verification_days():
    """Close what nobody answered, end what ran out, and remind of what comes; late or twice, with the same result."""
    for case in VerificationCase.objects.unanswered():
        close_unanswered(case)
    for organiser in Organiser.objects.ended():
        end_verification(organiser)
    for suspension in Suspension.objects.unconfirmed():
        end_unconfirmed(suspension)
    for number, days in enumerate(REMIND_AFTER):
        for question in VerificationQuestion.objects.open_for(timedelta(days=days)).filter(reminders=number):
            remind_of_question(question)
    for organiser in Organiser.objects.to_remind():
        remind_of_end(organiser)
    for document in VerificationDocument.objects.outdated().select_related("file"):
        drop_document(document)


@every(seconds=86400)
def forget_past_members():
    """Delete roles that ended longer ago than anybody asks."""
    PastMembership.objects.outdated().delete()

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
from portal.workflow import do_all


@every(seconds=3600)
def keep_verification_days():
    """Close what nobody answered, end what ran out, and remind of what comes; late or twice, with the same result."""
    do_all(
        (VerificationCase.objects.unanswered(), close_unanswered),
        (Organiser.objects.ended(), end_verification),
        (Suspension.objects.unconfirmed(), end_unconfirmed),
        *((questions_to_remind(number), remind_of_question) for number in range(len(REMIND_AFTER))),
        (Organiser.objects.to_remind(), remind_of_end),
        (VerificationDocument.objects.outdated().select_related("file"), drop_document),
    )


def questions_to_remind(number: int):
    """Return the open questions whose next reminder, counted from 0, is due."""
    return VerificationQuestion.objects.open_for(timedelta(days=REMIND_AFTER[number])).filter(reminders=number)


@every(seconds=86400)
def forget_past_members():
    """Delete roles that ended longer ago than anybody asks."""
    PastMembership.objects.outdated().delete()

"""What the clock does for the label."""

from portal import clock
from portal.schedule import every
from portal.workdays import working_days_after
from quality_label.actions.promise import own_up, remind
from quality_label.actions.team import close_silent_place, remind_of_place
from quality_label.models import Application, Assignment
from quality_label.workflow.assignment import REMIND_INVITATION_AFTER


@every(seconds=3600)
def keep_promises():
    """Remind of what is due, and own up to promised days that passed; late or twice, with the same result."""
    for application in Application.objects.under_way():
        own_up(application)
        remind(application)


@every(seconds=3600)
def keep_invitation_days():
    """Take back what nobody answered, and remind once before; late or twice, with the same result."""
    for place in Assignment.objects.unanswered().with_words():
        close_silent_place(place)
    for place in Assignment.objects.silent().with_words():
        if clock.today() >= working_days_after(clock.day_of(place.invited_at), REMIND_INVITATION_AFTER):
            remind_of_place(place)

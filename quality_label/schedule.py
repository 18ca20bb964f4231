"""What the clock does for the label."""

from portal.schedule import every
from quality_label.actions.promise import own_up, remind
from quality_label.models import Application


@every(seconds=3600)
def keep_promises():
    """Remind of what is due, and own up to promised days that passed; late or twice, with the same result."""
    for application in Application.objects.under_way():
        own_up(application)
        remind(application)

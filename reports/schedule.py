"""What the clock does for reports."""

from portal.schedule import every
from portal.workflow import do_all
from reports.actions import forget_reporter
from reports.models import Report


@every(seconds=86400)
def forget_reporters():
    """Forget who wrote reports that were closed half a year ago."""
    do_all((Report.objects.with_outdated_address(), forget_reporter))

"""The personal data of reports."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.privacy import Custom, register
from portal.uniting import Once
from reports.actions import forget_reports, keep_one_report
from reports.models import Report
from reports.workflow import OPEN


def written_by(person):
    """Return the reports that a person wrote."""
    return Report.objects.filter(Q(reporter=person) | Q(email__in=person.verified_addresses()))


def about(person):
    """Return the reports that a person wrote, that are about their pages, or on which they worked."""
    worked = Q(handler=person) | Q(closed_by=person) | Q(decided_by=person)
    return Report.objects.filter(Q(pk__in=written_by(person).values("pk")) | Q(holder=person) | worked)


register(
    "reports.Report",
    label=_("Reports about pages"),
    fields=("reporter", "email", "words", "holder", "handler", "closed_by", "decided_by"),
    purpose=_("to look into what somebody reports of a page, and to answer (legal obligation)"),
    kept=_("who reported is forgotten half a year after the answer; what was decided stays"),
    rows_of=about,
    shown_of=written_by,
    erase=Custom(forget_reports, _("Your name, address and words go; what was decided stays."), spares_news=True),
    also=("reason", "path", "reported_at", "state", "outcome", "answer", "closed_at"),
    merge=Once(same=("kind", "subject_key"), settle=keep_one_report, among=(("state__in", OPEN),), column="reporter"),
    hidden=("holder", "handler", "closed_by", "decided_by"),
)

"""What reports add to pages: the link at the foot, the way to the desk, and what waits for owners."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from organisers.panels import waiting_lines
from organisers.permissions import may_manage
from reports.models import Report
from reports.permissions import may_see_desk
from reports.subjects import is_reportable


def report_link(request, _obj):
    """Offer to report the page, where it is of a kind that can be."""
    if not is_reportable(request.resolver_match):
        return None
    return render_to_string("reports/panels/report_link.html", {"path": request.path})


def account_links(request, person):
    """Lead the people of the network to what was reported."""
    return render_to_string("reports/panels/account_links.html") if may_see_desk(person) else None


def waiting_reports(request, organiser):
    """Show owners what the network looks at and they have said nothing to."""
    if not may_manage(organiser, request.user):
        return None
    count = Report.objects.unanswered_by(organiser).count()
    words = ngettext("%(count)d report about a page of yours", "%(count)d reports about pages of yours", count)
    return waiting_lines((count, words % {"count": count}, "flag", reverse("reports:workspace", args=[organiser.slug])))

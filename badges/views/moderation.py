"""What recipients report: from the mail they got to the network's queue."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from badges.actions.assertions import handle_report, reopen_report, report_award
from badges.claims import claimed_assertion, is_used
from badges.forms.assertions import ReportForm
from badges.models import AwardReport
from badges.permissions import may_moderate
from badges.views.collecting import kept_quiet
from portal.access import public, requires


@public
def claim_report(request, token):
    """Take down what the reader of an award mail finds wrong; the mailed link is enough to say it."""
    assertion = claimed_assertion(token)
    if assertion is None:
        return render(request, "badges/claim_unknown.html", status=404)
    form = ReportForm(request.POST or None, initial={"kind": request.GET.get("kind")})
    words = {} if is_used(assertion) else assertion.badge_version.words()
    context = {"form": form, "words": words, "token": token}
    if request.method == "POST" and form.is_valid():
        report = report_award(assertion, **form.cleaned_data)
        context |= {"report": report, "assertion": claimed_assertion(token)}
        return kept_quiet(render(request, "badges/claim_reported.html", context))
    return kept_quiet(render(request, "badges/claim_report.html", context, status=422 if form.is_bound else 200))


@requires(may_moderate)
def report_list(request):
    """List what recipients reported and nobody looked at, or what was put away."""
    handled = request.GET.get("show") == "handled"
    reports = AwardReport.objects.with_words()
    page = Paginator(reports.handled() if handled else reports.open(), 50).get_page(request.GET.get("page"))
    return render(request, "badges/report_queue.html", {"page": page, "handled": handled})


@require_POST
@requires(may_moderate)
def report_handle(request, pk):
    """Put a report away."""
    handle_report(get_object_or_404(AwardReport.objects.select_related("assertion"), pk=pk), by=request.user)
    messages.success(request, _("The report is put away."))
    return redirect("badges:report-list")


@require_POST
@requires(may_moderate)
def report_reopen(request, pk):
    """Take a report up again."""
    reopen_report(get_object_or_404(AwardReport, pk=pk), by=request.user)
    messages.success(request, _("The report is open again."))
    return redirect("badges:report-list")

"""The badges that an organiser issued: find, export, resend, correct, revoke."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from badges.actions import assertions as actions
from badges.actions.awards import note_download
from badges.actions.supplements import may_be_supplemented
from badges.forms.assertions import AnswerForm, CorrectionForm, IssuedFilterForm, RevokeForm
from badges.models import AddressRequest, Assertion, CorrectionRequest
from badges.models.assertion import RECIPIENT_MAILS
from badges.permissions import may_answer, may_correct, may_see_issued, may_take_back
from badges.reports import issued_header, issued_rows
from badges.subjects import ASSERTION, find
from badges.views.downloads import table_answer
from organisers.permissions import may_issue, may_manage
from organisers.views import organiser_seen
from portal.access import requires
from portal.audit.models import AuditEvent
from portal.notifications.models import OutgoingMail

DECLINE, DISOWN = "badges.assertion.decline", "badges.assertion.disown"  # as the audit log writes these steps


def assertion_seen(user, slug, key) -> Assertion:
    """Fetch a badge that an organiser of the person issued."""
    organiser = organiser_seen(user, slug)
    issued = Assertion.objects.of(organiser).with_words().select_related("row", "batch__awarded_by", "superseded_by")
    return get_object_or_404(issued, key=key)


def request_seen(user, slug, pk) -> CorrectionRequest:
    """Fetch a holder's request about a badge of an organiser that the person belongs to."""
    organiser = organiser_seen(user, slug)
    asked = CorrectionRequest.objects.of(organiser).select_related("assertion__badge_class__organiser", "person")
    return get_object_or_404(asked, pk=pk)


def found_badges(organiser, form):
    """Return the badges of an organiser that a filled filter asks for."""
    badges = Assertion.objects.of(organiser)
    if not form.is_valid():
        return badges
    wanted = form.cleaned_data
    if wanted["status"]:
        badges = badges.in_status(wanted["status"])
    if wanted["badge"]:
        badges = badges.filter(badge_class=wanted["badge"])
    if wanted["since"]:
        badges = badges.filter(issued_at__date__gte=wanted["since"])
    if wanted["until"]:
        badges = badges.filter(issued_at__date__lte=wanted["until"])
    if wanted["q"]:
        badges = badges.filter(Q(email__icontains=wanted["q"]) | Q(name__icontains=wanted["q"]))
    return badges


@requires(may_issue, of=organiser_seen)
def issued_list(request, organiser):
    """List the badges of an organiser, narrowed by words, status, badge and date."""
    form = IssuedFilterForm(request.GET or None, organiser=organiser)
    found = found_badges(organiser, form).select_related("badge_version", "batch", "superseded_by")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    failed = OutgoingMail.objects.failed_about("badges.assertion").about_any(list(page.object_list))
    failed = failed.filter(event__in=RECIPIENT_MAILS)
    returned = set(failed.values_list("object_id", flat=True))
    for badge in page.object_list:
        badge.mail_came_back = str(badge.pk) in returned
    asked = CorrectionRequest.objects.of(organiser).open().select_related("assertion__badge_version", "person")
    query = request.GET.copy()
    query.pop("page", None)
    context = {"organiser": organiser, "form": form, "page": page, "asked": asked[:20], "query": query.urlencode()}
    context["lost"] = AddressRequest.objects.of(organiser).open().with_words()[:20]
    context["may_move_in"] = may_manage(organiser, request.user)
    return render(request, "badges/issued_list.html", context)


@requires(may_issue, of=organiser_seen)
def issued_export(request, organiser, kind):
    """Send the badges that the filter finds, as CSV or XLSX."""
    found = found_badges(organiser, IssuedFilterForm(request.GET or None, organiser=organiser))
    note_download(organiser, by=request.user)
    return table_answer(issued_header(), issued_rows(found), kind=kind, name=_("issued badges"))


@requires(may_see_issued, of=assertion_seen)
def issued(request, assertion):
    """Show one issued badge to those who issue: its facts, what happened, what can be done."""
    mails = OutgoingMail.objects.about_any([assertion]).filter(to=assertion.email).order_by("created_at")
    declines = AuditEvent.objects.about(assertion).filter(verb__in=[DECLINE, DISOWN])
    context = {
        "organiser": assertion.badge_class.organiser,
        "assertion": assertion,
        "words": assertion.badge_version.words(),
        "events": events_of(
            assertion, mails, assertion.correction_requests.select_related("person", "answered_by"), declines
        ),
        "is_out": assertion.batch.is_out,
        "may_correct": may_correct(assertion, request.user) and assertion.is_live,
        "may_resend": assertion.is_waiting and assertion.batch.is_out and not assertion.is_erased,
        "supplements": assertion.supplements.standing().select_related("file", "added_by"),
        "may_supplement": may_correct(assertion, request.user) and may_be_supplemented(assertion),
        "asked": assertion.correction_requests.open().first(),
        "may_be_endorsed": find(ASSERTION, assertion.key) is not None,
    }
    return render(request, "badges/issued_detail.html", context)


def events_of(assertion, mails, requests, declines) -> list[dict]:
    """Return what happened to a badge, in order."""
    events = [{"title": _("Signed"), "when": assertion.issued_at, "by": assertion.batch.awarded_by}]
    said = {
        "sent": (_("Mail sent"), ""),
        "failed": (_("Mail came back"), "danger"),
        "queued": (_("Mail waits to be sent"), ""),
        "sending": (_("Mail waits to be sent"), ""),
    }
    for mail in mails:
        if mail.state in said:
            title, tone = said[mail.state]
            events.append(
                {
                    "title": title,
                    "tone": tone,
                    "text": mail.error,
                    "when": mail.sent_at or mail.created_at,
                    "by": mail.to,
                }
            )
    for asked in requests:
        title = _("Correction asked for")
        events.append(
            {"title": title, "tone": "warning", "text": asked.text, "when": asked.made_at, "by": asked.person}
        )
    for declined in declines:
        text = _("Said through the mailed link: “This is not for me”.") if declined.verb == DISOWN else ""
        events.append({"title": _("Turned down"), "tone": "warning", "when": declined.at, "text": text})
    if assertion.collected_at:
        events.append({"title": _("Collected"), "tone": "success", "when": assertion.collected_at})
    return sorted(events + papers(assertion) + ending(assertion), key=lambda event: event["when"])


def papers(assertion) -> list[dict]:
    """Return when documents were added to a badge and taken back; nothing of what its holder had removed."""
    events = []
    for one in assertion.supplements.exclude(title="").select_related("added_by"):
        events.append({"title": _("Document added"), "text": one.title, "when": one.added_at, "by": one.added_by})
        if one.withdrawn_at:
            text = f"{one.title}: {one.withdrawal_reason}"
            events.append(
                {"title": _("Document taken back"), "tone": "warning", "text": text, "when": one.withdrawn_at}
            )
    return events


def ending(assertion) -> list[dict]:
    """Return how a badge ended; empty while it stands."""
    if assertion.is_replaced:
        return [{"title": _("Replaced by a corrected badge"), "when": assertion.revoked_at}]
    if not assertion.revoked_at:
        return []
    text = assertion.revocation_reason
    return [{"title": _("Revoked"), "tone": "danger", "when": assertion.revoked_at, "text": text}]


@require_POST
@requires(may_take_back, of=assertion_seen)
def resend(request, assertion):
    """Send the mail about a badge once more."""
    actions.resend_mail(assertion, by=request.user)
    messages.success(request, _("The mail is on its way once more."))
    return redirect(assertion.workspace_url)


@requires(may_correct, of=assertion_seen)
def correct(request, assertion):
    """Replace a badge by one without its mistake."""
    form = CorrectionForm(request.POST or None, assertion=assertion)
    if request.method == "POST" and form.is_valid():
        batch = actions.correct_badge(assertion, by=request.user, **form.cleaned_data)
        messages.success(request, _("The corrected badge is being made; it takes the place of this one."))
        return redirect(batch)
    context = {
        "organiser": assertion.badge_class.organiser,
        "assertion": assertion,
        "form": form,
        "asked": assertion.correction_requests.open().first(),
    }
    return render(request, "badges/issued_correct.html", context, status=422 if form.is_bound else 200)


@requires(may_answer, of=request_seen)
def correction_decline(request, asked):
    """Answer a holder that their badge is right as it is."""
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.decline_correction(asked, by=request.user, answer=form.cleaned_data["answer"])
        messages.success(request, _("Your answer is on its way."))
        return redirect("badges:issued-list", asked.assertion.badge_class.organiser.slug)
    context = {"organiser": asked.assertion.badge_class.organiser, "asked": asked, "form": form}
    return render(request, "badges/correction_decline.html", context, status=422 if form.is_bound else 200)


@requires(may_take_back, of=assertion_seen)
def revoke(request, assertion):
    """Take a badge back, with a reason."""
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.revoke_badge(assertion, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The badge is revoked. Its page says so, and why."))
        return redirect(assertion.workspace_url)
    context = {"organiser": assertion.badge_class.organiser, "assertion": assertion, "form": form}
    return render(request, "badges/assertion_revoke.html", context, status=422 if form.is_bound else 200)

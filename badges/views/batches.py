"""Awards that were made: how far they are, undoing, pausing, reports."""

from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from badges.actions import lists as actions
from badges.actions import release_batch, undo_batch
from badges.actions.awards import note_download
from badges.models import AwardBatch, AwardRow
from badges.permissions import (
    may_change_list,
    may_go_on,
    may_release_batch,
    may_see_batch,
    may_supplement,
    may_undo_batch,
)
from badges.reports import report_header, report_rows
from badges.views.awards import batch_seen
from badges.views.downloads import table_answer
from badges.views.lists import list_page
from organisers.permissions import may_issue
from organisers.views import organiser_seen
from portal.access import requires


@requires(may_issue, of=organiser_seen)
def batch_list(request, organiser):
    """List what an organiser awarded, the newest first, and the lists that wait to be awarded."""
    batches = AwardBatch.objects.of(organiser).select_related("badge_class__organiser", "badge_version", "awarded_by")
    context = {
        "organiser": organiser,
        "drafts": batches.drafts(),
        "page": Paginator(batches.awarded().with_counts(), 30).get_page(request.GET.get("page")),
    }
    return render(request, "badges/batch_list.html", context)


@requires(may_see_batch, of=batch_seen)
def batch(request, batch):
    """Show a batch: a draft to be mended, or how far it is, with the ways to undo, to pause and to send it now."""
    if batch.is_reading or batch.is_draft:
        return list_page(request, batch)
    shown = request.GET.get("show", "")
    rows = batch.rows.filter(state=shown) if shown in AwardRow.State.values else batch.rows.all()
    counts = batch.counts()
    is_held = batch.is_held and bool(counts["due"] or counts["awarded"])
    context = {
        "counts": counts,
        "left_over": counts["faulty"] + counts["left out"] + counts["cancelled"] if batch.columns else 0,
        "done": counts["awarded"] + counts["refused"] + counts["cancelled"],
        "is_to_many": sum(counts.values()) > 1,
        "total": sum(counts.values()) - counts["faulty"] - counts["left out"],
        "filters": state_filters(request, counts, shown),
        "may_steer": counts["due"] and may_change_list(batch, request.user),
        "organiser": batch.badge_class.organiser,
        "batch": batch,
        "badge": batch.badge_class,
        "page": Paginator(rows.select_related("assertion__superseded_by"), 50).get_page(request.GET.get("page")),
        "may_undo": is_held and may_undo_batch(batch, request.user),
        "may_release": is_held and may_release_batch(batch, request.user),
        "may_supplement": batch.is_out and counts["awarded"] and may_supplement(batch, request.user),
        "is_stuck": batch.is_held and not may_go_on(batch),
    }
    return render(request, "badges/batch_detail.html", context)


def state_filters(request, counts, shown) -> list[dict]:
    """Return the ways to narrow the rows of a batch: one for each state that occurs."""
    named = [("", _("All"), sum(counts.values()))]
    named += [(state.value, state.label, counts[state]) for state in AwardRow.State if counts[state]]
    return [
        {
            "name": name,
            "url": f"?show={quote(code)}" if code else request.path,
            "count": count,
            "current": code == shown,
        }
        for code, name, count in named
    ]


@require_POST
@requires(may_release_batch, of=batch_seen)
def batch_send_now(request, batch):
    """Let a held batch out at once."""
    release_batch(batch, by=request.user)
    messages.success(request, _("The award is out; the mail is on its way."))
    return redirect("badges:batch", batch.badge_class.organiser.slug, batch.key)


@require_POST
@requires(may_undo_batch, of=batch_seen)
def batch_undo(request, batch):
    """Undo a held batch."""
    undo_batch(batch, by=request.user)
    messages.success(request, _("The award is undone. Nobody was told of it."))
    return redirect("badges:batch", batch.badge_class.organiser.slug, batch.key)


@require_POST
@requires(may_change_list, of=batch_seen)
def batch_steer(request, batch, step):
    """Pause a running award, resume it, or cancel what is left."""
    if step == "pause":
        actions.pause_batch(batch, by=request.user)
    elif step == "resume":
        actions.resume_batch(batch, by=request.user)
    else:
        count = actions.cancel_rest(batch, by=request.user)
        text = ngettext("%(count)d row is cancelled.", "%(count)d rows are cancelled.", count)
        messages.success(request, text % {"count": count})
    return redirect(batch)


@require_POST
@requires(may_change_list, of=batch_seen)
def batch_rest(request, batch):
    """Begin a new list with the rows of a list that got no badge."""
    return redirect(actions.begin_list_of_rest(batch, by=request.user, language=get_language()))


@requires(may_see_batch, of=batch_seen)
def batch_report(request, batch, kind):
    """Send what became of each row, as CSV or XLSX; no cell of it can be a formula."""
    note_download(batch, by=request.user)
    return table_answer(report_header(batch), report_rows(batch), kind=kind, name=_("award report"))

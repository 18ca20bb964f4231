"""Award lists: upload, columns, check, award."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from badges.actions import lists as actions
from badges.forms.lists import FIELDS, ColumnsForm, ListForm, SendForm
from badges.models import AwardBatch, AwardRow, RecipientGroup
from badges.permissions import may_award, may_award_list, may_change_list, may_mend_row
from badges.sheets.limits import CELL
from badges.sheets.sentences import refusal
from badges.sheets.template import template_xlsx
from badges.views.awards import batch_seen
from badges.views.badge_classes import badge_seen
from badges.views.downloads import XLSX
from portal.access import requires
from portal.asked import number_asked, words_asked
from portal.workflow import StepRefused

SHOWN = {"ready": "ready", "faulty": "faulty", "left-out": "left out"}
SORTS = {"number", "email", "name", "state"}


def row_seen(user, slug, key, number) -> AwardRow:
    """Fetch a row of a list of an organiser that the person belongs to."""
    batch = batch_seen(user, slug, key)
    row = get_object_or_404(batch.rows, number=number)
    row.batch = batch
    return row


@requires(may_award, of=badge_seen)
def list_begin(request, badge_class):
    """Take a file or a pasted list of recipients."""
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = actions.begin_list(
                badge_class, form.cleaned_data["admitted"], by=request.user, language=get_language()
            )
            return redirect(batch)
        except ValidationError as fault:
            form.add_error("file", fault)
        except StepRefused as refused:
            form.add_error(None, refused.reasons)
    context = {
        "organiser": badge_class.organiser,
        "badge": badge_class,
        "form": form,
        "path": "described" if request.GET.get("path") == "described" else "quick",
        "groups": RecipientGroup.objects.of(badge_class.organiser).with_counts(),
        "drafts": AwardBatch.objects.drafts().filter(badge_class=badge_class).order_by("-pk")[:5],
    }
    return render(request, "badges/list_begin.html", context, status=422 if form.is_bound else 200)


@requires(may_award, of=badge_seen)
def list_template(request, badge_class, kind):
    """Send the template to be filled in."""
    path = "described" if kind == "described" else "quick"
    content = template_xlsx(path, language=get_language())
    name = _("award list") + ".xlsx"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def list_page(request, batch):
    """Show a list that is being read or mended; shown by the page of its batch."""
    counts = batch.counts()
    shown = request.GET.get("show", "")
    rows = batch.rows.filter(state=SHOWN[shown]) if shown in SHOWN else batch.rows.all()
    words = words_asked(request.GET, "q")
    if words:
        rows = rows.with_words(words)
    sort = request.GET.get("sort", "number")
    if sort.removeprefix("-") in SORTS:
        rows = rows.order_by(sort, "number")
    context = {
        "organiser": batch.badge_class.organiser,
        "batch": batch,
        "badge": batch.badge_class,
        "counts": counts,
        "total": sum(counts.values()),
        "filters": filters(request, counts, shown),
        "page": Paginator(rows, 100).get_page(request.GET.get("page")),
        "columns": columns_shown(batch),
        "sort": sort,
        "words": words,
        "changed": number_asked(request.GET, "change"),
        "query": query_of(request),
        "form": SendForm(),
        "steps": list_steps(batch),
        "may_change": may_change_list(batch, request.user),
        "may_award": may_award_list(batch, request.user),
    }
    return render(request, "badges/list_check.html", context)


def query_of(request) -> str:
    """Return what a list is narrowed and sorted by, as it stands in its address."""
    query = request.GET.copy()
    query.pop("change", None)
    return query.urlencode()


def filters(request, counts, shown) -> list[dict]:
    """Return the ways to narrow the rows, each with its count."""
    named = [
        ("", _("All"), sum(counts.values())),
        ("faulty", _("To be mended"), counts["faulty"]),
        ("ready", _("OK"), counts["ready"]),
        ("left-out", _("Left out"), counts["left out"]),
    ]
    return [
        {"name": name, "url": f"?show={code}" if code else request.path, "count": count, "current": code == shown}
        for code, name, count in named
    ]


def list_steps(batch) -> list[dict]:
    """Return where the list is between file and award."""
    columns = f"{batch.get_absolute_url()}columns/" if batch.is_draft and batch.columns else ""
    state = "now" if batch.is_draft else ""
    return [
        {"name": _("File"), "state": "done" if batch.is_draft else "now"},
        {"name": _("Columns"), "state": "done" if batch.is_draft else "", "url": columns},
        {"name": _("Check"), "state": state},
        {"name": _("Award"), "state": ""},
    ]


def columns_shown(batch) -> list[tuple[str, str]]:
    """Return the fields that the check shows besides number and status, with their titles."""
    return [(field, title) for field, title in FIELDS.items() if field in batch.columns]


@requires(may_change_list, of=batch_seen)
def list_columns(request, batch):
    """Say which column holds what."""
    sample = list(batch.rows.order_by("number").values_list("cells", flat=True)[:5])
    facts = {"header": batch.header, "columns": batch.columns, "sample": sample}
    form = ColumnsForm(request.POST or None, **facts)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.change_columns(batch, form.columns(), by=request.user))
    context = {"organiser": batch.badge_class.organiser, "batch": batch, "badge": batch.badge_class, "form": form}
    return render(request, "badges/list_columns.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires(may_mend_row, of=row_seen)
def row_mend(request, row):
    """Mend a row, leave it out or take it in again."""
    step = request.POST.get("step")
    if step == "leave-out":
        actions.leave_out(row, by=request.user)
    elif step == "take-in":
        actions.take_in(row, by=request.user)
    else:
        values = {field: words_asked(request.POST, field) for field in FIELDS if field in request.POST}
        if any(len(value) > CELL for value in values.values()):
            messages.error(request, refusal("cell", {"limit": CELL}))
        else:
            actions.mend_row(row, values, by=request.user)
    query = query_of(request)
    return redirect(f"{row.batch.get_absolute_url()}{'?' if query else ''}{query}#row-{row.number}")


@require_POST
@requires(may_change_list, of=batch_seen)
def list_leave_out_faulty(request, batch):
    """Leave all faulty rows out."""
    count = actions.leave_out_faulty(batch, by=request.user)
    text = ngettext("%(count)d row is left out.", "%(count)d rows are left out.", count)
    messages.success(request, text % {"count": count})
    return redirect(batch)


@require_POST
@requires(may_change_list, of=batch_seen)
def list_drop(request, batch):
    """Throw a draft away."""
    badge_class = batch.badge_class
    actions.drop_list(batch, by=request.user)
    messages.success(request, _("The list is thrown away. Nothing was awarded."))
    return redirect("badges:award-many", badge_class.organiser.slug, badge_class.key)


@require_POST
@requires(may_award_list, of=batch_seen)
def list_award(request, batch):
    """Award the badge to the rows that are in order."""
    form = SendForm(request.POST)
    if not form.is_valid():
        for fault in form.errors.values():
            messages.error(request, " ".join(fault))
        return redirect(batch)
    actions.award_list(batch, by=request.user, **form.cleaned_data)
    return redirect(batch)

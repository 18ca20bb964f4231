"""Awarding badges, and what became of each award."""

import hashlib
import json

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from badges import art
from badges.actions import Recipient, award, release_batch, undo_batch
from badges.forms.awards import AwardForm
from badges.models import AwardBatch
from badges.permissions import may_award, may_release_batch, may_see_batch, may_undo_batch
from badges.views.badge_classes import badge_seen
from organisers.permissions import may_issue
from organisers.views import organiser_seen
from portal.access import requires
from portal.accounts.models import Person


def batch_seen(user, slug, key) -> AwardBatch:
    """Fetch a batch of an organiser that the person belongs to."""
    organiser = organiser_seen(user, slug)
    return get_object_or_404(AwardBatch.objects.of(organiser).select_related("badge_class__organiser"), key=key)


@requires(may_award, of=badge_seen)
def badge_award(request, badge_class):
    """Award a badge to one address; it is held for ten minutes."""
    form = AwardForm(request.POST or None, badge_class=badge_class)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        person = Person.objects.active().with_verified_address(facts["email"]).first()
        recipient = Recipient(facts["email"], facts["name"], person, facts["narrative"])
        batch = award(
            badge_class,
            [recipient],
            by=request.user,
            once_key=once_key(request, badge_class),
            language=facts["language"],
        )
        return redirect("badges:batch", badge_class.organiser.slug, batch.key)
    status = 422 if form.is_bound else 200
    context = {"organiser": badge_class.organiser, "badge": badge_class, "form": form, "once": art.random_seed()}
    return render(request, "badges/award_form.html", context, status=status)


def once_key(request, badge_class) -> str:
    """Return the key that makes a second click the same award; what was typed anew after "back" is another one."""
    sent = [value for name, value in sorted(request.POST.items()) if name != "csrfmiddlewaretoken"]
    digest = hashlib.sha256(json.dumps([str(badge_class.key), *sent]).encode()).hexdigest()
    return f"single:{request.user.pk}:{digest}" if request.POST.get("once") else ""


@requires(may_issue, of=organiser_seen)
def batch_list(request, organiser):
    """List what an organiser awarded, the newest first."""
    batches = (
        AwardBatch.objects.of(organiser)
        .select_related("badge_class", "badge_version", "awarded_by")
        .prefetch_related("badge_class__texts")
        .annotate(
            people=Count("rows", distinct=True),
            collected=Count("assertions", filter=Q(assertions__state="collected"), distinct=True),
        )
    )
    page = Paginator(batches, 30).get_page(request.GET.get("page"))
    return render(request, "badges/batch_list.html", {"organiser": organiser, "page": page})


@requires(may_see_batch, of=batch_seen)
def batch(request, batch):
    """Show a batch: its rows, and while it is held the ways to undo it or to send it now."""
    rows = Paginator(batch.rows.select_related("assertion"), 50).get_page(request.GET.get("page"))
    context = {
        "organiser": batch.badge_class.organiser,
        "batch": batch,
        "badge": batch.badge_class,
        "page": rows,
        "may_undo": batch.is_held and may_undo_batch(batch, request.user),
        "may_release": batch.is_held and may_release_batch(batch, request.user),
        "people": batch.rows.count(),
    }
    return render(request, "badges/batch_detail.html", context)


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

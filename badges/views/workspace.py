"""An organiser's badges and awards."""

import hashlib
import json

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from badges import art
from badges.actions import (
    Recipient,
    award,
    release_batch,
    revoke_badge,
    save_badge_class,
    undo_batch,
)
from badges.forms import AwardForm, BadgeClassForm, RevokeForm, SkillFormSet
from badges.models import Assertion, AwardBatch, BadgeClass
from badges.permissions import (
    may_award,
    may_edit_badge,
    may_release_batch,
    may_see_badge,
    may_see_batch,
    may_take_back,
    may_undo_batch,
)
from organisers.permissions import may_enter, may_issue
from organisers.views import organiser_seen
from portal.access import requires
from portal.accounts.models import Person
from portal.workflow import take, unmet


def badge_seen(user, slug, key) -> BadgeClass:
    """Fetch a badge class of an organiser that the person belongs to."""
    organiser = organiser_seen(user, slug)
    return get_object_or_404(BadgeClass.objects.with_words().prefetch_related("skills").of(organiser), key=key)


def batch_seen(user, slug, key) -> AwardBatch:
    """Fetch a batch of an organiser that the person belongs to."""
    organiser = organiser_seen(user, slug)
    return get_object_or_404(AwardBatch.objects.of(organiser).select_related("badge_class__organiser"), key=key)


def assertion_seen(user, slug, key) -> Assertion:
    """Fetch a badge that an organiser of the person issued."""
    organiser = organiser_seen(user, slug)
    return get_object_or_404(Assertion.objects.with_words().filter(badge_class__organiser=organiser), key=key)


@requires(may_enter, of=organiser_seen)
def badge_list(request, organiser):
    """List the badge classes of an organiser, or those the person made."""
    badges = BadgeClass.objects.of(organiser).with_words().with_counts()
    mine = request.GET.get("made") == "me"
    if mine:
        badges = badges.filter(created_by=request.user)
    tabs = [
        {"name": _("All of the organiser"), "url": request.path, "current": not mine},
        {"name": _("Made by me"), "url": f"{request.path}?made=me", "current": mine},
    ]
    context = {
        "organiser": organiser,
        "page": Paginator(badges, 24).get_page(request.GET.get("page")),
        "tabs": tabs,
        "may_issue": may_issue(organiser, request.user),
    }
    return render(request, "badges/badge_list.html", context)


@requires(may_issue, of=organiser_seen)
def badge_create(request, organiser):
    """Make a badge class; it is a draft until it is published."""
    return badge_form(request, organiser, BadgeClass(organiser=organiser), "badges/badge_form.html")


@requires(may_edit_badge, of=badge_seen)
def badge_edit(request, badge_class):
    """Change a badge class; badges that were awarded keep the version they were awarded with."""
    return badge_form(request, badge_class.organiser, badge_class, "badges/badge_form.html")


def badge_form(request, organiser, badge_class, template):
    """Show the form of a badge class, draw another picture on demand, save."""
    skills = [{"label": skill.label, "uri": skill.uri} for skill in badge_class.skills.all()] if badge_class.pk else []
    form = BadgeClassForm(request.POST or None, request.FILES or None, instance=badge_class)
    formset = SkillFormSet(request.POST or None, initial=skills, prefix="skills")
    if request.method == "POST" and "another" in request.POST:
        form = BadgeClassForm(initial=typed(request.POST), instance=badge_class)
        form.initial["seed"] = art.random_seed()
        formset = SkillFormSet(initial=typed_skills(request.POST), prefix="skills")
    elif request.method == "POST" and form.is_valid() and formset.is_valid():
        saved = save_badge_class(
            form.instance,
            by=request.user,
            words=form.words(),
            skills=formset.skills(),
            picture=form.cleaned_data["picture_file"],
            seed=form.cleaned_data["seed"],
        )
        messages.success(request, _("“%(name)s” is saved.") % {"name": saved.name})
        return redirect("badges:badge-overview", organiser.slug, saved.key)
    status = 422 if request.method == "POST" and form.is_bound else 200
    return render(
        request,
        template,
        {"organiser": organiser, "badge": badge_class, "form": form, "formset": formset},
        status=status,
    )


def typed(post) -> dict:
    """Return what was typed, as initial values."""
    return {name: post[name] for name in BadgeClassForm.field_order if name in post}


def typed_skills(post) -> list[dict]:
    """Return the typed skills, as initial values."""
    count = min(int(post.get("skills-TOTAL_FORMS") or 0), 30) if post.get("skills-TOTAL_FORMS", "").isdecimal() else 0
    rows = [{"label": post.get(f"skills-{n}-label", ""), "uri": post.get(f"skills-{n}-uri", "")} for n in range(count)]
    return [row for row in rows if any(row.values())]


@requires(may_see_badge, of=badge_seen)
def badge_overview(request, badge_class):
    """Show a badge class to its makers: its state, what is missing, its awards."""
    issued = badge_class.assertions.order_by("-issued_at").select_related("batch")
    counts = badge_class.assertions.aggregate(
        awarded=Count("pk", filter=Q(batch__state="out")), collected=Count("pk", filter=Q(state="collected"))
    )
    context = {
        "organiser": badge_class.organiser,
        "badge": badge_class,
        "missing": unmet(badge_class.publish) if badge_class.is_draft else [],
        "steps": [step.name for step in badge_class.get_available_user_state_transitions(request.user)],
        "may_edit": may_edit_badge(badge_class, request.user),
        "may_award": may_award(badge_class, request.user) and badge_class.is_published,
        "page": Paginator(issued, 25).get_page(request.GET.get("page")),
        "figures": [
            {"label": _("awarded"), "number": counts["awarded"]},
            {"label": _("collected"), "number": counts["collected"]},
        ],
    }
    return render(request, "badges/badge_overview.html", context)


@require_POST
@requires(may_edit_badge, of=badge_seen)
def badge_step(request, badge_class, step):
    """Publish, archive or bring back a badge class."""
    badge_class = take(getattr(badge_class, step), by=request.user)
    done = {
        "publish": _("“%(name)s” is published and can be awarded."),
        "archive": _("“%(name)s” is archived. Badges that were awarded stay valid."),
        "bring_back": _("“%(name)s” can be awarded again."),
    }
    messages.success(request, done[step] % {"name": badge_class.name})
    return redirect("badges:badge-overview", badge_class.organiser.slug, badge_class.key)


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


@requires(may_take_back, of=assertion_seen)
def assertion_revoke(request, assertion):
    """Take a badge back, with a reason."""
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        revoke_badge(assertion, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The badge is revoked. Its page says so, and why."))
        return redirect("badges:badge-overview", assertion.badge_class.organiser.slug, assertion.badge_class.key)
    context = {"organiser": assertion.badge_class.organiser, "assertion": assertion, "form": form}
    return render(request, "badges/assertion_revoke.html", context, status=422 if form.is_bound else 200)

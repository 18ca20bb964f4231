"""An organiser's badge classes: list, editor, overview."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from badges import art
from badges.actions import save_badge_class
from badges.forms.badge_classes import BadgeClassForm, SkillFormSet
from badges.models import BadgeClass
from badges.permissions import may_award, may_edit_badge, may_see_badge
from organisers.permissions import may_enter, may_issue
from organisers.views import organiser_seen
from portal.access import requires
from portal.workflow import take, unmet


def badge_seen(user, slug, key) -> BadgeClass:
    """Fetch a badge class of an organiser that the person belongs to."""
    organiser = organiser_seen(user, slug)
    return get_object_or_404(BadgeClass.objects.with_words().prefetch_related("skills").of(organiser), key=key)


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

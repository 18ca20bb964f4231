"""The holder's side: my badges, and collecting one."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from badges.actions import collect_badge, decline_badge
from badges.actions.assertions import ask_for_correction, collect_waiting_badges
from badges.actions.showing import UNDER_AGE, hide_badge, publish_badge, show_to_others
from badges.claims import claimed_assertion, is_used, replacing_link
from badges.forms.assertions import AskForm, PublishForm, ShownForm
from badges.forms.backpack import BackpackFilterForm
from badges.models import Assertion, Collection, ImportedBadge, ReaderShare
from badges.models.skill import BadgeClassSkill
from badges.permissions import may_hold, may_publish
from badges.views.collecting import kept_quiet
from badges.views.public import badge_facts
from portal.access import public, signed_in
from portal.accounts.addresses import masked
from portal.ui.webapp import kept_on_device

MOST_KEPT = 60


@signed_in
def backpack(request):
    """List the badges given to any of a person's addresses: waiting, collected, declined, taken back."""
    mine = Assertion.objects.for_person(request.user).with_words()
    form = filter_form(request, mine.collected())
    chosen = form.chosen()
    context = {
        "form": form,
        "is_narrowed": bool(chosen),
        "looks": looks(request),
        "is_list": request.GET.get("look") == "list",
        "count": mine.collected().count(),
        "waiting": mine.waiting(),
        "expiring": mine.collected().expiring_soon(),
        "collected": mine.collected().narrowed(**chosen),
        "held_twice": mine.collected().classes_held_twice(),
        "declined": mine.declined(),
        "revoked": mine.taken_from(request.user),
        "imported": ImportedBadge.objects.of(request.user).narrowed(**chosen),
        "tabs": backpack_tabs(request),
    }
    return kept_on_device(render(request, "badges/backpack.html", context), also=reverse("badges:kept-pages"))


@signed_in
def kept_pages(request):
    """Name the pages that a device keeps by itself, so that its person can show their newest badges anywhere."""
    collected = Assertion.objects.for_person(request.user).collected().order_by("-issued_at", "-pk")[:MOST_KEPT]
    imported = ImportedBadge.objects.of(request.user).order_by("-added_at")[:MOST_KEPT]
    pages = [page for one in collected for page in (one.get_absolute_url(), reverse("badges:share", args=[one.key]))]
    return JsonResponse({"pages": pages + [one.get_absolute_url() for one in imported]})


def looks(request) -> list[dict]:
    """Return the two ways to look at one's badges, keeping what was narrowed down."""
    asked = request.GET.copy()
    current = asked.pop("look", [""])[-1]

    def address(look):
        return f"?{urlencode([*asked.items(), ('look', look)])}"

    return [
        {"name": _("Grid"), "url": address("grid"), "current": current != "list"},
        {"name": _("List"), "url": address("list"), "current": current == "list"},
    ]


def filter_form(request, badges) -> BackpackFilterForm:
    """Return the form by which a person narrows down some badges, with the choices that they have."""
    skills = BadgeClassSkill.objects.filter(owner__in=badges.order_by().values("badge_class"))
    labels = skills.order_by("label").values_list("label", flat=True).distinct()
    years = [moment.year for moment in badges.order_by().datetimes("issued_at", "year", order="DESC")]
    return BackpackFilterForm(request.GET, skills=labels, years=years)


def backpack_tabs(request, *, current="badges") -> list[dict]:
    """Return the parts of “My badges”."""
    parts = {
        "badges": (_("Badges"), "backpack", None),
        "collections": (_("Collections"), "collection-list", Collection.objects.of(request.user).count()),
        "portfolio": (_("Portfolio"), "portfolio", None),
        "shares": (_("For one reader"), "reader-shares", ReaderShare.objects.of(request.user).running().count()),
    }
    return [
        {"name": name, "url": reverse(f"badges:{address}"), "current": part == current, "count": count}
        for part, (name, address, count) in parts.items()
    ]


@public
def claim(request, token):
    """Show the badge of a mailed link, and what to do to collect it."""
    assertion = claimed_assertion(token)
    if assertion is None:
        return render(request, "badges/claim_unknown.html", status=404)
    is_mine = may_hold(assertion, request.user)
    if is_used(assertion) and not is_mine:
        used = {"replacing_link": replacing_link(assertion), "was_collected": assertion.collected_at is not None}
        return kept_quiet(render(request, "badges/claim_used.html", used))
    context = {
        "assertion": assertion,
        "words": assertion.badge_version.words(),
        "facts": badge_facts(
            assertion.badge_class.organiser, assertion.badge_version.content["workload_minutes"], None
        ),
        "is_mine": is_mine,
        "masked": masked(assertion.email),
        "replacing_link": replacing_link(assertion),
    }
    return kept_quiet(render(request, "badges/claim.html", context))


@signed_in
@require_POST
def collect(request, key):
    """Accept a badge."""
    assertion = get_object_or_404(Assertion.objects.for_person(request.user), key=key)
    collect_badge(assertion, by=request.user)
    said = _(
        'The badge is yours, and private until you <a href="{page}">share it</a>. '
        'You can <a href="{file}">download its picture</a>.'
    )
    file = reverse("badges:assertion-png", args=[assertion.key]) + "?download"
    share = reverse("badges:share", args=[assertion.key])
    messages.success(request, format_html(said, page=share, file=file))
    return redirect("badges:backpack")


@signed_in
@require_POST
def collect_waiting(request):
    """Accept every badge that waits."""
    count = collect_waiting_badges(by=request.user)
    if count:
        text = ngettext("%(count)d badge is yours now.", "%(count)d badges are yours now.", count)
        messages.success(request, text % {"count": count})
    return redirect("badges:backpack")


@signed_in
@require_POST
def decline(request, key):
    """Turn a badge down."""
    assertion = get_object_or_404(Assertion.objects.for_person(request.user), key=key)
    decline_badge(assertion, by=request.user)
    messages.success(request, _("You turned the badge down. You can still collect it later."))
    return redirect("badges:backpack")


@signed_in
def ask_correction(request, key):
    """Tell those who issued a badge what is wrong with it."""
    assertion = get_object_or_404(Assertion.objects.for_person(request.user).with_words(), key=key)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask_for_correction(assertion, by=request.user, text=form.cleaned_data["text"])
        messages.success(request, _("The organiser reads it and answers you."))
        return redirect(assertion)
    context = {"assertion": assertion, "form": form, "asked": assertion.correction_requests.open().first()}
    return render(request, "badges/correction_ask.html", context, status=422 if form.is_bound else 200)


@signed_in
def shown(request, key):
    """Let the holder choose who may open a badge's page, and which evidence, result and documents others see."""
    found = Assertion.objects.for_person(request.user).collected().with_words().select_related("row")
    assertion = get_object_or_404(found, key=key)
    sent = request.POST if request.method == "POST" else None
    supplements = list(assertion.supplements.standing())
    allowed = may_publish(assertion, request.user)
    form = ShownForm(sent, assertion=assertion, supplements=supplements, may_publish=allowed)
    if form.is_valid():
        show_as_chosen(assertion, form, by=request.user)
        messages.success(request, _("Others see what you chose. Download the badge again where you gave away a copy."))
        return redirect(assertion)
    context = {"assertion": assertion, "form": form, "under_age": "" if allowed else UNDER_AGE}
    return render(request, "badges/shown.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def show_as_chosen(assertion, form, *, by) -> None:
    """Do all that a form says of a badge, or nothing; while it is private nothing is signed, so it is signed once."""
    if form.is_public is False:
        hide_badge(assertion, by=by)
    if form.gives:
        show_to_others(assertion, by=by, **form.chosen())
    if form.is_public:
        publish_badge(assertion, by=by, shows_name=form.cleaned_data["shows_name"])


@signed_in
@require_POST
def publish(request, key):
    """Publish a badge, with the holder's name or without."""
    assertion = get_object_or_404(Assertion.objects.for_person(request.user), key=key)
    form = PublishForm(request.POST)
    publish_badge(assertion, by=request.user, shows_name=form.is_valid() and form.cleaned_data["shows_name"])
    messages.success(request, _("The badge is published: whoever has its link can open its page."))
    return redirect("badges:share", assertion.key)


@signed_in
@require_POST
def hide(request, key):
    """Make a badge private again."""
    assertion = get_object_or_404(Assertion.objects.for_person(request.user), key=key)
    hide_badge(assertion, by=request.user)
    messages.success(request, _("The badge is private again. Its page opens for you and those who issued it."))
    return redirect(assertion)

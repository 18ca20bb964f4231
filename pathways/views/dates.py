"""Dates of activities: for learners a place and a calendar entry, for an organiser who comes and who came."""

from datetime import timedelta

import segno
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_countries import countries

from organisers.permissions import may_run_dates
from organisers.views import organiser_seen
from pathways import calendar
from pathways.actions import cancel_registration, check_in, register, take_back_check_in
from pathways.actions.dates import IN_LINE, NO_PLACE_LEFT, check_in_code, is_code_of
from pathways.models import ActivityDate, ActivityPage, Registration
from pathways.permissions import may_change_registration, may_learn, may_run
from portal import clock
from portal.access import public, requires
from portal.asked import words_asked

OPENED_FOR = timedelta(minutes=15)  # a code that was good when it was opened, while its reader signs in


def date_seen(user, key) -> ActivityDate:
    """Fetch a date of an activity that is open for learning."""
    date = ActivityDate.objects.original(key)
    if date is None or not ActivityPage.objects.open_for_learning().filter(pk=date.page_id).exists():
        raise Http404
    return date


def may_come(date, user) -> bool:
    """Everybody who has signed in may ask for a place."""
    return may_learn(user)


def own_registration(user, key) -> Registration:
    """Fetch one's own place at a date."""
    return get_object_or_404(Registration.objects.of(user).select_related("organiser"), date_key=key)


@require_POST
@requires(may_come, of=date_seen)
def ask_for_place(request, date):
    """Ask for a place."""
    country = words_asked(request.POST, "country")
    registration = register(date, by=request.user, country=country if country in countries else "")
    if registration.is_registered:
        messages.success(request, _("You have a place."))
    else:
        messages.success(
            request, _("All places are taken. You are on the waiting list, and you are told when it is your turn.")
        )
    return redirect(registration)


@require_POST
@requires(may_change_registration, of=own_registration)
def give_place_back(request, registration):
    """Give a place back, or leave the waiting list."""
    cancel_registration(registration, by=request.user)
    messages.success(request, _("You are not on the list any more."))
    return redirect(registration)


@public
@require_safe
def calendar_file(request, key):
    """Send a date as a file for calendars."""
    date = date_seen(request.user, key)
    response = HttpResponse(calendar.file_of(date), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{date.page.slug}.ics"'
    return response


# --- checking in ------------------------------------------------------------------------------------------------------


@public
@never_cache
def check_in_here(request, key, code):
    """Check in with the code from the screen at the door; who signs in on the way has a quarter of an hour."""
    date = date_seen(request.user, key)
    name = f"check_in:{date.key}:{code}"
    if is_code_of(date, code):
        request.session[name] = clock.now().timestamp()
    opened = request.session.get(name, 0)
    if clock.now().timestamp() - opened > OPENED_FOR.total_seconds():
        return render(request, "pathways/check_in_late.html", {"date": date}, status=410)
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    [date] = ActivityDate.objects.filter(pk=date.pk).with_place().with_line(request.user)
    refusal = no_place_at(date)
    if request.method == "POST" and not refusal:
        check_in(date, request.user, by=request.user)
        del request.session[name]
        messages.success(request, _("You are checked in. Welcome!"))
        return redirect("pathways:activity", date.page.translation_key)
    status = 409 if request.method == "POST" else 200
    return render(request, "pathways/check_in.html", {"date": date, "refusal": refusal}, status=status)


def no_place_at(date) -> str:
    """Say what somebody reads at the door who has no place at a full date."""
    mine = date.mine
    if not date.is_full or (mine and (mine.is_registered or mine.is_attended)):
        return ""
    return IN_LINE if mine and mine.is_waiting else NO_PLACE_LEFT


# --- the organiser's side ---------------------------------------------------------------------------------------------


@require_safe
@requires(may_run_dates, of=organiser_seen)
def date_list(request, organiser):
    """List the dates of an organiser's activities, those to come first."""
    past = request.GET.get("show") == "past"
    dates = ActivityDate.objects.run_by(organiser)
    dates = dates.past() if past else dates.to_come()
    page = Paginator(dates, 30).get_page(request.GET.get("page"))
    figures = Registration.objects.figures([date.key for date in page.object_list])
    page.object_list = [(date, figures.get(date.key)) for date in page.object_list]
    return render(request, "pathways/date_list.html", {"organiser": organiser, "page": page, "past": past})


def date_run(user, slug, key) -> ActivityDate:
    """Fetch a date of one's organiser."""
    date = ActivityDate.objects.original(key)
    if date is None or date.page.organiser != organiser_seen(user, slug):
        raise Http404
    return date


def may_run_date(date, user) -> bool:
    """Those who run an organiser's dates run this one."""
    return may_run_dates(date.page.organiser, user)


@require_safe
@requires(may_run_date, of=date_run)
def date_detail(request, date):
    """Show who comes, who waits and who was there."""
    registrations = Registration.objects.on(date).live().select_related("person")
    facts = {
        "organiser": date.page.organiser,
        "date": date,
        "coming": registrations.coming().order_by("person__name", "pk"),
        "waiting": registrations.with_place_in_line(),
        "figures": Registration.objects.figures([date.key]).get(date.key),
    }
    return render(request, "pathways/date_detail.html", facts)


@require_safe
@never_cache
@requires(may_run_date, of=date_run)
def door(request, date):
    """Show the code of this minute, large, for a screen at the door; it draws itself anew."""
    code = check_in_code(date)
    address = f"{settings.BASE_URL}{reverse('pathways:check-in', args=[date.key, code])}"
    qr = segno.make(address, error="m", micro=False).svg_data_uri(border=2, omitsize=True)
    facts = {"organiser": date.page.organiser, "date": date, "qr": qr, "address": address}
    response = render(request, "pathways/door.html", facts)
    response["Refresh"] = "20"
    return response


def registration_run(user, slug, key, pk) -> Registration:
    """Fetch somebody's place at a date of one's organiser."""
    date = date_run(user, slug, key)
    return get_object_or_404(Registration.objects.on(date).select_related("person", "organiser"), pk=pk)


@require_POST
@requires(may_run, of=registration_run)
def tick(request, registration):
    """Note that somebody was there, or take the tick back."""
    if registration.is_attended:
        take_back_check_in(registration, by=request.user)
    else:
        date = ActivityDate.objects.original(registration.date_key)
        check_in(date, registration.person, by=request.user)
    return redirect("pathways:date", registration.organiser.slug, registration.date_key)

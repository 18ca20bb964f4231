"""Coming to a date of an activity: a place or the waiting list, moving up, and being checked in."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from organisers.permissions import may_run_dates
from pathways.actions.attempts import begin
from pathways.actions.enrolments import check_open, reward, title_for
from pathways.actions.guests import check_invited
from pathways.models import ActivityDate, ActivityPage, Registration
from pathways.workflow.attempt import WORKABLE
from portal import clock
from portal.accounts.models import Person
from portal.notifications.actions import notify
from portal.workflow import StepRefused, take

CODE_LIFE = timedelta(minutes=1)
CODES_THAT_HOLD = 2  # the one on the screen, and the one before it
IN_LINE = gettext_lazy("All places are taken, and you are on the waiting list. Ask at the door.")
NO_PLACE_LEFT = gettext_lazy("All places are taken. Ask at the door.")


@transaction.atomic
def register(date: ActivityDate, *, by: Person, country: str = "") -> Registration:
    """Ask for a place at a date: there is one, or its learner waits in line.

    Everybody who asks holds the lock of the activity for a moment, so that nobody gets a place that is taken.
    """
    check_open(date.page, by=by)
    hold(date)
    check_invited(date.page.specific, by)
    if not date.takes_registrations:
        raise StepRefused([_("Registration for this date is over.")])
    return _register(date, by, country)


def _register(date, person, country="") -> Registration:
    registration, is_new = Registration.objects.get_or_create(
        person=person,
        date_key=date.key,
        defaults={
            "activity_key": date.page.translation_key,
            "organiser": date.page.organiser,
            "begins_at": date.begins_at,
            "ends_at": date.ends_at,
            "whereabouts": date.whereabouts,
        },
    )
    if registration.is_cancelled:
        take(registration.ask_again, by=person)
        know_date(registration, date)
    elif not is_new:
        raise StepRefused([_("You are on the list for this date already.")])
    if country:
        Registration.objects.filter(pk=registration.pk).update(country=country)
    fill_places(date, besides=person)
    registration.refresh_from_db()
    return registration


def hold(date: ActivityDate) -> None:
    """Let those who come and go at the dates of one activity do so one after another."""
    Page.objects.select_for_update(no_key=True).get(pk=date.page_id)


@transaction.atomic
def fill_places(date: ActivityDate, *, besides: Person | None = None) -> list[Registration]:
    """Give the places that are free to those who wait, in order, and tell them, but not `besides`."""
    hold(date)
    registrations = Registration.objects.on(date)
    waiting = registrations.in_line().select_related("person")
    if date.capacity is not None:
        waiting = waiting[: max(0, date.capacity - registrations.coming().count())]
    moved_up = [take(one.give_place, by=None) for one in waiting]
    for one in moved_up:
        if one.person != besides:
            notify([one.person], "pathways/place_free", about=one, facts=words_of(date, one.person, room=date.room))
    return moved_up


def words_of(date: ActivityDate, person: Person, **facts) -> dict:
    """Return what a letter says of a date, in the language of its reader."""
    with translation.override(person.language), timezone.override(person.zone()):
        return {"title": title_for(person, date.page), "when": date.when, "place": date.page.whereabouts, **facts}


def know_date(registration: Registration, date: ActivityDate) -> None:
    """Note when and where a date is, which its person knows from now on."""
    Registration.objects.filter(pk=registration.pk).update(
        begins_at=date.begins_at, ends_at=date.ends_at, whereabouts=date.whereabouts
    )


@transaction.atomic
def tell_of_dates(activity: ActivityPage) -> int:
    """Tell who comes or waits of dates that moved, in time or place, or are gone; returns how many people.

    Called for the page that was written first, as often as one likes: what people know stands with their places.
    """
    Page.objects.select_for_update(no_key=True).get(pk=activity.pk)
    dates = {date.key: date for date in ActivityDate.objects.of(activity)}
    places = Registration.objects.filter(activity_key=activity.translation_key).outdated()
    told = set()
    for registration in places.select_related("person").order_by("pk"):
        date = dates.get(registration.date_key)
        known = ActivityDate(page=activity, begins_at=registration.begins_at, ends_at=registration.ends_at)
        if date is None:
            call_off(registration, known)
        else:
            know_date(registration, date)
            if registration.ends_at is None or (date.is_over and known.is_over):
                continue
            if not tell_of_move(registration, known, date):
                continue
        told.add(registration.person_id)
    return len(told)


def call_off(registration: Registration, known: ActivityDate) -> None:
    """End a place at a date that its organiser took off the page."""
    registration = take(registration.call_off, by=None)
    person = registration.person
    notify([person], "pathways/date_called_off", about=registration, facts=words_of(known, person))


def tell_of_move(registration: Registration, known: ActivityDate, date: ActivityDate) -> bool:
    """Tell somebody when and where a date was, and when and where it is now; say whether that is news to them."""
    person, has_place = registration.person, not registration.is_waiting
    is_moved = (known.begins_at, known.ends_at) != (date.begins_at, date.ends_at)
    before, now = registration.whereabouts, on_one_line(date.whereabouts, with_room=has_place)
    facts = words_of(date, person, key=str(date.key), place=now)
    if before is not None and (before := on_one_line(before, with_room=has_place)) != now:
        facts["place_before"] = before
    if is_moved:
        facts["before"] = words_of(known, person)["when"]
    elif "place_before" not in facts:
        return False
    notify([person], "pathways/date_moved" if is_moved else "pathways/place_moved", about=registration, facts=facts)
    return True


def on_one_line(whereabouts: str, *, with_room: bool) -> str:
    """Return the lines that there are of a place one after the other; who waits is not told the room or link."""
    lines = whereabouts.split("\n")
    return ", ".join(filter(None, lines if with_room else lines[:-1]))


@transaction.atomic
def cancel_registration(registration: Registration, *, by: Person) -> Registration:
    """Give a place back, or leave the line; the first who waits moves up."""
    date = ActivityDate.objects.original(registration.date_key)
    if date:
        hold(date)
    registration = take(registration.cancel, by=by)
    if date and not date.is_over:
        fill_places(date)
    return registration


# --- being there ------------------------------------------------------------------------------------------------------


def check_in_code(date: ActivityDate, at: datetime | None = None) -> str:
    """Return the code that stands on the screen at the door in a minute."""
    minute = int((at or clock.now()).timestamp() // CODE_LIFE.total_seconds())
    return salted_hmac("pathways.check_in", f"{date.key}:{minute}", algorithm="sha256").hexdigest()[:16]


def is_code_of(date: ActivityDate, code: str) -> bool:
    """Say whether a code was on the screen just now."""
    now = clock.now()
    return any(constant_time_compare(code, check_in_code(date, now - n * CODE_LIFE)) for n in range(CODES_THAT_HOLD))


@transaction.atomic
def check_in(date: ActivityDate, person: Person, *, by: Person) -> Registration:
    """Note that somebody is there; whoever comes unasked takes a free place first.

    `by` is the person, whose code the caller has checked, or somebody who runs the date.
    """
    hold(date)
    if by != person and not may_run_dates(date.page.organiser, by):
        raise PermissionDenied
    if not date.takes_check_ins:
        raise StepRefused([_("One can check in from two hours before the date until six hours after it.")])
    registration = Registration.objects.on(date).of(person).first()
    if registration is None or registration.is_cancelled:
        registration = _register(date, person)
        if registration.is_waiting and by == person:
            raise StepRefused([NO_PLACE_LEFT])
    if registration.is_attended:
        return registration
    if registration.is_waiting and by == person:
        raise StepRefused([IN_LINE])
    registration = take(registration.check_in, by=by)
    pass_for_presence(date, registration, by=by)
    return registration


def pass_for_presence(date: ActivityDate, registration: Registration, *, by: Person) -> None:
    """Pass the activity when being there is what counts, and its learner was at as many dates as it asks for."""
    activity = date.page.specific
    if not activity.is_judged_by_presence:
        return
    keys = set(activity.dates.values_list("key", flat=True))
    there = Registration.objects.of(registration.person).attended().filter(date_key__in=keys).count()
    if there < min(activity.dates_needed, len(keys)):
        return
    attempt = begin(activity, by=registration.person, is_there=True)
    if attempt.state in WORKABLE:
        reward(take(attempt.attest, by=by, badge_class=activity.badge_class))


@transaction.atomic
def take_back_check_in(registration: Registration, *, by: Person) -> Registration:
    """Undo a tick that was set by mistake; what was earned by it stays, for a badge is revoked by its issuer alone."""
    return take(registration.take_back_check_in, by=by)

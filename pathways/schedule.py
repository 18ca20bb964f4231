"""What the clock does for learning."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from organisers.models import Organiser
from pathways.actions import (
    award_badge_of,
    complete_playlists_of,
    drop_outdated_page_roles,
    ensure_section,
    fill_places,
    follow_original,
    sync_authors,
    sync_page_authors,
    tell_of_dates,
    tell_of_questions,
)
from pathways.actions.attempts import reviewers_at
from pathways.actions.enrolments import title_to_each
from pathways.actions.leaving import clear_left, follow_idle
from pathways.actions.plans import remind_of_plan
from pathways.actions.renewals import ending_soon, remind_of_end
from pathways.models import (
    ActionPlan,
    ActivityDate,
    ActivityPage,
    Attempt,
    Complaint,
    Enrolment,
    PageRole,
    PeerReview,
    PlaylistPage,
    Question,
    Registration,
    SectionPage,
    lay_routes,
)
from pathways.models.enrolment import REMIND_IDLE_AFTER
from portal import clock
from portal.notifications.actions import notify
from portal.schedule import every
from portal.workflow import do_all, take

REST = timedelta(hours=23)  # between two reminders of one organiser


@every(seconds=10)
def follow_organisers():
    """Make missing sections, and make the members of the author groups those who are authors today."""
    for organiser in SectionPage.objects.missing_organisers():
        ensure_section(organiser)
    sync_authors()
    sync_page_authors()


@every(seconds=60)
def award_due_badges():
    """Award what was earned while its badge could not be awarded."""
    do_all(*((due_earnings(kind), transaction.atomic(award_badge_of)) for kind in (Attempt, Enrolment)))


def due_earnings(kind):
    """Return what was done or completed, one of both, and still lacks its badge; the oldest first."""
    return kind.objects.badge_due().select_related("person", "badge_class__organiser").order_by("pk")


@every(seconds=300)
def complete_met_playlists():
    """Complete the playlists whose rule is met because their author changed it."""
    for key in Enrolment.objects.under_way().values_list("playlist_key", flat=True).distinct():
        playlist = PlaylistPage.objects.original(key)
        if playlist is None:
            continue
        route = lay_routes([playlist], locale=playlist.locale)[0]
        passed = Attempt.objects.passed_by_person([step.key for step in route.steps])
        for enrolment in Enrolment.objects.under_way().on([playlist]).select_related("person"):
            if enrolment.kept or route.is_met(passed.get(enrolment.person_id, set())):
                complete_playlists_of(enrolment.person, keys=[key])


@every(seconds=60)
def fill_free_places():
    """Give places that became free otherwise, by more room or by a person who left, to those who wait."""
    for key in Registration.objects.in_line().order_by().values_list("date_key", flat=True).distinct():
        date = ActivityDate.objects.original(key)
        if date and not date.is_over:
            fill_places(date)


@every(seconds=60)
def tell_of_changed_dates():
    """Tell who comes of dates that changed otherwise than in the editor, such as by a plan to publish."""
    for key in Registration.objects.outdated().order_by().values_list("activity_key", flat=True).distinct():
        if activity := ActivityPage.objects.original(key):
            follow_original(activity)
            tell_of_dates(activity)


@every(seconds=600)
def end_looks():
    """Free what nobody looked at in time, and hand to reviewers what learners did not judge by the promised day."""
    overdue = Attempt.objects.with_peers().overdue()
    do_all(
        (PeerReview.objects.run_out(), lambda look: take(look.run_out, by=None)),
        (overdue, lambda attempt: take(attempt.hand_to_reviewers, by=None)),
    )


@every(seconds=3600)
def remind_of_late_complaints():
    """Remind those who hear complaints, once a day, of what waits for longer than was promised."""
    for complaint in Complaint.objects.late().select_related("attempt__organiser"):
        facts = title_to_each(ActivityPage.objects.as_written(complaint.attempt.activity_key))
        notify(complaint.hearers(), "pathways/complaint_late", about=complaint, facts=facts, rest=REST)


@every(seconds=86400)
def follow_learners_away():
    """Clear what was left a month ago, remind and take off who does nothing, and tell whose badge ends."""
    idle = PlaylistPage.objects.live().filter(takes_off_idle=True)
    under_way = Enrolment.objects.under_way().filter(
        playlist_key__in=idle.values("translation_key"),
        joined_at__lte=clock.months_later(clock.now(), -REMIND_IDLE_AFTER[0]),
    )
    do_all(
        (Enrolment.objects.to_clear().select_related("person"), clear_left),
        (under_way.select_related("person"), follow_idle),
        (ending_soon(), remind_of_end),
    )


@every(seconds=86400)
def follow_page_roles():
    """Drop the roles for single pages that were not taken on in time, or whose page is gone."""
    drop_outdated_page_roles()


@every(seconds=3600)
def remind_of_plans():
    """Remind those who asked for it of what they planned after an event."""
    do_all((ActionPlan.objects.to_remind().select_related("person"), remind_of_plan))


@every(seconds=3600)
def remind_of_late_reviews():
    """Remind reviewers once a day, after eight, where learners wait for longer than they were promised."""
    late = Attempt.objects.late()
    for organiser in Organiser.objects.filter(pk__in=late.values("organiser")):
        here = late.filter(organiser=organiser)
        told = reviewers_at(organiser)
        remind_of_late(here, told, organiser, reverse("pathways:review-list", args=[organiser.slug]))
        lent = PageRole.objects.people_at(organiser, PageRole.Role.REVIEWER).exclude(pk__in=told.values("pk"))
        for person in lent:
            remind_of_late(here.lent_to(person), [person], organiser, reverse("pathways:work-to-judge"))


def remind_of_late(attempts, people, organiser: Organiser, link: str) -> None:
    """Tell reviewers how many learners wait for too long, if any does."""
    if number := attempts.count():
        facts = {"organiser": organiser.name, "number": number, "link": link}
        notify(people, "pathways/reviews_late", about=organiser, facts=facts, rest=REST)


@every(seconds=3600)
def tell_of_new_questions():
    """Tell those who answer of new questions, once a day."""
    asked = Organiser.objects.filter(pk__in=Question.objects.untold().order_by().values("organiser"))
    do_all((asked, tell_of_questions))

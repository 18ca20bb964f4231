"""What happened in the demo before today: learners on their way, evidence waiting, badges collected."""

import random
from datetime import timedelta

from django.conf import settings

from badges.actions import Recipient, award, collect_badge, decline_badge
from badges.actions.codes import ask_with_code, make_codes, prove_use
from badges.actions.showing import publish_badge
from badges.models import Assertion, BadgeClass
from cms.demo.data import STAFF, email_of
from cms.demo.organisations import fresh
from organisers.models import Organiser
from pathways.actions import (
    answer_question,
    answer_quiz,
    ask_question,
    check_in,
    confirm_activity,
    hand_in,
    join_playlist,
    judge_attempt,
    publish_question,
    register,
)
from pathways.models import ActivityDate, ActivityPage, Attempt, PlaylistPage, date_ahead
from portal import clock, schedule
from portal.accounts.models import Person
from reports.actions import report_page, take_up_report
from reports.subjects import subject_at

WEEKS = 9
COMING, WAITING = 5, 3  # people at a date, and in line where all places are taken
FEEDBACK = "Clear and complete: every line of the checklist can be seen in what you handed in. Well done."
RETURNED = "A good start. Please add how you checked it, and say what you would do differently next time."


def build_history() -> None:
    """Let learners join, work, hand in and collect over the past weeks, each week carried out by the clock."""
    rng = random.Random(20261121)  # noqa: S311 the demo is the same each time
    learners = list(Person.objects.filter(email__startswith="learner").order_by("email"))
    playlists = list(
        PlaylistPage.objects.live()
        .filter(locale__language_code=settings.LANGUAGE_CODE)
        .exclude(organiser__is_network=True)
        .order_by("pk")
    )
    paths = {learner.pk: rng.sample(playlists, 2) for learner in learners}
    for week in range(WEEKS, 0, -1):
        with clock.moved_to(-timedelta(days=7 * week - 2)):
            for learner in learners:
                if rng.random() < 0.6:
                    take_a_step(learner, paths[learner.pk][week % 2], rng)
            judge_what_waits(rng, leave=1 if week == 1 else 0)
            schedule.drain()
            collect_some(rng)
    award_by_hand()
    hand_out_codes()
    for date in ActivityDate.objects.filter(page__locale__language_code=settings.LANGUAGE_CODE).order_by("begins_at"):
        fill_date(date, learners)
    report_pages(learners, playlists)
    ask_some(learners)
    schedule.drain()


def report_pages(learners: list[Person], playlists: list[PlaylistPage]) -> None:
    """Let two learners report a page; the network looks at one."""
    barrier, wrong = [
        "The pictures of the second step have no words, so that my screen reader says nothing there.",
        "The opening hours of the workshop are those of last year. We stood before a closed door.",
    ]
    report_page(
        subject_at(playlists[0].get_url_parts()[2], learners[0]), reason="barrier", words=barrier, by=learners[0]
    )
    with clock.moved_to(-timedelta(days=2)):
        subject = subject_at(playlists[1].get_url_parts()[2], learners[1])
        report = report_page(subject, reason="wrong", words=wrong, by=learners[1])
        take_up_report(report, by=Person.objects.get(email=email_of("Petra N.")))


def ask_some(learners: list[Person]) -> None:
    """Let learners ask an organiser: one question waits, one is answered and on its page."""
    page = PlaylistPage.objects.live().of(Organiser.objects.get(slug="neris-makers")).order_by("pk").first()
    owner = page.organiser.memberships.owners().first().person
    with clock.moved_to(-timedelta(days=6)):
        first = ask_question(page, by=learners[1], text="I have never held a soldering iron. Is that a problem?")
    answer = "Not at all: somebody shows you how, and the first evening begins with it."
    with clock.moved_to(-timedelta(days=5)):
        first = answer_question(first, by=owner, answer=answer)
        publish_question(first, by=owner, text="I have never held a soldering iron. Is that a problem?", answer=answer)
    with clock.moved_to(-timedelta(days=1)):
        ask_question(page, by=learners[1], text="May I bring my brother? He is sixteen and mends everything at home.")


def fill_date(date: ActivityDate, learners: list[Person]) -> None:
    """Let learners register some days before; of a date that is over, most of them were there."""
    asked_on = min(clock.now(), date.begins_at - timedelta(days=4))
    coming = [learner for learner in learners if learner.pk % 3][: WAITING + (date.capacity or COMING)]
    with clock.moved_to(asked_on):
        for learner in coming:
            register(date, by=learner, country=str(learner.country))
    if date.is_over:
        staff = date.page.organiser.memberships.owners().first().person
        with clock.moved_to(date.begins_at):
            for learner in coming[1 : date.capacity]:
                check_in(date, learner, by=staff)


def take_a_step(learner: Person, playlist: PlaylistPage, rng) -> None:
    """Do the next activity of a playlist that is open to the learner."""
    join_playlist(playlist, by=learner)
    done = set(Attempt.objects.filter(person=learner).exclude(state="returned").values_list("activity_key", flat=True))
    for step in playlist.live_steps():
        activity = step.activity
        if activity.translation_key in done:
            continue
        if activity.is_judged_by_quiz:
            answer_quiz(activity, {one.id: one.right_answer() for one in activity.questions()}, by=learner)
        elif activity.is_judged_by_reviewer:
            hand_in(
                activity,
                by=learner,
                text=rng.choice(REPORTS),
                link=rng.choice(["", "https://example.org/notes"]),
                file=None,
            )
        elif date_ahead(ActivityDate.objects.of(activity).with_line(learner)):
            continue
        else:
            confirm_activity(activity, by=learner)
        return


def judge_what_waits(rng, *, leave: int) -> None:
    """Let each organiser's reviewer answer what waits, leaving some in the queue."""
    for organiser in Organiser.objects.all():
        names = [name for name, org, roles, *_ in STAFF if org == organiser.slug and {"reviewer", "owner"} & set(roles)]
        if not names:
            continue
        reviewer = fresh(Person.objects.get(email=email_of(names[-1])))
        waiting = list(Attempt.objects.waiting_for(organiser))
        for attempt in waiting[: len(waiting) - leave]:
            accept = rng.random() < 0.8
            lines = list(ActivityPage.objects.original(attempt.activity_key).lines())
            judge_attempt(
                attempt,
                by=reviewer,
                accept=accept,
                feedback=FEEDBACK if accept else RETURNED,
                checklist=lines if accept else lines[:-1],
            )


def collect_some(rng) -> None:
    """Let most learners collect what waits for them; a few turn it down or leave it."""
    for assertion in Assertion.objects.out().waiting().filter(email__startswith="learner"):
        person = Person.objects.filter(emailaddress__email=assertion.email, emailaddress__verified=True).first()
        chance = rng.random()
        if person and chance < 0.75:
            badge = collect_badge(assertion, by=person)
            if person.is_of_age and rng.random() < 0.3:
                publish_badge(badge, by=person, shows_name=rng.random() < 0.5)
        elif person and chance > 0.97:
            decline_badge(assertion, by=person)


def award_by_hand() -> None:
    """Let an issuer award one badge to somebody who has no account yet."""
    organiser = Organiser.objects.get(slug="neris-makers")
    owner = fresh(organiser.memberships.owners().first().person)
    playlist = PlaylistPage.objects.filter(slug="repair-it", locale__language_code=settings.LANGUAGE_CODE).get()
    with clock.moved_to(-timedelta(days=3)):
        award(
            playlist.badge_class,
            [
                Recipient(
                    "visitor@example.org", "Dovilė Ąžuolaitė", narrative="Ran the repair table at the autumn fair."
                )
            ],
            by=owner,
            once_key="demo:visitor",
            language="lt",
        )
        schedule.drain()
    with clock.moved_to(-timedelta(days=3) + timedelta(minutes=15)):
        schedule.drain()


def hand_out_codes() -> None:
    """Let an issuer put a code on a poster for a fair, where people wait for an answer, and cards into a school."""
    organiser = Organiser.objects.get(slug="neris-makers")
    owner = fresh(organiser.memberships.owners().first().person)
    badge = BadgeClass.objects.of(organiser).published().first()
    until = clock.now() + timedelta(days=60)
    fair = make_codes(
        badge, by=owner, title="Repair fair, Lukiškės square", number=1, uses=300, valid_until=until,
        needs_approval=True,
    )  # fmt: skip
    cards = make_codes(badge, by=owner, title="Ąžuolynas school, workshop day", number=24, uses=1, valid_until=until)
    for name, email in VISITORS:
        prove_use(ask_with_code(fair.codes.first(), email=email, name=name), by=None, name=name)
    ask_with_code(cards.codes.first(), email="ona.k@example.org", name="Ona Kairytė")


VISITORS = [
    ("Kęstutis Žilinskas", "kestutis.z@example.org"),
    ("Marija Kovačević", "marija.k@example.org"),
    ("Ștefan Țurcanu", "stefan.t@example.org"),
]
REPORTS = [
    "I worked through the steps with a friend, wrote down what we saw and compared it with the checklist. "
    "The second try went much better than the first.",
    "Here are my notes: what I planned, what happened, and the two things that surprised me. "
    "I attached the numbers in the linked sheet.",
    "We did it on Saturday with four people. I explained the rules, kept the time and asked each of them what they "
    "would change. Their answers are at the end.",
]

"""The Quality Label in the demo: six applications, each somewhere else on its way, and a draft.

Everything is done by the people of the story, with the actions of the product, on the days on which it happened.
"""

from collections.abc import Callable
from datetime import timedelta

from badges.actions import Recipient, award
from badges.models import BadgeClass
from cms.demo.data import email_of
from cms.demo.label_texts import (
    ACHIEVED,
    AREAS,
    CHANGED,
    CONTEXT,
    EVIDENCE,
    LEVELS,
    LOOKED_AT,
    NOT_ALL,
    OVERLOOKED,
    PLAN,
    POINTS,
    QUESTIONS,
    TALKED,
    WISHES,
)
from cms.demo.organisations import fresh
from organisers.models import City, Organiser
from pathways.models import PlaylistPage
from portal import clock, schedule
from portal.accounts.models import Person
from quality_label.actions.appeal import (
    admit_appeal,
    answer_comment,
    comment_on_appeal,
    declare_for_appeal,
    lodge_appeal,
    take_up_appeal,
)
from quality_label.actions.application import save_answer, start_application
from quality_label.actions.clarification import (
    add_question,
    gather_questions,
    have_no_more_questions,
    send_questions,
)
from quality_label.actions.committee import write_term
from quality_label.actions.consensus import save_level
from quality_label.actions.decision import CHECKS, cast_vote, declare_for_panel, record_decision
from quality_label.actions.eligibility import find_eligible, take_up_application
from quality_label.actions.evidence import attach_evidence
from quality_label.actions.experts import save_profile
from quality_label.actions.report import drafted, finish_consensus, save_report
from quality_label.actions.reviews import lock_review, save_rating, save_remarks
from quality_label.actions.submission import submit_application
from quality_label.actions.team import accept_place, invite_team, places_to_fill
from quality_label.conflicts import QUESTIONS as TIES
from quality_label.models import Application, Assignment

COORDINATOR, LEAD, ASSESSORS = "Petra N.", "Kadri T.", ["Maria A.", "Tomáš B."]
PANEL = ["Luca D.", "Seán O.", "Elena R."]
COMMITTEE = ["Luca D.", "Seán O.", "Elena R.", "Ingrid L."]
READS = {
    "Kadri T.": ["en", "lt"], "Maria A.": ["en", "es", "it"], "Ingrid L.": ["en", "nl"],
    "Anneli K.": ["en"], "Pavlos G.": ["en"], "Jelena M.": ["en"], "Bram V.": ["en", "nl"], "Sofia R.": ["en"],
    "Tomáš B.": ["en", "lt", "pl", "sl"], "Seán O.": ["en"],
    "Elena R.": ["en", "ro", "it"], "Petra N.": ["en", "sl", "sr"], "Luca D.": ["en", "it"],
}  # fmt: skip
EXPERTS_AT = {
    "Kadri T.": ("Tartu", "EE"), "Maria A.": ("Porto", "PT"), "Ingrid L.": ("Oslo", "NO"), "Tomáš B.": ("Brno", "CZ"),
    "Anneli K.": ("Tampere", "FI"), "Pavlos G.": ("Patras", "GR"), "Jelena M.": ("Rijeka", "HR"),
    "Bram V.": ("Leuven", "BE"), "Sofia R.": ("Larnaca", "CY"),
    "Seán O.": ("Cork", "IE"), "Elena R.": ("Iași", "RO"),
}  # fmt: skip
APPLICANTS = ["neris-makers", "laguna-aperta", "dunavska-ucionica", "groene-fietsacademie", "taller-mar-oberta"]
FIRST_AWARDS, TRAINED = {"neris-makers": 700}, 540  # days ago
RECIPIENTS = 16


def ago(days: float):
    """Move the clock so many days back."""
    return clock.moved_to(-timedelta(days=days))


def person(name: str) -> Person:
    """Return somebody of the demo as read anew."""
    return fresh(Person.objects.get(email=email_of(name)))


def owner_of(organiser: Organiser) -> Person:
    """Return who owns an organiser, as read anew."""
    return fresh(organiser.memberships.owners().select_related("person").first().person)


# --- what comes before an application -------------------------------------------------------------------------------


def build_experts() -> None:
    """Let the experts say what they read, and the network elect a committee."""
    admin = person("Hanna W.")
    with ago(710):
        for name, languages in READS.items():
            place, country = EXPERTS_AT.get(name, (None, None))
            slug = (place or "").lower().replace("ș", "s")
            city = (
                City.objects.get_or_create(slug=slug, defaults={"name": place, "country": country})[0]
                if place
                else None
            )
            save_profile(person(name), by=person(name), languages=languages, city=city)
        for name in COMMITTEE:
            write_term(
                person=person(name),
                starts_on=clock.today(),
                ends_on=clock.today() + timedelta(days=4 * 365),
                is_from_coordinating_organisation=name == COMMITTEE[0],
                by=admin,
            )


def training_badge() -> BadgeClass:
    """Return the badge at the end of the training for badge issuers."""
    return PlaylistPage.objects.filter(slug="training").first().badge_class


def build_issuing() -> None:
    """Let the applicants have issued badges for long enough, and one person of each be trained."""
    for slug in APPLICANTS:
        organiser = Organiser.objects.get(slug=slug)
        with ago(FIRST_AWARDS.get(slug, 350)):
            award_to_many(organiser)
            schedule.drain()
        with ago(FIRST_AWARDS.get(slug, 350) - 1):
            schedule.drain()
    network = Organiser.objects.get(is_network=True)
    trained = [Recipient(owner_of(Organiser.objects.get(slug=slug)).email, "") for slug in APPLICANTS]
    trained = [Recipient(one.email, Person.objects.get(email=one.email).name) for one in trained]
    with ago(TRAINED):
        award(training_badge(), trained, by=owner_of(network), once_key="demo:trained", language="en")
        schedule.drain()
    with ago(TRAINED - 1):
        schedule.drain()


def award_to_many(organiser: Organiser) -> None:
    """Award three badges to sixteen people, some of them several."""
    badges = list(BadgeClass.objects.of(organiser).published().order_by("pk")[:3])
    for place, badge in enumerate(badges):
        people = [number for number in range(RECIPIENTS) if place == 0 or number % (place + 1) == 0]
        award(
            badge,
            [Recipient(f"{organiser.slug}.{number + 1:02}@example.org", NAMES[number]) for number in people],
            by=owner_of(organiser),
            once_key=f"demo:{organiser.slug}:{place}",
            language="en",
        )


NAMES = [
    "Aldona Vaitkutė", "Benas Stulpinas", "Celia Ferrer", "Dragan Ilić", "Elza Ozola", "Filip Horvat", "Greta Lombardi",
    "Hugo Mulder", "Irina Popa", "Jurij Novak", "Katarzyna Mazur", "Luka Vidmar", "Marta Serra", "Nikola Pavić",
    "Oana Stoica", "Piotr Zając",
]  # fmt: skip


# --- the path of one application ------------------------------------------------------------------------------------


def applied(slug: str, *, days_ago: int, explained: str = "") -> Application:
    """Let an owner write an application over two weeks and hand it in, with few awards where that is explained."""
    organiser = Organiser.objects.get(slug=slug)
    with ago(days_ago + 14):
        application = start_application(organiser, by=owner_of(organiser))
    with ago(days_ago + 1):
        fill_in(application)
        if explained:
            write(application, "gate:G4", {"words": explained})
    with ago(days_ago):
        owner = owner_of(organiser)
        return submit_application(application, by=owner, confirmed_name=owner.name)


def fill_in(application: Application, *, only: int | None = None) -> None:
    """Write every section of an application, or only so many criteria of it."""
    owner = owner_of(application.organiser)
    levels = LEVELS[application.organiser.slug][0]
    criteria = list(application.rules.criteria.values())[:only]
    for number, (title, codes, path) in enumerate(EVIDENCE, 1):
        if only is None or number == 1:
            attach_evidence(
                application,
                by=owner,
                kind="link",
                title=title,
                url=f"{application.organiser.website}/{path}",
                dated_on=clock.today() - timedelta(days=30 * number),
                criteria=codes,
                is_free_of_personal_data=True,
                seen_on=clock.today(),
            )
    for criterion, level in zip(criteria, levels, strict=False):
        write(application, f"criterion:{criterion.code}", {"level": level, "reason": reason_for(criterion, level)})
    if only is None:
        badges = BadgeClass.objects.of(application.organiser).published().order_by("pk")[:2]
        write(application, "badges", {"chosen": [{"badge": str(one.key), "reason": CHOSEN} for one in badges]})
        signed = {"name": owner.name, "role": "Chair", "email": owner.email, "is_entitled": True, "is_committed": True}
        write(application, "signatory", signed)
        if application.renews:
            write(application, "changes", {"changed": CHANGED, "achieved": ACHIEVED})
        write(application, "context", CONTEXT)
        write(application, "strengths", POINTS)
        write(
            application, "plan", {"rows": [row | {"date": next_year(row["date"]), "owner": owner.name} for row in PLAN]}
        )
        write(application, "conflicts", {"knows_nobody": True})
        write(application, "consent", {"sampling": True, "publication": True, "retention": True})


CHOSEN = "It is the badge that most learners earn here, and the one that we changed most after talking to them."


def reason_for(criterion, level: int) -> str:
    """Say why a level was chosen: what the criterion says of it is what was seen."""
    return f"What the file shows: {criterion.anchors[level]}"


def next_year(month_and_day: str) -> str:
    """Return a day of next year."""
    return f"{clock.today().year + 1}-{month_and_day}"


def write(application: Application, place: str, content: dict) -> None:
    """Write at one place of an application."""
    save_answer(application, place, content, by=owner_of(application.organiser), seen=0)


def without_ties() -> dict:
    """Return the eight answers of somebody who has nothing to do with an applicant."""
    return {code: {"yes": False, "words": ""} for code in TIES}


def in_review(application: Application, *, days_ago: int) -> Application:
    """Let a coordinator check an application and find a team, which accepts."""
    coordinator = person(COORDINATOR)
    with ago(days_ago - 3):
        take_up_application(application, without_ties(), by=coordinator)
        application.refresh_from_db()
        find_eligible(application, gates=[gate.code for gate in application.rules.gates], by=coordinator)
    with ago(days_ago - 5):
        application.refresh_from_db()
        roles, assessors = places_to_fill(application), iter(ASSESSORS)
        people = [person(LEAD) if role == Assignment.Role.LEAD else person(next(assessors)) for role in roles]
        invite_team(application, people, by=coordinator)
    with ago(days_ago - 6):
        for place in application.assignments.invited():
            accept_place(place, without_ties(), by=fresh(place.person))
    application.refresh_from_db()
    return application


def reviewed(application: Application, *, days_ago: float, share: int | None = None) -> Application:
    """Let both assessors write their reviews and hand them in, or write a part of them."""
    criteria = list(application.rules.criteria.values())[:share]
    for number, name in enumerate(ASSESSORS):
        assessor = person(name)
        with ago(days_ago + (1 - number)):
            place = application.assignments.reviews().get(person=assessor)
            levels = LEVELS[application.organiser.slug][number]
            for criterion, level in zip(criteria, levels, strict=False):
                facts = {"level": level, "reason": reason_for(criterion, level), "evidence": ["s1", "e1"]}
                save_rating(place, criterion.code, facts, by=assessor, seen=0)
            if share is None:
                save_remarks(place, {"strengths": POINTS["strengths"][0], "advice": WISHES[0]}, by=assessor, seen=0)
                lock_review(place, by=assessor, has_no_conflict=True)
    application.refresh_from_db()
    return application


def finished(application: Application, *, days_ago: int, conditions=()) -> Application:
    """Let the lead talk with both, write the report and hand the case to the panel."""
    lead = person(LEAD)
    with ago(days_ago):
        for row in application.consensus.filter(reason="", does_not_apply=False):
            level = TALKED[application.organiser.slug][row.code] if row.level is None else row.level
            facts = {"level": level, "reason": "We looked at the file together."}
            save_level(application, row.code, facts, by=lead, seen=row.version)
        report = drafted(application)
        facts = {
            "areas": {area.code: AREAS[area.code] for area in application.rules.areas},
            "strengths": POINTS["strengths"][0],
            "recommendations": [] if conditions else WISHES,
            "outcome": report.outcome,
            "departure_reason": "",
            "call_held_on": clock.today(),
        }
        save_report(application, facts, list(conditions), by=lead, seen=report.version)
        return finish_consensus(application, by=lead)


def decided(application: Application, *, days_ago: int, outcome: str, conditions=()) -> Application:
    """Let the panel vote, and the coordinator write the decision down."""
    with ago(days_ago + 2):
        for name in PANEL:
            member = person(name)
            seat = application.seats.get(person=member)
            declare_for_panel(seat, has_conflict=False, by=member)
            cast_vote(seat, vote=outcome, words="I agree with the report of the team.", by=member)
    with ago(days_ago):
        application.refresh_from_db()
        record_decision(
            application,
            outcome=outcome,
            checks=list(CHECKS),
            conditions=list(conditions),
            recommendations=WISHES,
            by=person(COORDINATOR),
        )
    schedule.drain()
    application.refresh_from_db()
    return application


# --- the seven stories ----------------------------------------------------------------------------------------------


def holds_the_label() -> None:
    """Neris Makers' Guild: awarded 14 months ago."""
    application = reviewed(in_review(applied("neris-makers", days_ago=510), days_ago=510), days_ago=480)
    decided(finished(application, days_ago=460), days_ago=425, outcome="awarded")


def was_not_awarded() -> None:
    """Laguna Aperta: not yet issued, 50 days ago."""
    application = reviewed(in_review(applied("laguna-aperta", days_ago=138), days_ago=138), days_ago=100)
    decided(finished(application, days_ago=90), days_ago=50, outcome="not_awarded")
    appeals(application)


def appeals(application: Application) -> None:
    """Let an applicant appeal 22 days ago; the panel declared to be free, and reads."""
    admin = person("Hanna W.")
    with ago(22):
        owner = owner_of(application.organiser)
        appeal = lodge_appeal(application, subject="not_awarded", grounds=["overlooked"], words=OVERLOOKED, by=owner)
    with ago(20):
        appeal = admit_appeal(take_up_appeal(appeal, by=admin), by=admin)
    with ago(17):
        appeal = comment_on_appeal(appeal, words=LOOKED_AT, by=person(LEAD))
        for seat in appeal.seats.select_related("person"):
            declare_for_appeal(seat, has_conflict=False, by=fresh(seat.person))
    with ago(12):
        answer_comment(appeal, words=NOT_ALL, by=owner)
    schedule.drain()


def holds_it_with_conditions() -> None:
    """Dunavska Učionica: awarded with two conditions 40 days ago."""
    application = reviewed(in_review(applied("dunavska-ucionica", days_ago=128), days_ago=128), days_ago=90)
    today = clock.today()
    conditions = [
        {"code": "B3", "level": 3, "evidence": PREPARED, "due_on": today + timedelta(days=50)},
        {"code": "F3", "level": 3, "evidence": COMPLETE, "due_on": today + timedelta(days=20)},
    ]
    ready = finished(application, days_ago=80, conditions=conditions)
    decided(ready, days_ago=40, outcome="awarded_conditions", conditions=conditions)


PREPARED = "A rule that nobody judges their own work, and how those who judge are prepared."
COMPLETE = "Three complete actions: gap, action, owner, date and sign of success, agreed by the management."


def disagrees() -> None:
    """De Groene Fietsacademie: two reviews nearly 29 points apart; the consensus is late."""
    reviewed(in_review(applied("groene-fietsacademie", days_ago=61), days_ago=61), days_ago=6)


def is_asked() -> None:
    """Taller Mar Oberta: two questions are open, the days stand still since the 38th."""
    application = reviewed(in_review(applied("taller-mar-oberta", days_ago=43), days_ago=43), days_ago=14, share=12)
    lead = person(LEAD)
    with ago(8):
        gather_questions(application, by=lead)
        for code, words in QUESTIONS.items():
            add_question(application, code=code, words=words, by=lead)
        for place in application.assignments.reviews():
            have_no_more_questions(place, by=fresh(place.person))
    with ago(5):
        send_questions(application, by=lead)


def is_writing() -> None:
    """Zmajska Delavnica: a draft with nine of 25 criteria."""
    organiser = Organiser.objects.get(slug="zmajska-delavnica")
    with ago(9):
        application = start_application(organiser, by=owner_of(organiser))
    with ago(3):
        fill_in(application, only=9)


def asks_anew() -> None:
    """Neris Makers' Guild again, with badges of a new season: handed in three days ago, and nobody took it up yet."""
    applied("neris-makers", days_ago=3, explained=FEW)


FEW = "Few came to the workshop in winter; the summer camp begins in June."

STORIES: list[Callable[[], None]] = [
    holds_the_label,
    was_not_awarded,
    holds_it_with_conditions,
    disagrees,
    is_asked,
    is_writing,
    asks_anew,
]


def build_applications() -> None:
    """Carry every story out up to today."""
    build_experts()
    for story in STORIES:
        story()
    schedule.drain()

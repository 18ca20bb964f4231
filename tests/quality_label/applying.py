"""An organiser that can apply, and an application that can be handed in."""

from datetime import timedelta

from badges.actions import Recipient, award
from badges.models import Assertion
from portal import clock
from portal.notifications.models import Notification
from quality_label.actions import attach_evidence, save_answer, start_application
from quality_label.actions.days import deadline, stop_days
from quality_label.models import TrainingBadge
from quality_label.sections import SHAPES
from tests.factories.badges import carry_out, published_badge
from tests.factories.label import ApplicationFactory, framework_in_force
from tests.factories.organisers import OrganiserFactory, owner_of

REASON = "We write down for each award who judged it and by which standard."
ACTION = {
    "criterion": "F3", "gap": "No yearly talk.", "action": "Hold one.", "owner": "Ruta K.", "date": "2099-05-01",
    "sign": "Minutes.",
}  # fmt: skip


def award_long_ago(badge, emails, days):
    """Award a badge some days ago; it is out at once."""
    with clock.moved_to(timedelta(days=-days)):
        people = [Recipient(email, email) for email in emails]
        award(badge, people, by=None, source="playlist", once_key=f"{badge.pk}-{days}")
        carry_out()
    return Assertion.objects.filter(badge_class=badge)


def able_organiser(owner=None):
    """Return an organiser for which every gate that the portal looks at is open."""
    network = OrganiserFactory(verified=True, is_network=True)
    organiser = OrganiserFactory(verified=True, owner=owner, privacy_url="https://organiser.example.org/privacy")
    person = owner_of(organiser)
    type(organiser).objects.filter(pk=organiser.pk).update(contact_email=person.email)
    training = published_badge(network, name="Trained issuer")
    TrainingBadge.objects.create(badge_class=training)
    award_long_ago(training, [person.email], 100)
    for number in range(3):
        badge = published_badge(organiser, name=f"Badge {number}")
        award_long_ago(badge, [f"learner{number}{n}@example.org" for n in range(2)], 250)
        award_long_ago(badge, [f"late{number}{n}@example.org" for n in range(6)], 30)
    organiser.refresh_from_db()
    return organiser


def contents(application, badges) -> dict:
    """Return what fills every place of an application."""
    person = owner_of(application.organiser)
    filled = {
        "signatory": {
            "name": "Ruta Kazlauskė", "role": "director", "email": person.email, "is_entitled": True,
            "is_committed": True,
        },
        "context": {
            "learners": "Adults", "languages": "lt, en", "numbers": "3 and 24", "minors": "no", "partners": "A library",
        },
        "badges": {"chosen": [{"badge": key, "reason": "It is typical."} for key in badges[:2]]},
        "strengths": {"strengths": ["a", "b", "c"], "gaps": ["d", "e", "f"]},
        "plan": {"rows": [ACTION] * 3},
        "conflicts": {"knows_nobody": True},
        "consent": dict.fromkeys(SHAPES["consent"].model_fields, True),
    }  # fmt: skip
    return filled | {f"criterion:{code}": {"level": 3, "reason": REASON} for code in application.rules.criteria}


def link_facts(codes, **facts) -> dict:
    """Return what is given for a link."""
    return {
        "kind": "link", "title": "Our handbook", "url": "https://organiser.example.org/handbook",
        "dated_on": clock.today() - timedelta(days=30), "criteria": list(codes), "is_free_of_personal_data": True,
    } | facts  # fmt: skip


def filled_draft(organiser=None):
    """Return a draft that lacks nothing."""
    framework_in_force()
    organiser = organiser or able_organiser()
    person = owner_of(organiser)
    application = start_application(organiser, by=person)
    badges = [str(award.badge_class.key) for award in Assertion.objects.of(organiser).order_by("badge_class")]
    for place, content in contents(application, list(dict.fromkeys(badges))).items():
        save_answer(application, place, content, by=person, seen=0)
    mandatory = [code for code, one in application.rules.criteria.items() if one.mandatory]
    attach_evidence(application, by=person, **link_facts(mandatory))
    return application


def stopped(cause, state):
    """Return an application whose days stand still from today, with 14 days to answer."""
    plain, answer_by = deadline(14)
    application = ApplicationFactory(submitted=True, taken=True, state=state, answer_by=answer_by)
    stop_days(application, cause, plain=plain)
    return application


def owner(application):
    """Return who owns the applicant."""
    return owner_of(application.organiser)


def told(event):
    """Return who was told of an event."""
    return {line.person for line in Notification.objects.filter(event=f"quality_label/{event}")}


def later(**distance):
    """Move the clock on."""
    return clock.moved_to(timedelta(**distance))

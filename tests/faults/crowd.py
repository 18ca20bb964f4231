"""A crowd of learners for the fault tests: run inside the portal under test.

python -m tests.faults.crowd build 500     one activity and one playlist, each with a badge; 500 learners joined
python -m tests.faults.crowd complete      every learner completes the activity, and with it the playlist
python -m tests.faults.crowd upload 5000   an organiser hands in a list of so many people
python -m tests.faults.crowd award         and awards a badge to it
python -m tests.faults.crowd count         what came of it, as JSON
"""

import json
import sys
from datetime import date, timedelta

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from wagtail.models import Locale  # noqa: E402

from badges.actions import save_badge_class  # noqa: E402
from badges.actions.lists import award_list, begin_list  # noqa: E402
from badges.models import Assertion, AwardBatch, AwardRow, BadgeClass  # noqa: E402
from organisers.actions import create_organiser, record_standing  # noqa: E402
from pathways.actions import confirm_activity, ensure_section, join_playlist  # noqa: E402
from pathways.models import ActivityPage, Enrolment, PlaylistPage, PlaylistStep  # noqa: E402
from portal import clock  # noqa: E402
from portal.accounts.models import Person  # noqa: E402
from portal.accounts.terms import accept_terms  # noqa: E402
from portal.files.gate import Admitted  # noqa: E402
from portal.notifications.models import OutgoingMail  # noqa: E402
from portal.workflow import take  # noqa: E402


def make_badge(organiser, owner, name):
    words = {
        "language": "en",
        "name": name,
        "description": "Took part.",
        "criteria": "Take part.",
        "picture_text": "Hexagon",
    }
    badge = save_badge_class(
        BadgeClass(organiser=organiser, kind="skill"), by=owner, words=words, skills=[], seed=name.lower()
    )
    return take(badge.publish, by=owner)


def build(count: int) -> None:
    """Make the organiser, its two pages with badges, and learners who joined."""
    with transaction.atomic():
        owner = Person.objects.create_user("owner@example.org", name="Owner", country="LT", is_of_age=True)
        accept_terms(owner, how="sign_up")
        EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
        organiser = create_organiser(
            by=owner, language="en", name="Crowd", description="Many people.", website="https://crowd.example.org",
            contact_email=owner.email, country="LT",
        )  # fmt: skip
        record_standing(organiser, by=None, standing="verified", until=date(2099, 1, 1))
        owner = Person.objects.get(pk=owner.pk)
        badges = [make_badge(organiser, owner, name) for name in ("Step", "Way")]
    section = ensure_section(organiser)
    facts = {"organiser": organiser, "summary": "One thing.", "locale": Locale.objects.get(language_code="en")}
    activity = ActivityPage(title="Step", slug="step", badge_class=badges[0], judge="self", **facts)
    section.add_child(instance=activity)
    activity.save_revision().publish()
    playlist = PlaylistPage(title="Way", slug="way", badge_class=badges[1], **facts)
    playlist.steps = [PlaylistStep(activity=activity, sort_order=0)]
    section.add_child(instance=playlist)
    playlist.save_revision().publish()
    with transaction.atomic():
        for n in range(count):
            person = Person.objects.create_user(
                f"crowd{n}@example.org", name=f"Person {n}", country="LT", is_of_age=True
            )
            accept_terms(person, how="sign_up")
            EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
            join_playlist(playlist, by=person)


def upload(count: int) -> None:
    """Make an organiser with a badge and hand in a list of so many people."""
    build(0)
    owner = Person.objects.get(email="owner@example.org")
    lines = "".join(f"person{n}@example.org,Person,No {n}\n" for n in range(count))
    content = f"email,first name,last name\n{lines}".encode()
    begin_list(BadgeClass.objects.first(), Admitted("list.csv", content, "text/csv"), by=owner, language="en")


def award() -> None:
    """Award the badge to the list; it is held until tomorrow, so that no mail leaves."""
    owner = Person.objects.get(email="owner@example.org")
    award_list(AwardBatch.objects.get(), by=owner, send_at=clock.now() + timedelta(days=1))


def complete(first: int, last: int) -> None:
    """Let some learners confirm the activity."""
    activity = ActivityPage.objects.get(slug="step", locale__language_code="en")
    for person in Person.objects.filter(email__startswith="crowd").order_by("pk")[first:last]:
        confirm_activity(activity, by=person)


def count() -> dict:
    """Return what came of it."""
    mail = OutgoingMail.objects.filter(event="badges/badge_waiting")
    return {
        "engine": connection.vendor,
        "completed": Enrolment.objects.completed().count(),
        "rows": AwardRow.objects.count(),
        "due": AwardRow.objects.filter(state="due").count(),
        "refused": list(AwardRow.objects.exclude(refusal="").values_list("refusal", flat=True)[:10]),
        "assertions": Assertion.objects.count(),
        "holdings": Assertion.objects.values("badge_class", "email").distinct().count(),
        "mails": mail.count(),
        "mails_sent": mail.filter(state="sent").count(),
    }


if __name__ == "__main__":
    if sys.argv[1] == "build":
        build(int(sys.argv[2]))
    elif sys.argv[1] == "upload":
        upload(int(sys.argv[2]))
    elif sys.argv[1] == "award":
        award()
    elif sys.argv[1] == "complete":
        complete(int(sys.argv[2]), int(sys.argv[3]))
    else:
        sys.stdout.write(json.dumps(count()))

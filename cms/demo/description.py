"""What the demo holds, for people and programs that want to try it."""

from django.conf import settings
from django.urls import reverse

from badges.models import Assertion, BadgeClass
from cms.demo.data import NETWORK_PEOPLE, PASSWORD, STAFF, email_of
from organisers.models import Organiser
from pathways.models import ActivityPage, PlaylistPage
from portal.accounts.models import Person
from quality_label.models import Application

EXAMPLES = 3


def describe() -> dict:
    """Return base address, accounts, example addresses that a stranger may open, and how far the label's cases are."""
    return {"base_url": settings.BASE_URL, "accounts": accounts(), "examples": examples(), "label": label_cases()}


def accounts() -> list[dict]:
    """Return every account with its password and roles."""
    known = [(email_of(name), [f"{role} of {org}" for role in roles]) for name, org, roles, *_ in STAFF]
    known += [(email_of(name), roles) for name, roles, _country in NETWORK_PEOPLE]
    known += [
        (person.email, ["learner"]) for person in Person.objects.filter(email__startswith="learner").order_by("email")
    ]
    return [{"email": email, "password": PASSWORD, "roles": roles} for email, roles in known]


def examples() -> dict[str, list[str]]:
    """Return addresses by kind."""
    home = {"locale__language_code": settings.LANGUAGE_CODE}
    found = {
        "playlist": PlaylistPage.objects.live().filter(**home).order_by("pk"),
        "activity": ActivityPage.objects.live().filter(**home).order_by("pk"),
        "badge": BadgeClass.objects.published().order_by("pk"),
        "assertion": Assertion.objects.out().collected().published().showable().order_by("pk"),
        "organiser": Organiser.objects.order_by("pk"),
    }
    return {kind: [settings.BASE_URL + address(one) for one in things[:EXAMPLES]] for kind, things in found.items()}


def label_cases() -> list[dict]:
    """Return every application for the label: whose it is, how far, and where its people and the network follow it."""
    return [
        {
            "organiser": case.organiser.slug,
            "owner": case.organiser.memberships.owners().first().person.email,
            "reference": case.reference,
            "state": case.state,
            "page": settings.BASE_URL + reverse("quality_label:own", args=[case.organiser.slug]),
            "coordinator": case.coordinator.email if case.coordinator else "",
            "case": settings.BASE_URL + reverse("quality_label:case", args=[case.key]) if case.was_submitted else "",
        }
        for case in Application.objects.with_words().order_by("pk")
    ]


def address(thing) -> str:
    """Return the path of a page or of anything else with an address."""
    return thing.get_url_parts()[2] if hasattr(thing, "get_url_parts") else thing.get_absolute_url()

"""People, organisers and badge classes of the demo."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from badges.actions import save_badge_class
from badges.models import BadgeClass, BadgeClassText
from cms.demo.data import (
    LEARNERS,
    NETWORK_PEOPLE,
    NETWORK_SLUG,
    PASSWORD,
    STAFF,
    email_of,
    in_each_language,
    look,
    network,
    texts,
)
from organisers.actions import (
    ask_for_information,
    ask_to_join,
    create_organiser,
    invite,
    request_verification,
    set_roles,
    take_up_verification,
    verify_organiser,
)
from organisers.models import VALUES_VERSION, City, Organiser, OrganiserText, VerificationCase
from portal import clock
from portal.accounts.actions import set_network_roles
from portal.accounts.models import Person
from portal.accounts.terms import accept_terms
from portal.workflow import take

CITY_COUNTRIES = {"LT": "LT", "ES": "ES", "RS": "RS", "SI": "SI", "NL": "NL", "IT": "IT"}
ADMIN = email_of(NETWORK_PEOPLE[0][0])
GUEST, APPLICANT = "learner01@example.org", "learner03@example.org"
COORDINATOR, WAITING = email_of("Petra N."), "zmajska-delavnica"
NO_NUMBER = "We are a volunteer association; the city library and the youth council vouch for us."
CHECK_NOTE = "Spoke to the owner on the telephone; the website names the organiser; two partners vouch for it."
STATUTES = "Please attach your statutes as the assembly last agreed them; the register shows an older version."
MESSAGE = "I help at the repair cafe every month and would like to hand out the badges there."


def build_people(size: int) -> None:
    """Make the accounts of every role; all have the demo password, hashed once."""
    password = make_password(PASSWORD)
    people = [(name, email_of(name), country, language) for name, _org, _roles, country, language in STAFF]
    people += [(name, email_of(name), country, "en") for name, _roles, country in NETWORK_PEOPLE]
    people += [
        (LEARNERS[n % len(LEARNERS)], f"learner{n + 1:02}@example.org", "LT", "lt" if n % 3 == 0 else "en")
        for n in range(size)
    ]
    for name, email, country, language in people:
        person = Person(email=email, name=name, country=country, language=language, is_of_age=True, password=password)
        person.save()
        accept_terms(person, how="sign_up")
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    admin = Person.objects.get(email=ADMIN)
    for name, roles, _country in NETWORK_PEOPLE:
        set_network_roles(Person.objects.get(email=email_of(name)), roles, by=admin)


def build_organisers() -> None:
    """Make the network itself and its six organisers, with members and standing."""
    admin = Person.objects.get(email=ADMIN)
    build_network(admin)
    for facts in network()["demo"]["organisers"]:
        build_organiser(facts)


def build_network(admin: Person) -> None:
    words = texts("en")["network"]
    organiser = create_organiser(
        by=admin, language="en", name=words["name"], description=words["description"], slug=NETWORK_SLUG,
        website="https://network.example.org", contact_email="hello@network.example.org", country="LT",
        privacy_url="https://network.example.org/privacy", is_network=True,
    )  # fmt: skip
    translate_organiser(organiser, in_each_language("network"))
    verify(organiser)


def build_organiser(facts: dict) -> None:
    slug, place = facts["slug"], look()["organisers"][facts["slug"]]
    city, _is_new = City.objects.get_or_create(
        slug=facts["city"].lower().replace(" ", "-"), defaults={"name": facts["city"], "country": facts["country"]}
    )
    staff = [(Person.objects.get(email=email_of(name)), roles) for name, org, roles, *_ in STAFF if org == slug]
    owner = next(person for person, roles in staff if "owner" in roles)
    words = texts("en")["organisers"][slug]
    organiser = create_organiser(
        by=owner, language="en", name=words["name"], description=words["description"], slug=slug, city=city,
        website=place["website"], contact_email=place["contact"], address=place["address"],
        privacy_url=f"{place['website']}/privacy",
        country=facts["country"], latitude=facts["lat"], longitude=facts["lon"],
    )  # fmt: skip
    translate_organiser(organiser, in_each_language("organisers", slug))
    EmailAddress.objects.create(user=owner, email=organiser.contact_email, verified=True)
    for person, roles in staff:
        if person != owner:
            set_roles(organiser, person, roles, by=fresh(owner))
    if facts["verification"] == "VERIFIED":
        verify(organiser)


def build_unit() -> None:
    """Give the first organiser a unit, an invitation on its way and somebody who asks to join."""
    guild = Organiser.objects.get(slug="neris-makers")
    owner = fresh(guild.memberships.owners().first().person)
    words = texts("en")["organisers"]["neris-camp"]
    unit = create_organiser(
        by=owner, parent=guild, language="en", name=words["name"], description=words["description"],
        slug="neris-camp", kind=Organiser.Kind.DEPARTMENT, website=guild.website, contact_email=guild.contact_email,
        city=guild.city, country=guild.country,
    )  # fmt: skip
    translate_organiser(unit, in_each_language("organisers", "neris-camp"))
    invite(guild, [GUEST], roles=["author", "reviewer"], by=owner)
    ask_to_join(guild, by=Person.objects.get(email=APPLICANT), message=MESSAGE)


def translate_organiser(organiser: Organiser, translations: dict) -> None:
    for language, words in translations.items():
        if language != "en":
            facts = {"name": words["name"], "description": words["description"]}
            OrganiserText.objects.create(owner=organiser, language=language, **facts)


def verify(organiser: Organiser) -> None:
    """Let the owner ask for the check, and a coordinator carry it out."""
    coordinator = Person.objects.get(email=COORDINATOR)
    case = take_up_verification(ask_to_be_verified(organiser), by=coordinator)
    verify_organiser(case, checks=case.needed_checks, note=CHECK_NOTE, by=coordinator)


def ask_to_be_verified(organiser: Organiser) -> VerificationCase:
    owner = fresh(organiser.memberships.owners().select_related("person").first().person)
    return request_verification(
        organiser, by=owner, explanation=NO_NUMBER, signatory=owner.name, values_version=VALUES_VERSION
    )


def build_waiting_check() -> None:
    """Let the check of one organiser wait for its statutes."""
    organiser, coordinator = Organiser.objects.get(slug=WAITING), Person.objects.get(email=COORDINATOR)
    with clock.moved_to(-timedelta(days=15)):
        case = ask_to_be_verified(organiser)
    with clock.moved_to(-timedelta(days=12)):
        case = take_up_verification(case, by=coordinator)
        ask_for_information(case, about=["registration", "document"], words=STATUTES, by=coordinator)


def fresh(person: Person) -> Person:
    """Return the person as read anew, so that roles given a moment ago count."""
    return Person.objects.get(pk=person.pk)


@transaction.atomic
def make_badge(
    organiser: Organiser, words: dict[str, dict], *, seed: str, kind: str, minutes: int, skills=(), **facts
) -> BadgeClass:
    """Make and publish a badge class in the languages of the demo, drawn from a seed."""
    owner = fresh(organiser.memberships.owners().select_related("person").first().person)
    badge = BadgeClass(organiser=organiser, kind=kind, workload_minutes=minutes, **facts)
    for language in words:
        badge = save_badge_class(
            badge, by=owner, words={"language": language, **words[language]}, skills=skills, seed=seed
        )
    return take(badge.publish, by=owner)


def badge_named(organiser: Organiser, name: str) -> BadgeClass:
    """Return an organiser's badge class by its English name."""
    return BadgeClassText.objects.get(owner__organiser=organiser, language="en", name=name).owner

"""The conflicts that rows show: which applicants a person has nothing to judge of, each rule written once.

A rule is a queryset of organisers or of applications; lists, single cases and proposals all ask the same one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from allauth.account.models import EmailAddress
from django.db import models
from django.db.models import Exists, OuterRef, Q

from organisers.models import City, Membership, Organiser
from portal import clock
from portal.folding import folded
from quality_label.models.declaration import Declaration
from quality_label.models.expert import ExpertProfile
from quality_label.models.team import Assignment

FREE_MAIL = frozenset((Path(__file__).resolve().parent.parent / "free_mail.txt").read_text().split())
JUDGED_MONTHS = 12
LONGEST_KEY = 200


class NamedPerson(models.Model):
    """Somebody, or an organisation, that an applicant named as known or to be avoided; `key` is as it is compared."""

    application = models.ForeignKey("quality_label.Application", on_delete=models.CASCADE, related_name="named")
    key = models.CharField(max_length=LONGEST_KEY)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "key"], name="named_once")]


def key_of(name: str) -> str:
    """Return a name or an address as it is compared: however it is spaced, capitalised and put into characters."""
    return folded(name)[:LONGEST_KEY]


@dataclass(frozen=True)
class Known:
    """What a person is known by: the domains at which they read mail, their names, and whether they belong anywhere."""

    person: int
    domains: frozenset[str]
    keys: frozenset[str]
    is_member: bool


def known_of(people: Iterable) -> list[Known]:
    """Return what people are known by, with the names of the organisers they belong to; in two queries."""
    people = list(people)
    addresses = {person.pk: {person.email} for person in people}
    for pk, address in EmailAddress.objects.filter(user__in=people, verified=True).values_list("user_id", "email"):
        addresses[pk].add(address)
    names = {}
    belonging = Membership.objects.filter(person__in=people)
    for pk, name in belonging.values_list("person", "organiser__texts__name"):
        names.setdefault(pk, set()).add(name)
    return [
        Known(
            person=person.pk,
            domains=frozenset(address.rpartition("@")[2] for address in addresses[person.pk]) - FREE_MAIL,
            keys=frozenset(map(key_of, {person.name, *addresses[person.pk], *names.get(person.pk, ())} - {None})),
            is_member=person.pk in names,
        )
        for person in people
    ]


def members(known):
    """Whom the person belongs to."""
    return Organiser.objects.joined_by(known.person) if known.is_member else Organiser.objects.none()


def former_members(known):
    """Whom the person belonged to in the last 36 months."""
    return Organiser.objects.left_by(known.person)


def same_domain(known):
    """Whose contact, website or owners are at a domain at which the person reads mail."""
    found = Q(pk__in=[])
    for domain in known.domains:
        found |= _at(domain, "contact_email") | _website(domain)
        readers = EmailAddress.objects.filter(_at(domain, "email"), verified=True).values("user")
        owned = Membership.objects.owners().filter(organiser=OuterRef("pk"), person__in=readers)
        found |= Exists(owned)
    return Organiser.objects.filter(found)


def _wider(domain):
    """Return a domain with those that it is part of: nobody writes from `uk` or `co.uk` alone."""
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(max(1, len(labels) - 1))]


def _at(domain, field):
    found = Q(**{f"{field}__iendswith": f".{domain}"})
    for one in _wider(domain):
        found |= Q(**{f"{field}__iendswith": f"@{one}"})
    return found


def _website(domain):
    found = Q(website__iregex=rf"^https?://([^/@]*\.)?{re.escape(domain)}([:/?#]|$)")
    for one in _wider(domain):
        found |= Q(website__iregex=rf"^https?://(www\.)?{re.escape(one)}([:/?#]|$)")
    return found


def same_city(known):
    """Who is in a city of the person: where they live, or where an organiser of theirs is."""
    lived = ExpertProfile.objects.filter(person=known.person).values("city")
    cities = City.objects.filter(pk__in=lived)
    if known.is_member:
        cities |= City.objects.filter(pk__in=Organiser.objects.with_member(known.person).values("city"))
    return Organiser.objects.filter(city__in=cities)


def judged_by(known):
    """Whose people judge an organiser of the person, or judged it in the last year."""
    if not known.is_member:
        return Organiser.objects.none()
    lately = clock.months_later(clock.now(), -JUDGED_MONTHS)
    judges = Assignment.objects.accepted_since(lately).filter(application__organiser__in=members(known))
    theirs = Membership.objects.filter(person__in=judges.values("person"))
    return Organiser.objects.filter(pk__in=theirs.values("organiser"))


def named(known):
    """Which applications name the person or an organiser of theirs."""
    return NamedPerson.objects.filter(key__in=known.keys).values("application")


def declared(known):
    """From which applications the person is barred by what they said."""
    return Declaration.objects.barring().filter(person=known.person).values("application")


ABOUT_ORGANISER = {
    "member": members,
    "former_member": former_members,
    "domain": same_domain,
    "city": same_city,
    "reciprocal": judged_by,
}
ABOUT_APPLICATION = {"named": named, "declared": declared}
EXCLUDING = [*ABOUT_ORGANISER, *ABOUT_APPLICATION]


def excluded(code: str, known: Known, *, application: str = "pk", organiser: str = "organiser") -> Q:
    """Return the condition that a rule keeps a person from a row, by where the row names its case."""
    if code in ABOUT_ORGANISER:
        return Q(**{f"{organiser}__in": ABOUT_ORGANISER[code](known)})
    return Q(**{f"{application}__in": ABOUT_APPLICATION[code](known)})


def barred(user, **places: str) -> Q:
    """Return the condition that some rule keeps a person from a row."""
    (known,) = known_of([user])
    found = Q()
    for code in EXCLUDING:
        found |= excluded(code, known, **places)
    return found

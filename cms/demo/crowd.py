"""A crowd for trying the portal at size: organisers and activities all over Europe, the same ones each time.

They are inserted in bulk, without the audited steps of the rest of the demo, so that thousands take minutes.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cache
from random import Random
from uuid import NAMESPACE_URL, uuid5

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.utils.text import slugify
from wagtail.models import Page

from cms.demo.data import FOLDER, PASSWORD
from organisers.models import City, Membership, Organiser, OrganiserText
from pathways.actions import ensure_section
from pathways.models import ActivityDate, ActivityPage, SectionPage
from portal import clock
from portal.accounts.models import Person
from portal.accounts.terms import accept_terms
from portal.pages import forget_pages
from portal.versions import PUBLISHED, renew

ACTIVITIES_EACH = 10
ORGANISERS_EACH = 20
ONLINE_EACH = 10
MINUTES = [20, 45, 60, 90, 120, 180]
KEEPER = "keeper{:03}@example.org"
PUBLISHED_OVER = 600  # days
SPREAD = 0.03  # degrees around the middle of a town
AT_ONCE = 500


@cache
def words() -> dict:
    """Return the towns, and the words of which names and titles are put together."""
    return json.loads((FOLDER / "crowd.json").read_text())


@dataclass(frozen=True)
class Town:
    """A town, and where its middle is."""

    city: City
    latitude: float
    longitude: float


def is_there() -> bool:
    """Say whether the crowd was made before."""
    return Person.objects.filter(email=KEEPER.format(1)).exists()


@transaction.atomic
def build_crowd(size: int, each: int = ACTIVITIES_EACH) -> None:
    """Make so many activities, and the organisers that offer them."""
    chance = Random(size)  # noqa: S311 the same crowd each time
    towns = [town_of(*facts) for facts in words()["towns"]]
    count = -(-size // each)
    keepers = build_keepers(-(-count // ORGANISERS_EACH))
    organisers = build_organisers(count, towns, keepers, chance)
    in_order = sorted(organisers, key=lambda one: one.slug)  # as collections stand, or each would move those after it
    planted = {organiser.pk: ensure_section(organiser) for organiser in in_order}
    sections = [planted[organiser.pk] for organiser in organisers]
    build_activities(size, each, sections, [towns[number % len(towns)] for number in range(count)], chance)
    forget_pages()
    renew(PUBLISHED)


def town_of(name: str, country: str, latitude: float, longitude: float) -> Town:
    facts = {"name": name, "country": country}
    return Town(City.objects.get_or_create(slug=slugify(name), defaults=facts)[0], latitude, longitude)


def build_keepers(count: int) -> list[Person]:
    """Make the people who own the organisers; all have the demo password."""
    password, keepers = make_password(PASSWORD), []
    for number in range(1, count + 1):
        email, name = KEEPER.format(number), f"Keeper {number}"
        keeper = Person(email=email, name=name, country="LT", is_of_age=True, password=password)
        keeper.save()
        accept_terms(keeper, how="sign_up")
        EmailAddress.objects.create(user=keeper, email=email, verified=True, primary=True)
        keepers.append(keeper)
    return keepers


def build_organisers(count: int, towns: list[Town], keepers: list[Person], chance: Random) -> list[Organiser]:
    """Make organisers, town after town; two of three are verified."""
    organisers, texts, until = [], [], clock.today() + timedelta(days=700)
    for number in range(count):
        town = towns[number % len(towns)]
        name = f"{chance.choice(words()['first'])} {chance.choice(words()['second'])} {town.city.name}"
        slug = f"{slugify(name)}-{number + 1}"
        latitude, longitude = around(town, chance)
        site = f"https://{slug}.example.org"
        organiser = Organiser(
            key=uuid5(NAMESPACE_URL, site), slug=slug, website=site, contact_email=f"hello@{slug}.example.org",
            city=town.city, country=town.city.country, latitude=latitude, longitude=longitude,
        )  # fmt: skip
        if number % 3:
            organiser.standing, organiser.verified_until = Organiser.Standing.VERIFIED, until
        organisers.append(organiser)
        texts.append({"name": name, "description": chance.choice(words()["summaries"])})
    Organiser.objects.bulk_create(organisers, AT_ONCE)
    OrganiserText.objects.bulk_create(
        [
            OrganiserText(owner=organiser, language="en", is_original=True, **text)
            for organiser, text in zip(organisers, texts, strict=True)
        ],
        AT_ONCE,
    )
    Membership.objects.bulk_create(
        [
            Membership(organiser=organiser, person=keepers[number // ORGANISERS_EACH], role=Membership.Role.OWNER)
            for number, organiser in enumerate(organisers)
        ],
        AT_ONCE,
    )
    return organisers


def build_activities(size: int, each: int, sections: list[SectionPage], towns: list[Town], chance: Random) -> None:
    """Make so many published activities, spread over the sections, and dates of some."""
    kind, now = ContentType.objects.get_for_model(ActivityPage), clock.now()
    activities = [
        activity_in(
            sections[number // each], number % each + 1, towns[number // each], number, chance,
            content_type=kind, first_published_at=now - timedelta(days=number * PUBLISHED_OVER // size, minutes=number),
        )
        for number in range(size)
    ]  # fmt: skip
    pages = [Page(**{field.name: getattr(one, field.name) for field in fields_of(Page)}) for one in activities]
    Page.objects.bulk_create(pages, AT_ONCE)
    for activity, page in zip(activities, pages, strict=True):
        activity.pk = activity.page_ptr_id = page.pk
    insert_own_rows(activities)
    for number, section in enumerate(sections):
        section.numchild = len(activities[number * each : (number + 1) * each])
    Page.objects.bulk_update(sections, ["numchild"], AT_ONCE)
    ActivityDate.objects.bulk_create([date_of(one, number) for number, one in enumerate(activities[::5])], AT_ONCE)


def activity_in(section: SectionPage, step: int, town: Town, number: int, chance: Random, **facts) -> ActivityPage:
    """Return an activity at a step of its section, not saved; every tenth is online."""
    title = f"{chance.choice(words()['verbs'])} {chance.choice(words()['things'])}"
    slug = f"{slugify(title)}-{number + 1}"
    latitude, longitude = (Decimal(str(degrees)) for degrees in around(town, chance))
    is_online = step % ONLINE_EACH == 0
    here = {"mode": ActivityPage.Mode.ON_SITE, "city": town.city, "latitude": latitude, "longitude": longitude}
    activity = ActivityPage(
        title=title, draft_title=title, slug=slug, summary=chance.choice(words()["summaries"]),
        organiser=section.organiser, locale=section.locale, translation_key=uuid5(NAMESPACE_URL, f"activity-{number}"),
        path=ActivityPage._get_path(section.path, section.depth + 1, step), depth=section.depth + 1,
        url_path=f"{section.url_path}{slug}/", last_published_at=facts["first_published_at"],
        kind=ActivityPage.Kind.DIGITAL if is_online else chance.choice(ActivityPage.Kind.values),
        minutes=chance.choice(MINUTES),
        **({} if is_online else here), **facts,
    )  # fmt: skip
    activity.search_text = activity.words_to_find()
    return activity


def around(town: Town, chance: Random) -> tuple[float, float]:
    """Return a place not far from the middle of a town."""
    return round(chance.gauss(town.latitude, SPREAD), 5), round(chance.gauss(town.longitude, SPREAD), 5)


def date_of(activity: ActivityPage, number: int) -> ActivityDate:
    """Return a date of an activity within the next three months, from six to eight."""
    begins_at = clock.beginning_of(clock.today() + timedelta(days=1 + number % 90)) + timedelta(hours=18)
    return ActivityDate(page=activity, begins_at=begins_at, ends_at=begins_at + timedelta(hours=2))


def fields_of(model: type[models.Model]) -> list[models.Field]:
    """Return what the database keeps of a model in its own table, without the key that it gives out."""
    return [field for field in model._meta.local_concrete_fields if not isinstance(field, models.AutoField)]


def insert_own_rows(activities: list[ActivityPage]) -> None:
    """Insert what activities have beyond pages; Django inserts rows of an inheriting table one by one."""
    fields, quote = fields_of(ActivityPage), connection.ops.quote_name
    columns, holes = ", ".join(quote(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    rows = [[field.get_db_prep_save(field.pre_save(one, True), connection) for field in fields] for one in activities]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(ActivityPage._meta.db_table)} ({columns}) VALUES ({holes})",  # noqa: S608 names of ours
            rows,
        )

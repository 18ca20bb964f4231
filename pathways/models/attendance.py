"""Who was at the dates of an activity: on which days, and from which countries."""

from collections import Counter

from django.utils.translation import gettext
from django_countries import countries

from organisers.models import Membership
from pathways.models.dates import ActivityDate, Registration
from pathways.workflow.registration import ATTENDED

FEWEST = 5  # people of a country who are counted by its name; fewer go with the others


def attended(activity) -> dict[int, set]:
    """Return the keys of the dates at which each person was, by person."""
    found = {}
    rows = Registration.objects.filter(activity_key=activity.translation_key, state=ATTENDED)
    for person, key in rows.values_list("person_id", "date_key"):
        found.setdefault(person, set()).add(key)
    return found


def days_of(activity) -> list[dict]:
    """Return the dates of an activity with how many were there."""
    dates = list(ActivityDate.objects.of(activity))
    figures = Registration.objects.figures([date.key for date in dates])
    return [{"date": date, "attended": figures.get(date.key, {"attended": 0})["attended"]} for date in dates]


def countries_of(activity) -> list[dict]:
    """Return from where people came, as bars, the most first: what they said, else the country of their organiser.

    Countries of fewer than FEWEST people, and people of whom nobody knows, are one number without a name.
    """
    people = {}
    rows = Registration.objects.filter(activity_key=activity.translation_key, state=ATTENDED).order_by("pk")
    for person, said in rows.values_list("person_id", "country"):
        people[person] = said or people.get(person, "")
    unsaid = [person for person, country in people.items() if not country]
    joined = Membership.objects.filter(person__in=unsaid).order_by("-pk").values_list("person_id", "organiser__country")
    people |= dict(joined)
    counted = Counter(people.values())
    named = [(country, count) for country, count in counted.items() if country and count >= FEWEST]
    named.sort(key=lambda one: (-one[1], one[0]))
    bars = [{"label": countries.name(country), "value": count} for country, count in named]
    rest = len(people) - sum(count for _country, count in named)
    return [*bars, {"label": gettext("Other countries, or not known"), "value": rest}] if rest else bars

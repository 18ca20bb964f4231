"""Who of an organiser is in the training, as its owners see it: those who agreed, and nobody else."""

from dataclasses import dataclass

from wagtail.models import Locale

from organisers.models import Organiser
from pathways.models import Attempt, Enrolment, PlaylistPage, Route, lay_routes
from portal.accounts.models import Person
from quality_label.models import TrainingBadge, TrainingShare


@dataclass(frozen=True)
class Learner:
    """Somebody in the training: how much they have done, and what."""

    person: Person
    done: list[str]
    needed: int
    is_on: bool


def training_route(person: Person | None = None) -> Route | None:
    """Return the training as its route, in the reader's language, with a person's progress."""
    playlist, locale = TrainingBadge.objects.route(), Locale.get_active()
    if playlist is None:
        return None
    spoken = PlaylistPage.objects.open_for_learning().select_related("locale")
    playlist = spoken.by_key([playlist.translation_key], locale)[playlist.translation_key]
    return lay_routes([playlist], locale=locale, person=person)[0]


def learners_of(organiser: Organiser) -> list[Learner]:
    """Return how far those are who let an organiser see it, in the same few queries for one or thirty."""
    shares = list(TrainingShare.objects.for_owners_of(organiser))
    route = training_route() if shares else None
    if route is None:
        return []
    people = [share.person for share in shares]
    attempts = Attempt.objects.filter(person__in=people)
    passed = attempts.passed_by_person([stop.key for stop in route.stops])
    enrolments = Enrolment.objects.current().on([route.playlist]).filter(person__in=people)
    on = set(enrolments.values_list("person", flat=True))
    return [
        Learner(
            person,
            [stop.title for stop in route.stops if stop.key in passed.get(person.pk, set())],
            route.needed,
            person.pk in on,
        )
        for person in people
    ]

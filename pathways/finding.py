"""Finding something to learn: one search for lists, map and feed, on PostgreSQL and on the embedded database."""

import re
from collections import defaultdict
from datetime import date, timedelta

from django.contrib.postgres.search import SearchQuery, SearchVector, TrigramWordSimilarity
from django.db import connection
from django.db.models import F, FloatField, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Length, NullIf, Replace

from badges.models.skill import BadgeClassSkill
from organisers.models import OrganiserText
from pathways.index import Candidate
from pathways.models import ActivityDate, PlaylistStep
from portal import clock
from portal.folding import folded, spellings

WORDS = 12  # that a search may have; the rest are left out
NEAR = 0.4  # how much alike a word with a slip in it must be, by its groups of three letters
NEAR_FROM = 4  # letters; shorter words are alike too easily
STEMMED = {
    "ca": "catalan",
    "en": "english",
    "es": "spanish",
    "it": "italian",
    "lt": "lithuanian",
    "nl": "dutch",
    "ro": "romanian",
    "sr": "serbian",
}
MINUTES = ("30", "60", "120")
LONGER = "more"
TODAY, WEEK, MONTH = "today", "week", "month"
LABELLED = "yes"


def with_words(pages: QuerySet, words: str, language: str) -> QuerySet:
    """Return the pages that have each of these words, in their text or in the name of who offers them.

    PostgreSQL also finds other forms of a word, by the grammar of the language, and words with a slip in them.
    """
    terms = terms_of(words)
    if not terms:
        return pages.none()
    names = defaultdict(str)
    for organiser, name in OrganiserText.objects.values_list("owner", "name"):
        names[organiser] += f" {spellings(name)}"
    for term in terms:
        hit = Q(search_text__contains=term) | Q(organiser__in=[pk for pk, name in names.items() if term in name])
        if connection.vendor == "postgresql":
            grammar = STEMMED.get(language, "simple")
            pages = pages.alias(
                words=SearchVector("search_text", config=grammar), likeness=TrigramWordSimilarity(term, "search_text")
            )
            hit |= Q(words=SearchQuery(term, config=grammar))
            if len(term) >= NEAR_FROM:
                hit |= Q(likeness__gte=NEAR)
        pages = pages.filter(hit)
    return pages


def terms_of(words: str) -> list[str]:
    """Return the single words of a search, as texts are compared with them."""
    return re.findall(r"\w+", folded(words))[:WORDS]


def distances(pages: QuerySet, words: str) -> dict[int, tuple[int, float]]:
    """Return by primary key how far from a search each page is that it found: the nearest has the least.

    First those with the words in the title, then with the summary; of the others those of whose text they are most.
    """
    terms, text = terms_of(words), F("search_text")
    letters = sum((Length(text) - Length(Replace(text, Value(term))) for term in terms), Value(0))
    share = Cast(letters, FloatField()) / NullIf(Length(text), 0)
    found = {}
    for pk, title, summary, part in pages.annotate(share=share).values_list("pk", "title", "summary", "share"):
        places = [spellings(title), spellings(f"{title} {summary}")]
        near = next((n for n, place in enumerate(places) if all(term in place for term in terms)), len(places))
        found[pk] = near, -(part or 0) if near == len(places) else 0
    return found


def weigh_activities(pages: QuerySet, language: str, labelled: set[int]) -> list[Candidate]:
    """Return activities as a search weighs them, each once: in the reader's language where it is there."""
    rows = _each_once(
        pages.values(
            "pk", "translation_key", "title", "minutes", "kind", "mode", "taught_in", "badge_class", "organiser",
            "latitude", "longitude", published=F("first_published_at"), written_in=F("locale__language_code"),
            town=Coalesce("city__slug", "organiser__city__slug"),
        ),
        language,
    )  # fmt: skip
    skills, dates = _skills_by_badge(), _dates_by_activity()
    return [
        _candidate(
            row,
            language,
            labelled,
            dates[row["translation_key"]],
            minutes=row["minutes"],
            kind={row["kind"]},
            mode={row["mode"]},
            city={row["town"]},
            language_of={row["taught_in"] or row["written_in"]},
            skill=skills[row["badge_class"]],
        )
        for row in rows
    ]


def weigh_playlists(pages: QuerySet, language: str, labelled: set[int]) -> list[Candidate]:
    """Return playlists as a search weighs them: with what holds for any of their activities."""
    rows = _each_once(
        pages.values(
            "pk", "translation_key", "title", "badge_class", "organiser",
            published=F("first_published_at"), written_in=F("locale__language_code"), town=F("organiser__city__slug"),
        ),
        language,
    )  # fmt: skip
    skills, dates, steps = _skills_by_badge(), _dates_by_activity(), defaultdict(list)
    for step in PlaylistStep.objects.filter(activity__live=True).values(
        "playlist", "activity__translation_key", "activity__minutes", "activity__kind", "activity__mode",
        "activity__taught_in", "activity__city__slug", "activity__badge_class",
    ):  # fmt: skip
        steps[step["playlist"]].append({name.removeprefix("activity__"): value for name, value in step.items()})
    return [
        _candidate(
            row,
            language,
            labelled,
            sorted({when for step in route for when in dates[step["translation_key"]]}),
            minutes=sum(step["minutes"] for step in route),
            kind={step["kind"] for step in route},
            mode={step["mode"] for step in route},
            city={row["town"], *(step["city__slug"] for step in route)},
            language_of={step["taught_in"] or row["written_in"] for step in route} or {row["written_in"]},
            skill=skills[row["badge_class"]].union(*(skills[step["badge_class"]] for step in route)),
        )
        for row in rows
        for route in [steps[row["pk"]]]
    ]


def _each_once(rows: QuerySet, language: str) -> list[dict]:
    found = {}
    for row in rows.order_by("pk"):
        if row["translation_key"] not in found or row["written_in"] == language:
            found[row["translation_key"]] = row
    return list(found.values())


def _skills_by_badge() -> defaultdict:
    skills = defaultdict(set)
    for badge_class, label in BadgeClassSkill.objects.values_list("owner", "label"):
        skills[badge_class].add(label)
    return skills


def _dates_by_activity() -> defaultdict:
    dates = defaultdict(set)
    for key, begins_at in ActivityDate.objects.to_come().values_list("page__translation_key", "begins_at"):
        dates[key].add(begins_at)
    return dates


def _candidate(row, language, labelled, dates, *, minutes, language_of, **values) -> Candidate:
    return Candidate(
        pk=row["pk"],
        title=row["title"],
        minutes=minutes,
        published_at=row["published"] or clock.FIRST,
        next_at=min(dates, default=None),
        is_here=row["written_in"] == language,
        place=(float(row["latitude"]), float(row["longitude"])) if row.get("latitude") is not None else None,
        values={
            **{name: found - {None, ""} for name, found in values.items()},
            "language": language_of,
            "minutes": {limit for limit in MINUTES if minutes <= int(limit)} or {LONGER},
            "starts": {spell for when in dates for spell in spells_with(clock.day_of(when))},
            "label": {LABELLED} if row["organiser"] in labelled else set(),
        },
    )


def spells_with(day: date) -> set[str]:
    """Return which of today, this week and this month a day lies in; what has begun and is not over is today."""
    today = clock.today()
    day = max(day, today)
    spells = {TODAY} if day == today else set()
    if day <= today + timedelta(days=6 - today.weekday()):
        spells.add(WEEK)
    if (day.year, day.month) == (today.year, today.month):
        spells.add(MONTH)
    return spells

"""The demo's activities and playlists, in English and translated as an editor would."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.rich_text import RichText
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import extract_strings

from badges.models import BadgeClass
from cms.demo.data import in_each_language, look, network, texts
from cms.demo.organisations import make_badge
from organisers.models import Organiser
from pathways.actions import ensure_section
from pathways.models import ActivityDate, ActivityPage, PlaylistPage, PlaylistStep
from pathways.quiz import MULTIPLE, NUMERIC, ORDER, SHORT, SINGLE
from portal import clock
from portal.accounts.models import Person

QUIZ_ACTIVITY = ("spot-the-fake", 0)
ACCESS = ["wheelchair", "quiet", "toilet"]
EVENINGS = {  # in how many days, and how many places
    ("repair-it", 4): (9, 6),
    ("neighbourhood-voices", 4): (16, 40),
    ("river-guardians", 3): (23, None),
    ("bike-ready", 4): (-30, 8),
}


def build_playlists() -> None:
    """Make the eight playlists with their thirty-six activities."""
    for facts in network()["demo"]["playlists"]:
        build_playlist(facts)


def build_playlist(facts: dict) -> None:
    slug = facts["slug"]
    organiser = Organiser.objects.get(slug=facts["organiser"])
    section = ensure_section(organiser)
    activities = []
    for number, activity in enumerate(facts["activities"]):
        words = in_each_language("activities", slug, number)
        english = words["en"]
        page = ActivityPage(
            title=activity["title"], slug=f"{slug}-{number + 1}", organiser=organiser, summary=english["summary"],
            body=body_of(english["body"]), minutes=activity["minutes"], mode=activity["mode"],
            evidence_prompt=english["evidence_prompt"], checklist=[("line", line) for line in english["checklist"]],
            **judged(activity, slug, number), **placed(activity, organiser, number),
        )  # fmt: skip
        if evening := EVENINGS.get((slug, number)):
            page.dates = [evening_in(*evening, zone=page.zone)]
        page.badge_class = make_badge(
            organiser,
            words_of_badge(words),
            seed=f"{slug}-{number + 1}.{look()['activities'][slug][number]}.{look()['playlists'][slug]['palette']}",
            kind=activity["kind"],
            minutes=activity["minutes"],
            skills=activity["skills"],
        )
        pairs = pairs_of(words)
        if (slug, number) == QUIZ_ACTIVITY:
            page.body.append(("reflection", {"question": texts("en")["reflection"]}))
            for language, known in pairs.items():
                known |= quiz_pairs(texts("en")["quiz"], texts(language)["quiz"])
                known[texts("en")["reflection"]] = texts(language)["reflection"]
        activities.append(publish(section, page, pairs))
    words = in_each_language("playlists", slug)
    needed, names = rule_of(facts)
    compulsory = [number for number, activity in enumerate(facts["activities"]) if activity["badge"] in names]
    badge_class = make_badge(
        organiser,
        words_of_badge(words),
        seed=f"milestone-{slug}.{look()['playlists'][slug]['symbol']}.{look()['playlists'][slug]['palette']}",
        kind=BadgeClass.Kind.SKILL,
        minutes=sum(activity.minutes for activity in activities),
    )
    build_route(section, slug, words, activities, compulsory, required_count=needed, badge_class=badge_class)


def build_route(section, slug, words, activities, compulsory=(), *, badge_class, **facts) -> None:
    """Make a playlist of activities with its badge; `facts` are the rest of its rule."""
    english = words["en"]
    page = PlaylistPage(
        title=english["title"], slug=slug, organiser=section.organiser, summary=english["summary"],
        body=body_of(english["body"]), outcomes=[("outcome", line) for line in english["outcomes"]],
        badge_class=badge_class, **facts,
    )  # fmt: skip
    page.steps = [
        PlaylistStep(activity=activity, is_compulsory=n in compulsory, sort_order=n)
        for n, activity in enumerate(activities)
    ]
    publish(section, page, pairs_of(words))


def placed(activity: dict, organiser: Organiser, number: int) -> dict:
    """Return what kind of activity it is, and where: around the corner from its organiser."""
    kinds = {"participation": "event", "contribution": "volunteering"}
    modes = {"online": "digital", "on-site": "workshop", "blended": "project"}
    facts = {"kind": kinds.get(activity["kind"], modes[activity["mode"]])}
    if activity["mode"] == "online":
        return facts
    home = next(one for one in network()["demo"]["organisers"] if one["slug"] == organiser.slug)
    return facts | {
        "city": organiser.city,
        "latitude": round(Decimal(home["lat"]) + Decimal("0.0041") * (number - 2), 5),
        "longitude": round(Decimal(home["lon"]) + Decimal("0.0067") * ((number * 2) % 5 - 2), 5),
        "access": [("feature", feature) for feature in ACCESS[: number % 3 + 1]],
    }


def evening_in(days: int, capacity: int | None, *, zone: ZoneInfo) -> ActivityDate:
    """Return a date some days from the day on which the demo is made, from six to nine at its place."""
    day = clock.day_of(timezone.now() + timedelta(days=days))
    begins_at = datetime.combine(day, time(18), zone)
    return ActivityDate(begins_at=begins_at, ends_at=begins_at + timedelta(hours=3), capacity=capacity)


def judged(activity: dict, slug: str, number: int) -> dict:
    """Return how an activity is judged: by self, quiz or a reviewer of the organiser."""
    if (slug, number) == QUIZ_ACTIVITY:
        return {"judge": ActivityPage.Judge.QUIZ, "quiz": quiz_value(texts("en")["quiz"])}
    if activity["review"].startswith("self"):
        return {"judge": ActivityPage.Judge.SELF}
    return {"judge": ActivityPage.Judge.REVIEWER}


def body_of(html: str) -> list:
    """Return a text as the content field holds it."""
    return [("text", RichText(html))]


def quiz_value(questions: list[dict]) -> list:
    """Return questions as the quiz field holds them."""
    return [(one.get("kind", SINGLE), question_value(one)) for one in questions]


def question_value(one: dict) -> dict:
    """Return a question as its block holds it."""
    value = {"question": one["question"], "explanation": one["explanation"]}
    kind = one.get("kind", SINGLE)
    if kind == ORDER:
        return value | {"items": one["items"]}
    if kind == SHORT:
        return value | {"answers": one["answers"]}
    if kind == NUMERIC:
        return value | {"value": one["value"], "tolerance": "0"}
    right = one["answers"] if kind == MULTIPLE else [one["answer"]]
    options = [{"text": text, "is_correct": number in right} for number, text in enumerate(one["options"])]
    return value | {"options": options}


def rule_of(facts: dict) -> tuple[int | None, list[str]]:
    """Read a rule such as "4 of 5 badges, 'Safe at the Bench' compulsory"."""
    rule = facts["rule"]
    needed = None if rule.startswith("all") else int(rule.split(" ")[0])
    return needed, [rule.split("'")[1]] if "'" in rule else []


def badge_words(words: dict) -> dict:
    """Return the words of a badge; the outcomes of a playlist are those of its badge."""
    return {"outcomes": "\n".join(words.get("outcomes", [])), **words["badge"]}


def words_of_badge(words: dict[str, dict]) -> dict[str, dict]:
    """Return the words of a badge in each language."""
    return {language: badge_words(one) for language, one in words.items()}


def pairs_of(words: dict[str, dict]) -> dict[str, dict[str, str]]:
    """Return what the translatable texts of a page become in each other language."""
    return {language: text_pairs(words["en"], one) for language, one in words.items() if language != "en"}


def text_pairs(english: dict, other: dict) -> dict[str, str]:
    """Return what the translatable texts of a page become, string by string as wagtail-localize cuts them."""
    pairs = {english[name]: other[name] for name in ("title", "summary", "evidence_prompt") if english.get(name)}
    for name in ("checklist", "outcomes"):
        pairs |= dict(zip(english.get(name, []), other.get(name, []), strict=True))
    sources, targets = (extract_strings(words["body"])[1] for words in (english, other))
    return pairs | {one[0].data: two[0].data for one, two in zip(sources, targets, strict=True)}


def quiz_pairs(english: list[dict], other: list[dict]) -> dict[str, str]:
    """Return what the strings of a quiz become."""
    pairs = {}
    for one, two in zip(english, other, strict=True):
        pairs |= {one["question"]: two["question"], one["explanation"]: two["explanation"]}
        words = "answers" if one.get("kind") == SHORT else "items" if one.get("kind") == ORDER else "options"
        pairs |= dict(zip(one.get(words, []), two.get(words, []), strict=True))
    return pairs


def publish(section, page: Page, pairs: dict[str, dict[str, str]]) -> Page:
    """Publish a page in its section and its translations beside it."""
    page.locale = section.locale
    section.add_child(instance=page)
    page.save_revision().publish()
    for language, known in pairs.items():
        translate(page, Locale.objects.get(language_code=language), known)
    return page


@transaction.atomic
def translate(page: Page, locale: Locale, pairs: dict[str, str]) -> None:
    """Translate a page with the strings at hand and publish the translation."""
    source, _is_new = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=locale)
    segments = StringSegment.objects.filter(source=source).select_related("string", "context")
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            data=pairs[segment.string.data],
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
        for segment in segments
        if segment.string.data in pairs
    )
    translation.save_target(user=Person.objects.first(), publish=True)

"""What becomes of learners when the author changes a playlist: they see what changed, and lose no step."""

from django.db import transaction

from pathways.models import ActivityPage, Attempt, Enrolment, PlaylistChange, PlaylistPage, PlaylistShape
from portal import clock
from portal.accounts.models import Person


def shape_of(playlist: PlaylistPage) -> tuple[list[str], dict]:
    """Return the keys of a playlist's activities in their order, and its rule."""
    steps = playlist.steps.select_related("activity").order_by("sort_order")
    keys = [str(step.activity.translation_key) for step in steps]
    compulsory = [str(step.activity.translation_key) for step in steps if step.is_compulsory]
    groups = {letter: needed for letter, (_title, needed) in playlist.group_rules().items()}
    return keys, {
        "needed": playlist.required_count,
        "compulsory": compulsory,
        "groups": groups,
        "order": playlist.order,
    }


@transaction.atomic
def note_changes(playlist: PlaylistPage) -> PlaylistChange | None:
    """Compare a playlist that was published with what it was before; called for the page that was written first.

    What a learner passed stays counted when its activity is taken out.
    """
    keys, rule = shape_of(playlist)
    known, is_new = PlaylistShape.objects.select_for_update(no_key=True).get_or_create(
        playlist_key=playlist.translation_key, defaults={"keys": keys, "rule": rule}
    )
    if is_new or (set(known.keys), known.rule) == (set(keys), rule):
        return None
    removed = [key for key in known.keys if key not in keys]
    under_way = Enrolment.objects.under_way().on([playlist])
    change = None
    if under_way.exists():
        change = PlaylistChange.objects.create(
            playlist_key=playlist.translation_key,
            added=[key for key in keys if key not in known.keys],
            removed=titles_of(removed),
            rule_before=known.rule,
            rule_after=rule,
        )
        keep_steps(under_way, removed)
    known.keys, known.rule = keys, rule
    known.save()
    return change


def titles_of(keys: list[str]) -> list[dict]:
    """Return the titles of activities by language, for when they are gone."""
    found = {key: {} for key in keys}
    for page in ActivityPage.objects.filter(translation_key__in=keys).select_related("locale"):
        found[str(page.translation_key)][page.locale.language_code] = page.title
    return [titles for titles in found.values() if titles]


def keep_steps(enrolments, removed: list[str]) -> None:
    """Let activities that were taken out count for those who passed them."""
    passed = Attempt.objects.passed_by_person(removed)
    for enrolment in enrolments.select_for_update(no_key=True):
        kept = {str(key) for key in passed.get(enrolment.person_id, set())}
        if kept - set(enrolment.kept):
            enrolment.kept = sorted(kept | set(enrolment.kept))
            enrolment.save(update_fields=["kept"])


def look_at_changes(playlist: PlaylistPage, *, by: Person) -> None:
    """Note that a learner has read what changed."""
    Enrolment.objects.of(by).on([playlist]).update(looked_at=clock.now())

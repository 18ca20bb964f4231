"""Making badge classes."""

from collections.abc import Iterable

import resvg_py
from django.core.exceptions import PermissionDenied
from django.db import transaction

from badges import art
from badges.models import BadgeClass, BadgeClassSkill, BadgeClassText, BadgeClassVersion
from badges.permissions import may_edit_badge
from portal.audit.log import record
from portal.files.pictures import store_picture

ART_SIDE = 600


@transaction.atomic
def save_badge_class(
    badge_class: BadgeClass, *, by, words: dict, skills: Iterable[dict], picture=None, seed: str = ""
) -> BadgeClass:
    """Save a badge class with its words in one language, its skills, and a picture that was uploaded or drawn."""
    if not may_edit_badge(badge_class, by):
        raise PermissionDenied
    is_new = badge_class.pk is None
    if picture is not None:
        badge_class.picture, badge_class.art_seed = store_picture(picture.content), ""
    elif seed and (seed != badge_class.art_seed or not badge_class.picture):
        badge_class.picture, badge_class.art_seed = store_picture(drawn(seed)), seed
    if is_new:
        badge_class.created_by = by
    badge_class.save()
    BadgeClassText.objects.update_or_create(
        owner=badge_class,
        language=words["language"],
        defaults={**words, "is_original": is_new or words["language"] == original_language(badge_class)},
    )
    badge_class.skills.all().delete()
    BadgeClassSkill.objects.bulk_create(BadgeClassSkill(owner=badge_class, **skill) for skill in skills)
    record("badges.badge.create" if is_new else "badges.badge.update", about=badge_class, by=by)
    return badge_class


def original_language(badge_class: BadgeClass) -> str:
    """Return the language in which the badge class was written first."""
    return badge_class.texts.get(is_original=True).language


def drawn(seed: str) -> bytes:
    """Return the generated picture of a seed as PNG."""
    return bytes(resvg_py.svg_to_bytes(svg_string=art.from_seed(seed), width=ART_SIDE, height=ART_SIDE))


def freeze(badge_class: BadgeClass) -> BadgeClassVersion:
    """Return the version that says what the badge class says now, made when nothing was awarded since the last edit."""
    badge_class = (
        BadgeClass.objects.select_for_update(no_key=True).prefetch_related("texts", "skills").get(pk=badge_class.pk)
    )
    content = badge_class.content()
    digest = BadgeClassVersion.digest_of(content)
    newest = badge_class.versions.order_by("-number").first()
    if newest and newest.digest == digest:
        return newest
    number = newest.number + 1 if newest else 1
    return BadgeClassVersion.objects.create(badge_class=badge_class, number=number, content=content, digest=digest)

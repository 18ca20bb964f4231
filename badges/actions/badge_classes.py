"""Making badge classes."""

from collections.abc import Iterable
from functools import lru_cache

import resvg_py
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from badges import art
from badges.models import BadgeClass, BadgeClassSkill, BadgeClassText, BadgeClassVersion
from badges.permissions import may_edit_badge
from badges.workflow import lacking
from organisers.models import Organiser
from organisers.permissions import may_issue
from portal.audit.log import record
from portal.files.pictures import store_picture
from portal.workflow import StepRefused

ART_SIDE = 600
COPIED = ["kind", "criteria_url", "picture", "art_seed", "workload_minutes", "valid_months"]
COPIED += ["level", "cycle", "credits", "participation", "supervision"]


@transaction.atomic
def save_badge_class(
    badge_class: BadgeClass, *, by, words: dict, skills: Iterable[dict], picture=None, seed: str = ""
) -> BadgeClass:
    """Save a badge class with its words in one language, its skills, and a picture that was uploaded or drawn.

    Once it is published it stays complete; an edit that takes away what readers rely on raises StepRefused.
    """
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
    stay_complete(badge_class)
    record("badges.badge.create" if is_new else "badges.badge.update", about=badge_class, by=by)
    return badge_class


@transaction.atomic
def save_badge_text(badge_class: BadgeClass, *, by, words: dict) -> BadgeClass:
    """Save the words of a badge class in one language."""
    if not may_edit_badge(badge_class, by):
        raise PermissionDenied
    BadgeClassText.objects.update_or_create(owner=badge_class, language=words["language"], defaults=words)
    stay_complete(badge_class)
    record("badges.badge.text", about=badge_class, by=by, facts={"language": words["language"]})
    return badge_class


@transaction.atomic
def delete_badge_text(badge_class: BadgeClass, *, by, language: str) -> None:
    """Delete the words in one language; the language in which the badge was written first stays."""
    if not may_edit_badge(badge_class, by):
        raise PermissionDenied
    if language == original_language(badge_class):
        raise StepRefused([_("The language in which the badge was written first cannot be deleted.")])
    badge_class.texts.filter(language=language).delete()
    record("badges.badge.text_delete", about=badge_class, by=by, facts={"language": language})


@transaction.atomic
def copy_badge_class(badge_class: BadgeClass, *, by, to: Organiser) -> BadgeClass:
    """Make a draft that says the same in all its languages, for this organiser or another one."""
    if not (may_edit_badge(badge_class, by) and may_issue(to, by)):
        raise PermissionDenied
    if badge_class.kind == BadgeClass.Kind.LABEL and not to.is_network:
        raise StepRefused([_("Badges of the Quality Label are issued by the network alone.")])
    copy = BadgeClass(organiser=to, created_by=by, **{name: getattr(badge_class, name) for name in COPIED})
    copy.save()
    for text in badge_class.texts.all():
        text.pk, text.owner, text.name = None, copy, copied_name(text)
        text._state.adding = True
        text.save()
    BadgeClassSkill.objects.bulk_create(
        BadgeClassSkill(owner=copy, label=skill.label, uri=skill.uri) for skill in badge_class.skills.all()
    )
    record("badges.badge.copy", about=copy, by=by, facts={"from": badge_class.pk})
    return copy


def copied_name(text: BadgeClassText) -> str:
    """Return the name of a copy in the language of the text."""
    with translation.override(text.language):
        name = gettext("Copy of %(name)s") % {"name": text.name}
    return name[: BadgeClassText._meta.get_field("name").max_length]


@transaction.atomic
def delete_badge_class(badge_class: BadgeClass, *, by) -> None:
    """Delete a draft; what was ever published is archived instead, because badges and links lead to it."""
    badge_class = BadgeClass.objects.select_for_update(no_key=True).get(pk=badge_class.pk)
    if not may_edit_badge(badge_class, by):
        raise PermissionDenied
    if not badge_class.is_draft:
        raise StepRefused([_("Only a draft can be deleted. Archive the badge instead.")])
    if titles := titles_naming(badge_class):
        said = _("This is the badge of: %(titles)s. Choose another badge there first.")
        raise StepRefused([said % {"titles": ", ".join(titles)}])
    record("badges.badge.delete", about=badge_class, by=by, facts={"key": str(badge_class.key)})
    try:
        badge_class.delete()
    except ProtectedError as used:
        raise StepRefused(
            [_("Somebody has earned this badge already and gets it once it is published. So it stays.")]
        ) from used


def titles_naming(badge_class: BadgeClass) -> list[str]:
    """Return what apps above would lose this badge from without a word: rows whose reference a deletion empties."""
    relations = BadgeClass._meta.get_fields(include_hidden=True)
    emptied = [one for one in relations if one.one_to_many and one.on_delete is models.SET_NULL]
    rows = (one.related_model._base_manager.filter(**{one.field.name: badge_class}) for one in emptied)
    return sorted({str(row) for found in rows for row in found})


def stay_complete(badge_class: BadgeClass) -> None:
    """Refuse an edit after which a badge that is out would lack something."""
    badge_class = BadgeClass.objects.prefetch_related("texts").get(pk=badge_class.pk)
    if not badge_class.is_draft and (reasons := lacking(badge_class)):
        raise StepRefused(reasons)


def original_language(badge_class: BadgeClass) -> str:
    """Return the language in which the badge class was written first."""
    return badge_class.texts.get(is_original=True).language


@lru_cache(maxsize=16)
def drawn(seed: str) -> bytes:
    """Return the generated picture of a seed as PNG; drawing takes a processor long, so the last ones are kept."""
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

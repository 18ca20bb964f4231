"""Writing versions of the framework, and putting them in force."""

import json

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from portal.audit.log import record
from portal.workflow import StepRefused, take, unmet
from quality_label.criteria import Framework
from quality_label.models import FrameworkVersion
from quality_label.parts import with_criterion, with_part, without_criterion
from quality_label.permissions import may_begin_framework, may_edit_framework
from quality_label.wording import faults_in_words

MOST_FAULTS = 20


@transaction.atomic
def begin_version(name: str, *, by, source: FrameworkVersion) -> FrameworkVersion:
    """Begin a draft that says what another version says."""
    return _keep({**source.document, "version": name}, based_on=source, by=by)


@transaction.atomic
def import_version(text: str, *, by) -> FrameworkVersion:
    """Take a draft in from JSON, as `export_version` writes it. Raises StepRefused with what is wrong in it."""
    return _keep(read_document(text), based_on=FrameworkVersion.objects.in_force(), by=by)


@transaction.atomic
def edit_version(version: FrameworkVersion, document: dict, *, by, seen: int | None = None) -> FrameworkVersion:
    """Let a draft say something else. Raises StepRefused where it could not be judged by."""
    return take(version.edit, by=by, seen=seen, document=checked({**document, "version": version.name}))


def edit_part(version: FrameworkVersion, name: str, facts: dict, *, by, seen: int | None = None) -> FrameworkVersion:
    """Let one part of a draft say something else: a gate, a criterion, the words of an area, the scale."""
    return _edit(version, with_part(version.document, name, facts), by=by, seen=seen)


def add_criterion(
    version: FrameworkVersion, area: str, facts: dict, *, by, seen: int | None = None
) -> FrameworkVersion:
    """Put a criterion at the end of an area of a draft."""
    return _edit(version, with_criterion(version.document, area, facts), by=by, seen=seen)


def remove_criterion(version: FrameworkVersion, name: str, *, by, seen: int | None = None) -> FrameworkVersion:
    """Take a criterion out of a draft, with its translations. Raises StepRefused for the last one of an area."""
    area = next(area for area in version.rules.areas if name in [criterion.code for criterion in area.criteria])
    if len(area.criteria) == 1:
        raise StepRefused([_("An area has one criterion at least. Change this one, or add another one first.")])
    return _edit(version, without_criterion(version.document, name), by=by, seen=seen)


def translate_version(
    version: FrameworkVersion, language: str, texts: dict[str, str], *, by, seen: int | None = None
) -> FrameworkVersion:
    """Say places of a draft in another language; an empty text takes the translation away."""
    all_texts = version.document.get("texts", {})
    words = {place: text for place, text in (all_texts.get(language, {}) | texts).items() if text}
    return _edit(version, version.document | {"texts": all_texts | {language: words}}, by=by, seen=seen)


@transaction.atomic
def put_in_force(version: FrameworkVersion, *, by, seen: int | None = None) -> FrameworkVersion:
    """Freeze a draft and judge new applications by it; the version before retires, and its applications keep it."""
    former = FrameworkVersion.objects.in_force()
    if former:
        take(former.retire, by=by)
    try:
        with transaction.atomic():
            return take(version.put_in_force, by=by, seen=seen)
    except IntegrityError as two_at_once:
        raise StepRefused([_("Another version came into force at the same moment. Look at it first.")]) from two_at_once


@transaction.atomic
def discard_version(version: FrameworkVersion, *, by) -> None:
    """Throw a draft away."""
    version = FrameworkVersion.objects.select_for_update(no_key=True).get(pk=version.pk)
    if not may_edit_framework(version, by):
        raise PermissionDenied
    if reasons := unmet(version.edit):
        raise StepRefused(reasons)
    record("quality_label.discard_version", by=by, facts={"name": version.name})
    version.delete()


def export_version(version: FrameworkVersion) -> str:
    """Return a version as JSON for another network, or for `import_version`."""
    return json.dumps(version.document, ensure_ascii=False, indent=1) + "\n"


def read_document(text: str) -> dict:
    """Return the document in a text. Raises StepRefused with what is wrong in it."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise StepRefused([_("This is no JSON: %(fault)s.") % {"fault": error}]) from error
    return checked(document)


def checked(document) -> dict:
    """Return a document that can be judged by, in full. Raises StepRefused with a sentence for each fault."""
    try:
        return Framework.model_validate(document).model_dump(mode="json")
    except ValidationError as error:
        raise StepRefused(faults_in_words(error)[:MOST_FAULTS]) from error


def _edit(version, document, *, by, seen) -> FrameworkVersion:
    """Edit a draft; translations of what is gone go with it."""
    places = Framework.model_validate(checked({**document, "texts": {}})).words
    kept = {
        language: {place: text for place, text in texts.items() if place in places}
        for language, texts in document.get("texts", {}).items()
    }
    texts = {language: texts for language, texts in kept.items() if texts}
    return edit_version(version, {**document, "texts": texts}, by=by, seen=seen)


def _keep(document, *, based_on, by) -> FrameworkVersion:
    if not may_begin_framework(by):
        raise PermissionDenied
    document = checked(document)
    version, is_new = FrameworkVersion.objects.get_or_create(
        name=document["version"], defaults={"document": document, "based_on": based_on, "made_by": by}
    )
    if not is_new:
        raise StepRefused([_("There is a version of that name. Give this one another.")])
    record("quality_label.begin_version", about=version, by=by, facts={"name": version.name})
    return version

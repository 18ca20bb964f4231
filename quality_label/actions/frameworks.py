"""Writing versions of the framework, and putting them in force."""

import json

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from portal.audit.log import record
from portal.workflow import StepRefused, take, unmet
from quality_label.criteria import Framework
from quality_label.models import FrameworkVersion
from quality_label.permissions import may_begin_framework, may_edit_framework

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


@transaction.atomic
def put_in_force(version: FrameworkVersion, *, by, seen: int | None = None) -> FrameworkVersion:
    """Freeze a draft and judge new applications by it; the version before retires, and its applications keep it."""
    former = FrameworkVersion.objects.in_force()
    if former:
        take(former.retire, by=by)
    return take(version.put_in_force, by=by, seen=seen)


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
    """Return a document that can be judged by. Raises StepRefused with a sentence for each fault."""
    try:
        Framework.model_validate(document)
    except ValidationError as error:
        raise StepRefused(
            [f"{'.'.join(map(str, fault['loc'])) or _('whole')}: {fault['msg']}" for fault in error.errors()][
                :MOST_FAULTS
            ]
        ) from error
    return document


def _keep(document, *, based_on, by) -> FrameworkVersion:
    if not may_begin_framework(by):
        raise PermissionDenied
    document = checked(document)
    if FrameworkVersion.objects.filter(name=document["version"]).exists():
        raise StepRefused([_("There is a version of that name. Give this one another.")])
    version = FrameworkVersion.objects.create(
        name=document["version"], document=document, based_on=based_on, made_by=by
    )
    record("quality_label.begin_version", about=version, by=by, facts={"name": version.name})
    return version

"""Attaching what shows how criteria are met, and taking it away."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.audit.log import record
from portal.files.actions import drop_file, store_file
from portal.files.gate import Admitted
from portal.files.models import StoredFile
from portal.workflow import StepRefused
from quality_label.actions.limits import refuse_others, refuse_overlong
from quality_label.gaps import oldest
from quality_label.models import MOST_EVIDENCE, Application, Evidence
from quality_label.permissions import may_edit_application
from quality_label.workflow.application import answer_is_in_time, organiser_may_operate, return_is_in_time

HANDED_IN_STAYS = _("What was handed in stays. Answer the questions, and attach what is new.")


@transaction.atomic
def attach_evidence(application: Application, *, by, file: Admitted | None = None, **facts) -> Evidence:
    """Attach a link, a page of this portal or an admitted file; a look at the link comes before this.

    Raises StepRefused for the 41st item and for what is too old, and where nothing can be attached now.
    """
    application = _locked(application, by=by)
    _refuse_closed(application, facts["criteria"])
    if application.evidence.kept().count() >= MOST_EVIDENCE:
        raise StepRefused([_("An application holds %(count)d pieces of evidence at most.") % {"count": MOST_EVIDENCE}])
    asked = application.questioned_criteria()
    is_asked_for = asked is None or bool(asked & set(facts["criteria"]))
    return add_evidence(application, by=by, file=file, is_asked_for=is_asked_for, **facts)


def add_evidence(application: Application, *, by, file: Admitted | None = None, **facts) -> Evidence:
    """Keep a piece of evidence under the next number. Raises StepRefused for what is too old or too long."""
    if facts["dated_on"] < oldest(clock.today(), is_plan=facts.get("is_plan", False)):
        raise StepRefused([_("Practice is shown by evidence of the last 24 months, a plan by one of the last 12.")])
    refuse_overlong(Evidence, **{name: facts.get(name, "") for name in ["title", "url"]})
    refuse_others(facts["criteria"], application.rules.criteria)
    item = Evidence.objects.create(
        application=application,
        number=(application.evidence.aggregate(last=Max("number"))["last"] or 0) + 1,
        file=store_file(file, owner=by) if file else None,
        added_by=by,
        **facts,
    )
    Application.objects.filter(pk=application.pk).update(edited_at=clock.now(), reminders=0)
    record("quality_label.attach_evidence", about=application, by=by, facts={"number": item.number})
    return item


@transaction.atomic
def widen_evidence(item: Evidence, codes, *, by) -> Evidence:
    """Let evidence be about more criteria. Raises StepRefused where it was handed in and stays as it is."""
    application = _locked(item.application, by=by)
    _refuse_closed(application, codes)
    refuse_others(codes, application.rules.criteria)
    if not application.may_widen_evidence:
        raise StepRefused([HANDED_IN_STAYS])
    item = application.evidence.kept().filter(pk=item.pk).first()
    if item is None:
        raise StepRefused([_("This evidence was taken away meanwhile. Attach it again.")])
    item.criteria = [code for code in application.rules.criteria if code in {*item.criteria, *codes}]
    item.save(update_fields=["criteria"])
    Application.objects.filter(pk=application.pk).update(edited_at=clock.now(), reminders=0)
    record("quality_label.widen_evidence", about=application, by=by, facts={"number": item.number})
    return item


@transaction.atomic
def remove_evidence(item: Evidence, *, by) -> None:
    """Take evidence away: for good where nothing that was handed in names it, else out of sight. Twice is once."""
    application = _locked(item.application, by=by)
    item = application.evidence.kept().filter(pk=item.pk).first()
    if item is None:
        return
    if reason := staying(application, [item]).get(item.pk):
        raise StepRefused([reason])
    record("quality_label.remove_evidence", about=application, by=by, facts={"number": item.number})
    if item.frozen():
        Evidence.objects.filter(pk=item.pk, removed_at=None).update(removed_at=clock.now())
        return
    erase_item(item)


def staying(application: Application, items) -> dict:
    """Return the evidence that cannot be taken away now, by primary key, with the reason.

    A return leaves alone what was not asked for, also the evidence that it rests on; besides that a draft alone lets
    go of what was handed in.
    """
    if reasons := _reasons_closed(application):
        return {item.pk: reasons[0] for item in items}
    if application.is_draft:
        return {}
    open_codes = application.criteria_open_for_evidence()
    beyond = {item.pk: [code for code in item.criteria if code not in open_codes] for item in items}
    stay = {pk: _needed_elsewhere(codes) for pk, codes in beyond.items() if codes}
    if not application.is_returned:
        handed_in = application.numbers_handed_in()
        stay |= {item.pk: HANDED_IN_STAYS for item in items if item.number in handed_in}
    return stay


def _needed_elsewhere(codes):
    said = _("It stays, as it is also about what you are not asked to complete: %(criteria)s. Attach new beside it.")
    return said % {"criteria": ", ".join(codes)}


@transaction.atomic
def erase_evidence(application: Application) -> None:
    """Delete all evidence of an application that ended long ago."""
    for item in application.evidence.select_related("file"):
        erase_item(item)
    record("quality_label.erase_evidence", about=application)


def erase_item(item: Evidence) -> None:
    """Delete evidence with its file."""
    item.delete()
    if item.file:
        drop_file(item.file)


def copy_evidence(source: Application, target: Application, *, by) -> None:
    """Attach to a draft what an earlier application holds, but for what was hidden as it shows people.

    Files are kept anew, so that each may go by itself.
    """
    for item in source.evidence.kept().filter(hidden_at=None):
        file = None
        if item.file:
            with item.file.content.open("rb") as stored:
                file = Admitted(item.file.name, stored.read(), item.file.content_type)
        Evidence.objects.create(
            application=target,
            number=item.number,
            kind=item.kind,
            title=item.title,
            url=item.url,
            file=store_file(file, owner=by) if file else None,
            from_minute=item.from_minute,
            dated_on=item.dated_on,
            is_plan=item.is_plan,
            criteria=item.criteria,
            is_free_of_personal_data=item.is_free_of_personal_data,
            seen_on=item.seen_on,
            added_by=by,
        )


def checked_file(item: Evidence, *, by) -> StoredFile:
    """Return the file of evidence as it was handed in. Raises StepRefused where its bytes are others by now."""
    found = item.digest_stored()
    if found == item.digest_handed_in():
        return item.file
    with transaction.atomic():
        record("quality_label.evidence_changed", about=item, by=by, facts={"sha256": found})
    raise StepRefused([_("This file is not the one that was handed in. The network was told; it is not shown.")])


def _locked(application, *, by) -> Application:
    """Return an application under lock. Raises where its evidence cannot change now."""
    application = Application.objects.locked().get(pk=application.pk)
    if not may_edit_application(application, by):
        raise PermissionDenied
    if reasons := _reasons_closed(application):
        raise StepRefused(reasons)
    return application


def _reasons_closed(application) -> list:
    """Return why no evidence can change now; empty where some can."""
    if not organiser_may_operate(application):
        return [organiser_may_operate.reason]
    if not application.criteria_open_for_evidence():
        return [_("The application is with the network. Nothing in it can be changed now.")]
    for in_time, waits in [
        (return_is_in_time, application.is_returned),
        (answer_is_in_time, application.has_open_questions),
    ]:
        if waits and not in_time(application):
            return [in_time.reason]
    return []


def _refuse_closed(application, codes) -> None:
    """Raise where evidence cannot be put to these criteria now."""
    if not set(codes) & set(application.rules.criteria):
        raise StepRefused([_("Name a criterion that the evidence is about.")])
    if not application.is_draft and not set(codes) <= application.criteria_open_for_evidence():
        raise PermissionDenied

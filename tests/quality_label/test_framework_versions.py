"""Versions of the framework: begun from another or from a file, edited as drafts, frozen in force, compared."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from portal.audit.models import AuditEvent
from portal.workflow import Stale, StepRefused
from quality_label.actions import (
    begin_version,
    discard_version,
    edit_version,
    export_version,
    import_version,
    put_in_force,
)
from quality_label.comparison import changes_between
from quality_label.models import FrameworkVersion
from tests.factories.accounts import PersonFactory
from tests.factories.label import FrameworkVersionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def admin():
    return PersonFactory(roles=["network_admin"])


def changed(version, code, **values):
    """Return the document of a version with other values in a criterion."""
    document = json.loads(json.dumps(version.document))
    criterion = next(one for area in document["areas"] for one in area["criteria"] if one["code"] == code)
    criterion.update(values)
    return document


def test_a_version_is_begun_from_another_changed_and_put_in_force(admin):
    first = FrameworkVersionFactory(in_force=True)

    draft = begin_version("1.1b", source=first, by=admin)
    draft = edit_version(draft, changed(draft, "A1", weight=5, title="Purpose"), by=admin, seen=draft.version)
    second = put_in_force(draft, by=admin, seen=draft.version)

    first.refresh_from_db()
    assert (first.state, second.state, FrameworkVersion.objects.in_force()) == ("retired", "in_force", second)
    assert [(one.place, one.before, one.after) for one in changes_between(first.rules, second.rules)] == [
        ("A1.weight", "4", "5"),
        ("A1.title", "Purpose and audience", "Purpose"),
    ]
    assert list(AuditEvent.objects.filter(object_type__startswith="quality").values_list("verb", flat=True)) == [
        "quality_label.begin_version",
        "quality_label.frameworkversion.edit",
        "quality_label.frameworkversion.retire",
        "quality_label.frameworkversion.put_in_force",
    ]


def test_what_is_in_force_is_frozen(admin):
    version = FrameworkVersionFactory(in_force=True)

    for act in [
        lambda: edit_version(version, changed(version, "A1", weight=9), by=admin),
        lambda: discard_version(version, by=admin),
        lambda: put_in_force(version, by=admin),
    ]:
        with pytest.raises(StepRefused, match="not open at this stage"):
            act()
    version.refresh_from_db()
    assert (version.state, version.rules.criteria["A1"].weight) == ("in_force", 4)


def test_a_copy_without_a_change_does_not_come_into_force(admin):
    first = FrameworkVersionFactory(in_force=True)
    copy = begin_version("same", source=first, by=admin)

    with pytest.raises(StepRefused, match="the same as the version"):
        put_in_force(copy, by=admin)

    assert FrameworkVersion.objects.in_force() == first


def test_two_who_edit_at_once_lose_nothing_unseen(admin):
    draft = FrameworkVersionFactory()
    edit_version(draft, changed(draft, "A1", weight=5), by=admin, seen=0)

    with pytest.raises(Stale):
        edit_version(draft, changed(draft, "A1", weight=6), by=admin, seen=0)


@pytest.mark.parametrize("role", [None, "coordinator", "assessor"])
def test_network_admins_alone_write(role, admin):
    person = PersonFactory(roles=[role] if role else [])
    draft = FrameworkVersionFactory()

    for act in [
        lambda: begin_version("x", source=draft, by=person),
        lambda: import_version(export_version(draft), by=person),
        lambda: edit_version(draft, draft.document, by=person),
        lambda: put_in_force(draft, by=person),
        lambda: discard_version(draft, by=person),
    ]:
        with pytest.raises(PermissionDenied):
            act()


def test_drafts_are_read_by_those_who_work_on_them():
    draft, public = FrameworkVersionFactory(), FrameworkVersionFactory(in_force=True)

    def seen_by(role):
        return set(FrameworkVersion.objects.visible_to(PersonFactory(roles=[role] if role else [])))

    assert [seen_by(role) for role in [None, "assessor"]] == [{public}, {public}]
    assert [seen_by(role) for role in ["coordinator", "network_admin"]] == [{draft, public}, {draft, public}]


def test_what_is_exported_can_be_imported_under_another_name(admin):
    first = FrameworkVersionFactory(in_force=True)

    copy = import_version(export_version(first).replace(f'"{first.name}"', '"from-file"'), by=admin)

    assert (copy.name, copy.rules.areas, copy.based_on) == ("from-file", first.rules.areas, first)
    with pytest.raises(StepRefused, match="version of that name"):
        import_version(export_version(first), by=admin)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda document: "{", "no JSON"),
        (lambda document: "[" * 100_000, "no JSON"),
        (lambda document: "[]", "whole: Input should be"),
        (lambda document: json.dumps(document | {"unknown": 1}), "unknown: Extra inputs"),
        (lambda document: json.dumps(document | {"title": "NUL \0"}), "title: String should match"),
        (lambda document: json.dumps(document | {"title": "\ud800"}), "title: "),
        (lambda document: json.dumps(document | {"scale": document["scale"][:4]}), "scale: Tuple should have at least"),
        (lambda document: json.dumps(document | {"areas": document["areas"] * 2}), "used more than once: A, B"),
        (lambda document: json.dumps(document | {"texts": {"lt": {"Z9.title": "Nieko"}}}), "texts in lt for nothing"),
        (lambda document: json.dumps(document | {"thresholds": {"awarded": {"total": 101}}}), "less than or equal"),
        (lambda document: json.dumps(document).replace('"weight": 4', '"weight": NaN'), "weight: "),
        (lambda document: json.dumps(document).replace('"kinds"', '"wealth"'), "facts.0: Input should be"),
    ],
)
def test_files_that_cannot_be_judged_by_are_refused_with_what_is_wrong(admin, change, sentence):
    document = FrameworkVersionFactory.build().document

    with pytest.raises(StepRefused, match=sentence):
        import_version(change(document), by=admin)

    assert not FrameworkVersion.objects.exists()


def test_words_fall_back_to_the_language_of_the_document(admin):
    draft = FrameworkVersionFactory()
    document = draft.document | {"texts": {"lt": {"A1.title": "Tikslas"}}}

    rules = edit_version(draft, document, by=admin).rules

    assert rules.text("A1.title", "lt") == ("Tikslas", "lt")
    assert rules.text("A2.title", "lt") == ("Learning outcomes", "en")


def test_the_database_keeps_one_version_in_force():
    FrameworkVersionFactory(in_force=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        FrameworkVersionFactory(in_force=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        FrameworkVersion.objects.update(state="draft")

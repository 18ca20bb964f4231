"""Erasing a person: nothing of them is left anywhere, and nothing of others is harmed."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import models
from wagtail.models import Comment, CommentReply

from badges.actions.assertions import correct_badge
from badges.invariants import lists_follow_the_rows, one_live_badge, rows_and_badges_agree, signatures_hold
from badges.models import Assertion, AwardRow, SignedDocument, StatusList
from badges.models.move_in import mark_of_address
from badges.schedule import award_due_rows, sign_stale_lists
from badges.verdicts import verdict_on
from organisers.models import Organiser
from portal import clock
from portal.accounts.erasing import close_account
from portal.accounts.merging import merge_accounts
from portal.accounts.models import TIME_TO_RETURN, Person
from portal.accounts.schedule import erase_closed_accounts
from portal.files.models import StoredFile
from portal.notifications.actions import notify
from portal.notifications.models import Notification, OutgoingMail
from portal.schedule import discover
from tests.factories.accounts import PersonFactory
from tests.factories.badges import carry_out, issuer_of, published_assertion
from tests.factories.leaver import ADDRESS, NAME, SAID, SECOND, erased, leaver, neighbour_of, set_canaries

pytestmark = pytest.mark.django_db


def everything_stored() -> dict[str, str]:
    """Return all that any table, any kept file and the cache hold, by where it stands."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("tests."):
            continue
        columns = [one for one in model._meta.local_concrete_fields if not isinstance(one, models.AutoField)]
        for row in model._base_manager.values_list("pk", *[one.attname for one in columns]):
            for column, value in zip(columns, row[1:], strict=True):
                if value not in (None, "", True, False):
                    found[f"{model._meta.label}.{column.name}.{row[0]}"] = str(value)
    for root in {settings.MEDIA_ROOT, settings.PRIVATE_ROOT}:
        for path in Path(root).rglob("*"):
            if path.is_file():
                found[str(path)] = path.read_bytes().decode("latin-1")
    found["cache"] = str(cache._cache)
    return found


def places_of(words) -> list[str]:
    """Return where any of some words stands, however it is capitalised."""
    return [
        f"{word} in {place}"
        for place, text in everything_stored().items()
        for word in words
        if word.casefold() in text.casefold()
    ]


def test_nothing_of_an_erased_person_is_left_anywhere(django_capture_on_commit_callbacks):
    cache.clear()
    person = leaver()
    canaries, bare = set_canaries(person)
    assert bare == []
    words = [*canaries.values(), NAME, ADDRESS, SECOND, mark_of_address(ADDRESS), "192.0.2.7", *SAID]
    assert all(places_of([word]) for word in SAID)
    assert len(places_of(words)) > len(words) / 2

    erased(person, django_capture_on_commit_callbacks)
    with clock.moved_to(timedelta(days=30)), django_capture_on_commit_callbacks(execute=True):
        for job in discover().values():
            job.run()
    mail.outbox.clear()

    assert places_of(words) == []


def test_badges_of_others_and_all_counts_stay_as_they_were(django_capture_on_commit_callbacks):
    person = leaver()
    theirs = neighbour_of(person)
    organiser = theirs.badge_class.organiser
    mine = list(Assertion.objects.filter(email__in=[ADDRESS, SECOND]).order_by("pk"))
    sign_stale_lists()
    lists = dict(StatusList.objects.values_list("pk", "changes"))
    before = Assertion.objects.of(organiser).tallied(), Assertion.objects.of(organiser).people_count()

    erased(person, django_capture_on_commit_callbacks)

    assert (Assertion.objects.of(organiser).tallied(), Assertion.objects.of(organiser).people_count()) == before
    assert dict(StatusList.objects.values_list("pk", "changes")) == lists
    left = Assertion.objects.filter(pk__in=[one.pk for one in mine]).order_by("pk")
    assert [one.state for one in left] == [one.state for one in mine]
    assert {(one.name, one.person, one.is_erased) for one in left} == {("", None, True)}
    assert {one.row.status_index for one in left} == {one.row.status_index for one in mine}
    credential = theirs.documents.get(format=SignedDocument.Format.OB3, replaced_by=None).body
    assert verdict_on(theirs, credential).tone == "success"
    for holds in (one_live_badge, rows_and_badges_agree, signatures_hold, lists_follow_the_rows):
        assert list(holds()) == []


def test_a_row_that_waits_is_not_awarded_to_somebody_erased(django_capture_on_commit_callbacks):
    person = leaver()
    waiting = AwardRow.objects.filter(email=ADDRESS, state="awarded").first()
    AwardRow.objects.create(batch=waiting.batch, number=99, email=ADDRESS, name=NAME)

    erased(person, django_capture_on_commit_callbacks)
    award_due_rows()

    row = AwardRow.objects.get(batch=waiting.batch, number=99)
    assert (row.state, row.name, row.email.endswith("@erased.invalid")) == ("cancelled", "", True)
    draft = AwardRow.objects.get(batch__once_key="draft")
    assert (draft.state, draft.email, draft.name, draft.cells) == ("left out", "", "", [])


def test_nobody_is_erased_before_two_weeks_or_without_wishing_it(django_capture_on_commit_callbacks):
    closed, other = PersonFactory(), PersonFactory(is_active=False)
    with django_capture_on_commit_callbacks(execute=True):
        close_account(closed)

    with clock.moved_to(TIME_TO_RETURN - timedelta(minutes=1)):
        erase_closed_accounts()

    assert Person.objects.filter(erased_at=None, pk__in=[closed.pk, other.pk]).count() == 2


def test_an_erased_person_is_an_empty_row_that_others_may_point_at(django_capture_on_commit_callbacks):
    person = erased(leaver(), django_capture_on_commit_callbacks)

    assert (str(person), person.name, person.is_active, person.has_usable_password()) == (
        *("Erased person", ""),
        *(False, False),
    )
    assert person.verified_addresses() == []
    assert StoredFile.objects.filter(owner=person).count() == 0


def test_remarks_go_from_the_versions_and_the_log_of_their_page(django_capture_on_commit_callbacks):
    person, other = leaver(), PersonFactory()
    page = Comment.objects.get(user=person).page
    kept = Comment.objects.create(page=page, user=other, text="A wordily kept one.", contentpath="title", position="")
    CommentReply.objects.create(comment=kept, user=person, text="Yondersaid.")
    Comment.objects.get(user=person).log_create(user=person)
    version = page.specific.save_revision(user=person)
    assert places_of(["Better so.", "Yondersaid."]) != []

    erased(person, django_capture_on_commit_callbacks)

    assert places_of(["Better so.", "Or so.", "Yondersaid."]) == []
    version.refresh_from_db()
    assert [one["text"] for one in version.content["wagtail_admin_comments"]] == ["A wordily kept one."]


def test_what_others_were_told_of_an_organiser_stays(django_capture_on_commit_callbacks):
    person, other = leaver(), PersonFactory()
    organiser = Organiser.objects.get(contact_email=SECOND)
    notify([other], "organisers/handed_over", about=organiser)

    erased(person, django_capture_on_commit_callbacks)

    assert Notification.objects.filter(person=other).count() == 1
    organiser.refresh_from_db()
    assert organiser.contact_email == ""


def test_what_a_namesake_did_stays_under_their_name(django_capture_on_commit_callbacks):
    leaving, namesake, told = PersonFactory(name="Ona Ana"), PersonFactory(name="Ona Ana"), PersonFactory()
    notify([told], "organisers/verification_decided", by=leaving)
    notify([told], "organisers/verification_decided", by=namesake)
    Person.objects.filter(pk=leaving.pk).update(name="Ona Renamed")
    leaving.refresh_from_db()

    erased(leaving, django_capture_on_commit_callbacks)

    for kind in (Notification, OutgoingMail):
        lines = kind.objects.filter(event="organisers/verification_decided").order_by("pk")
        assert [line.facts["by"] for line in lines] == ["Erased person", "Ona Ana"]


def test_what_a_merged_account_did_is_forgotten_with_the_account_that_was_kept(django_capture_on_commit_callbacks):
    kept, other, told = PersonFactory(), PersonFactory(name="Ona Ana"), PersonFactory()
    notify([told], "organisers/verification_decided", by=other)
    merge_accounts(kept, other, by=kept)

    erased(kept, django_capture_on_commit_callbacks)

    assert told.notifications.get().facts["by"] == "Erased person"


def test_who_signs_up_again_with_the_address_gets_nothing_of_the_old(django_capture_on_commit_callbacks):
    old = erased(leaver(), django_capture_on_commit_callbacks)

    new = PersonFactory(email=ADDRESS, name="Somebody New")

    assert new.pk != old.pk
    assert list(Assertion.objects.for_person(new)) == []
    assert list(AwardRow.objects.filter(email=ADDRESS)) == []


def test_a_correction_to_another_address_is_not_made_for_who_is_erased(django_capture_on_commit_callbacks):
    badge = published_assertion(email="jonas@example.org", name="Jonas Petraitis")
    correct_badge(badge, by=issuer_of(badge.badge_class.organiser), email="new@example.org")

    erased(badge.person, django_capture_on_commit_callbacks)
    carry_out()

    assert not Assertion.objects.filter(name="Jonas Petraitis").exists()
    assert not AwardRow.objects.filter(name="Jonas Petraitis").exists()


def test_sessions_that_wait_for_an_address_ending_in_the_same_letters_go_on(django_capture_on_commit_callbacks):
    leaving = PersonFactory(email="na@example.org")
    for address in ("ona@example.org", "na@example.org", "na@example.org.example"):
        session = SessionStore()
        session["address_to_prove"] = {"email": address, "person": None}
        session.save()

    erased(leaving, django_capture_on_commit_callbacks)

    kept = [session.get_decoded()["address_to_prove"]["email"] for session in Session.objects.all()]
    assert sorted(kept) == ["na@example.org.example", "ona@example.org"]

"""What a holder lets others see: evidence and result are private, then in every form of the badge."""

import json
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from badges.actions import Recipient, award, collect_badge, revoke_badge
from badges.actions.assertions import correct_badge
from badges.actions.showing import CHANGES_A_DAY, hide_badge, publish_badge, show_to_others
from badges.models import Assertion, SignedDocument
from badges.schedule import sign_what_says_too_much
from portal.accounts.models import Person
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.badges import carry_out, issuer_of, published_badge

pytestmark = pytest.mark.django_db
WORK, PHOTO = "https://example.org/work", "https://example.org/photo"
DONE = "Ran the repair table."


@pytest.fixture
def holder():
    return PersonFactory(email="jonas@example.org")


@pytest.fixture
def badge(holder):
    """Return a published badge with two pieces of evidence, a result and a description."""
    facts = {"evidence": [WORK, PHOTO], "result": "9 of 10", "narrative": DONE}
    award(published_badge(), [Recipient(holder.email, "Jonas", **facts)], by=None, source="playlist")
    carry_out()
    return publish_badge(collect_badge(Assertion.objects.get(), by=holder), by=holder)


def credential(client, badge):
    return json.loads(client.get(reverse("badges:assertion-credential", args=[badge.key])).content)


def hosted(client, badge):
    return json.loads(client.get(reverse("badges:assertion-hosted", args=[badge.key])).content)


def choose(client, badge, **chosen):
    return client.post(reverse("badges:shown", args=[badge.key]), {"seen_by": "public"} | chosen)


def test_nothing_is_shown_before_the_holder_wants_it(client, badge):
    page = client.get(badge.get_absolute_url()).content.decode()

    assert "9 of 10" not in page
    assert WORK not in page
    assert "evidence" not in credential(client, badge)
    assert "result" not in credential(client, badge)["credentialSubject"]
    assert "evidence" not in hosted(client, badge)


def test_the_holder_sees_all_of_it(client, badge, holder):
    client.force_login(holder)

    page = client.get(badge.get_absolute_url()).content.decode()

    assert "9 of 10" in page
    assert WORK in page
    assert PHOTO in page
    assert page.count("only you see it") == 4
    assert reverse("badges:shown", args=[badge.key]) in page


def test_what_the_holder_ticks_stands_in_every_form(client, badge, holder):
    before = credential(client, badge)
    client.force_login(holder)

    answer = choose(client, badge, evidence=[WORK], result="on")

    assert answer["Location"] == badge.get_absolute_url()
    client.logout()
    now = credential(client, badge)
    assert now["evidence"] == [{"id": WORK, "type": ["Evidence"]}]
    assert now["credentialSubject"]["result"] == [{"type": ["Result"], "value": "9 of 10"}]
    assert without(now, "evidence", "proof", "result") == without(before, "evidence", "proof", "result")
    assert [item["id"] for item in hosted(client, badge)["evidence"]] == [WORK]
    page = client.get(badge.get_absolute_url()).content.decode()
    assert "9 of 10" in page
    assert WORK in page
    assert PHOTO not in page


def without(document, *members):
    subject = {key: value for key, value in document["credentialSubject"].items() if key not in members}
    return {key: value for key, value in document.items() if key not in members} | {"credentialSubject": subject}


def test_what_is_shown_verifies_and_is_named_to_strangers(client, badge, holder):
    show_to_others(badge, by=holder, evidence=[PHOTO], result=True)
    file = client.get(reverse("badges:assertion-png", args=[badge.key])).content
    body = SignedDocument.objects.get(assertion=badge, format="ob3", replaced_by=None).body

    answer = client.post(reverse("badges:verify"), {"text": body}, headers={"accept": "application/json"}).json()

    assert body.encode()[:40] in file
    assert (answer["results"], answer["evidence"]) == (["9 of 10"], [PHOTO])
    assert [step["state"] for step in answer["steps"] if step["state"] == "failed"] == []


def test_hidden_again_it_is_gone_and_what_was_signed_is_kept(client, badge, holder):
    first = credential(client, badge)
    show_to_others(badge, by=holder, evidence=[WORK, PHOTO], result=True)
    client.force_login(holder)

    choose(client, badge)

    assert without(credential(client, badge), "proof") == without(first, "proof")
    assert badge.documents.filter(format="ob3").count() == 3


def test_the_same_choice_signs_nothing(badge, holder):
    show_to_others(badge, by=holder, evidence=[], result=False)

    assert badge.documents.count() == 2


def test_only_its_holder_may_choose(client, badge):
    stranger = PersonFactory()
    client.force_login(stranger)

    assert choose(client, badge, result="on").status_code == 404
    client.force_login(issuer_of(badge.badge_class.organiser))
    assert choose(client, badge, result="on").status_code == 404
    badge.row.refresh_from_db()
    assert not badge.row.result_is_public


def test_evidence_that_the_badge_has_not_is_refused(client, badge, holder):
    client.force_login(holder)

    answer = choose(client, badge, evidence=["https://example.org/other"], result="on")

    assert answer.status_code == 422
    badge.row.refresh_from_db()
    assert not badge.row.result_is_public


def test_a_badge_taken_back_stays_as_it_is(badge, holder):
    revoke_badge(badge, by=issuer_of(badge.badge_class.organiser), reason="A mistake.")

    with pytest.raises(StepRefused):
        show_to_others(badge, by=holder, evidence=[WORK], result=True)


def test_there_is_an_end_of_changes_in_a_day(badge, holder):
    for number in range(CHANGES_A_DAY):
        show_to_others(badge, by=holder, evidence=[], result=number % 2 == 0)

    with pytest.raises(StepRefused):
        show_to_others(badge, by=holder, evidence=[WORK], result=True)


def test_somebody_under_age_has_nothing_to_choose_and_reads_why(client, badge, holder):
    Person.objects.update(is_of_age=False)
    client.force_login(holder)

    page = client.get(reverse("badges:shown", args=[badge.key])).content.decode()

    assert "There is nothing to choose" in page
    assert "Badges of people under age have no public page." in page


def test_a_corrected_badge_goes_on_showing_what_is_still_there(client, badge, holder):
    show_to_others(badge, by=holder, evidence=[WORK, PHOTO], result=True)
    by = issuer_of(badge.badge_class.organiser)

    correct_badge(badge, by=by, email=badge.email, evidence=[PHOTO, "https://example.org/new"], result="10 of 10")
    carry_out()

    newer = credential(client, Assertion.objects.latest("pk"))
    assert [item["id"] for item in newer["evidence"]] == [PHOTO]
    assert newer["credentialSubject"]["result"][0]["value"] == "10 of 10"


def test_a_badge_corrected_to_another_address_shows_nothing(client, badge, holder):
    show_to_others(badge, by=holder, evidence=[WORK], result=True)

    correct_badge(badge, by=issuer_of(badge.badge_class.organiser), email="other@example.org")
    carry_out()

    newer = credential(client, Assertion.objects.latest("pk"))
    assert "evidence" not in newer
    assert "result" not in newer["credentialSubject"]


def served(client, badge):
    """Return everything that software finds at the addresses of a badge, as one text."""
    names = ["credential", "hosted", "png", "svg"]
    return "".join(
        client.get(reverse(f"badges:assertion-{name}", args=[badge.key])).content.decode("latin-1") for name in names
    )


def says(text):
    return [said in text for said in (WORK, "9 of 10", DONE)]


def test_what_a_private_badge_serves_says_nothing_that_is_not_needed_to_check_it(client, badge, holder):
    show_to_others(badge, by=holder, evidence=[WORK], result=True, narrative=True)
    assert says(served(client, badge)) == [True, True, True]

    hide_badge(badge, by=holder)
    assert says(served(client, badge)) == [False, False, False]

    publish_badge(badge, by=holder)
    assert says(served(client, badge)) == [True, True, True]


def test_nothing_of_the_holder_is_in_what_is_signed_first(client, holder):
    facts = {"evidence": [WORK], "result": "9 of 10", "narrative": DONE}
    award(published_badge(), [Recipient(holder.email, "Jonas", **facts)], by=None, source="playlist")
    carry_out()

    assert says(served(client, Assertion.objects.get())) == [False, False, False]


def test_what_is_ticked_while_a_badge_is_private_is_signed_when_it_is_published(client, badge, holder):
    hide_badge(badge, by=holder)
    client.force_login(holder)
    client.post(reverse("badges:shown", args=[badge.key]), {"seen_by": "private", "result": "on", "narrative": "on"})
    assert badge.documents.count() == 2

    choose(client, badge, result="on", narrative="on", evidence=[WORK])

    assert says(served(client, badge)) == [True, True, True]
    assert badge.documents.count() == 4


@pytest.mark.parametrize("name", [False, True])
def test_what_the_holder_did_is_read_where_they_want_it_with_their_name_or_without(client, badge, holder, name):
    publish_badge(badge, by=holder, shows_name=name)
    assert DONE not in client.get(badge.get_absolute_url()).content.decode()

    show_to_others(badge, by=holder, evidence=[], result=False, narrative=True)

    page = client.get(badge.get_absolute_url()).content.decode()
    assert DONE in page
    assert ("What Jonas did" in page, "What this person did" in page) == (name, not name)
    assert credential(client, badge)["credentialSubject"]["narrative"] == hosted(client, badge)["narrative"] == DONE


def test_hiding_is_never_refused_for_too_many_changes(client, badge, holder):
    for number in range(CHANGES_A_DAY):
        show_to_others(badge, by=holder, evidence=[], result=number % 2 == 1)

    hide_badge(badge, by=holder)

    assert says(served(client, badge)) == [False, False, False]


@pytest.mark.parametrize(
    ("published", "named", "told"), [(True, True, True), (True, False, False), (False, False, False)]
)
def test_pages_stay_as_they_are_and_files_say_no_more_from_the_day_of_the_switch(
    client, badge, holder, published, named, told
):
    show_to_others(badge, by=holder, evidence=[], result=False, narrative=True)  # signed as all badges were before
    badge.row.refresh_from_db()
    badge.row.narrative_is_public = False
    badge.row.save()
    Assertion.objects.update(published_at=badge.published_at if published else None, shows_name=named)

    import_module("badges.migrations.0022_narratives_published").keep_what_is_published(apps, None)
    sign_what_says_too_much()

    badge.refresh_from_db()
    assert (badge.row.narrative_is_public, badge.says_too_much) == (told, False)
    assert (DONE in served(client, badge)) is told


def test_with_a_corrected_badge_those_that_it_replaced_are_hidden(client, badge, holder):
    show_to_others(badge, by=holder, evidence=[WORK], result=True, narrative=True)
    correct_badge(badge, by=issuer_of(badge.badge_class.organiser), email=badge.email, name="Jonas P.")
    carry_out()
    newer = Assertion.objects.latest("pk")
    assert says(served(client, newer)) == [True, True, True]

    hide_badge(newer, by=holder)

    badge.refresh_from_db()
    assert (badge.is_replaced, badge.is_published) == (True, False)
    assert says(served(client, badge)) == says(served(client, newer)) == [False, False, False]


def test_a_badge_is_hidden_also_while_its_key_does_not_open(client, badge, holder, settings):
    show_to_others(badge, by=holder, evidence=[WORK], result=False)
    key, settings.KEY_ENCRYPTION_KEY = settings.KEY_ENCRYPTION_KEY, "another secret that opens none of these keys"

    hide_badge(badge, by=holder)

    assert client.get(badge.get_absolute_url()).status_code == 404
    sign_what_says_too_much()
    settings.KEY_ENCRYPTION_KEY = key
    sign_what_says_too_much()
    assert "evidence" not in credential(client, badge)

"""What strangers learn of a holder: nothing before they publish, the name if they say so; nothing of the young."""

import re

import pytest
from django.core.exceptions import PermissionDenied

from badges.actions import collect_badge, decline_badge, revoke_badge
from badges.actions.showing import hide_badge, publish_badge
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, issuer_of, published_assertion
from tests.factories.organisers import MembershipFactory

pytestmark = pytest.mark.django_db


def page(client, badge):
    return client.get(badge.get_absolute_url())


def without_token(answer) -> str:
    """Return a page without what differs from one request to the next."""
    return re.sub(
        r'/assertions/[-0-9a-f]{36}|nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"|%2Fassertions%2F[-0-9a-f]{36}',
        "",
        answer.text,
    )


@pytest.fixture
def holder():
    return PersonFactory(email="jonas@example.org")


@pytest.fixture
def badge(holder):
    """Return a badge that its holder collected."""
    return collect_badge(assertion(), by=holder)


def test_a_badge_is_private_until_its_holder_publishes_it(client, badge, holder):
    other = PersonFactory()
    MembershipFactory(role="issuer", person=other)
    for reader in (None, other):
        if reader:
            client.force_login(reader)
        assert page(client, badge).status_code == 404
        assert client.get(f"/assertions/{badge.key}.pdf").status_code == 404
        assert client.get(f"/assertions/{badge.key}/card.png").status_code == 404
    client.logout()

    publish_badge(badge, by=holder)
    assert page(client, badge).status_code == 200
    hide_badge(badge, by=holder)
    assert page(client, badge).status_code == 404


def test_a_private_badge_and_one_that_never_was_look_the_same(client, badge):
    private, unknown = page(client, badge), client.get("/assertions/3f0fa6a4-0000-4000-8000-000000000000")

    assert (private.status_code, unknown.status_code) == (404, 404)
    assert without_token(private) == without_token(unknown)
    assert "Check whether it counts" in private.text


def test_who_holds_it_on_paper_checks_it_by_its_address(client, badge):
    sent = re.search(r'name="text" value="([^"]*)"', page(client, badge).text).group(1)

    answer = client.post("/verify", {"text": sent}).text

    assert "This badge is genuine." in answer
    assert "Jonas" not in answer


def test_verifiers_read_the_documents_of_a_private_badge(client, badge):
    for end in (".json", "/credential.json", ".png", ".svg", ".jwt"):
        assert client.get(f"/assertions/{badge.key}{end}").status_code == 200


def test_the_name_has_a_switch_of_its_own(client, badge, holder):
    publish_badge(badge, by=holder, shows_name=False)
    assert "Jonas Petraitis" not in page(client, badge).text

    publish_badge(badge, by=holder, shows_name=True)
    assert "Jonas Petraitis" in page(client, badge).text


def test_what_a_holder_published_stays_so_when_it_is_taken_back_and_can_still_be_hidden(client, badge, holder):
    publish_badge(badge, by=holder)
    revoke_badge(badge, by=issuer_of(badge.badge_class.organiser), reason="A mistake.")
    assert "A mistake." in page(client, badge).text

    client.force_login(holder)
    client.post(f"/backpack/{badge.key}/hide/")
    client.logout()

    assert page(client, badge).status_code == 404


def test_only_a_collected_badge_is_published_and_by_its_holder_alone(client, holder):
    waiting = assertion()
    with pytest.raises(StepRefused):
        publish_badge(waiting, by=holder)
    with pytest.raises(PermissionDenied):
        publish_badge(waiting, by=issuer_of(waiting.badge_class.organiser))
    client.force_login(PersonFactory())

    assert client.post(f"/backpack/{waiting.key}/publish/").status_code == 404
    assert client.post(f"/backpack/{waiting.key}/hide/").status_code == 404


def test_it_is_published_from_the_page_that_shares_it(client, badge, holder):
    client.force_login(holder)
    before = client.get(f"/backpack/{badge.key}/share/").text

    after = client.post(f"/backpack/{badge.key}/publish/", {"shows_name": "on"}, follow=True).text

    assert "This badge is private" in before
    assert "wa.me" not in before
    assert "wa.me" in after
    badge.refresh_from_db()
    assert (badge.is_published, badge.shows_name) == (True, True)


def test_the_holder_looks_at_it_as_strangers_do(client, badge, holder):
    client.force_login(holder)
    path = f"{badge.get_absolute_url()}?preview"
    private = client.get(path)
    publish_badge(badge, by=holder, shows_name=False)
    published = client.get(path)

    assert private.status_code == published.status_code == 200
    assert "No published badge is at this address" in private.text
    for answer in (private, published):
        assert "So others see it" in answer.text
        assert "Jonas" not in answer.text
    assert "See it as others do" not in published.text
    client.logout()
    assert "So others see it" not in client.get(path).text


def test_the_holder_reads_what_happened_and_who_sees_it(client, badge, holder):
    publish_badge(badge, by=holder, shows_name=True)
    hide_badge(badge, by=holder)
    client.force_login(holder)

    said = page(client, badge).text

    for words in ("Awarded", "Collected", "Published with your name", "Made private", "Only you and"):
        assert words in said


def test_the_name_of_somebody_who_turned_the_badge_down_stays_hidden(client):
    badge = assertion()

    decline_badge(badge, by=PersonFactory(email="jonas@example.org"))

    assert "Jonas Petraitis" not in page(client, badge).content.decode()


def test_recipient_and_organiser_see_the_name_before(client):
    badge = assertion()
    for person in (PersonFactory(email="jonas@example.org"), issuer_of(badge.badge_class.organiser)):
        client.force_login(person)

        assert "Jonas Petraitis" in page(client, badge).content.decode()


def test_somebody_under_age_has_no_public_page_but_a_badge_that_verifies(client):
    badge = assertion()
    child = PersonFactory(email="jonas@example.org", is_of_age=False)
    collect_badge(badge, by=child)

    assert page(client, badge).status_code == 404
    assert client.get(f"/assertions/{badge.key}/credential.json").status_code == 200
    for person in (child, issuer_of(badge.badge_class.organiser)):
        client.force_login(person)
        assert page(client, badge).status_code == 200


def test_what_somebody_published_before_they_turned_out_to_be_under_age_is_hidden(client, badge, holder):
    publish_badge(badge, by=holder)

    type(holder).objects.update(is_of_age=False)

    assert page(client, badge).status_code == 404


def test_people_under_age_publish_nothing(client):
    child = PersonFactory(email="vaiva@example.org", is_of_age=False)
    badge = collect_badge(assertion(email=child.email), by=child)
    client.force_login(child)

    assert client.post(f"/backpack/{badge.key}/publish/").status_code == 409
    assert "seen_by" not in client.get(f"/backpack/{badge.key}/shown/").context["form"].fields
    badge.refresh_from_db()
    assert not badge.is_published


def test_linkedin_is_offered_to_the_holder_of_a_published_badge_alone(client, badge, holder):
    client.force_login(holder)
    before = page(client, badge).text
    publish_badge(badge, by=holder)
    after = page(client, badge).text
    client.logout()

    assert "Add to LinkedIn" not in before
    assert "Add to LinkedIn" in after
    assert "Add to LinkedIn" not in page(client, badge).text


def test_the_page_of_a_badge_leads_its_holder_back_to_their_badges(client):
    badge = published_assertion()
    back = '<p class="small"><a href="/backpack/">My badges</a></p>'
    assert back not in page(client, badge).content.decode()

    client.force_login(badge.person)

    assert back in page(client, badge).content.decode()

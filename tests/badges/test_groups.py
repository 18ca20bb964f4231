"""Groups: the people of an award, kept to award to again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from badges.actions import Recipient, award, release_batch, revoke_badge
from badges.actions.assertions import correct_badge
from badges.actions.groups import begin_list_of, delete_group, save_group
from badges.actions.lists import award_list, begin_list
from badges.models import AwardBatch, RecipientGroup
from badges.schedule import read_lists
from portal import clock
from portal.files.gate import Admitted
from tests.factories.accounts import PersonFactory
from tests.factories.badges import carry_out, issuer_of, published_badge

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def batch():
    badge = published_badge()
    people = [Recipient("a@example.org", "Ana"), Recipient("=b@example.org", "=Bea, the “second”")]
    batch = award(badge, people, by=issuer_of(badge.organiser))
    carry_out()
    return batch


def test_a_group_is_awarded_to_again_after_a_check(batch):
    issuer = issuer_of(batch.badge_class.organiser)
    group = save_group(batch, "Course 1", by=issuer)
    other = published_badge(batch.badge_class.organiser, name="Chain Check")

    for badge_class, expected in ((other, {"ready"}), (batch.badge_class, {"left out"})):
        listed = begin_list_of(group, badge_class, by=issuer, language="en")
        read_lists()
        rows = AwardBatch.objects.get(pk=listed.pk).rows
        assert set(rows.values_list("state", flat=True)) == expected
        assert set(rows.values_list("email", "name")) == set(group.members.values_list("email", "name"))


def test_saving_under_the_same_name_adds_people_once(batch):
    issuer = issuer_of(batch.badge_class.organiser)
    for _time in range(2):
        group = save_group(batch, "Course 1", by=issuer)

    assert (RecipientGroup.objects.count(), group.members.count()) == (1, 2)


def test_in_the_browser_from_award_to_group_and_back(client, batch):
    organiser = batch.badge_class.organiser
    client.force_login(issuer_of(organiser))
    page = client.post(f"{batch.get_absolute_url()}group/", {"name": "Course 1"}).url
    assert "Ana" in client.get(page).content.decode()
    assert "Course 1" in client.get(f"/workspace/{organiser.slug}/groups/").content.decode()

    member = RecipientGroup.objects.get().members.first()
    client.post(f"{page}change/", {"member": member.pk})
    assert RecipientGroup.objects.get().members.count() == 1
    for number in ("9" * 30, "9" * 5000, "²", ""):
        assert client.post(f"{page}change/", {"member": number}).status_code == 404
    began = client.post(f"{batch.badge_class.workspace_url}award/group/", {"group": RecipientGroup.objects.get().pk})
    assert "/awards/" in began.url
    client.post(f"{page}change/", {})

    assert not RecipientGroup.objects.exists()


def test_groups_stay_in_their_organiser(client, batch):
    issuer = issuer_of(batch.badge_class.organiser)
    group = save_group(batch, "Course 1", by=issuer)
    stranger = published_badge()

    with pytest.raises(PermissionDenied):
        save_group(batch, "Mine", by=issuer_of(stranger.organiser))
    with pytest.raises(PermissionDenied):
        begin_list_of(group, stranger, by=issuer_of(stranger.organiser), language="en")
    with pytest.raises(PermissionDenied):
        delete_group(group, by=PersonFactory())
    client.force_login(issuer_of(stranger.organiser))
    assert client.get(group.get_absolute_url()).status_code == 404
    assert client.post(f"{stranger.workspace_url}award/group/", {"group": group.pk}).status_code == 404


def test_names_are_those_of_the_badges_and_nobody_whose_badge_was_taken_back_joins():
    badge = published_badge()
    person = issuer_of(badge.organiser)
    text = "email,name\na@example.org,Ana First\nb@example.org,Bo\na@example.org,Ana Again\nc@example.org,Cleo\n"
    begin_list(badge, Admitted("l.csv", text.encode(), "text/csv"), by=person, language="en")
    read_lists()
    batch = award_list(AwardBatch.objects.get(), by=person)
    carry_out()
    with clock.moved_to(timedelta(minutes=11)):
        release_batch(batch, by=None)
        bo, cleo = (batch.assertions.get(email=f"{letter}@example.org") for letter in "bc")
        correct_badge(bo, by=person, email="bo@example.org", name="Bo Right", narrative="")
        carry_out()
        revoke_badge(cleo, by=person, reason="Given to the wrong person")

    group = save_group(batch, "Spring", by=person)

    assert set(group.members.values_list("email", "name")) == {
        ("a@example.org", "Ana First"),
        ("bo@example.org", "Bo Right"),
    }


def test_the_choice_how_to_award_names_the_groups_that_can_be_used(client, batch):
    badge, group = batch.badge_class, "Course <1>"
    client.force_login(issuer_of(badge.organiser))
    choice = f"{badge.workspace_url}award/"
    assert "A group that you saved" not in client.get(choice).content.decode()

    save_group(batch, group, by=issuer_of(badge.organiser))

    page = client.get(choice).content.decode()
    assert "Course &lt;1&gt;. You check its people before anything is awarded." in page
    assert f'href="{choice}many/#group"' in page
    assert 'id="group"' in client.get(f"{choice}many/").content.decode()


def test_an_award_to_one_person_has_neither_row_numbers_nor_a_group_to_save(client, batch):
    badge = batch.badge_class
    one = award(badge, [Recipient("c@example.org", "Cleo")], by=issuer_of(badge.organiser))
    client.force_login(issuer_of(badge.organiser))

    to_one, to_many = (client.get(shown.get_absolute_url()).content.decode() for shown in (one, batch))

    for words in ("Save these people as a group", ">Row</th>", 'data-title="Row"'):
        assert words in to_many
        assert words not in to_one

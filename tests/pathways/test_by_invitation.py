"""Activities that are not for everybody."""

import pytest

from pathways.actions import confirm_activity, register
from pathways.actions.guests import invitation_link
from pathways.models import Guest
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.pathways import activity, with_role
from tests.pathways.test_dates import date_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed():
    return activity(audience="invited", title="Closed workshop")


def path(page):
    return invitation_link(page).split("localhost:8000")[-1].replace("http://", "/").replace("//", "/")


def test_it_stands_in_no_list_and_lets_nobody_begin(client, closed):
    client.force_login(PersonFactory())

    assert "Closed workshop" not in client.get("/en/activities/").content.decode()
    assert "By invitation" in client.get(closed.url).content.decode()
    with pytest.raises(StepRefused, match="by invitation"):
        confirm_activity(closed, by=PersonFactory())
    with pytest.raises(StepRefused, match="by invitation"):
        register(date_of(closed), by=PersonFactory())


def test_its_link_lets_in_after_a_press_of_a_button(client, closed):
    learner = PersonFactory()
    client.force_login(learner)
    link = path(closed)

    assert client.get(link).status_code == 200
    assert not Guest.objects.exists()
    client.post(link)

    assert confirm_activity(closed, by=learner).is_passed


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_wrong_link_is_no_link(client, closed, method):
    client.force_login(PersonFactory())
    wrong = path(closed)[:-25] + "a" * 24 + "/"

    assert getattr(client, method)(wrong).status_code == 404
    assert not Guest.objects.exists()


def test_authors_find_the_link_on_the_page_and_nobody_else(client, closed):
    client.force_login(with_role(closed.organiser, "author"))
    assert invitation_link(closed) in client.get(closed.url).content.decode()

    client.force_login(PersonFactory())
    assert invitation_link(closed) not in client.get(closed.url).content.decode()


def test_who_began_while_it_was_open_goes_on(client):
    page, learner = activity(judge="reviewer"), PersonFactory()
    client.force_login(learner)
    client.post(f"/learn/activities/{page.pk}/evidence/", {"text": "Done."})
    page.audience = "invited"
    page.save_revision().publish()

    assert "By invitation" not in client.get(page.url).content.decode()

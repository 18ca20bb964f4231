"""The pages of moving in: who opens them, what they show and take, and how often they ask the database."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from badges.actions import moving_in as actions
from badges.models import FormerAward, FormerBadge, MoveIn
from badges.permissions import may_see_move_in
from portal.accounts.models import Person
from portal.files.models import StoredFile
from portal.notifications.models import Notification
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.move_ins import (
    ISSUER,
    brought,
    checked,
    coordinator,
    export_of,
    former_award,
    former_badge,
    handed_in,
    log_of,
    turned_down,
)
from tests.factories.organisers import MembershipFactory, OrganiserFactory, owner_of
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db

MADE = {"read": brought, "handed_in": handed_in, "checked": checked, "turned_down": turned_down}
PATHS = {
    "hand-in": ({"kind-1": "skill"}, "read", "handed_in"),
    "confirm": ({"note": "Compared ten."}, "handed_in", "checked"),
    "turn-down": ({"reason": "Not theirs."}, "handed_in", "turned_down"),
}


def page_of(client, path, person=None, **data):
    if person:
        client.force_login(Person.objects.get(pk=person.pk))
    else:
        client.logout()
    return client.post(path, data) if data else client.get(path)


def upload(admitted):
    return SimpleUploadedFile(admitted.name, admitted.content)


def people(organiser):
    """Return one person of each kind for an organiser."""
    unit = OrganiserFactory(parent=organiser, verified=True)
    return {
        "owner": owner_of(organiser),
        "issuer": MembershipFactory(organiser=organiser, role="issuer").person,
        "stranger": PersonFactory(),
        "coordinator": coordinator(),
        "admin": PersonFactory(roles=["network_admin"]),
        "own coordinator": MembershipFactory(organiser=unit, person=coordinator(), role="author").person,
    }


SEEN = {"owner": set(MADE), "coordinator": set(MADE) - {"read"}, "admin": set(MADE) - {"read"}}


@pytest.mark.parametrize("state", MADE)
def test_who_sees_it_by_page_query_and_rule(client, state):
    move_in = MADE[state]()

    for role, person in people(move_in.organiser).items():
        is_seen = state in SEEN.get(role, set())
        assert MoveIn.objects.visible_to(person).filter(pk=move_in.pk).exists() == is_seen, role
        assert may_see_move_in(move_in, person) == is_seen, role
        assert page_of(client, move_in.get_absolute_url(), person).status_code == (200 if is_seen else 404), role
        file = page_of(client, f"{move_in.get_absolute_url()}files/export/", person)
        assert file.status_code == (200 if is_seen else 404), role
    assert page_of(client, move_in.get_absolute_url()).status_code == 302


@pytest.mark.parametrize("step", PATHS)
def test_who_takes_a_step(client, step):
    data, before, after = PATHS[step]
    move_in = MADE[before]()
    path = f"{move_in.get_absolute_url()}{step}/"
    answers = {"owner": 403, "issuer": 404, "stranger": 404, "coordinator": 403, "admin": 403, "own coordinator": 404}
    acting = "owner" if step == "hand-in" else "coordinator"
    if step == "hand-in":
        answers |= {"coordinator": 404, "admin": 404}
    del answers[acting]
    if acting == "coordinator":
        del answers["admin"]
    everybody = people(move_in.organiser)

    for role, status in answers.items():
        assert page_of(client, path, everybody[role], **data).status_code == status, role
    assert page_of(client, path, **data).status_code == 302
    assert MoveIn.objects.get().state == before
    assert page_of(client, path, everybody[acting], **data).status_code == 302
    assert MoveIn.objects.get().state == after


def test_owners_alone_bring_something_in(client):
    organiser = OrganiserFactory(verified=True)
    for name in ["", "new/"]:
        path = f"/workspace/{organiser.slug}/issued/elsewhere/{name}"
        answers = {role: page_of(client, path, person).status_code for role, person in people(organiser).items()}
        others = {"issuer": 403, "stranger": 404, "coordinator": 404, "admin": 404, "own coordinator": 404}
        assert answers == {"owner": 200, **others}
    with pytest.raises(PermissionDenied):
        actions.begin_move_in(organiser, platform="Old", address="", export=None, log=log_of("a"), by=PersonFactory())


def test_only_those_who_check_see_the_queue_and_nobody_their_own(client):
    move_in = handed_in()
    everybody = people(move_in.organiser)

    for role, person in everybody.items():
        status = 200 if role in {"coordinator", "admin", "own coordinator"} else 403
        page = page_of(client, "/network/move-ins/", person)
        assert page.status_code == status, role
        assert (move_in.get_absolute_url() in page.text) == (role in {"coordinator", "admin"}), role


def test_from_the_files_to_the_queue_in_the_browser(client):
    organiser = OrganiserFactory(verified=True)
    begin = f"/workspace/{organiser.slug}/issued/elsewhere/new/"
    export = upload(export_of(ISSUER, former_badge(), former_award(1)))
    log = upload(log_of("Bike Buddy,ona@example.org,2025-04-01,", "Bike Buddy,nobody,2025-04-01,"))

    answer = page_of(client, begin, owner_of(organiser), platform="Old Badges", export=export, log=log)
    move_in = MoveIn.objects.get()
    page = client.get(answer.url).text

    assert answer.url == move_in.get_absolute_url()
    assert "Award log, row 3:" in page
    assert "This does not look like an e-mail address." in page
    assert 'name="kind-2"' in page
    client.post(f"{answer.url}hand-in/", {"kind-1": "skill", "kind-2": "participation"})
    assert {badge.name: badge.kind for badge in FormerBadge.objects.all()} == {
        "Brake Check": "skill",
        "Bike Buddy": "participation",
    }
    assert move_in.get_absolute_url() in page_of(client, "/network/move-ins/", coordinator()).text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Choose an export, an award log, or both."),
        ({"export": b"no json"}, "This is not an export in JSON"),
        ({"log": b"name,mail\nOna,ona@example.org"}, "The first row must name the columns"),
        ({"log": b""}, "This file is empty."),
        ({"address": "javascript:alert(1)", "log": b"x"}, "Enter a valid URL."),
    ],
)
def test_what_cannot_be_used_is_said_beside_the_field_and_nothing_typed_is_lost(client, data, said):
    organiser = OrganiserFactory(verified=True)
    files = {
        name: SimpleUploadedFile(name, content) if isinstance(content, bytes) else content
        for name, content in data.items()
    }

    path = f"/workspace/{organiser.slug}/issued/elsewhere/new/"
    answer = page_of(client, path, owner_of(organiser), platform="Old Badges", **files)

    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Old Badges"' in answer.text
    assert not MoveIn.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(("step", "data"), [("confirm", {"note": " "}), ("turn-down", {"reason": ""})])
def test_a_decision_needs_words(client, step, data):
    move_in = handed_in()

    assert page_of(client, f"{move_in.get_absolute_url()}{step}/", coordinator(), **data).status_code == 422
    assert (
        page_of(client, f"{move_in.get_absolute_url()}hand-in/", owner_of(move_in.organiser), x="y").status_code == 422
    )
    assert MoveIn.objects.get().state == "handed_in"


def test_what_holds_no_award_is_not_handed_in(client):
    move_in = brought(export=export_of(ISSUER, former_badge()))

    with pytest.raises(StepRefused):
        actions.hand_in_move_in(move_in, kinds={}, by=owner_of(move_in.organiser))
    page = page_of(client, move_in.get_absolute_url(), owner_of(move_in.organiser)).text
    assert "there is nothing to check" in page
    assert "hand-in/" not in page


@pytest.mark.parametrize("state", MADE)
def test_thrown_away_it_is_gone_with_files_and_news(client, django_capture_on_commit_callbacks, state):
    network, move_in = coordinator(), MADE[state]()
    path = f"{move_in.get_absolute_url()}drop/"
    files = [StoredFile.objects.get().content]

    assert page_of(client, path, network, x="y").status_code == (404 if state == "read" else 403)
    place = f'href="/workspace/{move_in.organiser.slug}/issued/" aria-current="page"'
    assert place in page_of(client, path, owner_of(move_in.organiser)).text
    with django_capture_on_commit_callbacks(execute=True):
        assert page_of(client, path, owner_of(move_in.organiser), x="y").status_code == 302

    assert [model.objects.count() for model in (MoveIn, FormerAward, StoredFile)] == [0, 0, 0]
    assert not any(file.storage.exists(file.name) for file in files)
    assert not Notification.objects.filter(object_type="badges.movein").exists()


def test_pages_ask_as_often_for_many_as_for_few(client):
    def bring(organiser, count):
        badges = [former_badge(f"Badge {number}") for number in range(count)]
        awards = [former_award(number, f"p{number}@example.org", badge) for number, badge in enumerate(badges)]
        return handed_in(organiser, export=export_of(ISSUER, *badges, *awards))

    few, many = bring(None, 1), bring(None, 30)
    network = coordinator()
    for person, paths in [
        (network, [one.get_absolute_url() for one in (few, many)]),
    ]:
        client.force_login(person)
        assert len({queries_of(client, path) for path in paths}) == 1
    asked = []
    for one in (few, many):
        client.force_login(owner_of(one.organiser))
        asked.append(queries_of(client, one.get_absolute_url()))
    assert asked[0] == asked[1]
    client.force_login(network)
    before = queries_of(client, "/network/move-ins/")
    for _number in range(28):
        handed_in()
    assert queries_of(client, "/network/move-ins/") == before


def test_lists_of_an_organiser_ask_as_often_for_many_as_for_few(client):
    organiser = OrganiserFactory(verified=True)
    client.force_login(owner_of(organiser))
    paths = [f"/workspace/{organiser.slug}/issued/elsewhere/", organiser.get_absolute_url()]
    checked(organiser)
    before = [queries_of(client, path) for path in paths]
    for number in range(11):
        checked(organiser, log=log_of(f"Badge {number},ona@example.org,2025-04-01,"), platform=f"Place {number}")

    assert [queries_of(client, path) for path in paths] == before


def test_files_are_read_thirty_times_an_hour_at_the_most(client):
    organiser = OrganiserFactory(verified=True)
    path = f"/workspace/{organiser.slug}/issued/elsewhere/new/"
    answers = [page_of(client, path, owner_of(organiser), platform="Old").status_code for _time in range(31)]

    assert answers == [422] * 30 + [429]

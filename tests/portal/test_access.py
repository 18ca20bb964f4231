"""Deny by default: every address has a rule, and every response its headers."""

import pytest
from django.urls import URLResolver, get_resolver

from portal.access.rules import rule_of
from portal.audit.models import AuditEvent
from tests.factories.accounts import PersonFactory

OURS = ("portal.", "organisers.", "badges.", "pathways.", "quality_label.", "cms.")
OPEN_TO_ALL = {"public"}


def addresses(resolver=None, prefix=""):
    """Yield every address pattern with its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, address)
        else:
            yield address, entry.callback


def test_every_address_has_a_rule():
    forgotten = [address for address, view in addresses() if rule_of(view) is None]

    assert forgotten == ["en/_util/login/"]  # Wagtail's second door to sign in: kept shut by having no rule


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_second_sign_in_page_of_wagtail_is_shut(client, method):
    assert getattr(client, method)("/en/_util/login/").status_code == 403


def test_our_own_views_name_their_rule_themselves():
    unruled = [
        address
        for address, view in addresses()
        if getattr(view, "view_class", view).__module__.startswith(OURS) and not hasattr(view, "access_rule")
    ]

    assert unruled == []


def test_third_party_addresses_stand_under_known_prefixes_only():
    foreign = {
        address.split("/")[0]
        for address, view in addresses()
        if not hasattr(view, "access_rule") and not address.startswith(("cms/", "accounts/", "documents/"))
    }

    assert foreign <= {"en", "lt", "^(?P<path>([\\w\\-]+", "^([\\w\\-]+"}


@pytest.mark.django_db
def test_forgotten_view_is_refused(client, settings):
    settings.ROOT_URLCONF = "tests.portal.unruled_urls"

    response = client.get("/forgotten/")

    assert response.status_code == 403
    assert b"secret" not in response.content


@pytest.mark.django_db
def test_every_guarded_page_without_parameters_sends_strangers_to_sign_in(client):
    guarded = [
        f"/{address}"
        for address, view in addresses()
        if getattr(view, "access_rule", "public") not in OPEN_TO_ALL and not set("<(^") & set(address)
    ]

    answers = {path: (response := client.get(path)).status_code == 302 and response["Location"] for path in guarded}

    assert len(guarded) > 5
    assert answers == {path: f"/accounts/login/?next={path}" for path in guarded}


@pytest.mark.services
@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/quality-label/criteria/1%00/", "/quality-label/criteria/1%00.json"])
def test_nothing_is_at_an_address_with_nul(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.services
@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/en/map/{}/", "/learn/pages/{}/ask/", "/learn/playlists/{}/join/", "/looks/{}/"])
@pytest.mark.parametrize("digits", [18, 19, 30])
def test_nothing_is_at_an_address_with_a_number_that_no_key_is_as_long_as(client, address, digits):
    client.force_login(PersonFactory())

    assert client.post(address.format("9" * digits)).status_code == 404


@pytest.mark.django_db
def test_refused_act_is_written_down_and_refused_look_is_not(client):
    learner = PersonFactory()
    client.force_login(learner)

    client.get("/network/people/new/")
    assert client.post("/network/people/new/", {}).status_code == 403

    refusals = AuditEvent.objects.filter(verb="refused").values_list("actor_id", "facts")
    assert list(refusals) == [(learner.pk, {"path": "/network/people/new/", "method": "POST"})]


@pytest.mark.django_db
def test_looking_at_an_address_that_takes_forms_gets_a_page_with_words(client):
    client.force_login(PersonFactory())

    answer = client.get("/inbox/read/")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Nothing to look at here" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("roles", "whom"),
    [
        ([], "ask the owner of the organiser"),
        (["coordinator"], "ask a network administrator"),
        (["assessor"], "ask a network administrator"),
    ],
)
def test_who_is_refused_is_told_whom_to_ask(client, roles, whom):
    client.force_login(PersonFactory(roles=roles))

    response = client.get("/network/people/")

    assert response.status_code == 403
    assert whom in response.text

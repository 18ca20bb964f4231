"""Terms in versions: read, agreed to, asked about again, written by network admins."""

import re
from datetime import timedelta

import pytest

from portal import clock
from portal.accounts.actions import accept_invitation, create_person
from portal.accounts.models import Person, TermsAcceptance, TermsText, TermsVersion
from portal.accounts.terms import draft_terms, put_terms_in_force, write_terms
from portal.audit.models import AuditEvent
from portal.schedule import drain
from portal.workflow import StepRefused
from tests.accounts.test_sign_up import ANSWERS
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db

PLACE = re.compile(r"\{\w+\}")
WORDS = {("terms", "en"): "What this is\n\nA place to learn and to play.", ("privacy", "en"): "We keep little."}


@pytest.fixture
def admin():
    return PersonFactory(email="admin@example.org", roles=["network_admin"])


def new_version(admin, *, days=1):
    """Put a second version in force some days from today."""
    draft = write_terms(draft_terms(by=admin), by=admin, words=WORDS)
    return put_terms_in_force(draft, by=admin, on=clock.today() + timedelta(days=days))


@pytest.fixture
def changed(admin):
    """A second version, in force since yesterday, of which the clock knows."""
    version = new_version(admin)
    TermsVersion.objects.filter(number=1).update(in_force_on=clock.today() - timedelta(days=2))
    TermsVersion.objects.filter(number=2).update(in_force_on=clock.today() - timedelta(days=1))
    drain()
    return version


@pytest.mark.parametrize(("path", "title"), [("/terms/", "Terms of use"), ("/privacy/", "Privacy notice")])
def test_every_installation_has_a_first_version_that_anybody_reads(client, settings, path, title):
    settings.OPERATOR_NAME = "Ratas, Vilnius"

    page = client.get(path).text

    assert f"<h1>{title}</h1>" in page
    assert "Version 1, from" in page
    assert "Ratas, Vilnius" in page
    assert "privacy@example.org" in page
    assert "{operator}" not in page
    assert "{contact}" not in page
    assert 'href="/terms/"' in page.split("<footer")[1]
    assert 'href="/privacy/"' in page.split("<footer")[1]


@pytest.mark.parametrize("language", ["lt", "pl", "ro"])
@pytest.mark.parametrize("kind", ["terms", "privacy"])
def test_first_version_has_the_same_parts_and_places_in_each_of_its_languages(kind, language):
    english, other = (
        TermsText.objects.get(version_id=1, kind=kind, language=code).words.split("\n\n") for code in ("en", language)
    )

    places = [[sorted(PLACE.findall(part)) for part in words] for words in (english, other)]
    assert places[0] == places[1]


def test_text_that_is_missing_in_a_language_is_marked_as_the_one_it_is(client):
    TermsText.objects.filter(version_id=1, kind="terms", language="lt").delete()
    TermsText.objects.filter(version_id=1, kind="privacy", language="lt").update(words="Saugome nedaug.")
    client.cookies["language"] = "lt"

    assert '<div class="prose" lang="en">' in client.get("/terms/").text
    privacy = client.get("/privacy/").text
    assert "Saugome nedaug." in privacy
    assert '<div class="prose" lang="en">' not in privacy


def test_former_version_stays_and_changes_are_shown_word_by_word(client, changed):
    TermsText.objects.filter(version_id=1, kind="terms").update(words="What this is\n\nA place to learn.")

    now, former, since = client.get("/terms/"), client.get("/terms/1/"), client.get("/terms/2/?since=1")

    assert "A place to learn and to play." in now.text
    assert "This is a former version." in former.text
    assert "<ins>learn and to play.</ins>" in since.text
    assert "<del>learn.</del>" in since.text


@pytest.mark.parametrize("path", ["/terms/2/", "/terms/9/", "/privacy/2/", "/terms/1/?since=2", "/terms/99999999/"])
def test_draft_is_for_network_admins_alone(client, admin, path):
    draft_terms(by=admin)

    assert client.get(path).status_code == 404


def test_terms_ask_as_often_for_many_versions_as_for_two(client, changed):
    few = queries_of(client, "/terms/")
    for number in range(3, 30):
        version = TermsVersion.objects.create(number=number, in_force_on=clock.today() - timedelta(days=1000 - number))
        TermsText.objects.create(version=version, kind="terms", language="en", words="Play.")

    assert queries_of(client, "/terms/") == few


def test_sign_up_records_who_agreed_to_what_and_how(client):
    client.post("/accounts/signup/", ANSWERS)

    person = Person.objects.get(email="ona@example.org")
    acceptance = person.acceptances.get()
    assert (acceptance.version_id, acceptance.how) == (1, "sign_up")
    assert person.must_accept_terms is False


def test_links_at_sign_up_open_beside_the_form(client):
    page = client.get("/accounts/signup/").text.split("<footer")[0]

    assert '<a href="/terms/" target="_blank" rel="noopener">' in page
    assert '<a href="/privacy/" target="_blank" rel="noopener">' in page


def test_who_is_registered_by_an_admin_agrees_with_the_first_password(client, admin):
    person = create_person(by=admin, email="nora@example.org", name="Nora", country="SI", is_of_age=True)
    assert person.must_accept_terms is True

    accept_invitation(person, PASSWORD)

    assert person.acceptances.get().how == "welcome"
    assert Person.objects.get(pk=person.pk).must_accept_terms is False


def test_everybody_is_asked_when_a_new_version_comes_into_force_and_then_goes_on(client, admin):
    person = PersonFactory()
    client.force_login(person)
    version = new_version(admin, days=5)
    drain()
    assert client.get("/settings/").status_code == 200

    with clock.moved_to(timedelta(days=5)):
        drain()
        asked = client.get("/settings/?a=b")
        page = client.get(asked["Location"])
        gone_on = client.post("/terms/accept/", {"next": "/settings/?a=b"})

        assert asked["Location"] == "/terms/accept/?next=%2Fsettings%2F%3Fa%3Db"
        assert "The terms have changed" in page.text
        assert "<ins>" in page.text
        assert gone_on["Location"] == "/settings/?a=b"
        assert client.get("/settings/").status_code == 200
        drain()
        assert client.get("/settings/").status_code == 200
    assert list(person.acceptances.values_list("version_id", "how")) == [(1, "sign_up"), (version.pk, "asked")]


def test_nobody_is_asked_about_a_version_before_its_day(admin):
    person = PersonFactory()
    new_version(admin, days=5)

    with clock.moved_to(timedelta(days=4)):
        drain()

    person.refresh_from_db()
    assert person.must_accept_terms is False


def test_somebody_who_never_agreed_is_asked_in_other_words(client):
    client.force_login(PersonFactory(accepted=False, must_accept_terms=True))

    page = client.get("/terms/accept/").text

    assert "The terms of this portal" in page
    assert "The terms have changed" not in page


@pytest.mark.parametrize("path", ["/en/", "/terms/", "/privacy/", "/verify", "/c/", "/healthz/live", "/language/lt/"])
def test_what_is_public_is_never_shut(client, path):
    person = PersonFactory(must_accept_terms=True)
    client.force_login(person)

    assert "/terms/accept/" not in client.get(path).headers.get("Location", "")


@pytest.mark.parametrize(
    "path", ["/backpack/", "/inbox/", "/workspace/", "/accounts/email/", "/accounts/2fa/", "/cms/", "/network/people/"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_for_people_who_signed_in_waits_for_the_answer(client, path, method):
    client.force_login(PersonFactory(must_accept_terms=True, roles=["network_admin"]))

    assert getattr(client, method)(path)["Location"].startswith("/terms/accept/?next=")


def test_nothing_typed_is_lost_while_the_terms_are_asked(client):
    client.force_login(PersonFactory(must_accept_terms=True))

    asked = client.post("/settings/", {"name": "A new name of mine"})
    client.post("/terms/accept/")

    assert asked["Location"] == "/terms/accept/?next=%2Fresume%2F"
    assert "A new name of mine" in client.get("/resume/").text


def test_page_that_sends_by_itself_is_told_so(client):
    client.force_login(PersonFactory(must_accept_terms=True))

    assert client.post("/settings/", {}, headers={"Accept": "application/json"}).status_code == 403


def test_terms_are_asked_at_sign_in_whatever_page_came_before(client):
    person = PersonFactory(must_accept_terms=True)

    answer = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD, "next": "/verify"})

    assert answer["Location"] == "/terms/accept/?next=%2Fverify"


def test_who_does_not_agree_signs_out(client):
    client.force_login(PersonFactory(must_accept_terms=True))

    client.post("/accounts/logout/")

    assert client.get("/settings/")["Location"] == "/accounts/login/?next=/settings/"


def test_accepting_twice_is_one_record_and_leads_nowhere_else(client):
    person = PersonFactory(accepted=False, must_accept_terms=True)
    client.force_login(person)

    answers = [client.post("/terms/accept/", {"next": "https://evil.example/"})["Location"] for _ in range(2)]

    assert answers == ["/", "/"]
    assert person.acceptances.count() == 1
    assert AuditEvent.objects.filter(verb="accounts.terms.accept").count() == 1


def test_admin_writes_looks_and_puts_in_force(client, admin):
    client.force_login(admin)

    begun = client.post("/network/terms/new/")
    saved = client.post(begun["Location"], {"terms_en": "New rules.", "privacy_en": "New notice."})
    preview = client.get(saved["Location"])
    day = clock.today() + timedelta(days=30)
    client.post(saved["Location"], {"on": day.isoformat()})

    assert "<p>New rules.</p>" in preview.text
    version = TermsVersion.objects.get(number=2)
    assert (version.in_force_on, version.made_by) == (day, admin)
    assert "New rules." in client.get("/terms/2/").text
    assert client.get(begun["Location"]).status_code == 404
    assert client.post(begun["Location"], {"terms_en": "Other", "privacy_en": "Other"}).status_code == 404


def test_draft_without_its_first_language_is_given_back_with_what_was_typed(client, admin):
    client.force_login(admin)
    place = client.post("/network/terms/new/")["Location"]

    answer = client.post(place, {"terms_en": "", "privacy_en": "", "terms_lt": "Taisyklės."})

    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == ["privacy_en", "terms_en"]
    assert "Taisyklės." in answer.text


@pytest.mark.parametrize("on", ["", "2020-01-01", "soon"])
def test_day_that_cannot_be_is_refused_beside_the_field(client, admin, on):
    client.force_login(admin)
    client.post("/network/terms/new/")

    answer = client.post("/network/terms/2/preview/", {"on": on})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["on"]
    assert TermsVersion.objects.get(number=2).is_draft


def test_version_with_its_day_is_never_changed(admin):
    version = new_version(admin)

    with pytest.raises(StepRefused):
        write_terms(version, by=admin, words=WORDS)
    with pytest.raises(StepRefused):
        put_terms_in_force(version, by=admin, on=clock.today() + timedelta(days=9))


def test_there_is_one_draft_at_a_time(admin):
    assert draft_terms(by=admin) == draft_terms(by=admin)


@pytest.mark.parametrize(("roles", "status"), [([], 403), (["coordinator"], 403), (["network_admin"], 200)])
def test_only_network_admins_write_terms(client, admin, roles, status):
    draft_terms(by=admin)
    client.force_login(PersonFactory(roles=roles))

    for path in ("/network/terms/", "/network/terms/2/", "/network/terms/2/preview/"):
        assert client.get(path).status_code == status


def test_the_question_costs_no_query(client):
    person = PersonFactory()
    client.force_login(person)
    before = queries_of(client, "/settings/")
    TermsAcceptance.objects.all().delete()

    assert queries_of(client, "/settings/") == before

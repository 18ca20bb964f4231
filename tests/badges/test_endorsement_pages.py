"""The pages of endorsements: who opens them, what they show, and what can be done there."""

import json

import pytest
from django.urls import reverse

from badges.actions import endorsements as actions
from badges.actions import save_badge_class
from badges.models import Attestation, Endorsement
from badges.openbadges import State, verify_endorsement
from badges.published import own_document
from badges.schedule import sign_stale_lists
from badges.subjects import ASSERTION, BADGE, ORGANISER, find
from pathways.actions.endorsable import ACTIVITY
from portal import clock
from portal.accounts.models import Person
from tests.badges.test_list_queries import queries_of
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, issuer_of, published_assertion, published_badge
from tests.factories.endorsements import TEXT, asked, given, offered, withdrawn, writer_of
from tests.factories.organisers import MembershipFactory, OrganiserFactory, owner_of
from tests.factories.pathways import activity

pytestmark = pytest.mark.django_db

STEPS = {
    "write": "asked",
    "decline": "asked",
    "cancel": "asked",
    "accept": "offered",
    "turn-down": "offered",
    "take-back": "offered",
    "withdraw": "given",
}
OF_WHO_ENDORSES = {"write", "decline", "take-back", "withdraw"}
MADE = {"asked": asked, "offered": offered, "given": given}


def page_of(client, path, person=None, **data):
    if person:
        client.force_login(Person.objects.get(pk=person.pk))
    else:
        client.logout()
    return client.post(path, data) if data else client.get(path)


def test_everybody_reads_what_was_given_and_nobody_else_what_waits(client):
    for found, status in [(given(), 200), (withdrawn(), 200), (asked(), 404), (offered(), 404)]:
        assert page_of(client, found.get_absolute_url()).status_code == status
        assert page_of(client, found.get_absolute_url(), PersonFactory()).status_code == status
        for side in [writer_of(found), owner_of(found.organiser)]:
            assert page_of(client, found.get_absolute_url(), side).status_code == 200


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_404_for_who_may_not_see_it_and_403_for_the_other_side(client, step):
    found = MADE[STEPS[step]]()
    path = reverse(f"badges:endorsement-{step}", args=[found.key])
    other = found.organiser if step in OF_WHO_ENDORSES else found.endorser
    author = MembershipFactory(organiser=found.organiser, role="author").person
    issuer = MembershipFactory(organiser=found.endorser, role="issuer").person

    for person in [PersonFactory(), author]:
        assert page_of(client, path, person, text=TEXT).status_code == (403 if found.is_public else 404)
    for person in [owner_of(other), issuer]:
        assert page_of(client, path, person, text=TEXT).status_code == 403
    assert page_of(client, path, text=TEXT).status_code == 302
    assert Endorsement.objects.get().state == STEPS[step]


def test_software_gets_what_was_signed_at_the_same_address(client):
    found = given()
    sign_stale_lists()
    path = found.get_absolute_url()

    signed = client.get(path, headers={"accept": "application/vc+ld+json"})
    page = client.get(path, headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})

    assert signed.content.decode() == found.attestation.body == client.get(found.attestation.address).content.decode()
    assert signed["Content-Type"] == "application/vc+ld+json"
    assert signed["Access-Control-Allow-Origin"] == "*"
    assert "Accept" in signed["Vary"]
    assert "Accept" in page["Vary"]
    assert TEXT in page.content.decode()
    token = client.get(reverse("badges:attestation-token", args=[found.key]))
    resolve = own_document
    assert token["Content-Type"] == "application/jwt"
    assert verify_endorsement(token.content, resolve=resolve, now=clock.now()).state is State.VERIFIED


def test_withdrawn_says_so_without_its_words_and_stays_for_software(client):
    found = withdrawn()
    page = client.get(found.get_absolute_url()).content.decode()

    assert "withdrew this endorsement" in page
    assert "taken back" in page
    assert TEXT not in page
    assert client.get(found.attestation.address).status_code == 200


def test_ask_write_and_read_through_the_pages(client):
    badge, endorser = published_badge(), OrganiserFactory(verified=True, words="Kalnų žygiai")
    whom = reverse("badges:endorsement-whom", args=[BADGE, badge.key])
    issuer, owner = issuer_of(badge.organiser), owner_of(endorser)

    things = page_of(client, reverse("badges:endorsement-ask", args=[badge.organiser.slug]), issuer).content.decode()
    assert whom in things
    found = client.get(whom, {"q": "žygiai"}).content.decode()
    where = reverse("badges:endorsement-request", args=[BADGE, badge.key, endorser.slug])
    assert where in found
    assert reverse("badges:endorsement-request", args=[BADGE, badge.key, badge.organiser.slug]) not in found
    assert client.post(where, {"message": ""}).status_code == 422
    client.post(where, {"message": "You know our workshop."})
    request = Endorsement.objects.get()

    write = reverse("badges:endorsement-write", args=[request.key])
    assert "You know our workshop." in page_of(client, request.get_absolute_url(), owner).content.decode()
    assert client.post(write, {"endorser": endorser.slug, "text": ""}).status_code == 422
    typed = {"endorser": endorser.slug, "text": TEXT}
    preview = client.post(write, typed)
    assert Endorsement.objects.get().is_asked
    seal = preview.context["preview"]["seal"]
    client.post(write, typed | {"sign": seal})

    assert Endorsement.objects.get().is_given
    assert TEXT in page_of(client, badge.get_absolute_url()).content.decode()


def test_only_what_was_previewed_is_signed(client):
    badge = published_badge()
    request = asked(badge)
    write = reverse("badges:endorsement-write", args=[request.key])
    typed = {"endorser": request.endorser.slug, "text": TEXT}
    seal = page_of(client, write, writer_of(request), **typed).context["preview"]["seal"]

    client.post(write, typed | {"text": f"{TEXT} And more.", "sign": seal})
    assert Endorsement.objects.get().is_asked
    words = {"language": "en", "name": badge.name, "description": "Something else.", "picture_text": "A wheel"}
    save_badge_class(badge, by=issuer_of(badge.organiser), words=words | {"criteria": "Come."}, skills=[])
    client.post(write, typed | {"sign": seal})
    assert Endorsement.objects.get().is_asked


@pytest.mark.parametrize("over", [given, withdrawn])
def test_what_was_accepted_already_or_withdrawn_is_not_accepted_again(client, over):
    found = over()
    path = reverse("badges:endorsement-accept", args=[found.key])

    refused = page_of(client, path, owner_of(found.organiser), x="")

    assert (refused.status_code, "not open at this stage" in refused.content.decode()) == (409, True)
    assert Endorsement.objects.get().state == found.state
    assert Attestation.objects.count() == 1


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_a_signed_form_that_is_sent_again_is_refused_and_keeps_the_words(client, is_withdrawn):
    request = asked()
    write = reverse("badges:endorsement-write", args=[request.key])
    typed = {"endorser": request.endorser.slug, "text": "We know them well."}
    signed = typed | {"sign": page_of(client, write, writer_of(request), **typed).context["preview"]["seal"]}
    client.post(write, signed)
    if is_withdrawn:
        withdrawn(Endorsement.objects.get())

    again = client.post(write, signed)

    said = again.content.decode()
    assert (again.status_code, "not open at this stage" in said, "We know them well.</textarea>" in said) == (
        409,
        True,
        True,
    )
    assert Attestation.objects.count() == 1


def test_the_same_offer_sent_again_is_refused_and_keeps_the_words(client):
    organiser, endorser = OrganiserFactory(verified=True), OrganiserFactory(verified=True)
    offer = reverse("badges:endorsement-offer", args=[ORGANISER, organiser.key])
    typed = {"endorser": endorser.slug, "text": TEXT}
    signed = typed | {"sign": page_of(client, offer, owner_of(endorser), **typed).context["preview"]["seal"]}
    client.post(offer, signed)

    again = client.post(offer, signed)

    assert (again.status_code, f"{TEXT}</textarea>" in again.content.decode()) == (409, True)
    assert Endorsement.objects.count() == 1


def test_signs_that_turn_letters_around_are_neither_asked_nor_signed(client):
    badge, endorser = published_badge(), OrganiserFactory(verified=True)
    ask = reverse("badges:endorsement-request", args=[BADGE, badge.key, endorser.slug])
    assert page_of(client, ask, issuer_of(badge.organiser), message="\u202e \u2066").status_code == 422
    client.post(ask, {"message": "Ple\u202ease."})
    request = Endorsement.objects.get()
    assert request.message == "Please."

    write = reverse("badges:endorsement-write", args=[request.key])
    typed = {"endorser": endorser.slug, "text": "They\u202e mend\u2069 well\u200f."}
    seal = page_of(client, write, owner_of(endorser), **typed).context["preview"]["seal"]
    client.post(write, typed | {"sign": seal})
    given = Endorsement.objects.get()
    assert given.text == "They mend well."
    assert json.loads(given.attestation.body)["credentialSubject"]["endorsementComment"] == given.text


def test_offered_through_the_pages_and_accepted(client):
    organiser, endorser = OrganiserFactory(verified=True), OrganiserFactory(verified=True)
    offer = reverse("badges:endorsement-offer", args=[ORGANISER, organiser.key])
    typed = {"endorser": endorser.slug, "text": TEXT}

    assert offer in page_of(client, organiser.get_absolute_url(), owner_of(endorser)).content.decode()
    seal = client.post(offer, typed).context["preview"]["seal"]
    client.post(offer, typed | {"sign": seal})
    found = Endorsement.objects.get()
    assert TEXT not in page_of(client, organiser.get_absolute_url()).content.decode()
    accept = reverse("badges:endorsement-accept", args=[found.key])
    overview = reverse("organisers:overview", args=[organiser.slug])
    assert "1 endorsement to answer" in page_of(client, overview, owner_of(organiser)).content.decode()
    assert accept in client.get(found.get_absolute_url()).content.decode()
    client.post(accept)

    assert Endorsement.objects.get().is_given
    assert TEXT in page_of(client, organiser.get_absolute_url()).content.decode()


def test_the_overview_counts_what_its_reader_can_answer(client):
    organiser = OrganiserFactory(verified=True)
    asked(endorser=organiser)
    overview = reverse("organisers:overview", args=[organiser.slug])

    assert "1 endorsement to answer" in page_of(client, overview, owner_of(organiser)).content.decode()
    assert "to answer" not in page_of(client, overview, issuer_of(organiser)).content.decode()


def test_withdrawn_after_asking_once(client):
    badge = published_badge()
    found = given(badge)
    withdraw = reverse("badges:endorsement-withdraw", args=[found.key])

    asks = page_of(client, withdraw, writer_of(found))
    assert "cannot be undone" in asks.content.decode()
    assert Endorsement.objects.get().is_given
    client.post(withdraw)

    assert Endorsement.objects.get().is_withdrawn
    assert TEXT not in client.get(badge.get_absolute_url()).content.decode()
    assert client.get(withdraw).status_code == 302
    assert client.post(withdraw).status_code == 409


def test_the_holder_agrees_on_the_page_and_it_is_shown_with_their_badge(client):
    holder, endorser = PersonFactory(), OrganiserFactory(verified=True)
    held = published_assertion(email=holder.email)
    of_badge = given(held.badge_class, text="The badge as such is worth having.")
    offer = actions.offer_endorsement(find(ASSERTION, held.key), endorser=endorser, text=TEXT, by=owner_of(endorser))

    assert page_of(client, offer.get_absolute_url()).status_code == 404
    accept = reverse("badges:endorsement-accept", args=[offer.key])
    assert page_of(client, accept, owner_of(held.badge_class.organiser), x="").status_code == 403
    assert accept in page_of(client, offer.get_absolute_url(), holder).content.decode()
    client.post(accept)

    page = page_of(client, held.get_absolute_url()).content.decode()
    assert TEXT in page
    assert of_badge.text in page


def test_an_activity_shows_its_endorsements_and_can_be_asked_for(client):
    page = activity()
    author = owner_of(page.organiser)
    endorser = OrganiserFactory(verified=True)
    subject = find(ACTIVITY, page.translation_key)
    request = actions.ask_for_endorsement(subject, endorser=endorser, message="Please.", by=author)
    actions.answer_request(request, endorser=endorser, text=TEXT, by=owner_of(endorser))

    assert TEXT in page_of(client, page.url).content.decode()
    ask = reverse("badges:endorsement-whom", args=[ACTIVITY, page.translation_key])
    assert ask in page_of(client, page.url, author).content.decode()


def test_an_endorsement_of_earlier_words_says_of_which(client):
    badge = published_badge()
    given(badge)
    assert "of version 1" not in client.get(badge.get_absolute_url()).content.decode()
    words = {"language": "en", "name": badge.name, "description": "Something else.", "picture_text": "A wheel"}
    save_badge_class(badge, by=issuer_of(badge.organiser), words=words | {"criteria": "Come."}, skills=[])

    assert "of version 1" in client.get(badge.get_absolute_url()).content.decode()


def test_the_list_has_four_parts_and_says_so_where_one_is_empty(client):
    organiser = OrganiserFactory(verified=True)
    path = reverse("badges:endorsement-list", args=[organiser.slug])
    empty = {
        "waiting": "Nothing waits",
        "received": "No endorsements yet",
        "given": "endorsed nothing",
        "ended": "over",
    }
    owner = owner_of(organiser)
    for part, words in empty.items():
        assert words in page_of(client, f"{path}?show={part}", owner).content.decode()

    made = {
        "waiting": [asked(organiser), asked(endorser=organiser), offered(organiser), offered(endorser=organiser)],
        "received": [given(published_badge(organiser))],
        "given": [given(endorser=organiser)],
        "ended": [withdrawn(given(published_badge(organiser)))],
    }
    for part, rows in made.items():
        shown = {row.key for row in client.get(path, {"show": part}).context["page"].object_list}
        assert shown == {row.key for row in rows}
    waiting = client.get(path).content.decode()
    assert all(words in waiting for words in ["you asked", "asked of you", "offered to you", "you offered"])


@pytest.mark.parametrize(("role", "status"), [("issuer", 200), ("author", 403), ("reviewer", 403), (None, 404)])
def test_who_opens_the_list(client, role, status):
    organiser = OrganiserFactory()
    person = MembershipFactory(organiser=organiser, role=role).person if role else PersonFactory()

    for name in ["endorsement-list", "endorsement-ask"]:
        assert page_of(client, reverse(f"badges:{name}", args=[organiser.slug]), person).status_code == status


@pytest.mark.parametrize("name", ["endorsement-whom", "endorsement-offer"])
def test_what_is_not_there_or_not_public_cannot_be_endorsed(client, name):
    held = assertion()
    client.force_login(PersonFactory())

    for kind, key in [(ASSERTION, held.key), (BADGE, held.key), ("nonsense", held.key)]:
        assert client.get(reverse(f"badges:{name}", args=[kind, key])).status_code == 404


def test_only_its_own_people_ask_and_only_others_offer(client):
    badge = published_badge()
    whom, offer = (reverse(f"badges:endorsement-{name}", args=[BADGE, badge.key]) for name in ["whom", "offer"])

    assert page_of(client, whom, PersonFactory()).status_code == 403
    assert page_of(client, offer, issuer_of(badge.organiser)).status_code == 403
    none = page_of(client, offer, PersonFactory())
    assert "You own no organiser" in none.content.decode()
    assert offer not in page_of(client, badge.get_absolute_url(), PersonFactory()).content.decode()


def test_lists_ask_as_often_for_many_as_for_one(client):
    badge = published_badge()
    path = reverse("badges:endorsement-list", args=[badge.organiser.slug])
    client.force_login(issuer_of(badge.organiser))
    given(badge)
    few = [queries_of(client, place) for place in [f"{path}?show=received", badge.get_absolute_url()]]
    for _more in range(3):
        given(badge)

    assert [queries_of(client, place) for place in [f"{path}?show=received", badge.get_absolute_url()]] == few


def test_what_everybody_reads_is_plain_text(client):
    badge = published_badge()
    found = given(badge, text="<script>alert(1)</script> & <b>bold</b>\nA second line.")

    for page in [badge.get_absolute_url(), found.get_absolute_url()]:
        text = client.get(page).content.decode()
        assert "<script>alert" not in text
        assert "&lt;b&gt;bold&lt;/b&gt;" in text
    said = json.loads(found.attestation.body)["credentialSubject"]["endorsementComment"]
    assert said.startswith("<script>")

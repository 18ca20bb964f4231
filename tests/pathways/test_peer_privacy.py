"""What learners who judge each other's work see: the work, and neither a name nor an address; for a while."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pathways.actions import draw_work, give_work_back, hand_in, judge_as_peer, judge_attempt
from pathways.models import EvidenceItem, PeerReview
from pathways.permissions import may_see_evidence
from portal import clock
from portal.files.gate import admit_document
from tests.factories.accounts import PersonFactory
from tests.factories.pathways import WORDS, peer_activity, peer_judgement, peer_of, with_role
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db
NAME, PEER = "Quillaxa Verdumbre", "Ozymar Tintelhof"
SECRET = b"Both brakes hold."


@pytest.fixture
def page():
    return peer_activity()


@pytest.fixture
def look(page):
    learner = PersonFactory(name=NAME)
    hand_in(page, by=learner, file=admit_document(SimpleUploadedFile("quillaxa.txt", SECRET)))
    peer = peer_of(page)
    peer.name = PEER
    peer.save()
    return draw_work(page, by=peer)


def page_of(look):
    return reverse("pathways:look", args=[look.pk])


def file_of(look):
    return reverse("pathways:evidence-file", args=[look.attempt.evidence.get().pk])


def test_the_page_and_the_file_say_nothing_of_the_learner(client, look):
    client.force_login(look.by)
    seen, file = client.get(page_of(look)), client.get(file_of(look))

    told = seen.content.decode()
    assert b"".join(file.streaming_content) == SECRET
    assert file["Content-Disposition"] == 'attachment; filename="work.txt"'
    for word in (NAME, "quillaxa", look.attempt.person.email, str(look.attempt.person.key)):
        assert word not in told


def test_the_learner_and_reviewers_keep_the_name_of_the_file(client, look):
    for person in (look.attempt.person, with_role(look.attempt.organiser, "reviewer")):
        client.force_login(person)
        assert client.get(file_of(look))["Content-Disposition"] == 'attachment; filename="quillaxa.txt"'


@pytest.mark.parametrize("end", ["judged", "given back", "over", "judged by a reviewer"])
def test_the_right_ends_with_the_look(client, page, look, end):
    client.force_login(look.by)
    assert client.get(page_of(look)).status_code == 200
    addresses, moment = [page_of(look), file_of(look)], timedelta()
    if end == "judged":
        judge_as_peer(look, by=look.by, met=page.lines(), feedback=WORDS)
    elif end == "given back":
        give_work_back(look, by=look.by)
    elif end == "over":
        moment = timedelta(days=3, minutes=1)
    else:
        reviewer = with_role(page.organiser, "reviewer")
        judge_attempt(look.attempt, by=reviewer, accept=True, checklist=page.lines())

    with clock.moved_to(moment):
        client.force_login(look.by)
        for address in addresses:
            assert client.get(address).status_code == 404, (end, address)
        assert client.post(addresses[0], {"feedback": WORDS}).status_code == 404


def test_nobody_else_finds_the_look(client, page, look):
    for person in (look.attempt.person, peer_of(page), with_role(page.organiser, "owner"), PersonFactory()):
        client.force_login(person)
        assert client.get(page_of(look)).status_code == 404
        assert client.post(f"{page_of(look)}give-back/").status_code == 404


def test_predicate_and_queryset_agree_for_a_peer(page, look):
    steps = [lambda: None, lambda: judge_as_peer(look, by=look.by, met=page.lines(), feedback=WORDS)]
    for step in steps:
        step()
        for item in EvidenceItem.objects.select_related("attempt__organiser"):
            seen = EvidenceItem.objects.visible_to(look.by).filter(pk=item.pk).exists()
            assert seen is may_see_evidence(item, look.by)


def test_the_learner_reads_the_words_of_others_once_all_have_judged_and_never_a_name(client, page, look):
    judge_as_peer(look, by=look.by, met=[], feedback=WORDS)
    client.force_login(look.attempt.person)
    before = client.get(page.url).content.decode()
    peer_judgement(page, met=False)
    after = client.get(page.url).content.decode()

    assert "1 of 2 learners have looked at it." in before
    assert WORDS not in before
    assert WORDS in after
    assert "another learner" in after
    assert PEER not in after
    assert look.by.email not in after


def test_who_hands_in_is_told_that_others_will_see_it(client, page):
    client.force_login(PersonFactory())

    told = client.get(page.url).content.decode()

    assert "2 other learners will see this, without your name." in told
    assert "Leave names, faces and addresses out" in told
    assert "Only you and the reviewers" not in told


def test_a_judgement_that_lacks_something_keeps_what_was_typed(client, page, look):
    client.force_login(look.by)
    line = f"line-{next(iter(page.lines()))}"

    answer = client.post(page_of(look), {line: "met", "feedback": "Too short."})

    told = answer.content.decode()
    assert answer.status_code == 422
    assert "Say whether this is met." in told
    assert "30 letters at least" in told
    assert "Too short." in told
    assert PeerReview.objects.get().state == "drawn"


def test_the_whole_way_through_the_pages(client, page, look):
    client.force_login(look.by)
    home = client.get("/learning/").content.decode()
    drawn = client.post(reverse("pathways:draw", args=[page.pk]))
    answers = dict.fromkeys((f"line-{key}" for key in page.lines()), "met")

    answer = client.post(page_of(look), answers | {"feedback": WORDS})

    assert "Go on looking at work" in home
    assert drawn["Location"] == page_of(look)
    assert answer["Location"] == f"/activities/{page.translation_key}/"
    assert PeerReview.objects.get().is_accepting
    none = client.post(reverse("pathways:draw", args=[page.pk]), follow=True)
    assert "No work waits for you here just now." in none.content.decode()


def test_the_home_page_says_how_much_waits_with_as_few_queries_for_many(client):
    pages = [peer_activity() for _number in range(4)]
    helper = peer_of(pages[0])
    counts = []
    for page in (pages[0], *pages):
        if page is not pages[0]:
            hand_in(page, by=helper, text="Mine.")
        for _number in range(3):
            hand_in(page, by=PersonFactory(), text="Done.")
        client.force_login(helper)
        counts.append(queries_of(client, "/learning/"))

    assert "6 pieces of work wait for a look by somebody like you" in client.get("/learning/").content.decode()
    assert counts[2] == counts[-1]

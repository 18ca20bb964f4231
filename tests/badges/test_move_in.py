"""Moving in from another platform: brought by owners, checked by the network, shown and thrown away."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from badges.actions import moving_in as actions
from badges.models import FormerAward, FormerBadge, MoveIn
from badges.models.move_in import mark_of_address
from badges.schedule import forget_files_of_move_ins
from organisers.actions import suspend_organiser
from organisers.models import Organiser
from portal import clock
from portal.accounts.models import Person
from portal.audit.models import AuditEvent
from portal.files.models import StoredFile
from portal.notifications.letters import inbox_lines, letter
from portal.notifications.models import Notification, OutgoingMail
from portal.privacy import personal_data
from portal.workflow import StepRefused, take
from tests.factories.accounts import PersonFactory
from tests.factories.move_ins import (
    brought,
    checked,
    coordinator,
    handed_in,
    log_of,
    turned_down,
)
from tests.factories.organisers import OrganiserFactory, owner_of

pytestmark = pytest.mark.django_db

MADE = {"read": brought, "handed_in": handed_in, "checked": checked, "turned_down": turned_down}
STEPS = {
    "hand_in": ("read", {}),
    "confirm": ("handed_in", {"checker": None, "note": "Compared."}),
    "turn_down": ("handed_in checked", {"checker": None, "reason": "Not theirs."}),
}


def told(person):
    return list(Notification.objects.filter(person=person).values_list("event", flat=True))


def page_of(client, path, person=None, **data):
    if person:
        client.force_login(Person.objects.get(pk=person.pk))
    else:
        client.logout()
    return client.post(path, data) if data else client.get(path)


def test_brought_checked_and_shown_with_a_trace_of_each_step(client):
    network = coordinator()
    move_in = handed_in(kinds={1: "skill"})
    organiser = move_in.organiser

    assert told(network) == ["badges/move_in_handed_in"]
    assert "Issued elsewhere" not in page_of(client, organiser.get_absolute_url()).text

    move_in = actions.confirm_move_in(move_in, note="Opened both awards.", by=network)

    assert (move_in.state, move_in.badge_count, move_in.award_count) == ("checked", 1, 2)
    assert move_in.badges.get().kind == "skill"
    assert told(owner_of(organiser)) == ["badges/move_in_checked"]
    assert not Notification.objects.filter(person=network).unread().exists()
    page = page_of(client, organiser.get_absolute_url()).text
    shown = page[page.index("Issued elsewhere before") :]
    assert "<strong>Old Badges</strong>, 31 March 2025 – 31 March 2025: 1 badge, 2 awards" in " ".join(shown.split())
    verbs = list(AuditEvent.objects.about(move_in).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["badges.move_in.begin", "badges.movein.hand_in", "badges.movein.confirm"]


def test_turned_down_also_later_it_is_not_shown_and_the_owners_read_why(client):
    move_in = checked()

    actions.turn_down_move_in(move_in, reason="The awards there are gone.", by=coordinator())

    assert told(owner_of(move_in.organiser)) == ["badges/move_in_turned_down", "badges/move_in_checked"]
    assert "Issued elsewhere" not in page_of(client, move_in.organiser.get_absolute_url()).text
    assert "The awards there are gone." in page_of(client, move_in.get_absolute_url(), owner_of(move_in.organiser)).text


def test_each_letter_and_line_names_the_platform_and_leads_to_its_page():
    network = coordinator()
    checked()
    turned_down()

    mails = OutgoingMail.objects.filter(object_type="badges.movein")
    assert set(mails.values_list("event", flat=True)) == {
        f"badges/move_in_{what}" for what in ["handed_in", "checked", "turned_down"]
    }
    for mail in mails:
        message = letter(mail)
        assert "Old Badges" in message.subject
        assert mail.about().get_absolute_url() in message.body
        assert ("names somebody else" in message.body) == (mail.event == "badges/move_in_turned_down")
    lines = inbox_lines(list(Notification.objects.filter(person=network)))
    assert all("/move-ins/" in line["link"] for line in lines)


@pytest.mark.parametrize("state", MADE)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_open_from_its_states_alone(step, state):
    sources, facts = STEPS[step]
    move_in = MADE[state]()
    by = owner_of(move_in.organiser) if step == "hand_in" else coordinator()

    if state in sources.split():
        assert take(getattr(move_in, step), by=by, **facts).state != state or state == "turned_down"
    else:
        with pytest.raises(StepRefused):
            take(getattr(move_in, step), by=by, **facts)


def test_the_same_awards_are_not_confirmed_twice_and_another_part_of_them_is():
    organiser = OrganiserFactory(verified=True)
    unit = OrganiserFactory(parent=organiser, verified=True)
    first, second = (log_of(f"Bike Buddy,ona@example.org,2025-04-0{day},") for day in (1, 2))
    checked(organiser, log=first)

    for twin in [handed_in(organiser, log=first, platform="Another"), handed_in(unit, log=first)]:
        with pytest.raises(StepRefused, match="count twice"):
            actions.confirm_move_in(twin, note="Looks fine.", by=coordinator())
    part = checked(organiser, log=second)

    assert part.is_checked
    assert FormerBadge.objects.counted_for(organiser).tallied() == {"classes": 1, "claiming": 0}
    assert checked(log=first).is_checked


def test_three_wait_at_the_most_and_a_suspended_organiser_brings_nothing():
    organiser = OrganiserFactory(verified=True)
    for _number in range(MoveIn.MOST_OPEN):
        brought(organiser)
    with pytest.raises(StepRefused, match="Three move-ins"):
        brought(organiser)
    waiting = handed_in()
    suspend_organiser(waiting.organiser, by=coordinator(), reason="complaint", words="A complaint.")
    waiting.organiser.refresh_from_db()
    for act in [
        lambda: brought(waiting.organiser),
        lambda: actions.confirm_move_in(waiting, note="x", by=coordinator()),
    ]:
        with pytest.raises(StepRefused, match="may not act"):
            act()


def test_files_are_kept_30_days_after_the_decision_and_what_was_forgotten_a_month():
    decided, waiting, forgotten = checked(), handed_in(), brought()

    with clock.moved_to(timedelta(days=29)):
        forget_files_of_move_ins()
    assert StoredFile.objects.count() == 3
    with clock.moved_to(timedelta(days=31)):
        forget_files_of_move_ins()

    assert not MoveIn.objects.filter(pk=forgotten.pk).exists()
    assert [MoveIn.objects.get(pk=one.pk).has_files for one in (decided, waiting)] == [False, True]
    assert FormerAward.objects.filter(badge__move_in=decided).count() == 2
    assert StoredFile.objects.count() == 1


def test_a_person_finds_what_is_kept_of_them_by_any_proved_address():
    person = PersonFactory(email="ona@example.org")
    move_in = brought()
    registry = personal_data()

    found = registry["badges.FormerAward"].rows_of(person)

    assert [award.recipient for award in found] == [mark_of_address("Ona@example.org")]
    assert list(registry["badges.MoveIn"].rows_of(owner_of(move_in.organiser))) == [move_in]
    assert not registry["badges.FormerAward"].rows_of(PersonFactory(email="other@example.org")).exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "handed_in"},
        {"state": "checked", "handed_in_at": "2026-01-01T00:00Z", "note": "x"},
        {"state": "checked", "handed_in_at": "2026-01-01T00:00Z", "decided_at": "2026-01-02T00:00Z"},
        {"state": "turned_down", "handed_in_at": "2026-01-01T00:00Z", "decided_at": "2026-01-02T00:00Z"},
    ],
)
def test_the_database_refuses_half_a_decision(facts):
    move_in = brought()

    with pytest.raises(IntegrityError), transaction.atomic():
        MoveIn.objects.filter(pk=move_in.pk).update(**facts)


def test_the_database_refuses_an_award_twice():
    award = brought().badges.get().awards.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        FormerAward.objects.create(badge=award.badge, recipient=award.recipient, issued_on=award.issued_on)


def test_what_is_inside_an_organiser_counts_above_and_not_below():
    organiser = OrganiserFactory(verified=True)
    unit = OrganiserFactory(parent=organiser, verified=True)
    move_in = checked(unit)

    assert [list(MoveIn.objects.inside(one)) for one in (organiser, unit)] == [[move_in]] * 2
    assert not MoveIn.objects.inside(Organiser.objects.get(pk=OrganiserFactory().pk)).exists()

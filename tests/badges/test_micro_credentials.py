"""A micro-credential says what the European Union has agreed on, or it is not published."""

import pytest

from badges.actions import save_badge_class
from badges.actions.badge_classes import freeze
from badges.models import BadgeClass
from portal.workflow import StepRefused, take, unmet
from tests.factories.badges import WORDS, assertion, issuer_of, micro_credential, published_badge

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        ({"words": {"outcomes": ""}}, "learning outcomes"),
        ({"words": {"assessment": ""}}, "type of assessment"),
        ({"words": {"quality": ""}}, "quality assurance"),
        ({"level": ""}, "level"),
        ({"participation": ""}, "form of participation"),
        ({"workload_minutes": None}, "workload"),
    ],
)
def test_each_missing_element_is_named_and_stops_the_publishing(lacking, sentence):
    badge = micro_credential(**lacking)

    (reason,) = unmet(badge.publish)
    assert f"names its {sentence}:" in str(reason)
    with pytest.raises(StepRefused):
        take(badge.publish, by=issuer_of(badge.organiser))


def test_with_all_elements_it_is_published():
    badge = micro_credential()

    assert take(badge.publish, by=issuer_of(badge.organiser)).is_published


def test_credits_are_a_workload_and_a_cycle_is_a_level():
    assert unmet(micro_credential(workload_minutes=None, credits="3.0", level="", cycle="first").publish) == []


def test_the_elements_are_asked_in_the_language_the_badge_was_written_in():
    badge = micro_credential()
    by = issuer_of(badge.organiser)
    save_badge_class(badge, by=by, words={**WORDS, "language": "lt", "name": "Stabdžiai"}, skills=[])

    badge = BadgeClass.objects.get(pk=badge.pk)
    assert unmet(badge.publish) == []


def test_other_kinds_need_none_of_them():
    assert published_badge().is_published


def test_a_published_badge_cannot_become_an_incomplete_micro_credential():
    badge = published_badge()
    badge.kind = "micro-credential"

    with pytest.raises(StepRefused):
        save_badge_class(badge, by=issuer_of(badge.organiser), words=WORDS, skills=[])

    assert BadgeClass.objects.get(pk=badge.pk).kind == "skill"


def test_the_editor_says_what_a_published_badge_would_lack_and_keeps_what_was_typed(client):
    badge = published_badge()
    client.force_login(issuer_of(badge.organiser))
    typed = {
        **WORDS,
        "kind": "micro-credential",
        "skills-TOTAL_FORMS": "0",
        "skills-INITIAL_FORMS": "0",
        "name": "Typed",
    }

    answer = client.post(f"{badge.workspace_url}edit/", typed)

    assert answer.status_code == 422
    assert len(answer.context["form"].non_field_errors()) == 6
    assert 'value="Typed"' in answer.content.decode()
    assert BadgeClass.objects.get(pk=badge.pk).name == "Brake Check"


def test_the_public_page_and_the_version_name_the_elements(client):
    badge = micro_credential()
    badge = take(badge.publish, by=issuer_of(badge.organiser))
    version = assertion(badge).badge_version

    for address in (badge.get_absolute_url(), version.get_absolute_url()):
        page = client.get(address)
        named = {element["name"]: element["value"] for element in page.context["elements"]}
        assert named == {
            "Country of the awarding body": "Lithuania",
            "Level": "EQF level 5",
            "Form of participation": "online",
            "Type of assessment": "A practical test.",
            "Quality assurance": "Two trainers agree.",
        }
        assert "<li>Tests brakes</li>" in page.content.decode()


def test_what_another_kind_does_not_say_is_not_frozen():
    content = freeze(published_badge()).content

    assert {"level", "credits", "participation"} & content.keys() == set()
    assert content["texts"]["en"].keys() == {"name", "description", "criteria", "picture_text"}

"""The badge editor without JavaScript: every button between keeps what was typed."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from PIL import Image

from badges import art
from badges.forms.pictures import drawing_in_words
from badges.models import BadgeClass, EscoLabel
from tests.factories.badges import draft_badge, issuer_of, published_badge
from tests.factories.organisers import OrganiserFactory

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Half a name", "description": "Knows brakes.", "criteria": "Come.", "kind": "contribution",
    "language": "en", "picture_text": "Hexagon", "seed": "abc", "workload_minutes": "45", "skills-TOTAL_FORMS": "2",
    "skills-INITIAL_FORMS": "0", "skills-0-label": "patience", "skills-0-uri": "", "skills-1-label": "",
}  # fmt: skip


@pytest.fixture
def organiser(client):
    organiser = OrganiserFactory(verified=True)
    client.force_login(issuer_of(organiser))
    return organiser


def press(client, organiser, **button):
    """Press a button of the editor of a new badge and return the page."""
    answer = client.post(f"/workspace/{organiser.slug}/badges/new/", TYPED | button)
    assert not BadgeClass.objects.exists()
    return answer


def kept(answer):
    form = answer.context["form"]
    return {name: form.value(name) for name in ("name", "description", "criteria", "kind", "workload_minutes")}


def skills_in(answer):
    return [row["label"].value() for row in answer.context["formset"] if row["label"].value()]


@pytest.mark.parametrize("button", ["preview", "another", "find_skill", "add_skill", "drop_skill"])
def test_a_button_between_keeps_what_was_typed(client, organiser, button):
    answer = press(client, organiser, **{button: ""})

    assert answer.status_code == 200
    assert kept(answer) == {name: TYPED[name] for name in kept(answer)}
    assert skills_in(answer) == ["patience"]


def test_a_chosen_file_is_lost_and_the_page_says_so(client, organiser):
    answer = press(client, organiser, preview="1", picture_file=SimpleUploadedFile("a.png", b"x"))

    assert "Choose your picture again" in answer.content.decode()


def test_the_preview_shows_the_badge_in_three_places(client, organiser):
    page = press(client, organiser, preview="1").content.decode()

    for place in ("card", "page", "tile"):
        shown = page.split(f'data-place="{place}"')[1].split('data-place="')[0]
        assert "Half a name" in shown
        assert "/art/badge/abc.svg" in shown


def test_the_hints_read_what_is_typed(client, organiser):
    hints = {hint.code for hint in press(client, organiser, preview="1", kind="skill").context["hints"]}

    assert {"no-observable-verb", "claim-without-evidence", "criteria-too-short"} <= hints
    assert not {"no-skills", "no-workload"} & hints


def test_hints_wait_until_something_is_written(client, organiser):
    page = client.get(f"/workspace/{organiser.slug}/badges/new/").content.decode()

    assert "Important:" not in page


def test_a_skill_is_found_added_and_removed(client, organiser):
    call_command("load_esco", verbosity=0)
    team = EscoLabel.objects.get(label="work in teams").skill

    search = press(client, organiser, find_skill="1", skill_query="team")
    assert f'value="{team.uri}"' in search.content.decode()
    added = press(client, organiser, add_skill=team.uri)
    assert skills_in(added) == ["patience", "work in teams"]
    assert skills_in(press(client, organiser, add_skill=f"{team.uri}\0")) == ["patience", "work in teams"]
    assert skills_in(press(client, organiser, drop_skill="0")) == []


def test_enter_in_the_search_field_searches(client, organiser):
    call_command("load_esco", verbosity=0)

    answer = press(client, organiser, enter="1", skill_query="team")

    assert [label.label for label in answer.context["found"]] == ["work in teams"]


def test_a_european_skill_is_kept_under_its_own_name(client, organiser):
    call_command("load_esco", verbosity=0)
    team = EscoLabel.objects.get(label="work in teams").skill

    forged = {"skills-1-label": "brain surgery", "skills-1-uri": team.uri}
    client.post(f"/workspace/{organiser.slug}/badges/new/", TYPED | forged)

    badge = BadgeClass.objects.get()
    assert list(badge.skills.values_list("label", "uri")) == [("patience", ""), ("work in teams", team.uri)]
    page = client.get(badge.get_absolute_url()).content.decode()
    assert page.split("patience")[1].split("</li>")[0].count("own words") == 1
    assert page.split("work in teams")[1].split("</li>")[0].count("ESCO") == 1


def test_an_address_outside_the_european_list_is_refused(client, organiser):
    foreign = {"skills-1-label": "mending", "skills-1-uri": "https://evil.example/"}

    assert press(client, organiser, **foreign).status_code == 422


def test_chosen_shape_symbol_and_colours_are_drawn(client, organiser):
    client.post(
        f"/workspace/{organiser.slug}/badges/new/", TYPED | {"symbol": "bulb", "palette": "rose", "shape": "circle"}
    )

    badge = BadgeClass.objects.get()
    assert badge.art_seed == "abc.bulb.rose.circle"
    assert art.choices_of(badge.art_seed) == ("bulb", "rose", "circle")


def test_an_edit_without_another_choice_keeps_the_picture(client):
    badge = draft_badge()
    client.force_login(issuer_of(badge.organiser))
    form = client.get(f"{badge.workspace_url}edit/").context["form"]

    chosen = {name: form.value(name) for name in ("seed", "symbol", "palette", "shape")}
    client.post(f"{badge.workspace_url}edit/", TYPED | chosen)

    again = BadgeClass.objects.get()
    assert (again.art_seed, again.picture) == (badge.art_seed, badge.picture)
    assert again.name == "Half a name"


@pytest.mark.parametrize("seed", ["../x", "a b", "<svg>", "x" * 61])
def test_a_seed_that_is_none_is_refused(client, organiser, seed):
    assert press(client, organiser, seed=seed).status_code == 422


def test_the_kind_label_is_the_networks_own(client, organiser):
    assert press(client, organiser, kind="label").status_code == 422

    network = OrganiserFactory(verified=True, is_network=True)
    client.force_login(issuer_of(network))
    client.post(f"/workspace/{network.slug}/badges/new/", TYPED | {"kind": "label"})
    assert BadgeClass.objects.get().kind == "label"


def test_an_author_does_not_reach_the_editor(client):
    badge = published_badge()
    client.force_login(OrganiserFactory(verified=True).memberships.get().person)

    assert client.get(f"{badge.workspace_url}edit/").status_code == 404


@pytest.mark.parametrize("name", ["skills-TOTAL_FORMS", "drop_skill"])
def test_a_number_that_is_none_loses_nothing(client, organiser, name):
    answer = press(client, organiser, **{"preview": "1", name: "9" * 5000})

    assert answer.status_code == 200
    assert kept(answer)["name"] == "Half a name"


DRAWN = {"seed": "abc.key.teal.circle", "symbol": "key", "palette": "teal", "shape": "circle"}
IN_WORDS = "Circle with the symbol “key”; colours: teal"


def test_words_for_the_drawn_picture_are_proposed(client, organiser):
    form = client.get(f"/workspace/{organiser.slug}/badges/new/").context["form"]

    assert form.value("picture_text") == drawing_in_words(form.value("seed"))
    assert drawing_in_words(DRAWN["seed"]) == IN_WORDS


def test_proposed_words_follow_the_drawing_and_typed_ones_stay(client, organiser):
    proposed = press(client, organiser, another="1", picture_text=IN_WORDS, **DRAWN).context["form"]
    typed = press(client, organiser, another="1", picture_text="A key", **DRAWN).context["form"]

    assert proposed.value("picture_text") == drawing_in_words(proposed.value("seed"))
    assert typed.value("picture_text") == "A key"


def test_proposed_words_fit_the_tiles_that_were_chosen_last(client, organiser):
    sent = TYPED | DRAWN | {"picture_text": IN_WORDS, "symbol": "leaf"}
    client.post(f"/workspace/{organiser.slug}/badges/new/", sent)

    assert BadgeClass.objects.get().original().picture_text == "Circle with the symbol “leaf”; colours: teal"


def test_a_picture_of_ones_own_needs_words_of_its_own(client, organiser):
    own = io.BytesIO()
    Image.new("RGB", (900, 900), "teal").save(own, "PNG")
    file = SimpleUploadedFile("own.png", own.getvalue(), "image/png")
    sent = TYPED | DRAWN | {"picture_text": IN_WORDS, "picture_file": file}
    page = client.post(f"/workspace/{organiser.slug}/badges/new/", sent).content.decode()

    assert "Say what yours shows." in page
    assert not BadgeClass.objects.exists()


def test_the_labels_say_that_a_text_or_an_address_is_needed(client, organiser):
    page = client.get(f"/workspace/{organiser.slug}/badges/new/").content.decode()

    assert page.count('<span class="field-optional">(a text or an address is needed)</span>') == 2
